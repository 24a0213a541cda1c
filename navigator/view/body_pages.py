"""A body as a page: facts, then sections of what belongs to it, each line of which can be followed.

The same shape as a landscape's columns (`outline`), so one list draws both.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import fmean

from navigator.core import wording
from navigator.core.keys import Key
from navigator.core.model import (
    Authority,
    Hub,
    Landscape,
    Network,
    Partnership,
    Programme,
    RegisterInfo,
    School,
)
from navigator.core.wording import Units
from navigator.directory.summary import Covered, TableSummary
from navigator.domain.details import (
    MOSTLY,
    AuthorityDetail,
    BodyDetail,
    HubDetail,
    InPlace,
    NetworkDetail,
    ProgrammeDetail,
    SchoolsDetail,
    TrustDetail,
)
from navigator.domain.index import Listed
from navigator.domain.profiles import LOCAL
from navigator.view import chart, landscape_sections
from navigator.view.canvas import Label
from navigator.view.chart import Chart, Mark
from navigator.view.sections import Card, Entry, Fact, Page, Section


def hub_page(detail: HubDetail, home: Landscape | None, units: Units) -> Page:
    p, hub = detail.programme, detail.hub
    claim = next((c for c in home.hubs if c.programme.id == p.id), None) if home else None
    ours = claim is not None and claim.hub is not None and claim.hub.hub.id == hub.id
    number = sum(place.schools for place in detail.schools)
    facts: list[Fact] = [
        ("For", p.purpose),
        ("Claim", wording.claim_phrase(claim) if claim and ours else ""),
        ("Why", claim.why if claim and ours else ""),
        (
            "Schools",
            _number_said(number, sure=detail.sure) if number else "",
        ),
        ("Since", wording.day(hub.valid_from, hub.from_said) or "not known"),
        ("Until", wording.day(hub.valid_to, hub.to_said)),
        ("Confidence", wording.CONFIDENCE_PHRASES[hub.confidence]),
        ("Last seen", hub.last_seen),
        ("Checked", wording.day(hub.as_of)),
        ("Source", hub.source),
        ("Note", " ".join(t for t in (p.note, *(row.note for row in detail.rows)) if t)),
        ("Website", wording.link(hub.website)),
        ("Official finder", f"{p.finder} {p.finder_url}".strip()),
    ]
    leads = [
        Entry(
            lead.name,
            right=wording.length(lead.distance_km, units),
            detail=" · ".join(t for t in (lead.town, lead.la_name, lead.trust) if t),
            card=link_card(Key.school(lead.urn), "School", lead.name),
        )
        for lead in detail.at.leads
    ]
    if not leads and hub.lead_name:
        leads = [Entry(hub.lead_name)]
    led = Section("Led by", tuple(leads), "Its lead school isn't known to us.")
    areas = [
        Entry(
            a.name,
            detail=a.part,
            card=link_card(Key.of("la", a.code), "Local authority", a.name)
            if a.kind == "LA"
            else None,
            confidence=row.confidence,
        )
        for row in detail.rows
        for a in row.areas
    ]
    sections = [
        fact_section(facts),
        *(() if p.areas_only else (led,)),
        *(_hub_map(detail, home.school, units) if home and not p.areas_only else ()),
        Section("Areas", tuple(areas), "No areas are published."),
    ]
    if detail.schools:
        entries = (_all_entry(Key.hub(p.id, hub.id).schools, number), *_in_places(detail.schools))
        sections.append(Section("Open schools of its phases", entries))
    if home is not None:
        shares = tuple(landscape_sections.nearby_entry(n, home, units) for n in detail.shares)
        none = "None of them surely." if p.mark else "Not compared for this programme."
        sections.append(Section("Your nearby schools that share it", shares, none))
    if detail.predecessors:
        before = tuple(_hub_entry(p, h) for h in detail.predecessors)
        sections.append(Section("Before it in these areas", before))
    sections.append(
        Section(
            "Programme",
            (Entry(p.name, card=link_card(Key.of("programme", p.id), "Programme", p.name)),),
        )
    )
    return Page(Key.hub(p.id, hub.id), p.name, hub.name, tuple(sections), wording.link(hub.website))


def programme_page(detail: ProgrammeDetail) -> Page:
    p = detail.programme
    facts: list[Fact] = [
        ("For", p.purpose),
        ("How", "areas were chosen; there are no hubs" if p.areas_only else RULES[p.rule]),
        ("Began", wording.day(p.valid_from, p.from_said)),
        ("Ended", wording.day(p.valid_to, p.to_said)),
        ("Followed by", p.followed_by),
        ("Named", f"{detail.named} on this day" if detail.hubs else ""),
        ("Note", p.note),
        ("Source", p.source),
        ("Checked", wording.day(p.checked)),
        ("Official finder", f"{p.finder} {p.finder_url}".strip()),
    ]
    counts = tuple(
        Entry(
            f"{c.hubs} hubs" + (f" and {c.also}" if c.also else ""),
            right=wording.short_day(c.day, c.said),
            detail=c.source,
            card=_note(str(c.hubs)),
            fact=True,
        )
        for c in p.counts
    )
    hubs = tuple(_hub_entry(p, hub) for hub in sorted(detail.hubs, key=lambda h: h.name.casefold()))
    return Page(
        Key.of("programme", p.id),
        "Programme",
        p.name,
        (
            fact_section(facts),
            Section("Published counts", counts, "None found."),
            Section("Areas" if p.areas_only else "Hubs we can name", hubs, "None on this day."),
        ),
        wording.link(p.finder_url),
    )


RULES = {
    "area": "the hub of the school's area is designated",
    "names-area": "hubs name areas, but a school may approach any",
    "region": "shown by region; no smaller area is known",
    "nearest": "no areas; the school chooses",
}


def trust_page(detail: TrustDetail, home: Landscape | None, units: Units) -> Page:
    trust = detail.trust
    here = next(
        (p.schools for p in detail.authorities if home and p.la_code == home.school.la_code), 0
    )
    share = f"{here} of {trust.size} ({100 * here / trust.size:.0f}%)" if here else ""
    centre = detail.centre
    near = f"near {centre.name}, {centre.town or centre.la_name}" if centre else ""
    if centre and len(detail.members) < trust.size:
        near += f" (of the {len(detail.members)} on this register)"
    facts: list[Fact] = [
        ("Kind", wording.band(trust)),
        ("Size", wording.count(trust.size, "open school")),
        ("In your LA", share),
        ("Widest", f"{wording.length(trust.spread_km, units)} apart" if trust.spread_km else ""),
        ("Centre", near),
        ("Opened", wording.day(trust.opened)),
        ("Status", trust.status if trust.status != "Open" else ""),
        ("Company", trust.companies_house),
        ("UID", trust.uid),
    ]
    if home is not None:
        facts += landscape_sections.register_facts(home.register)
    about = fact_section(facts)
    figures = tuple(_figure(*figure) for figure in _trust_figures(detail, units))
    at = 1 + [entry.label for entry in about.entries].index("Size")
    about = about._replace(entries=(*about.entries[:at], *figures, *about.entries[at:]))
    schools = tuple(_school_entry(s, km, units) for s, km in detail.members)
    return Page(
        Key.of("trust", trust.uid),
        "Trust",
        trust.name,
        (
            about,
            *_trust_map(detail, home, units),
            Section("By local authority", _in_places(detail.authorities), "None on this register."),
            _counts("By phase", detail.phases),
            Section("Its schools", schools, "None on this register."),
        ),
    )


def _trust_figures(detail: TrustDetail, units: Units) -> Iterable[tuple[str, str, str]]:
    """How local a trust is and how far apart its schools are: label, figure, how it is counted."""
    trust, held = detail.trust, len(detail.members)
    part = f"of the {held} on this register" if held < trust.size else ""
    if detail.local:
        most = detail.authorities[0]
        yield (
            "How local",
            f"{detail.local}: {100 * most.schools / held:.0f}% in {most.la_name} "
            f"({most.schools} of {held})",
            "The share of its open schools that lie in the authority where it has most. Local: "
            f"{LOCAL:.0%} and more; mostly in one LA: from {MOSTLY:.0%}; dispersed: less. "
            "A word for where its schools lie, not for how it works.",
        )
    if detail.median_km is not None:
        apart = wording.length(detail.median_km, units)
        yield (
            "Median apart",
            f"{apart} between two of its schools" + (f", {part}" if part else ""),
            f"The distances between every two of its open schools with a position {part}".rstrip()
            + ", in a straight line; half of them are shorter, half longer.",
        )


def network_page(detail: NetworkDetail, units: Units) -> Page:
    """A network of the head's own, told as a trust is."""
    network, centre = detail.network, detail.centre
    gone = ", ".join(map(str, detail.unknown))
    facts: list[Fact] = [
        ("Kind", "a network of yours"),
        ("Size", wording.count(len(network.urns), "school")),
        ("Widest", f"{wording.length(detail.spread_km, units)} apart" if detail.spread_km else ""),
        ("Centre", f"near {centre.name}, {centre.town or centre.la_name}" if centre else ""),
        ("Made", wording.day(network.added)),
        ("Note", network.note),
        ("Not known", f"URN {gone}: not on the register in use" if gone else ""),
    ]
    return Page(
        Key(network.key),
        "Your network",
        network.name,
        (
            fact_section(facts),
            Section("By local authority", _in_places(detail.authorities), "None on this register."),
            _counts("By phase", detail.phases),
            Section(
                "Its schools",
                tuple(_school_entry(s, km, units) for s, km in detail.members),
                "None yet: g on any school puts it in.",
            ),
        ),
    )


