"""Reading DfE's establishment file: its lines and its columns, found by name.

The file is cp1252 with CRLF, every text in quotes; its layout went from 139 to 135 columns, so
columns are found by name. What can't be read raises `BadFileError`, whose text is half a sentence
("line 5 has …"); `update` makes it whole.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from navigator.register.conversions import clean

COLUMNS = (
    "URN",
    "EstablishmentStatus (name)",
    "TypeOfEstablishment (name)",
    "EstablishmentTypeGroup (name)",
    "PhaseOfEducation (name)",
    "LA (code)",
    "LA (name)",
    "DistrictAdministrative (code)",
    "DistrictAdministrative (name)",
    "GOR (name)",
    "EstablishmentName",
    "Street",
    "Locality",
    "Address3",
    "Town",
    "Postcode",
    "Easting",
    "Northing",
    "NumberOfPupils",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "OpenDate",
    "CloseDate",
    "SchoolWebsite",
    "TelephoneNum",
    "EstablishmentNumber",
    "UKPRN",
    "Trusts (code)",
    "Trusts (name)",
    "TrustSchoolFlag (code)",
)

REQUIRED = frozenset(
    {
        "URN",
        "LA (code)",
        "EstablishmentName",
        "EstablishmentStatus (name)",
        "PhaseOfEducation (name)",
        "TypeOfEstablishment (name)",
        "Easting",
        "Northing",
        "DistrictAdministrative (name)",
        "Trusts (code)",
        "Postcode",
    }
)
"""Without these a file isn't the full register; any other column may be missing, and is empty."""


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

    Raises:
        NotTheRegisterError: required columns are missing.
        BadFileError: a column we read is there twice.
    """

    def __init__(self, names: list[str]) -> None:
        self.width = len(names)
        cleaned = [clean(name) for name in names]
        missing = [name for name in COLUMNS if name in REQUIRED and name not in cleaned]
        if missing:
            raise NotTheRegisterError(missing)
        for name in COLUMNS:
            if cleaned.count(name) > 1:
                raise BadFileError(f"its header has the column {name} twice")
        self.complete = all(name in cleaned for name in COLUMNS)
        # A missing column points one behind the row, where `picked` puts an empty text
        places = [cleaned.index(n) if n in cleaned else self.width for n in COLUMNS]
        self._pick = itemgetter(*places)

    def picked(self, reader: Any, before: int = 0) -> Iterator[tuple[str, ...]]:
        """Our columns of each row, cleaned, in the order of `COLUMNS`.

        Args:
            reader: a `csv.reader` behind the header.
            before: lines of the file that lie before the reader's first.

        Raises:
            BadFileError: a row of another width, a URN that is no number.
        """
        width, pick, complete = self.width, self._pick, self.complete
        start = before + reader.line_num
        try:
            for row in reader:
                if len(row) != width:
                    if not row:
                        continue
                    raise _bad_width(row, width, start + 1, reader)
                if not complete:
                    row.append("")
                picked: tuple[str, ...] = pick(row)
                # One look at the whole row: one in a thousand needs cleaning, 0.5 s is saved
                text = "|".join(picked)
                if not text.isprintable() or "  " in text or "| " in text or " |" in text:
                    picked = tuple(map(clean, picked))
                if not picked[0].isdecimal() or len(picked[0]) > 9:
                    raise BadFileError(
                        f"line {start + 1} has the URN “{picked[0][:20]}”, no number"
                    )
                start = before + reader.line_num
                yield picked
        except csv.Error as error:
            raise unreadable(error, start + 1) from None


def unreadable(error: csv.Error, line: int) -> BadFileError:
    """What a strict `csv.reader` says of a row that begins in a line."""
    if "unexpected end" in str(error):
        return BadFileError(f"it breaks off in line {line}: it isn't whole")
    return BadFileError(f"line {line} has quotation marks that don't pair")


def _bad_width(row: list[str], width: int, line: int, reader: Any) -> BadFileError:
    if next(reader, None) is None and len(row) < width:
        return BadFileError(f"it breaks off in line {line}: it isn't whole")
    return BadFileError(f"line {line} has {len(row)} columns, not {width}")
