"""What a map shows: which schools in which layers, by which signs, and what is under the cursor.

Pure: a `Ground` is put together once from the register's points; what a `View` of it shows
(`draw`), says in its legend, and names at a cell is worked out in memory. `chart` knows only cells.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from navigator.core import grid, wording
from navigator.core.errors import NotFoundError
from navigator.core.governance import GOVERNANCE
from navigator.core.keys import Key
from navigator.core.model import Claim, HubAtDistance, HubClaim
from navigator.core.wording import Units
from navigator.domain.points import Gathered, Point
from navigator.view import chart
from navigator.view.chart import Canvas, Label, Line, Mark, View
from navigator.view.sections import Card

if TYPE_CHECKING:
    from datetime import date

    from navigator.core.model import Landscape
    from navigator.core.record import OwnRecord
    from navigator.domain.points import Points
    from navigator.domain.questions import Questions

By = Literal["phase", "governance"]

LAYERS = ("places", "leads", "trust", "outline", "others")
"""What can be switched on and off, by the keys 1 to 5."""

SQUARE = 10.0
"""Kilometres: points are kept by squares, so that a view looks at those it shows."""
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


class Squares:
    """Points by squares of the ground, so that those in a view are found without the rest."""

    def __init__(self, points: Iterable[Point]) -> None:
        self._squares: dict[tuple[int, int], list[Point]] = {}
        self.count = 0
        for point in points:
            square = math.floor(point.east / SQUARE), math.floor(point.north / SQUARE)
            self._squares.setdefault(square, []).append(point)
            self.count += 1

    def __iter__(self) -> Iterator[Point]:
        for points in self._squares.values():
            yield from points

    def about(self, view: View) -> Iterator[Point]:
        """The points of all squares that a view touches: all in it, and some beside it."""
        west, north = (math.floor(n / SQUARE) for n in view.ground(0, 0))
        east, south = (math.floor(n / SQUARE) for n in view.ground(view.columns, view.rows))
        if (east - west + 1) * (north - south + 1) > len(self._squares):
            for (x, y), points in self._squares.items():
                if west <= x <= east and south <= y <= north:
                    yield from points
            return
        for x in range(west, east + 1):
            for y in range(south, north + 1):
                yield from self._squares.get((x, y), ())


class Lead(NamedTuple):
    """A lead school and the hubs it leads, as "Maths Hub: East Midlands West"."""

    point: Point
    hubs: tuple[str, ...]


class Outline(NamedTuple):
    """The outline that some schools form: its corners, and what formed it."""

    corners: tuple[tuple[float, float], ...]
    words: str


class Ground(NamedTuple):
    """All that a map can show. `key` names what it is of, as `Card.key` does.

    `places` are told by phase or governance. `trust` are those schools of them that the home
    school's trust runs; `others` stand behind a body's own schools. `first` is what the map opens
    on, with the home school in the middle if there is one and `centred`.
    """

    key: Key
    title: str
    said: str
    home: Point | None
    places: Squares
    places_words: str
    first: tuple[Point, ...]
    leads: tuple[Lead, ...] = ()
    leads_words: str = ""
    trust: tuple[Point, ...] = ()
    trust_words: str = ""
    outline: Outline | None = None
    others: Squares | None = None
    centred: bool = False
    missing: int = 0


class Shown(NamedTuple):
    """How a ground is shown: told by what, and the layers that are switched off."""

    by: By = "phase"
    off: frozenset[str] = frozenset({"others"})

    def switched(self, layer: str) -> Shown:
        return self._replace(off=self.off ^ {layer})


class Told(NamedTuple):
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


class Sheet(NamedTuple):
    """A view drawn: its lines, what stands in each cell, and the legend."""

    view: View
    lines: tuple[Line, ...]
    cells: dict[tuple[int, int], list[Point]]
    legend: tuple[Told, ...]


class Found(NamedTuple):
    """The schools in the cursor's cell; or the nearest one, so many kilometres from it."""

    points: tuple[Point, ...]
    far_km: float = 0.0


