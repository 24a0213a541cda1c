"""The page of a hub and of a programme: what it offers, to whom, who leads it."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from navigator.core import cleaning, wording
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.core.model import Hub, Programme, School
from navigator.core.wording import Units
from navigator.domain.details import HubDetail, ProgrammeDetail
from navigator.view import cards, chart, next_door
from navigator.view.body_pages import place_names
from navigator.view.chart import Chart
from navigator.view.list_pages import PARTLY, all_schools
from navigator.view.parts import body_line, card, copied, fact_section, in_places, some
from navigator.view.sections import Entry, Fact, Page, Section

RULES = {
    "area": "the hub of the school's area is designated",
    "names-area": "hubs name areas, but a school may approach any",
    "region": "shown by region; no smaller area is known",
    "nearest": "no areas; the school chooses",
}
"""How a programme's hubs are told which schools are theirs."""


def hub_page(detail: HubDetail, home: Landscape | None, units: Units) -> Page:
    p, hub = detail.programme, detail.hub
    # Where schools choose, an area says where it has worked, not whose hub it is
    chosen = p.rule == "nearest"
    number = 0 if chosen else sum(place.schools for place in detail.schools)
    facts: list[Fact] = [
        ("For", p.purpose),
        ("Offers", p.offers),
        ("Note", wording.joined(p.note, *(row.note for row in detail.rows), sign=" ")),
        *cards.dates(hub),
        ("Website", cleaning.link(hub.website)),
        cards.finder(p),
        *cards.hub_source(hub, old=detail.at.old),
    ]
    programme = Entry(p.name, "Programme", card=card(p.key, p.name))
    partly = "" if detail.sure or not number else f"{PARTLY[:1].upper()}{PARTLY[1:]}."
    sections = [
        Section("What it offers", (*fact_section(facts).entries, programme)),
        Section(
            "Where it has worked" if chosen else "Whom it covers",
            tuple(_covers(detail, number)),
            "No list of its areas was found.",
            after=partly,
        ),
    ]
    if not p.areas_only:
        leads = tuple(_leads(detail, units))
        sections.append(Section("Who leads it", leads, "Its lead school isn't known to us."))
        sections += _hub_map(detail, home.school, units) if home else ()
    if home is not None:
        shares = tuple(next_door.nearby_entry(n, home, units) for n in detail.shares)
        none = "It has no areas: not known." if chosen else "None of them surely."
        sections.append(Section("Your nearby schools that share it", shares, none))
    before = (_hub_line(p, other, other.role) for other in detail.predecessors)
    sections += some("Before it in these areas", before)
    return Page(hub.key, p.name, hub.name, tuple(sections), reach=detail.at.reach)


def _covers(detail: HubDetail, number: int) -> Iterable[Entry]:
    """Its schools as a list to be opened, then each of its areas with how many lie there; of none
    (`number`) only the areas."""
    schools = detail.schools if number else ()
    if number:
        yield all_schools(detail.hub.key, number)
    named = {area.code: (area, row) for row in detail.rows for area in row.areas}
    counted = {place.la_code for place in schools}
    for line, place in zip(in_places(schools), schools, strict=True):
        area, row = named.get(place.la_code, (None, detail.hub))
        yield line._replace(detail=area.part if area else "", confidence=row.confidence)
    for row in detail.rows:
        for area in row.areas:
            if row.infers(area) or (area.kind == "LA" and area.code in counted):
                continue
            if area.kind == "LA":
                key, sure = Key.of("la", area.code), row.confidence
                yield body_line(key, area.name, detail=area.part, confidence=sure)
            else:
                yield Entry(area.name, detail=area.part, confidence=row.confidence)


def _leads(detail: HubDetail, units: Units) -> Iterable[Entry]:
    for lead in detail.at.leads:
        far = wording.length(lead.distance_km, units)
        where = wording.joined(lead.town, lead.la_name, lead.trust)
        yield body_line(Key.school(lead.urn), lead.name, right=far, detail=where)
    if not detail.at.leads and detail.hub.lead_name:
        yield Entry(detail.hub.lead_name)


def programme_page(detail: ProgrammeDetail, units: Units) -> Page:
    p, far = detail.programme, detail.far
    facts: list[Fact] = [
        ("For", p.purpose),
        ("Offers", p.offers),
        ("How", "areas were chosen; there are no hubs" if p.areas_only else RULES[p.rule]),
        ("Note", p.note),
        ("Began", wording.day(p.valid_from, p.from_said)),
        ("Ended", wording.day(p.valid_to, p.to_said)),
        ("Followed by", p.followed_by),
        cards.finder(p),
        ("Source", p.source),
        ("Checked", wording.day(p.checked)),
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
    ordered = sorted(detail.hubs, key=lambda h: (far.get(h.id, inf), h.name.casefold()))
    hubs = tuple(
        _hub_line(p, hub, wording.joined(wording.length(far.get(hub.id), units), hub.role))
        for hub in ordered
    )
    title = "Areas" if p.areas_only else "Hubs we know of"
    title += f": {len(hubs)}" if hubs else ""
    title += ", nearest first" if far else ""
    sections = (
        fact_section(facts, "What it offers"),
        Section(title, hubs, "None on this day."),
        Section("Published counts", published, behind="How many hubs there are, as published")
        if published
        else Section("Published counts", empty=wording.none_found()),
    )
    return Page(p.key, "Programme", p.name, sections, cleaning.link(p.finder_url))


def _hub_line(programme: Programme, hub: Hub, right: str) -> Entry:
    lead = f"Lead: {hub.lead_name}" if hub.lead_name else ""
    return body_line(
        hub.key,
        hub.name,
        right=right,
        detail=wording.joined(lead, hub.region),
        kind=programme.name,
        confidence=hub.confidence,
    )


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
            tuple(place_names([*detail.leads, here])),
            units=units,
        ),
    )
