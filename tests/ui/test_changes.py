"""What changed, on screen: told on the finder, marked until looked at, followed from a list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from navigator.core.keys import Key
from navigator.core.record import Bookmark
from navigator.records import RecordStore
from navigator.records.settings import Settings
from navigator.register import Outcome, opening, update_from
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.forms.form import FormScreen
from navigator.ui.screens.changes import ChangesScreen
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.screens.update import UpdateScreen
from tests.register import made
from tests.ui.conftest import DAY
from tests.ui.steps import press, screen_text, settle, told

HOME = 100_000
SIZE = (120, 40)


@pytest.fixture
def updated(folders: Path) -> Path:
    """Two registers, one after the other: a school closed between them, another was renamed."""
    before, after = made.schools(40), made.schools(40)
    after[1] |= {"EstablishmentName": "[bold]Renamed[/] \x1b[31mSchool"}
    after[2] |= {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2026"}
    update_from(made.write(folders, before, "edubasealldata20260101.csv"), folders / "data")
    update_from(made.write(folders, after, "edubasealldata20260901.csv"), folders / "data")
    return folders


@pytest.fixture
def service(updated: Path) -> Iterator[Service]:
    service = Service()
    yield service
    service.close()


def an_app(service: Service) -> NavigatorApp:
    return NavigatorApp(service, Settings(school=HOME))


async def test_told_on_the_finder_until_seen(service: Service, updated: Path) -> None:
    app = an_app(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert " changes since 1 Jan 2026: F12 shows" in screen_text(app)
        await press(pilot, "f12")
        assert isinstance(app.screen, ChangesScreen)
        shown = screen_text(app)
        assert "1 January 2026 to 1 September 2026" in shown
        assert "CLOSED 1" in shown
        assert "RENAMED 1" in shown
        assert "[bold]Renamed[/] [31mSchool" in shown
        assert "was Made 1 Primary School" in shown
        await press(pilot, "escape")
        assert "changes since" not in screen_text(app)
    again = an_app(Service())
    async with again.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "changes since" not in screen_text(again), "seen is seen, in the next start too"
    assert "2026-01-01 to 2026-09-01" in (updated / "config" / "seen.toml").read_text("utf-8")


async def test_a_mark_stands_beside_what_changed_until_seen(
    service: Service, updated: Path
) -> None:
    RecordStore(updated / "config").add(
        Bookmark(about=Key("school:100001"), name="Made 1 Primary School")
    )
    app = an_app(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "Δ ★" in screen_text(app), "the bookmark on the finder"
        app.open(Key.school(HOME))
        await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        await press(pilot, "3")
        assert "Δ" in screen_text(app), "the school next door"
        await press(pilot, "w")
        assert isinstance(app.screen, ChangesScreen), "w where no letters are typed"
        await press(pilot, "escape")
        await settle(pilot)
        assert "Δ" not in screen_text(app)
        assert "★" in screen_text(app)


async def test_a_line_leads_to_its_school(service: Service) -> None:
    app = an_app(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f12", "enter")
        assert isinstance(app.screen, LandscapeScreen)
        assert app.screen.landscape.school.urn == 100_002, "closed comes first"
        await press(pilot, "escape")
        assert isinstance(app.screen, ChangesScreen)


async def test_another_register_taken_into_use_is_told_at_once(
    service: Service, updated: Path
) -> None:
    app = an_app(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f12", "escape")
        rows = made.schools(40)
        rows[3] |= {"EstablishmentName": "Another Name"}
        update_from(made.write(updated, rows, "edubasealldata20261001.csv"), updated / "data")
        app.service.close()
        app.register_changed(Outcome(taken=True, info=app.service.info))
        await settle(pilot)
        assert "changes since 1 Sep 2026 around you: F12 shows what" in told(app)
        assert "changes since 1 Sep 2026: F12 shows" in screen_text(app)


@pytest.mark.usefixtures("folders")
async def test_with_nothing_to_compare_a_sentence() -> None:
    app = NavigatorApp(Service(), Settings())
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f12")
        assert not isinstance(app.screen, ChangesScreen)
        assert "No register from before" in told(app)


async def test_where_nothing_can_be_written_marks_go_for_now(
    service: Service, updated: Path
) -> None:
    (updated / "config").write_text("a file where the folder should be")
    app = an_app(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f12")
        assert isinstance(app.screen, ChangesScreen)
        assert "wasn't saved" in told(app)
        await press(pilot, "escape")
        assert "changes since" not in screen_text(app)


def test_seen_survives_what_someone_wrote_in_the_file(updated: Path) -> None:
    from datetime import date

    days = date(2026, 1, 1), date(2026, 9, 1)
    config = updated / "config"
    config.mkdir()
    for text in ("seen = 5", "not toml [", 'seen = ["\\"x", 3]', "\xff"):
        (config / "seen.toml").write_text(text, "latin-1")
        records = RecordStore(config)
        assert not records.has_seen(*days)
        records.saw(*days)
        assert records.has_seen(*days)
    for month in range(1, 13):
        for day in (1, 2, 3):
            records.saw(days[0], date(2027, month, day))
    assert (config / "seen.toml").stat().st_size < 1_000
    assert records.has_seen(days[0], date(2027, 12, 3))


async def test_they_never_open_over_a_form_nor_twice(service: Service, updated: Path) -> None:
    app = NavigatorApp(service, Settings(school=HOME), landscape=service.landscape(HOME, DAY))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "N")
        app.open("changes:")  # asked for before, and there only now
        await settle(pilot)
        assert isinstance(app.screen, FormScreen)
        await press(pilot, "escape", "f12", "f12")
        assert sum(isinstance(screen, ChangesScreen) for screen in app.screen_stack) == 1
        await press(pilot, "U")
        assert isinstance(app.screen, UpdateScreen)
        await press(pilot, "escape", "escape", "f10")
        assert isinstance(app.screen, UpdateScreen), "F10 updates wherever one is"


def test_a_damaged_register_does_not_cost_the_last_good_one(updated: Path) -> None:
    data = updated / "data"
    using, before = opening.names(data)
    (data / using).write_bytes(b"damaged")
    update_from(made.write(updated, made.schools(41), "edubasealldata20261001.csv"), data)
    assert opening.names(data)[1] == before
    assert (data / before).exists()
    assert not (data / using).exists()


async def test_a_register_swapped_meanwhile_is_compared_anew(
    service: Service, updated: Path
) -> None:
    app = an_app(service)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "f12")
        assert "1 January 2026 to 1 September 2026" in screen_text(app)
        newest = made.schools(40)
        newest[5] |= {"EstablishmentStatus (name)": "Closed", "CloseDate": "30-09-2026"}
        info = update_from(
            made.write(updated, newest, "edubasealldata20261001.csv"), updated / "data"
        )
        service.reload()
        app.register_changed(Outcome(taken=True, info=info))
        await settle(pilot)
        assert isinstance(app.screen, ChangesScreen)
        shown = screen_text(app)
        assert "1 September 2026 to 1 October 2026" in shown
        assert "Made 5 Primary School" in shown
        assert app.news == ""
        await press(pilot, "escape")
        assert "F12 shows" not in screen_text(app), "they were on screen"


async def test_without_a_school_set_it_says_what_was_not_looked_at(service: Service) -> None:
    for school, said in ((None, True), (HOME, False)):
        app = NavigatorApp(service, Settings(school=school))
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "f12")
            assert ("nearby schools and hubs weren't looked at" in screen_text(app)) is said
