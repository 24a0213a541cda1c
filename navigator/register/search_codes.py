"""What a number, website or postcode finds: URN, LAESTAB, UKPRN, a postcode or its beginning."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from navigator.core import clock
from navigator.core.model import PHASES
from navigator.core.postcodes import Centre, NearTo, with_zero_for_o
from navigator.register.conversions import number_of_day
from navigator.register.near import Ask, nearest

CentreOf = Callable[[str], Centre | None]
"""Tells the middle of an outward code, None where it is unknown."""

LONGEST = 120
"""Letters of a text that are looked at."""

_NUMBER = re.compile(r"(\d{3})\s*[-–/. ]\s*(\d{1,4})|(\d{3,8})")
_WHOLE_NUMBER = re.compile(
    r"(?<!\d)(?<!\d/)(?:(\d{3})\s?[-–/. ]?\s?(\d{4})|(1\d{7}|[1-9]\d{5}))(?!/?\d)"
)
_FULL = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
_SECTOR = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s+(\d[A-Z]?)")
_OUTWARD = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
_WITHIN = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)[\s.-]*(\d[A-Z]{2}|(?<=[\s.-])\d[A-Z]?)\b")
_WEB = re.compile(
    r"(?:https?://|.*@)?(?:www\.)?((?:[a-z0-9-]+\.)+(?:uk|com|org|net|school|academy|education))"
    r"(/\S*)?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|www\.|\S+@\S+\.\w+$", re.IGNORECASE)
_MARKS = re.compile(r"[\s.,;-]+")

_DIGITS = {"urn": 6, "laestab": 7, "ukprn": 8}


class FoundByCode(NamedTuple):
    """URNs that a number or postcode finds, best first.

    `near_to` for the nearest to a postcode that no school has: where that was taken to be.
    `is_code` where the text is a whole postcode or an address of the web, found or not: it can
    mean nothing else.
    """

    urns: list[int]
    near_to: NearTo | None = None
    is_code: bool = False


def urns_within(text: str) -> list[int]:
    """What might be URNs in a text."""
    return [int(found[3]) for found in _WHOLE_NUMBER.finditer(text[:LONGEST]) if found[3]]


def without_postcode(typed: str) -> tuple[str, str]:
    """A text with the first part alone of a postcode that stands in it, and that postcode or ""."""
    found = _WITHIN.search(typed.upper())
    if not found or len(typed.upper()) != len(typed):
        return typed, ""
    beside = f"{typed[: found.start()]} {found[1]} {typed[found.end() :]}"
    return beside, f"{found[1]} {found[2]}"


class Codes:
    """Finds schools by numbers and postcodes. `ask` runs a statement on the register."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def urns(self, typed: str, limit: int, centre_of: CentreOf | None = None) -> FoundByCode:
        """URNs in scope of a number or postcode, or of whole numbers among other words.

        Without `centre_of` a postcode with no school in its outward code finds none.
        """
        if number := _NUMBER.fullmatch(typed):
            found = self._by_number(number, limit)
        else:
            found = self._numbers_within(typed, limit) or self._by_website(typed, limit)
        if found or _ADDRESS.match(typed):
            return FoundByCode(found, is_code=not found)
        return self._by_postcode(with_zero_for_o(typed.upper()), limit, centre_of)

    def _by_number(self, number: re.Match[str], limit: int) -> list[int]:
        """Schools whose URN, LAESTAB or UKPRN begins with what was typed, whole ones first.

        For a whole LAESTAB of an authority that is no more: that of those that it became.
        """
        digits = number[3] or number[1] + number[2]
        found = self._beginning(digits, ("laestab",) if number[1] else tuple(_DIGITS), limit)
        if not found and len(digits) == _DIGITS["laestab"]:
            from navigator.register.shape import england

            for code in england().became.get(digits[:3], ()):
                found += self._beginning(code + digits[3:], ("laestab",), limit)
        return found[:limit]

    def _beginning(self, digits: str, columns: Sequence[str], limit: int) -> list[int]:
        found: dict[int, None] = {}
        for column in columns:
            missing = _DIGITS[column] - len(digits)
            if missing < 0:
                continue
            low = int(digits) * 10**missing
            rows = self._ask(
                f"SELECT urn FROM school JOIN place ON place.id = school.place "
                f"WHERE {column} BETWEEN ? AND ? AND in_scope "
                f"ORDER BY {'tier, urn' if missing == 0 else column} LIMIT ?",
                low,
                low + 10**missing - 1,
                limit,
            )
            found.update(dict.fromkeys(urn for (urn,) in rows))
        return list(found)[:limit]

    def _numbers_within(self, typed: str, limit: int) -> list[int]:
        """Schools of the whole numbers that stand among other words."""
        found: dict[int, None] = {}
        for number in _WHOLE_NUMBER.finditer(typed):
            found.update(dict.fromkeys(self._by_number(number, limit)))
        return list(found)[:limit]

    def _by_website(self, typed: str, limit: int) -> list[int]:
        """Schools of a website or e-mail address, those of the very page first."""
        address = _WEB.fullmatch(typed)
        if not address:
            return []
        site, page = address[1], (address[2] or "").strip("/")
        rows = self._ask(
            "SELECT urn FROM school CROSS JOIN place ON place.id = school.place "
            "WHERE website LIKE ? AND in_scope ORDER BY website NOT LIKE ?, tier, urn LIMIT ?",
            f"%{site}%",
            f"%{site}/{page}".rstrip("/") + "%",
            limit,
        )
        return [urn for (urn,) in rows]

    def _by_postcode(self, typed: str, limit: int, centre_of: CentreOf | None) -> FoundByCode:
        """Open schools by distance from a postcode, then the others of that postcode.

        One that no school has is taken to be where the schools of its sector are (NG7 2), else in
        the middle of its outward code (NG7): for a school left out these were 0.9 and 1.3 km off,
        at the median.
        """
        if full := _FULL.fullmatch(_MARKS.sub("", typed)):
            outward, inward = full.groups()
        elif sector := _SECTOR.fullmatch(_MARKS.sub(" ", typed)):
            outward, inward = sector.groups()
        elif _OUTWARD.fullmatch(typed):
            outward, inward = typed, ""
        else:
            return FoundByCode([])
        if rows := self._beginning_so(f"{outward} {inward}"):
            return FoundByCode(self._around(rows, limit), is_code=bool(full))
        typed = f"{outward} {inward}".strip()
        if near_to := self._where(typed, outward, inward, centre_of):
            urns = self._nearest(near_to.easting, near_to.northing, limit)
            return FoundByCode(urns, near_to, bool(full))
        return FoundByCode([], is_code=bool(full))

    def _where(
        self, typed: str, outward: str, inward: str, centre_of: CentreOf | None
    ) -> NearTo | None:
        """Where a postcode that no school has is taken to be; None where nothing tells."""
        sector = f"{outward} {inward[:1]}"
        if inward[1:] and (middle := _middle(self._beginning_so(sector))):
            return NearTo(typed, sector, *middle, of_schools=True)
        if centre_of and (centre := centre_of(outward)):
            return NearTo(typed, outward, centre.easting, centre.northing, sure=centre.sure)
        if inward and (middle := _middle(self._beginning_so(f"{outward} "))):
            return NearTo(typed, outward, *middle, of_schools=True)
        return None

    def _beginning_so(self, beginning: str) -> list[Any]:
        """URN, easting and northing of the schools in scope whose postcode begins so."""
        return self._ask(
            "SELECT urn, easting, northing FROM school JOIN place "
            "ON place.id = school.place WHERE postcode BETWEEN ? AND ? AND postcode <> '' "
            "AND in_scope ORDER BY tier, urn",
            beginning,
            beginning + "~",
        )

    def _around(self, rows: list[Any], limit: int) -> list[int]:
        """The nearest to the middle of some schools, then the others of them."""
        middle = _middle(rows)
        found = self._nearest(*middle, limit) if middle else []
        return list(dict.fromkeys([*found, *(row[0] for row in rows)]))[:limit]

    def _nearest(self, easting: int, northing: int, limit: int) -> list[int]:
        day = number_of_day(clock.today())
        return nearest(self._ask, easting, northing, phases=PHASES, limit=limit, day=day)


def _middle(rows: list[Any]) -> tuple[int, int] | None:
    """The middle of schools, None where none of them has a position."""
    placed = [(easting, northing) for _, easting, northing in rows if easting]
    if not placed:
        return None
    eastings, northings = zip(*placed, strict=True)
    return sum(eastings) // len(placed), sum(northings) // len(placed)
