"""A landscape's map as SVG: the school, those nearby, and where the hubs' lead schools lie.

The map is of what is nearby, true to scale. A lead school beyond it is an arrow at the edge that
points to it: drawn to one scale with it, the schools nearby would be a blot.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple

from navigator.core import cleaning, wording
from navigator.core.landscape import HubAtDistance, Landscape
from navigator.core.wording import Units
from navigator.view import chart
from navigator.view.canvas import MapWindow
from navigator.view.chart import Chart, Mark, MarkKind
from navigator.view.grounds import shown_hubs
from navigator.view.record_sections import FindSchool

WIDTH, HEIGHT = 340, 270
PADDING = 26
"""Pixels kept free at each side: of marks, and for the arrows."""
FURTHEST = 1.5
"""A lead school is on the map where it lies at most so many times as far as the furthest nearby."""
APART = 17.0
"""Pixels under which two numbers would overlap; their places then share one sign."""
WIDE, TALLEST = 680, 560
"""Pixels of a map of places."""
KINDS: dict[MarkKind, str] = {"home": "home", "lead": "lead", "member": "near"}
"""What the styles call the kinds of mark."""


class Lead(NamedTuple):
    """A lead school, by the number it has on the map, and the hubs it leads."""

    number: int
    name: str
    hubs: tuple[str, ...]
    far: str
    mark: Mark


class Drawing(NamedTuple):
    """An SVG picture, what it shows in words, and the lead schools its numbers stand for."""

    svg: str
    said: str
    leads: tuple[Lead, ...]


class ChartDrawing(NamedTuple):
    """An SVG picture of a chart; what each kind of its dots is, as (class, words); which schools
    lack a position, in words."""

    svg: str
    legend: tuple[tuple[str, str], ...]
    missing: str


class _Sign(NamedTuple):
    x: float
    y: float
    numbers: tuple[int, ...]
    angle: float | None
    """Degrees in which an arrow points, clockwise from north; None for a lead on the map."""


def drawing(
    landscape: Landscape, find: FindSchool, units: Units = "miles", *, named: bool = True
) -> Drawing | None:
    """The map; None where the register gives the school no position.

    Each school nearby is `named` where it is pointed at; among many maps the table beside it does.
    """
    here = chart.marks([landscape.school], "home")
    if not here:
        return None
    home = here[0]
    near = [(n.school.name, m) for n in landscape.nearby for m in chart.marks([n.school])]
    leads = tuple(_leads(landscape, find, units))
    reach = max((_apart(home, mark) for _, mark in near), default=0.0) * FURTHEST
    inside = [ld.mark for ld in leads if not near or _apart(home, ld.mark) <= reach]
    fitted = chart.fit(
        [home, *(mark for _, mark in near), *inside], WIDTH - 2 * PADDING, HEIGHT - 2 * PADDING, 1.0
    )
    if fitted is None:
        return None
    view = fitted._replace(columns=WIDTH, rows=HEIGHT)
    there = {ld.number for ld in leads if _within(*view.spot(ld.mark.east, ld.mark.north))}
    said = _said(landscape, len(near), leads, there)
    parts = [
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="Map of the schools nearby. {_safe(said)}">',
        f'<rect class="ground" x=".5" y=".5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="6"/>',
    ]
    parts.append('<g class="near">')
    for name, mark in near:
        parts.append(_dot(*view.spot(mark.east, mark.north), 4, name if named else ""))
    parts.append("</g>")
    parts.append('<g class="lead">')
    signs = _signs(view, home, leads, there)
    parts += [piece for sign in signs for piece in _drawn(sign)]
    parts.append("</g>")
    x, y = view.spot(home.east, home.north)
    title = f"<title>{_safe(landscape.school.name)}</title>" if named else ""
    parts.append(f'<path class="home" d="M{x:.1f} {y - 8:.1f}l8 8-8 8-8-8z">{title}</path>')
    parts += _scale(view, units)
    parts.append("</svg>")
    return Drawing("".join(parts), said, leads)


def of_chart(of: Chart, title: str) -> ChartDrawing | None:
    """A map of places, each named where it is pointed at; None where none has a position."""
    fitted = chart.fit(of.marks, WIDE - 2 * PADDING, TALLEST - 2 * PADDING, 1.0)
    if fitted is None:
        return None
    north = [mark.north for mark in of.marks]
    needed = round((max(north) - min(north)) / fitted.km_a_cell) + 3 * PADDING
    tall = min(max(needed, TALLEST // 3), TALLEST)
    view = fitted._replace(columns=WIDE, rows=tall)
    there = {mark.kind for mark in of.marks}
    legend = tuple((kind, words) for kind, words in of.legend if kind in there)
    told = "; ".join(words for _, words in legend)
    said = f"{title}: {wording.count(len(of.marks), 'place')}. {told}. North is up."
    parts = [
        f'<svg class="map" viewBox="0 0 {WIDE} {tall}" role="img" aria-label="{_safe(said)}">',
        f'<rect class="ground" x=".5" y=".5" width="{WIDE - 1}" height="{tall - 1}" rx="6"/>',
    ]
    for kind, _ in reversed(legend):
        parts.append(f'<g class="{KINDS[kind]}">')
        for mark in of.marks:
            if mark.kind == kind:
                parts.append(_dot(*view.spot(mark.east, mark.north), 5, mark.name))
        parts.append("</g>")
    parts += _place_names(of, view)
    parts += _scale(view, of.units)
    parts.append("</svg>")
    signs = tuple((KINDS[kind], words) for kind, words in legend)
    return ChartDrawing("".join(parts), signs, chart.missing_words(of))


def _place_names(of: Chart, view: MapWindow) -> Iterator[str]:
    """The names of places amid them, but for those that would run into one before."""
    taken: list[tuple[float, float, float]] = []
    for label in of.labels:
        x, y = view.spot(label.east, label.north)
        half = 3.2 * len(label.text)
        x = min(max(x, half + 6), view.columns - half - 6)
        if all(abs(y - at) > 14 or abs(x - other) > half + wide for other, at, wide in taken):
            taken.append((x, y, half))
            yield f'<text x="{x:.0f}" y="{y:.0f}">{_safe(label.text)}</text>'


def _dot(x: float, y: float, radius: int, name: str) -> str:
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}"'
    return f"{circle}><title>{_safe(name)}</title></circle>" if name else f"{circle} />"


def _leads(landscape: Landscape, find: FindSchool, units: Units) -> Iterator[Lead]:
    """Each lead school with a position once, in the order in which the hubs are shown."""
    found: dict[int, tuple[HubAtDistance, list[str]]] = {}
    for claim in landscape.hubs:
        for at in shown_hubs(claim):
            if at.leads:
                hubs = found.setdefault(at.leads[0].urn, (at, []))[1]
                hubs.append(f"{claim.programme.short}: {at.hub.name}")
    number = 0
    for urn, (at, hubs) in found.items():
        school = find(urn)
        for mark in chart.marks([school], "lead") if school else ():
            number += 1
            lead = at.leads[0]
            far = wording.length(lead.distance_km, units)
            yield Lead(number, lead.name, tuple(dict.fromkeys(hubs)), far, mark)


def _signs(view: MapWindow, home: Mark, leads: Iterable[Lead], there: set[int]) -> list[_Sign]:
    """Where each lead's sign stands; those that would overlap share one."""
    signs: list[_Sign] = []
    for lead in leads:
        x, y = view.spot(lead.mark.east, lead.mark.north)
        angle = None
        if lead.number not in there:
            x, y, angle = _at_edge(*view.spot(home.east, home.north), x, y)
        for n, other in enumerate(signs):
            if math.dist((x, y), (other.x, other.y)) < APART and (
                (angle is None) == (other.angle is None)
            ):
                signs[n] = other._replace(numbers=(*other.numbers, lead.number))
                break
        else:
            signs.append(_Sign(x, y, (lead.number,), angle))
    return signs


