"""Small conversions of the register's texts: cleaning, dates, trust names, numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from datetime import date
from functools import lru_cache
from typing import Generic, TypeVar

from navigator.core.patterns import late

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

OFF_THE_GRID = 5_000_000
"""Metres beyond which an easting or northing is a slip; Great Britain is 1,300 km long."""

_LOW = frozenset({"of", "and", "the", "for", "in", "at", "on", "with", "a", "an", "by", "to"})
_UPPER = frozenset({"mat", "ce", "rc", "uk", "utc", "sen", "cio", "ac"})
_ROMAN = late(r"(?:x{0,3})(?:ix|iv|v?i{0,3})")
_GROUPED = late(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0*)?")
"""A whole number as spreadsheets write it: 249.0, 1,234."""
_TIME = late(r"[ T]\d{1,2}:\d\d(:\d\d(\.\d+)?)?Z?$")
_AHEAD = 10
"""Years ahead to which a year of two digits may lead: no school is planned for longer."""
_WORD = late(r"[^\W_]+(?:['’][^\W_]+)*")


class Memo(dict[K, V], Generic[K, V]):
    """`memo[key]` is `make(key)`, made once. A hit costs what a dict's does, 30 ns."""

    def __init__(self, make: Callable[[K], V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: K) -> V:
        value = self[key] = self._make(key)
        return value


def day_number(text: str) -> int | None:
    """20250717 of "17-07-2025" or "17/07/2025", and of what spreadsheets make of them, such as
    "2025-07-17" or "17-Jul-25"; None where empty or no real day.

    Such numbers compare as the days do, and cost less than text in the table.
    """
    if not text:
        return None
    try:
        day, month, year = int(text[:2]), int(text[3:5]), int(text[6:])
        if len(text) == 10:
            date(year, month, day)
            return year * 10_000 + month * 100 + day
    except ValueError:
        pass
    return _day_as_spreadsheets_write(text)


@lru_cache(maxsize=8192)
def _day_as_spreadsheets_write(text: str) -> int | None:
    """Two digits of a year are of the century that leads no further than `_AHEAD` years ahead."""
    from navigator.core import clock, dates
    from navigator.core.errors import RefusedError

    bare = _TIME.sub("", text.strip())
    try:
        found = dates.written(bare)
    except (RefusedError, ValueError):
        return None
    if not re.search(r"\d{4}", bare) and found.year > clock.today().year + _AHEAD:
        found = found.replace(year=found.year - 100)
    return number_of_day(found)


def number_of_day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def day_of_number(number: int | None) -> date | None:
    if not number:
        return None
    return date(number // 10_000, number // 100 % 100, number % 100)


MOST_DIGITS = 15
"""Of a number with its commas: what SQLite, JSON and spreadsheets hold is not much longer."""


def whole_number(text: str) -> int | None:
    """The number a text holds, None where empty or not a whole number."""
    if len(text) > MOST_DIGITS:
        return None
    if text.isdecimal() and text.isascii():
        return int(text)
    found = _GROUPED.fullmatch(text) if text and text.isascii() else None
    return int(found[1].replace(",", "")) if found else None


def plain_digits(text: str) -> str:
    """ "892" of "892.0"; any other text as it is."""
    number = whole_number(text)
    return text if number is None or text.isdecimal() else str(number)


def metres(text: str) -> int | None:
    """Whole metres of the National Grid, None where empty, no number, 0, or far off the grid."""
    try:
        found = int(text) if text.isdecimal() else round(float(text.replace(",", "") or "0"))
    except (ValueError, OverflowError):
        return None
    return found if found and abs(found) < OFF_THE_GRID else None


def trust_name(name: str) -> str:
    """A trust's name in title case where the register has it in capitals; else unchanged.

    Only the case of letters changes: the result casefolds to the register's name.
    """
    if not name.isupper():
        return name
    titled = _WORD.sub(lambda match: _titled(match[0], first=match.start() == 0), name)
    titled = re.sub(r"\b(?:[A-Za-z]\.){2,}", lambda letters: letters[0].upper(), titled)
    titled = re.sub(r"\bC of e\b", "C of E", re.sub(r"\bCofe\b", "CofE", titled))
    return titled if titled.casefold() == name.casefold() else name


def _titled(word: str, *, first: bool) -> str:
    lower = word.lower()
    if lower in _LOW and not first:
        return lower
    vowelless = not re.search(r"[aeiouy]", lower) and lower not in {"st", "ltd", "mr", "mrs", "dr"}
    if lower in _UPPER or (vowelless and lower.isalpha()) or _ROMAN.fullmatch(lower):
        return word
    return lower[:1].upper() + lower[1:]
