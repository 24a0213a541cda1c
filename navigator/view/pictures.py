"""Figures as pictures on a screen: a whole in its parts, and how many there were in each year.

Pure: numbers in, lines of text out. Each says in words and numbers what it draws, and tells its
parts apart without colour. An export has the figures themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

from navigator.core import wording
from navigator.core.governance import FIGURES, GOVERNANCE
from navigator.view.canvas import MapLine, Role, TextRun

WIDEST = 60
"""Cells of a bar at most: a longer one says no more."""

GAP = "   "
"""Between two parts in a legend."""

TALL = 5
"""Rows of the longest column."""

EIGHTHS = " ▁▂▃▄▅▆▇█"


class Picture(Protocol):
    """What draws itself in at most so many cells a line; `plain` in ASCII."""

    def lines(self, columns: int, *, plain: bool = False) -> tuple[MapLine, ...]: ...


class PicturePart(NamedTuple):
    """A part of a whole: how many, in which words, the sign that fills its cells, also in ASCII."""

    number: int
    words: str
    fill: str
    ascii: str
    role: Role


class StackedBar(NamedTuple):
    """A whole as one bar of its parts, with a legend under it that says each in words, and an empty
    line that keeps it from the next."""

    parts: tuple[PicturePart, ...]

    @property
    def said(self) -> str:
        """The parts in words: "council-maintained 27 (36%), trusts of 6–15 10 (13%)"."""
        return ", ".join(f"{p.words} {p.number:,} ({self._share(p)})" for p in self.parts)

    def _share(self, part: PicturePart) -> str:
        return wording.percent(part.number / sum(p.number for p in self.parts))

    def lines(self, columns: int, *, plain: bool = False) -> tuple[MapLine, ...]:
        cells = _shared_out([part.number for part in self.parts], min(columns, WIDEST))
        signs = [part.ascii if plain else part.fill for part in self.parts]
        drawn = zip(self.parts, signs, cells, strict=True)
        bar = tuple(TextRun(sign * number, part.role) for part, sign, number in drawn)
        legend = [
            (
                TextRun(sign, part.role),
                TextRun(f" {part.words} {part.number:,} ({self._share(part)})", "label"),
            )
            for part, sign in zip(self.parts, signs, strict=True)
        ]
        return (bar, *_wrapped(legend, columns), ())


def who_runs(counted: Mapping[str, int]) -> StackedBar:
    """The schools of a place by who runs them; `counted` has a number for ids of `GOVERNANCE`."""
    of_each: Counter[str] = Counter()
    for id, number in counted.items():
        of_each[GOVERNANCE[id].figure] += number
    return StackedBar(
        tuple(
            PicturePart(number, kind.runs, kind.fill, kind.signs[1], f"governance:{kind.id}")
            for kind in map(GOVERNANCE.__getitem__, FIGURES)
            if (number := of_each[kind.id])
        )
    )


def _shared_out(numbers: Sequence[int], cells: int) -> list[int]:
    """So many cells for so many parts: each at least one, what is over to the largest remainder."""
    whole = sum(numbers)
    exact = [number * cells / whole for number in numbers]
    given = [max(int(part), 1) for part in exact]
    while (over := cells - sum(given)) != 0:
        way = 1 if over > 0 else -1
        may = [n for n, has in enumerate(given) if way > 0 or has > 1]
        if not may:
            break
        most = max(may, key=lambda n: way * (exact[n] - given[n]))
        given[most] += way
    return given


def _wrapped(legend: Iterable[MapLine], columns: int) -> Iterable[MapLine]:
    """The items of a legend in lines, none broken in two unless it is wider than a line."""
    line: list[TextRun] = []
    for item in legend:
        width = sum(len(run.text) for run in item)
        if line and sum(len(run.text) for run in line) + len(GAP) + width > columns:
            yield tuple(line)
            line = []
        line += [TextRun(GAP, ""), *item] if line else item
    if line:
        yield tuple(line)


class YearColumns(NamedTuple):
    """How many there were in each year, as columns with their numbers on top. `years` are
    (year, number), every year between the first and the last among them."""

    years: tuple[tuple[int, int], ...]

    def lines(self, columns: int, *, plain: bool = False) -> tuple[MapLine, ...]:
        digits = max(len(f"{number:,}") for _, number in self.years)
        wide, narrow = max(digits, 4) + 1, max(digits, 3) + 1
        cell = wide if len(self.years) * wide <= columns + 1 else narrow
        names = [str(year) if cell == wide else f"'{year % 100:02}" for year, _ in self.years]
        # Where they don't fit side by side, the later ones stand beneath, by the same scale.
        fit = max((columns + 1) // cell, 1)
        return tuple(
            line
            for start in range(0, len(self.years), fit)
            for line in self._rows(names, slice(start, start + fit), cell, plain=plain)
        )

    def _rows(self, names: list[str], part: slice, cell: int, *, plain: bool) -> Iterable[MapLine]:
        most = max(number for _, number in self.years)
        numbers = [number for _, number in self.years[part]]
        # In eighths of a row; what is there shows, however little.
        high = [max(round(number * TALL * 8 / most), number > 0) for number in numbers]
        for row in range(TALL, -1, -1):
            cells = []
            for number, eighths in zip(numbers, high, strict=True):
                filled = min(max(eighths - row * 8, 0), 8)
                if filled:
                    sign = EIGHTHS[filled] if not plain else "#"
                    cells.append((sign * (cell - 1) + " ", "bar"))
                elif row == -(-eighths // 8):
                    cells.append((f"{number:,}".center(cell - 1) + " ", "number"))
                else:
                    cells.append((" " * cell, ""))
            if any(text.strip() for text, _ in cells):
                yield _run(cells)
        yield _run([(name.center(cell - 1) + " ", "label") for name in names[part]])


def _run(cells: Iterable[tuple[str, Role]]) -> MapLine:
    """Cells as a line, those of one role that stand together as one piece."""
    return tuple(
        TextRun("".join(text for text, _ in same), role)
        for role, same in groupby(cells, key=lambda cell: cell[1])
    )
