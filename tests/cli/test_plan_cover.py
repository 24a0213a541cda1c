"""navigator plan cover: printed, as a file, of a week; navigator plan budget of a part."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.core import clock
from tests.tools import made_plan


def test_cover_is_printed_or_written(
    folders: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    made_plan.write(folders / "config")
    assert run(["plan", "cover", "--week", "3/12/26"]) == 0
    printed = capsys.readouterr().out
    assert "Cover, week of 30 November 2026" in printed
    assert (
        "Thursday 3 December 2026:\n  Morning; nobody\n  Afternoon (3 out); Maths lead" in printed
    )
    assert "How many may be out of class at once isn't set" in printed
    assert "5 October" not in printed
    assert run(["plan", "cover", "--term", "autumn", "--csv", f"{folders}/"]) == 0
    assert "Cover 2026-27.csv" in capsys.readouterr().out
    assert run(["plan", "cover", "--week", "3/6/27"]) != 0
    assert "Nobody is out of class in the week of 31 May 2027" in capsys.readouterr().err


@pytest.mark.usefixtures("folders")
def test_a_week_over_the_end_of_august_is_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    for title, day in (("New", "3/9/2026"), ("Old", "1/9/2026"), ("Before", "27/8/2027")):
        hours = ["--start", "9:00", "--minutes", "60", "--in-school-hours", "--attends", "Head"]
        assert run(["plan", "add", title, "--date", day, *hours]) == 0
    # no bank holiday of the facts lies on Tuesday 31 August 2032
    assert run(["plan", "add", "Late", "--date", "31/8/2032", *hours]) == 0
    assert run(["plan", "add", "Early", "--date", "2/9/2032", *hours]) == 0
    capsys.readouterr()
    for day, told in (("31/8/2026", "New Old"), ("31/8/2032", "Late Early"), ("5/9/2032", "Late")):
        assert run(["plan", "cover", "--week", day]) == 0, day
        shown = capsys.readouterr().out
        assert shown.count("Cover, week of") == 1
        assert all(title in shown for title in told.split()), shown


@pytest.mark.usefixtures("folders")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--week", "3/12/26", "--year", "2025-26"], "A week says its year"),
        (["--week", "31/12/9999"], "isn't in the years 1990 to 2100"),
    ],
)
def test_what_a_cover_sheet_cannot_be_of(
    words: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["plan", "cover", *words]) != 0
    assert said in capsys.readouterr().err


def test_a_week_and_a_term_are_not_both_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(["plan", "cover", "--week", "2026-12-03", "--term", "autumn"])
    assert "not allowed with argument --week" in capsys.readouterr().err


def test_a_budget_of_a_part_and_who_pays(
    folders: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    made_plan.write(folders / "config")
    before = (folders / "config" / "budgets.toml").read_text("utf-8")
    assert run(["plan", "budget", "2026-27", "1200", "--for", "maths"]) == 0
    assert run(["plan", "budget", "2026-27", "1300", "--for", "Maths"]) == 0
    after = (folders / "config" / "budgets.toml").read_text("utf-8")
    assert after.startswith(before)  # the budget of all stays as it was
    assert after.count("\n[[budget]]\n") == 2
    assert "Budget for 2026-27, maths: £1,300" in capsys.readouterr().out
    assert run(["plan", "edit", "Work group", "--paid-from", "maths; trust"]) != 0
    assert "doesn't say how much each budget pays" in capsys.readouterr().err
    paid = ["--paid-from", "maths 60%; trust 40%", "--subsidy-claimed", "50"]
    assert run(["plan", "edit", "Work group", *paid, "--claimed-on", "3/11/26"]) == 0
    assert run(["plan", "export", "--markdown", "-"]) == 0
    told = capsys.readouterr().out
    assert "maths: £1,300 budget, £0 spent, £0 committed" in told
    assert "Subsidies: £300 still to be claimed, £350 still to be received" in told
    assert "what is expected is not known for 1" in told