# --- what a map is of ---


def shown_hubs(claim: HubClaim) -> Iterable[HubAtDistance]:
    """The hubs of a claim that have a line of their own on the screen."""
    if claim.claim is Claim.ENDED:
        return ()
    own = (claim.hub,) if claim.hub else ()
    candidates = claim.alternatives if claim.claim is Claim.ONE_OF else ()
    nearest = (claim.nearest,) if claim.nearest and claim.published is None else ()
    if claim.claim is Claim.NONE_FOUND and claim.alternatives:
        nearest = ()
    return (*own, *candidates, *nearest)


def ground(
    ask: Questions, key: Key, home: Landscape | None, day: date, record: OwnRecord
) -> Ground:
    """What a map of a body shows, by its key; of "school:…" the school of `home`.

    Raises:
        NotFoundError: no such body, or no map of it; the text says so.
    """
    points = ask.points
    here = points.of(home.school) if home else None
    if key.kind == "school" and home is not None:
        if here is None:
            raise NotFoundError(
                f"The register gives no position for {home.school.name}, so there is no map "
                "around it. The maps of its trust and authority have their own."
            )
        return _around(home, here, points)
    if key.kind == "own":
        network = record.own_network(key.name)
        body = points.of_urns(network.name, "Your network", network.urns)
    else:
        body = points.gathered(key, day)
    if not body.members and not body.leads:
        raise NotFoundError(f"There is no map of {body.title}: no school of it has a position.")
    return of_body(key, body, points.all, here)


def _around(landscape: Landscape, home: Point, known: Points) -> Ground:
    """The map around a school."""
    school, points = landscape.school, known.all
    hubs: dict[Point, list[str]] = {}
    for claim in landscape.hubs:
        for at in shown_hubs(claim):
            for led in at.leads:
                if point := known.lead(led.urn):
                    hubs.setdefault(point, []).append(f"{claim.programme.name}: {at.hub.name}")
    trust = landscape.trust.trust if landscape.trust else None
    academies = trust is not None and trust.kind != "foundation"
    members = [p for p in points.values() if academies and trust and p.trust_uid == trust.uid]
    near = [points[n.school.urn] for n in landscape.nearby if n.school.urn in points]
    return Ground(
        school.key,
        f"Around {school.name}",
        "",
        home,
        Squares({**points, home.urn: home}.values()),
        "schools",
        (home, *near),
        tuple(Lead(point, tuple(dict.fromkeys(names))) for point, names in hubs.items()),
        "lead school of your hubs" if len(hubs) == 1 else "lead schools of your hubs",
        tuple(p for p in members if p.urn != home.urn),
        f"schools of {trust.name}" if trust else "",
        outline_of(school.la_code, school.la_name, points.values()),
        centred=True,
    )


def of_body(key: Key, body: Gathered, points: dict[int, Point], home: Point | None) -> Ground:
    """The map of a body's schools and of who leads it; of an authority also of their outline."""
    shown = {p.urn for p in body.members}
    hubs: dict[Point, list[str]] = {}
    for point, hub in body.leads:
        hubs.setdefault(point, []).append(hub)
    first = (*body.members, *hubs)
    if home is not None and (home.urn in shown or _beside(home, first)):
        first = (*first, home)
    la_code = key.name if key.kind == "la" else ""
    return Ground(
        key,
        body.title,
        body.kind,
        home,
        Squares(body.members),
        "its schools",
        first,
        tuple(Lead(point, tuple(names)) for point, names in hubs.items()),
        "lead school" if len(hubs) == 1 else "lead schools",
        outline=outline_of(la_code, body.title, body.members) if la_code else None,
        others=Squares(p for urn, p in points.items() if urn not in shown),
        missing=max(body.total - len(body.members), 0),
    )


def outline_of(la_code: str, la_name: str, points: Iterable[Point]) -> Outline | None:
    """The outline that an authority's schools form; None for fewer than three."""
    spots = [(p.east, p.north) for p in points if p.la_code == la_code]
    corners = chart.hull(spots)
    if len(corners) < 3:
        return None
    return Outline(corners, f"outline formed by {la_name}'s {len(spots):,} schools: no boundary")


