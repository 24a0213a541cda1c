"""Reading tables that people edit in spreadsheets: tolerant of what is harmless, exact in blame."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from navigator.core import dates, wording
from navigator.core.cleaning import one_line, unseen_in, without_unseen
from navigator.core.errors import RefusedError
from navigator.directory.columns import FactTable
from navigator.directory.faults import Blame, BrokenTableError, at_once

# Text from files is data: nothing in it may steer a terminal. Tabs become blanks.
_BYTES = bytes.maketrans(b"\t", b" ")
_DELETE = bytes(set(range(32)) - {9, 10, 13}) + b"\x7f"


def read_text(path: Path) -> str:
    """The text of a UTF-8 file without control characters (newlines stay).

    Raises:
        BrokenTableError: the file can't be read or isn't UTF-8.
    """
    raw, text = _decoded(path)
    if raw.isascii():  # as many are: the quick way
        return raw.translate(_BYTES, _DELETE).decode("ascii")
    return without_unseen(text)


def unseen(path: Path) -> Iterator[tuple[int, str, str]]:
    """Characters that `read_text` takes out: line, column ("" where none is told), code point.

    The first of each cell; of each line in a file that is no CSV, and of a line that is part of a
    cell. Tabs are left out, as they become blanks and do no harm. Nothing of a file that can't be
    read: reading it says so.
    """
    try:
        text = _decoded(path)[1]
    except BrokenTableError:
        return
    lines = text.split("\n") if unseen_in(text) else []
    is_table = path.suffix == ".csv"
    head = [one_line(cell) for cell in next(csv.reader(lines[:1] if is_table else []), [])]
    within = False
    for number, line in enumerate(lines, start=1):
        part = line.count('"') % 2 == 1  # of a cell that goes on in the next line, or ends here
        alone = not is_table or within or part
        within ^= part
        for index, cell in enumerate([line] if alone else next(csv.reader([line]), [])):
            if found := unseen_in(cell):
                yield number, "" if alone or index >= len(head) else head[index], found


def _decoded(path: Path) -> tuple[bytes, str]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BrokenTableError(
            path, f"can't be read ({error.strerror or error}); put it there, or mend its name"
        ) from error
    try:
        text = raw.decode().removeprefix("\ufeff")  # the mark that a spreadsheet sets first
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BrokenTableError(
            path, "isn't UTF-8 text; save it as “CSV UTF-8” and try again", line
        ) from error
    return raw, text


class Table:
    """A CSV file with a heading line: rows of equal width, each with its line number."""

    def __init__(self, path: Path, shape: FactTable, blame: Blame = at_once) -> None:
        """Read `path` whole.

        Blamed: unreadable, a needed column is missing, or a row has another width. If `blame`
        returns, the table has no rows, or not the row.
        """
        self.path, self.shape, self.blame = path, shape, blame
        self.head: list[str] = []
        self.rows: list[tuple[int, list[str]]] = []
        self._listing: dict[str, dict[str, list[tuple[int, list[str]]]]] = {}
        try:
            self._read()
        except BrokenTableError as error:
            self.head, self.rows = list(shape.needed), []
            blame(error)

    def _read(self) -> None:
        path = self.path
        reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
        try:
            lines = list(reader)
        except csv.Error as error:
            raise BrokenTableError(path, f"isn't a table ({error})", reader.line_num) from error
        if not lines:
            raise BrokenTableError(path, "is empty; the first line must name the columns", 1)
        self.head = [name.strip() for name in lines[0]]
        for name in self.shape.needed:
            if name not in self.head:
                raise BrokenTableError(
                    path, "this column is missing from the heading (comma-separated)", 1, name
                )
        self.rows = list(enumerate(lines[1:], start=2))
        if reader.line_num != len(lines):
            self._unfold(lines)
        width = len(self.head)
        if any(len(cells) != width for cells in lines):
            self._even(width)

    def _unfold(self, lines: list[list[str]]) -> None:
        """Number rows rightly where cells hold line breaks, and take the breaks out."""
        line = 1
        self.rows = []
        for number, cells in enumerate(lines):
            if number:
                self.rows.append((line, [one_line(cell) for cell in cells]))
            line += 1 + sum(len(cell.splitlines()) - 1 for cell in cells if "\n" in cell)

    def _even(self, width: int) -> None:
        """Drop blank lines and the empty cells that spreadsheets add; refuse other widths."""
        self.rows = [(line, cells) for line, cells in self.rows if any(map(str.strip, cells))]
        even = []
        for line, cells in self.rows:
            if len(cells) < width or any(map(str.strip, cells[width:])):
                problem = (
                    f"has {len(cells)} cells where the heading has {width}; "
                    "a cell that holds a comma must stand in quotes"
                )
                self.blame(BrokenTableError(self.path, problem, line))
            else:
                even.append((line, cells[:width]))
        self.rows = even

    def each(self) -> Iterator[TableRow]:
        """Every row that holds anything."""
        for line, cells in self.rows:
            if any(cells):
                yield TableRow(self, line, cells)

    def where(self, column: str, word: str) -> Iterator[TableRow]:
        """The rows whose cell in `column` lists `word` (cells are joined by ";")."""
        if column not in self._listing:
            index = self.head.index(column)
            listing = self._listing[column] = {}
            for row in self.rows:
                for listed in set(row[1][index].replace(" ", "").split(";")):
                    listing.setdefault(listed, []).append(row)
        for line, cells in self._listing[column].get(word, ()):
            yield TableRow(self, line, cells)


class Cells:
    """What a row of a table and an entry of a registry have in common: texts by name."""

    __slots__ = ()

    def text(self, name: str) -> str:
        raise NotImplementedError

    def written_day(self, name: str) -> str:
        """A date as it is written."""
        return self.text(name)

    def wrong(self, name: str, problem: str) -> None:
        """Blame a cell. Where reading goes on, it counts as if it said nothing."""
        raise NotImplementedError

    def day(self, name: str, *, end: bool = False) -> date | None:
        """A date, which may be as vague as a month or a year; see `day`."""
        text = self.written_day(name)
        try:
            return day(text, end)
        except ValueError:
            self.wrong(name, f"“{text}” is no date; write 2024-09-01, 2024-09 or 2024")
            return None

    def said(self, name: str) -> str:
        """The text of a date that is only a month or a year ("2024-09", "2024"), else ""."""
        return vague(self.written_day(name))

    def period(self, first: str, last: str) -> tuple[date | None, date | None]:
        """Two dates, the second of which mustn't come before the first."""
        begin, end = self.day(first), self.day(last, end=True)
        if begin and end and end < begin:
            said, before = self.written_day(last), self.written_day(first)
            self.wrong(last, f"“{said}” comes before {first} “{before}”; mend either")
        return begin, end

    def link(self, name: str) -> str:
        """A web address; only http and https may be opened."""
        text = self.text(name)
        if text and not text.startswith(("https://", "http://")):
            self.wrong(name, f"“{text}” must begin with https:// or http://")
            return ""
        return text


