"""What "local" means, as pages: a school's overlap, a place's profile, places and schools compared.

The same shape as every other page (`pages`), so one list draws them, one text prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from navigator.core import grid, wording
from navigator.core.keys import Key
from navigator.core.model import Landscape, Network, Partnership, RegisterInfo, School
from navigator.core.record import BodyRef
from navigator.core.wording import Units
from navigator.domain.overlaps import Overlap, OverlapColumn, OverlapRow, SharedBody
from navigator.domain.profiles import HubsInPlace, Profile, Resemblance, TrustInPlace
from navigator.view import figures, landscape_sections
from navigator.view.body_pages import body_entry, fact_section, link_card
from navigator.view.figures import Figure, percent
from navigator.view.sections import Card, Entry, Fact, Page, Section, clean

KINDS = {
    "la": "Local authority",
    "district": "District",
    "region": "Region",
    "england": "Country",
    "radius": "Around a school",
    "own": "Your network",
}

PLURALS = {
    "nursery": "nurseries",
    "primary": "primaries",
    "secondary": "secondaries",
    "all-through": "all-through schools",
    "16 plus": "16 plus colleges and schools",
    "special": "special schools",
    "alternative provision": "alternative provision schools",
}

SAME, OTHER, UNSURE = "●", "·", "?"
"""In a grid: has the same body as ours; hasn't; not known, or the area is divided."""

SIGNS = f"{SAME} the same as yours, {OTHER} another or none, {UNSURE} not sure"

NEXT_DOOR = 5
"""Neighbours of another system that are named."""

TRUST_ORDERS = ("by name", "by size", "by schools here")

HUB_KINDS = ("hub:",)


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
        ("Resembles", _resembles_said(profile)),
        ("As at", wording.day(profile.day)),
        *landscape_sections.register_facts(register),
    ]
    told = list(figures.figures(profile))
    by_group = {group: list(of) for group, of in groupby(told, key=lambda figure: figure.group)}
    opened = by_group.pop("Academies by year of opening", [])
    sections = [
        fact_section(facts),
        *(
            _phase_section(words, by_group[words], profile, units)
            for words in figures.PHASE_WORDS.values()
            if by_group[words][0].value
        ),
        _opened_section(opened, profile, units),
        _trusts_section(profile, order),
        Section(
            "Hubs that touch it",
            tuple(e for there in profile.hubs for e in _hub_entries(there, profile, units)),
            "None known.",
        ),
        Section("Heads' networks", _bodies(profile.networks), "None found."),
        Section("Partnerships", _bodies(profile.partnerships), "None found."),
        *_resemblances(profile, units),
    ]
    if profile.neighbours:
        entry = Entry(
            "Its ten statistical neighbours in one table",
            card=link_card(Key.of("alike", place.code), "Areas alike", f"Alike to {place.name}"),
        )
        sections.append(Section("Alike", (entry,)))
    kind = f"Profile, {KINDS[place.kind].lower()}"
    return Page(Key.of("place", place.key), kind, place.name, tuple(sections))


def _outside(profiles: Iterable[Profile]) -> str:
    """Which places the sample doesn't hold: their figures are none, not nought."""
    names = [p.locality.name for p in profiles if p.sample and not p.schools]
    if not names:
        return ""
    return f"Not in the sample of 3 areas: {', '.join(names)}. {wording.HOW_TO_LOAD}"


def _away(profile: Profile) -> str:
    if not profile.away:
        return ""
    schools = wording.count(profile.away, "school")
    if profile.locality.kind == "la":
        return f"{schools} of it in another authority's district, counted here"
    return f"{schools} in it run by another authority than the district's, counted here"


def _bodies(bodies: Iterable[Network | Partnership]) -> tuple[Entry, ...]:
    return tuple(map(body_entry, bodies))


