"""What a school shares with those around it, and two schools with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import grid
from navigator.core.church import for_churches
from navigator.core.keys import NO_BODY, Key
from navigator.core.model import (
    Claim,
    HubClaim,
    Landscape,
    Network,
    School,
    phases_fit,
)
from navigator.core.record import BodyRef
from navigator.domain import around
from navigator.domain.around import Scope

if TYPE_CHECKING:
    from navigator.domain.landscapes import Landscapes
    from navigator.register.census import BriefSchool

SCHOOLS_AROUND = 100
"""Rows of an overlap at the most."""


class OverlapColumn(NamedTuple):
    """A body of the home school, as a column of an overlap. `mark` heads it in one or two letters.

    `key` may be followed as any body's; "" where it has no page.
    """

    mark: str
    kind: str
    ref: BodyRef


class OverlapRow(NamedTuple):
    """A school of an overlap: its kilometres from home (None where unknown), and for each column
    whether it has the same body as ours: None where that isn't sure."""

    school: BriefSchool
    km: float | None
    shares: tuple[bool | None, ...]

    @property
    def shared(self) -> int:
        return sum(share is True for share in self.shares)


class Overlap(NamedTuple):
    """What a school shares with the schools around it.

    `rows` are at most SCHOOLS_AROUND, the nearest first; `schools` counts all in scope. `counts`
    tells for each column how many of all share it, and of how many that isn't sure.
    """

    home: School
    scope: Scope
    where: str
    bodies: tuple[OverlapColumn, ...]
    rows: tuple[OverlapRow, ...]
    schools: int
    counts: tuple[tuple[int, int], ...]
    note: str = ""


class SharedBody(NamedTuple):
    """One kind of body of two schools: whose is what, and whether it is the same; None where that
    isn't sure."""

    kind: str
    one: BodyRef
    other: BodyRef
    same: bool | None


Test = Callable[["BriefSchool"], bool | None]
"""Whether a school has the body of a column; None where that isn't sure."""


class Overlaps:
    """Answers from the register and directory of a landscapes."""

    def __init__(self, landscapes: Landscapes) -> None:
        self._claims = landscapes.claims
        self._areas = landscapes.areas
        self._register = landscapes.register
        self._directory = landscapes.directory

    def of(self, home: Landscape, scope: Scope) -> Overlap:
        """What the school of a landscape shares with the schools around it.

        Raises:
            NotFoundError: the head's network that the scope names is no longer there.
        """
        found = around.in_scope(self._register, self._areas, home, scope)
        far = [(s, grid.between(home.school, s)) for s in found.schools]
        far.sort(key=lambda pair: (pair[1] is None, pair[1], pair[0].urn))
        if scope.kind == "number":
            far = far[: scope.number]
        columns = list(self._columns(home))
        told = [tuple(test(school) for _, test in columns) for school, _ in far]
        return Overlap(
            home.school,
            scope,
            found.where,
            tuple(column for column, _ in columns),
            tuple(
                OverlapRow(school, km, shares)
                for (school, km), shares in zip(far[:SCHOOLS_AROUND], told, strict=False)
            ),
            len(far),
            tuple(
                (sum(row[n] is True for row in told), sum(row[n] is None for row in told))
                for n in range(len(columns))
            ),
            found.note,
        )

    def _columns(self, home: Landscape) -> Iterable[tuple[OverlapColumn, Test]]:
        """The home school's bodies, and of each how to tell whether another school has it."""
        school = home.school
        la = BodyRef(Key.of("la", school.la_code), school.la_name)
        yield OverlapColumn("LA", "Local authority", la), lambda s: s.la_code == school.la_code
        district = school.district_name
        if district and district != school.la_name:
            column = OverlapColumn("Di", "District", BodyRef(NO_BODY, district))
            yield column, lambda s: s.district_name == district
        if home.trust and home.trust.trust.kind != "foundation":
            trust = home.trust.trust
            column = OverlapColumn("Tr", "Trust", BodyRef.to(trust))
            yield column, lambda s: s.trust_uid == trust.uid
        for claim in home.hubs:
            if (hub := claim.hub) and (test := self._shares_hub(claim, home)):
                mark = claim.programme.mark or claim.programme.short[:2]
                yield OverlapColumn(mark, claim.programme.name, BodyRef.to(hub.hub)), test
        for network in home.own_networks:
            column = OverlapColumn("Own", "Your network", BodyRef.to(network))
            yield column, partial(_is_one_of, frozenset(network.urns))
        for heads in home.networks:
            if heads.status != "closed":
                column = OverlapColumn("Ne", "Heads' network's area", BodyRef.to(heads))
                yield column, partial(self._in_area, heads)

    def _in_area(self, heads: Network, other: BriefSchool) -> bool:
        authority = self._directory.authority(other.la_code, other.district_name)
        code = authority.code if authority else other.la_code
        fits = phases_fit(heads.phases, other.phase) and for_churches(heads.church, other.churches)
        return code in heads.la_codes and fits

    def _shares_hub(self, claim: HubClaim, home: Landscape) -> Test | None:
        """Whether a school has the home school's hub; None where ours isn't surely one."""
        programme, day = claim.programme, home.as_at
        if claim.hub is None or not claim.hub.hub.id or programme.areas_only:
            return None
        if programme.rule in ("region", "nearest"):
            return None
        if claim.claim is Claim.SET_BY_YOU:
            at = (claim.hub, *claim.alternatives)
            ours = frozenset(h.hub.id for h in at if h.hub.id)
        elif claim.claim in (Claim.DESIGNATED, Claim.NAMES_AREA):
            ours = self._claims.hub_ids(programme, home.school, day)
        else:
            return None

        def test(other: BriefSchool) -> bool | None:
            if not programme.serves_ages(other.phase, other.low_age, other.high_age):
                return False
            theirs = self._claims.hub_ids(programme, other, day)
            return bool(theirs & ours) if theirs else None

        return test


