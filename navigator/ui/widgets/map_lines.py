"""What stands beside a map: its scale, what its signs mean, what is under the cursor."""

from __future__ import annotations

from textual.content import Content

from navigator.core import cleaning
from navigator.core.wording import Units
from navigator.ui.widgets.lines import MUTED, OWN, Lines
from navigator.ui.widgets.section_lines import MAP_STYLES
from navigator.view import chart
from navigator.view.canvas import MapWindow
from navigator.view.maps import LegendLine

STYLES = {
    **MAP_STYLES,
    "trust": "bold $success",
    "outline": MUTED,
    "other-school": MUTED,
    "several": "$foreground",
    "phase:nursery": MUTED,
    "phase:primary": "$foreground",
    "phase:secondary": "bold $secondary",
    "phase:all-through": "bold $secondary",
    "phase:16 plus": "$secondary",
    "phase:special": "$success",
    "phase:alternative provision": "$success",
}
"""Roles of `mapping`: colours beside what the signs tell, none of them of praise or blame."""

FOLDED = 2
"""Lines that a folded legend may take."""


class ScaleLine(Lines):
    """How long a mile is on the map, and what the map shows at a glance."""

    def __init__(self, view: MapWindow, units: Units, *, plain: bool, said: str) -> None:
        super().__init__()
        self._view, self._units, self._plain, self._said = view, units, plain, said

    def lay_out(self, width: int) -> list[Content]:
        bar = chart.scale_bar(self._view, self._units, plain=self._plain).text
        north = "north is up" if self._plain else "↑ north"
        line = Content.styled(f"{bar}   {north}", "")
        for said in (self._said, self._said.partition(" · ")[0]):
            gap = width - line.cell_length - len(said)
            if gap > 1:
                return [line.pad_right(gap) + Content.styled(said, MUTED)]
        return [line.truncate(width)]


class Legend(Lines):
    """What the signs mean, with how many of each are in view and the key that switches a layer.

    `folded` puts the items after one another on few lines; else each has its own.
    """

    def __init__(self, legend: tuple[LegendLine, ...], *, folded: bool, missing: str = "") -> None:
        super().__init__()
        self._legend, self._folded, self._missing = legend, folded, missing

    def lay_out(self, width: int) -> list[Content]:
        if self._folded:
            return self._fold(width)
        lines: list[Content] = []
        for told in self._legend:
            head = Content.assemble((told.key or " ", "bold $accent"), " ")
            if told.sign:
                head = Content.assemble(head, (told.sign, _style(told)), " ")
            if told.key and lines:
                lines.append(Content(""))
            indent = head.cell_length
            number = f"{told.number} " if told.number else ""
            words = f"{number}{cleaning.plain(told.words)}" + ("" if told.on else ": off")
            wrapped = Content.styled(words, "" if told.on else MUTED).wrap(max(width - indent, 6))
            lines.append(head + wrapped[0])
            lines += [line.pad_left(indent) for line in wrapped[1:]]
        if self._missing:
            lines += [Content(""), *Content.styled(self._missing, MUTED).wrap(width)]
        return lines

    def _fold(self, width: int) -> list[Content]:
        """Briefly, or more so where that doesn't fit: the map's height mustn't change with it."""
        lines = self._flow(width, short=False)
        if len(lines) > FOLDED:
            lines = self._flow(width, short=True)
        if len(lines) > FOLDED:
            lines[FOLDED - 1] = (lines[FOLDED - 1] + Content(" …")).truncate(width)
        return lines[:FOLDED]

    def _flow(self, width: int, *, short: bool) -> list[Content]:
        lines = [Content("")]
        for told in self._legend:
            brief = told.short if short and told.short is not None else told.brief
            number = told.number if told.sign else ""
            words = " ".join(t for t in (number, cleaning.plain(brief)) if t)
            words += "" if told.on else " off"
            item = Content.assemble(
                (f"{told.key} " if told.key else "", "bold $accent"),
                (f"{told.sign} " if told.sign else "", _style(told)),
                (words, "" if told.on else MUTED),
            ).rstrip()
            gap = 2 if lines[-1] else 0
            if lines[-1] and lines[-1].cell_length + gap + item.cell_length > width:
                lines.append(Content(""))
                gap = 0
            lines[-1] = lines[-1].pad_right(gap) + item
        return lines


class NameLines(Lines):
    """What is under the cursor: its name and how many there are, and a line of more."""

    def __init__(self, said: tuple[str, str, str, str], marks: str = "") -> None:
        super().__init__()
        self._said, self._marks = said, marks

    def lay_out(self, width: int) -> list[Content]:
        before, name, also, more = self._said
        first = Content.assemble(
            (before, MUTED),
            (name, "bold"),
            (f" {self._marks}" if self._marks else "", OWN),
            (f"; {also}" if also and name else also, MUTED),
        )
        lines = [first.truncate(width, ellipsis=True)]
        wrapped = Content.styled(more, "").wrap(width) if more else [Content("")]
        if len(wrapped) > 1:
            return [*lines, Content.styled(more, "").truncate(width, ellipsis=True)]
        return [*lines, *wrapped]


def _style(told: LegendLine) -> str:
    return STYLES.get(told.role, "") if told.on else MUTED
