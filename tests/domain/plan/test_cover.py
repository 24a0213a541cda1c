"""Release days from who attends, and sums that say what isn't known."""

from __future__ import annotations

import csv
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from navigator.core.activity import Activity, Status
from navigator.core.session import Session, attendees
from navigator.directory import planning
from navigator.domain.plan import clashes, cover, money, table

TWO = attendees("Maths lead; Year 2")
DAY = date(2026, 10, 8)


def held(start: time | None, minutes: int | None, hours: bool | None = True) -> Session:
    return Session(f"s-{start}-{minutes}-{hours}", DAY, start, minutes, hours)


@pytest.mark.parametrize(
    ("session", "halves"),
    [
        (held(time(9), 180), ("morning",)),
        (held(time(9), 240), ("morning",)),
        (held(time(9), 300), ("morning", "afternoon")),
        (held(time(13, 30), 120), ("afternoon",)),
        (held(time(12), 60), ("afternoon",)),
        (held(time(11, 30), 120), ("morning", "afternoon")),
        (held(None, 120), ("morning",)),
        (held(None, 330), ("morning", "afternoon")),
        (held(time(9), None), None),
        (held(None, None), None),
    ],
)
def test_the_halves_of_a_day_that_a_session_takes(
    session: Session, halves: tuple[str, ...] | None
) -> None:
    assert cover.halves(session) == halves


@pytest.mark.parametrize(
    ("sessions", "days"),
    [
        ((held(time(9), 180), held(time(9), 330)), "3.0"),
        ((held(time(16), 60, False), held(time(13), 90)), "1.0"),
        ((held(time(16), 60, False),), "0.0"),
        ((held(time(13), 90), held(time(13), None)), None),
        ((held(time(13), 90, None),), None),
        ((), None),
    ],
)
def test_release_days_are_people_times_half_days(
    sessions: tuple[Session, ...], days: str | None
) -> None:
    made = cover.proposed(Activity("a", "T", attends=TWO, sessions=sessions))
    assert (made and str(made.days)) == days
    assert cover.proposed(Activity("a", "T", sessions=sessions)) is None or days == "0.0"


def test_others_may_attend_a_session_and_the_words_say_how_it_is_counted() -> None:
    alone = held(time(13), 90)._replace(attends=attendees("Head"))
    a = Activity("a", "T", attends=TWO, sessions=(alone, held(time(9), 330)))
    made = cover.proposed(a)
    assert made == cover.ProposedDays(
        Decimal("2.5"), "1 person × 1 half day, 2 people × 2 half days"
    )
    assert money.release_words(a) == f"Who attends makes 2.5 days of release ({made.words})."
    assert money.differs(a) == ""
    typed = a._replace(release_days=Decimal(1))
    assert money.differs(typed) == (
        f"T: 1 day of release typed, who attends makes 2.5 days ({made.words})."
    )
    assert money.release_words(typed) == money.release_words(a)
    assert money.release_words(a._replace(release_days=Decimal("2.5"))) == ""


RATE = Decimal(200)


@pytest.mark.parametrize(
    ("days", "fee", "rate", "words"),
    [
        (2, 100, RATE, "£500"),
        (2, 100, None, "£100 + not known"),
        (2, None, RATE, "£400 + not known"),
        (None, None, RATE, "not known"),
        (None, 0, RATE, "not known"),
        (0, 0, None, "£0"),
        (0, 50, None, "£50"),
    ],
)
def test_what_is_not_known_is_never_nought(
    days: int | None, fee: int | None, rate: Decimal | None, words: str
) -> None:
    a = Activity(
        "a", "T", status=Status.CONFIRMED, sessions=(held(time(9), 180), held(time(13), 60)),
        release_days=None if days is None else Decimal(days),
        fee=None if fee is None else Decimal(fee),
    )  # fmt: skip
    assert money.cost(a, rate).words == words
    account = money.account([a], [], 2026, rate=rate, budget=Decimal(1000), today=DAY)
    assert account.firm.words == words
    assert account.firm == money.total(line.firm for line in account.by_term)
    assert account.left_words.startswith("at most £") == ("not known" in words)
    for row in csv.DictReader(table.write([a], people=False, rate=rate).decode().splitlines()[:2]):
        assert row["cost"] == (
            words[1:] + ".00" if words[0] == "£" and " " not in words else "not known"
        )