def _beside(home: Point, points: Collection[Point]) -> bool:
    """Whether a school fits on a map of others without shrinking them to a dot."""
    if not points:
        return True
    first = next(iter(points))
    apart = max(_apart(first, p) for p in points)
    return min(_apart(home, p) for p in points) <= max(apart, chart.LEAST_KM)


def _apart(a: Point, b: Point) -> float:
    return math.hypot(a.east - b.east, a.north - b.north)


# --- views ---


def first_view(ground: Ground, columns: int, rows: int, aspect: float) -> View:
    """The view that a map opens on."""
    home = ground.home
    marks = [Mark(p.east, p.north) for p in ground.first]
    if ground.centred and home is not None:
        # Each place on both sides of home, so that home stands in the middle.
        marks += [Mark(2 * home.east - m.east, 2 * home.north - m.north) for m in marks]
    view = chart.fit(marks, columns, rows, aspect) or View(0, 0, 1, columns, rows, aspect)
    return view._replace(km_a_cell=min(view.km_a_cell, FURTHEST))


def whole_view(ground: Ground, columns: int, rows: int, aspect: float) -> View:
    """The view that holds all that the map is about: home, leads, trust, outline, a body's own."""
    points = [*ground.first, *(lead.point for lead in ground.leads), *ground.trust]
    marks = [Mark(p.east, p.north) for p in points]
    marks += [Mark(*corner) for corner in (ground.outline.corners if ground.outline else ())]
    view = chart.fit(marks, columns, rows, aspect) or View(0, 0, 1, columns, rows, aspect)
    return view._replace(km_a_cell=min(view.km_a_cell, FURTHEST))


def zoomed(view: View, times: float, column: float, row: float) -> View:
    """The view closer or further, as far as that makes sense, about a spot in cells."""
    scale = min(max(view.km_a_cell / times, CLOSEST), FURTHEST)
    return view.zoomed(view.km_a_cell / scale, column, row)


# --- drawing ---


def draw(ground: Ground, view: View, shown: Shown, *, plain: bool = False) -> Sheet:
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
    return Sheet(view, canvas.lines(), cells, tuple(_legend(ground, shown, seen, plain=plain)))


def _by_cell(places: Squares, view: View) -> dict[tuple[int, int], list[Point]]:
    """The points in a view by their cells; the arithmetic of `View.spot`, three times as fast."""
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
        x, y = canvas.view.spot(point.east, point.north)
        column, row = math.floor(x), math.floor(y)
        if 0 <= column < canvas.view.columns and 0 <= row < canvas.view.rows:
            number += 1
            canvas.sign(column, row, kind.plain if canvas.plain else kind.sign, kind.key)
            there = cells.get((column, row), ())
            cells[column, row] = [point, *(p for p in there if p.urn != point.urn)]
    return number


def _names(canvas: Canvas, ground: Ground, cells: dict[tuple[int, int], list[Point]]) -> None:
    """Write names beside the schools where they are few: home first, leads, then the others."""
    if not 0 < len(cells) <= NAMED:
        return
    first = {lead.point.urn for lead in ground.leads}
    home = ground.home.urn if ground.home else None
    order = sorted(cells.values(), key=lambda here: (here[0].urn != home, here[0].urn not in first))
    for here in order:
        name = wording.plain(here[0].name)
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


