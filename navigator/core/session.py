"""A session of an activity, and who attends it.

Annotations aren't postponed, as in `model.py`.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, NamedTuple

from navigator.core.fields import A_DATE, DATE_HINT, ID, Field

MOST_MINUTES = 24 * 60

URN_DIGITS = 6


class Attendee(NamedTuple):
    """Who attends: a role, and a name where the head gave one (personal data).

    `school` is the URN of the school that they are released from, None where nobody said.
    """

    role: str
    name: str = ""
    school: int | None = None

    @property
    def post(self) -> str:
        """The role, at its school where that is said."""
        at = f"@{self.school}" if self.school else ""
        return f"{self.role.casefold()}{at}"

    @property
    def person(self) -> str:
        """What tells two of them apart: the name where there is one, else the role."""
        return self.name.casefold() if self.name else self.post

    def text(self, *, names: bool = True, schools: Mapping[int, str] | None = None) -> str:
        """ "Maths lead: A Name @139217", or "Maths lead @139217" where names are left out; with
        the names of `schools` to be read, "Maths lead (Sneinton St Stephen's)"."""
        told = f"{self.role}: {self.name}" if self.name and names else self.role or "someone"
        if self.school is None:
            return told
        if schools is None:
            return f"{told} @{self.school}"
        return f"{told} ({schools.get(self.school) or self.school})"


class Session(NamedTuple):
    """One meeting. `in_school_hours` is None where nobody said. `attends` is empty where it is
    whoever the activity says. `place` is "online" or where it is."""

    id: Annotated[str, ID]
    date: Annotated[
        date,
        Field(
            "day",
            "Date",
            DATE_HINT,
            column=True,
            option=f"a session's day: {DATE_HINT}",
            wanted=A_DATE,
        ),
    ]
    start: Annotated[
        time | None,
        Field(
            "time",
            "Starts at",
            "13:30, or from and to: 1.30–4",
            column=True,
            option="when the sessions start, as 13:30",
        ),
    ] = None
    minutes: Annotated[
        int | None,
        Field(
            "whole",
            "Takes how many minutes",
            "90",
            column=True,
            option="how long they take",
            limits=(1, MOST_MINUTES),
            beyond=f"A session takes from 1 to {MOST_MINUTES} minutes.",
        ),
    ] = None
    in_school_hours: Annotated[bool | None, Field("yes", "In school hours", column=True)] = None
    place: Annotated[
        str,
        Field(
            "plain", "Place, or online", offer=("online",), column=True, option="where, or online"
        ),
    ] = ""
    attends: Annotated[
        tuple[Attendee, ...], Field("people", "Who attends, if not as the activity says")
    ] = ()

    @property
    def order(self) -> tuple[int, time, str]:
        """What sessions are sorted by: those of a day without a time first."""
        return self.date.toordinal(), self.start or time.min, self.id

    @property
    def timed(self) -> bool:
        """Whether it is known from when to when; else it counts as taking the day."""
        return self.start is not None and self.minutes is not None

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From when to when, by the clock on the wall; the whole day where no time is known."""
        if self.start is None or self.minutes is None:
            begin = datetime.combine(self.date, time())
            return begin, begin + timedelta(days=1)
        begin = datetime.combine(self.date, self.start)
        return begin, begin + timedelta(minutes=self.minutes)


def attendees(text: str) -> tuple[Attendee, ...]:
    """Attendees from one text: "Maths lead: A Name; Year 2 teacher"; each once."""
    found = []
    for part in text.split(";"):
        who, sign, at = part.rpartition("@")
        urn = at.strip()
        placed = bool(sign) and len(urn) == URN_DIGITS and urn.isascii() and urn.isdigit()
        role, _, name = (who if placed else part).partition(":")
        if role.strip() or name.strip():
            found.append(Attendee(role.strip(), name.strip(), int(urn) if placed else None))
    return tuple(dict.fromkeys(found))


def attendees_text(
    people: tuple[Attendee, ...], *, names: bool = True, schools: Mapping[int, str] | None = None
) -> str:
    """Attendees as one text that `attendees` reads back; with `schools`, one to be read."""
    told = (person.text(names=names, schools=schools) for person in people)
    return "; ".join(dict.fromkeys(told))
