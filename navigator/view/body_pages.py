"""A body as a page: facts, then sections of what belongs to it, each line of which can be followed.

The same shape as a landscape's columns, so one list draws both.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import fmean

from navigator.core import cleaning, wording
from navigator.core.keys import BODY_KINDS, Key
from navigator.core.model import (
    Hub,
    Landscape,
    Network,
    Partnership,
    Programme,
    RegisterInfo,
    School,
)
from navigator.core.wording import NONE_ON_REGISTER, Units
from navigator.directory.summary import Covered, TableSummary
from navigator.domain.details import (
    LOCAL,
    MOSTLY,
    AuthorityDetail,
    BodyDetail,
    DioceseDetail,
    HubDetail,
    NetworkDetail,
    ProgrammeDetail,
    SchoolsDetail,
    TrustDetail,
)
from navigator.domain.index import Listed
from navigator.view import cards, chart, next_door
from navigator.view.canvas import Label
from navigator.view.chart import Chart, Mark
from navigator.view.parts import (
    body_line,
    card,
    copied,
    counts,
    fact_section,
    figure,
    in_places,
    school_line,
    some,
)
from navigator.view.sections import Entry, Fact, Page, Section

RULES = {
    "area": "the hub of the school's area is designated",
    "names-area": "hubs name areas, but a school may approach any",
    "region": "shown by region; no smaller area is known",
    "nearest": "no areas; the school chooses",
}
"""How a programme's hubs are told which schools are theirs."""

WHO_BELONGS = "Which of them take part isn't in our sources: these are all there are."

INDEX_ROWS = 60
"""Rows shown of each kind in the index; typing narrows them down."""


# --- hubs and programmes ---


def hub_page(detail: HubDetail, home: Landscape | None, units: Units) -> Page:
    p, hub = detail.programme, detail.hub
    claim = next((c for c in home.hubs if c.programme.id == p.id), None) if home else None
    ours = claim if claim and claim.hub and claim.hub.hub.id == hub.id else None
    number = sum(place.schools for place in detail.schools)
    facts: list[Fact] = [
        ("For", p.purpose),
        ("Offers", p.offers),
        ("Claim", wording.claim_phrase(ours) if ours else ""),
        ("Why", ours.why if ours else ""),
        ("Schools", _number_said(number, sure=detail.sure) if number else ""),
        *cards.dates(hub, wording.NOT_KNOWN),
        *cards.hub_source(hub),
        ("Note", wording.joined(p.note, *(row.note for row in detail.rows), sign=" ")),
        ("Website", cleaning.link(hub.website)),
        cards.finder(p),
    ]
    areas = tuple(
        body_line(Key.of("la", a.code), a.name, detail=a.part, confidence=row.confidence)
        if a.kind == "LA"
        else Entry(a.name, detail=a.part, confidence=row.confidence)
        for row in detail.rows
        for a in row.areas
        if not row.infers(a)
    )
    sections = [fact_section(facts)]
    if not p.areas_only:
        leads = tuple(_leads(detail, units))
        sections.append(Section("Led by", leads, "Its lead school isn't known to us."))
        sections += _hub_map(detail, home.school, units) if home else ()
    sections.append(Section("Areas", areas, "No list of its areas was found."))
    if detail.schools:
        entries = (_all_schools(hub.key, number), *in_places(detail.schools))
        sections.append(Section("Open schools of its phases", entries))
    if home is not None:
        shares = tuple(next_door.nearby_entry(n, home, units) for n in detail.shares)
        none = "None of them surely." if p.rule != "nearest" else "It has no areas: not known."
        sections.append(Section("Your nearby schools that share it", shares, none))
    before = (_hub_line(p, other) for other in detail.predecessors)
    sections += some("Before it in these areas", before)
    sections.append(Section("Programme", (body_line(p.key, p.name),)))
    return Page(hub.key, p.name, hub.name, tuple(sections), cleaning.link(hub.website))


def _leads(detail: HubDetail, units: Units) -> Iterable[Entry]:
    for lead in detail.at.leads:
        far = wording.length(lead.distance_km, units)
        where = wording.joined(lead.town, lead.la_name, lead.trust)
        yield body_line(Key.school(lead.urn), lead.name, right=far, detail=where)
    if not detail.at.leads and detail.hub.lead_name:
        yield Entry(detail.hub.lead_name)


