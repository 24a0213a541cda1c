"""What an activity brought, looked at twice: mid-year and at the end.

The DfE's Standard for teachers' professional development (2016), part 1, asks for a focus on
improving and evaluating pupil outcomes. So an activity says why, for which pupils, what will be
looked at and when; and when that day has come, what was seen is asked for.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from navigator.core import wording
from navigator.core.activity import COMMITTED, Activity, Status

MIDYEAR, END = "mid-year", "at the end"


class Look(NamedTuple):
    """A moment at which what an activity brought is looked at: `day` is None where none is set,
    `seen` empty where nobody has said yet."""

    activity: Activity
    moment: str
    day: date | None
    seen: str

    @property
    def asks(self) -> str:
        """What is asked for: "what did we see mid-year?"."""
        return f"what did we see {self.moment}?"

    def due_words(self, today: date) -> str:
        """ "due today", "due since 31 Jan 2027"; "" for a day that isn't set or is to come."""
        if self.day is None or self.day > today:
            return ""
        return "due today" if self.day == today else f"due since {wording.short_day(self.day)}"


def looks(a: Activity) -> tuple[Look, Look]:
    """Both moments, mid-year first."""
    seen = a.practice or a.evidence
    return Look(a, MIDYEAR, a.midyear_on, a.midyear_seen), Look(a, END, a.end_on, seen)


def _due(a: Activity, today: date) -> tuple[Look, ...]:
    """The moments that have come and of which nobody has said what was seen. What is done and was
    given no day for its end is asked about, too; what only may come about isn't."""
    midyear, end = looks(a)
    if a.status not in COMMITTED or end.seen:
        return ()
    found = [one for one in (midyear, end) if not one.seen and one.due_words(today)]
    if a.status is Status.DONE and end.day is None:
        found.append(end)
    return tuple(found)


def due_words(a: Activity, today: date) -> str:
    """What is asked for on a day, in words; "" for nothing."""
    return wording.joined(
        *(wording.joined(one.asks, one.due_words(today), sign=" ") for one in _due(a, today)),
        sign="; ",
    )
