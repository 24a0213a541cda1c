"""Who is round a school: decided here for its landscape, its map, overlaps, places and changes.

Two questions are answered. The nearest schools of its phase that were open on a day are what a
landscape shows. The open state-funded schools in a scope are what figures are made of.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from navigator.core import wording
from navigator.core.grid import KM_A_MILE
from navigator.core.landscape import Landscape
from navigator.core.model import School
from navigator.core.wording import Units

if TYPE_CHECKING:
    from navigator.domain.areas import Areas
    from navigator.register import Register
    from navigator.register.census import BriefSchool

NEARBY = 20
"""How many nearby schools a landscape holds."""

WIDEST_MILES = 60
"""Miles around a school that a place may reach."""

_FIRST_KM, _LAST_KM = 4.0, 500.0
"""The nearest so many are looked for in a circle that doubles from the one to the other."""


class Scope(NamedTuple):
    """Which schools an overlap looks at: within `miles`, the `number` nearest, those of our
    authority, or of a network of the head's own (`own`, its id); of our phase, or of all."""

    kind: Literal["radius", "number", "la", "own"] = "radius"
    miles: float = 3.0
    number: int = 20
    own: str = ""
    all_phases: bool = False


class SchoolsInScope(NamedTuple):
    """The schools in a scope by URN, but for the home school; in words where they are ("within 3
    miles"), and why there may be none."""

    schools: list[BriefSchool]
    where: str
    note: str = ""


def nearest(
    register: Register, school: School, day: date, limit: int = NEARBY
) -> list[tuple[School, float]]:
    """The schools of a school's phase nearest to it that were open on a day, with kilometres.

    Empty where the register gives the school no position or no phase.
    """
    if not school.phase:
        return []
    return register.near(school, phases=frozenset({school.phase}), limit=limit, day=day)


def with_nearby_within(landscape: Landscape, radius: float | None, units: Units) -> Landscape:
    """The landscape with only those nearby schools that lie within a radius, in `units`."""
    if radius is None:
        return landscape
    km = radius if units == "km" else radius * KM_A_MILE
    nearby = tuple(n for n in landscape.nearby if n.distance_km <= km)
    if nearby or not landscape.nearby:
        return landscape._replace(nearby=nearby)
    far = wording.length(landscape.nearby[0].distance_km, units)
    note = f"None within {radius:g} {wording.unit(units)}, as you set; the nearest is {far} away."
    return landscape._replace(nearby=(), nearby_note=note)


def in_scope(register: Register, areas: Areas, home: Landscape, scope: Scope) -> SchoolsInScope:
    """The schools in scope around the school of a landscape.

    Raises:
        NotFoundError: the head's network that the scope names is no longer there.
    """
    school = home.school

    def fitting(schools: Iterable[BriefSchool]) -> list[BriefSchool]:
        return [
            s
            for s in schools
            if s.urn != school.urn and (scope.all_phases or s.phase == school.phase)
        ]

    if scope.kind == "la":
        here = home.authority.authority if home.authority else None
        code, name = (here.code, here.name) if here else (school.la_code, school.la_name)
        return SchoolsInScope(fitting(register.census.brief_in(areas.run_by(code))), f"in {name}")
    if scope.kind == "own":
        network = home.record.own_network(scope.own)
        return SchoolsInScope(fitting(register.census.brief_of(network.urns)), f"in {network.name}")
    if not school.has_position:
        return SchoolsInScope([], "nearby", "The register gives no position for this school.")
    if scope.kind == "radius":
        found = fitting(register.census.brief_within(school, scope.miles * KM_A_MILE))
        return SchoolsInScope(found, f"within {miles(scope.miles)}")
    km = _FIRST_KM
    while (
        len(found := fitting(register.census.brief_within(school, km))) < scope.number
        and km < _LAST_KM
    ):
        km *= 2
    return SchoolsInScope(found, "nearest")


def miles(number: float) -> str:
    """ "1 mile", "2.5 miles"."""
    return f"{number:g} {'mile' if number == 1 else 'miles'}"
