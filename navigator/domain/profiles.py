"""The profile of a place: what can be counted of it, and known of its hubs.

Every figure is defined in docs/localities.md, and tests over all of England hold what they promise.
`profiler` counts them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from navigator.core.church import Church
from navigator.core.governance import size_band
from navigator.core.landscape import PartnershipHere
from navigator.core.model import Hub, Neighbour, Network, Partnership, Programme
from navigator.domain.localities import Locality

Phase = Literal["primary", "secondary", "special", "all"]
PHASES: tuple[Phase, ...] = ("primary", "secondary", "special", "all")
"""The phases that a profile tells, and all schools. A school of two counts once (`COUNTED_AS`)."""

LOCAL, PARTLY = 0.75, 0.25
"""Shares of a trust's schools in a place from which it is local to it, or partly."""


class PhaseProfile(NamedTuple):
    """The open state-funded schools of one phase of a place, by how they are run.

    `governance` has a count for each of `FIGURES`, which add up to `schools`. `trusts` counts the
    academy trusts that run one or more of them, `lone_mats` those schools of `mat_small` that are
    their trust's only open one. `effective_trusts` is the number of trusts of equal size that would
    be as spread out: 1 / the sum of squared shares of the schools in trusts; None for no trust.
    `churches` counts the schools of each church, a joint school with both; None where the register
    in use doesn't tell religious characters.
    """

    schools: int
    academies: int
    governance: Mapping[str, int]
    lone_mats: int
    trusts: int
    effective_trusts: float | None
    churches: Mapping[Church, int] | None = None

    def share(self, *kinds: str) -> float | None:
        """The share of its schools that are run in one of these ways; None for no school."""
        count = sum(self.governance[kind] for kind in kinds)
        return count / self.schools if self.schools else None

    @property
    def academy_share(self) -> float | None:
        return self.academies / self.schools if self.schools else None


class TrustInPlace(NamedTuple):
    """An academy trust that runs schools of a place: `here` of its `size` open schools."""

    uid: str
    name: str
    kind: str
    size: int
    here: int
    primaries: int

    @property
    def share(self) -> float:
        return self.here / self.size

    @property
    def band(self) -> str:
        return "single-academy trust" if self.kind == "SAT" else size_band(self.size)

    @property
    def reach(self) -> str:
        """ "local" to "dispersed": how much of it lies here."""
        if self.here == self.size:
            return "all here"
        return (
            "local"
            if self.share >= LOCAL
            else "partly here"
            if self.share >= PARTLY
            else "dispersed"
        )


class HubsInPlace(NamedTuple):
    """The hubs of a programme that touch a place on a day.

    `hubs` are surely the hub of one or more of its schools, those of most schools first, with how
    many; `maybe` may be: the area is divided, or only the region is known. `served` counts the
    place's schools that the programme is for; `one_of` those of them whose hub is one of several,
    `none` those without any. `median_km` is how far their own hub's lead school is from the
    schools, in a straight line; None where no distance is known.
    """

    programme: Programme
    hubs: tuple[tuple[Hub, int], ...]
    maybe: tuple[Hub, ...]
    served: int
    one_of: int
    none: int
    median_km: float | None


class Criterion(NamedTuple):
    """One test of a kind of locality: its figure, and between which bounds it passes.

    `figure` is a share, a year, a number or miles as `unit` says; None where it isn't known, and
    then the test isn't passed. Bounds are included; `above` is a lower one that isn't.
    """

    key: str
    unit: Literal["percent", "year", "count", "miles"]
    figure: float | None
    at_least: float | None = None
    at_most: float | None = None
    above: float | None = None

    @property
    def passed(self) -> bool:
        if self.figure is None:
            return False
        return (
            (self.at_least is None or self.figure >= self.at_least)
            and (self.at_most is None or self.figure <= self.at_most)
            and (self.above is None or self.figure > self.above)
        )


class Resemblance(NamedTuple):
    """A kind of locality that EQuaLLS describes, and how a place stands to it."""

    kind: Literal["first mover", "recent mover", "assimilator"]
    tests: tuple[Criterion, ...]

    @property
    def resembles(self) -> bool:
        """Whether it passes every test."""
        return all(test.passed for test in self.tests)


class Profile(NamedTuple):
    """What can be counted of a place on the register in use, and known of its hubs on a day.

    `opened_by_year` counts today's academies by the year in which they opened, `opened_unknown`
    those without a date. `away` counts the schools of an authority that lie in another's district,
    for a district those in it that another authority runs. `all_through` counts those among the
    secondary schools of `phases`. `elsewhere` holds the area partnerships beside an authority and
    in those alike.
    """

    locality: Locality
    day: date
    register_day: date
    sample: bool
    schools: int
    phases: Mapping[Phase, PhaseProfile]
    opened_by_year: tuple[tuple[int, int], ...]
    opened_unknown: int
    trusts: tuple[TrustInPlace, ...]
    hubs: tuple[HubsInPlace, ...]
    networks: tuple[Network, ...]
    partnerships: tuple[Partnership, ...]
    neighbours: tuple[Neighbour, ...]
    resembles: tuple[Resemblance, ...]
    away: int
    all_through: int
    unknown: tuple[int, ...] = ()
    elsewhere: tuple[PartnershipHere, ...] = ()