def programme_page(detail: ProgrammeDetail) -> Page:
    p = detail.programme
    facts: list[Fact] = [
        ("For", p.purpose),
        ("Offers", p.offers),
        ("How", "areas were chosen; there are no hubs" if p.areas_only else RULES[p.rule]),
        ("Began", wording.day(p.valid_from, p.from_said)),
        ("Ended", wording.day(p.valid_to, p.to_said)),
        ("Followed by", p.followed_by),
        ("Named", f"{detail.named} on this day" if detail.hubs else ""),
        ("Note", p.note),
        ("Source", p.source),
        ("Checked", wording.day(p.checked)),
        cards.finder(p),
        ("Address from", p.finder_source),
    ]
    published = tuple(
        Entry(
            wording.joined(f"{c.hubs} hubs", c.also, sign=" and "),
            right=wording.short_day(c.day, c.said),
            detail=c.source,
            card=copied(str(c.hubs)),
            fact=True,
        )
        for c in p.counts
    )
    hubs = tuple(_hub_line(p, hub) for hub in sorted(detail.hubs, key=lambda h: h.name.casefold()))
    sections = (
        fact_section(facts),
        Section("Published counts", published, wording.none_found()),
        Section("Areas" if p.areas_only else "Hubs we can name", hubs, "None on this day."),
    )
    return Page(p.key, "Programme", p.name, sections, cleaning.link(p.finder_url))


def _hub_line(programme: Programme, hub: Hub) -> Entry:
    lead = f"Lead: {hub.lead_name}" if hub.lead_name else ""
    return body_line(
        hub.key,
        hub.name,
        right=hub.role,
        detail=wording.joined(lead, hub.region),
        kind=programme.name,
        confidence=hub.confidence,
    )


# --- trusts and the head's own networks ---


def trust_page(detail: TrustDetail, home: Landscape | None, units: Units) -> Page:
    trust = detail.trust
    la_code = home.school.la_code if home else None
    here = next((p.schools for p in detail.authorities if p.la_code == la_code), 0)
    held = len(detail.members)
    near = _centre(detail.centre)
    if near and held < trust.size:
        near += f" (of the {held} on this register)"
    facts: list[Fact] = [
        ("In your LA", f"{here} of {trust.size} ({100 * here / trust.size:.0f}%)" if here else ""),
        ("Widest", f"{wording.length(trust.spread_km, units)} apart" if trust.spread_km else ""),
        ("Centre", near),
        ("Opened", wording.day(trust.opened)),
        ("Status", trust.status if trust.status != "Open" else ""),
        ("Company", trust.companies_house),
        ("UID", trust.uid),
        *(cards.register_facts(home.register) if home else ()),
    ]
    kind_and_size = [
        ("Kind", wording.band(trust)),
        ("Size", wording.count(trust.size, "open school")),
    ]
    about = (
        *fact_section(kind_and_size).entries,
        *_trust_figures(detail, units),
        *fact_section(facts).entries,
    )
    sections = (
        Section("About", about),
        *_trust_map(detail, home, units),
        *members(detail, units, NONE_ON_REGISTER),
    )
    return Page(trust.key, "Trust", trust.name, sections)


def _centre(school: School | None) -> str:
    return f"near {school.name}, {school.town or school.la_name}" if school else ""


def members(
    detail: TrustDetail | NetworkDetail | DioceseDetail, units: Units, none: str
) -> Iterable[Section]:
    """The schools of a trust, a diocese, a network of the head's own: where, which phase, which."""
    yield Section("By local authority", in_places(detail.authorities), NONE_ON_REGISTER)
    yield counts("By phase", detail.phases)
    schools = (school_line(school, wording.length(km, units)) for school, km in detail.members)
    yield Section("Its schools", tuple(schools), none)


