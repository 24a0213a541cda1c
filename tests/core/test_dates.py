"""Dates as people write them: what is read, what is asked, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator.core import dates
from navigator.core.errors import RefusedError

FRIDAY = date(2026, 11, 27)
MONDAY = date(2026, 11, 30)
TUESDAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("31/1/27", "31/01/2027", "31 Jan 2027", "31-Jan-27", "31.1.27", "31 1 2027", "31–1–27"),
        *("Sun 31 January 2027", "sunday, 31st of January, 2027", "Sunday the 31st January '27"),
        *("2027-01-31", "2027/1/31", "20270131", "January 31, 2027", "  31  JAN  2027 ", "31Jan27"),
    ],
)
def test_one_day_in_many_ways(text: str) -> None:
    assert dates.read(text, FRIDAY) == dates.written(text) == date(2027, 1, 31)
    assert dates.read(text, FRIDAY, ahead=False) == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("today", "text", "shown"),
    [
        (FRIDAY, "3/4/27", "Sat 3 April 2027"),  # the day first, never the month
        (FRIDAY, "Thu 8 October 2026", "Thu 8 October 2026"),
        (FRIDAY, "today", "Fri 27 November 2026"),
        (FRIDAY, "Tomorrow", "Sat 28 November 2026"),
        (FRIDAY, "yesterday", "Thu 26 November 2026"),
        (FRIDAY, "+14", "Fri 11 December 2026"),
        (FRIDAY, "+0", "Fri 27 November 2026"),
        (FRIDAY, "-14", "Fri 13 November 2026"),
        (FRIDAY, "in 2 weeks", "Fri 11 December 2026"),
        (FRIDAY, "2 weeks", "Fri 11 December 2026"),
        (FRIDAY, "a fortnight", "Fri 11 December 2026"),
        (FRIDAY, "in two weeks", "Fri 11 December 2026"),
        (FRIDAY, "in a fortnight", "Fri 11 December 2026"),
        (FRIDAY, "2 weeks ago", "Fri 13 November 2026"),
        (date(2027, 1, 31), "in a month", "Sun 28 February 2027"),
        (date(2028, 2, 29), "in 1 year", "Wed 28 February 2029"),
        (FRIDAY, "next Tuesday", "Tue 1 December 2026"),
        (FRIDAY, "next Friday", "Fri 4 December 2026"),
        (FRIDAY, "Tuesday", "Tue 1 December 2026"),
        (FRIDAY, "on weds", "Wed 2 December 2026"),
        (MONDAY, "this Tuesday", "Tue 1 December 2026"),
        (FRIDAY, "8 Oct", "Fri 8 October 2027"),
        (FRIDAY, "8/10", "Fri 8 October 2027"),
        (FRIDAY, "the 8th of October", "Fri 8 October 2027"),
        (FRIDAY, "27 Nov", "Fri 27 November 2026"),
        (FRIDAY, "29 Feb", "Tue 29 February 2028"),
        (FRIDAY, "Fri 8 Oct", "Fri 8 October 2027"),
    ],
)
def test_what_is_read_on_a_day(today: date, text: str, shown: str) -> None:
    assert dates.shown(dates.read(text, today)) == shown


@pytest.mark.parametrize(
    ("today", "text", "sentence"),
    [
        (
            MONDAY,
            "next Tuesday",
            "“next Tuesday” could be tomorrow, Tue 1 December 2026, or Tue 8 December 2026: "
            "write 1/12/2026 or 8/12/2026.",
        ),
        (TUESDAY, "Tuesday", "could be today, Tue 1 December 2026, or Tue 8 December 2026"),
        (FRIDAY, "this Tuesday", "could be Tue 24 November 2026, or Tue 1 December 2026"),
        (FRIDAY, "last Tuesday", "could be Tue 17 November 2026, or Tue 24 November 2026"),
        (FRIDAY, "Oct 26", "could be 26 October, or all of October 2026"),
        (FRIDAY, "Jan-24", "could be 24 January, or all of January 2024"),
        (
            FRIDAY,
            "Mon 8 October 2026",
            "“Mon 8 October 2026” doesn't agree with itself: 8 October 2026 is a Thursday. "
            "Mend the weekday or the date.",
        ),
        (FRIDAY, "Thu 8 Oct", "8 October 2027 is a Friday. Mend the weekday or the date, or add"),
        (FRIDAY, "31-Feb", "“31-Feb” isn't a date: February has no day 31. Write another day."),
        (FRIDAY, "29/2/27", "February 2027 has no day 29"),
        (FRIDAY, "0/1/27", "January 2027 has no day 0"),
        (FRIDAY, "1/13/27", "there is no month 13. Write it as 31/1/27, the day first."),
        (FRIDAY, "2027-13-01", "there is no month 13"),
        (FRIDAY, "Oct 2026", "“Oct 2026” is a whole month: say which day, as in 8 October 2026."),
        (FRIDAY, "2026", "“2026” is a whole year"),
        *[
            (FRIDAY, text, f"isn't a date: write {dates.WAYS}.")
            for text in (
                "soon",
                "31/1/202",
                "31/1/0027",
                "31/12/1899",
                "in 2 weeks ago",
                "3/427",
                "8",
                "1/1/0000",
                "+99999999",
                "in 9999 years",
            )
        ],
        (FRIDAY, "Thx 8 October 2026", "isn't a date"),
        (FRIDAY, "31/1/27 10:00", "isn't a date"),
    ],
)
def test_what_is_refused_says_why_and_what_to_write(today: date, text: str, sentence: str) -> None:
    with pytest.raises(RefusedError) as refused:
        dates.read(text, today)
    assert sentence in str(refused.value)


@pytest.mark.parametrize("text", ["8 Oct", "Tuesday", "8/10", "2 weeks", "two weeks"])
def test_a_day_that_may_have_gone_by_is_asked(text: str) -> None:
    with pytest.raises(RefusedError, match=r"could be \w+ .* 2026, or \w+ .* 202\d: write"):
        dates.read(text, FRIDAY, ahead=False)


def test_a_weekday_tells_which_year_was_meant() -> None:
    assert dates.read("Thu 8 Oct", FRIDAY, ahead=False) == date(2026, 10, 8)
    assert dates.read("Fri 8 Oct", FRIDAY, ahead=False) == date(2027, 10, 8)


@pytest.mark.parametrize("text", ["tomorrow", "+14", "next Tuesday", "8 Oct", "Oct 2026", ""])
def test_a_file_holds_whole_dates_only(text: str) -> None:
    with pytest.raises(RefusedError):
        dates.written(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("Sept 2024", date(2024, 9, 1), date(2024, 9, 30)),
        ("9/2024", date(2024, 9, 1), date(2024, 9, 30)),
        ("01/09/2024", date(2024, 9, 1), date(2024, 9, 1)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_a_month_or_a_year_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    assert dates.span(text) == (first, last)


@given(st.dates(date(1900, 1, 1)))
def test_each_day_is_read_as_it_is_written(day: date) -> None:
    year = f"{day.year:04}"
    for text in (
        day.isoformat(),
        dates.shown(day),
        dates.in_words(day),
        f"{day.day}/{day.month}/{year}",
        f"{day.day:02}-{dates.in_words(day).split()[1][:3]}-{year}",
    ):
        assert dates.read(text, FRIDAY) == dates.written(text) == day


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates())
def test_two_digits_of_a_year_are_of_this_century(day: date, today: date) -> None:
    assert dates.read(f"{day:%d/%m/%y}", today) == day


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _told(read: Callable[[], date]) -> tuple[date | None, str]:
    """The day that is read, or the sentence that refuses it."""
    try:
        return read(), ""
    except RefusedError as refused:
        return None, str(refused)


@given(
    st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    st.sampled_from(WEEKDAYS),
    st.sampled_from(["", "this ", "next ", "last "]),
)
def test_a_weekday_is_read_as_it_or_asked_with_both_days(today: date, name: str, how: str) -> None:
    day, asked = _told(lambda: dates.read(how + name, today))
    if day is None:
        assert asked.count(f"{name[:3]} ") == 2
    else:
        assert dates.shown(day).startswith(name[:3])
        assert abs(day - today) <= timedelta(14)


WORDS = "next last this in ago on the of tuesday mon feb sept october day weeks month years a two"
SIGNS = ", . / - + ' 0 1 2 8 13 29 31 99 2026 2027 0000 9999 99999999 \u0663 \x1b ½ ß"
PIECES = st.lists(st.sampled_from(f"{WORDS} {SIGNS}".split(" ")))


@given(st.one_of(st.text(), PIECES.map("".join), PIECES.map(" ".join)), st.dates())
def test_any_text_is_a_day_or_one_sentence(text: str, today: date) -> None:
    for read in (
        lambda: dates.read(text, today),
        lambda: dates.read(text, today, ahead=False),
        lambda: dates.written(text),
        lambda: dates.span(text)[0],
    ):
        day, refused = _told(read)
        assert isinstance(day, date) or (refused.endswith(".") and "\n" not in refused)