def _legend(ground: Ground, shown: Shown, seen: _Seen, *, plain: bool) -> Iterator[Told]:
    def told(kind: MapSign, words: str = "", brief: str = "", **more: object) -> Told:
        sign = kind.plain if plain else kind.sign
        return Told("", sign, kind.key, words or kind.words, brief or kind.brief)._replace(**more)  # type: ignore[arg-type]

    if ground.home is not None:
        away = "" if seen.home else ": not in view"
        yield told(HOME, HOME.words + away, HOME.brief + away)
    if ground.places.count:
        on = "places" not in shown.off
        words = f"{ground.places_words} by {shown.by}"
        number = f"{sum(seen.kinds.values()):,}" if on else ""
        yield Told("1", "", "", words, f"by {shown.by}:", number, on, "")
        for kind in SIGNS_BY[shown.by]:
            if seen.kinds[kind.key]:
                role = f"{shown.by}:{kind.key}"
                yield told(kind, role=role, number=f"{seen.kinds[kind.key]:,}")
        if seen.mixed:
            yield told(SEVERAL)
    if ground.leads:
        on = "leads" not in shown.off
        number = _of(seen.leads, len(ground.leads)) if on else ""
        yield told(LEAD, ground.leads_words, key="2", number=number, on=on)
    if ground.trust:
        on = "trust" not in shown.off
        number = _of(seen.trust, len(ground.trust)) if on else ""
        yield told(TRUST, ground.trust_words, key="3", number=number, on=on)
    if ground.outline:
        on = "outline" not in shown.off
        brief, short = "LA's schools, no boundary", "LA's schools"
        yield told(OUTLINE, ground.outline.words, brief, key="4", on=on, short=short)
    if ground.others is not None:
        on = "others" not in shown.off
        yield told(OTHER, key="5", number=f"{seen.others:,}" if on else "", on=on)


def _of(number: int, all_: int) -> str:
    return f"{number:,}" if number == all_ else f"{number:,} of {all_:,}"


# --- what is under the cursor ---


def found(sheet: Sheet, column: int, row: int) -> Found | None:
    """The schools in a cell, else the one nearest to it in view; None where none is in view."""
    if here := sheet.cells.get((column, row)):
        return Found(tuple(here))
    view = sheet.view

    def far(cell: tuple[int, int]) -> float:
        return math.hypot(cell[0] - column, (cell[1] - row) * view.aspect)

    if not sheet.cells:
        return None
    near = sorted(sheet.cells, key=far)[:8]
    east, north = view.ground(column + 0.5, row + 0.5)
    points = [point for cell in near for point in sheet.cells[cell]]
    nearest = min(points, key=lambda p: math.hypot(p.east - east, p.north - north))
    return Found((nearest,), math.hypot(nearest.east - east, nearest.north - north))


def order(sheet: Sheet, ground: Ground) -> list[tuple[int, int]]:
    """The cells with schools in the order in which a key steps through them: from home outward,
    or from the middle where home isn't known."""
    view = sheet.view
    home = ground.home
    x, y = view.spot(home.east, home.north) if home else (view.columns / 2, view.rows / 2)

    def far(cell: tuple[int, int]) -> tuple[float, tuple[int, int]]:
        return math.hypot(cell[0] + 0.5 - x, (cell[1] + 0.5 - y) * view.aspect), cell

    return sorted(sheet.cells, key=far)


def named(
    ground: Ground, found_: Found | None, number: int, units: Units
) -> tuple[str, str, str, str]:
    """What is under the cursor, in words: what stands before the name, the name, what stands
    after it, and a line of more about the school."""
    if found_ is None:
        return "No school in this view: ", "", "- shows more, Home goes back", ""
    point = found_.points[number]
    before = ""
    if found_.far_km:
        before = f"Nearest, {wording.length(found_.far_km, units)} from the cursor: "
    elif len(found_.points) > 1:
        before = f"{len(found_.points)} schools here, {number + 1}: "
    also = "; ".join(wording.plain(p.name) for p in found_.points if p is not point)
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
        f"{wording.plain(point.trust)} ({governed.brief})" if point.trust else governed.words,
        wording.plain(point.la_name),
        *(f"leads {wording.plain(hub)}" for hub in hubs),
    )
    return before, wording.plain(point.name), also, " · ".join(t for t in more if t)


def card(point: Point) -> Card:
    """A card that names a school, to be followed, copied and kept."""
    return Card(Key.school(point.urn), "School", point.name, "", (), copy=str(point.urn))
