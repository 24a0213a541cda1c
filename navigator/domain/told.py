"""What is told to many schools alike, apart from how far each of them is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from navigator.core.landscape import HubAtDistance, HubClaim, NearbySchool
from navigator.core.model import School
from navigator.domain.leads import completed


class ToldClaim(NamedTuple):
    """A claim as it is told to a school.

    `alike` is the claim without distances: the very same one for all schools that are told the same
    but for those. `far` holds the kilometres to each lead school, in the order in which `alike` has
    its hubs (`hubs`, then `nearest`) and each hub its leads; it is empty where nothing is told with
    a distance. Where `far` is None, `alike` is one school's own, whole as it is.
    """

    alike: HubClaim
    far: Sequence[float | None] | None = ()

    @property
    def whole(self) -> HubClaim:
        """The claim with its distances."""
        if not self.far:
            return self.alike
        claim, far = self.alike, iter(self.far)
        hub = _away(claim.hub, far) if claim.hub else None
        others = tuple([_away(at, far) for at in claim.alternatives])
        return claim.with_hubs(hub, others, _away(claim.nearest, far) if claim.nearest else None)


def _away(at: HubAtDistance, far: Iterator[float | None]) -> HubAtDistance:
    return completed(at, list(islice(far, len(at.leads))))


class ToldNearby(NamedTuple):
    """The schools next door: each with its kilometres, and what each of them shares with ours,
    which is the very same for many. `trusts` has the names of their trusts by UID."""

    schools: Sequence[tuple[School, float]] = ()
    shared: Sequence[Mapping[str, bool | None]] = ()
    trusts: Mapping[str, str] = MappingProxyType({})

    @classmethod
    def of(cls, nearby: Sequence[NearbySchool]) -> ToldNearby:
        """Of schools that are told whole."""
        return cls(
            [(near.school, near.distance_km) for near in nearby],
            [near.sharing for near in nearby],
            {near.school.trust_uid: near.trust for near in nearby},
        )

    @property
    def whole(self) -> tuple[NearbySchool, ...]:
        return tuple(
            [
                NearbySchool(school, km, same, self.trusts[school.trust_uid])
                for (school, km), same in zip(self.schools, self.shared, strict=True)
            ]
        )


def numbers_of_hubs(told: ToldClaim) -> dict[int, int]:
    """Where in `far` the distance of each hub stands, that of its first lead, by the id of the hub
    in `alike`; none of a hub without leads, nor where nothing is told with a distance."""
    found: dict[int, int] = {}
    number, alike = 0, told.alike
    if not told.far:
        return found
    for at in (*alike.hubs, *((alike.nearest,) if alike.nearest else ())):
        if at.leads:
            found[id(at)] = number
        number += len(at.leads)
    return found
