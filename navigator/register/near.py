"""What is near a point: squares of the National Grid, as many as it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from navigator.core.model import PHASES
from navigator.register import schema

Ask = Callable[..., list[Any]]
"""Runs one SELECT with its values and returns all rows."""

_FOREVER = 99_999_999
_WIDEST = 256
"""Cells of 5 km: beyond both ends of Great Britain."""

_AROUND = """WITH strip (low, high) AS (
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?1)
    ), wanted (phase) AS (SELECT value FROM json_each(?2))
    SELECT urn, (easting - ?3) * (easting - ?3) + (northing - ?4) * (northing - ?4) AS square
    FROM wanted CROSS JOIN strip CROSS JOIN school INDEXED BY school_near
    ON school.phase = wanted.phase AND cell BETWEEN low AND high WHERE cell IS NOT NULL AND """
"""Schools in scope of some phases in some squares, and how far they are from a point."""

OPEN_ON = f"coalesce(opened, 0) <= {{0}} AND coalesce(closed, {_FOREVER}) > {{0}}"
"""Schools open on a day."""


def open_and_placed(ask: Ask, day: int) -> list[int]:
    """URNs of all schools that `nearest` may give on a day."""
    found = ask(f"SELECT urn FROM school WHERE cell IS NOT NULL AND {OPEN_ON.format('?1')}", day)
    return [urn for (urn,) in found]


def nearest(
    ask: Ask, easting: int, northing: int, *, phases: Iterable[str], limit: int, day: int
) -> list[int]:
    """URNs of the schools in scope open on a day, by distance on the National Grid.

    Looks at a square of cells that doubles until it surely holds the nearest. The grid's scale
    changes by less than a thousandth over such a square, so only near-ties can change places.
    """
    reach = schema.CELL_METRES
    while True:
        found = ask(
            f"{_AROUND} {OPEN_ON.format('?5')} ORDER BY square, urn LIMIT ?6",
            *_around(easting, northing, reach, phases),
            day,
            limit,
        )
        sure = len(found) == limit and found[-1][1] <= reach * reach
        if sure or reach >= _WIDEST * schema.CELL_METRES:
            return [urn for urn, _ in found]
        reach *= 2


def within(ask: Ask, easting: int, northing: int, metres: float) -> list[int]:
    """URNs of the schools in scope within a distance on the National Grid."""
    found = ask(
        f"{_AROUND} tier = 0 AND square <= ?5",
        *_around(easting, northing, metres, PHASES),
        metres * metres,
    )
    return [urn for urn, _ in found]


def _around(
    easting: int, northing: int, metres: float, phases: Iterable[str]
) -> tuple[str, str, int, int]:
    """The first four values of a statement about what lies within some metres of a point."""
    side = schema.CELL_METRES
    lowest, highest = (max(int((northing + far) // side), 0) for far in (-metres, metres))
    columns = range(max(int((easting - metres) // side), 0), int((easting + metres) // side) + 1)
    strips = [[schema.CELLS_A_COLUMN * x + y for y in (lowest, highest)] for x in columns]
    wanted = [PHASES.index(phase) for phase in phases]
    # Lists of whole numbers are JSON as they are written
    return str(strips), str(wanted), easting, northing
