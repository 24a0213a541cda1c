"""Last year's plan as a beginning of the next: the same weekday in the same week of school.

Weeks of school are counted from the beginning of a term and leave out those that are all holiday,
as the year's page counts them. Where the days of one of the two years aren't known, a session goes
to the same week of the calendar. A day without school is skipped: the session goes to the same
weekday of the next week that has one. All of that is told; what it was copied from stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from navigator.core import dates
from navigator.core.activity import Activity, PlanDay, Status
from navigator.core.session import Session
from navigator.directory import planning
from navigator.domain.plan import looks
from navigator.domain.plan import year as years
from navigator.domain.plan.session_words import session_words

WEEK = 7
SCHOOL_DAYS = 5
MOST_WEEKS = 8
"""Weeks after its own in which a day of school is looked for."""


class Copied(NamedTuple):
    """What a year's activities become in another, without ids. `said` are sentences on what moved,
    what was left out, and what to look at again."""

    activities: tuple[Activity, ...]
    said: tuple[str, ...] = ()


def copy(
    chosen: Iterable[Activity],
    year: int,
    to: int,
    days: Sequence[PlanDay],
    every: Iterable[Activity] = (),
) -> Copied:
    """Activities of an academic year as the beginnings of those of another.

    Args:
        chosen: The activities; declined ones are left out.
        year: The academic year whose sessions are taken.
        to: The academic year that they go to.
        days: The school's own days, of both years as far as they are known.
        every: The whole plan: what it has in that year already isn't copied again.
    """
    mover = _Mover(year, to, days)
    there = {_same(a) for a in every if to in years.told_years(a)}
    made: list[Activity] = []
    said: list[str] = []
    for a in chosen:
        if a.status is Status.DECLINED:
            said.append(f"“{a.title}” is left out: it was declined.")
        elif _same(a) in there:
            said.append(f"“{a.title}” is left out: {years.name(to)} has it already.")
        else:
            sessions = tuple(mover.moved(a, s) for s in years.sessions_in(a, year))
            made.append(_begun(a, sessions, to - year, to))
    if made:
        said += mover.said
        if mover.by_calendar and any(a.sessions for a in made):
            said.append(
                f"Dates go to the same week of the calendar: the plan lacks holidays of "
                f"{' and '.join(mover.by_calendar)}."
            )
        if any(a.fee is not None or a.subsidy is not None for a in made):
            said.append(f"Fees and subsidies are those of {years.name(year)}: ask what they are.")
    return Copied(tuple(made), tuple(said))


def kept_out(
    chosen: Iterable[Activity], to: int, every: Iterable[Activity]
) -> tuple[Activity, ...]:
    """Those that aren't copied to a year: declined, or there already."""
    there = {_same(a) for a in every if to in years.told_years(a)}
    return tuple(a for a in chosen if a.status is Status.DECLINED or _same(a) in there)


def before(a: Activity, every: Iterable[Activity]) -> Activity | None:
    """Last year's activity: the one that this was copied from; else the one of the year before that
    has the same title and provider, the same title, or the same programme, if just one has; in a
    plan of several schools, of one school at least that this is of."""
    others = [other for other in every if other.id != a.id]
    copied = next((other for other in others if a.follows and other.id == a.follows), None)
    of = years.years_of(a)
    if copied or not of:
        return copied
    last = min(of) - 1
    there = [
        b
        for b in others
        if b.status is not Status.DECLINED
        and last in years.years_of(b)
        and (set(a.schools) & set(b.schools) or a.schools == b.schools)
    ]
    for alike in (
        [b for b in there if _same(b) == _same(a)],
        [b for b in there if b.title.casefold() == a.title.casefold()],
        [b for b in there if a.programme and b.programme == a.programme],
    ):
        if len(alike) == 1:
            return alike[0]
    return None


def lines(copied: Copied) -> Iterator[str]:
    """Each activity with its dates beneath, then what is said of them."""
    for a in copied.activities:
        yield a.title
        yield from (f"  {session_words(session)}" for session in a.sessions)
        for look in looks.looks(a):
            if look.day:
                yield f"  look {look.moment}: {dates.shown(look.day)}"
    yield from copied.said


