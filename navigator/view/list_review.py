"""What was understood of a published list, for screen and print alike: a line a hub, each doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from navigator.core import wording
from navigator.domain.published.columns import KINDS
from navigator.domain.published.understood import ListedHub, UnderstoodList

DOUBT = "?"
"""Before each doubt."""


def summary(found: UnderstoodList) -> str:
    """ "60 hubs understood, 12 of them in our table; 10 doubts"."""
    known = sum(hub.known for hub in found.hubs) or "none"
    return wording.joined(
        f"{wording.count(len(found.hubs), 'hub')} understood, {known} of them in our table",
        wording.count(len(found.doubts), "doubt") if found.doubts else "no doubts",
        sign="; ",
    )


def columns(found: UnderstoodList) -> Iterator[tuple[str, str]]:
    """Each column's head, and what it was taken for or why it is left out."""
    for column in found.layout.columns:
        yield column.head, KINDS.get(column.kind) or f"left out: {column.why}"


def lines(hub: ListedHub) -> Iterator[str]:
    """What is kept of a hub, each thing on a line of its own."""
    if hub.lead:
        where = wording.joined(hub.lead.town or hub.lead.la_name, f"URN {hub.lead.urn}", sign=", ")
        yield f"lead: {hub.lead.name} ({where})"
    if hub.areas:
        areas = (f"{s.area.name} ({s.part})" if s.part else s.area.name for s in hub.areas)
        yield f"works in: {'; '.join(areas)}"
    elif hub.region:
        yield f"works in: {hub.region}"
    dates = (("from", hub.valid_from), ("until", hub.valid_to), ("last seen", hub.last_seen))
    said = (hub.website, *(f"{what} {when}" for what, when in dates if when))
    if told := wording.joined(*said):
        yield told


def name(hub: ListedHub) -> str:
    return hub.name or hub.lead_name


def text(found: UnderstoodList) -> Iterator[str]:
    """The whole as plain lines."""
    yield f"{found.programme.name}: {summary(found)}."
    yield from _understood(found)


def _understood(found: UnderstoodList) -> Iterator[str]:
    yield "Columns:"
    for head, taken in columns(found):
        yield f"  {head}: {taken}"
    for hub in found.hubs:
        yield f"{_lines(hub.lines)}  {name(hub)}"
        yield from (f"      {line}" for line in lines(hub))
        yield from (f"    {DOUBT} line {doubt.line}: {doubt.text}" for doubt in hub.doubts)
    if found.lost:
        yield "Not kept:"
        yield from (f"    {DOUBT} line {doubt.line}: {doubt.text}" for doubt in found.lost)


def beginning_with_doubts(found: UnderstoodList) -> Iterator[str]:
    """The same for a screen, which tells the summary above it and whose end is far off: what is in
    doubt stands first, too."""
    if found.doubts:
        yield "In doubt, and left out:"
        yield from (f"  {DOUBT} line {doubt.line}: {doubt.text}" for doubt in found.doubts)
        yield ""
    yield from _understood(found)


def _lines(numbers: Iterable[int]) -> str:
    """ "12", "12–15", "12, 30" right-aligned for a margin."""
    told = list(dict.fromkeys(numbers))
    whole = len(told) > 1 and told == list(range(told[0], told[-1] + 1))
    said = f"{told[0]}–{told[-1]}" if whole else ", ".join(map(str, told))
    return f"{said:>4}"
