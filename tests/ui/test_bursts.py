"""Keys that come at once, as from a slow line: each acts on what the ones before it opened."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest
from textual.app import App
from textual.dom import DOMNode
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.forms.form import FormScreen
from navigator.ui.keys_in_turn import KeysInTurn
from navigator.ui.palette import Palette
from navigator.ui.screens import waiting
from navigator.ui.screens.finder import FinderScreen
from navigator.ui.screens.help import HelpScreen
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.screens.local import PlaceScreen
from navigator.ui.screens.plan import ActivityScreen
from navigator.ui.screens.waiting import WaitingScreen
from navigator.view import record_sections
from tests.tools import made_plan
from tests.ui.conftest import AppMaker
from tests.ui.steps import go_to, screen_text, settle, told

NAMED = {
    "⏎": "enter",
    "⎋": "escape",
    "↓": "down",
    "↑": "up",
    "⇥": "tab",
    "✓": "ctrl+s",
    "⌫": "backspace",
    "⌦": "delete",
    "①": "f1",
    "⌘": "ctrl+p",
    "⏏": "ctrl+q",
}


@pytest.fixture
def app(make_app: AppMaker, tmp_path: Path) -> NavigatorApp:
    made_plan.write(tmp_path / "config")
    return make_app()


def post(app: App[None], keys: str) -> None:
    """Send keys as a terminal does that has had them all at once; nothing is waited for."""
    for sign in keys:
        named = NAMED.get(sign)
        app.post_message(Key(named or _character_to_key(sign), None if named else sign))


async def burst(pilot: Pilot[None], keys: str) -> None:
    """Send keys as a terminal does that has had them all at once."""
    await settle(pilot)
    post(pilot.app, keys)
    await settle(pilot)
    await settle(pilot)


def typed(app: NavigatorApp) -> str:
    """What stands in the box with the cursor."""
    box = app.focused
    assert isinstance(box, (Input, TextArea))
    return box.text if isinstance(box, TextArea) else box.value


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("nhello there friend", "hello there friend"),
        ("Nthe whole school", "the whole school"),
        ("cHead of maths", "Head of maths"),
        ("/longtown", "longtown"),
        ("Palesson study", "lesson study"),
        ("P/less", "less"),
        ("Paabc⇥8 oct", "8 oct"),
        ("nqqq⎋⎋/x", "x"),
        ("nab⌫c", "ac"),
    ],
)
async def test_what_is_typed_with_the_key_that_opens_a_box_is_in_it(
    app: NavigatorApp, keys: str, text: str
) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await burst(pilot, keys)
        assert typed(app) == text


async def test_a_note_is_written_in_one_go(app: NavigatorApp, service: Service) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await burst(pilot, "Nask in June✓")
        assert isinstance(app.screen, LandscapeScreen)
    assert [note.text for note in service.record().notes] == ["ask in June"]


async def test_enter_acts_on_the_list_that_was_asked_for(app: NavigatorApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await burst(pilot, "P⏎")
        assert isinstance(app.screen, ActivityScreen)


def hold(monkeypatch: pytest.MonkeyPatch, of: object, name: str) -> threading.Event:
    """What answers does so once this is set, as it is at first."""
    set_, answer = threading.Event(), getattr(of, name)
    set_.set()

    def held(*given: object, **named: object) -> object:
        set_.wait(20)
        return answer(*given, **named)

    monkeypatch.setattr(of, name, held)
    return set_


async def late(pilot: Pilot[None], let_go: threading.Event, keys: str) -> None:
    """Send keys at once, and let go what they wait for once it is all that is under way."""
    await settle(pilot)
    let_go.clear()
    post(pilot.app, keys)
    await pilot.pause()
    let_go.set()
    await settle(pilot)
    await settle(pilot)


@pytest.mark.parametrize(
    ("of", "keys"), [("plan", "P3⏎"), ("plan", "P/mastering⏎⏎"), ("found", "/windmill↓⏎")]
)
async def test_keys_act_on_the_list_that_the_ones_before_them_look_up(
    make_app: AppMaker,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    of: str,
    keys: str,
) -> None:
    made_plan.write(tmp_path / "config")
    app = make_app()
    async with app.run_test(size=(100, 40)) as pilot:
        for key in keys:
            await burst(pilot, key)
        one_by_one = screen_text(app)
    app = make_app()
    let_go = hold(monkeypatch, app.service, of)
    async with app.run_test(size=(100, 40)) as pilot:
        await burst(pilot, keys[0])
        await late(pilot, let_go, keys[1:])
        assert screen_text(app) == one_by_one


async def test_what_is_removed_is_what_was_looked_for(
    app: NavigatorApp, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {activity.title for activity in service.record().activities}
    let_go = hold(monkeypatch, service, "plan")
    async with app.run_test(size=(100, 40)) as pilot:
        await burst(pilot, "P")
        await late(pilot, let_go, "/mastering⏎⌦")
    (gone,) = before - {activity.title for activity in service.record().activities}
    assert gone.startswith("Mastering")


async def test_what_is_removed_is_of_the_tab_that_was_gone_to(
    app: NavigatorApp, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = hold(monkeypatch, record_sections, "list_of")
    async with app.run_test(size=(100, 40)) as pilot:
        for keys in ("Nask in June✓", "b", "m"):
            await burst(pilot, keys)
        await late(pilot, let_go, "2⌦")
        assert "elsewhere" not in told(app)
    assert service.record().notes == ()
    assert service.record().bookmarks


async def test_a_search_is_opened_and_the_next_key_is_for_what_it_found(app: NavigatorApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await burst(pilot, "/blue bell hill⏎Nfor later")
        assert isinstance(app.screen, FormScreen)
        assert typed(app) == "for later"
        finder = next(s for s in app.screen_stack if isinstance(s, FinderScreen))
        assert finder.typed == "blue bell hill"


async def test_what_is_pasted_right_behind_a_key_is_in_the_box(app: NavigatorApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        app.post_message(Key("n", "n"))
        app.post_message(Paste("two\nlines"))
        await settle(pilot)
        assert typed(app) == "two\nlines"


async def test_of_what_is_pasted_into_a_line_nothing_is_lost(app: NavigatorApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await burst(pilot, "Pa")
        app.post_message(Paste("Counting\r\n  and calculating\n\nin Year 1\n"))
        await settle(pilot)
        assert typed(app) == "Counting and calculating in Year 1"
        app.copy_to_clipboard(", two\nlines")
        await pilot.press("ctrl+v")
        assert typed(app) == "Counting and calculating in Year 1, two lines"


@pytest.fixture
def let_go(app: NavigatorApp, monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Pages are worked out once it is set."""
    monkeypatch.setattr(waiting, "PATIENCE", 0.001)
    set_ = hold(monkeypatch, app.service, "page")
    set_.clear()
    return set_


