"""The columns of the table of England: what each is called and holds, how a landscape tells it.

docs/exports.md lists them for those who use the table: more may come, none goes or changes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from navigator.core.church import for_churches
from navigator.core.landscape import Claim, HubAtDistance, HubClaim, Landscape
from navigator.core.model import Network, Partnership, Programme
from navigator.domain.told import ToldNearby
from navigator.export.contract import km

ColumnKind = Literal["text", "whole", "real", "flag", "day"]
CellValue = str | int | float | bool | date | None
TableColumns = Sequence[tuple[str, ColumnKind]]

SHARED = (Claim.DESIGNATED, Claim.NAMES_AREA)
"""The claims for which the screen counts who shares a hub."""


class NextDoor:
    """What the table tells of the schools next door: how many and how far they are, and how many
    share a body with ours."""

    def __init__(self, nearby: ToldNearby) -> None:
        self.schools = len(nearby.schools)
        self._nearby, self._sharing = nearby.schools, nearby.shared
        self._same: dict[str, list[bool | None]] = {}

    @property
    def nearest(self) -> float | None:
        """Kilometres to the nearest of them, None where there is none."""
        return km(self._nearby[0][1]) if self._nearby else None

    @property
    def furthest(self) -> float | None:
        return km(self._nearby[-1][1]) if self._nearby else None

    def shared(self, what: str) -> int | None:
        """How many share a body; None where there are none, or of none of them it is known."""
        same = self._told(what)
        return same.count(True) if same.count(None) < len(same) else None

    def unsure(self, what: str) -> int:
        """Of how many it isn't sure whether they share a body."""
        return self._told(what).count(None)

    def _told(self, what: str) -> list[bool | None]:
        """Of each whether it shares a body."""
        same = self._same.get(what)
        if same is None:
            same = self._same[what] = [shared.get(what) for shared in self._sharing]
        return same


class TableColumn(NamedTuple):
    """A column: its name, what it holds, how a landscape tells it. None is "the source doesn't say"
    or that the column doesn't apply."""

    name: str
    kind: ColumnKind
    value: Callable[[Landscape, NextDoor], CellValue]


class SchoolPart(NamedTuple):
    """Columns that stand beside each other. `alike` gives what decides their values (a noun by its
    id): schools of which that is the same are told the same. It is None where each school has its
    own."""

    columns: tuple[TableColumn, ...]
    alike: Callable[[Landscape], Hashable] | None = None


class ClaimColumn(NamedTuple):
    """A column of each programme, under its id ("maths_hub_claim"); None before it began.

    `far` gives the hub whose distance it is: schools differ in it that are told the same otherwise.
    """

    name: str
    kind: ColumnKind
    value: Callable[[HubClaim], CellValue]
    far: Callable[[HubClaim], HubAtDistance | None] | None = None


class NearbyColumn(NamedTuple):
    """A column of each programme that nearby schools are compared by."""

    name: str
    kind: ColumnKind
    value: Callable[[HubClaim, NextDoor], CellValue]


def _area_partnerships(at: Landscape) -> int:
    own = (p.partnership for p in at.partnerships if p.distance == "own")
    return _surely((p for p in own if p.tier == "area partnership"), at)


def _surely(bodies: Iterable[Network | Partnership], at: Landscape) -> int:
    """How many are surely for the school: not those of a church, where its own isn't known."""
    return sum(for_churches(b.church, at.school.churches) is True for b in bodies)


def _compared(at: Landscape) -> bool:
    return at.school.has_position and bool(at.school.phase)


