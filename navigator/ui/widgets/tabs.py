"""What stands above a list with tabs: its title, and the tabs by number and name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from navigator.core.cleaning import plain
from navigator.ui.widgets.lines import HEADING, MUTED, Lines

LETTERS = range(8, 3, -1)
"""To how many letters the names of the tabs that aren't on show are cut, as room gets short."""


class Title(Lines):
    """What is on show, then more about it as far as there is room: the first is never left out.

    Args:
        name: What the screen shows.
        short: The same where there is little room.
        parts: What else there is to say, what matters most first.
    """

    def __init__(self, name: str, short: str, *parts: str) -> None:
        super().__init__()
        self._names, self._parts = (name, short), [plain(part) for part in parts if part]

    def lay_out(self, width: int) -> list[Content]:
        tried = [self._line(name, self._parts[:1]) for name in self._names]
        line = next((line for line in tried if line.cell_length <= width), tried[-1])
        for number in range(len(self._parts), 1, -1):
            longer = self._line(self._names[0], self._parts[:number])
            if longer.cell_length <= width:
                line = longer
                break
        return [line.truncate(width, ellipsis=True)]

    def _line(self, name: str, parts: Sequence[str]) -> Content:
        line = Content.styled(name, HEADING)
        for number, part in enumerate(parts):
            style = "" if number == 0 and len(self._parts) > 1 else MUTED
            line = Content.assemble(line, (f"   {part}", style))
        return line


class Tabs(Lines):
    """A line of tabs, the one on show in reverse and by its name in any width.

    Args:
        names: What they are called.
        counts: How much each holds, () where that isn't told.
        active: The number, from 0, of the one on show.
    """

    def __init__(self, names: Sequence[str], counts: Sequence[str], active: int) -> None:
        super().__init__()
        self._names, self._active = names, active
        self._counts = counts or [""] * len(names)

    def lay_out(self, width: int) -> list[Content]:
        lines = map(self._line, self._titles())
        fits = (line for line in lines if line.cell_length <= width)
        return [next(fits, self._line([""] * len(self._names)).truncate(width))]

    def _titles(self) -> Iterator[list[str]]:
        """The names of the tabs, ever shorter: the counts of the others go, then all but a word of
        each name, then letters of the others' words, then these."""
        words = [name.split()[-1].capitalize() for name in self._names]
        yield self._counted(self._names, self._names, all_of=True)
        yield self._counted(self._names, self._names)
        yield self._counted(words, words)
        for letters in LETTERS:
            yield self._counted(words, [_cut(word, letters) for word in words])
        yield self._counted(words, [""] * len(words))

    def _counted(
        self, names: Sequence[str], others: Sequence[str], *, all_of: bool = False
    ) -> list[str]:
        """The name of the active one with its count, and those of the others."""
        told = [" ".join(filter(None, t)) for t in zip(names, self._counts, strict=True)]
        return [told[n] if all_of or n == self._active else other for n, other in enumerate(others)]

    def _line(self, titles: Sequence[str]) -> Content:
        return Content(" ").join(
            Content.styled(
                f" {' '.join(filter(None, (str(number + 1), title)))} ",
                "bold reverse" if number == self._active else MUTED,
            )
            for number, title in enumerate(titles)
        )


def _cut(name: str, letters: int) -> str:
    return name if len(name) <= letters else f"{name[: letters - 1]}…"
