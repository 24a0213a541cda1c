"""Figures about a place: who runs its schools, which hubs touch it, what a school shares with it.

A place is an authority, a district, a region, all of England, what lies around a school, or a
network of the head's own. Pure, as `bodies` is; every figure is defined in docs/localities.md, and
tests over all of England hold what they promise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from navigator.core import grid
from navigator.core.errors import NotFoundError, RefusedError
from navigator.core.grid import KM_A_MILE
from navigator.core.keys import NO_BODY, Key
from navigator.core.model import (
    Authority,
    Claim,
    Hub,
    Landscape,
    Neighbour,
    Network,
    Partnership,
    Programme,
    School,
    phases_fit,
    size_band,
)
from navigator.core.record import BodyRef, OwnNetwork, OwnRecord

if TYPE_CHECKING:
    from navigator.domain.landscapes import Landscapes
    from navigator.register.census import BriefSchool, Place

T = TypeVar("T")

Kind = Literal["la", "district", "region", "england", "radius", "own"]

Phase = Literal["primary", "secondary", "special", "all"]
PHASES: tuple[Phase, ...] = ("primary", "secondary", "special", "all")
"""The phases that a profile tells. All-through schools count with secondary."""

GOVERNED = ("maintained", "sat", "mat_small", "mat_medium", "mat_large", "other")
"""How a state-funded school is run; a trust with one open school counts as small, if it is a MAT.
"""

RECENT_YEARS = 3
"""Years before the register's day within which an opening is recent."""

LOCAL, PARTLY = 0.75, 0.25
"""Shares of a trust's schools in a place from which it is local to it, or partly."""

WIDEST_MILES = 60
"""Miles around a school that a place may reach."""

SCHOOLS_AROUND = 100
"""Rows of an overlap at the most."""


class Locality(NamedTuple):
    """A place to look at.

    `code` is the DfE code of an authority, the ONS code of a district, the folded name of a region,
    the URN of a radius' middle, or the id of a network of the head's own; "" for England. `miles`
    is set for a radius.
    """

    kind: Kind
    code: str
    name: str
    miles: float | None = None

    @property
    def key(self) -> str:
        """What names it for good: "la:892", "district:E07000172", "radius:139217@3"."""
        far = f"@{self.miles:g}" if self.miles is not None else ""
        return f"{self.kind}:{self.code}{far}"


class PhaseProfile(NamedTuple):
    """The open state-funded schools of one phase of a place, by how they are run.

    `governance` has a count for each of `GOVERNED`, which add up to `schools`. `trusts` counts the
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


class Body(NamedTuple):
    """A body of the home school, as a column of an overlap. `mark` heads it in one or two letters.

    `key` may be followed as any body's; "" where it has no page.
    """

    mark: str
    kind: str
    ref: BodyRef


class OverlapRow(NamedTuple):
    """A school of an overlap: its kilometres from home (None where unknown), and for each column
    whether it has the same body as ours: None where that isn't sure."""

    school: BriefSchool
    km: float | None
    shares: tuple[bool | None, ...]

    @property
    def shared(self) -> int:
        return sum(share is True for share in self.shares)


class Scope(NamedTuple):
    """Which schools an overlap looks at: within `miles`, the `number` nearest, those of our
    authority, or of a network of the head's own (`own`, its id); of our phase, or of all."""

    kind: Literal["radius", "number", "la", "own"] = "radius"
    miles: float = 3.0
    number: int = 20
    own: str = ""
    all_phases: bool = False


class Overlap(NamedTuple):
    """What a school shares with the schools around it.

    `rows` are at most SCHOOLS_AROUND, the nearest first; `schools` counts all in scope. `counts`
    tells for each column how many of all share it, and of how many that isn't sure.
    """

    home: School
    scope: Scope
    where: str
    bodies: tuple[Body, ...]
    rows: tuple[OverlapRow, ...]
    schools: int
    counts: tuple[tuple[int, int], ...]
    note: str = ""


class SharedBody(NamedTuple):
    """One kind of body of two schools: whose is what, and whether it is the same; None where that
    isn't sure."""

    kind: str
    one: BodyRef
    other: BodyRef
    same: bool | None


