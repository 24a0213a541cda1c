"""Distances: geopy's figures, and a rough one that puts places in the same order."""

from __future__ import annotations

from dataclasses import dataclass

from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from navigator.core import distance

LATITUDES = st.floats(49.8, 55.9)
LONGITUDES = st.floats(-6.5, 1.8)


@dataclass
class Spot:
    latitude: float | None
    longitude: float | None


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_kilometres_are_those_of_geopy(a: float, b: float, c: float, d: float) -> None:
    assert abs(distance.km(a, b, c, d) - geodesic((a, b), (c, d)).km) < 1e-6


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_the_rough_distance_is_within_a_percent(a: float, b: float, c: float, d: float) -> None:
    exact = distance.km(a, b, c, d)
    assert abs(distance.rough_km(Spot(a, b), Spot(c, d)) - exact) <= 0.01 * exact + 0.001


def test_an_unknown_position_is_never_near() -> None:
    assert distance.rough_km(Spot(None, None), Spot(52.0, -1.0)) == float("inf")