SCHOOL = (
    SchoolPart(
        (
            TableColumn("urn", "whole", lambda at, _: at.school.urn),
            TableColumn("name", "text", lambda at, _: at.school.name),
        )
    ),
    SchoolPart(
        (
            TableColumn("status", "text", lambda at, _: at.school.status),
            TableColumn("phase", "text", lambda at, _: at.school.phase),
            TableColumn("type", "text", lambda at, _: at.school.type),
            TableColumn("type_group", "text", lambda at, _: at.school.type_group),
            TableColumn("state_funded", "flag", lambda at, _: at.school.is_state_funded),
        ),
        lambda at: (at.school.status, at.school.phase, at.school.type, at.school.type_group),
    ),
    SchoolPart(
        (
            TableColumn("la_code", "text", lambda at, _: at.school.la_code),
            TableColumn("la_name", "text", lambda at, _: at.school.la_name),
            TableColumn("district_code", "text", lambda at, _: at.school.district_code),
            TableColumn("district_name", "text", lambda at, _: at.school.district_name),
            TableColumn("region", "text", lambda at, _: at.school.region),
        ),
        lambda at: (
            *(at.school.la_code, at.school.la_name, at.school.region),
            *(at.school.district_code, at.school.district_name),
        ),
    ),
    SchoolPart(
        (
            TableColumn("postcode", "text", lambda at, _: at.school.postcode),
            TableColumn("latitude", "real", lambda at, _: at.school.degrees[0]),
            TableColumn("longitude", "real", lambda at, _: at.school.degrees[1]),
            TableColumn("low_age", "whole", lambda at, _: at.school.low_age),
            TableColumn("high_age", "whole", lambda at, _: at.school.high_age),
            TableColumn("pupils", "whole", lambda at, _: at.school.pupils),
            TableColumn("opened", "day", lambda at, _: at.school.opened),
        )
    ),
    SchoolPart(
        (
            TableColumn("la_schools", "whole", lambda at, _: at.authority and at.authority.schools),
            TableColumn(
                "la_maintained", "whole", lambda at, _: at.authority and at.authority.maintained
            ),
        ),
        lambda at: id(at.authority),
    ),
    SchoolPart(
        (
            TableColumn("trust_uid", "text", lambda at, _: at.trust and at.trust.trust.uid),
            TableColumn("trust_name", "text", lambda at, _: at.trust and at.trust.trust.name),
            TableColumn("trust_kind", "text", lambda at, _: at.trust and at.trust.trust.kind),
            TableColumn("trust_schools", "whole", lambda at, _: at.trust and at.trust.trust.size),
            TableColumn("trust_band", "text", lambda at, _: at.trust and at.trust.trust.size_band),
            TableColumn(
                "trust_schools_in_la", "whole", lambda at, _: at.trust and at.trust.schools_in_la
            ),
            TableColumn(
                "trust_spread_km", "real", lambda at, _: at.trust and km(at.trust.trust.spread_km)
            ),
        ),
        lambda at: id(at.trust),
    ),
    SchoolPart(
        (
            TableColumn("networks", "whole", lambda at, _: _surely(at.networks, at)),
            TableColumn("area_partnerships", "whole", lambda at, _: _area_partnerships(at)),
        ),
        lambda at: (id(at.networks), id(at.partnerships), at.school.churches),
    ),
    SchoolPart(
        (
            TableColumn("nearby", "whole", lambda at, n: n.schools if _compared(at) else None),
            TableColumn("nearby_nearest_km", "real", lambda _, near: near.nearest),
            TableColumn("nearby_furthest_km", "real", lambda _, near: near.furthest),
            TableColumn(
                "nearby_share_trust",
                "whole",
                lambda at, near: near.shared("trust") if at.trust else None,
            ),
            TableColumn("nearby_share_la", "whole", lambda _, near: near.shared("la")),
        )
    ),
    SchoolPart(
        (
            TableColumn("as_at", "day", lambda at, _: at.as_at),
            TableColumn("register_date", "day", lambda at, _: at.register.day),
            TableColumn("religious_character", "text", lambda at, _: at.school.religious_character),
            TableColumn("diocese_church", "text", lambda at, _: at.diocese and at.diocese.church),
            TableColumn("diocese", "text", lambda at, _: at.diocese and at.diocese.name),
            TableColumn("diocese_body", "text", lambda at, _: at.diocese and at.diocese.body),
        ),
        lambda at: (at.as_at, at.register.day, at.school.religious_character, id(at.diocese)),
    ),
    SchoolPart(
        (
            TableColumn("trust_status", "text", lambda at, _: at.trust and at.trust.trust.status),
            TableColumn("trust_closed", "day", lambda at, _: at.trust and at.trust.trust.closed),
            TableColumn("position_day", "day", lambda at, _: at.school.position_day),
        ),
        lambda at: (id(at.trust), at.school.position_day),
    ),
)
"""What a row begins with."""

CLAIM = (
    ClaimColumn("claim", "text", lambda claim: claim.claim.value),
    ClaimColumn("hub", "text", lambda claim: claim.hub and claim.hub.hub.name),
    ClaimColumn("hub_id", "text", lambda claim: claim.hub and claim.hub.hub.id),
    ClaimColumn("km", "real", lambda c: km(c.hub.distance_km) if c.hub else None, lambda c: c.hub),
    ClaimColumn("confidence", "text", lambda claim: claim.confidence),
    ClaimColumn("others", "text", lambda c: "; ".join(a.hub.name for a in c.alternatives)),
    ClaimColumn("nearest", "text", lambda claim: claim.nearest and claim.nearest.hub.name),
    ClaimColumn(
        "nearest_km",
        "real",
        lambda c: km(c.nearest.distance_km) if c.nearest else None,
        lambda c: c.nearest,
    ),
    ClaimColumn("website", "text", lambda c: c.reach and c.reach.website),
    ClaimColumn("telephone", "text", lambda c: c.reach and c.reach.telephone),
    ClaimColumn("reach_of", "text", lambda c: c.reach and c.reach.of),
    ClaimColumn("sureness", "text", lambda claim: claim.sureness.value),
)


def what_decides(claim: HubClaim) -> Hashable:
    """What decides all that `CLAIM` tells of a claim but distances; hubs by their ids."""
    return (
        *(claim.programme.id, claim.claim, claim.confidence, claim.sureness),
        *(id(claim.hub), id(claim.nearest), *map(id, claim.alternatives)),
    )


NEARBY = (
    NearbyColumn("nearby_share", "whole", lambda c, near: near.shared(c.programme.id)),
    NearbyColumn("nearby_unsure", "whole", lambda c, near: near.unsure(c.programme.id)),
)
"""Of programmes that are compared only; None where there are no nearby schools, or the claim isn't
one of `SHARED`."""


def near_columns(programme: Programme) -> tuple[NearbyColumn, ...]:
    return NEARBY if programme.mark else ()


def _claim_columns(programme: Programme) -> tuple[ClaimColumn | NearbyColumn, ...]:
    return (*CLAIM, *near_columns(programme))


def fields(programmes: Iterable[Programme]) -> tuple[tuple[str, ColumnKind], ...]:
    """The columns' names and kinds: of the school, then of each programme under its id."""
    of_programmes = [
        (name, column.kind)
        for p in programmes
        for name, column in zip(names(p, _claim_columns(p)), _claim_columns(p), strict=True)
    ]
    return (*((c.name, c.kind) for part in SCHOOL for c in part.columns), *of_programmes)


def names(programme: Programme, columns: Sequence[ClaimColumn | NearbyColumn]) -> list[str]:
    """What some columns are called of a programme."""
    return [f"{programme.id.replace('-', '_')}_{column.name}" for column in columns]
