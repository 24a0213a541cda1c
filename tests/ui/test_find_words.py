"""Ctrl+F: words looked for on the screen, the cursor on the lines that hold them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.screens.find_words import FindWordsScreen
from navigator.ui.widgets.calendar import CalendarList
from navigator.ui.widgets.entries import EntryList
from tests.ui.conftest import AppMaker
from tests.ui.steps import press, screen_text, settle, write
from tests.ui.test_commands import MORE, WAYS, an_app, go

SIZES = [(80, 24), (120, 40)]


def said(app: NavigatorApp) -> str:
    """What the box says beside the words."""
    return str(app.screen.query_one("#words-said", Static).content)


def beneath(app: NavigatorApp) -> EntryList:
    return app.screen_stack[-2].query_one(EntryList)


def line(entries: EntryList) -> str:
    """The line under the cursor, as it is drawn."""
    assert entries.highlighted is not None
    first = entries.line_of(entries.highlighted) - entries.scroll_offset.y
    assert 0 <= first < entries.scrollable_content_region.height, "it is in view"
    return entries.render_line(first).text


@pytest.mark.parametrize("size", SIZES)
async def test_the_cursor_goes_to_the_first_line_as_one_types(
    make_app: AppMaker, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        lines = app.screen.query_one(EntryList).option_count
        began = app.screen.query_one(EntryList).highlighted
        await press(pilot, "ctrl+f", *"NOTTingham")
        panels = beneath(app)
        assert panels.option_count == lines, "nothing is hidden"
        first, number = panels.highlighted, int(said(app).split(" of ")[1].split()[0])
        assert said(app) == f"1 of {number} lines"
        assert "Nottingham" in line(panels)
        seen = [first]
        for turn in range(2, number + 1):
            await press(pilot, "enter" if turn % 2 else "f3")
            assert said(app) == f"{turn} of {number} lines"
            seen.append(panels.highlighted)
            line(panels)
        assert len(set(seen)) == number
        await press(pilot, "down")
        assert said(app) == f"1 of {number} lines", "after the last comes the first"
        await press(pilot, "up")
        assert panels.highlighted == seen[-1]
        await press(pilot, *" zzz")
        assert said(app) == "No line holds it"
        assert panels.highlighted == began
        await press(pilot, *(["backspace"] * 4), "enter", "escape")
        assert not isinstance(app.screen, FindWordsScreen)
        assert app.screen.query_one(EntryList) is app.focused
        assert panels.highlighted == seen[1]
        assert "Help" in screen_text(app).splitlines()[-1], "its own keys are at its foot again"


async def test_a_heading_is_found_and_the_cursor_left_on_the_line_beneath(
    make_app: AppMaker,
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+f", *"door")
        panels = beneath(app)
        assert "DOOR" in line(panels)
        await press(pilot, "escape", "down", "up")
        assert panels.entry is not None
        assert panels.entry.card is not None


@pytest.mark.parametrize("place", [p for p in WAYS if p not in ("map", "finder")])
async def test_it_is_on_every_screen_that_is_a_list(
    service: Service, tmp_path: Path, place: str
) -> None:
    app = an_app(service, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, place, WAYS[place])
        if not app.screen.query(EntryList) or place == "pick":
            return
        await press(pilot, "ctrl+f")
        assert isinstance(app.screen, FindWordsScreen)
        texts = [o.prompt.said for o in beneath(app).options if not o.disabled]  # type: ignore[union-attr]  # ours
        if texts:
            await write(pilot, texts[-1].split()[0])
            assert said(app)[0].isdigit(), said(app)
            line(beneath(app))
        await press(pilot, "escape")
        assert not app.screen.has_class("-finding")


async def test_in_a_calendar_it_goes_to_the_session_itself(
    service: Service, tmp_path: Path
) -> None:
    app = an_app(service, tmp_path)
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, "plan", MORE["plan"][2])
        year = app.screen.query_one(CalendarList)
        item = next(
            s for n in range(year.option_count) for s in getattr(year.options[n], "stops", ())[1:]
        )
        await press(pilot, "ctrl+f")
        await write(pilot, item.text)
        assert year.stop
        assert item.text in year.stops[year.stop].text
