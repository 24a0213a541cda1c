"""What is drawn, as plain text."""

from __future__ import annotations

from navigator.view.canvas import MapLine


def drawn_text(lines: tuple[MapLine, ...]) -> list[str]:
    """Each line without its colours."""
    return ["".join(run.text for run in line) for line in lines]
