"""A plan of several schools: whose an activity is, what of it is each school's, from where people
are released, and clashes across schools.

An activity that names no school is the head's own school's. Of a plan that names none at all
nothing here changes anything.

What an activity costs is shared session by session, to the penny. Cover goes to the schools that
people are released from: a person's own (`@139217`), else the one school of the activity, else the
one that the plan has for that name; a role without a school is that role in each of the activity's
schools. Where that isn't known of everyone, and of all teachers, whom nobody counts, cover is
shared as fees are: equally, in proportion to pupils, or by parts that were typed. Without a roll
that the register knows nothing is guessed: the share isn't known, and the amount stands apart.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from navigator.core import sharing
from navigator.core.activity import Activity, Attendee, PlanDay, Session, Status
from navigator.core.errors import RefusedError
from navigator.core.keys import NO_BODY, Key
from navigator.core.record import OwnRecord
from navigator.directory import planning
from navigator.domain.plan import clashes, cover, money
from navigator.domain.plan import year as years
from navigator.domain.plan.clashes import Clash, HeldSession
from navigator.domain.plan.money import MoneyLine, Sum

UNSAID = 0
"""Stands for the school of an activity that names none, where the head's own isn't known."""

NOT_SHARED = None
"""Stands where what cannot be shared is kept: the roll of one of the schools isn't known."""

NO_SCHOOL = "School not said"
NOT_SHARED_NAME = "Not shared yet"

_Shares = dict[int | None, Sum]
_Weights = Mapping[int, int]
"""Whole numbers by which an amount is shared."""


