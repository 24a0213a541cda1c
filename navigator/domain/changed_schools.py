"""What changed of schools and trusts between two registers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import cleaning, grid, wording
from navigator.core.keys import Key
from navigator.domain.difference import Difference

if TYPE_CHECKING:
    from navigator.core.model import School
    from navigator.directory import Directory
    from navigator.register import Register
    from navigator.register.census import SchoolStanding

NO_TRUST = "no trust"

MOVED_KM = 1.0
"""Kilometres from which on a school has moved: less is a position that was mended."""

Standings = dict[int, "SchoolStanding"]


class Between(NamedTuple):
    """Two registers, and how their schools stand: all, or those looked at (`some`)."""

    before: Register
    after: Register
    was: Standings
    now: Standings
    some: bool

    @classmethod
    def of(cls, before: Register, after: Register, urns: set[int] | None) -> Between:
        was, now = before.census.standings(urns), after.census.standings(urns)
        return cls(before, after, was, now, urns is not None)

    @property
    def both(self) -> Iterator[tuple[int, SchoolStanding, SchoolStanding]]:
        """The schools that are open on both and stand there otherwise."""
        for urn, old in self.was.items():
            new = self.now.get(urn)
            if new is not None and old != new and old.is_open and new.is_open:
                yield urn, old, new


def schools(
    before: Register, after: Register, directory: Directory, urns: set[int] | None
) -> Iterator[Difference]:
    """What changed of all schools in scope, or of some."""
    sides = Between.of(before, after, urns)
    yield from _came_and_went(sides)
    yield from _proposed(sides)
    for urn, old, new in sides.both:
        yield from _moved_and_renamed(sides, urn, old, new)
        yield from _otherwise(sides, urn, old, new)
    yield from _authorities(sides, directory)


def _came_and_went(sides: Between) -> Iterator[Difference]:
    before_open, after_open = (
        {urn for urn, s in side.items() if s.is_open} for side in (sides.was, sides.now)
    )
    after = sides.after
    followed: set[int] = set()
    for urn in before_open - after_open:
        following = [s for s in after.successor(urn) if after.in_scope(s.urn)]
        if following:
            followed |= {s.urn for s in following}
            yield _converted(after, urn, sides.was[urn].name, following)
        else:
            yield _closed(after, urn, sides.was[urn].name)
    for urn in after_open - before_open - followed:
        new = sides.now[urn]
        yield Difference(
            "opened", Key.school(urn), new.name, "", new.name, new.opened, "opened", urn
        )


def _converted(after: Register, urn: int, name: str, following: list[School]) -> Difference:
    old, first = after.get(urn), following[0]
    links = after.links(urn)[0]
    kinds = " ".join(link.kind for link in links).casefold()
    verb = "merged into" if "merge" in kinds or "amalgam" in kinds else "became"
    told = [f"{s.name}, URN {s.urn}" for s in following]
    trust = after.trust_name(first.trust_uid) if first.trust_uid else ""
    words = f"{verb} {'; '.join(told)}" + (f", of {trust}" if trust else "")
    day = (old.closed if old else None) or next((k.date for k in links if k.date), None)
    was = f"{name}, URN {urn}"
    return Difference("converted", first.key, name, was, told[0], day, words, first.urn)


def _closed(after: Register, urn: int, name: str) -> Difference:
    school = after.get(urn)
    words = "closed" if school else "no longer on the register"
    if school and school.status not in ("Closed", ""):
        words = f"no longer open: {school.status.lower()}"
    day = school.closed if school else None
    return Difference(
        "closed", Key.school(urn), name, name, "", day, words, urn if school else None
    )


def _proposed(sides: Between) -> Iterator[Difference]:
    """Schools newly proposed to open, and those that no longer are."""
    for urn in sides.now.keys() - sides.was.keys():
        new = sides.now[urn]
        if not new.is_open:
            words, key = "now proposed to open", Key.school(urn)
            yield Difference("to-open", key, new.name, "", new.name, new.opened, words, urn)
    for urn in sides.was.keys() - sides.now.keys():
        old = sides.was[urn]
        if not old.is_open:
            there = urn if sides.after.get(urn) else None
            words, key = "no longer proposed to open", Key.school(urn)
            yield Difference("to-open", key, old.name, old.name, "", None, words, there)


def _moved_and_renamed(
    sides: Between, urn: int, old: SchoolStanding, new: SchoolStanding
) -> Iterator[Difference]:
    key, name = Key.school(urn), new.name
    if not _same_name(old.name, name):
        yield Difference("renamed", key, name, old.name, name, None, f"was {old.name}", urn)
    if old.trust_uid != new.trust_uid:
        source, target = _trust(sides.before, old.trust_uid), _trust(sides.after, new.trust_uid)
        same = " (another of that name)" if source == target else ""
        words = f"from {source} to {target}{same}"
        yield Difference("moved", key, name, source, target, None, words, urn)


def _otherwise(
    sides: Between, urn: int, old: SchoolStanding, new: SchoolStanding
) -> Iterator[Difference]:
    """What else the register tells otherwise of a school that stayed open."""
    key, name = Key.school(urn), new.name
    if old.status != new.status:
        closes = "close" in new.status
        words = f"{'now' if closes else 'no longer'} proposed to close"
        day = new.closed if closes else None
        yield Difference("to-close", key, name, old.status, new.status, day, words, urn)
    if old.phase != new.phase:
        words = f"phase now {new.phase or 'not told'}, before {old.phase or 'not told'}"
        yield Difference("phase", key, name, old.phase, new.phase, None, words, urn)
    if old.ages != new.ages:
        words = f"ages now {new.ages or 'not told'}, before {old.ages or 'not told'}"
        yield Difference("ages", key, name, old.ages, new.ages, None, words, urn)
    told = sides.before.tells("diocese") and sides.after.tells("diocese")
    if told and old.diocese != new.diocese:
        words = f"diocese now {new.diocese or 'not told'}, before {old.diocese or 'not told'}"
        yield Difference("diocese", key, name, old.diocese, new.diocese, None, words, urn)
    if words := _position(old, new):
        yield Difference("position", key, name, _spot(old), _spot(new), None, words, urn)


def _position(old: SchoolStanding, new: SchoolStanding) -> str:
    """That a position went, or moved far; "" where neither did."""
    if old.easting is None:
        return ""
    if new.position_day and not old.position_day:
        kept = wording.day(new.position_day)
        return f"no position any more: distances are from the one in the register of {kept}"
    far = grid.between(old, new)
    if far is None:
        return "no position any more: distances are unknown"
    return f"stands {wording.length(far)} from where it was" if far >= MOVED_KM else ""


def _spot(of: SchoolStanding) -> str:
    return "" if of.easting is None else f"{of.easting}, {of.northing}"


# --- authorities ---


def _authorities(sides: Between, directory: Directory) -> Iterator[Difference]:
    """Schools under another authority, all of one area in one line."""
    found = _by_area(sides)
    if not found:
        return
    whole = sides
    if sides.some:  # how many went is told of all of England, not of those looked at
        whole = Between.of(sides.before, sides.after, None)
    every = _by_area(whole)
    there = {s.la_code for s in whole.now.values() if s.is_open}
    for pair in found:
        urns = every.get(pair, found[pair])
        (code, name), (new_code, new_name) = pair
        number = wording.count(len(urns), "school")
        former = next((area for area in directory.former() if area.code == code), None)
        ended = code not in there and (former is None or new_name in former.became)
        if not ended and code != new_code and len(urns) == 1:
            school = whole.now[urns[0]]
            words = f"authority now {new_name}, before {name}"
            key = Key.school(urns[0])
            yield Difference("authority", key, school.name, name, new_name, None, words, urns[0])
            continue
        if not ended and code != new_code:
            words, day = f"{number} went from {name} to {new_name}", None
        elif _same_name(name, new_name):
            words, day = f"{name} has the code {new_code}, before {code} ({number})", None
        else:
            words = f"{name} became {new_name} ({number})"
            day = _within(former.day if former else None, sides)
        yield Difference("authority", Key.of("la", new_code), new_name, name, new_name, day, words)


Council = tuple[str, str]
"""An authority's code and name."""


