"""How a section is drawn in a list: its heading, a line an entry, tables, bars, a small map."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.css.styles import RulesMap

from navigator.core import wording
from navigator.core.cleaning import plain
from navigator.ui.widgets.lines import (
    FOLD,
    HEADING,
    MUTED,
    OWN,
    PAGE_CELLS,
    LineOfEntry,
    Lines,
    wrapped,
)
from navigator.view.sections import UNMARKED, Entry, Fact, Section

if TYPE_CHECKING:
    from navigator.view.canvas import MapLine
    from navigator.view.chart import Chart


NARROW = 60
"""Cells under which a line says it briefly."""
NAME_LINES = 3
"""A name gets at most this many lines, then an ellipsis; the detail has all of it."""
DETAIL_LINES = 3
LEAST_NAME = 18
"""Cells that a name keeps beside a table's columns or a bar."""
WIDEST_HEAD = 14
"""Cells of a column's head; longer ones are cut."""
BAR, REST, BAR_CELLS = "━", "─", 20
"""A share drawn as a bar."""
BARS_CELLS = 68
"""A section of bars keeps these nearer still to their names than `PAGE_CELLS`."""
MAP_COLUMNS, MAP_ROWS = 72, 14
MAP_STYLES = {
    "home": "bold $warning",
    "lead": "bold $accent",
    "member": "$foreground",
    "label": MUTED,
    "number": "",
    "bar": "$secondary",
    "governance:maintained": "$foreground",
    "governance:sat": "$secondary",
    "governance:mat_single": "$secondary",
    "governance:mat_small": "$secondary",
    "governance:mat_medium": "$secondary",
    "governance:mat_large": "bold $secondary",
    "governance:other": MUTED,
    "": "",
}
BLOCK_HEADING = f"bold {OWN}"
BLOCK_WIDTH, GUTTER, BLOCK_LINES = 44, 3, 16
"""Cells that a block needs for standing beside another, those between two, lines it gets."""
ALL = 1_000
"""Lines enough for any fact."""


class Heading(Lines):
    """A section's title; over a table of marks also the letters that head its columns."""

    def __init__(self, section: Section, widths: tuple[int, ...], *, first: bool) -> None:
        super().__init__()
        self._section, self._widths, self._first = section, widths, first
        self.said = section.title

    def lay_out(self, width: int) -> list[Content]:
        section = self._section
        heads = Content("")
        width = min(width, PAGE_CELLS)
        if self._widths:
            heads = Content.assemble(*_in_columns(section.legend, self._widths))
        elif section.legend:
            heads = Content.styled(f"{section.unit}  {' '.join(section.legend)}", MUTED)
        title = Content.styled(section.title.upper(), HEADING)
        beside = heads and width - heads.cell_length > LEAST_NAME
        lines = title.wrap(width - heads.cell_length - 1 if beside else width)
        if heads and not beside:
            lines.append(heads.truncate(width).pad_left(max(width - heads.cell_length, 0)))
        elif heads:
            gap = max(width - lines[-1].cell_length - heads.cell_length, 1)
            lines[-1] = lines[-1].pad_right(gap) + heads
        return lines if self._first else [Content(""), *lines]


class Map(Lines):
    """A map as wide as there is room for, and no taller than its places need."""

    def __init__(self, shown: Chart) -> None:
        super().__init__()
        self._chart = shown

    def lay_out(self, width: int) -> list[Content]:
        from navigator.view import chart

        columns = min(width, MAP_COLUMNS)
        lines = chart.picture(self._chart, columns, MAP_ROWS, plain=not draws_braille())
        return [*map(_drawn, lines)]


def _drawn(line: MapLine) -> Content:
    """A line of a map or a picture in its colours."""
    return Content.assemble(*((run.text, MAP_STYLES[run.role]) for run in line))


def draws_braille() -> bool:
    """The console of Linux has no braille in its font; every other terminal we know of does."""
    return os.environ.get("TERM") not in ("linux", "vt100", "vt220")


Styled = tuple[str, str]
"""A text and its style."""


