"""Text from files is data: shown as it is, never run, never able to move the cursor."""

from __future__ import annotations

import re
from typing import TypeVar

import pytest

from navigator.core.cleaning import plain
from navigator.core.landscape import Landscape
from navigator.export.contract import landscape_json
from navigator.export.landscapes import landscape_markdown, landscape_text
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.screens.detail import DetailScreen
from navigator.ui.screens.landscape import LandscapeScreen
from navigator.ui.widgets.panels import PanelList
from tests.core.test_wording import HOSTILE
from tests.ui.conftest import DAY, SCHOOL

V = TypeVar("V")


def replace(value: V, **changes: object) -> V:
    return value._replace(**changes)  # type: ignore[attr-defined, no-any-return]


def poisoned(landscape: Landscape, text: str) -> Landscape:
    """The landscape with every name in it replaced by the text."""
    assert landscape.trust
    assert landscape.authority
    school = replace(landscape.school, name=text, town=text, website=text, telephone=text)
    return replace(
        landscape,
        school=school,
        notices=(text,),
        trust=replace(landscape.trust, trust=replace(landscape.trust.trust, name=text)),
        authority=replace(
            landscape.authority, authority=replace(landscape.authority.authority, name=text)
        ),
        hubs=tuple(
            replace(
                claim,
                why=text,
                note=text,
                hub=replace(
                    claim.hub, hub=replace(claim.hub.hub, name=text, note=text, website=text)
                )
                if claim.hub
                else None,
            )
            for claim in landscape.hubs
        ),
        networks=tuple(replace(n, name=text, note=text) for n in landscape.networks),
        partnerships=tuple(
            replace(p, partnership=replace(p.partnership, name=text))
            for p in landscape.partnerships
        ),
        nearby=tuple(
            replace(n, school=replace(n.school, name=text), trust=text) for n in landscape.nearby
        ),
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_every_screen_shows_hostile_text_plainly(service: Service, text: str) -> None:
    landscape = poisoned(service.landscape(SCHOOL, DAY), text)
    app = NavigatorApp(service, Settings(), landscape=landscape, as_at=DAY)
    shown = plain(text)[:8]
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        entries = app.screen.query_one(PanelList)
        for number, option in enumerate(entries.options):
            if option.disabled:
                continue
            entries.highlighted = number
            await pilot.pause()
            pane = app.screen.query_one("#answer-pane")
            seen = [*entries.render_lines(entries.size.region)]
            seen += pane.render_lines(pane.size.region)
            assert not any("\x1b" in s.text or "\u202e" in s.text for s in seen)
            assert any(shown in strip.text for strip in seen), option
        assert isinstance(app.screen, LandscapeScreen)
        card = app.screen.cursor_card
        assert card
        app.show(card, landscape)
        await pilot.pause()
        assert isinstance(app.screen, DetailScreen)
        assert app.is_running


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_every_export_shows_hostile_text_plainly(service: Service, text: str) -> None:
    landscape = poisoned(service.landscape(SCHOOL, DAY), text)
    as_text, as_markdown = landscape_text(landscape), landscape_markdown(landscape)
    for out in (as_text, as_markdown):
        assert "\x1b" not in out
        assert "\x00" not in out
        assert "\u202e" not in out
    assert not re.search(r"(?<!\\)\[@click", as_markdown)
    assert landscape_json(landscape).count("\n") == 0
