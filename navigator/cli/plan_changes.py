"""Changes to the plan on the command line: add, edit, status, remove, copy."""

from __future__ import annotations

import argparse
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from navigator.cli.common import Parser, a_body, a_date, a_past_date, open_service, warn
from navigator.cli.record import find
from navigator.core import clock, dates
from navigator.core.errors import NotFoundError, RefusedError
from navigator.core.keys import NO_BODY, Key
from navigator.core.record import BodyRef

if TYPE_CHECKING:
    from argparse import _SubParsersAction
    from collections.abc import Sequence

    from navigator.core.activity import Activity
    from navigator.core.fields import Field
    from navigator.core.session import Session
    from navigator.domain.plan.session_text import ToldSessions
    from navigator.service import Service


def add_commands(inner: _SubParsersAction[Parser]) -> None:
    """The commands that change activities."""
    from navigator.core.activity import Activity, Status

    _add_add(inner)

    command = inner.add_parser("edit", help="change an activity; an empty text empties a field")
    command.add_argument("activity", nargs="+", metavar="ACTIVITY", help="its id or title")
    command.add_argument("--title", help="another title")
    for noun, field in _options():
        if noun is Activity:
            choices = [*map(str, field.words)] or None
            said = "yes or no" if field.value in ("yes", "flag") else field.option
            command.add_argument(_option(field), help=said or None, choices=choices)
    _add_sessions(command, "add sessions by one text")
    command.add_argument(
        "--without", type=a_date, action="append", default=[], metavar="DAY", help="a session's day"
    )
    command.set_defaults(command=_edit)

    command = inner.add_parser("status", help="say how far an activity has come")
    command.add_argument("status", choices=[*map(str, Status)])
    command.add_argument("activity", nargs="+", metavar="ACTIVITY", help="its id or title")
    command.set_defaults(command=_status)

    command = inner.add_parser("remove", help="take an activity out of the plan")
    command.add_argument("activity", nargs="+", metavar="ACTIVITY", help="its id or title")
    command.set_defaults(command=_remove)

    command = inner.add_parser("copy", help="roll a year, or one activity, forward")
    command.add_argument(
        "what", nargs="+", metavar="WHAT", help="an academic year, as 2026-27, or an activity"
    )
    command.add_argument("--to", required=True, metavar="YEAR", help="an academic year")
    command.add_argument("--check", action="store_true", help="only look; copy nothing")
    command.set_defaults(command=_copy)


def _add_sessions(command: Parser, said: str) -> None:
    said = f"{said}, as 'Thursdays 8 Oct, 19 Nov, 1-4pm at X'"
    command.add_argument("--sessions", metavar="TEXT", help=said)


def _add_add(inner: _SubParsersAction[Parser]) -> None:
    from navigator.core.session import Session

    command = inner.add_parser("add", help="a new activity; prints its id once it is safe")
    command.add_argument("title", nargs="*", metavar="TITLE")
    command.add_argument("--template", help="begin from a common programme, as mastering-number")
    for noun, field in _options():
        how: dict[str, Any] = {"help": field.option or None}
        if field.words:
            how["choices"] = [*map(str, field.words)]
        elif field.value in ("yes", "flag"):
            how["action"] = "store_true"
        elif field.value in ("day", "past", "whole"):
            how["type"] = {"day": a_date, "past": a_past_date, "whole": int}[field.value]
        if (noun, field.value) == (Session, "day"):
            how |= {"action": "append", "default": []}
        command.add_argument(_option(field), **how)
    _add_sessions(command, "its sessions in one text")
    command.set_defaults(command=_add)


def _options() -> list[tuple[type, Field]]:
    """The fields that have an option, those that stand last at the end."""
    from navigator.core.activity import in_rows

    found = in_rows(lambda f: f.attribute != "title" and (f.column or f.option is not None))
    return sorted(found, key=lambda pair: pair[1].last)


def _option(field: Field) -> str:
    return f"--{field.attribute.replace('_', '-')}"


