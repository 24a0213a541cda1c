"""Where sessions get in each other's way, or in the way of the school's own days.

- `person`: the same person in two sessions whose times overlap. A session without a start or a
  length takes the whole day. "All teachers" is a group: whoever teaches is in it.
- `cover`: more people out of class in one half of a day than may be: in sessions in school hours,
  on a day of school. Without a number of the head's own, that is two in different activities: a
  work group meant for two is no clash of two.
- `day`: a session in a holiday, at a weekend, on a bank holiday, or on an INSET day; on INSET days
  but for what is done within school, which they are made for.

A person is a name; where none is given, the role. A role that has just one name in the plan is that
person where the name is left out. What was declined clashes with nothing, and of a session for
which nobody is named as attending only the day can clash.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import count
from types import MappingProxyType
from typing import Literal, NamedTuple

from navigator.core import wording
from navigator.core.activity import Activity, Kind, PlanDay, Status
from navigator.core.session import Attendee, Session
from navigator.directory import planning
from navigator.domain.plan import cover

DAY = 24 * 60

CLASHES = ("person", "cover", "day")
_PLACE = {kind: place for place, kind in enumerate(CLASHES)}


class HeldSession(NamedTuple):
    """A session and the activity it is of."""

    activity: Activity
    session: Session

    @property
    def attending(self) -> tuple[Attendee, ...]:
        return self.activity.attending(self.session)


class Clash(NamedTuple):
    """`held` are the sessions concerned: two of a person, one of a day, all of a day's cover.

    `people` are those concerned, each once; `own` is the holiday or INSET day, `closed` says of
    another day why there is no school. `day` is the day on which it begins. `at` names the schools
    that it is in, "" in a plan of one.
    """

    kind: Literal["person", "cover", "day"]
    day: date
    held: tuple[HeldSession, ...]
    people: tuple[Attendee, ...] = ()
    own: PlanDay | None = None
    closed: str = ""
    at: str = ""

    @property
    def words(self) -> str:
        """A sentence for the head's own screen; it may hold names."""
        return self.told(names=True)

    def told(self, *, names: bool) -> str:
        titles = " and ".join(dict.fromkeys(f"“{h.activity.title}”" for h in self.held))
        people = ", ".join(dict.fromkeys(p.text(names=names) for p in self.people))
        when = wording.short_day(self.day)
        if self.kind == "person":
            twice = f"twice in {titles}" if len({h.activity.id for h in self.held}) == 1 else titles
            sure = "" if all(h.session.timed for h in self.held) else ", as far as times are known"
            at = f" ({self.at})" if self.at else ""
            return f"{when}: {people} would be in two places at once{sure}: {twice}{at}."
        at = f" at {self.at}" if self.at else ""
        if self.kind == "cover":
            number = (
                "All" if any(map(cover.is_group, self.people)) else f"{len(self.people)} people"
            )
            return f"{when}: {number} out of class{at} ({people}): {titles}."
        own = self.own
        what = self.closed or ("on an INSET day" if own and own.kind == "inset" else "in a holiday")
        named = f" ({own.title})" if own and own.title else ""
        return f"{when}: {titles} is {what}{named}{at}."


TellsApart = Callable[[Attendee], str]
"""Gives what tells a person apart."""

_Out = dict[str, Attendee]
"""People by what tells them apart."""


