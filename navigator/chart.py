"""Maps made of text: places as dots of braille cells and as signs, true to scale.

Pure: numbers in, lines of text out; the screens colour them. A map is asked for as a `View` (what
stands in its middle, how many kilometres a cell is wide, how many cells it has), so that one may be
moved and zoomed by making another. Positions are projected once (`project`), not once a view.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from navigator import wording
from navigator.distance import KM_A_MILE, Place
from navigator.wording import Units

Kind = Literal["home", "lead", "member"]
Role = Literal["home", "lead", "member", "label", ""]

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

_RADIUS = 6384.0
"""Kilometres: the sphere that lies closest to WGS 84 at the latitude of England (0.2%)."""
_MERIDIAN = -2.0
"""Degrees: as the National Grid has it; nowhere in England is the scale more than 0.1% off."""


class Mark(NamedTuple):
    """A place on the map, in kilometres as `project` gives them."""

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
    """A window on the map: its middle in projected kilometres, its scale, its size in cells.

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


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """(east, north) in kilometres: a transverse Mercator projection of the sphere."""
    phi, turn = math.radians(latitude), math.radians(longitude - _MERIDIAN)
    east = math.atanh(math.cos(phi) * math.sin(turn))
    north = math.atan2(math.tan(phi), math.cos(turn))
    return _RADIUS * east, _RADIUS * north


def marks(places: Iterable[Place], kind: Kind = "member") -> tuple[Mark, ...]:
    """A mark for each place that has a position."""
    return tuple(
        Mark(*project(place.latitude, place.longitude), kind)
        for place in places
        if place.latitude is not None and place.longitude is not None
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


def draw(
    view: View, shown: Iterable[Mark], labels: Iterable[Label] = (), *, plain: bool = False
) -> tuple[Line, ...]:
    """The map: `view.rows` lines of `view.columns` cells each.

    Signs stand over dots, your school's over all; marks outside the view are left out. `plain`
    draws in ASCII.
    """
    columns, rows = view.columns, view.rows
    cells = [[" "] * columns for _ in range(rows)]
    roles: list[list[Role]] = [[""] * columns for _ in range(rows)]
    signs = PLAIN_SIGNS if plain else SIGNS
    dots: dict[tuple[int, int], int] = {}
    over: dict[tuple[int, int], Kind] = {}
    shown = list(shown)
    large = len(shown) <= FEW
    for mark in shown:
        x, y = view.spot(mark.east, mark.north)
        column, row = math.floor(x), math.floor(y)
        if not (0 <= column < columns and 0 <= row < rows):
            continue
        if mark.kind != "member" or plain:
            if over.get((column, row)) != "home" and mark.kind != "member":
                over[column, row] = mark.kind
            else:
                over.setdefault((column, row), mark.kind)
            continue
        for at, bits in _dots_at(x, y, large=large):
            if 0 <= at[0] < columns and 0 <= at[1] < rows:
                dots[at] = dots.get(at, 0) | bits
    for (column, row), bits in dots.items():
        cells[row][column], roles[row][column] = chr(_BRAILLE + bits), "member"
    for (column, row), kind in over.items():
        cells[row][column], roles[row][column] = signs[kind], kind
    for label in labels:
        _write(label, view, cells, roles, plain=plain)
    return tuple(_runs(*line) for line in zip(cells, roles, strict=True))


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