def one(service: Service, words: list[str]) -> Activity:
    """The activity that words name. Raises NotFoundError, or RefusedError for several."""
    from navigator.domain.plan import listing

    text = " ".join(words)
    found = listing.called(service.record().activities, text)
    if not found:
        raise NotFoundError(f"No activity is called “{text[:80]}”. Run: navigator plan list")
    if len(found) > 1:
        ids = ", ".join(f"{a.id} ({a.title[:40]})" for a in found[:5])
        raise RefusedError(f"{len(found)} activities fit “{text[:80]}”. Give an id: {ids}.")
    return found[0]


def _provider(service: Service, text: str | None) -> BodyRef:
    """A provider: a body by URN, key or its whole name, else a name as it was typed."""
    named = text or ""
    if (named.isascii() and named.isdigit()) or Key(named).is_body:
        try:
            return find(service, a_body(named))
        except argparse.ArgumentTypeError as error:
            raise RefusedError(str(error)) from None
    known = service.body_called(named, clock.today()) if named.strip() else None
    return known or BodyRef(NO_BODY, named)


def _add(given: argparse.Namespace) -> int:
    from navigator.core.activity import Activity
    from navigator.core.session import Session
    from navigator.core.values import VALUES
    from navigator.domain.plan import programmes, session_text

    with open_service() as service:
        provider = _provider(service, given.provider)
        began = programmes.start(given.template) if given.template else Activity("", "")
        values: dict[type, dict[str, Any]] = {Activity: {}, Session: {}}
        for noun, field in _options():
            value = getattr(given, field.attribute)
            if field.value == "schools" and value:
                value = service.urns_meant(value, clock.today())
            if isinstance(value, str) and value:
                value = VALUES[field.value].typed(value, field._replace(called=_option(field)))
            # 0 is an amount; a flag that wasn't given is False
            if value or (isinstance(value, Decimal | int) and value is not False):
                values[noun][field.attribute] = value
        _check_ticks(values[Activity])
        if "programme" in values[Activity]:
            values[Activity]["programme"] = programmes.id_of(values[Activity]["programme"])
        days = values[Session].pop("date", ())
        told = session_text.read(given.sessions or "", _year(given), service.record().days)
        made = [Session(id="", date=day, **values[Session]) for day in days]
        made += [_filled(session, values[Session]) for session in told.sessions]
        if not made:  # as in the app: what has no session yet is meant for the year that it is
            values[Activity].setdefault("year", _year(given))
        values[Activity] |= {"provider": provider.key, "provider_name": provider.name}
        change = service.records.add(
            began._replace(
                title=" ".join(given.title) or began.title,
                sessions=tuple(made),
                **values[Activity],
            )
        )
        service.records.remember(change)
        print(change.id)
        _tell_schools(service, values[Activity].get("schools", ()))
        _tell_sessions(told)
        if given.trial:
            warn(programmes.TRIAL)
    return 0


def _year(given: argparse.Namespace, activity: Activity | None = None) -> int:
    """The academic year that a date without one is meant in."""
    from navigator.domain.plan import year as years

    if given.year:
        return dates.academic_year(given.year)
    told = years.told_years(activity) if activity else frozenset()
    return max(told, default=years.year_of(clock.today()))


def _filled(session: Session, values: dict[str, Any]) -> Session:
    """A session with what options say of it, where its text says nothing."""
    missing = {n: v for n, v in values.items() if getattr(session, n) in (None, "", ())}
    return session._replace(**missing)


def _tell_schools(service: Service, urns: Sequence[int]) -> None:
    """How many schools an activity is of now, and the first of them, where they are several."""
    if len(urns) > 1:
        warn(f"it is of {len(urns)} schools: {service.plan_schools().first_few(urns)}.")


def _tell_sessions(told: ToldSessions) -> None:
    """How a text of sessions was understood, where it can be read and isn't in the way."""
    from navigator.core import cleaning
    from navigator.domain.plan import session_text

    warn(*(cleaning.printable(line) for line in session_text.lines(told).splitlines()))


