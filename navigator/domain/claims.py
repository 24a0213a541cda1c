"""Who covers a school, and why: for each programme what may be said on a day.

The rules are those of docs/claims.md; nothing here may say more than the source does. Pure: the
same question gets the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from navigator.core import cleaning, grid, reach, wording
from navigator.core.grid import Nearest
from navigator.core.model import (
    Claim,
    Confidence,
    Hub,
    HubAtDistance,
    HubClaim,
    LeadSchool,
    Programme,
    School,
)

if TYPE_CHECKING:
    from navigator.core.reach import Reach
    from navigator.core.record import Correction
    from navigator.directory import Coverage, Directory
    from navigator.register import Register

_Here = tuple[str, str, str, str, str, bool, bool, date]
"""What a claim depends on but for distances: the programme's id, the school's authority (code and
name), district and region, whether the programme is for it, whether it has a position; the day."""

CONFIDENCE_ORDER: dict[Confidence, int] = {"high": 0, "medium": 1, "low": 2, "": 3}


class Somewhere(Protocol):
    """Where a school is, as far as areas of hubs go."""

    @property
    def la_code(self) -> str: ...
    @property
    def district_name(self) -> str: ...
    @property
    def region(self) -> str: ...


class _Finding(NamedTuple):
    """What a rule finds: `hubs` are claimed, the foremost first, `maybe` only mentioned."""

    claim: Claim
    why: str
    hubs: Sequence[Hub] = ()
    maybe: Sequence[Hub] = ()
    applied: bool | None = None

    @property
    def by_distance(self) -> bool:
        """Whether how far the hubs are from the school decides which, or which comes first."""
        return self.claim is Claim.NEAREST or (self.claim is Claim.REGION and len(self.hubs) > 1)

    @property
    def ordered(self) -> bool:
        """Whether its hubs stand by their distances from the school."""
        return len(self.hubs) > 1 and self.claim in (Claim.ONE_OF, Claim.NAMES_AREA)


class _Undistanced(NamedTuple):
    """What is told of a finding but for distances: `claim` lacks its hubs then. `measured` is
    whether any of it is told with a distance, `nearest` whether a nearer hub is to be looked for,
    `listed` whether a list of the head's has a hub of it.
    """

    claim: HubClaim
    hubs: Sequence[Hub]
    maybe: Sequence[Hub]
    measured: bool
    nearest: bool
    listed: bool


class _Undecided(NamedTuple):
    """What a place has of a programme where each school's own distances decide more: which hub, or
    which comes first. `finding` is None where they decide what is found at all."""

    programme: Programme
    here: _Here
    finding: _Finding | None


def _is_fixed(found: _Undistanced | _Undecided) -> bool:
    """Whether all schools of a place are told the very same."""
    return isinstance(found, _Undistanced) and not found.measured and not found.listed


class _Led(NamedTuple):
    """A hub without distances, and its lead schools where the register has them."""

    at: HubAtDistance
    leads: tuple[School | None, ...]


class Claims:
    """Answers from one register and one directory.

    It remembers what many landscapes ask again: lead schools, and all that is told of a claim but
    for distances, which is the same for every school of a place. So keep one for a batch. Not
    thread-safe: one thread, one of these.
    """

    def __init__(self, register: Register, directory: Directory) -> None:
        self._register = register
        self._directory = directory
        self._leads: dict[int, School | None] = {}
        self._trust_names: dict[str, str] = {"": ""}
        self._placed: dict[tuple[str, date], list[tuple[Hub, School]]] = {}
        self._near: dict[tuple[str, date], Nearest[Hub]] = {}
        self._regional: dict[tuple[str, str, date], list[Hub]] = {}
        self._led: dict[tuple[int, date | None], _Led] = {}
        self._alike: dict[tuple[object, ...], list[HubClaim | _Undistanced | _Undecided]] = {}
        self._findings: dict[_Here, _Finding] = {}
        self._undistanced: dict[tuple[_Here, tuple[int, ...]], _Undistanced] = {}
        self._named: dict[tuple[str, date], int] = {}
        self._sure: dict[tuple[str, str, str, str, date], frozenset[str] | None] = {}

    def of_school(self, school: School, day: date) -> tuple[HubClaim, ...]:
        """What may be said about each programme, in the order of the school's phase.

        A programme that hadn't begun on `day`, as far as is known, is left out.
        """
        place = (school.la_code, school.la_name, school.district_name, school.region)
        alike = (*place, school.phase, school.low_age, school.high_age, school.has_position, day)
        told = self._alike.get(alike)
        if told is None:
            order = map(self._directory.programme, self._directory.order(school.phase))
            begun = [p for p in order if p.begun(day)]
            found = [self._of_place(p, school, day) for p in begun]
            told = self._alike[alike] = [
                self._told(one, school, day) if _is_fixed(one) else one for one in found
            ]
        return tuple(
            [one if isinstance(one, HubClaim) else self._told(one, school, day) for one in told]
        )

    def of(self, programme: Programme, school: School, day: date) -> HubClaim:
        """What may be said about one programme and one school on a day. Where a list that the head
        took in says it, what is published otherwise stays beneath."""
        return self._told(self._of_place(programme, school, day), school, day)

    def _told(self, found: _Undistanced | _Undecided, school: School, day: date) -> HubClaim:
        """What is told to a school of what its place has."""
        if isinstance(found, _Undecided):
            found = self._decided(found, school, day)
        told = self._measured(found, school, day) if found.measured else found.claim
        return self._by_list(told, school, day) if found.listed else told

    def _by_list(self, told: HubClaim, school: School, day: date) -> HubClaim:
        """A claim that a list of the head's makes, with what is published otherwise beneath."""
        programme, listed = told.programme, told.hubs[0].hub
        ours = self._ours.of(programme, school, day)
        why = f"By the list that you took in on {wording.day(listed.as_of)}: {told.why}"
        same = ours.claim is told.claim and _ids(ours) == _ids(told)
        return told._replace(why=why, published=None if same else ours)

    @cached_property
    def _ours(self) -> Claims:
        """The claims without the head's lists."""
        return Claims(self._register, self._directory.without_lists)

    def hub_ids(self, programme: Programme, place: Somewhere, day: date) -> frozenset[str] | None:
        """Ids of the programme's hubs that surely are a place's: those designated, all that name
        it whole, or its region's only one. None where it isn't sure which, or no hub is known."""
        key = (programme.id, place.la_code, place.district_name, place.region, day)
        if key not in self._sure:
            self._sure[key] = self._surely(programme, key, day)
        return self._sure[key]

    def _surely(
        self, programme: Programme, place: tuple[str, str, str, str, date], day: date
    ) -> frozenset[str] | None:
        if programme.rule == "nearest":
            return None
        covers = _best_rows([c for c in self._directory.covering_place(*place) if c.firm])
        if programme.rule == "area":
            covers = [c for c in covers if c.area.kind in ("LA", "district")]
        elif programme.rule == "names-area":
            covers = [c for c in covers if not c.inferred]
        elif not self._all_named(programme, day) or any(c.area.kind != "region" for c in covers):
            return None
        if programme.rule != "names-area" and len(covers) > 1:
            return None
        if not all(c.exact for c in covers):
            return None
        # A list of areas is whole: what isn't on it is none of them.
        found = frozenset(c.hub.id for c in covers)
        return found if found or programme.areas_only else None

    def _all_named(self, programme: Programme, day: date) -> bool:
        counted = programme.counted(day)
        return counted is not None and self._count_named(programme, day) >= counted.hubs

    def corrected(self, claim: HubClaim, school: School, correction: Correction) -> HubClaim:
        """What the head set in place of a claim; the claim stays beneath it as published."""
        pairs = zip(correction.names, correction.hubs, strict=True)
        at = [self.at(self._set_hub(claim.programme, correction, *pair), school) for pair in pairs]
        if not at:
            return claim
        return HubClaim(
            programme=claim.programme,
            claim=Claim.SET_BY_YOU,
            hub=at[0],
            alternatives=tuple(at[1:]),
            nearest=None,
            why="You set it.",
            valid_from=None,
            valid_to=None,
            from_said="",
            to_said="",
            followed_by=claim.followed_by,
            source="You",
            as_of=correction.day,
            confidence="",
            website=at[0].hub.website,
            note="",
            named=0,
            counted=None,
            serves=claim.serves,
            published=claim,
            corrected=correction,
        )

    def _set_hub(self, programme: Programme, correction: Correction, name: str, hub_id: str) -> Hub:
        """Our hub of that id; one of which only the name is known where our table has none."""
        for hub in self._directory.hubs(programme.id):
            if hub_id and hub.id == hub_id:
                # Who leads it is our fact; that it is this school's is the head's.
                day = correction.day or hub.as_of
                return hub._replace(confidence="", note="", source="You", as_of=day)
        return Hub.only_named(programme.id, name, "You", correction.day or programme.checked)

    # --- the rules ---

    def _find(self, programme: Programme, school: School, day: date) -> _Finding:
        if programme.valid_to is not None and programme.valid_to < day:
            return self._ended(programme, school, programme.valid_to)
        if not programme.serves_school(school):
            return _Finding(Claim.NONE_FOUND, f"Not for this school: {_serves(programme)}.")
        if programme.rule == "region":
            return self._by_region(programme, school, day)
        if programme.rule == "nearest":
            return self._by_nearest(programme, school, day)
        covers = self._directory.covering(programme.id, school, day)
        # Low confidence is from memory or by elimination: never shown as a designation.
        firm = _best_rows([c for c in covers if c.firm])
        by_rule = self._by_area if programme.rule == "area" else self._by_named_area
        return by_rule(programme, school, day, firm) or _none(programme, school, covers)

    def _ended(self, programme: Programme, school: School, last: date) -> _Finding:
        why = f"The programme ended {wording.on_day(last, programme.to_said)}."
        if not programme.serves_school(school):
            return _Finding(Claim.ENDED, f"{why} It wasn't for this school.", applied=False)
        if programme.rule == "nearest":
            return _Finding(Claim.ENDED, why, applied=True)
        if programme.rule == "region":  # its hubs chose or were given their schools
            return _Finding(Claim.ENDED, why)
        covers = [c for c in self._directory.covering(programme.id, school, last) if c.firm]
        applied = True if any(c.exact for c in covers) else None
        if programme.areas_only:
            why += f" {_was_one(covers, school)}"
            applied = applied if covers else False  # its list of areas is whole
        return _Finding(Claim.ENDED, why, applied=applied)

    def _by_area(
        self, programme: Programme, school: School, day: date, firm: Sequence[Coverage]
    ) -> _Finding | None:
        local = [c for c in firm if c.area.kind in ("LA", "district")]
        if not local:
            return self._by_region(programme, school, day) if firm else None
        hubs = [c.hub for c in local]
        hub, area, places = local[0].hub, local[0].area, _places(local)
        if len(local) == 1 and local[0].exact:
            part = f" ({area.part})" if area.part else ""
            why = f"{hub.name} covers {area.name}{part}, where this school is."
            if programme.areas_only:
                why = f"This school is in {hub.name}, one of the areas."
            return _Finding(Claim.DESIGNATED, why, hubs)
        if not school.district_name and any(not c.area.part for c in local):
            la = school.la_name  # naming one of its districts would say that this one is divided
            why = f"The register gives no district for this school, and {la} is divided."
        elif len(local) == 1 and area.districts:
            why = f"{hub.name} covers part ({area.part}); the register doesn't tell more."
        elif len(local) == 1:
            why = f"{hub.name} covers part of {places}; which part isn't published."
        else:
            why = f"{places} is divided between these; the line inside it isn't published."
        return _Finding(Claim.ONE_OF, why, hubs)

    def _by_named_area(
        self, programme: Programme, school: School, day: date, firm: Sequence[Coverage]
    ) -> _Finding | None:
        naming = [c for c in firm if not c.inferred]
        if naming:
            parts = {c.area.part for c in naming if c.area.part and not c.exact}
            part = f" (part of it: {'; '.join(sorted(parts))})" if parts else ""
            why = f"It names {_places(naming)}{part}; any school may approach any hub."
            return _Finding(Claim.NAMES_AREA, why, [c.hub for c in naming])
        pool = self.regional(programme, school.region, day)
        if programme.region_pools.get(school.region) == len(pool):
            why = f"{school.region} has these hubs; which one works here isn't published."
            return _Finding(Claim.ONE_OF, why, pool)
        if not firm:
            return None
        # The hub sits in this area but no list of the areas it serves was found.
        why = f"Its lead school is in {_places(firm)}; no list of its areas was found."
        return _Finding(Claim.REGION, why, [c.hub for c in firm])

    def _by_region(self, programme: Programme, school: School, day: date) -> _Finding:
        hubs = self._by_distance(self.regional(programme, school.region, day), school)
        if not self._directory.hubs(programme.id):
            ask = f": ask {programme.finder}" if programme.finder else ""
            why = f"None of its hubs or regional leads is named here{ask}."
            return _Finding(Claim.NONE_FOUND, why)
        if not hubs:
            return _none(programme, school)
        why = f"Only its region is known: {school.region}."
        if all(area.kind == "national" for area in hubs[0].areas):
            # The region is the lead school's, not one that the hub was for.
            why = f"The programme has no areas; this lead school is in {school.region}."
        return _Finding(Claim.REGION, why, hubs)

    def _by_nearest(self, programme: Programme, school: School, day: date) -> _Finding:
        claim = Claim.NEAREST
        why = "The programme has no areas; this lead school is the nearest we know of."
        if school.has_position:
            near = self._nearest(programme, school, day)
            hubs = [near] if near else []
        else:
            claim, hubs = Claim.REGION, self.regional(programme, school.region, day)
            why = "The register gives no position for this school, so which is nearest is unknown."
        return _Finding(claim, why, hubs) if hubs else _none(programme, school)

    def _of_place(
        self, programme: Programme, school: School, day: date
    ) -> _Undistanced | _Undecided:
        """What is told of a programme to all schools of a place, phase and ages."""
        here = (
            *(programme.id, school.la_code, school.la_name, school.district_name, school.region),
            *(programme.serves_school(school), school.has_position, day),
        )
        found = self._findings.get(here)
        if found is None:
            found = self._find(programme, school, day)
            found = found._replace(hubs=_once(found.hubs))
            self._findings[here] = found
        if not found.by_distance and not found.ordered:
            return self._said(here, programme, school, day, found)
        undecided = _Undecided(programme, here, None if found.by_distance else found)
        told = self._decided(undecided, school, day)
        return undecided if told.measured else told

    def _decided(self, undecided: _Undecided, school: School, day: date) -> _Undistanced:
        """What is told to a school where its distances decide more."""
        programme, here, found = undecided
        if found is None:
            found = self._find(programme, school, day)
            found = found._replace(hubs=_once(found.hubs))
        if found.ordered:
            found = found._replace(hubs=self._by_distance(found.hubs, school))
        return self._said(here, programme, school, day, found)

    def _said(
        self, here: _Here, programme: Programme, school: School, day: date, found: _Finding
    ) -> _Undistanced:
        """What is told of a finding but for distances: the same for all of whom it is found."""
        # The directory keeps its hubs, so their ids stay theirs
        key = here, tuple(map(id, found.hubs))
        told = self._undistanced.get(key)
        if told is None:
            told = self._undistanced[key] = self._without_distances(programme, school, day, found)
        return told

    def _measured(self, told: _Undistanced, school: School, day: date) -> HubClaim:
        """What is told, with distances from a school."""
        claim = told.claim
        at, mentioned = ([self.at(h, school, day) for h in hubs] for hubs in told[1:3])
        nearest = None
        if told.nearest:
            near = self._nearest(claim.programme, school, day)
            if near is not None and near.id not in {hub.id for hub in told.hubs}:
                nearest = self.at(near, school, day)
        return _with_hubs(claim, at, mentioned, nearest)

    def _without_distances(
        self, programme: Programme, school: School, day: date, found: _Finding
    ) -> _Undistanced:
        claim, hubs = found.claim, found.hubs
        at, mentioned = ([self.at(h, school, day) for h in told] for told in (hubs, found.maybe))
        first = hubs[0] if hubs else None
        begun = first or programme
        over = first if first and first.valid_to else programme
        # Of a programme that is over none is in force: no need to read its table.
        named = 0 if claim is Claim.ENDED else self._count_named(programme, day)
        counted = programme.counted(day)
        # Another hub is only nearer if we know how far our own is, or know every hub there is.
        known = all(a.distance_km is not None for a in at or mentioned)
        all_named = counted is not None and named >= counted.hubs > 0
        nearest = (
            known
            and bool(at or all_named)
            and claim not in (Claim.ENDED, Claim.NEAREST)
            and programme.rule != "region"
            and programme.serves_school(school)
        )
        told = HubClaim(
            programme=programme,
            claim=claim,
            hub=None,
            alternatives=(),
            nearest=None,
            why=found.why,
            # A hub's start may be unknown though its programme's isn't; its end is then the latest.
            valid_from=begun.valid_from,
            valid_to=over.valid_to,
            from_said=begun.from_said,
            to_said=over.to_said,
            followed_by=programme.followed_by,
            source=first.source if first else programme.source,
            as_of=first.as_of if first else programme.checked,
            confidence=_weakest(hubs),
            website=first.website if first else "",
            note=" ".join(t for t in (programme.note, first.note if first else "") if t),
            named=named,
            counted=counted,
            serves=programme.serves_school(school),
            applied=found.applied,
        )
        measured = nearest or any(a.distance_km is not None for a in (*at, *mentioned))
        told = told if measured else _with_hubs(told, at, mentioned)
        listed = any(hub.listed for hub in (*hubs, *found.maybe))
        return _Undistanced(told, hubs, found.maybe, measured, nearest, listed)

    def _count_named(self, programme: Programme, day: date) -> int:
        key = (programme.id, day)
        if key not in self._named:
            self._named[key] = self._directory.named(programme.id, day)
        return self._named[key]

    def regional(self, programme: Programme, region: str, day: date) -> list[Hub]:
        """The hubs of a programme in force in a region, those of low confidence left out."""
        key = (programme.id, region, day)
        if key not in self._regional:
            region = region.casefold()
            found = _once(
                h
                for h in self._directory.hubs(programme.id)
                if region
                and h.region.casefold() == region
                and h.confidence != "low"
                and h.in_force(day)
            )
            self._regional[key] = [hub for hub in found if hub.listed] or found
        return self._regional[key]

    # --- lead schools and distances ---

    def lead(self, urn: int) -> School | None:
        """The lead school as the register in use has it; see `Register.stand_in`."""
        if urn not in self._leads:
            self._leads[urn] = self._register.stand_in(urn)
        return self._leads[urn]

    def leads(self, hub: Hub) -> list[School]:
        """The lead schools of a hub that the register holds."""
        return [lead for urn in hub.lead_urns if (lead := self.lead(urn))]

    def at(self, hub: Hub, school: School | None, day: date | None = None) -> HubAtDistance:
        """A hub with its leads resolved, and their distance from a school if one is given; on a day
        it may be old."""
        led = self._led.get((id(hub), day))
        if led is None or led.at.hub is not hub:  # another's id may come again
            led = self._led[id(hub), day] = self._without_distance(hub, day)
        if school is None or not school.has_position or not any(led.leads):
            return led.at
        if len(led.leads) == 1 and led.leads[0]:
            km = grid.between(school, led.leads[0])
            return HubAtDistance(hub, (led.at.leads[0].away(km),), km, led.at.reach, led.at.old)
        leads = [
            lead.away(grid.between(school, held)) if held else lead
            for lead, held in zip(led.at.leads, led.leads, strict=True)
        ]
        leads.sort(key=lambda x: x.distance_km if x.distance_km is not None else float("inf"))
        ways = self._ways(hub, leads)
        return HubAtDistance(hub, tuple(leads), leads[0].distance_km, ways, led.at.old)

    def _without_distance(self, hub: Hub, day: date | None) -> _Led:
        leads = []
        schools = tuple(self.lead(urn) for urn in hub.lead_urns)
        for urn, lead in zip(hub.lead_urns, schools, strict=True):
            if lead is None:
                leads.append(LeadSchool(urn, hub.lead_name, "", "", "", None))
                continue
            where = lead.town, lead.la_name, self.trust_name(lead.trust_uid), None
            leads.append(
                LeadSchool(lead.urn, lead.name, *where, cleaning.link(lead.website), lead.telephone)
            )
        programme = self._directory.programme(hub.programme)
        old = day is not None and programme.runs_on(day) and programme.is_old(hub, day)
        return _Led(HubAtDistance(hub, tuple(leads), None, self._ways(hub, leads), old), schools)

    def _ways(self, hub: Hub, leads: Sequence[LeadSchool]) -> Reach | None:
        programme = self._directory.programme(hub.programme)
        return reach.of_hub(hub.name, hub.website, leads, programme.reach)

    def trust_name(self, uid: str) -> str:
        """As the register's `trust_name`, remembered."""
        if uid not in self._trust_names:
            self._trust_names[uid] = self._register.trust_name(uid)
        return self._trust_names[uid]

    def _by_distance(self, hubs: Sequence[Hub], school: School) -> list[Hub]:
        if len(hubs) < 2:
            return list(hubs)

        def key(hub: Hub) -> float:
            found = grid.nearest(school, ((None, lead) for lead in self.leads(hub)))
            return found[1] if found else float("inf")

        return sorted(hubs, key=key)

    def _nearest(self, programme: Programme, school: School, day: date) -> Hub | None:
        """The hub of a programme whose lead school is nearest; None where that isn't known."""
        key = (programme.id, day)
        if key not in self._near:
            self._near[key] = Nearest(self.placed(programme, day))
        found = self._near[key].to(school)
        return found[0] if found else None

    def placed(self, programme: Programme, day: date) -> list[tuple[Hub, School]]:
        """Each lead school of a programme with a position, and the hub that it leads on a day."""
        key = (programme.id, day)
        if key not in self._placed:
            found = [
                (hub, lead)
                for hub in self._directory.hubs(programme.id)
                if hub.in_force(day) and hub.confidence != "low"
                for lead in self.leads(hub)
                if lead.has_position
            ]
            self._placed[key] = [(hub, lead) for hub, lead in found if hub.listed] or found
        return self._placed[key]


