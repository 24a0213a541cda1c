"""What a fetched register was refused for today, so that the same isn't fetched again in silence.

One small file in the data folder, `refused.json`; it holds for a day and for that file alone.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from navigator.core import clock, wording
from navigator.core.errors import RefusedTodayError

FILE = "refused.json"


@dataclass(frozen=True, slots=True)
class Offered:
    """A register as a server offers it: its day and its size in bytes, 0 where it isn't told."""

    address: str
    day: date
    size: int

    def _kept(self) -> dict[str, object]:
        return {**asdict(self), "day": self.day.isoformat(), "on": clock.today().isoformat()}

    def note(self, folder: Path, why: str) -> None:
        """Keep in the data folder that it was refused today; a disk that won't is no matter."""
        with suppress(OSError):
            (folder / FILE).write_text(json.dumps({**self._kept(), "why": why}), "utf-8")

    def why_refused(self, folder: Path) -> str:
        """Why this very register was refused today, "" where it wasn't."""
        try:
            told = json.loads((folder / FILE).read_text("utf-8"))
            return str(told["why"]) if self._kept().items() <= told.items() else ""
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return ""

    def refuse_again(self, folder: Path) -> None:
        """Raises RefusedTodayError where this very register was refused today."""
        if not (why := self.why_refused(folder)):
            return
        raise RefusedTodayError(
            f"The register of {wording.day(self.day)} was refused earlier today, so it wasn't "
            f"fetched again: {why}",
            again=True,
        )


def forget(folder: Path) -> None:
    """After a register was taken."""
    with suppress(OSError):
        (folder / FILE).unlink(missing_ok=True)