def authority_page(detail: AuthorityDetail, register: RegisterInfo) -> Page:
    a = detail.authority
    facts: list[Fact] = [
        ("Code", a.code),
        ("Region", a.region),
        ("Kind", a.kind),
        ("Schools", wording.count(detail.schools, "open state-funded school")),
        ("History", _history(detail)),
        *landscape_sections.register_facts(register),
    ]
    hubs = tuple(
        Entry(
            hub.name,
            p.short,
            detail=wording.claim_words(claim, p),
            card=link_card(Key.hub(p.id, hub.id), p.name, hub.name),
            confidence=hub.confidence,
        )
        for p, hub, claim in detail.hubs
    )
    neighbours = tuple(
        Entry(
            n.name,
            right=str(n.rank),
            detail=n.closeness.lower(),
            card=link_card(Key.of("la", n.code), "Local authority", n.name),
        )
        for n in detail.neighbours
    )
    return Page(
        Key.of("la", a.code),
        "Local authority",
        a.name,
        (
            fact_section(facts),
            _counts("Schools by governance", detail.governance),
            _counts("Schools by phase", detail.phases),
            Section("Hubs of its schools", hubs, "None known."),
            Section("Heads' networks", tuple(map(body_entry, detail.networks)), "None found."),
            Section("Partnerships", tuple(map(body_entry, detail.partnerships)), "None found."),
            Section(
                "Statistical neighbours, the most alike first",
                neighbours,
                "None published.",
                after="Published by DfE in May 2025. Similar isn't better.",
            ),
            Section(
                "Its open schools",
                tuple(_school_entry(s, None, "miles") for s in detail.members),
                "None on this register.",
            ),
        ),
    )