def _resembles_said(profile: Profile) -> str:
    alike = [f"a {r.kind}" for r in profile.resembles if r.resembles]
    if alike:
        return f"{' and '.join(alike)}: {wording.count(len(alike), 'kind')} of three, see below"
    told = ", ".join(f"{r.kind} {_passed(r)}" for r in profile.resembles)
    return f"none of the three kinds ({told})"


def _resemblances(profile: Profile, units: Units) -> Iterable[Section]:
    """Each kind of locality with its tests."""
    said = _resembles_said(profile)
    yield Section(
        "Which kind of locality",
        (
            Entry(
                f"It resembles {said}.",
                card=_definition("Kinds", said, _KINDS_SAID, profile),
                fact=True,
            ),
        ),
        after="Three kinds that EQuaLLS described, tested on primaries. Similar isn't better.",
    )
    for resemblance in profile.resembles:
        yield Section(
            f"{resemblance.kind}: {_passed(resemblance)} tests passed",
            tuple(_criterion_entries(resemblance, profile, units)),
        )


_KINDS_SAID = (
    "The EQuaLLS project (University of Nottingham, 2021–23) described three kinds of locality. A "
    "place resembles one if it passes all of its tests, which stand below with their figures and "
    "bounds. Most places resemble none: three places were studied."
)


def _passed(resemblance: Resemblance) -> str:
    passed = sum(test.passed for test in resemblance.tests)
    return f"{passed} of {len(resemblance.tests)}"


def _criterion_entries(resemblance: Resemblance, profile: Profile, units: Units) -> Iterable[Entry]:
    for test in resemblance.tests:
        figure = figures.criterion_figure(test, units)
        bounds = figures.criterion_bounds(test, units)
        words = figures.TEST_WORDS[test.key]
        yield Entry(
            words[:1].upper() + words[1:],
            right=f"{figure}  {'passed' if test.passed else 'not passed'}",
            detail=f"passes: {bounds}",
            card=_definition(
                words, f"{figure}; passes: {bounds}", figures.TEST_DEFINITIONS[test.key], profile
            ),
            fact=True,
        )


def _definition(title: str, said: str, how: str, profile: Profile) -> Card:
    """A card that tells a figure, how it is counted and on which register."""
    facts = (
        ("Figure", said),
        ("Counted", how),
        ("Register", f"{'sample, ' if profile.sample else ''}{wording.day(profile.register_day)}"),
        ("Place", profile.locality.name),
    )
    return Card(kind="Figure", title=title[:1].upper() + title[1:], facts=clean(facts), copy=said)


def _figure_entry(
    figure: Figure, profile: Profile, units: Units, widths: tuple[int, int] = (0, 0)
) -> Entry:
    """A figure as a line; `widths` are those of the figures and the shares of its section."""
    said = figure.said(units)
    share = percent(figure.share) if figure.unit != "percent" else ""
    number, part = (said, share) if figure.unit != "percent" else ("", said)
    return Entry(
        figure.label,
        right=f"{number:>{widths[0]}}  {part:>{widths[1]}}" if widths[1] else number,
        share=figure.share,
        card=_definition(
            f"{figure.group}: {figure.label}",
            " · ".join(t for t in (said, share) if t),
            figure.definition,
            profile,
        ),
        fact=True,
    )


def _phase_section(title: str, told: Sequence[Figure], profile: Profile, units: Units) -> Section:
    total, *others = told
    widths = (max(len(figure.said(units)) for figure in others if figure.unit != "percent"), 4)
    return Section(
        f"{title}: {total.said(units)}",
        tuple(_figure_entry(figure, profile, units, widths) for figure in others),
    )


