"""Counts what a profile of a place tells: who runs its schools, and which hubs touch it.

Pure, as `landscapes` is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from navigator.core import grid
from navigator.core.church import CHURCHES, Church
from navigator.core.errors import NotFoundError
from navigator.core.governance import FIGURES, governance
from navigator.core.keys import Key
from navigator.core.model import Authority, Hub, PartnershipHere, Programme
from navigator.core.record import NO_RECORD, OwnRecord
from navigator.domain import partnerships, resemblance
from navigator.domain.localities import Localities, Locality
from navigator.domain.profiles import (
    PHASES,
    HubsInPlace,
    Phase,
    PhaseProfile,
    Profile,
    TrustInPlace,
)

if TYPE_CHECKING:
    from navigator.domain.landscapes import Landscapes
    from navigator.register.census import BriefSchool

_COUNTED_WITH: dict[str, Phase] = {
    "primary": "primary",
    "secondary": "secondary",
    "all-through": "secondary",
    "special": "special",
}
"""Nursery, 16 plus and alternative provision stand under "all" only."""


class Profiler:
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
        years = Counter(s.opened.year if s.opened else 0 for s in schools if s.academy)
        unknown = years.pop(0, 0)
        hubs = tuple(self._hubs(schools, day))
        authorities = self._authorities(place, schools)
        networks = dict.fromkeys(
            n for a in authorities for n in self._directory.networks(a.code, "")
        )
        here = dict.fromkeys(p for a in authorities for p in self._directory.partnerships(a.code))
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
            tuple(here),
            self._directory.neighbours(place.code) if place.kind == "la" else (),
            resemblance.resembles(
                *(by_phase["primary"], phases["primary"], trusts, hubs, networks),
                register_day=info.day,
            ),
            self._away(place, schools),
            tuple(u for u in own.urns if u not in held) if own else (),
            tuple(self._elsewhere(place.code)) if place.kind == "la" else (),
        )

    def _elsewhere(self, code: str) -> Iterable[PartnershipHere]:
        near = partnerships.beside(self._directory, self._register, code)
        yield from near
        seen = {here.partnership.id for here in near}
        for here in partnerships.of_area(self._directory, code):
            if here.distance == "similar" and here.partnership.id not in seen:
                yield here

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
            self._churches(schools),
        )

    def _churches(self, schools: Iterable[BriefSchool]) -> dict[Church, int] | None:
        if not self._register.tells("religious_character"):
            return None
        counted = Counter(church for school in schools for church in school.churches or ())
        return {church: counted[church] for church in CHURCHES}

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
