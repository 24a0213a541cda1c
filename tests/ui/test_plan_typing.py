"""Typing a plan: few keys, each field at hand, names and not keys, the cursor where it is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from navigator.core.activity import Activity, Status
from navigator.core.fields import fields_of
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.core.record import BodyRef, Contact
from navigator.core.session import Session
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.forms.form import FormScreen
from navigator.ui.forms.pick import PickScreen
from navigator.ui.forms.record import RecordForms
from navigator.ui.widgets.box import AnswerLine
from navigator.ui.widgets.indented import Indented
from tests.tools import made_plan
from tests.ui.conftest import DAY, SCHOOL
from tests.ui.steps import go_to, press, screen_text, settle
from tests.ui.test_plan import SIZE, fill

HUB_KEY, HUB_NAME = str(made_plan.HUB), "East Midlands West"


@pytest.fixture
def app(service: Service, tmp_path: Path) -> NavigatorApp:
    made_plan.write(tmp_path / "config")
    landscape: Landscape = service.landscape(SCHOOL, DAY)
    settings = Settings(school=SCHOOL, supply_rate=210)
    return NavigatorApp(service, settings, landscape=landscape, as_at=DAY)


def held(service: Service, title: str) -> Activity:
    return next(a for a in service.record().activities if a.title == title)


async def test_six_sessions_take_at_most_80_keys(app: NavigatorApp, service: Service) -> None:
    sessions = "thu 8 oct,19 nov,21 jan,11 mar,13 may,24 jun 1-4pm at Hub"
    keys = ["P", "a", *"Work group", "tab", *sessions, "ctrl+s"]
    assert len(keys) <= 80
    names = {" ": "space", ",": "comma", "-": "minus"}
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for key in keys[:-1]:
            await pilot.press(names.get(key, key))
        await settle(pilot)
        text = " ".join(screen_text(app).split())
        assert "6 sessions:" in text
        assert "Thu 24 June 2027, 13:00 to 16:00, Hub" in text
        assert all(a.title != "Work group" for a in service.record().activities)
        await press(pilot, keys[-1])
    found = held(service, "Work group").sessions
    assert [f"{s.date:%d %b %Y} {s.start:%H:%M} {s.minutes} {s.place}" for s in found] == [
        f"{day} 13:00 180 Hub"
        for day in (
            *("08 Oct 2026", "19 Nov 2026", "21 Jan 2027"),
            *("11 Mar 2027", "13 May 2027", "24 Jun 2027"),
        )
    ]


async def test_the_add_form_has_each_field_under_its_heading(
    app: NavigatorApp, service: Service
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P", "a")
        form = app.screen
        assert isinstance(form, FormScreen)
        labelled = {f.attribute for f in fields_of(Activity) if f.label}
        assert labelled - {"programme"} <= set(form.values)  # a template is the programme
        heads = [str(head.render()) for head in form.query(".group")]
        assert heads == [
            *(
                "When",
                "What it is",
                "Who it is for",
                "Joining",
                "Schools",
                "Notes",
                "Why and so what",
            ),
            *("Money and cover", "What we saw mid-year", "What we saw at the end"),
        ]
        fill(app, title="All of it", fee="120", practice="Counting", closes="1/2/27", notes="Mine")
        await press(pilot, "ctrl+s")
        now = held(service, "All of it")
        assert (now.fee, now.practice, now.notes) == (120, "Counting", "Mine")
        assert str(now.closes) == "2027-02-01"


async def until_shown(pilot: Pilot[None], text: str) -> None:
    """Fail where a text isn't on the screen after three seconds: a form scrolls to it."""
    for _ in range(60):
        if text in " ".join(screen_text(pilot.app).split()):
            return
        await pilot.pause(0.05)
    raise AssertionError(f"“{text}” isn't on the screen:\n{screen_text(pilot.app)}")