def _history(detail: AuthorityDetail) -> str:
    """What programmes that are over called this place; still asked about."""
    return "; ".join(
        f"{p.name}, {wording.day(hub.valid_from, hub.from_said)} to "
        f"{wording.day(hub.valid_to, hub.to_said)}: {hub.name}"
        + (f" ({hub.note})" if hub.note else "")
        for p, hub in detail.history
    )


def sources_page(tables: Iterable[TableSummary]) -> Page:
    """How far the facts reach: a section a table, the same figures as `status --facts`."""
    sections = []
    for table in tables:
        facts: list[Fact] = [
            ("Rows", f"{table.rows:,}"),
            ("Hubs", f"{table.hubs} named, {table.in_force} in force" if table.hubs else ""),
            (
                "Published",
                f"{table.counted.hubs} {wording.on_day(table.counted.day, table.counted.said)}"
                if table.counted
                else "",
            ),
            ("Checked", wording.day(table.as_of)),
            ("Newest", table.source_year),
            ("LAs", _covered(table.authorities)),
            ("Schools", _covered(table.schools) if table.schools else ""),
        ]
        sections.append(fact_section(facts, table.name))
    return Page(Key("sources:"), "How far the facts reach", "Sources", tuple(sections))


def body_page(detail: BodyDetail) -> Page:
    body = detail.body
    key, kind = _body_key(body), _body_kind(body)
    areas = tuple(map(_authority_entry, detail.authorities))
    none = "No authority is named; see its area."
    sections = [
        fact_section(landscape_sections.body_facts(body)),
        Section("Authorities", areas, none),
    ]
    if number := sum(place.schools for place in detail.schools):
        schools = _all_entry(key.schools, number)
        title = "Schools of its phases in its authorities"
        sections.append(Section(title, (schools,), after=WHO_BELONGS))
    return Page(key, kind, body.name, tuple(sections), wording.link(body.website))


