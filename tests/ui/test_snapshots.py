"""Pictures of every screen, pinned in size, theme and day; `--snapshot-update` takes them anew.

Look at each new picture before you commit it. The `dev` extra pins Textual, or a release of its own
would change them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.screens.landscape import LandscapeScreen
from tests.tools import made_plan, made_record
from tests.ui.conftest import DAY, SCHOOL, AppMaker
from tests.ui.steps import press, settle

Snap = Callable[..., bool]

SIZES = {
    "120x40": (120, 40),
    "80x24": (80, 24),
    "160x50": (160, 50),
    "60x20": (60, 20),
    "40x15": (40, 15),
}


@pytest.mark.parametrize("size", SIZES)
def test_landscape(snap_compare: Snap, make_app: AppMaker, size: str) -> None:
    assert snap_compare(make_app(), terminal_size=SIZES[size])


@pytest.mark.parametrize("theme", ["navigator-light", "navigator-contrast"])
def test_landscape_in_other_themes(snap_compare: Snap, make_app: AppMaker, theme: str) -> None:
    assert snap_compare(make_app(theme=theme), terminal_size=(120, 40))


@pytest.mark.parametrize("panel", ["2", "3"])
def test_landscape_panel(snap_compare: Snap, make_app: AppMaker, panel: str) -> None:
    assert snap_compare(make_app(), terminal_size=(80, 24), press=[panel])


def test_landscape_of_another_school(snap_compare: Snap, make_app: AppMaker) -> None:
    way = pressed(["3", "enter"])
    assert snap_compare(make_app(), terminal_size=(80, 24), run_before=way)


def test_landscape_unfolded(snap_compare: Snap, make_app: AppMaker) -> None:
    """What has ended, and the partnerships of other areas, shown by their lines."""
    way = pressed(["2", "up", "enter"])
    assert snap_compare(make_app(), terminal_size=(120, 40), run_before=way)


@pytest.mark.parametrize("size", ["120x40", "80x24"])
def test_detail(snap_compare: Snap, make_app: AppMaker, size: str) -> None:
    assert snap_compare(make_app(), terminal_size=SIZES[size], press=["i"])


TRUST, HUB = "trust:5456", "hub:maths-hub/east-midlands-west"
PAGES = {
    "trust": (TRUST, 0),
    "trust-map": (TRUST, 11),
    "hub-map": (HUB, 11),
    "hub-schools": ("hub-schools:maths-hub/east-midlands-west", 0),
}


@pytest.mark.parametrize("size", ["80x24", "120x40", "160x50"])
@pytest.mark.parametrize("page", PAGES)
def test_page(snap_compare: Snap, make_app: AppMaker, page: str, size: str) -> None:
    assert snap_compare(make_app(), terminal_size=SIZES[size], run_before=opened(*PAGES[page]))


def test_page_in_the_light(snap_compare: Snap, make_app: AppMaker) -> None:
    app = make_app(theme="navigator-light")
    assert snap_compare(app, terminal_size=(120, 40), run_before=opened(TRUST, 0))


LOCAL = {
    "overlap": ["l"],
    "grid": ["l", "end"],
    "profile": ["l", "f", "f", "l"],
    "years": ["l", "f", "f", "l", "pagedown"],
    "alike": ["l", "f", "f", "l", "l"],
    "compared": ["l", "f", "f", "l", "l", "down", "equals_sign"],
    "schools": ["3", "equals_sign"],
}


@pytest.mark.parametrize("size", ["80x24", "120x40"])
@pytest.mark.parametrize("what", LOCAL)
def test_local(snap_compare: Snap, make_app: AppMaker, what: str, size: str) -> None:
    assert snap_compare(make_app(), terminal_size=SIZES[size], run_before=pressed(LOCAL[what]))


@pytest.mark.parametrize("what", ["overlap", "profile"])
def test_local_wide_and_light(snap_compare: Snap, make_app: AppMaker, what: str) -> None:
    app = make_app(theme="navigator-light")
    assert snap_compare(app, terminal_size=(160, 50), run_before=pressed(LOCAL[what]))


PLAN = {
    "list": ["P"],
    "year": ["P", "2"],
    "money": ["P", "3"],
    "coverage": ["P", "4"],
    "days": ["P", "5"],
    "activity": ["P", "enter"],
    "form": ["P", "a"],
}


@pytest.mark.parametrize("size", ["80x24", "120x40"])
@pytest.mark.parametrize("what", PLAN)
def test_plan(snap_compare: Snap, service: Service, tmp_path: Path, what: str, size: str) -> None:
    app = planned(service, tmp_path)
    assert snap_compare(app, terminal_size=SIZES[size], run_before=pressed(PLAN[what]))


@pytest.mark.parametrize("what", ["year", "activity"])
def test_plan_wide_and_light(
    snap_compare: Snap, service: Service, tmp_path: Path, what: str
) -> None:
    app = planned(service, tmp_path, "navigator-light")
    assert snap_compare(app, terminal_size=(160, 50), run_before=pressed(PLAN[what]))


def planned(service: Service, tmp_path: Path, theme: str = "navigator-dark") -> NavigatorApp:
    """The app over a made-up plan."""
    made_plan.write(tmp_path / "config")
    landscape = service.landscape(SCHOOL, DAY)
    settings = Settings(theme, school=SCHOOL, supply_rate=210)
    return NavigatorApp(service, settings, landscape=landscape, as_at=DAY)


def opened(key: str, down: int) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Opens a body's page and moves the cursor down."""

    async def open_it(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, NavigatorApp)
        home = app.screen_stack[0]
        assert isinstance(home, LandscapeScreen)
        app.open(key, home.landscape)
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press(*["down"] * down)

    return open_it