class PlanSchools(NamedTuple):
    """Which schools a plan has, and which of them are looked at.

    `home` is the head's own, None where they haven't said. `names` and `rolls` are the register's,
    by URN; a roll is None where it isn't known. `several` is whether the plan names any school.
    `seen` are those looked at, None for all; `name` is what those are called. `places` is the one
    school of each name that the plan has in just one.
    """

    home: int | None = None
    names: Mapping[int, str] = MappingProxyType({})
    rolls: Mapping[int, int | None] = MappingProxyType({})
    several: bool = False
    seen: frozenset[int] | None = None
    name: str = ""
    places: Mapping[str, int] = MappingProxyType({})

    # --- whose it is ---

    def owners(self, a: Activity) -> tuple[int, ...]:
        """The schools that share an activity's fees: its own, else the head's."""
        return a.schools or (self.home or UNSAID,)

    def of(self, a: Activity) -> tuple[int, ...]:
        """The schools of an activity: its owners, then others that somebody is released from."""
        sent = (p.school for p in a.people if p.school)
        return tuple(dict.fromkeys((*self.owners(a), *sent)))

    def sees(self, urns: Iterable[int]) -> bool:
        """Whether one of some schools is looked at."""
        return self.seen is None or not self.seen.isdisjoint(urns)

    def call(self, urn: int | None) -> str:
        """A school's name."""
        if urn is NOT_SHARED:
            return NOT_SHARED_NAME
        return self.names.get(urn) or (f"URN {urn}" if urn else NO_SCHOOL)

    def call_all(self, urns: Iterable[int]) -> str:
        return ", ".join(map(self.call, urns))

    def some(self, urns: Sequence[int]) -> str:
        """The names of two schools, or how many they are."""
        return self.call_all(urns) if len(urns) < 3 else f"{len(urns)} schools"

    def narrowed(self, record: OwnRecord) -> OwnRecord:
        """The record with the activities and days of the schools that are looked at."""
        if self.seen is None:
            return record
        return record._replace(
            activities=tuple(a for a in record.activities if self.sees(self.of(a))),
            days=tuple(d for d in record.days if not d.schools or self.sees(d.schools)),
        )

    def present(self, activities: Iterable[Activity]) -> tuple[int, ...]:
        """The schools of some activities that are looked at, the head's own first, then by name."""
        found = {urn for a in activities for urn in self.of(a) if self.sees((urn,))}
        return tuple(sorted(found, key=lambda u: (u != self.home, self.call(u).casefold(), u)))

    # --- money ---

    def parts(self, a: Activity, rate: Decimal | None) -> tuple[tuple[Session | None, Sum], ...]:
        """What of an activity's cost is that of the schools looked at, as `money.parts`."""
        if not self.several or (self.seen is None) or self.seen.issuperset(self.of(a)):
            return money.parts(a, rate)
        return tuple((s, self._looked_at(shares)) for s, shares in self.shared(a, rate))

    def cost(self, a: Activity, rate: Decimal | None) -> Sum:
        """What of an activity's whole cost is that of the schools looked at."""
        if not self.several:
            return money.cost(a, rate)
        return money.total(part for _, part in self.parts(a, rate))

    def risk(self, a: Activity, amount: Decimal) -> Decimal:
        """What of the penalties of an activity is that of the schools looked at, as fees are."""
        of = self.of(a)
        if not self.several or self.seen is None or self.seen.issuperset(of):
            return amount
        weights = self._weights(a)
        if weights is None:
            return money.NOUGHT
        shares = dict(zip(of, _Apportioned(weights).next(amount), strict=True))
        return sum((shares[urn] for urn in of if self.sees((urn,))), money.NOUGHT)

    def _looked_at(self, shares: _Shares) -> Sum:
        return money.total(s for urn, s in shares.items() if urn is not None and self.sees((urn,)))

    def shared(self, a: Activity, rate: Decimal | None) -> Iterator[tuple[Session | None, _Shares]]:
        """The cost session by session, and of each the share of each school; what isn't shared yet
        under None. They add up to `money.parts`."""
        of = self.of(a)
        if len(of) == 1:
            for session, part in money.parts(a, rate):
                yield session, {of[0]: part}
            return
        usual = self._weights(a)
        kinds: dict[str, dict[tuple[int, ...], _Apportioned]] = defaultdict(dict)

        def share(kind: str, amount: Decimal, weights: _Weights | None) -> list[Decimal]:
            if weights is None:
                return [money.NOUGHT] * len(of)
            key = tuple(weights.values())
            held = kinds[kind].setdefault(key, _Apportioned(weights))
            return held.next(amount)

        for session, part in money.parts(a, rate):
            released = self._released(a, session) or usual
            days, covers = (
                share(name, getattr(part, name), released) for name in ("days", "cover")
            )
            fees, subsidies = (
                share(name, getattr(part, name), usual) for name in ("fees", "subsidies")
            )
            lacking = part.unknown
            if released is None:
                lacking |= {n for n in ("days", "cover") if getattr(part, n)}
            if usual is None and (part.fees or part.subsidies):
                lacking |= {"fees"}
            four = zip(days, covers, fees, subsidies, strict=True)
            shares: _Shares = {
                urn: Sum(*amounts, lacking) for urn, amounts in zip(of, four, strict=True)
            }
            given = money.total(shares.values())
            left = Sum(
                part.days - given.days,
                part.cover - given.cover,
                part.fees - given.fees,
                part.subsidies - given.subsidies,
            )
            yield session, {**shares, **({NOT_SHARED: left} if left != Sum() else {})}

    def each(self, a: Activity, rate: Decimal | None) -> _Shares:
        """What an activity costs each of its schools, and what isn't shared yet."""
        held: dict[int | None, list[Sum]] = defaultdict(list)
        for _, shares in self.shared(a, rate):
            for urn, part in shares.items():
                held[urn].append(part)
        order = sorted(held, key=lambda urn: urn is NOT_SHARED)
        return {urn: money.total(held[urn]) for urn in order}

    def _weights(self, a: Activity) -> _Weights | None:
        """How fees are shared, in the order of the schools; None where that isn't known."""
        owners = self.owners(a)
        parts: Mapping[int, Decimal | int | None]
        if len(owners) == 1 or not a.split:
            parts = dict.fromkeys(owners, 1)
        elif a.split == sharing.PUPILS:
            parts = self.rolls
        else:
            try:
                parts = sharing.typed_parts(a.split)
            except RefusedError:
                return None
        given = [parts.get(urn) for urn in owners]
        if None in given or not any(given):
            return None
        # A part that was typed has two decimals at most
        return {urn: int((parts.get(urn) or 0) * 100) * (urn in owners) for urn in self.of(a)}

    def _released(self, a: Activity, session: Session | None) -> _Weights | None:
        """How many are released from each school for a session, in the order of the schools; None
        where that isn't known of everyone."""
        of = self.of(a)
        who = self._at_schools(a, a.attending(session) if session else a.attends)
        if not who or any(p.school not in of or cover.is_group(p) for p in who):
            return None
        return {urn: sum(p.school == urn for p in who) for urn in of}

    def unknown(self, activities: Iterable[Activity]) -> Iterator[str]:
        """Sentences on what can't be shared."""
        for a in activities:
            if self._weights(a) is not None:
                continue
            if a.split == sharing.PUPILS:
                lacking = self.call_all(u for u in self.owners(a) if not self.rolls.get(u))
                yield f"{a.title}: fees can't be shared, the roll of {lacking} isn't known."
            else:
                yield f"{a.title}: fees can't be shared, a school has no part."

    def by_school(
        self, activities: Iterable[Activity], year: int, rate: Decimal | None
    ) -> tuple[MoneyLine, ...]:
        """The money of a year by school, what isn't shared yet last. Lines add up to the account's
        sums, though an activity of several schools stands in several."""
        held: dict[int | None, list[tuple[Activity, Sum]]] = defaultdict(list)
        every = [
            a for a in activities if a.status is not Status.DECLINED and years.in_year(a, year)
        ]
        for a in every:
            whole = self.seen is None or self.seen.issuperset(self.of(a))
            for session, shares in self.shared(a, rate):
                if session and years.year_of(session.date) != year:
                    continue
                for urn, part in shares.items():
                    if whole if urn is None else self.sees((urn,)):
                        held[urn].append((a, part))
        order = (*self.present(every), *([NOT_SHARED] if NOT_SHARED in held else []))
        return tuple(
            money.line(self.call(urn), held[urn], Key.school(urn) if urn else NO_BODY)
            for urn in order
        )

    # --- people ---

    def _at_schools(self, a: Activity, who: Iterable[Attendee]) -> tuple[Attendee, ...]:
        """Each with the school they are released from, as far as it is known."""
        of = self.owners(a)
        found: list[Attendee] = []
        for p in who:
            if p.school:
                found.append(p)
            elif len(of) == 1:
                found.append(p._replace(school=of[0] or None))
            elif p.name:
                found.append(p._replace(school=self.places.get(p.person)))
            else:
                found += [p._replace(school=urn) for urn in of]
        return tuple(dict.fromkeys(found))

    def clashes(
        self, activities: Iterable[Activity], days: Sequence[PlanDay], most: int | None
    ) -> tuple[Clash, ...]:
        """All clashes of the schools looked at, in England: of a person across schools, of cover
        and days in each. `most` may be out of class at once, in each school.

        Those of a plan as the record has it are found once, as `clashes.in_england` finds them.
        """
        if not self.several:
            return clashes.in_england(activities, days, most)
        if not (isinstance(activities, tuple) and isinstance(days, tuple)):
            return self._across(activities, days, most)
        for kept in _KEPT:
            if kept.activities is activities and kept.days is days and kept.asked == (self, most):
                return kept.found
        found = self._across(activities, days, most)
        _KEPT.appendleft(_Kept(activities, days, (self, most), found))
        return found

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

    def one(self) -> int | None:
        """The one school looked at, else the head's own; None where neither is known."""
        return next(iter(self.seen)) if self.seen and len(self.seen) == 1 else self.home

    def _told(
        self, clash: Clash, held: Mapping[tuple[str, str], HeldSession], at: tuple[int, ...]
    ) -> Clash:
        """A clash with the activities as the plan has them, and the schools that it is in."""
        return clash._replace(
            held=tuple(held[h.activity.id, h.session.id] for h in clash.held),
            people=tuple(p._replace(school=None) for p in clash.people),
            at=self.call_all(at),
        )

    def knowing(self, activities: Iterable[Activity]) -> PlanSchools:
        """With the places of those who are named in a whole plan."""
        found: dict[str, set[int]] = defaultdict(set)
        for a in activities:
            of = self.owners(a)
            for p in a.people:
                at = p.school or (of[0] if len(of) == 1 else 0)
                if p.name and at:
                    found[p.person].add(at)
        places = {name: next(iter(at)) for name, at in found.items() if len(at) == 1}
        return self._replace(places=places)

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
            attends=self._at_schools(a, a.attends),
            sessions=tuple(
                s._replace(attends=self._at_schools(a, s.attends)) if s.attends else s
                for s in a.sessions
            ),
        )


