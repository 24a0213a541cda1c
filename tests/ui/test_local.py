"""Overlap, profile, areas alike and comparisons in the app."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from itertools import product
from pathlib import Path
from threading import get_ident
from typing import Any

import pytest
from textual.content import Content
from textual.widgets import Input

from navigator.core.keys import Key
from navigator.core.record import Marks
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.forms.place import ask_place
from navigator.ui.screens.detail import DetailScreen
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.screens.local import OverlapScreen, PlaceScreen
from navigator.ui.widgets.entries import EntryList, EntryOption, searchable
from navigator.ui.widgets.section_lines import EntryLine, bars_beside, column_widths
from navigator.view.compared_pages import alike_page
from navigator.view.sections import Entry, Section
from tests.ui.conftest import DAY, AppMaker
from tests.ui.steps import go_to, press, screen_text, settle, told


def lines(entries: EntryList) -> list[Entry]:
    return [option.entry for option in entries.options if isinstance(option, EntryOption)]


def overlap(app: NavigatorApp) -> OverlapScreen:
    assert isinstance(app.screen, OverlapScreen)
    return app.screen


async def test_l_tells_what_is_shared_and_plus_reaches_further(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l")
        number = overlap(app).overlap.schools
        assert f"OF THE {number} PRIMARIES WITHIN 3 MILES" in screen_text(app)
        assert "share your Teaching School Hub" in screen_text(app)
        await press(pilot, "plus")
        assert "WITHIN 5 MILES" in screen_text(app)
        assert overlap(app).overlap.schools > number
        await press(pilot, "minus", "minus", "minus", "minus", "minus")
        assert "WITHIN 1 MILE\n" in re.sub(" +\n", "\n", screen_text(app))
        await press(pilot, "escape")
        assert isinstance(app.screen, LandscapeScreen)


async def test_f_goes_through_the_scopes_and_h_takes_all_phases(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "l", "f")
        assert "OF THE 20 NEAREST PRIMARIES" in screen_text(app)
        await press(pilot, "h")
        assert "OF THE 20 NEAREST SCHOOLS" in screen_text(app)
        await press(pilot, "f")
        assert "OTHER SCHOOLS IN NOTTINGHAM" in screen_text(app)
        await press(pilot, "plus")
        assert "This scope has no radius" in told(app)
        await press(pilot, "f")
        assert "WITHIN 3 MILES" in screen_text(app)


async def test_l_again_is_the_profile_and_enter_explains_a_figure(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "l", "f", "f", "l")
        assert isinstance(app.screen, PlaceScreen)
        shown = screen_text(app)
        assert "Primary 75" in shown
        assert "council-maintained 27 (36%)" in shown
        entries = app.screen.query_one(EntryList)
        assert not any("Effective number" in line.text for line in lines(entries))
        await go_to(pilot, "Each figure, with how it is counted")
        await press(pilot, "enter")
        await go_to(pilot, "Effective number of trusts")
        await press(pilot, "enter")
        assert isinstance(app.screen, DetailScreen)
        assert "squared shares" in " ".join(screen_text(app).split())
        await press(pilot, "escape", "l")
        assert "Alike to Nottingham" in screen_text(app)


async def test_a_profile_of_just_the_schools_of_the_overlap(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "l", "minus", "l")
        assert isinstance(app.screen, PlaceScreen)
        assert app.screen.page.key == "place:radius:139217@2"
        assert "2 miles around Sneinton" in screen_text(app)


async def test_trusts_in_another_order(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "l", "f", "f", "l", "t")
        assert "Trusts by size." in told(app)
        assert isinstance(app.screen, PlaceScreen)
        titles = [s.title for s in app.screen.page.sections]
        assert any(title.endswith("by size") for title in titles)


async def test_equals_puts_two_schools_beside_each_other(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "3", "equals_sign")
        text = screen_text(app)
        assert "THEY SHARE" in text
        assert "THEY DON'T SHARE" in text


async def test_equals_puts_an_authority_beside_ours_or_asks(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "l", "f", "f", "l", "equals_sign")
        box = app.screen.query_one(Input)
        box.value = "nowhere"
        await press(pilot, "ctrl+s")
        assert "is called “nowhere”" in screen_text(app)
        assert app.focused is box
        box.value = "Swindon"
        await press(pilot, "ctrl+s")
        assert "Nottingham and Swindon" in screen_text(app)
        await press(pilot, "escape", "l", "down", "equals_sign")
        assert "Nottingham and Birmingham" in screen_text(app)


@pytest.mark.parametrize(
    ("place", "miles", "box", "said"),
    [
        ("139217", "two", "miles", "“two” is no number of miles"),
        ("139217", "", "miles", "How far around Sneinton"),
        ("139217", "900", "miles", "A radius is more than 0"),
        ("nowhere", "", "place", "is called “nowhere”"),
        ("Swindon", "3", "place", "A radius goes around a school"),
    ],
)
async def test_a_refused_place_leaves_the_cursor_in_the_box_that_is_wrong(
    make_app: AppMaker, place: str, miles: str, box: str, said: str
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        ask_place(app, None)
        await settle(pilot)
        app.screen.query_one("#field-place", Input).value = place
        app.screen.query_one("#field-miles", Input).value = miles
        await press(pilot, "ctrl+s")
        assert said in " ".join(screen_text(app).split())
        assert app.focused is not None
        assert app.focused.id == f"field-{box}"
        assert app.screen.query_one("#form-said").region.y == app.focused.region.bottom + 1


async def test_x_writes_the_figures_and_the_grid(make_app: AppMaker, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        for keys, name, head in (
            (["l"], "grid.csv", "urn"),
            (["l"], "figures.csv", "place"),
        ):
            await press(pilot, *keys, "x")
            form, file = app.screen.query(Input)
            form.value, file.value = "pdf", str(tmp_path / name)
            await press(pilot, "ctrl+s")
            assert "'pdf' is no form" in screen_text(app)
            form.value = "csv"
            await press(pilot, "ctrl+s")
            rows = list(csv.reader(io.StringIO((tmp_path / name).read_text("utf-8-sig"))))
            assert rows[0][0] == head
            assert len(rows) > 20


async def test_a_bookmarked_place_opens_again(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "l", "f", "f", "l", "B", "m")
        assert "Profile of a place" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PlaceScreen)
        assert isinstance(app.screen.query_one(EntryList), EntryList)


async def test_without_a_school_l_says_what_to_do(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open("trust:5456")
        await settle(pilot)
        await press(pilot, "l")
        assert "Open a school or an authority first" in told(app)


@pytest.mark.parametrize("key", ["place:england:", "sources:", "map:la:892", "la:892"])
async def test_a_page_is_never_worked_out_on_the_event_loop(
    make_app: AppMaker, service: Service, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """Keys stay alive meanwhile: the register is asked, and the page made, in another thread."""
    asked: set[int] = set()
    for name in ("page", "ground"):
        ask = getattr(Service, name)

        def note(*given: Any, ask: Callable[..., Any] = ask, **more: Any) -> Any:
            service.register._database.set_trace_callback(lambda _: asked.add(get_ident()))
            asked.add(get_ident())
            return ask(*given, **more)

        monkeypatch.setattr(Service, name, note)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        before = app.screen
        app.open(key)
        await settle(pilot)
        assert app.screen is not before
        assert asked
        assert get_ident() not in asked
    service.register._database.set_trace_callback(None)


async def test_of_a_long_page_only_what_is_in_view_is_laid_out(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of England's 2,000 trusts a screenful is seen: the others wait until they are reached."""
    laid: set[int] = set()
    lay_out = EntryLine.lay_out

    def note(line: EntryLine, width: int) -> list[Content]:
        laid.add(id(line))
        return lay_out(line, width)

    monkeypatch.setattr(EntryLine, "lay_out", note)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        laid.clear()
        app.open("place:england:")
        await settle(pilot)
        entries = app.screen.query_one(EntryList)
        assert entries.option_count > 300
        assert 0 < len(laid) <= 24
        await press(pilot, "end")
        assert len(laid) <= 48
        assert lines(entries)[-1].text in screen_text(app)


