"""What a package index, or whoever looks at an installed Navigator, is told of it."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

from tests.tools.lock import PYTHONS

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_long_description_stands_by_itself() -> None:
    text = (ROOT / PROJECT["readme"]).read_text("utf-8")
    assert re.findall(r"\]\(|<img|\[.+\]:", text) == [], "a link or picture would lead nowhere"
    assert "python -m navigator" in text
    assert "docs/CHANGELOG.md" in text
    assert (ROOT / "docs" / "CHANGELOG.md").is_file()


def test_the_pythons_are_named_and_an_author() -> None:
    told = PROJECT["classifiers"]
    named = [line.rsplit(" ", 1)[1] for line in told if re.search(r"Python :: 3\.\d+$", line)]
    assert tuple(named) == PYTHONS
    assert PROJECT["requires-python"] == f">={named[0]}"
    assert PROJECT["authors"] == [{"name": "The Navigator team"}]


def test_the_command_is_the_module() -> None:
    (command,) = entry_points(group="console_scripts", name="navigator")
    assert command.value == "navigator.__main__:main"
