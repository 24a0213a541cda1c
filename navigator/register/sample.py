"""The sample: three areas' schools out of `data/sample/`, as a register in memory.

It goes through the same tables and the same index as all of England does.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from navigator.core import paths
from navigator.register import finish, info, schema, search_words
from navigator.register.memo import Memo
from navigator.register.shape import Row, cell_of, tier_of
from navigator.register.store import Register

Told = list[dict[str, str]]
"""Lines of a table by the names of its fields."""

NAME = "sample: 3 areas"
DAY = date(2025, 7, 17)

SCHOOL_FIELDS = (
    "urn",
    "name",
    "status",
    "phase",
    "type",
    "type_group",
    "la_code",
    "la_name",
    "district_code",
    "district_name",
    "region",
    "street",
    "locality",
    "town",
    "postcode",
    "latitude",
    "longitude",
    "easting",
    "northing",
    "pupils",
    "low_age",
    "high_age",
    "opened",
    "website",
    "laestab",
    "ukprn",
    "trust_uid",
)
"""Of `schools.csv` and `leads.csv`: the fields of `model.School`, the locality, and the National
Grid position in metres, which `near` counts in."""

TRUST_FIELDS = (
    "uid",
    "name",
    "kind",
    "size",
    "status",
    "opened",
    "companies_house",
    "spread_km",
)
LINK_FIELDS = ("urn", "other", "name", "kind", "date")
AREA_FIELDS = ("la_code", "schools", "maintained")
ADJOINING_FIELDS = ("la_code", "other")
TRUST_AREA_FIELDS = ("trust_uid", "la_code", "schools")


def open_sample(problem: str = "", facts: Path | None = None) -> Register:
    """The sample as a register; `problem` is passed on to whoever asks why it serves.

    `schools.csv` are the schools in scope; `leads.csv` are the schools that lead hubs, which can be
    asked for by URN but are neither found nor near; `areas.csv` has counts of whole authorities,
    `adjoining.csv` the neighbours of those in the sample.
    """
    folder = (facts or paths.facts_dir()) / "sample"
    database = schema.new_database(":memory:")
    for statement in (*schema.MORE_TABLES.split(";"), schema.DOC):
        database.execute(statement)
    schools, leads = _rows(folder / "schools.csv"), _rows(folder / "leads.csv")
    trusts = _rows(folder / "trusts.csv")
    _fill_schools(database, schools, leads)
    for table, fields, source in (
        ("trust", TRUST_FIELDS, trusts),
        ("link", LINK_FIELDS, _rows(folder / "links.csv")),
        ("area", AREA_FIELDS, _rows(folder / "areas.csv")),
        ("adjoining", ADJOINING_FIELDS, _rows(folder / "adjoining.csv")),
        ("trust_area", TRUST_AREA_FIELDS, _rows(folder / "trust_areas.csv")),
    ):
        database.executemany(
            f"INSERT INTO {table} VALUES ({', '.join('?' for _ in fields)})",  # noqa: S608 - names of ours, values bound
            ([_value(name, row[name]) for name in fields] for row in source),
        )
    names = {row["uid"]: row["name"] for row in trusts}
    database.executemany(schema.INSERT_DOC, _docs(schools, names))
    finish.make_index(database)
    database.execute("DROP TABLE doc")
    finish.make_lookups(database)
    meta = {"name": NAME, "day": DAY.isoformat(), "links_day": "", "groups_day": ""}
    finish.note(database, meta)
    database.execute("COMMIT")
    told = dict(database.execute("SELECT key, value FROM meta"))
    return Register(database, info.info_of(told, sample=True, path=None), problem)


def _fill_schools(database: sqlite3.Connection, schools: Told, leads: Told) -> None:
    """Fill `school`, `position`, `kind` and `place`."""
    kinds: dict[Row, int] = {}
    places: dict[Row, int] = {}
    for rows, in_scope in ((schools, True), (leads, False)):
        database.executemany(
            schema.INSERT_SCHOOL, [_school(told, kinds, places, in_scope) for told in rows]
        )
        database.executemany(
            "INSERT INTO position VALUES (?, ?, ?)",
            [
                (int(told["urn"]), float(told["latitude"]), float(told["longitude"]))
                for told in rows
                if told["latitude"]
            ],
        )
    for statement, numbers in (
        ("INSERT INTO kind VALUES (?, ?, ?, ?)", kinds),
        ("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", places),
    ):
        database.executemany(statement, [(number, *told) for told, number in numbers.items()])


def _school(
    told: dict[str, str], kinds: dict[Row, int], places: dict[Row, int], in_scope: bool
) -> Row:
    """The row of `school` of a line; `kinds` and `places` gather what their tables hold."""
    kind = told["status"], told["type"], told["type_group"]
    area = told["la_code"], told["la_name"], told["district_code"], told["district_name"]
    place = (*area, told["region"], in_scope)
    easting, northing = _number(told["easting"]), _number(told["northing"])
    return (
        int(told["urn"]),
        told["name"],
        kinds.setdefault(kind, len(kinds) + 1),
        places.setdefault(place, len(places) + 1),
        schema.PHASES.index(told["phase"]),
        tier_of(told["status"]),
        told["street"],
        told["town"],
        told["postcode"],
        easting,
        northing,
        cell_of(easting, northing) if in_scope and easting and northing else None,
        _number(told["pupils"]),
        _number(told["low_age"]),
        _number(told["high_age"]),
        _number(told["opened"].replace("-", "")),
        None,
        told["website"],
        "",
        _number(told["laestab"].replace("/", "")),
        _number(told["ukprn"]),
        told["trust_uid"] or None,
    )


def _docs(schools: Told, trusts: dict[str, str]) -> Iterator[Row]:
    """The rows of `doc`; `trusts` are names by UID."""
    tokens_of = Memo(search_words.text_tokens)
    for told in schools:
        key, tokens = search_words.name_words(told["name"])
        around = [told[name] for name in ("la_name", "district_name", "town", "locality")]
        around.append(trusts.get(told["trust_uid"], ""))
        finds = [
            tokens,
            *(tokens_of[text] for text in around),
            search_words.outward(told["postcode"]),
        ]
        yield tier_of(told["status"]), key, int(told["urn"]), " ".join(finds)
    search_words.forget()


def _rows(path: Path) -> Told:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        names = next(reader)
        return [dict(zip(names, row, strict=True)) for row in reader]


def _number(text: str) -> int | None:
    return int(text) if text else None


def _value(field: str, text: str) -> Any:
    if field in ("size", "schools", "maintained", "urn", "other"):
        return int(text)
    if field in ("opened", "date"):
        return _number(text.replace("-", ""))
    if field == "spread_km":
        return float(text) if text else None
    return text
