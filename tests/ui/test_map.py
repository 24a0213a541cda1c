"""The map on its screen: opened by a key, panned, zoomed, its schools named and opened."""

from __future__ import annotations

import gc

import pytest
from textual.strip import Strip

from navigator.ui.screens.body import BodyScreen
from navigator.ui.screens.detail import DetailScreen
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.screens.map import MapScreen
from navigator.ui.widgets.entries import EntryList, EntryOption
from navigator.ui.widgets.map import MapView
from tests.ui.conftest import SCHOOL, AppMaker
from tests.ui.steps import go_to, screen_text, settle


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_the_cursor_names_a_school_and_enter_opens_it(
    make_app: AppMaker, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("v")
        await settle(pilot)
        assert isinstance(app.screen, MapScreen)
        view = app.screen.query_one(MapView)
        text = screen_text(app)
        assert "Around Sneinton St Stephen's" in text
        assert "your school · Transform Trust" in text
        assert " mi " in text
        assert "north" in text
        assert view.view
        before, cursor = view.view, view.cursor
        await pilot.press("plus")
        assert view.view.km_a_cell < before.km_a_cell
        assert view.point
        assert view.point.urn == SCHOOL
        assert view.cursor == cursor
        await pilot.press("minus", "l")
        assert view.view.km_a_cell == pytest.approx(before.km_a_cell)
        assert view.view.east > before.east
        await pilot.press("h", "left", "up")
        assert view.cursor == (cursor[0] - 1, cursor[1] - 1)
        assert "Nearest, " in screen_text(app)
        await pilot.press("home")
        assert view.point.urn == SCHOOL
        await pilot.press("tab")
        await pilot.pause()
        other = view.point
        assert other
        assert other.urn != SCHOOL
        text = screen_text(app)
        assert other.name[:40] in text
        assert "from your school" in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        assert app.screen.landscape.school.urn == other.urn
        await pilot.press("escape")
        assert isinstance(app.screen, MapScreen)


async def test_one_key_turns_phase_to_governance_and_others_switch_layers(
    make_app: AppMaker,
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("v")
        await settle(pilot)
        text = screen_text(app)
        assert "schools by phase" in text
        assert "primary" in text
        assert "▼" in text
        assert "boundary" in text
        await pilot.press("z", "3")
        await pilot.pause()
        text = screen_text(app)
        assert "schools by governance" in text
        assert "large multi-academy trust" in text
        view = app.screen.query_one(MapView)
        assert not any("▼" in view.render_line(y).text for y in range(view.size.height))
        await pilot.press("b")
        await settle(pilot)
        assert "★" in screen_text(app)
        assert f"school:{SCHOOL}" in {m.about for m in app.record.bookmarks}


def median_of(entries: EntryList) -> str:
    """The text of the line that tells how far apart a trust's schools are."""
    told = [option.entry for option in entries.options if isinstance(option, EntryOption)]
    return next(entry.text for entry in told if entry.label == "Apart")


async def test_a_trusts_page_leads_to_the_map_of_its_schools(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("2", "down", "enter")
        await settle(pilot)
        assert isinstance(app.screen, BodyScreen)
        entries = app.screen.query_one(EntryList)
        await go_to(pilot, median_of(entries))
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, DetailScreen)
        assert "How it is counted" in screen_text(app)
        await pilot.press("escape", "v")
        await settle(pilot)
        assert isinstance(app.screen, MapScreen)
        text = screen_text(app)
        assert "Transform Trust   Map · Trust" in text
        assert "13 schools in view" in text
        assert "other schools: off" in text
        await pilot.press("5")
        await pilot.pause()
        assert "other schools: off" not in screen_text(app)


async def test_a_page_without_schools_says_that_it_has_no_map(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        app.open("sources:", None)
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot)
        assert isinstance(app.screen, BodyScreen)
        (said,) = app._notifications
        assert said.message == "There is no map of this page: it gathers no schools."


async def test_the_console_gets_ascii(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("v")
        await settle(pilot)
        assert isinstance(app.screen, MapScreen)
        view = app.screen.query_one(MapView)
        drawn = [view.render_line(y).text for y in range(view.size.height)]
        assert "".join(drawn).isascii()
        assert "@" in "".join(drawn)


async def test_the_cursor_shows_without_colour(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("v")
        await settle(pilot)
        view = app.screen.query_one(MapView)
        _, y = view.cursor
        turned = [
            segment.text
            for segment in view.render_line(y)
            if segment.style and segment.style.reverse
        ]
        assert turned == ["◆"]
        await pilot.press("down")
        (sign,) = [
            segment.text
            for segment in view.render_line(y + 1)
            if segment.style and segment.style.reverse
        ]
        assert sign.strip(), "seen on an empty cell, too"


async def test_a_map_that_was_left_takes_no_memory(make_app: AppMaker) -> None:
    app = make_app()
    painted = []
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(5):
            await pilot.press("v")
            await settle(pilot)
            assert isinstance(app.screen, MapScreen)
            await pilot.press("escape")
            await settle(pilot)
            gc.unfreeze()
            gc.collect()
            painted.append(sum(isinstance(thing, Strip) for thing in gc.get_objects()))
    # Of each map that stayed, 24 lines and more
    assert painted[-1] < painted[0] + 24
