"""Who is out of class, as the plan's screens say it."""

from __future__ import annotations

from datetime import date, time

from navigator.core.activity import Activity, Status
from navigator.core.record import OwnRecord
from navigator.core.session import Session, attendees
from navigator.view import plan_cover


def course(title: str, day: date) -> Activity:
    held = Session(f"s-{day}", day, time(9), 60, True)
    who = attendees("Maths lead")
    return Activity(title, title, status=Status.CONFIRMED, attends=who, sessions=(held,))


def test_a_week_over_the_end_of_august_shows_the_days_of_both_years() -> None:
    # no bank holiday of the facts lies on Tuesday 31 August 2032
    record = OwnRecord(
        activities=(course("Late", date(2032, 8, 31)), course("Early", date(2032, 9, 2)))
    )
    told = list(plan_cover.week_lines(record, date(2032, 8, 30), None))
    assert [line.label for line in told] == ["Week", "Tue 31 Aug am", "Thu 2 Sep am"]
    assert told[0].text.startswith("2 half days out of class")
