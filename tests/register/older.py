"""A register's file as an older Navigator made it: layout 2, of commit e713baa.

Its statements are written down here as they were, and stay as they are: a head's file may be years
old. The schools are made.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

LAYOUT = """
PRAGMA user_version = 2;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE kind (id INTEGER PRIMARY KEY, status TEXT, type TEXT, type_group TEXT);
CREATE TABLE place (
    id INTEGER PRIMARY KEY, la_code TEXT, la_name TEXT, district_code TEXT, district_name TEXT,
    region TEXT, in_scope INTEGER
);
CREATE TABLE school (
    urn INTEGER PRIMARY KEY, name, kind, place, phase, tier, street, town, postcode, easting,
    northing, cell, pupils, low_age, high_age, opened, closed, website, telephone, laestab, ukprn,
    trust
);
CREATE TABLE position (urn INTEGER PRIMARY KEY, latitude REAL, longitude REAL);
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
CREATE TABLE ranked (rank INTEGER PRIMARY KEY, tier INTEGER, urn INTEGER, key TEXT);
CREATE TABLE vocabulary (words TEXT);
CREATE VIRTUAL TABLE search USING fts5(
    tokens, content='', columnsize=0, detail=none, tokenize='ascii', prefix='1 2'
);
"""

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

MAINTAINED, CLOSED, ACADEMY, WELSH = (1, 2, 3, 100_001)
KINDS = (
    (MAINTAINED, "Open", "Community school", "Local authority maintained schools"),
    (CLOSED, "Closed", "Community school", "Local authority maintained schools"),
    (ACADEMY, "Open", "Academy converter", "Academies"),
    (WELSH, "Open", "Welsh establishment", "Welsh schools"),
)
AGAIN = 100_001
PLACES = (
    (1, "892", "Nottingham", "E06000018", "Nottingham", "East Midlands", 1),
    (2, "891", "Nottinghamshire", "E07000176", "Rushcliffe", "East Midlands", 1),
    (AGAIN, "892", "Nottingham", "E06000018", "Nottingham", "East Midlands", 1),
    (100_002, "681", "Cardiff", "W06000015", "Cardiff", "Wales", 0),
)
"""Two processes read a file then, and numbered for themselves: the first place is there twice."""

SCHOOLS = (
    # URN, name, kind, place, phase, tier, easting, northing, ages, opened, closed, trust
    (100_001, "Elm Primary School", MAINTAINED, 1, 2, 0, 458_000, 340_000, 4, 11, None, None, None),
    (100_002, "Oak Primary School", CLOSED, 1, 2, 2, 458_300, 340_300, 4, 11, None, 20120831, None),
    (100_003, "Ash Primary School", MAINTAINED, 2, 2, 0, 459_000, 338_000, 4, 11, None, None, None),
    (139_001, "Oak Academy", ACADEMY, 1, 2, 0, 458_300, 340_300, 4, 11, 20120901, None, "10"),
    (139_002, "Yew Academy", ACADEMY, AGAIN, 3, 0, 457_000, 341_000, 11, 16, 20180901, None, "10"),
    (139_003, "Lost Academy", ACADEMY, AGAIN, 2, 0, None, None, 4, 11, 20190901, None, "10"),
    (400_001, "Ysgol", WELSH, 100_002, 2, 0, 318_000, 176_000, 3, 11, None, None, None),
)  # fmt: skip
SCHOOL_COLUMNS = (
    "urn", "name", "kind", "place", "phase", "tier", "easting", "northing", "low_age", "high_age",
    "opened", "closed", "trust",
)  # fmt: skip


def write(folder: Path, day: date = date(2025, 7, 17), leave_out: Iterable[int] = ()) -> Path:
    """A data folder's register that is in use; `leave_out` are URNs that it doesn't have.

    Writes over which one is in use, and keeps that one as the one before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"register-{day:%Y%m%d}-0123abcd.sqlite"
    rows = [row for row in SCHOOLS if row[0] not in leave_out]
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript(LAYOUT)
        database.executemany("INSERT INTO kind VALUES (?, ?, ?, ?)", KINDS)
        database.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", PLACES)
        marks = ", ".join("?" for _ in SCHOOL_COLUMNS)
        database.executemany(
            f"INSERT INTO school ({', '.join(SCHOOL_COLUMNS)}) VALUES ({marks})", rows
        )
        database.execute(
            "UPDATE school SET street = '1 Made Street', town = 'Nottingham', pupils = 200, "
            "postcode = 'NG7 2AA', website = 'www.made.example', telephone = '0115 000000', "
            "laestab = 8920000 + urn % 1000, ukprn = 10000000 + urn, "
            "cell = easting / 5000 * 1000 + northing / 5000"
        )
        database.execute("UPDATE school SET cell = NULL WHERE urn = 400001")
        database.execute(
            "INSERT INTO position SELECT urn, 52.95, -1.13 FROM school WHERE easting IS NOT NULL"
        )
        _rest(database, {row[0]: row[1] for row in rows if row[0] < 400_000})
        told = {"name": "England", "day": f"{day}", "links_day": f"{day}", "groups_day": f"{day}"}
        told |= {"rows": f"{len(rows)}", "schools": f"{sum(row[2] in (1, 3) for row in rows)}"}
        database.executemany("INSERT INTO meta VALUES (?, ?)", told.items())
        database.executescript(INDEXES)
    pointer = folder / "current"
    before = pointer.read_text("utf-8").splitlines()[0] if pointer.exists() else ""
    pointer.write_text(f"{path.name}\n{before}\n", "utf-8")
    return path


def _rest(database: sqlite3.Connection, names: dict[int, str]) -> None:
    """Trusts, links, counts, and the finder's index over the schools of England."""
    database.execute(
        "INSERT INTO trust VALUES "
        "('10', 'Made Trust', 'MAT', 3, 'Open', 20120901, '01234567', NULL)"
    )
    database.executemany(
        "INSERT INTO link VALUES (?, ?, ?, ?, ?)",
        [
            (100_002, 139_001, "Oak Academy", "Successor", 20120901),
            (139_001, 100_002, "Oak Primary School", "Predecessor", 20120901),
            (99_999, 100_001, "Elm Primary School", "Successor - merged", None),
            (100_001, 99_999, "Elm Infant School", "Predecessor - merged", None),
        ],
    )
    database.execute("INSERT INTO area VALUES ('892', 4, 1), ('891', 1, 1)")
    database.execute("INSERT INTO adjoining VALUES ('892', '891'), ('891', '892')")
    database.execute("INSERT INTO trust_area VALUES ('10', '892', 3)")
    tiers = dict(database.execute("SELECT urn, tier FROM school"))
    ranked = sorted((tiers[urn], name.lower(), urn) for urn, name in names.items())
    for rank, (tier, key, urn) in enumerate(ranked, 1):
        database.execute("INSERT INTO ranked VALUES (?, ?, ?, ?)", (rank, tier, urn, key))
        tokens = f"{key} nottingham ng7"
        database.execute("INSERT INTO search (rowid, tokens) VALUES (?, ?)", (rank, tokens))
    words = {word for _, key, _ in ranked for word in f"{key} nottingham ng7".split()}
    database.execute("INSERT INTO vocabulary VALUES (?)", ["\n" + "\n".join(sorted(words)) + "\n"])
