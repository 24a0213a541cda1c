"""The National Grid: what is measured on it is what geopy measures on the ellipsoid."""

from __future__ import annotations

import random
from typing import NamedTuple

from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from navigator.core import grid
from navigator.register import Register


class Spot(NamedTuple):
    easting: int | None
    northing: int | None


SPOTS = st.builds(Spot, st.integers(80_000, 660_000), st.integers(5_000, 660_000))


def test_kilometres_are_those_of_geopy_to_a_millionth(england: Register) -> None:
    """Of 2,000 pairs of schools all over England: less than a metre off in a thousand kilometres,
    and as far as geopy's figure can tell in degrees of the register's precision."""
    draw = random.Random(0)
    urns = england.open_urns()
    schools = [s for u in draw.sample(urns, 4_000) if (s := england.get(u)) and s.has_position]
    for a, b in zip(schools[::2], schools[1::2], strict=False):
        true = geodesic((a.latitude, a.longitude), (b.latitude, b.longitude)).km
        km = grid.between(a, b)
        assert km is not None
        assert abs(km - true) <= 1e-6 * true + 1e-6


@given(SPOTS, SPOTS)
def test_it_is_as_far_there_as_back(a: Spot, b: Spot) -> None:
    there = grid.between(a, b)
    assert there == grid.between(b, a)
    assert there is not None
    assert (there == 0) == (a == b)


@given(SPOTS, st.lists(SPOTS, min_size=1, max_size=20))
def test_the_nearest_of_many_is_the_nearest(place: Spot, spots: list[Spot]) -> None:
    found = grid.nearest(place, enumerate(spots))
    assert found is not None
    number, km = found
    assert km == grid.between(place, spots[number])
    least = min(grid.between(place, spot) or 0.0 for spot in spots)
    assert km <= least * (1 + 2 * grid.OFF)


def test_an_unknown_position_is_near_nothing() -> None:
    nowhere, somewhere = Spot(None, None), Spot(450_000, 340_000)
    assert grid.between(nowhere, somewhere) is None
    assert grid.nearest(nowhere, [("here", somewhere)]) is None
    assert grid.nearest(somewhere, [("nowhere", nowhere)]) is None
