"""A list of the outline's sections: headings that are passed over, entries that can be chosen."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from navigator import wording
from navigator.outline import Entry, Section
from navigator.wording import plain

if TYPE_CHECKING:
    from navigator.chart import Chart

MUTED = "$text-muted"
HEADING = "bold $accent"
OWN = "$warning"
"""The head's own signs, beside a name."""
SHARED, NOT_SHARED = "●", "·"
CURSOR = "▌"
NARROW = 60
"""Cells under which a line says it briefly."""
NAME_LINES = 3
"""A name gets at most this many lines, then an ellipsis; the detail has all of it."""
MAP_COLUMNS, MAP_ROWS = 72, 14
MAP_STYLES = {
    "home": "bold $warning",
    "lead": "bold $accent",
    "member": "$foreground",
    "label": MUTED,
    "": "",
}
ALL = 1_000
"""Lines enough for any fact."""


class Lines(Visual):
    """A visual that lays its own lines out for whatever width it gets."""

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


class Heading(Lines):
    """A section's title; over a table of marks also the letters that head its columns."""

    def __init__(self, section: Section, *, first: bool) -> None:
        super().__init__()
        self._section, self._first = section, first

    def lay_out(self, width: int) -> list[Content]:
        section = self._section
        heads = Content("")
        if section.legend:
            heads = Content.styled(f"{section.unit}  {' '.join(section.legend)}", MUTED)
        title = Content.styled(section.title.upper(), HEADING)
        lines = title.wrap(width - heads.cell_length - 1 if heads else width)
        if heads:
            gap = max(width - lines[-1].cell_length - heads.cell_length, 1)
            lines[-1] = lines[-1].pad_right(gap) + heads
        return lines if self._first else [Content(""), *lines]


