"""Back and forward through the pages visited, each with its cursor where it was."""

from __future__ import annotations

import pytest

from navigator.ui.history import MOST
from navigator.ui.screens.body import BodyScreen
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.screens.plan import PlanScreen
from navigator.ui.widgets.entries import EntryList
from tests.ui.conftest import AppMaker
from tests.ui.steps import press, screen_text, settle, told


@pytest.mark.parametrize(("back", "ahead"), [("alt+left", "alt+right"), ("escape", "ctrl+right")])
async def test_a_page_that_was_left_comes_back_as_it_was(
    make_app: AppMaker, back: str, ahead: str
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "down", "enter", *["down"] * 12)
        page, entries = app.screen, app.screen.query_one(EntryList)
        assert isinstance(page, BodyScreen)
        at, shown = entries.highlighted, screen_text(app)
        await press(pilot, "P", "3", back)
        assert app.screen is page
        await press(pilot, back)
        assert isinstance(app.screen, LandscapeScreen)
        await press(pilot, "up", ahead)
        assert app.screen is page
        assert entries.highlighted == at
        assert screen_text(app) == shown
        assert app.focused is entries
        await press(pilot, ahead)
        assert isinstance(app.screen, PlanScreen)
        assert app.screen.tab == 2
        await press(pilot, ahead)
        assert "last of the pages" in told(app)
        assert isinstance(app.screen, PlanScreen)


async def test_another_page_takes_the_place_of_what_lay_ahead(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "alt+left")
        assert "No page was visited before" in told(app)
        await press(pilot, "down", "enter", "alt+left", "i", "escape", "alt+right")
        page = app.screen
        assert isinstance(page, BodyScreen), "a card is no page"
        await press(pilot, "alt+left", "m", "alt+left", "alt+right")
        assert app.screen is not page
        assert not page.is_attached, "it isn't kept for nothing"
        assert "My record" in screen_text(app)


async def test_a_note_written_meanwhile_stands_on_the_page(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "down", "enter")
        assert "★" not in screen_text(app)
        await press(pilot, "alt+left", "b", "alt+right")
        assert isinstance(app.screen, BodyScreen)
        assert "★" in screen_text(app)


async def test_only_so_many_pages_are_kept(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for _ in range(MOST + 2):
            await app.push_screen(PlanScreen())
        await press(pilot, *["alt+left"] * (MOST + 2))
        assert len(app._ahead._ahead) == MOST
        assert len(app.screen_stack) == 1