def find(
    activities: Iterable[Activity],
    days: Sequence[PlanDay] = (),
    *,
    most: int | None = None,
    bank: Mapping[date, str] = MappingProxyType({}),
) -> tuple[Clash, ...]:
    """All clashes, by day.

    Args:
        activities: The plan.
        days: The school's own days.
        most: How many may be out of class at once; None where the head hasn't said.
        bank: The bank holidays.
    """
    activities = [a for a in activities if a.status is not Status.DECLINED]
    person = persons(activities)
    closed = closed_days(activities, days)
    of_person: dict[str, list[_Span]] = defaultdict(list)
    groups: dict[str, Attendee] = {}
    number = count()
    out: dict[date, list[_Span]] = defaultdict(list)
    off: dict[date, tuple[int, PlanDay | None, str]] = {}  # by day: its minutes, why no school
    found: list[Clash] = []
    for activity in activities:
        within = activity.kind == Kind.WITHIN_SCHOOL
        usual = {person(attendee): attendee for attendee in activity.attends}
        groups |= {key: one for key, one in usual.items() if cover.is_group(one)}
        for session in activity.sessions:
            held, day = HeldSession(activity, session), session.date
            if day not in off:
                own = closed.get(day)
                off[day] = day.toordinal() * DAY, own, "" if own else no_school(day, bank)
            midnight, own, closed_by = off[day]
            if closed_by or (own and not (within and own.kind == "inset")):
                found.append(Clash("day", day, (held,), (), own, closed_by))
            people = usual
            if session.attends:
                people = {person(a): a for a in session.attends}
                groups |= {key: one for key, one in people.items() if cover.is_group(one)}
            if not people:
                continue
            begin, end = _minutes(session, midnight)
            span = (begin, end, activity.id, session.id, next(number), held, people)
            for key in people:
                of_person[key].append(span)
            if session.in_school_hours and own is None and not closed_by:
                out[day].append(span)
    for key, spans in _with_groups(of_person, groups).items():
        found += _twice(key, spans)
    for day, sessions in out.items():
        if len(sessions) > 1 or most is not None or groups:  # else one activity's own people
            found += _too_many(day, sessions, most)
    return tuple(sorted(found, key=order))


def order(clash: Clash) -> tuple[date, int, tuple[int, str, str]]:
    """What clashes are sorted by."""
    return clash.day, _PLACE[clash.kind], _order(clash.held[0])


def no_school(day: date, bank: Mapping[date, str]) -> str:
    """Why a day is no day of school: a weekend or a bank holiday; "" for any other."""
    if day in bank:
        return f"on a bank holiday ({bank[day]})"
    return f"on a {day:%A}" if day.weekday() > 4 else ""


def _with_groups(
    of_person: dict[str, list[_Span]], groups: Mapping[str, Attendee]
) -> dict[str, list[_Span]]:
    """Each person's sessions, those of the groups that they are in among them, as theirs."""
    if not groups:
        return of_person
    found, number = {}, count(sum(map(len, of_person.values())))
    for key, spans in of_person.items():
        one, others = spans[0][-1][key], {span[-1][key] for span in spans}
        among = [
            g
            for g, group in groups.items()
            if g != key and any(cover.is_in(other, group) for other in others)
        ]
        joined = [
            (*span[:4], next(number), span[5], {key: one})
            for g in among
            for span in of_person.get(g, ())
        ]
        # Two sessions of a group alone are the group's own clash, told once
        found[key] = spans if key in groups else _apart(spans, joined)
    return found


def _apart(spans: list[_Span], joined: list[_Span]) -> list[_Span]:
    """A person's sessions, and those of a group in which they aren't named already."""
    named = {span[5] for span in spans}
    return [*spans, *(span for span in joined if span[5] not in named)]


def _too_many(day: date, sessions: Sequence[_Span], most: int | None) -> Iterator[Clash]:
    """A day's clash of cover: of the half day in which most are out."""
    taken = [cover.taken(span[5].session).halves for span in sessions]
    worst: tuple[list[_Span], _Out] | None = None
    for half in cover.HALVES:
        among = [one for one, halves in zip(sessions, taken, strict=True) if half in halves]
        out: _Out = {}
        for span in among:
            out |= span[6]
        if len(out) <= (len(worst[1]) if worst else 0):
            continue
        several = len({span[2] for span in among}) > 1
        too_many = len(out) > most if most is not None else len(out) > 1 and several
        if too_many or any(map(cover.is_group, out.values())):
            worst = among, out
    if worst:
        among, out = worst
        held = tuple(
            span[5] for span in sorted(among, key=operator.itemgetter(0, 2, 3))
        )  # as `_order`
        yield Clash("cover", day, held, tuple(out.values()))


