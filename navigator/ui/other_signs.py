"""The app in other signs: it draws as ever, and what is written to the terminal changes last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def with_signs(usual: Any, signs: Mapping[int, str]) -> Any:
    """A driver of Textual's that writes other signs, cell for cell."""

    class OtherSigns(usual):  # type: ignore[misc]  # which driver is known only here
        def write(self, data: str) -> None:
            super().write(data if data.isascii() else data.translate(signs))

    return OtherSigns