def _opened_section(told: Sequence[Figure], profile: Profile, units: Units) -> Section:
    """Bars by year, the longest the year with most; every year between the first and the last."""
    by_year = {int(figure.label): figure for figure in told}
    most = max((figure.value or 0 for figure in told), default=0)
    entries = []
    for year in range(min(by_year), max(by_year) + 1) if by_year else ():
        figure = by_year.get(year) or Figure(
            f"opened.{year}", "Academies by year of opening", str(year), 0, "schools", "opened", 0.0
        )
        entry = _figure_entry(figure, profile, units)
        entries.append(
            entry._replace(
                text="",
                label=str(year),
                right=figure.said(units).rjust(len(f"{most:,.0f}")),
                share=(figure.value or 0) / most,
            )
        )
    after = ""
    if profile.opened_unknown:
        after = f"{wording.count(profile.opened_unknown, 'academy', 'academies')} without a date."
    return Section("Academies by year of opening", tuple(entries), "No academy here.", after)


def _trusts_section(profile: Profile, order: int) -> Section:
    keys = (
        lambda t: t.name.casefold(),
        lambda t: (-t.size, t.name.casefold()),
        lambda t: (-t.here, t.name.casefold()),
    )
    trusts = sorted(profile.trusts, key=keys[order])
    return Section(
        f"Trusts here: {len(trusts)}, {TRUST_ORDERS[order]}",
        tuple(_trust_entry(trust) for trust in trusts),
        "No academy trust runs a school here.",
        legend=("here", "of"),
        lead=f"{figures.DEFINITIONS['trust_here']} t orders them otherwise; none is a rank."
        if trusts
        else "",
    )


def _trust_entry(trust: TrustInPlace) -> Entry:
    return Entry(
        trust.name,
        cells=(str(trust.here), str(trust.size)),
        detail=f"{trust.band} · {trust.reach}" if trust.size > 1 else trust.band,
        card=link_card(Key.of("trust", trust.uid), "Trust", trust.name),
    )


def _hub_entries(there: HubsInPlace, profile: Profile, units: Units) -> Iterable[Entry]:
    """A programme's line, then its hubs, the one of most schools first."""
    p = there.programme
    distance = wording.length(there.median_km, units)
    said = wording.count(len(there.hubs), "hub") if there.hubs else "none surely"
    if p.rule == "region":
        said = "by region"
    left = []
    if there.one_of:
        one_of = "in a region" if p.rule == "region" else "in a divided area"
        left.append(f"{wording.count(there.one_of, 'school')} {one_of}")
    if there.none:
        why = "without a position" if p.rule == "nearest" else "with none known"
        left.append(f"{wording.count(there.none, 'school')} {why}")
    yield Entry(
        f"{p.name}: {said}",
        right=f"{distance} away" if distance else "",
        detail=" · ".join(left),
        card=_definition(
            p.name,
            " · ".join(t for t in (said, f"{distance} away" if distance else "") if t),
            f"{figures.DEFINITIONS['hubs']} Distance: {figures.DEFINITIONS['hub_distance']}",
            profile,
        ),
    )
    for hub, number in there.hubs:
        yield _hub_line(p.id, p.name, hub.id, hub.name, wording.count(number, "school"))
    for hub in there.maybe:
        yield _hub_line(p.id, p.name, hub.id, hub.name, "perhaps")


def _hub_line(programme: str, kind: str, hub: str, name: str, right: str) -> Entry:
    return Entry(
        name,
        right=right,
        card=link_card(Key.hub(programme, hub), kind, name),
        quiet=True,
    )


# --- places beside each other ---


