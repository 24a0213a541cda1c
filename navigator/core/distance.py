"""Distances between places on the WGS 84 ellipsoid."""

from __future__ import annotations

import math
from typing import Protocol

KM_A_DEGREE = 111.2
KM_A_MILE = 1.609344

_RADIUS = 6384.0
"""Kilometres: the sphere that lies closest to WGS 84 at the latitude of England (0.2%)."""
_MERIDIAN = -2.0
"""Degrees: as the National Grid has it; nowhere in England is the scale more than 0.1% off."""


class Place(Protocol):
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


def km(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Kilometres along the ellipsoid between two points in degrees (Karney's geodesic)."""
    # geographiclib is what geopy's `geodesic` calls. Asked directly it loads in 1 ms; geopy's own
    # package brings thirty geocoders, a tenth of the time to the first paint, for the same figure.
    from geographiclib.geodesic import Geodesic

    line = Geodesic.WGS84.Inverse(a_lat, a_lon, b_lat, b_lon, Geodesic.DISTANCE)
    return float(line["s12"]) / 1000


def between(a: Place, b: Place) -> float | None:
    """`km` between two places; None where a position is missing."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    return km(a.latitude, a.longitude, b.latitude, b.longitude)


def rough_km(a: Place, b: Place) -> float:
    """Kilometres to within about 1% over England; infinite where a position is missing.

    For choosing the nearest of many (`km` takes 40 µs a pair, this 1 µs); never shown.
    """
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    north = a.latitude - b.latitude
    east = (a.longitude - b.longitude) * math.cos(math.radians((a.latitude + b.latitude) / 2))
    return math.hypot(north, east) * KM_A_DEGREE


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """(east, north) in kilometres: a transverse Mercator projection of the sphere."""
    phi, turn = math.radians(latitude), math.radians(longitude - _MERIDIAN)
    east = math.atanh(math.cos(phi) * math.sin(turn))
    north = math.atan2(math.tan(phi), math.cos(turn))
    return _RADIUS * east, _RADIUS * north
