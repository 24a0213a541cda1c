"""What is known of one body: a hub, programme, trust, authority, network or partnership.

Where `landscape` looks from a school at its bodies, this looks from a body at its schools. Pure, as
`landscape` is.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import combinations
from statistics import fmean, median
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from navigator.core import grid, wording
from navigator.core.errors import NotFoundError
from navigator.core.model import (
    Authority,
    Claim,
    Count,
    Hub,
    HubAtDistance,
    Landscape,
    NearbySchool,
    Neighbour,
    Network,
    Partnership,
    Programme,
    School,
    Trust,
    phases_fit,
    size_band,
)
from navigator.core.record import OwnNetwork, OwnRecord

if TYPE_CHECKING:
    from navigator.domain.landscapes import Landscapes
    from navigator.register.census import Place

B = TypeVar("B", Network, Partnership)

GOVERNANCE = (
    ("maintained", "maintained"),
    ("sat", "single-academy trust"),
    ("mat_single", "multi-academy trust of one school"),
    ("mat_small", "small multi-academy trust, 2–5 schools"),
    ("mat_medium", "medium multi-academy trust, 6–15 schools"),
    ("mat_large", "large multi-academy trust, 16 and more"),
    ("other", "academy or free school without a trust on the register"),
)
"""How a state-funded school is governed: the key, and in words."""


Fits = Callable[[str, int | None, int | None], bool]
"""Whether a body is for schools of a phase, lowest and highest age."""


LISTED = 600
"""Schools that one list holds; more take longer to read and to lay out than a screen may."""


LOCAL, MOSTLY = 0.75, 0.5
"""Shares of a trust's schools in one authority from which on it is "local" and "mostly in one LA"
(docs/claims.md)."""


class Point(NamedTuple):
    """A state-funded school on a map: `east` and `north` are kilometres of the grid.

    `governance` is a key of `GOVERNANCE`, `trust` the name of its academy trust, "" for none.
    """

    urn: int
    name: str
    phase: str
    governance: str
    trust: str
    trust_uid: str
    town: str
    la_code: str
    la_name: str
    easting: int
    northing: int
    east: float
    north: float


class Gathered(NamedTuple):
    """A body as a map has it: its schools that have a position, each lead school with the hub it
    leads, and how many schools there are with and without one."""

    title: str
    kind: str
    members: tuple[Point, ...] = ()
    leads: tuple[tuple[Point, str], ...] = ()
    total: int = 0


class InPlace(NamedTuple):
    """A number of schools in an authority."""

    la_code: str
    la_name: str
    schools: int


class ProgrammeDetail(NamedTuple):
    """A programme on a day: the hubs in force that we can name, beside the published number."""

    programme: Programme
    hubs: tuple[Hub, ...]
    named: int
    counted: Count | None


class HubDetail(NamedTuple):
    """A hub: its rows, who leads it, the open schools of its phases in its areas.

    `leads` are the lead schools that the register holds, `shares` those of the home school's nearby
    schools that surely have this hub; `sure` is False where some area belongs to it only in part,
    and then `schools` counts the whole area.
    """

    programme: Programme
    hub: Hub
    rows: tuple[Hub, ...]
    at: HubAtDistance
    leads: tuple[School, ...]
    schools: tuple[InPlace, ...]
    sure: bool
    shares: tuple[NearbySchool, ...]
    predecessors: tuple[Hub, ...]


class TrustDetail(NamedTuple):
    """A trust: its open schools, by authority and phase; `centre` is the school nearest its middle.

    `members` holds each school with its kilometres from the home school (None where unknown),
    `median_km` is the middle one of the distances between any two of them.
    """

    trust: Trust
    members: tuple[tuple[School, float | None], ...]
    authorities: tuple[InPlace, ...]
    phases: tuple[tuple[str, int], ...]
    centre: School | None
    median_km: float | None = None

    @property
    def local(self) -> str:
        """ "local", "mostly in one LA" or "dispersed"; "" for a trust not whole on this register,
        and for one of a single school."""
        known = sum(place.schools for place in self.authorities)
        if known < 2 or known < self.trust.size:
            return ""
        share = self.authorities[0].schools / known
        return "local" if share >= LOCAL else "mostly in one LA" if share >= MOSTLY else "dispersed"


class NetworkDetail(NamedTuple):
    """A network of the head's own: its schools as `TrustDetail` has them, and the URNs unknown."""

    network: OwnNetwork
    members: tuple[tuple[School, float | None], ...]
    authorities: tuple[InPlace, ...]
    phases: tuple[tuple[str, int], ...]
    centre: School | None
    spread_km: float | None
    unknown: tuple[int, ...]


