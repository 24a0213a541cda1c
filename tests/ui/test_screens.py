"""What a head sees and can do, by keyboard, on the embedded sample."""

from __future__ import annotations

import re
import webbrowser
from contextlib import suppress
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static
from textual.worker import WorkerCancelled

from navigator.records import settings
from navigator.ui import clipboard
from navigator.ui.app import NavigatorApp
from navigator.ui.screens.detail import DetailScreen
from navigator.ui.screens.finder import FinderScreen
from navigator.ui.screens.help import HelpScreen
from navigator.ui.screens.landscape import PANELS, LandscapeScreen
from navigator.ui.widgets.entries import EntryList
from tests.ui.conftest import SCHOOL, AppMaker

SIZES = [(160, 50), (120, 40), (80, 24), (40, 15)]


def screen_text(app: NavigatorApp) -> str:
    """What stands on the screen, line by line."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text[:width] for strip in strips[:height])


async def settle(pilot: Pilot[None]) -> None:
    """Wait until nothing is under way; a newer search cancels the one before it."""

    def busy() -> bool:
        saving = getattr(pilot.app.screen, "saving", False)  # a form's, off the event loop
        return saving or any(worker.is_running for worker in pilot.app.workers)

    while busy():
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.01)
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_school_and_its_hubs_are_on_the_first_screen(
    make_app: AppMaker, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert "Sneinton St Stephen's" in text
        assert "YOUR AREA'S HUBS" in text
        assert "East Midlands" in text
        assert "F1 Help" in text
        assert "q Quit" in text
        assert "Sample: 3 areas" in text
        if size[0] >= 112:
            assert "3 From the ground" in text
            assert "Transform Trust" in text
            assert "NEAREST PRIMARIES" in text
        else:
            assert "2 From the middle" in text or "2 Middle" in text


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_no_line_is_wider_than_the_terminal(
    make_app: AppMaker, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        for key in "123":
            await pilot.press(key)
            for entries in app.screen.query(EntryList):
                if not entries.size:
                    continue  # another tab
                assert entries.virtual_size.width <= entries.size.width


async def test_keys_move_between_columns_and_enter_opens_the_detail(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.focused is not None
        assert app.focused.id == "top"
        await pilot.press("right")
        assert app.focused.id == "middle"
        assert "TRUST" in screen_text(app)
        await pilot.press("enter")
        assert isinstance(app.screen, DetailScreen)
        text = screen_text(app)
        assert "Transform Trust" in text
        assert "small 2–5 schools" in text
        await pilot.press("escape")
        assert isinstance(app.screen, LandscapeScreen)
        await pilot.press("1")
        assert app.focused.id == "top"


async def test_a_detail_says_why_and_how_sure_and_from_where(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        text = screen_text(app)
        for word in ("Claim", "Your area's hub", "Why", "Confidence", "Source", "Checked", "Lead"):
            assert word in text


async def test_every_entry_of_every_column_opens(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        for panel in PANELS:
            entries = app.screen.query_one(f"#{panel}", EntryList)
            for number, option in enumerate(entries.options):
                if option.disabled:
                    continue
                entries.focus()
                entries.highlighted = number
                await pilot.press("enter")
                assert isinstance(app.screen, DetailScreen), option
                await pilot.press("escape")
                assert isinstance(app.screen, LandscapeScreen)


async def test_from_a_nearby_school_its_own_landscape_opens_and_escape_returns(
    make_app: AppMaker,
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3", "enter")
        detail = app.screen
        assert isinstance(detail, DetailScreen)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        assert app.screen.landscape.school.urn != SCHOOL
        await pilot.press("escape")
        assert isinstance(app.screen, LandscapeScreen)
        assert app.screen.landscape.school.urn == SCHOOL


async def test_escape_from_the_first_landscape_goes_to_the_finder_and_never_quits(
    make_app: AppMaker,
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        assert isinstance(app.screen, FinderScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, LandscapeScreen)
        assert app.is_running


async def test_the_finder_finds_as_you_type_and_opens(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Type any of these" in screen_text(app)
        await pilot.press(*"sneinton")
        await settle(pilot)
        assert "Sneinton St Stephen's" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        assert "Sneinton" in app.screen.landscape.school.name


async def test_the_finder_moves_with_arrows_while_the_box_keeps_the_focus(
    make_app: AppMaker,
) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"academy")
        await settle(pilot)
        results = app.screen.query_one(EntryList)
        first = results.entry
        await pilot.press("down")
        assert results.entry is not first
        assert isinstance(app.focused, Input)


async def test_the_finder_says_what_to_do_when_nothing_matches(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"zzzqqq")
        await settle(pilot)
        text = screen_text(app)
        assert "No school matches" in text
        assert "run: navigator update" in text


@pytest.mark.parametrize(
    "typed", ["[bold]x[/bold]", "[@click=app.quit]x", "\x1b[31mred", "“”'\"*(", "x" * 500]
)
async def test_what_is_typed_is_data(make_app: AppMaker, typed: str) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(Input).value = typed
        await settle(pilot)
        said = app.screen.query_one("#finder-said", Static)
        assert "No school matches" in str(said.render())
        assert app.is_running


async def test_enter_never_outruns_what_was_typed_before_it(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"sneinton")
        await settle(pilot)
        app.screen.query_one(Input).value = "122416"  # pasted over, Enter at once
        await pilot.press("enter")
        for _ in range(3):
            await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        assert app.screen.landscape.school.urn == 122416


async def test_the_cursor_shows_without_colour(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        marked = [line for line in screen_text(app).splitlines() if line.startswith("▌")]
        assert marked[0].startswith("▌Maths")
        await pilot.press("down")
        marked = [line for line in screen_text(app).splitlines() if line.startswith("▌")]
        assert marked[0].startswith("▌Teaching")


@pytest.mark.parametrize("first", [[], ["f1"], ["enter"], ["enter", "enter"], ["d"], ["a"]])
async def test_ctrl_q_quits_from_every_screen(make_app: AppMaker, first: list[str]) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for key in first:
            await pilot.press(key)
            await settle(pilot)
        await pilot.press("ctrl+q")
        assert app._exit


async def test_copy_says_what_was_copied(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "copy", lambda _: True)  # not the developer's own
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3", "y")
        await settle(pilot)
        assert app.clipboard.isdigit()
        assert f"Copied: {app.clipboard}" in [n.message for n in app._notifications]


async def test_only_web_addresses_are_opened(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda url: bool(opened.append(url)) or True)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        for panel in PANELS:
            entries = app.screen.query_one(f"#{panel}", EntryList)
            entries.focus()
            for number, option in enumerate(entries.options):
                if not option.disabled:
                    entries.highlighted = number
                    await pilot.press("o")
        await settle(pilot)
    assert opened
    assert all(url.startswith(("http://", "https://")) for url in opened)


async def test_help_shows_keys_and_words_at_every_size(make_app: AppMaker) -> None:
    for size in SIZES:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            await pilot.press("f1")
            assert isinstance(app.screen, HelpScreen)
            assert "Enter" in screen_text(app)
            await pilot.press("escape")
            assert isinstance(app.screen, LandscapeScreen)


async def test_the_footer_fits_at_80_columns(make_app: AppMaker) -> None:
    for urn in (None, SCHOOL):
        app = make_app(urn)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            keys = screen_text(app).splitlines()[-1]
            assert "Help" in keys
            assert "Quit" in keys
            assert "Esc" in keys


async def test_a_theme_is_remembered(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = "navigator-light"
        await settle(pilot)
    assert settings.load().theme == "navigator-light"


async def test_kilometres_are_shown_and_remembered(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        assert re.search(r"\d mi\b", screen_text(app))
        app.set_units("km")
        await settle(pilot)
        assert re.search(r"\d km\b", screen_text(app))
        assert not re.search(r"\d mi\b", screen_text(app))
    assert settings.load().units == "km"


async def test_a_broken_settings_file_is_said_and_kept(make_app: AppMaker, tmp_path: Path) -> None:
    file = tmp_path / "config" / "settings.toml"
    file.parent.mkdir()
    file.write_text("units = [broken", "utf-8")
    given = settings.load()
    assert str(file) in given.problem
    settings.save(units="km")
    assert settings.load().units == "km"
    assert file.with_suffix(".broken-1.toml").read_text("utf-8") == "units = [broken"


async def test_a_rewrite_keeps_comments_and_unknown_keys(
    make_app: AppMaker, tmp_path: Path
) -> None:
    file = tmp_path / "config" / "settings.toml"
    file.parent.mkdir()
    file.write_text('# mine\nunits = "miles"  # for now\nother = 3\n', "utf-8")
    settings.save(units="km")
    assert file.read_text("utf-8") == '# mine\nunits = "km"  # for now\nother = 3\n'
