"""The app in plain signs: it draws as ever, and what is written to the terminal is changed last."""

from __future__ import annotations

from typing import Any

from navigator.core import signs


def plainly(usual: Any) -> Any:
    """A driver of Textual's that writes plain signs."""

    class PlainSigns(usual):  # type: ignore[misc]  # which driver is known only here
        def write(self, data: str) -> None:
            super().write(signs.plain(data))

    return PlainSigns
