"""What a map shows: its signs, its legend, and what is under the cursor.

Pure: what a window on a `Ground` shows (`draw`), says in its legend, and names at a cell is worked
out in memory.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from navigator.core import cleaning, grid, wording
from navigator.core.governance import GOVERNANCE
from navigator.core.keys import Key
from navigator.core.wording import Units
from navigator.view import chart
from navigator.view.canvas import Canvas, Label, MapLine, MapWindow
from navigator.view.chart import Mark
from navigator.view.grounds import Ground, Squares
from navigator.view.sections import Card

if TYPE_CHECKING:
    from navigator.domain.points import Point

By = Literal["phase", "governance"]

LAYERS = ("places", "leads", "trust", "outline", "others")
"""What can be switched on and off, by the keys 1 to 5."""

NAMED = 14
"""Up to so many schools in view have their names written beside them, where there is room."""
NAME_CELLS = 34
CLOSEST, FURTHEST = 0.01, 12.0
"""Kilometres that a cell is wide at the least and at the most: a street, all of England."""
ZOOM = 1.5
"""How many times closer one key brings the map."""


class MapSign(NamedTuple):
    """A phase, or a way of being governed: its sign, the one in ASCII, and what both mean.

    The signs are those that every font for terminals has held since WGL4, each one cell wide.
    """

    key: str
    sign: str
    plain: str
    words: str
    brief: str


PHASES = (
    MapSign("nursery", "◦", "n", "nursery", "nursery"),
    MapSign("primary", "○", "p", "primary", "primary"),
    MapSign("secondary", "●", "s", "secondary", "secondary"),
    MapSign("all-through", "◊", "a", "all-through", "all-through"),
    MapSign("16 plus", "+", "6", "16 plus", "16 plus"),
    MapSign("special", "×", "x", "special", "special"),
    MapSign("alternative provision", "÷", "v", "alternative provision", "AP"),
    MapSign("", "?", "?", "no phase on the register", "no phase"),
)
SIGNS_BY: dict[By, tuple[MapSign, ...]] = {
    "phase": PHASES,
    "governance": tuple(
        MapSign(g.id, g.signs[0], g.signs[1], g.words, g.brief) for g in GOVERNANCE.values()
    ),
}
SEVERAL = MapSign("several", "⠶", "*", "several kinds in one place: + comes closer", "mixed")
HOME = MapSign("home", "◆", "@", "your school", "you")
LEAD = MapSign("lead", "▲", "#", "lead schools", "leads")
TRUST = MapSign("trust", "▼", "t", "", "trust")
OUTLINE = MapSign("outline", "⠢", ".", "", "outline")
OTHER = MapSign("other-school", "·", ",", "other schools", "others")


class Shown(NamedTuple):
    """How a ground is shown: told by what, and the layers that are switched off."""

    by: By = "phase"
    off: frozenset[str] = frozenset({"others"})

    def switched(self, layer: str) -> Shown:
        return self._replace(off=self.off ^ {layer})


class LegendLine(NamedTuple):
    """A line of the legend: the key that switches it ("" for none), its sign, words and number.

    `brief` are the words where room is short, `short` where it is shorter still (None: as brief).
    """

    key: str
    sign: str
    role: str
    words: str
    brief: str
    number: str = ""
    on: bool = True
    short: str | None = None


class DrawnMap(NamedTuple):
    """A view drawn: its lines, what stands in each cell, and the legend."""

    view: MapWindow
    lines: tuple[MapLine, ...]
    cells: dict[tuple[int, int], list[Point]]
    legend: tuple[LegendLine, ...]


class UnderCursor(NamedTuple):
    """The schools in the cursor's cell; or the nearest one, so many kilometres from it."""

    points: tuple[Point, ...]
    far_km: float = 0.0


# --- views ---


def first_view(ground: Ground, columns: int, rows: int, aspect: float) -> MapWindow:
    """The view that a map opens on."""
    home = ground.home
    marks = [Mark(p.east, p.north) for p in ground.first]
    if ground.centred and home is not None:
        # Each place on both sides of home, so that home stands in the middle.
        marks += [Mark(2 * home.east - m.east, 2 * home.north - m.north) for m in marks]
    return _fitted(marks, columns, rows, aspect)


def whole_view(ground: Ground, columns: int, rows: int, aspect: float) -> MapWindow:
    """The view that holds all that the map is about: home, leads, trust, outline, a body's own."""
    points = [*ground.first, *(lead.point for lead in ground.leads), *ground.trust]
    marks = [Mark(p.east, p.north) for p in points]
    marks += [Mark(*corner) for corner in (ground.outline.corners if ground.outline else ())]
    return _fitted(marks, columns, rows, aspect)


def _fitted(marks: list[Mark], columns: int, rows: int, aspect: float) -> MapWindow:
    """The closest view that holds some marks, but no further away than makes sense."""
    view = chart.fit(marks, columns, rows, aspect) or MapWindow(0, 0, 1, columns, rows, aspect)
    return view._replace(km_a_cell=min(view.km_a_cell, FURTHEST))


