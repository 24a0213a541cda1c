"""What a map is of: which schools, lead schools and outline it can show.

Pure: a `Ground` is put together once from the register's points; `maps` draws views of it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from navigator.core.errors import NotFoundError
from navigator.core.keys import Key
from navigator.core.landscape import Claim, HubAtDistance, HubClaim
from navigator.view import chart
from navigator.view.canvas import MapWindow, hull

if TYPE_CHECKING:
    from datetime import date

    from navigator.core.landscape import Landscape
    from navigator.core.record import OwnRecord
    from navigator.domain.points import Gathered, Point, Points
    from navigator.domain.questions import Questions

SQUARE = 10.0
"""Kilometres: points are kept by squares, so that a view looks at those it shows."""


class Squares:
    """Points by squares of the ground, so that those in a view are found without the rest."""

    def __init__(self, points: Iterable[Point]) -> None:
        # Whole numbers, though floats: that spares all of England 40,000 calls
        squares: defaultdict[tuple[float, float], list[Point]] = defaultdict(list)
        for point in points:
            squares[point.east // SQUARE, point.north // SQUARE].append(point)
        self._squares = dict(squares)
        self.count = sum(map(len, squares.values()))

    def __iter__(self) -> Iterator[Point]:
        for points in self._squares.values():
            yield from points

    def about(self, view: MapWindow) -> Iterator[Point]:
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


class LeadPoint(NamedTuple):
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
    leads: tuple[LeadPoint, ...] = ()
    leads_words: str = ""
    trust: tuple[Point, ...] = ()
    trust_words: str = ""
    outline: Outline | None = None
    others: Squares | None = None
    centred: bool = False
    missing: int = 0


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
    return _of_body(key, body, points.all, here)


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
        Squares((points if home.urn in points else {**points, home.urn: home}).values()),
        "schools",
        (home, *near),
        tuple(LeadPoint(point, tuple(dict.fromkeys(names))) for point, names in hubs.items()),
        "lead school of your hubs" if len(hubs) == 1 else "lead schools of your hubs",
        tuple(p for p in members if p.urn != home.urn),
        f"schools of {trust.name}" if trust else "",
        _outline_of(school.la_code, school.la_name, points.values()),
        centred=True,
    )


def _of_body(key: Key, body: Gathered, points: dict[int, Point], home: Point | None) -> Ground:
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
        tuple(LeadPoint(point, tuple(names)) for point, names in hubs.items()),
        "lead school" if len(hubs) == 1 else "lead schools",
        outline=_outline_of(la_code, body.title, body.members) if la_code else None,
        others=Squares(p for urn, p in points.items() if urn not in shown),
        missing=max(body.total - len(body.members), 0),
    )


def _outline_of(la_code: str, la_name: str, points: Iterable[Point]) -> Outline | None:
    """The outline that an authority's schools form; None for fewer than three."""
    spots = [(p.east, p.north) for p in points if p.la_code == la_code]
    corners = hull(spots)
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
