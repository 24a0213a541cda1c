"""What stands above a landscape: which school, on what register and day, and the tabs."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from navigator.core import cleaning, clock, wording
from navigator.core.landscape import Landscape
from navigator.ui.widgets.lines import MUTED, OWN, Lines
from navigator.view import landscape_sections
from navigator.view.sections import Column


class SchoolHeader(Lines):
    """Name, whose school it is, and URN; place and kind; at the right which register this is, and
    the key that brings a newer one."""

    def __init__(self, landscape: Landscape, update: str, whose: str) -> None:
        super().__init__()
        self._landscape, self._update, self._whose = landscape, update, whose

    def lay_out(self, width: int) -> list[Content]:
        shown = self._landscape
        name = Content.styled(cleaning.plain(shown.school.name), "bold")
        marks = wording.marks(shown.record.marks(*shown.keys))
        if marks:
            name = Content.assemble(name, " ", (marks, OWN))
        urn = Content.styled(f"URN {shown.school.urn}", "bold")
        whose = Content.assemble(name, "   ", (self._whose, MUTED))
        if self._whose and whose.cell_length + urn.cell_length + 2 <= width:
            name = whose
        said = [cleaning.plain(part) for part in landscape_sections.headline(shown)]
        registers = self._register()
        # On one line: what doesn't fit is left to the school's own card (key i).
        for register in registers:
            for parts in range(len(said), 2, -1):
                about = Content(" · ".join(said[:parts]))
                if about.cell_length + register.cell_length + 2 <= width:
                    return [*_between(name, urn, width), _between(about, register, width)[0]]
        about = Content(" · ".join(said[:2])).truncate(width, ellipsis=True)
        return [*_between(name, urn, width), about, registers[-1].truncate(width, ellipsis=True)]

    def _register(self) -> list[Content]:
        """What is said of the register, at length and shortly; amber where the key would help."""
        shown, today = self._landscape, clock.today()
        info = shown.register
        day = "" if shown.as_at == today else f"as at {wording.short_day(shown.as_at)} · "
        if info.sample:
            loads = wording.LOADS.format(self._update)
            told: tuple[str, ...] = (f"{wording.SAMPLE}: {loads}", f"sample: {loads}")
        else:
            old = wording.old_note(info, today, self._update)
            short = wording.short_day(info.day)
            if not old:
                told = (f"DfE register {short}", short)
                return [Content.styled(day + text, MUTED) for text in told]
            key = self._update
            told = (
                f"DfE register {short}{old}",
                f"{short}, old: {key} updates",
                f"old: {key} updates",
            )
        return [Content.assemble((day, MUTED), (text, OWN)) for text in told]


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
    """The columns as a line of tabs, the one on show in reverse."""

    def __init__(self, columns: Sequence[Column], active: int) -> None:
        super().__init__()
        self._titles, self._active = [column.title for column in columns], active

    def lay_out(self, width: int) -> list[Content]:
        long = self._line(self._titles)
        if long.cell_length <= width:
            return [long]
        return [self._line([title.split()[-1].title() for title in self._titles]).truncate(width)]

    def _line(self, titles: Sequence[str]) -> Content:
        return Content(" ").join(
            Content.styled(
                f" {number + 1} {title} ", "bold reverse" if number == self._active else MUTED
            )
            for number, title in enumerate(titles)
        )


class Chips(Lines):
    """Words side by side, the active ones in reverse, in as many lines as they need."""

    def __init__(self, words: Sequence[str], active: int) -> None:
        super().__init__()
        self._words, self._active = words, active

    def lay_out(self, width: int) -> list[Content]:
        lines = [Content("")]
        for number, words in enumerate(self._words):
            style = "bold reverse" if number == self._active else MUTED
            chip = Content.styled(f" {cleaning.plain(words)} ", style)
            if lines[-1] and lines[-1].cell_length + chip.cell_length > width:
                lines.append(Content(""))
            lines[-1] += chip
        return lines


def _between(left: Content, right: Content, width: int) -> list[Content]:
    """Left and right on one line, or one beneath the other where they don't fit."""
    gap = width - left.cell_length - right.cell_length
    return [left.pad_right(gap) + right] if gap >= 2 else [*left.wrap(width), right]
