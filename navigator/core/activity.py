"""The planner's nouns: an activity of professional learning, its sessions, own days, a budget.

Apart from `model.py` so that who opens no plan pays nothing for them at start-up. As there: values
that can't change; an empty string or `None` means "not said", never "no" and never nought.
Annotations aren't postponed, as in `model.py`.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple


class Kind(StrEnum):
    """The RECME project's three kinds of initiative (2009)."""

    COURSE = "course"
    WITHIN_SCHOOL = "within-school"
    NETWORK = "network"


class Status(StrEnum):
    """How far an activity has come, in this order."""

    CONSIDERING = "considering"
    APPLIED = "applied"
    CONFIRMED = "confirmed"
    UNDER_WAY = "under way"
    DONE = "done"
    DECLINED = "declined"


COMMITTED = frozenset({Status.CONFIRMED, Status.UNDER_WAY, Status.DONE})
"""What has been promised or paid; considering and applied is what may come to it."""

AHEAD = frozenset({Status.CONSIDERING, Status.APPLIED})
"""Where the day on which recruitment closes still matters."""

YEAR_GROUPS = (
    *("Nursery", "Reception", "Year 1", "Year 2", "Year 3", "Year 4", "Year 5", "Year 6"),
    *("Year 7", "Year 8", "Year 9", "Year 10", "Year 11", "Year 12", "Year 13"),
)


class Attendee(NamedTuple):
    """Who attends: a role, and a name where the head gave one (personal data)."""

    role: str
    name: str = ""

    @property
    def person(self) -> str:
        """What tells two of them apart: the name where there is one, else the role."""
        return (self.name or self.role).casefold()

    def text(self, *, names: bool = True) -> str:
        """ "Maths lead: A Name", or "Maths lead" where names are left out."""
        if self.name and names:
            return f"{self.role}: {self.name}"
        return self.role or "someone"


class Session(NamedTuple):
    """One meeting. `in_school_hours` is None where nobody said. `attends` is empty where it is
    whoever the activity says. `place` is "online" or where it is."""

    id: str
    date: date
    start: time | None = None
    minutes: int | None = None
    in_school_hours: bool | None = None
    place: str = ""
    attends: tuple[Attendee, ...] = ()

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


class Activity(NamedTuple):
    """An activity that the head weighs, plans or has done.

    `provider` is a body's key ("hub:maths-hub/central"), "" where it is only a name to us;
    `provider_name` its name. `programme` is an id of `planning.programmes`. `audience` holds roles,
    `year_groups` words of `YEAR_GROUPS`. `release_days`, `fee` and `subsidy` are of the whole
    activity, `penalty` is for each session missed; all in pounds, None where not said. `places` is
    how many it has. Recruitment runs from `opens` to `closes`, both included. `checked` is the day
    the head last looked at `source`. `trial`: the programme is under trial. `parts`, `quality` and
    `mechanisms` are ids of `planning.coverage`, ticked by the head. `practice` (what changed in
    practice), `evidence` and `again` (would we again) are the reflection. `year` is the September
    of the academic year it is meant for, where no session tells.
    """

    id: str
    title: str
    provider: str = ""
    provider_name: str = ""
    kind: Kind | Literal[""] = ""
    programme: str = ""
    status: Status = Status.CONSIDERING
    audience: tuple[str, ...] = ()
    year_groups: tuple[str, ...] = ()
    attends: tuple[Attendee, ...] = ()
    sessions: tuple[Session, ...] = ()
    release_days: Decimal | None = None
    fee: Decimal | None = None
    subsidy: Decimal | None = None
    penalty: Decimal | None = None
    places: int | None = None
    prerequisites: str = ""
    opens: date | None = None
    closes: date | None = None
    source: str = ""
    checked: date | None = None
    notes: str = ""
    trial: bool = False
    parts: tuple[str, ...] = ()
    quality: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ()
    practice: str = ""
    evidence: str = ""
    again: str = ""
    year: int | None = None
    added: date | None = None

    def attending(self, session: Session) -> tuple[Attendee, ...]:
        """Who attends a session: whom it names, else whom the activity does."""
        return session.attends or self.attends

    @property
    def people(self) -> tuple[Attendee, ...]:
        """All who attend any of it, each once."""
        every = [*self.attends, *(a for session in self.sessions for a in session.attends)]
        return tuple(dict.fromkeys(every))

    @property
    def names_people(self) -> bool:
        """Whether it holds personal data: a name."""
        return any(attendee.name for attendee in self.people)

    @property
    def first(self) -> date | None:
        return min((s.date for s in self.sessions), default=None)

    @property
    def last(self) -> date | None:
        return max((s.date for s in self.sessions), default=None)


class PlanDay(NamedTuple):
    """Days of the school's own: a holiday, INSET days, a term; from `first` to `last`, both in."""

    id: str
    title: str
    kind: Literal["holiday", "inset", "term"]
    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


class Budget(NamedTuple):
    """What may be spent in an academic year, by the September it begins in."""

    id: str
    year: int
    amount: Decimal


def attendees(text: str) -> tuple[Attendee, ...]:
    """Attendees from one text: "Maths lead: A Name; Year 2 teacher"; each once."""
    found = []
    for part in text.split(";"):
        role, _, name = part.partition(":")
        if role.strip() or name.strip():
            found.append(Attendee(role.strip(), name.strip()))
    return tuple(dict.fromkeys(found))


def attendees_text(people: tuple[Attendee, ...], *, names: bool = True) -> str:
    """Attendees as one text that `attendees` reads back."""
    return "; ".join(dict.fromkeys(person.text(names=names) for person in people))