class AuthorityDetail(NamedTuple):
    """An authority: its open state-funded schools by governance and phase, hubs and bodies.

    `history` holds the areas that programmes now over once chose in it.
    """

    authority: Authority
    schools: int
    governance: tuple[tuple[str, int], ...]
    phases: tuple[tuple[str, int], ...]
    hubs: tuple[tuple[Programme, Hub, Claim], ...]
    networks: tuple[Network, ...]
    partnerships: tuple[Partnership, ...]
    neighbours: tuple[Neighbour, ...]
    members: tuple[School, ...]
    history: tuple[tuple[Programme, Hub], ...]


class BodyDetail(NamedTuple):
    """A network or partnership, its authorities and their open schools of its phases."""

    body: Network | Partnership
    authorities: tuple[Authority, ...]
    schools: tuple[InPlace, ...]


class SchoolsDetail(NamedTuple):
    """The open schools of a body's phases where it works, by authority and name.

    Where they are more than LISTED they are only counted, unless one authority was asked for.
    `sure` is as in `HubDetail`.
    """

    body: Hub | Network | Partnership
    programme: Programme | None
    places: tuple[tuple[InPlace, tuple[School, ...]], ...]
    sure: bool


class Listed(NamedTuple):
    """A body in the index; `size` counts its schools or named hubs, `of` the published hubs."""

    kind: str
    name: str
    said: str
    key: str
    size: int | None = None
    of: int | None = None


