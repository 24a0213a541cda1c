"""Reading tables that people edit in spreadsheets: tolerant of what is harmless, exact in blame."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from navigator.errors import NavigatorError

# Text from files is data: nothing in it may steer a terminal. Tabs become blanks.
_BYTES = bytes.maketrans(b"\t", b" ")
_DELETE = bytes(set(range(32)) - {9, 10, 13}) + b"\x7f"
_STEERING = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f]"
)


class BrokenTableError(NavigatorError):
    """A table or registry that can't be read; the text names file, line and column."""

    def __init__(self, path: Path, problem: str, line: int | None = None, column: str = "") -> None:
        place = str(path)
        if line is not None:
            place += f", line {line}"
        if column:
            place += f', column "{column}"'
        super().__init__(f"{place}: {problem}")
        self.path, self.problem, self.line, self.column = path, problem, line, column


def clean(text: str) -> str:
    """The text without control and direction characters, in one line."""
    if text.isprintable() and text.isascii():
        return text.strip()
    return " ".join(_STEERING.sub("", text.replace("\t", " ")).split())


def read_text(path: Path) -> str:
    """The text of a UTF-8 file without control characters (newlines stay).

    Raises:
        BrokenTableError: the file can't be read or isn't UTF-8.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise BrokenTableError(path, f"can't be read ({error.strerror or error})") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BrokenTableError(
            path, "isn't UTF-8 text; save it as “CSV UTF-8” and try again", line
        ) from error
    if text.isascii():  # as nearly all are: the quick way
        return raw.translate(_BYTES, _DELETE).decode("utf-8-sig")
    return _STEERING.sub("", text.replace("\t", " "))


class Table:
    """A CSV file with a heading line: rows of equal width, each with its line number."""

    def __init__(self, path: Path, required: Sequence[str]) -> None:
        """Read `path` whole.

        Raises:
            BrokenTableError: unreadable, a required column is missing, or a row has another width.
        """
        self.path = path
        reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
        try:
            lines = list(reader)
        except csv.Error as error:
            raise BrokenTableError(path, f"isn't a table ({error})", reader.line_num) from error
        if not lines:
            raise BrokenTableError(path, "is empty; the first line must name the columns", 1)
        self.head = [name.strip() for name in lines[0]]
        for name in required:
            if name not in self.head:
                raise BrokenTableError(
                    path, "this column is missing from the heading (comma-separated)", 1, name
                )
        self.rows: list[tuple[int, list[str]]] = list(enumerate(lines[1:], start=2))
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
                self.rows.append((line, [clean(cell) for cell in cells]))
            line += 1 + sum(len(cell.splitlines()) - 1 for cell in cells if "\n" in cell)

    def _even(self, width: int) -> None:
        """Drop blank lines and the empty cells that spreadsheets add; refuse other widths."""
        self.rows = [(line, cells) for line, cells in self.rows if any(map(str.strip, cells))]
        for line, cells in self.rows:
            if len(cells) < width or any(map(str.strip, cells[width:])):
                raise BrokenTableError(
                    self.path,
                    f"has {len(cells)} cells where the heading has {width}; "
                    "a cell that holds a comma must stand in quotes",
                    line,
                )
            del cells[width:]

    def each(self) -> Iterator[Row]:
        """Every row that holds anything."""
        for line, cells in self.rows:
            if any(cells):
                yield Row(self, line, cells)

    def where(self, column: str, word: str) -> Iterator[Row]:
        """The rows whose cell in `column` lists `word` (cells are joined by ";")."""
        index = self.head.index(column)
        for line, cells in self.rows:
            if word in cells[index] and word in cells[index].replace(" ", "").split(";"):
                yield Row(self, line, cells)


class Row(dict[str, str]):
    """One row: cells by column name, "" for a column that the table doesn't have."""

    __slots__ = ("line", "path")

    def __init__(self, table: Table, line: int, cells: list[str]) -> None:
        super().__init__(zip(table.head, map(str.strip, cells), strict=True))
        self.path, self.line = table.path, line

    def __missing__(self, column: str) -> str:
        return ""

    def fault(self, column: str, problem: str) -> BrokenTableError:
        return BrokenTableError(self.path, problem, self.line, column)

    def need(self, column: str) -> str:
        """The cell, which mustn't be empty."""
        text = self[column]
        if not text:
            raise self.fault(column, "is empty; it is needed")
        return text

    def words(self, column: str) -> tuple[str, ...]:
        """A cell of several values, joined by ";"."""
        text = self[column]
        if ";" not in text:
            return (text,) if text else ()
        return tuple(word for piece in text.split(";") if (word := piece.strip()))

    def day(self, column: str, *, end: bool = False) -> date | None:
        """A date, which may be as vague as a month or a year; see `day`."""
        text = self[column]
        if not text:
            return None
        try:
            return day(text, end)
        except ValueError:
            raise self.fault(
                column, f"“{text}” is no date; write 2024-09-01, 2024-09 or 2024"
            ) from None

    def link(self, column: str) -> str:
        """A web address; only http and https may be opened."""
        text = self[column]
        if text and not text.startswith(("https://", "http://")):
            raise self.fault(column, f"“{text}” must begin with https:// or http://")
        return text


@lru_cache(maxsize=1024)
def day(text: str, end: bool = False) -> date | None:
    """The day a text stands for: "2024-09-01", "01/09/2024", "2024-09" or "2024"; None for "".

    A month or a year stands for its first day, or with `end` for its last.

    Raises:
        ValueError: anything else.
    """
    if not text:
        return None
    if len(text) == 10 and text[2] == text[5] == "/":  # what a spreadsheet makes of a date
        return date(int(text[6:]), int(text[3:5]), int(text[:2]))
    pieces = [int(piece) for piece in text.split("-")]
    if len(text) != (4, 7, 10)[len(pieces) - 1 if len(pieces) <= 3 else 0]:
        raise ValueError(text)
    if len(pieces) == 3:
        return date(*pieces)
    year, month = (pieces[0], pieces[1]) if len(pieces) == 2 else (pieces[0], 12 if end else 1)
    if not end:
        return date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)
