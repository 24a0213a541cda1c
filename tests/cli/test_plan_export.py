"""The plan written as a calendar: what it had is remembered once it was written, and not before."""

from __future__ import annotations

from pathlib import Path

import pytest

from navigator.cli import run
from navigator.records import RecordStore
from tests.tools import made_plan

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def record(folders: Path) -> RecordStore:
    return made_plan.write(folders / "config")


def test_a_calendar_that_was_refused_is_not_remembered_as_sent(
    record: RecordStore, tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "there.ics"
    file.write_text("mine")
    for target in (file, tmp_path / "no folder" / "plan.ics", tmp_path / "nul\0.ics"):
        assert run(["plan", "export", "--ics", str(target)]) == 1
    assert file.read_text() == "mine"
    assert not (tmp_path / "config" / "sent-calendar.json").exists()
    assert run(["plan", "export", "--ics", str(tmp_path / "plan.ics")]) == 0
    sent = record.sent_events()
    assert sent
    assert {event.sequence for event in sent.values()} == {0}
    assert run(["plan", "edit", "fractions", "--sessions", "6 May 1-4pm at Hub"]) == 0
    assert run(["plan", "export", "--ics", str(file)]) == 1
    assert record.sent_events() == sent
    capsys.readouterr()
    assert run(["plan", "export", "--ics", "-"]) == 0
    assert record.sent_events() != sent, "what is printed is handed on, too"


def test_an_activitys_calendar_on_a_full_disk_is_not_remembered(
    record: RecordStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert run(["plan", "export", "--ics", str(tmp_path / "plan.ics")]) == 1
    assert record.sent_events() == {}
