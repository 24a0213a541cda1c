"""Whether another school has the same bodies as ours: one rule for the schools next door, overlaps,
comparisons and what is handed on.

The answer is True, False, or None where that isn't sure: the programme has no areas, an area is
divided, no hub is known for one of the two, or the register doesn't tell. None is never taken for
"no".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from navigator.core.church import Church, for_churches
from navigator.core.model import Network, Programme, phases_fit
from navigator.core.record import Correction, OwnRecord
from navigator.core.remembered import remembered
from navigator.domain.claims import Claims, Somewhere

if TYPE_CHECKING:
    from navigator.directory import Directory
    from navigator.register import Register


class SomeSchool(Somewhere, Protocol):
    """What has to be known of a school, whole or brief, to tell what it shares."""

    @property
    def urn(self) -> int: ...
    @property
    def phase(self) -> str: ...
    @property
    def low_age(self) -> int | None: ...
    @property
    def high_age(self) -> int | None: ...
    @property
    def trust_uid(self) -> str: ...
    @property
    def churches(self) -> tuple[Church, ...] | None: ...


ShareTest = Callable[[SomeSchool], bool | None]
"""Whether a school has the same body as ours; None where that isn't sure."""


Shared = Mapping[str, bool | None]
"""All that a school shares with ours, by what is asked."""


class _Has(NamedTuple):
    """What a school has of a programme: whether that is for it, and the ids of the hubs that surely
    are its; None where that isn't sure."""

    serves: bool
    hubs: frozenset[str] | None


class _Alike(NamedTuple):
    """What schools of a kind have in common on a day: their authority, and what they have of each
    programme that schools are compared by."""

    day: date
    authority: str
    has: tuple[_Has, ...]


