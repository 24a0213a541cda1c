"""Degrees from eastings and northings: the same as PROJ has them."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from geopy.distance import geodesic

from navigator.core.degrees import degrees_of
from navigator.register import Register
from tests.register import made

PROJ = """
+proj=pipeline
+step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy
+step +proj=push +v_3
+step +proj=cart +ellps=airy
+step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489
      +convention=position_vector
+step +inv +proj=cart +ellps=WGS84
+step +proj=pop +v_3
+step +proj=unitconvert +xy_in=rad +xy_out=deg
"""


def test_over_the_whole_grid_as_proj() -> None:
    pyproj = pytest.importorskip("pyproj", reason="PROJ isn't here to compare with")
    there = pyproj.Transformer.from_pipeline(PROJ)
    worst = 0.0
    for easting, northing in itertools.product(
        range(0, 700_001, 17_500), range(0, 1_300_001, 32_500)
    ):
        longitude, latitude = there.transform(easting, northing)
        worst = max(worst, geodesic(degrees_of(easting, northing), (latitude, longitude)).km)
    assert worst * 1_000_000 < 0.1, "a tenth of a millimetre"


def test_the_ordnance_surveys_own_example() -> None:
    """Caister Water Tower: OSGB 36 in their guide, WGS 84 to within the step's 5 m."""
    there = 52 + 39 / 60 + 28.8282 / 3600, 1 + 42 / 60 + 57.8663 / 3600
    assert geodesic(degrees_of(651_409.903, 313_177.270), there).km < 0.005


def test_every_school_of_england_lies_in_britain(england: Register) -> None:
    schools = england.census.schools_of(england.census.places())
    placed = [degrees_of(s.easting, s.northing) for s in schools if s.easting and s.northing]
    assert len(placed) > 21_000
    assert all(49 < latitude < 61 and -9 < longitude < 2 for latitude, longitude in placed)


def test_an_easting_far_off_the_grid_is_no_position(tmp_path: Path) -> None:
    from navigator.register import open_register, update_from

    rows = made.schools(3)
    rows[1] |= {"Easting": "99999999", "Northing": "5"}
    update_from(made.write(tmp_path, rows), tmp_path / "data")
    register = open_register(tmp_path / "data")
    school = register.get(100_001)
    assert school is not None
    assert school.latitude is None
    near = register.get(100_000)
    assert near is not None
    assert re.match(r"52\.4", str(near.latitude))
    register.close()
