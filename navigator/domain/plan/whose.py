"""Whose an activity is, in a plan of several schools, and which schools are looked at.

An activity that names no school is the head's own school's. Of a plan that names none at all
nothing here changes anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Self

from navigator.core import wording
from navigator.core.activity import Activity
from navigator.core.record import OwnRecord
from navigator.core.session import Attendee

UNSAID = 0
"""Stands for the school of an activity that names none, where the head's own isn't known."""

NOT_SHARED = None
"""Stands where what cannot be shared is kept: the roll of one of the schools isn't known."""

FEW = 6
"""Schools that are named where there may be many."""

NO_SCHOOL = "School not said"
NOT_SHARED_NAME = "Not shared yet"


class Whose(NamedTuple):
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

    def first_few(self, urns: Sequence[int]) -> str:
        """The names of the first few schools, and how many more there are."""
        return wording.first_few([self.call(urn) for urn in urns], FEW)

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

    def one(self) -> int | None:
        """The one school looked at, else the head's own; None where neither is known."""
        return next(iter(self.seen)) if self.seen and len(self.seen) == 1 else self.home

    def at_schools(self, a: Activity, who: Iterable[Attendee]) -> tuple[Attendee, ...]:
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

    def knowing(self, activities: Iterable[Activity]) -> Self:
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
