"""What every widget draws with: colours, wrapping, a visual that lays out its own lines."""

from __future__ import annotations

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from navigator.core.cleaning import plain
from navigator.view.sections import Entry

MUTED = "$text-muted"
HEADING = "bold $accent"
OWN = "$warning"
"""The head's own signs, beside a name."""

PAGE_CELLS = 108
"""What stands at the right of a line stays this near to it, and sentences this easy to read,
however wide the screen."""
FOLD = "▸"
"""Before a line that stands for others, which Enter shows and hides."""


class Lines(Visual):
    """A visual that lays its own lines out for whatever width it gets."""

    said = ""
    """All that it tells, for who looks for words in it."""

    def __init__(self) -> None:
        self._laid: tuple[int, list[Content]] = (-1, [])

    def lay_out(self, width: int) -> list[Content]:
        """The lines, none wider than `width` cells."""
        raise NotImplementedError

    def lines(self, width: int) -> list[Content]:
        if self._laid[0] != width:
            self._laid = (width, self.lay_out(max(width, 8)))
        return self._laid[1]

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return [
            strip
            for line in self.lines(width)[:height]
            for strip in line.render_strips(width, 1, style, options)
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:  # noqa: ARG002
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:  # noqa: ARG002
        return len(self.lines(width))


class Remark(Lines):
    """A sentence in place of, or beneath, a section's entries."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = self.said = text

    def lay_out(self, width: int) -> list[Content]:
        return Content.styled(plain(self._text), MUTED).wrap(min(width, PAGE_CELLS))


class LineOfEntry(Lines):
    """A visual of an entry."""

    _entry: Entry

    @property
    def said(self) -> str:  # type: ignore[override]  # made when asked for: lists are long
        entry = self._entry
        blocks = (part for block in entry.blocks for part in block)
        told = (entry.label, entry.text, entry.brief, entry.right, entry.said, entry.detail)
        return " ".join((*told, *entry.cells, *blocks))


def wrapped(text: str, style: str, width: int, most: int) -> list[Content]:
    """Plain text wrapped to `most` lines, the last cut with an ellipsis if there was more."""
    content = Content.styled(plain(text), style)
    lines = content.wrap(width)
    if len(lines) <= most:
        return lines
    if most == 1:
        return [content.truncate(width, ellipsis=True)]
    last = lines[most - 1].rstrip() + Content.styled(" …", style)
    return [*lines[: most - 1], last.truncate(width, ellipsis=True)]