async def until_it_waits(app: NavigatorApp) -> None:
    app.open("place:england:")
    while not isinstance(app.screen, WaitingScreen):
        await asyncio.sleep(0.001)


async def test_keys_wait_for_a_page_that_takes_a_while(
    app: NavigatorApp, let_go: threading.Event
) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await until_it_waits(app)
        post(app, "/x")
        await pilot.pause()
        assert isinstance(app.screen, WaitingScreen)
        let_go.set()
        await settle(pilot)
        await settle(pilot)
        assert isinstance(app.screen, FinderScreen)
        assert typed(app) == "x"
        assert any(isinstance(screen, PlaceScreen) for screen in app.screen_stack)


async def test_who_leaves_a_page_that_takes_a_while_forgets_what_was_typed_for_it(
    app: NavigatorApp, let_go: threading.Event
) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        before = app.screen
        await until_it_waits(app)
        post(app, "nx⎋")
        await pilot.pause()
        let_go.set()
        await settle(pilot)
        assert app.screen is before
        await burst(pilot, "Nyes")
        assert typed(app) == "yes"


SHOWN_AT_ONCE = [("①", HelpScreen), ("?", HelpScreen), ("⌘", Palette), ("⎋", LandscapeScreen)]


@pytest.mark.parametrize(("key", "shown"), SHOWN_AT_ONCE)
async def test_what_needs_no_list_does_not_wait_for_one(
    app: NavigatorApp, monkeypatch: pytest.MonkeyPatch, key: str, shown: type
) -> None:
    let_go = hold(monkeypatch, app.service, "plan")
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        let_go.clear()
        post(app, "P")
        await pilot.pause()
        post(app, f"⏎{key}" if key != "?" else key)
        await pilot.pause()
        assert isinstance(app.screen, shown)
        let_go.set()
        await settle(pilot)
        assert isinstance(app.screen, shown), "what was pressed before is forgotten"


