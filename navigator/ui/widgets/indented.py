"""Plain lines whose ends keep to their beginnings where room is short."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from navigator.ui.widgets.lines import Lines


class Indented(Lines):
    """Lines of text; what doesn't fit on one goes on beneath it, further in."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self._texts, self.said = texts, " ".join(texts)

    def lay_out(self, width: int) -> list[Content]:
        lines = []
        for text in self._texts:
            told = text.lstrip()
            indent = min(len(text) - len(told), width // 2)
            first, *rest = Content(told).wrap(width - indent - 2) if told else [Content("")]
            lines.append(first.pad_left(indent))
            lines += [line.pad_left(indent + 2) for line in rest]
        return lines
