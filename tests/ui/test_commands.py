"""The table of commands: what F1 and the palette tell, which keys work, and a head's own keys."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.app import App
from textual.keys import _character_to_key
from textual.pilot import Pilot

from navigator.domain.changes import Changes
from navigator.records import settings
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.base import NavigatorScreen
from navigator.ui.commands import COMMANDS, GROUPS, PLACES, commands_of
from navigator.ui.forms.form import FormScreen
from navigator.ui.keymap import key_name
from navigator.ui.screens.changes import ChangesScreen
from navigator.ui.screens.help import BOX, KEYS_WIDTH, HelpScreen, keys_of
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.screens.waiting import WaitingScreen
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.panels import PanelList
from tests.test_docs import page, rows
from tests.tools import made_plan, made_record
from tests.ui.conftest import DAY, SCHOOL, AppMaker
from tests.ui.steps import press, screen_text, settle, told
from tests.ui.test_record import kept

TALL = (120, 200)
"""No form is taller: keys that scroll one are not among those that F1 tells."""

WAYS = {
    "landscape": [],
    "body": ["enter"],
    "overlap": ["l"],
    "place": ["l", "f", "f", "l"],
    "activity": ["P", "enter"],
    "plan": ["P"],
    "mine": ["m"],
    "review": ["r"],
    "changes": [],
    "waiting": [],
    "map": ["v"],
    "finder": ["slash"],
    "directory": ["d"],
    "detail": ["i"],
    "help": ["f1"],
    "form": ["N"],
    "find-words": ["ctrl+f"],
    "pick": ["s"],
    "as-at": ["a"],
    "update": ["U"],
}
"""How each screen is reached from a school's landscape."""

MORE = {
    "plan": [["P", "5"], ["P", "6"], ["P", "2"], ["P", "slash"]],
    "mine": [["m", "5"], ["m", "slash"]],
    "form": [["P", "a"]],
    "place": [["l", "f", "f", "l", "l"]],
}
"""Other states of a screen, in which other keys work."""

NAMED = (
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"),
    *("backspace", "enter", "escape", "tab"),
)
KEYS = (
    *string.ascii_letters,
    *string.digits,
    *(key for key in string.punctuation),
    *(f"f{n}" for n in range(1, 13)),
    *NAMED,
    *(f"ctrl+{letter}" for letter in string.ascii_lowercase if letter not in "hijm"),
    *(f"ctrl+shift+{letter}" for letter in "ak"),
    *(f"{held}+{key}" for held in ("shift", "ctrl", "ctrl+shift") for key in NAMED),
    *("alt+backspace", "alt+delete", "alt+left", "alt+right", "shift+f3"),
    *(f"super+{key}" for key in ("c", "x", "y", "z", "backspace")),
)
"""Every key that might do something."""


@pytest.fixture
def app(service: Service, tmp_path: Path) -> NavigatorApp:
    """The app over a made-up record and plan."""
    return an_app(service, tmp_path)


def an_app(service: Service, tmp_path: Path, **keys: object) -> NavigatorApp:
    made_record.write(tmp_path / "config")
    made_plan.write(tmp_path / "config")
    landscape = service.landscape(SCHOOL, DAY)
    return NavigatorApp(service, Settings(keys=keys), landscape=landscape, as_at=DAY)


async def go(pilot: Pilot[None], place: str, way: list[str]) -> None:
    await settle(pilot)
    if place == "changes":
        await pilot.app.push_screen(ChangesScreen(Changes(DAY - timedelta(days=90), DAY, ())))
    if place == "waiting":
        await pilot.app.push_screen(WaitingScreen("England"))
    await press(pilot, *way)
    assert isinstance(pilot.app.screen, NavigatorScreen)
    assert place == pilot.app.screen.PLACE


def states() -> Iterator[Any]:
    for place, way in WAYS.items():
        for keys in (way, *MORE.get(place, [])):
            yield pytest.param(place, keys, id=f"{place}-{''.join(keys)}")


def test_each_screen_of_the_table_is_reached() -> None:
    parts = {part for place in PLACES.values() for part in place.parts}
    assert set(WAYS) == set(PLACES) - parts - {"everywhere"}


@pytest.mark.parametrize(("place", "way"), states())
async def test_f1_lists_exactly_the_keys_that_work(
    app: NavigatorApp, monkeypatch: pytest.MonkeyPatch, place: str, way: list[str]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, place, way)
        await pilot.resize_terminal(*TALL)
        worked = await keys_that_work(pilot, monkeypatch)
        if place == "help":
            return  # it can't tell of itself: its foot does
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpScreen)
        assert listed(app) == sorted(map(key_name, worked)), PLACES[place].name


