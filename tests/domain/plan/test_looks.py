"""What an activity brought: when it is asked for, where that stands, and last year's beside it."""

from __future__ import annotations

from datetime import date

import pytest

from navigator.core.activity import Activity, Status
from navigator.core.errors import RefusedError
from navigator.core.record import OwnRecord
from navigator.core.session import Session
from navigator.domain.plan import forward, listing
from navigator.export import plan as told
from navigator.records import written
from navigator.view import plan_pages, plan_year
from navigator.view.activity_page import activity_page
from navigator.view.plan_pages import PlanView

MIDYEAR, END = date(2027, 1, 29), date(2027, 7, 2)
NOW = Activity(
    "a-now", "Mastering Number", provider_name="Central", programme="mastering-number",
    status=Status.CONFIRMED, sessions=(Session("s-1", date(2026, 10, 8)),),
    why="Number sense", pupils="Year 1", look_at="books, talk", midyear_on=MIDYEAR, end_on=END,
)  # fmt: skip
BEFORE = Activity(
    "a-before", "Mastering Number", provider_name="Central", programme="mastering-number",
    status=Status.DONE, sessions=(Session("s-2", date(2025, 10, 9)),), why="Number sense",
    midyear_seen="Half of them subitise", practice="Ten minutes a day", evidence="39 of 45",
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "changed", "asked"),
    [
        (date(2027, 1, 28), {}, ""),
        (MIDYEAR, {}, "what did we see mid-year? due today"),
        (date(2027, 2, 3), {}, "what did we see mid-year? due since 29 Jan 2027"),
        (date(2027, 2, 3), {"midyear_seen": "Half of them"}, ""),
        (date(2027, 2, 3), {"status": Status.APPLIED}, ""),
        (
            date(2027, 7, 5),
            {},
            "what did we see mid-year? due since 29 Jan 2027; "
            "what did we see at the end? due since 2 Jul 2027",
        ),
        (date(2027, 7, 5), {"evidence": "All of them"}, ""),
        (date(2026, 11, 2), {"status": Status.DONE, "end_on": None}, "what did we see at the end?"),
        (date(2026, 11, 2), {"end_on": None, "midyear_on": None}, ""),
    ],
)
def test_what_was_seen_is_asked_for_when_it_is_due(
    day: date, changed: dict[str, object], asked: str
) -> None:
    a = NOW._replace(**changed)  # type: ignore[arg-type]  # the table's values fit their fields
    (row,) = listing.rows([a], day)
    assert row.look == asked
    if asked:
        assert asked in told.row_text(row, day)
        assert asked in told.activity_text(a, day, None)
        (section, *_) = plan_pages.sections(0, OwnRecord(activities=(a,)), PlanView(2026, day))
        assert asked in section.entries[0].detail


def test_the_day_stands_in_the_year_and_in_its_week() -> None:
    record, today = OwnRecord(activities=(NOW,)), date(2027, 2, 3)
    spring = plan_year.sections(record, 2026, today)[1]
    (week,) = (e.week for e in spring.entries if e.week and e.label == "25 Jan")
    (item,) = week.items
    assert (item.first, item.text) == (4, "look: Mastering Number")
    page = plan_year.week_page(record, date(2027, 1, 25), today)
    (line,) = next(s.entries for s in page.sections if s.title == "What it brought")
    assert line.text == "Mastering Number: look mid-year"
    assert line.detail == "books, talk · what did we see mid-year? due since 29 Jan 2027"


def test_the_end_cant_be_looked_at_before_mid_year() -> None:
    with pytest.raises(RefusedError, match="can't be looked at before mid-year") as refused:
        written.values_of(NOW._replace(end_on=date(2027, 1, 1)))
    assert refused.value.field == "end_on"


def test_last_year_is_what_it_was_copied_from_else_its_like() -> None:
    (copied,) = forward.copy([BEFORE._replace(midyear_on=MIDYEAR)], 2025, 2026, ()).activities
    assert (copied.follows, copied.midyear_seen, copied.practice) == ("a-before", "", "")
    assert copied.midyear_on == date(2028, 1, 28)  # the same week of the calendar
    assert copied.why == "Number sense"
    other = BEFORE._replace(id="a-other", title="Another")
    retitled = copied._replace(id="a-new", title="Number sense in Key Stage 1", programme="")
    assert forward.before(retitled, [other, BEFORE, retitled]) is BEFORE
    assert forward.before(NOW, [other, BEFORE, NOW]) is BEFORE
    assert forward.before(NOW, [other, NOW]) is other  # the only one of the programme
    twin = other._replace(id="a-twin", title="A third")
    assert forward.before(NOW, [other, twin, NOW]) is None  # which of them, nobody said
    older = BEFORE._replace(sessions=(Session("s-3", date(2024, 10, 3)),))
    assert forward.before(NOW, [older, NOW]) is None


def test_its_page_shows_last_years_words_beside_this_years() -> None:
    record = OwnRecord(activities=(NOW, BEFORE))
    page = activity_page(record, "a-now", date(2027, 2, 3), None)
    sections = {s.title: {e.label: e for e in s.entries} for s in page.sections}
    mind = next(s for s in page.sections if s.title == "Mind").entries
    assert mind[0].text == "What did we see mid-year? due since 29 Jan 2027"
    why, saw = sections["Why and so what"], sections["What we saw"]
    assert [e.text for e in why.values()] == [
        *("Number sense", "Year 1", "books, talk", "29 January 2027", "2 July 2027")
    ]
    assert why["Why"].detail == ""  # the same as last year's
    assert (saw["Mid-year"].text, saw["Mid-year"].detail) == (
        "what did we see mid-year?",
        "2025-26: Half of them subitise",
    )
    assert saw["Changed"].detail == "2025-26: Ten minutes a day"
    assert saw["At the end"].detail == "2025-26: 39 of 45"
    assert saw["Before"].card
    assert saw["Before"].card.key.name == "a-before"