class Localities:
    """Answers about places, from the register and directory of a landscapes.

    Not thread-safe, as the landscapes isn't.
    """

    def __init__(self, landscapes: Landscapes) -> None:
        self._maps = landscapes
        self._register = landscapes.register
        self._directory = landscapes.directory
        self._running: dict[str, list[Place]] = {}

    # --- which place ---

    def called(self, text: str, miles: float | None = None) -> Locality:
        """The place that a text means: an authority or district by code or name (the authority
        first where both have it), a region, "england", or a URN, which needs `miles`.

        Raises:
            NotFoundError: there is none, or a part of a name fits several; the text names them.
            RefusedError: a radius without a URN, a URN without one, or one that is out of bounds.
        """
        wanted = " ".join(text.casefold().split())
        if wanted.isascii() and wanted.isdigit() and len(wanted) > 3:
            return self.around(int(wanted), miles)
        if miles is not None:
            raise RefusedError(
                f"A radius goes around a school: give its URN in place of “{text[:60]}”."
            )
        known = list(self._all()) if wanted else []
        exact = [p for p in known if wanted in (p.code.casefold(), p.name.casefold())]
        if exact:
            return exact[0]
        found = [p for p in known if wanted in p.name.casefold()]
        names = list(dict.fromkeys(p.name for p in found))
        if len(names) == 1:
            return found[0]
        if names:
            said = ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
            raise NotFoundError(f"“{text[:60]}” fits several places: {said}. Write one in full.")
        raise NotFoundError(
            f"No authority, district or region is called “{text[:60]}”. Give its name or code "
            "(892, E06000018), england, or a URN with --radius MILES."
        )

    def _all(self) -> Iterable[Locality]:
        for a in self._directory.authorities():
            yield Locality("la", a.code, a.name)
        for d in self._directory.districts():
            yield Locality("district", d.code, d.name)
        for name in dict.fromkeys(a.region for a in self._directory.authorities()):
            yield Locality("region", name.casefold(), name)
        yield Locality("england", "", "England")

    def around(self, urn: int, miles: float | None) -> Locality:
        """What lies within miles of a school.

        Raises:
            NotFoundError: the register doesn't hold the URN.
            RefusedError: no radius, or one out of bounds, or the school has no position.
        """
        school = self._register.get(urn)
        if school is None:
            raise NotFoundError(f"No school with URN {urn} is on the register in use.")
        if miles is None:
            raise RefusedError(
                f"How far around {school.name}? Give --radius MILES, or name its authority, "
                f"{school.la_name}."
            )
        if not 0 < miles <= WIDEST_MILES:
            raise RefusedError(f"A radius is more than 0 and at most {WIDEST_MILES} miles.")
        if not school.has_position:
            raise RefusedError(
                f"The register gives no position for {school.name}, so nothing can be measured "
                "from it. Look at its authority or district."
            )
        return Locality("radius", str(urn), f"{_miles(miles)} around {school.name}", miles)

    def own(self, network: OwnNetwork) -> Locality:
        """A network of the head's own as a place."""
        return Locality("own", network.id, network.name)

    def of_key(self, key: str, record: OwnRecord) -> Locality:
        """The place that `Locality.key` names. Raises NotFoundError for none."""
        kind, _, rest = key.partition(":")
        if kind == "radius":
            urn, _, miles = rest.partition("@")
            with suppress(ValueError):
                return self.around(int(urn), float(miles))
        for network in record.networks if kind == "own" else ():
            if network.id == rest:
                return self.own(network)
        for place in self._all():
            if place.key == key:
                return place
        raise NotFoundError(f"Navigator knows no place “{key}”.")

    # --- its schools ---

    def schools(self, place: Locality, record: OwnRecord) -> list[BriefSchool]:
        """The open state-funded schools of a place, by URN.

        An authority has those that it runs or that lie under it, wherever they stand: those of its
        code on the register. A district has those that stand in it, whoever runs them.
        """
        if place.kind == "radius":
            middle = self._register.get(int(place.code))
            return (
                self._register.brief_within(middle, (place.miles or 0) * KM_A_MILE)
                if middle
                else []
            )
        if place.kind == "own":
            network = next(n for n in record.networks if n.id == place.code)
            return self._register.brief_of(network.urns)
        return self._register.brief_in(self._places(place))

    def _places(self, place: Locality) -> Iterable[Place]:
        directory = self._directory
        if place.kind == "la":
            return self._run_by(place.code)
        all_places = self._register.places()
        if place.kind == "district":
            named = directory.districts()
            name = next((d.name for d in named if d.code == place.code), place.name)
            return [
                p
                for p in all_places
                if (d := directory.district(p.district_name)) and d.name == name
            ]
        if place.kind == "region":
            return [p for p in all_places if self._region_of(p) == place.code]
        return all_places

    def _run_by(self, la_code: str) -> Sequence[Place]:
        """The places on the register whose schools are an authority's of today."""
        if not self._running:
            for p in self._register.places():
                authority = self._directory.authority(p.la_code, p.district_name)
                self._running.setdefault(authority.code if authority else p.la_code, []).append(p)
        return self._running.get(la_code, ())

    def _region_of(self, place: Place) -> str:
        authority = self._directory.authority(place.la_code, place.district_name)
        return (authority.region if authority else place.region).casefold()

    # --- the profile ---

    def profile(self, place: Locality, day: date, record: OwnRecord | None = None) -> Profile:
        """What can be told of a place; hubs are those of a day, schools those of the register."""
        record = record or OwnRecord()
        schools = self.schools(place, record)
        by_phase = _by_phase(schools)
        phases = {phase: self._phase(by_phase[phase]) for phase in PHASES}
        years = Counter(s.opened.year if s.opened else 0 for s in schools if s.academy)
        unknown = years.pop(0, 0)
        hubs = tuple(self._hubs(schools, day))
        authorities = self._authorities(place, schools)
        networks = _once(n for a in authorities for n in self._directory.networks(a.code, ""))
        partnerships = _once(p for a in authorities for p in self._directory.partnerships(a.code))
        trusts = self._trusts(schools)
        held = {s.urn for s in schools}
        info = self._register.info
        own = next((n for n in record.networks if n.id == place.code), None)
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
            networks,
            partnerships,
            self._directory.neighbours(place.code) if place.kind == "la" else (),
            self._resembles(by_phase["primary"], phases["primary"], trusts, hubs, networks),
            self._away(place, schools),
            tuple(u for u in own.urns if u not in held) if own and place.kind == "own" else (),
        )

    def _phase(self, schools: Sequence[BriefSchool]) -> PhaseProfile:
        counted = dict.fromkeys(GOVERNED, 0)
        in_trusts: Counter[str] = Counter()
        lone = 0
        sizes = self._register.trust_sizes()
        for school in schools:
            kind = self._governed(school)
            counted[kind] += 1
            if kind not in ("maintained", "other"):
                in_trusts[school.trust_uid] += 1
                lone += kind == "mat_small" and sizes[school.trust_uid].schools == 1
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

    def _governed(self, school: BriefSchool) -> str:
        if school.maintained:
            return "maintained"
        trust = self._register.trust_sizes().get(school.trust_uid)
        if trust is None or trust.kind == "foundation":
            return "other"
        if trust.kind == "SAT":
            return "sat"
        return "mat_small" if trust.schools == 1 else f"mat_{size_band(trust.schools)}"

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
            return _once(a for a in found if a)
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
            ids = self._maps.hub_ids(programme, there[0], day)
            if ids:
                for hub in ids:
                    counts[hub] += len(there)
                leads = [
                    (hub, lead)
                    for hub in ids
                    for urn in hubs[hub].lead_urns
                    if (lead := self._maps.lead(urn))
                ]
                near = (grid.nearest(school, leads) for school in there)
                apart += [found[1] for found in near if found]
                continue
            covers = self._directory.covering_place(programme.id, *where, day)
            firm = {c.hub.id: None for c in covers if c.confidence != "low" and not c.inferred}
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
        leads = self._maps.placed(programme, day)
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
            hubs = self._maps.regional(programme, region, day)
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
        since = cut.year - RECENT_YEARS, cut.month, cut.day
        recent = (
            sum(day.timetuple()[:3] > since for day in opened) / len(opened) if opened else None
        )
        in_trusts = sum(t.primaries for t in trusts)
        local = sum(t.primaries for t in trusts if t.share >= LOCAL)
        heads = float(sum(n.status != "closed" and _for_primary(n) for n in networks))
        far = [
            h.median_km / KM_A_MILE
            for h in hubs
            if h.programme.id in ("maths-hub", "teaching-school-hub") and h.median_km is not None
        ]
        year = float(median(day.year for day in opened)) if opened else None
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

    # --- what a school shares with those around it ---

    def overlap(self, home: Landscape, scope: Scope) -> Overlap:
        """What the school of a landscape shares with the schools around it.

        Raises:
            NotFoundError: the head's network that the scope names is no longer there.
        """
        school = home.school
        found, where, note = self._around(home, scope)
        fitting = [
            s
            for s in found
            if s.urn != school.urn and (scope.all_phases or s.phase == school.phase)
        ]
        columns = list(self._columns(home))
        bodies = tuple(body for body, _ in columns)
        with_km = [(s, grid.between(school, s)) for s in fitting]
        with_km.sort(key=lambda pair: (pair[1] is None, pair[1], pair[0].urn))
        if scope.kind == "number":
            with_km = with_km[: scope.number]
        told = [tuple(same(s) for _, same in columns) for s, _ in with_km]
        rows = tuple(
            OverlapRow(s, km, shares)
            for (s, km), shares in zip(with_km[:SCHOOLS_AROUND], told, strict=False)
        )
        counts = tuple(
            (sum(row[n] is True for row in told), sum(row[n] is None for row in told))
            for n in range(len(bodies))
        )
        return Overlap(school, scope, where, bodies, rows, len(with_km), counts, note)

    def _around(self, home: Landscape, scope: Scope) -> tuple[list[BriefSchool], str, str]:
        """The schools in scope, in words where they are, and why there may be none."""
        school, register = home.school, self._register
        if scope.kind == "la":
            code = home.authority.authority.code if home.authority else school.la_code
            name = home.authority.authority.name if home.authority else school.la_name
            return register.brief_in(self._run_by(code)), f"in {name}", ""
        if scope.kind == "own":
            for network in home.record.networks:
                if network.id == scope.own:
                    return register.brief_of(network.urns), f"in {network.name}", ""
            raise NotFoundError("That network of yours is no longer there.")
        if not school.has_position:
            return [], "nearby", "The register gives no position for this school."
        if scope.kind == "radius":
            where = f"within {_miles(scope.miles)}"
            return register.brief_within(school, scope.miles * KM_A_MILE), where, ""
        km = 4.0
        while True:  # the nearest so many: a circle that doubles until it holds them
            found = register.brief_within(school, km)
            fitting = sum(scope.all_phases or s.phase == school.phase for s in found)
            if fitting > scope.number or km > 500:
                return found, "nearest", ""
            km *= 2

    def _columns(
        self, home: Landscape
    ) -> Iterable[tuple[Body, Callable[[BriefSchool], bool | None]]]:
        """The home school's bodies, and of each how to tell whether another school has it."""
        school = home.school
        yield (
            Body("LA", "Local authority", BodyRef(Key.of("la", school.la_code), school.la_name)),
            lambda other: other.la_code == school.la_code,
        )
        if school.district_name and school.district_name != school.la_name:
            yield (
                Body("Di", "District", BodyRef(NO_BODY, school.district_name)),
                lambda other: other.district_name == school.district_name,
            )
        if home.trust and home.trust.trust.kind != "foundation":
            trust = home.trust.trust
            yield (
                Body("Tr", "Trust", BodyRef(Key.of("trust", trust.uid), trust.name)),
                lambda other: other.trust_uid == trust.uid,
            )
        yield from self._hub_columns(home)
        for network in home.own_networks:
            urns = frozenset(network.urns)
            yield (
                Body("Own", "Your network", BodyRef(network.key, network.name)),
                partial(_is_one_of, urns),
            )
        for heads in home.networks:
            if heads.kind != "national" and heads.status != "closed":
                yield (
                    Body(
                        "Ne",
                        "Heads' network's area",
                        BodyRef(Key.of("network", heads.id), heads.name),
                    ),
                    partial(self._in_area, heads),
                )

    def _in_area(self, heads: Network, other: BriefSchool) -> bool:
        authority = self._directory.authority(other.la_code, other.district_name)
        code = authority.code if authority else other.la_code
        return code in heads.la_codes and phases_fit(heads.phases, other.phase)

    def _hub_columns(
        self, home: Landscape
    ) -> Iterable[tuple[Body, Callable[[BriefSchool], bool | None]]]:
        school, day = home.school, home.as_at
        for claim in home.hubs:
            programme = claim.programme
            if (
                claim.hub is None
                or not claim.hub.hub.id
                or programme.areas_only
                or programme.rule in ("region", "nearest")
                or claim.claim not in (Claim.DESIGNATED, Claim.NAMES_AREA, Claim.SET_BY_YOU)
            ):
                continue
            if claim.claim is Claim.SET_BY_YOU:
                at = (claim.hub, *claim.alternatives)
                ours = frozenset(h.hub.id for h in at if h.hub.id)
            else:
                ours = self._maps.hub_ids(programme, school, day)
            ref = BodyRef(Key.hub(programme.id, claim.hub.hub.id), claim.hub.hub.name)

            def same(
                other: BriefSchool,
                programme: Programme = programme,
                ours: frozenset[str] = ours,
            ) -> bool | None:
                if not programme.serves_ages(other.phase, other.low_age, other.high_age):
                    return False
                theirs = self._maps.hub_ids(programme, other, day)
                return bool(theirs & ours) if theirs else None

            yield Body(programme.mark or programme.short[:2], programme.name, ref), same