WHO_BELONGS = "Which of them take part isn't in our sources: these are all there are."


def schools_page(key: Key, detail: SchoolsDetail) -> Page:
    """The schools of a hub's, network's or partnership's phases where it works, to be followed.

    `key` may end in "@" and the code of the one authority that the page is about.
    """
    body = detail.body
    number = sum(place.schools for place, _ in detail.places)
    facts: list[Fact] = [
        ("Schools", _number_said(number, sure=detail.sure)),
        ("Note", "" if detail.programme else WHO_BELONGS),
    ]
    kind = detail.programme.name if detail.programme else _body_kind(body)
    about = Section(
        "About",
        (
            *fact_section(facts).entries,
            Entry(body.name, "Of", card=link_card(key.listed_of, kind, body.name)),
        ),
    )
    sections = [about]
    if not any(schools for _, schools in detail.places):
        entries = tuple(
            Entry(
                place.la_name,
                right=f"{place.schools:,}",
                card=link_card(Key.of(key.kind, key.id, place.la_code), "Schools", place.la_name),
            )
            for place, _ in detail.places
        )
        sections.append(Section("By authority", entries, "None on this register."))
    else:
        for place, schools in detail.places:
            title = f"{place.la_name} ({place.schools:,})"
            listed = tuple(_school_entry(school, None, "miles") for school in schools)
            sections.append(Section(title, listed))
    if key.part:
        own = _in_places(place for place, _ in detail.places)
        sections.append(Section("The authority's own page", own))
    title = f"Schools of {body.name}"
    if detail.programme is None:
        title = f"Schools in the authorities of {body.name}"
    if key.part and detail.places:
        title += f" in {detail.places[0][0].la_name}"
    return Page(key, kind, title, tuple(sections))


def _number_said(number: int, *, sure: bool) -> str:
    about = "" if sure else "; where only a part of an area belongs, all of it is counted"
    return f"{wording.count(number, 'open school')} of its phases on this register{about}"


def _all_entry(key: Key, number: int) -> Entry:
    """A line that leads to a list of schools."""
    text = f"All {wording.count(number, 'school')}" if number > 1 else "The one school"
    return Entry(text, card=link_card(key, "Schools", text))


INDEX_ROWS = 60
"""Rows shown of each kind in the index; typing narrows them down."""


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
    sections = []
    for kind, bodies in kinds.items():
        if by_size:
            bodies.sort(key=lambda b: -(b.size or 0))
        more = len(bodies) - INDEX_ROWS
        sections.append(
            Section(
                f"{kind} ({len(bodies):,})",
                tuple(map(_listed_entry, bodies[:INDEX_ROWS])),
                after=f"and {more:,} more: type to narrow them down" if more > 0 else "",
            )
        )
    return tuple(sections)


def _listed_entry(body: Listed) -> Entry:
    size = "" if body.size is None else f"{body.size:,}"
    if body.of is not None:
        known = body.size or 0
        # More in our table than were counted: some of ours may have ended without our knowing.
        size = f"{known} of {body.of} named" if known <= body.of else f"{body.of} counted"
        size = size if body.of else ""
    return Entry(
        body.name, right=size, detail=body.said, card=link_card(Key(body.key), body.kind, body.name)
    )


# --- entries ---


def _covered(covered: Covered) -> str:
    return wording.covered(covered.high, covered.medium, covered.low, covered.none)


def fact_section(facts: Iterable[Fact], title: str = "About") -> Section:
    """Facts as lines the cursor can stand on, so that each can be read and copied."""
    return Section(
        title,
        tuple(
            Entry(wording.plain(value), label, card=_note(value), fact=True)
            for label, value in facts
            if value
        ),
    )


def _note(value: str) -> Card:
    """A card of a line that leads nowhere but can be copied."""
    return Card(copy=wording.plain(value))


def _figure(label: str, value: str, how: str) -> Entry:
    """A figure as a line whose card tells how it is counted."""
    value = wording.plain(value)
    facts = (("Figure", value), ("How it is counted", how))
    card = Card(kind="Figure", title=label, facts=facts, copy=value)
    return Entry(value, label, card=card, fact=True)


def link_card(key: Key, kind: str, title: str) -> Card:
    """A card that names another body, to be followed; of a school the URN is copied."""
    return Card(key, kind, title, copy=str(key.urn or title))


