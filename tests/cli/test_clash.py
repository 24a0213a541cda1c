"""Another distribution that installs a package `navigator`, too, and so lies among our files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def theirs(package: Path) -> None:
    (package / "__init__.py").write_text('__version__ = "7"\n')


def theirs_with_a_cli(package: Path) -> None:
    shutil.rmtree(package / "cli")
    (package / "cli.py").write_text("def main(): ...\n")


def theirs_taken_away_again(package: Path) -> None:
    (package / "__init__.py").unlink()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    package = tmp_path_factory.mktemp("site") / "navigator"
    shutil.copytree(ROOT / "navigator", package, ignore=shutil.ignore_patterns("__pycache__"))
    return package


def started(package: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        # -S: without what is installed here, of which --version needs nothing
        [sys.executable, "-S", "-c", "from navigator.__main__ import main; main()", "--version"],
        cwd=package.parent,
        env={**os.environ, "PYTHONPATH": str(package.parent), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_ours_alone_starts(copy: Path) -> None:
    ran = started(copy)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("harm", [theirs, theirs_with_a_cli, theirs_taken_away_again])
def test_a_clash_is_one_sentence(copy: Path, tmp_path: Path, harm: Callable[[Path], None]) -> None:
    package = tmp_path / "navigator"
    shutil.copytree(copy, package)
    harm(package)
    ran = started(package)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert "another package that is called navigator lies in the same place" in ran.stderr
    assert str(package) in ran.stderr
    assert "pipx install" in ran.stderr
