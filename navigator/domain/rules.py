"""What may be said of a programme and a school: the rules of docs/claims.md.

Nothing here may say more than the source does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import wording
from navigator.core.landscape import Claim
from navigator.core.model import Confidence, Hub, Programme, School

if TYPE_CHECKING:
    from navigator.directory import Coverage, Directory
    from navigator.domain.leads import Leads

CONFIDENCE_ORDER: dict[Confidence, int] = {"high": 0, "medium": 1, "low": 2, "": 3}


class Finding(NamedTuple):
    """What a rule finds: `hubs` are claimed, the foremost first, `maybe` only mentioned. Where
    `pool` holds any, those are the hubs, and stand by their distances from the school."""

    claim: Claim
    why: str
    hubs: Sequence[Hub] = ()
    maybe: Sequence[Hub] = ()
    applied: bool | None = None
    pool: Sequence[Hub] = ()

    @property
    def by_distance(self) -> bool:
        """Whether how far the hubs are from the school decides which, or which comes first."""
        return self.claim is Claim.NEAREST or len(self.pool) > 1


class Rules:
    """Answers from one directory; `leads` knows how far its hubs are."""

    def __init__(self, directory: Directory, leads: Leads) -> None:
        self._directory = directory
        self._leads = leads
        self._regional: dict[tuple[str, str, date], list[Hub]] = {}

    def find(self, programme: Programme, school: School, day: date) -> Finding:
        """What is found of a programme for a school on a day, each hub once."""
        found = self._find(programme, school, day)
        hubs = pool = once(found.hubs)
        if found.claim in (Claim.ONE_OF, Claim.NAMES_AREA):
            hubs = self._leads.by_distance(pool, school)
        else:
            pool = list(found.pool)
        return Finding(found.claim, found.why, hubs, found.maybe, found.applied, pool)

    def _find(self, programme: Programme, school: School, day: date) -> Finding:
        if programme.valid_to is not None and programme.valid_to < day:
            return self._ended(programme, school, programme.valid_to)
        if not programme.serves_school(school):
            return Finding(Claim.NONE_FOUND, f"Not for this school: {_serves(programme)}.")
        if programme.rule == "region":
            return self._by_region(programme, school, day)
        if programme.rule == "nearest":
            return self._by_nearest(programme, school, day)
        covers = self._directory.covering(programme.id, school, day)
        # Low confidence is from memory or by elimination: never shown as a designation.
        firm = best_rows([c for c in covers if c.firm])
        by_rule = self._by_area if programme.rule == "area" else self._by_named_area
        return by_rule(programme, school, day, firm) or _none(programme, school, covers)

    def _ended(self, programme: Programme, school: School, last: date) -> Finding:
        why = f"The programme ended {wording.on_day(last, programme.to_said)}."
        if not programme.serves_school(school):
            return Finding(Claim.ENDED, f"{why} It wasn't for this school.", applied=False)
        if programme.rule == "nearest":
            return Finding(Claim.ENDED, why, applied=True)
        if programme.rule == "region":  # its hubs chose or were given their schools
            return Finding(Claim.ENDED, why)
        covers = [c for c in self._directory.covering(programme.id, school, last) if c.firm]
        applied = True if any(c.exact for c in covers) else None
        if programme.areas_only:
            why += f" {_was_one(covers, school)}"
            applied = applied if covers else False  # its list of areas is whole
        return Finding(Claim.ENDED, why, applied=applied)

    def _by_area(
        self, programme: Programme, school: School, day: date, firm: Sequence[Coverage]
    ) -> Finding | None:
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
            return Finding(Claim.DESIGNATED, why, hubs)
        if not school.district_name and any(not c.area.part for c in local):
            la = school.la_name  # naming one of its districts would say that this one is divided
            why = f"The register gives no district for this school, and {la} is divided."
        elif len(local) == 1 and area.districts:
            why = f"{hub.name} covers part ({area.part}); the register doesn't tell more."
        elif len(local) == 1:
            why = f"{hub.name} covers part of {places}; which part isn't published."
        else:
            why = f"{places} is divided between these; the line inside it isn't published."
        return Finding(Claim.ONE_OF, why, hubs)

    def _by_named_area(
        self, programme: Programme, school: School, day: date, firm: Sequence[Coverage]
    ) -> Finding | None:
        naming = [c for c in firm if not c.inferred]
        here = [c for c in naming if _tells(c, school)]
        elsewhere = [c.hub for c in naming if c not in here]
        if here:
            parts = {c.area.part for c in here if c.area.part and not c.exact}
            part = f" (part of it: {'; '.join(sorted(parts))})" if parts else ""
            why = f"It names {_places(here)}{part}; any school may approach any hub."
            return Finding(Claim.NAMES_AREA, why, [c.hub for c in here], elsewhere)
        if elsewhere:
            why = (
                f"Only parts of {school.la_name} are named, and the register gives no district "
                "for this school; any school may approach any hub."
            )
            return Finding(Claim.ONE_OF, why, [c.hub for c in firm])
        pool = self.regional(programme, school.region, day)
        if programme.region_pools.get(school.region) == len(pool):
            why = f"{school.region} has these hubs; which one works here isn't published."
            return Finding(Claim.ONE_OF, why, pool)
        if not firm:
            return None
        # The hub sits in this area but no list of the areas it serves was found.
        why = f"Its lead school is in {_places(firm)}; no list of its areas was found."
        return Finding(Claim.REGION, why, [c.hub for c in firm])

    def _by_region(self, programme: Programme, school: School, day: date) -> Finding:
        pool = self.regional(programme, school.region, day)
        hubs = self._leads.by_distance(pool, school)
        if not self._directory.hubs(programme.id):
            ask = f": ask {programme.finder}" if programme.finder else ""
            why = f"None of its hubs or regional leads is named here{ask}."
            return Finding(Claim.NONE_FOUND, why)
        if not hubs:
            return _none(programme, school)
        why = f"Only its region is known: {school.region}."
        if all(area.kind == "national" for area in hubs[0].areas):
            # The region is the lead school's, not one that the hub was for.
            why = f"The programme has no areas; this lead school is in {school.region}."
        return Finding(Claim.REGION, why, hubs, pool=pool)

    def _by_nearest(self, programme: Programme, school: School, day: date) -> Finding:
        claim = Claim.NEAREST
        why = "The programme has no areas; this lead school is the nearest we know of."
        if school.has_position:
            near = self._leads.nearest(programme, school, day)
            hubs = [near] if near else []
        else:
            claim, hubs = Claim.REGION, self.regional(programme, school.region, day)
            why = "The register gives no position for this school, so which is nearest is unknown."
        told = {hub.id for hub in hubs}
        here = [c for c in self._at_work(programme, school, day) if c.hub.id not in told]
        if not hubs:
            return _none(programme, school, here)
        if here:
            names = wording.listed([c.hub.name for c in here])
            have = "has" if len(here) == 1 else "have"
            they = "it still does" if len(here) == 1 else "they still do"
            why += f" {names} {have} worked in {_places(here)}: ask whether {they}."
        return Finding(claim, why, hubs, [c.hub for c in here])

    def _at_work(self, programme: Programme, school: School, day: date) -> list[Coverage]:
        """Where hubs that schools choose have worked, as far as a source says so, and that is
        here: it may be nearer than it looks, as the lead school of some isn't known."""
        covers = self._directory.covering(programme.id, school, day)
        return best_rows(
            [
                c
                for c in covers
                if c.firm
                and not c.inferred
                and c.area.kind in ("LA", "district")
                and _tells(c, school)
            ]
        )

    def regional(self, programme: Programme, region: str, day: date) -> list[Hub]:
        """The hubs of a programme in force in a region, those of low confidence left out."""
        key = (programme.id, region, day)
        if key not in self._regional:
            region = region.casefold()
            found = once(
                h
                for h in self._directory.hubs(programme.id)
                if region
                and h.region.casefold() == region
                and h.confidence != "low"
                and h.in_force(day)
            )
            self._regional[key] = [hub for hub in found if hub.listed] or found
        return self._regional[key]


