"""A year as a calendar: a row a week, a column a day of school, sessions on their days.

A week is one option of a list; the cursor stops on the week, then on each thing that stands on its
days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widgets.option_list import Option

from navigator.core.cleaning import plain
from navigator.ui.widgets.entries import EntryList, EntryOption, HeldCursor, searchable
from navigator.ui.widgets.lines import HEADING, MUTED, OWN, Lines, wrapped
from navigator.view.sections import DayItem, DayTold, Entry, Section, WeekDays

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SCHOOL_DAYS = 5
LEAST = 72
"""Cells from which on a line has room for a calendar."""
LABEL = 10
"""Cells of a week's number and its Monday."""
WITH_NUMBER, WITH_TIME, WIDEST = 17, 26, 34
"""Cells of a day from which on it says its number, the times of its sessions; its most."""
FREE, BAND, RULE = "·", "─", "│"
RULE_STYLE = "$border-blurred"
STYLES = {
    "session": "bold",
    "window": "",
    "today": HEADING,
    "clash": "$error",
    "holiday": f"{MUTED} on $panel",
    "inset": f"{OWN} on $panel",
}
THIS_WEEK = HEADING
STOP = "stop"
"""Names, in what is drawn, the place of a thing among its week's stops: the week itself is 0."""


def _cells(width: int) -> int:
    """Cells of a day, the rule before it among them."""
    return min((width - LABEL) // SCHOOL_DAYS, WIDEST)


class DayNames(Lines):
    """The heads of the columns, for above a list that is `gutter` cells narrower."""

    def __init__(self, gutter: int) -> None:
        super().__init__()
        self._gutter = gutter

    def lay_out(self, width: int) -> list[Content]:
        cells = _cells(width - self._gutter)
        names = "".join(f"{RULE}{name}".ljust(cells) for name in NAMES[:SCHOOL_DAYS])
        return [Content.styled(f"{'Wk from':<{LABEL}}{names}".rstrip(), MUTED)]


class TermHeading(Lines):
    """A term and how many weeks it has."""

    def __init__(self, section: Section, *, first: bool) -> None:
        super().__init__()
        self._section, self._first = section, first
        self.said = section.title

    def lay_out(self, width: int) -> list[Content]:
        title = Content.assemble(
            (plain(self._section.title).upper(), HEADING), (f"  {self._section.unit}", MUTED)
        )
        lines = [title.truncate(width, ellipsis=True)]
        return lines if self._first else [Content(""), *lines]


class WeekRow(Lines):
    """A week: as many lines as its fullest day needs, the days of its weekend beneath."""

    def __init__(self, week: WeekDays, label: str) -> None:
        super().__init__()
        self._week, self._label = week, label
        self.said = " ".join((label, *(item.text for item in week.items)))

    def lay_out(self, width: int) -> list[Content]:
        week, cells = self._week, _cells(width)
        rows: list[dict[int, tuple[int, Content]]] = []
        beneath: list[Content] = []
        stop = 0
        for item in week.items:
            stop += item.tell is not None
            if item.first >= SCHOOL_DAYS:
                if item.kind != "holiday":
                    name = f"{NAMES[item.first]} {_number(week, item.first)}: "
                    line = Content.assemble((name, MUTED), _drawn(item, stop, width - LABEL - 8))
                    beneath.append(line.pad_left(LABEL + 1))
                continue
            last = min(item.last, SCHOOL_DAYS - 1)
            days = range(item.first, last + 1)
            row = next((r for r in rows if not _taken(r).intersection(days)), None)
            if row is None:
                rows.append(row := {})
            lead = 3 if cells >= WITH_NUMBER else 0
            row[item.first] = (last, _drawn(item, stop, cells * len(days) - 1 - lead))
        lines = [self._row(n, row, cells) for n, row in enumerate(rows or [{}])]
        return [*lines, *beneath]

    def _row(self, number: int, row: dict[int, tuple[int, Content]], cells: int) -> Content:
        week = self._week
        now = any(item.kind == "today" for item in week.items)
        parts: list[Content | tuple[str, str]] = []
        if number == 0:
            which = str(week.number) if week.number else ""
            parts = [(f"{which:>2} ", MUTED), (f"{self._label:>6} ", THIS_WEEK if now else "")]
        else:
            parts = [(" " * LABEL, "")]
        day = 0
        while day < SCHOOL_DAYS:
            last, drawn = row.get(day, (day, Content("")))
            lead = ""
            if cells >= WITH_NUMBER:
                lead = f"{_number(week, day) if number == 0 else '':>2} "
            elif number == 0 and not drawn:
                lead = FREE
            room = cells * (last - day + 1) - 1
            style = THIS_WEEK if now and _is_today(week, day) else MUTED
            content = Content.assemble((lead, style), drawn)
            parts += [(RULE, RULE_STYLE), content.pad_right(max(room - content.cell_length, 0))]
            day = last + 1
        return Content.assemble(*parts)


def _drawn(item: DayItem, stop: int, room: int) -> Content:
    """A thing in just so many cells, cut where it is longer; `stop` is its place among those of its
    week on which the cursor stops."""
    style = STYLES[item.kind]
    text = plain(item.text)
    if item.kind in ("holiday", "inset"):
        word = f" {item.kind}" if item.kind == "holiday" else ""
        word = word if len(text) + len(word) + 4 <= room else ""
        text = f"{text} ".ljust(room - len(word), BAND) + word
    elif item.kind == "clash":
        text = f"! {text}"
    elif item.start and room >= WITH_TIME - 4:
        text = f"{item.start} {text}"
    shown = Content.styled(text, style).truncate(room, ellipsis=True)
    if item.tell is not None:
        shown = shown.stylize(Style.from_meta({STOP: stop}))
    return shown.pad_right(room - shown.cell_length)


def _taken(row: dict[int, tuple[int, Content]]) -> set[int]:
    return {day for first, (last, _) in row.items() for day in range(first, last + 1)}


def _number(week: WeekDays, day: int) -> int:
    """The day of the month."""
    return (week.monday + timedelta(days=day)).day


def _is_today(week: WeekDays, day: int) -> bool:
    return any(item.kind == "today" and item.first == day for item in week.items)


class Told(Lines):
    """What is under the calendar's cursor, in full."""

    def __init__(self, entry: Entry, warned: Iterable[str] = ()) -> None:
        super().__init__()
        self._entry, self._warned = entry, " ".join(warned)

    def lay_out(self, width: int) -> list[Content]:
        entry = self._entry
        when = ", ".join(filter(None, (entry.label, entry.right)))
        detail = f" · {plain(entry.detail)}" if entry.detail else ""
        told = Content.assemble((plain(entry.text), "bold"), (detail, MUTED))
        lines = [Content.styled(when, MUTED).truncate(width, ellipsis=True), *told.wrap(width)]
        if self._warned:
            lines += wrapped(f"! {self._warned}", STYLES["clash"], width, 2)
        return lines


class WeekOption(EntryOption):
    """A week's row, and the entries on which the cursor stops in it."""

    def __init__(self, entry: Entry, week: WeekDays) -> None:
        super(EntryOption, self).__init__(WeekRow(week, entry.label))
        self.entry = entry
        self.stops = (
            DayItem("week", 0, 6, "", "", lambda: DayTold(week.entry)),
            *(i for i in week.items if i.tell),
        )


class CalendarList(EntryList):
    """A list that also draws sections of weeks as a calendar.

    Up and down go to each thing on the days of a week, in their order, before the next week.
    """

    stop = 0

    def show_year(self, sections: Iterable[Section], *, keep: bool = False) -> None:
        """Fill the list with weeks, the cursor as for `show_sections`."""
        held, stop = self.held(), self.stop
        options: list[Option] = []
        for number, section in enumerate(sections):
            options.append(Option(TermHeading(section, first=number == 0), disabled=True))
            options += [WeekOption(e, e.week) for e in section.entries if e.week]
        self.set_options(options)
        self.put_cursor(held if keep else None)
        if keep:
            self._stop_at(stop)

    def show_around(self) -> None:
        """Scroll to where what comes after the cursor's week has more room than what was before."""
        above = self.scrollable_content_region.height // 3
        top, _ = self._lines[max(self.line_of(self.highlighted or 0) - above, 0)]
        self.scroll_to(y=self.line_of(top), animate=False)

    @property
    def stops(self) -> tuple[DayItem, ...]:
        """What the cursor stops on in the line that it is on; none outside a calendar."""
        option = self.highlighted_option
        return option.stops if isinstance(option, WeekOption) else ()

    @property
    def entry(self) -> Entry | None:
        item = self.stops[self.stop] if self.stop else None
        return item.tell().entry if item and item.tell else super().entry

    def held(self) -> HeldCursor:
        return super().held()._replace(entry=super().entry)

    @property
    def told(self) -> Told | None:
        """What is under the cursor of a calendar, in full."""
        stops = self.stops
        item = stops[self.stop] if stops else None
        return Told(*item.tell()) if item and item.tell else None

    def watch_highlighted(self, highlighted: int | None) -> None:
        self.stop = 0
        super().watch_highlighted(highlighted)

    def go_to_words(self, number: int, words: Sequence[str]) -> None:
        """To the week, and there to the first thing that holds the words."""
        super().go_to_words(number, words)
        texts = [searchable(stop.text) for stop in self.stops]
        fitting = (n for n, text in enumerate(texts) if all(word in text for word in words))
        self._stop_at(next(fitting, 0))

    def _stop_at(self, stop: int) -> None:
        """Put the cursor on a thing of the week that it is on."""
        self.stop = max(min(stop, len(self.stops) - 1), 0)
        self.refresh()
        option, number = self.highlighted_option, self.highlighted
        if option is not None and number is not None:
            self.post_message(self.OptionHighlighted(self, option, number))

    def action_cursor_down(self) -> None:
        if self.stop + 1 < len(self.stops):
            self._stop_at(self.stop + 1)
        else:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        if self.stop:
            self._stop_at(self.stop - 1)
            return
        super().action_cursor_up()
        self._stop_at(len(self.stops) - 1)

    async def _on_click(self, event: events.Click) -> None:
        """To the thing that was clicked, before it is opened."""
        event.prevent_default()
        await super()._on_click(event)
        self._stop_at(event.style.meta.get(STOP, 0))

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        line = self.scroll_offset.y + y
        lines = self._lines
        if not self.stop or line >= len(lines) or lines[line][0] != self.highlighted:
            return strip
        on = RichStyle(reverse=True)
        return Strip(
            [
                Segment(text, style + on)
                if style and style.meta.get(STOP) == self.stop
                else Segment(text, style)
                for text, style, _ in strip
            ],
            strip.cell_length,
        )