class Sharing:
    """Answers from the register, directory and claims of a landscapes."""

    def __init__(self, register: Register, directory: Directory, claims: Claims) -> None:
        self._register = register
        self._directory = directory
        self._claims = claims
        self._kinds: dict[tuple[object, ...], int] = {}
        self._numbers: dict[_Alike, int] = {}
        self._alike: list[_Alike] = []
        self._kinds_by_urn: dict[date, dict[int, int]] = {}
        self._pairs: dict[tuple[int, bool | None], dict[int, Shared]] = {}
        self._answers: dict[tuple[tuple[str, bool | None], ...], Shared] = {}

    def with_ours(
        self, ours: SomeSchool, others: Iterable[SomeSchool], day: date, record: OwnRecord
    ) -> list[Shared]:
        """What each school next door shares with ours, by all of `tests`."""
        networks = any(ours.urn in n.urns for n in record.networks)
        if networks or any(c.says == "hub" for c in record.corrections):
            tests = self.tests(ours, day, record)
            return [{what: test(other) for what, test in tests.items()} for other in others]
        # Without the head's own word all but the trust depends on where the two are, and for which
        # children: most schools of a place are alike, and the answers are remembered by such kinds.
        kinds, uid = self._kinds_by_urn.setdefault(day, {}), ours.trust_uid
        mine = kinds[ours.urn] = self._kind(ours, day)
        # A member of no trust shares none; before the register's day nobody's is known.
        known = self._trusts_known(day)
        same_trust = self._pairs.setdefault((mine, bool(uid) if known else None), {})
        another = self._pairs.setdefault((mine, False if known else None), {})
        found = []
        for other in others:
            kind = kinds.get(other.urn)
            if kind is None:
                kind = kinds[other.urn] = self._kind(other, day)
            pairs = same_trust if other.trust_uid == uid else another
            shared = pairs.get(kind)
            if shared is None:
                in_trust = bool(uid) and other.trust_uid == uid if known else None
                shared = pairs[kind] = self._shared(mine, kind, in_trust)
            found.append(shared)
        return found

    def _kind(self, school: SomeSchool, day: date) -> int:
        """A number that schools have in common of which all is shared alike but the trust."""
        key = (
            *(day, school.la_code, school.district_name, school.region),
            *(school.phase, school.low_age, school.high_age),
        )
        number = self._kinds.get(key)
        if number is None:
            has = [self._has(p, school, day, {}) for p in self._compared(day)]
            alike = _Alike(day, self._authority(school), tuple(has))
            number = self._kinds[key] = self._numbers.setdefault(alike, len(self._alike))
            if number == len(self._alike):
                self._alike.append(alike)
        return number

    def _shared(self, kind: int, other: int, in_trust: bool | None) -> Shared:
        """What schools of a kind share with those of another, as `tests` would tell it."""
        ours, theirs = self._alike[kind], self._alike[other]
        programmes = zip(self._compared(ours.day), ours.has, theirs.has, strict=True)
        told = {p.id: _same_hub(mine, its) for p, mine, its in programmes if mine.serves}
        told |= {"trust": in_trust, "la": same(theirs.authority, ours.authority)}
        # One for all pairs of whom it is true: there are few, and they are counted and written once
        return self._answers.setdefault(tuple(told.items()), told)

    @remembered
    def _compared(self, day: date) -> tuple[Programme, ...]:
        """The programmes that schools next door are compared by on a day."""
        return tuple([p for p in self._directory.programmes if p.runs_on(day) and not p.areas_only])

    def tests(self, ours: SomeSchool, day: date, record: OwnRecord) -> dict[str, ShareTest]:
        """Of all that schools next door are compared by, how to tell: by the id of a programme that
        is for our school on that day, or "trust", "la"; "own-network" where we are in one."""
        tests = {
            p.id: self.hub(p, ours, day, record) for p in self._compared(day) if _serves(p, ours)
        }
        tests |= {"trust": self.trust(ours, day), "la": self.authority(ours)}
        networks = [n.urns for n in record.networks if ours.urn in n.urns]
        if networks:
            tests["own-network"] = one_of(chain.from_iterable(networks))
        return tests

    def hub(
        self, programme: Programme, ours: SomeSchool, day: date, record: OwnRecord
    ) -> ShareTest:
        """Whether a school has a hub of ours; False, too, where the programme isn't for one of
        the two."""
        said = _said(record.corrections, programme)
        mine = self._has(programme, ours, day, said)
        return lambda other: _same_hub(mine, self._has(programme, other, day, said))

    def hubs(
        self, programme: Programme, school: SomeSchool, day: date, record: OwnRecord
    ) -> frozenset[str] | None:
        """Ids of the hubs that surely are a school's, none of a programme that isn't for it; None
        where that isn't sure."""
        return self._has(programme, school, day, _said(record.corrections, programme)).hubs

    def _has(
        self, programme: Programme, school: SomeSchool, day: date, said: dict[int, frozenset[str]]
    ) -> _Has:
        if not _serves(programme, school):
            return _Has(False, frozenset())
        if school.urn in said:  # a hub that our table lacks may be one of it under another name
            return _Has(True, None if "" in said[school.urn] else said[school.urn])
        return _Has(True, self._claims.hub_ids(programme, school, day))

    def trust(self, ours: SomeSchool, day: date) -> ShareTest:
        """Whether a school is in our trust; on days before the register's nobody's is known."""
        if not self._trusts_known(day):
            return lambda _: None
        return lambda other: bool(ours.trust_uid) and other.trust_uid == ours.trust_uid

    def _trusts_known(self, day: date) -> bool:
        return day >= self._register.info.day

    def authority(self, ours: SomeSchool) -> ShareTest:
        mine = self._authority(ours)
        return lambda other: same(self._authority(other), mine)

    def _authority(self, school: SomeSchool) -> str:
        """Its code of today, where the register has an old one."""
        found = self._directory.authority(school.la_code, school.district_name)
        return found.code if found else school.la_code

    def area_of(self, network: Network) -> ShareTest:
        """Whether a heads' network of ours is for a school by its area, phase and church: who
        takes part in it isn't in our sources."""

        def test(other: SomeSchool) -> bool | None:
            if self._authority(other) not in network.la_codes:
                return False
            if not phases_fit(network.phases, other.phase):
                return False
            return for_churches(network.church, other.churches)

        return test


def one_of(urns: Iterable[int]) -> ShareTest:
    """A test of whether a school is among some, by their URNs."""
    members = frozenset(urns)
    return lambda other: other.urn in members


def same(one: str, other: str) -> bool | None:
    """Whether two names or codes are the same; None where one isn't known."""
    return one == other if one and other else None


def _same_hub(ours: _Has, theirs: _Has) -> bool | None:
    """Whether two schools have a hub in common; False, too, where the programme isn't for one."""
    if not (ours.serves and theirs.serves):
        return False
    if ours.hubs is None or theirs.hubs is None:
        return None
    return not ours.hubs.isdisjoint(theirs.hubs)


def _serves(programme: Programme, school: SomeSchool) -> bool:
    return programme.serves_ages(school.phase, school.low_age, school.high_age)


def _said(corrections: Iterable[Correction], programme: Programme) -> dict[int, frozenset[str]]:
    """The hubs of a programme that the head set, by the school; "" for one that our table lacks."""
    return {
        c.about.urn: frozenset(c.hubs)
        for c in corrections
        if c.says == "hub" and c.programme == programme.id and c.about.urn and c.hubs
    }
