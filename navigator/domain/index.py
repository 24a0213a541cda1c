"""The index: every body there is on a day, by kind and name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import wording
from navigator.core.keys import Key

if TYPE_CHECKING:
    from navigator.core.record import OwnRecord
    from navigator.domain.bodies import Bodies
    from navigator.domain.landscapes import Landscapes


class Listed(NamedTuple):
    """A body in the index; `size` counts its schools or named hubs, `of` the published hubs."""

    kind: str
    name: str
    said: str
    key: Key
    size: int | None = None
    of: int | None = None


class Index:
    """The bodies of a register and a directory; those of one day are kept."""

    def __init__(self, landscapes: Landscapes, bodies: Bodies) -> None:
        self._bodies = bodies
        self._register = landscapes.register
        self._directory = landscapes.directory
        self._days: dict[date, tuple[Listed, ...]] = {}

    def on(self, day: date, record: OwnRecord) -> tuple[Listed, ...]:
        """The head's own networks, then every body there is on a day, kind by kind, by name."""
        if day not in self._days:
            self._days = {day: tuple(self._list(day))}
        own = (Listed("Your networks", n.name, n.note, n.key, len(n.urns)) for n in record.networks)
        return (*own, *self._days[day])

    def _list(self, day: date) -> Iterable[Listed]:
        directory = self._directory
        hubs: dict[Key, Listed] = {}
        for p in directory.programmes:
            detail = self._bodies.programme(p.id, day)
            said = p.purpose
            if p.valid_to and p.valid_to < day:
                said = f"ended {wording.day(p.valid_to, p.to_said)}"
            counted = detail.counted.hubs if detail.counted else None
            key = p.key
            yield Listed("Programmes", p.name, said, key, detail.named, counted)
            for hub in () if p.areas_only else detail.hubs:
                key = hub.key
                said = " · ".join(t for t in (p.name, hub.region) if t)
                hubs[key] = Listed("Hubs", hub.name, said, key)
        yield from _by_name(hubs.values())
        for trust in self._register.trust_sizes().values():
            yield Listed("Trusts", trust.name, "", Key.of("trust", trust.uid), trust.schools)
        for a in directory.authorities():
            schools, _ = self._register.schools_in_la(a.code)
            yield Listed("Local authorities", a.name, a.region, a.key, schools)
        yield from _by_name(
            Listed("Dioceses", f"Diocese of {d.name}", f"{d.church} · {d.board}".strip(" ·"), d.key)
            for d in directory.dioceses()
        )
        yield from _by_name(
            Listed("Heads' networks", n.name, n.kind, n.key) for n in directory.all_networks()
        )
        yield from _by_name(
            Listed("Partnerships", p.name, p.tier, p.key) for p in directory.all_partnerships()
        )


def _by_name(bodies: Iterable[Listed]) -> list[Listed]:
    return sorted(bodies, key=lambda body: body.name.casefold())
