"""A landscape as sections of entries: what is said and in what order, before any medium.

The screen, plain text and Markdown are all drawn from this, so none of them can say more, less or
otherwise than the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from navigator.core import wording
from navigator.core.keys import Key
from navigator.core.model import (
    NAME_NOT_FOUND,
    Claim,
    HubAtDistance,
    HubClaim,
    Landscape,
    NearbySchool,
    Network,
    Partnership,
    PartnershipHere,
    Programme,
    RegisterInfo,
    School,
)
from navigator.core.record import Correction, OwnNetwork
from navigator.core.wording import Units
from navigator.view.sections import Card, Column, Entry, Fact, Section, clean

if TYPE_CHECKING:
    pass


def columns(landscape: Landscape, units: Units = "miles") -> tuple[Column, Column, Column]:
    """From the top, from the middle, from the ground."""
    return (
        Column("From the top", tuple(_hub_sections(landscape, units))),
        Column(
            "From the middle",
            (
                _trust_section(landscape, units),
                _authority_section(landscape),
                _network_section(landscape),
                *_partnership_sections(landscape),
            ),
        ),
        Column("From the ground", tuple(_ground_sections(landscape, units))),
    )


def headline(landscape: Landscape) -> tuple[str, ...]:
    """What stands under the school's name, the most telling first."""
    s = landscape.school
    said = (
        " ".join(t for t in (s.town, s.postcode) if t),
        s.la_name if s.la_name != s.town else "",
        s.phase,
        "" if s.is_open and "close" not in s.status else wording.status(s),
        wording.ages(s),
        wording.count(s.pupils, "pupil") if s.pupils else "",
        s.type[:1].lower() + s.type[1:] if s.type else "",
        s.district_name if s.district_name not in (s.la_name, s.town) else "",
    )
    return tuple(t for t in said if t)


def register_line(landscape: Landscape) -> str:
    """Which register this stands on: "sample: 3 areas", or England with its date."""
    info = landscape.register
    if info.sample:
        return f"{wording.SAMPLE}, {wording.short_day(info.day)}"
    return f"England, {wording.short_day(info.day)}"


# --- from the top ---

ORDER = (
    Claim.SET_BY_YOU,
    Claim.DESIGNATED,
    Claim.ONE_OF,
    Claim.NAMES_AREA,
    Claim.NEAREST,
    Claim.REGION,
    Claim.NONE_FOUND,
    Claim.ENDED,
)
HEADINGS = {
    Claim.SET_BY_YOU: "Set by you",
    Claim.DESIGNATED: "Your area's hubs",
    Claim.ONE_OF: "One of these, ask",
    Claim.NAMES_AREA: "Names your area",
    Claim.NEAREST: "Nearest, yours to choose",
    Claim.REGION: "In your region",
    Claim.ENDED: "Ended",
}


def _hub_sections(landscape: Landscape, units: Units) -> Iterable[Section]:
    claims = sorted(landscape.hubs, key=lambda c: (ORDER.index(c.claim), c.programme.areas_only))
    for heading, group in groupby(claims, key=_heading):
        title = heading or f"None found, checked {wording.short_day(landscape.checked)}"
        entries = [entry for claim in group for entry in _hub_entries(claim, landscape, units)]
        yield Section(title, tuple(entries))


def _heading(claim: HubClaim) -> str:
    """What a claim stands under; "" for none found."""
    chosen = wording.AREA_PHRASES.get(claim.claim) if claim.programme.areas_only else None
    return chosen or HEADINGS.get(claim.claim, "")


def _hub_entries(claim: HubClaim, landscape: Landscape, units: Units) -> Iterable[Entry]:
    label = claim.programme.short
    card = hub_card(claim, units)
    if claim.claim is Claim.ENDED:
        text = wording.day(claim.programme.valid_to, claim.programme.to_said)
        after = f"Followed by: {claim.followed_by}" if claim.followed_by else ""
        yield Entry(text, label, detail=after, card=card, quiet=True)
        return
    if claim.claim is Claim.NONE_FOUND:
        yield from _none_entries(claim, landscape, units)
        return
    if claim.claim in (Claim.ONE_OF, Claim.SET_BY_YOU):
        told = (*([claim.hub] if claim.hub else ()), *claim.alternatives)
        for n, at in enumerate(told):
            yield _hub_entry(claim, at, landscape, units, label if n == 0 else "")
    elif claim.hub is not None:
        yield _hub_entry(claim, claim.hub, landscape, units, label)
        if claim.alternatives:
            named = wording.named_of(claim)
            more = f"and {len(claim.alternatives)} more" + (f"; {named}" if named else "")
            yield Entry(more, card=card, quiet=True)
    if claim.nearest:
        yield _nearest_entry(claim, units)
    if claim.published is not None:
        yield _published_entry(claim.published, units)


