"""Regular expressions that are compiled when they are first used.

Compiling all of them takes a hundredth of a start, and most starts use few.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Late:
    def __init__(self, pattern: str, flags: int) -> None:
        self._pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._pattern, self._flags), name)
        setattr(self, name, found)  # the next use comes there first
        return found


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as `re.compile` makes it, made at its first use."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
