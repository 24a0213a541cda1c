"""A list of the outline's sections: headings that are passed over, entries that can be chosen."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Region
from textual.reactive import Reactive, reactive
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from navigator.core import wording
from navigator.core.cleaning import plain
from navigator.ui.commands import bindings
from navigator.ui.keymap import KeyNames
from navigator.view.sections import UNMARKED, Entry, Fact, Section

if TYPE_CHECKING:
    from navigator.view.canvas import MapLine
    from navigator.view.chart import Chart

MUTED = "$text-muted"
HEADING = "bold $accent"
OWN = "$warning"
"""The head's own signs, beside a name."""
CURSOR = "▌"
FOLD = "▸"
"""Before a line that stands for others, which Enter shows and hides."""
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
TABLE_CELLS, BARS_CELLS = 96, 68
"""A table or a section of bars stays this near to its names, however wide the screen."""
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
AT_ONCE, SLICE = 200, 300
"""Options that a list shows at once, and how many more at a time: between two slices of a long one
keys are heard."""


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


class Heading(Lines):
    """A section's title; over a table of marks also the letters that head its columns."""

    def __init__(self, section: Section, widths: tuple[int, ...], *, first: bool) -> None:
        super().__init__()
        self._section, self._widths, self._first = section, widths, first
        self.said = section.title

    def lay_out(self, width: int) -> list[Content]:
        section = self._section
        heads = Content("")
        if self._widths:
            width = min(width, TABLE_CELLS)
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


class Remark(Lines):
    """A sentence in place of, or beneath, a section's entries."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = self.said = text

    def lay_out(self, width: int) -> list[Content]:
        return Content.styled(plain(self._text), MUTED).wrap(width)


class Map(Lines):
    """A map as wide as there is room for, and no taller than its places need."""

    def __init__(self, shown: Chart) -> None:
        super().__init__()
        self._chart = shown

    def lay_out(self, width: int) -> list[Content]:
        from navigator.view import chart

        columns = min(width, MAP_COLUMNS)
        lines = chart.picture(self._chart, columns, MAP_ROWS, plain=not draws_braille())
        return [*map(drawn, lines)]


def drawn(line: MapLine) -> Content:
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


class LineOfEntry(Lines):
    """A visual of an entry."""

    _entry: Entry

    @property
    def said(self) -> str:  # type: ignore[override]  # made when asked for: lists are long
        entry = self._entry
        blocks = (part for block in entry.blocks for part in block)
        told = (entry.label, entry.text, entry.brief, entry.right, entry.said, entry.detail)
        return " ".join((*told, *entry.cells, *blocks))


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
            names = [*map(drawn, entry.picture.lines(at.room, plain=plain_signs))]
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
        if self._table:
            width = min(width, TABLE_CELLS if self._widths else BARS_CELLS)
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


def _height(text: str, width: int, most: int) -> int:
    """How many lines `wrapped` makes."""
    text = plain(text)
    if most == 1 or cell_len(text) <= width:
        return 1
    return min(len(Content(text).wrap(width)), most)


def folded(text: str) -> str:
    """A text as words are looked for in it: whatever the case and the form of its apostrophes."""
    return plain(text).casefold().replace("’", "'")


class HeldCursor(NamedTuple):
    """Where the cursor was: on which entry, at which place, how far the list was scrolled."""

    entry: Entry | None
    number: int
    top: int


def _holds(text: str, words: Sequence[str]) -> bool:
    there = folded(text)
    return all(word in there for word in words)


class EntryOption(Option):
    """An option that carries its entry."""

    def __init__(
        self, entry: Entry, label_width: int, widths: tuple[int, ...] = (), *, bars: int = 0
    ) -> None:
        line = EntryLine(entry, label_width, widths, bars=bars)
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
        held = self.held()
        sections = list(map(self.with_keys, sections))
        labels = [e.label for s in sections for e in s.entries]
        label_width = max(map(len, labels), default=0)
        label_width += 1 if label_width else 0
        options: list[Option] = []
        for number, section in enumerate(sections):
            widths = column_widths(section)
            options.append(Option(Heading(section, widths, first=number == 0), disabled=True))
            if section.lead:
                options.append(Option(Remark(section.lead), disabled=True))
            if section.chart:
                options.append(Option(Map(section.chart), disabled=True))
            elif not section.entries:
                options.append(Option(Remark(section.empty), disabled=True))
            indent = label_width if any(e.label for e in section.entries) else 0
            bars = bars_beside(section)
            options.extend(EntryOption(e, indent, widths, bars=bars) for e in section.entries)
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
        heading at the top."""
        options = self.options
        for below in range(number + 1, len(options)):
            if not options[below].disabled:
                self.highlighted = below
                self.call_after_refresh(self.scroll_to, y=self.line_of(number), animate=False)
                return

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
        held = self.held()
        self._fill([EntryOption(entry, 0) for entry in entries])
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