def alike_page(profiles: Sequence[Profile], register: RegisterInfo) -> Page:
    """An authority (the first) and its statistical neighbours, the most alike first, in a table."""
    own, *others = profiles
    place = own.locality
    closeness = {n.code: f"{n.rank}, {n.closeness.lower()}" for n in own.neighbours}
    rows = [
        Entry(
            profile.locality.name,
            cells=_alike_cells(profile),
            detail=closeness.get(profile.locality.code, "this authority"),
            card=link_card(
                Key.of("place", profile.locality.key), KINDS["la"], profile.locality.name
            ),
        )
        for profile in profiles
    ]
    told = [
        Section(
            f"Area partnerships: {profile.locality.name}",
            _bodies(abeps),
        )
        for profile in others
        if (abeps := [p for p in profile.partnerships if p.tier == "area partnership"])
    ]
    facts: list[Fact] = [
        ("Note", _outside(profiles)),
        ("Primaries", "the schools counted in all columns but the last two"),
        ("acad", figures.DEFINITIONS["academies"]),
        ("M+L", figures.DEFINITIONS["larger"]),
        ("eff", figures.DEFINITIONS["effective_trusts"]),
        ("net, part", "heads' networks and area partnerships that we know of"),
        *landscape_sections.register_facts(register),
    ]
    return Page(
        Key.of("alike", place.code),
        "Areas alike",
        f"Alike to {place.name}",
        (
            Section(
                "Statistical neighbours, their primaries",
                tuple(rows),
                "None published.",
                legend=ALIKE_HEADS,
                after="Published by DfE in May 2025. Similar isn't better. = compares the line "
                f"under the cursor with {place.name}.",
            ),
            *(told or [Section("Area partnerships there", empty="None known in any of them.")]),
            fact_section(facts, "What the columns say"),
        ),
    )


ALIKE_HEADS = ("prim", "acad", "M+L", "trusts", "eff", "net", "part")


def _alike_cells(profile: Profile) -> tuple[str, ...]:
    of = profile.phases["primary"]
    if profile.sample and not profile.schools:
        return tuple("–" for _ in ALIKE_HEADS)
    abeps = sum(p.tier == "area partnership" for p in profile.partnerships)
    spread = "–" if of.effective_trusts is None else f"{of.effective_trusts:.1f}"
    return (
        f"{of.schools:,}",
        percent(of.academy_share) or "–",
        percent(of.share("mat_medium", "mat_large")) or "–",
        str(of.trusts),
        spread,
        str(len(profile.networks)),
        str(abeps),
    )


def compare_page(pair: Sequence[Profile], register: RegisterInfo, units: Units) -> Page:
    """Two places side by side, every figure of both."""
    one, other = pair
    names = (one.locality.name, other.locality.name)
    theirs = {figure.key: figure for figure in figures.figures(other)}
    ours = {figure.key: figure for figure in figures.figures(one)}
    merged = sorted(
        {**theirs, **ours}.values(),
        key=lambda f: (_GROUPS.index(f.group), f.key if f.group.startswith("Academies") else ""),
    )
    sections = [
        fact_section(
            [
                ("Left", f"{names[0]}, {KINDS[one.locality.kind].lower()}"),
                ("Right", f"{names[1]}, {KINDS[other.locality.kind].lower()}"),
                ("Note", _outside(pair)),
                *landscape_sections.register_facts(register),
            ]
        ),
        Section(
            "Which kind of locality",
            tuple(
                Entry(
                    a.kind.capitalize(),
                    cells=tuple(
                        f"{sum(t.passed for t in r.tests)} of {len(r.tests)}" for r in (a, b)
                    ),
                    card=_definition(a.kind, figures.KIND_WORDS[a.kind], _KINDS_SAID, one),
                    fact=True,
                )
                for a, b in zip(one.resembles, other.resembles, strict=True)
            ),
            legend=names,
            after="Tests passed.",
        ),
    ]
    for group, of in groupby(merged, key=lambda figure: figure.group):
        lines = tuple(
            _compared(figure, [side.get(figure.key) for side in (ours, theirs)], pair, units)
            for figure in of
        )
        sections.append(Section(group, lines, legend=names))
    for title, of_one, of_other in (
        ("Trusts in both", _trust_refs(one), _trust_refs(other)),
        ("Hubs in both", _hub_refs(one), _hub_refs(other)),
    ):
        both = [ref for ref in of_one if ref in set(of_other)]
        entries = tuple(Entry(r.name, card=link_card(Key(r.key), title[:-8], r.name)) for r in both)
        sections.append(Section(title, entries, "None."))
    for profile in (one, other):
        abeps = [p for p in profile.partnerships if p.tier == "area partnership"]
        sections.append(
            Section(f"Area partnerships: {profile.locality.name}", _bodies(abeps), "None found.")
        )
    key = Key.both("compare", one.locality.key, other.locality.key)
    return Page(key, "Compared", f"{names[0]} and {names[1]}", tuple(sections))


