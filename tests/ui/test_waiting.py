"""A page that takes a while: its heading is there before what it says."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from navigator.core.errors import NotFoundError
from navigator.ui.app import NavigatorApp
from navigator.ui.screens import waiting
from navigator.ui.screens.help import HelpScreen
from navigator.ui.screens.local import PlaceScreen
from navigator.ui.screens.waiting import WaitingScreen
from tests.ui.conftest import AppMaker
from tests.ui.steps import press, screen_text, settle, told

ENGLAND = "place:england:"


class Held:
    """The service's pages, held up until they are let go."""

    def __init__(self, app: NavigatorApp, monkeypatch: pytest.MonkeyPatch) -> None:
        self.let_go, self.fault = threading.Event(), False
        page = app.service.page

        def held(*given: object) -> object:
            self.let_go.wait(20)
            if self.fault:
                raise NotFoundError("There is no such place.")
            return page(*given)  # type: ignore[arg-type]  # as they were given

        monkeypatch.setattr(app.service, "page", held)


@pytest.fixture
def app(make_app: AppMaker) -> NavigatorApp:
    return make_app()


@pytest.fixture
def held(app: NavigatorApp, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    monkeypatch.setattr(waiting, "PATIENCE", 0.001)
    holding = Held(app, monkeypatch)
    yield holding
    holding.let_go.set()


async def until_it_waits(pilot: Pilot[None]) -> None:
    while not isinstance(pilot.app.screen, WaitingScreen):
        await pilot.pause(0.01)
    await pilot.pause()


async def wait_for_england(pilot: Pilot[None]) -> Screen[object]:
    """Open England's page, which is worked out for long; the screen that it was opened on."""
    await settle(pilot)
    assert isinstance(pilot.app, NavigatorApp)
    before = pilot.app.screen
    pilot.app.open(ENGLAND)
    await until_it_waits(pilot)
    return before


async def test_the_heading_is_there_before_the_page_is(app: NavigatorApp, held: Held) -> None:
    async with app.run_test() as pilot:
        await settle(pilot)
        app.open(ENGLAND)
        await until_it_waits(pilot)
        assert "England" in screen_text(app)
        assert waiting.SAID in screen_text(app)
        depth = len(app.screen_stack)
        held.let_go.set()
        await settle(pilot)
        assert isinstance(app.screen, PlaceScreen)
        assert len(app.screen_stack) == depth, "it took the place of what was worked out"
        assert waiting.SAID not in screen_text(app)


async def test_a_page_that_comes_just_then_takes_its_place(app: NavigatorApp, held: Held) -> None:
    """It isn't laid out yet: what it is told later of coming to the fore is of no matter."""
    async with app.run_test() as pilot:
        await settle(pilot)
        app.open(ENGLAND)
        while not isinstance(app.screen, WaitingScreen):
            await asyncio.sleep(0)
        made = PlaceScreen(app.service.place_page("england:", app.day, "miles"), None)
        over = app._wait and app._wait.end()
        assert over is app.screen
        app.switch_screen(made)
        await pilot.pause()
        assert app.screen is made
        held.let_go.set()


async def test_what_is_left_while_it_is_worked_out_does_not_open(
    app: NavigatorApp, held: Held
) -> None:
    async with app.run_test() as pilot:
        before = await wait_for_england(pilot)
        await pilot.press("escape")
        held.let_go.set()
        await settle(pilot)
        assert app.screen is before


async def test_what_is_not_found_leads_back(app: NavigatorApp, held: Held) -> None:
    async with app.run_test() as pilot:
        before = await wait_for_england(pilot)
        held.fault = True
        held.let_go.set()
        await settle(pilot)
        assert app.screen is before
        assert "no such place" in told(app)


async def test_a_page_that_comes_under_the_help_is_there_once_that_is_closed(
    app: NavigatorApp, held: Held
) -> None:
    async with app.run_test() as pilot:
        before = await wait_for_england(pilot)
        await pilot.press("f1")
        held.let_go.set()
        await settle(pilot)
        assert isinstance(app.screen, HelpScreen), "what is read isn't taken away"
        await press(pilot, "escape")
        await settle(pilot)
        assert isinstance(app.screen, PlaceScreen)
        await press(pilot, "escape")
        assert app.screen is before


async def test_what_is_not_found_under_the_help_leads_back(app: NavigatorApp, held: Held) -> None:
    async with app.run_test() as pilot:
        before = await wait_for_england(pilot)
        await pilot.press("f1")
        held.fault = True
        held.let_go.set()
        await settle(pilot)
        await press(pilot, "escape")
        await settle(pilot)
        assert app.screen is before


async def test_a_page_that_is_there_at_once_says_nothing(
    app: NavigatorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 60)
    shown: list[object] = []
    monkeypatch.setattr(WaitingScreen, "on_mount", shown.append, raising=False)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.open(ENGLAND)
        await settle(pilot)
        assert isinstance(app.screen, PlaceScreen)
        assert not shown
