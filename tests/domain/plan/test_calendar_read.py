"""Days from calendars of many programs, each taken as a table says."""

from __future__ import annotations

import pytest

from navigator.domain.plan import calendar_read
from tests.tools.made_calendars import CALENDARS, MadeCalendar


def test_there_are_thirty() -> None:
    assert len({made.name for made in CALENDARS}) == len(CALENDARS) == 30


@pytest.mark.parametrize("made", CALENDARS, ids=lambda made: made.name)
def test_each_calendar_is_taken_as_the_table_says(made: MadeCalendar) -> None:
    found = calendar_read.read_days(made.data)
    sure = [one.day for one in found.found if one.sure]
    told = [f"{day.kind} {day.first} {day.last}" for day in sure]
    assert told == list(made.taken)
    assert sorted(day.title for day in found.asked) == sorted(made.asked)
    assert len(found.said) == len(made.said)
    assert all(any(text.startswith(said) for text in found.said) for said in made.said)


@pytest.mark.parametrize(
    ("title", "days", "kind"),
    [
        ("Half Term", 5, "holiday"),
        ("Half-term", 9, "holiday"),
        ("Christmas break", 14, "holiday"),
        ("School holiday", 1, "holiday"),
        ("Easter", 12, "holiday"),
        ("Easter", 1, None),
        ("Easter service", 1, None),
        ("Easter bonnet competition", 1, None),
        ("Half term homework due", 1, None),
        ("Christmas lunch", 1, None),
        ("Last day before half term", 1, None),
        ("School breaks up for Christmas", 1, None),
        ("Spring term", 60, "term"),
        ("Half term 1", 40, "term"),
        ("Autumn term holiday", 9, "holiday"),
        ("Summer holidays", 40, "holiday"),
        ("INSET Day (school closed)", 1, "inset"),
        ("Training Day 3", 1, "inset"),
        ("Staff CPD day", 1, "inset"),
        ("CPD: maths, hall", 1, "inset"),
        ("CPD course for Year 3", 1, None),
        ("INSET twilight", 1, None),
        ("Occasional day", 1, "holiday"),
        ("Book week", 5, None),
        ("", 5, None),
    ],
)
def test_a_title_tells_its_kind_or_it_is_asked(title: str, days: int, kind: str | None) -> None:
    assert calendar_read.kind_of(title, days) == kind
