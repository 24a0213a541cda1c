"""The yearly review on screen: written by keyboard, last year's words beside this year's."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from navigator.ui.app import NavigatorApp
from navigator.ui.forms.form import FormScreen
from navigator.ui.screens.body import BodyScreen
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.screens.review import ReviewScreen
from navigator.ui.widgets.entries import EntryList, EntryOption
from tests.tools import made_record
from tests.ui.conftest import DAY, AppMaker
from tests.ui.steps import press, screen_text, settle, told, write
from tests.ui.test_record import kept

LAST = "All runs through one maths lead."


@pytest.fixture(autouse=True)
def record(tmp_path: Path) -> None:
    made_record.write(tmp_path / "config")
    made_record.write_reviews(tmp_path / "config")


def line_with(app: NavigatorApp, text: str) -> str:
    return next((line for line in screen_text(app).splitlines() if text in line), "")


async def test_words_are_written_kept_shown_and_undone(make_app: AppMaker, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "r", "5", "e")
        assert isinstance(app.screen, FormScreen)
        assert LAST in screen_text(app), "last year's words stand over the box"
        await write(pilot, "Two people now.\nAsk the governor.")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, ReviewScreen)
        assert [r.get("bridging") for r in kept(tmp_path, "review")] == [
            f"{LAST}\nIf she leaves, so does our way in.",
            "Two people now.\nAsk the governor.",
        ]
        await press(pilot, "5")
        beside = line_with(app, "Two people now.")
        assert LAST in beside, "beside it at 120 cells"
        assert "This year, 22 November 2026" in screen_text(app)
        await press(pilot, "u")
        assert len(kept(tmp_path, "review")) == 1
        assert "Two people now." not in screen_text(app)


async def test_last_year_stands_beneath_where_it_is_narrow(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "r")
        shown = screen_text(app).splitlines()
        this, last = (
            [n for n, line in enumerate(shown) if text in line]
            for text in ("No words yet.", "Last year, 13 October 2025")
        )
        assert this, shown
        assert last > this


async def test_enter_follows_a_body_and_esc_comes_back(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "r", "down")
        entries = app.screen.query_one(EntryList)
        assert entries.entry is not None
        assert entries.entry.text == "Nottingham"
        await press(pilot, "enter")
        assert isinstance(app.screen, BodyScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, ReviewScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, LandscapeScreen)


async def test_many_facts_are_one_line_that_opens(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 60)) as pilot:
        await settle(pilot)
        await press(pilot, "r", "2")
        entries = app.screen.query_one(EntryList)

        def led() -> list[str]:
            return [e.entry.detail for e in entries.options if isinstance(e, EntryOption)]

        line = line_with(app, "Led from")
        assert "▸ 5: Nottinghamshire, North Yorkshire, Derby" in line
        assert "Teaching School Hub: Flying High Teaching School Hub" not in led()
        while entries.entry and entries.entry.label != "Led from":
            await pilot.press("down")
        await press(pilot, "enter")
        assert "Teaching School Hub: Flying High Teaching School Hub" in led()
        assert entries.entry
        assert entries.entry.label == "Led from"
        await press(pilot, "enter")
        assert "Teaching School Hub: Flying High Teaching School Hub" not in led()


async def test_enter_on_the_words_opens_their_form(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "r", "6", "enter")
        assert isinstance(app.screen, FormScreen)
        assert "Sense making" in screen_text(app)


async def test_a_past_day_is_not_reviewed(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    app._first = app.service.landscape(139217, DAY.replace(year=2024))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "r")
        assert isinstance(app.screen, LandscapeScreen)
        assert "a review is written today" in told(app)


async def test_x_exports_the_review_without_people(make_app: AppMaker, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "r", "x")
        app.screen.query_one("#field-file", Input).value = str(tmp_path)
        await press(pilot, "ctrl+s")
        (file,) = tmp_path.glob("*review.html")
        page = file.read_text("utf-8")
        assert LAST in page
        assert "Work Group from January" not in page
        assert "Wrote" in told(app)
