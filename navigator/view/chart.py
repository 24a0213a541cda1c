"""A chart: a small map on a page, of places as dots and signs, with what explains it.

Pure, as `canvas` is, on which it is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from navigator.core import wording
from navigator.core.grid import KM_A_MILE, OnGrid
from navigator.core.wording import Units
from navigator.view.canvas import CELL_ASPECT, Canvas, Label, MapLine, MapWindow, TextRun

MarkKind = Literal["home", "lead", "member"]

LEAST_KM = 2.0
"""A map shows at least this width, however close together its places lie."""
MARGIN = 2
"""Cells left free at each side by `fit`, one row above and beneath."""
LEAST_ROWS = 5
FEW = 300
"""Up to so many places each is drawn four dots large: one dot alone is hard to see."""

SIGNS = {"home": "◆", "lead": "▲", "member": "⠶"}
PLAIN_SIGNS = {"home": "@", "lead": "#", "member": "o"}
"""For terminals whose font holds ASCII only."""


class Mark(NamedTuple):
    """A place on the map, in kilometres of the grid, with its name where that is known."""

    east: float
    north: float
    kind: MarkKind = "member"
    name: str = ""


class Chart(NamedTuple):
    """What a map shows, before anything is known of its size.

    `legend` says in words what each kind of mark is; `missing` of `total` places have no position.
    """

    marks: tuple[Mark, ...]
    legend: tuple[tuple[MarkKind, str], ...]
    labels: tuple[Label, ...] = ()
    missing: int = 0
    total: int = 0
    units: Units = "miles"


def marks(places: Iterable[OnGrid], kind: MarkKind = "member") -> tuple[Mark, ...]:
    """A mark for each place that has a position."""
    return tuple(
        Mark(place.easting / 1000, place.northing / 1000, kind, getattr(place, "name", ""))
        for place in places
        if place.easting is not None and place.northing is not None
    )


def fit(
    shown: Sequence[Mark], columns: int, rows: int, aspect: float = CELL_ASPECT
) -> MapWindow | None:
    """The closest view that holds every mark with a margin; None for no marks."""
    if not shown:
        return None
    west, east = min(m.east for m in shown), max(m.east for m in shown)
    south, north = min(m.north for m in shown), max(m.north for m in shown)
    across = (east - west) / max(columns - 2 * MARGIN, 1)
    upright = (north - south) / (max(rows - MARGIN, 1) * aspect)
    scale = max(across, upright, LEAST_KM / columns)
    return MapWindow((west + east) / 2, (south + north) / 2, scale, columns, rows, aspect)


def _rows_for(shown: Sequence[Mark], columns: int, most: int) -> int:
    """How many rows a map of the marks needs to use its columns, within bounds."""
    view = fit(shown, columns, 10_000)
    if view is None:
        return LEAST_ROWS
    tall = max(m.north for m in shown) - min(m.north for m in shown)
    return min(max(math.ceil(tall / (view.km_a_cell * view.aspect)) + MARGIN, LEAST_ROWS), most)


def draw(
    view: MapWindow, shown: Iterable[Mark], labels: Iterable[Label] = (), *, plain: bool = False
) -> tuple[MapLine, ...]:
    """The map: `view.rows` lines of `view.columns` cells each.

    Signs stand over dots, your school's over all; marks outside the view are left out. `plain`
    draws in ASCII.
    """
    canvas = Canvas(view, plain=plain)
    signs = PLAIN_SIGNS if plain else SIGNS
    over: dict[tuple[int, int], MarkKind] = {}
    shown = list(shown)
    large = len(shown) <= FEW
    for mark in shown:
        x, y = view.spot(mark.east, mark.north)
        cell = view.cell(x, y)
        if cell is None:
            continue
        if mark.kind == "member" and not plain:
            canvas.dot(x, y, "member", large=large)
        elif over.get(cell) != "home" and mark.kind != "member":
            over[cell] = mark.kind
        else:
            over.setdefault(cell, mark.kind)
    for (column, row), kind in over.items():
        canvas.sign(column, row, signs[kind], kind)
    for label in labels:
        canvas.write(label)
    return canvas.lines()


class ScaleBar(NamedTuple):
    """A scale bar: cells from the middle of its first sign to that of its last, its length in
    words, and the bar in signs with them.
    """

    cells: int
    said: str
    text: str


def scale_bar(view: MapWindow, units: Units = "miles", *, plain: bool = False) -> ScaleBar:
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
    return ScaleBar(cells, said, f"{left}{line * (cells - 1)}{right} {said}")


def picture(chart: Chart, columns: int, rows: int, *, plain: bool = False) -> tuple[MapLine, ...]:
    """The whole of a chart: a map of at most so many columns and rows, and what explains it.

    No lines where no place has a position.
    """
    view = fit(chart.marks, columns, _rows_for(chart.marks, columns, rows))
    if view is None:
        return ()
    signs = PLAIN_SIGNS if plain else SIGNS
    there = {mark.kind for mark in chart.marks}
    lines = list(draw(view, chart.marks, chart.labels, plain=plain))
    lines.append((TextRun(scale_bar(view, chart.units, plain=plain).text[:columns], "label"),))
    foot: list[TextRun] = []
    used = 0
    for kind, words in chart.legend:
        if kind not in there:
            continue
        gap = "   " if foot else ""
        if foot and used + len(gap) + 2 + len(words) > columns:
            lines.append(tuple(foot))
            foot, used, gap = [], 0, ""
        foot += [
            TextRun(gap, ""),
            TextRun(signs[kind], kind),
            TextRun(f" {words}"[: columns - 1], "label"),
        ]
        used += len(gap) + 2 + len(words)
    lines.append(tuple(foot))
    if said := missing_words(chart):
        lines.append((TextRun(said[:columns], "label"),))
    return tuple(lines)


def missing_words(chart: Chart) -> str:
    """ "2 of 31 schools have no position"; "" where all have one."""
    if not chart.missing:
        return ""
    have = "has" if chart.missing == 1 else "have"
    return f"{chart.missing} of {wording.count(chart.total, 'school')} {have} no position"
