"""What stands above a landscape: which school, on what register and day, and the tabs."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from navigator.core import cleaning, clock, wording
from navigator.core.model import Landscape
from navigator.ui.widgets.entries import MUTED, OWN, Lines
from navigator.view import landscape_sections
from navigator.view.sections import Column


class SchoolHeader(Lines):
    """Name and URN; place and kind; at the right the register, where there is room for it."""

    def __init__(self, landscape: Landscape, update: str) -> None:
        super().__init__()
        self._landscape, self._update = landscape, update

    def lay_out(self, width: int) -> list[Content]:
        shown = self._landscape
        name = Content.styled(cleaning.plain(shown.school.name), "bold $accent")
        marks = wording.marks(shown.record.marks(*shown.keys))
        if marks:
            name = Content.assemble(name, " ", (marks, OWN))
        urn = Content.styled(f"URN {shown.school.urn}", "bold")
        said = [cleaning.plain(part) for part in landscape_sections.headline(shown)]
        # On one line: what doesn't fit is left to the school's own card (key i).
        while len(said) > 2 and Content(" · ".join(said)).cell_length > width:
            said.pop()
        about = Content(" · ".join(said))
        room = width - about.cell_length - 2
        register = landscape_sections.register_line(shown)
        as_at = f" · as at {wording.short_day(shown.as_at)}"
        days = (
            [as_at, ""] if shown.as_at == clock.today() else [as_at]
        )  # another day is always said
        texts = [
            register + day + note
            for note in _old_notes(old_note(shown, self._update))
            for day in days
        ]
        for text in (*texts, register + as_at, register):
            if Content(text).cell_length <= room:
                about_lines = _between(about, Content.styled(text, MUTED), width)
                break
        else:
            about_lines = about.wrap(width)
        return [*_between(name, urn, width), *about_lines]


class Trail(Lines):
    """The way that led here, the last steps kept where room is short."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = [cleaning.plain(name) for name in names]

    def lay_out(self, width: int) -> list[Content]:
        shown = list(self._names)
        while len(shown) > 1 and len(" › ".join(["…", *shown])) > width:
            shown.pop(0)
        if len(shown) < len(self._names):
            shown.insert(0, "…")
        return [Content.styled(" › ".join(shown), MUTED).truncate(width, ellipsis=True)]


class Tabs(Lines):
    """The columns as a line of tabs, the one on show in reverse; the register where it fits."""

    def __init__(
        self, columns: Sequence[Column], active: int, register: str, old: str = ""
    ) -> None:
        super().__init__()
        self._titles, self._active = [column.title for column in columns], active
        self._register = Content.styled(register, MUTED)
        self._with_old = [Content.styled(register + note, MUTED) for note in _old_notes(old)]

    def lay_out(self, width: int) -> list[Content]:
        long = self._line(self._titles)
        short = self._line([title.split()[-1].title() for title in self._titles])
        for line in (long, short):
            for register in self._with_old:
                gap = width - line.cell_length - register.cell_length
                if gap > 1:
                    return [line.pad_right(gap) + register]
        line = long if long.cell_length <= width else short
        gap = width - line.cell_length - self._register.cell_length
        return [line.pad_right(gap) + self._register if gap > 1 else line.truncate(width)]

    def _line(self, titles: Sequence[str]) -> Content:
        return Content(" ").join(
            Content.styled(
                f" {number + 1} {title} ", "bold reverse" if number == self._active else MUTED
            )
            for number, title in enumerate(titles)
        )


def old_note(landscape: Landscape, update: str) -> str:
    """What follows the register's day where it is old: the key that updates it."""
    info = landscape.register
    return "" if info.sample else wording.old_note(info, clock.today(), update)


def _old_notes(note: str) -> list[str]:
    """The note in full, and as short as it is still understood; none for no note."""
    return [note, f" · old:{note.rpartition(':')[2]}"] if note else []


def _between(left: Content, right: Content, width: int) -> list[Content]:
    """Left and right on one line, or one beneath the other where they don't fit."""
    gap = width - left.cell_length - right.cell_length
    return [left.pad_right(gap) + right] if gap >= 2 else [*left.wrap(width), right]
