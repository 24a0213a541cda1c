"""What changed between two registers: schools, trusts and hubs, for a head or for all of England.

Pure, as `landscape` is. A difference says what the two registers say and no more: a school that is
no longer among the open ones has "closed" with the day the register gives, or with none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from navigator.core import wording
from navigator.core.keys import Key
from navigator.core.model import Claim, Hub, School
from navigator.core.record import OwnRecord
from navigator.domain import around
from navigator.domain.claims import Claims

if TYPE_CHECKING:
    from navigator.directory import Directory
    from navigator.register import Register

ChangeKind = Literal[
    "opened", "closed", "converted", "moved", "renamed", "new-hub", "hub-ended", "lead-changed"
]
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
"""In the order in which they are told."""

TITLES: dict[ChangeKind, str] = {
    "opened": "Opened",
    "closed": "Closed",
    "converted": "Became another school",
    "moved": "Moved trust",
    "renamed": "Renamed",
    "new-hub": "Hubs that are new here",
    "hub-ended": "Hubs that ended or no longer stand here",
    "lead-changed": "Hubs with another lead school",
}

NO_TRUST = "no trust"
CLAIMED = frozenset({Claim.DESIGNATED, Claim.ONE_OF, Claim.NAMES_AREA, Claim.REGION, Claim.NEAREST})
"""Claims that name a hub as one's own or as one to ask."""


class Difference(NamedTuple):
    """One thing that changed.

    `key` is the body's, as a card has it; of a school that has a successor the successor's. `name`
    is what it is called now, or was called last. `before` and `after` are what changed, each "" for
    nothing. `urn` is the school to open, None for other bodies. `day` is None where none is told.
    `words` says it in a line, without the name and the day.
    """

    kind: ChangeKind
    key: Key
    name: str
    before: str
    after: str
    day: date | None
    words: str
    urn: int | None = None


class Changes(NamedTuple):
    """What changed from the register of one day to that of another, by kind and then by name."""

    since: date
    until: date
    differences: tuple[Difference, ...]

    @property
    def keys(self) -> frozenset[Key]:
        return frozenset(d.key for d in self.differences)

    def of(self, kind: ChangeKind) -> tuple[Difference, ...]:
        return tuple(d for d in self.differences if d.kind == kind)


def in_england(before: Register, after: Register, directory: Directory) -> Changes:
    """Everything that changed; of hubs, from the day of one register to that of the other."""
    days = before.info.day, after.info.day
    found = [
        *_schools(before, after, None),
        *_trusts(before, after, None),
        *_all_hubs(before, after, directory, days),
    ]
    return _sorted(before, after, found)


def for_head(
    before: Register,
    after: Register,
    directory: Directory,
    *,
    record: OwnRecord,
    school: int | None,
    today: date,
) -> Changes:
    """What changed around a head: their school and those near it, bookmarks, own networks, hubs.

    Args:
        before: the register that was in use.
        after: the one in use now.
        directory: the hubs: those of the day of `before` against those of `today`.
        record: whose bookmarks and networks are looked at.
        school: the URN of the head's own school, None for none.
        today: the day to look at hubs on.
    """
    mine = _following(after, school) if school else None
    was = (before.get(school) if school else None) or _before(before, after, mine)
    urns = _urns(before, after, record, was, mine)
    schools = _schools(before, after, urns)
    uids = {uid for side in (before, after) for _, uid in side.listed(urns).values() if uid}
    keys = [Key(bookmark.about) for bookmark in record.bookmarks]
    uids |= {key.id for key in keys if key.kind == "trust"}
    hubs: Iterable[Difference] = ()
    if was and mine:
        days = (before.info.day, max(today, before.info.day))
        hubs = _own_hubs(before, after, directory, (was, mine), days)
    return _sorted(before, after, [*schools, *_trusts(before, after, uids), *hubs])


def _sorted(before: Register, after: Register, found: Iterable[Difference]) -> Changes:
    order = {kind: number for number, kind in enumerate(KINDS)}
    once = dict.fromkeys(found)
    told = sorted(once, key=lambda d: (order[d.kind], d.name.casefold(), d.key, d.words))
    return Changes(before.info.day, after.info.day, tuple(told))


# --- whose ---


def _following(register: Register, urn: int) -> School | None:
    """The school of a URN, or the one that followed it."""
    school = register.get(urn)
    if school is not None and school.is_open:
        return school
    return next(iter(register.successor(urn)), school)