async def test_after_a_refusal_the_cursor_stands_in_the_box_that_is_wrong(
    app: NavigatorApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "P", "a")
        fill(app, title="x", fee="349,50")
        await press(pilot, "ctrl+s")
        assert app.focused is not None
        assert app.focused.id == "field-fee"
        await until_shown(pilot, "could be 349.50 or 34,950")
        fill(app, fee="", opens="1/3/27", closes="1/2/27")
        await press(pilot, "ctrl+s")
        assert app.focused.id == "field-closes"  # what two boxes say together
        await until_shown(pilot, "can't close before it opens")
        fill(app, closes="", opens="", sessions="8 Okt", title="")
        await press(pilot, "ctrl+s")
        assert isinstance(app.focused, TextArea)
        assert app.focused.id == "field-sessions"
        fill(app, sessions="")
        await press(pilot, "ctrl+s")
        assert app.focused.id == "field-title"
        await until_shown(pilot, "An activity needs a title")


async def test_what_was_refused_is_said_once_and_goes_with_the_text_that_it_was_of(
    app: NavigatorApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "P", "a")
        fill(app, title="x", sessions="8 Okt", in_school_hours="perhaps")
        await press(pilot, "ctrl+s")
        await until_shown(pilot, "“8 Okt” isn't a date")
        assert screen_text(app).count("“8 Okt” isn't a date") == 1
        fill(app, sessions="8 Oct")
        await settle(pilot)
        assert "8 Okt" not in screen_text(app)
        assert "Thu 8 October 2026" in screen_text(app)
        await press(pilot, "ctrl+s")
        await until_shown(pilot, "“perhaps” is neither yes nor no")
        await press(pilot, "end", "backspace")
        assert "neither yes nor no" not in screen_text(app)
        await press(pilot, "escape")
        await until_shown(pilot, "Not saved yet")
        await press(pilot, "s")
        assert "Not saved yet" not in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=lambda s: f"{s[0]}x{s[1]}")
