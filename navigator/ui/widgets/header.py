"""What stands above a landscape or a page: which school, which register, the way there."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from navigator.core import cleaning, clock, wording
from navigator.core.landscape import Landscape
from navigator.ui.widgets.lines import MUTED, OWN, Lines
from navigator.view import landscape_sections


class SchoolHeader(Lines):
    """Name, whose school it is, and URN; place and kind; at the right which register this is, and
    the key that brings a newer one. In a low terminal it is two lines (`brief`)."""

    def __init__(self, landscape: Landscape, update: str, whose: str, *, brief: bool) -> None:
        super().__init__()
        self._landscape, self._update, self._whose = landscape, update, whose
        self._brief = brief

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
        if self._brief:
            return [name.truncate(width, ellipsis=True), _briefly(said, registers[-1], width)]
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
            brief = f"old: {key} updates"
            told = (f"DfE register {short}{old}", f"{short}, {brief}", brief)
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
    """Left, over as many lines as it needs, and right at the end of the last, or beneath it where
    that has no room."""
    *lines, last = (line.rstrip() for line in left.wrap(width))
    gap = width - last.cell_length - right.cell_length
    return [*lines, last.pad_right(gap) + right] if gap >= 2 else [*lines, last, right]


def _briefly(said: Sequence[str], register: Content, width: int) -> Content:
    """The first facts that there is room for beside the register."""
    room = width - register.cell_length - 2
    told = [" · ".join(said[:parts]) for parts in range(len(said), 0, -1)]
    about = next((Content(text) for text in told if len(text) <= room), Content(""))
    return _between(about, register, width)[-1].truncate(width, ellipsis=True)
