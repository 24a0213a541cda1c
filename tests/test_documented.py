"""Each command that README and docs show does what they say: run as it is written there.

What a page leaves to the reader (FILE, URN, WORDS) is filled in from `FILLED` and `GIVEN`.
Each command gets a folder of its own, with the files that it reads and a record to work on.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.cli.main import asked as parsed
from navigator.core import clock
from navigator.directory import packs, taking
from tests.register import made
from tests.register.server import serving
from tests.test_docs import BLOCK, INDENTED, PAGES, ROOT, SPAN, asked
from tests.tools import made_calendars, made_plan

DAY = date(2026, 11, 28)
SCHOOL = "139217"

FILLED = {
    "URN": SCHOOL,
    "[URN]": SCHOOL,
    "WORDS": "sneinton",
    "[WORDS]": "planning",
    "PLACE": "Nottingham",
    "WHAT": SCHOOL,
    "COMMAND": "show",
    "FEATURE": "local-lens",
    "ID": "maths-hub",
    "ACTIVITY": "Work group",
    "ADDRESS": "https://hubs.example.org",
}
"""What a page leaves to the reader."""

GIVEN = {
    ("facts", "import"): "hubs.csv",
    ("match",): "list.csv",
    ("plan", "import"): "plan.csv",
    ("plan", "days", "import"): "days.ics",
    ("restore",): "kept.zip",
    ("update", "--from"): "dfe",
    ("update", "--facts"): "facts.zip",
    ("check-facts",): "facts",
    ("changes", "--from"): "old",
    ("changes", "--to"): "new",
}
"""Which of the files made beforehand a command or option reads."""

READ = re.compile(r"(FILE|FOLDER|PATH|OLD|NEW)(\.\w+)?|[\w-]+\.(xlsx|csv|ods|html)|E:\\|data")

NOT_RUN = {
    "serve": "it serves until it is stopped; tests/cli/test_serve.py runs it",
    "open": "the app: tests/ui opens it",
}
"""Commands whose words are only read by the parser, and why."""

ENDS = {
    "navigator find st joseph leeds": "no school of the sample is in Leeds",
    'navigator show "star academies"': "the sample has no school of that trust",
    "navigator plan export a-jzbdfw --ics FILE": "each plan has ids of its own",
    "navigator export england --parquet FILE": "needs pyarrow, which isn't everywhere",
    "navigator set partnership:some-partnership closed": "the key is left to the reader",
    "navigator facts import --undo --programme ID": "no list was taken before",
    "navigator facts import --undo --programme english-hub": "no list was taken before",
    "navigator update --undo": "there is no register before",
    "navigator update --facts --undo": "no pack was taken before",
    "navigator changes": "there is no register before",
    "navigator changes --json": "there is no register before",
}
"""Commands that may end with 1 on what these tests have, and why."""

NAMED = re.compile(r"(argument|arguments).* (is|are) required|--to needs|Give |give |expected ")
"""How a command that is only named in a sentence, without what it needs, asks for that."""

START = r"^.*?(?:navigator\.pyz|\.ci/do\.py open)"

Bytes = pytest.CaptureFixture[bytes]


def documented() -> dict[str, bool]:
    """Each command that a page shows, and whether it stands in a block, not in a sentence."""
    found: dict[str, bool] = {}
    for page in PAGES:
        if page.name == "CHANGELOG.md":
            continue  # which tells of commands by their names
        text = page.read_text("utf-8")
        blocks = [*BLOCK.findall(text), *INDENTED.findall(text)]
        lines = [(line, True) for block in blocks for line in block.splitlines()]
        lines += [(span, False) for span in SPAN.findall(BLOCK.sub("", text).replace("\n", " "))]
        for line, block in lines:
            if asked(line) is not None:
                typed = re.sub(
                    r"^.*?(?:navigator\.pyz|\.ci/do\.py open)", "navigator", line.strip()
                )
                command = re.split(r"  +| \\?[|>] | … of ", typed)[0].strip()
                found[command] = found.get(command, False) or block
    return found


COMMANDS = documented()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a record, and a file of each kind that a command reads."""
    folder = tmp_path_factory.mktemp("prepared")
    config, files = folder / "config", folder / "files"
    files.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NAVIGATOR_DATA_DIR", str(folder / "data"))
        patch.setenv("NAVIGATOR_CONFIG_DIR", str(config))
        patch.setattr(clock, "today", lambda: DAY)
        made_plan.write(config)
        for words in (
            ["note", SCHOOL, "They lead our planning"],
            ["plan", "add", "Work group"],
            ["plan", "budget", "2026-27", "4000"],
            ["set", SCHOOL, "maths-hub", "East Midlands West"],
            ["bookmark", SCHOOL],
            ["backup", str(files / "kept.zip")],
            ["plan", "export", "--csv", str(files / "plan.csv")],
        ):
            assert run(words) == 0
    (config / "networks.toml").write_text(
        '[[network]]\nid = "n-1"\nname = "Our cluster"\nschools = [139217, 122480]\n', "utf-8"
    )
    (files / "list.csv").write_text("Name,Town\nWelbeck Primary School,Nottingham\n", "utf-8")
    (files / "hubs.csv").write_text("Hub,Areas\nTrent,Nottingham\nSoar,Leicester\n", "utf-8")
    (files / "days.ics").write_text(made_calendars.outlook(made_calendars.HALF), "utf-8")
    facts = files / "facts"
    shutil.copytree(ROOT / "data", facts)
    ours = packs.version_of(facts)
    table = facts / "programmes.toml"
    newer = table.read_text("utf-8").replace(f'"{ours}"', f'"{DAY.replace(year=2027)}"', 1)
    table.write_text(newer, "utf-8")
    taking.build(facts, files / "facts.zip")
    for name, count in (("dfe", 400), ("old", 390), ("new", 400)):
        (files / name).mkdir()
        made.write(files / name, made.schools(count))
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_docs_does_what_it_says(
    command: str,
    prepared: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: Bytes,
) -> None:
    shutil.copytree(prepared / "config", tmp_path / "config")
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(clock, "today", lambda: DAY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("Hub,Areas\nTrent,Nottingham\n"))
    words = filled(command, prepared / "files")
    if words[:1] in (["--help"], ["--version"]) or "--help" in words:
        with pytest.raises(SystemExit) as stop:
            run(words)
        assert stop.value.code == 0
        return
    found = asked(command)
    assert found
    if "".join(found[0]) in NOT_RUN:
        parsed(words)
        return
    with serving() as served:  # no test asks DfE
        served.publish(390, DAY)
        monkeypatch.setenv("NAVIGATOR_REGISTER_URL", served.url)
        try:
            code = run(words)
        except SystemExit as stop:
            code = int(stop.code or 0)
    told = capfdbinary.readouterr().err.decode()
    assert "Traceback" not in told
    if code and (not COMMANDS[command] and NAMED.search(told)):
        return
    unasked = any(said in told for said in ("no terminal to ask on", "nothing was kept."))
    assert code == 0 or (code == 1 and (unasked or command in ENDS)), told


def filled(command: str, files: Path) -> list[str]:
    """The words of a command, with what it leaves to the reader."""
    words = shlex.split(command.replace("E:\\", "E:\\\\"))[1:]
    found = asked(command)
    assert found
    path, before, made_of = found[0], "", []
    for typed in words:
        word = typed
        read = GIVEN.get((*path, before)) or (
            GIVEN.get(path) if not before.startswith("--") or before == "--check" else None
        )
        if read and READ.fullmatch(word):
            word = str(files / read)
        elif word == "…" and "--json" in words:
            continue
        elif word == "…" and path == ("set",):
            word = "East Midlands West"
        made_of.append(FILLED.get(word, word))
        before = word if word.startswith("--") else ""
    return made_of


@pytest.mark.parametrize("command", ENDS)
def test_a_command_that_may_end_otherwise_is_in_the_docs(command: str) -> None:
    assert command in COMMANDS, "take it out of ENDS"