_GROUPS = (
    *figures.PHASE_WORDS.values(),
    "Academies by year of opening",
    "Hubs that touch it",
    "Networks and partnerships",
)


def _compared(
    like: Figure, of_each: Sequence[Figure | None], pair: Sequence[Profile], units: Units
) -> Entry:
    """A figure of two places as a line; its detail tells how it is counted."""
    cells = tuple(
        _cell(figure, like, profile, units) for figure, profile in zip(of_each, pair, strict=True)
    )
    said = " · ".join(
        f"{profile.locality.name}: {' '.join(cell.split())}"
        for profile, cell in zip(pair, cells, strict=True)
    )
    card = _definition(f"{like.group}: {like.label}", said, like.definition, pair[0])
    return Entry(like.label, cells=cells, card=card, fact=True)


def _cell(figure: Figure | None, like: Figure, profile: Profile, units: Units) -> str:
    """A figure as a cell. What only the other place has (a year, a programme) is 0 here, but for
    a place outside the sample nothing is known."""
    if like.unit != "bodies" and profile.sample and not profile.schools:
        return "–"
    if figure is None:
        return "–" if like.unit == "km" else "0"
    said = figure.said(units)
    share = figure.share if figure.unit == "schools" and figure.about != "opened" else None
    return f"{said} {percent(share):>4}" if share is not None else said


def _trust_refs(profile: Profile) -> tuple[BodyRef, ...]:
    return tuple(BodyRef(Key.of("trust", t.uid), t.name) for t in profile.trusts)


def _hub_refs(profile: Profile) -> tuple[BodyRef, ...]:
    return tuple(
        BodyRef(Key.hub(there.programme.id, hub.id), f"{there.programme.short}: {hub.name}")
        for there in profile.hubs
        for hub, _ in there.hubs
    )


# --- a school and those around it ---


def overlap_page(overlap: Overlap, units: Units, *, by_shared: bool) -> Page:
    """What a school shares with those around it, in words, then as a grid."""
    school = overlap.home
    lines = tuple(_shared_entries(overlap))
    rows = sorted(overlap.rows, key=lambda r: -r.shared) if by_shared else overlap.rows
    cut = overlap.schools - len(rows)
    more = f" The {len(rows)} nearest of {overlap.schools:,}." if cut else ""
    grid = Section(
        "Grid, " + ("most shared first" if by_shared else "nearest first"),
        tuple(_row_entry(row, units) for row in rows),
        overlap.note or "No school is in this scope.",
        legend=(wording.unit(units), *(body.mark for body in overlap.bodies)),
        lead=f"{SIGNS}. {_legend(overlap)}.{more}" if rows else "",
    )
    nothing = overlap.note or f"There are no {_plural(overlap, 0)} {overlap.where}."
    return Page(
        Key.of("overlap", school.urn),
        "Overlap",
        school.name,
        (
            Section(f"Of {scope_words(overlap)}" if lines else "Around you", lines, nothing),
            *_next_door(overlap, units),
            grid,
        ),
    )


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
    if body.ref.key.startswith(HUB_KINDS):
        return body.kind
    return body.kind[:1].lower() + body.kind[1:]


def _plural(overlap: Overlap, number: int) -> str:
    phase = "" if overlap.scope.all_phases else overlap.home.phase
    many = PLURALS.get(phase, "schools")
    one = {"primary": "primary", "secondary": "secondary", "nursery": "nursery"}.get(phase)
    return (one or many.removesuffix("s")) if number == 1 else many


