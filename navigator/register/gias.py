"""Reading DfE's files: their lines, and their columns, which are found by name.

A file is cp1252 with CRLF, its texts in quotes; the establishment file's layout went from 139 to
135 columns. What can't be read raises `BadFileError`, whose text is half a sentence ("line 5 has
…"); `update` makes it whole.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, BinaryIO

from navigator.core.cleaning import one_line
from navigator.register.columns import COLUMNS

ESTABLISHMENTS = {column.name: column.dfe for column in COLUMNS}
REQUIRED = [column.dfe for column in COLUMNS if column.required]


class BadFileError(Exception):
    """What is wrong with a file, with its line where there is one."""


class NotTheRegisterError(BadFileError):
    """The header has columns missing; `missing` names them in the header's words."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"it has no column {', '.join(missing)}")
        self.missing = missing


def decoded(lines: Iterable[bytes], first: int = 1) -> Iterator[str]:
    """Text of raw lines: cp1252 as DfE writes it, or UTF-8 as spreadsheet programs save it.

    Told apart by line, as only one in a hundred has a letter that isn't ASCII. Faster than a text
    file, whose cp1252 decoder takes a third of `csv.reader`'s time.

    Raises:
        BadFileError: a line is neither, or binary.
    """
    for number, line in enumerate(lines, first):
        if line.isascii() and b"\0" not in line:
            yield line.decode("ascii")
            continue
        try:
            if b"\0" in line:
                raise BadFileError(f"line {number} holds bytes that are no text")
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            try:
                yield line.decode("cp1252")
            except UnicodeDecodeError as error:
                byte = line[error.start]
                raise BadFileError(
                    f"line {number} has a broken encoding (byte {byte:#04x} at {error.start + 1})"
                ) from None


class Header:
    """Where our columns lie in a file.

    Args:
        names: the file's header.
        columns: DfE's names of the columns wanted, by ours.
        required: those of DfE's names that must be there.
        of: what follows "line 5" in a sentence about a file that lies beside the register.

    Attributes:
        columns: the names of those wanted.
        line: the last line of the row that `picked` gave last.

    Raises:
        NotTheRegisterError: required columns are missing.
        BadFileError: a column we read is there twice.
    """

    def __init__(
        self,
        names: list[str],
        columns: Mapping[str, str] = ESTABLISHMENTS,
        required: Iterable[str] = REQUIRED,
        of: str = "",
    ) -> None:
        self.columns = tuple(columns)
        self._width, self._of = len(names), of
        cleaned = [one_line(name) for name in names]
        missing = [name for name in required if name not in cleaned]
        if missing:
            raise NotTheRegisterError(missing)
        for name in columns.values():
            if cleaned.count(name) > 1:
                raise BadFileError(f"its header has the column {name} twice")
        self._complete = all(name in cleaned for name in columns.values())
        # A missing column points one behind the row, where `picked` puts an empty text
        places = [cleaned.index(n) if n in cleaned else self._width for n in columns.values()]
        self._pick = itemgetter(*places)

    def picked(self, lines: Iterable[bytes]) -> Iterator[tuple[str, ...]]:
        """Our columns of each row of the lines behind the header, in the order of `columns`.

        Texts are cleaned, and empty where the file lacks a column.

        Raises:
            BadFileError: a row of another width, one that can't be read, a URN that is no number.
        """
        width, pick, complete, beside = self._width, self._pick, self._complete, self._of
        reader = csv.reader(decoded(lines, 2), strict=True)
        start = self.line = 1
        try:
            for row in reader:
                if len(row) != width:
                    if not row:
                        continue
                    raise self._bad_width(row, start + 1, reader)
                if not complete:
                    row.append("")
                picked: tuple[str, ...] = pick(row)
                # One look at the whole row: one in a thousand needs cleaning, 0.5 s is saved
                text = "|".join(picked)
                if not text.isprintable() or "  " in text or "| " in text or " |" in text:
                    picked = tuple(map(one_line, picked))
                if not beside and not (picked[0].isdecimal() and len(picked[0]) < 10):
                    raise BadFileError(
                        f"line {start + 1} has the URN “{picked[0][:20]}”, no number"
                    )
                start = self.line = 1 + reader.line_num
                yield picked
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise _broke_off(start + 1) from None
            raise BadFileError(f"line {start + 1} has quotation marks that don't pair") from None

    def _bad_width(self, row: list[str], line: int, reader: Any) -> BadFileError:
        if not self._of and next(reader, None) is None and len(row) < self._width:
            return _broke_off(line)
        return BadFileError(f"line {line}{self._of} has {len(row)} columns, not {self._width}")


def read_header(
    file: BinaryIO,
    columns: Mapping[str, str] = ESTABLISHMENTS,
    required: Iterable[str] = REQUIRED,
    of: str = "",
) -> Header:
    """The header of a file, which then stands behind it; the rest is as `Header` has it.

    Raises:
        BadFileError: it has none.
    """
    line = file.readline(1_000_000)
    if not line.strip():
        raise BadFileError("it is empty")
    return Header(next(csv.reader(decoded([line])), []), columns, required, of)


def _broke_off(line: int) -> BadFileError:
    return BadFileError(f"it breaks off in line {line}: it isn't whole")