def _before(before: Register, after: Register, mine: School | None) -> School | None:
    """The school that a school was in the register before."""
    links = after.links(mine.urn)[1] if mine else ()
    return next((s for link in links if (s := before.get(link.urn)) and s.is_open), None)


def _urns(
    before: Register,
    after: Register,
    record: OwnRecord,
    was: School | None,
    mine: School | None,
) -> set[int]:
    urns = {urn for b in record.bookmarks if (urn := Key(b.about).urn) is not None}
    urns |= {urn for network in record.networks for urn in network.urns}
    for register, school in ((before, was), (after, mine)):
        if school is not None:
            urns.add(school.urn)
            near = around.nearest(register, school, register.info.day)
            urns |= {other.urn for other, _ in near}
    # Those they became and those they were: a school that is new here may be an old one's successor
    for urn in list(urns):
        urns |= {s.urn for s in after.successor(urn)}
        urns |= {link.urn for link in after.links(urn)[1]}
    return urns


# --- schools and trusts ---


def _schools(before: Register, after: Register, urns: set[int] | None) -> Iterator[Difference]:
    was, now = before.listed(urns), after.listed(urns)
    followed: set[int] = set()
    for urn in was.keys() - now.keys():
        following = [s for s in after.successor(urn) if after.in_scope(s.urn)]
        if following:
            followed |= {s.urn for s in following}
            yield _converted(after, urn, was[urn][0], following)
        else:
            yield _closed(after, urn, was[urn][0])
    for urn in now.keys() - was.keys() - followed:
        school = after.get(urn)
        day = school.opened if school else None
        name = now[urn][0]
        yield Difference("opened", Key.school(urn), name, "", name, day, "opened", urn)
    for urn in was.keys() & now.keys():
        if was[urn] == now[urn]:
            continue
        (old, old_uid), (new, new_uid) = was[urn], now[urn]
        key = Key.school(urn)
        if _folded(old) != _folded(new):
            yield Difference("renamed", key, new, old, new, None, f"was {old}", urn)
        if old_uid != new_uid:
            source, target = _trust(before, old_uid), _trust(after, new_uid)
            same = " (another of that name)" if source == target else ""
            words = f"from {source} to {target}{same}"
            yield Difference("moved", key, new, source, target, None, words, urn)


def _converted(after: Register, urn: int, name: str, following: list[School]) -> Difference:
    old, first = after.get(urn), following[0]
    links = after.links(urn)[0]
    kinds = " ".join(link.kind for link in links).casefold()
    verb = "merged into" if "merge" in kinds or "amalgam" in kinds else "became"
    told = [f"{s.name}, URN {s.urn}" for s in following]
    trust = after.trust_name(first.trust_uid) if first.trust_uid else ""
    words = f"{verb} {'; '.join(told)}" + (f", of {trust}" if trust else "")
    day = (old.closed if old else None) or next((k.date for k in links if k.date), None)
    return Difference(
        "converted",
        first.key,
        name,
        f"{name}, URN {urn}",
        told[0],
        day,
        words,
        first.urn,
    )


def _closed(after: Register, urn: int, name: str) -> Difference:
    school = after.get(urn)
    words = "closed" if school else "no longer on the register"
    if school and school.status not in ("Closed", ""):
        words = f"no longer open: {school.status.lower()}"
    day = school.closed if school else None
    return Difference(
        "closed", Key.school(urn), name, name, "", day, words, urn if school else None
    )


def _trust(register: Register, uid: str) -> str:
    if not uid:
        return NO_TRUST
    return register.trust_name(uid) or f"a group with UID {uid}"


def _trusts(before: Register, after: Register, uids: set[str] | None) -> Iterator[Difference]:
    """Trusts that have open schools on one of the registers."""
    # With the groups file a trust has its own name, without it the one that its schools give
    named_alike = (before.info.groups_day is None) == (after.info.groups_day is None)
    was, now = before.listed_trusts(), after.listed_trusts()
    for uid in (was.keys() | now.keys()) if uids is None else uids:
        old, _, had = was.get(uid, ("", "", 0))
        new, status, has = now.get(uid, ("", "", 0))
        key = Key.of("trust", uid)
        if has and not had:
            words = "a trust with its first open school on the register"
            yield Difference("opened", key, new, "", new, None, words)
        elif had and not has:
            words = "trust closed" if status == "Closed" else "trust without an open school now"
            yield Difference("closed", key, new or old, old, "", None, words)
        elif had and named_alike and _folded(old) != _folded(new):
            yield Difference("renamed", key, new, old, new, None, f"trust, was {old}")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


