"""What is wrong with a table or registry of facts, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from navigator.core.errors import NavigatorError


class BrokenTableError(NavigatorError):
    """A table or registry that can't be read; the text names file, line and column."""

    def __init__(self, path: Path, problem: str, line: int | None = None, column: str = "") -> None:
        place = str(path)
        if line is not None:
            place += f", line {line}"
        if column:
            place += f', column "{column}"'
        super().__init__(f"{place}: {problem}")
        self.path, self.problem, self.line, self.column = path, problem, line, column


Blame = Callable[[BrokenTableError], None]
"""What is done about a fault. Reading goes on after it where it doesn't raise."""


def at_once(fault: BrokenTableError) -> None:
    """The blame of everyday reading: the first fault ends it."""
    raise fault
