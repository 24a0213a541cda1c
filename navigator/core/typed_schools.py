"""Schools and shares as they are typed: URNs in one text, and how a cost is split among them.

A split is a text: "" is equally, "pupils" is in proportion to them, "139217 200; 122771 120" are
parts as somebody typed them: pounds, per cent or any other numbers, of which each has its part.
"""

from __future__ import annotations

import re
from decimal import Decimal

from navigator.core import cleaning
from navigator.core.errors import RefusedError
from navigator.core.keys import Key

PUPILS = "pupils"
_EQUAL = ("equal", "equally")
_BY_PUPILS = ("pupils", "by pupils", "pupil", "roll", "by roll")

_A_PART = r"([\w:]+?)[ :=]+£? *((?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,2})?) *%?"


def _urn(text: str) -> int | None:
    return Key(text).urn or Key.of("school", text).urn


def pieces(text: str) -> list[str]:
    """The parts of a text with semicolons or line ends between them; numbers alone may have commas,
    which names of schools have in them."""
    found = []
    for part in re.split(r"[;\n]", text):
        numbers = re.fullmatch(r"[\d\s,]+", part, re.ASCII)
        found += re.split(r"[\s,]+", part) if numbers else [part]
    return [piece for piece in map(str.strip, found) if piece]


def urns(text: str) -> tuple[int, ...]:
    """URNs in one text, whatever stands behind each. Raises RefusedError."""
    found = []
    for piece in pieces(text):
        urn = _urn(piece.split()[0])
        if urn is None:
            raise RefusedError(f"“{piece[:40]}” doesn't begin with a URN, a number of 6 digits.")
        found.append(urn)
    return tuple(dict.fromkeys(found))


def split(text: str) -> str:
    """A split as it is kept, of what was typed. Raises RefusedError."""
    told = cleaning.for_comparing(text)
    if not told or told in _EQUAL:
        return ""
    if told in _BY_PUPILS:
        return PUPILS
    parts = typed_parts(text)
    return "; ".join(f"{urn} {_plain(part)}" for urn, part in parts.items())


def typed_parts(text: str) -> dict[int, Decimal]:
    """The parts of a split that were typed, by URN; empty for one that isn't. Raises RefusedError.

    A comma belongs to an amount here ("1,200"), so only ; and line ends part them.
    """
    if text in ("", PUPILS):
        return {}
    found: dict[int, Decimal] = {}
    for piece in filter(None, (part.strip() for part in re.split(r"[;\n]", text))):
        told = re.fullmatch(_A_PART, piece, re.ASCII)
        urn = _urn(told[1]) if told else None
        if told is None or urn is None:
            raise RefusedError(
                f"“{piece[:40]}” is no split: write equally, pupils, or a part for each school, "
                "such as 139217 200; 122771 120."
            )
        if urn in found:
            raise RefusedError(f"{urn} has two parts: give one.")
        found[urn] = Decimal(told[2].replace(",", ""))
    if not sum(found.values()):
        raise RefusedError("All parts are 0: give the parts of those that pay.")
    return found


def _plain(part: Decimal) -> str:
    return f"{part:.0f}" if part == part.to_integral_value() else f"{part:.2f}"
