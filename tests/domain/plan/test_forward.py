"""A year's plan rolled forward: weekday and week of school stay, days without school are told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from navigator.core.activity import Activity, Kind, PlanDay, Status
from navigator.core.session import Session
from navigator.domain.plan import forward


def day(title: str, first: date, last: date | None = None, kind: str = "holiday") -> PlanDay:
    # The table gives a plain text for the kind
    return PlanDay(title, title, kind, first, last or first)  # type: ignore[arg-type]


DAYS = (
    day("Autumn half term", date(2026, 10, 19), date(2026, 10, 23)),
    day("Autumn half term", date(2027, 10, 25), date(2027, 10, 29)),
    day("INSET", date(2027, 11, 4), kind="inset"),
)


def of(*days: date, title: str = "Work group") -> Activity:
    sessions = tuple(Session(f"s{n}", d) for n, d in enumerate(days))
    return Activity("a", title, sessions=sessions, status=Status.DONE, fee=Decimal(90), again="yes")


def test_weeks_of_school_are_counted_without_holidays() -> None:
    # The week of 26 October is the eighth of the term in 2026; in 2027 that of 18 October is.
    copied = forward.copy([of(date(2026, 10, 8), date(2026, 10, 29))], 2026, 2027, DAYS)
    (a,) = copied.activities
    assert [s.date for s in a.sessions] == [date(2027, 10, 7), date(2027, 10, 21)]
    assert {s.date.weekday() for s in a.sessions} == {3}
    assert [s.id for s in a.sessions] == ["", ""]


def test_a_day_without_school_is_skipped_and_told() -> None:
    copied = forward.copy([of(date(2026, 11, 5))], 2026, 2027, DAYS)
    (a,) = copied.activities
    assert a.sessions[0].date == date(2027, 11, 11)
    assert copied.said[0] == (
        "“Work group”: Thu 4 November 2027 is skipped (INSET), it goes to Thu 11 November 2027."
    )
    within = of(date(2026, 11, 5))._replace(kind=Kind.WITHIN_SCHOOL)
    (a,) = forward.copy([within], 2026, 2027, DAYS).activities
    assert a.sessions[0].date == date(2027, 11, 4)  # which INSET days are for


def test_without_holidays_it_is_the_calendars_week_and_said() -> None:
    copied = forward.copy([of(date(2026, 10, 8))], 2026, 2027, DAYS[:1])
    assert copied.activities[0].sessions[0].date == date(2027, 10, 7)
    assert "same week of the calendar: the plan lacks holidays of 2027-28." in copied.said[0]


def test_what_is_of_the_past_year_begins_anew() -> None:
    (a,) = forward.copy([of(date(2026, 10, 8))], 2026, 2027, DAYS).activities
    assert (a.id, a.status, a.again, a.fee) == ("", Status.CONSIDERING, "", Decimal(90))
    (b,) = forward.copy([of()._replace(year=2026)], 2026, 2027, DAYS).activities
    assert (b.sessions, b.year) == ((), 2027)


def test_declined_ones_and_those_that_are_there_are_left_out_and_named() -> None:
    one, no = of(date(2026, 10, 8)), of(title="No")._replace(status=Status.DECLINED)
    there = of(date(2027, 10, 14))
    copied = forward.copy([one, no], 2026, 2027, DAYS, [one, no, there])
    assert copied.activities == ()
    assert copied.said == (
        "“Work group” is left out: 2027-28 has it already.",
        "“No” is left out: it was declined.",
    )


@pytest.mark.parametrize("begin", [date(2026, 9, 1), date(2028, 2, 29), date(2027, 8, 31)])
def test_the_years_edges_stay_in_the_year(begin: date) -> None:
    from navigator.domain.plan import year as years

    year = years.year_of(begin)
    (a,) = forward.copy([of(begin)], year, year + 1, ()).activities
    found = a.sessions[0].date
    assert years.year_of(found) == year + 1
    assert found.weekday() == begin.weekday()


def test_a_day_of_another_school_alone_skips_nothing() -> None:
    ours, other = 139217, 122771
    inset = DAYS[2]._replace(schools=(other,))
    a = of(date(2026, 11, 5))._replace(schools=(ours,))
    here = forward.copy([a], 2026, 2027, (*DAYS[:2], inset)).activities[0].sessions[0].date
    there = forward.copy([a._replace(schools=(other,))], 2026, 2027, (*DAYS[:2], inset))
    assert here == inset.first
    assert there.activities[0].sessions[0].date > here


def test_an_activity_of_another_school_is_not_the_same() -> None:
    ours, other = 139217, 122771
    mine = of(date(2026, 10, 8))._replace(schools=(ours,))
    theirs = of(date(2027, 10, 14))._replace(id="b", schools=(other,))
    assert len(forward.copy([mine], 2026, 2027, DAYS, [mine, theirs]).activities) == 1
    assert forward.kept_out([mine], 2027, [mine, theirs]) == ()
    assert forward.before(theirs, [mine, theirs]) is None
    shared = theirs._replace(schools=(other, ours))
    assert forward.before(shared, [mine, shared]) == mine
