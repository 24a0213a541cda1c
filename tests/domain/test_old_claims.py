"""A claim that no source has shown for long is told as old; leads that fail are listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from navigator.core.landscape import Sureness
from navigator.directory import open_directory
from navigator.domain.landscapes import Landscapes
from navigator.export.status import facts_text
from navigator.register import Register
from navigator.service import Service
from navigator.view import answers, landscape_sections
from navigator.view.sections import Entry

DAY = date(2026, 11, 27)


def rows(register: Register, urn: int, day: date) -> dict[str, Entry]:
    landscape = Landscapes(register, open_directory()).landscape(urn, day)
    (helps, *_) = landscape_sections.panels(landscape)
    return {e.label: e for section in helps.sections for e in section.entries if e.label}


def test_a_hub_last_seen_in_2021_is_told_as_old_from_2025_on(sample: Register) -> None:
    row = rows(sample, 139217, DAY)["Evidence"]
    assert (row.text, row.sureness) == ("Derby Research School", "old")
    assert row.card is not None
    why = answers.answer_of(
        row.card, Landscapes(sample, open_directory()).landscape(139217, DAY).record
    )
    assert "Last seen in 2021, which is long ago: ask whether it is still so." in why.why
    before = rows(sample, 139217, date(2024, 12, 31))["Evidence"]
    assert before.sureness == "nearest"


def test_what_would_be_sure_is_to_be_asked_when_it_is_old(england: Register) -> None:
    row = rows(england, 150443, DAY)["Music"]
    assert (row.sureness, row.sure) == ("old", Sureness.ASK)
    young = rows(england, 139217, DAY)["Maths"]
    assert (young.sureness, young.sure) == ("yours", Sureness.YOURS)


def test_status_lists_the_leads_that_fail(
    england: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hub led by a school that closed, by one that isn't there, and by one of another name."""
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path))
    own = tmp_path / "facts" / "programmes"
    own.mkdir(parents=True)
    (own.parent / "programmes.toml").write_text(
        '[[programme]]\nid = "chess-hub"\nname = "Chess Hub"\nrule = "area"\nsource = "me"\n'
    )
    closed = 100016  # merged into another in DfE's links file
    (following,) = england.successor(closed)
    head = "id,hub,lead_school,lead_urns,areas,area_kind,region,source,as_of,confidence\n"
    lines = [
        f"a,A,,{closed},Derby,LA,East Midlands,me,2026-11-01,high",
        "b,B,,999999,Leicester,LA,East Midlands,me,2026-11-01,high",
        "c,C,Zebra School,139217,Rutland,LA,East Midlands,me,2026-11-01,high",
        "d,D,Sneinton St Stephens,139217,Nottingham,LA,East Midlands,me,2026-11-01,high",
    ]
    (own / "chess-hub.csv").write_text(head + "\n".join(lines) + "\n")
    service = Service(Path(england.info.path).parent)
    told = facts_text(service, DAY).split("Lead schools\n")[1]
    assert f"Chess Hub, A: {closed} is closed in England; {following.urn} {following.name}" in told
    assert "Chess Hub, B: 999999 isn't in England" in told
    assert "Chess Hub, C: 139217 is Sneinton St Stephen's CofE Primary School" in told
    assert "Chess Hub, D" not in told
    service.close()
