"""Reading DfE's files: their lines, and their columns, which are found by name.

A file is cp1252 with CRLF, its texts in quotes; the establishment file's layout went from 139 to
135 columns. A spreadsheet program may have saved it anew: in UTF-8, with 249.0 for 249, with rows
of nothing but commas beneath. A letter that can't be read costs that letter (`doubts`). What makes
the whole unsafe raises `BadFileError`, whose text is half a sentence ("line 5 has …"); `update`
makes it whole.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from operator import itemgetter
from typing import Any, BinaryIO

from navigator.core.cleaning import one_line
from navigator.register.columns import COLUMNS
from navigator.register.conversions import plain_digits
from navigator.register.doubts import LETTER, Doubts

ESTABLISHMENTS = {column.name: column.dfe for column in COLUMNS if column.dfe}
REQUIRED = [column.dfe for column in COLUMNS if column.required]

CODES = frozenset({"urn", "la_code", "trust_uid", "trust_flag", "uid", "code", "other"})
"""Columns of texts that are numbers, by our names: a spreadsheet makes 892.0 of 892."""


MOST_LINE = 1_000_000
"""Bytes of a line at the most: DfE's longest has 2,000. A longer one would fill the memory."""


class BadFileError(Exception):
    """What is wrong with a file, with its line where there is one."""


class NotTheRegisterError(BadFileError):
    """The header has columns missing; `missing` names them in the header's words, `others` are the
    file's columns that we don't read, `share` is how much of what we read it has."""

    def __init__(self, missing: list[str], others: list[str], share: float) -> None:
        super().__init__(f"it has no column {', '.join(missing)}")
        self.missing, self.others, self.share = missing, others, share


def lines_of(file: BinaryIO, first: int = 2) -> Iterator[bytes]:
    """The lines of a file from where it stands.

    Raises:
        BadFileError: one is too long to be a school's.
    """
    for number, line in enumerate(iter(partial(file.readline, MOST_LINE + 1), b""), first):
        if len(line) > MOST_LINE:
            raise BadFileError(f"line {number} is longer than {MOST_LINE:,} bytes")
        yield line


def decoded_lines(
    lines: Iterable[bytes], first: int = 1, doubts: Doubts | None = None
) -> Iterator[str]:
    """Text of raw lines: cp1252 as DfE writes it, or UTF-8 as spreadsheet programs save it.

    Told apart by line, as only one in a hundred has a letter that isn't ASCII. Faster than a text
    file, whose cp1252 decoder takes a third of `csv.reader`'s time. What is neither is one letter
    that can't be read; `doubts` counts them.

    Raises:
        BadFileError: the first line, a header, is binary.
    """
    for number, raw in enumerate(lines, first):
        if raw.isascii() and b"\0" not in raw:
            yield raw.decode("ascii")
            continue
        if number == 1 and b"\0" in raw:
            raise BadFileError("line 1 holds bytes that are no text")
        line = raw.replace(b"\0", b"\x81")  # no letter in either encoding
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            try:
                yield line.decode("cp1252")
            except UnicodeDecodeError:
                text = _with_gaps(line)
                if doubts:
                    doubts.letter(number, text.count(LETTER))
                yield text


def _with_gaps(line: bytes) -> str:
    """A line that neither encoding can read whole, by the one that can read more of it."""
    utf_8, cp1252 = (line.decode(encoding, "replace") for encoding in ("utf-8", "cp1252"))
    has_letters = not utf_8.replace(LETTER, "").isascii()
    gaps = utf_8.count(LETTER) - has_letters
    return utf_8 if gaps < cp1252.count(LETTER) else cp1252


class Header:
    """Where our columns lie in a file.

    Args:
        names: the file's header.
        columns: DfE's names of the columns wanted, by ours.
        required: those of DfE's names that must be there.
        of: what follows "line 5" in a sentence about a file that lies beside the register.

    Attributes:
        columns: the names of those wanted.
        lacks: DfE's names of those wanted that the file doesn't have.
        others: the names of the file's columns that nobody wants.
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
        self.lacks = [name for name in columns.values() if name not in cleaned]
        wanted = frozenset(columns.values())
        self.others = [name for name in cleaned if name and name not in wanted]
        missing = [name for name in required if name not in cleaned]
        if missing:
            share = 1 - len(self.lacks) / len(columns)
            raise NotTheRegisterError(missing, self.others, share)
        for name in columns.values():
            if cleaned.count(name) > 1:
                raise BadFileError(f"its header has the column {name} twice")
        self._complete = not self.lacks
        self._codes = [n for n, name in enumerate(columns) if name in CODES]
        # A missing column points one behind the row, where `picked` puts an empty text
        places = [cleaned.index(n) if n in cleaned else self._width for n in columns.values()]
        self._pick = itemgetter(*places)

    def picked(
        self, lines: Iterable[bytes], doubts: Doubts | None = None
    ) -> Iterator[tuple[str, ...]]:
        """Our columns of each row of the lines behind the header, in the order of `columns`.

        Texts are cleaned, and empty where the file lacks a column; rows of nothing are left out.
        `doubts` counts what can't be read.

        Raises:
            BadFileError: a row of another width, one that can't be read, a URN that is no number.
        """
        width, pick, complete, beside = self._width, self._pick, self._complete, self._of
        reader = csv.reader(decoded_lines(lines, 2, doubts), strict=True)
        start = self.line = 1
        try:
            for row in reader:
                if len(row) != width:
                    if _is_empty(row):
                        continue
                    raise self._bad_width(row, start + 1, reader)
                if not complete:
                    row.append("")
                picked: tuple[str, ...] = pick(row)
                # One look at the whole row: one in a thousand needs cleaning, 0.5 s is saved
                text = "|".join(picked)
                if not text.isprintable() or "  " in text or "| " in text or " |" in text:
                    picked = tuple(map(one_line, picked))
                if ".0|" in text or not picked[0].isdecimal():
                    picked = self._with_plain_codes(picked)
                if not beside and not (picked[0].isdecimal() and len(picked[0]) < 10):
                    if _is_empty(row):
                        continue
                    raise BadFileError(
                        f"line {start + 1} has the URN “{picked[0][:20]}”, no number"
                    )
                start = self.line = 1 + reader.line_num
                yield picked
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise _broke_off(start + 1) from None
            raise BadFileError(f"line {start + 1} has quotation marks that don't pair") from None

    def _with_plain_codes(self, picked: tuple[str, ...]) -> tuple[str, ...]:
        """A row with its codes as DfE writes them, where a spreadsheet made numbers of them."""
        row = list(picked)
        for n in self._codes:
            row[n] = plain_digits(row[n])
        return tuple(row)

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
    line = next(lines_of(file, 1), b"")
    if not line.strip():
        raise BadFileError("it is empty")
    text = next(decoded_lines([line]))
    if "\r" in text.rstrip("\r\n"):
        raise BadFileError("its lines end as those of an old Mac did (CR)")
    try:
        names = next(csv.reader([text]), [])
    except csv.Error as error:
        raise BadFileError(f"line 1, its header, can't be read ({error})") from None
    if len(names) > MOST_COLUMNS:
        raise BadFileError(f"its header has {len(names):,} columns")
    return Header(names, columns, required, of)


MOST_COLUMNS = 2_000


def _is_empty(row: list[str]) -> bool:
    """Whether a row holds nothing: a spreadsheet leaves such beneath its last one."""
    return not any(map(str.strip, row))


def _broke_off(line: int) -> BadFileError:
    return BadFileError(f"it breaks off in line {line}: it isn't whole")
