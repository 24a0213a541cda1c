"""The cover sheet: week by week who is out of class which half day, and for what.

Out of class is who attends a session in school hours on a day of school. Of other sessions that may
bear on cover (nobody said whether they are in school hours; a holiday, an INSET day) it is told why
nobody is counted. What is considered or applied for is counted, and told to be so. People are told
apart as clashes tell them; a group, such as all teachers, is never counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from navigator.core import wording
from navigator.core.activity import COMMITTED, Activity, PlanDay, Status
from navigator.core.session import Attendee
from navigator.directory import planning
from navigator.domain.plan import clashes, cover
from navigator.domain.plan import year as years
from navigator.domain.plan.clashes import HeldSession

NOBODY_SAID = "who isn't said"


class OutSession(NamedTuple):
    """A session for which people are out in a half day. `people` are told apart, each once."""

    held: HeldSession
    people: tuple[Attendee, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What isn't sure of it, in words."""
        status = self.held.activity.status
        only = "" if status in COMMITTED else f"{status}, not yet confirmed"
        time = cover.taken(self.held.session).said
        group = "how many isn't known" if any(map(cover.is_group, self.people)) else ""
        return tuple(t for t in (only, time, group) if t)

    @property
    def release(self) -> str:
        return cover.release_said(self.held.activity)

    def who(self, *, names: bool) -> str:
        return who(self.people, names=names) or NOBODY_SAID


class HalfDay(NamedTuple):
    """A half of a day of school and who is out in it. `people` are counted, `groups` aren't; of
    `unsaid` sessions nobody said who attends. `most` may be out at once, None where nobody said.
    `closed` says why there are no classes, "" on a day of school."""

    day: date
    half: str
    out: tuple[OutSession, ...] = ()
    people: tuple[Attendee, ...] = ()
    groups: tuple[Attendee, ...] = ()
    unsaid: int = 0
    most: int | None = None
    closed: str = ""

    @property
    def too_many(self) -> int:
        """How many more are out than may be, of those who are counted."""
        return 0 if self.most is None else max(len(self.people) - self.most, 0)

    @property
    def words(self) -> str:
        """ "3 out, 1 too many"; "2 out + a group" where more are out than can be counted; "" for
        nobody."""
        if not self.out:
            return ""
        beside = [*(["a group"] if self.groups else []), *(["some"] if self.unsaid else [])]
        number = [f"{len(self.people)} out"] if self.people else []
        told = " + ".join((*number, *beside))
        return f"{told}, {self.too_many} too many" if self.too_many else told

    def named(self) -> str:
        """ "2 of 3 named" where some of the people have no name; "" where all have."""
        number = sum(bool(person.name) for person in self.people)
        total = len(self.people)
        return f"{number} of {total} named" if number < total else ""


NOT_SET = "How many may be out of class at once isn't set."


class CoverWeek(NamedTuple):
    """A week from its Monday: `halves` are the ten from Monday morning to Friday afternoon; `apart`
    are sentences on sessions for which nobody is counted."""

    first: date
    term: str
    halves: tuple[HalfDay, ...]
    apart: tuple[str, ...] = ()
    most: int | None = None

    @property
    def title(self) -> str:
        return f"Week of {wording.day(self.first)}"

    @property
    def total_words(self) -> str:
        """ "7 half days out of class (3.5 days)": people × half days, and what isn't in them."""
        number = sum(len(half.people) for half in self.halves)
        days = f"{number / 2:g} {'day' if number == 2 else 'days'}"
        told = f"{wording.count(number, 'half day')} out of class ({days})"
        if not number:
            told = "Nobody is counted as out of class"
        if any(half.groups for half in self.halves):
            told += ", whole groups not counted"
        if any(half.unsaid for half in self.halves):
            told += ", and sessions of which nobody said who attends"
        return told

    @property
    def most_words(self) -> str:
        """How many may be out at once, and whether that holds, in words."""
        if self.most is None:
            return NOT_SET
        over = [half for half in self.halves if half.too_many]
        unsure = any(half.groups or half.unsaid for half in self.halves)
        held = "in no half day more are, as far as is known" if unsure else "no half day has more"
        if over:
            held = f"more are on {', '.join(map(short_half, over))}"
        return f"At most {self.most} may be out at once: {held}."


def _joined(parts: Sequence[CoverWeek]) -> CoverWeek:
    """One week of its parts in two academic years, each of which holds its own days alone."""
    first, *rest = parts
    for part in rest:
        halves = tuple(b if b.out else a for a, b in zip(first.halves, part.halves, strict=True))
        first = first._replace(halves=halves, apart=(*first.apart, *part.apart), term=part.term)
    return first


def short_half(half: HalfDay) -> str:
    """ "Thu 8 Oct am"."""
    sign = "am" if half.half == cover.MORNING else "pm"
    return f"{half.day:%a} {half.day.day} {half.day:%b} {sign}"


