"""Who leads the hubs, and how far that is from a school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import cleaning, grid, reach
from navigator.core.grid import Nearest, OnGrid
from navigator.core.landscape import HubAtDistance, LeadSchool
from navigator.core.model import Hub, Programme, School
from navigator.register.conversions import Memo

if TYPE_CHECKING:
    from navigator.core.reach import Reach
    from navigator.directory import Directory
    from navigator.register import Register


class Led(NamedTuple):
    """A hub without distances, and its lead schools where the register has them.

    `lone` is where the lead school is, where there is one alone; `ordered` holds the hub with its
    leads in each order in which they stand by their distances from some school.
    """

    at: HubAtDistance
    leads: tuple[School | None, ...]
    lone: tuple[int, int] | None
    ordered: dict[tuple[int, ...], HubAtDistance]


class Leads:
    """Answers from one register and one directory, remembered.

    Attributes:
        trust_names: as the register's `trust_name`, by UID.
    """

    def __init__(self, register: Register, directory: Directory) -> None:
        self._register = register
        self._directory = directory
        self._schools: dict[int, School | None] = {}
        self.trust_names = Memo(register.trust_name)
        self._placed: dict[tuple[str, date], list[tuple[Hub, OnGrid]]] = {}
        self._near: dict[tuple[str, date], Nearest[Hub]] = {}
        self._led: dict[tuple[int, date | None], Led] = {}
        self._spots: dict[int, list[tuple[int, int]]] = {}

    def school(self, urn: int) -> School | None:
        """The lead school as the register in use has it; see `Register.stand_in`."""
        if urn not in self._schools:
            self._schools[urn] = self._register.stand_in(urn)
        return self._schools[urn]

    def of(self, hub: Hub) -> list[School]:
        """The lead schools of a hub that the register holds."""
        return [lead for urn in hub.lead_urns if (lead := self.school(urn))]

    # --- a hub with its leads ---

    def at(self, hub: Hub, school: School | None, day: date | None = None) -> HubAtDistance:
        """A hub of the directory with its leads resolved, and their distance from a school if one
        is given; on a day it may be old."""
        led = self.led(hub, day)
        if school is None:
            return led.at
        return completed(*self.seen_from(led, school))

    def led(self, hub: Hub, day: date | None) -> Led:
        """A hub of the directory with its leads resolved; on a day it may be old."""
        # The directory keeps its hubs, so their ids stay theirs
        led = self._led.get((id(hub), day))
        if led is None:
            led = self._led[id(hub), day] = self._resolved(hub, day)
        return led

    def at_set(self, hub: Hub, school: School) -> HubAtDistance:
        """As `at`, of a hub that the head set: it is made for each landscape, so not remembered."""
        return completed(*self.seen_from(self._resolved(hub, None), school))

    def _resolved(self, hub: Hub, day: date | None) -> Led:
        leads = []
        schools = tuple(self.school(urn) for urn in hub.lead_urns)
        for urn, lead in zip(hub.lead_urns, schools, strict=True):
            if lead is None:
                leads.append(LeadSchool(urn, hub.lead_name, "", "", "", None))
                continue
            where = lead.town, lead.la_name, self.trust_names[lead.trust_uid], None
            leads.append(
                LeadSchool(lead.urn, lead.name, *where, cleaning.link(lead.website), lead.telephone)
            )
        programme = self._directory.programme(hub.programme)
        old = day is not None and programme.runs_on(day) and programme.is_old(hub, day)
        at = HubAtDistance(hub, tuple(leads), None, self._ways(hub, leads), old)
        lone = schools[0] if len(schools) == 1 else None
        if lone is None or lone.easting is None or lone.northing is None:
            return Led(at, schools, None, {})
        return Led(at, schools, (lone.easting, lone.northing), {})

    def _ways(self, hub: Hub, leads: Sequence[LeadSchool]) -> Reach | None:
        programme = self._directory.programme(hub.programme)
        return reach.of_hub(hub.name, hub.website, leads, programme.reach)

    def seen_from(self, led: Led, school: School) -> tuple[HubAtDistance, list[float | None]]:
        """A hub with its leads in the order of their distances from a school, but without those;
        and the kilometres to each lead."""
        east, north = school.easting, school.northing
        if east is None or north is None or not any(led.leads):
            return led.at, [None] * len(led.leads)
        if led.lone:
            return led.at, [grid.km(east, north, *led.lone)]
        far = [grid.between(school, lead) if lead else None for lead in led.leads]
        order = sorted(range(len(far)), key=lambda n: _or_last(far[n]))
        urns = tuple([led.at.leads[n].urn for n in order])
        at = led.ordered.get(urns)
        if at is None:
            leads = tuple([led.at.leads[n] for n in order])
            ways = self._ways(led.at.hub, leads)
            at = HubAtDistance(led.at.hub, leads, None, ways, led.at.old)
            led.ordered[urns] = at
        return at, [far[n] for n in order]

    # --- by distance ---

    def by_distance(self, hubs: Sequence[Hub], school: School) -> list[Hub]:
        """Hubs by how far their nearest leads are from a school, those without a place last."""
        east, north = school.easting, school.northing
        if len(hubs) < 2 or east is None or north is None:
            return list(hubs)

        def far(hub: Hub) -> float:
            spots = self._spots_of(hub)
            if len(spots) > 1:
                # The scale hardly differs, so a length on the grid tells as well
                spots = [min(spots, key=lambda at: (at[0] - east) ** 2 + (at[1] - north) ** 2)]
            return grid.km(east, north, *spots[0]) if spots else inf

        return sorted(hubs, key=far)

    def _spots_of(self, hub: Hub) -> list[tuple[int, int]]:
        """Where the leads of a hub of the directory are."""
        spots = self._spots.get(id(hub))
        if spots is None:
            spots = self._spots[id(hub)] = [
                (lead.easting, lead.northing)
                for lead in self.of(hub)
                if lead.easting is not None and lead.northing is not None
            ]
        return spots

    def nearest(self, programme: Programme, school: School, day: date) -> Hub | None:
        """The hub of a programme whose lead school is nearest; None where that isn't known."""
        return self.finder(programme, day).to(school)

    def finder(self, programme: Programme, day: date) -> Nearest[Hub]:
        """What knows the hub of a programme whose lead school is nearest to a place."""
        key = (programme.id, day)
        if key not in self._near:
            self._near[key] = Nearest(self.placed(programme, day))
        return self._near[key]

    def placed(self, programme: Programme, day: date) -> list[tuple[Hub, OnGrid]]:
        """Where each lead school of a programme is, with the hub that it leads on a day; those
        without a position are left out."""
        key = (programme.id, day)
        if key not in self._placed:
            hubs = [
                hub
                for hub in self._directory.hubs(programme.id)
                if hub.in_force(day) and hub.confidence != "low"
            ]
            # In one question: as whole schools they would take a hundred, and stay in memory
            at = self._register.positions(urn for hub in hubs for urn in hub.lead_urns)
            found = [
                (hub, where)
                for hub in hubs
                for urn in hub.lead_urns
                if (where := at.get(urn) or self._instead(urn))
            ]
            self._placed[key] = [(hub, where) for hub, where in found if hub.listed] or found
        return self._placed[key]

    def _instead(self, urn: int) -> OnGrid | None:
        """Where the school is that stands for a lead that isn't open, or not here."""
        lead = self.school(urn)
        return lead if lead and lead.has_position else None


def completed(at: HubAtDistance, far: Iterable[float | None]) -> HubAtDistance:
    """A hub of which `far` tells the kilometres to each lead, the nearest first."""
    leads = tuple([lead.away(km) for lead, km in zip(at.leads, far, strict=True)])
    return HubAtDistance(at.hub, leads, leads[0].distance_km if leads else None, at.reach, at.old)


def _or_last(far: float | None) -> float:
    return inf if far is None else far
