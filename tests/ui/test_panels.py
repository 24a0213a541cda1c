"""The lines of the landscape, on random schools of all England."""

from __future__ import annotations

import random

import pytest

from navigator.core.landscape import Landscape, Sureness
from navigator.directory import open_directory
from navigator.domain.landscapes import Landscapes
from navigator.register import Register
from navigator.ui.widgets.panels import PanelLine
from navigator.view import landscape_sections
from navigator.view.sections import Entry
from tests.ui.conftest import DAY

SCHOOLS = 200


@pytest.fixture(scope="module")
def all_england(england: Register) -> Landscapes:
    return Landscapes(england, open_directory())


@pytest.fixture(scope="module")
def drawn(all_england: Landscapes) -> list[Landscape]:
    codes = [a.code for a in all_england.directory.authorities()]
    urns = sorted(s.urn for code in codes for s in all_england.register.census.in_la(code))
    return [all_england.landscape(u, DAY) for u in random.Random(13).sample(urns, SCHOOLS)]


def helps(landscape: Landscape) -> list[Entry]:
    return list(landscape_sections.panels(landscape)[0].sections[0].entries)


def test_needs_stand_in_one_order_a_phase(drawn: list[Landscape], all_england: Landscapes) -> None:
    directory = all_england.directory
    need = {p.id: p.need for p in directory.programmes}
    for landscape in drawn:
        order = [need[p] for p in directory.order(landscape.school.phase)]
        labels = [e.label for e in helps(landscape) if e.label]
        assert labels == [label for label in order if label in labels]
        assert len(labels) == len(set(labels))


@pytest.mark.parametrize("width", [39, 58, 78])
def test_no_name_is_cut_and_no_line_is_too_wide(drawn: list[Landscape], width: int) -> None:
    for landscape in drawn:
        for column in landscape_sections.panels(landscape):
            for section in column.sections:
                for entry in section.entries:
                    lines = PanelLine(entry).lay_out(width)
                    assert all(line.cell_length <= width for line in lines)
                    if width == 78:
                        assert "…" not in "".join(line.plain for line in lines) or "…" in entry.text


def test_a_line_that_is_sure_says_whom_it_means(drawn: list[Landscape]) -> None:
    for landscape in drawn:
        for entry in helps(landscape):
            if entry.sure in (Sureness.YOURS, Sureness.NEAREST, Sureness.SET):
                assert entry.card
                assert entry.card.key
                assert not entry.quiet
