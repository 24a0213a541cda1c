"""Reading DfE's establishment file: its lines, its columns by name, its rows as ours.

The file is cp1252 with CRLF, every text in quotes; its layout went from 139 to 135 columns, so
columns are found by name. What can't be read raises `BadFileError`, whose text is half a sentence
("line 5 has …"); `update` makes it whole.
"""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import add, itemgetter
from typing import Any

from navigator.model import OPEN_STATUSES
from navigator.register import schema, words
from navigator.register.england import England
from navigator.register.text import clean, day_number, whole_number

Row = tuple[Any, ...]

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
_KIND = slice(1, 5)
_PLACE = slice(5, 10)

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

_PHASE_OF = {
    "Nursery": "nursery",
    "Primary": "primary",
    "Middle deemed primary": "primary",
    "Secondary": "secondary",
    "Middle deemed secondary": "secondary",
    "All-through": "all-through",
    "All through": "all-through",
    "16 plus": "16 plus",
}

BATCH = 2_000


class BadFileError(Exception):
    """What is wrong with a file, with its line where there is one."""


class NotTheRegisterError(BadFileError):
    """The header has columns missing; `missing` names them in the header's words."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"it has no column {', '.join(missing)}")
        self.missing = missing


def phase_of(type_name: str, phase: str) -> str:
    """Our word for a phase: told by the type first, for the register calls special schools' phase
    "Not applicable"."""
    folded = type_name.casefold()
    if "special" in folded and "post 16" not in folded:
        return "special"
    if "alternative provision" in folded or folded == "pupil referral unit":
        return "alternative provision"
    return _PHASE_OF.get(phase, "")


def tier_of(status: str) -> int:
    if status in OPEN_STATUSES:
        return schema.OPEN
    return schema.PROPOSED if status == "Proposed to open" else schema.CLOSED


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
            raise BadFileError(f"line {start + 1} can't be read ({error})") from None


def _bad_width(row: list[str], width: int, line: int, reader: Any) -> BadFileError:
    if next(reader, None) is None and len(row) < width:
        return BadFileError(f"it breaks off at line {line}: it isn't whole")
    return BadFileError(f"line {line} has {len(row)} columns, not {width}")


class Shaper:
    """Makes our rows of the register's.

    `first_id` is where the numbers of its kinds and places begin, so that two processes that read
    a half each can put their rows together.
    """

    def __init__(self, area: England, first_id: int = 1) -> None:
        self.england = area
        self.first_id = first_id
        self.kinds: dict[tuple[str, ...], tuple[int, int, int]] = {}
        self.places: dict[tuple[str, ...], tuple[int, bool]] = {}
        self.kind_rows: list[Row] = []
        self.place_rows: list[Row] = []
        self.trusts: dict[str, tuple[str, str]] = {}
        self._days: dict[str, int | None] = {}

    def kind(self, told: tuple[str, ...]) -> tuple[int, int, int]:
        """(id, phase, tier) of a row's status, type, type group and phase."""
        known = self.kinds.get(told)
        if known is None:
            status, type_name, group, phase = told
            number = self.first_id + len(self.kind_rows)
            self.kind_rows.append((number, status, type_name, group))
            known = number, schema.PHASES.index(phase_of(type_name, phase)), tier_of(status)
            self.kinds[told] = known
        return known

    def place(self, told: tuple[str, ...]) -> tuple[int, bool]:
        """(id, in scope) of a row's authority, district and region."""
        known = self.places.get(told)
        if known is None:
            la_code, la_name, district_code, district, region = told
            in_scope = self.england.has(la_code)
            number = self.first_id + len(self.place_rows)
            self.place_rows.append(
                (
                    number,
                    la_code,
                    la_name,
                    district_code,
                    district,
                    self.england.region(la_code, region),
                    in_scope,
                )
            )
            known = self.places[told] = number, in_scope
        return known

    def day(self, text: str) -> int | None:
        if not text:
            return None
        if text not in self._days:
            self._days[text] = day_number(text)
        return self._days[text]

    def shaped(self, picked: Iterable[tuple[str, ...]]) -> Iterator[tuple[Row, Row | None]]:
        """(row of `school` without its position, row of `doc`) of each; no doc outside England."""
        for row in picked:
            (
                name, street, locality, address3, town, postcode, east, north,
                pupils, low, high, opened_text, closed_text, website, telephone, number, ukprn,
                trust, trust_name, flag,
            ) = row[10:]  # fmt: skip
            urn = int(row[0])
            kind, phase, tier = self.kind(row[_KIND])
            place, in_scope = self.place(row[_PLACE])
            opened, closed = self.day(opened_text), self.day(closed_text)
            easting, northing = _metres(east), _metres(north)
            if not easting or not northing:
                easting = northing = None
            seen = closed or tier == schema.OPEN or (tier == schema.PROPOSED and opened)
            cell = None
            if in_scope and seen and easting and northing:
                cell = cell_of(easting, northing)
            if trust and (tier == schema.OPEN or trust not in self.trusts):
                self.trusts[trust] = trust_name, flag
            shaped = (
                urn, name, kind, place, phase, tier, street, town, postcode, easting, northing,
                cell, whole_number(pupils), whole_number(low), whole_number(high), opened, closed,
                website, telephone, laestab_number(row[5], number), whole_number(ukprn),
                trust or None,
            )  # fmt: skip
            doc = None
            if in_scope:
                key, tokens = words.name_words(name)
                around = town, locality, address3, row[6], row[8], trust_name
                doc = tier, key, urn, words.doc_tokens(tokens, around, postcode)
            yield shaped, doc