def test_help(snap_compare: Snap, make_app: AppMaker) -> None:
    assert snap_compare(make_app(), terminal_size=(80, 24), press=["f1"])


@pytest.mark.parametrize("typed", ["", "st mary", "zzqq"])
def test_finder(snap_compare: Snap, make_app: AppMaker, typed: str) -> None:
    async def type_it(pilot: Pilot[None]) -> None:
        box = pilot.app.screen.query_one(Input)
        box.cursor_blink = False
        box.value = typed
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()

    assert snap_compare(make_app(urn=None), terminal_size=(80, 24), run_before=type_it)


RECORD = {
    "landscape": [],
    "middle": ["2"],
    "own": ["3", "end"],
    "finder": ["slash"],
    "bookmarks": ["m"],
    "notes": ["m", "2"],
    "contacts": ["m", "3"],
    "corrections": ["m", "5"],
    "network": ["m", "4", "enter"],
    "note": ["N"],
    "contact": ["2", "down", "c", "enter"],
    "set": ["s"],
    "group": ["3", "g"],
}


@pytest.mark.parametrize("size", ["80x24", "120x40"])
@pytest.mark.parametrize("what", RECORD)
def test_record(
    snap_compare: Snap, make_app: AppMaker, tmp_path: Path, what: str, size: str
) -> None:
    made_record.write(tmp_path / "config")
    assert snap_compare(make_app(), terminal_size=SIZES[size], run_before=pressed(RECORD[what]))


@pytest.mark.parametrize("what", ["landscape", "note"])
@pytest.mark.parametrize("theme", ["navigator-light", "navigator-contrast"])
def test_record_in_other_themes(
    snap_compare: Snap, make_app: AppMaker, tmp_path: Path, what: str, theme: str
) -> None:
    made_record.write(tmp_path / "config")
    app = make_app(theme=theme)
    assert snap_compare(app, terminal_size=(120, 40), run_before=pressed(RECORD[what]))


REVIEW = {"review": ["r"], "bridging": ["r", "5"], "words": ["r", "5", "e"]}


@pytest.mark.parametrize("size", ["80x24", "120x40", "160x50"])
@pytest.mark.parametrize("what", REVIEW)
def test_review(
    snap_compare: Snap, make_app: AppMaker, tmp_path: Path, what: str, size: str
) -> None:
    made_record.write(tmp_path / "config")
    made_record.write_reviews(tmp_path / "config", this_year=True)
    assert snap_compare(make_app(), terminal_size=SIZES[size], run_before=pressed(REVIEW[what]))


MAPS = {
    "phase": [],
    "governance": ["z"],
    "far": ["minus", "minus", "minus", "minus", "tab"],
}


@pytest.mark.parametrize("size", ["80x24", "120x40", "160x50"])
@pytest.mark.parametrize("what", MAPS)
def test_map(snap_compare: Snap, make_app: AppMaker, what: str, size: str) -> None:
    keys = ["v", *MAPS[what]]
    assert snap_compare(make_app(), terminal_size=SIZES[size], run_before=pressed(keys))


@pytest.mark.parametrize("theme", ["navigator-light", "navigator-contrast"])
def test_map_in_other_themes(snap_compare: Snap, make_app: AppMaker, theme: str) -> None:
    app = make_app(theme=theme)
    assert snap_compare(app, terminal_size=(120, 40), run_before=pressed(["v"]))


@pytest.mark.parametrize("size", ["80x24", "120x40"])
def test_map_of_a_hub(snap_compare: Snap, make_app: AppMaker, size: str) -> None:
    async def open_it(pilot: Pilot[None]) -> None:
        await opened(HUB, 0)(pilot)
        await pressed(["v"])(pilot)

    assert snap_compare(make_app(), terminal_size=SIZES[size], run_before=open_it)


@pytest.mark.parametrize("size", ["40x15", "80x24", "120x40"])
def test_update_asks_first(snap_compare: Snap, make_app: AppMaker, size: str) -> None:
    assert snap_compare(make_app(), terminal_size=SIZES[size], run_before=pressed(["U"]))


def pressed(keys: list[str]) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Presses keys, each once all that the one before began is done."""

    async def press_them(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, *keys)
        for box in pilot.app.screen.query(Input):
            box.cursor_blink = False
        for area in pilot.app.screen.query(TextArea):
            area.cursor_blink = False
        await pilot.pause()

    return press_them
