"""Arrows between the parts point one way; the screens know no storage (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from navigator.core.keys import BODY_KINDS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "navigator"

FLOORS = (
    {"__init__"},
    {"core"},
    {"storage"},
    {"register", "directory", "records"},
    {"domain"},
    {"view"},
    {"service"},
    {"export"},
    {"ui"},
    {"cli"},
    {"__main__"},
)
"""Lowest first. A part may import from the floors beneath its own, and from itself."""

STORAGE = {"sqlite3", "tomllib", "tomlkit", "tomli_w", "csv", "httpx", "urllib.request", "openpyxl"}

TOP_LEVEL = {
    *("navigator", "data", "tests", "pyproject.toml", "README.md"),
    *(".ci", "docs", "LICENSE", ".gitignore"),
}
"""All that may lie at the top of the repository."""

FILES = sorted(PACKAGE.rglob("*.py"))


def _module(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_module(file): file for file in FILES}


def _imports(file: Path) -> set[str]:
    """What a file imports anywhere in it, for types too; of ours, the modules that are files."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            within = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = within & MODULES.keys()
            names |= modules
            if len(modules) < len(within):
                names.add(node.module)
    return names


def _part(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


@pytest.mark.parametrize("name", MODULES)
def test_arrows_point_downward(name: str) -> None:
    floor = {part: number for number, parts in enumerate(FLOORS) for part in parts}
    part = _part(name)
    assert part in floor, f"{part} has no floor: give it one in docs/architecture.md and here"
    for other in _imports(MODULES[name]):
        if other.split(".")[0] == "navigator" and _part(other) != part:
            assert floor[_part(other)] < floor[part], f"{name} imports {other}"


def test_no_file_imports_another_that_leads_back_to_it() -> None:
    arrows = {name: sorted(_imports(file) & MODULES.keys()) for name, file in MODULES.items()}
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> None:
        if name in way:
            pytest.fail(f"a circle: {' -> '.join([*way[way.index(name) :], name])}")
        if name not in done:
            for other in arrows[name]:
                walk(other, [*way, name])
            done.add(name)

    for name in arrows:
        walk(name, [])


def test_nothing_else_lies_at_the_top() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    assert {line.split("/")[0] for line in listed.stdout.splitlines()} == TOP_LEVEL


@pytest.mark.parametrize("name", [name for name in MODULES if _part(name) == "ui"])
def test_screens_know_no_storage(name: str) -> None:
    assert not _imports(MODULES[name]) & STORAGE


@pytest.mark.parametrize("name", [name for name in MODULES if _part(name) != "ui"])
def test_only_the_ui_knows_textual(name: str) -> None:
    imported = {other.split(".")[0] for other in _imports(MODULES[name])}
    assert not imported & {"textual", "rich"}


def _modules_after(code: str) -> set[str]:
    script = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_import_nothing_heavy(argument: str) -> None:
    loaded = _modules_after(f"from navigator.cli import run; run(['{argument}'])")
    assert "navigator.cli" in loaded
    assert not loaded & {
        "textual",
        "httpx",
        "geopy",
        "pyproj",
        "dateutil",
        "sqlite3",
        "tomllib",
        "rich",
    }


def test_the_app_imports_no_network_and_no_projection() -> None:
    loaded = _modules_after("import navigator.ui.app, navigator.ui.screens.landscape")
    assert "textual" in loaded
    assert not loaded & {
        "httpx",
        "pyproj",
        "dateutil",
        "tomlkit",
        "jinja2",
        "defusedxml",
        "openpyxl",
        "navigator.view.chart",
        "navigator.view.body_pages",
    }


KINDS = (
    *BODY_KINDS,
    *("alike", "compare", "pair", "overlap", "sources", "map", "review", "changes", "update"),
    *("note", "contact", "activity", "session", "plan-week", "hub-schools", "network-schools"),
)
"""Kinds of keys that the product makes."""

BUILT = re.compile(rf"^({'|'.join(KINDS)}):$")


@pytest.mark.parametrize("name", [name for name in MODULES if name != "navigator.core.keys"])
def test_keys_are_built_and_read_in_one_place(name: str) -> None:
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr) and len(node.values) > 1:
            first = node.values[0]
            text = first.value if isinstance(first, ast.Constant) else ""
            assert not BUILT.match(str(text)), f"line {node.lineno} builds a key: ask Key"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            parts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if node.func.attr in ("startswith", "removeprefix"):
                read = any(BUILT.match(str(part)) for part in parts)
                assert not read, f"line {node.lineno} reads a key: ask Key"


def test_a_school_is_opened_without_what_only_a_search_needs() -> None:
    loaded = _modules_after("import navigator.register.opening, navigator.ui.app")
    assert "navigator.register.store" in loaded
    finder = {"search", "scoring", "vocabulary", "search_codes", "counting", "found"}
    assert not loaded & {"json", *(f"navigator.register.{name}" for name in finder)}
