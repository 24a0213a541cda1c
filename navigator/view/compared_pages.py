"""Places beside each other as pages: an authority and those alike, two places compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from navigator.core import wording
from navigator.core.keys import Key
from navigator.core.model import Partnership, RegisterInfo
from navigator.core.wording import Units
from navigator.domain.profiles import Profile
from navigator.view import figures
from navigator.view.body_pages import body_lines
from navigator.view.cards import ALIKE, register_facts
from navigator.view.figures import OPENED, SPREAD, Figure
from navigator.view.parts import body_line, card, fact_section
from navigator.view.place_pages import KINDS, KINDS_SAID, definition, is_outside, outside, passed
from navigator.view.sections import Entry, Fact, Page, Section

UNKNOWN = "–"
"""In a table: no figure."""

ALIKE_HEADS = ("prim", "acad", "M+L", "trusts", "net", "part")

FOR_RESEARCHERS = "For researchers: which kind of locality each is, how spread out its trusts are"


def alike_page(profiles: Sequence[Profile], register: RegisterInfo) -> Page:
    """An authority (the first) and its statistical neighbours, the most alike first, in a table."""
    own, *others = profiles
    name = own.locality.name
    as_it_is = name.replace("{", "{{").replace("}", "}}")  # beside a key's name
    closeness = {n.code: f"{n.rank}, {n.closeness.lower()}" for n in own.neighbours}
    rows = tuple(
        Entry(
            place.name,
            cells=_alike_cells(profile),
            detail=closeness.get(place.code, "this authority"),
            card=card(Key.of("place", place.key), place.name, kind=KINDS["la"]),
        )
        for profile in profiles
        for place in (profile.locality,)
    )
    told = [
        Section(_AREA_PARTNERSHIPS.format(profile.locality.name), body_lines(areas))
        for profile in others
        if (areas := _area_partnerships(profile))
    ]
    facts: list[Fact] = [
        ("Note", outside(profiles)),
        ("Primaries", "the schools counted in all columns but the last two"),
        ("acad", figures.DEFINITIONS["academies"]),
        ("M+L", figures.DEFINITIONS["larger"]),
        ("net, part", "heads' networks and area partnerships that we know of"),
        *register_facts(register),
    ]
    table = Section(
        "Statistical neighbours, their primaries",
        rows,
        "None published.",
        legend=ALIKE_HEADS,
        after=ALIKE,
        keys="{compare} compares the line under the cursor with " + f"{as_it_is}.",
    )
    none = Section("Area partnerships there", empty="None known in any of them.")
    sections = (table, *(told or [none]), fact_section(facts, "What the columns say"))
    key = Key.of("alike", own.locality.code)
    return Page(key, "Areas alike", f"Alike to {name}", sections)


_AREA_PARTNERSHIPS = "Area partnerships: {}"


def _area_partnerships(profile: Profile) -> list[Partnership]:
    return [p for p in profile.partnerships if p.tier == "area partnership"]


def _alike_cells(profile: Profile) -> tuple[str, ...]:
    of = profile.phases["primary"]
    if is_outside(profile):
        return tuple(UNKNOWN for _ in ALIKE_HEADS)
    return (
        f"{of.schools:,}",
        wording.percent(of.academy_share) or UNKNOWN,
        wording.percent(of.share("mat_medium", "mat_large")) or UNKNOWN,
        str(of.trusts),
        str(len(profile.networks)),
        str(len(_area_partnerships(profile))),
    )


def compare_page(pair: Sequence[Profile], register: RegisterInfo, units: Units) -> Page:
    """Two places side by side, every figure of both."""
    one, other = (profile.locality for profile in pair)
    names = (one.name, other.name)
    facts = [
        ("Left", f"{one.name}, {KINDS[one.kind].lower()}"),
        ("Right", f"{other.name}, {KINDS[other.kind].lower()}"),
        ("Note", outside(pair)),
        *register_facts(register),
    ]
    kinds = tuple(
        Entry(
            of.kind.capitalize(),
            cells=(passed(of), passed(facing)),
            card=definition(of.kind, figures.KIND_WORDS[of.kind], KINDS_SAID, pair[0]),
            fact=True,
        )
        for of, facing in zip(pair[0].resembles, pair[1].resembles, strict=True)
    )
    sides = [{told.key: told for told in figures.figures(profile)} for profile in pair]
    merged = sorted(
        {**sides[1], **sides[0]}.values(),
        key=lambda f: (figures.GROUPS.index(f.group), f.key if f.group == OPENED else ""),
    )

    def lines(of: Iterable[Figure]) -> tuple[Entry, ...]:
        return tuple(_compared(told, [s.get(told.key) for s in sides], pair, units) for told in of)

    spread = tuple(
        entry._replace(text=told.group)
        for told in merged
        if told.about == SPREAD
        for entry in lines((told,))
    )
    sections = [
        fact_section(facts),
        Section(
            "Which kind of locality",
            kinds,
            legend=names,
            after="Tests passed.",
            behind=FOR_RESEARCHERS,
        ),
        Section("Effective number of trusts", spread, legend=names, behind=FOR_RESEARCHERS),
    ]
    shown = (told for told in merged if told.about != SPREAD)
    for group, of in groupby(shown, key=lambda told: told.group):
        sections.append(Section(group, lines(of), legend=names))
    for kind, named in (("Trusts", _trusts_in), ("Hubs", _hubs_in)):
        here, there = map(named, pair)
        shared = (body_line(key, name, kind=kind) for key, name in here.items() if key in there)
        sections.append(Section(f"{kind} in both", tuple(shared), "None."))
    sections += (
        Section(
            _AREA_PARTNERSHIPS.format(profile.locality.name),
            body_lines(_area_partnerships(profile)),
            wording.none_found(),
        )
        for profile in pair
    )
    key = Key.both("compare", one.key, other.key)
    return Page(key, "Compared", f"{one.name} and {other.name}", tuple(sections))


def _compared(
    like: Figure, of_each: Sequence[Figure | None], pair: Sequence[Profile], units: Units
) -> Entry:
    """A figure of two places as a line; its detail tells how it is counted."""
    sides = tuple(zip(pair, of_each, strict=True))
    cells = tuple(_cell(told, like, profile, units) for profile, told in sides)
    said = " · ".join(
        f"{profile.locality.name}: {' '.join(cell.split())}"
        for profile, cell in zip(pair, cells, strict=True)
    )
    told = definition(f"{like.group}: {like.label}", said, like.definition, pair[0])
    return Entry(like.label, cells=cells, card=told, fact=True)


def _cell(told: Figure | None, like: Figure, profile: Profile, units: Units) -> str:
    """A figure as a cell. What only the other place has (a year, a programme) is 0 here, but for
    a place outside the sample nothing is known."""
    if like.unit != "bodies" and is_outside(profile):
        return UNKNOWN
    if told is None:
        return UNKNOWN if like.unit == "km" else "0"
    said = told.said(units)
    share = told.share if told.unit == "schools" and told.about != "opened" else None
    return f"{said} {wording.percent(share):>4}" if share is not None else said


def _trusts_in(profile: Profile) -> dict[Key, str]:
    return {Key.of("trust", trust.uid): trust.name for trust in profile.trusts}


def _hubs_in(profile: Profile) -> dict[Key, str]:
    hubs = ((there.programme.short, hub) for there in profile.hubs for hub, _ in there.hubs)
    return {hub.key: f"{programme}: {hub.name}" for programme, hub in hubs}
