"""The head's own record on screen: what a head does by keyboard, and finds in their files."""

from __future__ import annotations

import json
import re
import shlex
import sys
import tomllib
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, Static, TextArea

from navigator.core import clock
from navigator.core.cleaning import plain
from navigator.core.keys import Key
from navigator.core.landscape import Claim
from navigator.core.record import BodyRef, Bookmark, Contact, Correction, Note, OwnNetwork
from navigator.export.contract import as_dict
from navigator.export.landscapes import landscape_markdown, landscape_text
from navigator.records import RecordStore, settings
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.storage.disk import NotSavedError
from navigator.ui import clipboard
from navigator.ui.app import NavigatorApp
from navigator.ui.forms.form import FormScreen
from navigator.ui.forms.pick import PickScreen
from navigator.ui.forms.record import RecordForms
from navigator.ui.screens.body import BodyScreen
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.screens.record import RecordScreen
from navigator.ui.widgets.entries import EntryList
from tests.core.test_wording import HOSTILE
from tests.tools.notes import note_of
from tests.ui.conftest import DAY, SCHOOL, AppMaker
from tests.ui.steps import go_to, press, screen_text, settle, told, write

SIZE = (120, 40)
BEFORE = 122776
"""The school that Sneinton St Stephen's was before it became an academy."""


def kept(tmp_path: Path, kind: str) -> list[dict[str, Any]]:
    """The records on disk."""
    file = tmp_path / "config" / f"{kind}s.toml"
    records: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8")).get(kind, [])
    return records


# --- bookmarks ---


async def test_b_bookmarks_the_line_and_again_takes_it_off(
    make_app: AppMaker, tmp_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "★" not in screen_text(app)
        await go_to(pilot, "East Midlands West")
        await press(pilot, "b")
        assert "West ★" in screen_text(app)
        assert [b["name"] for b in kept(tmp_path, "bookmark")] == ["East Midlands West"]
        await press(pilot, "b")
        assert "★" not in screen_text(app)
        assert kept(tmp_path, "bookmark") == []


async def test_a_star_stands_wherever_the_body_does(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "b")  # the trust
        assert screen_text(app).count("Transform Trust ★") == 2, "its line, and the answer"
        await press(pilot, "enter")
        assert isinstance(app.screen, BodyScreen)
        assert "Transform Trust ★" in screen_text(app), "its page"
        await press(pilot, "d", *"transform")
        assert "Transform Trust ★" in screen_text(app), "the directory"


async def test_capital_letters_mean_the_school_itself(make_app: AppMaker, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "B")
        assert kept(tmp_path, "bookmark")[0]["about"] == f"school:{SCHOOL}"
        assert "Sneinton St Stephen's CofE Primary School ★" in screen_text(app).splitlines()[0]


async def test_a_bookmark_on_a_school_that_converted_follows_it(
    make_app: AppMaker, service: Service
) -> None:
    service.records.add(
        Bookmark(about=Key(f"school:{BEFORE}"), name="Sneinton St Stephen's CofE Primary")
    )
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        assert "★" in screen_text(app).splitlines()[0]
        await press(pilot, "m")
        text = screen_text(app)
        assert f"was Sneinton St Stephen's CofE Primary, URN {BEFORE}, now closed" in text
        await press(pilot, "enter")
        assert isinstance(app.screen, LandscapeScreen)
        assert app.screen.landscape.school.urn == SCHOOL
    assert service.kept.bookmarks[0].about == f"school:{BEFORE}", "the file keeps it"


# --- notes ---


async def test_n_writes_a_note_that_is_on_disk_and_counted(
    make_app: AppMaker, tmp_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await go_to(pilot, "East Midlands West")
        await press(pilot, "n")
        assert isinstance(app.screen, FormScreen)
        await pilot.press(*"Two free places")
        await pilot.press("enter")  # a second line, and not the end of the note
        await pilot.press(*"Ask")
        await press(pilot, "tab")
        await write(pilot, "shares, our word")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, LandscapeScreen)
        assert "✎1" in screen_text(app)
        (note,) = kept(tmp_path, "note")
        assert note["text"] == "Two free places\nAsk"
        assert note["tags"] == ["shares", "our word"]
        assert note["about"].startswith("hub:maths-hub/")


async def test_a_note_on_the_school_is_read_and_changed_on_its_screen(
    make_app: AppMaker, tmp_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "N")
        await write(pilot, "First thoughts")
        await press(pilot, "ctrl+s", "3")
        await go_to(pilot, "First thoughts")
        await press(pilot, "enter")
        assert isinstance(app.screen, FormScreen)
        assert app.screen.query_one(TextArea).text == "First thoughts"
        await write(pilot, "Second thoughts")
        await press(pilot, "ctrl+s")
        assert [n["text"] for n in kept(tmp_path, "note")] == ["Second thoughts"]
        await press(pilot, "u")
        assert [n["text"] for n in kept(tmp_path, "note")] == ["First thoughts"]
        await press(pilot, "ctrl+y")
        assert [n["text"] for n in kept(tmp_path, "note")] == ["Second thoughts"]


async def test_escape_asks_before_it_throws_a_text_away(make_app: AppMaker, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "N")
        await write(pilot, "Half a thought")
        await press(pilot, "escape")
        assert isinstance(app.screen, FormScreen)
        assert "Not saved yet" in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, LandscapeScreen)
        assert not (tmp_path / "config" / "notes.toml").exists()


