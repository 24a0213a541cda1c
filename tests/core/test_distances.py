"""Distances of many places at once: those that `grid` gives one by one, to the last digit."""

from __future__ import annotations

from statistics import median

from hypothesis import given
from hypothesis import strategies as st

from navigator.core import distances, grid
from navigator.core.grid import Position

PLACES = st.lists(
    # Few metres apart, many alike: where places are as near as one another
    st.builds(Position, st.integers(399_990, 400_010), st.integers(300_000, 300_003))
    | st.builds(Position, st.integers(80_000, 660_000), st.integers(5_000, 660_000)),
    max_size=30,
)
GROUPS = st.lists(st.tuples(PLACES, PLACES), max_size=4)


@given(GROUPS)
def test_the_middle_distance_is_that_of_all_measured_one_by_one(
    groups: list[tuple[list[Position], list[Position]]],
) -> None:
    apart = [
        found[1]
        for ends, places in groups
        for place in places
        if (found := grid.nearest(place, [(None, end) for end in ends]))
    ]
    ready = [(distances.positions(ends), distances.positions(places)) for ends, places in groups]
    assert distances.median_km(ready) == (median(apart) if apart else None)


@given(PLACES, PLACES)
def test_each_place_goes_to_the_nearest_and_of_several_to_the_first(
    among: list[Position], places: list[Position]
) -> None:
    found = sorted(
        (at.real, at.imag, number)
        for number, there in distances.by_nearest(
            distances.positions(among), distances.positions(places)
        )
        for at in there
    )
    ends = list(enumerate(among))
    one_by_one = [(p, near) for p in places if (near := grid.nearest(p, ends))]
    assert found == sorted((p.easting, p.northing, near[0]) for p, near in one_by_one)