def zoomed(view: MapWindow, times: float, column: float, row: float) -> MapWindow:
    """The view closer or further, as far as that makes sense, about a spot in cells."""
    scale = min(max(view.km_a_cell / times, CLOSEST), FURTHEST)
    return view.zoomed(view.km_a_cell / scale, column, row)


# --- drawing ---


def draw(ground: Ground, view: MapWindow, shown: Shown, *, plain: bool = False) -> DrawnMap:
    """What a view of the ground shows, signs over dots, the home school over all."""
    canvas = Canvas(view, plain=plain)
    cells: dict[tuple[int, int], list[Point]] = {}
    if ground.outline and "outline" not in shown.off:
        corners = ground.outline.corners
        for a, b in zip(corners, (*corners[1:], corners[0]), strict=True):
            canvas.line(a, b, "outline")
    others = 0
    if ground.others is not None and "others" not in shown.off:
        cells = _by_cell(ground.others, view)
        for column, row in cells:
            canvas.sign(column, row, OTHER.plain if plain else OTHER.sign, OTHER.key)
        others = sum(map(len, cells.values()))
    counts: Counter[str] = Counter()
    mixed = False
    if "places" not in shown.off:
        signs = {kind.key: kind.plain if plain else kind.sign for kind in SIGNS_BY[shown.by]}
        told: Callable[[Point], str] = attrgetter(shown.by)
        for cell, points in _by_cell(ground.places, view).items():
            kinds = set(map(told, points))
            if len(kinds) == 1:
                (kind,) = kinds
                canvas.sign(*cell, signs[kind], f"{shown.by}:{kind}")
                counts[kind] += len(points)
            else:
                mixed = True
                counts.update(map(told, points))
                if plain:
                    canvas.sign(*cell, SEVERAL.plain, SEVERAL.key)
                else:
                    spots = (view.spot(point.east, point.north) for point in points)
                    canvas.scatter(*cell, spots, SEVERAL.key)
            cells[cell] = [*points, *cells.get(cell, ())]
    trust = _put(canvas, cells, ground.trust, TRUST) if "trust" not in shown.off else 0
    leads = [lead.point for lead in ground.leads] if "leads" not in shown.off else []
    led = _put(canvas, cells, leads, LEAD)
    home = _put(canvas, cells, [ground.home] if ground.home else [], HOME)
    _names(canvas, ground, cells)
    seen = _Seen(home, counts, mixed, led, trust, others)
    return DrawnMap(view, canvas.lines(), cells, tuple(_legend(ground, shown, seen, plain=plain)))


def _by_cell(places: Squares, view: MapWindow) -> dict[tuple[int, int], list[Point]]:
    """The points in view by their cells: `MapWindow.spot`'s arithmetic, three times as fast."""
    cells: dict[tuple[int, int], list[Point]] = {}
    across, down = 1 / view.km_a_cell, 1 / (view.km_a_cell * view.aspect)
    left, top = view.columns / 2 - view.east * across, view.rows / 2 + view.north * down
    columns, rows = view.columns, view.rows
    for point in places.about(view):
        x, y = left + point.east * across, top - point.north * down
        if 0 <= x < columns and 0 <= y < rows:
            cell = int(x), int(y)
            if cell in cells:
                cells[cell].append(point)
            else:
                cells[cell] = [point]
    return cells


def _put(
    canvas: Canvas,
    cells: dict[tuple[int, int], list[Point]],
    points: Iterable[Point],
    kind: MapSign,
) -> int:
    """Set one sign over each of some places, the first in its cell; how many are in view."""
    number = 0
    for point in points:
        cell = canvas.view.cell(*canvas.view.spot(point.east, point.north))
        if cell is not None:
            number += 1
            canvas.sign(*cell, kind.plain if canvas.plain else kind.sign, kind.key)
            cells[cell] = [point, *(p for p in cells.get(cell, ()) if p.urn != point.urn)]
    return number


def _names(canvas: Canvas, ground: Ground, cells: dict[tuple[int, int], list[Point]]) -> None:
    """Write names beside the schools where they are few: home first, leads, then the others."""
    if not 0 < len(cells) <= NAMED:
        return
    first = {lead.point.urn for lead in ground.leads}
    home = ground.home.urn if ground.home else None
    order = sorted(cells.values(), key=lambda here: (here[0].urn != home, here[0].urn not in first))
    for here in order:
        name = cleaning.plain(here[0].name)
        name = name if len(name) <= NAME_CELLS else f"{name[: NAME_CELLS - 1].rstrip()}…"
        more = f" +{len(here) - 1}" if len(here) > 1 else ""
        canvas.write(Label(here[0].east, here[0].north, name + more))


class _Seen(NamedTuple):
    """How many of what a view shows."""

    home: int
    kinds: Counter[str]
    mixed: bool
    leads: int
    trust: int
    others: int


