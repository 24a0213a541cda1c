"""A plan of several schools on the command line, on the sample of the register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.core import clock
from navigator.records import RecordStore
from navigator.service import Service

Capture = pytest.CaptureFixture[str]
OURS = 139217


@pytest.fixture
def config(folders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 1))
    (folders / "config").mkdir()
    (folders / "config" / "settings.toml").write_text(f"school = {OURS}\nsupply_rate = 200\n")
    return folders / "config"


@pytest.fixture
def other() -> int:
    """Another school of the sample, of the same trust where there is one."""
    service = Service()
    school = service.register.get(OURS)
    assert school
    members = service.register.census.members(school.trust_uid)
    return next(s.urn for s in members if s.urn != OURS)


def test_a_shared_activity_is_each_schools_own_share(
    config: Path, other: int, capsys: Capture
) -> None:
    schools = f"{OURS}; {other}"
    given = ["--fee", "101", "--release-days", "1", "--attends", "Maths lead"]
    when = ["--sessions", "12 Nov 2026 1-4pm", "--status", "confirmed"]
    assert run(["plan", "add", "Joint", "--schools", schools, *given, *when]) == 0
    assert run(["plan", "add", "Ours alone", "--fee", "10"]) == 0
    assert run(["plan", "add", "Theirs", "--schools", str(other), "--fee", "20"]) == 0
    capsys.readouterr()
    assert run(["plan", "list", "--school", str(OURS)]) == 0
    told = capsys.readouterr().out
    assert "Joint" in told
    assert "Ours alone" in told
    assert "Theirs" not in told
    names = [Service().name_of(urn) for urn in (OURS, other)]
    assert run(["plan", "show", "Joint"]) == 0
    told = capsys.readouterr().out
    assert f"Schools: {names[0]}, {names[1]}" in told
    assert f"{names[0]} pays: £150.50" in told
    assert run(["plan", "export", "--school", str(OURS), "--markdown", "-"]) == 0
    page = capsys.readouterr().out
    assert "£150.50" in page
    assert "£301" not in page  # no more than its own share
    assert "shared with 1 other school" in page
    assert run(["plan", "export", "--markdown", "-"]) == 0
    page = capsys.readouterr().out
    assert "| In all, each activity once | 3 |" in page
    assert "£301 |" in page


def test_the_table_goes_out_and_in_with_schools_and_shares(
    config: Path, other: int, tmp_path: Path
) -> None:
    who = f"Coach: A Name @{OURS}; Maths lead"
    given = ["--schools", f"{OURS}, {other}", "--split", f"{OURS} 2; {other} 1", "--attends", who]
    assert run(["plan", "add", "Joint", *given]) == 0
    (before,) = RecordStore(config).record.activities
    assert before.schools == (OURS, other)
    assert before.attends[0] == ("Coach", "A Name", OURS)
    file = tmp_path / "plan.csv"
    assert run(["plan", "export", "--csv", str(file), "--with", "people"]) == 0
    assert run(["plan", "remove", "Joint"]) == 0
    assert run(["plan", "import", str(file)]) == 0
    (after,) = RecordStore(config).record.activities
    assert after == before


def test_a_trust_stands_for_its_schools_and_odd_schools_are_refused(
    config: Path, other: int, capsys: Capture
) -> None:
    school = Service().register.get(other)
    assert school
    trust = f"trust:{school.trust_uid}"
    assert run(["plan", "add", "INSET", "--schools", trust]) == 0
    (activity,) = RecordStore(config).record.activities
    assert {OURS, other} <= set(activity.schools)
    assert run(["plan", "list", "--trust", school.trust_uid]) == 0
    assert "INSET" in capsys.readouterr().out
    for wrong in ("999999", "No Such School At All"):
        assert run(["plan", "edit", "INSET", "--schools", wrong]) == 1
        assert run(["plan", "list", "--school", wrong]) == 1
    assert run(["plan", "edit", "INSET", "--split", f"{OURS} 1"]) == 1
    assert "Give a part of the fee for each of its schools" in capsys.readouterr().err
    assert RecordStore(config).record.activities == (activity,)


def test_days_of_one_school_alone_are_taken_from_its_calendar(
    config: Path, other: int, tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "school.ics"
    event = (
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270104\r\nSUMMARY:INSET day\r\nEND:VEVENT"
    )
    file.write_text(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}\r\nEND:VCALENDAR\r\n")
    assert run(["plan", "days", "import", str(file), "--school", str(other)]) == 0
    (day,) = RecordStore(config).record.days
    assert day.schools == (other,)
    capsys.readouterr()
    assert run(["plan", "days"]) == 0
    assert f"({Service().name_of(other)})" in capsys.readouterr().out


def test_a_cover_sheet_is_of_one_school(config: Path, other: int, capsys: Capture) -> None:
    when = ["--date", "12/11/26", "--start", "13:00", "--minutes", "60", "--in-school-hours"]
    who = f"Maths lead @{OURS}; Coach @{other}"
    assert (
        run(["plan", "add", "Joint", "--schools", f"{OURS};{other}", "--attends", who, *when]) == 0
    )
    capsys.readouterr()
    assert run(["plan", "cover", "--school", str(other)]) == 0
    told = capsys.readouterr().out
    assert "Coach" in told
    assert "Maths lead" not in told
    assert run(["plan", "cover"]) == 0
    assert "Coach" not in capsys.readouterr().out


def test_an_older_file_stays_byte_for_byte(config: Path, other: int) -> None:
    text = (
        '# mine\n[[activity]]\nid = "a-1"\ntitle = "Old one"   # kept\nattends = ["Lead @ hub"]\n'
    )
    (config / "plan.toml").write_text(text)
    assert run(["plan", "list"]) == 0
    assert run(["plan", "show", "Old one"]) == 0
    assert (config / "plan.toml").read_text() == text
    assert run(["plan", "add", "New one", "--schools", str(other)]) == 0
    assert (config / "plan.toml").read_text().startswith(text)
    assert RecordStore(config).record.activities[0].attends == (("Lead @ hub", "", None),)


def test_a_calendar_names_schools_and_has_one_schools_activities(
    config: Path, other: int, tmp_path: Path
) -> None:
    given = ["--schools", f"{OURS}; {other}", "--date", "12/11/26"]
    assert run(["plan", "add", "Joint", *given, "--attends", f"Coach: A Name @{OURS}"]) == 0
    assert run(["plan", "add", "Theirs", "--schools", str(other), "--date", "13/11/26"]) == 0
    file = tmp_path / "plan.ics"
    assert run(["plan", "export", "--school", str(OURS), "--ics", str(file)]) == 0
    told = file.read_text().replace("\n ", "").replace("\r", "")
    assert f"Coach ({Service().name_of(OURS)})" in told
    assert "Theirs" not in told
    assert "A Name" not in told


def test_many_schools_are_told_by_number_and_the_first_of_them(
    config: Path, other: int, capsys: Capture
) -> None:
    service = Service()
    school = service.register.get(OURS)
    assert school
    many = [s.urn for s in service.register.census.members(school.trust_uid)]
    many = list(dict.fromkeys([OURS, *many, *(s.urn for s in service.search("primary", 12))]))[:12]
    schools = "; ".join(map(str, many))
    assert run(["plan", "add", "Joint", "--schools", schools, "--fee", "12"]) == 0
    assert f"it is of 12 schools: {service.name_of(OURS)}" in capsys.readouterr().err
    assert run(["plan", "show", "Joint"]) == 0
    told = capsys.readouterr().out
    assert told.count(" pays: ") == 6
    assert told.count("and 6 more") == 2


def test_a_school_that_there_is_not_says_how_to_search(config: Path, capsys: Capture) -> None:
    assert run(["plan", "cover", "--school", "Hogwarts"]) == 1
    said = capsys.readouterr().err
    assert "No school is called “Hogwarts”." in said
    assert "navigator find WORDS" in said
