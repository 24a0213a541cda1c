"""Distances of thousands of places at once: whose is the nearest, and how far the middle one is.

The answers are those of `grid.nearest` for each place, to the last digit. A place is a complex
number of metres here, since of two such Python gives the length between them in one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from math import floor, hypot
from operator import le

from navigator.core import grid
from navigator.core.grid import OnGrid, Position

Spots = Sequence[complex]

_SQUARE = 10_000
"""Metres: the side of the squares for each of which it is looked up what may be nearest."""
_NEARLY = 1 + 1e-12
"""Lengths nearer to each other than this may in fact be the same."""


def positions(places: Iterable[OnGrid]) -> list[complex]:
    """The positions of places, of those that have one."""
    return [
        complex(place.easting, place.northing)
        for place in places
        if place.easting is not None and place.northing is not None
    ]


def median_km(groups: Iterable[tuple[Sequence[complex], Spots]]) -> float | None:
    """The median of the kilometres from each place of a group to the nearest of the group's ends.

    None where there is no place that has an end. Lengths on the grid tell which places may be the
    middle ones; those alone are measured.
    """
    from statistics import median  # where used: it takes as long as many a page

    rough = [(ends, spots, _lengths(ends, spots)) for ends, spots in groups if ends and spots]
    ordered = sorted(length for *_, lengths in rough for length in lengths)
    if not ordered:
        return None
    low, high = (len(ordered) - 1) // 2, len(ordered) // 2
    furthest = ordered[-1] + max(grid.from_meridian(end.real) for ends, *_ in rough for end in ends)
    off = grid.most_off(furthest) * _NEARLY
    shortest, longest = ordered[low] / off, ordered[high] * off
    below = 0
    near: list[float] = []
    for ends, spots, lengths in rough:
        below += sum(length < shortest for length in lengths)
        there = [shortest <= length <= longest for length in lengths]
        for place in map(_place, compress(spots, there)):
            if found := grid.nearest(place, ((None, _place(end)) for end in ends)):
                near.append(found[1])
    near.sort()
    return median((near[low - below], near[high - below]))


def by_nearest(among: Sequence[complex], spots: Spots) -> Iterator[tuple[int, Spots]]:
    """The places that have the same nearest, with its number in `among`; of several as near as one
    another the first."""
    for near, there in _by_square(among, spots):
        if len(near) == 1:
            yield near[0], there
            continue
        lengths = [[abs(at - among[number]) for at in there] for number in near]
        least = [length * _NEARLY for length in map(min, *lengths)]
        nearest = [list(map(le, of, least)) for of in lengths]
        if sum(map(sum, nearest)) == len(there):
            for number, ours in zip(near, nearest, strict=True):
                if any(ours):
                    yield number, list(compress(there, ours))
            continue
        ends = [(number, _place(among[number])) for number in near]
        for at in there:
            if found := grid.nearest(_place(at), ends):
                yield found[0], [at]


def _by_square(among: Sequence[complex], spots: Spots) -> Iterator[tuple[list[int], Spots]]:
    """The places of each square of the grid, and the numbers of what may be nearest to them."""
    squares: dict[tuple[float, float], list[complex]] = {}
    for at in spots:
        squares.setdefault((at.real // _SQUARE, at.imag // _SQUARE), []).append(at)
    for (x, y), there in squares.items() if among else ():
        middle = complex((x + 0.5) * _SQUARE, (y + 0.5) * _SQUARE)
        far = [abs(end - middle) for end in among]
        # From anywhere in the square it is at most half its diagonal nearer or further
        reach = min(far) + hypot(_SQUARE, _SQUARE)
        yield [number for number, metres in enumerate(far) if metres <= reach], there


def _lengths(ends: Sequence[complex], spots: Spots) -> list[float]:
    """Metres on the grid from each place to the nearest of some ends."""
    lengths = [[abs(at - end) for at in spots] for end in ends]
    return list(map(min, *lengths)) if len(ends) > 1 else lengths[0]


def _place(at: complex) -> Position:
    return Position(floor(at.real), floor(at.imag))
