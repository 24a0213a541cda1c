"""One activity of the plan as a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from navigator.core import cleaning, wording
from navigator.core.activity import Activity
from navigator.core.errors import NotFoundError
from navigator.core.keys import NO_BODY, Key
from navigator.core.record import OwnRecord
from navigator.core.session import Session, attendees_text
from navigator.domain.plan import coverage, forward, listing, looks, money, programmes
from navigator.domain.plan import year as years
from navigator.domain.plan.facts import facts
from navigator.domain.plan.schools import ALONE, PlanSchools
from navigator.view.parts import card, copied, some
from navigator.view.plan_money import HOW_NET, arithmetic, how_said
from navigator.view.plan_year import clash_line, clock_text
from navigator.view.record_sections import activity_card
from navigator.view.sections import Card, Entry, Fact, Page, Section

TICKED, OPEN = "■", "□"

SHORT = {
    "opens": "Opens",
    "closes": "Closes",
    "midyear_seen": "Mid-year",
    "practice": "Changed",
    "evidence": "At the end",
    "again": "Again",
}
NOT_SAID = {
    **dict.fromkeys(("provider", "kind", "release_days", "fee"), "not said"),
    "checked": "never",
    "why": "which priority does it serve?",
    "pupils": "which pupils are to gain?",
    "look_at": "what will we look at?",
    **dict.fromkeys(("midyear_on", "end_on"), "no day set"),
    "midyear_seen": "what did we see mid-year?",
    "practice": "what changed in practice?",
    "evidence": "what did we see at the end?",
    "again": "would we again?",
}
"""What an activity's page calls some fields, and says where the head hasn't."""


def activity_page(
    record: OwnRecord,
    name: str,
    today: date,
    rate: Decimal | None,
    *,
    most_out: int | None = None,
    schools: PlanSchools = ALONE,
) -> Page:
    """All that an activity holds. Raises NotFoundError where it is no longer there."""
    a = next((a for a in record.activities if a.id == name), None)
    if a is None:
        raise NotFoundError("That activity is no longer in the plan.")
    every = schools.clashes(record.activities, record.days, most_out)
    mine = (c for c in every if any(held.activity.id == a.id for held in c.held))
    warned = (
        looks.due_words(a, today),
        *programmes.warnings(a),
        listing.check_again(a, today),
    )
    last = forward.before(a, record.activities)
    cautions = (Entry(t[:1].upper() + t[1:], card=copied(t), fact=True) for t in warned if t)
    sessions = tuple(_session_line(a, s, schools) for s in a.sessions)
    found = (
        _what(a, schools),
        *some("Mind", cautions),
        Section(
            f"Sessions: {len(sessions)}",
            sessions,
            "None yet.",
            keys="" if sessions else "{add} adds one.",
        ),
        *some("Clashes", map(clash_line, mine)),
        _money_of(a, rate),
        *(
            how_said(section, (entry.text for entry in section.entries))
            for section in some("What each school pays", _shares_of(a, rate, schools))
        ),
        Section("Why and so what", _beside(a, "why", last)),
        Section("What we saw", (*_beside(a, "reflection", last), *_last_year(last))),
        *(
            Section(
                title, tuple(_tick(a, field, id, said) for id, said in words.items()), after=after
            )
            for field, title, words in coverage.TICKED
            for after in (_balance(a, field),)
        ),
    )
    source = cleaning.link(a.source) if "." in a.source and " " not in a.source else ""
    return Page(Key.of("activity", a.id), f"Activity, {a.status}", a.title, found, source)


def _what(a: Activity, schools: PlanSchools) -> Section:
    told = _facts(a, "")
    told["schools"] = told["schools"][0], schools.call_all(a.schools)
    told["attends"] = told["attends"][0], attendees_text(a.attends, schools=schools.names)
    provider, *others = _part("what", a, told)
    if a.provider:
        leads = card(a.provider, a.provider_name or a.provider, kind="Provider")
        provider = provider._replace(card=leads)
    return Section("About", (provider, *others))


def _facts(a: Activity, part: str) -> dict[str, Fact]:
    """The facts of a part by field, under names that are short; where one matters, that it isn't
    said is said."""
    return {
        name: (SHORT.get(name, label), words or NOT_SAID.get(name, ""))
        for name, (label, words) in facts(a, part).items()
    }


def _part(part: str, a: Activity, told: Mapping[str, Fact]) -> tuple[Entry, ...]:
    """Facts as lines that lead to the form, and to the box of it, in which they are changed."""
    return tuple(
        Entry(text, label, card=card(key, label, kind="Part", copy=text), fact=True)
        for field, (label, value) in told.items()
        for text in (cleaning.plain(value),)
        for key in (Key.nested(f"activity-{part}", a.id, field),)
        if text
    )


def _shares_of(a: Activity, rate: Decimal | None, schools: PlanSchools) -> Iterable[Entry]:
    """What an activity of several schools costs each of them."""
    if len(schools.of(a)) == 1:
        return
    for urn, part in schools.each(a, rate).items():
        leads = card(Key.school(urn) if urn else NO_BODY, schools.call(urn), kind="School")
        yield Entry(schools.call(urn), right=part.words, detail=arithmetic(part), card=leads)
    for said in schools.unknown([a]):
        yield Entry(said, card=copied(said), fact=True)


def _session_line(a: Activity, session: Session, schools: PlanSchools) -> Entry:
    hours = {True: "in school hours", False: "out of school hours", None: ""}
    when = wording.day(session.date)
    who = attendees_text(a.attending(session), schools=schools.names)
    return Entry(
        wording.weekday(session.date),
        right=clock_text(session),
        detail=wording.joined(hours[session.in_school_hours], session.place, who),
        card=Card(Key.nested("session", a.id, session.id), "Session", when),
    )


def _money_of(a: Activity, rate: Decimal | None) -> Section:
    told = _facts(a, "money")
    del told["penalty"]
    risk = f"{money.pounds(a.penalty)} for a session missed" if a.penalty else ""
    worked_out = {
        "fee": ("Costs", money.cost(a, rate).words),
        "release_days": ("Mind", money.release_words(a)),
        "penalty": ("Penalty", risk),
    }
    lines = (*_part("money", a, told), *_part("money", a, worked_out))
    return Section("Money and cover", lines, lead=HOW_NET)


def _balance(a: Activity, field: str) -> str:
    """Which of them this one activity has all of, or lacks, as a sentence."""
    said = coverage.balance(a, field) if field in coverage.BALANCED else ""
    return f"This activity: {said}." if said else ""


def _tick(a: Activity, field: str, id: str, said: str) -> Entry:
    on = id in getattr(a, field)
    leads = card(Key.nested("tick", a.id, field, id), said, kind="Tick")
    mark = TICKED if on else OPEN
    return Entry(f"{mark} {said}", right="ticked" if on else "", card=leads, fact=True)


def _beside(a: Activity, part: str, last: Activity | None) -> tuple[Entry, ...]:
    """The facts of a part; beside each what last year's activity says there."""
    told = _facts(a, part)
    earlier = facts(last, part) if last else {}
    return tuple(
        line._replace(detail=cleaning.plain(f"{_when(last)}: {words}") if last and differs else "")
        for name, fact in told.items()
        for words in (earlier[name][1] if name in earlier else "",)
        for differs in (words not in ("", fact[1]),)
        for line in _part(part, a, {name: fact})
    )


def _when(a: Activity) -> str:
    """The academic year, or years, of an activity: "2025-26"."""
    return ", ".join(map(years.name, sorted(years.years_of(a))))


def _last_year(last: Activity | None) -> Iterable[Entry]:
    """The way to last year's activity."""
    if last is not None:
        yield Entry(
            wording.joined(last.title, _when(last)),
            "Before",
            right=str(last.status),
            card=activity_card(last),
            fact=True,
        )
