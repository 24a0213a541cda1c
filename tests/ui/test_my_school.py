"""The head's own school: asked once, remembered, opened first, never left by one Esc."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from navigator.cli import run
from navigator.core.keys import Key
from navigator.core.record import Note
from navigator.records import settings
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.screens.body import BodyScreen
from navigator.ui.screens.finder import FinderScreen
from navigator.ui.screens.landscape import LandscapeScreen
from tests.ui.conftest import DAY, SCHOOL
from tests.ui.steps import press, screen_text, settle, told


def first_start(service: Service) -> NavigatorApp:
    return NavigatorApp(service, settings.load(), as_at=DAY)


async def look_up(pilot: Pilot[None], urn: int) -> None:
    await pilot.press(*str(urn), "enter")
    for _ in range(3):
        await settle(pilot)


async def test_of_the_first_school_looked_up_it_asks_and_takes_no_key(service: Service) -> None:
    app = first_start(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await look_up(pilot, SCHOOL)
        assert isinstance(app.screen, LandscapeScreen)
        assert "Is this your school? Y makes it yours" in told(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, BodyScreen), "it acts on the landscape"
        assert settings.load().school is None
        await press(pilot, "escape", "Y")
        assert "★ your school" in screen_text(app)
    assert settings.load().school == SCHOOL


async def test_going_on_is_a_no_that_is_remembered(service: Service) -> None:
    for asks in (True, False):
        app = first_start(service)
        async with app.run_test(size=(80, 24)) as pilot:
            for number in range(2):
                await look_up(pilot, SCHOOL)
                assert ("your school?" in told(app)) is (asks and not number)
                app.clear_notifications()
                await press(pilot, "slash")
        assert settings.load().school is None
        assert not settings.load().ask_school


async def test_a_school_made_ones_own_by_a_slip_is_taken_back(service: Service) -> None:
    for before in (None, 122416):
        settings.save(school=before)
        landscape = service.landscape(SCHOOL, DAY)
        app = NavigatorApp(service, settings.load(), landscape=landscape, as_at=DAY)
        async with app.run_test(size=(80, 24)) as pilot:
            await press(pilot, "Y")
            assert settings.load().school == SCHOOL
            assert "Y undoes it" in told(app)
            await press(pilot, "Y")
            assert settings.load().school == before
            assert "★ your school" not in screen_text(app)
            await press(pilot, "Y")
            assert settings.load().school == SCHOOL


async def test_on_ones_own_school_y_says_how_to_have_none(service: Service) -> None:
    settings.save(school=SCHOOL)
    landscape = service.landscape(SCHOOL, DAY)
    app = NavigatorApp(service, settings.load(), landscape=landscape, as_at=DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "Y")
        assert "To have none: Ctrl+P, Settings" in told(app)
        assert settings.load().school == SCHOOL
        await press(pilot, "ctrl+p", *"settings", "enter", "backspace", "ctrl+s")
        assert settings.load().school is None


async def test_escape_never_leaves_ones_own_school(service: Service) -> None:
    mine = Settings(school=SCHOOL)
    app = NavigatorApp(service, mine, landscape=service.landscape(SCHOOL, DAY), as_at=DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        assert isinstance(app.screen, LandscapeScreen)
        assert any("This is your school." in n.message for n in app._notifications)
        await pilot.press("slash")
        assert isinstance(app.screen, FinderScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, LandscapeScreen)


async def test_another_schools_landscape_says_whose_it_is(service: Service) -> None:
    mine = Settings(school=SCHOOL)
    app = NavigatorApp(service, mine, landscape=service.landscape(SCHOOL, DAY), as_at=DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "✓ yours" in screen_text(app)
        await pilot.press("3", "enter")
        await settle(pilot)
        text = screen_text(app)
        assert "› William Booth Primary and Nursery School: its hubs" in text
        assert "WHO HELPS THIS SCHOOL WITH" in text
        assert "✓ its" in text
        assert "✓ yours" not in text
        await pilot.resize_terminal(120, 90)
        await settle(pilot)
        text = " ".join(screen_text(app).split())
        assert "● the same as its own, · another or none" in text
        assert "share its Teaching School Hub" in text
        assert "partnerships in areas near its own or like it" in text
        await pilot.resize_terminal(80, 24)
        await pilot.press("escape")
        await pilot.pause()
        assert "3 NEXT DOOR  nearest primaries" in screen_text(app)


@pytest.mark.parametrize("held", [None, SCHOOL, 999_999])
def test_navigator_alone_opens_ones_own_school(
    service: Service, monkeypatch: pytest.MonkeyPatch, held: int | None
) -> None:
    assert service  # the folders of its own
    if held:
        settings.save(school=held)
    opened: list[NavigatorApp] = []
    monkeypatch.setattr(NavigatorApp, "run", lambda app: opened.append(app))  # noqa: PLW0108 - a bound one gets no app
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    run([])
    landscape = opened[0]._first
    # One that the register in use doesn't hold leaves the finder.
    assert (landscape.school.urn if landscape else None) == (held if held == SCHOOL else None)


async def test_a_school_opened_by_its_urn_is_in_recent(service: Service) -> None:
    app = NavigatorApp(service, Settings(), landscape=service.landscape(SCHOOL, DAY), as_at=DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
    assert [school.urn for school in service.record().recents] == [SCHOOL]


async def test_the_school_that_followed_ones_own_is_ones_own(service: Service) -> None:
    before = service.landscape(SCHOOL, DAY).predecessors[0].urn
    mine = Settings(school=before)
    app = NavigatorApp(service, mine, landscape=service.landscape(before, DAY), as_at=DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "★ your school" in screen_text(app)
        assert "✓ yours" in screen_text(app)


async def test_what_is_due_anywhere_stands_on_ones_own_school(service: Service) -> None:
    service.records.add(
        Note(about=Key.school(122416), name="Elsewhere", text="Ring them", day=DAY, again=DAY)
    )
    landscape = service.landscape(SCHOOL, DAY)
    for school, shown in ((SCHOOL, True), (None, False)):
        app = NavigatorApp(service, Settings(school=school), landscape=landscape, as_at=DAY)
        async with app.run_test(size=(120, 50)) as pilot:
            await settle(pilot)
            assert ("Ring them" in screen_text(app)) is shown


async def test_in_a_low_wide_terminal_the_answer_is_a_strip(service: Service) -> None:
    landscape = service.landscape(SCHOOL, DAY)
    app = NavigatorApp(service, Settings(), landscape=landscape, as_at=DAY)
    async with app.run_test(size=(140, 24)) as pilot:
        await pilot.pause()
        assert "Yours nothing yet" in screen_text(app)
        await pilot.resize_terminal(140, 40)
        await pilot.pause()
        assert "WHY THEM" in screen_text(app)
