"""The plan for others: as a page for governors, table, calendar and JSON; and as printed lines.

Names of people are in none of the files unless asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from navigator.core import cleaning, clock, wording
from navigator.core.activity import Activity, SentEvent
from navigator.core.errors import NavigatorError
from navigator.core.session import Attendee, Session, attendees_text
from navigator.domain.plan import listing, looks, money, programmes, session_words
from navigator.domain.plan.facts import facts
from navigator.domain.plan.listing import PlanRow
from navigator.domain.plan.schools import ALONE, PlanSchools
from navigator.domain.plan.whose import FEW
from navigator.export.contract import Json, headed, one_line
from navigator.service import Service
from navigator.view import plan_document
from navigator.view.documents import Documents


class ChosenPlan(NamedTuple):
    """Some activities: of an academic year as a page, all of them in the other forms.

    `people` puts names in, `notes` the head's notes into the table, `reflections` what changed in
    practice, and what shows it, into the page; `school` is the URN of the
    head's own school, for who may be asked; `schools` are those of the plan, and which are meant.
    """

    service: Service
    chosen: Sequence[Activity]
    year: int
    people: bool
    school: int | None
    notes: bool = False
    reflections: bool = False
    schools: PlanSchools = ALONE


class PlanExport(ChosenPlan):
    """What is asked for, made in any of its forms."""

    _sent: Mapping[str, SentEvent] | None = None

    @property
    def held(self) -> str:
        names = self.people and any(a.names_people for a in self.chosen)
        return "It holds names of people." if names else ""

    @property
    def private(self) -> bool:
        return True

    def documents(self) -> Documents:
        today, record, landscape = clock.today(), self.service.record(), None
        seen = self.schools.seen
        asked = next(iter(seen)) if seen and len(seen) == 1 else self.school
        if asked is not None:
            with suppress(NavigatorError):
                landscape = self.service.landscape(asked, today)
        one = plan_document.document(
            self.chosen,
            self.schools.narrowed(record).days,
            self.year,
            rate=self.service.supply_rate(),
            budgets=record.budgets if seen is None else (),
            landscape=landscape,
            people=self.people,
            today=today,
            reflections=self.reflections,
            schools=self.schools,
        )
        told = plan_document.of_year(self.chosen, self.year)
        named = self.people and any(a.names_people for a in told)
        return Documents([one], held="Holds names of people." if named else "")

    def data(self, form: str) -> bytes:
        """The table that can be taken in again, a calendar, or a line of JSON an activity."""
        from navigator.domain.plan import calendar, table

        if form == "csv":
            rate = self.service.supply_rate()
            return table.write(self.chosen, people=self.people, notes=self.notes, rate=rate)
        if form == "ics":
            every = {a.id for a in self.service.record().activities}
            shown = map(self.schools.readable, self.chosen)
            file = calendar.write(
                list(shown) if self.schools.several else self.chosen,
                people=self.people,
                made=datetime.now().astimezone(),
                sent=self.service.records.sent_events(),
                whole=every == {a.id for a in self.chosen},
                name=self.chosen[0].title if len(self.chosen) == 1 else calendar.NAME,
            )
            self._sent = file.sent
            return file.data
        info = self.service.info
        lines = (f"{headed(activity_json(a, people=self.people), info)}\n" for a in self.chosen)
        return "".join(lines).encode()

    def remember_sent(self) -> None:
        """Remember what the calendar made last has, for the next to say what changed: only once
        somebody can have it. Best effort."""
        if self._sent is not None:
            self.service.records.remember_sent(self._sent)


def row_text(row: PlanRow, today: date) -> str:
    """One line of a list: id, title, provider, status, when, what presses."""
    a = row.activity
    when = f"next {wording.short_day(row.next)}" if row.next else ""
    if row.next and row.next < today:
        when = f"last {wording.short_day(row.next)}"
    told = (a.provider_name, str(a.status), row.closes_words, when, row.look, row.check)
    return "  ".join((a.id, " · ".join(cleaning.plain(t) for t in (a.title, *told) if t)))


def activity_text(
    a: Activity, today: date, rate: Decimal | None, schools: PlanSchools = ALONE
) -> str:
    """An activity with all it holds, as lines. For the head: with names."""
    lines = [f"{a.id}  {cleaning.plain(a.title)}"]
    told = facts(a)
    told["schools"] = told["schools"][0], schools.first_few(a.schools)
    for name, (label, text) in told.items():
        lines += [f"  {label}: {cleaning.plain(text)}"] if text else []
        if name == "subsidy":
            lines.append(f"  Costs: {money.cost(a, rate).words}")
            lines += [f"  {text}" for text in (money.release_words(a),) if text]
    if len(schools.of(a)) > 1:
        each = [*schools.each(a, rate).items()]
        lines += [
            f"  {cleaning.plain(schools.call(urn))} pays: {part.words}" for urn, part in each[:FEW]
        ]
        lines += [f"  {more}" for more in (wording.and_more(len(each) - FEW),) if more]
    lines += [f"  {session_text(a, s, names=True)}" for s in a.sessions]
    lines += [f"  {text}" for text in programmes.warnings(a)]
    asked = (looks.due_words(a, today), listing.check_again(a, today))
    return "\n".join([*lines, *(f"  {text}" for text in asked if text)])


def session_text(a: Activity, session: Session, *, names: bool) -> str:
    """ "8 Oct 2026, 13:30 to 15:00, in school hours, online, Maths lead"."""
    hours = {True: "in school hours", False: "out of school hours", None: ""}
    told = (
        wording.short_day(session.date),
        session_words.hours(session),
        hours[session.in_school_hours],
        session.place,
        attendees_text(a.attending(session), names=names),
    )
    return ", ".join(cleaning.plain(t) for t in told if t)


def activity_json(a: Activity, *, people: bool) -> str:
    """One line of JSON, with names of people only on request."""
    sessions = [
        {
            "id": s.id,
            "date": s.date.isoformat(),
            "start": f"{s.start:%H:%M}" if s.start else None,
            "minutes": s.minutes,
            "in_school_hours": s.in_school_hours,
            "place": s.place,
            "attends": _people(a.attending(s), people=people),
        }
        for s in a.sessions
    ]
    told = {field: _value(value) for field, value in a._asdict().items()}
    return one_line({**told, "attends": _people(a.attends, people=people), "sessions": sessions})


def _people(who: Iterable[Attendee], *, people: bool) -> list[Json]:
    return [
        {
            "role": p.role,
            **({"name": p.name} if people else {}),
            **({"school": p.school} if p.school else {}),
        }
        for p in who
    ]


def _value(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