def _is_one_of(urns: frozenset[int], other: BriefSchool) -> bool:
    return other.urn in urns


def shared_bodies(one: Landscape, other: Landscape) -> tuple[SharedBody, ...]:
    """Kind by kind, which bodies two schools share, which they don't, and what isn't sure."""
    both = one, other
    rows = []

    def add(kind: str, ours: BodyRef, theirs: BodyRef, *, sure: bool = True) -> None:
        if ours.name or theirs.name:
            same = bool(ours.name) and (ours.key or ours.name) == (theirs.key or theirs.name)
            rows.append(SharedBody(kind, ours, theirs, same if sure else None))

    add(
        "Local authority", *(BodyRef.to(a.authority) if (a := x.authority) else _NONE for x in both)
    )
    add("District", *(BodyRef(NO_BODY, x.school.district_name) for x in both))
    add("Region", *(BodyRef(NO_BODY, x.school.region) for x in both))
    sure = not (one.trust_note or other.trust_note)
    add("Trust", *(BodyRef.to(x.trust.trust) if x.trust else _NONE for x in both), sure=sure)
    theirs = {claim.programme.id: claim for claim in other.hubs}
    for claim in one.hubs:
        facing = theirs.get(claim.programme.id)
        if facing is None or Claim.ENDED in (claim.claim, facing.claim):
            continue
        pair = claim, facing
        sure = all(c.claim is not Claim.ONE_OF and c.hub for c in pair)
        if claim.programme.rule == "region":  # of a region all of whose hubs are known, ours is one
            sure = sure and claim.counted is not None and claim.named >= claim.counted.hubs
        add(claim.programme.name, *map(_claimed, pair), sure=sure)
    for kind, refs in (
        ("Heads' network's area", _networks),
        ("Area partnership", _partnerships),
        ("Your network", lambda of: tuple(map(BodyRef.to, of.own_networks))),
    ):
        ours, others = refs(one), refs(other)
        for ref in dict.fromkeys((*ours, *others)):
            add(kind, ref if ref in ours else _NONE, ref if ref in others else _NONE)
    return tuple(rows)


_NONE = BodyRef(NO_BODY, "")


def _claimed(claim: HubClaim) -> BodyRef:
    """The hub of a claim, or in words which it may be."""
    if claim.hub:
        return BodyRef.to(claim.hub.hub)
    if claim.claim is Claim.ONE_OF:
        names = " or ".join(at.hub.name for at in claim.alternatives)
        return BodyRef(NO_BODY, f"one of {names}")
    return _NONE


def _networks(of: Landscape) -> tuple[BodyRef, ...]:
    return tuple(BodyRef.to(n) for n in of.networks)


def _partnerships(of: Landscape) -> tuple[BodyRef, ...]:
    return tuple(BodyRef.to(p.partnership) for p in of.partnerships if p.distance == "own")
