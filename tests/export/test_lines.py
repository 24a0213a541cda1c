"""Lines of JSON of many landscapes: each is the one that the landscape has by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator.cli import printing, run
from navigator.core import clock
from navigator.core.record import NO_RECORD
from navigator.domain.landscapes import Sketch
from navigator.export.contract import landscape_json
from navigator.export.lines import LandscapeLines
from navigator.service import Service
from tests.core.test_wording import HOSTILE
from tests.ui.test_hostile import poisoned

DAY = date(2026, 11, 22)
SCHOOL = 139217

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def service(folders: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setattr(clock, "today", lambda: DAY)
    service = Service()
    yield service
    service.close()


def test_a_line_is_the_landscapes_own_whoever_was_before_it(service: Service) -> None:
    lines = LandscapeLines()
    for day in (DAY, date(2022, 10, 1)):
        for urn in service.register.open_urns()[::12]:
            sketch = service.sketch(urn, day, NO_RECORD)
            assert lines.line(sketch) == landscape_json(service.landscape(urn, day))


def test_what_the_head_set_is_in_the_lines_of_its_schools(service: Service) -> None:
    body = service.landscape(SCHOOL, DAY).networks[0].key
    near = service.landscape(SCHOOL, DAY).nearby[0].school.urn
    lines = LandscapeLines()
    before = [lines.line(service.sketch(urn, DAY, NO_RECORD)) for urn in (SCHOOL, near)]
    assert run(["set", str(SCHOOL), "maths-hub", "Central"]) == 0
    assert run(["set", str(SCHOOL), "network", "Heads of Sneinton"]) == 0
    assert run(["set", body, "closed"]) == 0
    service = Service()
    after = (SCHOOL, near, SCHOOL)
    told = [lines.line(service.sketch(urn, DAY, service.record())) for urn in after]
    assert told == [landscape_json(service.landscape(urn, DAY)) for urn in after]
    assert "set-by-you" in told[0]
    assert "Heads of Sneinton" in told[0]
    assert told[0] not in before


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: repr(t)[:20])
def test_hostile_text_is_written_as_in_a_line_alone(service: Service, text: str) -> None:
    lines = LandscapeLines()
    landscape = service.landscape(SCHOOL, DAY)
    for shown in (landscape, poisoned(landscape, text), landscape):
        assert lines.line(Sketch.of(shown)) == landscape_json(shown)


@pytest.mark.parametrize("many", [10, 1_000])
def test_show_prints_a_line_a_school(
    service: Service, capsys: Capture, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(printing, "MANY", many)
    urns = service.register.open_urns()[:30]
    assert run(["show", "--json", *map(str, urns), "--as-at", DAY.isoformat()]) == 0
    alone = "".join(f"{landscape_json(service.landscape(urn, DAY))}\n" for urn in urns)
    assert capsys.readouterr().out == alone
