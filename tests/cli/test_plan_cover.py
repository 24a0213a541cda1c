"""navigator plan cover: printed, as a file, of a week."""

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
