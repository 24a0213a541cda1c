"""One box for all: what the finder finds beside schools, in groups, with what was typed kept."""

from __future__ import annotations

import re

import pytest
from textual.widgets import Input

from navigator.cli import run
from navigator.core.record import OwnNetwork
from navigator.service import Service
from navigator.ui.screens.body import BodyScreen
from navigator.ui.screens.finder import FinderScreen
from navigator.ui.screens.index import IndexScreen
from navigator.ui.screens.local import PlaceScreen
from navigator.ui.widgets.entries import EntryList, EntryOption
from tests.ui.conftest import SCHOOL, AppMaker
from tests.ui.steps import screen_text, settle


def line(text: str, words: str) -> int:
    """The number of the first line of a screen that has some words."""
    return next(n for n, row in enumerate(text.splitlines()) if words in row)


@pytest.mark.parametrize(
    ("typed", "title", "kind"),
    [
        ("nottingham city council", "Nottingham", BodyScreen),
        ("transform trust", "Transform Trust", BodyScreen),
        ("transform", "Transform Trust", BodyScreen),
        ("broxtowe", "Broxtowe", PlaceScreen),
        ("e07000172", "Broxtowe", PlaceScreen),
        ("diocese of ely", "Diocese of Ely", BodyScreen),
        ("hull", "Kingston upon Hull, City of", BodyScreen),
    ],
)
async def test_what_the_whole_text_names_stands_first_and_opens(
    make_app: AppMaker, typed: str, title: str, kind: type[BodyScreen]
) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(Input).value = typed
        await settle(pilot)
        assert "OF THIS NAME" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, kind)
        assert app.screen.page.title == title
        await pilot.press("escape")
        assert isinstance(app.screen, FinderScreen)
        assert app.screen.typed == typed


async def test_two_dioceses_of_one_name_are_told_by_their_church(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(Input).value = "diocese of leeds"
        await settle(pilot)
        text = screen_text(app)
        assert re.search("Diocese of Leeds +diocese, Church of England", text)
        assert re.search("Diocese of Leeds +diocese, Catholic", text)


async def test_schools_stand_first_where_no_body_has_that_very_name(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.press(*"flying")
        await settle(pilot)
        text = screen_text(app)
        assert line(text, "SCHOOLS (") < line(text, "TRUSTS (1)") < line(text, "HUBS (2)")
        assert re.search(r" All +Schools \d", text)
        assert "Flying High" in text


async def test_tab_goes_from_kind_to_kind_and_keeps_what_was_typed(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"maths hub")
        await settle(pilot)
        results = app.screen.query_one(EntryList)
        assert "▸ All " in screen_text(app), "a line for the hubs that aren't shown"
        await pilot.press("shift+tab", "shift+tab")
        await settle(pilot)
        assert "HUBS (" in screen_text(app)
        assert "OF THIS NAME" not in screen_text(app)
        assert isinstance(app.screen, FinderScreen)
        assert app.screen.typed == "maths hub"
        alone = results.option_count
        await pilot.press("escape")
        await settle(pilot)
        assert app.screen.typed == "maths hub", "Esc shows all kinds first"
        assert "OF THIS NAME" in screen_text(app)
        while not (results.entry and results.entry.folds):
            await pilot.press("down")
        await pilot.press("enter")
        await settle(pilot)
        assert results.option_count == alone, "all of one kind"
        await pilot.press("escape", "escape")
        await settle(pilot)
        assert app.screen.typed == ""


async def test_the_directory_takes_over_what_was_typed(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"flying")
        await pilot.press("f3")
        await settle(pilot)
        assert isinstance(app.screen, IndexScreen)
        assert app.screen.typed == "flying"
        assert "TRUSTS (1)" in screen_text(app)


async def test_an_area_that_is_no_more_leads_to_what_it_became(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"northamptonshire")
        await settle(pilot)
        text = screen_text(app)
        assert "Northamptonshire became North Northamptonshire and West" in text
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, BodyScreen)
        assert app.screen.page.title == "North Northamptonshire"


async def test_a_slip_of_one_letter_is_told_as_such(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 60)) as pilot:
        await pilot.press(*"transfrom trust")
        await settle(pilot)
        text = screen_text(app)
        assert "nearest:" in text
        assert line(text, "NEARLY OF THIS NAME") < line(text, "Transform Trust")
        assert line(text, "Transform Trust") < line(text, "SCHOOLS (")


@pytest.mark.parametrize(
    "typed",
    ["transfrom trust", "transform trust", "flying", "flyng", "notingham", "djanogly city acadmy"],
)
async def test_find_prints_what_the_finder_shows_in_its_order(
    make_app: AppMaker, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["find", typed, "--limit", "50"]) == 0
    printed = [
        words.split("  ")[1].split(",")[0]
        for words in capsys.readouterr().out.splitlines()
        if "  " in words
    ]
    app = make_app(urn=None)
    async with app.run_test(size=(80, 60)) as pilot:
        app.screen.query_one(Input).value = typed
        await settle(pilot)
        shown = [
            option.entry.text.split(",")[0]
            for option in app.screen.query_one(EntryList).options
            if isinstance(option, EntryOption) and not option.entry.folds
        ]
    common = [name for name in printed if name in shown]
    assert common
    assert [name for name in shown if name in common] == common


async def test_a_kind_stays_while_typing_goes_on_and_goes_with_its_last_body(
    make_app: AppMaker,
) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"flying", "tab", "tab")
        await settle(pilot)
        assert "TRUSTS (1)" in screen_text(app)
        await pilot.press(*" high")
        await settle(pilot)
        text = screen_text(app)
        assert "TRUSTS (1)" in text
        assert "SCHOOLS (" not in text
        await pilot.press(*" academy, ladybrook")
        await settle(pilot)
        assert "TRUSTS" not in screen_text(app)
        assert app.screen.query_one(EntryList).option_count


def test_bodies_of_one_letter_are_no_answer(service: Service) -> None:
    from tests.ui.conftest import DAY

    assert not service.bodies("t", DAY, nearly=True).kinds
    assert not service.bodies("", DAY, nearly=True).kinds
    assert not service.bodies("!!!", DAY, nearly=True).kinds


async def test_a_network_of_ones_own_stands_above_schools(
    make_app: AppMaker, service: Service
) -> None:
    service.records.add(OwnNetwork(name="Academy heads", urns=(SCHOOL,)))
    app = make_app(urn=None)
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press(*"academy")
        await settle(pilot)
        text = screen_text(app)
        assert line(text, "YOUR NETWORKS (1)") < line(text, "SCHOOLS (")