def _counts(title: str, counts: Iterable[tuple[str, int]]) -> Section:
    counts = list(counts)
    total = sum(number for _, number in counts)
    return Section(
        title,
        tuple(
            Entry(
                words,
                right=f"{number:,}  {100 * number / total:3.0f}%",
                card=_note(f"{words}: {number}"),
                fact=True,
            )
            for words, number in counts
        ),
        "None on this register.",
    )


def _in_places(places: Iterable[InPlace]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            place.la_name,
            right=f"{place.schools:,}",
            card=link_card(Key.of("la", place.la_code), "Local authority", place.la_name),
        )
        for place in places
    )


def _trust_map(detail: TrustDetail, home: Landscape | None, units: Units) -> Iterable[Section]:
    """Where a trust's schools are, from two with a position on; your school where it is near."""
    here = home.school if home else None
    others = [s for s, _ in detail.members if here is None or s.urn != here.urn]
    members = chart.marks(s for s in others if s != detail.centre)
    if detail.centre in others:
        members += chart.marks([detail.centre], "lead")
    own = chart.marks([here], "home") if here else ()
    if len(others) == len(detail.members) and not _beside(own, members):
        own = ()
    placed = sum(s.has_position for s, _ in detail.members)
    if placed < 2:
        return
    held, size = len(detail.members), detail.trust.size
    yield Section(
        "Map",
        after=f"{held} of its {size} schools are on this register." if held < size else "",
        chart=Chart(
            (*members, *own),
            (("home", "your school"), ("lead", "nearest its middle"), ("member", "its schools")),
            tuple(_place_names([s for s, _ in detail.members])),
            len(detail.members) - placed,
            len(detail.members),
            units,
        ),
    )


def _beside(own: tuple[Mark, ...], members: tuple[Mark, ...]) -> bool:
    """Whether a school that isn't of the trust fits on its map without shrinking it to a dot."""
    if not own or not members:
        return False
    apart = max(math.dist(a[:2], b[:2]) for a in members[:1] for b in members)
    return min(math.dist(own[0][:2], m[:2]) for m in members) <= max(apart, chart.LEAST_KM)


def _place_names(schools: Iterable[School]) -> Iterable[Label]:
    """The authorities of some schools, each named amid its own, the one with most schools first."""
    by_name: dict[str, list[Mark]] = {}
    for school in schools:
        by_name.setdefault(school.la_name, []).extend(chart.marks([school]))
    for name, spots in sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0])):
        if spots:
            yield Label(fmean(m.east for m in spots), fmean(m.north for m in spots), name)


def _hub_map(detail: HubDetail, here: School, units: Units) -> Iterable[Section]:
    """A hub's lead, your school and those near it that share the hub."""
    leads = chart.marks(detail.leads, "lead")
    own = chart.marks([here], "home")
    if not leads or not own:
        return
    shares = [n.school for n in detail.shares]
    names = _place_names([*detail.leads, here])
    yield Section(
        "Map",
        chart=Chart(
            (*chart.marks(shares), *leads, *own),
            (("home", "your school"), ("lead", "led from here"), ("member", "nearby, sharing it")),
            tuple(names),
            units=units,
        ),
    )


def _school_entry(school: School, km: float | None, units: Units) -> Entry:
    return Entry(
        school.name,
        right=wording.length(km, units),
        detail=wording.school_line(school),
        card=link_card(Key.school(school.urn), "School", school.name),
    )


def _hub_entry(programme: Programme, hub: Hub) -> Entry:
    lead = f"Lead: {hub.lead_name}" if hub.lead_name else ""
    return Entry(
        hub.name,
        right=hub.role,
        detail=" · ".join(t for t in (lead, hub.region) if t),
        card=link_card(Key.hub(programme.id, hub.id), programme.name, hub.name),
        confidence=hub.confidence,
    )


def body_entry(body: Network | Partnership) -> Entry:
    return Entry(
        body.name,
        right=body.status_as_of or "undated",
        detail=body.kind if isinstance(body, Network) else body.tier,
        card=link_card(_body_key(body), _body_kind(body), body.name),
        confidence=body.confidence,
    )


def _body_key(body: Network | Partnership) -> Key:
    return Key.of("network" if isinstance(body, Network) else "partnership", body.id)


def _body_kind(body: Hub | Network | Partnership) -> str:
    return "Heads' network" if isinstance(body, Network) else "Partnership"


def _authority_entry(authority: Authority) -> Entry:
    return Entry(
        authority.name,
        detail=authority.region,
        card=link_card(Key.of("la", authority.code), "Local authority", authority.name),
    )