def _none_entries(claim: HubClaim, landscape: Landscape, units: Units) -> Iterable[Entry]:
    label, card = claim.programme.short, hub_card(claim, units)
    if claim.alternatives:
        names = " or ".join(a.hub.name for a in claim.alternatives)
        yield Entry(f"May be {names}", label, detail="Not well sourced: ask", card=card, quiet=True)
    elif not claim.programme.serves_school(landscape.school):
        yield Entry("not for this phase", label, card=card, quiet=True)
    elif claim.programme.areas_only:
        yield Entry("not one of its areas", label, card=card, quiet=True)
    else:
        yield Entry("no hub known here", label, detail=_finder(claim), card=card, quiet=True)
    if claim.nearest and not claim.alternatives:
        yield _nearest_entry(claim, units)


def _published_entry(claim: HubClaim, units: Units) -> Entry:
    """What is published, beneath what the head set."""
    candidates = [claim.hub] if claim.hub else list(claim.alternatives)
    names = " or ".join(_brief(at.hub.name, claim.programme) for at in candidates)
    said = wording.claim_phrase(claim)
    return Entry(
        f"published: {names or said}",
        detail=said if names else "",
        card=hub_card(claim, units),
        quiet=True,
    )


def _hub_entry(
    claim: HubClaim, at: HubAtDistance, landscape: Landscape, units: Units, label: str
) -> Entry:
    # The lead stands in the line beneath: no need to name it twice.
    name = NAME_NOT_FOUND if at.hub.nameless else at.hub.name
    # A hub without a start may not have begun on a day before it was looked up.
    unsure = at.hub.valid_from is None and landscape.as_at < at.hub.as_of
    return Entry(
        name,
        label,
        _brief(name, claim.programme),
        _distance(at, units),
        " · ".join(
            t for t in (_lead(at, claim.programme), "start not known" if unsure else "") if t
        ),
        card=hub_card(claim, units, at),
        confidence=at.hub.confidence,
    )


def _nearest_entry(claim: HubClaim, units: Units) -> Entry:
    at = claim.nearest
    assert at is not None  # noqa: S101 - both callers have looked
    return Entry(
        f"nearest: {at.hub.name}",
        brief=f"nearest: {_brief(at.hub.name, claim.programme)}",
        right=_distance(at, units),
        card=hub_card(claim, units, at),
        quiet=True,
    )


def _brief(hub: str, programme: Programme) -> str:
    """The hub's name without the programme's at its end: the label says that already."""
    return hub.removesuffix(programme.name).strip(" -–,:") or hub


def _distance(at: HubAtDistance, units: Units) -> str:
    known = wording.length(at.distance_km, units)
    return known or ("unknown" if at.leads else "")


def _lead(at: HubAtDistance, programme: Programme) -> str:
    if programme.areas_only:
        return ""
    if not at.hub.id:
        return "as you named it; not in our table"
    where = ", ".join(lead.name for lead in at.leads if lead.name) or at.hub.lead_name
    whole_region = at.hub.areas and all(area.kind == "region" for area in at.hub.areas)
    lead = f"Lead: {where}" if where else "" if whole_region else "Lead school not known"
    return " · ".join(t for t in (at.hub.role, lead) if t)


def _finder(claim: HubClaim) -> str:
    finder = f"Ask: {claim.programme.finder}" if claim.programme.finder else ""
    return " · ".join(t for t in (wording.named_of(claim), finder) if t)


def hub_card(claim: HubClaim, units: Units, at: HubAtDistance | None = None) -> Card:
    """The detail of a claim, about the claimed hub or (`at`) one of the others it mentions."""
    p = claim.programme
    at = at or claim.hub
    hub = at.hub if at else None
    website = wording.link(hub.website) if hub else ""
    facts = [
        *_claim_facts(claim, at),
        *(_lead_facts(at, units) if at else ()),
        *_other_hubs(claim, at, units),
        *_term_facts(claim, at),
        *_source_facts(claim, at),
        (
            "Note",
            "" if claim.corrected else " ".join(t for t in (p.note, hub.note if hub else "") if t),
        ),
        ("Website", website),
        ("Official finder", f"{p.finder} {p.finder_url}".strip()),
    ]
    return Card(
        key=hub.key if hub else p.key,
        kind=p.name,
        title=hub.name if hub else p.name,
        lead=p.purpose,
        facts=clean(facts),
        website=website or wording.link(p.finder_url),
        copy=hub.name if hub else p.name,
    )


