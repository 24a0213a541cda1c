"""Enter on a line of an activity has the cursor in the box of just that, ready to be typed into."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from navigator.core.activity import Activity, Kind, Status
from navigator.core.fields import Field
from navigator.core.session import Attendee
from navigator.records import RecordStore
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.forms.boxes import fields_in
from navigator.ui.forms.form import FormScreen
from navigator.ui.forms.plan import TITLES
from navigator.ui.screens.plan import ActivityScreen
from tests.ui.conftest import DAY, SCHOOL, AppMaker
from tests.ui.steps import go_to, press, settle

LOW = (80, 24)
TITLE = "Lesson study"

SAID: dict[str, Any] = {
    "amount": Decimal(12),
    "whole": 4,
    "day": DAY,
    "past": date(2026, 9, 2),
    "texts": ("Year 4",),
    "people": (Attendee("Maths lead"),),
    "schools": (SCHOOL,),
    "split": "pupils",
    "shares": "maths",
    "flag": True,
}
"""A value of each kind; a text where none stands here."""


def said(field: Field) -> Any:
    return SAID.get(field.value, f"words of {field.attribute}")


def whole_activity() -> Activity:
    """One that says something in every field that a form has; a body's page opens its provider."""
    told = {f.attribute: said(f) for part in TITLES for f in fields_in(Activity, part=part)}
    words: dict[str, Any] = {
        "kind": Kind.NETWORK,
        "status": Status.CONSIDERING,
        "programme": "mastering-number",
    }
    return Activity("", TITLE)._replace(**{**told, **words, "title": TITLE, "provider": ""})


@pytest.fixture
def app(make_app: AppMaker, tmp_path: Path) -> NavigatorApp:
    RecordStore(tmp_path / "config").add(whole_activity())
    return make_app()


@pytest.mark.parametrize("part", TITLES)
async def test_enter_has_the_cursor_in_the_box_of_the_line(app: NavigatorApp, part: str) -> None:
    wanted = {f.attribute for f in fields_in(Activity, part=part) if f.shown}
    found = set()
    async with app.run_test(size=LOW) as pilot:
        await press(pilot, "P")
        await go_to(pilot, TITLE)
        await press(pilot, "enter")
        await go_to(pilot, "Where this is from")
        await press(pilot, "enter")  # its two lines
        page = app.screen
        assert isinstance(page, ActivityScreen)
        lines = [e.card.key for s in page.page.sections for e in s.entries if e.card]
        for key in lines:
            if key.kind != f"activity-{part or 'what'}":
                continue
            name = key.ids[1]
            page.entries.go_to_key(key)
            await press(pilot, "enter")
            assert isinstance(app.screen, FormScreen)
            box = app.focused
            assert isinstance(box, (Input, TextArea))
            assert box.id == f"field-{name}"
            form = app.screen.query_one("#detail")
            label = form.children[form.children.index(box) - 1]
            assert box.region in form.region, "it is in view"
            assert label.region in form.region, f"{label} says what it is"
            found.add(name)
            await press(pilot, "escape")
    assert found == wanted, "each that is shown has a line"


async def test_what_is_typed_on_the_status_is_the_status(
    app: NavigatorApp, service: Service
) -> None:
    async with app.run_test(size=LOW) as pilot:
        await press(pilot, "P")
        await go_to(pilot, TITLE)
        await press(pilot, "enter")
        await go_to(pilot, "considering")
        await press(pilot, "enter", *"done", "ctrl+s")
        await settle(pilot)
    (kept,) = service.record().activities
    assert (kept.title, kept.status) == (TITLE, Status.DONE)


async def test_a_text_isnt_replaced_by_the_first_key(app: NavigatorApp, service: Service) -> None:
    async with app.run_test(size=LOW) as pilot:
        await press(pilot, "P")
        await go_to(pilot, TITLE)
        await press(pilot, "e", "exclamation_mark", "ctrl+s")
        await settle(pilot)
    (kept,) = service.record().activities
    assert kept.title == f"{TITLE}!"