@pytest.mark.parametrize(
    ("text", "again", "said"),
    [
        ("", "", "A note needs some text"),
        ("x" * 20_001, "", "20,001 characters"),
        ("A note", "soon", "isn't a date"),
        ("A note", "+99999999", "isn't a date"),
    ],
)
async def test_what_cannot_be_kept_is_said_and_the_form_stays(
    make_app: AppMaker, tmp_path: Path, text: str, again: str, said: str
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "N")
        await write(pilot, text)
        app.screen.query_one("#field-again", Input).value = again
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, FormScreen)
        assert said in screen_text(app)
        assert app.screen.query_one(TextArea).text == text
    assert not (tmp_path / "config" / "notes.toml").exists()


@pytest.mark.parametrize("size", [(60, 20), SIZE])
async def test_a_date_is_read_back_as_it_is_typed_and_asked_where_it_could_be_two(
    make_app: AppMaker, service: Service, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 30))  # a Monday
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "N")
        await write(pilot, "Ask about cover")
        app.screen.query_one("#field-again", Input).focus()
        for typed, shown in (
            ("31/1/27", "Sun 31 January 2027"),
            ("in 2 weeks", "Mon 14 December 2026"),
            ("31-Feb", "February has no day 31"),
            ("next Tuesday", "could be tomorrow, Tue 1"),
        ):
            app.screen.query_one("#field-again", Input).value = ""
            await press(pilot, *typed)
            assert shown in screen_text(app)
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, FormScreen)
        assert app.screen.values["text"] == "Ask about cover"
        assert app.screen.values["again"] == "next Tuesday"
        assert service.record().notes == ()
        app.screen.query_one("#field-again", Input).value = "8/12/26"
        await press(pilot, "ctrl+s")
        assert service.record().notes[0].again == date(2026, 12, 8)
        RecordForms(app).edit_note(service.record().notes[0].id)
        await settle(pilot)
        assert app.screen.query_one("#field-again", Input).value == "8 December 2026"
        assert "Tue 8 December 2026" in str(app.screen.query_one("#back-again", Static).content)
        await press(pilot, "ctrl+s")
        assert service.record().notes[0].again == date(2026, 12, 8)


async def test_a_note_to_look_at_again_is_on_the_finder_when_due(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for text, again in (("Due now", "+0"), ("Not yet", "+1")):
            await press(pilot, "N")
            await write(pilot, text)
            app.screen.query_one("#field-again", Input).value = again
            await press(pilot, "ctrl+s")
        await press(pilot, "slash")
        text = screen_text(app)
        assert "LOOK AGAIN" in text
        assert "Due now" in text
        assert "Not yet" not in text
        await press(pilot, "enter")
        assert isinstance(app.screen, FormScreen), "Enter opens the note"


async def test_the_heads_own_editor_writes_the_note(
    make_app: AppMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "N", "f2")
        assert "Set EDITOR" in screen_text(app)
        monkeypatch.setenv("EDITOR", "vi 'x")
        await press(pilot, "f2")
        assert "whose quotes don't match" in screen_text(app)
        monkeypatch.setenv("EDITOR", "no-such-editor")
        monkeypatch.setattr(app, "suspend", nullcontext)
        await press(pilot, "f2")
        assert "no-such-editor can't be started" in screen_text(app)
        script = tmp_path / "editor.py"
        script.write_text(
            "import sys\nopen(sys.argv[1], 'a', encoding='utf-8').write('From my editor')", "utf-8"
        )
        monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(script)]))
        await press(pilot, "f2", "ctrl+s")
        assert [n["text"] for n in kept(tmp_path, "note")] == ["From my editor"]


