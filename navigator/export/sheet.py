"""A landscape as it leaves the computer: what the screen says, of the head's own what is named.

Every form (HTML, Markdown, CSV, JSON) is made of a `Sheet`: none can hold what another leaves out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from navigator.core import wording
from navigator.core.model import Landscape
from navigator.core.wording import Units
from navigator.domain import around
from navigator.view import landscape_sections, record_sections
from navigator.view.sections import Column, Entry, Section

PARTS = ("notes", "contacts")
"""What of the head's own may be named, and is left out where it isn't."""

REASONS = (
    *("Claim", "Published", "Why", "Confidence", "Since", "Until", "Status"),
    *("Checked", "Dated", "Source", "Note"),
)
"""The labels of a card's facts that say why a body is shown, in the order of `evidence`."""

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."


class Sheet(NamedTuple):
    """One school's landscape for others. `held` names what of the head's own it holds."""

    landscape: Landscape
    columns: tuple[Column, ...]
    units: Units = "miles"
    held: tuple[str, ...] = ()


def sheet(
    landscape: Landscape,
    units: Units = "miles",
    *,
    radius: float | None = None,
    parts: Iterable[str] = (),
    today: date,
) -> Sheet:
    """A landscape with nothing of the head's record but what bears on it and what `parts` names.

    What the head set and the names of their networks stay, as on the screen; bookmarks, and notes
    and contacts that weren't asked for, don't.
    """
    notes, contacts = "notes" in parts, "contacts" in parts
    record = landscape.record
    record = replace(
        record,
        bookmarks=(),
        recents=(),
        reviews=(),
        notes=record.notes if notes else (),
        contacts=record.contacts if contacts else (),
        networks=record.networks
        if notes
        else tuple(network._replace(note="") for network in record.networks),
    )
    shown = around.within(landscape._replace(record=record), radius, units)
    *others, ground = landscape_sections.columns(shown, units)
    of_notes, *of_contacts = record_sections.own_sections(shown, today)
    mine = [*([of_notes._replace(empty="None.")] if notes else []), *of_contacts]
    mine = [m._replace(entries=tuple(_in_full(m.entries)), empty=m.empty) for m in mine]
    held = []
    if notes and mine[0].entries:
        held.append("notes")
    if contacts and of_contacts and of_contacts[0].entries:
        held.append("contacts")
    columns = (*others, ground._replace(sections=(*ground.sections, *mine)))
    return Sheet(shown, columns, units, tuple(held))


def held_text(sheets: Iterable[Sheet]) -> str:
    """ "Holds your notes and contacts."; "" where nothing of the head's was named."""
    return held_words({part for one in sheets for part in one.held})


def held_words(held: Collection[str]) -> str:
    """As `held_text`, of the parts by name."""
    if not held:
        return ""
    names = " and ".join(part for part in PARTS if part in held)
    return f"Holds your {names}."


def heading(one: Sheet) -> str:
    """What stands under the school's name."""
    school = one.landscape.school
    return " · ".join((f"URN {school.urn}", *landscape_sections.headline(one.landscape)))


def register_text(one: Sheet) -> str:
    """Which register, which day, and when the facts were checked."""
    shown = one.landscape
    return (
        f"Register: {landscape_sections.register_line(shown)}. As at {wording.day(shown.as_at)}. "
        f"Facts checked {wording.day(shown.checked)}."
    )


def notices(one: Sheet) -> tuple[str, ...]:
    sample = (wording.SAMPLE_NOTICE,) if one.landscape.register.sample else ()
    return (*sample, *one.landscape.notices)


def sections(one: Sheet) -> Iterator[tuple[Column, Section]]:
    for column in one.columns:
        for section in column.sections:
            yield column, section


def evidence(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Why a line stands there, how sure it is and where it is written; none for a line that says
    more of another, or that is a school nearby."""
    if entry.card is None or entry.quiet or entry.marks:
        return ()
    facts = dict(entry.card.facts)
    if not facts.keys() & {"Claim", "Why"}:
        return ()
    return tuple((label, facts[label]) for label in REASONS if label in facts)


def _in_full(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The head's notes and contacts with all they say: no card can be opened on paper."""
    for entry in entries:
        facts = dict(entry.card.facts) if entry.card else {}
        if entry.card and entry.card.key.startswith("note:"):
            yield entry._replace(card=None)
            for line in entry.card.copy.split("\n")[1:]:
                if line.strip():
                    yield Entry(line, quiet=True)
        else:
            told = (entry.detail, facts.get("Reach", ""), facts.get("Note", ""))
            yield entry._replace(detail=" · ".join(t for t in told if t), card=None)