def shared_bodies(one: Landscape, other: Landscape) -> tuple[SharedBody, ...]:
    """Kind by kind, which bodies two schools share, which they don't, and what isn't sure."""
    nothing = BodyRef(NO_BODY, "")
    rows = []

    def add(kind: str, ours: BodyRef, theirs: BodyRef, *, sure: bool = True) -> None:
        if ours.name or theirs.name:
            rows.append(SharedBody(kind, ours, theirs, _same(ours, theirs) if sure else None))

    def authority(of: Landscape) -> BodyRef:
        here = of.authority
        return BodyRef(Key.of("la", here.authority.code), here.authority.name) if here else nothing

    def trust(of: Landscape) -> BodyRef:
        return (
            BodyRef(Key.of("trust", of.trust.trust.uid), of.trust.trust.name)
            if of.trust
            else nothing
        )

    add("Local authority", authority(one), authority(other))
    add(
        "District",
        BodyRef(NO_BODY, one.school.district_name),
        BodyRef(NO_BODY, other.school.district_name),
    )
    add("Region", BodyRef(NO_BODY, one.school.region), BodyRef(NO_BODY, other.school.region))
    add("Trust", trust(one), trust(other), sure=not (one.trust_note or other.trust_note))
    theirs = {claim.programme.id: claim for claim in other.hubs}
    for claim in one.hubs:
        facing = theirs.get(claim.programme.id)
        if facing is None or Claim.ENDED in (claim.claim, facing.claim):
            continue
        pair = [
            BodyRef(Key.hub(c.programme.id, c.hub.hub.id), c.hub.hub.name)
            if c.hub
            else BodyRef(NO_BODY, "one of " + " or ".join(a.hub.name for a in c.alternatives))
            if c.claim is Claim.ONE_OF
            else nothing
            for c in (claim, facing)
        ]
        sure = all(c.claim is not Claim.ONE_OF and c.hub for c in (claim, facing))
        if claim.programme.rule == "region":  # of a region all of whose hubs are known, ours is one
            sure = sure and claim.counted is not None and claim.named >= claim.counted.hubs
        add(claim.programme.name, *pair, sure=sure)
    for kind, ours, mine in (
        ("Heads' network's area", _networks(one), _networks(other)),
        ("Area partnership", _partnerships(one), _partnerships(other)),
        ("Your network", _own(one), _own(other)),
    ):
        for ref in dict.fromkeys((*ours, *mine)):
            add(kind, ref if ref in ours else nothing, ref if ref in mine else nothing)
    return tuple(rows)