def who(people: Iterable[Attendee], *, names: bool) -> str:
    """People as one text: "Maths lead; 2 × Teacher", "Maths lead: A Name"."""
    told = Counter(person.text(names=names) for person in people)
    return "; ".join(f"{n} × {text}" if n > 1 else text for text, n in told.items())


def weeks(
    activities: Iterable[Activity],
    days: Sequence[PlanDay],
    year: int,
    *,
    most: int | None = None,
    bank: Mapping[date, str] = MappingProxyType({}),
) -> tuple[CoverWeek, ...]:
    """The weeks of a year in which anybody is out, or in which there is something to say.

    Args:
        activities: The plan; what was declined isn't counted.
        days: The school's own days.
        year: The September it begins in.
        most: How many may be out at once; None where the head hasn't said.
        bank: The bank holidays.
    """
    activities = [a for a in activities if a.status is not Status.DECLINED]
    person, closed = clashes.persons(activities), clashes.closed_days(activities, days)
    first, last = years.span(year)
    out: dict[tuple[date, str], list[HeldSession]] = defaultdict(list)
    apart: dict[date, list[tuple[date, str]]] = defaultdict(list)
    for a in activities:
        for session in a.sessions:
            day = session.date
            if session.in_school_hours is False or not first <= day <= last:
                continue
            monday = day - timedelta(days=day.weekday())
            why = _not_counted(HeldSession(a, session), closed.get(day), bank)
            if why:
                apart[monday].append((day, f"{wording.short_day(day)}: “{a.title}” {why}."))
                continue
            for half in cover.taken(session).halves:
                out[day, half].append(HeldSession(a, session))
    mondays = {day - timedelta(days=day.weekday()) for day, _ in out} | set(apart)
    among = years.terms(year, days)
    return tuple(
        CoverWeek(
            monday,
            years.term_of(max(monday, first), among),
            tuple(
                _half(day, half, out.get((day, half), ()), person, most)._replace(closed=why)
                for n in range(5)
                for day in (monday + timedelta(days=n),)
                for why in (_closed(day, days, bank),)
                for half in cover.HALVES
            ),
            tuple(text for _, text in sorted(apart[monday])),
            most,
        )
        for monday in sorted(mondays)
    )


def in_england(
    activities: Iterable[Activity], days: Sequence[PlanDay], year: int, most: int | None = None
) -> tuple[CoverWeek, ...]:
    """The weeks, with England's bank holidays as the facts have them."""
    return weeks(activities, days, year, most=most, bank=planning.bank_holidays())


def week_of(
    activities: Iterable[Activity], days: Sequence[PlanDay], monday: date, most: int | None = None
) -> tuple[CoverWeek, ...]:
    """The week from a Monday, whole: one over the end of August holds days of two academic years.
    Nothing where nobody is out in it."""
    held = tuple(activities)
    both = dict.fromkeys((years.year_of(monday), years.year_of(monday + timedelta(days=6))))
    found = [w for year in both for w in in_england(held, days, year, most) if w.first == monday]
    return (_joined(found),) if found else ()


def _closed(day: date, days: Iterable[PlanDay], bank: Mapping[date, str]) -> str:
    """Why a day has no classes: "holiday (Autumn half term)"; "" for a day of school."""
    for kind, word in (("holiday", "holiday"), ("inset", "INSET day")):
        for own in days:
            if own.kind == kind and own.holds(day):
                return f"{word} ({own.title})" if own.title else word
    return f"bank holiday ({bank[day]})" if day in bank else ""


def _not_counted(held: HeldSession, own: PlanDay | None, bank: Mapping[date, str]) -> str:
    """Why nobody is counted as out for a session; "" where they are."""
    if own:
        what = "on an INSET day" if own.kind == "inset" else "in a holiday"
        named = f" ({own.title})" if own.title else ""
        return f"is {what}{named}: no class to cover"
    if why := clashes.no_school(held.session.date, bank):
        return f"is {why}: no class to cover"
    if held.session.in_school_hours is None:
        return "doesn't say whether it is in school hours: nobody is counted"
    return ""


def _order(held: HeldSession) -> tuple[datetime, str, str]:
    return held.session.span[0], held.activity.title.casefold(), held.activity.id


def _half(
    day: date,
    half: str,
    sessions: Sequence[HeldSession],
    person: clashes.TellsApart,
    most: int | None,
) -> HalfDay:
    """A half day, each person in it once however many sessions they are in."""
    every: dict[str, Attendee] = {}
    out = []
    for held in sorted(sessions, key=_order):
        own: dict[str, Attendee] = {}
        for attendee in held.attending:
            for found in (own, every):
                key = person(attendee)
                if key not in found or (attendee.name and not found[key].name):
                    found[key] = attendee
        out.append(OutSession(held, tuple(own.values())))
    groups = tuple(one for one in every.values() if cover.is_group(one))
    people = tuple(one for one in every.values() if one not in groups)
    unsaid = sum(not one.people for one in out)
    return HalfDay(day, half, tuple(out), people, groups, unsaid, most)
