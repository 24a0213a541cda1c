"""Who is out of class which half day: what is counted, and what is told rather than guessed."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from navigator.core.activity import Activity, PlanDay, Status
from navigator.core.session import Session, attendees
from navigator.domain.plan import cover_sheet
from navigator.domain.plan.cover_sheet import CoverWeek

THURSDAY = date(2026, 10, 8)


def session(
    day: date = THURSDAY,
    start: time | None = time(13, 30),
    minutes: int | None = 90,
    hours: bool | None = True,
    who: str = "",
) -> Session:
    return Session(f"s-{day}-{start}-{minutes}", day, start, minutes, hours, "", attendees(who))


def course(title: str, who: str, *sessions: Session, **more: Any) -> Activity:
    told: dict[str, Any] = {"status": Status.CONFIRMED, **more}
    return Activity(title, title, attends=attendees(who), sessions=sessions)._replace(**told)


def week(
    *activities: Activity, days: tuple[PlanDay, ...] = (), most: int | None = None
) -> CoverWeek:
    (found,) = cover_sheet.in_england(activities, days, 2026, most)
    return found


def halves(found: CoverWeek) -> dict[str, str]:
    return {cover_sheet.short_half(half): half.words for half in found.halves if half.out}


def test_a_person_in_two_sessions_of_a_half_day_is_one_who_is_out() -> None:
    one = course("A", "Maths lead; Year 2", session())
    other = course("B", "Maths lead: A Name", session(start=time(15)))
    found = week(one, other)
    assert halves(found) == {"Thu 8 Oct pm": "2 out"}
    (half,) = (half for half in found.halves if half.out)
    assert cover_sheet.who(half.people, names=True) == "Maths lead: A Name; Year 2"
    assert half.named() == "1 of 2 named"
    assert cover_sheet.who(half.people, names=False) == "Maths lead; Year 2"
    assert found.total_words == "2 half days out of class (1 day)"


def test_two_of_one_role_stay_two_without_their_names() -> None:
    found = week(course("A", "Teacher: A; Teacher: B", session()))
    assert found.halves[7].out[0].who(names=False) == "2 × Teacher"


@pytest.mark.parametrize(
    ("one", "where", "note"),
    [
        (session(start=None, minutes=None), "am pm", "time not known: counted as the whole day"),
        (session(start=None, minutes=90), "am pm", "start not known: counted as the whole day"),
        (session(start=None, minutes=330), "am pm", ""),
        (session(start=time(9), minutes=None), "am pm", "length not known: counted as the whole"),
        (session(start=time(13), minutes=None), "pm", "length not known"),
        (session(start=time(9)), "am", ""),
    ],
)
def test_what_time_isnt_known_is_counted_in_full_and_told(
    one: Session, where: str, note: str
) -> None:
    found = week(course("A", "Maths lead", one))
    assert [name.split()[-1] for name in halves(found)] == where.split()
    told = {note for half in found.halves for out in half.out for note in out.notes}
    assert any(text.startswith(note) for text in told) if note else not told


def test_groups_and_unknown_people_are_told_and_never_counted() -> None:
    found = week(
        course("A", "All teachers", session()),
        course("B", "", session()),
        course("C", "Maths lead", session(), status=Status.APPLIED),
        most=1,
    )
    assert halves(found) == {"Thu 8 Oct pm": "1 out + a group + some"}
    out = {one.held.activity.title: one for half in found.halves for one in half.out}
    assert out["A"].notes == ("how many isn't known",)
    assert out["B"].who(names=True) == "who isn't said"
    assert out["C"].notes == ("applied, not yet confirmed",)
    assert found.most_words == (
        "At most 1 may be out at once: in no half day more are, as far as is known."
    )
    assert "whole groups not counted" in found.total_words


def test_how_many_may_be_out_is_told_in_words() -> None:
    three = course("A", "Head; Maths lead; Year 2", session())
    assert halves(week(three, most=2)) == {"Thu 8 Oct pm": "3 out, 1 too many"}
    assert (
        week(three, most=2).most_words == "At most 2 may be out at once: more are on Thu 8 Oct pm."
    )
    assert week(three, most=3).most_words.endswith("no half day has more.")
    assert "isn't set" in week(three).most_words
    assert halves(week(three)) == {"Thu 8 Oct pm": "3 out"}


@pytest.mark.parametrize(
    ("day", "hours", "why"),
    [
        (date(2026, 10, 27), True, "is in a holiday (Half term): no class to cover"),
        (date(2026, 11, 2), True, "is on an INSET day: no class to cover"),
        (date(2026, 10, 10), True, "is on a Saturday: no class to cover"),
        (date(2026, 12, 25), None, "is on a bank holiday (Christmas Day): no class to cover"),
        (THURSDAY, None, "doesn't say whether it is in school hours: nobody is counted"),
    ],
)
def test_for_whom_nobody_is_counted_it_is_told_why(day: date, hours: bool | None, why: str) -> None:
    days = (
        PlanDay("h", "Half term", "holiday", date(2026, 10, 26), date(2026, 10, 30)),
        PlanDay("i", "", "inset", date(2026, 11, 2), date(2026, 11, 2)),
    )
    found = week(course("A", "Maths lead", session(day, hours=hours)), days=days)
    assert not halves(found)
    assert [text.partition(": ")[2] for text in found.apart] == [f"“A” {why}."]
    assert {half.closed for half in found.halves if half.day == date(2026, 10, 27)} <= {
        "holiday (Half term)"
    }


def test_after_school_and_declined_take_nobody_out() -> None:
    late = course("A", "Maths lead", session(hours=False))
    declined = course("B", "Maths lead", session(), status=Status.DECLINED)
    assert cover_sheet.in_england((late, declined), (), 2026) == ()


def test_release_is_as_the_plan_says_it() -> None:
    told = [
        week(course("A", "Maths lead", session(), release_days=days)).halves[7].out[0].release
        for days in (None, Decimal(0), Decimal("2.50"))
    ]
    assert told == [
        "not said",
        "none (0 days in the plan)",
        "2.5 days for all of it",
    ]
