"""The head's record as the register stands: what was marked on a closed school follows it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.core.record import BodyRef, OwnRecord

if TYPE_CHECKING:
    from navigator.core.model import School
    from navigator.register import Register


def follow(record: OwnRecord, register: Register) -> OwnRecord:
    """The record with every closed school replaced by the open one that followed it.

    Only as it is shown: the head's files keep what they wrote. A closed school without a successor
    on the register stays, and of several successors the first is taken.
    """
    urns = {urn for key in _keys(record) if (urn := _urn(key))}
    urns |= {urn for network in record.networks for urn in network.urns}
    after = {}
    for urn in register.not_open(urns) if urns else ():
        following = register.successor(urn)
        if following:
            after[urn] = following[0]
    if not after:
        return record
    moved = {f"school:{urn}": f"school:{new.urn}" for urn, new in after.items()}
    return OwnRecord(
        bookmarks=tuple(
            b._replace(
                about=_key(b.about, after),
                name=new.name,
                was=BodyRef(b.about, b.name),
            )
            if b.about in moved and (new := after.get(_urn(b.about)))
            else b
            for b in record.bookmarks
        ),
        notes=tuple(
            n._replace(about=moved[n.about]) if n.about in moved else n for n in record.notes
        ),
        corrections=tuple(c._replace(about=_key(c.about, after)) for c in record.corrections),
        networks=tuple(
            n._replace(urns=tuple(dict.fromkeys(after[u].urn if u in after else u for u in n.urns)))
            for n in record.networks
        ),
        contacts=tuple(
            c._replace(
                bodies=tuple(
                    BodyRef(_key(b.key, after), new.name) if (new := after.get(_urn(b.key))) else b
                    for b in c.bodies
                )
            )
            for c in record.contacts
        ),
        recents=record.recents,
        reviews=tuple(r._replace(about=_key(r.about, after)) for r in record.reviews),
        activities=tuple(
            a._replace(provider=moved[a.provider], provider_name=after[_urn(a.provider)].name)
            if a.provider in moved
            else a
            for a in record.activities
        ),
        days=record.days,
        budgets=record.budgets,
    )


def _keys(record: OwnRecord) -> set[str]:
    keys = {b.about for b in record.bookmarks} | {n.about for n in record.notes}
    keys |= {c.about for c in record.corrections} | {r.about for r in record.reviews}
    keys |= {a.provider for a in record.activities}
    return keys | {body.key for contact in record.contacts for body in contact.bodies}


def _urn(key: str) -> int:
    """The URN of a school's key, 0 for any other body's."""
    kind, _, number = key.partition(":")
    good = kind == "school" and number.isascii() and number.isdigit() and len(number) <= 7
    return int(number) if good else 0


def _key(key: str, after: dict[int, School]) -> str:
    school = after.get(_urn(key))
    return f"school:{school.urn}" if school else key