def cell_of(easting: int, northing: int) -> int:
    side = schema.CELL_METRES
    return easting // side * schema.CELLS_A_COLUMN + northing // side


def laestab_number(la_code: str, number: str) -> int | None:
    """2013614 of authority 201 and establishment 3614."""
    if la_code.isdecimal() and number.isdecimal() and len(number) <= 4:
        return int(la_code) * 10_000 + int(number)
    return None


def _metres(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    try:
        return round(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


# The Ordnance Survey's seven-parameter step from OSGB 36, which pyproj takes for EPSG:27700 when
# it has no shift grid: the result is the same to the millimetre, without the 40 ms of its database
_GRID_TO_WGS84 = """
+proj=pipeline
+step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy
+step +proj=push +v_3
+step +proj=cart +ellps=airy
+step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489
      +convention=position_vector
+step +inv +proj=cart +ellps=WGS84
+step +proj=pop +v_3
+step +proj=unitconvert +xy_in=rad +xy_out=deg
"""


class Positions:
    """From National Grid metres to WGS 84 degrees, many at once."""

    def __init__(self) -> None:
        from pyproj import Transformer

        self._transform = Transformer.from_pipeline(_GRID_TO_WGS84).transform

    def degrees(
        self, metres: list[tuple[int | None, int | None]]
    ) -> list[tuple[float | None, float | None]]:
        """(latitude, longitude) of each (easting, northing); (None, None) where there is none."""
        eastings = array("d", [e or 0 for e, _ in metres])
        northings = array("d", [n or 0 for _, n in metres])
        longitudes, latitudes = self._transform(eastings, northings)
        return [
            (lat, lon) if east and -90 <= lat <= 90 else (None, None)
            for (east, _), lat, lon in zip(metres, latitudes, longitudes, strict=True)
        ]


def batches(
    shaped: Iterable[tuple[Row, Row | None]], positions: Positions
) -> Iterator[tuple[list[Row], list[Row]]]:
    """(rows of `school` with their positions at the end, rows of `doc`), some thousands a time."""
    source = iter(shaped)
    east_north = itemgetter(9, 10)
    while batch := list(islice(source, BATCH)):
        rows = [row for row, _ in batch]
        degrees = positions.degrees(list(map(east_north, rows)))
        yield list(map(add, rows, degrees)), [doc for _, doc in batch if doc]
