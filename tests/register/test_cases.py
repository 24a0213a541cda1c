"""The cases of `../shared/cases` as a person meets them: the commands, and what they print."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from navigator.cli import run

Ask = Callable[..., str]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command over folders of its own; gives what it prints, on both outputs."""
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path / "config"))

    def answer(*words: object, code: int = 0) -> str:
        assert run([str(word) for word in words]) == code
        told = capsys.readouterr()
        return told.out + told.err

    return answer


def test_f19_one_bad_byte(ask: Ask, cases: Path) -> None:
    said = ask("update", "--from", cases / "F19-one-bad-byte")
    assert "One letter couldn't be read (line 3)" in said
    assert "One letter couldn't be read (line 3)" in ask("status")


def test_f20_point_zero(ask: Ask, cases: Path) -> None:
    ask("update", "--from", cases / "F20-point-zero")
    shown = ask("show", 900_100)
    assert "ages 3–11 · 210 pupils" in shown
    assert "Trust: Old Oak Academy Trust" in shown
    for number in ("892/2100", "10070000"):
        assert ask("find", number).startswith("900100  Oakfield Primary School")


def test_f25_websites(ask: Ask, cases: Path) -> None:
    ask("update", "--from", cases / "F25-websites")
    for urn, website in {900_100: "http://www.example.org/", 900_103: ""}.items():
        assert json.loads(ask("show", urn, "--json"))["school"]["website"] == website
