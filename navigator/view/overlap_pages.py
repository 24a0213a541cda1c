"""A school and those around it as pages: what they share with it, two schools side by side."""

from __future__ import annotations

from collections.abc import Iterable

from navigator.core import grid, wording
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.core.wording import Units
from navigator.domain.overlaps import Overlap, OverlapColumn, OverlapRow, SharedBody
from navigator.view.cards import register_facts
from navigator.view.parts import body_line, card, fact_section, some
from navigator.view.sections import Entry, Fact, Page, Section

UNKNOWN = "–"
"""In a table: no figure."""

NEXT_DOOR = 5
"""Neighbours of another system that are named."""


# --- all around it ---


def overlap_page(overlap: Overlap, units: Units, *, by_shared: bool) -> Page:
    """What a school shares with those around it, in words, then as a grid."""
    school = overlap.home
    lines = tuple(_shared_lines(overlap))
    rows = sorted(overlap.rows, key=lambda r: -r.shared) if by_shared else overlap.rows
    cut = overlap.schools > len(rows)
    more = f" The {len(rows)} nearest of {overlap.schools:,}." if cut else ""
    legend = ", ".join(f"{body.mark} {_kind(body)}" for body in overlap.bodies)
    grid = Section(
        "Grid, " + ("most shared first" if by_shared else "nearest first"),
        tuple(_grid_row(row, units) for row in rows),
        overlap.note or "No school is in this scope.",
        legend=(wording.unit(units), *(body.mark for body in overlap.bodies)),
        lead=f"{wording.SHARE_LEGEND}. {legend}.{more}" if rows else "",
    )
    nothing = overlap.note or f"There are no {_plural(overlap, 0)} {overlap.where}."
    title = f"Of {_scope_words(overlap)}" if lines else "Around you"
    sections = (Section(title, lines, nothing), *_next_door(overlap, units), grid)
    return Page(Key.of("overlap", school.urn), "Overlap", school.name, sections)


def _scope_words(overlap: Overlap) -> str:
    """ "the 24 primaries within 3 miles", "the 20 nearest primaries"."""
    number = overlap.schools
    schools = _plural(overlap, number)
    if overlap.scope.kind == "number":
        return f"the {number:,} nearest {schools}"
    other = "other " if overlap.scope.kind in ("la", "own") else ""
    return f"the {number:,} {other}{schools} {overlap.where}"


def overlap_said(overlap: Overlap) -> str:
    """The overlap in a sentence; "" where there is nobody to share with."""
    shared = [
        f"{yes} {'share ' if n == 0 else ''}{_yours(body)}{wording.unsure_of(unsure)}"
        for n, (body, (yes, unsure)) in enumerate(zip(overlap.bodies, overlap.counts, strict=True))
    ]
    if not overlap.schools or not shared:
        return ""
    return f"Of {_scope_words(overlap)}, {wording.listed(shared)}."


def _kind(body: OverlapColumn) -> str:
    """A body's kind within a sentence: names of programmes keep their capitals."""
    if body.ref.key.kind == "hub":
        return body.kind
    return body.kind[:1].lower() + body.kind[1:]


def _yours(body: OverlapColumn) -> str:
    """ "your Maths Hub"; a kind that says so itself ("your network") doesn't say it twice."""
    kind = _kind(body)
    return kind if kind.startswith("your ") else f"your {kind}"


def _plural(overlap: Overlap, number: int) -> str:
    phase = "" if overlap.scope.all_phases else overlap.home.phase
    many = "16 plus colleges and schools" if phase == "16 plus" else wording.schools_of(phase)
    if number != 1:
        return many
    return many.removesuffix("s") if many.endswith("schools") else phase


def _shared_lines(overlap: Overlap) -> Iterable[Entry]:
    every = overlap.schools
    for body, (yes, unsure) in zip(overlap.bodies, overlap.counts, strict=True) if every else ():
        name = body.ref.name
        yield Entry(
            f"{'shares' if yes == 1 else 'share'} {_yours(body)}",
            f"{yes:,}".rjust(len(f"{every:,}")),
            detail=wording.joined(name, wording.unsure_of(unsure).strip(" ()")),
            share=yes / every,
            card=card(body.ref.key, name, kind=body.kind),
            fact=True,
        )


