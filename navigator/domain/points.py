"""The schools that a map shows: every one of England as a point, and those that a body gathers."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from navigator.core.errors import NotFoundError
from navigator.core.governance import governance
from navigator.core.keys import BODY_KINDS, Key
from navigator.core.model import PHASES, Hub, School
from navigator.register.conversions import Memo
from navigator.storage.kept import EVER, KeptAnswers

if TYPE_CHECKING:
    from navigator.domain.bodies import Bodies
    from navigator.domain.landscapes import Landscapes


class Point(NamedTuple):
    """A state-funded school on a map: easting and northing in metres of the National Grid, `east`
    and `north` the same in kilometres, as a map counts.

    `governance` is an id of `GOVERNANCE`, `trust` the name of its academy trust, "" for none.
    """

    urn: int
    name: str
    phase: str
    governance: str
    trust: str
    trust_uid: str
    la_code: str
    la_name: str
    easting: int
    northing: int
    east: float
    north: float


_KM = ("east", "north")
"""Its last fields, which the two before them give."""


class Gathered(NamedTuple):
    """A body as a map has it: its schools that have a position, each lead school with the hub it
    leads, and how many schools there are with and without one."""

    title: str
    kind: str
    members: tuple[Point, ...] = ()
    leads: tuple[tuple[Point, str], ...] = ()
    total: int = 0


class Points:
    """Answers about one register and one directory."""

    def __init__(self, landscapes: Landscapes, bodies: Bodies, answers: KeptAnswers) -> None:
        self._answers = answers
        self._register = landscapes.register
        self._claims = landscapes.claims
        self._bodies = bodies

    @cached_property
    def all(self) -> dict[int, Point]:
        """Every open state-funded school with a position by URN; read from the register once, and
        kept for the next start: of England that takes a fifth of the time."""
        points = self._kept() or self._read_and_keep()
        # They live as long as the register: a look for garbage that walked over all 22,000 of them
        # would hold a redraw of the map up for a frame and a half.
        gc.freeze()
        return points

    def _kept(self) -> dict[int, Point] | None:
        # By columns, of plain values: thousands of nouns take longer to take than to make
        kept = self._answers.take("points", date.min, tuple, {})
        if not kept:
            return None
        km = ([metres / 1000 for metres in column] for column in kept[-2:])
        return dict(zip(kept[0], map(Point._make, zip(*kept, *km, strict=True)), strict=True))

    def _read_and_keep(self) -> dict[int, Point]:
        found = self._read()
        columns = tuple(map(list, zip(*found.values(), strict=True)))
        self._answers.keep("points", lambda: EVER, columns[: -len(_KM)])
        return found

    def _read(self) -> dict[int, Point]:
        return {
            urn: Point._make(
                (
                    *(urn, name, PHASES[phase], *self._run[kind, uid], *self._la[place]),
                    *(easting, northing, easting / 1000, northing / 1000),
                )
            )
            for urn, name, phase, uid, easting, northing, kind, place in (
                self._register.census.placed()
            )
            if easting is not None and northing is not None
        }

    @cached_property
    def _run(self) -> Memo[tuple[int, str], tuple[str, str, str]]:
        """Governance, trust and its UID, by number of the kind and by UID."""

        def run(by: tuple[int, str]) -> tuple[str, str, str]:
            return self._governed(by[1], maintained=self._register.census.kinds[by[0]].maintained)

        return Memo(run)

    @cached_property
    def _la(self) -> Memo[int, tuple[str, str]]:
        return Memo(self._register.census.authority_of)

    def of(self, school: School) -> Point | None:
        """A school on a map, also a closed or independent one; None without a position."""
        if school.easting is None or school.northing is None:
            return None
        known = self.all.get(school.urn)
        return known or self._point(school, school.easting, school.northing)

    def _point(self, at: School, easting: int, northing: int) -> Point:
        return Point(
            at.urn,
            at.name,
            at.phase,
            *self._governed(at.trust_uid, maintained=at.is_maintained),
            at.la_code,
            at.la_name,
            easting,
            northing,
            easting / 1000,
            northing / 1000,
        )

    def _governed(self, uid: str, *, maintained: bool) -> tuple[str, str, str]:
        """Id of the governance, name and UID of the trust."""
        uid = "" if maintained else uid
        trust = self._register.census.trust_sizes().get(uid)
        name = trust.name if trust else self._claims.leads.trust_names[uid]
        return governance(trust, maintained=maintained).id, name, uid

    def lead(self, urn: int) -> Point | None:
        """A lead school on a map, as the register has it now."""
        school = self._claims.leads.school(urn)
        return self.of(school) if school else None

    def gathered(self, key: Key, day: date) -> Gathered:
        """The schools of the body that a page is about, by the page's key, and who leads it.

        Raises:
            NotFoundError: no such body, or one that gathers no schools.
        """
        kind, bodies = key.listed_of.kind, self._bodies
        if kind == "trust":
            members = self._register.census.members(key.id)
            body = self.of_schools(bodies.trust_called(key.id).name, BODY_KINDS[kind], members)
        elif kind == "la":
            name = bodies.authority_of(key.id).name
            body = self.of_schools(name, BODY_KINDS[kind], bodies.state_schools(key.id))
        elif kind == "diocese":
            detail = bodies.diocese(Key.of(kind, key.id), None)
            name = f"Diocese of {detail.diocese.name}"
            body = self.of_schools(name, detail.diocese.church, (s for s, _ in detail.members))
        elif kind == "programme":
            of = bodies.programme(key.id, day)
            leads = self._leads(of.programme.name, of.hubs)
            body = Gathered(of.programme.name, BODY_KINDS[kind], (), leads)
        elif kind in ("hub", "network", "partnership"):
            extent = bodies.extent(key, day)
            programme = extent.programme
            said = programme.name if programme else BODY_KINDS[kind]
            body = self.of_schools(extent.body.name, said, bodies.schools_in(extent))
            if programme and isinstance(extent.body, Hub):
                body = body._replace(leads=self._leads(programme.name, [extent.body]))
        else:
            raise NotFoundError("There is no map of this page: it gathers no schools.")
        there = tuple(p for p in body.members if key.part in ("", p.la_code))
        return body._replace(members=there)

    def of_schools(self, title: str, kind: str, schools: Iterable[School]) -> Gathered:
        """Some schools under a title."""
        return self.of_urns(title, kind, (school.urn for school in schools))

    def of_urns(self, title: str, kind: str, urns: Iterable[int]) -> Gathered:
        """The schools of some URNs under a title."""
        urns = tuple(urns)
        members = tuple(self.all[urn] for urn in urns if urn in self.all)
        return Gathered(title, kind, members, (), len(urns))

    def _leads(self, programme: str, hubs: Iterable[Hub]) -> tuple[tuple[Point, str], ...]:
        return tuple(
            (point, f"{programme}: {hub.name}")
            for hub in hubs
            for urn in hub.lead_urns
            if (point := self.lead(urn))
        )