async def keys_that_work(pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Which keys lead to an action that there is; what it would do is left undone."""
    found: set[str] = set()
    pressed = ""
    run = App._dispatch_action

    async def spy(self: App[None], on: Any, action: str, parameters: Any) -> bool:
        if action.startswith(("scroll_", "page_")) and not isinstance(on, EntryList):
            worked = await run(self, on, action, parameters)  # nothing happens without more
        else:
            worked = hasattr(on, f"action_{action}") or hasattr(on, f"_action_{action}")
            assert worked, f"{pressed}: {on} has no action {action}"
        if worked:
            found.add(pressed)
        return worked

    with monkeypatch.context() as patched:
        patched.setattr(App, "_dispatch_action", spy)
        for key in KEYS:
            pressed = key if len(key) > 1 or key.isalnum() else _character_to_key(key)
            await pilot.press(key)
    return found


def listed(app: NavigatorApp) -> list[str]:
    """The keys that help lists, out of what stands on the screen."""
    page = app.screen.query_one("#detail").content_region
    shown = screen_text(app).splitlines()[page.y : page.bottom]
    lines = [line[page.x : page.right] for line in shown]
    until = next(n for n, line in enumerate(lines) if "What the words claim" in line)
    rows = [line for line in lines[2:until] if not line.startswith((*GROUPS, BOX))]
    return sorted(key for line in rows for key in line[:KEYS_WIDTH].split())


async def test_a_page_that_is_cut_can_be_moved_and_says_so(app: NavigatorApp) -> None:
    async with app.run_test(size=(80, 16)) as pilot:
        await go(pilot, "detail", ["i"])
        page = app.screen.query_one("#detail")
        assert {"↓", "j", "PgDn"} <= set(keys_of(app.screen)["On this screen"]["Move the page"])
        for number, key in enumerate(("j", "down"), 1):
            await press(pilot, key)
            assert page.scroll_target_y == number
        assert "Ctrl+PgDn" not in keys_of(app.screen)["On this screen"]["Move the page"]


async def test_the_foot_is_part_of_what_f1_lists(app: NavigatorApp) -> None:
    for place in WAYS:
        assert {c.id for c in commands_of(place)} <= set(COMMANDS)
        assert not set(PLACES[place].foot.replace("|", " ").split()) - {
            c.id for c in commands_of(place)
        }


@pytest.mark.parametrize(("place", "way"), states())
async def test_the_foot_says_how_to_leave_however_narrow(
    app: NavigatorApp, place: str, way: list[str]
) -> None:
    async with app.run_test(size=(160, 50)) as pilot:
        await go(pilot, place, way)
        roomy = screen_text(app).splitlines()[-1]
        for size in ((80, 24), (60, 20), (40, 12)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            foot = screen_text(app).splitlines()[-1]
            assert "Esc" in foot, size
            for said in ("F1 Help", "q Quit", "^q Quit"):
                assert said in foot or said not in roomy, size


# --- the palette ---


async def test_the_palette_shows_the_key_beside_each_command(app: NavigatorApp) -> None:
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+p")
        assert "🔎" not in screen_text(app), "an emoji, which a Windows console's fonts lack"
        assert "Find a command: Enter runs it, Esc leaves" in screen_text(app)
        text = screen_text(app)
        for line in (r"b +Bookmark", r"m +My record", r"w F12 +What changed", r"q Ctrl\+Q +Quit"):
            assert re.search(line, text), line
        await press(pilot, *"about this", "enter")
        assert "Address" in screen_text(app)


async def test_where_one_types_the_palette_shows_the_keys_that_work_there(
    make_app: AppMaker,
) -> None:
    app = make_app(None)
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+p")
        text = screen_text(app)
        assert re.search(r"F5 +Note", text)
        assert re.search(r"F12 +What changed", text)
        assert "w F12" not in text
        assert "Export this landscape" not in text


# --- the head's own keys ---


async def test_a_head_sets_a_key_and_sees_it_everywhere(service: Service, tmp_path: Path) -> None:
    app = an_app(service, tmp_path, note="f4", undo="Ins, ctrl+z")
    async with app.run_test(size=TALL) as pilot:
        await settle(pilot)
        assert told(app) == ""
        assert "m Mine" in screen_text(app)
        assert "y Copy  F4 Note  c Contact" in screen_text(app), "in its old place"
        await press(pilot, "n")
        assert isinstance(app.screen, LandscapeScreen)
        await press(pilot, "f1")
        assert re.search(r"F4 +Write a note", screen_text(app))
        assert re.search(r"Ins Ctrl\+Z +Undo", screen_text(app))
        await press(pilot, "escape", "ctrl+p")
        assert re.search(r"F4 +Note", screen_text(app))
        await press(pilot, "escape", "2", "f4")
        assert isinstance(app.screen, FormScreen)
        await press(pilot, *"Mine", "ctrl+s")
        assert "Ins undoes it" in told(app)
        assert "Mine" in [note["text"] for note in kept(tmp_path, "note")]
        await press(pilot, "insert")
        assert "Mine" not in [note["text"] for note in kept(tmp_path, "note")]


async def test_two_keys_can_be_exchanged(service: Service, tmp_path: Path) -> None:
    app = an_app(service, tmp_path, note="b", bookmark="n")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert told(app) == ""
        assert "y Copy  b Note  c Contact" in screen_text(app)
        assert "n Mark" in screen_text(app)
        await press(pilot, "b")
        assert isinstance(app.screen, FormScreen)


async def test_both_keys_of_a_pair_are_shown(service: Service, tmp_path: Path) -> None:
    app = an_app(service, tmp_path, next="f6")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "f6")
        assert app.screen.query_one(PanelList).panel == 1
        await press(pilot, "r")
        assert "F6 Shift+Tab Next" in screen_text(app)


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "unknown": ({"nota": "f4"}, "no command is called “nota”; did you mean note?"),
    "far-off": ({"xyzzy": "f4"}, "docs/settings.md lists them"),
    "without-keys": ({"settings": "f4"}, "no command is called “settings”"),
    "taken": ({"note": "b"}, "note can't be b: in a school's landscape that is bookmark; n stays."),
    "help": ({"note": "F1"}, "note can't be F1: in a school's landscape that is help; n stays."),
    "list": ({"note": "j"}, "note can't be j: in a school's landscape that is down; n stays."),
    "palette": ({"save": "ctrl+p"}, "save can't be Ctrl+P: in a form that is commands; Ctrl+S"),
    "typed": ({"note-typing": "n"}, "in the finder it is typed into the box; F5 stays."),
    "box": ({"note-typing": "ctrl+w"}, "in the finder the box itself uses it; F5 stays."),
    "no-key": ({"note": "f99"}, "“f99” is no key for note; n stays."),
    "number": ({"note": 5}, "“5” is no key for note; n stays."),
    "each-other": ({"note": "f6", "set": "f6"}, "set can't be F6: in a school's landscape that"),
}


@pytest.mark.parametrize("what", WRONG)
async def test_what_cant_be_is_one_sentence_and_the_default_stays(
    service: Service, tmp_path: Path, what: str
) -> None:
    keys, said = WRONG[what]
    app = an_app(service, tmp_path, **keys)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        (sentence,) = [n.message for n in app._notifications]
        assert said in sentence
        assert sentence.startswith("[keys] in settings.toml: ")
        if what != "each-other":
            await press(pilot, "2", "n")
            assert isinstance(app.screen, FormScreen)


async def test_keys_are_read_from_the_file_and_stay_in_it(service: Service, tmp_path: Path) -> None:
    file = tmp_path / "config" / "settings.toml"
    file.parent.mkdir()
    file.write_text('[keys] # mine\nnote = "Ctrl+N"\nquit = "q,x"\n', "utf-8")
    given = settings.load()
    app = NavigatorApp(service, given, landscape=service.landscape(SCHOOL, DAY), as_at=DAY)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "quit can't be x: in a school's landscape that is export; q stays." in told(app)
        assert "^n Note" in screen_text(app)
        app.set_units("km")
        await settle(pilot)
    assert settings.load().units == "km"
    assert settings.load().keys == {"note": "Ctrl+N", "quit": "q,x"}
    assert "# mine" in file.read_text("utf-8")
    file.write_text("keys = 5\n", "utf-8")
    assert "keys is 5" in settings.load().problem
    assert settings.load().keys == {}


# --- the docs ---


def test_the_page_of_settings_has_each_command_and_its_keys() -> None:
    told = rows(page("docs/settings.md"), "command")
    with_keys = {c.id: c for c in COMMANDS.values() if c.keys}
    assert list(told) == list(with_keys)
    for name, command in with_keys.items():
        shown = " ".join(f"`{key_name(key)}`" for key in command.keys.split(","))
        assert told[name][0] == shown, name
        assert command.help in told[name][1], name
