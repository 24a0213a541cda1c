"""What leaves the computer as pages: the same document for HTML, Markdown and text.

A document is made of what the screens show (`sections`); each medium has one renderer that draws
any document. Of the head's own record it holds only what was asked for by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from navigator.core import wording
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.core.wording import Units
from navigator.domain import around
from navigator.view import belonging, landscape_sections, next_door, record_sections
from navigator.view.parts import some
from navigator.view.record_sections import FindSchool
from navigator.view.sections import Column, Entry, Section

PARTS = ("notes", "contacts")
"""What of the head's record may be named, and is left out where it isn't."""

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."


class Around(NamedTuple):
    """What the map of a landscape is drawn from; it stands in the document's last group."""

    landscape: Landscape
    find: FindSchool
    units: Units


class Grid(NamedTuple):
    """A table of texts: `heads` over its columns; parts of rows under a name each, `by` what they
    are parted. The first line of a cell's text is its own, the others say more of it."""

    heads: tuple[str, ...]
    parts: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    by: str = "term"


class Document(NamedTuple):
    """One subject for others: a title, lines under it, groups of sections.

    `of` is what of the title's it is ("Review of …"), `note` what a list of contents says of it,
    `notices` are warnings at its top, `after` stands beneath all. `legend` says what the letters
    over marks mean. A `brief` one has a line a body, without reasons. `id` names it within a page
    of several. `grid` is a table before the groups, `totals` a small one beneath it.
    """

    title: str
    groups: tuple[Column, ...]
    kind: Literal["landscape", "review", "plan", "cover", "page", "index"] = "page"
    of: str = ""
    lead: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    after: str = ""
    licensed: bool = True
    legend: Mapping[str, str] = {}
    around: Around | None = None
    brief: bool = False
    id: str = ""
    note: str = ""
    grid: Grid | None = None
    totals: Grid | None = None


class Documents(NamedTuple):
    """A file's documents: one, or several under a list of contents headed by `name`; `each` is what
    one of them and several are called.

    `about` follows the title on a browser's tab. `held` says what of the head's they hold ("Holds
    your notes."), "" for nothing.
    """

    items: Sequence[Document]
    about: str = ""
    held: str = ""
    name: str = ""
    each: tuple[str, str] = ("school", "schools")

    @property
    def several(self) -> bool:
        return len(self.items) != 1

    @property
    def title(self) -> str:
        if not self.several:
            return self.items[0].title
        number = wording.count(len(self.items), *self.each)
        return f"{self.name}: {number}" if self.name else number


def held_words(held: Collection[str]) -> str:
    """ "Holds your notes and contacts."; "" where nothing of the head's was named."""
    names = " and ".join(part for part in PARTS if part in held)
    return f"Holds your {names}." if names else ""


# --- a landscape ---


class LandscapeSheet(NamedTuple):
    """One school's landscape for others. `held` names what of the head's own it holds."""

    landscape: Landscape
    columns: tuple[Column, ...]
    units: Units = "miles"
    held: tuple[str, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        sample = (wording.SAMPLE_MADE,) if self.landscape.register.sample else ()
        return (*sample, *self.landscape.notices)


def sheet(
    landscape: Landscape,
    units: Units = "miles",
    *,
    radius: float | None = None,
    parts: Iterable[str] = (),
    today: date,
    whole: bool = False,
) -> LandscapeSheet:
    """A landscape with nothing of the head's record but what bears on it and what `parts` names.

    What the head set and the names of their networks stay, as on the screen; bookmarks, and notes
    and contacts that weren't asked for, don't. Nor do partnerships of areas alike, unless it is to
    be `whole`: who reads it may be of no help to that school.
    """
    notes, contacts = "notes" in parts, "contacts" in parts
    record = landscape.record
    record = record._replace(
        bookmarks=(),
        recents=(),
        reviews=(),
        notes=record.notes if notes else (),
        contacts=record.contacts if contacts else (),
        networks=record.networks if notes else tuple(n._replace(note="") for n in record.networks),
    )
    shown = around.with_nearby_within(landscape._replace(record=record), radius, units)
    *others, ground = landscape_sections.columns(shown, units)
    of_notes, *of_contacts = record_sections.school_sections(shown, today)
    mine = [*([of_notes] if notes else []), *of_contacts]
    mine = list(map(in_full, mine))
    held = [
        *(["notes"] if notes and mine[0].entries else []),
        *(["contacts"] if contacts and of_contacts and of_contacts[0].entries else []),
    ]
    if not whole:
        others, ground = list(map(_for_governors, others)), _for_governors(ground)
    columns = (*others, ground._replace(sections=(*ground.sections, *mine)))
    return LandscapeSheet(shown, columns, units, tuple(held))


def of_sheet(one: LandscapeSheet, find: FindSchool | None = None) -> Document:
    """A landscape's document, with its map where `find` gives schools by URN."""
    shown = one.landscape
    urn = f"URN {shown.school.urn}"
    return Document(
        shown.school.name,
        one.columns,
        "landscape",
        lead=(" · ".join((urn, *landscape_sections.headline(shown))), register_text(shown)),
        notices=one.notices,
        legend=next_door.mark_names(shown),
        around=Around(shown, find, one.units) if find else None,
        id=f"urn-{shown.school.urn}",
        note=wording.school_line(shown.school),
    )


def register_text(shown: Landscape) -> str:
    """Which register, which day, and when the facts were checked."""
    return (
        f"Register: {landscape_sections.register_line(shown)}. As at {wording.day(shown.as_at)}. "
        f"Facts checked {wording.day(shown.checked)}."
    )


def _for_governors(group: Column) -> Column:
    """A column without partnerships that serve other areas alone, and with networks and
    partnerships that are over under a heading of theirs."""
    sections: list[Section] = []
    closed: list[Entry] = []
    for section in group.sections:
        if section.title != belonging.OF_ALIKE:
            gone = [entry for entry in section.entries if entry.said == belonging.CLOSED]
            running = tuple(entry for entry in section.entries if entry not in gone)
            sections.append(section._replace(entries=running))
            closed += gone
    sections += some(landscape_sections.CLOSED, closed)
    return group._replace(sections=tuple(sections))


def without_maps(sections: Iterable[Section]) -> list[Section]:
    """The sections for a form of lines alone: maps are left out, and what is said beneath one is
    said beneath the section before it."""
    told: list[Section] = []
    for section in sections:
        if section.chart is None or section.entries:
            told.append(section)
        elif told and section.after:
            last = told[-1]
            told[-1] = last._replace(after=wording.joined(last.after, section.after, sign=" "))
    return told


def in_full(section: Section) -> Section:
    """The head's notes and contacts with all they say: no card can be opened on a page."""
    return section._replace(entries=tuple(_whole(section.entries)))


def _whole(entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        kind = Key(entry.card.key).kind if entry.card else ""
        if entry.card and kind == "note":
            first, *others = entry.card.copy.splitlines() or [""]
            yield entry._replace(text=first, card=None)
            yield from (Entry(line, quiet=True) for line in others if line.strip())
        elif entry.card and kind == "contact":
            told = wording.joined(entry.detail, dict(entry.card.facts).get("Note", ""))
            yield entry._replace(detail=told, card=None)
        else:
            yield entry