# --- contacts ---


async def test_a_contact_in_two_bodies_is_a_spanner(make_app: AppMaker, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "c")
        await write(pilot, "Maths lead")
        await press(pilot, "ctrl+s")
        assert "Transform Trust @" in screen_text(app)
        assert "@@" not in screen_text(app)
        await press(pilot, "2", "c")
        assert isinstance(app.screen, PickScreen)
        await press(pilot, *"maths", "enter")
        assert isinstance(app.screen, FormScreen)
        await press(pilot, "ctrl+s")
        text = screen_text(app)
        assert "Transform Trust @@" in text
        assert "Nottingham @@" in text
        (person,) = kept(tmp_path, "contact")
        assert len(person["bodies"]) == 2
        await press(pilot, "2")
        assert "Yours @ Maths lead" in screen_text(app)


async def test_a_contact_needs_a_role(make_app: AppMaker, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "c", "ctrl+s")
        assert "needs a role" in screen_text(app)
    assert not (tmp_path / "config" / "contacts.toml").exists()


async def test_a_removed_contact_is_in_no_file_and_can_be_undone(
    make_app: AppMaker, service: Service, tmp_path: Path
) -> None:
    service.records.add(
        Contact(
            role="Adviser", bodies=(BodyRef(Key("la:892"), "Nottingham"),), name="Zebedee Quill"
        )
    )
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "3", "delete")
        files = [f for f in (tmp_path / "config").rglob("*") if f.is_file()]
        assert not [f for f in files if b"Zebedee" in f.read_bytes()]
        await press(pilot, "u")
        assert kept(tmp_path, "contact")[0]["name"] == "Zebedee Quill"


async def test_after_an_undo_the_cursor_is_on_what_came_back(
    make_app: AppMaker, service: Service, tmp_path: Path
) -> None:
    for text in ("one", "two", "three"):
        service.records.add(Note(about=Key("la:892"), name="Nottingham", text=text))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "2", "down", "delete", "u")
        entry = app.screen.query_one(EntryList).entry
        assert entry is not None
        assert entry.text == "two"
        await press(pilot, "delete")
        assert [note["text"] for note in kept(tmp_path, "note")] == ["one", "three"]


