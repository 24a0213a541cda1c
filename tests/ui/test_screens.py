"""What a head sees and can do, by keyboard, on the embedded sample."""

from __future__ import annotations

import re
import webbrowser
from pathlib import Path
from time import time
from typing import Any

import pytest
from textual import notifications
from textual.notifications import Notification
from textual.pilot import Pilot
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea
from textual.widgets._toast import Toast

from navigator.core.keys import Key
from navigator.records import settings
from navigator.service import Service
from navigator.ui import clipboard
from navigator.ui.screens.body import BodyScreen
from navigator.ui.screens.finder import FinderScreen
from navigator.ui.screens.help import HelpScreen
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.widgets.entries import EntryList, EntryOption
from navigator.ui.widgets.panels import PanelList
from tests.ui.conftest import DAY, SCHOOL, AppMaker
from tests.ui.steps import screen_text, settle

SIZES = [(160, 50), (120, 40), (80, 24), (40, 15)]


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_school_and_its_hubs_are_on_the_first_screen(
    make_app: AppMaker, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = screen_text(app)
        assert "Sneinton St Stephen's" in text
        assert "1 WHO HELPS WITH" in text
        assert "East Midlands" in text
        assert "F1 Help" in text
        assert "U loads England" in text
        if size[0] >= 80:
            assert "q Quit" in text
            assert "2 WHERE YOU BELONG" in text
            assert "Transform Trust" in text
            assert "✓ yours" in text
        if size[0] >= 112:
            assert "3 NEXT DOOR" in text
            assert "WHY THEM" in text
        elif size[0] == 80:
            assert "Why " in text


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
async def test_no_line_is_wider_than_the_terminal(
    make_app: AppMaker, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        for key in "123":
            await pilot.press(key)
            for entries in app.screen.query(EntryList):
                if not entries.size:
                    continue  # another tab
                assert entries.virtual_size.width <= entries.size.width


async def test_keys_jump_between_panels_and_the_answer_follows(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await go_to_need(pilot, "Maths")
        assert "It covers Nottingham" in screen_text(app)
        await pilot.press("right")
        assert "The register places this school in it." in screen_text(app)
        await pilot.press("right")
        first = app.screen.query_one(PanelList).entry
        assert first
        assert first.marks
        assert "Shares your" in screen_text(app)
        await pilot.press("1")
        assert app.screen.query_one(PanelList).panel == 0


@pytest.mark.parametrize("size", [(40, 12), (40, 15), (60, 19)], ids=str)
async def test_in_a_low_terminal_the_list_has_the_room_and_the_cursor_is_seen(
    make_app: AppMaker, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        for key in "123":
            await pilot.press(key)
            await settle(pilot)
            lines = screen_text(app).splitlines()
            assert "Sneinton St Stephen's" in lines[0]
            assert "U loads England" in lines[1]
            assert sum(line.startswith("▌") for line in lines), key
            assert app.screen.query_one(PanelList).size.height >= size[1] - 6
            assert any(line.startswith(" Reach ") for line in lines)


async def test_a_panel_stands_alone_and_all_come_back(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "down", "z")
        await settle(pilot)
        panels = app.screen.query_one(PanelList)
        held = panels.entry
        text = screen_text(app)
        assert "NEXT DOOR" in text
        assert "Panel 3 alone; z shows all." in text
        assert not any(
            isinstance(o, EntryOption) and o.entry.label == "Maths" for o in panels.options
        )
        await pilot.press("right")
        await settle(pilot)
        assert "WHO HELPS WITH" in screen_text(app), "after the last comes the first, alone too"
        assert "WHERE YOU BELONG" not in screen_text(app)
        await pilot.press("3", "down", "z")
        await settle(pilot)
        assert panels.entry == held
        assert "alone" not in screen_text(app)
        await pilot.press("z", "escape")
        await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        assert "alone" not in screen_text(app), "Esc goes back to all, and no further"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_answer_says_why_how_sure_and_how_to_reach_them(
    make_app: AppMaker, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await go_to_need(pilot, "Maths")
        text = screen_text(app)
        assert "It covers Nottingham" in text
        assert "Good source, 2" in text if size[0] == 80 else "Good source: ncetm.org.uk" in text
        assert "Reach" in text or "REACH THEM" in text


async def go_to_need(pilot: Pilot[None], need: str) -> None:
    """Put the cursor on the line of a need."""
    panels = pilot.app.screen.query_one(PanelList)
    for number, option in enumerate(panels.options):
        if isinstance(option, EntryOption) and option.entry.label == need:
            panels.highlighted = number
            await pilot.pause()
            return
    raise AssertionError(f"no line for {need!r}")


async def test_a_folded_line_shows_what_it_folds_and_hides_it_again(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        panels = app.screen.query_one(PanelList)
        number = next(
            n
            for n, o in enumerate(panels.options)
            if isinstance(o, EntryOption) and o.entry.folds == "ended"
        )
        panels.highlighted = number
        assert "31 March 2025" not in screen_text(app)
        await pilot.press("enter")
        assert "31 March 2025" in screen_text(app)
        assert panels.entry
        assert panels.entry.folds == "ended"
        await pilot.press("enter")
        assert "31 March 2025" not in screen_text(app)


async def test_the_first_frame_is_the_last(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is drawn first stays: nothing is filled a second time when the screen is sized."""
    filled = []
    fill = LandscapeScreen.fill

    def counted(screen: LandscapeScreen, **given: Any) -> None:
        filled.append(1)
        fill(screen, **given)

    monkeypatch.setattr(LandscapeScreen, "fill", counted)
    for size in SIZES:
        app = make_app()
        filled.clear()
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            assert len(filled) == 1, size


async def test_from_a_nearby_school_its_own_landscape_opens_and_escape_returns(
    make_app: AppMaker,
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3", "enter")
        await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        assert app.screen.landscape.school.urn != SCHOOL
        await pilot.press("escape")
        assert isinstance(app.screen, LandscapeScreen)
        assert app.screen.landscape.school.urn == SCHOOL


async def test_escape_from_the_first_landscape_goes_to_the_finder_and_never_quits(
    make_app: AppMaker,
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        assert isinstance(app.screen, FinderScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, LandscapeScreen)
        assert app.is_running


async def test_the_finder_finds_as_you_type_and_opens(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Type any of these" in screen_text(app)
        await pilot.press(*"sneinton")
        await settle(pilot)
        assert "Sneinton St Stephen's" in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        assert "Sneinton" in app.screen.landscape.school.name


async def test_the_finder_that_is_open_takes_new_words_for_the_old_ones(make_app: AppMaker) -> None:
    app = make_app(SCHOOL)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"windmill", "enter")
        await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        await pilot.press("slash", *"hogarth")
        assert isinstance(app.screen, FinderScreen)
        assert app.screen.typed == "hogarth"


async def test_the_finder_moves_with_arrows_while_the_box_keeps_the_focus(
    make_app: AppMaker,
) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"academy")
        await settle(pilot)
        results = app.screen.query_one(EntryList)
        first = results.entry
        await pilot.press("down")
        assert results.entry is not first
        assert isinstance(app.focused, Input)


async def test_the_finder_says_what_to_do_when_nothing_matches(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"zzzqqq")
        await settle(pilot)
        text = screen_text(app)
        assert "No school matches" in text
        assert "F10 loads England: this is a sample." in text


@pytest.mark.parametrize(
    "typed",
    ["[italic]zzzqqq[/italic]", "[@click=app.quit]zzzqqq", "\x1b[31mred", "“”'\"*(", "x" * 500],
)
async def test_what_is_typed_is_data(make_app: AppMaker, typed: str) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(Input).value = typed
        await settle(pilot)
        said = app.screen.query_one("#finder-said", Static)
        assert "No school matches" in str(said.render())
        assert app.is_running


async def test_what_a_postcode_without_a_school_is_taken_for_is_said(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one(Input).value = "NG7 2ZZ"
        await settle(pilot)
        said = app.screen.query_one("#finder-said", Static)
        assert str(said.render()).startswith(
            "No school in NG7 2ZZ; nearest to the schools of NG7 2"
        )
        assert "0.0 mi · Nottingham NG7 2" in screen_text(app)


async def test_enter_never_outruns_what_was_typed_before_it(make_app: AppMaker) -> None:
    app = make_app(urn=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"sneinton")
        await settle(pilot)
        app.screen.query_one(Input).value = "122416"  # pasted over, Enter at once
        await pilot.press("enter")
        for _ in range(3):
            await settle(pilot)
        assert isinstance(app.screen, LandscapeScreen)
        assert app.screen.landscape.school.urn == 122416


async def test_the_cursor_shows_without_colour(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        marked = [line for line in screen_text(app).splitlines() if line.startswith("▌")]
        assert marked[0].startswith("▌Phonics")
        await pilot.press("down")
        marked = [line for line in screen_text(app).splitlines() if line.startswith("▌")]
        assert marked[0].startswith("▌Maths")


@pytest.mark.parametrize("first", [[], ["f1"], ["enter"], ["enter", "enter"], ["d"], ["a"]])
async def test_ctrl_q_quits_from_every_screen(make_app: AppMaker, first: list[str]) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for key in first:
            await pilot.press(key)
            await settle(pilot)
        await pilot.press("ctrl+q")
        assert app._exit


async def test_copy_says_what_was_copied(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "copy", lambda _: True)  # not the developer's own
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("3", "y")
        await settle(pilot)
        assert app.clipboard
        assert f"Copied: {app.clipboard}" in [n.message for n in app._notifications]


async def test_only_web_addresses_are_opened(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", browse)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        entries = app.screen.query_one(PanelList)
        for number, option in enumerate(entries.options):
            if not option.disabled:
                entries.highlighted = number
                await pilot.press("o")
        await settle(pilot)
    assert opened
    assert all(url.startswith(("http://", "https://")) for url in opened)


async def test_help_shows_keys_and_words_at_every_size(make_app: AppMaker) -> None:
    for size in SIZES:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            await pilot.press("f1")
            assert isinstance(app.screen, HelpScreen)
            assert "Enter" in screen_text(app)
            await pilot.press("escape")
            assert isinstance(app.screen, LandscapeScreen)


async def test_the_footer_fits_at_80_columns(make_app: AppMaker) -> None:
    for urn in (None, SCHOOL):
        app = make_app(urn)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            keys = screen_text(app).splitlines()[-1]
            assert "Help" in keys
            assert "Quit" in keys
            assert "Esc" in keys


async def test_a_theme_is_remembered(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        app.theme = "navigator-light"
        await settle(pilot)
    assert settings.load().theme == "navigator-light"


async def test_kilometres_are_shown_and_remembered(make_app: AppMaker) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        assert re.search(r" mi +sure", screen_text(app))
        app.set_units("km")
        await settle(pilot)
        assert re.search(r" km +sure", screen_text(app))
        assert not re.search(r"\bmi\b", screen_text(app))
    assert settings.load().units == "km"


async def test_a_broken_settings_file_is_said_and_kept(make_app: AppMaker, tmp_path: Path) -> None:
    file = tmp_path / "config" / "settings.toml"
    file.parent.mkdir()
    file.write_text("units = [broken", "utf-8")
    given = settings.load()
    assert str(file) in given.problem
    settings.save(units="km")
    assert settings.load().units == "km"
    assert file.with_suffix(".broken-1.toml").read_text("utf-8") == "units = [broken"


async def test_a_rewrite_keeps_comments_and_unknown_keys(
    make_app: AppMaker, tmp_path: Path
) -> None:
    file = tmp_path / "config" / "settings.toml"
    file.parent.mkdir()
    file.write_text('# mine\nunits = "miles"  # for now\nother = 3\n', "utf-8")
    settings.save(units="km")
    assert file.read_text("utf-8") == '# mine\nunits = "km"  # for now\nother = 3\n'


async def test_s_copies_a_message_to_whoever_keeps_the_list(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "copy", lambda _: True)  # not the developer's own
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "S")
        await settle(pilot)
        assert app.clipboard.startswith("A correction\n\nAbout: Maths Hub, for ")
        assert "Navigator says: East Midlands West." in app.clipboard
        said = [n.message for n in app._notifications]
        assert any("Copied a message to whoever keeps the list." in text for text in said)


LIST = (
    "Hub name\tLead school\tURN\tLocal authorities\tContact e-mail\n"
    "Trent Maths Hub\tSneinton St Stephen's CofE Primary School\t139217\tNottingham\tx@y.org\n"
    "Soar Maths Hub\tQuixotic School\t\tLeycester\tx@y.org\n"
)


async def test_a_published_list_is_taken_in_on_a_programmes_page(
    make_app: AppMaker, service: Service
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 40)) as pilot:
        app.open(Key("la:892"), service.landscape(SCHOOL, DAY))
        await settle(pilot)
        await pilot.press("i")
        said = [n.message for n in app._notifications]
        assert "A published list is taken in on the page of a programme or of a hub." in said
        app.open(Key("programme:maths-hub"), service.landscape(SCHOOL, DAY))
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert "Name a file, or paste the lines of the list" in screen_text(app)
        app.screen.query_one("#field-pasted", TextArea).text = LIST
        await pilot.press("ctrl+s")
        await settle(pilot)
        shown = screen_text(app)
        assert shown.count("2 hubs understood, none of them in our table") == 1
        assert "↓ and PgDn read on." in shown
        assert "? line 3: no area is called “Leycester”: did you mean “Leicester”?" in shown
        assert "Contact e-mail: left out: it may name a person" in shown
        assert service.directory.listed("maths-hub") == ()
        await pilot.press("ctrl+s")
        await settle(pilot)
        names = [hub.name for hub in service.directory.listed("maths-hub")]
        assert names == ["Trent Maths Hub", "Soar Maths Hub"]
        page = app.screen
        assert isinstance(page, BodyScreen)
        shown_hubs = [e.text for section in page.page.sections for e in section.entries]
        assert "Trent Maths Hub" in shown_hubs


async def test_enter_in_file_reads_a_list_on_a_hubs_page_and_esc_keeps_nothing(
    make_app: AppMaker, service: Service, tmp_path: Path
) -> None:
    (tmp_path / "hubs.tsv").write_text(LIST, "utf-8")
    app = make_app()
    async with app.run_test(size=(100, 40)) as pilot:
        hub = Key.hub("maths-hub", "east-midlands-west")
        app.open(hub, service.landscape(SCHOOL, DAY))
        await settle(pilot)
        await pilot.press("i")
        await settle(pilot)
        assert "The hubs of Maths Hub" in screen_text(app)
        await pilot.press("tab", "tab", "ctrl+s")
        await settle(pilot)
        assert "Name a file, or paste the lines of the list" in screen_text(app)
        assert app.focused is not None
        assert app.focused.id == "field-file"
        app.screen.query_one("#field-file", Input).value = str(tmp_path / "hubs.tsv")
        await pilot.press("escape")
        assert "Not read yet: Ctrl+S reads it, Esc again throws it away." in screen_text(app)
        await pilot.press("enter")
        await settle(pilot)
        assert "2 hubs understood" in screen_text(app)
        assert "Not kept yet:" in screen_text(app)
        await pilot.press("escape")
        await settle(pilot)
        said = [n.message for n in app._notifications]
        assert "The list wasn't kept: all is as it was." in said
        assert service.directory.listed("maths-hub") == ()


async def test_a_sentence_whose_time_ends_while_it_is_drawn_freezes_nothing(
    make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = 0
    make, set_timer = Toast.__init__, Toast.set_timer
    delays: list[float] = []

    def make_late(self: Toast, told: Notification) -> None:
        nonlocal passed
        passed = 60  # Textual had looked, and there was time left
        make(self, told)

    def set_one(self: Toast, delay: float, *rest: Any) -> Timer:
        delays.append(delay)
        return set_timer(self, max(delay, 0.001), *rest)  # less than nothing would never end

    monkeypatch.setattr(notifications, "time", lambda: time() + passed)
    monkeypatch.setattr(Toast, "__init__", make_late)
    monkeypatch.setattr(Toast, "set_timer", set_one)
    app = make_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        app.say("Kept.")
        await settle(pilot)
        assert delays
        assert min(delays) > 0
        assert not app._notifications
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
