"""Where sessions get in each other's way, or in the way of the school's own days.

- `person`: the same person in two sessions whose times overlap. A session without a start or a
  length takes the whole day.
- `cover`: two people out of class on one day: in sessions in school hours, on a day that is neither
  holiday nor INSET.
- `day`: a session in a holiday, or on an INSET day; on INSET days but for what is done within
  school, which they are made for.

A person is a name; where none is given, the role. A role that has just one name in the plan is that
person where the name is left out. What was declined clashes with nothing, and of a session for
which nobody is named as attending only the day can clash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from operator import itemgetter
from typing import Literal, NamedTuple

from navigator.core import wording
from navigator.core.activity import Activity, Attendee, Kind, PlanDay, Session, Status

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

    `people` are those concerned, each once; `own` is the holiday or INSET day. `day` is the day on
    which it begins.
    """

    kind: Literal["person", "cover", "day"]
    day: date
    held: tuple[HeldSession, ...]
    people: tuple[Attendee, ...] = ()
    own: PlanDay | None = None

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
            return f"{when}: {people} would be in two places at once{sure}: {twice}."
        if self.kind == "cover":
            return f"{when}: {len(self.people)} people out of class ({people}): {titles}."
        own = self.own
        what = "on an INSET day" if own and own.kind == "inset" else "in a holiday"
        named = f" ({own.title})" if own and own.title else ""
        return f"{when}: {titles} is {what}{named}."


def find(activities: Iterable[Activity], days: Sequence[PlanDay] = ()) -> tuple[Clash, ...]:
    """All clashes, by day."""
    activities = [a for a in activities if a.status is not Status.DECLINED]
    person = persons(activities)
    closed = _closed_days(activities, days)
    of_person: dict[str, list[_Span]] = defaultdict(list)
    out: dict[date, dict[str, Attendee]] = defaultdict(dict)
    out_for: dict[date, list[HeldSession]] = defaultdict(list)
    found: list[Clash] = []
    for activity in activities:
        within = activity.kind == Kind.WITHIN_SCHOOL
        usual = {person(attendee): attendee for attendee in activity.attends}
        for session in activity.sessions:
            held = HeldSession(activity, session)
            own = closed.get(session.date)
            if own and not (within and own.kind == "inset"):
                found.append(Clash("day", session.date, (held,), (), own))
            people = {person(a): a for a in session.attends} if session.attends else usual
            if not people:
                continue
            begin, end = _minutes(session)
            for key, attendee in people.items():
                of_person[key].append((begin, end, activity.id, session.id, held, attendee))
            if session.in_school_hours and own is None:
                out_for[session.date].append(held)
                out[session.date].update(people)
    for spans in of_person.values():
        found += _twice(spans)
    found += [
        Clash("cover", day, tuple(sorted(out_for[day], key=_order)), tuple(people.values()))
        for day, people in out.items()
        if len(people) > 1
    ]
    return tuple(sorted(found, key=lambda c: (c.day, _PLACE[c.kind], _order(c.held[0]))))


def persons(activities: Iterable[Activity]) -> Callable[[Attendee], str]:
    """Gives what tells a person apart, by the rule above."""
    names: dict[str, set[str]] = defaultdict(set)
    for activity in activities:
        named = activity.people if any(s.attends for s in activity.sessions) else activity.attends
        for attendee in named:
            if attendee.role and attendee.name:
                names[attendee.role.casefold()].add(attendee.person)
    only = {role: next(iter(named)) for role, named in names.items() if len(named) == 1}
    return lambda attendee: (
        attendee.person if attendee.name else only.get(attendee.person, attendee.person)
    )


_Span = tuple[int, int, str, str, HeldSession, Attendee]
"""A session of a person: its first and last minute, the ids it is ordered by, and what it is."""


def _minutes(session: Session) -> tuple[int, int]:
    """`Session.span` as minutes: sums and comparisons of these take a tenth of the time."""
    begin = session.date.toordinal() * DAY
    if session.start is None or session.minutes is None:
        return begin, begin + DAY
    begin += session.start.hour * 60 + session.start.minute
    return begin, begin + session.minutes


def _twice(spans: list[_Span]) -> list[Clash]:
    """The overlapping pairs among one person's sessions."""
    found: list[Clash] = []
    going: list[tuple[int, HeldSession]] = []
    latest = 0  # when the last of those that go on ends
    for begin, end, _, _, held, attendee in sorted(spans, key=itemgetter(0, 1, 2, 3)):
        if begin >= latest:
            going.clear()
        else:
            going = [(until, other) for until, other in going if until > begin]
            day = held.session.date
            found += [Clash("person", day, (other, held), (attendee,)) for _, other in going]
        going.append((end, held))
        latest = max(latest, end)
    return found


def _order(held: HeldSession) -> tuple[int, str, str]:
    return _minutes(held.session)[0], held.activity.id, held.session.id


def _closed_days(activities: Sequence[Activity], days: Sequence[PlanDay]) -> dict[date, PlanDay]:
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
