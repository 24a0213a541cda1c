"""A list of the outline's sections: headings that are passed over, entries that can be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from navigator.outline import Entry, Section
from navigator.wording import plain

MUTED = "$text-muted"
HEADING = "bold $accent"
SHARED, NOT_SHARED = "●", "·"
NAME_LINES = 3
"""A name gets at most this many lines, then an ellipsis; the detail has all of it."""


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

    def __init__(self, title: str, legend: tuple[str, ...], unit: str, *, first: bool) -> None:
        super().__init__()
        self._title, self._legend, self._unit, self._first = title, legend, unit, first

    def lay_out(self, width: int) -> list[Content]:
        letters = f"{self._unit}  {' '.join(self._legend)}" if self._legend else ""
        title = Content.styled(self._title.upper(), HEADING)
        room = width - len(letters) - 1 if letters else width
        lines = [] if self._first else [Content("")]
        wrapped = title.wrap(room)
        if letters:
            last = wrapped[-1].pad_right(width - wrapped[-1].cell_length - len(letters))
            wrapped[-1] = last + Content.styled(letters, MUTED)
        return lines + wrapped


class Remark(Lines):
    """A sentence in place of, or beneath, a section's entries."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def lay_out(self, width: int) -> list[Content]:
        return Content.styled(plain(self._text), MUTED).wrap(width)


class EntryLine(Lines):
    """An entry: label, name, distance at the right edge, and its detail beneath, quieter."""

    def __init__(self, entry: Entry, label_width: int) -> None:
        super().__init__()
        self._entry, self._label_width = entry, label_width

    def lay_out(self, width: int) -> list[Content]:
        entry = self._entry
        # Where a label would leave the name too little room, it takes a line of its own.
        stacked = bool(entry.label) and width - self._label_width < 16
        indent = 1 if width - self._label_width < 16 and self._label_width else self._label_width
        right = self._right()
        room = max(width - indent - (right.cell_length + 1 if right else 0), 6)
        style = MUTED if entry.quiet else "bold" if entry.label or entry.detail else ""
        names = _wrapped(entry.text, style, room, 1 if entry.marks and width < 60 else NAME_LINES)
        label = Content("") if stacked else Content.styled(entry.label, "$accent")
        first = label.pad_right(max(indent - label.cell_length, 0)) + names[0]
        if right:
            first = first.pad_right(max(width - first.cell_length - right.cell_length, 1)) + right
        lines = [Content.styled(entry.label, "$accent")] if stacked else []
        lines.append(first)
        lines += [name.pad_left(indent) for name in names[1:]]
        # In a narrow table of marks the second line would double its height for little.
        if entry.detail and not (entry.marks and width < 60):
            lines += [x.pad_left(indent) for x in _wrapped(entry.detail, MUTED, width - indent, 2)]
        return lines

    def _right(self) -> Content:
        entry = self._entry
        right = Content.styled(entry.right.rjust(7) if entry.marks else entry.right, MUTED)
        if entry.marks:
            cells = [
                Content.styled(SHARED, "bold $accent")
                if shared
                else Content.styled(NOT_SHARED, MUTED)
                for _, shared in entry.marks
            ]
            right = right + Content("  ") + Content(" ").join(cells)
        return right


def _wrapped(text: str, style: str, width: int, most: int) -> list[Content]:
    """Plain text wrapped to `most` lines, the last cut with an ellipsis if there was more."""
    lines = Content.styled(plain(text), style).wrap(width) or [Content("")]
    if len(lines) <= most:
        return lines
    kept = lines[:most]
    last = kept[-1].rstrip()
    kept[-1] = (last + Content.styled(" …", style)).truncate(width, ellipsis=True)
    return kept


class EntryOption(Option):
    """An option that carries its entry."""

    def __init__(self, entry: Entry, label_width: int) -> None:
        super().__init__(EntryLine(entry, label_width), disabled=entry.card is None)
        self.entry = entry


class EntryList(OptionList):
    """Sections of entries, with the cursor on entries that have a card."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", show=False),
        Binding("k", "cursor_up", show=False),
    ]

    def show_sections(self, sections: Iterable[Section], unit: str = "mi") -> None:
        """Fill the list anew and put the cursor on its first entry."""
        sections = list(sections)
        labels = [e.label for s in sections for e in s.entries]
        label_width = max(map(len, labels), default=0)
        label_width += 2 if label_width else 0
        options: list[Option] = []
        for number, section in enumerate(sections):
            heading = Heading(section.title, section.legend, unit, first=number == 0)
            options.append(Option(heading, disabled=True))
            if not section.entries:
                options.append(Option(Remark(section.empty), disabled=True))
            options.extend(EntryOption(entry, label_width) for entry in section.entries)
            if section.after:
                options.append(Option(Remark(section.after), disabled=True))
        self.set_options(options)
        self.action_first()
        # The first heading belongs to the first entry: show it too.
        self.scroll_to(y=0, animate=False)

    def show_entries(self, entries: Iterable[Entry]) -> None:
        """Fill the list anew with entries alone, the cursor on the first."""
        self.set_options(EntryOption(entry, 0) for entry in entries)
        self.action_first()

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        option = self.highlighted_option
        return option.entry if isinstance(option, EntryOption) else None

    def watch_highlighted(self, highlighted: int | None) -> None:
        super().watch_highlighted(highlighted)
        if highlighted is not None and all(o.disabled for o in self.options[:highlighted]):
            self.scroll_to(y=0, animate=False)