def _next_door(overlap: Overlap, units: Units) -> Iterable[Section]:
    """The nearest who are in another authority or have another hub: next door, another system."""
    lines: list[Entry] = []
    for row in overlap.rows:
        said = []
        for body, shares in zip(overlap.bodies, row.shares, strict=True):
            kind = body.ref.key.kind
            if shares is False and kind in ("la", "hub"):
                other = f"another authority: {row.school.la_name}"
                said.append(other if kind == "la" else f"not your {body.kind}")
        if said and len(lines) < NEXT_DOOR:
            near, far = row.school, wording.length(row.km, units)
            told = " · ".join(said)
            lines.append(body_line(Key.school(near.urn), near.name, right=far, detail=told))
    if overlap.rows:
        title = "Next door, yet in another system"
        yield Section(title, tuple(lines), _none_next_door(overlap))


def _none_next_door(overlap: Overlap) -> str:
    """What nobody next door has another of, of what that isn't sure, and what wasn't compared:
    never a word on all systems."""
    bodies = list(zip(overlap.bodies, overlap.counts, strict=True))
    hubs = [(body.kind, unsure) for body, (_, unsure) in bodies if body.ref.key.kind == "hub"]
    another = " or ".join(", ".join(kind for kind, _ in hubs).rsplit(", ", 1))
    said = "None that we know of is in another authority"
    said += f" or has another {another}." if hubs else "."
    unsure = ", ".join(kind for kind, number in hubs if number)
    left = ", ".join(("Trust", *(kind for kind in overlap.left_out if kind != "Trust")))
    return f"{said}{f' Not sure of all: {unsure}.' if unsure else ''} Not compared: {left}."


def _grid_row(row: OverlapRow, units: Units) -> Entry:
    far = wording.length(row.km, units).split()[:1] or [UNKNOWN]
    cells = (*far, *(wording.SHARE_SIGNS[share] for share in row.shares))
    return body_line(Key.school(row.school.urn), row.school.name)._replace(cells=cells)


# --- two schools ---


def pair_page(one: Landscape, other: Landscape, rows: Iterable[SharedBody], units: Units) -> Page:
    """Two schools side by side: the bodies they share, those they don't, and what isn't sure."""
    rows = list(rows)
    left, right = one.school, other.school
    apart = wording.length(grid.between(left, right), units)
    facts: list[Fact] = [
        ("Left", f"{left.name} · {wording.school_line(left)}"),
        ("Right", f"{right.name} · {wording.school_line(right)}"),
        ("Apart", f"{apart} in a straight line" if apart else wording.NOT_KNOWN),
        *register_facts(one.register),
    ]

    def differing(same: bool | None) -> tuple[Entry, ...]:
        return tuple(e for row in rows if row.same is same for e in _each(row, one, other))

    same = tuple(
        body_line(row.one.key, row.one.name, label=row.kind, kind=row.kind)
        for row in rows
        if row.same
    )
    apart_in = sum(row.same is False for row in rows)
    why = "An area is divided, only the region is known, or no hub is known."
    sections = (
        fact_section(facts),
        Section(f"They share {len(same)}", same, "None of the bodies we know of."),
        Section(f"They don't share {apart_in}", differing(same=False), "Nothing differs."),
        *some("Not sure", differing(same=None), why),
    )
    key = Key.both("pair", left.urn, right.urn)
    return Page(key, "Compared", f"{left.name} and {right.name}", sections)


def _each(row: SharedBody, one: Landscape, other: Landscape) -> Iterable[Entry]:
    """A line a school; a body that only one of them has is told as that."""
    for label, ref, of in ((row.kind, row.one, one), ("", row.other, other)):
        name = ref.name or "none known"
        yield body_line(
            ref.key,
            name,
            label=label,
            detail=of.school.name,
            kind=row.kind,
            quiet=not ref.name,
        )
