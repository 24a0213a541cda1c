"""An academic year's plan of professional learning as a document for governors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from decimal import Decimal

from navigator.core import wording
from navigator.core.activity import Activity, Budget, PlanDay, Status
from navigator.core.landscape import Landscape
from navigator.core.session import Session, attendees_text
from navigator.domain.plan import coverage, looks, money, programmes
from navigator.domain.plan import year as years
from navigator.domain.plan.schools import ALONE, PlanSchools
from navigator.view import plan_budgets
from navigator.view.documents import Document, Grid
from navigator.view.sections import Column, Entry, Section


def of_year(activities: Sequence[Activity], year: int) -> list[Activity]:
    """Those that a year's plan tells of: what was declined is in no plan."""
    return [a for a in activities if years.in_year(a, year) and a.status is not Status.DECLINED]


def document(
    activities: Sequence[Activity],
    own_days: Sequence[PlanDay],
    year: int,
    *,
    rate: Decimal | None,
    budgets: Sequence[Budget],
    landscape: Landscape | None,
    people: bool,
    today: date,
    reflections: bool = False,
    schools: PlanSchools = ALONE,
) -> Document:
    """The plan of a year, one table by term; names of people and reflections only where asked for.

    Notes are the head's own and are in it in no case, nor are clashes, which are for the school to
    solve. `landscape` is of their school; `rate` is what a day of cover costs. Of several schools
    all amounts are the share of those looked at, and of more than one a table by school follows.
    """
    these = of_year(activities, year)
    budget = money.budget_of(budgets, year)
    shares = schools if schools.several else None
    account = money.account(
        these, own_days, year, rate=rate, budget=budget, today=today, shares=shares
    )
    of_all = schools.seen is None  # budgets and subsidies aren't shared out over schools
    by_name = plan_budgets.for_governors(these, budgets, year, rate) if of_all else ()
    found = coverage.cover(these, landscape)
    number = wording.count(len(these), "activity", "activities")
    caveats = dict.fromkeys(
        (
            *(f"{a.title}: {text}" for a in these for text in programmes.warnings(a)),
            *account.unknown,
            *(schools.unknown(these) if schools.several else ()),
            *_differ(len(account.differ), len(these)),
        )
    )
    missing = (
        f"{title.removesuffix(' reached')}: {', '.join(names)}."
        for title, cells in found.groups
        for names in ([c.name for c in cells if not (c.firm or c.possible)],)
        if names
    )
    return Document(
        f"Professional learning {years.name(year)}",
        (
            _group("Money", (*_money(account), *by_name)),
            *((_group("To bear in mind", caveats),) if caveats else ()),
            _group("Not reached yet: gaps, not a score", missing, "None of what we look at."),
        ),
        "plan",
        of=_of(these, landscape, schools),
        lead=(f"{number}. As planned on {wording.day(today)}.",),
        licensed=False,
        id="plan",
        grid=_grid(these, own_days, year, rate, schools, people=people, reflections=reflections),
        totals=_by_school(these, year, rate, account, schools),
    )


def _of(these: Sequence[Activity], landscape: Landscape | None, schools: PlanSchools) -> str:
    """Whose plan it is."""
    if not schools.several:
        return landscape.school.name if landscape else ""
    present = schools.present(these)
    return schools.name or (schools.call_all(present) if len(present) < 3 else "")


def _by_school(
    these: Sequence[Activity],
    year: int,
    rate: Decimal | None,
    account: money.Account,
    schools: PlanSchools,
) -> Grid | None:
    """What each school pays of a plan of several; what they share is counted once in the total."""
    lines = schools.by_school(these, year, rate) if schools.several else ()
    if len(lines) < 2:
        return None

    def cells(name: str, number: int, firm: money.Sum, possible: money.Sum) -> tuple[str, ...]:
        days = money.total((firm, possible)).part("days")
        return name, str(number), days, firm.words, possible.words

    rows = [cells(x.name, len(x.activities), x.firm, x.possible) for x in lines]
    rows.append(cells("In all, each activity once", len(these), account.firm, account.possible))
    heads = ("School", "Activities", "Release", "Agreed", "Possible")
    return Grid(heads, (("By school", tuple(rows)),), "school")


def _differ(number: int, of: int) -> Iterator[str]:
    """How many have other release days than who attends makes; which, the head's own pages say."""
    if number:
        yield f"For {number} of {of} the release days given aren't those that who attends makes."


def _group(title: str, lines: Iterable[str], none: str = "") -> Column:
    """A group of lines; where there are none, `none` is a line, too."""
    texts = tuple(lines) or ((none,) if none else ())
    return Column(title, (Section("", tuple(map(Entry, texts)), "Nothing yet."),))