def _by_area(sides: Between) -> dict[tuple[Council, Council], list[int]]:
    """The schools whose authority is another, or has another name, by the two."""
    found: dict[tuple[Council, Council], list[int]] = defaultdict(list)
    spelt = Counter((s.la_code, s.la_name) for s in sides.now.values())
    for urn, old, new in sides.both:
        was, now = (old.la_code, old.la_name), (new.la_code, new.la_name)
        if was != now and (was[0] != now[0] or not spelt[was]):
            found[was, now].append(urn)
    return dict(found)


def _within(day: date | None, sides: Between) -> date | None:
    """A day between the two registers; None for any other, which explains nothing."""
    return day if day and sides.before.info.day <= day <= sides.after.info.day else None


# --- of a bookmarked school ---


def ways_to_reach(before: Register, after: Register, urns: Iterable[int]) -> Iterator[Difference]:
    """Schools of which the register has another website or telephone."""
    for urn in urns:
        old, new = before.get(urn), after.get(urn)
        if old and new:
            was, now = ((cleaning.link(s.website), s.telephone) for s in (old, new))
            yield from reached(new.key, new.name, was, now, urn)


def reached(
    key: Key, name: str, was: tuple[str, str], now: tuple[str, str], urn: int | None = None
) -> Iterator[Difference]:
    """A body with another website or telephone, given as (website, telephone)."""
    for what, old, new in zip(("website", "telephone"), was, now, strict=True):
        shown, before = (wording.bare(text) if what == "website" else text for text in (new, old))
        if shown != before:
            words = f"{what} now {shown or 'not told'}, before {before or 'not told'}"
            yield Difference("reach", key, name, old, new, None, words, urn)


