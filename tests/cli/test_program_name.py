"""A next step that is printed can be typed as it stands, however Navigator was started."""

from __future__ import annotations

import sys

import pytest

from navigator.cli import run
from navigator.cli.program_name import as_typed, program_name

CLONE = "python3 .ci/do.py open"

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


@pytest.mark.parametrize(
    ("program", "frozen", "name"),
    [
        ("/home/me/bin/navigator", False, "navigator"),
        ("navigator.pyz", False, "python3 navigator.pyz"),
        ("my stick/navigator.pyz", False, 'python3 "my stick/navigator.pyz"'),
        (r".\navigator-windows.exe", True, r".\navigator-windows.exe"),
    ],
)
def test_it_is_called_as_it_was_started(
    program: str, frozen: bool, name: str, monkeypatch: Patch
) -> None:
    monkeypatch.delenv("NAVIGATOR_STARTED_AS", raising=False)
    monkeypatch.setattr(sys, "argv", [program])
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert program_name() == name
    assert as_typed("run: navigator update") == f"run: {name} update"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("To load it, run: navigator update --from FILE", f"run: {CLONE} update --from FILE"),
        ("`navigator find` prints them", f"`{CLONE} find` prints them"),
        ("navigator 139217   open a school", f"{CLONE} 139217   open a school"),
        ("usage: navigator [-h]", "usage: navigator [-h]"),
        ("take school-navigator out, or navigator.pyz", "take school-navigator out, or navigator"),
        ("in /home/me/navigator notes", "/home/me/navigator notes"),
        (r"in C:\me\navigator notes", r"C:\me\navigator notes"),
        ("wrote Navigator show 139217.txt.", "wrote Navigator show 139217.txt."),
        ("wrote navigator plan.csv.", "wrote navigator plan.csv."),
        ("run: navigator check-facts.", f"run: {CLONE} check-facts."),
    ],
)
def test_only_what_is_typed_is_changed(text: str, typed: str, monkeypatch: Patch) -> None:
    monkeypatch.setenv("NAVIGATOR_STARTED_AS", CLONE)
    assert typed in as_typed(text)


def test_sentences_and_help_say_it(monkeypatch: Patch, capsys: Capture) -> None:
    monkeypatch.setenv("NAVIGATOR_STARTED_AS", CLONE)
    assert run(["show", "999999"]) == 1
    assert f"or run: {CLONE} update" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(["find", "--kind", "trusts", "x"])
    assert f"For help, run: {CLONE} find --help" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run(["plan", "--help"])
    assert f"  {CLONE} plan list --closing 30 " in capsys.readouterr().out


def test_what_is_printed_to_be_handed_on_says_navigator(
    monkeypatch: Patch, capsys: Capture
) -> None:
    monkeypatch.setenv("NAVIGATOR_STARTED_AS", CLONE)
    assert run(["show", "139217"]) == 0
    told = capsys.readouterr().out
    assert "Reasons, sources, dates: navigator show 139217 --why" in told
    assert CLONE not in told