def _trust_figures(detail: TrustDetail, units: Units) -> Iterable[Entry]:
    """How local a trust is and how far apart its schools are, with how it is counted."""

    def told(label: str, said: str, how: str) -> Entry:
        counted = figure(label, said, ("How it is counted", how))
        return Entry(said, label, card=counted, fact=True)

    trust, held = detail.trust, len(detail.members)
    part = f"of the {held} on this register" if held < trust.size else ""
    if detail.local:
        most = detail.authorities[0]
        share = f"{100 * most.schools / held:.0f}% in {most.la_name} ({most.schools} of {held})"
        yield told(
            "How local",
            cleaning.plain(f"{detail.local}: {share}"),
            "The share of its open schools that lie in the authority where it has most. Local: "
            f"{LOCAL:.0%} and more; mostly in one LA: from {MOSTLY:.0%}; dispersed: less. "
            "A word for where its schools lie, not for how it works.",
        )
    if detail.median_km is not None:
        apart = f"{wording.length(detail.median_km, units)} between two of its schools"
        yield told(
            "Median apart",
            wording.joined(apart, part, sign=", "),
            f"The distances between every two of its open schools with a position {part}".rstrip()
            + ", in a straight line; half of them are shorter, half longer.",
        )


def network_page(detail: NetworkDetail, units: Units) -> Page:
    """A network of the head's own, told as a trust is."""
    network = detail.network
    gone = ", ".join(map(str, detail.unknown))
    facts: list[Fact] = [
        ("Kind", "a network of yours"),
        ("Size", wording.count(len(network.urns), "school")),
        ("Widest", f"{wording.length(detail.spread_km, units)} apart" if detail.spread_km else ""),
        ("Centre", _centre(detail.centre)),
        ("Made", wording.day(network.added)),
        ("Note", network.note),
        ("Not known", f"URN {gone}: not on the register in use" if gone else ""),
    ]
    schools = members(detail, units, "None yet: g on any school puts it in.")
    return Page(network.key, "Your network", network.name, (fact_section(facts), *schools))


# --- authorities, networks and partnerships ---


def authority_page(detail: AuthorityDetail, register: RegisterInfo) -> Page:
    a = detail.authority
    facts: list[Fact] = [
        ("Code", a.code),
        ("Region", a.region),
        ("Kind", a.kind),
        ("Schools", wording.count(detail.schools, "open state-funded school")),
        ("History", _history(detail)),
        *cards.register_facts(register),
    ]
    hubs = tuple(
        body_line(
            hub.key,
            hub.name,
            label=p.short,
            detail=wording.claim_words(claim, p),
            kind=p.name,
            confidence=hub.confidence,
        )
        for p, hub, claim in detail.hubs
    )
    alike = tuple(
        body_line(Key.of("la", n.code), n.name, right=str(n.rank), detail=n.closeness.lower())
        for n in detail.neighbours
    )
    sections = (
        fact_section(facts),
        counts("Schools by governance", detail.governance),
        counts("Schools by phase", detail.phases),
        Section("Hubs of its schools", hubs, "None known."),
        Section("Heads' networks", body_lines(detail.networks), wording.none_found()),
        Section("Partnerships", body_lines(detail.partnerships), wording.none_found()),
        Section(
            "Statistical neighbours, the most alike first", alike, "None published.", cards.ALIKE
        ),
        Section("Its open schools", tuple(map(school_line, detail.members)), NONE_ON_REGISTER),
    )
    return Page(a.key, "Local authority", a.name, sections)


def _history(detail: AuthorityDetail) -> str:
    """What programmes that are over called this place; still asked about."""
    return "; ".join(
        f"{p.name}, {wording.day(hub.valid_from, hub.from_said)} to "
        f"{wording.day(hub.valid_to, hub.to_said)}: {hub.name}"
        + (f" ({hub.note})" if hub.note else "")
        for p, hub in detail.history
    )


def body_page(detail: BodyDetail) -> Page:
    """The page of a heads' network or a partnership."""
    body = detail.body
    areas = (body_line(a.key, a.name, detail=a.region) for a in detail.authorities)
    sections = [
        fact_section(cards.body_facts(body)),
        Section("Authorities", tuple(areas), "No authority is named; see its area."),
    ]
    if number := sum(place.schools for place in detail.schools):
        title = "Schools of its phases in its authorities"
        sections.append(Section(title, (_all_schools(body.key, number),), after=WHO_BELONGS))
    kind = BODY_KINDS[body.key.kind]
    return Page(body.key, kind, body.name, tuple(sections), cleaning.link(body.website))


