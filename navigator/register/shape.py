"""From the register's texts to our rows: phases, days, numbers, positions.

Most texts of a column come again and again, so what is made of one is kept (`Memo`): a row costs
5 µs so, and 12 µs without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from navigator.core.model import OPEN_STATUSES
from navigator.register import schema, search_words
from navigator.register.conversions import day_number, whole_number
from navigator.register.england import England
from navigator.register.memo import Memo

Row = tuple[Any, ...]

BATCH = 2_000
"""Rows that are put into the table at once."""

_KIND = slice(1, 5)
_PLACE = slice(5, 10)
_REST = slice(10, None)

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


def phase_of(type_name: str, phase: str) -> str:
    """Our word for a phase, "" for none.

    Told by the type first: the register calls the phase of special schools "Not applicable".
    """
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


class Shaper:
    """Makes our rows of the register's; what they share gathers here.

    Attributes:
        kind_rows: of the table `kind`.
        place_rows: of the table `place`.
        trusts: (name, flag) by UID of each trust that a school names.
    """

    def __init__(self, england: England, first_id: int = 1) -> None:
        """`first_id` is where the numbers of kinds and places begin, so that the rows of two
        processes that read a half each can be put together."""
        self.kind_rows: list[Row] = []
        self.place_rows: list[Row] = []
        self.trusts: dict[str, tuple[str, str]] = {}
        self._england = england
        self._first_id = first_id

    def shaped(self, picked: Iterable[tuple[str, ...]]) -> Iterator[tuple[Row, Row | None]]:
        """(row of `school`, row of `doc`) of each of `gias.Header.picked`.

        A doc is what the finder's index is made of; it is None outside England.
        """
        kinds, places = Memo(self._kind), Memo(self._place)
        days, numbers = Memo(day_number), Memo(whole_number)
        named, tokens = Memo(search_words.name_words), Memo(search_words.text_tokens)
        trusts = self.trusts
        side, cells_a_column = schema.CELL_METRES, schema.CELLS_A_COLUMN
        for row in picked:
            (
                name, street, locality, address3, town, postcode, east, north,
                pupils, low, high, opened_text, closed_text, website, telephone, number, ukprn,
                trust, trust_name, flag,
            ) = row[_REST]  # fmt: skip
            urn = int(row[0])
            kind, phase, tier = kinds[row[_KIND]]
            place, la_number, in_scope, place_tokens = places[row[_PLACE]]
            opened, closed = days[opened_text], days[closed_text]
            easting, northing = _metres(east), _metres(north)
            cell = None
            if not easting or not northing:
                easting = northing = None
            elif in_scope and (closed or tier == 0 or (tier == schema.PROPOSED and opened)):
                cell = easting // side * cells_a_column + northing // side
            if trust and (tier == 0 or trust not in trusts):
                trusts[trust] = trust_name, flag
            shaped = (
                urn, name, kind, place, phase, tier, street, town, postcode, easting, northing,
                cell, numbers[pupils], numbers[low], numbers[high], opened, closed, website,
                telephone, la_number + int(number) if number.isdecimal() else None,
                whole_number(ukprn), trust or None,
            )  # fmt: skip
            doc = None
            if in_scope:
                key, name_tokens = named[name]
                finds = (
                    f"{name_tokens} {tokens[town]} {tokens[locality]} {tokens[address3]} "
                    f"{place_tokens} {tokens[trust_name]} {search_words.outward(postcode)}"
                )
                doc = tier, key, urn, finds
            yield shaped, doc

    def _kind(self, told: tuple[str, ...]) -> tuple[int, int, int]:
        """(id, phase, tier) of a row's status, type, type group and phase."""
        status, type_name, group, phase = told
        number = self._first_id + len(self.kind_rows)
        self.kind_rows.append((number, status, type_name, group))
        return number, schema.PHASES.index(phase_of(type_name, phase)), tier_of(status)

    def _place(self, told: tuple[str, ...]) -> tuple[int, int, bool, str]:
        """(id, its LAESTABs' beginning, in scope, tokens) of an authority, district and region."""
        la_code, la_name, district_code, district, region = told
        in_scope = self._england.has(la_code)
        number = self._first_id + len(self.place_rows)
        region = self._england.region(la_code, region)
        self.place_rows.append(
            (number, la_code, la_name, district_code, district, region, in_scope)
        )
        tokens = f"{search_words.text_tokens(la_name)} {search_words.text_tokens(district)}"
        return number, (whole_number(la_code) or 0) * 10_000, in_scope, tokens


def cell_of(easting: int, northing: int) -> int:
    """The 5 km square of the National Grid (`school.cell`)."""
    side = schema.CELL_METRES
    return easting // side * schema.CELLS_A_COLUMN + northing // side


def _metres(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    try:
        return round(float(text)) if text else None
    except (ValueError, OverflowError):
        return None


def batches(
    shaped: Iterable[tuple[Row, Row | None]],
) -> Iterator[tuple[list[Row], list[Row]]]:
    """(rows of `school`, rows of `doc`), some thousands a time."""
    source = iter(shaped)
    while batch := list(islice(source, BATCH)):
        yield [row for row, _ in batch], [doc for _, doc in batch if doc]
