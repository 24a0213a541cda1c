"""URN and date -> Landscape: the one place where register and directory meet.

Pure: it reads what it is given, writes nothing, and gives the same answer for the same question.
The rules by which a claim is made are those of docs/claims.md; nothing here may say more than the
source does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Protocol

from navigator.core import clock, grid, wording
from navigator.core.errors import NotFoundError
from navigator.core.model import (
    Authority,
    AuthorityHere,
    Claim,
    Confidence,
    Hub,
    HubAtDistance,
    HubClaim,
    Landscape,
    LeadSchool,
    NearbySchool,
    PartnershipHere,
    Programme,
    School,
    SchoolLink,
    TrustHere,
)
from navigator.core.record import Correction, OwnRecord

if TYPE_CHECKING:
    from navigator.directory import Coverage, Directory
    from navigator.register import Register

NEARBY = 20
"""How many nearby schools a landscape holds."""

NOTHING = OwnRecord()
"""No record: what is published, and no more."""

CONFIDENCE_ORDER: dict[Confidence, int] = {"high": 0, "medium": 1, "low": 2, "": 3}


class Somewhere(Protocol):
    """Where a school is, as far as areas of hubs go."""

    @property
    def la_code(self) -> str: ...
    @property
    def district_name(self) -> str: ...
    @property
    def region(self) -> str: ...


class Landscapes:
    """Draws landscapes from one register and one directory.

    It remembers what many landscapes ask again (resolved lead schools, claims by area), so keep one
    for a batch. Not thread-safe: one thread, one landscapes.
    """

    def __init__(self, register: Register, directory: Directory) -> None:
        self.register = register
        self.directory = directory
        self._leads: dict[int, School | None] = {}
        self._trust_names: dict[str, str] = {}
        self._placed: dict[tuple[str, date], list[tuple[Hub, School]]] = {}
        self._named_on: dict[tuple[str, date], int] = {}
        self._claimed: dict[tuple[str, str, str, str, date], frozenset[str]] = {}

    # --- finding the school ---

    def resolve(self, urn: int, day: date) -> tuple[School, tuple[str, ...]]:
        """The school to show for a URN on a day, and notices to show with it.

        A closed URN opens its successor, except on a day when the school was still open. A closed
        school without a known successor is shown as it was.

        Raises:
            NotFoundError: the register in use doesn't hold the URN; the text says what to do.
        """
        register = self.register
        school = register.get(urn)
        known = school is not None and register.in_scope(urn)
        if school is not None and known and school.is_open_on(day):
            return school, ()
        if school is not None and known and school.is_open:
            if school.opened and school.opened > day:
                return school, (f"{school.name} opened on {_day(school.opened)}: not yet then.",)
            # "Open, but proposed to close", and the day proposed has passed since
            held = _day(register.info.day)
            return school, (
                f"{school.name} was open in the register of {held}, to close on "
                f"{_day(school.closed)}. A newer register would tell whether it did.",
            )
        if school is not None and known and school.status == "Proposed to open":
            return school, (f"{school.name} is proposed to open; it isn't open yet.",)
        successors = [s for s in register.successor(urn) if s.urn != urn]
        if successors:
            return successors[0], (self._succession(urn, school, successors),)
        if school is not None and known:
            when = f" on {_day(school.closed)}" if school.closed else ""
            return school, (f"{school.name} closed{when}; no successor is on the register.",)
        raise NotFoundError(self._not_found(urn, school))

    def _succession(self, urn: int, old: School | None, successors: Sequence[School]) -> str:
        name = (old.name if old else self.register.old_name(urn)) or "a school"
        closed = f" closed on {_day(old.closed)}" if old and old.closed else " has closed"
        text = f"URN {urn} ({name}){closed}. This is its successor, URN {successors[0].urn}."
        if len(successors) > 1:
            others = "; ".join(f"{s.name}, URN {s.urn}" for s in successors[1:])
            text += f" Others followed it too: {others}."
        return text

    def _not_found(self, urn: int, school: School | None) -> str:
        register = self.register
        if register.info.sample:
            return (
                f"URN {urn} isn't in the sample, which holds 3 areas: Nottingham with Broxtowe, "
                f"Gedling and Rushcliffe; Swindon; Herefordshire. {wording.HOW_TO_LOAD}"
            )
        if school is not None:
            return (
                f"URN {urn} ({school.name}) isn't in England; Navigator covers England only. "
                "To search by name, run: navigator find WORDS"
            )
        return (
            f"No school with URN {urn} is in the register of {_day(register.info.day)}. "
            "Check the number, or search by name or postcode: navigator find WORDS"
        )

    # --- the landscape ---

    def landscape(
        self, urn: int, day: date, nearby: int = NEARBY, record: OwnRecord = NOTHING
    ) -> Landscape:
        """The landscape of a school on a day, with what the head set for it.

        Raises:
            NotFoundError: as `resolve` does.
        """
        school, notices = self.resolve(urn, day)
        register, directory = self.register, self.directory
        successors, predecessors = register.links(school.urn)
        trust, trust_note = self._trust(school, day)
        here = f"school:{school.urn}"
        record = record.on(day)
        own = {c.programme: c for c in record.corrections if c.says == "hub" and c.about == here}
        near, near_note = self._nearby(school, day, nearby, record, own)
        notices = (*notices, *self._caveats(day))
        return Landscape(
            school=school,
            as_at=day,
            register=register.info,
            notices=notices,
            successors=self._named(successors),
            predecessors=self._named(predecessors),
            hubs=tuple(
                self.corrected(claim, school, own[claim.programme.id])
                if claim.programme.id in own
                else claim
                for claim in self.claims(school, day)
            ),
            trust=trust,
            trust_note=trust_note,
            authority=self._authority(school),
            networks=directory.networks(school.la_code, school.phase),
            partnerships=self._partnerships(school),
            near_partnerships=self._near_partnerships(school),
            nearby=near,
            nearby_note=near_note,
            checked=directory.checked,
            record=record,
        )

    def corrected(self, claim: HubClaim, school: School, correction: Correction) -> HubClaim:
        """What the head set in place of a claim; the claim stays beneath it as published."""
        hubs = [self._set_hub(claim.programme, correction, *pair) for pair in _pairs(correction)]
        at = [self.at(hub, school) for hub in hubs]
        if not at:
            return claim
        return claim._replace(
            claim=Claim.SET_BY_YOU,
            hub=at[0],
            alternatives=tuple(at[1:]),
            nearest=None,
            why="You set it.",
            valid_from=None,
            valid_to=None,
            from_said="",
            to_said="",
            source="You",
            as_of=correction.day,
            confidence="",
            website=hubs[0].website,
            note="",
            named=0,
            counted=None,
            published=claim,
            corrected=correction,
        )

    def _set_hub(self, programme: Programme, correction: Correction, name: str, hub_id: str) -> Hub:
        """Our hub of that id; one of which only the name is known where our table has none."""
        for hub in self.directory.hubs(programme.id):
            if hub_id and hub.id == hub_id:
                # Who leads it is our fact; that it is this school's is the head's.
                day = correction.day or hub.as_of
                return hub._replace(confidence="", note="", source="You", as_of=day)
        return Hub(
            id="",
            programme=programme.id,
            name=name,
            lead_name="",
            lead_urns=(),
            areas=(),
            region="",
            website="",
            valid_from=None,
            valid_to=None,
            source="You",
            as_of=correction.day or programme.checked,
            confidence="",
            last_seen="",
            seat="",
            note="",
        )

    def _caveats(self, day: date) -> Iterable[str]:
        """What can't be told of another day than today."""
        held = _day(self.register.info.day)
        if day < self.register.info.day:
            yield (
                f"As at {_day(day)}: hubs and schools by the dates we know. Names, kinds, pupils "
                f"and counts are those of the register of {held}; hubs, networks and "
                "partnerships without a date are as listed now."
            )
        elif day > clock.today():
            yield f"As at {_day(day)}: what is known today, and the ends already set."
        elif day < clock.today():
            yield f"As at {_day(day)}: schools as the register of {held} has them."

    def _named(self, links: Iterable[SchoolLink]) -> tuple[SchoolLink, ...]:
        named = []
        for link in links:
            row = None if link.name else self.register.get(link.urn)
            named.append(link._replace(name=row.name) if row else link)
        return tuple(named)

    def _trust(self, school: School, day: date) -> tuple[TrustHere | None, str]:
        if not school.trust_uid:
            return None, ""
        trust = self.register.trust(school.trust_uid)
        if trust is None:
            return None, f"The register names a group (UID {school.trust_uid}) it doesn't describe."
        if not self._trusts_known(day):
            return None, (
                f"Not known at {_day(day)}: the register holds only the members of "
                f"{_day(self.register.info.day)}. Then: {trust.name}."
            )
        if trust.kind == "foundation":
            note = f"{trust.name} is a foundation trust: its schools stay maintained."
            here = self.register.trust_schools_in_la(trust.uid, school.la_code)
            return TrustHere(trust, here), note
        here = self.register.trust_schools_in_la(trust.uid, school.la_code)
        return TrustHere(trust, here), ""

    def _trusts_known(self, day: date) -> bool:
        """The register tells membership on its own day, and we take it to last since."""
        return day >= self.register.info.day

    def _authority(self, school: School) -> AuthorityHere | None:
        authority = self.directory.authority(school.la_code, school.district_name)
        if authority is None:
            if not school.la_name:
                return None
            authority = Authority(school.la_code, school.la_name, school.region, "")
        count, maintained = self.register.schools_in_la(school.la_code)
        return AuthorityHere(
            authority, count, maintained, self.directory.neighbours(school.la_code)
        )

    def _partnerships(self, school: School) -> tuple[PartnershipHere, ...]:
        own = [PartnershipHere(p, "own") for p in self.directory.partnerships(school.la_code)]
        seen = {p.partnership.id for p in own}
        similar = []
        for neighbour in self.directory.neighbours(school.la_code):
            for p in self.directory.partnerships(neighbour.code):
                # Only true area partnerships: a board of another council is no offer to this school
                if p.tier == "area partnership" and p.id not in seen:
                    seen.add(p.id)
                    similar.append(PartnershipHere(p, "similar", neighbour))
        return (*own, *similar)

    def _near_partnerships(self, school: School) -> tuple[PartnershipHere, ...]:
        own = {p.id for p in self.directory.partnerships(school.la_code)}
        near: dict[str, PartnershipHere] = {}
        for code in self.register.adjoining(school.la_code):
            authority = self.directory.authority(code)
            for p in self.directory.partnerships(code) if authority else ():
                if authority and p.tier == "area partnership" and p.id not in own:
                    near.setdefault(p.id, PartnershipHere(p, "near", None, authority.name))
        return tuple(near.values())

    # --- nearby schools ---

    def _nearby(
        self,
        school: School,
        day: date,
        limit: int,
        record: OwnRecord,
        corrections: Mapping[str, Correction],
    ) -> tuple[tuple[NearbySchool, ...], str]:
        if not school.has_position:
            return (), "Distances unknown: the register gives no position for this school."
        if not school.phase:
            return (), "The register gives this school no phase, so none of the same phase."
        phases = frozenset({school.phase})
        found = self.register.near(school, phases=phases, limit=limit, day=day)
        ours = self._shared_hubs(school, day)
        for programme, correction in corrections.items():
            ours[programme] = frozenset(hub for hub in correction.hubs if hub)
        networks = [set(n.urns) for n in record.networks if school.urn in n.urns]
        trusts = self._trusts_known(day)
        rows = []
        for other, km in found:
            shares = [
                p for p, hubs in self._shared_hubs(other, day).items() if hubs & ours.get(p, set())
            ]
            if trusts and school.trust_uid and other.trust_uid == school.trust_uid:
                shares.append("trust")
            if other.la_code == school.la_code:
                shares.append("la")
            if any(other.urn in urns for urns in networks):
                shares.append("own-network")
            trust = self._trust_name(other.trust_uid) if trusts else ""
            rows.append(NearbySchool(other, km, tuple(shares), trust))
        return tuple(rows), ""

    def _trust_name(self, uid: str) -> str:
        if uid and uid not in self._trust_names:
            self._trust_names[uid] = self.register.trust_name(uid)
        return self._trust_names.get(uid, "")

    def _shared_hubs(self, school: School, day: date) -> dict[str, frozenset[str]]:
        """Programme id -> ids of the hubs surely this school's; where it is "one of", none."""
        return {
            p.id: self.hub_ids(p, school, day)
            for p in self.directory.programmes
            if p.mark and p.serves_school(school) and p.runs_on(day)
        }

    def hub_ids(self, programme: Programme, school: Somewhere, day: date) -> frozenset[str]:
        """Ids of the programme's hubs that are surely this school's; none where it is "one of"."""
        place = (school.la_code, school.district_name, school.region)
        key = (programme.id, *place, day)
        if key not in self._claimed:
            covers = [
                c
                for c in self.directory.covering_place(programme.id, *place, day)
                if _firm(c) and not c.inferred
            ]
            ids = frozenset(c.hub.id for c in covers)
            sure = all(c.exact for c in covers)
            if programme.rule == "area" and len(ids) > 1:
                sure = False
            self._claimed[key] = ids if sure else frozenset()
        return self._claimed[key]

    # --- claims ---

    def claims(self, school: School, day: date) -> tuple[HubClaim, ...]:
        """What may be said about each programme, in the directory's order.

        A programme that hadn't begun on `day` is left out.
        """
        return tuple(
            self.claim(p, school, day)
            for p in self.directory.programmes
            if p.valid_from is None or p.valid_from <= day
        )

    def claim(self, programme: Programme, school: School, day: date) -> HubClaim:
        """What may be said about one programme and one school on a day."""
        if programme.valid_to is not None and programme.valid_to < day:
            when = wording.on_day(programme.valid_to, programme.to_said)
            why = f"The programme ended {when}."
            if programme.areas_only:
                covers = self.directory.covering(programme.id, school, programme.valid_to)
                why += f" {_was_one(covers, school)}"
            return self._say(programme, school, day, Claim.ENDED, why=why)
        if not programme.serves_school(school):
            return self._say(
                programme,
                school,
                day,
                Claim.NONE_FOUND,
                why=f"Not for this school: {_serves(programme)}.",
            )
        by_rule = {
            "area": self._by_area,
            "names-area": self._by_named_area,
            "region": self._by_region,
            "nearest": self._by_nearest,
        }
        return by_rule[programme.rule](programme, school, day)

    def _by_area(self, programme: Programme, school: School, day: date) -> HubClaim:
        covers = self.directory.covering(programme.id, school, day)
        firm = _best_rows([c for c in covers if _firm(c)])
        local = [c for c in firm if c.area.kind in ("LA", "district")]
        if not local and firm:
            return self._by_region(programme, school, day)
        if not local:
            return self._none(programme, school, day, covers)
        if len(local) == 1 and local[0].exact:
            cover = local[0]
            part = f" ({cover.area.part})" if cover.area.part else ""
            why = f"{cover.hub.name} covers {cover.area.name}{part}, where this school is."
            if programme.areas_only:
                why = f"This school is in {cover.hub.name}, one of the areas."
            return self._say(
                programme,
                school,
                day,
                Claim.DESIGNATED,
                [cover.hub],
                why=why,
            )
        places = _places(local)
        if not school.district_name and any(not c.area.part for c in local):
            la = school.la_name  # naming one of its districts would say that this one is divided
            why = f"The register gives no district for this school, and {la} is divided."
        elif len(local) == 1 and local[0].area.districts:
            area = local[0].area
            why = f"{local[0].hub.name} covers part ({area.part}); the register doesn't tell more."
        elif len(local) == 1:
            why = f"{local[0].hub.name} covers part of {places}; which part isn't published."
        else:
            why = f"{places} is divided between these; the line inside it isn't published."
        return self._say(programme, school, day, Claim.ONE_OF, [c.hub for c in local], why=why)

    def _by_named_area(self, programme: Programme, school: School, day: date) -> HubClaim:
        covers = self.directory.covering(programme.id, school, day)
        firm = _best_rows([c for c in covers if _firm(c)])
        naming = [c for c in firm if not c.inferred]
        if naming:
            places = _places(naming)
            parts = {c.area.part for c in naming if c.area.part and not c.exact}
            part = f" (part of it: {'; '.join(sorted(parts))})" if parts else ""
            return self._say(
                programme,
                school,
                day,
                Claim.NAMES_AREA,
                [c.hub for c in naming],
                why=f"It names {places}{part}; any school may approach any hub.",
            )
        pool = self.regional(programme, school.region, day)
        if programme.region_pools.get(school.region) == len({h.id for h in pool}):
            return self._say(
                programme,
                school,
                day,
                Claim.ONE_OF,
                pool,
                why=f"{school.region} has these hubs; which one works here isn't published.",
            )
        if firm:
            # The hub sits in this area but no list of the areas it serves was found.
            places = _places(firm)
            return self._say(
                programme,
                school,
                day,
                Claim.REGION,
                [c.hub for c in firm],
                why=f"Its lead school is in {places}; no list of its areas was found.",
            )
        return self._none(programme, school, day, covers)

    def _by_region(self, programme: Programme, school: School, day: date) -> HubClaim:
        hubs = self.regional(programme, school.region, day)
        if not hubs:
            return self._none(programme, school, day, ())
        hubs = self._by_distance(hubs, school)
        why = f"Only its region is known: {school.region}."
        if all(area.kind == "national" for area in hubs[0].areas):
            # The region is the lead school's, not one that the hub was for.
            why = f"The programme has no areas; this lead school is in {school.region}."
        return self._say(programme, school, day, Claim.REGION, hubs, why=why)

    def _by_nearest(self, programme: Programme, school: School, day: date) -> HubClaim:
        if school.has_position:
            nearest = self._nearest(programme, school, day)
            if nearest is not None:
                return self._say(
                    programme,
                    school,
                    day,
                    Claim.NEAREST,
                    [nearest],
                    why="The programme has no areas; this lead school is the nearest we know of.",
                )
            return self._none(programme, school, day, ())
        hubs = self.regional(programme, school.region, day)
        if not hubs:
            return self._none(programme, school, day, ())
        return self._say(
            programme,
            school,
            day,
            Claim.REGION,
            hubs,
            why="The register gives no position for this school, so which is nearest is unknown.",
        )

    def _none(
        self, programme: Programme, school: School, day: date, covers: Iterable[Coverage]
    ) -> HubClaim:
        unsure = list(dict.fromkeys(c.hub for c in covers))
        why = f"No hub that covers {school.district_name or school.la_name} is known to us."
        if programme.areas_only:
            why = f"{school.la_name} isn't one of the areas."
        if unsure:
            names = " or ".join(dict.fromkeys(h.name for h in unsure))
            why = f"No well-sourced hub covers {school.la_name}. It may be {names}: ask."
        return self._say(programme, school, day, Claim.NONE_FOUND, (), maybe=unsure, why=why)

    def _say(
        self,
        programme: Programme,
        school: School,
        day: date,
        claim: Claim,
        hubs: Sequence[Hub] = (),
        *,
        maybe: Sequence[Hub] = (),
        why: str,
    ) -> HubClaim:
        """Fill a claim in: `hubs` are claimed, the first foremost; `maybe` are only mentioned."""
        distinct = list({h.id: h for h in reversed(hubs)}.values())[::-1]
        if claim in (Claim.ONE_OF, Claim.NAMES_AREA):
            distinct = self._by_distance(distinct, school)
        at = [self.at(h, school) for h in distinct]
        first = distinct[0] if distinct else None
        nearest = None
        current = claim is not Claim.ENDED and programme.serves_school(school)
        # Another hub is only nearer if we know how far our own is, or know every hub there is.
        mentioned = [self.at(h, school) for h in maybe]
        told = all(a.distance_km is not None for a in at or mentioned)
        told = told and (bool(at) or self._all_named(programme, day))
        if current and told and claim is not Claim.NEAREST and programme.rule != "region":
            near = self._nearest(programme, school, day)
            if near is not None and near.id not in {h.id for h in distinct}:
                nearest = self.at(near, school)
        weakest: Confidence = ""
        for hub in distinct:
            if not weakest or CONFIDENCE_ORDER[hub.confidence] > CONFIDENCE_ORDER[weakest]:
                weakest = hub.confidence
        begun = first or programme
        over = first if first and first.valid_to else programme
        return HubClaim(
            programme=programme,
            claim=claim,
            # Of several candidates none is named as the hub: the choice isn't ours to make.
            hub=at[0] if at and claim is not Claim.ONE_OF else None,
            alternatives=tuple((at if claim is Claim.ONE_OF else at[1:]) + mentioned),
            nearest=nearest,
            why=why,
            # A hub's start may be unknown though its programme's isn't; its end is then the latest.
            valid_from=begun.valid_from,
            valid_to=over.valid_to,
            from_said=begun.from_said,
            to_said=over.to_said,
            followed_by=programme.followed_by,
            source=first.source if first else programme.source,
            as_of=first.as_of if first else programme.checked,
            confidence=weakest,
            website=first.website if first else "",
            note=" ".join(t for t in (programme.note, first.note if first else "") if t),
            # Of a programme that is over none is in force: no need to read its table.
            named=0 if claim is Claim.ENDED else self._count_named(programme, day),
            counted=programme.counted(day),
        )

    def _all_named(self, programme: Programme, day: date) -> bool:
        counted = programme.counted(day)
        return counted is not None and self._count_named(programme, day) >= counted.hubs > 0

    def _count_named(self, programme: Programme, day: date) -> int:
        key = (programme.id, day)
        if key not in self._named_on:
            self._named_on[key] = self.directory.named(programme.id, day)
        return self._named_on[key]

    def regional(self, programme: Programme, region: str, day: date) -> list[Hub]:
        """The hubs of a programme in force in a region, those of low confidence left out."""
        region = region.casefold()
        hubs = {
            h.id: h
            for h in reversed(self.directory.hubs(programme.id))
            if h.in_force(day) and h.confidence != "low" and h.region.casefold() == region
        }
        return list(hubs.values())[::-1] if region else []

    # --- lead schools and distances ---

    def lead(self, urn: int) -> School | None:
        """The lead school as the register has it now: a closed one is followed to its successor."""
        if urn not in self._leads:
            row = self.register.get(urn)
            if row is None or not row.is_open:
                following = self.register.successor(urn)
                row = following[0] if following else row
            self._leads[urn] = row
        return self._leads[urn]

    def at(self, hub: Hub, school: School | None) -> HubAtDistance:
        """A hub with its leads resolved, and their distance from a school if one is given."""
        leads = []
        for urn in hub.lead_urns:
            lead = self.lead(urn)
            if lead is None:
                leads.append(LeadSchool(urn, hub.lead_name, "", "", "", None))
                continue
            leads.append(
                LeadSchool(
                    lead.urn,
                    lead.name,
                    lead.town,
                    lead.la_name,
                    self._trust_name(lead.trust_uid),
                    grid.between(school, lead) if school else None,
                )
            )
        leads.sort(key=lambda x: x.distance_km if x.distance_km is not None else float("inf"))
        return HubAtDistance(hub, tuple(leads), leads[0].distance_km if leads else None)

    def _by_distance(self, hubs: Iterable[Hub], school: School) -> list[Hub]:
        def key(hub: Hub) -> float:
            leads = [lead for urn in hub.lead_urns if (lead := self.lead(urn))]
            return min((_apart(school, lead) for lead in leads), default=inf)

        return sorted(hubs, key=key)

    def _nearest(self, programme: Programme, school: School, day: date) -> Hub | None:
        found = grid.nearest(school, self.placed(programme, day))
        return found[0] if found else None

    def placed(self, programme: Programme, day: date) -> list[tuple[Hub, School]]:
        """Each lead school of a programme with a position, and the hub that it leads on a day."""
        key = (programme.id, day)
        if key not in self._placed:
            self._placed[key] = [
                (hub, lead)
                for hub in self.directory.hubs(programme.id)
                if hub.in_force(day) and hub.confidence != "low"
                for urn in hub.lead_urns
                if (lead := self.lead(urn)) and lead.has_position
            ]
        return self._placed[key]


