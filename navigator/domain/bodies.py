"""What is known of one body: a hub, programme, trust, authority, network or partnership.

Where `landscapes` looks from a school at its bodies, this looks from a body at its schools. Pure,
as `landscapes` is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import grid
from navigator.core.church import for_churches
from navigator.core.errors import NotFoundError
from navigator.core.governance import GOVERNANCE, Governance, governance
from navigator.core.keys import Key
from navigator.core.landscape import Claim, Landscape, NearbySchool
from navigator.core.model import (
    Authority,
    Hub,
    Network,
    Partnership,
    Programme,
    School,
    Trust,
    phases_fit,
)
from navigator.core.record import OwnNetwork
from navigator.domain.details import (
    AuthorityDetail,
    BodyDetail,
    DioceseDetail,
    HubDetail,
    InPlace,
    NetworkDetail,
    ProgrammeDetail,
    SchoolsDetail,
    TrustDetail,
)

if TYPE_CHECKING:
    from navigator.domain.landscapes import Landscapes
    from navigator.register.census import Place

LISTED = 600
"""Schools that one list holds; more take longer to read and to lay out than a screen may."""


class Extent(NamedTuple):
    """Where a hub, network or partnership works, and for which schools.

    `places` are the register's, each with whether it is the body's own for sure and whole; `fits`
    tells whether it is for schools of a phase, lowest and highest age.
    """

    body: Hub | Network | Partnership
    programme: Programme | None
    places: tuple[tuple[Place, bool], ...]
    fits: Callable[[str, int | None, int | None], bool]


class Bodies:
    """Answers about bodies, from the register and directory of a landscapes."""

    def __init__(self, landscapes: Landscapes) -> None:
        self._claims = landscapes.claims
        self._sharing = landscapes.sharing
        self._areas = landscapes.areas
        self._dioceses = landscapes.dioceses
        self._register = landscapes.register
        self._directory = landscapes.directory

    def programme(
        self, programme_id: str, day: date, home: Landscape | None = None
    ) -> ProgrammeDetail:
        """Raises UnknownProgrammeError for an id that no registry holds."""
        programme = self._directory.programme(programme_id)
        hubs = {h.id: h for h in reversed(self._directory.hubs(programme_id)) if h.in_force(day)}
        running = programme.runs_on(day)
        known = tuple(hubs.values())[::-1] if running else ()
        leads = self._claims.leads
        far = {hub.id: leads.at(hub, home.school, day).distance_km for hub in known} if home else {}
        return ProgrammeDetail(
            programme,
            known,
            self._directory.named(programme_id, day) if running else 0,
            programme.counted(day),
            {hub_id: km for hub_id, km in far.items() if km is not None},
        )

    def hub(self, key: Key, home: Landscape | None, day: date) -> HubDetail:
        """Raises NotFoundError for a hub that the programme's table doesn't hold."""
        programme_id, hub_id = key.programme_and_hub
        extent = self.extent(key, day)
        programme = self._directory.programme(programme_id)
        table = self._directory.hubs(programme_id)
        rows = tuple(h for h in table if h.id == hub_id)
        rows = tuple(h for h in rows if h.in_force(day)) or rows
        schools, sure = self._counted(extent)
        areas = {(a.kind, a.code) for row in rows for a in row.areas}
        return HubDetail(
            programme,
            rows[0],
            rows,
            self._claims.leads.at(rows[0], home.school if home else None, day),
            tuple(self._claims.leads.of(rows[0])),
            schools,
            sure,
            tuple(self._nearby_with(hub_id, programme, home, day) if home else ()),
            tuple(
                h
                for h in table
                if h.id != hub_id
                and h.valid_to is not None
                and h.valid_to < day
                and areas & {(a.kind, a.code) for a in h.areas}
            ),
        )

    def _nearby_with(
        self, hub_id: str, programme: Programme, home: Landscape, day: date
    ) -> Iterable[NearbySchool]:
        """The schools near ours that surely have a hub, what the head set for one among it; none
        where its programme isn't for our school, which can't share it."""
        for near in home.nearby if programme.serves_school(home.school) else ():
            if hub_id in (self._sharing.hubs(programme, near.school, day, home.record) or ()):
                yield near

    def body(self, key: Key, day: date) -> BodyDetail:
        """A network or partnership. Raises NotFoundError for an id that isn't in the table."""
        extent = self.extent(key, day)
        body = self.named(key)
        authorities = (self._directory.authority(code) for code in body.la_codes)
        return BodyDetail(body, tuple(a for a in authorities if a), self._counted(extent)[0])

    def schools(self, key: Key, day: date) -> SchoolsDetail:
        """The schools that the page of a hub, network or partnership counts, those of one authority
        if the key's part is its code.

        Raises NotFoundError for a body that isn't in its table.
        """
        extent = self.extent(key, day)
        places = tuple(p for p in extent.places if key.part in ("", p[0].la_code))
        extent = extent._replace(places=places)
        counted, sure = self._counted(extent)
        listed: dict[str, list[School]] = {}
        if key.part or sum(place.schools for place in counted) <= LISTED:
            for school in self.schools_in(extent):
                listed.setdefault(school.la_code, []).append(school)
        by_name = sorted(counted, key=lambda place: place.la_name)
        told = tuple((place, tuple(listed.get(place.la_code, ()))) for place in by_name)
        return SchoolsDetail(extent.body, extent.programme, told, sure)

    def extent(self, key: Key, day: date) -> Extent:
        """Where the hub, network or partnership of a key, or of a page of its schools, works.

        Raises NotFoundError for a body that isn't in its table.
        """
        if key.listed_of.kind == "hub":
            hub = self.hub_called(key)
            programme = self._directory.programme(hub.programme)
            places = tuple(self._areas.of_hub(programme, hub.id, day))
            return Extent(hub, programme, places, programme.serves_ages)
        body = self.named(key)
        places = tuple((p, True) for code in body.la_codes for p in self._areas.run_by(code))
        return Extent(body, None, places, lambda phase, *_: phases_fit(body.phases, phase))

    def schools_in(self, extent: Extent) -> list[School]:
        """The open schools that fit where a body works, by name."""
        found = self._register.census.schools_of(place for place, _ in extent.places)
        church = "" if isinstance(extent.body, Hub) else extent.body.church
        return [
            s
            for s in found
            if extent.fits(s.phase, s.low_age, s.high_age) and for_churches(church, s.churches)
        ]

    def _counted(self, extent: Extent) -> tuple[tuple[InPlace, ...], bool]:
        """How many `schools_in` there are by authority; and whether all count for sure."""
        if not isinstance(extent.body, Hub) and extent.body.church:
            # The index that tells phases knows no church: these few bodies are counted by school.
            found = self.schools_in(extent)
            return _in_places(Counter((s.la_code, s.la_name) for s in found)), True
        counts: Counter[tuple[str, str]] = Counter()
        sure = True
        for place, exact in extent.places:
            number = sum(
                kind.schools
                for kind in self._register.census.counts_of(place)
                if extent.fits(kind.phase, kind.low_age, kind.high_age)
            )
            if number:
                counts[place.la_code, place.la_name] += number
                sure = sure and exact
        return _in_places(counts), sure

    def hub_called(self, key: Key) -> Hub:
        """The first row of a hub. Raises NotFoundError for one that isn't in the table."""
        programme_id, hub_id = key.programme_and_hub
        for hub in self._directory.hubs(programme_id):
            if hub.id == hub_id:
                return hub
        name = self._directory.programme(programme_id).name
        raise NotFoundError(f"The {name} table holds no hub “{hub_id}”.")

    def named(self, key: Key) -> Network | Partnership:
        """A network or partnership. Raises NotFoundError for an id that isn't in the table."""
        bodies: Iterable[Network | Partnership] = (
            self._directory.all_networks()
            if key.listed_of.kind == "network"
            else self._directory.all_partnerships()
        )
        for body in bodies:
            if body.id == key.id:
                return body
        raise NotFoundError(f"No body called “{key.id}” is known.")

    def trust(self, uid: str, home: Landscape | None) -> TrustDetail:
        """Raises NotFoundError for a group that isn't a trust on this register."""
        from statistics import median  # where used: it takes as long as many a page

        trust = self.trust_called(uid)
        members = self._register.census.members(uid)
        apart = _apart(members)
        between = median(apart) if apart else None
        return TrustDetail(trust, *_told(members, home), _centre(members), between)

    def trust_called(self, uid: str) -> Trust:
        """Raises NotFoundError for a group that isn't a trust on this register."""
        trust = self._register.trust(uid)
        if trust is None:
            raise NotFoundError(f"The register in use has no trust with UID {uid}.")
        return trust

    def diocese(self, key: Key, home: Landscape | None) -> DioceseDetail:
        """Raises NotFoundError for a diocese that neither our table nor the register has."""
        diocese, members = self._dioceses.called(key)
        return DioceseDetail(diocese, self._dioceses.told, *_told(members, home))

    def own_network(self, network: OwnNetwork, home: Landscape | None) -> NetworkDetail:
        """A network of the head's own, told as a trust is."""
        found = {urn: self._register.get(urn) for urn in network.urns}
        members = [school for school in found.values() if school]
        unknown = tuple(urn for urn, school in found.items() if school is None)
        spread = max(_apart(members), default=None)
        return NetworkDetail(network, *_told(members, home), _centre(members), spread, unknown)

    def authority(self, code: str, day: date) -> AuthorityDetail:
        """Raises NotFoundError for a code that isn't one of the 153."""
        authority = self.authority_of(code)
        schools = self.state_schools(code)
        counted = Counter(self.governance(s).id for s in schools)
        return AuthorityDetail(
            authority,
            len(schools),
            tuple((id, counted[id]) for id in GOVERNANCE if counted[id]),
            tuple(Counter(s.phase or "other" for s in schools).most_common()),
            tuple(self._hubs_of(schools, day)),
            self._directory.networks(code, ""),
            self._directory.partnerships(code),
            self._directory.neighbours(code),
            schools,
            tuple(self._areas_once(authority, day)),
        )

    def authority_of(self, code: str) -> Authority:
        """Raises NotFoundError for a code that isn't one of the 153."""
        authority = self._directory.authority(code)
        if authority is None:
            raise NotFoundError(f"{code} isn't the code of a local authority in England.")
        return authority

    def state_schools(self, la_code: str) -> tuple[School, ...]:
        """The open state-funded schools of an authority, by name."""
        return tuple(s for s in self._register.census.in_la(la_code) if s.is_state_funded)

    def governance(self, school: School) -> Governance:
        """How a state-funded school is run."""
        trust = self._register.census.trust_sizes().get(school.trust_uid)
        return governance(trust, maintained=school.is_maintained)

    def _hubs_of(
        self, schools: Iterable[School], day: date
    ) -> Iterable[tuple[Programme, Hub, Claim]]:
        """The hubs claimed for an authority's schools, once each, programmes in order."""
        # A claim goes by district, phase and ages: one school of each will do, and without its
        # position no distances are worked out.
        kinds = {(s.district_name, s.phase, s.low_age, s.high_age): s for s in schools}
        placeless = [s._replace(easting=None, northing=None) for s in kinds.values()]
        for programme in self._directory.programmes:
            if programme.rule == "nearest" or not programme.runs_on(day):
                continue
            # Districts that the same rows cover have the same claim.
            districts = {s.district_name: s for s in placeless if programme.serves_school(s)}
            one_each: dict[object, School] = {}
            for school in districts.values():
                covers = self._directory.covering(programme.id, school, day)
                alike = tuple((id(c.hub), id(c.area), c.exact) for c in covers)
                one_each[school.region, alike] = school
            seen: set[str] = set()
            for school in one_each.values():
                claim = self._claims.of(programme, school, day)
                found = [claim.hub] if claim.hub else []
                for at in (*found, *(claim.alternatives if claim.claim is Claim.ONE_OF else ())):
                    if at.hub.id not in seen:
                        seen.add(at.hub.id)
                        yield programme, at.hub, claim.claim

    def _areas_once(self, authority: Authority, day: date) -> Iterable[tuple[Programme, Hub]]:
        for p in self._directory.programmes:
            if p.areas_only and p.valid_to and p.valid_to < day:
                place = (authority.code, "", authority.region, p.valid_to)
                for cover in self._directory.covering_place(p.id, *place):
                    yield p, cover.hub


