"""Schools held in memory: for whoever asks about thousands of them, without a statement each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any

from navigator.core.model import School

_SIDES = {"primary": 3_000, "secondary": 9_000}
"""Metres of a square by phase: so many that nine of them mostly hold twenty schools."""
_OTHER_SIDE = 14_000
_WIDEST = 128
"""Squares to each side: beyond both ends of England."""

_Square = tuple[str, int, int]
"""Phase, column and row."""

_Placed = tuple[float, float, School]
"""A school with its easting and northing; fractions, for Python sorts those twice as fast."""


class SchoolsAhead:
    """Schools in scope in memory.

    Args:
        schools: those that are held.
        placed: URNs of those that the nearest are looked for among: open on `day`, with a position.
    """

    def __init__(self, schools: Iterable[School], placed: Collection[int], day: date) -> None:
        self.day = day
        self.by_urn = {school.urn: school for school in schools}
        self._squares: dict[_Square, list[_Placed]] = {}
        for urn in placed:
            school = self.by_urn[urn]
            if school.easting is not None and school.northing is not None:
                at = school.easting, school.northing
                square = self._squares.setdefault(_square(school.phase, *at), [])
                square.append((float(at[0]), float(at[1]), school))
        self._around: dict[_Square, tuple[int, list[_Placed]]] = {}

    def nearest(self, east: int, north: int, phases: Iterable[str], limit: int) -> list[School]:
        """The nearest schools of some phases, by distance on the National Grid, then by URN: as
        `near.nearest` gives them."""
        found = [one for phase in phases for one in self._nearest(east, north, phase, limit)]
        return [school for _, _, school in sorted(found)[:limit]]

    def _nearest(
        self, east: int, north: int, phase: str, limit: int
    ) -> list[tuple[float, int, School]]:
        """With the square of the distance and the URN before each."""
        home = _square(phase, east, north)
        reach, pool = self._around.get(home) or (1, self._pool(home, 1))
        while True:
            squares = [(x - east) * (x - east) + (y - north) * (y - north) for x, y, _ in pool]
            # Of two as far away the first is that of the lower URN, as the pool stands by URN
            first = sorted(range(len(pool)), key=squares.__getitem__)[:limit]
            sure = len(first) == limit and squares[first[-1]] <= (reach * _side(phase)) ** 2
            if sure or reach >= _WIDEST:
                return [(squares[n], (school := pool[n][2]).urn, school) for n in first]
            reach *= 2
            pool = self._pool(home, reach)

    def _pool(self, home: _Square, reach: int) -> list[_Placed]:
        """The schools in a square and so many to each side of it."""
        phase, column, row = home
        pool = [
            placed
            for x in range(column - reach, column + reach + 1)
            for y in range(row - reach, row + reach + 1)
            for placed in self._squares.get((phase, x, y), ())
        ]
        pool.sort(key=_urn)
        self._around[home] = reach, pool
        return pool


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


def _urn(placed: _Placed) -> int:
    return placed[2].urn


def _side(phase: str) -> int:
    return _SIDES.get(phase, _OTHER_SIDE)


def _square(phase: str, east: int, north: int) -> _Square:
    side = _side(phase)
    return phase, east // side, north // side
