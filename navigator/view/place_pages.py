"""Places as pages: the profile of one, an authority beside those alike, two compared.

The same shape as every other page, so one list draws them, one text prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from navigator.core import wording
from navigator.core.governance import FIGURES, GOVERNANCE
from navigator.core.keys import Key
from navigator.core.model import ALL_THROUGH, COUNTED_AS, RegisterInfo
from navigator.core.wording import Units
from navigator.domain.profiles import HubsInPlace, Profile, Resemblance
from navigator.view import figures, pictures
from navigator.view.body_pages import body_lines, of_each
from navigator.view.cards import ALIKE, register_facts
from navigator.view.figures import OPENED, Figure
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

EACH_FIGURE = "Each figure, with how it is counted"
"""The line that the figures of phases and years stand behind."""

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
        ("Schools", _schools_said(profile)),
        ("Academies", _academies_said(profile)),
        ("Church", _churches_said(profile)),
        ("Note", outside([profile])),
        ("Elsewhere", _away(profile)),
        ("Not here", ", ".join(f"URN {urn}" for urn in profile.unknown)),
        ("Code", place.code if place.kind in ("la", "district") else ""),
        ("As at", wording.day(profile.day)),
        *register_facts(register),
    ]
    told = groupby(figures.figures(profile), key=lambda one: one.group)
    by_group = {group: list(of) for group, of in told}
    phases = [(words, by_group[words]) for words in figures.PHASE_WORDS.values()]
    opened = by_group.get(OPENED, [])
    hubs = (line for there in profile.hubs for line in _hub_lines(there, profile, units))
    alike = card(Key.of("alike", place.code), f"Alike to {place.name}", kind="Areas alike")
    sections = (
        fact_section(facts, "In short"),
        Section("Who runs its schools", tuple(_who_runs(profile)), wording.NONE_ON_REGISTER),
        _years(opened, profile),
        Section("Heads' networks", body_lines(profile.networks), wording.none_found()),
        Section("Partnerships", body_lines(profile.partnerships), wording.none_found()),
        *some("Partnerships beside it and in areas alike", _elsewhere(profile), ALIKE),
        *some(
            "Alike",
            [Entry("Its ten statistical neighbours in one table", card=alike)]
            if profile.neighbours
            else (),
        ),
        Section("Hubs that touch it", tuple(hubs), "None known."),
        _trusts(profile, order),
        *(_phase(title, of, profile, units) for title, of in phases if of[0].value),
        *_opened(opened, profile, units),
        *_resemblances(profile, units),
    )
    kind = f"Profile, {KINDS[place.kind].lower()}"
    return Page(Key.of("place", place.key), kind, place.name, sections)


def _schools_said(profile: Profile) -> str:
    phases: dict[str, int] = {p: of.schools for p, of in profile.phases.items() if p != "all"}
    others = max(profile.schools - sum(phases.values()), 0)
    phases[COUNTED_AS[ALL_THROUGH]] -= profile.all_through
    told = (*phases.items(), (ALL_THROUGH, profile.all_through))
    return of_each(wording.count(profile.schools, "open state-funded school"), told, others)


def _academies_said(profile: Profile) -> str:
    every = profile.phases["all"]
    share = wording.percent(every.academy_share)
    trusts = wording.count(every.trusts, "trust")
    return f"{every.academies:,} of them ({share}), in {trusts}" if every.academies else ""


def _churches_said(profile: Profile) -> str:
    counted = profile.phases["all"].churches or {}
    return ", ".join(f"{church} {number:,}" for church, number in counted.items() if number)


def _who_runs(profile: Profile) -> Iterable[Entry]:
    """A bar a phase: its schools by who runs them."""
    for phase, words in figures.PHASE_WORDS.items():
        of = profile.phases[phase]
        if not of.schools:
            continue
        bar = pictures.who_runs(of.governance)
        how = " ".join(
            f"{kind.runs[:1].upper()}{kind.runs[1:]}: {figures.DEFINITIONS[id]}"
            for id in FIGURES
            for kind in (GOVERNANCE[id],)
            if of.governance[id]
        )
        yield Entry(
            bar.said,
            f"{words.split()[0]} {of.schools:,}",
            card=definition(f"Who runs its schools: {words.lower()}", bar.said, how, profile),
            fact=True,
            picture=bar,
        )


def _years(told: Sequence[Figure], profile: Profile) -> Section:
    """How many of today's academies opened in each year, every one between first and last."""
    undated = wording.count(profile.opened_unknown, "academy", "academies")
    after = f"{undated} without a date." if profile.opened_unknown else ""
    entries: tuple[Entry, ...] = ()
    if years := _every_year(told):
        most = max(years, key=lambda one: one.value or 0)
        said = f"Most opened in {most.label}: {most.value:,.0f}"
        columns = pictures.YearColumns(tuple((int(y.label), int(y.value or 0)) for y in years))
        about = definition(OPENED, said, most.definition, profile)
        entries = (Entry(said, card=about, fact=True, picture=columns),)
    return Section(OPENED, entries, "No academy here.", after)


