"""U in the app: asks, fetches from a real server, stops, and shows the new register in place."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from navigator.core.keys import Key
from navigator.records.settings import Settings
from navigator.register import download, update_from
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.screens import update
from navigator.ui.screens.body import BodyScreen
from navigator.ui.screens.finder import FinderScreen
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.screens.update import UpdateScreen
from tests.register import made
from tests.register.server import Served, Turn, days_ago, serving
from tests.ui.steps import screen_text, settle, told

URN = 100_003
SIZE = (120, 40)


@pytest.fixture(autouse=True)
def today() -> None:
    """It is the day that it is: the server publishes its files under the days up to today."""


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    with serving() as served:
        monkeypatch.setenv("NAVIGATOR_REGISTER_URL", served.url)
        monkeypatch.setattr(download, "PAUSE", 0.01)
        served.publish(4_000)
        yield served


@pytest.fixture
def service(folders: Path) -> Iterator[Service]:
    """A made register of 3,900 schools, 61 days old."""
    load(folders, 61)
    service = Service()
    yield service
    service.close()


def load(tmp_path: Path, days: int) -> None:
    name = f"edubasealldata{days_ago(days):%Y%m%d}.csv"
    rows = made.schools(3_900)
    rows[3]["EstablishmentName"] = "Old Name Primary School"
    update_from(made.write(tmp_path, rows, name))


def app_of(service: Service, urn: int | None = URN) -> NavigatorApp:
    landscape = service.landscape(urn, date.today()) if urn else None
    return NavigatorApp(service, Settings(ask_school=False), landscape=landscape)


async def until_loaded(pilot: Pilot[None]) -> None:
    for _ in range(200):
        await pilot.pause(0.05)
        if not isinstance(pilot.app.screen, UpdateScreen):
            break
    await settle(pilot)


async def test_u_asks_and_nothing_is_fetched_before_enter(service: Service, served: Served) -> None:
    app = app_of(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("U")
        await settle(pilot)
        text = screen_text(app)
        assert "from 127.0.0.1" in text
        assert "uses the network only when you ask it to" in " ".join(text.split())
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
    assert served.asked == []


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_it_is_shown_in_place(
    service: Service, served: Served, size: tuple[int, int]
) -> None:
    app = app_of(service)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "Old Name Primary School" in screen_text(app)
        await pilot.press("U", "enter")
        await until_loaded(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        text = screen_text(app)
        assert "Made 3 Primary School" in text
        assert "Old Name" not in text
        assert f"DfE register {date.today().day} " in text
        assert "older than" not in text
        assert "4,000 open schools" in told(app)


async def test_every_screen_beneath_is_shown_anew(service: Service, served: Served) -> None:
    app = app_of(service, None)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "F10 updates" in screen_text(app)
        app.open(Key.school(URN))
        await settle(pilot)
        app.open("la:330", app.screen.landscape)  # type: ignore[attr-defined]  # of a school
        await settle(pilot)
        assert isinstance(app.screen, BodyScreen)
        assert "U updates" in screen_text(app)
        await pilot.press("U", "enter")
        await until_loaded(pilot)
        assert "updates" not in screen_text(app)
        assert "4,000" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert "Made 3 Primary School" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, FinderScreen)
        assert "updates" not in screen_text(app)
        await pilot.press(*"made 3999")
        await settle(pilot)
        assert "Made 3999 Primary School" in screen_text(app)


async def test_progress_and_esc_and_the_old_one_stays(
    service: Service, served: Served, tmp_path: Path
) -> None:
    served.slowly = 0.02
    before = (tmp_path / "data" / "current").read_text()
    app = app_of(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("U", "enter")
        for _ in range(100):
            await pilot.pause(0.05)
            if "MB/s" in screen_text(app):
                break
        text = screen_text(app)
        assert "Fetching schools" in text
        assert "Esc Stop" in text
        assert "Enter" not in text.splitlines()[-1]
        assert "s left" in text
        assert service.search("old name")[0].urn == URN, "the old one answers meanwhile"
        await pilot.press("escape")
        await until_loaded(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        assert "nothing was changed" in told(app)
        assert "Old Name Primary School" in screen_text(app)
    assert (tmp_path / "data" / "current").read_text() == before


async def test_the_app_answers_while_the_server_is_slow(
    service: Service, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "QUIET_SECONDS", 0.3)
    served.always = Turn(cut=0.1, stall=5)
    app = app_of(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("U", "enter")
        for _ in range(100):
            await pilot.pause(0.05)
            if served.sent:
                break
        loop = asyncio.get_running_loop()
        beats, end = 0, loop.time() + 1
        while loop.time() < end:
            await asyncio.sleep(0.005)
            beats += 1
        assert isinstance(app.screen, UpdateScreen)
        assert beats > 20, "each would be one long wait if the loop stood still"
        text = screen_text(app)
        assert "nothing comes at the moment" in text
        assert "s left" not in text
        await pilot.press("escape")
        await until_loaded(pilot)
        assert isinstance(app.screen, LandscapeScreen)


async def test_what_went_wrong_stands_there_and_enter_tries_again(
    service: Service, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.always = Turn(403, only="HEAD")
    served.turns = [Turn(403)]
    app = app_of(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("U", "enter")
        await settle(pilot)
        await pilot.pause(0.2)
        text = str(app.screen.query_one("#update-said", Static).content)
        assert "refuses to give the register (403)" in text
        assert text.startswith("Not updated. 127.0.0.1")
        assert "\n\nOr take the file by hand from https://" in text
        assert text.endswith("navigator update --from FILE")
        assert "Still in use: England, " in screen_text(app)
        assert "Enter Try again" in screen_text(app).splitlines()[-1]
        opened: list[str] = []
        monkeypatch.setattr(app, "open_website", opened.append)
        await pilot.press("o")
        assert opened == ["https://get-information-schools.service.gov.uk/Downloads"]
        served.always = None
        await pilot.press("enter")
        await until_loaded(pilot)
        assert "Made 3 Primary School" in screen_text(app)


async def test_what_was_refused_today_is_told_and_enter_fetches_it_all_the_same(
    service: Service, served: Served
) -> None:
    async def said() -> str:
        await settle(pilot)
        await pilot.pause(0.2)
        return str(app.screen.query_one("#update-said", Static).content)

    served.publish(2_000)
    app = app_of(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("U", "enter")
        assert "probably not whole" in await said()
        await pilot.press("escape", "U", "enter")
        again = await said()
        assert "was refused earlier today, so it wasn't fetched again" in again
        assert again.endswith("Enter fetches it again all the same.")
        assert len(served.got(served.schools)) == 1
        await pilot.press("enter")
        assert "probably not whole" in await said()
        assert len(served.got(served.schools)) == 2


async def test_leaving_the_app_stops_it(service: Service, served: Served, tmp_path: Path) -> None:
    served.slowly = 0.2
    before = (tmp_path / "data" / "current").read_text()
    app = app_of(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("U", "enter")
        await pilot.pause(0.3)
        await pilot.press("ctrl+q")
    assert (tmp_path / "data" / "current").read_text() == before


async def test_a_bad_address_is_one_sentence(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAVIGATOR_REGISTER_URL", "ftp://nowhere")
    app = app_of(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("U")
        await settle(pilot)
        assert "NAVIGATOR_REGISTER_URL is “ftp://nowhere”" in told(app)
        assert isinstance(app.screen, LandscapeScreen)


@pytest.mark.parametrize(("days", "old"), [(60, False), (61, True)])
@pytest.mark.parametrize("size", [(160, 50), (120, 40), (80, 24)])
async def test_an_old_register_is_said_quietly(
    service: Service, tmp_path: Path, size: tuple[int, int], days: int, old: bool
) -> None:
    load(tmp_path, days)
    service.reload()
    app = app_of(service)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        said = "older than 60 days: U updates" if size[0] > 100 else "old: U updates"
        assert (said in screen_text(app)) is old
        assert told(app) == ""


async def test_another_day_goes_before_the_age(service: Service) -> None:
    day = days_ago(400)
    app = NavigatorApp(service, Settings(), landscape=service.landscape(URN, day), as_at=day)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        assert f"as at {day.day} " in screen_text(app)
