"""The landscape's one list: its panels one beneath the other, a line a body.

A line says what for, who, how far, how sure and how to reach them, in columns that keep their
places from the first panel to the last. A name is never cut: it gives way to its shorter form, then
takes a second line.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets.option_list import Option

from navigator.core import wording
from navigator.core.cleaning import plain
from navigator.core.landscape import Sureness
from navigator.ui.widgets.entries import EntryList, EntryOption
from navigator.ui.widgets.lines import FOLD, MUTED, OWN, LineOfEntry, Lines, Remark, wrapped
from navigator.view.sections import Column, Entry, Section

LABEL, SHORT_LABEL = 18, 14
"""Cells of what a line is for, in a wide list and in a narrow one."""
FAR, SURE, REACH = 5, 9, 5
"""Cells of the columns: distance, sureness, ways to reach."""
WITH_ALL, WITH_WORDS = 70, 50
"""Cells from which on a line has all its columns, and the words of its sureness."""
PANEL = "bold"
RULE = "─"
UNFOLDED = "▾"
SURE_STYLES = {
    Sureness.YOURS: "$text-success",
    Sureness.SET: "$text-success",
    Sureness.ASK: OWN,
    Sureness.UNKNOWN: OWN,
    Sureness.NEAREST: "",
    Sureness.LIKELY: "",
}
"""A colour a meaning; what isn't named here is quiet."""
SHARE_STYLES = {True: "bold", False: MUTED, None: OWN}


def _parts(width: int) -> tuple[int, int, int, int]:
    """Cells of label, distance, sureness and reach in a line of a width."""
    if width >= WITH_ALL:
        return LABEL, FAR, SURE, REACH
    if width >= WITH_WORDS:
        return SHORT_LABEL, 0, SURE, 3
    return SHORT_LABEL, 0, 7, 0


def _columns(width: int, far: Content, sure: Content, reach: Content) -> Content:
    _, *rooms = _parts(width)
    told = Content("")
    for part, room, right in zip((far, sure, reach), rooms, (True, False, False), strict=True):
        if room:
            fill = max(room - part.cell_length, 0)
            told = Content.assemble(
                told, " ", part.pad_left(fill) if right else part.pad_right(fill)
            )
    return told


class PanelHeading(Lines):
    """A panel's number and title, with a rule to the heads of its columns."""

    def __init__(self, column: Column, *, roomy: bool, first: bool) -> None:
        super().__init__()
        self._column, self._space = column, roomy and not first
        self.said = f"{column.title} {column.sections[0].title}"

    def lay_out(self, width: int) -> list[Content]:
        column = self._column
        section = column.sections[0]
        title = Content.styled(column.title.upper(), PANEL)
        if column.number:
            title = Content.assemble((f"{column.number} ", MUTED), title)
        if section.title:
            title = Content.assemble(title, (f"  {section.title.lower()}", MUTED))
        heads = Content("")
        if section.legend:
            heads = Content.styled(f" {section.unit:>{FAR}}  {' '.join(section.legend)}", MUTED)
        elif section.unit:
            parts = (section.unit, "  sure?", "reach" if width >= WITH_ALL else "")
            heads = _columns(width, *(Content.styled(text, MUTED) for text in parts))
        rule = width - title.cell_length - heads.cell_length - 2
        if rule < 1:
            lines = [title.truncate(width, ellipsis=True)]
        else:
            line = Content.styled(f" {RULE * rule} ", "$border-blurred")
            lines = [Content.assemble(title, line, heads)]
        return [Content(""), *lines] if self._space else lines