def _within(x: float, y: float) -> bool:
    return PADDING / 2 <= x <= WIDTH - PADDING / 2 and PADDING / 2 <= y <= HEIGHT - PADDING / 2


def _at_edge(x: float, y: float, to_x: float, to_y: float) -> tuple[float, float, float]:
    """(x, y, angle) where the line from one spot towards another meets the map's edge."""
    right, down = to_x - x, to_y - y
    edge = PADDING / 2
    steps = [
        *([((WIDTH - edge if right > 0 else edge) - x) / right] if right else []),
        *([((HEIGHT - edge if down > 0 else edge) - y) / down] if down else []),
    ]
    step = min(steps)
    return x + right * step, y + down * step, math.degrees(math.atan2(right, -down))


def _drawn(sign: _Sign) -> Iterator[str]:
    x, y = sign.x, sign.y
    if sign.angle is None:
        yield f'<path d="M{x:.1f} {y - 6:.1f}l6 11h-12z"/>'
        label = x + 9, y + 4
    else:
        yield (
            f'<path d="M0-8l5 13-5-3-5 3z" '
            f'transform="translate({x:.1f} {y:.1f}) rotate({sign.angle:.0f})"/>'
        )
        turned = math.radians(sign.angle)
        label = x - 18 * math.sin(turned), y + 16 * math.cos(turned) + 4
    text = ", ".join(map(str, sign.numbers))
    half = 3.2 * len(text)
    left = min(max(label[0], half + 3), WIDTH - half - 3)
    yield f'<text x="{left:.1f}" y="{label[1]:.1f}">{text}</text>'


def _scale(view: MapWindow, units: Units) -> Iterator[str]:
    bar = chart.scale_bar(view, units)
    left, top = 12, view.rows - 12
    yield f'<path class="bar" d="M{left} {top - 4}v4h{bar.cells}v-4"/>'
    yield f'<text class="scale" x="{left + bar.cells + 6}" y="{top}">{bar.said}</text>'


def _said(landscape: Landscape, near: int, leads: tuple[Lead, ...], there: set[int]) -> str:
    """The map in words, for who can't see it."""
    around = wording.count(near, "nearby school")
    said = f"{landscape.school.name} among {around}; north is up."
    if near:
        said += " The table of nearby schools gives the same, with distances."
    far = len(leads) - len(there)
    if there:
        said += f" {wording.count(len(there), 'lead school')} of hubs on the map."
    if far:
        said += f" {wording.count(far, 'lead school')} of hubs beyond it: arrows point to them."
    return said


def _apart(a: Mark, b: Mark) -> float:
    return math.dist(a[:2], b[:2])


def _safe(text: str) -> str:
    return escape(cleaning.plain(text))
