"""The cards of bodies: all that is known of a hub, a trust, an authority, a network, a school.

A card tells of a body as it stands to one school: why it is shown, how far it is, what they share.
Pages of bodies take from here the facts that they tell in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from navigator.core import cleaning, reach, wording
from navigator.core.church import Diocese, for_churches
from navigator.core.keys import Key
from navigator.core.landscape import (
    Claim,
    HubAtDistance,
    HubClaim,
    Landscape,
    NearbySchool,
    PartnershipHere,
)
from navigator.core.model import (
    Hub,
    Network,
    Partnership,
    Programme,
    RegisterInfo,
    School,
    SchoolLink,
)
from navigator.core.record import Correction
from navigator.core.wording import Units
from navigator.view.parts import card
from navigator.view.sections import Card, Fact

WORTH_A_LOOK = "It doesn't serve this school; its work may be worth a look."
ALIKE = "Published by DfE in May 2025. Similar isn't better."
"""Said of statistical neighbours."""

# --- hubs ---


def hub_card(claim: HubClaim, units: Units, at: HubAtDistance | None = None) -> Card:
    """The detail of a claim, about the claimed hub or (`at`) one of the others it mentions."""
    p = claim.programme
    at = at or claim.hub
    hub = at.hub if at else None
    website = cleaning.link(hub.website) if hub else ""
    note = "" if claim.corrected else wording.joined(p.note, hub.note if hub else "", sign=" ")
    facts = [
        *_claim_facts(claim, at),
        *(_lead_facts(at, units) if at else ()),
        *_other_hubs(claim, at, units),
        *dates(hub or p, "" if hub is None else wording.NOT_KNOWN),
        ("Offers", p.offers),
        ("Followed by", claim.followed_by),
        ("Hubs", _counted(claim)),
        *(hub_source(hub, old=at.old) if at and hub else _checked(claim.as_of, claim.source)),
        ("Note", note),
        ("Website", website),
        finder(p),
    ]
    about = hub or p
    return card(
        about.key,
        about.name,
        facts,
        kind=p.name,
        lead=p.purpose,
        reach=at.reach if at else claim.reach,
    )


def _claim_facts(claim: HubClaim, at: HubAtDistance | None) -> Iterable[Fact]:
    under = claim.published
    if under is None and at is not None and at is claim.nearest:
        of_area = "though not the one for this area" if claim.hubs else "of those that we can name"
        yield "Claim", f"Nearest {claim.programme.name}, {of_area}"
        return
    if claim.claim is Claim.NEAREST and at is not None and at is not claim.hub:
        yield "Claim", "Has worked here"
        yield "Why", "A source shows it at work in this area: ask whether it still is."
        return
    yield "Claim", wording.claim_phrase(claim)
    yield "Why", claim.why
    if under is not None:
        yield "Your note", claim.corrected.note if claim.corrected else ""
        names = " or ".join(other.hub.name for other in under.put_forward)
        yield "Published", f"{wording.claim_phrase(under)}: {names}" if names else under.why


def _lead_facts(at: HubAtDistance, units: Units) -> Iterable[Fact]:
    if not at.leads:
        yield "Lead", at.hub.lead_name
    for lead in at.leads:
        if not lead.la_name:
            yield "Lead", f"{lead.name}, URN {lead.urn} (not in this register)"
            continue
        far = wording.length(lead.distance_km, units) or "distance unknown"
        where = f"{lead.town or lead.la_name} ({lead.la_name})"
        yield "Lead", f"{lead.name}, {where}, URN {lead.urn}, {far}"
        yield "Lead's trust", lead.trust


def _other_hubs(claim: HubClaim, at: HubAtDistance | None, units: Units) -> Iterable[Fact]:
    def told(other: HubAtDistance) -> str:
        far = wording.length(other.distance_km, units)
        return f"{other.hub.name} ({far})" if far else other.hub.name

    if at is not None:
        listed = (a for a in at.hub.areas if not at.hub.infers(a))
        areas = "; ".join(f"{a.name} ({a.part})" if a.part else a.name for a in listed)
        label = "Has worked in" if claim.programme.rule == "nearest" else "Covers"
        yield label, areas or ("" if at.hub.areas else at.hub.region)
    others = [a for a in claim.alternatives if at is None or a.hub.id != at.hub.id]
    yield "To ask" if at is None else "Others", "; ".join(map(told, others))
    if claim.nearest and claim.nearest is not at:
        yield "Nearest", told(claim.nearest)


def _counted(claim: HubClaim) -> str:
    """How many hubs were published, and how many of them we can name."""
    counted = claim.counted
    if counted is None or claim.claim is Claim.ENDED:
        return ""
    also = f" and {counted.also}" if counted.also else ""
    when = f"{wording.on_day(counted.day, counted.said)} ({counted.source})"
    ours = f"we can name {claim.named}"
    if claim.named > counted.hubs:
        ours = f"our table holds {claim.named}, some perhaps not in force by then"
    return f"{counted.hubs}{also} {when}; {ours}"


def dates(of: Hub | Programme, unknown: str = "") -> Iterable[Fact]:
    """From when to when a hub or programme is in force; `unknown` is said for no beginning."""
    yield "Since", wording.day(of.valid_from, of.from_said) or unknown
    yield "Until", wording.day(of.valid_to, of.to_said)


def hub_source(hub: Hub, *, old: bool) -> Iterable[Fact]:
    """How sure a hub's facts are, and where they come from."""
    yield "Confidence", wording.confidence(hub)
    yield "Last seen", wording.last_seen(hub.last_seen, old=old)
    yield from _checked(hub.as_of, hub.source)