class Remark(Lines):
    """A sentence in place of, or beneath, a section's entries."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def lay_out(self, width: int) -> list[Content]:
        return Content.styled(plain(self._text), MUTED).wrap(width)


class Map(Lines):
    """A map as wide as there is room for, and no taller than its places need."""

    def __init__(self, shown: Chart) -> None:
        super().__init__()
        self._chart = shown

    def lay_out(self, width: int) -> list[Content]:
        from navigator import chart

        columns = min(width, MAP_COLUMNS)
        lines = chart.picture(self._chart, columns, MAP_ROWS, plain=not draws_braille())
        return [
            Content.assemble(*((run.text, MAP_STYLES[run.role]) for run in line)) for line in lines
        ]


def draws_braille() -> bool:
    """The console of Linux has no braille in its font; every other terminal we know of does."""
    return os.environ.get("TERM") not in ("linux", "vt100", "vt220")


class EntryLine(Lines):
    """An entry: label, name, distance at the right edge, and its detail beneath, quieter."""

    def __init__(self, entry: Entry, label_width: int) -> None:
        super().__init__()
        self._entry, self._label_width = entry, label_width

    def lay_out(self, width: int) -> list[Content]:
        entry = self._entry
        narrow = width < NARROW
        # Where a label would leave the name too little room, it takes a line of its own.
        stacked = self._label_width > 0 and width - self._label_width < 16
        indent = 1 if stacked else self._label_width + (self._label_width > 0 and not narrow)
        right = self._right()
        room = max(width - indent - (right.cell_length + 1 if right else 0), 6)
        style = MUTED if entry.quiet else "" if entry.fact else "bold"
        text = entry.brief if narrow and entry.brief else entry.text
        # A table keeps to one line a row where it is narrow.
        most = 1 if entry.marks and narrow else NAME_LINES
        names = _named(text, style, room, ALL if entry.fact else most, wording.marks(entry.own))
        label = Content.styled(entry.label, MUTED)
        first = (Content("") if stacked else label).pad_right(
            indent if stacked else indent - label.cell_length
        ) + names[0]
        if right:
            first = first.pad_right(max(width - first.cell_length - right.cell_length, 1)) + right
        lines = [label] if stacked and entry.label else []
        lines.append(first)
        lines += [name.pad_left(indent) for name in names[1:]]
        sure = entry.confidence in ("high", "")
        detail = " · ".join(
            t for t in (entry.detail, "" if sure else f"{entry.confidence} confidence") if t
        )
        if detail and not (entry.marks and narrow):
            lines += [x.pad_left(indent) for x in _wrapped(detail, MUTED, width - indent, 3)]
        return lines

    def _right(self) -> Content:
        entry = self._entry
        if not entry.marks:
            return Content.styled(entry.right, MUTED)
        cells = [
            Content.styled(SHARED, "bold $accent") if shared else Content.styled(NOT_SHARED, MUTED)
            for _, shared in entry.marks
        ]
        return Content.styled(f"{entry.right}  ", MUTED) + Content(" ").join(cells)


def _named(text: str, style: str, room: int, most: int, marks: str) -> list[Content]:
    """A name, with what the head has on it at its end: the name gives way, the signs never."""
    names = _wrapped(text, style, room, most)
    if not marks:
        return names
    own = Content.styled(marks, OWN)
    if names[-1].rstrip().cell_length + own.cell_length >= room:
        if len(names) < most:
            return [*names, own]
        names = _wrapped(text, style, max(room - own.cell_length - 1, 6), most)
    return [*names[:-1], Content.assemble(names[-1].rstrip(), " ", own)]


def _wrapped(text: str, style: str, width: int, most: int) -> list[Content]:
    """Plain text wrapped to `most` lines, the last cut with an ellipsis if there was more."""
    content = Content.styled(plain(text), style)
    lines = content.wrap(width)
    if len(lines) <= most:
        return lines
    if most == 1:
        return [content.truncate(width, ellipsis=True)]
    last = lines[most - 1].rstrip() + Content.styled(" …", style)
    return [*lines[: most - 1], last.truncate(width, ellipsis=True)]


class Held(NamedTuple):
    """Where the cursor was: on which entry, at which place, how far the list was scrolled."""

    entry: Entry | None
    number: int
    top: int


class EntryOption(Option):
    """An option that carries its entry."""

    def __init__(self, entry: Entry, label_width: int) -> None:
        super().__init__(EntryLine(entry, label_width), disabled=entry.card is None)
        self.entry = entry


class EntryList(OptionList, inherit_bindings=False):
    """Sections of entries, with the cursor on entries that have a card.

    Enter and the sideways keys are left to the screen, whose footer then shows them in its order.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"entry-list--cursor"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "Down", show=False),
        Binding("up,k", "cursor_up", "Up", show=False),
        Binding("home", "first", "First", show=False),
        Binding("end", "last", "Last", show=False),
        Binding("pagedown", "page_down", "Page down", show=False),
        Binding("pageup", "page_up", "Page up", show=False),
    ]

    def show_sections(self, sections: Iterable[Section], *, keep: bool = False) -> None:
        """Fill the list anew; the cursor on its first entry, or to `keep` on the one it was on."""
        held = self._held()
        sections = list(sections)
        labels = [e.label for s in sections for e in s.entries]
        label_width = max(map(len, labels), default=0)
        label_width += 1 if label_width else 0
        options: list[Option] = []
        for number, section in enumerate(sections):
            options.append(Option(Heading(section, first=number == 0), disabled=True))
            if section.chart:
                options.append(Option(Map(section.chart), disabled=True))
            elif not section.entries:
                options.append(Option(Remark(section.empty), disabled=True))
            indent = label_width if any(e.label for e in section.entries) else 0
            options.extend(EntryOption(entry, indent) for entry in section.entries)
            if section.after:
                options.append(Option(Remark(section.after), disabled=True))
        self.set_options(options)
        self._put_cursor(held if keep else None)

    def _put_cursor(self, held: Held | None) -> None:
        """On the entry that was held, on the nearest to its place, or on the first."""
        if held is None or held.entry is None:
            self.action_first()
            return
        key = held.entry.card.key if held.entry.card else ""
        same = [
            number
            for number, option in enumerate(self.options)
            if isinstance(option, EntryOption)
            and not option.disabled
            and ((option.entry.card.key if option.entry.card else "") == key != "")
            and option.entry.text == held.entry.text
        ]
        enabled = [number for number, option in enumerate(self.options) if not option.disabled]
        choices = same or enabled
        if choices:
            self.highlighted = min(choices, key=lambda number: abs(number - held.number))
            self.call_after_refresh(self.scroll_to, y=held.top, animate=False)

    def show_entries(self, entries: Iterable[Entry], *, keep: bool = False) -> None:
        """Fill the list anew with entries alone, the cursor as for `show_sections`."""
        held = self._held()
        self.set_options(EntryOption(entry, 0) for entry in entries)
        self._put_cursor(held if keep else None)

    def _held(self) -> Held:
        return Held(self.entry, self.highlighted or 0, self.scroll_offset.y)

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        option = self.highlighted_option
        return option.entry if isinstance(option, EntryOption) else None

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        line = self.scroll_offset.y + y
        if line < len(self._lines) and self._lines[line][0] == self.highlighted and self.marked:
            # A sign beside the tint: the cursor must show without colour, too.
            style = self.get_visual_style("entry-list--cursor").rich_style
            strip = Strip.join([Strip([Segment(CURSOR, style)], 1), strip.crop(1)])
        return strip

    @property
    def marked(self) -> bool:
        """Whether the cursor shows: the list has the focus, or is moved from a box above it."""
        return self.has_focus or not self.can_focus

    def on_resize(self) -> None:
        self.call_after_refresh(self.scroll_to_highlight)

    def scroll_to_highlight(self, top: bool = False) -> None:
        """Bring the cursor's entry into view, and the heading above it where there is room."""
        super().scroll_to_highlight(top)
        first = number = self.highlighted
        if number is None or first is None:
            return
        while first > 0 and self.options[first - 1].disabled:
            first -= 1
        y = self._index_to_line.get(first, 0)
        bottom = self._index_to_line.get(number, 0) + self._heights.get(number, 1)
        if y < self.scroll_offset.y and bottom - y <= self.scrollable_content_region.height:
            self.scroll_to(y=y, animate=False, immediate=True, force=True)
