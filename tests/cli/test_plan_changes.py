"""The plan changed on the command line: edit, status, remove, copy, each undone by undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.core import clock
from navigator.core.activity import Activity, Status
from navigator.records import RecordStore
from tests.tools import made_plan

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def record(folders: Path) -> RecordStore:
    return made_plan.write(folders / "config")


def held(record: RecordStore, title: str = "Work group: fractions") -> Activity:
    return next(a for a in record.record.activities if a.title == title)


def test_edit_changes_what_is_told_and_undo_takes_it_back(
    record: RecordStore, capsys: Capture
) -> None:
    before = held(record)
    given = ["--fee", "120", "--penalty", "", "--without", "11/3/27", "--year-groups", "Year 2"]
    assert run(["plan", "edit", "fractions", *given, "--sessions", "6 May 1-4pm at Hub"]) == 0
    told = capsys.readouterr().out
    assert "fee: 150 → 120\npenalty: 75 → nothing" in told
    assert "new session: Thu 6 May 2027, 13:00" in told
    assert "session that goes: Thu 11 March 2027, 13:30" in told
    after = held(record)
    assert (after.fee, after.penalty, after.year_groups) == (120, None, ("Year 2",))
    assert [f"{s.date}" for s in after.sessions] == ["2026-12-03", "2027-05-06"]
    assert after.subsidy == before.subsidy
    capsys.readouterr()
    assert run(["plan", "undo"]) == 0
    assert f"changed back: {before.title}." in capsys.readouterr().out
    assert held(record) == before


def test_what_is_added_without_a_session_is_of_the_year_that_it_is(
    record: RecordStore, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert record
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 28))
    assert run(["plan", "add", "A course", "--closes", "3/9"]) == 0
    assert run(["plan", "list", "--year", "2026-27"]) == 0
    assert "A course" in capsys.readouterr().out


def test_why_and_so_what_on_the_command_line(
    record: RecordStore, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2027, 2, 3))
    given = ["--why", "Fluency", "--pupils", "Year 4", "--look-at", "tables check"]
    days = ["--midyear-on", "29/1/27", "--end-on", "2/7/27"]
    assert run(["plan", "edit", "Mastering Number", *given, *days]) == 0
    assert "midyear_on: nothing → 29 January 2027" in capsys.readouterr().out
    assert run(["plan", "list"]) == 0
    assert "what did we see mid-year? due since 29 Jan 2027" in capsys.readouterr().out
    assert run(["plan", "edit", "Mastering Number", "--midyear-seen", "Half of them"]) == 0
    capsys.readouterr()
    assert run(["plan", "show", "Mastering Number"]) == 0
    told = capsys.readouterr().out
    assert "Pupils: Year 4\n  Look at: tables check\n  Mid-year: 29 January 2027\n" in told
    assert "Seen mid-year: Half of them\n" in told
    assert "due since" not in told


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (["--fee", "349,50"], "could be 349.50 or 34,950"),
        (["--title", ""], "needs a title"),
        (["--sessions", "8 Okt"], "isn't a date or a time"),
        (["--without", "1/2/27"], "has no session on Mon 1 February 2027"),
        (["--trial", "perhaps"], "neither yes nor no"),
        (["--parts", "sums"], "is none of"),
        ([], "Nothing would change"),
    ],
)
def test_what_cant_be_is_refused_and_nothing_changes(
    record: RecordStore, capsys: Capture, given: list[str], why: str
) -> None:
    before = record.record.activities
    assert run(["plan", "edit", "fractions", *given]) == 1
    assert why in " ".join(capsys.readouterr().err.split())
    assert record.record.activities == before


def test_status_and_remove(record: RecordStore, capsys: Capture) -> None:
    run(["plan", "status", "confirmed", "fractions"])
    assert capsys.readouterr().out == "Work group: fractions: considering → confirmed\n"
    assert held(record).status is Status.CONFIRMED
    before = held(record)
    run(["plan", "remove", "fractions"])
    assert before.id in capsys.readouterr().out
    assert all(a.id != before.id for a in record.record.activities)
    run(["plan", "undo"])
    assert held(record) == before


def test_copy_rolls_the_year_forward_and_says_what_is_skipped(
    record: RecordStore, capsys: Capture
) -> None:
    before = record.record.activities
    run(["plan", "copy", "2026-27", "--to", "2027-28", "--check"])
    assert "Would copy 4 activities to 2027-28." in capsys.readouterr().out
    assert record.record.activities == before
    run(["plan", "copy", "2026-27", "--to", "2027-28"])
    told = capsys.readouterr()
    assert "Thu 2 December 2027, 13:30 to 15:30, online" in told.out
    assert "lacks holidays of 2027-28" in told.err
    assert record.record.activities[: len(before)] == before
    assert len(record.record.activities) == 2 * len(before)
    run(["plan", "copy", "2026-27", "--to", "2027-28"])  # again copies nothing twice
    assert "Copied 0 activities" in capsys.readouterr().out


def test_add_takes_sessions_as_one_text(record: RecordStore, capsys: Capture) -> None:
    run(
        ["plan", "add", "Twilights", "--sessions", "8 Oct 26, 19 Nov 26 4-5.30pm", "--place", "Hub"]
    )
    assert "Thu 19 November 2026, 16:00 to 17:30" in capsys.readouterr().err
    made = held(record, "Twilights").sessions
    assert [(s.minutes, s.place) for s in made] == [(90, "Hub"), (90, "Hub")]


def test_an_amount_of_0_is_kept(record: RecordStore, capsys: Capture) -> None:
    amounts = ["--fee", "0", "--release-days", "0", "--subsidy", "300", "--subsidy-received", "0"]
    assert run(["plan", "add", "Free", *amounts]) == 0
    a = held(record, "Free")
    assert (a.fee, a.release_days, a.subsidy, a.subsidy_received) == (0, 0, 300, 0)
    assert (a.penalty, a.subsidy_claimed, a.sessions) == (None, None, ())
    capsys.readouterr()
    assert run(["plan", "show", "Free"]) == 0
    assert "not known" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--split", "139217 5; 122771 7"], "need the schools that pay them"),
        (["--paid-from", f"maths £{'9' * 30}; trust"], "would pay £10,000,000 or more"),
    ],
)
def test_what_says_nothing_of_money_is_refused(
    given: list[str], said: str, record: RecordStore, capsys: Capture
) -> None:
    before = record.record.activities
    assert run(["plan", "add", "Odd", *given]) != 0
    assert said in capsys.readouterr().err
    assert record.record.activities == before


def test_a_split_of_a_file_that_cannot_be_read_stays(
    record: RecordStore, tmp_path: Path, capsys: Capture
) -> None:
    assert run(["plan", "add", "Joint", "--fee", "100"]) == 0
    file = tmp_path / "config" / "plan.toml"
    text = file.read_text("utf-8")
    more = 'fee = 100\nschools = [139217, 122771]\nsplit = "half each"'
    file.write_text(text.replace("fee = 100", more), "utf-8")
    assert held(RecordStore(tmp_path / "config"), "Joint").split == "half each"
    assert run(["plan", "status", "applied", "Joint"]) == 0
    assert 'split = "half each"' in file.read_text("utf-8")
    capsys.readouterr()
    assert run(["plan", "show", "Joint"]) == 0
    assert "Not shared yet pays: £100" in capsys.readouterr().out