class TableRow(dict[str, str], Cells):
    """One row: cells by column name, "" for a column that the table doesn't have."""

    __slots__ = ("line", "table")

    def __init__(self, table: Table, line: int, cells: list[str]) -> None:
        super().__init__(zip(table.head, map(str.strip, cells), strict=True))
        self.table, self.line = table, line

    def __missing__(self, column: str) -> str:
        return ""

    def text(self, name: str) -> str:
        return self[name]

    def wrong(self, name: str, problem: str) -> None:
        self.table.blame(BrokenTableError(self.table.path, problem, self.line, name))

    def need(self, column: str) -> str:
        """The cell, which mustn't be empty."""
        text = self[column]
        if not text:
            self.wrong(column, "is empty; it is needed")
        return text

    def words(self, column: str) -> tuple[str, ...]:
        """A cell of several values, joined by ";"."""
        text = self[column]
        if ";" not in text:
            return (text,) if text else ()
        return tuple(word for piece in text.split(";") if (word := piece.strip()))

    def choice(self, column: str, words: tuple[str, ...] = ()) -> str:
        """A cell that holds one of some words: those of the column, unless others are given."""
        text = self[column]
        words = words or tuple(self.table.shape.holds(column))
        if text not in words:
            listed = wording.listed((word or "empty" for word in words), "or")
            self.wrong(column, f"“{text}” must be {listed}")
            return ""
        return text


@lru_cache(maxsize=1024)
def day(text: str, end: bool = False) -> date | None:
    """The day a text stands for, as `core.dates` reads what is written; None for "".

    A month or a year stands for its first day, or with `end` for its last.

    Raises:
        ValueError: it is no date.
    """
    if not text:
        return None
    try:
        return dates.span(text)[end]
    except RefusedError:
        raise ValueError(text) from None


@lru_cache(maxsize=1024)
def vague(text: str) -> str:
    """A date that is only a month or a year, as "2024-09" or "2024"; else "", as for no date."""
    try:
        first, last = day(text), day(text, end=True)
    except ValueError:
        return ""
    if first is None or last is None or first == last:
        return ""
    return first.isoformat()[: len("2024" if last.month > first.month else "2024-09")]
