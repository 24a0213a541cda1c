"""What "local" means, as pages: a school's overlap, a place's profile, places and schools compared.

The same shape as every other page, so one list draws them, one text prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from navigator.core import grid, wording
from navigator.core.keys import Key
from navigator.core.model import Landscape, Partnership, RegisterInfo
from navigator.core.wording import Units
from navigator.domain.overlaps import Overlap, OverlapColumn, OverlapRow, SharedBody
from navigator.domain.profiles import HubsInPlace, Profile, Resemblance
from navigator.view import figures
from navigator.view.body_pages import body_lines
from navigator.view.cards import ALIKE, register_facts
from navigator.view.figures import OPENED, Figure, percent
from navigator.view.parts import body_line, card, fact_section, figure, some
from navigator.view.sections import Card, Entry, Fact, Page, Section

KINDS = {
    "la": "Local authority",
    "district": "District",
    "region": "Region",
    "england": "Country",
    "radius": "Around a school",
    "own": "Your network",
}
"""What each kind of place is called."""

UNKNOWN = "–"
"""In a table: no figure."""

NEXT_DOOR = 5
"""Neighbours of another system that are named."""

TRUST_ORDERS = ("by name", "by size", "by schools here")

KINDS_SAID = (
    "The EQuaLLS project (University of Nottingham, 2021–23) described three kinds of locality. A "
    "place resembles one if it passes all of its tests, which stand below with their figures and "
    "bounds. Most places resemble none: three places were studied."
)


# --- a place ---


def profile_page(profile: Profile, register: RegisterInfo, units: Units, order: int = 0) -> Page:
    """The profile of a place; `order` is that of its trusts, a number of `TRUST_ORDERS`."""
    place = profile.locality
    facts: list[Fact] = [
        ("Kind", KINDS[place.kind]),
        ("Code", place.code if place.kind in ("la", "district") else ""),
        ("Schools", wording.count(profile.schools, "open state-funded school")),
        ("Note", _outside([profile])),
        ("Elsewhere", _away(profile)),
        ("Not here", ", ".join(f"URN {urn}" for urn in profile.unknown)),
        ("Resembles", _resembles(profile)),
        ("As at", wording.day(profile.day)),
        *register_facts(register),
    ]
    told = groupby(figures.figures(profile), key=lambda one: one.group)
    by_group = {group: list(of) for group, of in told}
    phases = [(words, by_group[words]) for words in figures.PHASE_WORDS.values()]
    hubs = (line for there in profile.hubs for line in _hub_lines(there, profile, units))
    alike = card(Key.of("alike", place.code), f"Alike to {place.name}", kind="Areas alike")
    sections = (
        fact_section(facts),
        *(_phase(title, of, profile, units) for title, of in phases if of[0].value),
        _opened(by_group.get(OPENED, []), profile, units),
        _trusts(profile, order),
        Section("Hubs that touch it", tuple(hubs), "None known."),
        Section("Heads' networks", body_lines(profile.networks), wording.none_found()),
        Section("Partnerships", body_lines(profile.partnerships), wording.none_found()),
        *_resemblances(profile, units),
        *some(
            "Alike",
            [Entry("Its ten statistical neighbours in one table", card=alike)]
            if profile.neighbours
            else (),
        ),
    )
    kind = f"Profile, {KINDS[place.kind].lower()}"
    return Page(Key.of("place", place.key), kind, place.name, sections)


def _outside(profiles: Iterable[Profile]) -> str:
    """Which places the sample doesn't hold: their figures are none, not nought."""
    names = ", ".join(p.locality.name for p in profiles if _is_outside(p))
    return f"Not in the sample of 3 areas: {names}. {wording.HOW_TO_LOAD}" if names else ""


def _is_outside(profile: Profile) -> bool:
    return profile.sample and not profile.schools


def _away(profile: Profile) -> str:
    if not profile.away:
        return ""
    schools = wording.count(profile.away, "school")
    if profile.locality.kind == "la":
        return f"{schools} of it in another authority's district, counted here"
    return f"{schools} in it run by another authority than the district's, counted here"


def _resembles(profile: Profile) -> str:
    alike = [f"a {r.kind}" for r in profile.resembles if r.resembles]
    if alike:
        return f"{' and '.join(alike)}: {wording.count(len(alike), 'kind')} of three, see below"
    told = ", ".join(f"{r.kind} {_passed(r)}" for r in profile.resembles)
    return f"none of the three kinds ({told})"


def _passed(resemblance: Resemblance) -> str:
    return f"{sum(test.passed for test in resemblance.tests)} of {len(resemblance.tests)}"


def _resemblances(profile: Profile, units: Units) -> Iterable[Section]:
    """Each kind of locality with its tests."""
    said = _resembles(profile)
    told = _definition("Kinds", said, KINDS_SAID, profile)
    yield Section(
        "Which kind of locality",
        (Entry(f"It resembles {said}.", card=told, fact=True),),
        after="Three kinds that EQuaLLS described, tested on primaries. Similar isn't better.",
    )
    for resemblance in profile.resembles:
        tests = tuple(_tests(resemblance, profile, units))
        yield Section(f"{resemblance.kind}: {_passed(resemblance)} tests passed", tests)