async def test_ctrl_c_says_our_own_key(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+c")
        assert told(app) == "q leaves Navigator."
        await press(pilot, "N", "ctrl+c")
        assert "Ctrl+Q leaves Navigator." in told(app)


# --- own networks ---


async def test_g_makes_a_network_that_stands_like_a_trust(
    make_app: AppMaker, tmp_path: Path
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "g")
        await write(pilot, "Our cluster")
        await press(pilot, "ctrl+s")
        (network,) = kept(tmp_path, "network")
        assert SCHOOL in network["schools"]
        assert len(network["schools"]) == 2
        text = screen_text(app)
        assert "yours, 2 schools" in text
        assert "E M T A L N" in text, "a column of the nearby schools"
        await press(pilot, "down", "g", "down", "up", "enter")
        assert len(kept(tmp_path, "network")[0]["schools"]) == 3
        await press(pilot, "2")
        await go_to(pilot, "Our cluster")
        await press(pilot, "enter")
        assert isinstance(app.screen, BodyScreen)
        text = screen_text(app)
        assert "WHERE THEY ARE" in text
        assert "ITS SCHOOLS" in text
        assert "3 schools" in text


async def test_a_network_takes_only_schools_that_there_are(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "g")
        await write(pilot, "Our cluster")
        app.screen.query_one(TextArea).text = "our neighbour"
        await press(pilot, "ctrl+s")
        assert "doesn't begin with a URN" in screen_text(app)
        app.screen.query_one(TextArea).text = "999999"
        await press(pilot, "ctrl+s")
        assert "No school with URN 999999" in screen_text(app)


# --- corrections ---


async def test_what_the_head_sets_stands_over_what_is_published(
    make_app: AppMaker, service: Service
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        await go_to(pilot, "East Midlands West")
        await press(pilot, "s", *"yorkshire", "enter")
        assert re.search(r"Maths +South Yorkshire +\d+ +set", screen_text(app))
        assert "Published: Your area's hub: East Midlands" in screen_text(app)
        claim = next(
            c for c in service.landscape(SCHOOL, DAY).hubs if c.programme.id == "maths-hub"
        )
        assert claim.claim is Claim.SET_BY_YOU
        assert claim.hub
        assert "Yorkshire" in claim.hub.hub.name
        assert claim.hub.distance_km, "our hub of that name, with its lead"
        assert claim.published
        assert claim.published.claim is Claim.DESIGNATED
        await press(pilot, "u")
        assert re.search(r"Maths +East Midlands West +[\d.]+ ✓ yours", screen_text(app))


async def test_a_hub_our_table_lacks_is_kept_as_typed(make_app: AppMaker, service: Service) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await go_to(pilot, "East Midlands West")
        await press(pilot, "s")
        await write(pilot, "A hub of the moon")
        await press(pilot, "enter")
        assert "A hub of the moon" in " ".join(screen_text(app).split())
        await go_to(pilot, "A hub of the moon")
        await press(pilot, "s", "enter")  # take back
        assert "A hub of the moon" not in screen_text(app)
    assert service.kept.corrections == ()


async def test_a_correction_does_not_reach_into_the_past(service: Service) -> None:
    service.records.add(
        Correction(
            id="",
            says="hub",
            about=Key(f"school:{SCHOOL}"),
            name="x",
            programme="maths-hub",
            names=("Another",),
        )
    )
    service.records.add(
        Correction(
            id="", says="network", about=Key(f"school:{SCHOOL}"), name="x", names=("Trent Heads",)
        )
    )
    for day, set_by in ((DAY, True), (DAY - timedelta(days=1), False)):
        landscape = service.landscape(SCHOOL, day)
        claim = next(c for c in landscape.hubs if c.programme.id == "maths-hub")
        assert (claim.claim is Claim.SET_BY_YOU) is set_by
        assert ("Trent Heads" in str(as_dict(landscape)["networks"])) is set_by


async def test_a_partnership_that_closed_says_so_and_stays(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await go_to(pilot, "Nottingham Schools Trust")
        await press(pilot, "s", "enter")
        assert "Closed, you said on" in screen_text(app)
        assert "Nottingham Schools Trust" in screen_text(app)


async def test_our_heads_network_is_another(make_app: AppMaker, service: Service) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "s")  # on the trust: what is left to say is the network
        await write(pilot, "Trent Heads")
        await press(pilot, "enter")
        assert "Trent Heads" in screen_text(app)
    listed = as_dict(service.landscape(SCHOOL, DAY))["networks"]
    assert listed[0]["name"] == "Trent Heads"
    assert listed[0]["status"] == "set-by-you"


# --- the record's own screen, and the finder ---


async def test_the_record_is_listed_filtered_moved_and_undone(
    make_app: AppMaker, service: Service, tmp_path: Path
) -> None:
    for name in ("One", "Two", "Three"):
        service.records.add(Bookmark(about=Key(f"trust:{name}"), name=f"{name} Trust"))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "m")
        assert isinstance(app.screen, RecordScreen)
        assert "1 Bookmarks 3" in screen_text(app)
        await press(pilot, "right_square_bracket")
        assert [b["name"] for b in kept(tmp_path, "bookmark")] == [
            "Two Trust",
            "One Trust",
            "Three Trust",
        ]
        await press(pilot, "slash", *"three", "enter")
        assert "Two Trust" not in screen_text(app)
        await press(pilot, "delete")
        assert len(kept(tmp_path, "bookmark")) == 2
        await press(pilot, "u", "u")
        assert [b["name"] for b in kept(tmp_path, "bookmark")] == [
            "One Trust",
            "Two Trust",
            "Three Trust",
        ]
        await press(pilot, "escape", "e")
        await write(pilot, "!")
        await press(pilot, "tab")
        await write(pilot, "keep, ask again")
        await press(pilot, "ctrl+s")
        assert "#keep #ask again" in screen_text(app)
        assert [b["name"] for b in kept(tmp_path, "bookmark") if b.get("marker") == "!"] == [
            "Three Trust"
        ], "the one under the cursor, which was removed and came back"


async def test_every_tab_says_how_to_fill_it(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "m")
        for word in ("b bookmarks", "n writes", "c adds", "g puts", "s sets"):
            assert word in screen_text(app)
            foot = screen_text(app).splitlines()[-1]
            assert "Esc Back" in foot
            assert not re.search("Open|Filter|Edit|Remove", foot), "there is nothing to do it to"
            await press(pilot, "tab")
        await press(pilot, "e", "delete", "enter", "left_square_bracket")
        assert isinstance(app.screen, RecordScreen), "keys on an empty list do no harm"


async def test_the_finder_opens_on_what_the_head_keeps(
    make_app: AppMaker, service: Service
) -> None:
    service.records.add(Bookmark(about=Key("la:892"), name="Nottingham"))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "enter", "slash")
        text = screen_text(app)
        assert "BOOKMARKS" in text
        assert "Nottingham ★" in text
        assert "RECENT" in text
        recent = service.kept.recents
        assert recent
        assert recent[0].name in text
        await press(pilot, "f6")
        assert isinstance(app.screen, RecordScreen)


