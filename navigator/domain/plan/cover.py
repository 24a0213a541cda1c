"""Who is out of class for which half days, and the release days that makes.

A session in school hours takes its people out for the morning, the afternoon or both: by its start
and its length, by its length alone where there is no start. Where neither is known, nor whether it
is in school hours, nothing is proposed: it is never taken for none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from navigator.core import wording
from navigator.core.activity import Activity
from navigator.core.session import Attendee, Session

MORNING, AFTERNOON = HALVES = "morning", "afternoon"
NOON, LESSONS_AGAIN = 12 * 60, 13 * 60
"""Minutes of the day at which the morning's lessons end, and the afternoon's begin."""

LONG = 4 * 60
"""Minutes above which a session without a start takes both halves of a day."""

HALF = Decimal("0.5")


_GROUP = re.compile(
    r"(?:all|whole|every)[ -](?:of )?(?:the )?(?:teachers?|staff|teaching staff|school)(?: staff)?"
    r"|everyone|everybody|all"
)
_NO_TEACHER = re.compile(
    r"\b(?:tas?|teaching assistants?|governors?|office|caretakers?|parents?)\b"
)


def is_group(attendee: Attendee) -> bool:
    """Whether it is all teachers, or all staff: nobody counts how many."""
    return not attendee.name and _names_group(attendee.role)


@lru_cache(1024)  # a plan has few roles and many sessions
def _names_group(role: str) -> bool:
    return _GROUP.fullmatch(role.casefold().strip()) is not None


def is_in(attendee: Attendee, group: Attendee) -> bool:
    """Whether somebody belongs to a group: all do, but to all teachers only who may teach."""
    if is_group(attendee) or attendee.school != group.school:
        return False
    teachers = "teach" in group.role.casefold()
    return not (teachers and _NO_TEACHER.search(attendee.role.casefold()))


class ProposedDays(NamedTuple):
    """The release days that who attends makes; `words` say how: "2 people × 3 half days"."""

    days: Decimal
    words: str


def halves(session: Session) -> tuple[str, ...] | None:
    """The halves of its day that a session takes; None where that isn't known.

    Where only the length is known and it is one half, that is the morning in name only.
    """
    return _halves(session.start, session.minutes)


@lru_cache(1024)  # a plan has few times and many sessions
def _halves(start: time | None, minutes: int | None) -> tuple[str, ...] | None:
    if minutes is None:
        return None
    if start is None:
        return (MORNING, AFTERNOON) if minutes > LONG else (MORNING,)
    begin = start.hour * 60 + start.minute
    found = [MORNING] if begin < NOON else []
    if begin + minutes > LESSONS_AGAIN or not found:
        found.append(AFTERNOON)
    return tuple(found)


def _heads(activity: Activity, who: Iterable[Attendee]) -> int:
    """How many people that is: a role without a school is one in each of the activity's schools."""
    each = max(1, len(activity.schools))
    return sum(1 if person.name or person.school else each for person in who)


class TakenHalves(NamedTuple):
    """The halves of its day that a session is counted in; `said` where that isn't sure."""

    halves: tuple[str, ...]
    said: str = ""


def taken(session: Session) -> TakenHalves:
    """In which halves its people are counted as out: all of those that it may take."""
    return _taken(session.start, session.minutes)


@lru_cache(1024)
def _taken(start: time | None, minutes: int | None) -> TakenHalves:
    if start is not None and minutes is None:
        if start.hour * 60 + start.minute >= NOON:
            return TakenHalves((AFTERNOON,), "length not known")
        return TakenHalves(HALVES, "length not known: counted as the whole day")
    if start is None and (minutes is None or minutes <= LONG):
        what = "time" if minutes is None else "start"
        return TakenHalves(HALVES, f"{what} not known: counted as the whole day")
    return TakenHalves(_halves(start, minutes) or HALVES)


def release_said(activity: Activity) -> str:
    """Whether release is in the plan for it, as its release days say; nothing is inferred."""
    days = activity.release_days
    if days is None:
        return "not said"
    if not days:
        return "none (0 days in the plan)"
    number = f"{days.normalize():f}"
    return f"{number} {'day' if days == 1 else 'days'} for all of it"


def proposed(activity: Activity) -> ProposedDays | None:
    """The release days from people × half days; None where a session doesn't tell enough."""
    if not activity.sessions:
        return None
    people_halves: dict[int, int] = {}
    counted, people = None, 0
    for session in activity.sessions:
        if session.in_school_hours is False:
            continue
        taken, who = halves(session), activity.attending(session)
        if who is not counted:  # mostly the same people come to all of it
            counted, people = who, 0 if any(map(is_group, who)) else _heads(activity, who)
        if not session.in_school_hours or taken is None or not people:
            return None
        people_halves[people] = people_halves.get(people, 0) + len(taken)
    days = HALF * sum(people * number for people, number in people_halves.items())
    told = (
        f"{wording.count(people, 'person', 'people')} × {wording.count(number, 'half day')}"
        for people, number in sorted(people_halves.items())
    )
    return ProposedDays(days, ", ".join(told) or "no session in school hours")
