"""Exporting from the app: x asks for form and file, and the file is there."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input

from navigator.core.keys import Key
from navigator.core.record import Note
from navigator.service import Service
from navigator.ui.forms.form import FormScreen
from navigator.ui.screens.landscape import LandscapeScreen
from tests.ui.conftest import SCHOOL, AppMaker
from tests.ui.steps import press, screen_text, settle, told

SIZE = (120, 40)
NAME = f"Sneinton St Stephens CofE Primary School {SCHOOL}"


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "Documents"
    folder.mkdir()
    monkeypatch.setattr("platformdirs.user_documents_dir", lambda: str(folder))
    return folder


async def test_x_writes_the_page_into_the_documents(make_app: AppMaker, documents: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        assert isinstance(app.screen, FormScreen)
        shown = screen_text(app)
        assert "Export this landscape" in shown
        assert "Your notes and contacts stay out of it" in shown
        await press(pilot, "ctrl+s")
        file = documents / f"{NAME}.html"
        assert file.read_text("utf-8").startswith("<!DOCTYPE html>")
        assert f"Wrote {file}." in told(app)
        assert isinstance(app.screen, LandscapeScreen)


async def test_another_form_changes_the_end_of_the_name(
    make_app: AppMaker, documents: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        app.screen.query_one("#field-form", Input).value = "Markdown"
        await pilot.pause()
        assert f"{NAME}.md" in screen_text(app), "seen before it is written"
        await press(pilot, "ctrl+s")
        assert [file.name for file in documents.iterdir()] == [f"{NAME}.md"]


async def test_form_and_file_are_typed_over(make_app: AppMaker, documents: Path) -> None:
    folder = documents / "for governors"
    folder.mkdir()
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "x", *"csv", "tab")
        box = app.focused
        assert isinstance(box, Input)
        assert box.value.endswith(f"{NAME}.csv")
        box.post_message(Paste(str(folder / "ours.csv")))
        await settle(pilot)
        await press(pilot, "ctrl+s")
        assert [file.name for file in folder.iterdir()] == ["ours.csv"]


@pytest.mark.parametrize(
    ("box", "typed", "said"),
    [
        ("form", "pdf", "'pdf' is no form"),
        ("file", "", "Give a file's name, or a folder."),
        ("file", "/no/such/folder/a.html", "There is no folder"),
        ("parts", "plan", "'plan' can't be put in"),
        ("parts", "no contacts", "'no' can't be put in"),
    ],
)
async def test_what_cannot_be_written_is_said_in_the_form(
    make_app: AppMaker, documents: Path, box: str, typed: str, said: str
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        app.screen.query_one(f"#field-{box}", Input).value = typed
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, FormScreen)
        assert said in " ".join(screen_text(app).split())
        assert app.focused is not None
        assert app.focused.id == f"field-{box}"  # the cursor stands in the box that is wrong
        assert app.screen.query_one("#form-said").region.y == app.focused.region.bottom + 1
        assert not list(documents.iterdir())


async def test_a_file_that_is_there_stays(make_app: AppMaker, documents: Path) -> None:
    (documents / f"{NAME}.html").write_text("mine")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        await press(pilot, "ctrl+s")
        assert "is there already" in " ".join(screen_text(app).split())
        assert "--force" not in screen_text(app)
        assert (documents / f"{NAME}.html").read_text() == "mine"


async def test_notes_only_where_named(
    make_app: AppMaker, service: Service, documents: Path
) -> None:
    service.records.add(
        Note(about=Key(f"school:{SCHOOL}"), name="Sneinton", text="They share their planning")
    )
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "x")
        app.screen.query_one("#field-file", Input).value = str(documents / "without.html")
        app.screen.query_one("#field-parts", Input).value = "nothing"
        await press(pilot, "ctrl+s")
        await press(pilot, "x")
        app.screen.query_one("#field-file", Input).value = str(documents / "with.html")
        app.screen.query_one("#field-parts", Input).value = "my notes, and contacts"
        await press(pilot, "ctrl+s")
        assert "Holds your notes. Think who should see it." in told(app)
    assert "share their planning" not in (documents / "without.html").read_text("utf-8")
    assert "share their planning" in (documents / "with.html").read_text("utf-8")


async def test_from_a_bodys_page_the_landscape_walked_from(
    make_app: AppMaker, documents: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        await press(pilot, "x")
        await press(pilot, "ctrl+s")
        assert [file.name for file in documents.iterdir()] == [f"{NAME}.html"]


async def test_from_a_page_opened_without_a_school_the_landscapes_of_its_schools(
    make_app: AppMaker, documents: Path
) -> None:
    app = make_app(None)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        app.open(Key("trust:5456"), None)
        await settle(pilot)
        await press(pilot, "x")
        assert "Export the landscapes of its schools" in screen_text(app)
        app.screen.query_one("#field-form", Input).value = "csv"
        await press(pilot, "ctrl+s")
        [file] = documents.iterdir()
    assert file.name == "Transform Trust.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert len({row["urn"] for row in csv.DictReader(lines)}) > 1


async def test_the_palette_has_it_where_there_is_a_landscape(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert "Export this landscape" in titles
    app = make_app(None)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert "Export this landscape" not in titles
