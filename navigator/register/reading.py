"""Reading schools back from a register's file, by the names of their columns."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any, Generic, TypeVar

from navigator.register.columns import COLUMNS, DAY, Column
from navigator.register.conversions import Memo, day_of_number

N = TypeVar("N")

SCHOOLS = """FROM school CROSS JOIN kind ON kind.id = school.kind
    CROSS JOIN place ON place.id = school.place"""
"""Schools with what their kinds and places stand for; the order in which SQLite is to look."""

_BY_NAME = {column.name: column for column in COLUMNS}
_DAYS: Memo[int | None, Any] = Memo(day_of_number)


def lacking(database: sqlite3.Connection) -> list[Column]:
    """The columns of ours that a register's file doesn't have: an older Navigator made it."""
    has = set(
        database.execute(
            "SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_info(t.name) AS c "
            "WHERE t.name IN ('school', 'kind', 'place')"
        )
    )
    return [c for c in COLUMNS if c.kept and (c.table, c.stored_as) not in has]


class Reader(Generic[N]):
    """Reads schools as one noun.

    Args:
        make: makes the noun of its values in order.
        fields: its fields, as columns are called.
        lacking: columns that the file doesn't have.

    Attributes:
        select: what a statement begins with, up to WHERE.
    """

    def __init__(
        self,
        make: Callable[[Iterable[Any]], N],
        fields: Sequence[str],
        lacking: Container[Column],
    ) -> None:
        columns = [_BY_NAME[field] for field in fields]
        told = [
            column.values.empty
            if column in lacking
            else column.values.told.format(f"{column.table}.{column.stored_as}")
            for column in columns
        ]
        self.select = f"SELECT {', '.join(told)} {SCHOOLS} WHERE "
        self._days = [place for place, column in enumerate(columns) if column.values is DAY]
        self._make = make

    def made(self, rows: Iterable[Sequence[Any]]) -> list[N]:
        """The nouns of the rows that a statement gave."""
        found = []
        for row in rows:
            values = list(row)
            for place in self._days:
                values[place] = _DAYS[values[place]]
            found.append(self._make(values))
        return found
