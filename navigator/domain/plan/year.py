"""The academic year: September to August, its weeks and terms, and what lies in them.

A year is named by the calendar year in which its September lies: 2026 is 2026-27. Terms are the
head's own where they gave any (days of the kind "term"); else the autumn term is September to
December, the spring term January to March, the summer term April to August.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from navigator.core.activity import Activity, PlanDay, Status
from navigator.core.session import Session
from navigator.domain.plan import clashes, looks
from navigator.domain.plan.clashes import Clash, HeldSession
from navigator.domain.plan.looks import Look

T = TypeVar("T")

SEPTEMBER = 9
NO_DATE = "No date yet"
"""Where an activity without sessions stands among the terms."""


class Term(NamedTuple):
    name: str
    first: date
    last: date


class Week(NamedTuple):
    """A week of the year, from its Monday; the first and last reach over the year's edges, but hold
    nothing from beyond them.

    `recruiting` are activities whose window for joining is open on some day of it, `opens` and
    `closes` those for which it begins or ends in it. `looks` are those at what activities brought.
    """

    first: date
    term: str
    held: tuple[HeldSession, ...] = ()
    opens: tuple[Activity, ...] = ()
    closes: tuple[Activity, ...] = ()
    recruiting: tuple[Activity, ...] = ()
    days: tuple[PlanDay, ...] = ()
    clashes: tuple[Clash, ...] = ()
    looks: tuple[Look, ...] = ()

    @property
    def last(self) -> date:
        """The Sunday that ends it."""
        return self.first + timedelta(days=6)


def year_of(day: date) -> int:
    """The academic year that a day is in."""
    return day.year if day.month >= SEPTEMBER else day.year - 1


def name(year: int) -> str:
    """ "2026-27"."""
    return f"{year}-{(year + 1) % 100:02}"


def span(year: int) -> tuple[date, date]:
    """Its first and last day."""
    return date(year, SEPTEMBER, 1), date(year + 1, SEPTEMBER - 1, 31)


def mondays(year: int) -> tuple[date, ...]:
    """The Mondays of its weeks: every day of the year is in just one of them."""
    first, last = span(year)
    monday = first - timedelta(days=first.weekday())
    return tuple(monday + timedelta(days=n) for n in range(0, (last - monday).days + 1, 7))


def terms(year: int, days: Iterable[PlanDay] = ()) -> tuple[Term, ...]:
    """The year's terms in order: the head's own, else the usual thirds."""
    first, last = span(year)
    own = sorted(
        (day for day in days if day.kind == "term" and day.first <= last and day.last >= first),
        key=lambda day: (day.first, day.last),
    )
    if own:
        return tuple(Term(day.title or "Term", day.first, day.last) for day in own)
    return (
        Term("Autumn term", first, date(year, 12, 31)),
        Term("Spring term", date(year + 1, 1, 1), date(year + 1, 3, 31)),
        Term("Summer term", date(year + 1, 4, 1), last),
    )


def term_of(day: date, among: Sequence[Term]) -> str:
    """The name of the term that a day counts to: the last that has begun, else the first."""
    return next((term.name for term in reversed(among) if term.first <= day), among[0].name)


def years_of(activity: Activity) -> frozenset[int]:
    """The academic years an activity is in: those it tells of, else that in which it was noted."""
    told = told_years(activity)
    if not told and activity.added:
        return frozenset((year_of(activity.added),))
    return told


def told_years(activity: Activity) -> frozenset[int]:
    """Those of its sessions; without any, the year it is meant for, else that in which recruitment
    closes."""
    if activity.sessions:
        return frozenset(year_of(session.date) for session in activity.sessions)
    if activity.year is not None:
        return frozenset((activity.year,))
    return frozenset((year_of(activity.closes),)) if activity.closes else frozenset()


def in_year(activity: Activity, year: int) -> bool:
    """Whether an activity is in a year; one that tells nothing of when is in all of them."""
    if activity.sessions:
        return any(year_of(session.date) == year for session in activity.sessions)
    years = years_of(activity)
    return year in years or not years


def sessions_in(activity: Activity, year: int) -> tuple[Session, ...]:
    first, last = span(year)
    return tuple(s for s in activity.sessions if first <= s.date <= last)


def glance(
    activities: Iterable[Activity],
    days: Sequence[PlanDay],
    year: int,
    clashing: Iterable[Clash] | None = None,
) -> tuple[Week, ...]:
    """The year's weeks with their sessions, windows for joining, own days and clashes.

    What was declined isn't in it. `clashing` are all clashes, found here where they aren't given.
    """
    activities = [a for a in activities if a.status is not Status.DECLINED]
    first, last = span(year)
    start = mondays(year)[0].toordinal()

    def by_week(dated: Iterable[tuple[T, date | None]]) -> dict[int, list[T]]:
        """What has its day in the year, by the number of its week."""
        weeks: dict[int, list[T]] = defaultdict(list)
        for what, day in dated:
            if day and first <= day <= last:
                weeks[(day.toordinal() - start) // 7].append(what)
        return weeks

    held = by_week((HeldSession(a, s), s.date) for a in activities for s in a.sessions)
    opens = by_week((a, a.opens) for a in activities)
    closes = by_week((a, a.closes) for a in activities)
    looked = by_week((look, look.day) for a in activities for look in looks.looks(a))
    every = clashes.find(activities, days) if clashing is None else clashing
    of_week = by_week((clash, clash.day) for clash in every)
    among = terms(year, days)
    own = [day for day in days if day.kind != "term"]
    windows = ((a.opens, a.closes, a) for a in activities)
    joining = [(since, to, a) for since, to, a in windows if since and to and since <= to]
    found = []
    for n, monday in enumerate(mondays(year)):
        begin, end = max(monday, first), min(monday + timedelta(days=6), last)
        week = Week(
            monday,
            term_of(begin, among),
            tuple(sorted(held[n], key=lambda h: h.session.order)),
            tuple(opens[n]),
            tuple(closes[n]),
            tuple(a for since, to, a in joining if since <= end and to >= begin),
            tuple(day for day in own if day.first <= end and day.last >= begin),
            tuple(of_week[n]),
            tuple(looked[n]),
        )
        found.append(week)
    return tuple(found)
