"""Pages that are lists: the schools of a body, the index of all bodies, how far the facts reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from navigator.core import wording
from navigator.core.keys import Key
from navigator.core.wording import NONE_ON_REGISTER
from navigator.directory.packs import FactsInUse
from navigator.directory.summary import Checked, Covered, TableSummary
from navigator.domain.details import SchoolsDetail
from navigator.domain.index import Listed
from navigator.view.parts import body_line, card, fact_section, in_places, school_entry
from navigator.view.sections import Entry, Fact, Page, Section

WHO_BELONGS = "Which of them take part isn't in our sources: these are all there are."

PARTLY = "where only a part of an area belongs, all of it is counted"

INDEX_ROWS = 60
"""Rows shown of each kind in the index; typing narrows them down."""


def schools_page(key: Key, detail: SchoolsDetail) -> Page:
    """The schools of a hub's, network's or partnership's phases where it works, to be followed.

    `key` may end in "@" and the code of the one authority that the page is about.
    """
    body, hubs = detail.body, detail.programme
    page = card(key.listed_of, body.name, kind=hubs.name if hubs else "")
    number = sum(place.schools for place, _ in detail.places)
    facts = [
        ("Schools", _number_said(number, sure=detail.sure)),
        ("Note", "" if hubs else WHO_BELONGS),
    ]
    sections = [
        Section("In short", (*fact_section(facts).entries, Entry(body.name, "Of", card=page)))
    ]
    if any(schools for _, schools in detail.places):
        for place, schools in detail.places:
            title = f"{place.la_name} ({place.schools:,})"
            sections.append(Section(title, tuple(map(school_entry, schools))))
    else:
        entries = tuple(
            body_line(
                Key.of(key.kind, key.id, place.la_code),
                place.la_name,
                right=f"{place.schools:,}",
                kind="Schools",
            )
            for place, _ in detail.places
        )
        sections.append(Section("By authority", entries, NONE_ON_REGISTER))
    title = f"Schools of {body.name}" if hubs else f"Schools in the authorities of {body.name}"
    if key.part:
        own = in_places(place for place, _ in detail.places)
        sections.append(Section("The authority's own page", own))
        title += f" in {detail.places[0][0].la_name}" if detail.places else ""
    return Page(key, page.kind, title, tuple(sections))


def _number_said(number: int, *, sure: bool) -> str:
    about = "" if sure else f"; {PARTLY}"
    return f"{wording.count(number, 'open school')} of its phases on this register{about}"


def all_schools(body: Key, number: int) -> Entry:
    """A line that leads to the list of a body's schools."""
    text = f"All {wording.count(number, 'school')}" if number > 1 else "The one school"
    detail = "open, of its phases, on this register"
    return body_line(body.schools, text, detail=detail, kind="Schools")


def index_sections(
    kinds: Mapping[str, Sequence[Listed]], *, by_size: bool = False, near: bool = False
) -> tuple[Section, ...]:
    """The bodies of the index by kind, those with the most schools first if `by_size`; `near` where
    they don't have all that was typed."""
    sections: list[Section] = []
    for kind, bodies in kinds.items():
        held = sorted(bodies, key=lambda b: -(b.size or 0)) if by_size else bodies
        more = wording.and_more(len(held) - INDEX_ROWS, "more words narrow them down")
        lead = wording.NEAREST_BODIES if near and not sections else ""
        lines = tuple(map(listed_line, held[:INDEX_ROWS]))
        sections.append(Section(f"{kind} ({len(held):,})", lines, after=more, lead=lead))
    return tuple(sections)


def listed_line(body: Listed) -> Entry:
    """A body of the index, with how many schools or hubs it has."""
    size = "" if body.size is None else f"{body.size:,}"
    if body.key.kind == "programme":
        size = _hubs_said(body.size or 0, body.of)
    return body_line(body.key, body.name, right=size, detail=body.said, kind=body.kind)


def _hubs_said(named: int, of: int | None) -> str:
    """How many hubs of a programme the facts name, of so many that are published."""
    if not of:
        return f"{named} named" if named and of is None else ""
    # More in our table than were counted: some of ours may have ended without our knowing.
    return f"{named} of {of} named" if named <= of else f"{of} counted"


def sources_page(tables: Iterable[TableSummary], facts: FactsInUse, rows: Checked) -> Page:
    """Which facts are in use and how far they reach: a section a table, the same figures as
    `status --facts`."""

    def covered(by: Covered) -> str:
        return wording.covered(by.high, by.medium, by.low, by.none)

    def told(table: TableSummary) -> list[Fact]:
        of = table.counted
        return [
            ("Rows", f"{table.rows:,}"),
            ("Hubs", f"{table.hubs} named, {table.in_force} in force" if table.hubs else ""),
            ("Published", f"{of.hubs} {wording.on_day(of.day, of.said)}" if of else ""),
            ("Checked", wording.checked_on(table.as_of, table.source_year)),
            ("LAs", covered(table.authorities)),
            ("Schools", covered(table.schools) if table.schools else ""),
        ]

    day = wording.facts_of(facts.version).removeprefix("of ")
    which: list[Fact] = [
        ("Facts of", f"{day}, {'a pack that was taken' if facts.taken else 'with Navigator'}"),
        ("Checked", rows.said),
    ]
    sections = (
        fact_section(which, "In short"),
        *(fact_section(told(table), table.name) for table in tables),
    )
    return Page(Key.of("sources", ""), "How far the facts reach", "Sources", sections)
