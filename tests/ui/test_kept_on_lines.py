"""What is kept from a line is seen on that line, and goes where the line goes: also from one that
names no one hub of ours."""

from __future__ import annotations

import pytest

from navigator.service import Service
from navigator.view import record_sections
from tests.ui.conftest import DAY, SCHOOL, AppMaker
from tests.ui.steps import go_to, press, screen_text, settle

OWN, UNKNOWN = "Sherwood Maths Circle", "4 of 93 named"
SIZE = (100, 50)


@pytest.mark.parametrize("line", [OWN, UNKNOWN])
async def test_a_note_and_a_contact_stand_on_their_line(
    make_app: AppMaker, service: Service, line: str
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        if line == OWN:
            await go_to(pilot, "East Midlands West")
            await press(pilot, "s", *OWN, "enter")
        await go_to(pilot, line)
        assert "nothing yet" in screen_text(app)
        await press(pilot, "n", *"asked", "ctrl+s")
        await press(pilot, "c", *"Maths lead", "ctrl+s")
        await go_to(pilot, line)
        text = screen_text(app)
        assert "nothing yet" not in text
        assert "asked (22 Nov" in text
        row = next(r for r in text.splitlines() if line in r)
        assert "✎" in row, "the line has the sign of a note"
        assert "@" in row
    landscape = service.landscape(SCHOOL, DAY)
    _, ways = record_sections.school_sections(landscape, DAY)
    assert [entry.text for entry in ways.entries] == ["Maths lead"], "an export has it"
