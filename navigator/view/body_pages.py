"""A body as a page: facts, then sections of what belongs to it, each line of which can be followed.

The same shape as a landscape's columns, so one list draws both.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from navigator.core import cleaning, wording
from navigator.core.keys import BODY_KINDS, Key
from navigator.core.landscape import Landscape
from navigator.core.model import COUNTED_AS, Network, Partnership, RegisterInfo, School
from navigator.core.wording import NONE_ON_REGISTER, Units
from navigator.domain.details import (
    LOCAL,
    MOSTLY,
    AuthorityDetail,
    BodyDetail,
    DioceseDetail,
    NetworkDetail,
    TrustDetail,
)
from navigator.view import cards, chart, pictures
from navigator.view.canvas import Label
from navigator.view.chart import Chart, Mark
from navigator.view.list_pages import WHO_BELONGS, all_schools
from navigator.view.parts import body_line, card, fact_section, figure, in_places, school_entry
from navigator.view.sections import Entry, Fact, Page, Section

# --- trusts and the head's own networks ---


def trust_page(detail: TrustDetail, home: Landscape | None, units: Units) -> Page:
    trust = detail.trust
    la_code = home.school.la_code if home else None
    here = next((p.schools for p in detail.authorities if p.la_code == la_code), 0)
    held = len(detail.members)
    size = wording.count(trust.size, "open school")
    near = _centre(detail.centre)
    if near and held < trust.size:
        near += f" (of the {held} on this register)"
    status = trust.status if trust.status != "Open" else ""
    if status == "Closed":
        status = wording.trust_closed(trust, home.register.groups_day if home else None)
    facts: list[Fact] = [
        ("Status", status),
        ("Formerly", "; ".join(trust.formerly)),
        ("Widest", f"{wording.length(trust.spread_km, units)} apart" if trust.spread_km else ""),
        ("Centre", near),
        ("Opened", wording.day(trust.opened)),
        ("Company", trust.companies_house),
        ("UID", trust.uid),
        *(cards.register_facts(home.register) if home else ()),
    ]
    kind_and_size = [
        ("Kind", wording.band(trust)),
        ("Size", of_each(size, detail.phases) if held == trust.size else size),
        ("In your area", f"{here} of its {trust.size}" if here else ""),
    ]
    about = (
        *fact_section(kind_and_size).entries,
        *_trust_figures(detail, units),
        *fact_section(facts).entries,
    )
    sections = (
        Section("In short", about),
        *_trust_map(detail, home, units),
        *members(detail, units, NONE_ON_REGISTER),
    )
    return Page(trust.key, "Trust", trust.name, sections, reach=trust.reach)


def of_each(said: str, phases: Iterable[tuple[str, int]], others: int = 0) -> str:
    """ "26 open schools: primary 25, special 1"; "26 open schools, all primary". `others` are of
    none of the phases: "primary 25 and 1 other". Those that count with others are told beside
    them: "secondary 23 (3 all-through)"."""
    counted: Counter[str] = Counter()
    beside: dict[str, tuple[str, int]] = {}
    for phase, number in phases:
        counted[under := COUNTED_AS.get(phase, phase)] += number
        if under != phase and number:
            beside[under] = phase, number

    def also(under: str) -> str:
        phase, number = beside.get(under, ("", 0))
        how_many = f"{number:,} " if number < counted[under] else ""
        return f" ({how_many}{phase})" if number else ""

    told = [(phase, number) for phase, number in counted.items() if number]
    if len(told) == 1 and not others:
        (phase, number) = told[0]
        return f"{said}, {'all ' if number > 1 else ''}{phase}{also(phase)}"
    each = ", ".join(f"{phase} {number:,}{also(phase)}" for phase, number in told)
    more = wording.count(others, "other") if others and told else ""
    return wording.joined(said, wording.joined(each, more, sign=" and "), sign=": ")


def _centre(school: School | None) -> str:
    return f"near {school.name}, {school.town or school.la_name}" if school else ""


def members(
    detail: TrustDetail | NetworkDetail | DioceseDetail, units: Units, none: str
) -> Iterable[Section]:
    """The schools of a trust, a diocese, a network of the head's own: where, which."""
    yield Section("Where they are", in_places(detail.authorities), NONE_ON_REGISTER)
    schools = (school_entry(school, wording.length(km, units)) for school, km in detail.members)
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
        km = wording.length(detail.median_km, units)
        apart = f"{km}, the middle distance between two of its schools"
        yield told(
            "Apart",
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
        ("Size", of_each(wording.count(len(network.urns), "school"), detail.phases)),
        ("Widest", f"{wording.length(detail.spread_km, units)} apart" if detail.spread_km else ""),
        ("Centre", _centre(detail.centre)),
        ("Made", wording.day(network.added)),
        ("Note", network.note),
        ("Not known", f"URN {gone}: not on the register in use" if gone else ""),
    ]
    where, schools = members(detail, units, "None yet.")
    keys = "" if schools.entries else "{group} on any school puts it in."
    sections = (fact_section(facts, "In short"), where, schools._replace(keys=keys))
    return Page(network.key, "Your network", network.name, sections)


