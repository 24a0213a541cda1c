"""navigator plan cover: printed, as a file, of a week; navigator plan budget of a part."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.core import clock
from tests.tools import made_plan


def test_cover_is_printed_or_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path / "config"))
    made_plan.write(tmp_path / "config")
    assert run(["plan", "cover", "--week", "3/12/26"]) == 0
    printed = capsys.readouterr().out
    assert "Cover, week of 30 November 2026" in printed
    assert (
        "Thursday 3 December 2026:\n  Morning; nobody\n  Afternoon (3 out); Maths lead" in printed
    )
    assert "isn't set (out_at_once in the settings)" in printed
    assert "5 October" not in printed
    assert run(["plan", "cover", "--term", "autumn", "--csv", f"{tmp_path}/"]) == 0
    assert "Cover 2026-27.csv" in capsys.readouterr().out
    assert run(["plan", "cover", "--week", "3/6/27"]) != 0
    assert "Nobody is out of class in the week of 31 May 2027" in capsys.readouterr().err


def test_a_budget_of_a_part_and_who_pays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 22))
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path / "config"))
    made_plan.write(tmp_path / "config")
    before = (tmp_path / "config" / "budgets.toml").read_text("utf-8")
    assert run(["plan", "budget", "2026-27", "1200", "--for", "maths"]) == 0
    assert run(["plan", "budget", "2026-27", "1300", "--for", "Maths"]) == 0
    after = (tmp_path / "config" / "budgets.toml").read_text("utf-8")
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
