"""What a row of a list says of a school, and which columns say it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from navigator.core import cleaning
from navigator.core.errors import RefusedError
from navigator.register.search_words import fold

HEADS: dict[str, tuple[str, ...]] = {
    "name": (
        "school name",
        "school",
        "name of school",
        "establishment name",
        "establishmentname",
        "establishment",
        "academy name",
        "academy",
        "setting",
        "institution",
        "organisation",
        "organisation name",
        "provider name",
        "name",
    ),
    "town": ("town", "town city", "city", "post town", "place", "locality", "village", "area"),
    "postcode": ("postcode", "post code", "school postcode", "zip", "pcode"),
    "authority": (
        "local authority",
        "la",
        "lea",
        "authority",
        "la name",
        "local authority name",
        "council",
        "lad",
        "district",
        "county",
        "la code",
    ),
    "urn": ("urn", "school urn", "unique reference number", "establishment urn"),
    "laestab": (
        "laestab",
        "la estab",
        "dfe number",
        "dfe no",
        "dfe",
        "dfes number",
        "dcsf number",
        "school number",
        "la estab number",
        "dfe code",
    ),
    "ukprn": ("ukprn", "uk prn", "uk provider reference number"),
}
"""What each column may be called, as `fold` writes it, the clearest first."""

LABELS = {
    "name": "name",
    "town": "town",
    "postcode": "postcode",
    "authority": "authority",
    "urn": "URN",
    "laestab": "DfE number",
    "ukprn": "UKPRN",
}

DIGITS = {"urn": 6, "laestab": 7, "ukprn": 8}

TELLING = ("name", "urn", "laestab", "ukprn")
"""A list must have one of these."""

MOST_ABOVE = 15
"""Rows that may stand above the heads: a title, who made it, when."""

_FULL = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)[\s.-]*(\d[A-Z]{2})\b")
_URN_IN_NAME = re.compile(r"[\s,;:(\[–-]*(?:\bURN\b:?\s*)?(?<!\d)([1-9]\d{5})\b[)\],;:]*", re.I)
_OUTWARD = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\b")


class AskedFor(NamedTuple):
    """What a row says of a school: "" or 0 where it says nothing.

    `postcode` is written as the register writes it, or only its first part. `unread` has a sentence
    on each number that can't be read as one.
    """

    name: str = ""
    town: str = ""
    postcode: str = ""
    authority: str = ""
    urn: int = 0
    laestab: int = 0
    ukprn: int = 0
    unread: tuple[str, ...] = ()

    @property
    def says_nothing(self) -> bool:
        return not (self.name or self.urn or self.laestab or self.ukprn or self.unread)


class ListColumns(NamedTuple):
    """Which column tells what, by its place; `head` is the number of the heads'
    row, from 1; 0 for none."""

    head: int
    places: Mapping[str, int]

    def read(self, row: Sequence[str]) -> AskedFor:
        told = {
            kind: cleaning.plain(row[place])
            for kind, place in self.places.items()
            if place < len(row)
        }
        name, postcode = told.get("name", ""), postcode_in(told.get("postcode", ""))
        urn = told.get("urn", "")
        if "urn" not in self.places and (within := _URN_IN_NAME.search(name)):
            urn, name = within[1], _URN_IN_NAME.sub(" ", name, count=1).strip()
        texts = {"urn": urn, **{kind: told.get(kind, "") for kind in ("laestab", "ukprn")}}
        numbers = {kind: _number(text, DIGITS[kind]) for kind, text in texts.items()}
        return AskedFor(
            name=name,
            town=told.get("town", ""),
            postcode=postcode or postcode_in(name, whole=True),
            authority=told.get("authority", ""),
            unread=tuple(
                f"“{text[:40]}” can't be read as one {LABELS[kind]} of {DIGITS[kind]} digits"
                for kind, text in texts.items()
                if any(map(str.isdecimal, text)) and not numbers[kind]
            ),
            **numbers,
        )


def postcode_in(text: str, *, whole: bool = False) -> str:
    """The postcode in a text, as the register writes it; its first part unless `whole`."""
    upper = text.upper()
    if found := _FULL.search(upper):
        return f"{found[1]} {found[2]}"
    found = None if whole else _OUTWARD.search(upper)
    return found[1] if found else ""


def _number(text: str, digits: int) -> int:
    """139217 of "139217", "URN 139217" or "139217.0"; 8923311 of "892/3311"; 0 for none."""
    found = re.sub(r"(?<=\d)\s?[-–/.\s]\s?(?=\d)", "", re.sub(r"\.0+$", "", text))
    numbers = [int(number) for number in re.findall(r"\d+", found) if len(number) == digits]
    return numbers[0] if len(numbers) == 1 else 0


def find_columns(rows: Sequence[Sequence[str]], given: Mapping[str, str]) -> ListColumns:
    """Which columns tell what: those that were given by head or number, else told by their heads.

    A list of one column without a head that is known has names in it.

    Raises:
        RefusedError: no column tells a name or number, or there is none as given.
    """
    given = {kind: text for kind, text in given.items() if text}
    best, places = 0, dict[str, int]()
    for number, row in enumerate(rows[: MOST_ABOVE + 1], start=1):
        found = _known(row)
        wanted = sum(_placed(text, row) is not None for text in given.values())
        telling = any(kind in found for kind in TELLING)
        if (wanted or telling) and len(found) + wanted > len(places):
            best, places = number, found
            if wanted == len(given) and telling:
                break
    width = max(map(len, rows), default=0)
    if not best and not given and width == 1:
        return ListColumns(0, {"name": 0})
    head = rows[best - 1] if best else []
    for kind, text in given.items():
        place = _placed(text, head)
        if place is None and text.isdecimal() and 1 <= int(text) <= width:
            place = int(text) - 1
        if place is None:
            heads = ", ".join(f"“{cleaning.plain(h)}”" for h in head if h.strip())
            told = f" Its heads are: {heads}." if heads else ""
            raise RefusedError(
                f"The list has no column “{cleaning.plain(text)}”.{told} "
                "Give a head, or a column's number from 1."
            )
        places = {k: p for k, p in places.items() if p != place} | {kind: place}
    if not any(kind in places for kind in TELLING):
        first = next((row for row in rows if any(row)), [])
        if not first:
            raise RefusedError("The list is empty: it has no row with anything in it.")
        shown = ", ".join(f"“{cleaning.plain(cell)[:30]}”" for cell in first[:8])
        raise RefusedError(
            f"No column is headed as a school's name or number; the first row is {shown}. "
            "Say which it is: --name HEAD, or --name 1 for the first column."
        )
    return ListColumns(best, places)


def _known(row: Sequence[str]) -> dict[str, int]:
    """The columns whose heads are known, the clearest head of each kind."""
    heads: dict[str, int] = {}
    for place, cell in enumerate(row):
        heads.setdefault(fold(cell), place)
    found: dict[str, int] = {}
    for kind, names in HEADS.items():
        for name in names:
            if name in heads:
                found.setdefault(kind, heads[name])
    return found


def _placed(text: str, head: Sequence[str]) -> int | None:
    folded = [fold(cell) for cell in head]
    return folded.index(fold(text)) if fold(text) in folded else None
