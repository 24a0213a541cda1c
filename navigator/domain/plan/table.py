"""The plan as a table for a spreadsheet, a row a session, and back again.

Rows of one title and provider make one activity; one without a session is a row without a date.
`kind`, `status`, `release_days`, `fee`, `subsidy`, `source`, `checked` are of the whole activity:
written in each of its rows, and in a file that is read told once or in each; two that differ are a
fault that names both lines. A cell that a spreadsheet would take for a formula begins with an
apostrophe, which reading takes off again.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from navigator.core import cleaning, texts
from navigator.core.activity import Activity, Attendee, Session, attendees_text, in_rows
from navigator.core.errors import RefusedError
from navigator.core.fields import Field
from navigator.core.values import VALUES, cell_wanted

FIELDS = {field.name: field for _, field in in_rows(lambda field: field.column)}
"""The columns by name, in their order. `provider` has a name, or the key where none is known."""

COLUMNS = tuple(FIELDS)

_SESSION = {field.name for noun, field in in_rows(lambda f: f.column) if noun is Session}

OF_SESSION = tuple(name for name in COLUMNS if name in _SESSION and name != "date")
"""The columns that mean nothing without a date."""

WHOLE = tuple(c for c in COLUMNS if c not in _SESSION and c not in ("title", "provider", "attends"))
"""The columns that are of the whole activity."""

MOST_ROWS = 20_000
MOST_BYTES = 8 * 1024 * 1024


class Fault(NamedTuple):
    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


class Read(NamedTuple):
    """What a table holds: its activities, without ids, or every fault; never both."""

    activities: tuple[Activity, ...]
    faults: tuple[Fault, ...]


class Merge(NamedTuple):
    """What a table would do to a plan: `added`, `changed` by id, `same` left as they are."""

    added: tuple[Activity, ...]
    changed: dict[str, Activity]
    same: int


# --- out ---


def write(activities: Iterable[Activity], *, people: bool) -> bytes:
    """The table: UTF-8 with the mark by which Excel knows it. `people`: with names."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for activity in activities:
        for session in activity.sessions or (None,):
            row = _row(activity, session, people=people)
            writer.writerow([cleaning.cell(cleaning.plain(text)) for text in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _row(a: Activity, session: Session | None, *, people: bool) -> Iterable[str]:
    for name, field in FIELDS.items():
        if name == "provider":
            yield a.provider_name or a.provider
        elif name == "attends":
            yield attendees_text(a.attending(session) if session else a.attends, names=people)
        elif name in _SESSION:
            yield _cell(field, getattr(session, field.attribute)) if session else ""
        else:
            yield _cell(field, getattr(a, field.attribute))


def _cell(field: Field, value: object) -> str:
    kind = VALUES[field.value]
    return (kind.cell or kind.shown)(value)


# --- in ---


def read(data: bytes) -> Read:  # noqa: PLR0911
    """The activities of a table, or all that is wrong in it, line by line."""
    if len(data) > MOST_BYTES:
        return _only(1, f"the file is larger than {MOST_BYTES // 1024**2} MB, and no plan is")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return _only(line, "a byte that isn't UTF-8 text. Save it as “CSV UTF-8”")
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begin = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((begin, row))
            begin = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                return _only(begin, f"more than {MOST_ROWS:,} rows")
    except csv.Error as error:
        return _only(begin, f"not a good line of CSV ({error})")
    if not rows:
        return _only(1, f"the file is empty. Its first line is to be: {', '.join(COLUMNS)}")
    (line, head), *rest = rows
    columns = [cleaning.plain(name).casefold().replace(" ", "_") for name in head]
    wrong = [c for c in columns if c not in COLUMNS]
    twice = {c for c in columns if columns.count(c) > 1}
    lacking = [c for c in ("title",) if c not in columns]
    if wrong or twice or lacking:
        said = [f"there is no column “{c[:40]}”" for c in wrong]
        said += [f"the column “{c[:40]}” is there twice" for c in sorted(twice - set(wrong))]
        said += [f"the column “{c}” is missing" for c in lacking]
        return _only(line, f"{'; '.join(said)}. The columns are: {', '.join(COLUMNS)}")
    return _rows(columns, rest)


def _only(line: int, text: str) -> Read:
    return Read((), (Fault(line, f"{text}."),))


def _rows(columns: Sequence[str], rows: Iterable[tuple[int, list[str]]]) -> Read:
    faults: list[Fault] = []
    groups: dict[tuple[str, str], list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for line, row in rows:
        if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
            faults.append(Fault(line, f"{len(row)} cells, and there are {len(columns)} columns."))
            continue
        cells = dict.fromkeys(COLUMNS, "")
        cells |= {c: cleaning.uncell(cleaning.plain(t)) for c, t in zip(columns, row, strict=False)}
        values = _values(line, cells, faults)
        if values["title"]:
            key = (values["title"].casefold(), (values["provider"] or "").casefold())
            groups[key].append((line, values))
    activities = [_activity(group, faults) for group in groups.values()]
    if faults:
        return Read((), tuple(sorted(faults)))
    return Read(tuple(activities), ())


def _values(line: int, cells: dict[str, str], faults: list[Fault]) -> dict[str, Any]:
    """The values of a row by column; None for an empty cell, or one with a fault."""
    values: dict[str, Any] = dict.fromkeys(COLUMNS)
    for name, field in FIELDS.items():
        text, kind = cells[name], VALUES[field.value]
        if text:
            try:
                values[name] = (kind.of_cell or kind.typed)(text, field)
            except (ValueError, KeyError, RefusedError) as error:
                wanted = cell_wanted(field)
                said = f" is “{text[:40]}”, and is {wanted}." if wanted else f": {error}"
                faults.append(Fault(line, name + said))
        if isinstance(values[name], str) and not field.words and len(text) > texts.LONGEST:
            faults.append(Fault(line, f"{name} is longer than {texts.LONGEST} characters."))
    if not cells["title"]:
        faults.append(Fault(line, "title is empty, and an activity needs one."))
    if not cells["date"]:
        given = [column for column in OF_SESSION if cells[column]]
        if given:
            faults.append(Fault(line, f"{', '.join(given)} without a date: give the session's."))
    return values


def _activity(group: Sequence[tuple[int, dict[str, Any]]], faults: list[Fault]) -> Activity:
    first = group[0][1]
    whole: dict[str, Any] = {}
    for name in WHOLE:
        told = [(line, values[name]) for line, values in group if values[name] is not None]
        for line, value in told[1:]:
            if value != told[0][1]:
                one, other = (_cell(FIELDS[name], v)[:40] for v in (value, told[0][1]))
                faults.append(
                    Fault(
                        line,
                        f"{name} is “{one}”, and on line {told[0][0]} “{other}”: it is of the "
                        "whole activity, so give one.",
                    )
                )
        if told:
            whole[FIELDS[name].attribute] = told[0][1]
    who = [values["attends"] or () for _, values in group]
    same = len({frozenset(people) for people in who}) == 1
    sessions = []
    for (_, values), people in zip(group, who, strict=True):
        if values["date"]:
            given = {FIELDS[n].attribute: values[n] for n in _SESSION if values[n] is not None}
            sessions.append(Session(id="", **given, attends=() if same else people))
    return Activity(
        id="",
        title=first["title"],
        provider_name=first["provider"] or "",
        attends=who[0] if same else (),
        sessions=tuple(sorted(sessions, key=lambda session: session.order)),
        **whole,
    )


# --- into a plan ---


def merge(held: Iterable[Activity], given: Iterable[Activity]) -> Merge:
    """What a table's activities do to a plan: one of the same title and provider is changed.

    The table's sessions take the place of its own (one of the same day and time keeps its id, by
    which calendars know it); what the table doesn't carry stays, and so does the name of a person
    whose role stands in it without one.
    """
    by: dict[tuple[str, str], Activity] = {}
    for activity in held:
        by.setdefault(_key(activity), activity)
    added: list[Activity] = []
    changed: dict[str, Activity] = {}
    same = 0
    for one in given:
        own = by.get(_key(one))
        if own is None:
            added.append(one)
            continue
        after = _onto(own, one)
        if after == own:
            same += 1
        else:
            changed[own.id] = after
    return Merge(tuple(added), changed, same)


def _key(activity: Activity) -> tuple[str, str]:
    return activity.title.casefold(), (activity.provider_name or activity.provider).casefold()


def _onto(own: Activity, one: Activity) -> Activity:

    def named(people: tuple[Attendee, ...]) -> tuple[Attendee, ...]:
        found: list[Attendee] = []
        for person in people:
            known = [k for k in own.people if k.role == person.role and k.name]
            found += known if known and not person.name else [person]
        return tuple(dict.fromkeys(found))

    left = list(own.sessions)
    sessions = []
    for session in one.sessions:
        match = next((s for s in left if (s.date, s.start) == (session.date, session.start)), None)
        if match:
            left.remove(match)
        people = named(session.attends)
        if not session.attends and match and match.attends and named(one.attends) == match.attends:
            people = match.attends
        sessions.append(session._replace(id=match.id if match else "", attends=people))
    whole: dict[str, Any] = {FIELDS[n].attribute: getattr(one, FIELDS[n].attribute) for n in WHOLE}
    return own._replace(
        **whole,
        attends=named(one.attends),
        sessions=tuple(sorted(sessions, key=lambda session: session.order)),
    )
