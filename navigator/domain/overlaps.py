"""What a school shares with those around it, and two schools with each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import grid
from navigator.core.church import for_churches
from navigator.core.keys import NO_BODY, Key
from navigator.core.landscape import Claim, HubClaim, Landscape
from navigator.core.model import School
from navigator.core.record import BodyRef
from navigator.domain import around
from navigator.domain.around import Scope
from navigator.domain.sharing import ShareTest, one_of, same

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
    tells for each column how many of all share it, and of how many that isn't sure. `left_out`
    names the kinds of body that the school has, or may have, and no column compares.
    """

    home: School
    scope: Scope
    where: str
    bodies: tuple[OverlapColumn, ...]
    rows: tuple[OverlapRow, ...]
    schools: int
    counts: tuple[tuple[int, int], ...]
    left_out: tuple[str, ...] = ()
    note: str = ""


class SharedBody(NamedTuple):
    """One kind of body of two schools: whose is what, and whether it is the same; None where that
    isn't sure."""

    kind: str
    one: BodyRef
    other: BodyRef
    same: bool | None


class Overlaps:
    """Answers from the register and directory of a landscapes."""

    def __init__(self, landscapes: Landscapes) -> None:
        self._sharing = landscapes.sharing
        self._areas = landscapes.areas
        self._register = landscapes.register

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
            tuple(self._left_out(home, {column.kind for column, _ in columns})),
            found.note,
        )

    def _columns(self, home: Landscape) -> Iterable[tuple[OverlapColumn, ShareTest]]:
        """The home school's bodies, and of each how to tell whether another school has it."""
        school, sharing = home.school, self._sharing
        la = BodyRef(Key.of("la", school.la_code), school.la_name)
        yield OverlapColumn("LA", "Local authority", la), sharing.authority(school)
        district = school.district_name
        if district and district != school.la_name:
            column = OverlapColumn("Di", "District", BodyRef(NO_BODY, district))
            yield column, lambda s: same(s.district_name, district)
        if home.trust:
            column = OverlapColumn("Tr", "Trust", BodyRef.to(home.trust.trust))
            yield column, sharing.trust(school, home.as_at)
        for claim in home.hubs:
            if hub := self._sure_hub(claim, home):
                mark = claim.programme.mark or claim.programme.short[:2]
                test = sharing.hub(claim.programme, school, home.as_at, home.record)
                yield OverlapColumn(mark, claim.programme.name, hub), test
        for network in home.own_networks:
            column = OverlapColumn("Own", "Your network", BodyRef.to(network))
            yield column, one_of(network.urns)
        for heads in home.networks:
            if heads.status != "closed" and for_churches(heads.church, school.churches):
                column = OverlapColumn("Ne", "Heads' network's area", BodyRef.to(heads))
                yield column, sharing.area_of(heads)

    def _sure_hub(self, claim: HubClaim, home: Landscape) -> BodyRef | None:
        """The hub of a claim, where it surely is the home school's."""
        programme = claim.programme
        if claim.hub is None or claim.claim is Claim.ENDED or programme.areas_only:
            return None
        ours = self._sharing.hubs(programme, home.school, home.as_at, home.record)
        return BodyRef.to(claim.hub.hub) if ours else None

    def _left_out(self, home: Landscape, compared: set[str]) -> Iterable[str]:
        if "Trust" not in compared:
            yield "Trust"
        for claim in home.hubs:
            p = claim.programme
            told = claim.claim is not Claim.ENDED and claim.serves and not p.areas_only
            if told and p.name not in compared:
                yield p.name

    def pair(self, one: Landscape, other: Landscape) -> tuple[SharedBody, ...]:
        """Kind by kind, which bodies two schools share, which they don't, and what isn't sure."""
        both = one, other
        rows = []

        def add(kind: str, refs: Iterable[BodyRef], shared: bool | None) -> None:
            ours, theirs = refs
            if ours.name or theirs.name:
                rows.append(SharedBody(kind, ours, theirs, shared))

        here, there = one.school, other.school
        authorities = (BodyRef.to(a.authority) if (a := x.authority) else _NONE for x in both)
        add("Local authority", authorities, self._sharing.authority(here)(there))
        for kind, names in (
            ("District", (here.district_name, there.district_name)),
            ("Region", (here.region, there.region)),
        ):
            add(kind, (BodyRef(NO_BODY, name) for name in names), same(*names))
        trusts = (BodyRef.to(x.trust.trust) if x.trust else _NONE for x in both)
        add("Trust", trusts, self._sharing.trust(here, one.as_at)(there))
        facing = {claim.programme.id: claim for claim in other.hubs}
        for claim in one.hubs:
            against = facing.get(claim.programme.id)
            if against and Claim.ENDED not in (claim.claim, against.claim):
                test = self._sharing.hub(claim.programme, here, one.as_at, one.record)
                shared = test(there)
                add(claim.programme.name, _hubs(claim, against, shared=bool(shared)), shared)
        for kind, refs in (
            ("Heads' network's area", _networks),
            ("Area partnership", _partnerships),
            ("Your network", lambda of: {BodyRef.to(n): True for n in of.own_networks}),
        ):
            mine, others = refs(one), refs(other)
            for ref in dict.fromkeys((*mine, *others)):
                pair = (ref if ref in mine else _NONE, ref if ref in others else _NONE)
                both_sure = mine.get(ref, True) and others.get(ref, True)
                add(kind, pair, (both_sure or None) if all(of.name for of in pair) else False)
        return tuple(rows)


_NONE = BodyRef(NO_BODY, "")


def _hubs(one: HubClaim, other: HubClaim, *, shared: bool) -> tuple[BodyRef, BodyRef]:
    """The hubs of two claims: one that both have, where they share any; else each one's own."""
    if shared:
        theirs = {at.hub.id for at in other.hubs}
        common = next((BodyRef.to(at.hub) for at in one.hubs if at.hub.id in theirs), None)
        if common:
            return common, common
    if one.serves or other.serves:
        return _claimed(one), _claimed(other)
    return _NONE, _NONE


def _claimed(claim: HubClaim) -> BodyRef:
    """The hub of a claim, or in words which it may be."""
    if claim.hub:
        return BodyRef.to(claim.hub.hub)
    if claim.alternatives:
        may = "one of" if claim.claim is Claim.ONE_OF else "may be"
        names = " or ".join(at.hub.name for at in claim.alternatives)
        return BodyRef(NO_BODY, f"{may} {names}")
    return _NONE if claim.serves else BodyRef(NO_BODY, "not for this school")


def _networks(of: Landscape) -> dict[BodyRef, bool]:
    """Each with whether it surely is for the school: of one church, that may not be known."""
    heads = (n for n in of.networks if n.status != "closed")
    return {BodyRef.to(n): bool(for_churches(n.church, of.school.churches)) for n in heads}


def _partnerships(of: Landscape) -> dict[BodyRef, bool]:
    own = (here.partnership for here in of.partnerships if here.distance == "own")
    return {BodyRef.to(p): bool(for_churches(p.church, of.school.churches)) for p in own}