def out(title: str, who: str, start: time = time(9), **more: Any) -> Activity:
    session = Session(title, DAY, start, 120, True)
    return Activity(title, title, attends=attendees(who), sessions=(session,), **more)


def told(*plan: Activity, most: int | None = None) -> list[str]:
    return [clash.words for clash in clashes.find(plan, most=most)]


def test_all_teachers_are_everybody_who_teaches() -> None:
    every, one = out("Staff meeting", "All teachers"), out("Course", "Year 2 teacher")
    twice = (
        "8 Oct 2026: Year 2 teacher would be in two places at once: “Course” and “Staff meeting”."
    )
    gone = "8 Oct 2026: All out of class (All teachers): “Staff meeting”."
    assert twice in told(every, one)
    assert gone in told(every)
    assert not any("two places" in t for t in told(every, out("Course", "Teaching assistant")))
    assert any("two places" in t for t in told(out("Day", "All staff"), out("C", "TA")))
    assert cover.proposed(every) is None
    undated = every._replace(sessions=())  # all of them, and no day yet
    assert told(undated, one) == []


def test_how_many_may_be_out_at_once() -> None:
    meant_for_two = out("Work group", "Maths lead; Year 2")
    other = out("Course", "Reception")
    assert told(meant_for_two) == []
    assert told(meant_for_two, other) == [
        "8 Oct 2026: 3 people out of class (Maths lead, Year 2, Reception): "
        "“Course” and “Work group”."
    ]
    assert told(meant_for_two, other, most=3) == []
    assert len(told(meant_for_two, other, most=2)) == 1
    assert told(meant_for_two, out("Later", "Reception", time(13, 30))) == []


def test_a_weekend_and_a_bank_holiday_are_no_days_of_school() -> None:
    bank = planning.bank_holidays()
    assert bank[date(2026, 12, 28)] == "Boxing Day (substitute day)"
    assert {day.year: list(bank).count(day) for day in bank}.keys() == {2025, 2026, 2027, 2028}
    assert all(day.weekday() < 5 for day in bank)

    def on(day: date) -> Activity:
        return Activity("a", "T", attends=TWO, sessions=(Session("s", day, time(9), 60, True),))

    (saturday,) = clashes.in_england([on(date(2026, 10, 10))])
    assert saturday.words == "10 Oct 2026: “T” is on a Saturday."
    (may_day,) = clashes.in_england([on(date(2027, 5, 3))])
    assert may_day.words == "3 May 2027: “T” is on a bank holiday (Early May bank holiday)."
    assert clashes.bank_holidays_end([on(date(2028, 12, 30))]) == ""
    said = clashes.bank_holidays_end([on(date(2029, 1, 8))])
    assert said == "Bank holidays are known to the end of 2028 only."


def test_no_session_in_school_hours_needs_no_release() -> None:
    a = Activity("a", "T", fee=Decimal(5), sessions=(held(time(16), 60, False),), attends=TWO)
    assert money.cost(a, None).words == "£5"


def test_the_clashes_of_a_plan_as_it_is_are_found_once() -> None:
    plan = (out("Work group", "Maths lead"), out("Course", "Reception"))
    found = clashes.in_england(plan)
    assert clashes.in_england(plan) is found
    assert clashes.in_england(plan, (), 3) == ()  # another number may be out
    other = (out("Work group", "Maths lead"), out("Course", "Maths lead"))
    assert [c.kind for c in clashes.in_england(other)] == ["person"]  # another plan
    assert clashes.in_england(list(other)) == clashes.in_england(other)
