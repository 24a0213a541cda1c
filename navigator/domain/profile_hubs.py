"""Counts the hubs of a place: of each programme, which of the schools have which hub.

Pure, as `profiler` is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from navigator.core import distances
from navigator.core.model import PHASES as SCHOOL_PHASES
from navigator.core.model import Hub, Programme
from navigator.domain.profiles import HubsInPlace
from navigator.register.census import CountedSchool, PlaceNames

if TYPE_CHECKING:
    from navigator.domain.landscapes import Landscapes

# England has 22,000 schools: what is alike of them is counted at once, not school by school.


def getter_of(*fields: str) -> Callable[[CountedSchool], Any]:
    """What gives the values of some fields of a school, or the value of one."""
    return itemgetter(*(CountedSchool._fields.index(field) for field in fields))


_SERVED = getter_of("phase", "low_age", "high_age", "place")
_POSITION = getter_of("easting", "northing")

Ages = tuple[str, int | None, int | None]
"""Phase, lowest and highest age: what a programme is for schools of."""


class _There(NamedTuple):
    """Schools at a spot: how many, and the positions of those that have one."""

    schools: int
    positions: Sequence[complex]


class HubCounter:
    """Counts of hubs, from the register and the directory of a landscapes."""

    def __init__(self, landscapes: Landscapes) -> None:
        self._claims = landscapes.claims
        self._register = landscapes.register
        self._directory = landscapes.directory

    def of(self, schools: Sequence[CountedSchool], day: date) -> Iterable[HubsInPlace]:
        """Of each programme that runs on a day and is for some of the schools."""
        alike = self._by_ages(schools)
        together: dict[frozenset[Ages], dict[PlaceNames, _There]] = {}
        for programme in self._directory.programmes:
            if programme.areas_only or not programme.runs_on(day):
                continue
            ages = frozenset(of for of in alike if programme.serves_ages(*of))
            if not ages:
                continue
            if ages not in together:  # several programmes are for the same schools
                together[ages] = _put_together(there for of, there in alike.items() if of in ages)
            served = together[ages]
            if programme.rule == "region":
                yield self._by_region(programme, served, day)
            elif programme.rule == "nearest":
                yield self._by_nearest(programme, served, day)
            else:
                yield self._by_area(programme, served, day)

    def _by_ages(self, schools: Sequence[CountedSchool]) -> dict[Ages, dict[PlaceNames, _There]]:
        """The schools by what a programme is for, and by what an area of a hub is told by."""
        numbers = Counter(map(_SERVED, schools))
        positions: dict[object, list[complex]] = {key: [] for key in numbers}
        for key, (east, north) in zip(map(_SERVED, schools), map(_POSITION, schools), strict=True):
            if east is not None and north is not None:
                positions[key].append(complex(east, north))
        found: dict[Ages, dict[PlaceNames, _There]] = {}
        for (phase, low, high, place), number in numbers.items():
            there = found.setdefault((SCHOOL_PHASES[phase], low, high), {})
            spot = self._register.census.place_names[place]
            before = there.get(spot, _There(0, ()))
            here = positions[phase, low, high, place]
            there[spot] = _There(before.schools + number, [*before.positions, *here])
        return found

    def _by_area(
        self, programme: Programme, served: Mapping[PlaceNames, _There], day: date
    ) -> HubsInPlace:
        hubs = {h.id: h for h in reversed(self._directory.hubs(programme.id)) if h.in_force(day)}
        counts: Counter[str] = Counter()
        maybe: dict[str, None] = {}
        one_of = none = 0
        apart: dict[frozenset[str], list[complex]] = {}
        for where, there in served.items():
            ids = self._claims.hub_ids(programme, where, day)
            if ids:
                for hub in ids:
                    counts[hub] += there.schools
                apart.setdefault(ids, []).extend(there.positions)
                continue
            covers = self._directory.covering_place(programme.id, *where, day)
            firm = {c.hub.id: None for c in covers if c.firm and not c.inferred}
            maybe |= firm
            one_of += there.schools if firm else 0
            none += 0 if firm else there.schools
        told = sorted(counts.items(), key=lambda item: (-item[1], hubs[item[0]].name))
        leads = {
            ids: [lead for hub in ids for lead in self._claims.leads.of(hubs[hub])] for ids in apart
        }
        return HubsInPlace(
            programme,
            tuple((hubs[hub], number) for hub, number in told),
            tuple(hubs[hub] for hub in maybe if hub not in counts),
            _number(served),
            one_of,
            none,
            distances.median_km(
                (distances.positions(leads[ids]), there) for ids, there in apart.items()
            ),
        )

    def _by_nearest(
        self, programme: Programme, served: Mapping[PlaceNames, _There], day: date
    ) -> HubsInPlace:
        leads = self._claims.leads.placed(programme, day)
        ends = distances.positions(lead for _, lead in leads)
        placed = [at for there in served.values() for at in there.positions]
        near = [*distances.by_nearest(ends, placed)]
        counts: Counter[Hub] = Counter()
        for number, there in near:
            counts[leads[number][0]] += len(there)
        told = sorted(counts.items(), key=lambda item: (-item[1], item[0].name))
        number = _number(served)
        return HubsInPlace(
            programme,
            tuple(told),
            (),
            number,
            0,
            number - counts.total(),
            distances.median_km(([ends[number]], there) for number, there in near),
        )

    def _by_region(
        self, programme: Programme, served: Mapping[PlaceNames, _There], day: date
    ) -> HubsInPlace:
        """Only a region is known: no school's own hub, so no distance either."""
        by_region: Counter[str] = Counter()
        for spot, there in served.items():
            by_region[spot.region] += there.schools
        found: dict[str, Hub] = {}
        none = 0
        for region, number in by_region.items():
            hubs = self._claims.regional(programme, region, day)
            found |= {h.id: h for h in hubs}
            none += 0 if hubs else number
        total = _number(served)
        return HubsInPlace(programme, (), tuple(found.values()), total, total - none, none, None)


def _put_together(parts: Iterable[Mapping[PlaceNames, _There]]) -> dict[PlaceNames, _There]:
    """Schools of several ages by spot."""
    schools: Counter[PlaceNames] = Counter()
    positions: dict[PlaceNames, list[complex]] = {}
    for part in parts:
        for spot, there in part.items():
            schools[spot] += there.schools
            positions.setdefault(spot, []).extend(there.positions)
    return {spot: _There(number, positions[spot]) for spot, number in schools.items()}


def _number(served: Mapping[PlaceNames, _There]) -> int:
    return sum(there.schools for there in served.values())
