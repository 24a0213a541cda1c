"""The docs tell what there is, and nothing else: settings, variables, files, links."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from navigator.cli import manual
from navigator.cli.commands import COMMANDS
from navigator.core.activity import Activity
from navigator.core.fields import fields_of
from navigator.directory.columns import HUBS, SHARED_TABLES
from navigator.directory.programmes import COVERS, FIELDS, TABLE
from navigator.domain.plan.table import COLUMNS
from navigator.records import settings
from navigator.records.settings import SETTINGS, Settings
from navigator.ui.commands import COMMANDS as KEYS
from navigator.ui.keymap import key_name
from tests.tools import commands_page
from tests.tools.moving_picture import moving_picture

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("data/**/*.md")])

BLOCK = re.compile(r"^ *```\w*\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
INDENTED = re.compile(r"(?<=\n\n)(?:    .*\n)+", re.MULTILINE)
SPAN = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
VARIABLE = re.compile(r"\bNAVIGATOR_[A-Z_]+\b")

SET_BY_OTHERS = {"TEXTUAL_DRIVER"}
"""Variables that other programs set for Navigator, and no user."""


def page(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code(text: str) -> list[str]:
    """What a page shows as code: lines of blocks, and spans."""
    blocks = [*BLOCK.findall(text), *INDENTED.findall(text)]
    lines = [line for block in blocks for line in block.splitlines()]
    return lines + SPAN.findall(BLOCK.sub("", text).replace("\n", " "))


def rows(text: str, heading: str) -> dict[str, list[str]]:
    """The rows of the first table whose first head is `heading`, by the code in the first cell."""
    table = re.search(rf"^\| {heading} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert table, f"no table of {heading}"
    found = {}
    for line in table[1].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        for key in SPAN.findall(cells[0]):
            found[key] = cells[1:]
    return found


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_what_a_page_links_to_exists(path: Path) -> None:
    for link in LINK.findall(path.read_text("utf-8")):
        if not re.match(r"https?://|#", link):
            file, _, part = link.partition("#")
            assert (path.parent / file).exists(), link
            assert not part, f"{link}: parts of a page are not linked to, as nothing checks them"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_files_of_the_repository_that_a_page_names_exist(path: Path) -> None:
    for words in code(path.read_text("utf-8")):
        for file in re.findall(r"(?<![\w/.~-])(?:navigator|tests|docs|\.ci)/[\w/.-]*\w", words):
            assert (ROOT / file).exists(), file
        for module in re.findall(r"python3? -m (tests(?:\.\w+)+)", words):
            place = ROOT / module.replace(".", "/")
            files = (place.with_suffix(".py"), place / "__main__.py")
            assert any(file.exists() for file in files), module


def test_the_page_of_settings_has_each_key_and_its_default() -> None:
    told = rows(page("docs/settings.md"), "key")
    assert list(told) == list(SETTINGS)
    for key in SETTINGS:
        value = Settings._field_defaults[key]
        default = str(value).replace("True", "true")  # as the file writes it
        assert not value or f"`{default}`" in told[key][1], key


def test_the_example_of_settings_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path))
    for block in re.findall(r"```toml\n(.*?)```", page("docs/settings.md"), re.DOTALL):
        (tmp_path / "settings.toml").write_text(block, "utf-8")
        assert not settings.load().problem
        assert set(re.findall(r"^(\w+) =", block.partition("\n[")[0], re.MULTILINE)) <= set(
            SETTINGS
        )


def test_each_variable_of_the_environment_is_on_the_page_of_settings() -> None:
    sources = [*ROOT.glob("navigator/**/*.py"), ROOT / "tests/tools/pyz_start.py"]
    read = set()
    for source in sources:
        text = source.read_text("utf-8")
        read |= set(VARIABLE.findall(text))
        read |= set(re.findall(r'environ(?:\.get\(|\[)"(\w+)"', text))
    assert "NAVIGATOR_DATA_DIR" in read
    told = rows(page("docs/settings.md"), "variable")
    elsewhere = {"XDG_CACHE_HOME", "LOCALAPPDATA"}  # the system's own, told of in install.md
    assert all(variable in page("docs/install.md") for variable in elsewhere)
    assert read - SET_BY_OTHERS - elsewhere <= set(told)
    assert {v for v in told if v.startswith("NAVIGATOR_")} == {
        v for v in read if v.startswith("NAVIGATOR_")
    }


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_variables_that_a_page_names_exist(path: Path) -> None:
    sources = [*ROOT.glob("navigator/**/*.py"), *ROOT.glob("tests/**/*.py")]
    there = {v for source in sources for v in VARIABLE.findall(source.read_text("utf-8"))}
    assert set(VARIABLE.findall(path.read_text("utf-8"))) <= there


def test_the_pages_of_facts_have_each_column_and_field() -> None:
    facts = page("data/README.md")
    told = rows(facts, "column")
    assert set(told) == {*HUBS.needed, *HUBS.others}
    for shape in SHARED_TABLES:
        with (ROOT / "data" / shape.file).open(encoding="utf-8") as table:
            assert set(next(csv.reader(table))) == {*shape.needed, *shape.others}, shape.file
    adding = page("docs/adding-facts.md")
    needed = re.search(r"Needed columns: (.*?)\.\n", adding, re.DOTALL)
    assert needed
    assert SPAN.findall(needed[1]) == list(HUBS.needed)
    words = " ".join(code(adding))
    for field in (*FIELDS, TABLE, COVERS):
        assert re.search(rf"\b{field}\b", words), field


@pytest.mark.parametrize("path", sorted((ROOT / "data/programmes").glob("*.csv")), ids=name)
def test_a_table_of_hubs_has_the_columns_that_are_known(path: Path) -> None:
    with path.open(encoding="utf-8") as table:
        assert set(next(csv.reader(table))) == {*HUBS.needed, *HUBS.others}


# --- commands and their options ------------------------------------------------------------------


PARSERS = manual.parsers()


def options(words: tuple[str, ...]) -> set[str]:
    return {o for action in PARSERS[words]._actions for o in action.option_strings} - {"-h"}


def test_the_page_of_commands_is_that_of_the_program() -> None:
    assert page("docs/commands.md") == commands_page.page(), "python -m tests.tools.commands_page"
    assert page("docs/navigator.1") == manual.man_page(), "python -m tests.tools.commands_page"


@pytest.mark.parametrize("command", [c.name for c in COMMANDS])
def test_the_page_of_use_has_each_command(command: str) -> None:
    shown = [found[0] for line in code(page("docs/using.md")) if (found := asked(line))]
    assert (command,) in [words[:1] for words in shown]


def test_the_readme_is_short_and_has_a_command_at_once() -> None:
    readme = page("README.md")
    assert len(readme.partition("```")[0].split()) < 100, "what it is, a picture, then a command"
    assert len(readme.split()) < 700, "the rest is for docs"


def asked(line: str) -> tuple[tuple[str, ...], list[str]] | None:
    """(command, its other words) that a line of code asks for; None for none."""
    line = re.sub(r"^.*?(?:navigator\.pyz|\.ci/do\.py open) ", "navigator ", line.strip())
    if line.partition(" ")[0] != "navigator":
        return None
    rest = re.split(r"  +| [|>] ", line)[0].split()[1:]
    words: tuple[str, ...] = ()
    while rest and (*words, rest[0]) in PARSERS:
        words = (*words, rest.pop(0))
    if not words and (not rest or re.fullmatch(r"\d+|\[?URN\]?", rest[0])):
        words = ("open",)
    return words, rest


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_page_shows_no_command_or_option_that_there_isnt(path: Path) -> None:
    every = {option for words in PARSERS for option in options(words)} | {"--version"}
    for line in code(path.read_text("utf-8")):
        found = asked(line)
        if found:
            words, rest = found
            assert words or set(rest) <= {"--version", "-V", "--help", "help", "COMMAND"}, line
            given = {word for word in rest if word.startswith("--")}
            assert not words or given <= options(words), line
        elif re.match(r"--\w", line):
            assert line.split()[0] in every, line


def test_the_page_of_contributing_names_each_benchmark() -> None:
    told = set(SPAN.findall(page("docs/CONTRIBUTING.md").partition("Benchmarks print")[2]))
    there = {file.stem for file in (ROOT / "tests/benchmarks").glob("[!_]*.py")}
    assert {word.rpartition(".")[2] for word in told} >= there


KEY = re.compile(r"[A-Za-z0-9]|F\d\d?|(?:Ctrl|Shift|Alt)\+\w+|Enter|Esc|Tab|Del|Delete|Backspace")
CALLED = {"Delete": "Del"}
"""What a page may call a key otherwise than the screens do."""


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_keys_that_a_page_names_do_something(path: Path) -> None:
    there = {key_name(key) for command in KEYS.values() for key in command.keys.split(",") if key}
    told = set(SPAN.findall(BLOCK.sub("", path.read_text("utf-8"))))
    keys = {CALLED.get(word, word) for word in told if KEY.fullmatch(word)}
    assert keys - there == set()


def test_the_page_of_planning_has_each_field_and_column() -> None:
    plan = page("docs/planning.md")
    kept = {field.name for field in fields_of(Activity)} - {"id", "title", "added"}
    assert set(rows(plan, "key")) == kept
    columns = re.search(r"Columns: `([^`]+)`", plan)
    assert columns
    assert re.split(r",\s+", columns[1]) == list(COLUMNS)


NAMED = re.compile(r"`(\w+)`(?: and `(\w+)`)? (?:in|of)\s+`(navigator/[\w/]+\.py)`")


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_what_a_page_says_is_in_a_file_of_code_is_there(path: Path) -> None:
    for *words, file in NAMED.findall(path.read_text("utf-8")):
        for word in filter(None, words):
            defined = rf"^(class {word}\b|def {word}\b|{word}\b.*=)"
            assert re.search(defined, page(file), re.MULTILINE), (word, file)


# --- the moving picture --------------------------------------------------------------------------


def test_each_picture_of_a_moving_one_stands_in_turn() -> None:
    one, two = (f'<svg viewBox="0 0 9 9" xmlns="x"><text>{n}</text></svg>' for n in "12")
    root = ElementTree.fromstring(moving_picture([one, two]))
    assert root.get("viewBox") == "0 0 9 9"
    frames = [g for g in root if "frame" in (g.get("class") or "")]
    assert ["".join(g.itertext()) for g in frames] == ["1", "2"]


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/pictures/*.svg")), ids=name)
def test_a_picture_fetches_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ElementTree.fromstring(text).tag.endswith("svg")
    for fetched in ("url(http", "<script", "@import", "href"):
        assert fetched not in text
