"""Schools held in memory: the nearest are those that statements find."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import copied_sample

DAY = date(2026, 11, 22)


@pytest.mark.parametrize("moved", [False, True], ids=["here", "far off"])
@pytest.mark.parametrize("limit", [1, 3, 20, 400])
@pytest.mark.parametrize("phases", [("primary",), ("16 plus",), ("nursery", "secondary"), ()])
def test_the_nearest_are_those_that_statements_find(
    phases: tuple[str, ...], limit: int, moved: bool
) -> None:
    """Also of a phase that few have, of several or all, and where more are asked for than are."""
    told, ahead = copied_sample(), copied_sample()
    ahead.read_ahead(DAY)
    wanted = frozenset(phases)
    for urn in told.open_urns()[::60]:
        school = told.get(urn)
        assert school
        if moved:
            school = school._replace(easting=10_000, northing=5_000)
        asked = ahead.near(school, phases=wanted, limit=limit, day=DAY)
        assert asked == told.near(school, phases=wanted, limit=limit, day=DAY)