def _tests(resemblance: Resemblance, profile: Profile, units: Units) -> Iterable[Entry]:
    for test in resemblance.tests:
        said = figures.criterion_figure(test, units)
        passes = f"passes: {figures.criterion_bounds(test, units)}"
        words, how = figures.TEST_WORDS[test.key], figures.TEST_DEFINITIONS[test.key]
        yield Entry(
            words[:1].upper() + words[1:],
            right=f"{said}  {'passed' if test.passed else 'not passed'}",
            detail=passes,
            card=_definition(words, f"{said}; {passes}", how, profile),
            fact=True,
        )


def _definition(title: str, said: str, how: str, profile: Profile) -> Card:
    """A card that tells a figure, how it is counted and on which register."""
    register = f"{'sample, ' if profile.sample else ''}{wording.day(profile.register_day)}"
    return figure(
        title[:1].upper() + title[1:],
        said,
        ("Counted", how),
        ("Register", register),
        ("Place", profile.locality.name),
    )


def _figure_line(
    of: Figure, profile: Profile, units: Units, widths: tuple[int, int] = (0, 0)
) -> Entry:
    """A figure as a line; `widths` are those of the figures and the shares of its section."""
    said, share = of.said(units), percent(of.share)
    number, part = ("", said) if of.unit == "percent" else (said, share)
    told = said if of.unit == "percent" else wording.joined(said, share)
    return Entry(
        of.label,
        right=f"{number:>{widths[0]}}  {part:>{widths[1]}}" if widths[1] else number,
        share=of.share,
        card=_definition(f"{of.group}: {of.label}", told, of.definition, profile),
        fact=True,
    )


def _phase(title: str, told: Sequence[Figure], profile: Profile, units: Units) -> Section:
    total, *others = told
    widths = (max(len(one.said(units)) for one in others if one.unit != "percent"), 4)
    lines = tuple(_figure_line(one, profile, units, widths) for one in others)
    return Section(f"{title}: {total.said(units)}", lines)


def _opened(told: Sequence[Figure], profile: Profile, units: Units) -> Section:
    """Bars by year, the longest the year with most; every year between the first and the last."""
    by_year = {int(one.label): one for one in told}
    most = max((one.value or 0 for one in told), default=0)
    lines = []
    for year in range(min(by_year), max(by_year) + 1) if by_year else ():
        of = by_year.get(year) or figures.opened(year, 0, 0.0)
        right = of.said(units).rjust(len(f"{most:,.0f}"))
        line = _figure_line(of, profile, units)
        share = (of.value or 0) / most
        lines.append(line._replace(text="", label=str(year), right=right, share=share))
    undated = wording.count(profile.opened_unknown, "academy", "academies")
    after = f"{undated} without a date." if profile.opened_unknown else ""
    return Section(OPENED, tuple(lines), "No academy here.", after)


def _trusts(profile: Profile, order: int) -> Section:
    keys = (
        lambda t: t.name.casefold(),
        lambda t: (-t.size, t.name.casefold()),
        lambda t: (-t.here, t.name.casefold()),
    )
    lines = tuple(
        body_line(
            Key.of("trust", trust.uid),
            trust.name,
            detail=wording.joined(trust.band, trust.reach if trust.size > 1 else ""),
        )._replace(cells=(str(trust.here), str(trust.size)))
        for trust in sorted(profile.trusts, key=keys[order])
    )
    lead = f"{figures.DEFINITIONS['trust_here']} t orders them otherwise; none is a rank."
    return Section(
        f"Trusts here: {len(lines)}, {TRUST_ORDERS[order]}",
        lines,
        "No academy trust runs a school here.",
        legend=("here", "of"),
        lead=lead if lines else "",
    )


def _hub_lines(there: HubsInPlace, profile: Profile, units: Units) -> Iterable[Entry]:
    """A programme's line, then its hubs, the one of most schools first."""
    p, by_region = there.programme, there.programme.rule == "region"
    km = wording.length(there.median_km, units)
    away = f"{km} away" if km else ""
    said = wording.count(len(there.hubs), "hub") if there.hubs else "none surely"
    said = "by region" if by_region else said
    one_of = "in a region" if by_region else "in a divided area"
    none = "without a position" if p.rule == "nearest" else "with none known"
    left = ((there.one_of, one_of), (there.none, none))
    how = f"{figures.DEFINITIONS['hubs']} Distance: {figures.DEFINITIONS['hub_distance']}"
    yield Entry(
        f"{p.name}: {said}",
        right=away,
        detail=" · ".join(f"{wording.count(n, 'school')} {why}" for n, why in left if n),
        card=_definition(p.name, wording.joined(said, away), how, profile),
    )
    surely = [(hub, wording.count(number, "school")) for hub, number in there.hubs]
    for hub, right in (*surely, *((hub, "perhaps") for hub in there.maybe)):
        yield body_line(hub.key, hub.name, right=right, kind=p.name, quiet=True)