def _checked(day: date | None, source: str) -> Iterable[Fact]:
    yield "Checked", wording.day(day)
    yield "Source", source


def finder(programme: Programme) -> Fact:
    """Where a programme itself says which hub is whose."""
    return "Official finder", f"{programme.finder} {programme.finder_url}".strip()


# --- trust and authority ---


def trust_card(landscape: Landscape, units: Units) -> Card:
    """The card of the school's trust; one without facts where it has none."""
    here = landscape.trust
    if here is None:
        return Card()
    trust = here.trust
    far = wording.length(trust.spread_km, units) if trust.spread_km else ""
    listed = wording.day(landscape.register.groups_day)
    odd = trust.status not in ("", "Open")
    why = "The register names it as this school's trust."
    status = f"{trust.status.lower()} on the groups list of {listed}" if odd else ""
    sourced = register_facts(landscape.register)
    if trust.is_closed_on(landscape.as_at):
        why = wording.closed_trust(here, landscape.as_at, landscape.register.groups_day)
        status = wording.trust_closed(trust, landscape.register.groups_day)
        sourced = [
            *(fact for fact in sourced if fact[0] != "Confidence"),
            ("Confidence", "low: DfE's two files disagree; ask the school or DfE"),
        ]
    facts = [
        ("Kind", wording.band(trust)),
        ("Size", wording.count(trust.size, "open school") + " on this register"),
        ("Here", f"{here.schools_in_la} in {landscape.school.la_name}"),
        ("Widest", f"{far} between its two furthest schools" if far else ""),
        ("Why", why),
        ("Bands", "small 2–5 schools, medium 6–15, large 16 and more"),
        ("Opened", wording.day(trust.opened)),
        ("Status", status),
        ("Formerly", "; ".join(trust.formerly)),
        ("Company", trust.companies_house),
        *sourced,
        ("UID", trust.uid),
    ]
    return card(trust.key, trust.name, facts, reach=trust.reach)


def diocese_card(landscape: Landscape) -> Card:
    """The card of a church school's diocese; one without facts where it is none."""
    here = landscape.diocese
    if here is None:
        return Card()
    name, said = wording.diocese(here)
    known = here.name and here.church
    why = f"The register names it: {landscape.school.diocese}." if known else said
    facts = [
        ("Church", " or ".join(here.churches)),
        ("Board", said if known else ""),
        ("Why", why),
        *(diocese_facts(here.board) if here.board else ()),
        ("Register", f"{landscape.register.name}, {wording.day(landscape.register.day)}"),
    ]
    return card(here.key, name if known else "Diocese", facts, reach=here.reach)


def diocese_facts(diocese: Diocese) -> Iterable[Fact]:
    """What our table has of a diocese beside its name and board."""
    yield "Website", cleaning.link(diocese.website)
    yield "Confidence", wording.CONFIDENCE_PHRASES[diocese.confidence] if diocese.source else ""
    yield "Source's date", diocese.source_date
    yield from _checked(diocese.as_of, diocese.source)
    yield "Note", diocese.note


def authority_card(landscape: Landscape) -> Card:
    """The card of the school's authority; one without facts where it has none."""
    here = landscape.authority
    if here is None:
        return Card()
    a = here.authority
    alike = "; ".join(f"{n.rank} {n.name} ({n.closeness.lower()})" for n in here.neighbours)
    facts = [
        ("Why", "The register places this school in it."),
        ("Code", a.code),
        ("Region", a.region),
        ("Schools", wording.authority_summary(here)),
        ("Alike", alike),
        ("", "Statistical neighbours, published by DfE in May 2025. Similar isn't better."),
        *register_facts(landscape.register),
    ]
    return card(a.key, a.name, facts, reach=a.reach)


# --- networks and partnerships ---


def closure(body: Network | Partnership, landscape: Landscape) -> Correction | None:
    """The head's word that a body is over."""
    said = landscape.record.corrections
    return next((c for c in said if c.says == "closed" and c.about == body.key), None)


def network_card(network: Network, landscape: Landscape) -> Card:
    return _card_of(network, f"Its area takes in {landscape.school.la_name}.", landscape)


