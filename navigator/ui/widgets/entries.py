"""A list of the outline's sections: headings that are passed over, entries that can be chosen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual.geometry import Region
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from navigator.core import wording
from navigator.core.cleaning import plain
from navigator.ui.commands import bindings
from navigator.ui.keymap import KeyNames
from navigator.ui.widgets.lines import Lines, Remark
from navigator.view.sections import Entry, Section

CURSOR = "▌"
AT_ONCE, SLICE = 200, 300
"""Options that a list shows at once, and how many more at a time: between two slices of a long one
keys are heard."""


def searchable(text: str) -> str:
    """A text as words are looked for in it: whatever the case and the form of its apostrophes."""
    return plain(text).casefold().replace("’", "'")


class HeldCursor(NamedTuple):
    """Where the cursor was: on which entry, at which place, how far the list was scrolled."""

    entry: Entry | None
    number: int
    top: int


def _holds(text: str, words: Sequence[str]) -> bool:
    there = searchable(text)
    return all(word in there for word in words)


class EntryOption(Option):
    """An option that carries its entry."""

    def __init__(self, entry: Entry, line: Lines) -> None:
        super().__init__(line, disabled=entry.card is None)
        self.entry = entry


class EntryList(OptionList, inherit_bindings=False):
    """Sections of entries, with the cursor on entries that have a card.

    Enter and the sideways keys are left to the screen, whose footer then shows them in its order.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"entry-list--cursor"}
    highlighted: reactive[int | None] = reactive(None, repaint=False)
    auto_links: Reactive[bool] = Reactive(False)
    """No text of ours has Textual's links in it: looking for them is a tenth of a line's cost."""
    BINDINGS = bindings("list")
    _cursor_lines = range(0)
    """The lines of the entry under the cursor, from the top of the list; none where none shows."""
    _to_come: Sequence[Option] = ()
    """The options of a long list that it doesn't have yet."""

    def show_sections(self, sections: Iterable[Section], *, keep: bool = False) -> None:
        """Fill the list anew; the cursor on its first entry, or to `keep` on the one it was on."""
        from navigator.ui.widgets import section_lines as lines  # which panels do without

        held = self.held()
        sections = list(map(self.with_keys, sections))
        labels = [e.label for s in sections for e in s.entries]
        label_width = max(map(len, labels), default=0)
        label_width += 1 if label_width else 0
        options: list[Option] = []
        for number, section in enumerate(sections):
            widths = lines.column_widths(section)
            options.append(Option(lines.Heading(section, widths, first=number == 0), disabled=True))
            if section.lead:
                options.append(Option(Remark(section.lead), disabled=True))
            if section.chart:
                options.append(Option(lines.Map(section.chart), disabled=True))
            elif not section.entries:
                options.append(Option(Remark(section.empty), disabled=True))
            indent = label_width if any(e.label for e in section.entries) else 0
            bars = lines.bars_beside(section)
            options += [
                EntryOption(e, lines.EntryLine(e, indent, widths, bars=bars))
                for e in section.entries
            ]
            if section.after:
                options.append(Option(Remark(section.after), disabled=True))
        self._fill(options)
        self.put_cursor(held if keep else None)

    def with_keys(self, section: Section) -> Section:
        """A section that says what its keys do: where it is empty beside that, else under its
        heading or beneath its entries."""
        if not section.keys:
            return section
        own = getattr(self.app, "keys", {})  # an app of a test has none
        said = section.keys.format_map(KeyNames(own))
        if not section.entries and not section.chart:
            return section._replace(empty=f"{section.empty.removesuffix('.')}: {said}")
        if section.lead:
            return section._replace(lead=f"{section.lead} {said}")
        sign = " " if section.after.endswith(".") else ": "
        return section._replace(after=wording.joined(section.after, said, sign=sign))

    def _fill(self, options: Sequence[Option]) -> None:
        """Have these options alone; of many, those after the first come once those are on show."""
        self.set_options(options[:AT_ONCE])
        self._to_come = options[AT_ONCE:]
        if self._to_come:
            self.call_after_refresh(self.run_worker, self._add_slices, group="fill", exclusive=True)

    async def _add_slices(self) -> None:
        while self._to_come:
            now, self._to_come = self._to_come[:SLICE], self._to_come[SLICE:]
            self.add_options(now)
            await asyncio.sleep(0)

    def add_all(self) -> None:
        """Have at once what is still to come: for whoever looks for one line among all."""
        more, self._to_come = self._to_come, ()
        self.add_options(more)

    def put_cursor(self, held: HeldCursor | None) -> None:
        """On the entry that was held, on the nearest to its place, or on the first."""
        if held is None or held.entry is None:
            self.action_first()
            return
        self.add_all()
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

    def go_to(self, section: Section) -> None:
        """Put the cursor on a section's first line that has a card, its heading at the top."""
        self.add_all()
        for number, option in enumerate(self.options):
            ours = isinstance(option, EntryOption) and any(
                option.entry is entry for entry in section.entries
            )
            if ours and not option.disabled:
                self.highlighted = number
                self.call_after_refresh(self._heading_on_top)
                return

    def go_to_heading(self, number: int) -> None:
        """Put the cursor on the first line that can be chosen beneath the option of a heading, the
        heading at the top where that line is then seen."""
        options = self.options
        for below in range(number + 1, len(options)):
            if not options[below].disabled:
                self.highlighted = below
                self.call_after_refresh(self._show_heading, number, below)
                return

    def _show_heading(self, number: int, below: int) -> None:
        end = self.line_of(below + 1) or self.virtual_size.height
        seen = end - self.scrollable_content_region.height
        self.scroll_to(y=max(self.line_of(number), seen), animate=False)

    def line_of(self, number: int) -> int:
        """The line, from the top of the list, on which an option begins."""
        return self._index_to_line.get(number, 0)

    def go_to_key(self, key: str) -> None:
        """Put the cursor on the line whose card has a key, if there is one."""
        self.add_all()
        for number, option in enumerate(self.options):
            card = option.entry.card if isinstance(option, EntryOption) else None
            if card is not None and card.key == key:
                self.highlighted = number
                return

    def holding(self, words: Sequence[str]) -> list[int]:
        """The numbers of the options, headings among them, that hold all of some `folded` words;
        none for no words."""
        self.add_all()
        return [
            number
            for number, option in enumerate(self.options)
            if words and isinstance(option.prompt, Lines) and _holds(option.prompt.said, words)
        ]

    def go_to_words(self, number: int, words: Sequence[str]) -> None:  # noqa: ARG002 - for others
        """Put the cursor on an option that holds words, even on one that can't be chosen."""
        self.highlighted = number
        self.scroll_to_highlight()

    def action_last(self) -> None:
        """To the last line, also while it is still to come."""
        self.add_all()
        super().action_last()

    def action_page_down(self) -> None:
        """A page on, also where it is still to come."""
        page = self.scrollable_content_region.height
        if page:  # else it isn't laid out yet
            self._have_beneath(page)
            super().action_page_down()  # type: ignore[no-untyped-call]  # Textual's

    def action_page_up(self) -> None:
        if self.scrollable_content_region.height:
            super().action_page_up()  # type: ignore[no-untyped-call]  # Textual's

    def action_cursor_down(self) -> None:
        """A line on, also where it is still to come; from the last to the first."""
        self._have_beneath(1)
        super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """A line back; from the first to the last, also while that is still to come."""
        if self._to_come and all(option.disabled for option in self.options[: self.highlighted]):
            self.add_all()
        super().action_cursor_up()

    def _have_beneath(self, lines: int) -> None:
        """Have a line that can be chosen so far beneath the cursor, if there is to be one."""
        there = self.options[(self.highlighted or 0) + lines :]
        if self._to_come and all(option.disabled for option in there):
            self.add_all()

    def settle(self) -> None:
        """From a line that can't be chosen to the nearest beneath that can, else above."""
        at, options = self.highlighted, self.options
        if at is None or not options[at].disabled:
            return
        nearest = (*range(at, len(options)), *range(at, -1, -1))
        self.highlighted = next((n for n in nearest if not options[n].disabled), None)

    def _heading_on_top(self) -> None:
        number = self.highlighted or 0
        while number > 0 and self.options[number - 1].disabled:
            number -= 1
        self.scroll_to(y=self._index_to_line.get(number, 0), animate=False)

    def show_entries(self, entries: Iterable[Entry], *, keep: bool = False) -> None:
        """Fill the list anew with entries alone, the cursor as for `show_sections`."""
        from navigator.ui.widgets.section_lines import EntryLine

        held = self.held()
        self._fill([EntryOption(entry, EntryLine(entry, 0)) for entry in entries])
        self.put_cursor(held if keep else None)

    def held(self) -> HeldCursor:
        return HeldCursor(self.entry, self.highlighted or 0, self.scroll_offset.y)

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        option = self.highlighted_option
        return option.entry if isinstance(option, EntryOption) else None

    def _watch_highlighted(self, before: int | None, now: int | None) -> None:
        """Paint the two lines that change: of itself a list repaints all."""
        for number in (before, now):
            if number is not None and number in self._index_to_line:
                self.refresh_lines(self.line_of(number), self._heights.get(number, 1))

    def render_lines(self, crop: Region) -> list[Strip]:
        # Once, and not for each line: a list looks for new options whenever it is asked for a line
        at = self.highlighted
        first = self.line_of(at) if at is not None else 0
        lines = self._heights.get(at, 0) if at is not None and self.marked else 0
        self._cursor_lines = range(first, first + lines)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if self.scroll_offset.y + y in self._cursor_lines:
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