class Bodies:
    """Answers about bodies, from the register and directory of a landscapes."""

    def __init__(self, landscapes: Landscapes) -> None:
        self._maps = landscapes
        self._register = landscapes.register
        self._directory = landscapes.directory
        self._points: dict[int, Point] = {}
        self._lying: dict[str, list[Place]] = {}
        self._indexes: dict[date, tuple[Listed, ...]] = {}

    def programme(self, programme_id: str, day: date) -> ProgrammeDetail:
        """Raises UnknownProgrammeError for an id that no registry holds."""
        programme = self._directory.programme(programme_id)
        hubs = {h.id: h for h in reversed(self._directory.hubs(programme_id)) if h.in_force(day)}
        running = programme.runs_on(day)
        return ProgrammeDetail(
            programme,
            tuple(hubs.values())[::-1] if running else (),
            self._directory.named(programme_id, day) if running else 0,
            programme.counted(day),
        )

    def hub(self, programme_id: str, hub_id: str, home: Landscape | None, day: date) -> HubDetail:
        """Raises NotFoundError for a hub that the programme's table doesn't hold."""
        programme = self._directory.programme(programme_id)
        table = self._directory.hubs(programme_id)
        rows = tuple(h for h in table if h.id == hub_id)
        if not rows:
            raise NotFoundError(f"The {programme.name} table holds no hub “{hub_id}”.")
        rows = tuple(h for h in rows if h.in_force(day)) or rows
        works = list(self._places_of(programme, hub_id, day))
        schools, sure = self._counted(works, programme.serves_ages)
        at = self._maps.at(rows[0], home.school if home else None)
        shares = tuple(
            n
            for n in (home.nearby if home else ())
            if hub_id in self._maps.hub_ids(programme, n.school, day)
        )
        leads = tuple(lead for urn in rows[0].lead_urns if (lead := self._maps.lead(urn)))
        areas = {(a.kind, a.code) for row in rows for a in row.areas}
        before = tuple(
            h
            for h in table
            if h.id != hub_id
            and h.valid_to is not None
            and h.valid_to < day
            and areas & {(a.kind, a.code) for a in h.areas}
        )
        return HubDetail(programme, rows[0], rows, at, leads, schools, sure, shares, before)

    def hub_schools(
        self, programme_id: str, hub_id: str, day: date, la_code: str = ""
    ) -> SchoolsDetail:
        """The schools that a hub's page counts, those of one authority if its code is given.

        Raises NotFoundError for a hub that the programme's table doesn't hold.
        """
        programme = self._directory.programme(programme_id)
        hub = self.hub_called(programme_id, hub_id)
        works = list(self._places_of(programme, hub_id, day))
        return self._schools(hub, programme, works, programme.serves_ages, la_code)

    def _body_schools(self, body: Network | Partnership, la_code: str) -> SchoolsDetail:
        return self._schools(body, None, self._works(body), _fits(body), la_code)

    def _schools(
        self,
        body: Hub | Network | Partnership,
        programme: Programme | None,
        works: Iterable[tuple[Place, bool]],
        fits: Fits,
        la_code: str,
    ) -> SchoolsDetail:
        works = [(p, exact) for p, exact in works if not la_code or p.la_code == la_code]
        counted, sure = self._counted(works, fits)
        listed: dict[str, list[School]] = {}
        if la_code or sum(place.schools for place in counted) <= LISTED:
            for school in self._register.schools_of(place for place, _ in works):
                if fits(school.phase, school.low_age, school.high_age):
                    listed.setdefault(school.la_code, []).append(school)
        return SchoolsDetail(
            body,
            programme,
            tuple(
                (place, tuple(listed.get(place.la_code, ())))
                for place in sorted(counted, key=lambda place: place.la_name)
            ),
            sure,
        )

    def _counted(
        self, works: Iterable[tuple[Place, bool]], fits: Fits
    ) -> tuple[tuple[InPlace, ...], bool]:
        """Open schools that fit in some places, by authority; and whether all count for sure."""
        counts: Counter[tuple[str, str]] = Counter()
        sure = True
        for place, exact in works:
            number = sum(
                kind.schools
                for kind in self._register.counts_of(place)
                if fits(kind.phase, kind.low_age, kind.high_age)
            )
            if number:
                counts[place.la_code, place.la_name] += number
                sure = sure and exact
        return _in_places(counts), sure

    def _places_of(
        self, programme: Programme, hub_id: str, day: date
    ) -> Iterable[tuple[Place, bool]]:
        """Where a hub works on a day, and whether a place is its own for sure and whole."""
        for place in self._places_near(programme, hub_id):
            for cover in self._directory.covering_place(
                programme.id, place.la_code, place.district_name, place.region, day
            ):
                if cover.hub.id == hub_id and cover.confidence != "low":
                    yield place, cover.exact
                    break

    def _places_near(self, programme: Programme, hub_id: str) -> Iterable[Place]:
        """Places in the authorities that a hub's areas lie in: they alone need a closer look."""
        directory = self._directory
        authorities: dict[str, None] = {}
        for hub in directory.hubs(programme.id):
            for area in hub.areas if hub.id == hub_id else ():
                if area.kind == "LA":
                    authorities[area.code] = None
                elif area.kind == "district" and (district := directory.district(area.name)):
                    authorities[district.la_code] = None
                else:
                    return self._register.places()
        return dict.fromkeys(p for code in authorities for p in self._places_in(code))

    def _places_in(self, la_code: str) -> Sequence[Place]:
        """The places that an authority of today runs schools of, or in whose district they lie."""
        if not self._lying:
            directory = self._directory
            for place in self._register.places():
                authority = directory.authority(place.la_code, place.district_name)
                district = directory.district(place.district_name)
                codes = {authority.code if authority else place.la_code}
                for code in codes | ({district.la_code} if district else set()):
                    self._lying.setdefault(code, []).append(place)
        return self._lying.get(la_code, ())

    def trust(self, uid: str, home: Landscape | None) -> TrustDetail:
        """Raises NotFoundError for a group that isn't a trust on this register."""
        trust = self._register.trust(uid)
        if trust is None:
            raise NotFoundError(f"The register in use has no trust with UID {uid}.")
        members = self._register.members(uid)
        return TrustDetail(
            trust,
            _far(members, home),
            _in_places(Counter((s.la_code, s.la_name) for s in members)),
            tuple(Counter(s.phase or "other" for s in members).most_common()),
            _centre(members),
            _median_km(members),
        )

    def own_network(self, network: OwnNetwork, home: Landscape | None) -> NetworkDetail:
        """A network of the head's own, told as a trust is."""
        found = {urn: self._register.get(urn) for urn in network.urns}
        members = [school for school in found.values() if school]
        apart = [grid.between(a, b) for a, b in combinations(members, 2)]
        return NetworkDetail(
            network,
            _far(members, home),
            _in_places(Counter((s.la_code, s.la_name) for s in members)),
            tuple(Counter(s.phase or "other" for s in members).most_common()),
            _centre(members),
            max((km for km in apart if km is not None), default=None),
            tuple(urn for urn, school in found.items() if school is None),
        )

    def own_networks(self, record: OwnRecord) -> Iterable[Listed]:
        """The head's own networks, for the index."""
        for n in record.networks:
            yield Listed("Your networks", n.name, n.note, n.key, len(n.urns))

    def authority(self, code: str, day: date) -> AuthorityDetail:
        """Raises NotFoundError for a code that isn't one of the 153."""
        authority = self._directory.authority(code)
        if authority is None:
            raise NotFoundError(f"{code} isn't the code of a local authority in England.")
        schools = self._state_schools(code)
        counted = Counter(self._governance(s) for s in schools)
        return AuthorityDetail(
            authority,
            len(schools),
            tuple((words, counted[key]) for key, words in GOVERNANCE if counted[key]),
            tuple(Counter(s.phase or "other" for s in schools).most_common()),
            tuple(self._hubs_of(schools, day)),
            self._directory.networks(code, ""),
            self._directory.partnerships(code),
            self._directory.neighbours(code),
            schools,
            tuple(self._areas_once(authority, day)),
        )

    def authority_called(self, text: str) -> tuple[Authority, tuple[School, ...]]:
        """The authority that a code or name means, and its open state-funded schools by name.

        Raises:
            NotFoundError: there is none, or a part of a name fits several; the text names them.
        """
        wanted = " ".join(text.casefold().split())
        known = [a for a in self._directory.authorities() if a.code]
        found = [a for a in known if wanted in (a.code, a.name.casefold())] or [
            a for a in known if wanted and wanted in a.name.casefold()
        ]
        if len(found) == 1:
            return found[0], self._state_schools(found[0].code)
        if found:
            names = "; ".join(f"{a.name} ({a.code})" for a in found[:12])
            more = f"; and {len(found) - 12} more" if len(found) > 12 else ""
            raise NotFoundError(f"{text[:60]!r} fits several authorities: {names}{more}.")
        raise NotFoundError(
            f"{text[:60]!r} is no local authority by its name or three-digit code. In the app, d "
            "lists them all."
        )

    def _state_schools(self, la_code: str) -> tuple[School, ...]:
        return tuple(s for s in self._register.in_la(la_code) if s.is_state_funded)

    def _governance(self, school: School) -> str:
        return self._governed(school.trust_uid, maintained=school.is_maintained)

    def _governed(self, trust_uid: str, *, maintained: bool) -> str:
        if maintained:
            return "maintained"
        trust = self._register.trust_sizes().get(trust_uid)
        if trust is None or trust.kind == "foundation":
            return "other"
        return "sat" if trust.kind == "SAT" else f"mat_{size_band(trust.schools)}"

    # --- maps ---

    def points(self) -> dict[int, Point]:
        """Every open state-funded school with a position by URN; read from the register once."""
        if not self._points:
            names = {t.uid: t.name for t in self._register.trust_sizes().values()}
            for school in self._register.brief_in():
                if school.easting is not None and school.northing is not None:
                    self._points[school.urn] = Point(
                        school.urn,
                        school.name,
                        school.phase,
                        self._governed(school.trust_uid, maintained=school.maintained),
                        "" if school.maintained else names.get(school.trust_uid, ""),
                        "" if school.maintained else school.trust_uid,
                        school.town,
                        school.la_code,
                        school.la_name,
                        school.easting,
                        school.northing,
                        school.easting / 1000,
                        school.northing / 1000,
                    )
        return self._points

    def point(self, school: School) -> Point | None:
        """A school on a map, also a closed or independent one; None without a position."""
        if school.easting is None or school.northing is None:
            return None
        return self.points().get(school.urn) or Point(
            school.urn,
            school.name,
            school.phase,
            self._governance(school),
            "" if school.is_maintained else self._register.trust_name(school.trust_uid),
            "" if school.is_maintained else school.trust_uid,
            school.town,
            school.la_code,
            school.la_name,
            school.easting,
            school.northing,
            school.easting / 1000,
            school.northing / 1000,
        )

    def lead(self, urn: int) -> Point | None:
        """A lead school on a map, as the register has it now."""
        school = self._maps.lead(urn)
        return self.point(school) if school else None

    def hub_called(self, programme_id: str, hub_id: str) -> Hub:
        """Raises NotFoundError for a hub that the programme's table doesn't hold."""
        for hub in self._directory.hubs(programme_id):
            if hub.id == hub_id:
                return hub
        name = self._directory.programme(programme_id).name
        raise NotFoundError(f"The {name} table holds no hub “{hub_id}”.")

    def gathered(self, key: str, day: date) -> Gathered:
        """The schools of the body that a page is about, by the page's key, and who leads it.

        Raises:
            NotFoundError: no such body, or one that gathers no schools.
        """
        kind, _, name = key.partition(":")
        name, _, la_code = name.partition("@")  # of the lists of schools
        makers: dict[str, Callable[[], Gathered]] = {
            "trust": lambda: self._gathered_trust(name),
            "la": lambda: self._gathered_la(name),
            "programme": lambda: self._gathered_hubs(name, None, day),
            "hub": lambda: self._gathered_hubs(*name.partition("/")[::2], day),
            "network": lambda: self._gathered_body(self.network(name).body),
            "partnership": lambda: self._gathered_body(self.partnership(name).body),
        }
        maker = makers.get(kind.removesuffix("-schools"))
        if maker is None:
            raise NotFoundError("There is no map of this page: it gathers no schools.")
        body = maker()
        members = tuple(p for p in body.members if not la_code or p.la_code == la_code)
        return body._replace(members=members)

    def gathered_of(self, title: str, kind: str, urns: Iterable[int]) -> Gathered:
        """Some schools under a title."""
        points, urns = self.points(), tuple(urns)
        return Gathered(title, kind, tuple(points[u] for u in urns if u in points), (), len(urns))

    def _gathered_trust(self, uid: str) -> Gathered:
        trust = self._register.trust(uid)
        if trust is None:
            raise NotFoundError(f"The register in use has no trust with UID {uid}.")
        return self.gathered_of(trust.name, "Trust", (s.urn for s in self._register.members(uid)))

    def _gathered_la(self, code: str) -> Gathered:
        authority = self._directory.authority(code)
        if authority is None:
            raise NotFoundError(f"{code} isn't the code of a local authority in England.")
        urns = (s.urn for s in self._state_schools(code))
        return self.gathered_of(authority.name, "Local authority", urns)

    def _gathered_hubs(self, programme_id: str, hub_id: str | None, day: date) -> Gathered:
        """A hub's schools and lead schools; of a programme the lead schools of all its hubs."""
        programme = self._directory.programme(programme_id)
        if hub_id is None:
            hubs = self.programme(programme_id, day).hubs
            body = Gathered(programme.name, "Programme")
        else:
            hubs = (self.hub_called(programme_id, hub_id),)
            works = self._places_of(programme, hub_id, day)
            urns = self._urns_in(works, programme.serves_ages)
            body = self.gathered_of(hubs[0].name, programme.name, urns)
        leads = tuple(
            (point, f"{programme.name}: {hub.name}")
            for hub in hubs
            for urn in hub.lead_urns
            if (point := self.lead(urn))
        )
        return body._replace(leads=leads)

    def _gathered_body(self, body: Network | Partnership) -> Gathered:
        kind = "Heads' network" if isinstance(body, Network) else "Partnership"
        return self.gathered_of(body.name, kind, self._urns_in(self._works(body), _fits(body)))

    def _urns_in(self, works: Iterable[tuple[Place, bool]], fits: Fits) -> list[int]:
        schools = self._register.schools_of(place for place, _ in works)
        return [s.urn for s in schools if fits(s.phase, s.low_age, s.high_age)]

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
                claim = self._maps.claim(programme, school, day)
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

    def _works(self, body: Network | Partnership) -> Iterable[tuple[Place, bool]]:
        """The places whose schools the authorities of a network or partnership run."""
        for code in body.la_codes:
            for place in self._places_in(code):
                authority = self._directory.authority(place.la_code, place.district_name)
                if authority is not None and authority.code == code:
                    yield place, True

    def network(self, network_id: str) -> BodyDetail:
        """Raises NotFoundError for an id that isn't in the table."""
        return self._body(_named(network_id, self._directory.all_networks()))

    def partnership(self, partnership_id: str) -> BodyDetail:
        """Raises NotFoundError for an id that isn't in the table."""
        return self._body(_named(partnership_id, self._directory.all_partnerships()))

    def network_schools(self, network_id: str, la_code: str = "") -> SchoolsDetail:
        """The schools that a network's page counts; as `hub_schools`."""
        return self._body_schools(_named(network_id, self._directory.all_networks()), la_code)

    def partnership_schools(self, partnership_id: str, la_code: str = "") -> SchoolsDetail:
        """The schools that a partnership's page counts; as `hub_schools`."""
        body = _named(partnership_id, self._directory.all_partnerships())
        return self._body_schools(body, la_code)

    def _body(self, body: Network | Partnership) -> BodyDetail:
        authorities = (self._directory.authority(code) for code in body.la_codes)
        schools, _ = self._counted(self._works(body), _fits(body))
        return BodyDetail(body, tuple(a for a in authorities if a), schools)

    def index(self, day: date) -> tuple[Listed, ...]:
        """Every body there is on a day, kind by kind, by name."""
        if day not in self._indexes:
            self._indexes = {day: tuple(self._list(day))}
        return self._indexes[day]

    def _list(self, day: date) -> Iterable[Listed]:
        directory = self._directory
        hubs: dict[str, Listed] = {}
        for p in directory.programmes:
            detail = self.programme(p.id, day)
            said = p.purpose
            if p.valid_to and p.valid_to < day:
                said = f"ended {wording.day(p.valid_to, p.to_said)}"
            counted = detail.counted.hubs if detail.counted else None
            yield Listed("Programmes", p.name, said, f"programme:{p.id}", detail.named, counted)
            for hub in () if p.areas_only else detail.hubs:
                key = f"hub:{p.id}/{hub.id}"
                said = " · ".join(t for t in (p.name, hub.region) if t)
                hubs[key] = Listed("Hubs", hub.name, said, key)
        yield from sorted(hubs.values(), key=lambda body: body.name.casefold())
        for trust in self._register.trust_sizes().values():
            yield Listed("Trusts", trust.name, "", f"trust:{trust.uid}", trust.schools)
        for a in directory.authorities():
            schools, _ = self._register.schools_in_la(a.code)
            yield Listed("Local authorities", a.name, a.region, f"la:{a.code}", schools)
        for n in sorted(directory.all_networks(), key=lambda n: n.name.casefold()):
            yield Listed("Heads' networks", n.name, n.kind, f"network:{n.id}")
        for b in sorted(directory.all_partnerships(), key=lambda b: b.name.casefold()):
            yield Listed("Partnerships", b.name, b.tier, f"partnership:{b.id}")