def _check_ticks(values: dict[str, Any]) -> None:
    from navigator.domain.plan import coverage

    for name, ticks in coverage.TICKS.items():
        for text in values.get(name, ()):
            if text not in ticks:
                raise RefusedError(f"--{name}: “{text[:40]}” is none of {', '.join(ticks)}.")


def _edit(given: argparse.Namespace) -> int:
    from navigator.core import cleaning
    from navigator.core.activity import Activity
    from navigator.core.values import VALUES
    from navigator.domain.plan import programmes, session_text, table_merge

    with open_service() as service:
        held = one(service, given.activity)
        values: dict[str, Any] = {} if given.title is None else {"title": given.title}
        for noun, field in _options():
            text = getattr(given, field.attribute, None)
            if noun is Activity and text is not None and field.attribute != "provider":
                named = field._replace(called=_option(field))
                if field.value == "schools":
                    text = service.urns_meant(text, clock.today())
                value = VALUES[field.value].typed(text, named) if text.strip() else None
                values[field.attribute] = field.default if value is None else value
        _check_ticks(values)
        if values.get("programme"):
            values["programme"] = programmes.id_of(values["programme"])
        if given.provider is not None:
            ref = _provider(service, given.provider)
            values |= {"provider": ref.key, "provider_name": ref.name}
        told = session_text.read(given.sessions or "", _year(given, held), service.record().days)
        stay = [s for s in held.sessions if s.date not in given.without]
        for day in given.without:
            if all(s.date != day for s in held.sessions):
                raise RefusedError(f"“{held.title}” has no session on {dates.shown(day)}.")
        after = held._replace(**values, sessions=(*stay, *told.sessions))
        if after == held:
            raise RefusedError("Nothing would change: give an option, as --fee 120.")
        service.records.remember(service.records.change(after, seen=held))
        for line in table_merge.differences(held, after):
            print(cleaning.printable(line))
        _tell_schools(service, values.get("schools", ()))
        warn(*told.said, "navigator plan undo takes it back.")
    return 0


def _status(given: argparse.Namespace) -> int:
    from navigator.core import cleaning
    from navigator.core.activity import Status

    with open_service() as service:
        held = one(service, given.activity)
        after = held._replace(status=Status(given.status))
        service.records.remember(service.records.change(after, seen=held))
        print(f"{cleaning.plain(held.title)}: {held.status} → {after.status}")
    return 0


def _remove(given: argparse.Namespace) -> int:
    from navigator.core import cleaning, wording

    with open_service() as service:
        held = one(service, given.activity)
        service.records.remember(service.records.remove("activity", held.id))
        number = wording.count(len(held.sessions), "session")
        print(f"Removed {held.id} {cleaning.plain(held.title)} with {number}.")
        warn("navigator plan undo brings it back.")
    return 0


def _copy(given: argparse.Namespace) -> int:
    from navigator.core import cleaning, wording
    from navigator.domain.plan import forward
    from navigator.domain.plan import year as years

    words = " ".join(given.what)
    to = dates.academic_year(given.to)
    with open_service() as service:
        record = service.record()
        if words[:4].isdigit():
            year = dates.academic_year(words)
            chosen = [a for a in record.activities if year in years.years_of(a)]
        else:
            held = one(service, given.what)
            year = max(years.years_of(held), default=to - 1)
            chosen = [held]
        if not chosen:
            raise RefusedError(f"The plan has nothing in {years.name(year)}.")
        copied = forward.copy(chosen, year, to, record.days, record.activities)
        for line in forward.lines(copied._replace(said=())):
            print(cleaning.printable(line))
        warn(*copied.said)
        if copied.activities and not given.check:
            service.records.remember(*service.records.take_in(copied.activities))
        number = wording.count(len(copied.activities), "activity", "activities")
        print(f"{'Would copy' if given.check else 'Copied'} {number} to {years.name(to)}.")
        if copied.activities and not given.check:
            warn("navigator plan undo takes it back.")
    return 0