def _none(programme: Programme, school: School, covers: Iterable[Coverage] = ()) -> Finding:
    unsure = list(dict.fromkeys(c.hub for c in covers))
    why = f"No hub that covers {school.district_name or school.la_name} is known to us."
    if programme.rule == "names-area":
        why += " Any school may approach any hub."
    if programme.areas_only:
        why = f"{school.la_name} isn't one of the areas."
    if unsure:
        names = " or ".join(dict.fromkeys(h.name for h in unsure))
        why = f"No well-sourced hub covers {school.la_name}. It may be {names}: ask."
    return Finding(Claim.NONE_FOUND, why, (), unsure)


def once(hubs: Iterable[Hub]) -> list[Hub]:
    """Each hub by its first row."""
    rows: dict[str, Hub] = {}
    for hub in hubs:
        rows.setdefault(hub.id, hub)
    return list(rows.values())


def best_rows(covers: Sequence[Coverage]) -> list[Coverage]:
    """One coverage a hub: the exact one before one of a part, then the surer source."""
    best: dict[str, Coverage] = {}
    for cover in sorted(covers, key=lambda c: (not c.exact, CONFIDENCE_ORDER[c.hub.confidence])):
        best.setdefault(cover.hub.id, cover)
    return list(best.values())


def _tells(cover: Coverage, school: School) -> bool:
    """Whether an area tells of a school's own place: a part of its authority doesn't where the
    register gives the school no district."""
    return cover.exact or bool(school.district_name and cover.area.part)


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
