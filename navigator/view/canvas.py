"""Cells of a terminal as a window on the ground: dots of braille, signs over them, names.

Pure: numbers in, lines of text out; the screens colour them. A map is asked for as a `MapWindow`,
so that it is moved and zoomed by making another. Places are in kilometres of the National Grid.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from navigator.core import cleaning

Role = str
"""What a piece of a line is, so that a screen can colour it: a `MarkKind`, "label", "" for nothing,
or what else a map's maker calls it."""

CELL_ASPECT = 2.0
"""Height of a terminal's cell over its width: two in nearly every font."""

DOTTED = 3
"""A dotted line has a dot at every third place where one can stand."""

_BRAILLE = 0x2800
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bit of each dot of a cell: column, then row from the top."""


class Label(NamedTuple):
    """A name to be written about a spot where there is room."""

    east: float
    north: float
    text: str


class TextRun(NamedTuple):
    """A piece of a line, all of one role."""

    text: str
    role: Role


MapLine = tuple[TextRun, ...]


class MapWindow(NamedTuple):
    """A window on the map: its middle in kilometres of the grid, its scale, its size in cells.

    `km_a_cell` is what the width of a cell stands for; a row stands for `aspect` times that.
    """

    east: float
    north: float
    km_a_cell: float
    columns: int
    rows: int
    aspect: float = CELL_ASPECT

    def spot(self, east: float, north: float) -> tuple[float, float]:
        """(column, row) of a place in cells from the upper left corner, with fractions."""
        return (
            self.columns / 2 + (east - self.east) / self.km_a_cell,
            self.rows / 2 - (north - self.north) / (self.km_a_cell * self.aspect),
        )

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """(column, row) of the cell that a spot in cells is in; None outside the view."""
        column, row = math.floor(x), math.floor(y)
        return (column, row) if 0 <= column < self.columns and 0 <= row < self.rows else None

    def ground(self, column: float, row: float) -> tuple[float, float]:
        """(east, north) of a spot in cells: the way back from `spot`."""
        return (
            self.east + (column - self.columns / 2) * self.km_a_cell,
            self.north - (row - self.rows / 2) * self.km_a_cell * self.aspect,
        )

    def moved(self, columns: float, rows: float) -> MapWindow:
        """The view so many cells further right and down."""
        return self._replace(
            east=self.east + columns * self.km_a_cell,
            north=self.north - rows * self.km_a_cell * self.aspect,
        )

    def zoomed(self, times: float, column: float, row: float) -> MapWindow:
        """The view so many times as close, with what is at a spot in cells left where it is."""
        east, north = self.ground(column, row)
        return self._replace(
            east=east + (self.east - east) / times,
            north=north + (self.north - north) / times,
            km_a_cell=self.km_a_cell / times,
        )


class Canvas:
    """The cells of a view, to be drawn on: dots, signs over them, names where there is room.

    `plain` draws in ASCII. What lies outside the view is left out.
    """

    def __init__(self, view: MapWindow, *, plain: bool = False) -> None:
        self.view, self.plain = view, plain
        self._cells = [[" "] * view.columns for _ in range(view.rows)]
        self._roles: list[list[Role]] = [[""] * view.columns for _ in range(view.rows)]
        self._dots: dict[tuple[int, int], int] = {}

    def dot(self, x: float, y: float, role: Role, *, large: bool = False) -> None:
        """A dot at a spot in cells, among those already in its cell; or four about it."""
        for at, bits in _dots_at(x, y, large=large):
            if 0 <= at[0] < self.view.columns and 0 <= at[1] < self.view.rows:
                self._dots[at] = self._dots.get(at, 0) | bits
                self.sign(*at, chr(_BRAILLE + self._dots[at]), role)

    def scatter(
        self, column: int, row: int, spots: Iterable[tuple[float, float]], role: Role
    ) -> None:
        """One dot for each of some spots of a cell, over whatever was there."""
        bits = 0
        for x, y in spots:
            # A spot at the very edge may come out a hair beyond it
            bits |= _DOTS[min(int((x - column) * 2), 1)][min(int((y - row) * 4), 3)]
        self.sign(column, row, chr(_BRAILLE + bits), role)

    def sign(self, column: int, row: int, sign: str, role: Role) -> None:
        """A sign in a cell of the view, over whatever was there."""
        self._cells[row][column], self._roles[row][column] = sign, role

    def line(self, a: tuple[float, float], b: tuple[float, float], role: Role) -> None:
        """A dotted line between two spots in kilometres of the grid; in ASCII of full stops."""
        across, down = (1, 1) if self.plain else (2, 4)
        (x, y), (x2, y2) = (self.view.spot(*spot) for spot in (a, b))
        steps = max(abs(x2 - x) * across, abs(y2 - y) * down)
        inside = _within((x, y), (x2, y2), self.view.columns, self.view.rows)
        if inside is None or not steps:
            return
        start, end = (part * steps / DOTTED for part in inside)
        for number in range(math.ceil(start), math.floor(end) + 1):
            part = number * DOTTED / steps
            column, row = x + (x2 - x) * part, y + (y2 - y) * part
            if not self.plain:
                self.dot(column, row, role)
            elif cell := self.view.cell(column, row):
                self.sign(*cell, ".", role)

    def write(self, label: Label) -> None:
        """Write a label where it is free right about its spot, else nowhere."""
        _write(label, self.view, self._cells, self._roles, plain=self.plain)

    def lines(self) -> tuple[MapLine, ...]:
        """What was drawn."""
        return tuple(_runs(*line) for line in zip(self._cells, self._roles, strict=True))


def _within(
    a: tuple[float, float], b: tuple[float, float], columns: int, rows: int
) -> tuple[float, float] | None:
    """From which part to which of a line lies in the view; None for none (Liang and Barsky)."""
    start, end = 0.0, 1.0
    for (here, there), most in zip(zip(a, b, strict=True), (columns, rows), strict=True):
        for way, room in ((here - there, here), (there - here, most - here)):
            if way == 0:
                if room < 0:
                    return None
            elif way < 0:
                start = max(start, room / way)
            else:
                end = min(end, room / way)
    return (start, end) if start <= end else None


def hull(spots: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """The corners of the outline about some spots, in turn anticlockwise (Andrew's chain)."""
    ordered = sorted(set(spots))
    if len(ordered) < 3:
        return tuple(ordered)
    halves: list[list[tuple[float, float]]] = []
    for way in (ordered, ordered[::-1]):
        chain: list[tuple[float, float]] = []
        for spot in way:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], spot) <= 0:
                chain.pop()
            chain.append(spot)
        halves.append(chain[:-1])
    return (*halves[0], *halves[1])


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    """Positive where the way from a over b to c turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _dots_at(x: float, y: float, *, large: bool) -> Iterable[tuple[tuple[int, int], int]]:
    """(cell, bits) of the dot at a spot, or of the four dots about it."""
    if not large:
        across, down = math.floor(2 * x), math.floor(4 * y)
        yield (across // 2, down // 4), _DOTS[across % 2][down % 4]
        return
    left, top = round(2 * x) - 1, round(4 * y) - 1
    for across in (left, left + 1):
        for down in (top, top + 1):
            yield (across // 2, down // 4), _DOTS[across % 2][down % 4]


def _write(
    label: Label, view: MapWindow, cells: list[list[str]], roles: list[list[Role]], *, plain: bool
) -> None:
    """Write a label where it is free right about its spot, else nowhere."""
    text = cleaning.plain(label.text)
    if plain:
        text = text.encode("ascii", "replace").decode()
    x, y = view.spot(label.east, label.north)
    width = len(text)
    if not 0 < width <= view.columns or not text.isprintable() or not _narrow(text):
        return
    # Beside the spot, or above or beneath it: a name further off would stand for another place.
    column, row = math.floor(x), math.floor(y)
    middle = column - width // 2
    tries = [(0, column + 2), (0, column - width - 1)]
    tries += [(down, middle + shift) for down in (1, -1) for shift in (0, 3, -3, 6, -6)]
    for down, left in tries:
        if not (0 <= row + down < view.rows and left >= 0 and left + width <= view.columns):
            continue
        if down and not left - 1 <= column <= left + width:
            continue
        line = cells[row + down]
        if not "".join(line[max(left - 1, 0) : left + width + 1]).strip():
            line[left : left + width] = text
            roles[row + down][left : left + width] = ["label"] * width
            return


def _narrow(text: str) -> bool:
    """Whether each character takes one cell."""
    import unicodedata

    return not any(
        unicodedata.east_asian_width(c) in "WF" or unicodedata.combining(c) for c in text
    )


def _runs(cells: list[str], roles: list[Role]) -> MapLine:
    text, start = "".join(cells), 0
    runs = []
    for role, same in groupby(roles):
        end = start + len(list(same))
        runs.append(TextRun(text[start:end], role))
        start = end
    return tuple(runs)