def _fits(body: Network | Partnership) -> Fits:
    return lambda phase, *_: phases_fit(body.phases, phase)


def _named(key: str, bodies: Iterable[B]) -> B:
    for body in bodies:
        if body.id == key:
            return body
    raise NotFoundError(f"No body called “{key}” is known.")


def _far(
    schools: Iterable[School], home: Landscape | None
) -> tuple[tuple[School, float | None], ...]:
    """Schools with their kilometres from the home school, the nearest first."""
    here = home.school if home else None
    far = [(s, grid.between(here, s) if here else None) for s in schools]
    return tuple(sorted(far, key=lambda pair: (pair[1] is None, pair[1] or 0.0, pair[0].name)))


def _in_places(counts: Counter[tuple[str, str]]) -> tuple[InPlace, ...]:
    most_first = sorted(counts.items(), key=lambda item: (-item[1], item[0][1]))
    return tuple(InPlace(code, name, n) for (code, name), n in most_first)


def _median_km(schools: Iterable[School]) -> float | None:
    """The median of the distances between any two schools."""
    apart = [grid.between(a, b) for a, b in combinations(schools, 2)]
    known = [km for km in apart if km is not None]
    return median(known) if known else None


def _centre(schools: Iterable[School]) -> School | None:
    """The school nearest to the mean position of those that have one."""
    placed = {
        school: (school.easting, school.northing)
        for school in schools
        if school.easting is not None and school.northing is not None
    }
    if not placed:
        return None
    middle = tuple(map(fmean, zip(*placed.values(), strict=True)))
    return min(placed, key=lambda school: math.dist(placed[school], middle))
