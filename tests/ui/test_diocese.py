"""A church school's diocese in the app: its page, its schools, its map."""

from __future__ import annotations

from pathlib import Path

import pytest

from navigator.core.keys import Key
from navigator.records.settings import Settings
from navigator.register import update_from
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.screens.body import BodyScreen
from navigator.ui.screens.map import MapScreen
from tests.register import made
from tests.ui.conftest import DAY


@pytest.fixture
def app(folders: Path) -> NavigatorApp:
    """The app on made schools of the diocese of Ely: the sample's files name no diocese."""
    ely = {"ReligiousCharacter (name)": "Church of England", "Diocese (name)": "Diocese of Ely"}
    made.write(folders, [{**row, **ely} for row in made.schools(4)])
    update_from(folders, folders / "data")
    service = Service()
    landscape = service.landscape(100_000, DAY)
    settings = Settings("navigator-dark", ask_school=False)
    return NavigatorApp(service, settings, landscape=landscape, as_at=DAY)


async def test_a_diocese_opens_with_its_schools_and_its_map(app: NavigatorApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.open(Key("diocese:ce/ely"), None)
        await app.workers.wait_for_complete()
        await pilot.pause()
        shown = app.screen
        assert isinstance(shown, BodyScreen)
        assert shown.page.title == "Diocese of Ely"
        assert len(shown.page.sections[-1].entries) == 4
        await pilot.press("v")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, MapScreen)
        assert app.screen.ground.title == "Diocese of Ely"
