"""The last steps of a build, the same for England and the sample: counts, index, checks."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from navigator.core.governance import (
    MAINTAINED_GROUP,
    MAINTAINED_TYPES,
    STATE_GROUPS,
    STATE_TYPES,
)
from navigator.register import schema
from navigator.register.gias import BadFileError
from navigator.register.search_words import text_tokens
from navigator.register.shape import Row

HASH_BYTES = 64_000_000
"""FTS5 sorts in memory up to this: the whole index is written once, as one segment."""


def count_areas(database: sqlite3.Connection) -> None:
    """Fill `area`, `trust_area`, `adjoining` and the trusts' sizes from England's open schools.

    State-funded and maintained are as `model.School` has them.
    """
    database.execute(
        """CREATE TEMP TABLE counted AS
        SELECT place, kind, trust, count(*) AS schools FROM school
        WHERE tier = 0 GROUP BY place, kind, trust"""
    )
    database.execute(
        f"""INSERT INTO area
        SELECT la_code,
               sum(schools * (type_group IN {STATE_GROUPS} OR type IN {STATE_TYPES})),
               sum(schools * (type_group = '{MAINTAINED_GROUP}' OR type IN {MAINTAINED_TYPES}))
        FROM counted JOIN kind ON kind.id = kind JOIN place ON place.id = place
        WHERE in_scope GROUP BY la_code"""
    )
    database.execute(
        """INSERT INTO trust_area SELECT trust, la_code, sum(schools)
        FROM counted JOIN place ON place.id = place
        WHERE in_scope AND trust IS NOT NULL GROUP BY trust, la_code"""
    )
    database.execute("DROP TABLE counted")
    database.execute(
        """CREATE TEMP TABLE area_cell AS SELECT DISTINCT cell, la_code
        FROM school JOIN place ON place.id = place
        WHERE tier = 0 AND in_scope AND cell IS NOT NULL"""
    )
    # Authorities with an open school in the same 5 km square: told without a map of boundaries.
    database.execute(
        """INSERT INTO adjoining SELECT DISTINCT a.la_code, b.la_code
        FROM area_cell AS a JOIN area_cell AS b USING (cell) WHERE a.la_code <> b.la_code"""
    )
    database.execute("DROP TABLE area_cell")
    database.execute(
        """UPDATE trust SET size =
        (SELECT coalesce(sum(schools), 0) FROM trust_area WHERE trust_area.trust = trust.uid)"""
    )


def _found_by_former(docs: list[Row], former: Mapping[str, list[str]]) -> list[Row]:
    """The index's rows, with a trust's other names in those of its schools."""
    if not former:
        return docs
    also = {uid: " ".join(map(text_tokens, names)) for uid, names in former.items()}
    return [
        (tier, key, urn, f"{tokens} {also[trust]}" if trust in also else tokens, trust)
        for tier, key, urn, tokens, trust in docs
    ]


def make_index(
    database: sqlite3.Connection,
    docs: list[Row],
    former: Mapping[str, list[str]] = MappingProxyType({}),
) -> None:
    """Rank the schools of England and make the finder's index.

    Args:
        docs: its rows as `Shaper` has them; they are sorted.
        former: by a trust's UID, other names that its schools are found by.
    """
    docs.sort()
    docs = _found_by_former(docs, former)
    database.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (HASH_BYTES,))
    tokens = ((rank, doc[3]) for rank, doc in enumerate(docs, 1))
    schema.insert(database, "search", ("rowid", "tokens"), tokens)
    ranks = ((rank, tier, key, urn) for rank, (tier, key, urn, *_) in enumerate(docs, 1))
    schema.insert(database, "ranked", ("rank", "tier", "key", "urn"), ranks)
    database.execute("CREATE VIRTUAL TABLE temp.term USING fts5vocab(main, search, row)")
    database.execute(
        "INSERT INTO vocabulary SELECT char(10) || group_concat(term, char(10)) || char(10) "
        "FROM (SELECT term FROM term WHERE length(term) > 2)"
    )
    database.execute("DROP TABLE temp.term")


def copy_index(database: sqlite3.Connection, path: Path) -> None:
    """Take over the index that was made in a file of its own.

    Raises:
        sqlite3.OperationalError: SQLite won't have it.
    """
    database.execute("COMMIT")
    database.execute("ATTACH ? AS beside", (str(path),))
    database.execute("BEGIN")
    for table in ("search_data", "search_idx", "search_config", "ranked", "vocabulary"):
        database.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM beside.{table}")


def fill_lookups(database: sqlite3.Connection, lookups: Mapping[str, Mapping[Row, int]]) -> None:
    """Fill `kind` and `place`."""
    for table, numbers in lookups.items():
        rows = ((number, *row) for row, number in numbers.items())
        schema.insert(database, table, ("id", *schema.LOOKUPS[table]), rows)


def note(database: sqlite3.Connection, meta: dict[str, str]) -> None:
    """Write down what the register is.

    Raises:
        BadFileError: no open school of England is in it.
    """
    rows = database.execute("SELECT count(*) FROM school").fetchone()[0]
    open_rows = database.execute("SELECT count(*) FROM ranked WHERE tier = 0").fetchone()[0]
    if not open_rows:
        raise BadFileError("it holds no open school of England")
    told = {**meta, "rows": str(rows), "schools": str(open_rows)}
    schema.insert(database, "meta", ("key", "value"), told.items())