async def test_my_school_is_remembered(make_app: AppMaker, service: Service) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "ctrl+p", *"my school", "enter")
        assert settings.load().school == SCHOOL
        await press(pilot, "slash")
        assert "YOUR SCHOOL" in screen_text(app)


async def test_settings_are_a_form(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        assert "Standhill" in screen_text(app)
        await press(pilot, "ctrl+p", *"settings", "enter")
        await write(pilot, "999999")
        app.screen.query_one("#field-radius", Input).value = "a mile"
        await press(pilot, "ctrl+s")
        assert "“a mile” isn't a number" in screen_text(app)
        app.screen.query_one("#field-radius", Input).value = "1"
        await press(pilot, "ctrl+s")
        assert "No school with URN 999999" in screen_text(app)
        await write(pilot, "")
        app.screen.query_one("#field-supply_rate", Input).value = "£210"
        await press(pilot, "ctrl+s")
        assert "Standhill" not in screen_text(app), "more than a mile away"
        held = settings.load()
        assert (held.radius, held.supply_rate, held.school) == (1, 210, None)
        app.settings = app.settings._replace(radius=0.01)
        home = app.screen_stack[0]
        assert isinstance(home, LandscapeScreen)
        home.fill()
        assert "None within 0.01 mi, as you set" in screen_text(app)


async def test_a_setting_that_is_typed_over_is_what_was_typed(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 40)) as pilot:
        await settle(pilot)
        app.remember(supply_rate=200.0, radius=1.5)
        await press(pilot, "ctrl+p", *"settings", "enter")
        await press(pilot, "tab", *"2.5", "tab", *"250", "ctrl+s")
        held = settings.load()
        assert (held.radius, held.supply_rate) == (2.5, 250)
        await press(pilot, "ctrl+p", *"settings", "enter")
        await press(pilot, "tab", "end", "0", "ctrl+s")
        assert settings.load().radius == 2.5, "what is marked can be mended, too"


async def test_where_one_types_the_function_keys_mark_and_note(
    make_app: AppMaker, tmp_path: Path
) -> None:
    app = make_app(None)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *"sneinton", "f4")
        assert "★" in screen_text(app)
        assert len(kept(tmp_path, "bookmark")) == 1
        await press(pilot, "f5")
        assert isinstance(app.screen, FormScreen)


# --- others who write ---


