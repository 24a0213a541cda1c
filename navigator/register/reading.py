"""Reading schools back from a register's file, by the names of their columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any, Generic, TypeVar

from navigator.register.columns import COLUMNS, RegisterColumn
from navigator.register.schema import LOOKUPS

N = TypeVar("N")

LISTED = "(SELECT value FROM json_each(?))"
"""Numbers in a statement: `listed` gives its value."""

IN_SCOPE = "+place IN (SELECT id FROM place WHERE in_scope)"
"""The plus keeps SQLite from looking for schools by their places first."""


def listed(numbers: Iterable[int]) -> str:
    """The value of a statement's `LISTED`."""
    return str(sorted(set(numbers)))  # a list of whole numbers is JSON as it is written


def lacking(database: sqlite3.Connection) -> list[RegisterColumn]:
    """The columns of ours that a register's file doesn't have: an older Navigator made it."""
    has = set(
        database.execute(
            "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c "
            "WHERE t.name IN ('school', 'kind', 'place')"
        )
    )
    return [c for c in COLUMNS if c.kept and (c.table, c.stored_as) not in has]


class Lookups:
    """What the kinds and places of a register's schools stand for.

    Attributes:
        lacking: columns that the file doesn't have.
        rows: of each table, by number, the values of its columns, in the order of `LOOKUPS`.
        closed: SQL for the day on which a trust closed, which not every file has.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self.lacking = lacking(database)
        missing = {column.stored_as: column.values.empty for column in self.lacking}
        self.rows: dict[str, dict[int, tuple[Any, ...]]] = {}
        for table, names in LOOKUPS.items():
            told = ", ".join(missing.get(name, name) for name in names)
            rows = database.execute(f"SELECT id, {told} FROM {table}")
            self.rows[table] = {row[0]: row[1:] for row in rows}
        column = "SELECT 1 FROM pragma_table_info('trust') WHERE name = 'closed'"
        self.closed = "closed" if database.execute(column).fetchone() else "NULL"

    def tells(self, column: str) -> bool:
        """As `Register.tells`."""
        return all(lacking.name != column for lacking in self.lacking)


class SchoolReader(Generic[N]):
    """Reads schools as one noun.

    Args:
        make: makes the noun of its values in order.
        fields: its fields, as columns are called.

    Attributes:
        select: what a statement begins with, up to WHERE.
    """

    def __init__(
        self, make: Callable[[Iterable[Any]], N], fields: Sequence[str], lookups: Lookups
    ) -> None:
        known = {column.name: column for column in COLUMNS}
        columns = [known[field] for field in fields]
        stored = [column for column in columns if column.table == "school"]
        told = [c.values.empty if c in lookups.lacking else c.told for c in stored]
        self.select = f"SELECT {', '.join((*told, *LOOKUPS))} FROM school WHERE "
        # A row's values are those of `school`, then of its kind, then of its place
        order = [*(c.name for c in stored), *LOOKUPS, *LOOKUPS["kind"], *LOOKUPS["place"]]
        self._pick = itemgetter(*map(order.index, fields))
        self._made = [
            (n, c.values.made) for n, c in enumerate(columns) if c.values.made is not None
        ]
        self._kinds, self._places = (lookups.rows[table] for table in LOOKUPS)
        self._make = make

    def nouns(self, rows: Iterable[tuple[Any, ...]]) -> list[N]:
        """The nouns of the rows that a statement gave."""
        kinds, places, pick, make = self._kinds, self._places, self._pick, self._make
        found = []
        for row in rows:
            values = list(pick(row + kinds[row[-2]] + places[row[-1]]))
            for n, table in self._made:
                values[n] = table[values[n]]
            found.append(make(values))
        return found