def _shared_entries(overlap: Overlap) -> Iterable[Entry]:
    for body, (yes, unsure) in zip(overlap.bodies, overlap.counts, strict=True):
        if not overlap.schools:
            return
        yield Entry(
            f"share your {_kind(body)}" if yes != 1 else f"shares your {_kind(body)}",
            f"{yes:,}".rjust(len(f"{overlap.schools:,}")),
            detail=body.ref.name + (f" · not sure of {unsure:,}" if unsure else ""),
            share=yes / overlap.schools,
            card=link_card(Key(body.ref.key), body.kind, body.ref.name),
            fact=True,
        )


def _next_door(overlap: Overlap, units: Units) -> Iterable[Section]:
    """The nearest who are in another authority or have another hub: next door, another system."""
    entries = []
    watched = [
        (n, body)
        for n, body in enumerate(overlap.bodies)
        if body.ref.key.startswith(("la:", *HUB_KINDS))
    ]
    for row in overlap.rows:
        others = [body for n, body in watched if row.shares[n] is False]
        if not others:
            continue
        said = [
            f"another authority: {row.school.la_name}"
            if body.ref.key.startswith("la:")
            else f"not your {body.kind}"
            for body in others
        ]
        entries.append(
            Entry(
                row.school.name,
                right=wording.length(row.km, units),
                detail=" · ".join(said),
                card=_school_card(row),
            )
        )
        if len(entries) == NEXT_DOOR:
            break
    if overlap.rows:
        yield Section(
            "Next door, yet in another system", tuple(entries), "All of them are in yours."
        )


def _row_entry(row: OverlapRow, units: Units) -> Entry:
    far = wording.length(row.km, units).split()
    signs = {True: SAME, False: OTHER, None: UNSURE}
    return Entry(
        row.school.name,
        cells=(far[0] if far else "–", *(signs[share] for share in row.shares)),
        card=_school_card(row),
    )


def _school_card(row: OverlapRow) -> Card:
    school = row.school
    return link_card(Key.school(school.urn), "School", school.name)


def _legend(overlap: Overlap) -> str:
    return ", ".join(f"{body.mark} {_kind(body)}" for body in overlap.bodies)


# --- two schools ---


def pair_page(one: Landscape, other: Landscape, rows: Iterable[SharedBody], units: Units) -> Page:
    """Two schools side by side: the bodies they share, those they don't, and what isn't sure."""
    rows = list(rows)
    apart = wording.length(grid.between(one.school, other.school), units)
    facts: list[Fact] = [
        ("Left", _school_said(one.school)),
        ("Right", _school_said(other.school)),
        ("Apart", f"{apart} in a straight line" if apart else "not known"),
        *landscape_sections.register_facts(one.register),
    ]
    same = tuple(_same_entry(row) for row in rows if row.same)
    differ = tuple(e for row in rows if row.same is False for e in _differ_entries(row, one, other))
    unsure = tuple(e for row in rows if row.same is None for e in _differ_entries(row, one, other))
    names = f"{one.school.name} and {other.school.name}"
    sections = [
        fact_section(facts),
        Section(f"They share {len(same)}", same, "None of the bodies we know of."),
        Section(
            f"They don't share {sum(row.same is False for row in rows)}", differ, "Nothing differs."
        ),
    ]
    if unsure:
        after = "An area is divided, only the region is known, or no hub is known."
        sections.append(Section("Not sure", unsure, after=after))
    return Page(
        Key.both("pair", one.school.urn, other.school.urn), "Compared", names, tuple(sections)
    )


def _school_said(school: School) -> str:
    return f"{school.name} · {wording.school_line(school)}"


def _same_entry(row: SharedBody) -> Entry:
    return Entry(row.one.name, row.kind, card=link_card(Key(row.one.key), row.kind, row.one.name))


def _differ_entries(row: SharedBody, one: Landscape, other: Landscape) -> Iterable[Entry]:
    """A line a school; a body that only one of them has is told as that."""
    label = row.kind
    for ref, of in ((row.one, one), (row.other, other)):
        name = ref.name or "none known"
        yield Entry(
            name,
            label,
            detail=of.school.name,
            card=link_card(Key(ref.key), row.kind, name),
            quiet=not ref.name,
        )
        label = ""
