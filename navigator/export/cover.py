"""The cover sheet for others: a page a week, and a table; names of people only on request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from navigator.core import dates, wording
from navigator.core.errors import NavigatorError, RefusedError
from navigator.core.record import OwnRecord
from navigator.core.session import Attendee
from navigator.domain.plan import cover_sheet
from navigator.domain.plan import year as years
from navigator.domain.plan.cover_sheet import CoverWeek, HalfDay, OutSession
from navigator.domain.plan.schools import PlanSchools
from navigator.export.tables import csv_bytes
from navigator.service import Service
from navigator.view import plan_cover
from navigator.view.documents import Documents

COLUMNS = (
    *("week", "date", "day", "half", "who", "name", "activity", "status", "start", "minutes"),
    *("place", "release", "release_days", "mind", "people_out", "most_out", "too_many", "id"),
)
"""Of the table: docs/exports.md says what each holds."""


class CoverExport(NamedTuple):
    """Some weeks of cover. `school` is the URN of the head's own school, for its name."""

    service: Service
    weeks: Sequence[CoverWeek]
    people: bool
    school: int | None

    @property
    def held(self) -> str:
        return "It holds names of people." if self._named else ""

    @property
    def private(self) -> bool:
        return True

    @property
    def _named(self) -> bool:
        return self.people and any(p.name for week in self.weeks for p in _people(week))

    def documents(self) -> Documents:
        name = ""
        if self.school is not None:
            with suppress(NavigatorError):
                school = self.service.find_school(self.school)
                name = school.name if school else ""
        sheets = [plan_cover.document(week, of=name, people=self.people) for week in self.weeks]
        held = "Holds names of people." if self._named else ""
        return Documents(sheets, held=held, name="Cover", each=("week", "weeks"))

    def data(self, form: str) -> bytes:
        """A row for each who is out, in each half day."""
        del form  # the table is all that isn't drawn
        rows = (row for week in self.weeks for row in _rows(week, people=self.people))
        return csv_bytes([COLUMNS, *rows])


def _people(week: CoverWeek) -> Iterator[Attendee]:
    for half in week.halves:
        for one in half.out:
            yield from one.people


def _rows(week: CoverWeek, *, people: bool) -> Iterator[tuple[str, ...]]:
    for half in week.halves:
        for one in half.out:
            for person in one.people or (Attendee("", ""),):
                name = person.name if people else ""
                yield _row(week, half, one, person.role, name)
    for text in week.apart:
        yield (week.first.isoformat(), *[""] * 12, text, *[""] * 4)


def _row(week: CoverWeek, half: HalfDay, one: OutSession, role: str, name: str) -> tuple[str, ...]:
    a, session = one.held.activity, one.held.session
    most = "" if half.most is None else str(half.most)
    return (
        week.first.isoformat(),
        half.day.isoformat(),
        f"{half.day:%A}",
        half.half,
        role,
        name,
        a.title,
        str(a.status),
        f"{session.start:%H:%M}" if session.start else "",
        str(session.minutes or ""),
        session.place,
        one.release,
        "" if a.release_days is None else f"{a.release_days:f}",
        wording.joined(*one.notes, sign="; "),
        str(len(half.people)),
        most,
        str(half.too_many) if most else "",
        a.id,
    )


def of_week(
    service: Service, day: date, schools: PlanSchools | None = None
) -> tuple[CoverWeek, ...]:
    """The week of a day, whole.

    Raises:
        RefusedError: as `_plans`; nobody is out then; no plan can reach that day.
    """
    day = dates.of_our_times(day)
    monday = day - timedelta(days=day.weekday())
    found = tuple(
        week
        for own in _plans(service, schools)
        for week in cover_sheet.week_of(own.activities, own.days, monday, service.most_out())
    )
    return _unless_none(found, f"the week of {wording.day(monday)}")


def of_term(
    service: Service, year: int, words: str, schools: PlanSchools | None = None
) -> tuple[CoverWeek, ...]:
    """The weeks of a year's terms in whose names the words are, in which anybody is out.

    Raises:
        RefusedError: as `_plans`; nobody is out then; the year has no such term.
    """
    among = [t for own in _plans(service, schools) for t in years.terms(year, own.days)]
    terms = [term for term in among if words.casefold() in term.name.casefold()]
    if not terms:
        names = ", ".join(dict.fromkeys(term.name for term in among))
        raise RefusedError(f"No term of {years.name(year)} is called “{words[:40]}”: {names}.")
    named = {term.name for term in terms}
    found = tuple(week for week in _weeks(service, year, schools) if week.term in named)
    first, last = min(term.first for term in terms), max(term.last for term in terms)
    said = " and ".join(term.name[:1].lower() + term.name[1:] for term in terms)
    return _unless_none(found, f"{said}, {wording.day(first)} to {wording.day(last)}")


def of_year(
    service: Service, year: int, schools: PlanSchools | None = None
) -> tuple[CoverWeek, ...]:
    """All weeks of a year in which anybody is out.

    Raises:
        RefusedError: as `_plans`; nobody is out then.
    """
    return _unless_none(_weeks(service, year, schools), f"the year {years.name(year)}")


def _weeks(service: Service, year: int, schools: PlanSchools | None) -> tuple[CoverWeek, ...]:
    return tuple(
        week
        for own in _plans(service, schools)
        for week in cover_sheet.in_england(own.activities, own.days, year, service.most_out())
    )


def _unless_none(weeks: tuple[CoverWeek, ...], span: str) -> tuple[CoverWeek, ...]:
    if not weeks:
        raise RefusedError(f"Nobody is out of class in {span}, as far as the plan says.")
    return weeks


def _plans(service: Service, schools: PlanSchools | None) -> list[OwnRecord]:
    """The plan; of one of several schools that of the school looked at, else of the head's own.

    Raises:
        RefusedError: it isn't known which school is meant.
    """
    record, told = service.record(), schools or service.plan_schools()
    if told.several:
        urn = told.one()
        if urn is None or (told.seen and urn not in told.seen):
            raise RefusedError(
                "A cover sheet is of one school: give --school, choose one with w in the plan, or "
                "set your own school in Settings."
            )
        told = told._replace(seen=frozenset([urn]))
    return [own for _, own in told.apart(record)]