def _networks(of: Landscape) -> tuple[BodyRef, ...]:
    return tuple(
        BodyRef(Key.of("network", n.id), n.name) for n in of.networks if n.kind != "national"
    )


def _partnerships(of: Landscape) -> tuple[BodyRef, ...]:
    return tuple(
        BodyRef(Key.of("partnership", p.partnership.id), p.partnership.name)
        for p in of.partnerships
        if p.distance == "own"
    )


def _own(of: Landscape) -> tuple[BodyRef, ...]:
    return tuple(BodyRef(n.key, n.name) for n in of.own_networks)


def _same(one: BodyRef, other: BodyRef) -> bool:
    return bool(one.name) and (one.key or one.name) == (other.key or other.name)


def _by_phase(schools: Sequence[BriefSchool]) -> dict[Phase, list[BriefSchool]]:
    """The schools by the phases of a profile; nursery, 16 plus and alternative provision stand
    under "all" only."""
    found: dict[Phase, list[BriefSchool]] = {phase: [] for phase in PHASES}
    found["all"] = list(schools)
    homes: dict[str, Phase] = {
        "primary": "primary",
        "secondary": "secondary",
        "all-through": "secondary",
        "special": "special",
    }
    for school in schools:
        phase = homes.get(school.phase)
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


def _is_one_of(urns: frozenset[int], other: BriefSchool) -> bool:
    return other.urn in urns


def _miles(miles: float) -> str:
    return f"{miles:g} {'mile' if miles == 1 else 'miles'}"


def _once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
