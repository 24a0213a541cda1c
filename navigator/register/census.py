"""Questions about many schools at once: by authority, by place and phase, all trusts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

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
    latitude: float
    longitude: float


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
        "SELECT urn, name, kind, phase, town, place, coalesce(trust, ''), latitude, longitude "
        "FROM school JOIN position USING (urn) WHERE tier = 0"
    )
    return [
        Spot(
            urn, name, kinds[kind][1], kinds[kind][2], schema.PHASES[phase], town,
            places[place][0], places[place][1], trust, latitude, longitude,
        )
        for urn, name, kind, phase, town, place, trust, latitude, longitude in rows
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