class _Kept(NamedTuple):
    """The clashes last found, of which objects, and for which schools and number."""

    activities: tuple[Activity, ...]
    days: tuple[PlanDay, ...]
    asked: tuple[PlanSchools, int | None]
    found: tuple[Clash, ...]


_KEPT: deque[_Kept] = deque(maxlen=1)

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


class _Apportioned:
    """Amounts shared one after another by the same weights: each adds up to the penny, and what one
    rounds off the next makes good. Reckoned in whole numbers: pence by weight."""

    def __init__(self, weights: _Weights) -> None:
        self._weights = list(weights.values())
        self._whole = sum(self._weights)
        self._owed = [0] * len(self._weights)

    def next(self, amount: Decimal) -> list[Decimal]:
        pence = int(amount / money.PENNY)
        if not pence:
            return [money.NOUGHT] * len(self._weights)
        whole = self._whole
        due = [pence * w + owed for w, owed in zip(self._weights, self._owed, strict=True)]
        given = [max(0, d // whole) if w else 0 for d, w in zip(due, self._weights, strict=True)]
        while (left := pence - sum(given)) != 0:
            step = 1 if left > 0 else -1
            among = [n for n, w in enumerate(self._weights) if w and (step > 0 or given[n])]
            n = max(among, key=lambda n: (step * (due[n] - given[n] * whole), -n))
            given[n] += step
        self._owed = [d - g * whole for d, g in zip(due, given, strict=True)]
        return [g * money.PENNY for g in given]