def _pairs(correction: Correction) -> Iterable[tuple[str, str]]:
    """(name, hub id) of each hub that the head set."""
    return zip(correction.names, correction.hubs, strict=True)


def _apart(a: School, b: School) -> float:
    km = grid.between(a, b)
    return inf if km is None else km


def _firm(cover: Coverage) -> bool:
    """Low confidence is from memory or by elimination: never shown as a designation."""
    return cover.hub.confidence != "low"


def _best_rows(covers: Sequence[Coverage]) -> list[Coverage]:
    """One coverage a hub: the exact one before one of a part, then the surer source."""
    best: dict[str, Coverage] = {}
    for cover in sorted(covers, key=lambda c: (not c.exact, CONFIDENCE_ORDER[c.hub.confidence])):
        best.setdefault(cover.hub.id, cover)
    return list(best.values())


def _places(covers: Iterable[Coverage]) -> str:
    return " and ".join(dict.fromkeys(c.area.name for c in covers))


def _was_one(covers: Sequence[Coverage], school: School) -> str:
    """Whether a school's area was one of those that a programme chose."""
    if not covers:
        return f"{school.la_name} wasn't one of its areas."
    if covers[0].exact:
        return f"{covers[0].hub.name} was one of its areas; this school is in it."
    return f"{covers[0].hub.name} was one of its areas, a part of {_places(covers)}."


def _serves(programme: Programme) -> str:
    if programme.needs_age == (4, 7):
        return f"the {programme.name} programme is for schools with Reception to Year 2"
    phases = ", ".join(sorted(filter(None, programme.serves)))
    return f"the {programme.name} programme is for {phases} schools"


def _day(day: date | None) -> str:
    return wording.day(day) or "an unknown day"


__all__ = ["NEARBY", "Landscapes"]
