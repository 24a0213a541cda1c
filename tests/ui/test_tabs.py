"""The line of tabs, and the title over it, in whatever width there is."""

from __future__ import annotations

import pytest

from navigator.ui.widgets.tabs import Tabs, Title

RECORD = ["Bookmarks", "Notes", "Contacts", "Networks", "Corrections"]
PLAN = ["List", "Year", "Money", "Coverage", "Days", "Who is out"]
COUNTS = ["3", "12", "2", "1", "1,204"]


def told(shown: Title | Tabs, width: int) -> str:
    [line] = shown.lay_out(width)
    assert line.cell_length <= width
    return " ".join(line.plain.split())


def test_names_give_way_to_room_and_the_one_on_show_keeps_its_own() -> None:
    assert told(Tabs(RECORD, COUNTS, 0), 90) == (
        "1 Bookmarks 3 2 Notes 12 3 Contacts 2 4 Networks 1 5 Corrections 1,204"
    )
    assert told(Tabs(RECORD, COUNTS, 0), 68) == (
        "1 Bookmarks 3 2 Notes 3 Contacts 4 Networks 5 Corrections"
    )
    assert told(Tabs(RECORD, COUNTS, 4), 58) == "1 Boo… 2 Not… 3 Con… 4 Net… 5 Corrections 1,204"
    assert told(Tabs(RECORD, COUNTS, 4), 38) == "1 2 3 4 5 Corrections 1,204"
    assert told(Tabs(PLAN, (), 5), 58) == "1 List 2 Year 3 Money 4 Coverage 5 Days 6 Out"
    assert told(Tabs(PLAN, (), 3), 38) == "1 2 3 4 Coverage 5 6"


@pytest.mark.parametrize("width", range(8, 120))
def test_each_number_stands_in_any_width_that_has_room_for_them(width: int) -> None:
    shown = told(Tabs(PLAN, (), 2), width)
    assert width < 24 or [word for word in shown.split() if word.isdigit()] == list("123456")


def test_a_title_says_whole_parts_and_keeps_the_year() -> None:
    title = Title("Plan of professional learning", "Plan", "2026-27", "kept on this computer only")
    assert told(title, 78).endswith("2026-27 kept on this computer only")
    assert told(title, 58) == "Plan of professional learning 2026-27"
    assert told(title, 38) == "Plan 2026-27"
