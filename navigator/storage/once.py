"""Equal texts, days and nouns within an answer as one: so they are written, read and held once."""

from __future__ import annotations

from datetime import date
from typing import Any


class HeldOnce:
    """Gives parts of answers back with whatever equals a part before it replaced by that.

    Dictionaries and lists are made anew, each for itself.
    """

    def __init__(self) -> None:
        self._known: dict[object, Any] = {}

    def __call__(self, part: Any) -> Any:
        if isinstance(part, (str, date, frozenset)):
            return self._known.setdefault((type(part), part), part)
        if isinstance(part, tuple):
            made = tuple.__new__(type(part), map(self, part))
            # By which parts they are, and not by what those equal: 1, 1.0 and True are three
            return self._known.setdefault((type(part), *map(id, made)), made)
        if isinstance(part, dict):
            return {self(key): self(value) for key, value in part.items()}
        return [*map(self, part)] if isinstance(part, list) else part