async def test_the_box_to_mend_is_seen_with_what_is_wrong_beneath_it(
    app: NavigatorApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await press(pilot, "P", "a")
        fill(app, title="x", sessions="\n".join(f"{day} Oct 1-4pm" for day in range(1, 25)))
        box = app.screen.query_one("#field-sessions", TextArea)
        box.focus().move_cursor(box.document.end)
        await press(pilot, "enter", *"25 Okt")
        assert "25 Okt" in screen_text(app)  # what is being typed stays in sight
        app.screen.query_one("#field-again", Input).focus()
        await settle(pilot)
        assert "25 Okt" not in screen_text(app)
        await press(pilot, "ctrl+s")
        await until_shown(pilot, "“25 Okt” isn't a date")
        text = screen_text(app)
        assert text.index("25 Okt ") < text.index("“25 Okt” isn't a date")


async def test_a_provider_stands_by_name_and_left_as_it_was_it_stays(
    app: NavigatorApp, service: Service
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "Mastering Number")
        await press(pilot, "e")
        assert HUB_KEY not in screen_text(app)
        box = app.screen.query_one("#field-provider", Input)
        assert box.value == HUB_NAME
        fill(app, status="done")
        await press(pilot, "ctrl+s")
        assert held(service, "Mastering Number").provider == HUB_KEY
        full = "Maths Hub East Midlands West"
        listed = service.body_called(full, DAY) or service.body_called(HUB_NAME, DAY)
        if listed is None:
            pytest.skip("no body of the index has this name alone")
        await press(pilot, "e")
        fill(app, provider=f"  {listed.name.upper()} ")
        await press(pilot, "ctrl+s")
        assert held(service, "Mastering Number").provider == HUB_KEY


async def test_a_template_is_chosen_from_a_list_by_its_words(
    app: NavigatorApp, service: Service
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press(pilot, "P", "a")
        app.screen.query_one("#field-template", Input).focus()
        assert "mastery-specialist" not in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, PickScreen)
        await press(pilot, *"specialist", "space", *"master", "enter")
        assert app.screen.query_one("#field-template", Input).value == "Mastery Specialist"
        await press(pilot, "ctrl+s")
        now = held(service, "Mastery Specialist")
        assert (now.programme, now.audience) == ("mastery-specialist", ("Teacher",))
        await go_to(pilot, "Mastery Specialist")
        await press(pilot, "e")
        assert app.screen.query_one("#field-programme", Input).value == "Mastery Specialist"
        fill(app, programme="lesson study")
        await press(pilot, "ctrl+s")
        assert held(service, "Mastery Specialist").programme == "lesson-study"


async def test_a_contacts_bodies_stand_by_name_too(app: NavigatorApp, service: Service) -> None:
    body = BodyRef(Key(HUB_KEY), HUB_NAME)
    service.records.add(Contact(role="Lead", bodies=(body,)))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        (contact,) = service.record().contacts
        RecordForms(app).edit_contact(contact.id)
        await settle(pilot)
        assert HUB_KEY not in screen_text(app)
        assert HUB_NAME in screen_text(app)
        fill(app, note="Ring on Mondays")
        await press(pilot, "ctrl+s")
        (contact,) = service.record().contacts
        assert (contact.bodies, contact.note) == ((body,), "Ring on Mondays")


async def test_what_we_saw_is_typed_with_last_years_words_above_it(
    app: NavigatorApp, service: Service
) -> None:
    now = held(service, "Mastering Number")
    service.records.change(now._replace(look_at="books", midyear_on=date(2026, 11, 20)))
    earlier = now._replace(id="", sessions=(Session("", date(2025, 10, 9)),), status=Status.DONE)
    service.records.add(
        earlier._replace(midyear_seen="Half of them subitise", again="yes, with Year 2")
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "P")
        await go_to(pilot, "Mastering Number")
        await press(pilot, "enter")
        await go_to(pilot, "which priority")
        await press(pilot, "enter")
        fill(app, pupils="Year 1", end_on="1/11/26")
        await press(pilot, "ctrl+s")
        assert app.focused is not None
        assert app.focused.id == "field-end_on"
        await until_shown(pilot, "can't be looked at before mid-year")
        fill(app, end_on="2 July 2027")
        await press(pilot, "ctrl+s")
        await go_to(pilot, "what did we see mid-year?")
        await press(pilot, "enter")
        text = " ".join(screen_text(app).split())
        assert "We look at: books: mid-year 20 Nov 2026, at the end 2 Jul 2027." in text
        assert "2025-26: Half of them subitise · yes, with Year 2" in text
        fill(app, midyear_seen="All of them")
        await press(pilot, "ctrl+s")
    found = held(service, "Mastering Number")
    assert (found.pupils, found.midyear_seen) == ("Year 1", "All of them")
    assert found.end_on == date(2027, 7, 2)


async def test_r_rolls_the_year_forward_and_u_takes_it_back(
    app: NavigatorApp, service: Service
) -> None:
    before = service.record().activities
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "P", "r")
        form = app.screen
        assert isinstance(form, FormScreen)
        shown = form.query_one("#form-below", Static).visual
        assert isinstance(shown, Indented)
        below = " ".join(shown.said.split())
        assert "Thu 7 October 2027, 13:30 to 15:30" in below
        assert "lacks holidays of 2027-28" in below
        box = form.query("Input").first(Input)
        box.value = "perhaps"
        await press(pilot, "ctrl+s")
        assert "neither yes nor no" in screen_text(app)
        box.value = ""
        await press(pilot, "ctrl+s")
        after = service.record().activities
        assert after[: len(before)] == before
        assert len(after) == 2 * len(before) - 1
        await press(pilot, "u")
        assert service.record().activities == before


async def test_an_activity_is_left_out_of_the_next_year_by_typing_no(
    app: NavigatorApp, service: Service
) -> None:
    before = service.record().activities
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "P", "r", "n", "o", "ctrl+s")
        assert len(service.record().activities) == 2 * len(before) - 1


async def test_texts_of_several_words_are_gone_on_with(app: NavigatorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        box = AnswerLine("Derby Arena", anew=None)
        await app.screen.mount(box)
        box.focus()
        await settle(pilot)
        await press(pilot, "x")
        assert box.value == "Derby Arenax"
        box.value = "Derby"
        app.set_focus(None)
        await settle(pilot)
        box.focus()
        await settle(pilot)
        await press(pilot, "x")
        assert box.value == "x"


async def test_keys_that_come_at_once_are_taken_in_their_order(app: NavigatorApp) -> None:
    keys = ["T", "h", "u", "backspace", "e", "left", "x", "end", "y"]
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "P", "a")
        form = app.screen
        assert isinstance(form, FormScreen)
        for box in ("title", "sessions"):
            form.query_one(f"#field-{box}").focus()
            await settle(pilot)
            for key in keys:  # as one piece of what a slow line brings
                app.post_message(events.Key(key, key if len(key) == 1 else None))
            await settle(pilot)
            assert form.values[box] == "Thxey"
