"""Maps made of text: places as dots of braille cells and as signs, true to scale.

Pure: numbers in, lines of text out; the screens colour them. A map is asked for as a `View` (what
stands in its middle, how many kilometres a cell is wide, how many cells it has), so that one may be
moved and zoomed by making another. Positions are kilometres of the National Grid.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from navigator.core import wording
from navigator.core.grid import KM_A_MILE, OnGrid
from navigator.core.wording import Units

Kind = Literal["home", "lead", "member"]
Role = str
"""What a piece of a line is, so that a screen can colour it: a `Kind`, "label", "" for nothing, or
what else a map's maker calls it."""

CELL_ASPECT = 2.0
"""Height of a terminal's cell over its width: two in nearly every font."""
LEAST_KM = 2.0
"""A map shows at least this width, however close together its places lie."""
MARGIN = 2
"""Cells left free at each side by `fit`, one row above and beneath."""
FEW = 300
"""Up to so many places each is drawn four dots large: one dot alone is hard to see."""

SIGNS = {"home": "◆", "lead": "▲", "member": "⠶"}
PLAIN_SIGNS = {"home": "@", "lead": "#", "member": "o"}
"""For terminals whose font holds ASCII only."""

_BRAILLE = 0x2800
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bit of each dot of a cell: column, then row from the top."""

DOTTED = 3
"""A dotted line has a dot at every third place where one can stand."""


class Mark(NamedTuple):
    """A place on the map, in kilometres of the grid."""

    east: float
    north: float
    kind: Kind = "member"


class Label(NamedTuple):
    """A name to be written about a spot where there is room."""

    east: float
    north: float
    text: str


class Chart(NamedTuple):
    """What a map shows, before anything is known of its size.

    `legend` says in words what each kind of mark is; `missing` of `total` places have no position.
    """

    marks: tuple[Mark, ...]
    legend: tuple[tuple[Kind, str], ...]
    labels: tuple[Label, ...] = ()
    missing: int = 0
    total: int = 0
    units: Units = "miles"


class Run(NamedTuple):
    """A piece of a line, all of one role."""

    text: str
    role: Role


Line = tuple[Run, ...]


class View(NamedTuple):
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

    def ground(self, column: float, row: float) -> tuple[float, float]:
        """(east, north) of a spot in cells: the way back from `spot`."""
        return (
            self.east + (column - self.columns / 2) * self.km_a_cell,
            self.north - (row - self.rows / 2) * self.km_a_cell * self.aspect,
        )

    def moved(self, columns: float, rows: float) -> View:
        """The view so many cells further right and down."""
        return self._replace(
            east=self.east + columns * self.km_a_cell,
            north=self.north - rows * self.km_a_cell * self.aspect,
        )

    def zoomed(self, times: float, column: float, row: float) -> View:
        """The view so many times as close, with what is at a spot in cells left where it is."""
        east, north = self.ground(column, row)
        return self._replace(
            east=east + (self.east - east) / times,
            north=north + (self.north - north) / times,
            km_a_cell=self.km_a_cell / times,
        )


def marks(places: Iterable[OnGrid], kind: Kind = "member") -> tuple[Mark, ...]:
    """A mark for each place that has a position."""
    return tuple(
        Mark(place.easting / 1000, place.northing / 1000, kind)
        for place in places
        if place.easting is not None and place.northing is not None
    )


def fit(shown: Sequence[Mark], columns: int, rows: int, aspect: float = CELL_ASPECT) -> View | None:
    """The closest view that holds every mark with a margin; None for no marks."""
    if not shown:
        return None
    west, east = min(m.east for m in shown), max(m.east for m in shown)
    south, north = min(m.north for m in shown), max(m.north for m in shown)
    across = (east - west) / max(columns - 2 * MARGIN, 1)
    upright = (north - south) / (max(rows - MARGIN, 1) * aspect)
    scale = max(across, upright, LEAST_KM / columns)
    return View((west + east) / 2, (south + north) / 2, scale, columns, rows, aspect)


def rows_for(shown: Sequence[Mark], columns: int, most: int, least: int = 5) -> int:
    """How many rows a map of the marks needs to use its columns, within bounds."""
    view = fit(shown, columns, 10_000)
    if view is None:
        return least
    tall = max(m.north for m in shown) - min(m.north for m in shown)
    return min(max(math.ceil(tall / (view.km_a_cell * view.aspect)) + MARGIN, least), most)


class Canvas:
    """The cells of a view, to be drawn on: dots, signs over them, names where there is room.

    `plain` draws in ASCII. What lies outside the view is left out.
    """

    def __init__(self, view: View, *, plain: bool = False) -> None:
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
            bits |= _DOTS[int((x - column) * 2)][int((y - row) * 4)]
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
            elif 0 <= column < self.view.columns and 0 <= row < self.view.rows:
                self.sign(math.floor(column), math.floor(row), ".", role)

    def write(self, label: Label) -> None:
        """Write a label where it is free right about its spot, else nowhere."""
        _write(label, self.view, self._cells, self._roles, plain=self.plain)

    def lines(self) -> tuple[Line, ...]:
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


def draw(
    view: View, shown: Iterable[Mark], labels: Iterable[Label] = (), *, plain: bool = False
) -> tuple[Line, ...]:
    """The map: `view.rows` lines of `view.columns` cells each.

    Signs stand over dots, your school's over all; marks outside the view are left out. `plain`
    draws in ASCII.
    """
    canvas = Canvas(view, plain=plain)
    signs = PLAIN_SIGNS if plain else SIGNS
    over: dict[tuple[int, int], Kind] = {}
    shown = list(shown)
    large = len(shown) <= FEW
    for mark in shown:
        x, y = view.spot(mark.east, mark.north)
        column, row = math.floor(x), math.floor(y)
        if not (0 <= column < view.columns and 0 <= row < view.rows):
            continue
        if mark.kind == "member" and not plain:
            canvas.dot(x, y, "member", large=large)
        elif over.get((column, row)) != "home" and mark.kind != "member":
            over[column, row] = mark.kind
        else:
            over.setdefault((column, row), mark.kind)
    for (column, row), kind in over.items():
        canvas.sign(column, row, signs[kind], kind)
    for label in labels:
        canvas.write(label)
    return canvas.lines()


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
    label: Label, view: View, cells: list[list[str]], roles: list[list[Role]], *, plain: bool
) -> None:
    """Write a label where it is free right about its spot, else nowhere."""
    text = wording.plain(label.text)
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


def _runs(cells: list[str], roles: list[Role]) -> Line:
    text, start = "".join(cells), 0
    runs = []
    for role, same in groupby(roles):
        end = start + len(list(same))
        runs.append(Run(text[start:end], role))
        start = end
    return tuple(runs)


class Bar(NamedTuple):
    """A scale bar: cells from the middle of its first sign to that of its last, its length.

    `said` is the length in words, `text` the bar in signs with it.
    """

    cells: int
    km: float
    said: str
    text: str


def scale_bar(view: View, units: Units = "miles", *, plain: bool = False) -> Bar:
    """The bar of a round length that cells can show best, a sixth to a third of the map long."""
    km_a_unit = 1.0 if units == "km" else KM_A_MILE
    longest = view.columns * view.km_a_cell / 3 / km_a_unit
    ten = 10.0 ** math.floor(math.log10(longest))
    lengths = [step * size for size in (ten, ten / 10) for step in (1, 2, 3, 4, 5)]
    fitting = [length for length in lengths if longest / 2 <= length <= longest]

    def off(length: float) -> float:
        cells = length * km_a_unit / view.km_a_cell
        return abs(max(round(cells), 1) - cells) / cells

    length = min(fitting, key=off)
    cells = max(round(length * km_a_unit / view.km_a_cell), 1)
    left, line, right = ("|", "-", "|") if plain else ("├", "─", "┤")
    said = f"{length:.10g} {wording.unit(units)}"
    return Bar(cells, length * km_a_unit, said, f"{left}{line * (cells - 1)}{right} {said}")


def picture(chart: Chart, columns: int, rows: int, *, plain: bool = False) -> tuple[Line, ...]:
    """The whole of a chart: a map of at most so many columns and rows, and what explains it.

    No lines where no place has a position.
    """
    view = fit(chart.marks, columns, rows_for(chart.marks, columns, rows))
    if view is None:
        return ()
    signs = PLAIN_SIGNS if plain else SIGNS
    there = {mark.kind for mark in chart.marks}
    lines = list(draw(view, chart.marks, chart.labels, plain=plain))
    lines.append((Run(scale_bar(view, chart.units, plain=plain).text[:columns], "label"),))
    foot: list[Run] = []
    used = 0
    for kind, words in chart.legend:
        if kind not in there:
            continue
        gap = "   " if foot else ""
        if foot and used + len(gap) + 2 + len(words) > columns:
            lines.append(tuple(foot))
            foot, used, gap = [], 0, ""
        foot += [Run(gap, ""), Run(signs[kind], kind), Run(f" {words}"[: columns - 1], "label")]
        used += len(gap) + 2 + len(words)
    lines.append(tuple(foot))
    if chart.missing:
        said = f"{chart.missing} of {wording.count(chart.total, 'school')} "
        said += "has no position" if chart.missing == 1 else "have no position"
        lines.append((Run(said[:columns], "label"),))
    return tuple(lines)
