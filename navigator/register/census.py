"""Questions about many schools at once: by authority, by place and phase, all trusts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from navigator.register import schema

Ask = Callable[..., list[Any]]
"""Runs one SELECT with its values and returns all rows."""


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
    """A trust by name and kind ("MAT", "SAT", "foundation"), with its number of open schools."""

    uid: str
    name: str
    kind: str
    schools: int


def trust_sizes(ask: Ask) -> list[TrustSize]:
    """Every trust with an open school, by name."""
    rows = ask(
        "SELECT uid, name, kind, size FROM trust WHERE size > 0 ORDER BY name COLLATE NOCASE, uid"
    )
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
