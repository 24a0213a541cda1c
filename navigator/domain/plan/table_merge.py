"""A table taken into a plan: what it would add and change, field by field, before anything is kept.

Only what a table tells changes: a column that it lacks, and a cell that is empty, says nothing. Its
activities are those of the plan by id; else by title, provider and academic year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from navigator.core import dates, wording
from navigator.core.activity import Activity
from navigator.core.fields import fields_of
from navigator.core.keys import NO_BODY
from navigator.core.session import Attendee, Session, attendees_text
from navigator.core.values import VALUES
from navigator.domain.plan import year as years
from navigator.domain.plan.table_read import Fault, ToldActivity


class Merge(NamedTuple):
    """What a table would do to a plan: `added`, `changed` (as it is, and as it would be), and how
    many stay the `same`. Where it isn't sure which activity is meant, only `faults`."""

    added: tuple[Activity, ...]
    changed: tuple[tuple[Activity, Activity], ...]
    same: int
    faults: tuple[Fault, ...] = ()

    @property
    def gone(self) -> int:
        """How many sessions would go."""
        return sum(len(_gone(before, after)) for before, after in self.changed)


def merge(held: Sequence[Activity], given: Iterable[ToldActivity]) -> Merge:
    """What a table's activities do to a plan.

    Where the table has sessions, they take the place of the activity's own in the academic years
    that the table tells of; of one that is matched by id, of all. One of the same id, else of the
    same day and start, else the only one of its day, stays the same session, by which calendars
    know it.
    """
    added: list[Activity] = []
    changed: dict[str, tuple[Activity, Activity]] = {}
    lines: dict[str, int] = {}
    faults: list[Fault] = []
    same = 0
    for one in given:
        found = _meant(held, one)
        if len(found) > 1:
            faults.append(_unsure(one, found))
        elif not found:
            added.append(one.activity)
        elif found[0].id in lines:
            before = lines[found[0].id]
            faults.append(
                Fault(
                    one.line,
                    f"“{one.activity.title}” and what stands on line {before} are one "
                    f"activity of your plan ({found[0].id}): give one of them.",
                )
            )
        else:
            own = found[0]
            lines[own.id] = one.line
            after = _onto(own, one)
            same += after == own
            if after != own:
                changed[own.id] = own, after
    if faults:
        return Merge((), (), 0, tuple(sorted(faults)))
    return Merge(tuple(added), tuple(changed.values()), same)


def _unsure(one: ToldActivity, found: Sequence[Activity]) -> Fault:
    told = ((a.id, a.provider_name, *map(years.name, sorted(years.years_of(a)))) for a in found)
    which = "; ".join(wording.joined(*parts, sign=", ") for parts in told)
    return Fault(
        one.line,
        f"“{one.activity.title}” could be {len(found)} activities of your plan ({which}): "
        "tell which in a column “id”.",
    )


def _meant(held: Sequence[Activity], one: ToldActivity) -> list[Activity]:
    """The activities of the plan that a table's may be: by id; else by title, provider, year."""
    if one.activity.id:
        found = [a for a in held if a.id == one.activity.id]
        if found:
            return found
    title = one.activity.title.casefold()
    alike = [a for a in held if a.title.casefold() == title and _same_provider(a, one)]
    among = years.told_years(one.activity)
    found = [a for a in alike if not among or not (of := years.years_of(a)) or among & of]
    bare = [a for a in found if not a.provider and not a.provider_name]
    return bare if len(bare) == 1 and not _tells_provider(one) else found


def _tells_provider(one: ToldActivity) -> bool:
    return bool(one.activity.provider or one.activity.provider_name)


def _same_provider(own: Activity, one: ToldActivity) -> bool:
    """Whether an activity has the provider that a table tells, if it tells one."""
    if not _tells_provider(one):
        return True
    key, name = one.activity.provider, one.activity.provider_name.casefold()
    return bool(key and key == own.provider) or bool(name and name == own.provider_name.casefold())


