"""The head's record as the register stands: what was marked on a closed school follows it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.core.keys import Key
from navigator.core.record import BodyRef, OwnRecord

if TYPE_CHECKING:
    from navigator.core.model import School
    from navigator.register import Register


def follow(record: OwnRecord, register: Register) -> OwnRecord:
    """The record with every closed school replaced by the open one that followed it.

    Only as it is shown: the head's files keep what they wrote. A closed school without a successor
    on the register stays, and of several successors the first is taken.
    """
    urns = {urn for key in _keys(record) if (urn := key.urn)}
    urns |= {urn for network in record.networks for urn in network.urns}
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
            a._replace(provider=now(a.provider), provider_name=name(a.provider, a.provider_name))
            for a in record.activities
        ),
    )


def _keys(record: OwnRecord) -> set[Key]:
    keys = {b.about for b in record.bookmarks} | {n.about for n in record.notes}
    keys |= {c.about for c in record.corrections} | {r.about for r in record.reviews}
    keys |= {a.provider for a in record.activities}
    return keys | {body.key for contact in record.contacts for body in contact.bodies}
