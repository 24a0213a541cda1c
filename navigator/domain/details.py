"""What the page of a body is made of, for each kind of body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from navigator.core.church import DioceseHere
from navigator.core.landscape import Claim, HubAtDistance, NearbySchool
from navigator.core.model import (
    Authority,
    Count,
    Hub,
    Neighbour,
    Network,
    Partnership,
    Programme,
    School,
    Trust,
)
from navigator.core.record import OwnNetwork

LOCAL, MOSTLY = 0.75, 0.5
"""Shares of a trust's schools in one authority from which on it is "local" and "mostly in one LA"
(docs/claims.md)."""


class InPlace(NamedTuple):
    """A number of schools in an authority."""

    la_code: str
    la_name: str
    schools: int


class ProgrammeDetail(NamedTuple):
    """A programme on a day: the hubs in force that we know of, beside the published number; the
    kilometres from the home school to each of which that is known, by id."""

    programme: Programme
    hubs: tuple[Hub, ...]
    named: int
    counted: Count | None
    far: Mapping[str, float]


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


class DioceseDetail(NamedTuple):
    """A diocese: its open schools by the register, as `TrustDetail` has them.

    `told` is False where the register in use names no diocese of any school.
    """

    diocese: DioceseHere
    told: bool
    members: tuple[tuple[School, float | None], ...]
    authorities: tuple[InPlace, ...]
    phases: tuple[tuple[str, int], ...]


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
    """An authority: its open state-funded schools by id of governance and phase, hubs and bodies.

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
