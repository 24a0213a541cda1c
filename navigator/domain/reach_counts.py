"""How many hubs of each programme have a way to be reached, and whose it is."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from navigator.core.model import Hub, Programme
    from navigator.core.reach import Reach
    from navigator.domain.claims import Claims


class Ways(NamedTuple):
    """Hubs in force by the best way to each: its own, its lead school's, the programme's finder
    only, none."""

    own: int
    lead: int
    finder: int
    none: int

    @property
    def hubs(self) -> int:
        return sum(self)

    @property
    def reached(self) -> int:
        """Those that can be reached themselves, or through their lead school."""
        return self.own + self.lead


def ways(claims: Claims, programme: Programme, hubs: tuple[Hub, ...], day: date) -> Ways:
    """The ways to a programme's hubs on a day; lead schools as the register in use has them."""
    if programme.areas_only or not programme.runs_on(day):
        return Ways(0, 0, 0, 0)
    best: dict[str, str] = {}
    for hub in hubs:
        if hub.in_force(day):
            way = _named(claims.leads.at(hub, None).reach)
            best[hub.id] = min(best.get(hub.id, way), way, key=Ways._fields.index)
    counted = Counter(best.values())
    return Ways(*(counted[way] for way in Ways._fields))


def _named(reach: Reach | None) -> str:
    return reach.of if reach else "none"