def _grid(
    these: Sequence[Activity],
    own_days: Sequence[PlanDay],
    year: int,
    rate: Decimal | None,
    schools: PlanSchools,
    *,
    people: bool,
    reflections: bool,
) -> Grid | None:
    """The activities by the term in which they begin. A column for what none says is left out."""
    among = years.terms(year, own_days)
    rows: dict[str, list[tuple[str, ...]]] = {term.name: [] for term in among}
    heads = ("What", "Who", "When", "Cost", "Why", "Impact")
    for a in sorted(these, key=lambda a: (a.first or date.max, a.title.casefold())):
        sessions = years.sessions_in(a, year)
        term = years.term_of(sessions[0].date, among) if sessions else years.NO_DATE
        here = tuple(p for p in a.attends if p.school is None or schools.sees((p.school,)))
        if schools.seen is not None and len(schools.seen) == 1:
            here = tuple(p._replace(school=None) for p in here)
        who = attendees_text(here, names=people, schools=schools.names) or ", ".join(a.audience)
        groups = f"for {', '.join(a.year_groups)}" if a.year_groups else ""
        cells = (
            "\n".join(
                t
                for t in (
                    a.title,
                    f"{a.provider_name} · {a.status}".strip(" ·"),
                    _whose(a, schools),
                )
                if t
            ),
            "\n".join(t for t in (who, groups) if t),
            _when(sessions),
            schools.cost(a, rate).words,
            "\n".join(t for t in (a.why, a.pupils, _looks(a)) if t),
            seen(a) if reflections else "",
        )
        rows.setdefault(term, []).append(cells)
    every = [cells for held in rows.values() for cells in held]
    told = [n for n in range(len(heads)) if n < 4 or any(cells[n] for cells in every)]
    parts = (
        (name, tuple(tuple(cells[n] for n in told) for cells in held))
        for name, held in rows.items()
        if held
    )
    return Grid(tuple(heads[n] for n in told), tuple(parts)) if every else None


def _whose(a: Activity, schools: PlanSchools) -> str:
    """In a plan of several schools, whose an activity is; of one school, with how many it is
    shared."""
    of = schools.owners(a)
    if not schools.several:
        return ""
    if schools.seen is None or len(schools.seen) > 1:
        return schools.some([urn for urn in of if schools.sees((urn,))])
    others = sum(not schools.sees((urn,)) for urn in of)
    return f"shared with {wording.count(others, 'other school')}" if others else ""


def _looks(a: Activity) -> str:
    """What will be looked at, and when: "Look at: tables check, mid-year 31 Jan 2027"."""
    days = (f"{x.moment} {wording.short_day(x.day)}" for x in looks.looks(a) if x.day)
    told = ", ".join(t for t in (a.look_at, *days) if t)
    return f"Look at: {told}" if told else ""


def seen(a: Activity) -> str:
    """What was seen: mid-year and at the end."""
    midyear = f"Mid-year: {a.midyear_seen}" if a.midyear_seen else ""
    return "\n".join(t for t in (midyear, a.practice, a.evidence) if t)


def _when(sessions: Sequence[Session]) -> str:
    """ "8 Oct, 3 Dec 2026, 4 Feb 2027\\nat 13:30": the days that start alike, a year once after
    its last."""
    alike: dict[time | None, list[date]] = {}
    for session in sessions:
        alike.setdefault(session.start, []).append(session.date)
    return "\n".join(
        t for at, days in alike.items() for t in (_days(days), f"at {at:%H:%M}" if at else "") if t
    )


def _days(days: Sequence[date]) -> str:
    told = []
    for n, day in enumerate(days):
        short = wording.short_day(day)
        more = n + 1 < len(days) and days[n + 1].year == day.year
        told.append(short.rsplit(" ", 1)[0] if more else short)
    return ", ".join(told)


def _money(account: money.Account) -> Iterator[str]:
    yield f"In all: {_sums(account.firm, account.possible)}"
    if account.budget is not None:
        yield (
            f"Budget {money.pounds(account.budget)}: {account.left_words} left, "
            f"{account.left_if_all_words} if all of it comes about"
        )
    if account.risk_words:
        yield f"At risk, in penalties for missed sessions: {account.risk_words}"


def _sums(firm: money.Sum, possible: money.Sum) -> str:
    told = f"{firm.words} agreed ({firm.part('days')} of release)"
    if possible != money.Sum():
        told += f", {possible.words} possible ({possible.part('days')})"
    return told
