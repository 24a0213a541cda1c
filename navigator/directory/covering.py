"""Which rows of a programme's hubs have an area that holds a school."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from navigator.core.model import Area, Confidence, Hub
from navigator.core.remembered import remembered
from navigator.directory.places import Places, Spot, Standing, fold_place


class Coverage(NamedTuple):
    """A hub row one of whose areas holds a school.

    `exact` is False where only part of the area belongs and the school's district doesn't settle
    it, or where the register gives no district and its authority is divided. Low confidence is
    given too; what may be said is decided elsewhere.
    """

    hub: Hub
    area: Area
    exact: bool
    confidence: Confidence

    @property
    def firm(self) -> bool:
        """Whether it may be claimed: low confidence is from memory or by elimination."""
        return self.confidence != "low"

    @property
    def inferred(self) -> bool:
        """Whether the area is only read from the place of the lead school, not from a list."""
        return self.hub.infers(self.area)


class _Whereabouts(NamedTuple):
    """Where a school may be, its region folded, and by kind the areas that hold some of that."""

    spots: tuple[Spot, ...]
    region: str
    near: Mapping[str, set[str]]


class Covering:
    """Answers from one directory's places and hubs; `hubs` gives those of a programme's id."""

    def __init__(self, places: Places, hubs: Callable[[str], Sequence[Hub]]) -> None:
        self._places = places
        self._hubs = hubs

    @remembered
    def at(
        self, programme_id: str, la_code: str, district: str, region: str, day: date
    ) -> tuple[Coverage, ...]:
        """As `Directory.covering_place`."""
        here = self._about(la_code, district, region)
        found = [
            cover
            for hub in self._hubs(programme_id)
            if any(area.code in here.near[area.kind] for area in hub.areas)
            and hub.in_force(day)
            and (cover := self._cover(hub, here))
        ]
        found.sort(key=lambda cover: not cover.exact)
        return tuple([c for c in found if c.hub.listed] or found)

    def _cover(self, hub: Hub, here: _Whereabouts) -> Coverage | None:
        best: Area | None = None
        exact = True
        for spot in here.spots:
            standing, at = Standing.OUT, hub.areas[0]
            for area in hub.areas:
                stands = self._places.standing(area, spot, here.region)
                if stands > standing:
                    standing, at = stands, area
                if standing == Standing.IN:
                    break
            exact = exact and standing == Standing.IN
            if standing != Standing.OUT and best is None:
                best = at
        return Coverage(hub, best, exact, hub.confidence) if best is not None else None

    @remembered
    def _about(self, la_code: str, district: str, region: str) -> _Whereabouts:
        spots = self._places.spots(la_code, district)
        authority = self._places.authorities.get(spots[0].la_code) if spots else None
        region = fold_place(authority.region if authority else region)
        near = {
            "LA": {spot.la_code for spot in spots},
            "district": {spot.district for spot in spots},
            "region": {region},
            "national": {"england"},
        }
        return _Whereabouts(spots, region, near)