async def test_what_another_navigator_keeps_shows_up(make_app: AppMaker, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        RecordStore(tmp_path / "config").add(Bookmark(about=Key(f"school:{SCHOOL}"), name="ours"))
        app.look_at_record()
        await settle(pilot)
        assert "★" in screen_text(app).splitlines()[0]


async def test_a_file_broken_by_hand_is_told_and_nothing_is_lost(
    make_app: AppMaker, service: Service, tmp_path: Path
) -> None:
    service.records.add(Note(about=Key(f"school:{SCHOOL}"), name="ours", text="Kept"))
    file = tmp_path / "config" / "notes.toml"
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        broken = file.read_text("utf-8") + "\n[[note]\n"
        file.write_text(broken, "utf-8")
        app.look_at_record()
        await settle(pilot)
        assert "notes.toml" in told(app)
        assert "line" in told(app)
        assert "✎1" in screen_text(app).splitlines()[0], "the newest good version"
    assert broken in [f.read_text("utf-8") for f in file.parent.glob("notes.broken-*.toml")]


async def test_a_folder_that_cannot_be_written_is_said(make_app: AppMaker, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where the folder should be", "utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        assert "this wasn't saved" in told(app)
        assert "★" not in screen_text(app)


# --- privacy and hostile text ---


async def test_exports_hold_no_note_and_no_contact(service: Service) -> None:
    service.records.add(Note(about=Key(f"school:{SCHOOL}"), name="ours", text="Sapphire thoughts"))
    service.records.add(Note(about=Key("la:892"), name="Nottingham", text="Sapphire thoughts"))
    service.records.add(
        Contact(
            role="Sapphire adviser", bodies=(BodyRef(Key("la:892"), "Nottingham"),), name="Sapphire"
        )
    )
    landscape = service.landscape(SCHOOL, DAY)
    for text in (
        landscape_text(landscape, "miles"),
        landscape_markdown(landscape, "miles"),
        str(as_dict(landscape)),
    ):
        assert "Sapphire" not in text
    assert as_dict(landscape)["workspace"]["notes"] == 1


def test_remarks_stay_out_of_what_show_prints(service: Service) -> None:
    service.records.add(
        Correction(
            id="",
            says="hub",
            about=Key(f"school:{SCHOOL}"),
            name="x",
            programme="maths-hub",
            names=("Moon", "Mars"),
            note="Sapphire",
        )
    )
    service.records.add(
        Correction(
            id="",
            says="closed",
            about=Key("partnership:nottingham-schools-trust-nst"),
            name="NST",
            note="Sapphire",
        )
    )
    landscape = service.landscape(SCHOOL, DAY)
    text = landscape_text(landscape, "miles")
    for shown in (text, landscape_markdown(landscape, "miles"), str(as_dict(landscape))):
        assert "Sapphire" not in shown
    assert "Moon" in text
    assert "Mars" in text, "each hub that the head set"
    hub = next(h for h in as_dict(landscape)["hubs"] if h["programme"] == "maths-hub")
    assert hub["note"] == "", "the published note is under the published claim"
    assert hub["published"]["note"]


async def test_saving_a_form_changes_only_what_was_typed(
    make_app: AppMaker, service: Service, tmp_path: Path
) -> None:
    text = "Plan:\n  - one\n      code  here\n\u202bשלום"
    note = service.records.add(
        Note(about=Key(f"school:{BEFORE}"), name="Before", text=text, tags=("our word", "x"))
    )
    service.records.add(
        Contact(role="Adviser", bodies=(BodyRef(Key(f"school:{BEFORE}"), "Before"),))
    )
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        RecordForms(app).edit_note(note.id)
        await settle(pilot)
        app.screen.query_one("#field-again", Input).value = "2027-01-31"
        await press(pilot, "ctrl+s", "m", "3", "e")
        app.screen.query_one("#field-note", Input).value = "A remark"
        await press(pilot, "ctrl+s")
    (saved,) = kept(tmp_path, "note")
    assert saved["text"] == text
    assert saved["tags"] == ["our word", "x"]
    (person,) = kept(tmp_path, "contact")
    assert person["bodies"] == [f"school:{BEFORE} Before"], "as it was written, though it closed"


async def test_a_form_never_overwrites_what_another_navigator_wrote(
    make_app: AppMaker, service: Service, tmp_path: Path
) -> None:
    note = service.records.add(Note(about=Key(f"school:{SCHOOL}"), name="ours", text="First"))
    network = service.records.add(OwnNetwork(name="Our cluster", urns=(SCHOOL,)))
    other = RecordStore(tmp_path / "config")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        RecordForms(app).edit_note(note.id)
        await settle(pilot)
        other.change(note_of(other, note.id)._replace(text="Theirs"))
        await write(pilot, "Mine")
        await press(pilot, "ctrl+s")
        assert "was changed elsewhere while it was open here" in " ".join(screen_text(app).split())
        assert [n["text"] for n in kept(tmp_path, "note")] == ["Theirs"]
        await press(pilot, "escape", "escape", "3", "g")
        other.regroup(network.id, put=[137526])
        await press(pilot, "enter")
        schools = kept(tmp_path, "network")[0]["schools"]
        assert len(schools) == 3
        assert 137526 in schools


async def test_an_undo_that_fails_can_be_tried_again(
    make_app: AppMaker, service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.records.add(
        Contact(
            role="Adviser", bodies=(BodyRef(Key("la:892"), "Nottingham"),), name="Zebedee Quill"
        )
    )
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "3", "delete")

        def full(*_: object) -> None:
            raise NotSavedError("There is no room left")

        with monkeypatch.context() as patched:
            patched.setattr(RecordStore, "apply", full)
            await press(pilot, "u")
        assert "There is no room left" in told(app)
        await press(pilot, "u")
        assert kept(tmp_path, "contact")[0]["name"] == "Zebedee Quill"
        await press(pilot, "ctrl+y")
        files = [f for f in (tmp_path / "config").rglob("*") if f.is_file()]
        assert not [f for f in files if b"Zebedee" in f.read_bytes()], "done again, in full"


async def test_nothing_typed_is_lost_on_the_way_out(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "N")
        await write(pilot, "Half a thought")
        await press(pilot, "ctrl+p")
        assert isinstance(app.screen, FormScreen)
        app.open(Key.school(SCHOOL))  # a page that arrives late
        await settle(pilot)
        assert isinstance(app.screen, FormScreen)
        await press(pilot, "ctrl+q")
        assert app.is_running
        assert "Ctrl+Q again throws it away" in screen_text(app)
        await write(pilot, ", and the other half")
        await press(pilot, "escape")
        assert isinstance(app.screen, FormScreen), "what was typed since is asked about anew"
        assert "Esc again throws it away" in screen_text(app)
        await press(pilot, "escape")
        assert not isinstance(app.screen, FormScreen)


async def test_in_my_record_the_keys_mean_the_body_of_the_line(
    make_app: AppMaker, service: Service, tmp_path: Path
) -> None:
    service.records.add(Bookmark(about=Key("la:892"), name="Nottingham"))
    service.records.add(
        Correction(
            id="",
            says="network",
            about=Key(f"school:{SCHOOL}"),
            name="ours",
            names=("Trent Heads",),
        )
    )
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "n")
        await write(pilot, "On the authority")
        await press(pilot, "ctrl+s")
        assert kept(tmp_path, "note")[0]["about"] == "la:892"
        await press(pilot, "b")
        assert kept(tmp_path, "bookmark") == []
        await press(pilot, "5", "enter")
        assert isinstance(app.screen, LandscapeScreen)
        assert len(app.screen_stack) == 3


async def test_nothing_is_set_while_one_looks_at_the_past(service: Service, tmp_path: Path) -> None:
    past = DAY - timedelta(days=400)
    app = NavigatorApp(service, Settings(), landscape=service.landscape(SCHOOL, past), as_at=past)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "s")
        assert "what you set holds from today on" in told(app)
        assert isinstance(app.screen, LandscapeScreen)


