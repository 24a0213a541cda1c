"""A plan of several schools: whose an activity is and what of it is each school's, with clashes
across schools and the plan as each of them has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from navigator.core.activity import Activity, PlanDay, Status
from navigator.core.record import OwnRecord
from navigator.core.session import Attendee
from navigator.directory import planning
from navigator.domain.plan import clashes
from navigator.domain.plan.clashes import Clash, HeldSession
from navigator.domain.plan.school_shares import SchoolShares
from navigator.domain.plan.whose import UNSAID


class PlanSchools(SchoolShares):
    """The schools of a plan, with what each pays, who is where, and what clashes."""

    __slots__ = ()

    def clashes(
        self, activities: Iterable[Activity], days: Sequence[PlanDay], most: int | None
    ) -> tuple[Clash, ...]:
        """All clashes of the schools looked at, in England: of a person across schools, of cover
        and days in each. `most` may be out of class at once, in each school.

        Those of a plan as the record has it are found once, as `clashes.in_england` finds them.
        """
        if not self.several:
            return clashes.in_england(activities, days, most)
        of = (activities, days, planning.bank_holidays())
        return _LAST.found(of, (self, most), lambda: self._across(activities, days, most))

    def _across(
        self, activities: Iterable[Activity], days: Sequence[PlanDay], most: int | None
    ) -> tuple[Clash, ...]:
        bank = planning.bank_holidays()
        active = [a for a in activities if a.status is not Status.DECLINED]
        placed = list(map(self._placed, active))
        held = {(a.id, s.id): HeldSession(a, s) for a in active for s in a.sessions}
        found: list[Clash] = []
        for clash in clashes.find(placed):
            if clash.kind == "person":
                at = dict.fromkeys(urn for h in clash.held for urn in self.of(h.activity))
                found += [self._told(clash, held, tuple(at))] if self.sees(at) else []
        of_days: dict[tuple[object, ...], tuple[Clash, list[int]]] = {}
        by: dict[int, list[Activity]] = defaultdict(list)
        for a in placed:
            for urn in self.of(a):
                by[urn].append(a)
        for urn in filter(lambda urn: self.sees((urn,)), by):
            here = [_only(a, urn) for a in by[urn]]
            own = [d for d in days if not d.schools or urn in d.schools]
            for clash in clashes.find(here, own, most=most, bank=bank):
                if clash.kind == "cover":
                    found.append(self._told(clash, held, (urn,)))
                elif clash.kind == "day":
                    key = (clash.held[0].activity.id, clash.held[0].session.id, clash.own)
                    of_days.setdefault(key, (clash, []))[1].append(urn)
        found += [self._told(clash, held, tuple(at)) for clash, at in of_days.values()]
        return tuple(sorted(found, key=clashes.order))

    def apart(self, record: OwnRecord) -> Iterator[tuple[str, OwnRecord]]:
        """The record of each school looked at, with its name: its activities with those alone who
        are released from it, and its days. Of a plan of one school just that, without a name."""
        if not self.several:
            yield "", record
            return
        active = [a for a in record.activities if a.status is not Status.DECLINED]
        placed = list(map(self._placed, active))
        for urn in self.present(active):
            here = (_only(a, urn) for a in placed if urn in self.of(a))
            bare = (_replaced(a, lambda p: p._replace(school=None)) for a in here)
            days = (d for d in record.days if not d.schools or urn in d.schools)
            yield self.call(urn), record._replace(activities=tuple(bare), days=tuple(days))

    def _told(
        self, clash: Clash, held: Mapping[tuple[str, str], HeldSession], at: tuple[int, ...]
    ) -> Clash:
        """A clash with the activities as the plan has them, and the schools that it is in."""
        return clash._replace(
            held=tuple(held[h.activity.id, h.session.id] for h in clash.held),
            people=tuple(p._replace(school=None) for p in clash.people),
            at=self.call_all(at),
        )

    def readable(self, a: Activity) -> Activity:
        """An activity with the names of schools beside roles, where it is only read."""

        def told(who: Iterable[Attendee]) -> tuple[Attendee, ...]:
            return tuple(
                Attendee(f"{p.role or 'someone'} ({self.call(p.school)})", p.name)
                if p.school
                else p
                for p in who
            )

        sessions = tuple(s._replace(attends=told(s.attends)) for s in a.sessions)
        return a._replace(attends=told(a.attends), sessions=sessions)

    def _placed(self, a: Activity) -> Activity:
        """An activity whose people stand at their schools."""
        return a._replace(
            attends=self.at_schools(a, a.attends),
            sessions=tuple(
                s._replace(attends=self.at_schools(a, s.attends)) if s.attends else s
                for s in a.sessions
            ),
        )


_LAST = clashes.LastFound()

ALONE = PlanSchools()
"""Of a plan that names no school."""


def named_in(record: OwnRecord) -> frozenset[int]:
    """All schools that a plan names."""
    found = {urn for day in record.days for urn in day.schools}
    for a in record.activities:
        found.update(a.schools)
        for who in (a.attends, *(s.attends for s in a.sessions if s.attends)):
            found.update(p.school for p in who if p.school)
    return frozenset(found)


def _replaced(a: Activity, make: Callable[[Attendee], Attendee]) -> Activity:
    """An activity with others in the place of who attends its sessions."""
    return a._replace(
        sessions=tuple(s._replace(attends=tuple(map(make, s.attends))) for s in a.sessions)
    )


def _only(a: Activity, urn: int) -> Activity:
    """An activity with those people alone who are released from a school, each at their session;
    without the sessions that only others attend."""
    sessions = []
    for session in a.sessions:
        who = a.attending(session)
        here = tuple(p for p in who if (p.school or UNSAID) == urn)
        if here or not who or any(p.school is None for p in who):
            sessions.append(session._replace(attends=here))
    return a._replace(attends=(), sessions=tuple(sessions))
