"""`--out FILE`: what a command prints, in a file that no shell has had its hands on."""

from __future__ import annotations

import io
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator.cli import printing, run
from navigator.cli.manual import parsers
from navigator.cli.out import OF_RESULTS
from navigator.core import clock
from tests.register import made
from tests.tools import made_plan

DAY = date(2026, 11, 28)
SCHOOL, OTHER = "139217", "122416"
MARK = b"\xef\xbb\xbf"

Capture = pytest.CaptureFixture[str]
CaptureBytes = pytest.CaptureFixture[bytes]
Patch = pytest.MonkeyPatch

ASKED = {
    "show": ["show", SCHOOL, OTHER],
    "find": ["find", "sneinton"],
    "changes": ["changes", "--from", "{old}", "--to", "{new}", "--json"],
    "check-facts": ["check-facts"],
    "notes": ["notes"],
    "bookmarks": ["bookmarks", "--json"],
    "corrections": ["corrections"],
    "locality": ["locality", "Nottingham", "--csv", "-"],
    "overlap": ["overlap", SCHOOL],
    "review": ["review", SCHOOL, "--markdown", "-"],
    "plan list": ["plan", "list"],
    "plan show": ["plan", "show", "Mastering Number"],
    "plan cover": ["plan", "cover", "--csv", "-"],
    "plan days list": ["plan", "days", "list"],
    "status": ["status", "--json"],
    "completion": ["completion", "powershell"],
    "man": ["man"],
}
"""Each command that has the option, as a test asks it."""

WITHOUT = {
    "open": "the app",
    "update": "says what it took in",
    "serve": "the app",
    "facts": "only leads to its own",
    "facts import": "shows what it asks about before it is kept",
    "note": "says what it kept",
    "bookmark": "says what it kept",
    "set": "says what it kept",
    "backup": "writes the file it is asked for",
    "restore": "says what it brought back",
    "export": "writes the file it is asked for",
    "plan": "only leads to its own",
    "plan add": "says what it kept",
    "plan edit": "says what it kept",
    "plan status": "says what it kept",
    "plan remove": "says what it took out",
    "plan copy": "says what it kept",
    "plan import": "says what it took in",
    "plan export": "writes the file it is asked for",
    "plan undo": "says what it took back",
    "plan budget": "says what it kept",
    "plan days": "only leads to its own, and lists them",
    "plan days import": "says what it took in",
}
"""The commands without the option, and why they need none."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a plan, a note, a bookmark; two registers to compare."""
    folder = tmp_path_factory.mktemp("prepared")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NAVIGATOR_DATA_DIR", str(folder / "data"))
        patch.setenv("NAVIGATOR_CONFIG_DIR", str(folder / "config"))
        patch.setattr(clock, "today", lambda: DAY)
        made_plan.write(folder / "config")
        for words in (
            ["note", SCHOOL, "They lead our planning – “ask”"],
            ["bookmark", SCHOOL],
            ["set", SCHOOL, "maths-hub", "East Midlands West"],
        ):
            assert run(words) == 0
    for name, count in (("old", 390), ("new", 400)):
        (folder / name).mkdir()
        made.write(folder / name, made.schools(count))
    return folder


@pytest.fixture(autouse=True)
def kept(prepared: Path, folders: Path, monkeypatch: Patch) -> Iterator[None]:
    """The head has a record, and it is always the pinned day."""
    shutil.copytree(prepared / "config", folders / "config")
    monkeypatch.setattr(clock, "today", lambda: DAY)
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_each_command_has_the_option_or_a_reason_to_have_none() -> None:
    every = {" ".join(words): of for words, of in parsers().items()}
    having = {name for name, of in every.items() if "--out" in of._option_string_actions}
    assert having == {*OF_RESULTS, "match"} == {*ASKED, "match"}
    assert having | set(WITHOUT) == set(every)
    assert not having & set(WITHOUT)


@pytest.mark.parametrize("name", ASKED)
def test_the_file_holds_what_is_printed(
    name: str, prepared: Path, tmp_path: Path, capfdbinary: CaptureBytes
) -> None:
    words = [w.format(old=prepared / "old", new=prepared / "new") for w in ASKED[name]]
    assert run(words) == 0
    printed = capfdbinary.readouterr().out
    assert printed
    file = tmp_path / "result.txt"
    assert run([*words, "--out", str(file)]) == 0
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert err.decode().splitlines()[-1] == f"navigator: wrote {file}."
    assert file.read_bytes() == printed
    assert printed.removeprefix(MARK).decode("utf-8").strip()
    if os.name != "nt":
        private = 0o600 if OF_RESULTS[name] else 0o644
        assert stat.S_IMODE(file.stat().st_mode) == private


def test_a_console_of_another_code_page_changes_nothing(tmp_path: Path, monkeypatch: Patch) -> None:
    usual, old = tmp_path / "usual.txt", tmp_path / "old.txt"
    assert run(["notes", "--out", str(usual)]) == 0
    console = io.BytesIO()
    monkeypatch.setenv("PYTHONIOENCODING", "cp437")
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(console, "cp437"))
    assert run(["notes", "--out", str(old)]) == 0
    assert "– “ask”" in usual.read_text("utf-8")
    assert old.read_bytes() == usual.read_bytes()
    assert run(["notes"]) == 0
    assert console.getvalue().decode("cp437").endswith('planning - "ask"\n'), "as far as it can"


