"""The sample: three areas' schools out of `data/sample/`, as a register in memory.

It goes through the same tables and the same index as all of England does.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from navigator import paths
from navigator.register import build, finish, opening, schema, words
from navigator.register.shape import Row, cell_of, tier_of
from navigator.register.store import Register

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
TRUST_AREA_FIELDS = ("trust_uid", "la_code", "schools")


def open_sample(problem: str = "", facts: Path | None = None) -> Register:
    """The sample as a register; `problem` is passed on to whoever asks why it serves.

    `schools.csv` are the schools in scope; `leads.csv` are the schools that lead hubs, which can be
    asked for by URN but are neither found nor near; `areas.csv` has counts of whole authorities.
    """
    folder = (facts or paths.facts_dir()) / "sample"
    database = build.new_database(":memory:")
    for statement in schema.MORE_TABLES.split(";"):
        database.execute(statement)
    trusts = list(_rows(folder / "trusts.csv"))
    names = {row["uid"]: row["name"] for row in trusts}
    kinds: dict[Row, int] = {}
    places: dict[Row, int] = {}
    docs: list[Row] = []
    positions: list[Row] = []
    for file, in_scope in (("schools.csv", True), ("leads.csv", False)):
        rows = []
        for told in _rows(folder / file):
            if told["latitude"]:
                at = int(told["urn"]), float(told["latitude"]), float(told["longitude"])
                positions.append(at)
            row, doc = _shaped(told, kinds, places, names, in_scope)
            rows.append(row)
            if in_scope:
                docs.append(doc)
        database.executemany(build.INSERT_SCHOOL, rows)
    database.executemany("INSERT INTO position VALUES (?, ?, ?)", positions)
    database.executemany(
        "INSERT INTO kind VALUES (?, ?, ?, ?)", ((n, *kind) for kind, n in kinds.items())
    )
    database.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", ((n, *at) for at, n in places.items())
    )
    for table, fields, source in (
        ("trust", TRUST_FIELDS, trusts),
        ("link", LINK_FIELDS, _rows(folder / "links.csv")),
        ("area", AREA_FIELDS, _rows(folder / "areas.csv")),
        ("trust_area", TRUST_AREA_FIELDS, _rows(folder / "trust_areas.csv")),
    ):
        database.executemany(
            f"INSERT INTO {table} VALUES ({', '.join('?' for _ in fields)})",  # noqa: S608
            ([_value(name, row[name]) for name in fields] for row in source),
        )
    meta = {"name": NAME, "day": DAY.isoformat(), "links_day": "", "groups_day": ""}
    database.execute(schema.DOC)
    database.executemany(build.INSERT_DOC, docs)
    finish.make_index(database)
    database.execute("DROP TABLE doc")
    finish.make_lookups(database)
    finish.note(database, meta)
    database.execute("COMMIT")
    words.forget()
    told = dict(database.execute("SELECT key, value FROM meta"))
    return Register(database, opening.info_of(told, sample=True, path=None), problem)


def _shaped(
    told: dict[str, str],
    kinds: dict[Row, int],
    places: dict[Row, int],
    trusts: dict[str, str],
    in_scope: bool,
) -> tuple[Row, Row]:
    """(row of `school`, row of `doc`) of one line."""
    kind = told["status"], told["type"], told["type_group"]
    la_name, district = told["la_name"], told["district_name"]
    place = (told["la_code"], la_name, told["district_code"], district, told["region"], in_scope)
    easting, northing = _number(told["easting"]), _number(told["northing"])
    tier = tier_of(told["status"])
    urn = int(told["urn"])
    row = (
        urn,
        told["name"],
        kinds.setdefault(kind, len(kinds) + 1),
        places.setdefault(place, len(places) + 1),
        schema.PHASES.index(told["phase"]),
        tier,
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
    key, tokens = words.name_words(told["name"])
    around = la_name, district, told["town"], told["locality"], trusts.get(told["trust_uid"], "")
    finds = [tokens, *map(words.text_tokens, around), words.outward(told["postcode"])]
    return row, (tier, key, urn, " ".join(finds))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