def body_lines(bodies: Iterable[Network | Partnership]) -> tuple[Entry, ...]:
    """Networks or partnerships in a list."""
    return tuple(
        body_line(
            body.key,
            body.name,
            right=cards.as_of(body),
            detail=cards.kind_of_body(body),
            confidence=body.confidence,
        )
        for body in bodies
    )


# --- lists of schools, the index, how far the facts reach ---


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
    sections = [Section("About", (*fact_section(facts).entries, Entry(body.name, "Of", card=page)))]
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


def _number_said(number: int, *, sure: bool) -> str:
    about = "" if sure else "; where only a part of an area belongs, all of it is counted"
    return f"{wording.count(number, 'open school')} of its phases on this register{about}"


def _all_schools(body: Key, number: int) -> Entry:
    """A line that leads to the list of a body's schools."""
    text = f"All {wording.count(number, 'school')}" if number > 1 else "The one school"
    return body_line(body.schools, text, kind="Schools")


def index_sections(
    index: Iterable[Listed], text: str = "", *, by_size: bool = False
) -> tuple[Section, ...]:
    """The index of all bodies, those whose name or kind holds every word of the text."""
    words = text.casefold().split()
    kinds: dict[str, list[Listed]] = {}
    for body in index:
        told = f"{body.name} {body.said} {body.kind}".casefold()
        if all(word in told for word in words):
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


# --- maps on pages ---


def _trust_map(detail: TrustDetail, home: Landscape | None, units: Units) -> Iterable[Section]:
    """Where a trust's schools are, from two with a position on; your school where it is near."""
    here = home.school if home else None
    schools = [school for school, _ in detail.members]
    others = [s for s in schools if here is None or s.urn != here.urn]
    members = chart.marks(s for s in others if s != detail.centre)
    if detail.centre in others:
        members += chart.marks([detail.centre], "lead")
    own = chart.marks([here], "home") if here else ()
    if len(others) == len(schools) and not _beside(own, members):
        own = ()
    placed = sum(s.has_position for s in schools)
    if placed < 2:
        return
    held, size = len(schools), detail.trust.size
    yield Section(
        "Map",
        after=f"{held} of its {size} schools are on this register." if held < size else "",
        chart=Chart(
            (*members, *own),
            (("home", "your school"), ("lead", "nearest its middle"), ("member", "its schools")),
            tuple(_place_names(schools)),
            held - placed,
            held,
            units,
        ),
    )


def _beside(own: tuple[Mark, ...], members: tuple[Mark, ...]) -> bool:
    """Whether a school that isn't of the trust fits on its map without shrinking it to a dot."""
    if not own or not members:
        return False
    apart = max(math.dist(a[:2], b[:2]) for a in members[:1] for b in members)
    return min(math.dist(own[0][:2], m[:2]) for m in members) <= max(apart, chart.LEAST_KM)


def _place_names(schools: Sequence[School]) -> Iterable[Label]:
    """The authorities of some schools, each named amid its own, the one with most schools first."""
    by_name: dict[str, list[Mark]] = {}
    for school in schools:
        by_name.setdefault(school.la_name, []).extend(chart.marks([school]))
    for name, spots in sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0])):
        if spots:
            yield Label(fmean(m.east for m in spots), fmean(m.north for m in spots), name)


def _hub_map(detail: HubDetail, here: School, units: Units) -> Iterable[Section]:
    """A hub's lead, your school and those near it that share the hub."""
    leads, own = chart.marks(detail.leads, "lead"), chart.marks([here], "home")
    if not leads or not own:
        return
    shares = chart.marks(near.school for near in detail.shares)
    yield Section(
        "Map",
        chart=Chart(
            (*shares, *leads, *own),
            (("home", "your school"), ("lead", "led from here"), ("member", "nearby, sharing it")),
            tuple(_place_names([*detail.leads, here])),
            units=units,
        ),
    )
