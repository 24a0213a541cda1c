"""A landscape as sections of entries: what is said and in what order, before any medium.

Screen, plain text and Markdown are all drawn from this, so none of them can say more, less or
otherwise than the others. `hub_row` is the row of a programme's hub: what it says stands there.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from navigator.core import wording
from navigator.core.keys import NO_BODY
from navigator.core.model import (
    Claim,
    HubAtDistance,
    HubClaim,
    Landscape,
    NearbySchool,
    Network,
    Partnership,
    PartnershipHere,
    Programme,
    SchoolLink,
)
from navigator.core.record import Correction, OwnNetwork
from navigator.core.wording import Units
from navigator.view import cards
from navigator.view.cards import as_of, hub_card, kind_of_body
from navigator.view.parts import card, some
from navigator.view.sections import Column, Entry, Section


def columns(landscape: Landscape, units: Units = "miles") -> tuple[Column, Column, Column]:
    """From the top, from the middle, from the ground."""
    return (
        Column("From the top", tuple(_hubs(landscape, units))),
        Column("From the middle", tuple(_belonging(landscape, units))),
        Column("From the ground", tuple(_nearby(landscape, units))),
    )


def headline(landscape: Landscape) -> tuple[str, ...]:
    """What stands under the school's name, the most telling first."""
    s = landscape.school
    said = (
        wording.joined(s.town, s.postcode, sign=" "),
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
    return f"{wording.SAMPLE if info.sample else 'England'}, {wording.short_day(info.day)}"


# --- from the top ---

HEADINGS = {
    Claim.SET_BY_YOU: "Set by you",
    Claim.DESIGNATED: "Your area's hubs",
    Claim.ONE_OF: "One of these, ask",
    Claim.NAMES_AREA: "Names your area",
    Claim.NEAREST: "Nearest, yours to choose",
    Claim.REGION: "In your region",
    Claim.NONE_FOUND: "",
    Claim.ENDED: "Ended",
}
"""What claims stand under, in the order of the screen; the day of the check heads none found."""

ORDER = tuple(HEADINGS)


def _hubs(landscape: Landscape, units: Units) -> Iterable[Section]:
    """The programmes' rows, a section for each claim; those that ended and never were for this
    school have none."""
    hubs = (claim for claim in landscape.hubs if claim.applied is not False)
    claims = sorted(hubs, key=lambda c: (ORDER.index(c.claim), c.programme.areas_only))
    for heading, group in groupby(claims, key=_heading):
        title = heading or f"None found, checked {wording.short_day(landscape.checked)}"
        yield Section(
            title, tuple(row for claim in group for row in _rows(claim, landscape, units))
        )


def _heading(claim: HubClaim) -> str:
    chosen = wording.AREA_PHRASES.get(claim.claim) if claim.programme.areas_only else None
    return chosen or HEADINGS[claim.claim]


def _rows(claim: HubClaim, landscape: Landscape, units: Units) -> Iterable[Entry]:
    """A programme's rows: its hub or those to ask, then what else is to be said of them."""
    p, several = claim.programme, claim.claim in (Claim.ONE_OF, Claim.SET_BY_YOU)
    if claim.claim is Claim.ENDED:
        after = wording.joined(
            f"Followed by: {claim.followed_by}" if claim.followed_by else "",
            "" if claim.applied else "whether it was this school's isn't known",
        )
        yield _quiet(claim, wording.day(p.valid_to, p.to_said), units, p.short, after)
        return
    if claim.claim is Claim.NONE_FOUND:
        text, detail = _why_none(claim, landscape)
        yield _quiet(claim, text, units, p.short, detail)
        if claim.nearest and not claim.alternatives:
            yield _nearest_row(claim, claim.nearest, units)
        return
    told = claim.hubs if several or not claim.hub else (claim.hub,)
    for number, at in enumerate(told):
        yield hub_row(claim, at, landscape, units, "" if number else p.short)
    if claim.hub and claim.alternatives and not several:
        more = wording.and_more(len(claim.alternatives))
        yield _quiet(claim, wording.joined(more, wording.named_of(claim), sign="; "), units)
    if claim.nearest:
        yield _nearest_row(claim, claim.nearest, units)
    if claim.published is not None:
        yield _published_row(claim.published, units)


def hub_row(
    claim: HubClaim, at: HubAtDistance, landscape: Landscape, units: Units, label: str
) -> Entry:
    """A hub as a row: its name, how far its lead school is, and who leads it."""
    name = at.hub.name
    # A hub without a start may not have begun on a day before it was looked up.
    unsure = at.hub.valid_from is None and landscape.as_at < at.hub.as_of
    return Entry(
        name,
        label,
        _brief(name, claim.programme),
        _distance(at, units),
        wording.joined(_lead(at, claim.programme), "start not known" if unsure else ""),
        card=hub_card(claim, units, at),
        confidence=at.hub.confidence,
    )


def _why_none(claim: HubClaim, landscape: Landscape) -> tuple[str, str]:
    """Why a programme has no hub for the school, and what to do."""
    p = claim.programme
    if claim.alternatives:
        names = " or ".join(at.hub.name for at in claim.alternatives)
        return f"May be {names}", "Not well sourced: ask"
    if not p.serves_school(landscape.school):
        return "not for this phase", ""
    if p.areas_only:
        return "not one of its areas", ""
    ask = f"Ask: {p.finder}" if p.finder else ""
    return "no hub known here", wording.joined(wording.named_of(claim), ask)


def _quiet(claim: HubClaim, text: str, units: Units, label: str = "", detail: str = "") -> Entry:
    return Entry(text, label, detail=detail, card=hub_card(claim, units), quiet=True)


def _published_row(claim: HubClaim, units: Units) -> Entry:
    """What is published, beneath what the head set."""
    names = " or ".join(_brief(at.hub.name, claim.programme) for at in claim.put_forward)
    said = wording.claim_phrase(claim)
    return _quiet(claim, f"published: {names or said}", units, detail=said if names else "")


def _nearest_row(claim: HubClaim, at: HubAtDistance, units: Units) -> Entry:
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
    return wording.joined(at.hub.role, wording.CALLED_BY_LEAD if at.hub.nameless else lead)


# --- from the middle ---


def _belonging(landscape: Landscape, units: Units) -> Iterable[Section]:
    """Trust, authority, diocese, heads' networks, partnerships: of its area, near, alike."""
    yield _trust(landscape, units)
    yield _authority(landscape)
    yield _diocese(landscape)
    yield from _networks(landscape)
    yield from _partnerships(landscape)


def _trust(landscape: Landscape, units: Units) -> Section:
    here, school = landscape.trust, landscape.school
    if here is None:
        none = f"None: maintained with {school.la_name}."
        if not school.is_maintained:
            none = "None on the register."
        return Section("Trust", empty=landscape.trust_note or none)
    said = wording.trust_summary(here, school.la_name)
    entry = Entry(here.trust.name, detail=said, card=cards.trust_card(landscape, units))
    return Section("Trust", (entry,))


def _authority(landscape: Landscape) -> Section:
    here = landscape.authority
    if here is None:
        return Section("Local authority", empty="None on the register.")
    said = wording.authority_summary(here)
    entry = Entry(here.authority.name, detail=said, card=cards.authority_card(landscape))
    return Section("Local authority", (entry,))


def _diocese(landscape: Landscape) -> Section:
    """By the register alone; "?" where it doesn't tell."""
    here = landscape.diocese
    if here is None:
        return Section("Diocese", empty="None: not a church school.")
    name, said = wording.diocese(here)
    entry = Entry(name, detail=said, card=cards.diocese_card(landscape), quiet=not here.name)
    return Section("Diocese", (entry,))


def _networks(landscape: Landscape) -> Iterable[Section]:
    """The head's own first: those they said the school belongs to, and those they made."""
    entries = [
        *(_named_network(c, name) for c in landscape.named_networks for name in c.names),
        *map(_own_network, landscape.own_networks),
        *(_network(n, landscape) for n in landscape.networks),
    ]
    none = f"None published here, checked {wording.short_day(landscape.checked)}."
    yield Section("Heads' networks", tuple(entries), none)
    if not landscape.networks:
        # No network of this school's, but one may ask there for its own.
        national = (_network(n, landscape) for n in landscape.associations)
        yield from some("National association of heads' networks", national)


def _network(network: Network, landscape: Landscape) -> Entry:
    return Entry(
        network.name,
        right=as_of(network),
        detail=_said_of(network, landscape),
        card=cards.network_card(network, landscape),
        confidence=network.confidence,
    )


def _named_network(correction: Correction, name: str) -> Entry:
    said = wording.set_by_you(correction)
    facts = [("You said", said), ("Your note", correction.note)]
    return Entry(name, detail=said, card=card(NO_BODY, name, facts, kind="Heads' network"))


def _own_network(network: OwnNetwork) -> Entry:
    schools = wording.count(len(network.urns), "school")
    facts = [
        ("Schools", schools),
        ("Made", wording.day(network.added)),
        ("Your note", network.note),
    ]
    told = card(network.key, network.name, facts)
    return Entry(network.name, detail=f"yours, {schools}", card=told)


def _partnerships(landscape: Landscape) -> Iterable[Section]:
    def entries(of: Iterable[PartnershipHere]) -> tuple[Entry, ...]:
        return tuple(_partnership(here, landscape) for here in of)

    own = [p for p in landscape.partnerships if p.distance == "own"]
    areas = [p for p in own if p.partnership.tier == "area partnership"]
    near = {p.partnership.id for p in landscape.near_partnerships}
    similar = (
        p
        for p in landscape.partnerships
        if p.distance == "similar" and p.partnership.id not in near  # each body once
    )
    none = wording.none_found(landscape.checked)
    alike = wording.none_found(landscape.checked, " in the ten areas most alike")
    yield Section("Area partnerships", entries(areas), none)
    yield from some("Boards and part-area bodies", entries(p for p in own if p not in areas))
    beside = "Near: partnerships of neighbouring areas"
    yield Section(beside, entries(landscape.near_partnerships), none)
    yield Section("Alike: partnerships of statistical neighbours", entries(similar), alike)


def _partnership(here: PartnershipHere, landscape: Landscape) -> Entry:
    p = here.partnership
    if here.distance == "own":
        detail = _said_of(p, landscape)
    else:
        like = here.neighbour
        where = f"{like.name} · {like.closeness.lower()}" if like else here.authority
        detail = wording.joined(_closed(p, landscape), where)
    return Entry(
        p.name,
        right=as_of(p),
        detail=detail,
        card=cards.partnership_card(here, landscape),
        confidence=p.confidence,
    )


def _said_of(body: Network | Partnership, landscape: Landscape) -> str:
    over = "closed" if body.status == "closed" else ""
    return wording.joined(_closed(body, landscape), kind_of_body(body), body.area, over)


def _closed(body: Network | Partnership, landscape: Landscape) -> str:
    """That the head said a body is over."""
    closed = cards.closure(body, landscape)
    return wording.set_closed(closed) if closed else ""


# --- from the ground ---


def _nearby(landscape: Landscape, units: Units) -> Iterable[Section]:
    """The nearest schools as a table, how many of them share what, and the school's past."""
    near, names = landscape.nearby, mark_names(landscape)
    signs = ", ".join(f"{mark} {name}" for mark, name in names.items())
    yield Section(
        f"Nearest {wording.schools_of(landscape.school.phase)}",
        tuple(nearby_entry(n, landscape, units) for n in near),
        landscape.nearby_note or "None found on this register.",
        after=f"{wording.SHARE_LEGEND} · {signs}" if near else "",
        legend=tuple(names) if near else (),
        unit=wording.unit(units) if near else "",
    )
    if near:
        yield Section("Who shares what", tuple(_sharing(landscape)))
    links = [("Was", link) for link in landscape.predecessors]
    links += [("Became", link) for link in landscape.successors]
    yield from some("History", (_link_entry(word, link) for word, link in links))


def mark_names(landscape: Landscape) -> dict[str, str]:
    """What each letter over the marks of nearby schools stands for, in their order."""
    names = {p.mark: p.name for p in _compared(landscape)}
    names |= {"A": "academy trust", "L": "local authority"}
    return names | ({"N": "network of yours"} if landscape.own_networks else {})


def nearby_entry(near: NearbySchool, landscape: Landscape, units: Units) -> Entry:
    """A row of the table of nearby schools."""
    shared = [(p.mark, p.id) for p in _compared(landscape)] + [("A", "trust"), ("L", "la")]
    if landscape.own_networks:
        shared.append(("N", "own-network"))
    return Entry(
        near.school.name,
        right=wording.length(near.distance_km, units).split()[0],
        detail=wording.school_line(near.school),
        marks=tuple((mark, near.sharing[name]) for mark, name in shared),
        card=cards.nearby_card(near, landscape, units),
    )


def _compared(landscape: Landscape) -> list[Programme]:
    """The programmes for which who shares a hub is told."""
    told = (c for c in landscape.hubs if c.programme.mark and c.claim is not Claim.ENDED)
    return [c.programme for c in told if c.serves]


def _sharing(landscape: Landscape) -> Iterable[Entry]:
    near = landscape.nearby
    told = {
        f"share your {c.programme.name}": [n.sharing.get(c.programme.id) for n in near]
        for c in landscape.hubs
        if c.programme.mark and c.claim in (Claim.DESIGNATED, Claim.NAMES_AREA)
    }
    if landscape.trust:
        told["share your trust"] = [n.sharing["trust"] for n in near]
    for network in landscape.own_networks:
        told[f"are in {network.name}"] = [n.school.urn in network.urns for n in near]
    for words, same in told.items():
        unsure = same.count(None)
        said = f"{same.count(True)} of these {len(near)} {words}"
        yield Entry(wording.joined(said, f"not sure of {unsure}" if unsure else ""), quiet=True)


def _link_entry(word: str, link: SchoolLink) -> Entry:
    return Entry(
        f"{link.name or 'name not on the register'} (URN {link.urn})",
        word,
        right=wording.short_day(link.date),
        detail=link.kind.lower(),
        card=cards.link_card(link),
        quiet=True,
    )
