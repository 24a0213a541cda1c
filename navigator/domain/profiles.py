"""Figures about a place: who runs its schools, which hubs touch it, which kind it resembles.

Pure, as `landscapes` is; every figure is defined in docs/localities.md, and tests over all of
England hold what they promise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Literal, NamedTuple

from navigator.core import grid
from navigator.core.errors import NotFoundError
from navigator.core.governance import FIGURES, governance, size_band
from navigator.core.grid import KM_A_MILE
from navigator.core.keys import Key
from navigator.core.model import (
    Authority,
    Hub,
    Neighbour,
    Network,
    Partnership,
    Programme,
    phases_fit,
)
from navigator.core.record import NO_RECORD, OwnRecord
from navigator.domain.localities import Localities, Locality

if TYPE_CHECKING:
    from navigator.domain.landscapes import Landscapes
    from navigator.register.census import BriefSchool

Phase = Literal["primary", "secondary", "special", "all"]
PHASES: tuple[Phase, ...] = ("primary", "secondary", "special", "all")
"""The phases that a profile tells. All-through schools count with secondary."""

_COUNTED_WITH: dict[str, Phase] = {
    "primary": "primary",
    "secondary": "secondary",
    "all-through": "secondary",
    "special": "special",
}
"""Nursery, 16 plus and alternative provision stand under "all" only."""

RECENT_YEARS = 3
"""Years before the register's day within which an opening is recent."""

LOCAL, PARTLY = 0.75, 0.25
"""Shares of a trust's schools in a place from which it is local to it, or partly."""


class PhaseProfile(NamedTuple):
    """The open state-funded schools of one phase of a place, by how they are run.

    `governance` has a count for each of `FIGURES`, which add up to `schools`. `trusts` counts the
    academy trusts that run one or more of them, `lone_mats` those schools of `mat_small` that are
    their trust's only open one. `effective_trusts` is the number of trusts of equal size that would
    be as spread out: 1 / the sum of squared shares of the schools in trusts; None for no trust.
    """

    schools: int
    academies: int
    governance: Mapping[str, int]
    lone_mats: int
    trusts: int
    effective_trusts: float | None

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
    for a district those in it that another authority runs.
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
    unknown: tuple[int, ...] = ()


