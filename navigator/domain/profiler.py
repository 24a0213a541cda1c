"""Counts what a profile of a place tells: who runs its schools, and which hubs touch it.

Pure, as `landscapes` is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from navigator.core.church import CHURCHES, Church
from navigator.core.errors import NotFoundError
from navigator.core.governance import FIGURES, governance
from navigator.core.keys import Key
from navigator.core.landscape import PartnershipHere
from navigator.core.model import ALL_THROUGH, COUNTED_AS, Authority
from navigator.core.model import PHASES as SCHOOL_PHASES
from navigator.core.record import NO_RECORD, OwnNetwork, OwnRecord
from navigator.directory.summary import unchanged
from navigator.domain import partnerships, resemblance
from navigator.domain.localities import Localities, Locality
from navigator.domain.profile_hubs import HubCounter, getter_of
from navigator.domain.profiles import PHASES, Phase, PhaseProfile, Profile, TrustInPlace
from navigator.register.census import CountedSchool
from navigator.storage.kept import KeptAnswers

if TYPE_CHECKING:
    from navigator.domain.landscapes import Landscapes

_TOLD: dict[str, Phase] = {phase: phase for phase in PHASES if phase != "all"}
"""The phases that a profile tells. Nursery, 16 plus and alternative provision stand under "all"."""

_KEPT = 32
"""Profiles that are kept, those asked for last."""

_NOUNS = {
    "navigator.core.landscape": ("PartnershipHere",),
    "navigator.core.model": (
        *("Area", "Count", "Hub", "Network", "Neighbour", "Partnership"),
        "Programme",
    ),
    "navigator.domain.localities": ("Locality",),
    "navigator.domain.profiles": (
        *("Criterion", "HubsInPlace", "PhaseProfile", "Profile", "Resemblance", "TrustInPlace"),
    ),
}
"""What a profile is made of."""

_RUN = getter_of("phase", "kind", "trust_uid")
_OPENED = getter_of("phase", "kind", "opened")
_PLACE = getter_of("place")

Runs = Mapping[tuple[int, str], int]
"""Schools by who runs them: the number of their kind, and the UID of their trust."""


class Profiler:
    """Profiles of places, from the register and directory of a landscapes."""

    def __init__(
        self, landscapes: Landscapes, localities: Localities, answers: KeptAnswers
    ) -> None:
        self._answers = answers
        self._hubs = HubCounter(landscapes)
        self._register = landscapes.register
        self._directory = landscapes.directory
        self._localities = localities
        self._kept = lru_cache(_KEPT)(self._found)

    def of(self, place: Locality, day: date, record: OwnRecord = NO_RECORD) -> Profile:
        """What can be told of a place; hubs are those of a day, schools those of the register."""
        return self._kept(place, day, record.network(place.code) if place.kind == "own" else None)

    def _found(self, place: Locality, day: date, own: OwnNetwork | None) -> Profile:
        """The profile as it was counted before, or else counted. Of all England that takes four
        times as long as to say it, so it is kept from one start to the next."""
        if place.kind != "england":
            return self._counted(place, day, own)
        if kept := self._answers.take(place.kind, day, Profile, _NOUNS):
            return kept._replace(day=day)
        counted = self._counted(place, day, own)
        self._answers.keep(place.kind, lambda: unchanged(self._directory, day), counted)
        return counted

    def _counted(self, place: Locality, day: date, own: OwnNetwork | None) -> Profile:
        schools = self._localities.counted(place, own)
        runs, all_through = _by_phase(schools)
        phases = {phase: self._phase(runs[phase]) for phase in PHASES}
        opened = self._opened(schools)
        years: Counter[int] = Counter()
        for (_, day_opened), number in opened.items():
            years[day_opened // 10_000] += number
        unknown = years.pop(0, 0)
        hubs = tuple(self._hubs.of(schools, day))
        authorities = self._authorities(place, schools)
        networks = dict.fromkeys(
            n for a in authorities for n in self._directory.networks(a.code, "")
        )
        here = dict.fromkeys(p for a in authorities for p in self._directory.partnerships(a.code))
        trusts = self._trusts(runs)
        held = {s.urn for s in schools} if own else set()
        info = self._register.info
        primaries = Counter({when: n for (phase, when), n in opened.items() if phase == "primary"})
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
                *(primaries, phases["primary"], trusts, hubs, networks),
                register_day=info.day,
            ),
            self._away(place, schools),
            all_through,
            tuple(u for u in own.urns if u not in held) if own else (),
            tuple(self._elsewhere(place.code)) if place.kind == "la" else (),
        )

    def _opened(self, schools: Iterable[CountedSchool]) -> Counter[tuple[str, int]]:
        """How many academies of each phase opened on each day (20250717, 0 for not known)."""
        found: Counter[tuple[str, int]] = Counter()
        for (phase, kind, opened), number in Counter(map(_OPENED, schools)).items():
            if self._register.census.kinds[kind].academy:
                found[SCHOOL_PHASES[phase], opened or 0] += number
        return found

    def _elsewhere(self, code: str) -> Iterable[PartnershipHere]:
        near = partnerships.of_adjoining(self._directory, self._register, code)
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

    def _phase(self, runs: Runs) -> PhaseProfile:
        counted = dict.fromkeys(FIGURES, 0)
        in_trusts: Counter[str] = Counter()
        lone = academies = 0
        sizes, kinds = self._register.census.trust_sizes(), self._register.census.kinds
        for (kind, uid), number in runs.items():
            run = governance(sizes.get(uid), maintained=kinds[kind].maintained)
            counted[run.figure] += number
            academies += number if kinds[kind].academy else 0
            if run.id not in ("maintained", "other"):
                in_trusts[uid] += number
                lone += number if run.id == "mat_single" else 0
        total = in_trusts.total()
        squares = sum(number * number for number in in_trusts.values())
        return PhaseProfile(
            sum(runs.values()),
            academies,
            counted,
            lone,
            len(in_trusts),
            total * total / squares if total else None,
            self._churches(runs),
        )

    def _churches(self, runs: Runs) -> dict[Church, int] | None:
        if not self._register.tells("religious_character"):
            return None
        counted = dict.fromkeys(CHURCHES, 0)
        for (kind, _), number in runs.items():
            for church in self._register.census.kinds[kind].churches or ():
                counted[church] += number
        return counted

    def _trusts(self, runs: Mapping[Phase, Runs]) -> tuple[TrustInPlace, ...]:
        """By name; how the screens order them otherwise is theirs."""
        here, primaries = (self._in_trusts(runs[phase]) for phase in ("all", "primary"))
        sizes = self._register.census.trust_sizes()
        found = [
            TrustInPlace(uid, t.name, t.kind, t.schools, number, primaries[uid])
            for uid, number in here.items()
            if (t := sizes.get(uid)) and t.kind != "foundation"
        ]
        return tuple(sorted(found, key=lambda t: (t.name.casefold(), t.uid)))

    def _in_trusts(self, runs: Runs) -> Counter[str]:
        found: Counter[str] = Counter()
        for (kind, uid), number in runs.items():
            if uid and not self._register.census.kinds[kind].maintained:
                found[uid] += number
        return found

    def _authorities(
        self, place: Locality, schools: Iterable[CountedSchool]
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
            spots = self._by_district(schools)
            found = [self._directory.authority(*spot) for spot, _ in spots.most_common()]
            return tuple(dict.fromkeys(a for a in found if a))
        return tuple(a for code in codes if (a := self._directory.authority(code)))

    def _away(self, place: Locality, schools: Iterable[CountedSchool]) -> int:
        """Schools that an authority runs in another's district, or another's in this district."""
        if place.kind not in ("la", "district"):
            return 0
        away = 0
        for (la_code, name), number in self._by_district(schools).items():
            district = self._directory.district(name)
            authority = self._directory.authority(la_code, name)
            if district and authority and district.la_code != authority.code:
                away += number
        return away

    def _by_district(self, schools: Iterable[CountedSchool]) -> Counter[tuple[str, str]]:
        """How many schools there are of each authority in each district, those of the school with
        the lowest URN first."""
        found: Counter[tuple[str, str]] = Counter()
        for place, number in Counter(map(_PLACE, schools)).items():
            spot = self._register.census.place_names[place]
            found[spot.la_code, spot.district_name] += number
        return found


def _by_phase(schools: Sequence[CountedSchool]) -> tuple[dict[Phase, Runs], int]:
    """Who runs the schools, by the phases of a profile, and how many are all-through."""
    all_through = 0
    found: dict[Phase, Counter[tuple[int, str]]] = {phase: Counter() for phase in PHASES}
    for (phase, *run), number in Counter(map(_RUN, schools)).items():
        kind, uid = run
        name = SCHOOL_PHASES[phase]
        found["all"][kind, uid] += number
        all_through += number if name == ALL_THROUGH else 0
        if told := _TOLD.get(COUNTED_AS.get(name, name)):
            found[told][kind, uid] += number
    return {**found}, all_through
