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
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from navigator.core import wording
from navigator.core.activity import (
    Activity,
    Attendee,
    Kind,
    Session,
    Status,
    attendees,
    attendees_text,
)
from navigator.core.errors import RefusedError
from navigator.records.plan import amount, in_order

COLUMNS = (
    *("title", "provider", "kind", "status", "date", "start", "minutes", "in_school_hours"),
    *("place", "attends", "release_days", "fee", "subsidy", "source", "checked"),
)

WHOLE = ("kind", "status", "release_days", "fee", "subsidy", "source", "checked")
"""The columns that are of the whole activity."""

OF_SESSION = ("start", "minutes", "in_school_hours", "place")
"""The columns that mean nothing without a date."""

MOST_ROWS = 20_000
MOST_BYTES = 8 * 1024 * 1024
LONGEST = 500

_UK = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


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
            writer.writerow([wording.cell(wording.plain(text)) for text in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _row(a: Activity, session: Session | None, *, people: bool) -> tuple[str, ...]:
    when: tuple[str, ...] = ("", "", "", "", "")
    if session:
        hours = {True: "yes", False: "no", None: ""}[session.in_school_hours]
        when = (
            session.date.isoformat(),
            f"{session.start:%H:%M}" if session.start is not None else "",
            str(session.minutes or ""),
            hours,
            session.place,
        )
    who = a.attending(session) if session else a.attends
    return (
        a.title,
        a.provider_name or a.provider,
        str(a.kind),
        str(a.status),
        *when,
        attendees_text(who, names=people),
        *(_amount(x) for x in (a.release_days, a.fee, a.subsidy)),
        a.source,
        a.checked.isoformat() if a.checked else "",
    )


def _amount(value: Decimal | None) -> str:
    if value is None:
        return ""
    return f"{value:.0f}" if value == value.to_integral_value() else f"{value:.2f}"


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
    columns = [wording.plain(name).casefold().replace(" ", "_") for name in head]
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
        cells |= {c: wording.uncell(wording.plain(t)) for c, t in zip(columns, row, strict=False)}
        values = _values(line, cells, faults)
        if values["title"]:
            key = (values["title"].casefold(), values["provider"].casefold())
            groups[key].append((line, values))
    activities = [_activity(group, faults) for group in groups.values()]
    if faults:
        return Read((), tuple(sorted(faults)))
    return Read(tuple(activities), ())


def _values(line: int, cells: dict[str, str], faults: list[Fault]) -> dict[str, Any]:
    values: dict[str, Any] = dict(cells)
    for column, take in _TAKE.items():
        try:
            values[column] = take(cells[column]) if cells[column] else None
        except (ValueError, RefusedError):
            faults.append(Fault(line, f"{column} is “{cells[column][:40]}”, and is {_IS[column]}."))
            values[column] = None
    for column in ("title", "provider", "place", "source"):
        if len(cells[column]) > LONGEST:
            faults.append(Fault(line, f"{column} is longer than {LONGEST} characters."))
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
    for column in WHOLE:
        said: tuple[int, Any] | None = None
        for line, values in group:
            value = values[column] or None if column == "source" else values[column]
            if value is None:
                continue
            if said is None:
                said = (line, value)
            elif said[1] != value:
                faults.append(
                    Fault(
                        line,
                        f"{column} is “{_shown(value)}”, and on line {said[0]} "
                        f"“{_shown(said[1])}”: it is of the whole activity, so give one.",
                    )
                )
        whole[column] = said[1] if said else None
    who = [values["attends"] or () for _, values in group]
    same = len({frozenset(people) for people in who}) == 1
    dated = [(values, people) for (_, values), people in zip(group, who, strict=True)]
    sessions = tuple(
        Session(
            "",
            values["date"],
            values["start"],
            values["minutes"],
            values["in_school_hours"],
            values["place"],
            () if same else people,
        )
        for values, people in dated
        if values["date"]
    )
    return Activity(
        id="",
        title=first["title"],
        provider_name=first["provider"],
        kind=whole["kind"] or "",
        status=whole["status"] or Status.CONSIDERING,
        attends=who[0] if same else (),
        sessions=tuple(sorted(sessions, key=in_order)),
        release_days=whole["release_days"],
        fee=whole["fee"],
        subsidy=whole["subsidy"],
        source=whole["source"] or "",
        checked=whole["checked"],
    )


def _shown(value: object) -> str:
    return _amount(value) if isinstance(value, Decimal) else str(value)[:40]


def _date(text: str) -> date:
    found = _UK.fullmatch(text)
    if found:
        return _meant(date(int(found[3]), int(found[2]), int(found[1])))
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError(text)
    return _meant(date.fromisoformat(text))


def _meant(day: date) -> date:
    if not 1990 <= day.year <= 2100:
        raise ValueError(str(day))
    return day


def _time(text: str) -> time:
    return datetime.strptime(text, "%H:%M:%S" if text.count(":") == 2 else "%H:%M").time()


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5 and 0 < int(text) <= 24 * 60):
        raise ValueError(text)
    return int(text)


def _hours(text: str) -> bool:
    words = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
    if text.casefold() not in words:
        raise ValueError(text)
    return words[text.casefold()]


def _money(text: str) -> Decimal:
    return amount(text)


_TAKE: dict[str, Callable[[str], Any]] = {
    "kind": lambda text: Kind(text.casefold().replace(" ", "-")),
    "status": lambda text: Status(text.casefold()),
    "date": _date,
    "start": _time,
    "minutes": _minutes,
    "in_school_hours": _hours,
    "attends": attendees,
    "release_days": _money,
    "fee": _money,
    "subsidy": _money,
    "checked": _date,
}
_A_DATE = "to be a date such as 2026-10-08"
_AN_AMOUNT = "to be 0 or more, with at most two decimals"
_IS = {
    "kind": f"to be one of: {', '.join(Kind)}",
    "status": f"to be one of: {', '.join(Status)}",
    "date": _A_DATE,
    "start": "to be a time such as 13:30",
    "minutes": "to be a whole number from 1 to 1440",
    "in_school_hours": "to be yes or no",
    "attends": "to be roles with ; between them",
    "release_days": _AN_AMOUNT,
    "fee": _AN_AMOUNT,
    "subsidy": _AN_AMOUNT,
    "checked": _A_DATE,
}


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
    return own._replace(
        title=own.title,
        kind=one.kind,
        status=one.status,
        attends=named(one.attends),
        sessions=tuple(sorted(sessions, key=in_order)),
        release_days=one.release_days,
        fee=one.fee,
        subsidy=one.subsidy,
        source=one.source,
        checked=one.checked,
    )