def _claim_facts(claim: HubClaim, at: HubAtDistance | None) -> Iterable[Fact]:
    if claim.published is not None:
        under = claim.published
        names = " or ".join(a.hub.name for a in ([under.hub] if under.hub else under.alternatives))
        yield "Claim", wording.claim_phrase(claim)
        yield "Why", claim.why
        yield "Your note", claim.corrected.note if claim.corrected else ""
        yield "Published", f"{wording.claim_phrase(under)}: {names}" if names else under.why
        return
    if at is not None and at is claim.nearest:
        yield "Claim", f"Nearest {claim.programme.name}, though not the one for this area"
        return
    yield "Claim", wording.claim_phrase(claim)
    yield "Why", claim.why


def _other_hubs(claim: HubClaim, at: HubAtDistance | None, units: Units) -> Iterable[Fact]:
    if at is not None:
        areas = "; ".join(f"{a.name} ({a.part})" if a.part else a.name for a in at.hub.areas)
        yield "Covers", areas or at.hub.region
    others = [a for a in claim.alternatives if at is None or a.hub.id != at.hub.id]
    yield "Others", "; ".join(_hub_brief(a, units) for a in others)
    if claim.nearest and claim.nearest is not at:
        yield "Nearest", _hub_brief(claim.nearest, units)


def _term_facts(claim: HubClaim, at: HubAtDistance | None) -> Iterable[Fact]:
    term = at.hub if at else claim.programme
    yield "Since", wording.day(term.valid_from, term.from_said) or ("not known" if at else "")
    yield "Until", wording.day(term.valid_to, term.to_said)
    yield "Followed by", claim.followed_by
    if claim.counted and claim.claim is not Claim.ENDED:
        counted = claim.counted
        also = f" and {counted.also}" if counted.also else ""
        when = f"{wording.on_day(counted.day, counted.said)} ({counted.source})"
        ours = f"we can name {claim.named}"
        if claim.named > counted.hubs:
            ours = f"our table holds {claim.named}, some perhaps not in force by then"
        yield "Hubs", f"{counted.hubs}{also} {when}; {ours}"


def _source_facts(claim: HubClaim, at: HubAtDistance | None) -> Iterable[Fact]:
    if at is not None:
        yield "Confidence", wording.CONFIDENCE_PHRASES[at.hub.confidence]
        yield "Last seen", at.hub.last_seen
    yield "Checked", wording.day(at.hub.as_of if at else claim.as_of)
    yield "Source", at.hub.source if at else claim.source


def _lead_facts(at: HubAtDistance, units: Units) -> Iterable[Fact]:
    if not at.leads and at.hub.lead_name:
        yield "Lead", at.hub.lead_name
    for lead in at.leads:
        if not lead.la_name:
            yield "Lead", f"{lead.name}, URN {lead.urn} (not in this register)"
            continue
        far = wording.length(lead.distance_km, units) or "distance unknown"
        yield (
            "Lead",
            f"{lead.name}, {lead.town or lead.la_name} ({lead.la_name}), URN {lead.urn}, {far}",
        )
        if lead.trust:
            yield "Lead's trust", lead.trust


def _hub_brief(at: HubAtDistance, units: Units) -> str:
    far = wording.length(at.distance_km, units)
    return f"{at.hub.name} ({far})" if far else at.hub.name


# --- from the middle ---


def _trust_section(landscape: Landscape, units: Units) -> Section:
    here = landscape.trust
    if here is None:
        if landscape.trust_note:
            return Section("Trust", empty=landscape.trust_note)
        la = landscape.school.la_name
        maintained = landscape.school.is_maintained
        return Section(
            "Trust", empty=f"None: maintained with {la}." if maintained else "None on the register."
        )
    return Section(
        "Trust",
        (
            Entry(
                here.trust.name,
                detail=wording.trust_summary(here, landscape.school.la_name),
                card=trust_card(landscape, units),
            ),
        ),
    )