def _every_year(told: Sequence[Figure]) -> list[Figure]:
    by_year = {int(one.label): one for one in told}
    years = range(min(by_year), max(by_year) + 1) if by_year else ()
    return [by_year.get(year) or figures.opened(year, 0, 0.0) for year in years]


def _elsewhere(profile: Profile) -> Iterable[Entry]:
    """The area partnerships beside an authority, then those of areas alike."""
    for here in profile.elsewhere:
        like = here.neighbour
        where = (
            f"{like.name} · {like.closeness.lower()}" if like else f"{here.authority} · beside it"
        )
        (line,) = body_lines([here.partnership])
        yield line._replace(detail=where)


def outside(profiles: Iterable[Profile]) -> str:
    """Which places the sample doesn't hold: their figures are none, not nought."""
    names = ", ".join(p.locality.name for p in profiles if is_outside(p))
    return f"Not in the sample of 3 areas: {names}. {wording.HOW_TO_LOAD}" if names else ""


def is_outside(profile: Profile) -> bool:
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
        return f"{' and '.join(alike)}: {wording.count(len(alike), 'kind')} of three"
    told = ", ".join(f"{r.kind} {passed(r)}" for r in profile.resembles)
    return f"none of the three kinds ({told})"


def passed(resemblance: Resemblance) -> str:
    return f"{sum(test.passed for test in resemblance.tests)} of {len(resemblance.tests)}"


def _resemblances(profile: Profile, units: Units) -> Iterable[Section]:
    """Each kind of locality with its tests."""
    said = _resembles(profile)
    alike = " and ".join(r.kind for r in profile.resembles if r.resembles) or "none"
    behind = f"For researchers: of three kinds of locality it resembles {alike}"
    told = definition("Kinds", said, KINDS_SAID, profile)
    yield Section(
        "Which kind of locality",
        (Entry(f"It resembles {said}.", card=told, fact=True),),
        after="Three kinds that EQuaLLS described, tested on primaries. Similar isn't better.",
        behind=behind,
    )
    for resemblance in profile.resembles:
        tests = tuple(_tests(resemblance, profile, units))
        title = f"{resemblance.kind}: {passed(resemblance)} tests passed"
        yield Section(title, tests, behind=behind)


def _tests(resemblance: Resemblance, profile: Profile, units: Units) -> Iterable[Entry]:
    for test in resemblance.tests:
        said = figures.criterion_figure(test, units)
        passes = f"passes: {figures.criterion_bounds(test, units)}"
        words, how = figures.TEST_WORDS[test.key], figures.TEST_DEFINITIONS[test.key]
        yield Entry(
            words[:1].upper() + words[1:],
            right=f"{said}  {'passed' if test.passed else 'not passed'}",
            detail=passes,
            card=definition(words, f"{said}; {passes}", how, profile),
            fact=True,
        )


def definition(title: str, said: str, how: str, profile: Profile) -> Card:
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
    said, share = of.said(units), wording.percent(of.share)
    number, part = ("", said) if of.unit == "percent" else (said, share)
    told = said if of.unit == "percent" else wording.joined(said, share)
    return Entry(
        of.label,
        right=f"{number:>{widths[0]}}  {part:>{widths[1]}}" if widths[1] else number,
        share=of.share,
        card=definition(f"{of.group}: {of.label}", told, of.definition, profile),
        fact=True,
    )


def _phase(title: str, told: Sequence[Figure], profile: Profile, units: Units) -> Section:
    total, *others = told
    widths = (max(len(one.said(units)) for one in others if one.unit != "percent"), 4)
    lines = tuple(_figure_line(one, profile, units, widths) for one in others)
    return Section(f"{title}: {total.said(units)}", lines, behind=EACH_FIGURE)


def _opened(told: Sequence[Figure], profile: Profile, units: Units) -> Iterable[Section]:
    """Bars by year, the longest the year with most."""
    years = _every_year(told)
    most = max((one.value or 0 for one in years), default=0)
    lines = []
    for of in years:
        right = of.said(units).rjust(len(f"{most:,.0f}"))
        line = _figure_line(of, profile, units)
        share = (of.value or 0) / most
        lines.append(line._replace(text="", label=of.label, right=right, share=share))
    if lines:
        yield Section("Academies, year by year", tuple(lines), behind=EACH_FIGURE)


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
            detail=f"{trust.band} · {trust.reach}" if trust.size > 1 else trust.band,
            cells=(str(trust.here), str(trust.size)),
        )
        for trust in sorted(profile.trusts, key=keys[order])
    )
    lead = f"{figures.DEFINITIONS['trust_here']} No order is a rank."
    return Section(
        f"Trusts here: {len(lines)}, {TRUST_ORDERS[order]}",
        lines,
        "No academy trust runs a school here.",
        legend=("here", "of"),
        lead=lead if lines else "",
        keys="{order} orders them otherwise." if lines else "",
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
        card=definition(p.name, wording.joined(said, away), how, profile),
    )
    surely = [(hub, wording.count(number, "school")) for hub, number in there.hubs]
    for hub, right in (*surely, *((hub, "perhaps") for hub in there.maybe)):
        yield body_line(hub.key, hub.name, right=right, kind=p.name, quiet=True)