def _same(a: Activity) -> tuple[str, str, frozenset[int]]:
    """What tells activities apart: another school may have one of the same title and provider."""
    provider = str(a.provider or a.provider_name).casefold()
    return a.title.casefold(), provider, frozenset(a.schools)


def _begun(a: Activity, sessions: tuple[Session, ...], by: int, to: int) -> Activity:
    """What stays the same from year to year; status, dates of joining and reflection begin anew.
    What it brought is looked at in the same week of the calendar."""
    return a._replace(
        id="",
        status=Status.CONSIDERING,
        sessions=sessions,
        opens=None,
        closes=None,
        checked=None,
        midyear_on=a.midyear_on and _same_week(a.midyear_on, by),
        end_on=a.end_on and _same_week(a.end_on, by),
        subsidy_claimed=None,
        claimed_on=None,
        subsidy_received=None,
        received_on=None,
        midyear_seen="",
        practice="",
        evidence="",
        again="",
        year=None if sessions else to,
        added=None,
        follows=a.id,
    )


class _Mover:
    """Moves sessions from one year to another."""

    def __init__(self, year: int, to: int, days: Sequence[PlanDay]) -> None:
        self._year, self._to = year, to
        self._days = [day for day in days if day.kind != "term"]
        self._bank = planning.bank_holidays()
        self.said: list[str] = []
        holidays = [day for day in self._days if day.kind == "holiday"]
        self.by_calendar = [
            years.name(y)
            for y in (year, to)
            if not any(years.span(y)[0] <= d.last and d.first <= years.span(y)[1] for d in holidays)
        ]
        self._weeks = {y: [list(w) for w in self._of_school(y, days)] for y in (year, to)}

    def _of_school(self, year: int, days: Sequence[PlanDay]) -> Iterator[Iterator[date]]:
        """For each term the Mondays of its weeks that have school."""
        for term in years.terms(year, days):
            yield (
                monday
                for monday in years.mondays(year)
                if term.first <= monday + timedelta(4)
                and monday <= term.last
                and not all(self._off(monday + timedelta(n)) for n in range(SCHOOL_DAYS))
            )

    def _off(self, day: date, schools: tuple[int, ...] = ()) -> str:
        """Why there is no school on a day in any of some schools, all for none; "" where there
        is."""
        own = next((d for d in self._days if d.holds(day) and d.bears_on(schools)), None)
        if own:
            return own.title or own.kind
        return self._bank.get(day, "")

    def moved(self, a: Activity, session: Session) -> Session:
        """A session in the other year, without its id."""
        day = first = self._day(session.date)
        why = self._off(day, a.schools)
        within = a.kind == "within-school"
        for _ in range(MOST_WEEKS):
            here = [d for d in self._days if d.holds(day) and d.bears_on(a.schools)]
            inset = any(d.kind == "inset" for d in here)
            if not self._off(day, a.schools) or (within and inset):
                break
            day += timedelta(WEEK)
        if day != first:
            self.said.append(
                f"“{a.title}”: {dates.shown(first)} is skipped ({why}), it goes to "
                f"{dates.shown(day)}."
            )
        return session._replace(id="", date=day)

    def _day(self, day: date) -> date:
        monday = day - timedelta(day.weekday())
        if not self.by_calendar:
            for term, weeks in enumerate(self._weeks[self._year]):
                others = self._weeks[self._to]
                alike = monday in weeks and len(others) == len(self._weeks[self._year])
                if alike and weeks.index(monday) < len(others[term]):
                    return others[term][weeks.index(monday)] + timedelta(day.weekday())
        other = _same_week(day, self._to - self._year)
        return other + timedelta(WEEK * (self._to - years.year_of(other)))


def _same_week(day: date, by: int) -> date:
    """The same weekday nearest to the same day of the year."""
    try:
        other = day.replace(year=day.year + by)
    except ValueError:  # 29 February
        other = day.replace(year=day.year + by, day=28)
    away = (day.weekday() - other.weekday() + 3) % WEEK - 3
    return other + timedelta(away)