def trust_card(landscape: Landscape, units: Units) -> Card:
    here = landscape.trust
    assert here is not None  # noqa: S101 - asked for only where there is one
    trust = here.trust
    facts: list[Fact] = [
        ("Kind", wording.band(trust)),
        ("Size", wording.count(trust.size, "open school") + " on this register"),
        ("Here", f"{here.schools_in_la} in {landscape.school.la_name}"),
    ]
    if trust.spread_km:
        facts.append(
            ("Widest", f"{wording.length(trust.spread_km, units)} between its two furthest schools")
        )
    facts.append(("Why", "The register names it as this school's trust."))
    facts.append(("Bands", "small 2–5 schools, medium 6–15, large 16 and more"))
    if trust.opened:
        facts.append(("Opened", wording.day(trust.opened)))
    if trust.status and trust.status != "Open":
        listed = wording.day(landscape.register.groups_day)
        facts.append(("Status", f"{trust.status.lower()} on the groups list of {listed}"))
    if trust.companies_house:
        facts.append(("Company", trust.companies_house))
    facts += register_facts(landscape.register)
    facts.append(("UID", trust.uid))
    return Card(trust.key, "Trust", trust.name, "", clean(facts), copy=trust.name)


def _authority_section(landscape: Landscape) -> Section:
    here = landscape.authority
    if here is None:
        return Section("Local authority", empty="None on the register.")
    a = here.authority
    neighbours = "; ".join(f"{n.rank} {n.name} ({n.closeness.lower()})" for n in here.neighbours)
    facts: list[Fact] = [
        ("Why", "The register places this school in it."),
        ("Code", a.code),
        ("Region", a.region),
        ("Schools", wording.authority_summary(here)),
        ("Alike", neighbours),
        ("", "Statistical neighbours, published by DfE in May 2025. Similar isn't better."),
        *register_facts(landscape.register),
    ]
    card = Card(a.key, "Local authority", a.name, "", clean(facts), copy=a.name)
    return Section(
        "Local authority", (Entry(a.name, detail=wording.authority_summary(here), card=card),)
    )


def _network_section(landscape: Landscape) -> Section:
    entries = tuple(
        Entry(
            n.name,
            right=_as_of(n),
            detail=_body_detail(n.kind, n, _closure(n.key, landscape)),
            card=network_card(n, landscape),
            confidence=n.confidence,
        )
        for n in landscape.networks
    )
    ours = [_set_network_entry(c, name) for c in landscape.named_networks for name in c.names]
    ours += [_own_network_entry(n) for n in landscape.own_networks]
    return Section(
        "Heads' networks",
        (*ours, *entries),
        f"None found, checked {wording.day(landscape.checked)}.",
    )


def _set_network_entry(correction: Correction, name: str) -> Entry:
    facts: list[Fact] = [
        ("You said", wording.set_by_you(correction)),
        ("Your note", correction.note),
    ]
    card = Card(kind="Heads' network", title=name, facts=clean(facts), copy=name)
    return Entry(name, detail=wording.set_by_you(correction), card=card)


def _own_network_entry(network: OwnNetwork) -> Entry:
    said = f"yours, {wording.count(len(network.urns), 'school')}"
    facts: list[Fact] = [
        ("Schools", wording.count(len(network.urns), "school")),
        ("Made", wording.day(network.added)),
        ("Your note", network.note),
    ]
    card = Card(Key(network.key), "Your network", network.name, "", clean(facts), copy=network.name)
    return Entry(network.name, detail=said, card=card)


def _partnership_sections(landscape: Landscape) -> Iterable[Section]:
    own = [p for p in landscape.partnerships if p.distance == "own"]
    areas = [p for p in own if p.partnership.tier == "area partnership"]
    others = [p for p in own if p.partnership.tier != "area partnership"]
    near = {p.partnership.id for p in landscape.near_partnerships}
    similar = [
        p
        for p in landscape.partnerships
        if p.distance == "similar" and p.partnership.id not in near  # each body once
    ]
    yield Section(
        "Area partnerships",
        tuple(_partnership_entry(p, landscape) for p in areas),
        f"None found, checked {wording.day(landscape.checked)}.",
    )
    if others:
        yield Section(
            "Boards and part-area bodies", tuple(_partnership_entry(p, landscape) for p in others)
        )
    yield Section(
        "Near: partnerships of neighbouring areas",
        tuple(_partnership_entry(p, landscape) for p in landscape.near_partnerships),
        f"None found, checked {wording.day(landscape.checked)}.",
    )
    yield Section(
        "Alike: partnerships of statistical neighbours",
        tuple(_partnership_entry(p, landscape) for p in similar),
        f"None found in the ten areas most alike, checked {wording.day(landscape.checked)}.",
    )