async def test_a_page_tells_at_once_what_changed(make_app: AppMaker, service: Service) -> None:
    service.records.add(OwnNetwork(name="Our cluster", urns=(SCHOOL, 137526)))
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "4", "enter")
        assert "2 schools" in screen_text(app)
        await go_to(pilot, "St Ann's Well")
        await press(pilot, "g", "enter")
        assert "1 school" in screen_text(app)
        assert "St Ann's Well" not in screen_text(app)


async def test_a_long_record_shows_its_first_lines_and_says_so(
    make_app: AppMaker, tmp_path: Path
) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "notes.toml").write_text(
        "".join(
            f'[[note]]\nid = "n-{i}"\nabout = "la:892"\ntext = "Thought {i}"\n' for i in range(900)
        ),
        "utf-8",
    )
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "m", "2")
        assert "2 Notes 900" in screen_text(app)
        assert "NOTES: 200 OF 900, / NARROWS THEM DOWN" in screen_text(app)
        await press(pilot, "slash", *"thought 17", "enter")
        assert "Thought 17" in screen_text(app)


def hand_written(folder: Path, text: str) -> None:
    """A record that holds a text wherever a text can stand, as a file made elsewhere might."""
    said = json.dumps(text, ensure_ascii=True)  # TOML reads these escapes as JSON does
    said = re.sub(r"\\u00(1b|00)", r"\\u00\1", said)
    body = json.dumps(f"la:892 {text}", ensure_ascii=True)
    school = f"school:{SCHOOL}"
    files = {
        "bookmark": f'about = "la:892"\nname = {said}\nmarker = {said}\ntags = [{said}]',
        "note": f'about = "{school}"\nname = {said}\ntext = {said}\ntags = [{said}]\n'
        "again = 2026-01-01",
        "contact": f"role = {said}\nname = {said}\nreach = {said}\n"
        f'bodies = [{body}, "trust:5456 {school}"]',
        "network": f"name = {said}\nschools = [{SCHOOL}]\nnote = {said}",
        "correction": f'says = "hub"\nabout = "{school}"\nname = {said}\nprogramme = "maths-hub"\n'
        f"names = [{said}]\nnote = {said}",
    }
    folder.mkdir()
    for kind, values in files.items():
        (folder / f"{kind}s.toml").write_text(f'[[{kind}]]\nid = "x-1"\n{values}\n', "utf-8")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_of_the_heads_own_is_shown_plainly(
    service: Service, make_app: AppMaker, tmp_path: Path, text: str
) -> None:
    hand_written(tmp_path / "config", text)
    app = make_app()
    shown = plain(text)[:8]
    async with app.run_test(size=(160, 50), notifications=True) as pilot:
        await settle(pilot)
        assert service.records.problems() == []
        assert app.record.notes[0].text == text, "the file holds it"
        assert shown in screen_text(app)
        screens = [
            ("2", "down", "b"), ("u",), ("3", "end", "y"), ("m",), ("2",), ("3",), ("4",), ("5",),
            ("4", "e"), ("escape", "3", "e"), ("escape", "2", "e"), ("escape", "1", "e"),
            ("escape", "4", "enter"), ("slash",),
        ]  # fmt: skip
        for keys in screens:
            await press(pilot, *keys)
            lines = screen_text(app)
            assert not set(lines) & {"\x1b", "\x00", "\u202e", "\u200b"}
        assert app.is_running


