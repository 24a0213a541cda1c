"""Schools held in memory: for whoever asks about thousands of them, without a statement each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

from navigator.core import grid
from navigator.core.model import School

_SIDES = {"primary": 3_000, "secondary": 9_000}
"""Metres of a square by phase: so many that nine of them mostly hold twenty schools."""
_OTHER_SIDE = 14_000
_WIDEST = 30
"""Squares to each side, beyond which all schools of a phase are looked at: where there are few."""
_MOSTLY_ENOUGH = 1.6
"""Squares with so many times as many schools as are asked for mostly hold the nearest of them."""
_A_COLUMN = 10_000
"""Squares are numbered up each column: more than a column has, with those beyond both its ends."""
_NEARLY = 1 + 1e-12
"""Lengths nearer to each other than this may in fact be the same."""


class _Spot(complex):
    """Where a school is, in metres of the grid: of two complex numbers Python gives the length
    between them in one step."""

    __slots__ = ("school",)
    school: School


class SchoolsAhead:
    """Schools in scope in memory.

    Args:
        schools: those that are held.
        placed: URNs of those that the nearest are looked for among: open on `day`, with a position.
    """

    def __init__(self, schools: Iterable[School], placed: Collection[int], day: date) -> None:
        self.day = day
        self.by_urn = {school.urn: school for school in schools}
        self._phases: dict[str, _Squares] = {}
        for urn in placed:
            school = self.by_urn[urn]
            if school.easting is not None and school.northing is not None:
                spot = _Spot(school.easting, school.northing)
                spot.school = school
                if school.phase not in self._phases:
                    self._phases[school.phase] = _Squares(_SIDES.get(school.phase, _OTHER_SIDE))
                self._phases[school.phase].add(spot)

    def near(
        self, urn: int, east: int, north: int, phases: Iterable[str], limit: int
    ) -> list[tuple[School, float]]:
        """The schools of some phases that are nearest to the one of a URN at a place, each with its
        kilometres: as `Register.near` gives them."""
        here = complex(east, north)
        squares = [self._phases[phase] for phase in phases if phase in self._phases]
        found = chain.from_iterable([of_phase.nearest(here, limit + 1) for of_phase in squares])
        others = [spot for spot in found if spot.school.urn != urn]
        if len(others) > limit:
            others.sort(key=lambda spot: (_square(spot - here), spot.school.urn))
            del others[limit:]
        schools = [spot.school for spot in others]
        by_km = sorted(zip(grid.kms(here, others), schools, strict=True))
        return [(school, km) for km, school in by_km]


class _Squares:
    """Schools of a phase by the squares of the grid in which they are, of `side` metres."""

    def __init__(self, side: int) -> None:
        self._side = side
        self._all: list[_Spot] = []
        self._in: dict[int, list[_Spot]] = {}
        self._around: dict[int, tuple[int, list[_Spot]]] = {}

    def add(self, spot: _Spot) -> None:
        self._all.append(spot)
        self._in.setdefault(self._number(spot), []).append(spot)

    def nearest(self, here: complex, limit: int) -> list[_Spot]:
        """The schools nearest to a place, in no order; with them all as far off as the last."""
        home = self._number(here)
        reach, pool = self._around.get(home) or self._wider(home, 0, _MOSTLY_ENOUGH * limit)
        while True:
            lengths = [abs(spot - here) for spot in pool]
            furthest = max(sorted(lengths)[:limit], default=0.0) * _NEARLY
            sure = len(pool) >= limit and furthest <= reach * self._side
            if sure or reach > _WIDEST:
                return [spot for spot, far in zip(pool, lengths, strict=True) if far <= furthest]
            reach, pool = self._wider(home, reach, limit)

    def _wider(self, home: int, reach: int, enough: float) -> tuple[int, list[_Spot]]:
        """The schools in a square and in more than `reach` to each side of it, until there are
        enough; and how many to each side that is."""
        pool = [*self._around[home][1]] if reach else [*self._in.get(home, ())]
        while True:
            reach += 1
            if reach > _WIDEST:
                pool = self._all
                break
            squares = map(self._in.get, [home + step for step in _ring(reach)])
            pool += chain.from_iterable(filter(None, squares))
            if len(pool) >= enough:
                break
        self._around[home] = reach, pool
        return reach, pool

    def _number(self, at: complex) -> int:
        return int(at.real // self._side) * _A_COLUMN + int(at.imag // self._side)


class TrustsAhead:
    """What is asked of trusts, in memory. `ask` runs a statement on the register, `every` is the
    one that gives each trust, its UID first.

    Attributes:
        rows: by UID.
        schools_in: how many open schools each has in an authority, by UID and the authority's code.
    """

    def __init__(self, ask: Callable[[str], list[Any]], every: str) -> None:
        self.rows: dict[str, Any] = {row[0]: row for row in ask(every)}
        areas = ask("SELECT trust, la_code, schools FROM trust_area")
        self.schools_in: dict[tuple[str, str], int] = {
            (uid, la_code): schools for uid, la_code, schools in areas
        }


@cache
def _ring(reach: int) -> list[int]:
    """From a square's number to those of the squares that lie so many from it, to one side of it or
    to two."""
    far, within = range(-reach, reach + 1), range(1 - reach, reach)
    beside = [x * _A_COLUMN + y for x in (-reach, reach) for y in far]
    return [*beside, *(x * _A_COLUMN + y for x in within for y in (-reach, reach))]


def _square(step: complex) -> float:
    """The square of a step's length: exact, for metres of the grid are whole."""
    return step.real * step.real + step.imag * step.imag