def _partnership_entry(here: PartnershipHere, landscape: Landscape) -> Entry:
    p = here.partnership
    if here.neighbour:
        detail = f"{here.neighbour.name} · {here.neighbour.closeness.lower()}"
    elif here.distance == "near":
        detail = here.authority
    else:
        detail = _body_detail(p.tier, p)
    closed = _closure(p.key, landscape)
    if closed:
        detail = f"{wording.set_closed(closed)} · {detail}"
    return Entry(
        p.name,
        right=_as_of(p),
        detail=detail,
        card=partnership_card(here, landscape),
        confidence=p.confidence,
    )


def _as_of(body: Network | Partnership) -> str:
    return body.status_as_of or "undated"


def _closure(key: str, landscape: Landscape) -> Correction | None:
    """The head's word that a body is over."""
    said = landscape.record.corrections
    return next((c for c in said if c.says == "closed" and c.about == key), None)


def _body_detail(kind: str, body: Network | Partnership, closed: Correction | None = None) -> str:
    parts = [wording.set_closed(closed)] if closed else []
    parts += [kind, body.area]
    if body.status == "closed":
        parts.append("closed")
    return " · ".join(p for p in parts if p)


def network_card(network: Network, landscape: Landscape) -> Card:
    why = f"Its area takes in {landscape.school.la_name}."
    closed = _closure(network.key, landscape)
    return _body_card("Heads' network", why, network, closed)


def partnership_card(here: PartnershipHere, landscape: Landscape) -> Card:
    p = here.partnership
    if here.distance == "own":
        why = f"Its area takes in {landscape.school.la_name}."
    elif here.neighbour is None:
        why = (
            f"{here.authority} has schools beside those of {landscape.school.la_name}. It doesn't "
            "serve this school; its work may be worth a look."
        )
    else:
        n = here.neighbour
        why = (
            f"{n.name} is statistical neighbour {n.rank} of {landscape.school.la_name} "
            f"({n.closeness.lower()}). It doesn't serve this school; its work may be worth a look."
        )
    closed = _closure(p.key, landscape)
    return _body_card("Partnership", why, p, closed)


def body_facts(body: Network | Partnership, why: str = "") -> list[Fact]:
    """What is known of a network or partnership; `why` it is shown, where there is a school."""
    return [
        ("Kind", body.kind if isinstance(body, Network) else body.tier),
        ("Why", why),
        ("Area", body.area),
        ("For", ", ".join(sorted(body.phases))),
        ("Started", body.started),
        ("Status", f"{body.status or 'unknown'}, {body.status_as_of or 'undated'}"),
        ("Confidence", wording.CONFIDENCE_PHRASES[body.confidence]),
        ("Checked", wording.day(body.checked)),
        ("Source", body.source),
        ("Note", body.note),
        ("Website", wording.link(body.website)),
    ]


def _body_card(kind: str, why: str, body: Network | Partnership, closed: Correction | None) -> Card:
    said = [("You said", wording.set_closed(closed)), ("Your note", closed.note)] if closed else []
    return Card(
        body.key,
        kind,
        body.name,
        facts=clean([*said, *body_facts(body, why)]),
        website=wording.link(body.website),
        copy=body.name,
    )


# --- from the ground ---


PLURALS = {
    "primary": "primaries",
    "secondary": "secondaries",
    "nursery": "nurseries",
    "special": "special schools",
}


def _ground_sections(landscape: Landscape, units: Units) -> Iterable[Section]:
    names = mark_names(landscape)
    legend = tuple(names)
    entries = tuple(nearby_entry(n, landscape, units) for n in landscape.nearby)
    phase = landscape.school.phase
    title = f"Nearest {PLURALS.get(phase, f'{phase} schools' if phase else 'schools')}"
    yield Section(
        title,
        entries,
        landscape.nearby_note or "None found on this register.",
        after="● shared with you  · not · " + ", ".join(f"{m} {n}" for m, n in names.items())
        if entries
        else "",
        legend=legend if entries else (),
        unit=wording.unit(units) if entries else "",
    )
    if landscape.nearby:
        yield Section("Who shares what", tuple(_sharing(landscape)))
    history = [*_links("Was", landscape), *_links("Became", landscape)]
    if history:
        yield Section("History", tuple(history))


def mark_names(landscape: Landscape) -> dict[str, str]:
    """What each letter over the marks of nearby schools stands for, in their order."""
    names = {p.mark: p.name for p in _compared(landscape)}
    names |= {"A": "academy trust", "L": "local authority"}
    if landscape.own_networks:
        names["N"] = "network of yours"
    return names


