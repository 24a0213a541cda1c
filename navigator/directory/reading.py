"""What is read of the tables of facts. A start that finds it kept imports nothing of this."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from navigator.core.church import Church, Diocese
from navigator.core.model import Hub, Network, Partnership
from navigator.core.postcodes import Centre
from navigator.directory.columns import (
    DIOCESES,
    HUBS,
    NEIGHBOURS,
    NETWORKS,
    OUTWARD_CODES,
    PARTNERSHIPS,
    PHASE_WORDS,
    FactTable,
)
from navigator.directory.faults import Blame
from navigator.directory.hubs import read_confidence, read_hub
from navigator.directory.places import Places
from navigator.directory.tables import Table, TableRow, read_text

T = TypeVar("T")


class BodyTable(Generic[T]):
    """The bodies of one table. Each is made when it is first asked for, so that one is one."""

    def __init__(self, table: Table, make: Callable[[TableRow], T]) -> None:
        self.table, self._make = table, make
        self._made: dict[int, T] = {}

    def _of(self, rows: Iterable[TableRow]) -> list[T]:
        for row in (rows := list(rows)):
            if row.line not in self._made:
                self._made[row.line] = self._make(row)
        return [self._made[row.line] for row in rows]

    @cached_property
    def every(self) -> tuple[T, ...]:
        return tuple(self._of(self.table.each()))

    def where(self, column: str, words: Iterable[str]) -> list[T]:
        """Those whose cell in `column` lists one of the words, each once."""
        return list(dict.fromkeys(b for w in words for b in self._of(self.table.where(column, w))))


def hub_rows(
    path: Path, programme: str, places: Places, blame: Blame
) -> Iterator[tuple[TableRow, Hub]]:
    """The hubs of a programme's table, each with the row that it was read from."""
    for row in Table(path, HUBS, blame).each():
        yield row, read_hub(row, programme, places)


def neighbours(folder: Path, blame: Blame) -> Table:
    return _table(folder, NEIGHBOURS, blame)


def outward_codes(folder: Path, blame: Blame) -> Table:
    return _table(folder, OUTWARD_CODES, blame)


def centres(folder: Path) -> dict[str, Centre]:
    """The middles of the outward codes, by code."""
    lines = csv.DictReader(read_text(folder / OUTWARD_CODES.file).splitlines())
    found = {}
    for row in lines:
        code, east, north, confidence = (
            row.get(column) or ""
            for column in ("outward_code", "easting", "northing", "confidence")
        )
        if (east + north).isdecimal():
            found[code] = Centre(int(east), int(north), confidence == "high")
    return found


def networks(folder: Path, checked: date, blame: Blame) -> BodyTable[Network]:
    return BodyTable(
        _table(folder, NETWORKS, blame),
        lambda row: Network(**_body(row, checked), kind=row["kind"]),
    )


def partnerships(folder: Path, checked: date, blame: Blame) -> BodyTable[Partnership]:
    return BodyTable(
        _table(folder, PARTNERSHIPS, blame),
        lambda row: Partnership(**_body(row, checked), tier=row["tier"]),
    )


def dioceses(folder: Path, blame: Blame) -> BodyTable[Diocese]:
    return BodyTable(_table(folder, DIOCESES, blame), _diocese)


def _table(folder: Path, shape: FactTable, blame: Blame) -> Table:
    return Table(folder / shape.file, shape, blame)


def _diocese(row: TableRow) -> Diocese:
    return Diocese(
        church=cast(Church, row.choice("church")),
        name=row.need("diocese"),
        board=row["board"],
        website=row.link("website"),
        source=row["source"],
        source_date=row["source_date"],
        as_of=row.day("as_of") or date.min,
        confidence=read_confidence(row),
        note=row["note"],
    )


def _body(row: TableRow, checked: date) -> dict[str, Any]:
    """What networks and partnerships have in common."""
    return {
        "id": row.need("id"),
        "name": row.need("name"),
        "la_codes": row.words("la_codes"),
        "area": row["area"],
        "phases": frozenset(PHASE_WORDS.get(p, p) for p in row.words("phase")),
        "website": row.link("website"),
        "started": row["started"],
        "status": row["status"],
        "status_as_of": row["status_as_of"],
        "source": row["source_url"],
        "confidence": read_confidence(row),
        "note": row["note"],
        "checked": row.day("checked") or checked,
        "church": row.choice("church"),
    }