async def test_a_body_typed_by_its_name_is_the_body(make_app: AppMaker, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "c")
        await write(pilot, "Adviser")
        box = app.screen.query_one(TextArea)
        box.text = "la:892partnership:x\nNottingham"
        await press(pilot, "ctrl+s")
        assert "isn't a body's key" in screen_text(app)
        box.text = "nottingham\nA university"
        await press(pilot, "ctrl+s")
        (person,) = kept(tmp_path, "contact")
        assert person["bodies"] == ["la:892 Nottingham", "A university"]


async def test_a_closure_stands_on_the_bodys_own_page(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await go_to(pilot, "Nottingham Schools Trust")
        await press(pilot, "s", "enter", "enter", "enter")
        assert isinstance(app.screen, BodyScreen)
        assert "Closed, you said on 22 Nov 2026" in screen_text(app)


async def test_what_was_done_is_said_until_the_next_key(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        assert "Bookmarked" in screen_text(app)
        await press(pilot, "down")
        assert "Bookmarked" not in screen_text(app)
        assert re.search("Why .*\n.*Reach ", screen_text(app), re.DOTALL)


async def test_own_networks_are_found(make_app: AppMaker, service: Service) -> None:
    service.records.add(OwnNetwork(name="Our cluster", urns=(SCHOOL,)))
    app = make_app(None)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, *"our clu", "enter")
        assert isinstance(app.screen, BodyScreen)
        assert app.screen.page.title == "Our cluster"


async def test_a_list_that_nothing_fits_says_so(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await go_to(pilot, "Nottingham Schools Trust")
        await press(pilot, "s", *"zzqq")
        assert "None of these holds “zzqq”" in screen_text(app)


def test_a_damaged_file_that_another_set_aside_is_told_here_too(tmp_path: Path) -> None:
    one = RecordStore(tmp_path)
    one.add(Note(about=Key("la:892"), name="Nottingham", text="Kept"))
    two = RecordStore(tmp_path)
    assert two.record.notes
    (tmp_path / "notes.toml").write_text("[[note", "utf-8")
    assert one.record.notes
    assert len(one.problems()) == 1
    (told_too,) = two.problems()
    assert "notes.broken-1.toml" in told_too
    assert two.problems() == []


def test_a_bare_urn_written_by_hand_is_a_school(tmp_path: Path) -> None:
    (tmp_path / "notes.toml").write_text(
        '[[note]]\nabout = "139217"\ntext = "a"\n\n[[note]]\nabout = "the trust"\ntext = "b"\n'
    )
    records = RecordStore(tmp_path)
    assert [n.about for n in records.record.notes] == [f"school:{SCHOOL}", "the trust"]
    (problem,) = records.problems()
    assert "about of" in problem


async def test_y_copies_the_number_of_ones_own_contact_there(
    make_app: AppMaker, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "copy", lambda _: True)  # not the developer's own
    council = BodyRef(Key.of("la", "892"), "Nottingham")
    service.records.add(Contact(role="Adviser", bodies=(council,), reach="0115 496 0123"))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert "Yours @ Adviser 0115 496 0123" in screen_text(app)
        await press(pilot, "y")
        assert app.clipboard == "0115 496 0123"