def _onto(own: Activity, one: ToldActivity) -> Activity:

    def named(people: tuple[Attendee, ...], mine: tuple[Attendee, ...]) -> tuple[Attendee, ...]:
        """People with the names that the plan knows, where the table has the role alone; who they
        are already, where it is they."""
        if people == mine or attendees_text(people) == attendees_text(mine, names=False):
            return mine
        found: list[Attendee] = []
        for person in people:
            known = [
                k._replace(school=person.school or k.school)
                for k in own.people
                if k.role == person.role
                and k.name
                and (k.school == person.school or None in (k.school, person.school))
            ]
            found += known if known and not person.name else [person]
        return tuple(dict.fromkeys(found))

    whole: dict[str, Any] = {name: getattr(one.activity, name) for name in one.told - {"added"}}
    if "attends" in whole:
        whole["attends"] = named(whole["attends"], own.attends)
    if "provider_name" in whole and "provider" not in whole:
        other = whole["provider_name"].casefold() != own.provider_name.casefold()
        whole |= {"provider": NO_BODY} if other else {"provider_name": own.provider_name}
    if own.id == one.activity.id:
        whole["title"] = one.activity.title
    left = list(own.sessions)
    others = [told.session for told in one.sessions]
    sessions = []
    for told in one.sessions:
        match = _match(left, told.session, others)
        if match:
            left.remove(match)
        values = {name: getattr(told.session, name) for name in told.told}
        if "attends" in values:
            values["attends"] = named(values["attends"], match.attends if match else ())
        sessions.append((match or Session("", told.session.date))._replace(**values))
    if own.id == one.activity.id and sessions:
        left = []
    among = {years.year_of(told.session.date) for told in one.sessions}
    stay = [s for s in left if years.year_of(s.date) not in among]
    return own._replace(
        **whole, sessions=tuple(sorted((*sessions, *stay), key=lambda session: session.order))
    )


def _match(left: Sequence[Session], session: Session, given: Sequence[Session]) -> Session | None:
    """The session of the plan that a table's is; not one that another of the table is for sure."""
    of_id = [s for s in left if s.id == session.id and s.id]
    ids = {s.id for s in given if s.id}
    times = {(s.date, s.start) for s in given}
    free = [s for s in left if s.id not in ids]
    of_time = [s for s in free if (s.date, s.start) == (session.date, session.start)]
    of_day = [s for s in free if s.date == session.date and (s.date, s.start) not in times]
    found = of_id or of_time or (of_day if len(of_day) == 1 else [])
    return found[0] if found else None


# --- in words ---


def differences(before: Activity, after: Activity) -> Iterator[str]:
    """What of an activity would change, a line each: "fee: £100 → £120"; it may hold names."""
    yield from _fields(before, after, "")
    own = {session.id: session for session in before.sessions}
    for session in after.sessions:
        if session.id in own:
            yield from _fields(own[session.id], session, f"{_when(session)}: ")
        else:
            yield f"new session: {_when(session)}"
    for session in _gone(before, after):
        yield f"session that goes: {_when(session)}"


def _gone(before: Activity, after: Activity) -> list[Session]:
    stay = {session.id for session in after.sessions}
    return [session for session in before.sessions if session.id not in stay]


def _fields(before: Any, after: Any, of: str) -> Iterator[str]:
    noun: Any = type(before)
    for field in fields_of(noun):
        one, other = getattr(before, field.attribute), getattr(after, field.attribute)
        if one != other and field.value not in ("sessions", "id", "stamp"):
            shown = VALUES[field.value].shown
            was, is_ = (" ".join(shown(value).split())[:80] or "nothing" for value in (one, other))
            yield f"{of}{field.name}: {was} → {is_}"


def _when(session: Session) -> str:
    start = f", {session.start:%H:%M}" if session.start else ""
    return f"{dates.shown(session.date)}{start}"