def test_a_table_has_the_mark_by_which_excel_knows_it(tmp_path: Path) -> None:
    printed, exported = tmp_path / "printed.csv", tmp_path / "exported.csv"
    assert run(["overlap", SCHOOL, "--csv", "-", "--out", str(printed)]) == 0
    assert run(["overlap", SCHOOL, "--csv", str(exported)]) == 0
    assert printed.read_bytes() == exported.read_bytes()
    assert printed.read_bytes().startswith(MARK)


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(
    tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("mine")
    assert run(["find", "sneinton", "--out", str(file)]) == 1
    assert "is there already, so it stays as it is" in capsys.readouterr().err
    assert file.read_text() == "mine"
    assert run(["find", "sneinton", "--out", str(file), "--force"]) == 0
    assert "Sneinton" in file.read_text("utf-8")


def test_what_stops_halfway_leaves_no_file(
    tmp_path: Path, monkeypatch: Patch, capsys: Capture
) -> None:
    def stop(text: str) -> str:
        if OTHER in text:
            raise KeyboardInterrupt
        return text

    monkeypatch.setattr(printing, "fitting", stop)
    folder = tmp_path / "out"
    folder.mkdir()
    assert run(["show", SCHOOL, OTHER, "--out", str(folder / "two.txt")]) == 130
    assert list(folder.iterdir()) == []
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["show", "999999"], 1, "isn't in the sample"),
        (["find", "qqqq", "xxxx"], 1, "no school matches"),
        (["show", SCHOOL, "13921x"], 2, "isn't a URN"),
        (["notes", "--about", "nobody:1"], 1, "There is no body"),
    ],
)
def test_a_command_that_finds_nothing_leaves_no_file(
    words: list[str], code: int, said: str, tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "result.txt"
    try:
        ended = run([*words, "--out", str(file)])
    except SystemExit as stop:
        ended = int(stop.code or 0)
    assert ended == code
    assert said in capsys.readouterr().err
    assert not file.exists()


def test_what_was_found_is_written_though_something_was_not(
    tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "found.txt"
    assert run(["show", SCHOOL, "999999", "--out", str(file)]) == 1
    assert file.read_text("utf-8").startswith("Sneinton St Stephen's")
    err = capsys.readouterr().err
    assert "URN 999999" in err
    assert f"wrote {file}." in err


def test_an_empty_result_is_told_as_one(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "config" / "bookmarks.toml").unlink()
    file = tmp_path / "none.txt"
    assert run(["bookmarks", "--out", str(file)]) == 0
    assert file.read_bytes() == b""
    assert f"wrote {file}, which is empty." in capsys.readouterr().err


def test_in_a_folder_navigator_names_the_file(tmp_path: Path) -> None:
    folder = f"{tmp_path / 'results'}{os.sep}"
    assert run(["show", SCHOOL, "--out", folder]) == 0
    assert run(["plan", "list", "--json", "--out", folder]) == 0
    assert run(["locality", "Nottingham", "--out", str(tmp_path / "place")]) == 0
    made_there = {file.name for file in Path(folder).iterdir()}
    assert made_there == {f"Navigator show {SCHOOL}.txt", "Navigator plan list.json"}
    assert (tmp_path / "place.txt").exists()


def test_two_files_are_one_too_many(tmp_path: Path, capsys: Capture) -> None:
    table, text = tmp_path / "table.csv", tmp_path / "text.txt"
    both = ["--out", str(text)]
    assert run(["locality", "Nottingham", "--csv", str(table), *both]) == 1
    assert "--csv and --out each name a file: give one of them." in capsys.readouterr().err
    assert run(["corrections", "--export", str(table), *both]) == 1
    assert "--export and --out each name a file" in capsys.readouterr().err
    assert not table.exists()
    assert not text.exists()


def test_a_minus_prints_it(capsys: Capture) -> None:
    assert run(["find", "sneinton", "--out", "-"]) == 0
    assert "Sneinton" in capsys.readouterr().out


def test_a_file_without_a_name_is_refused_by_match_too(tmp_path: Path, capsys: Capture) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("URN\n139217\n")
    assert run(["match", str(listed), "--out", ""]) == 1
    assert "A file needs a name" in capsys.readouterr().err
    assert not (tmp_path / "list matched.csv").exists()


@pytest.mark.parametrize("option", ["--out", "--to"])
def test_match_has_it_too_with_its_former_name(
    option: str, tmp_path: Path, capsys: Capture
) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("URN\n139217\n")
    assert run(["match", str(listed), option, str(tmp_path / "a.csv")]) == 0
    assert (tmp_path / "a.csv").read_bytes().startswith(MARK)
    assert run(["match", str(listed), option, str(tmp_path / "a"), "--json"]) == 0
    assert '"urn": 139217' in (tmp_path / "a.json").read_text("utf-8")
    assert f"wrote {tmp_path / 'a.json'}." in capsys.readouterr().err
