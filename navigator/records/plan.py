"""The plan as its files have it: activities with their sessions, one's own days, budgets.

Texts of one line are kept as `wording.plain` has them, so that no table or calendar they go through
changes them. Amounts are numbers in the file ("fee = 120.5"), pounds and pence here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, cast

from navigator.core import wording
from navigator.core.activity import (
    Activity,
    Attendee,
    Budget,
    Kind,
    PlanDay,
    Session,
    Status,
    attendees,
)
from navigator.core.errors import RefusedError
from navigator.records.toml_text import Values

if TYPE_CHECKING:
    from navigator.records.record_file import Record
    from navigator.records.store import Reader

LONGEST = 500
"""Characters of a text of one line."""

MOST_POUNDS = Decimal(10_000_000)
MOST_MINUTES = 24 * 60
YEARS = range(1990, 2101)
"""Academic years that can be meant; anything else is a slip of the hand."""

DAY_KINDS = ("holiday", "inset", "term")

_E = TypeVar("_E", bound=StrEnum)


# --- from the files ---


def activity(r: Reader) -> Activity | None:
    """An activity as its record says; None for one without a title."""
    title = r.text("title")
    if not title:
        return r.wrong("title", "there, and an activity needs one", None)
    return Activity(
        id=r.text("id"),
        title=title,
        provider=r.body("provider"),
        provider_name=r.text("provider_name"),
        kind=_word(r, "kind", Kind, ""),
        programme=r.text("programme"),
        status=_word(r, "status", Status, Status.CONSIDERING),
        audience=r.texts("audience"),
        year_groups=r.texts("year_groups"),
        attends=_people(r.texts("attends")),
        sessions=_sessions(r),
        release_days=_amount(r, "release_days"),
        fee=_amount(r, "fee"),
        subsidy=_amount(r, "subsidy"),
        penalty=_amount(r, "penalty"),
        places=r.number("places") if "places" in r.record else None,
        prerequisites=r.text("prerequisites"),
        opens=r.day("opens"),
        closes=r.day("closes"),
        source=r.text("source"),
        checked=r.day("checked"),
        notes=r.text("notes"),
        trial=_flag(r, "trial") or False,
        parts=r.texts("parts"),
        quality=r.texts("quality"),
        mechanisms=r.texts("mechanisms"),
        practice=r.text("practice"),
        evidence=r.text("evidence"),
        again=r.text("again"),
        year=_year(r),
        added=r.day("added"),
    )


def plan_day(r: Reader) -> PlanDay | None:
    """Days of one's own; None for those without a first day, or that end before they begin."""
    kind = r.text("kind") or "holiday"
    if kind not in DAY_KINDS:
        return r.wrong("kind", '"holiday", "inset" or "term"', None)
    first = r.day("first")
    if first is None:
        return r.wrong("first", "a date such as 2026-11-22", None)
    last = r.day("last") or first
    if last < first:
        return r.wrong("last", f"on or after {first}", None)
    return PlanDay(r.text("id"), r.text("title"), cast(Any, kind), first, last)


def budget(r: Reader) -> Budget | None:
    year, amount = _year(r), _amount(r, "amount")
    if year is None or amount is None:
        return r.wrong("year or amount", "there", None)
    return Budget(r.text("id"), year, amount)


def _sessions(r: Reader) -> tuple[Session, ...]:
    rows = r.record.get("sessions", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        return r.wrong("sessions", "a list such as [{date = 2026-11-22, minutes = 90}]", ())
    if not rows:
        return ()
    inner = type(r)()
    found = []
    taken: set[str] = set()
    for row in rows:
        inner.take({**row, "id": f"a session of {r.record.get('id', '')}"})
        day = inner.day("date")
        if day is None:
            inner.wrong("date", "a date such as 2026-11-22", None)
            continue
        session = Session(
            _session_id(row, taken),
            day,
            _time(inner, "start"),
            _minutes(inner),
            _flag(inner, "in_school_hours"),
            inner.text("place"),
            _people(inner.texts("attends")),
        )
        taken.add(session.id)
        found.append(session)
    r.problems += inner.problems
    return tuple(sorted(found, key=in_order))


def in_order(session: Session) -> tuple[date, time, str]:
    """By which sessions stand in order: those of a day without a time first."""
    return session.date, session.start or time(), session.id


def _session_id(row: Record, taken: set[str]) -> str:
    """The session's id; one written by hand without gets it from its content."""
    name = row.get("id")
    if isinstance(name, str) and name and name not in taken:
        return name
    base = f"s-{zlib.crc32(repr(sorted(row.items(), key=str)).encode()):08x}"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def _word(r: Reader, key: str, words: type[_E], instead: Any) -> Any:
    text = r.text(key)
    if not text:
        return instead
    try:
        return words(text.casefold())
    except ValueError:
        told = ", ".join(f'"{word}"' for word in words)
        return r.wrong(key, f"one of {told}", instead)


def _people(texts: Sequence[str]) -> tuple[Attendee, ...]:
    return attendees(";".join(texts)) if texts else ()


def _amount(r: Reader, key: str) -> Decimal | None:
    value = r.record.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return r.wrong(key, "an amount such as 120.50", None)
    try:
        return amount(str(value))
    except RefusedError:
        return r.wrong(key, "an amount such as 120.50", None)


def _flag(r: Reader, key: str) -> bool | None:
    value = r.record.get(key)
    if value is None or isinstance(value, bool):
        return value
    return r.wrong(key, "true or false", None)


def _time(r: Reader, key: str) -> time | None:
    value = r.record.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, time):  # TOML's own
        return value.replace(second=0, microsecond=0, tzinfo=None)
    try:
        return clock_time(str(value))
    except RefusedError:
        return r.wrong(key, "a time such as 13:30", None)


