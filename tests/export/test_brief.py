"""What `navigator show` prints: brief for any school, and with every way to reach that is known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator.cli.printing import WIDEST, folded
from navigator.core import wording
from navigator.core.landscape import Landscape
from navigator.core.reach import Reach
from navigator.directory import open_directory
from navigator.domain.landscapes import Landscapes
from navigator.export.landscapes import landscape_markdown, landscape_text
from navigator.register import Register
from navigator.service import Service
from navigator.view import landscape_sections
from tests.core.test_wording import HOSTILE
from tests.ui.test_hostile import poisoned, replace

DAY = date(2026, 11, 27)
SCHOOL = 139217
SCHOOLS = 20


@pytest.fixture(scope="module")
def landscape(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Landscape]:
    folder: Path = tmp_path_factory.mktemp("brief")
    service = Service(folder / "data", records=folder / "record")
    yield service.landscape(SCHOOL, DAY)
    service.close()


def brief(landscape: Landscape) -> str:
    """The text, which must be short and tell each line of the panels of bodies."""
    text = folded(landscape_text(landscape, why=False), WIDEST)
    lines = text.splitlines()
    assert 15 <= len(lines) <= 45, (landscape.school.urn, len(lines))
    assert max(map(len, lines)) < 100, landscape.school.urn
    assert "://" not in text
    said = " ".join(text.split())
    helping, belonging, _ = landscape_sections.panels(landscape)
    for column in (helping, belonging):
        for section in column.sections:
            for entry in section.entries:
                assert " ".join(entry.text.split()) in said, landscape.school.urn
                assert entry.sureness in said
                reach = entry.card.reach if entry.card else None
                if reach and entry.label:
                    assert reach.telephone in said
                    assert wording.bare(reach.website).split("/")[0] in said
    return text


def some_schools(register: Register, number: int) -> Iterator[Landscape]:
    maker = Landscapes(register, open_directory())
    for urn in random.Random(13).sample(register.open_urns(), number):
        yield maker.landscape(urn, DAY)


def test_it_is_brief_in_the_sample(sample: Register) -> None:
    for landscape in some_schools(sample, SCHOOLS):
        brief(landscape)


def test_it_is_brief_in_england(england: Register) -> None:
    for landscape in some_schools(england, SCHOOLS):
        brief(landscape)


def test_a_telephone_and_whose_it_is(landscape: Landscape) -> None:
    hub = landscape.hubs[0].hub
    assert hub
    lead = replace(hub, reach=Reach("https://a.example.org", "01632 960002", "lead", "A School"))
    claim = replace(landscape.hubs[0], hub=lead)
    shown = replace(landscape, hubs=(claim,))
    assert "Through A School: 01632 960002, a.example.org" in " ".join(brief(shown).split())
    markdown = landscape_markdown(shown, why=False)
    assert "Through A School: 01632 960002, <https://a.example.org>\n" in markdown

    own = replace(hub, reach=Reach("https://a.example.org", "01632 960002", "own", "H", "A School"))
    shown = replace(landscape, hubs=(replace(claim, hub=own),))
    assert "01632 960002 (A School), a.example.org" in " ".join(brief(shown).split())


def test_an_address_stays_an_address(landscape: Landscape) -> None:
    hub = landscape.hubs[0].hub
    assert hub
    for address, shown in (
        ("https://example.org/a><script>x", "<https://example.org/a%3E%3Cscript%3Ex>"),
        ("https://example.org/?a=1&b=%20", "<https://example.org/?a=1&b=%20>"),
    ):
        far = replace(hub, reach=Reach(address, "", "own", hub.hub.name))
        claim = replace(landscape.hubs[0], hub=far)
        assert shown in landscape_markdown(replace(landscape, hubs=(claim,)), why=False)


@pytest.mark.parametrize("text", [*HOSTILE, "x" * 300], ids=lambda t: repr(t)[:20])
def test_hostile_text_makes_no_line_longer(landscape: Landscape, text: str) -> None:
    lines = folded(landscape_text(poisoned(landscape, text), why=False), WIDEST).splitlines()
    assert max(map(len, lines)) < 100
    assert not any("\x1b" in line or "\u202e" in line for line in lines)
