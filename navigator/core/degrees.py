"""From the National Grid to degrees, for what others read: JSON and tables.

The Ordnance Survey's transverse Mercator projection and seven-parameter step from OSGB 36 to
WGS 84, which is what PROJ does for EPSG:27700 without a shift grid: to the tenth of a millimetre
(tests/core/test_degrees.py), and within 5 m of the truth. In Python, because pyproj would be
the only part of Navigator that isn't: without it one file runs wherever Python does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from math import asinh, atan2, atanh, cos, cosh, degrees, hypot, radians, sin, sinh, sqrt, tan

AIRY = 6_377_563.396, 6_377_563.396 * (1 - 1 / 299.324_964_6)
WGS84 = 6_378_137.0, 6_356_752.314_245_179
"""The ellipsoids' half axes in metres."""

SCALE = 0.9996012717
LATITUDE, LONGITUDE = radians(49), radians(-2)
FALSE_EASTING, FALSE_NORTHING = 400_000, -100_000

SHIFT = 446.448, -125.157, 542.06
"""Metres."""
TURN = tuple(radians(seconds / 3600) for seconds in (0.15, 0.247, 0.842))
GROWTH = 1 - 20.489e-6


@lru_cache(maxsize=1)  # one asks for the latitude, then for the longitude
def degrees_of(easting: float, northing: float) -> tuple[float, float]:
    """WGS 84 latitude and longitude of a place in metres of the grid."""
    return _projection()(easting, northing)


@cache
def _projection() -> Callable[[float, float], tuple[float, float]]:
    """A function from easting and northing in metres to WGS 84 latitude and longitude.

    Krüger's series in the third flattening to the fourth power (Karney 2011, equations 11, 36),
    whose next term is under a micrometre.
    """
    a, b = AIRY
    n = (a - b) / (a + b)
    radius = a / (1 + n) * (1 + n**2 / 4 + n**4 / 64) * SCALE
    forth = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    )
    b2, b4, b6, b8 = (
        n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96 - n**4 / 360,
        n**2 / 48 + n**3 / 15 - 437 * n**4 / 1440,
        17 * n**3 / 480 - 37 * n**4 / 840,
        4397 * n**4 / 161280,
    )
    e2 = 1 - (b / a) ** 2
    e = sqrt(e2)
    conformal = atan2(sinh(asinh(tan(LATITUDE)) - e * atanh(e * sin(LATITUDE))), 1)
    start = conformal + sum(
        term * sin(2 * number * conformal) for number, term in enumerate(forth, 1)
    )
    rx, ry, rz = TURN
    tx, ty, tz = SHIFT
    wide, high = WGS84
    wide_e2, high_e2 = 1 - (high / wide) ** 2, (wide / high) ** 2 - 1

    def degrees_of(easting: float, northing: float) -> tuple[float, float]:
        up = start + (northing - FALSE_NORTHING) / radius
        along = (easting - FALSE_EASTING) / radius
        xi = up - (
            b2 * sin(2 * up) * cosh(2 * along)
            + b4 * sin(4 * up) * cosh(4 * along)
            + b6 * sin(6 * up) * cosh(6 * along)
            + b8 * sin(8 * up) * cosh(8 * along)
        )
        eta = along - (
            b2 * cos(2 * up) * sinh(2 * along)
            + b4 * cos(4 * up) * sinh(4 * along)
            + b6 * cos(6 * up) * sinh(6 * along)
            + b8 * cos(8 * up) * sinh(8 * along)
        )
        east, north = sinh(eta), cos(xi)
        longitude = LONGITUDE + atan2(east, north)
        wanted = tangent = sin(xi) / hypot(east, north)
        for _ in range(3):  # Newton; the third step is for the Poles
            root = sqrt(1 + tangent * tangent)
            sigma = sinh(e * atanh(e * tangent / root))
            now = tangent * sqrt(1 + sigma * sigma) - sigma * root
            tangent += (
                (wanted - now)
                / sqrt(1 + now * now)
                * (1 + (1 - e2) * tangent * tangent)
                / ((1 - e2) * root)
            )
        root = sqrt(1 + tangent * tangent)
        sine, cosine = tangent / root, 1 / root
        # To metres from the middle of the Earth, on to the other ellipsoid, and back (Bowring)
        normal = a / sqrt(1 - e2 * sine * sine)
        x = normal * cosine * cos(longitude)
        y = normal * cosine * sin(longitude)
        z = normal * (1 - e2) * sine
        x, y, z = (
            tx + GROWTH * (x - rz * y + ry * z),
            ty + GROWTH * (rz * x + y - rx * z),
            tz + GROWTH * (-ry * x + rx * y + z),
        )
        across = hypot(x, y)
        theta = atan2(z * wide, across * high)
        latitude = atan2(
            z + high_e2 * high * sin(theta) ** 3, across - wide_e2 * wide * cos(theta) ** 3
        )
        return degrees(latitude), degrees(atan2(y, x))

    return degrees_of