def _minutes(r: Reader) -> int | None:
    value = r.record.get("minutes")
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_MINUTES:
        return value
    return r.wrong("minutes", f"a number from 1 to {MOST_MINUTES}", None)


def _year(r: Reader) -> int | None:
    value = r.record.get("year")
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and value in YEARS:
        return value
    return r.wrong("year", "the year in which the academic year begins, such as 2026", None)


# --- from the head ---


def amount(text: str, label: str = "") -> Decimal:
    """Pounds and pence, or days, as typed: "£1,200.50". Raises RefusedError for anything else."""
    shown = text.strip()
    bare = shown.removeprefix("£").replace(",", "").strip()
    try:
        value = Decimal(bare)
        good = value.is_finite() and 0 <= value < MOST_POUNDS and value == round(value, 2)
    except InvalidOperation:
        good = False
    if not good or not bare.isascii() or "_" in bare:
        before = f"{label}: " if label else ""
        raise RefusedError(
            f"{before}“{shown[:40]}” isn't an amount of 0 or more with at most two decimals, "
            "such as 120.50."
        )
    return round(value, 2)


def clock_time(text: str) -> time:
    """A time of day as typed: 13:30, 13.30 or 9:15; seconds, which files have, are left out.

    Raises RefusedError for anything else.

    Not `time.fromisoformat`: it takes 15.45 for three o'clock, and 15:45Z for a time that no other
    can be compared with.
    """
    found = re.fullmatch(r"(\d{1,2})[:.](\d{2})(?::[0-5]\d)?", text.strip(), re.ASCII)
    try:
        if found is None:
            raise ValueError(text)
        return time(int(found[1]), int(found[2]))
    except ValueError:
        raise RefusedError(f"“{text.strip()[:40]}” isn't a time; write it as 13:30.") from None


def tidy(text: str) -> str:
    """A text of one line as it is kept."""
    return wording.plain(text.encode("utf-8", "replace").decode("utf-8")[: LONGEST * 2])[
        :LONGEST
    ].strip()


def values_of(given: Activity, taken: set[str]) -> Values:
    """An activity as its record is written, without its id. `taken`: ids of sessions elsewhere.

    Raises:
        RefusedError: it has no title, or something in it can't be kept.
    """
    from navigator.records import record_file
    from navigator.records.store import prose

    title = tidy(given.title)
    if not title:
        raise RefusedError("An activity needs a title, such as “Mastering Number”.")
    if given.opens and given.closes and given.closes < given.opens:
        raise RefusedError(f"Recruitment to “{title}” can't close before it opens.")
    sessions = []
    ids = set(taken)
    for session in sorted(given.sessions, key=in_order):
        if session.minutes is not None and not 0 < session.minutes <= MOST_MINUTES:
            raise RefusedError(f"A session takes from 1 to {MOST_MINUTES} minutes.")
        name = (
            session.id
            if session.id and session.id not in ids
            else record_file.new_id("session", ids)
        )
        ids.add(name)
        sessions.append(_session_values(name, session))
    return {
        "title": title,
        "provider": given.provider,
        "provider_name": tidy(given.provider_name),
        "kind": str(given.kind),
        "programme": given.programme,
        "status": str(given.status),
        "audience": _texts(given.audience),
        "year_groups": _texts(given.year_groups),
        "attends": _people_texts(given.attends),
        "release_days": _number(given.release_days),
        "fee": _number(given.fee),
        "subsidy": _number(given.subsidy),
        "penalty": _number(given.penalty),
        "places": given.places,
        "prerequisites": tidy(given.prerequisites),
        "opens": given.opens,
        "closes": given.closes,
        "source": tidy(given.source),
        "checked": given.checked,
        "notes": prose(given.notes),
        "trial": given.trial or None,
        "parts": _texts(given.parts),
        "quality": _texts(given.quality),
        "mechanisms": _texts(given.mechanisms),
        "practice": prose(given.practice),
        "evidence": prose(given.evidence),
        "again": prose(given.again),
        "year": given.year,
        "sessions": sessions,
    }


def _session_values(name: str, session: Session) -> Mapping[str, Any]:
    values = {
        "id": name,
        "date": session.date,
        "start": session.start,
        "minutes": session.minutes,
        "in_school_hours": session.in_school_hours,
        "place": tidy(session.place),
        "attends": _people_texts(session.attends),
    }
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def day_values(title: str, kind: str, first: date, last: date) -> Values:
    """Days of one's own as their record is written. Raises RefusedError."""
    if kind not in DAY_KINDS:
        raise RefusedError(f"Days are a holiday, inset or term, not “{kind[:40]}”.")
    if last < first:
        raise RefusedError(
            f"“{tidy(title) or kind}” can't end on {wording.day(last)}, before it begins on "
            f"{wording.day(first)}."
        )
    return {"title": tidy(title), "kind": kind, "first": first, "last": last}


def _texts(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(text for text in map(tidy, texts) if text))


def _people_texts(people: Sequence[Attendee]) -> list[str]:
    """Attendees as their text reads back: the signs that part them become others."""
    told = []
    for person in people:
        role = tidy(person.role.replace(";", ",").replace(":", ","))
        name = tidy(person.name.replace(";", ","))
        if role or name:
            told.append(Attendee(role, name).text())
    return list(dict.fromkeys(told))


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    value = amount(str(value))
    return int(value) if value == value.to_integral_value() else float(value)