@pytest.mark.parametrize("key", "q⏏")
async def test_one_can_leave_while_a_list_is_looked_up(
    app: NavigatorApp, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    let_go = hold(monkeypatch, app.service, "plan")
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        let_go.clear()
        post(app, "P")
        await pilot.pause()
        post(app, key)
        await pilot.pause()
        left = app._exit
        let_go.set()
        assert left


@pytest.mark.parametrize("key", ["①", "⌘", "⏏"])
async def test_what_needs_no_form_does_not_wait_for_one(
    app: NavigatorApp, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    let_go = hold(monkeypatch, app.service, "hubs")
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await go_to(pilot, "East Midlands West")
        let_go.clear()
        post(app, "s")
        await pilot.pause()
        post(app, f"x{key}")
        await pilot.pause()
        came = app._exit or isinstance(app.screen, (HelpScreen, Palette))
        let_go.set()
        assert came


async def test_letters_wait_for_the_form_that_they_are_typed_for(
    app: NavigatorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = hold(monkeypatch, app.service, "hubs")
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await go_to(pilot, "East Midlands West")
        await late(pilot, let_go, "squay")
        assert typed(app) == "quay"


async def test_who_searches_on_after_enter_opens_nothing(
    app: NavigatorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = hold(monkeypatch, app.service, "found")
    async with app.run_test(size=(100, 40)) as pilot:
        await burst(pilot, "/")
        await late(pilot, let_go, "windmill⏎")
        assert isinstance(app.screen, LandscapeScreen)
        await burst(pilot, "/")
        let_go.clear()
        post(app, "windmill⏎")
        await pilot.pause()
        post(app, "⎋")
        await pilot.pause()
        let_go.set()
        await burst(pilot, "windmill")
        assert isinstance(app.screen, FinderScreen)


async def while_it_waits(pilot: Pilot[None], let_go: threading.Event, keys: str) -> None:
    """Send keys at once to a page that is worked out, and let it come."""
    await settle(pilot)
    app = pilot.app
    assert isinstance(app, NavigatorApp)
    await until_it_waits(app)
    post(app, keys)
    await pilot.pause()
    let_go.set()
    await settle(pilot)
    await settle(pilot)


async def test_a_letter_typed_in_impatience_does_not_quit(
    app: NavigatorApp, let_go: threading.Event
) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await while_it_waits(pilot, let_go, "⏎⏎q")
        assert app.is_running
        assert not app._exit
        await burst(pilot, "/queen")
        assert typed(app) == "queen"


async def test_a_letter_that_waited_with_what_opens_its_box_is_in_it(
    app: NavigatorApp, let_go: threading.Event
) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await while_it_waits(pilot, let_go, "/queen")
        assert typed(app) == "queen"


async def test_a_look_that_fails_says_so_and_keys_go_on(
    app: NavigatorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("no such tab")

    async with app.run_test(size=(100, 40)) as pilot:
        monkeypatch.setattr(app.service, "plan", fail)
        await burst(pilot, "Pa")
        assert told(app).count("no such tab") == 1
        assert isinstance(app.screen, FormScreen)
        await burst(pilot, "lesson")
        assert typed(app) == "lesson"


async def test_keys_that_move_a_cursor_do_not_wait_for_one_another(
    app: NavigatorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[object] = []
    follow = KeysInTurn._follow

    def counted(self: KeysInTurn, at: DOMNode) -> None:
        if self._follower is None:
            waits.append(at)
        follow(self, at)

    monkeypatch.setattr(KeysInTurn, "_follow", counted)
    async with app.run_test(size=(100, 40)) as pilot:
        for key in "↓↓↓↓↓⏎":
            await burst(pilot, key)
        one_by_one = screen_text(app)
        await burst(pilot, "⎋")
        waits.clear()
        await burst(pilot, "↑↑↑↑↑")
        assert len(waits) <= 1, "of all but the first"
        await burst(pilot, "↓↓↓↓↓⏎")
        assert screen_text(app) == one_by_one
