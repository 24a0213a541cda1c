"""What followed a closed school: in sentences, and for the head's record, which follows it on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from navigator.core import wording
from navigator.core.errors import RefusedError
from navigator.core.keys import Key
from navigator.core.record import BodyRef, OwnRecord

if TYPE_CHECKING:
    from decimal import Decimal

    from navigator.core.activity import Activity
    from navigator.core.model import School, SchoolLink
    from navigator.core.session import Attendee
    from navigator.register import Register

OUTRIGHT = ("Successor", "Predecessor", "Result", "Merged", "Expansion")
"""What kinds of link begin with that say in which school one went on."""

MOST_TIES = 4
"""Schools that a sentence names."""


# --- in sentences ---


def followed(register: Register, urn: int, old: School | None, successors: Sequence[School]) -> str:
    """That a URN has closed, and which open schools followed it."""
    ties = {link.urn: link.kind for link in register.ties(urn)}
    outright = [kind for kind in ties.values() if kind.startswith(OUTRIGHT)]
    first = successors[0]
    text = f"{_closed(register, urn, old)}. This is its successor, URN {first.urn}."
    if not outright and ties:
        kind = ties.get(first.urn) or next(iter(ties.values()))
        text = (
            f"{_closed(register, urn, old)}. The register's links lead from it to this school, "
            f"URN {first.urn} (“{kind}”)."
        )
    if len(successors) > 1:
        others = "; ".join(f"{s.name}, URN {s.urn}" for s in successors[1:])
        text += f" Others followed it too: {others}."
    return text


def to_come(register: Register, urn: int, old: School | None, coming: School) -> str:
    """That a school has closed whose successor is only proposed to open."""
    when = f" on {wording.day(coming.opened)}" if coming.opened else ""
    closed = _closed(register, urn, old)
    return f"{closed}. Its successor, {coming.name}, URN {coming.urn}, is proposed to open{when}."


def ended(register: Register, school: School) -> str:
    """That a school has closed which no open school followed."""
    when = f" on {wording.day(school.closed)}" if school.closed else ""
    after = [link for link in register.links(school.urn)[0] if link.urn != school.urn]
    if not after:
        return f"{school.name} closed{when}; no successor is on the register."
    return f"{school.name} closed{when}. Its successor: {_each(register, after)}."


def tied(register: Register, urn: int) -> str:
    """What the links file tells of a URN that isn't on the register, "" for nothing."""
    ties = register.ties(urn)
    if not ties:
        return ""
    name = register.old_name(urn) or "a school"
    after = register.links(urn)[0]
    what = "Its successor" if after else "They tie it to"
    return (
        f"URN {urn} ({name}) isn't on the register of {wording.day(register.info.day)}; only its "
        f"links name it. {what}: {_each(register, after or ties)}. To search by name, run: "
        "navigator find WORDS"
    )


def _closed(register: Register, urn: int, old: School | None) -> str:
    name = (old.name if old else register.old_name(urn)) or "a school"
    closed = f" closed on {wording.day(old.closed)}" if old and old.closed else " has closed"
    return f"URN {urn} ({name}){closed}"


def _each(register: Register, links: Sequence[SchoolLink]) -> str:
    told = []
    for link in links[:MOST_TIES]:
        school = register.get(link.urn)
        name = link.name or (school.name if school else "")
        state = wording.status(school) if school else "not on this register"
        told.append(f"{wording.joined(name, f'URN {link.urn}', sign=', ')} ({state})")
    return wording.first_few(told, MOST_TIES, "; ", last="; ", of=len(links))


# --- for the head's record ---


def follow(record: OwnRecord, register: Register) -> OwnRecord:
    """The record with every closed school replaced by the open one that followed it.

    Only as it is shown: the head's files keep what they wrote. A closed school without a successor
    on the register stays, and of several successors the first is taken.
    """
    urns = {urn for key in _keys(record) if (urn := key.urn)}
    urns |= {urn for network in record.networks for urn in network.urns}
    urns |= {urn for a in record.activities for urn in _of_plan(a)}
    urns |= {urn for day in record.days for urn in day.schools}
    after: dict[int, School] = {}
    for urn in register.not_open(urns) if urns else ():
        following = register.successor(urn)
        if following:
            after[urn] = following[0]
    if not after:
        return record

    def now(key: Key) -> Key:
        school = after.get(key.urn or 0)
        return Key.school(school.urn) if school else key

    def name(key: Key, name: str) -> str:
        school = after.get(key.urn or 0)
        return school.name if school else name

    return record._replace(
        bookmarks=tuple(
            b._replace(about=now(b.about), name=name(b.about, b.name), was=BodyRef(b.about, b.name))
            if now(b.about) != b.about
            else b
            for b in record.bookmarks
        ),
        notes=tuple(n._replace(about=now(n.about)) for n in record.notes),
        corrections=tuple(c._replace(about=now(c.about)) for c in record.corrections),
        networks=tuple(
            n._replace(urns=tuple(dict.fromkeys(after[u].urn if u in after else u for u in n.urns)))
            for n in record.networks
        ),
        contacts=tuple(
            c._replace(bodies=tuple(BodyRef(now(b.key), name(b.key, b.name)) for b in c.bodies))
            for c in record.contacts
        ),
        reviews=tuple(r._replace(about=now(r.about)) for r in record.reviews),
        activities=tuple(
            _schools_now(
                a._replace(
                    provider=now(a.provider), provider_name=name(a.provider, a.provider_name)
                ),
                after,
            )
            for a in record.activities
        ),
        days=tuple(
            d._replace(schools=_urns_now(d.schools, after)) if d.schools else d for d in record.days
        ),
    )


def _of_plan(a: Activity) -> Iterator[int]:
    """The URNs that an activity names."""
    yield from a.schools
    for who in (a.attends, *(session.attends for session in a.sessions)):
        yield from (person.school for person in who if person.school)


def _urns_now(urns: Iterable[int], after: Mapping[int, School]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(after[u].urn if u in after else u for u in urns))


def _schools_now(a: Activity, after: Mapping[int, School]) -> Activity:
    """An activity with the schools that followed those that it names; two that became one share
    what both had."""
    if after.keys().isdisjoint(_of_plan(a)):
        return a
    from navigator.core import typed_schools

    def people(who: Iterable[Attendee]) -> tuple[Attendee, ...]:
        return tuple(
            p._replace(school=after[p.school].urn) if p.school and p.school in after else p
            for p in who
        )

    parts: dict[int, Decimal] = {}
    with suppress(RefusedError):
        for urn, part in typed_schools.typed_parts(a.split).items():
            now = after[urn].urn if urn in after else urn
            parts[now] = parts[now] + part if now in parts else part
    return a._replace(
        schools=_urns_now(a.schools, after),
        split="; ".join(f"{urn} {part}" for urn, part in parts.items()) or a.split,
        attends=people(a.attends),
        sessions=tuple(s._replace(attends=people(s.attends)) for s in a.sessions),
    )


def _keys(record: OwnRecord) -> set[Key]:
    keys = {b.about for b in record.bookmarks} | {n.about for n in record.notes}
    keys |= {c.about for c in record.corrections} | {r.about for r in record.reviews}
    keys |= {a.provider for a in record.activities}
    return keys | {body.key for contact in record.contacts for body in contact.bodies}
