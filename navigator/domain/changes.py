"""What changed between two registers: schools, trusts and hubs, for a head or for all of England.

Pure, as `landscape` is. A difference says what the two registers say and no more: a school that is
no longer among the open ones has "closed" with the day the register gives, or with none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import grid, wording
from navigator.core.keys import Key
from navigator.core.landscape import Claim
from navigator.core.model import Hub, School
from navigator.core.record import OwnRecord
from navigator.domain import around, changed_schools
from navigator.domain.claims import Claims
from navigator.domain.difference import (
    KINDS,
    TITLES,
    ChangeKind,
    Changes,
    Difference,
    headline,
    summary,
)

if TYPE_CHECKING:
    from navigator.directory import Directory
    from navigator.register import Register

CLAIMED = frozenset({Claim.DESIGNATED, Claim.ONE_OF, Claim.NAMES_AREA, Claim.REGION, Claim.NEAREST})
"""Claims that name a hub as one's own or as one to ask."""


def in_england(before: Register, after: Register, directory: Directory) -> Changes:
    """Everything that changed; of hubs, from the day of one register to that of the other."""
    days = before.info.day, after.info.day
    found = [
        *changed_schools.schools(before, after, directory, None),
        *changed_schools.trusts(before, after, None),
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
    schools = changed_schools.schools(before, after, directory, urns)
    standing = (s for side in (before, after) for s in side.census.standings(urns).values())
    uids = {s.trust_uid for s in standing if s.is_open and s.trust_uid}
    keys = [Key(bookmark.about) for bookmark in record.bookmarks]
    uids |= {key.id for key in keys if key.kind == "trust"}
    reach = changed_schools.ways_to_reach(before, after, {urn for k in keys if (urn := k.urn)})
    hubs: Iterable[Difference] = ()
    if was and mine:
        days = (before.info.day, max(today, before.info.day))
        hubs = _own_hubs(before, after, directory, (was, mine), days)
    trusts = changed_schools.trusts(before, after, uids)
    reached = _ways_to_hubs(before, after, directory, keys, today)
    return _sorted(before, after, [*schools, *trusts, *hubs, *reach, *reached])


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


def _proposed_near(register: Register, school: School, far: float) -> set[int]:
    """The schools of its phase proposed to open that would lie no further than its neighbours."""
    found = register.census.standings(register.census.proposed_urns())
    return {
        urn
        for urn, other in found.items()
        if other.phase in ("", school.phase)
        and (away := grid.between(school, other)) is not None
        and away <= far
    }


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
            urns |= _proposed_near(register, school, max((km for _, km in near), default=0))
    # Those they became and those they were: a school that is new here may be an old one's successor
    for urn in list(urns):
        urns |= {s.urn for s in after.successor(urn)}
        urns |= {link.urn for link in after.links(urn)[1]}
    return urns


# --- hubs ---


def _ways_to_hubs(
    before: Register, after: Register, directory: Directory, keys: Iterable[Key], day: date
) -> Iterator[Difference]:
    """Bookmarked hubs with another website or telephone: their own, or their lead school's."""
    claims = Claims(before, directory), Claims(after, directory)
    ids = {programme.id for programme in directory.programmes}
    for key in keys:
        programme, name = key.programme_and_hub if key.kind == "hub" else ("", "")
        known = directory.hubs(programme) if programme in ids else ()
        hub = next((h for h in known if h.id == name and h.in_force(day)), None)
        if hub:
            ways = [held.leads.at(hub, None).reach for held in claims]
            was, now = ((way.website, way.telephone) if way else ("", "") for way in ways)
            yield from changed_schools.reached(key, hub.name, was, now)


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
            # Beside the nearest stand hubs that aren't
            told = claim.put_forward if claim.claim is Claim.NEAREST else claim.hubs
            for at in told:
                shown = held.setdefault((claim.programme.id, at.hub.id), HubStanding([], phrase))
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
        led.append({lead.urn: lead.name for hub in hubs for lead in held.leads.of(hub)})
    if led[0] and led[1] and led[0].keys() != led[1].keys():
        before, after = (", ".join(sorted(names.values())) for names in led)
        words = f"{label}: led by {after}, before by {before}"
        yield Difference("lead-changed", key, new[0].name, before, after, None, words)


def _within(day: date | None, days: tuple[date, date]) -> date | None:
    """A day between the two looked at; None where it is unknown or explains nothing."""
    return day if day and days[0] <= day <= days[1] else None


__all__ = [
    "KINDS",
    "TITLES",
    "ChangeKind",
    "Changes",
    "Difference",
    "for_head",
    "headline",
    "in_england",
    "summary",
]
