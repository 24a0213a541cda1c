"""Distances on the National Grid: the one plane on which all of Navigator measures.

Eastings and northings are metres from the grid's corner. The grid draws the ground up to 0.1 % too
small or too large, by how far east a place lies; `km` divides by the scale along the way, so that
what it gives is the distance on the WGS 84 ellipsoid to a millionth anywhere in England
(tests/core/test_grid.py). Degrees are for what others read: JSON and tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot, inf
from typing import Generic, NamedTuple, Protocol, TypeVar

Thing = TypeVar("Thing")

KM_A_MILE = 1.609344

_MERIDIAN = 400_000
"""The easting of the middle meridian, in metres: east and west of it the scale grows."""
_SCALE = 0.999_629_4
"""The grid's scale on it: 0.9996012717 on the Airy ellipsoid, 28 millionths more on WGS 84."""
OFF = 0.001
"""By how much at the most a length on the grid itself is off in England, as a share of it."""
_SQUARE = 10_000
"""Metres: the side of the squares for which `Nearest` remembers what may be nearest."""
_SIX_RADII = 6 * 6_380_000.0**2


class OnGrid(Protocol):
    """What has a place, or none: both are None then."""

    @property
    def easting(self) -> int | None: ...
    @property
    def northing(self) -> int | None: ...


class Position(NamedTuple):
    """Metres of the grid."""

    easting: int
    northing: int


def km(east: float, north: float, east2: float, north2: float) -> float:
    """Kilometres between two places given in metres of the grid."""
    one, other = east - _MERIDIAN, east2 - _MERIDIAN
    scale = _SCALE * (1 + (one * one + one * other + other * other) / _SIX_RADII)
    return hypot(one - other, north - north2) / (1000 * scale)


def kms(here: complex, places: Iterable[complex]) -> list[float]:
    """`km` from a place to many, to the last digit: all are complex numbers of whole metres."""
    one, north, found = here.real - _MERIDIAN, here.imag, []
    for place in places:
        other = place.real - _MERIDIAN
        scale = _SCALE * (1 + (one * one + one * other + other * other) / _SIX_RADII)
        found.append(hypot(one - other, north - place.imag) / (1000 * scale))
    return found


def from_meridian(east: float) -> float:
    """Metres from the middle meridian, where the scale is least."""
    return abs(east - _MERIDIAN)


def most_off(metres: float) -> float:
    """By what factor two lengths on the grid may differ at the most that are the same in
    kilometres, where all ends lie within so many metres of the middle meridian."""
    return 1 + 3 * metres * metres / _SIX_RADII


def between(a: OnGrid, b: OnGrid) -> float | None:
    """`km` between two places; None where either has no position."""
    if a.easting is None or a.northing is None or b.easting is None or b.northing is None:
        return None
    return km(a.easting, a.northing, b.easting, b.northing)


def nearest(place: OnGrid, among: Iterable[tuple[Thing, OnGrid]]) -> tuple[Thing, float] | None:
    """Of things that stand somewhere the nearest to a place, with its kilometres.

    None where the place has no position, or none of them has.
    """
    if place.easting is None or place.northing is None:
        return None
    best, found = inf, None
    for thing, at in among:
        if at.easting is not None and at.northing is not None:
            square = (at.easting - place.easting) ** 2 + (at.northing - place.northing) ** 2
            if square < best:  # the scale hardly differs, so a length on the grid tells as well
                best, found = square, (thing, at)
    return (found[0], between(place, found[1]) or 0.0) if found else None


class Nearest(Generic[Thing]):
    """Things that stand somewhere, of which the nearest is asked for thousands of places.

    The answer is the thing that `nearest` gives. For each square of the grid it keeps those only
    that can be the nearest to a place in it.
    """

    def __init__(self, among: Iterable[tuple[Thing, OnGrid]]) -> None:
        self._among = [
            (at.easting, at.northing, thing)
            for thing, at in among
            if at.easting is not None and at.northing is not None
        ]
        self._near: dict[tuple[int, int], list[tuple[int, int, Thing]]] = {}

    def to(self, place: OnGrid) -> Thing | None:
        """The thing nearest to a place; None as of `nearest`."""
        east, north = place.easting, place.northing
        if east is None or north is None:
            return None
        square = (east // _SQUARE, north // _SQUARE)
        near = self._near.get(square)
        if near is None:
            near = self._near[square] = self._near_to(*((n + 0.5) * _SQUARE for n in square))
        best, found = inf, None
        for x, y, thing in near:
            away = (x - east) * (x - east) + (y - north) * (y - north)
            if away < best:
                best, found = away, thing
        return found

    def _near_to(self, east: float, north: float) -> list[tuple[int, int, Thing]]:
        far = [(hypot(one[0] - east, one[1] - north), one) for one in self._among]
        # From anywhere in the square it is at most half its diagonal nearer or further
        reach = min((metres for metres, _ in far), default=0.0) + hypot(_SQUARE, _SQUARE)
        return [one for metres, one in far if metres <= reach]
