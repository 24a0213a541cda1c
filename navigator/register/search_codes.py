"""What a typed number or postcode finds: URN, LAESTAB and UKPRN, a postcode or its beginning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from navigator.core import clock
from navigator.core.model import PHASES
from navigator.register.conversions import number_of_day
from navigator.register.near import Ask, nearest

LONGEST = 120
"""Letters of a text that are looked at."""

_NUMBER = re.compile(r"(\d{3})\s*[-–/. ]\s*(\d{1,4})|(\d{3,8})")
_WHOLE_NUMBER = re.compile(
    r"(?<![\d/])(?:(\d{3})\s?[-–/. ]?\s?(\d{4})|(1\d{7}|[1-9]\d{5}))(?![\d/])"
)
_FULL = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
_SECTOR = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s+(\d[A-Z]?)")
_OUTWARD = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")
_WITHIN = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)[\s.-]*(\d[A-Z]{2}|(?<=[\s.-])\d[A-Z]?)\b")
_MARKS = re.compile(r"[\s.,;-]+")

_DIGITS = {"urn": 6, "laestab": 7, "ukprn": 8}


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

    def urns(self, typed: str, limit: int) -> list[int]:
        """URNs in scope of a number or postcode, or of whole numbers among other words."""
        if number := _NUMBER.fullmatch(typed):
            found = self._by_number(number, limit)
        else:
            found = self._numbers_within(typed, limit)
        return found or self._by_postcode(typed.upper(), limit)

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

    def _by_postcode(self, typed: str, limit: int) -> list[int]:
        """Open schools by distance from a postcode, then the others of that postcode.

        A full postcode that no school has counts as its sector (NG7 2), else its first part (NG7,
        or for SW1A any SW1 with a letter).
        """
        if full := _FULL.fullmatch(_MARKS.sub("", typed)):
            tries = [f"{full[1]} {full[2]}", f"{full[1]} {full[2][0]}", f"{full[1]} "]
        elif sector := _SECTOR.fullmatch(_MARKS.sub(" ", typed)):
            tries = [f"{sector[1]} {sector[2]}", f"{sector[1]} {sector[2][0]}", f"{sector[1]} "]
        elif _OUTWARD.fullmatch(typed):
            tries = [f"{typed} "]
        else:
            return []
        between = [(beginning, beginning + "~") for beginning in tries]
        if tries[-1][-2].isalpha():
            district = tries[-1][:-2]
            between.append((district + "A", district + "Z~"))
        for low, high in between:
            rows = self._ask(
                "SELECT urn, easting, northing, tier FROM school JOIN place "
                "ON place.id = school.place WHERE postcode BETWEEN ? AND ? AND postcode <> '' "
                "AND in_scope ORDER BY tier, urn",
                low,
                high,
            )
            if rows:
                return self._around(rows, limit)
        return []

    def _around(self, rows: list[Any], limit: int) -> list[int]:
        placed = [(easting, northing) for _, easting, northing, _ in rows if easting]
        found: list[int] = []
        if placed:
            easting = sum(e for e, _ in placed) // len(placed)
            northing = sum(n for _, n in placed) // len(placed)
            found = nearest(
                self._ask,
                easting,
                northing,
                phases=PHASES,
                limit=limit,
                day=number_of_day(clock.today()),
            )
        return list(dict.fromkeys([*found, *(row[0] for row in rows)]))[:limit]