def _with_hubs(
    claim: HubClaim,
    at: Sequence[HubAtDistance],
    mentioned: Sequence[HubAtDistance],
    nearest: HubAtDistance | None = None,
) -> HubClaim:
    if claim.claim is Claim.ONE_OF:
        # Of several candidates none is named as the hub: the choice isn't ours to make.
        return claim.with_hubs(None, (*at, *mentioned), nearest)
    return claim.with_hubs(at[0] if at else None, (*at[1:], *mentioned), nearest)


def _ids(claim: HubClaim) -> set[str]:
    return {at.hub.id for at in claim.put_forward}


def _none(programme: Programme, school: School, covers: Iterable[Coverage] = ()) -> _Finding:
    unsure = list(dict.fromkeys(c.hub for c in covers))
    why = f"No hub that covers {school.district_name or school.la_name} is known to us."
    if programme.areas_only:
        why = f"{school.la_name} isn't one of the areas."
    if unsure:
        names = " or ".join(dict.fromkeys(h.name for h in unsure))
        why = f"No well-sourced hub covers {school.la_name}. It may be {names}: ask."
    return _Finding(Claim.NONE_FOUND, why, (), unsure)


def _once(hubs: Iterable[Hub]) -> list[Hub]:
    """Each hub by its first row."""
    rows: dict[str, Hub] = {}
    for hub in hubs:
        rows.setdefault(hub.id, hub)
    return list(rows.values())


def _weakest(hubs: Iterable[Hub]) -> Confidence:
    known: list[Confidence] = [hub.confidence for hub in hubs]
    return max(known, key=CONFIDENCE_ORDER.__getitem__, default="")


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