class Profiles:
    """Profiles of places, from the register and directory of a landscapes."""

    def __init__(self, landscapes: Landscapes, localities: Localities) -> None:
        self._claims = landscapes.claims
        self._register = landscapes.register
        self._directory = landscapes.directory
        self._localities = localities

    def of(self, place: Locality, day: date, record: OwnRecord = NO_RECORD) -> Profile:
        """What can be told of a place; hubs are those of a day, schools those of the register."""
        schools = self._localities.schools(place, record)
        by_phase = _by_phase(schools)
        phases = {phase: self._phase(by_phase[phase]) for phase in PHASES}
        years = Counter(s.opened // 10_000 if s.opened else 0 for s in schools if s.academy)
        unknown = years.pop(0, 0)
        hubs = tuple(self._hubs(schools, day))
        authorities = self._authorities(place, schools)
        networks = dict.fromkeys(
            n for a in authorities for n in self._directory.networks(a.code, "")
        )
        partnerships = dict.fromkeys(
            p for a in authorities for p in self._directory.partnerships(a.code)
        )
        trusts = self._trusts(schools)
        held = {s.urn for s in schools}
        info = self._register.info
        own = record.network(place.code) if place.kind == "own" else None
        return Profile(
            place,
            day,
            info.day,
            info.sample,
            len(schools),
            phases,
            tuple(sorted(years.items())),
            unknown,
            trusts,
            hubs,
            tuple(networks),
            tuple(partnerships),
            self._directory.neighbours(place.code) if place.kind == "la" else (),
            self._resembles(by_phase["primary"], phases["primary"], trusts, hubs, networks),
            self._away(place, schools),
            tuple(u for u in own.urns if u not in held) if own else (),
        )

    def of_page(self, key: Key, day: date, record: OwnRecord) -> list[Profile]:
        """The profiles that a page is made of: of one place ("place:la:892"), of an authority and
        those alike ("alike:892"), of two places ("compare:la:892|la:866").

        Raises NotFoundError where one of the places isn't there.
        """
        if key.kind == "alike":
            own = self._of_key(Key.of("la", key.name), day, record)
            alike = (Key.of("la", neighbour.code) for neighbour in own.neighbours)
            return [own, *(self._of_key(other, day, record) for other in alike)]
        if key.kind != "compare":
            return [self._of_key(key.place, day, record)]
        if key.name.count("|") != 1:
            raise NotFoundError(f"Navigator has no page for “{key[:60]}”.")
        return [self._of_key(Key(place), day, record) for place in key.pair]

    def _of_key(self, place: Key, day: date, record: OwnRecord) -> Profile:
        return self.of(self._localities.of_key(place, record), day, record)

    def _phase(self, schools: Sequence[BriefSchool]) -> PhaseProfile:
        counted = dict.fromkeys(FIGURES, 0)
        in_trusts: Counter[str] = Counter()
        lone = 0
        sizes = self._register.trust_sizes()
        for school in schools:
            kind = governance(sizes.get(school.trust_uid), maintained=school.maintained)
            counted[kind.figure] += 1
            if kind.id not in ("maintained", "other"):
                in_trusts[school.trust_uid] += 1
                lone += kind.id == "mat_single"
        total = in_trusts.total()
        squares = sum(number * number for number in in_trusts.values())
        return PhaseProfile(
            len(schools),
            sum(s.academy for s in schools),
            counted,
            lone,
            len(in_trusts),
            total * total / squares if total else None,
        )

    def _trusts(self, schools: Iterable[BriefSchool]) -> tuple[TrustInPlace, ...]:
        """By name; how the screens order them otherwise is theirs."""
        here: Counter[str] = Counter()
        primaries: Counter[str] = Counter()
        for school in schools:
            if school.trust_uid and not school.maintained:
                here[school.trust_uid] += 1
                primaries[school.trust_uid] += school.phase == "primary"
        sizes = self._register.trust_sizes()
        found = [
            TrustInPlace(uid, t.name, t.kind, t.schools, number, primaries[uid])
            for uid, number in here.items()
            if (t := sizes.get(uid)) and t.kind != "foundation"
        ]
        return tuple(sorted(found, key=lambda t: (t.name.casefold(), t.uid)))

    def _authorities(
        self, place: Locality, schools: Iterable[BriefSchool]
    ) -> tuple[Authority, ...]:
        """The authorities of a place, by whose networks and partnerships its own are told."""
        if place.kind == "la":
            codes = [place.code]
        elif place.kind == "district":
            codes = [d.la_code for d in self._directory.districts() if d.code == place.code]
        elif place.kind in ("region", "england"):
            return tuple(
                a
                for a in self._directory.authorities()
                if place.kind == "england" or a.region.casefold() == place.code
            )
        else:
            spots = Counter((s.la_code, s.district_name) for s in schools)
            found = [self._directory.authority(*spot) for spot, _ in spots.most_common()]
            return tuple(dict.fromkeys(a for a in found if a))
        return tuple(a for code in codes if (a := self._directory.authority(code)))

    def _away(self, place: Locality, schools: Iterable[BriefSchool]) -> int:
        """Schools that an authority runs in another's district, or another's in this district."""
        if place.kind not in ("la", "district"):
            return 0
        away = 0
        for (la_code, name), number in Counter(
            (s.la_code, s.district_name) for s in schools
        ).items():
            district = self._directory.district(name)
            authority = self._directory.authority(la_code, name)
            if district and authority and district.la_code != authority.code:
                away += number
        return away

    # --- its hubs ---

    def _hubs(self, schools: Sequence[BriefSchool], day: date) -> Iterable[HubsInPlace]:
        kinds: dict[tuple[str, int | None, int | None], list[BriefSchool]] = {}
        for school in schools:
            kinds.setdefault((school.phase, school.low_age, school.high_age), []).append(school)
        for programme in self._directory.programmes:
            if programme.areas_only or not programme.runs_on(day):
                continue
            served = [s for kind, of in kinds.items() if programme.serves_ages(*kind) for s in of]
            if not served:
                continue
            if programme.rule == "region":
                yield self._by_region(programme, served, day)
            elif programme.rule == "nearest":
                yield self._by_nearest(programme, served, day)
            else:
                yield self._by_area(programme, served, day)

    def _by_area(
        self, programme: Programme, served: Sequence[BriefSchool], day: date
    ) -> HubsInPlace:
        hubs = {h.id: h for h in reversed(self._directory.hubs(programme.id)) if h.in_force(day)}
        counts: Counter[str] = Counter()
        maybe: dict[str, None] = {}
        one_of = none = 0
        apart: list[float] = []
        for where, there in _by_spot(served).items():
            ids = self._claims.hub_ids(programme, there[0], day)
            if ids:
                for hub in ids:
                    counts[hub] += len(there)
                leads = [(hub, lead) for hub in ids for lead in self._claims.leads(hubs[hub])]
                near = (grid.nearest(school, leads) for school in there)
                apart += [found[1] for found in near if found]
                continue
            covers = self._directory.covering_place(programme.id, *where, day)
            firm = {c.hub.id: None for c in covers if c.firm and not c.inferred}
            maybe |= firm
            one_of += len(there) if firm else 0
            none += 0 if firm else len(there)
        told = sorted(counts.items(), key=lambda item: (-item[1], hubs[item[0]].name))
        return HubsInPlace(
            programme,
            tuple((hubs[hub], number) for hub, number in told),
            tuple(hubs[hub] for hub in maybe if hub not in counts),
            len(served),
            one_of,
            none,
            median(apart) if apart else None,
        )

    def _by_nearest(
        self, programme: Programme, served: Sequence[BriefSchool], day: date
    ) -> HubsInPlace:
        leads = self._claims.placed(programme, day)
        found = [near for school in served if (near := grid.nearest(school, leads))]
        counts = Counter(hub for hub, _ in found)
        apart = [km for _, km in found]
        told = sorted(counts.items(), key=lambda item: (-item[1], item[0].name))
        return HubsInPlace(
            programme,
            tuple(told),
            (),
            len(served),
            0,
            len(served) - len(apart),
            median(apart) if apart else None,
        )

    def _by_region(
        self, programme: Programme, served: Sequence[BriefSchool], day: date
    ) -> HubsInPlace:
        """Only a region is known: no school's own hub, so no distance either."""
        by_region = Counter(s.region for s in served)
        found: dict[str, Hub] = {}
        none = 0
        for region, number in by_region.items():
            hubs = self._claims.regional(programme, region, day)
            found |= {h.id: h for h in hubs}
            none += 0 if hubs else number
        return HubsInPlace(
            programme, (), tuple(found.values()), len(served), len(served) - none, none, None
        )

    # --- which kind of locality it resembles ---

    def _resembles(
        self,
        primaries: Sequence[BriefSchool],
        profile: PhaseProfile,
        trusts: Iterable[TrustInPlace],
        hubs: Iterable[HubsInPlace],
        networks: Iterable[Network],
    ) -> tuple[Resemblance, ...]:
        """The three kinds that EQuaLLS found, by tests on the place's primaries."""
        academies = profile.academy_share
        opened = [s.opened for s in primaries if s.academy and s.opened]
        cut = self._register.info.day
        since = (cut.year - RECENT_YEARS) * 10_000 + cut.month * 100 + cut.day
        recent = sum(day > since for day in opened) / len(opened) if opened else None
        in_trusts = sum(t.primaries for t in trusts)
        local = sum(t.primaries for t in trusts if t.share >= LOCAL)
        heads = float(sum(n.status != "closed" and _for_primary(n) for n in networks))
        far = [
            h.median_km / KM_A_MILE
            for h in hubs
            if h.programme.id in ("maths-hub", "teaching-school-hub") and h.median_km is not None
        ]
        year = float(median(day // 10_000 for day in opened)) if opened else None
        ours = local / in_trusts if in_trusts else None
        larger, large = profile.share("mat_medium", "mat_large"), profile.share("mat_large")
        both = min(far) if len(far) == 2 else None
        return (
            Resemblance(
                "first mover",
                (
                    Criterion("academies", "percent", academies, at_least=0.4, at_most=0.6),
                    Criterion("early", "year", year, at_most=2015),
                    Criterion("local-trusts", "percent", ours, at_least=0.5),
                    Criterion("recent", "percent", recent, at_most=0.1),
                ),
            ),
            Resemblance(
                "recent mover",
                (
                    Criterion("larger-trusts", "percent", larger, above=0.4),
                    Criterion("academies", "percent", academies, at_least=0.6, at_most=0.75),
                    Criterion("recent", "percent", recent, at_least=0.2),
                    Criterion("networks", "count", heads, at_most=1),
                ),
            ),
            Resemblance(
                "assimilator",
                (
                    Criterion("networks", "count", heads, at_least=1),
                    Criterion("large-trusts", "percent", large, at_most=0.15),
                    Criterion("hubs-far", "miles", both, at_least=15),
                ),
            ),
        )


def _by_phase(schools: Sequence[BriefSchool]) -> dict[Phase, list[BriefSchool]]:
    """The schools by the phases of a profile."""
    found: dict[Phase, list[BriefSchool]] = {phase: [] for phase in PHASES}
    found["all"] = list(schools)
    for school in schools:
        phase = _COUNTED_WITH.get(school.phase)
        if phase is not None:
            found[phase].append(school)
    return found


def _by_spot(
    schools: Iterable[BriefSchool],
) -> dict[tuple[str, str, str], list[BriefSchool]]:
    """Schools by what an area of a hub is told by: authority, district, region."""
    found: dict[tuple[str, str, str], list[BriefSchool]] = {}
    for school in schools:
        found.setdefault((school.la_code, school.district_name, school.region), []).append(school)
    return found


def _for_primary(network: Network) -> bool:
    return (
        network.kind != "national"
        and bool(network.phases)
        and phases_fit(network.phases, "primary")
    )
