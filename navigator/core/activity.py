"""The planner's nouns: an activity of professional learning, own days, a budget.

Apart from `model.py` so that who opens no plan pays nothing for them at start-up. As there: values
that can't change; an empty string or `None` means "not said", never "no" and never nought.
Annotations aren't postponed, as in `model.py`.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from navigator.core.dates import YEARS
from navigator.core.fields import A_DATE, DATE_HINT, ID, Field, fields_of
from navigator.core.keys import NO_BODY, Key
from navigator.core.session import Attendee, Session


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


_A_YEAR = "the year in which the academic year begins, such as 2026"


class Activity(NamedTuple):
    """An activity that the head weighs, plans or has done.

    `provider` is a body's key ("hub:maths-hub/central"), "" where it is only a name to us;
    `provider_name` its name. `programme` is an id of `planning.programmes`. `audience` holds roles,
    `year_groups` words of `YEAR_GROUPS`. `release_days`, `fee` and `subsidy` are of the whole
    activity, `penalty` is for each session missed; all in pounds, None where not said. `places` is
    how many it has. Recruitment runs from `opens` to `closes`, both included. `checked` is the day
    the head last looked at `source`. `trial`: the programme is under trial. `parts`, `quality` and
    `mechanisms` are ids of `planning.coverage`, ticked by the head. `year` is the September of the
    academic year it is meant for, where no session tells.

    Why, and so what (the DfE's Standard for teachers' professional development, part 1): `why` is
    the priority of the school that it serves, `pupils` who are to gain, `look_at` what will be
    looked at, on `midyear_on` and on `end_on`. `midyear_seen` is what was seen then; `practice`
    (what changed in practice), `evidence` (what was seen) and `again` (would we again) are of the
    end. `paid_from` names the budgets that pay (`paying`); `subsidy` is what is expected, of which
    so much was claimed and received. `follows` is the id of the activity of an earlier year that it
    was copied from.

    `schools` are URNs, none where it is the head's own school's; `split` is how its fees are shared
    among them (`core.typed_schools`).
    """

    id: Annotated[str, ID]
    title: Annotated[
        str,
        Field(
            "plain",
            "Title",
            shown="",
            column=True,
            needed="An activity needs a title, such as “Mastering Number”.",
            wanted="there, and an activity needs one",
        ),
    ]
    provider: Annotated[
        Key, Field("body", "Provider", column=True, option="a URN, a body's key, or a name")
    ] = NO_BODY
    provider_name: Annotated[str, Field("plain")] = ""
    kind: Annotated[Kind | Literal[""], Field("word", "Kind", column=True)] = ""
    programme: Annotated[
        str, Field("line", "Programme", column=True, option="the id of a template, or its name")
    ] = ""
    status: Annotated[Status, Field("word", "Status", column=True)] = Status.CONSIDERING
    audience: Annotated[
        tuple[str, ...],
        Field(
            "texts",
            "For which roles, with commas between",
            group="Who it is for",
            shown="For",
            column=True,
            option="for which roles, with commas between",
        ),
    ] = ()
    year_groups: Annotated[
        tuple[str, ...],
        Field(
            "texts",
            "Year groups, with commas between",
            "Reception, Year 1",
            YEAR_GROUPS,
            shown="",
            column=True,
            option="year groups, with commas between",
        ),
    ] = ()
    attends: Annotated[
        tuple[Attendee, ...],
        Field(
            "people",
            "Who attends: roles, with semicolons between",
            shown="Attends",
            column=True,
            option="roles, with semicolons between",
        ),
    ] = ()
    sessions: Annotated[
        tuple[Session, ...],
        Field("sessions", wanted="a list such as [{date = 2026-11-22, minutes = 90}]"),
    ] = ()
    release_days: Annotated[
        Decimal | None,
        Field(
            "amount",
            "Release days, of all of it",
            "2.5",
            part="money",
            shown="Release",
            column=True,
        ),
    ] = None
    fee: Annotated[
        Decimal | None,
        Field("amount", "Fee in pounds, of all of it", part="money", shown="Fee", column=True),
    ] = None
    subsidy: Annotated[
        Decimal | None,
        Field("amount", "Subsidy in pounds", part="money", shown="Subsidy", column=True),
    ] = None
    penalty: Annotated[
        Decimal | None,
        Field(
            "amount",
            "Penalty in pounds for a session missed",
            part="money",
            shown="Penalty for a missed session",
            column=True,
            option="pounds for each session missed",
        ),
    ] = None
    places: Annotated[
        int | None,
        Field("whole", "Places", group="Joining", column=True, option="how many it has"),
    ] = None
    prerequisites: Annotated[
        str, Field("plain", "Asks for", column=True, option="what it asks for")
    ] = ""
    opens: Annotated[
        date | None,
        Field("day", "Recruitment opens", DATE_HINT, column=True, option="recruitment opens"),
    ] = None
    closes: Annotated[
        date | None,
        Field("day", "Recruitment closes", DATE_HINT, column=True, option="recruitment closes"),
    ] = None
    source: Annotated[str, Field("plain", "Where that is written", shown="Source", column=True)] = (
        ""
    )
    checked: Annotated[
        date | None,
        Field(
            "past",
            "You looked there on",
            "today, 31/1/27",
            shown="Checked",
            column=True,
            option="when you looked at the source",
        ),
    ] = None
    notes: Annotated[
        str,
        Field(
            "prose",
            "Notes, for yourself",
            group="Notes",
            shown="Notes",
            last=True,
            column=True,
            option="",
        ),
    ] = ""
    trial: Annotated[
        bool,
        Field("flag", "Under trial", shown="", column=True, option="the programme is under trial"),
    ] = False
    parts: Annotated[
        tuple[str, ...], Field("texts", column=True, option="ticks: ids, with commas between")
    ] = ()
    quality: Annotated[
        tuple[str, ...], Field("texts", column=True, option="ticks: ids, with commas between")
    ] = ()
    mechanisms: Annotated[
        tuple[str, ...], Field("texts", column=True, option="ticks: ids, with commas between")
    ] = ()
    midyear_seen: Annotated[
        str,
        Field(
            "prose",
            "What did we see mid-year?",
            part="reflection",
            group="What we saw mid-year",
            shown="Seen mid-year",
            column=True,
            option="what you saw mid-year",
        ),
    ] = ""
    practice: Annotated[
        str,
        Field(
            "prose",
            "What changed in practice?",
            part="reflection",
            group="What we saw at the end",
            shown="What changed in practice",
            column=True,
            option="what changed in practice",
        ),
    ] = ""
    evidence: Annotated[
        str,
        Field(
            "prose",
            "What did we see at the end?",
            part="reflection",
            shown="Seen at the end",
            column=True,
            option="what you saw at the end, that shows it",
        ),
    ] = ""
    again: Annotated[
        str,
        Field(
            "remark",
            "Would we again?",
            part="reflection",
            shown="Would we again",
            column=True,
            option="whether you would again",
        ),
    ] = ""
    year: Annotated[
        int | None,
        Field(
            "year",
            limits=(YEARS[0], YEARS[-1]),
            wanted=_A_YEAR,
            column=True,
            option="the academic year it is meant for, as 2026-27",
        ),
    ] = None
    added: Annotated[date | None, Field("stamp")] = None
    why: Annotated[
        str,
        Field(
            "plain",
            "Why: the improvement priority that it serves",
            "in words for governors; no child's name",
            part="why",
            shown="Why",
            column=True,
            option="the priority of your improvement plan that it serves, in words for governors",
        ),
    ] = ""
    pupils: Annotated[
        str,
        Field(
            "plain",
            "Which pupils are to gain?",
            "such as Year 4; no child's name: governors read it",
            part="why",
            shown="Pupils",
            column=True,
            option="which pupils are to gain; no child's name: governors read it",
        ),
    ] = ""
    look_at: Annotated[
        str,
        Field(
            "plain",
            "What will we look at?",
            "tables check, books, talk in lessons",
            part="why",
            shown="Look at",
            column=True,
            option="what you will look at",
        ),
    ] = ""
    midyear_on: Annotated[
        date | None,
        Field(
            "day",
            "When: mid-year",
            DATE_HINT,
            part="why",
            shown="Mid-year",
            column=True,
            option="when you will look, mid-year",
        ),
    ] = None
    end_on: Annotated[
        date | None,
        Field(
            "day",
            "When: at the end",
            DATE_HINT,
            part="why",
            shown="At the end",
            column=True,
            option="when you will look, at the end",
        ),
    ] = None
    follows: Annotated[str, Field("line")] = ""
    paid_from: Annotated[
        str,
        Field(
            "shares",
            "Paid from which budget",
            "maths, or maths 60%; pupil premium 40%",
            part="money",
            shown="Paid from",
            column=True,
            option="the budget that pays: maths, or maths £300; trust",
        ),
    ] = ""
    subsidy_claimed: Annotated[
        Decimal | None,
        Field(
            "amount",
            "Subsidy claimed, in pounds",
            part="money",
            shown="Subsidy claimed",
            column=True,
            option="pounds of subsidy claimed",
        ),
    ] = None
    claimed_on: Annotated[
        date | None,
        Field(
            "past",
            "Claimed on",
            DATE_HINT,
            part="money",
            shown="Claimed on",
            column=True,
            option="when it was claimed",
        ),
    ] = None
    subsidy_received: Annotated[
        Decimal | None,
        Field(
            "amount",
            "Subsidy received, in pounds",
            part="money",
            shown="Subsidy received",
            column=True,
            option="pounds of subsidy received",
        ),
    ] = None
    received_on: Annotated[
        date | None,
        Field(
            "past",
            "Received on",
            DATE_HINT,
            part="money",
            shown="Received on",
            column=True,
            option="when it was received",
        ),
    ] = None
    schools: Annotated[
        tuple[int, ...],
        Field(
            "schools",
            "Schools, if not yours alone: URNs, names or a trust, with semicolons between",
            group="Schools",
            shown="Schools",
            column=True,
            option="URNs, names or a trust, with semicolons between; else your school's",
        ),
    ] = ()
    split: Annotated[
        str,
        Field(
            "split",
            "Fees are split: equally, pupils, or a part for each",
            "equally",
            ("equally", "pupils"),
            shown="Fees are split",
            column=True,
            option="equally, by pupils, or parts, as '139217 200; 122771 120'",
        ),
    ] = ""

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

    id: Annotated[str, ID]
    title: Annotated[str, Field("plain", "Name", "Autumn half term", default="")]
    kind: Annotated[Literal["holiday", "inset", "term"], Field("word", "Kind")]
    first: Annotated[date, Field("day", "First day", DATE_HINT, wanted=A_DATE)]
    last: Annotated[date, Field("day", "Last day", "the same, if left empty")]
    schools: Annotated[
        tuple[int, ...],
        Field("schools", "Only of these schools of the plan", "all of them, if left empty"),
    ] = ()

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def bears_on(self, schools: tuple[int, ...]) -> bool:
        """Whether they may be days of one of some schools; none stand for any."""
        return not (self.schools and schools) or not set(self.schools).isdisjoint(schools)


class Budget(NamedTuple):
    """What may be spent in an academic year, by the September it begins in: of all, or under the
    head's own name for a part (maths, pupil premium)."""

    id: Annotated[str, ID]
    year: Annotated[int, Field("whole", limits=(YEARS[0], YEARS[-1]), wanted=_A_YEAR)]
    amount: Annotated[Decimal, Field("pounds", "Pounds that may be spent")]
    name: Annotated[
        str, Field("plain", "For what: maths, pupil premium …; empty for all of it")
    ] = ""


class SentEvent(NamedTuple):
    """What a calendar file had of an event, by its UID: so that the next one says what has changed.

    `starts` is its day, or its day and time by London's clock. `mark` differs when anything of it
    does. `modified` is a moment as text.
    """

    title: str
    starts: str
    mark: str
    sequence: int
    modified: str
    cancelled: bool = False


def in_rows(chosen: Callable[[Field], object]) -> tuple[tuple[type, Field], ...]:
    """Fields of an activity and, before who attends, those of its sessions; each with its noun.

    The order of the table's columns and of the command line's options.
    """
    own = [(Activity, field) for field in fields_of(Activity) if chosen(field)]
    of_session = [(Session, field) for field in fields_of(Session) if chosen(field)]
    place = next((n for n, (_, f) in enumerate(own) if f.attribute == "attends"), len(own))
    return (*own[:place], *of_session, *own[place:])
