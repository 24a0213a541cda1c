"""What those who write thousands of landscapes have in common: texts that are made once."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

MOST = 50_000
"""So many texts are remembered at the most."""


class Remembered(dict[K, V]):
    """What was made, by what it was made of: of a noun that stands under its id the noun is kept,
    too, for as long as that is there nothing else has its id. Full, it is emptied, so that memory
    doesn't grow with England."""

    def keep(self, key: K, value: V) -> V:
        if len(self) >= MOST:
            self.clear()
        self[key] = value
        return value


def km_text(far: float | None, nothing: str = "null") -> str:
    """`repr(km(far))`, sooner; `nothing` where it isn't known."""
    if far is None:
        return nothing
    text = f"{far:.3f}".rstrip("0")
    return f"{text}0" if text[-1] == "." else text