# --- hubs ---


class HubStanding(NamedTuple):
    """A hub on a day: its rows, and what was claimed of it ("" where no school is looked at)."""

    rows: list[Hub]
    phrase: str


Hubs = dict[tuple[str, str], HubStanding]
"""By programme and id."""


def _all_hubs(
    before: Register, after: Register, directory: Directory, days: tuple[date, date]
) -> Iterator[Difference]:
    claims = Claims(before, directory), Claims(after, directory)
    was, now = ({}, {})  # type: tuple[Hubs, Hubs]
    for held, day in zip((was, now), days, strict=True):
        for p in directory.programmes:
            for hub in directory.hubs(p.id) if p.runs_on(day) else ():
                if hub.in_force(day) and hub.confidence != "low":
                    held.setdefault((p.id, hub.id), HubStanding([], "")).rows.append(hub)
    return _hubs(claims, directory, was, now, days)


def _own_hubs(
    before: Register,
    after: Register,
    directory: Directory,
    school: tuple[School, School],
    days: tuple[date, date],
) -> Iterator[Difference]:
    """Of the hubs that are claimed for a school on two days."""
    claims = Claims(before, directory), Claims(after, directory)
    was, now = (_claimed(*told) for told in zip(claims, school, days, strict=True))
    return _hubs(claims, directory, was, now, days)


def _claimed(claims: Claims, school: School, day: date) -> Hubs:
    held: Hubs = {}
    for claim in claims.of_school(school, day):
        if claim.claim in CLAIMED:
            phrase = wording.claim_words(claim.claim, claim.programme)
            for at in (claim.hub, *claim.alternatives):
                if at is not None:
                    shown = held.setdefault(
                        (claim.programme.id, at.hub.id), HubStanding([], phrase)
                    )
                    shown.rows.append(at.hub)
    return held


def _hubs(
    claims: tuple[Claims, Claims],
    directory: Directory,
    was: Hubs,
    now: Hubs,
    days: tuple[date, date],
) -> Iterator[Difference]:
    for name in was.keys() | now.keys():
        programme = directory.programme(name[0])
        key = Key.hub(*name)
        old, new = was.get(name), now.get(name)
        if new and not old:
            hub = new.rows[0]
            begun = _within(hub.valid_from or programme.valid_from, days)
            words = f"{programme.name}: {'began' if begun else f'now “{new.phrase}”'}"
            yield Difference("new-hub", key, hub.name, "", hub.name, begun, words)
        elif old and not new:
            hub = old.rows[0]
            ended = _within(hub.valid_to or programme.valid_to, days)
            words = f"{programme.name}: {'ended' if ended else f'no longer “{old.phrase}”'}"
            yield Difference("hub-ended", key, hub.name, hub.name, "", ended, words)
        elif old and new:
            yield from _leads(claims, key, programme.name, old.rows, new.rows)


def _leads(
    claims: tuple[Claims, Claims], key: Key, label: str, old: list[Hub], new: list[Hub]
) -> Iterator[Difference]:
    """A hub whose lead is another school: by our table, or by the register (a successor)."""
    led = []
    for held, hubs in zip(claims, (old, new), strict=True):
        led.append({lead.urn: lead.name for hub in hubs for lead in held.leads(hub)})
    if led[0] and led[1] and led[0].keys() != led[1].keys():
        before, after = (", ".join(sorted(names.values())) for names in led)
        words = f"{label}: led by {after}, before by {before}"
        yield Difference("lead-changed", key, new[0].name, before, after, None, words)


def _within(day: date | None, days: tuple[date, date]) -> date | None:
    """A day between the two looked at; None where it is unknown or explains nothing."""
    return day if day and days[0] <= day <= days[1] else None


# --- in words ---


def headline(changes: Changes) -> str:
    """ "4 changes since 17 Jul 2025"."""
    said = wording.count(len(changes.differences), "change")
    return f"{said} since {wording.short_day(changes.since)}"


def summary(changes: Changes) -> str:
    """ "2 opened, 1 renamed"; "" for none."""
    counts = ((TITLES[kind].lower(), len(changes.of(kind))) for kind in KINDS)
    return ", ".join(f"{title} {number:,}" for title, number in counts if number)


__all__ = ["KINDS", "TITLES", "ChangeKind", "Changes", "Difference", "for_head", "in_england"]
