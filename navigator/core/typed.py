"""Amounts of money and times of day as people type them."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING

from navigator.core.errors import RefusedError
from navigator.core.patterns import late

if TYPE_CHECKING:
    from decimal import Decimal

MOST_POUNDS = 10_000_000

_AN_AMOUNT = late(r"£? *(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?")


def amount(text: str, label: str = "") -> Decimal:
    """Pounds and pence, or days, as typed: "£1,200.50". Raises RefusedError for anything else.

    A comma stands only before three digits: "349,50" is 349.50 to some and 34,950 to others.
    """
    from decimal import Decimal

    shown = text.strip()
    before = f"{label}: " if label else ""
    found = _AN_AMOUNT.fullmatch(shown)
    value = Decimal(shown.lstrip("£ ").replace(",", "")) if found else None
    if value is not None and value < MOST_POUNDS and value == round(value, 2):
        return round(value, 2)
    if read := _two_readings(shown):
        raise RefusedError(f"{before}“{shown[:40]}” {read}.")
    raise RefusedError(
        f"{before}“{shown[:40]}” isn't an amount of 0 or more with at most two decimals, "
        "such as 120.50."
    )


def _two_readings(text: str) -> str:
    """How an amount whose comma doesn't stand before three digits may be read; "" for no such."""
    bare = text.removeprefix("£").strip()
    if not re.fullmatch(r"\d[\d,]*(\.\d{0,2})?", bare, re.ASCII) or "," not in bare:
        return ""
    whole, _, cents = bare.partition(",")
    if cents.isdigit() and len(cents) <= 2:
        point, joined = f"{whole}.{cents}", f"{int(whole + cents):,}"
        return (
            f"could be {point} or {joined}: a comma stands only before three digits. "
            f"Write {point} or {joined}"
        )
    return "has a comma that isn't before three digits: write it as 1,200.50"


_A_TIME = late(r"(\d{1,2})(?:[:.](\d{2})(?::[0-5]\d)?)? ?(am|pm)?", re.ASCII)
_EARLY = 7
"""The hour before which a time without am, pm or a nought before it may be meant for later."""


def clock_time(text: str) -> time:
    """A time of day as typed: 13:30, 13.30, 9:15, 1.30pm, 9am; seconds, which files have, are left
    out.

    Raises RefusedError for anything else, and for 1:30, which may be meant for 13:30.

    Not `time.fromisoformat`: it takes 15.45 for three o'clock, and 15:45Z for a time that no other
    can be compared with.
    """
    shown = text.strip()
    found = _A_TIME.fullmatch(shown.casefold().replace("a.m.", "am").replace("p.m.", "pm"))
    hours, minutes, half = found.groups() if found else ("", None, None)
    try:
        if minutes is None and half is None:
            raise ValueError(text)
        hour = int(hours)
        if half:
            hour = hour % 12 + 12 * (half == "pm") if 1 <= hour <= 12 else -1
        typed = time(hour, int(minutes or 0))
    except ValueError:
        raise RefusedError(f"“{shown[:40]}” isn't a time; write it as 13:30.") from None
    if not half and len(hours) == 1 and 0 < hour < _EARLY:
        one, other = f"{typed:%H:%M}", f"{hour + 12}:{typed:%M}"
        raise RefusedError(f"“{shown[:40]}” could be {one} or {other}: write {other} or {one}.")
    return typed