class LastFound:
    """The clashes last found, for whoever asks again: of the same objects, as a record is the same
    until something of it changes. One variable holds them, so that threads may ask at once."""

    def __init__(self) -> None:
        self._held: tuple[tuple[object, ...], tuple[object, ...], tuple[Clash, ...]] | None = None

    def found(
        self,
        of: tuple[object, ...],
        asked: tuple[object, ...],
        find: Callable[[], tuple[Clash, ...]],
    ) -> tuple[Clash, ...]:
        """The clashes `of` a record's activities and days, and the bank holidays, for what is
        `asked`; only those of tuples are kept, as others may change."""
        held = self._held
        if held and all(map(operator.is_, held[0], of)) and held[1] == asked:
            return held[2]
        clashes = find()
        if all(isinstance(part, tuple) for part in of[:2]):
            self._held = of, asked, clashes
        return clashes


_LAST = LastFound()


def in_england(
    activities: Iterable[Activity], days: Sequence[PlanDay] = (), most: int | None = None
) -> tuple[Clash, ...]:
    """All clashes, with England's bank holidays as the facts have them.

    Those of a plan as the record has it are found once, however many tabs and pages ask: it is the
    same object until something of it changes.
    """
    bank = planning.bank_holidays()
    return _LAST.found(
        (activities, days, bank), (most,), lambda: find(activities, days, most=most, bank=bank)
    )


def bank_holidays_end(activities: Iterable[Activity]) -> str:
    """A sentence where a session is in a year after those whose bank holidays are known."""
    last = max((s.date for a in activities for s in a.sessions), default=None)
    end = max(planning.bank_holidays(), default=None)
    if last is None or end is None or last.year <= end.year:
        return ""
    return f"Bank holidays are known to the end of {end.year} only."


def persons(activities: Iterable[Activity]) -> TellsApart:
    """Gives what tells a person apart, by the rule above."""
    names: dict[str, set[str]] = defaultdict(set)
    for activity in activities:
        named = activity.people if any(s.attends for s in activity.sessions) else activity.attends
        for attendee in named:
            if attendee.role and attendee.name:
                names[attendee.post].add(attendee.person)
    only = {role: next(iter(named)) for role, named in names.items() if len(named) == 1}
    return lambda attendee: (
        attendee.person if attendee.name else only.get(attendee.person, attendee.person)
    )


_Span = tuple[int, int, str, str, int, HeldSession, _Out]
"""A session: its first and last minute, the ids and a number of its own by which it is ordered
after these, and what it is, with its people."""


def _minutes(session: Session, midnight: int) -> tuple[int, int]:
    """`Session.span` as minutes: sums and comparisons of these take a tenth of the time."""
    start, length = session.start, session.minutes
    if start is None or length is None:
        return midnight, midnight + DAY
    begin = midnight + start.hour * 60 + start.minute
    return begin, begin + length


def _twice(key: str, spans: list[_Span]) -> list[Clash]:
    """The overlapping pairs among one person's sessions."""
    found: list[Clash] = []
    going: list[tuple[int, HeldSession]] = []
    latest = 0  # when the last of those that go on ends
    for begin, end, _, _, _, held, people in sorted(spans):
        if begin >= latest:
            going.clear()
        else:
            going = [(until, other) for until, other in going if until > begin]
            day, who = held.session.date, (people[key],)
            found += [Clash("person", day, (other, held), who) for _, other in going]
        going.append((end, held))
        latest = max(latest, end)
    return found


def _order(held: HeldSession) -> tuple[int, str, str]:
    session = held.session
    return _minutes(session, session.date.toordinal() * DAY)[0], held.activity.id, session.id


def closed_days(activities: Sequence[Activity], days: Sequence[PlanDay]) -> dict[date, PlanDay]:
    """The holidays and INSET days by day, as far as there are sessions; a holiday goes first."""
    dates = [session.date for activity in activities for session in activity.sessions]
    if not dates:
        return {}
    first, last = min(dates), max(dates)
    closed: dict[date, PlanDay] = {}
    for own in sorted((d for d in days if d.kind != "term"), key=lambda d: d.kind == "inset"):
        day, until = max(own.first, first), min(own.last, last)
        while day <= until:
            closed.setdefault(day, own)
            day += timedelta(days=1)
    return closed
