"""The sample: three areas' schools out of `data/sample/`, as a register in memory.

It goes through the same tables and the same index as all of England does. The files' columns have
the names of ours; README.md beside them says what each file holds.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from navigator.core import paths
from navigator.register import finish, schema, search_words
from navigator.register.conversions import day_number
from navigator.register.shape import England, Shaper
from navigator.register.store import Register

NAME = "sample: 3 areas"
DAY = date(2025, 7, 17)

TABLES = {
    "trusts": "trust",
    "links": "link",
    "areas": "area",
    "adjoining": "adjoining",
    "trust_areas": "trust_area",
}
"""Which table a file fills."""

OTHER_NAMES = {"date": "day", "trust_uid": "trust"}
"""What tables call some of the files' columns."""


def open_sample(problem: str = "", facts: Path | None = None) -> Register:
    """The sample as a register; `problem` is passed on to whoever asks why it serves.

    `schools.csv` are the schools in scope; `leads.csv` are the schools that lead hubs, which can be
    asked for by URN but are neither found nor near; `areas.csv` has counts of whole authorities,
    `adjoining.csv` the neighbours of those in the sample.
    """
    folder = (facts or paths.facts_dir()) / "sample"
    database = schema.new_database(":memory:")
    for file, table in TABLES.items():
        _fill(database, table, *_read(folder / f"{file}.csv"))
    trusts = dict(database.execute("SELECT uid, name FROM trust"))
    shaper = Shaper()
    for file in ("schools", "leads"):
        names, rows = _read(folder / f"{file}.csv")
        texts: dict[str, Sequence[str]] = dict(zip(names, zip(*rows, strict=True), strict=True))
        texts["trust_name"] = [trusts.get(uid, "") for uid in texts["trust_uid"]]
        texts["opened"] = [*map(_as_dfe_has_it, texts["opened"])]
        regions = dict(zip(texts["la_code"], texts["region"], strict=True))
        shaper.put(database, texts, England(regions if file == "schools" else {}))
    search_words.forget()
    finish.fill_lookups(database, shaper.lookups)
    finish.make_index(database, shaper.docs)
    schema.run(database, schema.INDEXES)
    meta = {"name": NAME, "day": DAY.isoformat(), "links_day": "", "groups_day": ""}
    finish.note(database, meta)
    database.execute("COMMIT")
    return Register(database, problem=problem)


def _read(path: Path) -> tuple[Sequence[str], list[list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
        return names, rows


def _fill(
    database: sqlite3.Connection, table: str, names: Sequence[str], rows: list[list[str]]
) -> None:
    """Put a file's rows into a table, whose columns make numbers of what are numbers."""
    names = [OTHER_NAMES.get(name, name) for name in names]
    values = ([_value(*field) for field in zip(names, row, strict=True)] for row in rows)
    schema.insert(database, table, names, values)


def _value(name: str, text: str) -> Any:
    if name in ("opened", "day"):
        return day_number(_as_dfe_has_it(text))
    return None if name == "spread_km" and not text else text


def _as_dfe_has_it(day: str) -> str:
    """17-07-2025 of 2025-07-17."""
    return "-".join(day.split("-")[::-1])
