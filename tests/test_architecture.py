"""Arrows between the parts point one way; the screens know no storage (docs/architecture.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "navigator"

LAYERS = [
    {"activity"},
    {"model", "errors", "paths", "clock", "__init__"},
    {"distance"},
    {"wording"},
    {"register", "directory", "workspace", "chart"},
    {"following", "landscape", "planning"},
    {"bodies", "changes", "locality"},
    {"outline", "figures"},
    {"pages", "own", "mapping"},
    {"local_pages", "plan_pages", "review"},
    {"atlas"},
    {"export"},
    {"ui"},
    {"cli"},
    {"__main__"},
]
"""Lowest first. A part may import from the layers beneath its own, and from itself."""

STORAGE = {"sqlite3", "tomllib", "tomlkit", "csv", "httpx", "urllib.request"}


def _imports(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
            if node.module == "navigator":
                names |= {f"navigator.{alias.name}" for alias in node.names}
    return names


def _part(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _ours(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "navigator" and len(parts) > 1 else None


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(PACKAGE)))
def test_arrows_point_downward(file: Path) -> None:
    level = {part: n for n, layer in enumerate(LAYERS) for part in layer}
    part = _part(file)
    assert part in level, f"{part} has no place in the layers: give it one in docs and here"
    for name in _imports(file):
        other = _ours(name)
        if other is None or other.startswith("__") or other == part:
            continue
        assert level[other] < level[part], f"{file.name} of {part} imports {other}"


@pytest.mark.parametrize("file", [f for f in FILES if _part(f) == "ui"], ids=lambda f: f.name)
def test_screens_know_no_storage(file: Path) -> None:
    assert not _imports(file) & STORAGE


@pytest.mark.parametrize("file", [f for f in FILES if _part(f) != "ui"], ids=lambda f: f.name)
def test_only_the_ui_knows_textual(file: Path) -> None:
    assert not any(name.split(".")[0] in ("textual", "rich") for name in _imports(file))


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
    assert not loaded & {"textual", "httpx", "geopy", "pyproj", "sqlite3", "tomllib", "rich"}


def test_the_app_imports_no_network_and_no_projection() -> None:
    loaded = _modules_after("import navigator.ui.app, navigator.ui.screens.landscape")
    assert "textual" in loaded
    assert not loaded & {"httpx", "pyproj", "tomlkit", "navigator.chart", "navigator.pages"}
