"""What is near a point: squares of the National Grid, as many as it takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from navigator.register import schema

Ask = Callable[..., list[Any]]
"""Runs one SELECT with its values and returns all rows."""

_FOREVER = 99_999_999
_WIDEST = 256
"""Cells of 5 km: beyond both ends of Great Britain."""


def nearest(
    ask: Ask, easting: int, northing: int, *, phases: list[int], limit: int, day: int
) -> list[int]:
    """URNs of the schools in scope open on a day, by distance on the National Grid.

    Looks at a square of cells that doubles until it surely holds the nearest. The grid's scale
    changes by less than a thousandth over such a square, so only near-ties can change places.
    """
    side = schema.CELL_METRES
    column, row = easting // side, northing // side
    reach = 1
    while True:
        lowest = max(row - reach, 0)
        cells = [
            (x * schema.CELLS_A_COLUMN + lowest, x * schema.CELLS_A_COLUMN + row + reach)
            for x in range(max(column - reach, 0), column + reach + 1)
        ]
        found = ask(
            _near_statement(len(cells), len(phases)),
            *(bound for pair in cells for bound in pair),
            *phases,
            easting,
            easting,
            northing,
            northing,
            day,
            day,
            limit,
        )
        # From the middle's own cell, everything within `reach` cells' sides has been looked at
        sure = reach * side
        if reach >= _WIDEST or (len(found) == limit and found[-1][1] <= sure * sure):
            return [urn for urn, _ in found]
        reach *= 2


@lru_cache(maxsize=32)
def _near_statement(columns: int, phases: int) -> str:
    cells = ", ".join(["(?, ?)"] * columns)
    wanted = ", ".join(["(?)"] * phases)
    return f"""WITH strip (low, high) AS (VALUES {cells}), wanted (phase) AS (VALUES {wanted})
        SELECT urn, (easting - ?) * (easting - ?) + (northing - ?) * (northing - ?) AS square
        FROM wanted CROSS JOIN strip CROSS JOIN school INDEXED BY school_near
        ON school.phase = wanted.phase AND cell BETWEEN low AND high
        WHERE coalesce(opened, 0) <= ? AND coalesce(closed, {_FOREVER}) > ? AND cell IS NOT NULL
        ORDER BY square, urn LIMIT ?"""  # noqa: S608 - names of ours, values bound