# --- places beside each other ---

ALIKE_HEADS = ("prim", "acad", "M+L", "trusts", "eff", "net", "part")


def alike_page(profiles: Sequence[Profile], register: RegisterInfo) -> Page:
    """An authority (the first) and its statistical neighbours, the most alike first, in a table."""
    own, *others = profiles
    name = own.locality.name
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
        ("Note", _outside(profiles)),
        ("Primaries", "the schools counted in all columns but the last two"),
        ("acad", figures.DEFINITIONS["academies"]),
        ("M+L", figures.DEFINITIONS["larger"]),
        ("eff", figures.DEFINITIONS["effective_trusts"]),
        ("net, part", "heads' networks and area partnerships that we know of"),
        *register_facts(register),
    ]
    table = Section(
        "Statistical neighbours, their primaries",
        rows,
        "None published.",
        legend=ALIKE_HEADS,
        after=f"{ALIKE} = compares the line under the cursor with {name}.",
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
    if _is_outside(profile):
        return tuple(UNKNOWN for _ in ALIKE_HEADS)
    return (
        f"{of.schools:,}",
        percent(of.academy_share) or UNKNOWN,
        percent(of.share("mat_medium", "mat_large")) or UNKNOWN,
        str(of.trusts),
        UNKNOWN if of.effective_trusts is None else f"{of.effective_trusts:.1f}",
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
        ("Note", _outside(pair)),
        *register_facts(register),
    ]
    kinds = tuple(
        Entry(
            of.kind.capitalize(),
            cells=(_passed(of), _passed(facing)),
            card=_definition(of.kind, figures.KIND_WORDS[of.kind], KINDS_SAID, pair[0]),
            fact=True,
        )
        for of, facing in zip(pair[0].resembles, pair[1].resembles, strict=True)
    )
    sides = [{told.key: told for told in figures.figures(profile)} for profile in pair]
    merged = sorted(
        {**sides[1], **sides[0]}.values(),
        key=lambda f: (figures.GROUPS.index(f.group), f.key if f.group == OPENED else ""),
    )
    sections = [
        fact_section(facts),
        Section("Which kind of locality", kinds, legend=names, after="Tests passed."),
    ]
    for group, of in groupby(merged, key=lambda told: told.group):
        lines = (_compared(told, [s.get(told.key) for s in sides], pair, units) for told in of)
        sections.append(Section(group, tuple(lines), legend=names))
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
    told = _definition(f"{like.group}: {like.label}", said, like.definition, pair[0])
    return Entry(like.label, cells=cells, card=told, fact=True)


def _cell(told: Figure | None, like: Figure, profile: Profile, units: Units) -> str:
    """A figure as a cell. What only the other place has (a year, a programme) is 0 here, but for
    a place outside the sample nothing is known."""
    if like.unit != "bodies" and _is_outside(profile):
        return UNKNOWN
    if told is None:
        return UNKNOWN if like.unit == "km" else "0"
    said = told.said(units)
    share = told.share if told.unit == "schools" and told.about != "opened" else None
    return f"{said} {percent(share):>4}" if share is not None else said


def _trusts_in(profile: Profile) -> dict[Key, str]:
    return {Key.of("trust", trust.uid): trust.name for trust in profile.trusts}


def _hubs_in(profile: Profile) -> dict[Key, str]:
    hubs = ((there.programme.short, hub) for there in profile.hubs for hub, _ in there.hubs)
    return {hub.key: f"{programme}: {hub.name}" for programme, hub in hubs}


# --- a school and those around it ---


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
    title = f"Of {scope_words(overlap)}" if lines else "Around you"
    sections = (Section(title, lines, nothing), *_next_door(overlap, units), grid)
    return Page(Key.of("overlap", school.urn), "Overlap", school.name, sections)


def scope_words(overlap: Overlap) -> str:
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
        f"{yes} {'share ' if n == 0 else ''}your {_kind(body)}"
        for n, (body, (yes, _)) in enumerate(zip(overlap.bodies, overlap.counts, strict=True))
    ]
    if not overlap.schools or not shared:
        return ""
    *most, last = shared
    said = f"{', '.join(most)} and {last}" if most else last
    return f"Of {scope_words(overlap)}, {said}."


def _kind(body: OverlapColumn) -> str:
    """A body's kind within a sentence: names of programmes keep their capitals."""
    if body.ref.key.kind == "hub":
        return body.kind
    return body.kind[:1].lower() + body.kind[1:]


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
            f"{'shares' if yes == 1 else 'share'} your {_kind(body)}",
            f"{yes:,}".rjust(len(f"{every:,}")),
            detail=wording.joined(name, f"not sure of {unsure:,}" if unsure else ""),
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
    another = " or ".join(kind for kind, _ in hubs)
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
