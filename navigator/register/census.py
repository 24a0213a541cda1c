"""Questions about many schools at once: by authority, by place and phase, all trusts."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from navigator.register import schema

Ask = Callable[..., list[Any]]
"""Runs one SELECT with its values and returns all rows."""


_PHASES = ", ".join(map(str, range(len(schema.PHASES))))


class PlaceCount(NamedTuple):
    """Open schools in scope of one place, phase and statutory age range."""

    la_code: str
    la_name: str
    district_name: str
    region: str
    phase: str
    low_age: int | None
    high_age: int | None
    schools: int


class TrustSize(NamedTuple):
    """A trust by name, with its number of open schools."""

    uid: str
    name: str
    schools: int


def trust_sizes(ask: Ask) -> list[TrustSize]:
    """Every trust with an open school, by name."""
    rows = ask("SELECT uid, name, size FROM trust WHERE size > 0 ORDER BY name COLLATE NOCASE, uid")
    return [TrustSize(*row) for row in rows]


def place_counts(ask: Ask) -> list[PlaceCount]:
    """Every place with an open school: some 300 districts by phase and ages."""
    rows = ask(
        """SELECT la_code, la_name, district_name, region, phase, low_age, high_age, schools
        FROM (SELECT place, phase, low_age, high_age, count(*) AS schools FROM school
              WHERE tier = 0 GROUP BY place, phase, low_age, high_age)
        JOIN place ON place.id = place WHERE in_scope"""
    )
    return [
        PlaceCount(code, name, district, region, schema.PHASES[phase], low, high, schools)
        for code, name, district, region, phase, low, high, schools in rows
    ]


OF_AUTHORITY = """SELECT * FROM school LEFT JOIN position USING (urn)
WHERE tier = 0 AND place IN (SELECT id FROM place WHERE la_code = ? AND in_scope)"""
"""The open schools in scope of an authority."""


def adjoining(ask: Ask, la_code: str) -> list[str]:
    """Codes of the authorities with an open school in, or beside, a 5 km square with one of ours.

    From the schools themselves, so it needs no map of boundaries.
    """
    cells = {
        cell + across * schema.CELLS_A_COLUMN + along
        for (cell,) in ask(
            """SELECT DISTINCT cell FROM school WHERE tier = 0 AND cell IS NOT NULL
            AND place IN (SELECT id FROM place WHERE la_code = ? AND in_scope)""",
            la_code,
        )
        for across in (-1, 0, 1)
        for along in (-1, 0, 1)
    }
    rows = ask(
        f"""SELECT DISTINCT la_code FROM json_each(?)
        CROSS JOIN school INDEXED BY school_near
        ON phase IN ({_PHASES}) AND cell = value AND cell IS NOT NULL
        JOIN place ON place.id = place
        WHERE tier = 0 AND in_scope AND la_code <> ? ORDER BY la_code""",  # noqa: S608
        json.dumps(sorted(cells)),
        la_code,
    )
    return [code for (code,) in rows]