# --- authorities, networks and partnerships ---


COUNCILS = {
    "county": "county council",
    "london": "London council",
    "metropolitan": "metropolitan district",
    "unitary": "unitary authority",
}
"""Kinds of council, by what the table of authorities calls them."""


def authority_page(detail: AuthorityDetail, register: RegisterInfo) -> Page:
    a = detail.authority
    schools = wording.count(detail.schools, "open state-funded school")
    facts: list[Fact] = [
        ("Schools", of_each(schools, detail.phases)),
        ("Region", a.region),
        ("Council", COUNCILS.get(a.kind, a.kind)),
        ("History", _history(detail)),
        ("Code", a.code),
        *cards.register_facts(register),
    ]
    hubs = tuple(
        body_line(
            hub.key,
            hub.name,
            label=p.short,
            detail=wording.theirs(wording.claim_words(claim, p)),
            kind=p.name,
            confidence=hub.confidence,
        )
        for p, hub, claim in detail.hubs
    )
    alike = tuple(
        body_line(Key.of("la", n.code), n.name, right=n.closeness.lower())
        for n in detail.neighbours
    )
    bar = pictures.who_runs(dict(detail.governance))
    whole = card(Key.of("place", a.key), a.name, kind="Profile of a place")
    runs = (
        Entry(bar.said, card=whole._replace(copy=bar.said), fact=True, picture=bar),
        Entry("Each phase, academies by year, and what is beside it", card=whole),
    )
    sections = (
        fact_section(facts, "In short"),
        Section("Who runs its schools", runs if detail.schools else (), NONE_ON_REGISTER),
        Section("Heads' networks", body_lines(detail.networks), wording.none_found()),
        Section("Partnerships", body_lines(detail.partnerships), wording.none_found()),
        Section("Hubs of its schools", hubs, "None known."),
        Section(
            "Statistical neighbours, the most alike first", alike, "None published.", cards.ALIKE
        ),
        Section("Its open schools", tuple(map(school_entry, detail.members)), NONE_ON_REGISTER),
    )
    return Page(a.key, "Local authority", a.name, sections, reach=a.reach)


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
        fact_section(cards.body_facts(body), "In short"),
        Section("Whom it covers", tuple(areas), "No authority is named; see its area."),
    ]
    if number := sum(place.schools for place in detail.schools):
        title = "Schools of its phases in its authorities"
        sections.append(Section(title, (all_schools(body.key, number),), after=WHO_BELONGS))
    kind = BODY_KINDS[body.key.kind]
    return Page(body.key, kind, body.name, tuple(sections), reach=body.reach)


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
            tuple(place_names(schools)),
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


def place_names(schools: Sequence[School]) -> Iterable[Label]:
    """The authorities of some schools, each named amid its own, the one with most schools first."""
    from statistics import fmean  # where used: it takes as long as many a page

    by_name: dict[str, list[Mark]] = {}
    for school in schools:
        by_name.setdefault(school.la_name, []).extend(chart.marks([school]))
    for name, spots in sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0])):
        if spots:
            yield Label(fmean(m.east for m in spots), fmean(m.north for m in spots), name)
