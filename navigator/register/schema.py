"""The register's SQLite file: its tables, their columns, its version.

One layout serves the national register (a file) and the sample (in memory). Which columns of DfE's
it keeps, and in which table, `columns` tells.

- `school`: one row a URN, open, closed or proposed, in England or not. `kind` and `place` stand for
  the texts that repeat (a third of the file's size). Days are numbers, 20250717. `cell` is the 5 km
  square of the National Grid, filled for schools of England that were open at some known time.
- `ranked`: the schools of England in the order the finder lists them: open, then proposed, then
  closed, by name within each. `search` is the full-text index over them; its row id is that rank,
  so that the first 50 matches come out in order, without sorting.
- `former_name`: what a trust was called in registers in use before this one, and the day
  of the last of those, or in DfE's files of this day (`groups.names_in_files`).
- `vocabulary`: every word of the index in one text, for the finder's second thoughts about typing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from navigator.register.columns import MADE, kept_in

VERSION, OLDEST = 3, 2
"""Of the layout: what is written, and the oldest that is still read. A column more needs no new
version: a file without it tells it as empty. A change that older code can't read does."""

OPEN, PROPOSED, CLOSED = range(3)
"""`school.tier`."""

CELL_METRES = 5_000
CELLS_A_COLUMN = 1_000
"""`cell` is column * 1000 + row: the squares of a column that lie together have running numbers."""

LOOKUPS = {
    "kind": [column.stored_as for column in kept_in("kind")],
    "place": [*(column.stored_as for column in kept_in("place")), "in_scope"],
}
"""The tables that `school.kind` and `school.place` stand for, and their columns but `id`."""

SCHOOL_COLUMNS = [*(column.stored_as for column in kept_in("school")), *MADE]

TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE kind (id INTEGER PRIMARY KEY, {", ".join(LOOKUPS["kind"])});
CREATE TABLE place (id INTEGER PRIMARY KEY, {", ".join(LOOKUPS["place"])});
CREATE TABLE school (urn INTEGER PRIMARY KEY, {", ".join(SCHOOL_COLUMNS[1:])});
CREATE TABLE trust (
    uid TEXT PRIMARY KEY, name TEXT, kind TEXT, size INTEGER, status TEXT, opened INTEGER,
    companies_house TEXT, spread_km REAL, closed INTEGER
) WITHOUT ROWID;
CREATE TABLE former_name (uid TEXT, name TEXT, day INTEGER, PRIMARY KEY (uid, name)) WITHOUT ROWID;
CREATE TABLE link (
    urn INTEGER, other INTEGER, name TEXT, kind TEXT, day INTEGER, PRIMARY KEY (urn, other, kind)
) WITHOUT ROWID;
CREATE TABLE area (la_code TEXT PRIMARY KEY, schools INTEGER, maintained INTEGER) WITHOUT ROWID;
CREATE TABLE adjoining (la_code TEXT, other TEXT, PRIMARY KEY (la_code, other)) WITHOUT ROWID;
CREATE TABLE trust_area (
    trust TEXT, la_code TEXT, schools INTEGER, PRIMARY KEY (trust, la_code)
) WITHOUT ROWID;
CREATE TABLE ranked (rank INTEGER PRIMARY KEY, tier INTEGER, urn INTEGER, key TEXT);
CREATE TABLE vocabulary (words TEXT);
CREATE VIRTUAL TABLE search USING fts5(
    tokens, content='', columnsize=0, detail=none, tokenize='ascii', prefix='1 2'
);
"""
"""The index `search` knows which school has a word, not where or how often: 2 MB. The finder makes
longer beginnings than two letters into the words of the vocabulary."""

INDEXES = """
CREATE INDEX school_near ON school (phase, cell, easting, northing, opened, closed)
    WHERE cell IS NOT NULL;
CREATE INDEX school_place ON school (place, phase, low_age, high_age) WHERE tier = 0;
CREATE INDEX school_trust ON school (trust) WHERE trust IS NOT NULL AND tier = 0;
CREATE INDEX school_postcode ON school (postcode) WHERE postcode <> '';
CREATE INDEX school_laestab ON school (laestab);
CREATE INDEX school_ukprn ON school (ukprn) WHERE ukprn IS NOT NULL;
CREATE INDEX link_other ON link (other);
"""


def new_database(path: Path | str) -> sqlite3.Connection:
    """An empty register with its tables, in a transaction."""
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    # Nobody sees the file until it is whole and synced, so it needs no journal of its own
    for pragma in (
        "journal_mode = off",
        "synchronous = off",
        "locking_mode = exclusive",
        "temp_store = memory",
        "cache_size = -65536",
        f"user_version = {VERSION}",
    ):
        database.execute(f"PRAGMA {pragma}")
    database.execute("BEGIN")
    run(database, TABLES)
    return database


def run(database: sqlite3.Connection, statements: str) -> None:
    """Run statements within the transaction that is open (`executescript` would end it)."""
    for statement in statements.split(";"):
        database.execute(statement)


def insert(
    database: sqlite3.Connection,
    table: str,
    names: Iterable[str],
    rows: Iterable[Sequence[Any]],
    *,
    how: str = "INSERT",
) -> None:
    """Put rows into a table whose values stand in the order of some of its columns."""
    names = list(names)
    marks = ", ".join("?" for _ in names)
    database.executemany(
        f"{how} INTO {table} ({', '.join(names)}) VALUES ({marks})",
        rows,
    )
