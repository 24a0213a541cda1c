"""Questions about many schools at once: by authority, by place and phase, all trusts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from navigator.core.governance import sector
from navigator.register import schema

Ask = Callable[..., list[Any]]
"""Runs one SELECT with its values and returns all rows."""


class Place(NamedTuple):
    """A district of an authority in scope, as the register names both; `numbers` are the register's
    own for it (two where each of the two processes that read the register met it)."""

    la_code: str
    la_name: str
    district_name: str
    region: str
    numbers: tuple[int, ...]


class KindCount(NamedTuple):
    """How many open schools of one phase and statutory age range a place has."""

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


class BriefSchool(NamedTuple):
    """An open state-funded school as figures about a place need it: read in a tenth of the time.

    `opened` is the day as the register's number (20250717), None where it tells none; `academy`
    holds for academies and free schools of every kind. Easting and northing are metres of the
    National Grid.
    """

    urn: int
    name: str
    phase: str
    maintained: bool
    academy: bool
    low_age: int | None
    high_age: int | None
    opened: int | None
    trust_uid: str
    la_code: str
    la_name: str
    district_name: str
    region: str
    easting: int | None
    northing: int | None


_BRIEF = """SELECT urn, name, phase, kind, place, low_age, high_age, opened, coalesce(trust, ''),
    iif(latitude IS NULL, NULL, easting), iif(latitude IS NULL, NULL, northing)
    FROM school LEFT JOIN position USING (urn) WHERE tier = 0 AND """


def brief_in(ask: Ask, places: Iterable[Place]) -> list[Any]:
    """The rows of the open schools of some places, for `brief_schools`."""
    numbers = [number for place in places for number in place.numbers]
    statement = f"{_BRIEF} place IN (SELECT value FROM json_each(?))"  # noqa: S608 - values bound
    return ask(statement, json.dumps(numbers))


def brief_of(ask: Ask, urns: Iterable[int]) -> list[Any]:
    """The rows of those of some URNs that are open, for `brief_schools`."""
    statement = f"{_BRIEF} urn IN (SELECT value FROM json_each(?))"  # noqa: S608 - values bound
    return ask(statement, json.dumps(sorted(set(urns))))


def brief_within(ask: Ask, easting: int, northing: int, metres: float) -> list[Any]:
    """The rows of the open schools within a distance on the National Grid, for `brief_schools`."""
    side = schema.CELL_METRES
    lowest = max(int((northing - metres) // side), 0)
    highest = max(int((northing + metres) // side), 0)
    strips = [
        [x * schema.CELLS_A_COLUMN + lowest, x * schema.CELLS_A_COLUMN + highest]
        for x in range(max(int((easting - metres) // side), 0), int((easting + metres) // side) + 1)
    ]
    return ask(
        f"""WITH strip (low, high) AS (
            SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)
        ), wanted (phase) AS (SELECT value FROM json_each(?)), found (urn) AS (
            SELECT urn FROM wanted CROSS JOIN strip CROSS JOIN school INDEXED BY school_near
            ON school.phase = wanted.phase AND cell BETWEEN low AND high
            WHERE cell IS NOT NULL
            AND (easting - ?) * (easting - ?) + (northing - ?) * (northing - ?) <= ?
        )
        {_BRIEF} urn IN (SELECT urn FROM found)""",  # noqa: S608 - names of ours, values bound
        json.dumps(strips),
        json.dumps(list(range(len(schema.PHASES)))),
        easting,
        easting,
        northing,
        northing,
        metres * metres,
    )


def brief_schools(
    rows: Iterable[Any],
    kinds: Mapping[int, tuple[str, str, str]],
    places: Mapping[int, tuple[str, str, str, str, str, bool]],
) -> list[BriefSchool]:
    """The state-funded schools in scope of some rows, by URN."""
    told = {number: sector(kind, group) for number, (_, kind, group) in kinds.items()}
    found = []
    for urn, name, phase, kind, place, low, high, opened, trust, *spot in rows:
        state, maintained, academy = told[kind]
        la_code, la_name, _, district, region, scope = places[place]
        if state and scope:
            found.append(
                BriefSchool(
                    urn,
                    name,
                    schema.PHASES[phase],
                    maintained,
                    academy,
                    low,
                    high,
                    opened,
                    trust,
                    la_code,
                    la_name,
                    district,
                    region,
                    *spot,
                )
            )
    found.sort()
    return found


class Spot(NamedTuple):
    """An open school with a position, with as little of it as a map needs."""

    urn: int
    name: str
    type: str
    type_group: str
    phase: str
    town: str
    la_code: str
    la_name: str
    trust_uid: str
    easting: int
    northing: int


def trust_sizes(ask: Ask) -> list[TrustSize]:
    """Every trust with an open school, by name."""
    rows = ask(
        "SELECT uid, name, kind, size FROM trust WHERE size > 0 ORDER BY name COLLATE NOCASE, uid"
    )
    return [TrustSize(*row) for row in rows]


def kind_counts(ask: Ask, place: Place) -> list[KindCount]:
    """The open schools of a place by phase and ages; read from an index alone."""
    rows = ask(
        f"""SELECT phase, low_age, high_age, count(*) FROM school
        WHERE tier = 0 AND place IN ({_marks(place.numbers)})
        GROUP BY phase, low_age, high_age""",  # noqa: S608 - marks only, values bound
        *place.numbers,
    )
    return [KindCount(schema.PHASES[phase], *told) for phase, *told in rows]


def spots(
    ask: Ask, kinds: Mapping[int, tuple[str, str, str]], places: Mapping[int, Sequence[Any]]
) -> list[Spot]:
    """Every open school in scope with a position; `kinds` and `places` as the store has them."""
    rows = ask(
        "SELECT urn, name, kind, phase, town, place, coalesce(trust, ''), easting, northing "
        "FROM school JOIN position USING (urn) WHERE tier = 0"
    )
    return [
        Spot(
            urn, name, kinds[kind][1], kinds[kind][2], schema.PHASES[phase], town,
            places[place][0], places[place][1], trust, easting, northing,
        )
        for urn, name, kind, phase, town, place, trust, easting, northing in rows
        if places[place][5]
    ]  # fmt: skip


def open_schools(ask: Ask, places: Iterable[Place]) -> list[Any]:
    """The rows of the open schools of some places, each as `store` reads a school."""
    numbers = [number for place in places for number in place.numbers]
    return ask(
        f"""SELECT * FROM school LEFT JOIN position USING (urn)
        WHERE tier = 0 AND place IN ({_marks(numbers)})""",  # noqa: S608 - marks only, values bound
        *numbers,
    )


def _marks(values: Sequence[int]) -> str:
    return ", ".join("?" * len(values))
