"""Every screen on a register's file that an older Navigator made (tests/register/older.py)."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from textual.screen import Screen
from textual.widgets import Input

from navigator.register import columns, reading
from navigator.service import Service
from navigator.ui import forms, screens
from tests.register import older
from tests.register.test_older import FUTURE, LACKS
from tests.ui.conftest import AppMaker
from tests.ui.steps import screen_text, settle

ELM = 100_001
BASES = {"SearchScreen", "PageScreen", "TabbedScreen"}
BEFORE_ANY_ANSWER = {"WaitingScreen"}
"""What shows nothing of a register: tests/ui/test_waiting.py opens it."""

WAYS: dict[str, tuple[str, ...]] = {
    "a hub's card and page": ("down", "enter"),
    "the trust or authority": ("2", "enter"),
    "what is around": ("3", "enter"),
    "this school": ("i",),
    "the overlap": ("l",),
    "the profile of a place": ("l", "f", "f", "l"),
    "those alike": ("l", "f", "f", "l", "l"),
    "two places or schools": ("3", "down", "equals_sign"),
    "the map": ("v",),
    "what is known of a hub": ("s",),
    "the directory": ("d",),
    "another day": ("a",),
    "help": ("f1",),
    "my record": ("b", "m"),
    "the plan": ("P",),
    "an activity": ("P", "a", "text:Made activity", "ctrl+s", "enter"),
    "the review": ("r",),
    "words on the screen": ("ctrl+f", "text:hub"),
    "what changed": ("w",),
    "an update": ("U",),
    "an export": ("x",),
    "the finder": ("slash", "text:oak"),
}


@pytest.fixture
def old(tmp_path: Path) -> None:
    """The data folder holds a register of an older Navigator, and the one before it."""
    older.write(tmp_path / "data", date(2025, 1, 1), leave_out=[139_002])
    older.write(tmp_path / "data")


@pytest.mark.usefixtures("old")
async def test_every_screen_opens(service: Service, make_app: AppMaker) -> None:
    seen: set[str] = set()
    for way, keys in WAYS.items():
        app = make_app(ELM)
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            seen.add(type(app.screen).__name__)
            for key in keys:
                if key.startswith("text:"):
                    app.screen.query(Input).first().value = key.removeprefix("text:")
                else:
                    await pilot.press(key)
                await settle(pilot)
                seen.add(type(app.screen).__name__)
            text = screen_text(app)
            assert "can't be used" not in text, way
            assert "sample" not in text, way
    modules = [
        import_module(f"{package.__name__}.{module.name}")
        for package in (screens, forms)
        for module in iter_modules(package.__path__)
    ]
    ours = {
        name
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, type)
        and issubclass(value, Screen)
        and value.__module__ == module.__name__
    }
    assert ours - BASES - BEFORE_ANY_ANSWER == seen & ours, ours - BASES - seen


@pytest.mark.usefixtures("old")
async def test_the_schools_of_the_old_register_are_shown(make_app: AppMaker) -> None:
    app = make_app(ELM)
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        text = screen_text(app)
        assert "Elm Primary School" in text
        assert "17 Jul 2025" in text
        assert ("older Navigator" in text) == bool(LACKS)
        await pilot.press("3")
        await settle(pilot)
        assert "Oak Academy" in screen_text(app)


@pytest.mark.usefixtures("old")
async def test_the_status_line_says_that_a_column_is_lacking(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "COLUMNS", (*columns.COLUMNS, FUTURE))
    app = make_app(ELM)
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        said = "DfE register 17 Jul 2025 · made by an older Navigator: U updates"
        assert said in screen_text(app)