def partnership_card(here: PartnershipHere, landscape: Landscape) -> Card:
    ours, like = landscape.school.la_name, here.neighbour
    if here.distance == "own":
        why = f"Its area takes in {ours}."
    elif like is None:
        why = f"{here.authority} has schools beside those of {ours}. {WORTH_A_LOOK}"
    else:
        rank = f"statistical neighbour {like.rank} of {ours} ({like.closeness.lower()})"
        why = f"{like.name} is {rank}. {WORTH_A_LOOK}"
    return _card_of(here.partnership, why, landscape)


def _card_of(body: Network | Partnership, why: str, landscape: Landscape) -> Card:
    closed = closure(body, landscape)
    said = [("You said", wording.set_closed(closed)), ("Your note", closed.note)] if closed else []
    if for_churches(body.church, landscape.school.churches) is None:
        why = f"F{wording.unsure_church(body.church)[1:]}. {why}"
    facts = [*said, *body_facts(body, why)]
    return card(body.key, body.name, facts, reach=body.reach)


def body_facts(body: Network | Partnership, why: str = "") -> list[Fact]:
    """What is known of a network or partnership; `why` it is shown, where there is a school."""
    return [
        ("Kind", kind_of_body(body)),
        ("Why", why),
        ("Area", body.area),
        ("For", ", ".join(sorted(body.phases))),
        ("Started", body.started),
        ("Status", f"{body.status or 'unknown'}, {as_of(body)}"),
        ("Confidence", wording.CONFIDENCE_PHRASES[body.confidence]),
        *_checked(body.checked, body.source),
        ("Note", body.note),
        ("Website", cleaning.link(body.website)),
    ]


def kind_of_body(body: Network | Partnership) -> str:
    """A network's kind, a partnership's tier."""
    return body.kind if isinstance(body, Network) else body.tier


def as_of(body: Network | Partnership) -> str:
    """The day of the newest source on whether a body is alive."""
    return body.status_as_of or "undated"


# --- schools ---


def school_card(school: School, facts: Iterable[Fact] | None = None) -> Card:
    """The card of a school, with the register's facts where no others are given."""
    return card(
        school.key,
        school.name,
        _school_facts(school) if facts is None else facts,
        lead=wording.school_line(school),
        copy=str(school.urn),
        reach=reach.own(school.name, school.website, school.telephone),
    )


def about(landscape: Landscape) -> Card:
    """The card of the school that a landscape is about."""
    school = landscape.school
    return school_card(school, [*_school_facts(school), *register_facts(landscape.register)])


def nearby_card(near: NearbySchool, landscape: Landscape, units: Units) -> Card:
    """The card of a school nearby: what it shares with the landscape's."""
    names = {c.programme.id: c.programme.name for c in landscape.hubs}
    names |= {"trust": "trust", "la": "local authority", "own-network": "own network"}

    def compared(same: bool | None) -> str:
        told = (what for what, known in near.sharing.items() if known is same)
        return ", ".join(names.get(what, what) for what in told)

    shared = compared(True)
    facts = [
        ("Distance", f"{wording.length(near.distance_km, units)} in a straight line"),
        ("Shares", f"your {shared}" if shared else "none that we know of"),
        ("Not sure", compared(None)),
        ("Trust", near.trust or "none on the register"),
        *_school_facts(near.school),
        *register_facts(landscape.register),
    ]
    return school_card(near.school, facts)


def link_card(link: SchoolLink) -> Card:
    """The card of a school before or after another."""
    facts = [
        ("Why", f"The register links it to this school: {link.kind.lower()}."),
        ("Date", wording.day(link.date)),
        ("URN", str(link.urn)),
    ]
    return card(Key.school(link.urn), link.name or f"URN {link.urn}", facts)


def _school_facts(school: School) -> list[Fact]:
    """What the register says of a school."""
    return [
        ("URN", str(school.urn)),
        ("LAESTAB", school.laestab),
        ("Type", school.type),
        ("Ages", wording.ages(school).removeprefix("ages ")),
        ("Pupils", f"{school.pupils:,}" if school.pupils else ""),
        ("Address", wording.joined(school.street, school.town, school.postcode, sign=", ")),
        ("District", school.district_name),
        ("Opened", wording.day(school.opened)),
        ("Closed", wording.day(school.closed)),
        ("Position", _position_kept(school)),
        ("Telephone", school.telephone),
        ("Website", cleaning.link(school.website)),
    ]


def _position_kept(school: School) -> str:
    """Where a school's position is one that the register's newest file no longer gives."""
    day = wording.day(school.position_day)
    return f"that of the register of {day}; the newest gives none" if day else ""


def register_facts(info: RegisterInfo) -> list[Fact]:
    """Where a fact from the register comes from and how old it is."""
    return [
        ("Source", f"{wording.REGISTER_SOURCE}: {info.name}"),
        ("Dated", wording.day(info.day)),
        ("Confidence", f"high: the official register of {wording.short_day(info.day)}"),
    ]