class Placed(NamedTuple):
    """An entry in so many cells: its texts, and how much room each has.

    `right` stands at the end of the first line, `below` on a line of its own; `most` is how many
    lines the text gets. A `stacked` label has a line of its own.
    """

    width: int
    stacked: bool
    indent: int
    right: list[Styled]
    below: list[Styled]
    room: int
    text: str
    most: int
    detail: str


class EntryLine(LineOfEntry):
    """An entry: label, name, distance at the right edge, and its detail beneath, quieter."""

    def __init__(
        self, entry: Entry, label_width: int, widths: tuple[int, ...] = (), *, bars: int = 0
    ) -> None:
        super().__init__()
        self._entry, self._label_width, self._widths = entry, label_width, widths
        self._bars = bars
        self._table = bool(widths or bars)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Counted from the texts alone: a list asks it of every line, and shows a screenful."""
        entry = self._entry
        if entry.blocks or entry.picture or entry.own != UNMARKED:  # few on any list
            return super().get_height(rules, width)
        at = self._placed(max(width, 8))
        label = bool(at.stacked and entry.label)
        detail = _height(at.detail, at.width - at.indent, DETAIL_LINES) if at.detail else 0
        return label + _height(at.text, at.room, at.most) + bool(at.below) + detail

    def lay_out(self, width: int) -> list[Content]:
        entry = self._entry
        if entry.blocks:
            return _side_by_side(entry.blocks, width)
        at = self._placed(width)
        width, indent = at.width, at.indent
        right, below = Content.assemble(*at.right), Content.assemble(*at.below)
        if entry.picture:
            plain_signs = not draws_braille()
            names = [*map(_drawn, entry.picture.lines(at.room, plain=plain_signs))]
        else:
            style = MUTED if entry.quiet else "" if entry.fact else "bold"
            names = _named(at.text, style, at.room, at.most, wording.marks(entry.own))
        label = Content.styled(entry.label, MUTED)
        first = (Content("") if at.stacked else label).pad_right(
            indent if at.stacked else indent - label.cell_length
        ) + names[0]
        if right:
            first = first.pad_right(max(width - first.cell_length - right.cell_length, 1)) + right
        lines = [label] if at.stacked and entry.label else []
        lines.append(first)
        lines += [name.pad_left(indent) for name in names[1:]]
        if below:
            lines.append(below.truncate(width).pad_left(max(width - below.cell_length, 0)))
        if at.detail:
            details = wrapped(at.detail, MUTED, width - indent, DETAIL_LINES)
            lines += [x.pad_left(indent) for x in details]
        return lines

    def _placed(self, width: int) -> Placed:
        """What is said where, in so many cells."""
        entry = self._entry
        narrow = width < NARROW
        if not entry.picture:
            width = min(width, BARS_CELLS if self._bars and not self._widths else PAGE_CELLS)
        # Where a label would leave the name too little room, it takes a line of its own.
        stacked = self._label_width > 0 and width - self._label_width < 16
        indent = 1 if stacked else self._label_width + (self._label_width > 0 and not narrow)
        right = self._right()
        if entry.share is not None:
            right = [*self._bar(width - indent - self._bars), *right]
        cells = sum(cell_len(text) for text, _ in right)
        below: list[Styled] = []
        if cells > 0 and width - indent - cells <= LEAST_NAME and entry.cells:
            # A table too wide for its names: each row's cells follow it.
            below, right, cells = right, [], 0
        text = entry.brief if narrow and entry.brief else entry.text
        sure = entry.confidence in ("high", "")
        detail = " · ".join(
            t for t in (entry.detail, "" if sure else f"{entry.confidence} confidence") if t
        )
        # A table keeps to one line a row where it is narrow.
        most = 1 if (entry.marks or entry.cells) and narrow else NAME_LINES
        return Placed(
            width=width,
            stacked=stacked,
            indent=indent,
            right=right,
            below=below,
            room=max(width - indent - (cells + 1 if cells else 0), 6),
            text=f"{FOLD} {text}" if entry.folds else text,
            most=ALL if entry.fact else most,
            detail="" if entry.marks and narrow else detail,
        )

    def _right(self) -> list[Styled]:
        entry = self._entry
        if entry.cells:
            return _in_columns(entry.cells, self._widths)
        if not entry.marks:
            return [(entry.right, "" if self._table else MUTED)]
        parts = [(f"{entry.right}  ", MUTED)]
        for number, (_, shared) in enumerate(entry.marks):
            sign = wording.SHARE_SIGNS[shared]
            parts += [(" ", "")] if number else []
            parts.append((sign, "bold $accent" if shared else MUTED))
        return parts

    def _bar(self, room: int) -> list[Styled]:
        """The share as a bar with its whole, in a section all of one length, so that they compare;
        none where the section has no room for them."""
        cells = min(BAR_CELLS, room - 1)
        if cells < BAR_CELLS // 2:
            return []
        filled = round((self._entry.share or 0) * cells)
        if self._entry.share and not filled:
            filled = 1
        return [(BAR * filled, "$accent"), (REST * (cells - filled), MUTED), (" ", "")]


_SIGN_STYLES = {
    sign: "bold $accent" if same else MUTED for same, sign in wording.SHARE_SIGNS.items()
}


def _in_columns(cells: Iterable[str], widths: tuple[int, ...]) -> list[Styled]:
    """Cells to the right of their columns; signs of what is shared stand out."""
    told: list[Styled] = []
    for text, width in zip(cells, widths, strict=True):
        shown = text if len(text) <= width else text[: width - 1] + "…"
        if told:
            told.append((" ", ""))
        told.append((shown.rjust(width), _SIGN_STYLES.get(text.strip(), "")))
    return told


def column_widths(section: Section) -> tuple[int, ...]:
    """How wide each column of a section's cells is; none for a section without any."""
    rows = [entry.cells for entry in section.entries if entry.cells]
    if not rows:
        return ()
    return tuple(
        max(min(len(head), WIDEST_HEAD), *(len(row[n]) for row in rows))
        for n, head in enumerate(section.legend)
    )


