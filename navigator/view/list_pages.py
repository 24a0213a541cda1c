"""Pages that are lists: the schools of a body, the index of all bodies, how far the facts reach."""

from __future__ import annotations

from collections.abc import Iterable

from navigator.core import wording
from navigator.core.keys import Key
from navigator.core.wording import NONE_ON_REGISTER
from navigator.directory.summary import Covered, TableSummary
from navigator.domain import naming
from navigator.domain.details import SchoolsDetail
from navigator.domain.index import Listed
from navigator.view.parts import body_line, card, fact_section, in_places, school_line
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
        ("Schools", number_said(number, sure=detail.sure)),
        ("Note", "" if hubs else WHO_BELONGS),
    ]
    sections = [
        Section("In short", (*fact_section(facts).entries, Entry(body.name, "Of", card=page)))
    ]
    if any(schools for _, schools in detail.places):
        for place, schools in detail.places:
            title = f"{place.la_name} ({place.schools:,})"
            sections.append(Section(title, tuple(map(school_line, schools))))
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


def number_said(number: int, *, sure: bool) -> str:
    about = "" if sure else f"; {PARTLY}"
    return f"{wording.count(number, 'open school')} of its phases on this register{about}"


def all_schools(body: Key, number: int) -> Entry:
    """A line that leads to the list of a body's schools."""
    text = f"All {wording.count(number, 'school')}" if number > 1 else "The one school"
    detail = "open, of its phases, on this register"
    return body_line(body.schools, text, detail=detail, kind="Schools")


def index_sections(
    index: Iterable[Listed], text: str = "", *, by_size: bool = False
) -> tuple[Section, ...]:
    """The index of all bodies, those whose name or kind holds every word of the text; authorities
    also as people write them, and by code."""
    words = text.casefold().split()
    council = naming.bare(text)
    kinds: dict[str, list[Listed]] = {}
    for body in index:
        told = f"{body.name} {body.said} {body.kind}".casefold()
        if all(word in told for word in words) or (
            council and body.key.kind == "la" and naming.holds(council, body.name, body.key.id)
        ):
            kinds.setdefault(body.kind, []).append(body)
    if by_size:
        for bodies in kinds.values():
            bodies.sort(key=lambda b: -(b.size or 0))
    return tuple(
        Section(
            f"{kind} ({len(bodies):,})",
            tuple(map(_listed_line, bodies[:INDEX_ROWS])),
            after=wording.and_more(len(bodies) - INDEX_ROWS, "type to narrow them down"),
        )
        for kind, bodies in kinds.items()
    )


def _listed_line(body: Listed) -> Entry:
    size = "" if body.size is None else f"{body.size:,}"
    if body.of is not None:
        known = body.size or 0
        # More in our table than were counted: some of ours may have ended without our knowing.
        size = f"{known} of {body.of} named" if known <= body.of else f"{body.of} counted"
        size = size if body.of else ""
    return body_line(body.key, body.name, right=size, detail=body.said, kind=body.kind)


def sources_page(tables: Iterable[TableSummary]) -> Page:
    """How far the facts reach: a section a table, the same figures as `status --facts`."""

    def covered(by: Covered) -> str:
        return wording.covered(by.high, by.medium, by.low, by.none)

    def told(table: TableSummary) -> list[Fact]:
        of = table.counted
        return [
            ("Rows", f"{table.rows:,}"),
            ("Hubs", f"{table.hubs} named, {table.in_force} in force" if table.hubs else ""),
            ("Published", f"{of.hubs} {wording.on_day(of.day, of.said)}" if of else ""),
            ("Checked", wording.day(table.as_of)),
            ("Newest", table.source_year),
            ("LAs", covered(table.authorities)),
            ("Schools", covered(table.schools) if table.schools else ""),
        ]

    sections = tuple(fact_section(told(table), table.name) for table in tables)
    return Page(Key.of("sources", ""), "How far the facts reach", "Sources", sections)