def _told(
    schools: Iterable[School], home: Landscape | None
) -> tuple[
    tuple[tuple[School, float | None], ...],
    tuple[InPlace, ...],
    tuple[tuple[str, int], ...],
]:
    """Of a group's schools: each with its kilometres from the home school, the nearest first; how
    many lie in each authority and are of each phase."""
    here = home.school if home else None
    schools = list(schools)
    far = [(s, grid.between(here, s) if here else None) for s in schools]
    return (
        tuple(sorted(far, key=lambda pair: (pair[1] is None, pair[1] or 0.0, pair[0].name))),
        _in_places(Counter((s.la_code, s.la_name) for s in schools)),
        tuple(Counter(s.phase or "other" for s in schools).most_common()),
    )


def _in_places(counts: Counter[tuple[str, str]]) -> tuple[InPlace, ...]:
    most_first = sorted(counts.items(), key=lambda item: (-item[1], item[0][1]))
    return tuple(InPlace(code, name, n) for (code, name), n in most_first)


def _apart(schools: Iterable[School]) -> list[float]:
    """The kilometres between any two of some schools."""
    pairs = combinations(schools, 2)
    return [km for a, b in pairs if (km := grid.between(a, b)) is not None]


def _centre(schools: Iterable[School]) -> School | None:
    """The school nearest to the mean position of those that have one."""
    from statistics import fmean

    placed = {
        school: (school.easting, school.northing)
        for school in schools
        if school.easting is not None and school.northing is not None
    }
    if not placed:
        return None
    middle = tuple(map(fmean, zip(*placed.values(), strict=True)))
    return min(placed, key=lambda school: math.dist(placed[school], middle))
