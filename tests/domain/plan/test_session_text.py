"""One text makes sessions: as people write them, or paste a listing."""

from __future__ import annotations

from datetime import date

import pytest

from navigator.core.activity import PlanDay
from navigator.core.errors import RefusedError
from navigator.domain.plan import session_text
from navigator.domain.plan.session_words import session_words

TODAY = date(2026, 11, 22)
ONE_TIME = "A date has one time: for a second session write the day again."
DAYS = (PlanDay("d", "Half term", "holiday", date(2026, 10, 26), date(2026, 10, 30)),)


def made(text: str) -> list[str]:
    told = session_text.read(text, 2026, DAYS, TODAY)
    return [session_words(s) for s in told.sessions] + list(told.said)


@pytest.mark.parametrize(
    ("text", "sessions"),
    [
        (
            "Thursdays 8 Oct, 19 Nov, 21 Jan, 1–4pm at Derby Arena",
            [
                "Thu 8 October 2026, 13:00 to 16:00, Derby Arena",
                "Thu 19 November 2026, 13:00 to 16:00, Derby Arena",
                "Thu 21 January 2027, 13:00 to 16:00, Derby Arena",
            ],
        ),
        (
            "8, 15 and 22 October 2026 9.30-3.30 online",
            [f"Thu {n} October 2026, 09:30 to 15:30, online" for n in (8, 15, 22)],
        ),
        (
            "October 8, 15 and 22: 1-4pm",
            [f"Thu {n} October 2026, 13:00 to 16:00" for n in (8, 15, 22)],
        ),
        (
            "1\t8 Oct\t13:00-15:00\n2\t19 Nov\t9am-noon",
            ["Thu 8 October 2026, 13:00 to 15:00", "Thu 19 November 2026, 09:00 to 12:00"],
        ),
        (
            "Thursday 8 October 2026\n13:00 - 16:00\nVenue: Derby Arena, Pride Park\n\n"
            "Thursday 19 November 2026\n09:30 - 12:00\nVenue: Online",
            [
                "Thu 8 October 2026, 13:00 to 16:00, Derby Arena, Pride Park",
                "Thu 19 November 2026, 09:30 to 12:00, online",
            ],
        ),
        (
            "Session 1: Thu 8/10/26, 13:00–16:00, Derby Arena",
            [
                "Thu 8 October 2026, 13:00 to 16:00",
                "Not taken: “Derby Arena”. Before a place write “at”.",
            ],
        ),
        (
            "Thursdays 15 Oct to 5 Nov, 4-5.30pm after school",
            [
                *(
                    f"Thu {day} 2026, 16:00 to 17:30, not in school hours"
                    for day in ("15 October", "22 October", "5 November")
                ),
                "Thu 29 October 2026 is left out: Half term.",
            ],
        ),
        (
            "every other Thursday from 8 Oct, 3 times, 4pm for 90 minutes",
            [
                f"Thu {day} 2026, 16:00 to 17:30"
                for day in ("8 October", "22 October", "5 November")
            ],
        ),
        (
            "08/10/2026 09:00, 19/11/2026 13.30-15.30 at Room 4, The Hub",
            [
                "Thu 8 October 2026, 09:00, Room 4, The Hub",
                "Thu 19 November 2026, 13:30 to 15:30, Room 4, The Hub",
            ],
        ),
        (
            "21 Jan, 10 Feb 2028",  # the year that the next date names is meant for both
            ["Fri 21 January 2028", "Thu 10 February 2028"],
        ),
        ("12-14 October", [f"{d} October 2026" for d in ("Mon 12", "Tue 13", "Wed 14")]),
        ("9-3:30 8 Oct", ["Thu 8 October 2026, 09:00 to 15:30"]),
        (
            "Thu 8 Oct 9-11, 19 Nov 1.30-4",
            ["Thu 8 October 2026, 09:00 to 11:00", "Thu 19 November 2026, 13:30 to 16:00"],
        ),
        (
            "8 Oct 9-11 and 19 Nov 8.45 to 3",
            ["Thu 8 October 2026, 09:00 to 11:00", "Thu 19 November 2026, 08:45 to 15:00"],
        ),
        (
            "8 and 15 Oct: 12-1 at Hub",
            [f"Thu {n} October 2026, 12:00 to 13:00, Hub" for n in (8, 15)],
        ),
        (
            "8 Oct, 3.30-5 Years 5-6",
            [
                "Thu 8 October 2026, 15:30 to 17:00",
                "Not taken: “Years 5-6”. Before a place write “at”.",
            ],
        ),
        ("8 Oct 6-8", ["Thu 8 October 2026, 18:00 to 20:00"]),
        ("8 Oct 7-3", ["Thu 8 October 2026, 07:00 to 15:00"]),
        ("12-14, 20 Oct", [f"{d} October 2026" for d in ("Mon 12", "Tue 13", "Wed 14", "Tue 20")]),
        ("tomorrow 2pm", ["Mon 23 November 2026, 14:00"]),
        (
            "3 sessions: 8 Oct, 9 Oct",
            ["Thu 8 October 2026", "Fri 9 October 2026", "It speaks of 3, but 2 have a date."],
        ),
        ("8 Oct, 8 Oct", ["Thu 8 October 2026", "What stands twice is taken once."]),
        (
            "8 Oct 9-11, 1-3",
            ["Thu 8 October 2026, 09:00 to 11:00", f"Not taken: “1-3”. {ONE_TIME}"],
        ),
        (
            "8 and 15 Oct 9am-11am, 1pm-3pm",
            [
                *(f"Thu {n} October 2026, 09:00 to 11:00" for n in (8, 15)),
                f"Not taken: “1pm-3pm”. {ONE_TIME}",
            ],
        ),
        (
            "9am-11am, 1pm-3pm 8 Oct",
            ["Thu 8 October 2026, 13:00 to 15:00", f"Not taken: “9am-11am”. {ONE_TIME}"],
        ),
        (
            "8 Oct 9.30 start, 15.30 finish",
            [
                "Thu 8 October 2026, 09:30",
                "Not taken: “finish”. Before a place write “at”.",
                f"Not taken: “15.30”. {ONE_TIME}",
            ],
        ),
        (
            "8 Oct 9-11 at Derby Arena, online",
            [
                "Thu 8 October 2026, 09:00 to 11:00, Derby Arena",
                "Not taken: “online”. A date has one place.",
            ],
        ),
        ("8 Oct 9-11, online, 9am-11am online", ["Thu 8 October 2026, 09:00 to 11:00, online"]),
        (
            "8 Oct 9-11, 8 Oct 1-3",
            ["Thu 8 October 2026, 09:00 to 11:00", "Thu 8 October 2026, 13:00 to 15:00"],
        ),
        (
            "1-3pm 8 Oct\n9-11am 15 Oct\n2-3pm 22 Oct",
            [
                "Thu 8 October 2026, 13:00 to 15:00",
                "Thu 15 October 2026, 09:00 to 11:00",
                "Thu 22 October 2026, 14:00 to 15:00",
            ],
        ),
        ("  ", []),
    ],
)
def test_what_people_write_makes_its_sessions(text: str, sessions: list[str]) -> None:
    assert made(text) == sessions


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("8 Okt 1-4pm", "“8 Okt” isn't a date or a time"),
        ("31 Nov", "November has no day 31"),
        ("Thursdays 8 Oct, 20 Nov", "20 November 2026 is a Friday"),
        ("8 Oct to 26 Nov 1-4pm", "which days of it?"),
        ("26 Nov to 8 Oct", "ends before it begins"),
        ("8 Oct 7-9", "could be 07:00 to 09:00 or 19:00 to 21:00: write 7-9am or 7-9pm"),
        ("8 Oct 5:00-14:00", "could be 05:00 or 17:00"),
        ("8 Oct 15-16", "If “15-16” is a time, write it as 1–4pm"),
        ("8 Oct 9-9", "If “9-9” is a time"),
        ("8 Oct at 9-11 High Street", "If “9-11” is a time"),
        ("8 Oct at Derby Arena 9-11", "If “9-11” is a time"),
        ("8 Oct books 1-3", "If “1-3” is a time"),
        ("8 Oct, 9-11, 19 Nov, 1-3", "“9-11” in “9-11, 19 Nov” could be hours or days"),
        ("9-11, 8 Oct", "“9-11” in “9-11, 8 Oct” could be hours or days"),
        ("8 Oct 1:30", "could be 01:30 or 13:30"),
        ("8 Oct 4-1pm", "ends before it begins"),
        ("every Thursday from 8 Oct", "How often?"),
        ("some day, somewhere", "No date is in it"),
        ("Thursdays 8 Oct 2020 to 6 July 2028", "100 is the most"),
        ("8 Oct for 2000 minutes", "from 1 to 1440 minutes"),
        ("8 Oct 9am-11am, 1pm-3pm\n15 Oct 10am-noon", "“1pm-3pm” could be a second time"),
        ("Wednesdays 8 Oct, 19 Nov, 21 Jan", "8 October 2026 is a Thursday"),
    ],
)
def test_what_could_be_two_things_or_none_is_refused(text: str, why: str) -> None:
    with pytest.raises(RefusedError) as refused:
        made(text)
    assert why in str(refused.value)