# --- trusts ---


def _trust(register: Register, uid: str) -> str:
    if not uid:
        return NO_TRUST
    return register.trust_name(uid) or f"a group with UID {uid}"


def trusts(before: Register, after: Register, uids: set[str] | None) -> Iterator[Difference]:
    """Trusts that have open schools on one of the registers: all, or some."""
    # With the groups file a trust has its own name, without it the one that its schools give
    named_alike = (before.info.groups_day is None) == (after.info.groups_day is None)
    was, now = before.census.listed_trusts(), after.census.listed_trusts()
    since = before.info.groups_day or before.info.day
    for uid in (was.keys() | now.keys()) if uids is None else uids:
        old, old_status, had, _ = was.get(uid, ("", "", 0, None))
        new, status, has, closed = now.get(uid, ("", "", 0, None))
        key = Key.of("trust", uid)
        ended = status == "Closed" and old_status != "Closed"
        if has and not had:
            words = "a trust with its first open school on the register"
            yield Difference("opened", key, new, "", new, None, words)
        elif had and not has:
            words = "trust closed" if status == "Closed" else "trust without an open school now"
            yield Difference("closed", key, new or old, old, "", closed, words)
        elif had and ended and (old_status or (closed and closed > since)):
            number = wording.count(has, "open school")
            words = f"trust closed, by DfE's groups file; the register names it for {number}"
            yield Difference("closed", key, new, old, "", closed, words)
        if had and has and named_alike and not _same_name(old, new):
            yield Difference("renamed", key, new, old, new, None, f"trust, was {old}")


def _same_name(one: str, other: str) -> bool:
    return cleaning.for_comparing(one) == cleaning.for_comparing(other)
