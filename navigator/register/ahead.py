"""Schools held in memory: for whoever asks about thousands of them, without a statement each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from operator import itemgetter
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

_Square = tuple[str, int, int]
"""Phase, column and row."""

_Placed = tuple[School, float, float]
"""A school, its easting and northing: fractions, for Python sorts those twice as fast."""


class SchoolsAhead:
    """Schools in scope in memory.

    Args:
        schools: those that are held.
        placed: URNs of those that the nearest are looked for among: open on `day`, with a position.
    """

    def __init__(self, schools: Iterable[School], placed: Collection[int], day: date) -> None:
        self.day = day
        self.by_urn = {school.urn: school for school in schools}
        self._of_phase: dict[str, list[_Placed]] = {}
        self._squares: dict[_Square, list[_Placed]] = {}
        for urn in placed:
            school = self.by_urn[urn]
            if school.easting is not None and school.northing is not None:
                at = school, float(school.easting), float(school.northing)
                square = _square(school.phase, school.easting, school.northing)
                self._of_phase.setdefault(school.phase, []).append(at)
                self._squares.setdefault(square, []).append(at)
        self._around: dict[_Square, tuple[int, list[_Placed]]] = {}

    def near(
        self, urn: int, east: int, north: int, phases: Iterable[str], limit: int
    ) -> list[tuple[School, float]]:
        """The schools of some phases that are nearest to the one of a URN at a place, each with its
        kilometres: as `Register.near` gives them."""
        km = grid.km
        found = [one for phase in phases for one in self._nearest(east, north, phase, limit + 1)]
        others = [at for _, at in sorted(found)[: limit + 1] if at[0].urn != urn][:limit]
        return sorted(
            [(school, km(east, north, x, y)) for school, x, y in others], key=itemgetter(1)
        )

    def _nearest(
        self, east: int, north: int, phase: str, limit: int
    ) -> list[tuple[float, _Placed]]:
        """The nearest schools of a phase, as `near.nearest` gives them: by the square of the
        distance, which is told before each, then by URN, a school's first field."""
        home = _square(phase, east, north)
        reach, pool = self._around.get(home) or self._wider(home, 0, _MOSTLY_ENOUGH * limit)
        while True:
            squares = [(x - east) * (x - east) + (y - north) * (y - north) for _, x, y in pool]
            furthest = max(sorted(squares)[:limit], default=0.0)
            sure = len(pool) >= limit and furthest <= (reach * _side(phase)) ** 2
            if sure or reach > _WIDEST:
                break
            reach, pool = self._wider(home, reach, limit)
        among = zip(squares, pool, strict=True)
        return sorted([(far, at) for far, at in among if far <= furthest])[:limit]

    def _wider(self, home: _Square, reach: int, enough: float) -> tuple[int, list[_Placed]]:
        """The schools in a square and in more than `reach` to each side of it, until there are
        enough; and how many to each side that is."""
        pool = [*self._around[home][1]] if reach else [*self._squares.get(home, ())]
        while True:
            reach += 1
            if reach > _WIDEST:
                pool = self._of_phase.get(home[0], [])
                break
            for square in _ring(home, reach):
                pool += self._squares.get(square, ())
            if len(pool) >= enough:
                break
        self._around[home] = reach, pool
        return reach, pool


class TrustsAhead:
    """What is asked of trusts, in memory. `rows` runs a statement on the register.

    Attributes:
        names: by UID.
        schools_in: how many open schools each has in an authority, by UID and the authority's code.
    """

    def __init__(self, rows: Callable[[str], list[Any]]) -> None:
        self.names: dict[str, str] = dict(rows("SELECT uid, name FROM trust"))
        areas = rows("SELECT trust, la_code, schools FROM trust_area")
        self.schools_in: dict[tuple[str, str], int] = {
            (uid, la_code): schools for uid, la_code, schools in areas
        }


def _ring(middle: _Square, reach: int) -> Iterator[_Square]:
    """The squares that lie so many from one, to one side of it or to two."""
    phase, column, row = middle
    for far in range(-reach, reach + 1):
        yield phase, column + far, row - reach
        yield phase, column + far, row + reach
    for far in range(1 - reach, reach):
        yield phase, column - reach, row + far
        yield phase, column + reach, row + far


def _side(phase: str) -> int:
    return _SIDES.get(phase, _OTHER_SIDE)


def _square(phase: str, east: int, north: int) -> _Square:
    side = _side(phase)
    return phase, east // side, north // side
