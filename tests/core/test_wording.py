"""The words: whatever text comes in, what goes out is safe and says what it should."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator.core import cleaning, wording
from navigator.core.model import Trust

HOSTILE = [
    "[bold]loud[/bold]",
    "[@click=app.quit]press me[/]",
    "\x1b[31mred\x1b[0m",
    "\x00nul",
    "right\u202eto left",
    "zero\u200bwidth",
    "two\nlines\tand tab",
    "x" * 10_000,
]


@given(st.text())
def test_plain_text_holds_nothing_that_moves_a_cursor_or_turns_text(text: str) -> None:
    shown = cleaning.plain(text)
    assert all(
        unicodedata.category(c) != "Cc" and unicodedata.bidirectional(c) not in UNSAFE
        for c in shown
    )
    assert cleaning.plain(shown) == shown
    assert "  " not in shown


UNSAFE = {"RLE", "LRE", "RLO", "LRO", "PDF", "RLI", "LRI", "FSI", "PDI"}


@given(st.text())
def test_a_link_is_http_or_nothing(text: str) -> None:
    link = cleaning.link(text)
    assert link == "" or link.startswith(("http://", "https://"))
    assert " " not in link


@pytest.mark.parametrize(
    ("given_", "link"),
    [
        ("www.school.org.uk", "https://www.school.org.uk"),
        ("http://school.org.uk/", "http://school.org.uk/"),
        ("HTTPS://School.org.uk", "HTTPS://School.org.uk"),
        ("http:www.school.org.uk/", "http://www.school.org.uk/"),
        ("http:/www.school.org.uk", "http://www.school.org.uk"),
        ("https//school.org.uk", "https://school.org.uk"),
        ("http:\\\\school.org.uk", "http://school.org.uk"),
        ("http://http://school.org.uk", "http://school.org.uk"),
        ("school.org.uk/@head", "https://school.org.uk/@head"),
        ("office@school.org.uk", ""),
        ("mailto:office@school.org.uk", ""),
        ("http://gov.uk@school.org.uk", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("ftp://school.org.uk", ""),
        ("school", ""),
        ("not a link", ""),
        ("http://[bad", ""),
        ("", ""),
    ],
)
def test_links(given_: str, link: str) -> None:
    assert cleaning.link(given_) == link


@pytest.mark.parametrize(
    ("km", "units", "shown"),
    [
        (None, "miles", ""),
        (0.0, "miles", "0.0 mi"),
        (1.609344, "miles", "1.0 mi"),
        (15.9, "miles", "9.9 mi"),
        (16.05, "miles", "10 mi"),
        (160.9344, "miles", "100 mi"),
        (7.06, "km", "7.1 km"),
        (12.4, "km", "12 km"),
    ],
)
def test_distances(km: float | None, units: wording.Units, shown: str) -> None:
    assert wording.length(km, units) == shown


def test_dates_are_read_aloud_well() -> None:
    assert wording.day(date(2025, 3, 31)) == "31 March 2025"
    assert wording.short_day(date(2025, 3, 31)) == "31 Mar 2025"
    assert wording.day(None) == ""


@pytest.mark.parametrize(
    ("said", "day", "short", "within"),
    [
        ("", "31 March 2025", "31 Mar 2025", "on 31 March 2025"),
        ("2025-03", "March 2025", "Mar 2025", "in March 2025"),
        ("2025", "2025", "2025", "in 2025"),
    ],
)
def test_dates_are_told_no_more_exactly_than_by_the_source(
    said: str, day: str, short: str, within: str
) -> None:
    when = date(2025, 3, 31)
    assert wording.day(when, said) == day
    assert wording.short_day(when, said) == short
    assert wording.on_day(when, said) == within


@pytest.mark.parametrize(
    ("size", "band"),
    [(1, "single"), (2, "small"), (5, "small"), (6, "medium"), (15, "medium"), (16, "large")],
)
def test_size_bands_are_the_projects(size: int, band: str) -> None:
    assert Trust("1", "T", "MAT", size, "Open", None, "", None).size_band == band