def bars_beside(section: Section) -> int:
    """Cells that the longest line leaves no bar in a section that has them; 0 for one without."""
    shares = [entry for entry in section.entries if entry.share is not None]
    return max((len(entry.text) + len(entry.right) + 2 for entry in shares), default=0)


def _side_by_side(blocks: Sequence[Fact], width: int) -> list[Content]:
    """Texts of several lines beside one another, or one beneath the other where it is narrow."""
    if len(blocks) > 1 and width >= len(blocks) * BLOCK_WIDTH:
        room = width // len(blocks)
        laid = [_block(block, room - GUTTER) for block in blocks]
        rows = zip_longest(*laid, fillvalue=Content(""))
        beside = (
            Content("").join(part.pad_right(room - part.cell_length) for part in row).rstrip()
            for row in rows
        )
        return [*beside, Content("")]
    return [line for block in blocks for line in (*_block(block, width), Content(""))]


def _block(block: Fact, width: int) -> list[Content]:
    heading, text = block
    lines = [line for part in text.split("\n") for line in Content(plain(part)).wrap(width)]
    if len(lines) > BLOCK_LINES:
        more = Content.styled(
            f"… {len(lines) - BLOCK_LINES + 1} more lines, in full in its form", MUTED
        )
        lines = [*lines[: BLOCK_LINES - 1], *more.wrap(width)]
    return [*Content.styled(heading, BLOCK_HEADING).wrap(width), *lines]


def _named(text: str, style: str, room: int, most: int, marks: str) -> list[Content]:
    """A name, with what the head has on it at its end: the name gives way, the signs never."""
    names = wrapped(text, style, room, most)
    if not marks:
        return names
    own = Content.styled(marks, OWN)
    if names[-1].rstrip().cell_length + own.cell_length >= room:
        if len(names) < most:
            return [*names, own]
        names = wrapped(text, style, max(room - own.cell_length - 1, 6), most)
    return [*names[:-1], Content.assemble(names[-1].rstrip(), " ", own)]


def _height(text: str, width: int, most: int) -> int:
    """How many lines `wrapped` makes."""
    text = plain(text)
    if most == 1 or cell_len(text) <= width:
        return 1
    return min(len(Content(text).wrap(width)), most)