def _legend(ground: Ground, shown: Shown, seen: _Seen, *, plain: bool) -> Iterator[LegendLine]:
    def told(kind: MapSign, words: str = "", brief: str = "", number: str = "") -> LegendLine:
        sign = kind.plain if plain else kind.sign
        return LegendLine("", sign, kind.key, words or kind.words, brief or kind.brief, number)

    def layer(name: str, line: LegendLine) -> LegendLine:
        """The line of a layer that can be switched; of one that is off nothing is counted."""
        on = name not in shown.off
        key = str(LAYERS.index(name) + 1)
        return line._replace(key=key, on=on, number=line.number if on else "")

    if ground.home is not None:
        away = "" if seen.home else ": not in view"
        yield told(HOME, HOME.words + away, HOME.brief + away)
    if ground.places.count:
        words = f"{ground.places_words} by {shown.by}", f"by {shown.by}:"
        total = f"{sum(seen.kinds.values()):,}"
        yield layer("places", LegendLine("", "", "", *words, total, short=""))
        for kind in SIGNS_BY[shown.by]:
            if count := seen.kinds[kind.key]:
                yield told(kind, number=f"{count:,}")._replace(role=f"{shown.by}:{kind.key}")
        if seen.mixed:
            yield told(SEVERAL)
    if ground.leads:
        number = _of(seen.leads, len(ground.leads))
        yield layer("leads", told(LEAD, ground.leads_words, number=number))
    if ground.trust:
        number = _of(seen.trust, len(ground.trust))
        yield layer("trust", told(TRUST, ground.trust_words, number=number))
    if ground.outline:
        line = told(OUTLINE, ground.outline.words, "LA's schools, no boundary")
        yield layer("outline", line._replace(short="LA's schools"))
    if ground.others is not None:
        yield layer("others", told(OTHER, number=f"{seen.others:,}"))


def _of(number: int, all_: int) -> str:
    return f"{number:,}" if number == all_ else f"{number:,} of {all_:,}"


# --- what is under the cursor ---


def found(drawn: DrawnMap, column: int, row: int) -> UnderCursor | None:
    """The schools in a cell, else the one nearest to it in view; None where none is in view."""
    if here := drawn.cells.get((column, row)):
        return UnderCursor(tuple(here))
    view = drawn.view

    def far(cell: tuple[int, int]) -> float:
        return math.hypot(cell[0] - column, (cell[1] - row) * view.aspect)

    if not drawn.cells:
        return None
    near = sorted(drawn.cells, key=far)[:8]
    east, north = view.ground(column + 0.5, row + 0.5)
    points = [point for cell in near for point in drawn.cells[cell]]
    nearest = min(points, key=lambda p: math.hypot(p.east - east, p.north - north))
    return UnderCursor((nearest,), math.hypot(nearest.east - east, nearest.north - north))


def order(drawn: DrawnMap, ground: Ground) -> list[tuple[int, int]]:
    """The cells with schools in the order in which a key steps through them: from home outward,
    or from the middle where home isn't known."""
    view = drawn.view
    home = ground.home
    x, y = view.spot(home.east, home.north) if home else (view.columns / 2, view.rows / 2)

    def far(cell: tuple[int, int]) -> tuple[float, tuple[int, int]]:
        return math.hypot(cell[0] + 0.5 - x, (cell[1] + 0.5 - y) * view.aspect), cell

    return sorted(drawn.cells, key=far)


def named(
    ground: Ground, there: UnderCursor | None, number: int, units: Units
) -> tuple[str, str, str, str]:
    """What is under the cursor, in words: what stands before the name, the name, what stands
    after it, and a line of more about the school."""
    if there is None:
        return "No school in this view: ", "", "- shows more, Home goes back", ""
    point = there.points[number]
    before = ""
    if there.far_km:
        before = f"Nearest, {wording.length(there.far_km, units)} from the cursor: "
    elif len(there.points) > 1:
        before = f"{len(there.points)} schools here, {number + 1}: "
    also = "; ".join(cleaning.plain(p.name) for p in there.points if p is not point)
    hubs = next((lead.hubs for lead in ground.leads if lead.point.urn == point.urn), ())
    governed = GOVERNANCE[point.governance]
    far = ""
    if ground.home is not None and ground.home.urn != point.urn:
        km = grid.between(ground.home, point)
        far = f"{wording.length(km, units)} from your school" if km is not None else ""
    elif ground.home is not None:
        far = "your school"
    more = (
        point.phase,
        far,
        f"{cleaning.plain(point.trust)} ({governed.brief})" if point.trust else governed.words,
        cleaning.plain(point.la_name),
        *(f"leads {cleaning.plain(hub)}" for hub in hubs),
    )
    return before, cleaning.plain(point.name), also, " · ".join(t for t in more if t)


def card(point: Point) -> Card:
    """A card that names a school, to be followed, copied and kept."""
    return Card(Key.school(point.urn), "School", point.name, "", (), copy=str(point.urn))
