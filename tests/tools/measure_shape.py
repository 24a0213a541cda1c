"""The shape of the code, for whoever keeps it small: `python -m tests.tools.measure_shape`.

Lines of navigator/, files over 400 lines, import circles, names of types and functions that
several modules define, and how long a function is.
"""

from __future__ import annotations

import ast
import statistics
import sys
from collections import Counter, defaultdict
from pathlib import Path

LONG = 400


def modules(root: Path) -> dict[str, ast.Module]:
    """Every module of the package under `root`, by name."""
    found = {}
    for file in sorted(root.glob("navigator/**/*.py")):
        parts = file.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(file.read_text("utf-8"))
    return found


def arrows(trees: dict[str, ast.Module]) -> dict[str, set[str]]:
    """What each module imports of the others, anywhere in it and for types too."""
    found: dict[str, set[str]] = {}
    for name, tree in trees.items():
        named: set[str] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                inner = {f"{node.module}.{alias.name}" for alias in node.names}
                named |= (inner & trees.keys()) or {node.module}
        found[name] = named & trees.keys() - {name}
    return found


def names_of(node: ast.stmt) -> list[str]:
    """The public names of classes, functions and types that a statement defines."""
    names: list[str] = []
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        names = [node.name]
    elif isinstance(node, ast.Assign):  # a type's other name, and no constant
        names = [t.id for t in node.targets if isinstance(t, ast.Name) and not t.id.isupper()]
    return [name for name in names if not name.startswith("_")]


def circles(to: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that each lead to all others of their group."""
    reached: dict[str, set[str]] = {}
    for name in to:
        seen, left = set[str](), [name]
        while left:
            for other in to[left.pop()] - seen:
                seen.add(other)
                left.append(other)
        reached[name] = seen
    groups = {
        tuple(sorted(o for o in reached[name] if name in reached[o]))
        for name in to
        if name in reached[name]
    }
    return [list(group) for group in sorted(groups)]


def main(root: Path) -> None:
    trees = modules(root)
    lines = {
        file.relative_to(root).as_posix(): len(file.read_text("utf-8").splitlines())
        for file in root.glob("navigator/**/*.py")
    }
    print(f"lines of navigator/*.py: {sum(lines.values()):,} in {len(lines)} files")
    long = sorted((n, f) for f, n in lines.items() if n > LONG)
    print(f"files over {LONG} lines: {len(long)}")
    for number, file in reversed(long):
        print(f"  {number:5,} {file}")
    found = circles(arrows(trees))
    print(f"import circles: {len(found)}")
    for group in found:
        print(f"  {len(group)} files: {', '.join(group)}")
    defined: dict[str, set[str]] = defaultdict(set)
    types: Counter[str] = Counter()
    lengths = []
    for name, tree in trees.items():
        for node in tree.body:
            for word in names_of(node):
                defined[word].add(name)
                types[word] += word[:1].isupper()
        lengths += [
            (node.end_lineno or node.lineno) - node.lineno + 1
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]
    twice = {name: where for name, where in defined.items() if len(where) > 1}
    several = sum(types[word] > 1 for word in twice)
    print(f"names defined in several modules: {len(twice)}, of them types: {several}")
    for name, where in sorted(twice.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"  {name}: {', '.join(sorted(w.removeprefix('navigator.') for w in where))}")
    print(
        f"functions: {len(lengths):,}, median {statistics.median(lengths):.0f} lines, "
        f"longest {max(lengths)}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2])
