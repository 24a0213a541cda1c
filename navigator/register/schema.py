"""The register's SQLite file: its tables, the order of their columns, its version.

One layout serves the national register (a file) and the sample (in memory).

- `school`: one row a URN, open, closed or proposed, in England or not. `kind` and `place` stand for
  the texts that repeat (a third of the file's size). Days are numbers, 20250717. `cell` is the 5 km
  square of the National Grid, filled for schools of England that were open at some known time.
- `position`: WGS 84 degrees of a URN, where the register gives a place.
- `ranked`: the schools of England in the order the finder lists them: open, then proposed, then
  closed, by name within each. `search` is the full-text index over them; its row id is that rank,
  so that the first 50 matches come out in order, without sorting.
- `vocabulary`: every word of the index in one text, for the finder's second thoughts about typing.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

VERSION = 2
"""Goes up with each change of layout; a file of another version counts as absent."""

PHASES = (
    "",
    "nursery",
    "primary",
    "secondary",
    "all-through",
    "16 plus",
    "special",
    "alternative provision",
)
"""`school.phase` is the place in this list."""

OPEN, PROPOSED, CLOSED = range(3)
"""`school.tier`."""

CELL_METRES = 5_000
CELLS_A_COLUMN = 1_000
"""`cell` is column * 1000 + row: the squares of a column that lie together have running numbers."""

SCHOOL_COLUMNS = (
    "urn",
    "name",
    "kind",
    "place",
    "phase",
    "tier",
    "street",
    "town",
    "postcode",
    "easting",
    "northing",
    "cell",
    "pupils",
    "low_age",
    "high_age",
    "opened",
    "closed",
    "website",
    "telephone",
    "laestab",
    "ukprn",
    "trust",
)

TABLES = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE kind (id INTEGER PRIMARY KEY, status TEXT, type TEXT, type_group TEXT);
CREATE TABLE place (
    id INTEGER PRIMARY KEY, la_code TEXT, la_name TEXT, district_code TEXT, district_name TEXT,
    region TEXT, in_scope INTEGER
);
CREATE TABLE school (
    urn INTEGER PRIMARY KEY, {", ".join(SCHOOL_COLUMNS[1:])}
);
CREATE TABLE position (urn INTEGER PRIMARY KEY, latitude REAL, longitude REAL);
"""
"""What a process that reads schools fills."""

MORE_TABLES = """
CREATE TABLE trust (
    uid TEXT PRIMARY KEY, name TEXT, kind TEXT, size INTEGER, status TEXT, opened INTEGER,
    companies_house TEXT, spread_km REAL
) WITHOUT ROWID;
CREATE TABLE link (
    urn INTEGER, other INTEGER, name TEXT, kind TEXT, day INTEGER, PRIMARY KEY (urn, other, kind)
) WITHOUT ROWID;
CREATE TABLE area (la_code TEXT PRIMARY KEY, schools INTEGER, maintained INTEGER) WITHOUT ROWID;
CREATE TABLE adjoining (la_code TEXT, other TEXT, PRIMARY KEY (la_code, other)) WITHOUT ROWID;
CREATE TABLE trust_area (
    trust TEXT, la_code TEXT, schools INTEGER, PRIMARY KEY (trust, la_code)
) WITHOUT ROWID;
"""

DOC = "CREATE TABLE doc (tier INTEGER, key TEXT, urn INTEGER, tokens TEXT)"
"""What the finder's index is made of; not in the finished file."""

RANKED = "CREATE TABLE ranked (rank INTEGER PRIMARY KEY, tier INTEGER, urn INTEGER, key TEXT)"
VOCABULARY = "CREATE TABLE vocabulary (words TEXT)"
SEARCH = """CREATE VIRTUAL TABLE search USING fts5(
    tokens, content='', columnsize=0, detail=none, tokenize='ascii', prefix='1 2'
)"""
"""The index knows which school has a word, not where or how often: 2 MB. The finder makes longer
beginnings than two letters into the words of the vocabulary."""

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

_MARKS = ", ".join("?" for _ in SCHOOL_COLUMNS)
INSERT_SCHOOL = f"INSERT INTO school VALUES ({_MARKS})"  # noqa: S608 - names of ours, values bound

INSERT_DOC = "INSERT INTO doc VALUES (?, ?, ?, ?)"


def new_database(path: Path | str) -> sqlite3.Connection:
    """An empty register with its first tables, in a transaction."""
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
    for statement in TABLES.split(";"):
        database.execute(statement)
    return database