def _sharing(landscape: Landscape) -> Iterable[Entry]:
    total = len(landscape.nearby)
    shared = {
        c.programme.name: sum(c.programme.id in n.shares for n in landscape.nearby)
        for c in landscape.hubs
        if c.programme.mark and c.claim in (Claim.DESIGNATED, Claim.NAMES_AREA)
    }
    for name, number in shared.items():
        yield Entry(f"{number} of these {total} share your {name}", quiet=True)
    if landscape.trust:
        number = sum("trust" in n.shares for n in landscape.nearby)
        yield Entry(f"{number} of these {total} share your trust", quiet=True)
    for network in landscape.own_networks:
        number = sum(n.school.urn in network.urns for n in landscape.nearby)
        yield Entry(f"{number} of these {total} are in {network.name}", quiet=True)


def _links(word: str, landscape: Landscape) -> Iterable[Entry]:
    links = landscape.predecessors if word == "Was" else landscape.successors
    for link in links:
        yield Entry(
            f"{link.name or 'name not on the register'} (URN {link.urn})",
            word,
            right=wording.short_day(link.date),
            detail=link.kind.lower(),
            card=Card(
                Key.school(link.urn),
                "School",
                link.name or f"URN {link.urn}",
                "",
                clean(
                    [("Link", link.kind), ("Date", wording.day(link.date)), ("URN", str(link.urn))]
                ),
                copy=str(link.urn),
            ),
            quiet=True,
        )


def nearby_entry(near: NearbySchool, landscape: Landscape, units: Units) -> Entry:
    """A row of the table of nearby schools."""
    return Entry(
        near.school.name,
        right=wording.length(near.distance_km, units).split()[0],
        detail=wording.school_line(near.school),
        marks=tuple(
            [(p.mark, p.id in near.shares) for p in _compared(landscape)]
            + [("A", "trust" in near.shares), ("L", "la" in near.shares)]
            + ([("N", "own-network" in near.shares)] if landscape.own_networks else [])
        ),
        card=nearby_card(near, landscape, units),
    )


def _compared(landscape: Landscape) -> list[Programme]:
    """The programmes for which who shares a hub is told."""
    return [c.programme for c in landscape.hubs if c.programme.mark and c.claim is not Claim.ENDED]


def nearby_card(near: NearbySchool, landscape: Landscape, units: Units) -> Card:
    shares = {c.programme.id: c.programme.name for c in landscape.hubs}
    shares |= {"trust": "trust", "la": "local authority", "own-network": "own network"}
    shared = ", ".join(shares.get(s, s) for s in near.shares)
    facts = [
        ("Distance", f"{wording.length(near.distance_km, units)} in a straight line"),
        ("Shares", f"your {shared}" if shared else "none of the bodies compared here"),
        ("Trust", near.trust or "none on the register"),
        *_school_facts(near.school),
        *register_facts(landscape.register),
    ]
    return school_card(near.school, facts)


def school_card(school: School, facts: Iterable[Fact] | None = None) -> Card:
    facts = list(facts) if facts is not None else list(_school_facts(school))
    return Card(
        school.key,
        "School",
        school.name,
        wording.school_line(school),
        clean(facts),
        wording.link(school.website),
        str(school.urn),
    )


def _school_facts(school: School) -> Iterable[Fact]:
    yield "URN", str(school.urn)
    yield "LAESTAB", school.laestab
    yield "Type", school.type
    yield "Ages", wording.ages(school).removeprefix("ages ")
    yield "Pupils", f"{school.pupils:,}" if school.pupils else ""
    yield "Address", ", ".join(t for t in (school.street, school.town, school.postcode) if t)
    yield "District", school.district_name
    yield "Opened", wording.day(school.opened)
    yield "Closed", wording.day(school.closed)
    yield "Telephone", school.telephone
    yield "Website", wording.link(school.website)


def register_facts(info: RegisterInfo) -> Iterable[Fact]:
    """Where a fact from the register comes from and how old it is."""
    yield "Source", f"DfE, Get Information about Schools: {info.name}"
    yield "Dated", wording.day(info.day)
    yield "Confidence", f"high: the official register of {wording.short_day(info.day)}"


def about(school: School, landscape: Landscape) -> Card:
    """The card of the school that the landscape is about."""
    return school_card(school, [*_school_facts(school), *register_facts(landscape.register)])
