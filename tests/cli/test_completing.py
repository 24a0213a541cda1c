"""Completion by Tab and the man page: made of the parser, asked as the shells ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.cli.commands import COMMANDS
from navigator.cli.completing import BETWEEN, SHELLS
from navigator.cli.manual import actions, man_page, parsers

Capture = pytest.CaptureFixture[str]


def asked(capsys: Capture, *words: str) -> list[str]:
    assert run(["completion", f"--words={BETWEEN.join(words)}"]) == 0
    return [line.partition("\t")[0] for line in capsys.readouterr().out.splitlines()]


def test_every_command_and_option_is_completed(capsys: Capture) -> None:
    assert asked(capsys, "") == [command.name for command in COMMANDS]
    for words, of in parsers().items():
        options = {o for action in actions(of) for o in action.option_strings}
        told = asked(capsys, *words, "-")
        assert set(told) == {option for option in options if option.startswith("-")}, words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["boo"], ["bookmark", "bookmarks"]),
        (["plan", "im"], ["import"]),
        (["find", "--kind", "tr"], ["trust"]),
        (["plan", "add", "--kind", "cou"], ["course"]),
        (["facts", "import", "--programme", "maths"], ["maths-hub"]),
        (["set", "139217", "maths"], ["maths-hub"]),
        (["match", ""], [":files"]),
        (["export", "139217", "--html", "x"], [":files"]),
        (["show", "--json", ""], []),
        (["no-such-command", ""], []),
        (["", "x"], []),
    ],
)
def test_what_may_stand_there_is_completed(
    words: list[str], told: list[str], capsys: Capture
) -> None:
    assert asked(capsys, *words) == told


def test_each_shell_gets_a_script_that_asks_the_program(capsys: Capture) -> None:
    for shell in SHELLS:
        assert run(["completion", shell]) == 0
        script = capsys.readouterr().out
        assert "navigator" in script
        assert "--words=" in script
        assert ":files" in script


@pytest.mark.parametrize("shell", list(SHELLS))
def test_a_shell_reads_its_script(shell: str, tmp_path: Path) -> None:
    program = {"powershell": "pwsh"}.get(shell, shell)
    if not shutil.which(program):
        pytest.skip(f"{program} isn't installed here")
    if shell == "powershell":
        pytest.skip("PowerShell has no check of a script alone")
    script = tmp_path / "navigator.completion"
    script.write_text(SHELLS[shell], "utf-8")
    subprocess.run([program, "-n", str(script)], check=True, timeout=60)


@pytest.mark.skipif(not shutil.which("bash"), reason="bash isn't installed here")
def test_bash_completes(tmp_path: Path) -> None:
    program = tmp_path / "navigator"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m navigator "$@"\n', "utf-8")
    program.chmod(0o755)
    (tmp_path / "a list.xlsx").touch()
    script = SHELLS["bash"] + (
        'tab() { COMP_WORDS=(navigator "$@"); COMP_CWORD=$#; _navigator;'
        ' printf "%s|" "${COMPREPLY[@]}"; echo; }\n'
        'tab plan im; tab show --j; tab match "a "; tab plan cop ""\n'
    )
    path = os.pathsep.join((str(tmp_path), os.environ["PATH"]))
    root = str(Path(__file__).parents[2])
    told = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "PATH": path, "PYTHONPATH": root},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert told.stdout.splitlines() == ["import|", "--json|", "a list.xlsx|", "|"]


def test_the_man_page_tells_every_command(capsys: Capture) -> None:
    assert run(["man"]) == 0
    page = capsys.readouterr().out
    assert page == man_page()
    for words in parsers():
        assert f".SS navigator {' '.join(words)}\n".replace("-", r"\-") in page
    assert page.isascii(), "an old man has no UTF-8"


@pytest.mark.skipif(not shutil.which("groff"), reason="groff isn't installed here")
def test_groff_finds_no_fault_in_the_man_page() -> None:
    told = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z"],
        input=man_page(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stderr == ""