class PanelLine(LineOfEntry):
    """A body's line."""

    def __init__(self, entry: Entry, *, opened: bool = False) -> None:
        super().__init__()
        self._entry, self._opened = entry, opened

    def lay_out(self, width: int) -> list[Content]:
        entry = self._entry
        # Who is next door needs no label.
        label_room = -1 if entry.marks else _parts(width)[0]
        words = plain(entry.label)
        if len(words) > label_room:  # "Phonics, reading" is for phonics first
            words = words.split(",")[0]
        label = Content.styled(words, MUTED).truncate(max(label_room, 0), ellipsis=True)
        beside = self._beside(width)
        room = width - label_room - 1 - beside.cell_length - (1 if beside else 0)
        marks = wording.marks(entry.own)
        names = self._names(room - (len(marks) + 1 if marks else 0))
        if marks:
            names[0] = Content.assemble(names[0].rstrip(), " ", (marks, OWN))
        first = label.pad_right(label_room + 1 - label.cell_length) + names[0]
        fill = max(width - first.cell_length - beside.cell_length, 0)
        lines = [first.pad_right(fill) + beside if beside else first]
        return lines + [name.pad_left(label_room + 1) for name in names[1:]]

    def _names(self, room: int) -> list[Content]:
        """The name on one line if it fits at length or shortly, else on as many as it needs; what
        is told of the body follows where there is room."""
        entry = self._entry
        room = max(room, 6)
        style = MUTED if entry.quiet else "bold"
        text = plain(entry.text)
        if entry.folds:
            text = f"{UNFOLDED if self._opened else FOLD} {text}"
        if len(text) > room and entry.brief:
            text = plain(entry.brief)
        lines = wrapped(text, style, room, 3)
        if len(lines) == 1 and entry.detail:
            told = f" · {plain(entry.detail)}"
            left = room - lines[0].rstrip().cell_length
            if left >= len(told):
                lines = [Content.assemble(lines[0].rstrip(), (told, MUTED))]
        return lines

    def _beside(self, width: int) -> Content:
        entry = self._entry
        if entry.marks:
            signs = Content(" ").join(
                Content.styled(wording.SHARE_SIGNS[shared], SHARE_STYLES[shared])
                for _, shared in entry.marks
            )
            return Content.styled(f"{entry.right:>{FAR}}  ", MUTED) + signs
        distance, _, unit = entry.right.partition(" ")
        if entry.fact or (unit and unit not in ("mi", "km")):
            return Content.styled(entry.right, MUTED)
        if entry.sure is None and not entry.right and not entry.said:
            return Content("")
        far = distance if unit else ""
        reach = entry.card.reach if entry.card else None
        ways = ("t" if reach and reach.telephone else " ") + " "
        ways += "o" if reach and reach.website else " "
        return _columns(
            width, Content.styled(far, MUTED), self._sure(width), Content.styled(ways, MUTED)
        )

    def _sure(self, width: int) -> Content:
        entry = self._entry
        if entry.sure is None:
            return Content.styled(entry.said, MUTED)
        sign, word = wording.SURENESS[entry.sure]
        word = entry.said or word
        style = SURE_STYLES.get(entry.sure, MUTED)
        if width < WITH_WORDS:
            return Content.styled(word, style)
        return Content.styled(f"{sign or ' '} {word}", style)


class PanelList(EntryList):
    """All panels as one list, which one cursor runs through."""

    def __init__(self) -> None:
        super().__init__(id="panels")
        self._heads: list[int] = []

    def show_panels(
        self, columns: Iterable[Column], opened: Iterable[str], *, roomy: bool, keep: bool
    ) -> None:
        """Fill the list anew, as `show_sections` does."""
        held = self.held()
        options: list[Option] = []
        self._heads = []
        for column in columns:
            if column.number:
                self._heads.append(len(options))
            heading = PanelHeading(column, roomy=roomy, first=not options)
            options.append(Option(heading, disabled=True))
            for number, section in enumerate(column.sections):
                options += self._lines_of(section, opened, titled=number > 0)
        self.set_options(options)
        self.put_cursor(held if keep else None)

    def _lines_of(
        self, section: Section, opened: Iterable[str], *, titled: bool
    ) -> Iterable[Option]:
        section = self.with_keys(section)
        if titled and section.title:
            yield Option(Remark(section.title), disabled=True)
        if section.lead:
            yield Option(Remark(section.lead), disabled=True)
        if not section.entries:
            yield Option(Remark(section.empty), disabled=True)
        for entry in section.entries:
            yield EntryOption(entry, PanelLine(entry, opened=entry.folds in opened))
        if section.after:
            yield Option(Remark(section.after), disabled=True)

    def show_from_top(self) -> None:
        """The list from its top, or as far down as the cursor needs."""
        self.scroll_to(y=0, animate=False, immediate=True)
        self.scroll_to_highlight()

    @property
    def panel(self) -> int:
        """The number, from 0, of the panel that the cursor is in."""
        at = self.highlighted or 0
        return max((n for n, head in enumerate(self._heads) if head <= at), default=0)

    def go_to_panel(self, number: int) -> None:
        """Put the cursor on a panel's first line, its heading at the top."""
        self.go_to_heading(self._heads[number])
