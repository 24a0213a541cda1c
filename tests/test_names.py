"""One name, one meaning: no class and no name of a type stands in two modules."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent


def declared(file: Path) -> Iterator[str]:
    """The public classes and names of types that a file makes; type variables are its own."""
    for node in ast.parse(file.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign) and not _is_variable(node.value):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _is_variable(value: ast.expr) -> bool:
    called = value.func if isinstance(value, ast.Call) else None
    return isinstance(called, ast.Name) and called.id in ("TypeVar", "ParamSpec")


def test_no_class_and_no_name_of_a_type_stands_in_two_modules() -> None:
    where: dict[str, list[str]] = defaultdict(list)
    for file in sorted((ROOT / "navigator").rglob("*.py")):
        for name in declared(file):
            if re.fullmatch("[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*", name):
                where[name].append(str(file.relative_to(ROOT)))
    assert {name: files for name, files in where.items() if len(files) > 1} == {}