AWKWARD = Section(
    "Lines",
    (
        Entry(""),
        Entry("A name of several words that no list has the room for, " * 4, right="12.3 mi"),
        Entry("校" * 70, detail="学校 " * 60, confidence="low"),
        Entry("W" * 200, label="Email", fact=True, detail="x" * 300),
        Entry("Two  spaces\tand a tab\n", marks=(("A", True), ("B", None))),
        Entry("Sneinton", brief="S.", own=Marks("★", notes=2), folds="others", share=0.31),
        Entry("Cells", cells=("1,234", "a cell cut at its column", "same")),
    ),
    legend=("Schools", "Of them", "Shared"),
)


def test_a_list_counts_as_many_lines_as_it_lays_out(service: Service) -> None:
    """Each line's height is counted without it: by one wrong, all beneath would stand askew."""
    keys = map(Key, ("place:england:", "sources:", "la:892", "place:la:892", "trust:5456"))
    pages = [service.page(key, None, DAY, "miles") for key in keys]
    for section in (AWKWARD, *(s for page in pages for s in page.sections)):
        widths, bars = column_widths(section), bars_beside(section)
        for entry, label, width in product(section.entries, (0, 14), (20, 40, 61, 78, 117)):
            line = EntryLine(entry, label, widths, bars=bars)
            counted = line.get_height({}, width)
            assert counted == len(line.lay_out(width)), (section.title, entry, label, width)


async def test_a_name_with_braces_is_told_as_it_is_beside_a_key(make_app: AppMaker) -> None:
    app = make_app()
    profiles = app.service.profiles(Key("alike:892"), DAY)
    place = profiles[0].locality._replace(name="Notting{ham} {0}")
    page = alike_page((profiles[0]._replace(locality=place), *profiles[1:]), app.service.info)
    async with app.run_test(size=(120, 60)) as pilot:
        shown = app.screen.query_one(EntryList)
        shown.show_sections(page.sections)
        await settle(pilot)
        said = "compares the line under the cursor with Notting{ham} {0}."
        assert shown.holding(searchable(said).split())
