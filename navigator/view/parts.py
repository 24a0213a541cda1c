"""The shapes that pages are made of: what every module of pages says in the same way.

| a line or a card | made by |
|---|---|
| a fact with its label, which can be copied | `fact`, `fact_section` |
| a body, or the way to its page | `card`, `body_line` |
| a sentence that leads nowhere | `copied` |
| a figure and how it is counted | `figure` |
| a school in a list | `school_entry` |
| how many schools lie in each authority | `in_places` |
| a section that is left out where it is empty | `some` |
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from navigator.core import cleaning, wording
from navigator.core.keys import BODY_KINDS, Key
from navigator.core.model import Confidence
from navigator.core.reach import Reach
from navigator.view.sections import Card, Entry, Fact, Section

if TYPE_CHECKING:
    from navigator.core.model import School
    from navigator.domain.details import InPlace

TO_SETTINGS = "{commands} leads there."
"""What keys do beneath a sentence about Settings, as in `Section.keys`."""


def _clean(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts safe to show, those without a value left out."""
    return tuple((label, cleaning.plain(value)) for label, value in facts if value)


def card(
    key: Key,
    title: str,
    facts: Iterable[Fact] = (),
    *,
    kind: str = "",
    lead: str = "",
    website: str = "",
    copy: str = "",
    reach: Reach | None = None,
) -> Card:
    """The card of a body; without facts it is only the way to the body's page.

    `kind` is said where the key's own doesn't say it. What is copied is, unless `copy` says
    otherwise, the telephone or the address by which the body is reached, a school's URN, the title.
    """
    said = kind or BODY_KINDS.get(key.kind, "")
    told = _clean(facts) if facts else ()
    if reach:
        website = website or reach.website
        copy = copy or reach.telephone or reach.website
    return Card(key, said, title, lead, told, website, copy or str(key.urn or title), reach)


def body_line(
    key: Key,
    name: str,
    *,
    label: str = "",
    right: str = "",
    detail: str = "",
    kind: str = "",
    confidence: Confidence = "",
    quiet: bool = False,
    cells: tuple[str, ...] = (),
) -> Entry:
    """A body in a list: its name, which leads to its page."""
    leads = card(key, name, kind=kind)
    return Entry(
        *(name, label, "", right, detail, (), leads, quiet), confidence=confidence, cells=cells
    )


def copied(text: str) -> Card:
    """The card of a line that leads nowhere but can be copied."""
    return Card(copy=cleaning.plain(text))


def fact(label: str, value: str) -> Entry:
    """A label and its value as a line."""
    return Entry(cleaning.plain(value), label, card=copied(value), fact=True)


def fact_section(facts: Iterable[Fact], title: str = "About") -> Section:
    """Facts as lines the cursor can stand on, so that each can be read and copied."""
    return Section(title, tuple(fact(label, value) for label, value in facts if value))


def figure(title: str, said: str, *counted: Fact) -> Card:
    """The card of a figure, which tells how it is counted."""
    return Card(kind="Figure", title=title, facts=_clean((("Figure", said), *counted)), copy=said)


def some(title: str, entries: Iterable[Entry], after: str = "") -> tuple[Section, ...]:
    """A section, none where it would have no entry."""
    held = tuple(entries)
    return (Section(title, held, after=after),) if held else ()


def school_entry(school: School, right: str = "") -> Entry:
    """A school in a list."""
    return body_line(school.key, school.name, right=right, detail=wording.school_line(school))


def in_places(places: Iterable[InPlace]) -> tuple[Entry, ...]:
    """Authorities, and how many schools lie in each."""
    return tuple(
        body_line(Key.of("la", p.la_code), p.la_name, right=f"{p.schools:,}") for p in places
    )
