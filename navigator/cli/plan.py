"""The plan of professional learning on the command line."""

from __future__ import annotations

import argparse
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from navigator.cli.common import Parser, a_body, a_date, describe, opened, warn
from navigator.cli.files import add_force, add_forms, add_parts, chosen, deliver
from navigator.cli.record import find
from navigator.core import clock
from navigator.core.errors import NavigatorError, NotFoundError, RefusedError
from navigator.export import forms

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from navigator.cli.commands import Run
    from navigator.core.activity import Activity
    from navigator.service import Service

HELP = """\
Plan the year's professional learning (docs/planning.md):

  navigator plan list --closing 30              what closes within 30 days, the soonest first
  navigator plan show "Mastering Number"        all of an activity, by its title or id
  navigator plan add "Work group" --provider hub:maths-hub/central --date 2026-10-08
  navigator plan import FILE.csv                a row a session; --check only looks
  navigator plan days import FILE.ics           your holidays and INSET days
  navigator plan budget 2026-27 5000            what may be spent
  navigator plan export --html FILE             one page for governors; --markdown, --csv, --ics, --json

Names of people are left out of every file unless you give --with people.
"""  # noqa: E501

STATUSES = ("considering", "applied", "confirmed", "under way", "done", "declined")
KINDS = ("course", "within-school", "network")


def plan(parser: Parser) -> Run:
    describe(parser, HELP)
    inner = parser.add_subparsers(required=True, metavar="WHAT", parser_class=Parser)

    command = inner.add_parser("list", help="the activities, what closes soon first")
    command.add_argument("words", nargs="*", metavar="WORDS", help="only those that hold them all")
    command.add_argument("--status", action="append", default=[], choices=STATUSES)
    command.add_argument("--provider", default="", help="a provider's key, or words of its name")
    command.add_argument("--year", help="only of an academic year, as 2026-27")
    command.add_argument(
        "--closing", type=_days, metavar="DAYS", help="recruitment closes within so many days"
    )
    command.add_argument("--json", action="store_true", help="one JSON object a line; no names")
    command.set_defaults(command=_list)

    command = inner.add_parser("show", help="all that an activity holds")
    command.add_argument("activity", nargs="+", metavar="ACTIVITY", help="its id or title")
    command.add_argument("--json", action="store_true", help="as one JSON object; no names")
    command.set_defaults(command=_show)

    _add_add(inner)

    command = inner.add_parser("import", help="take in a table, all of it or nothing")
    command.add_argument("file", type=Path, metavar="FILE.csv")
    command.add_argument("--check", action="store_true", help="only look; take nothing")
    command.set_defaults(command=_import)

    command = inner.add_parser("export", help="write the plan as a file")
    command.add_argument("activity", nargs="*", metavar="ACTIVITY", help="one, for --ics; or all")
    add_forms(command, forms.PLAN, required=True, hint="; - prints it")
    command.add_argument("--year", help="the academic year of the page, as 2026-27; else this one")
    add_parts(command, forms.PLAN, "with the names of who attends")
    add_force(command)
    command.set_defaults(command=_export)

    command = inner.add_parser("budget", help="set what may be spent in an academic year")
    command.add_argument("year", metavar="YEAR", help="as 2026-27")
    command.add_argument("amount", metavar="POUNDS")
    command.set_defaults(command=_budget)

    command = inner.add_parser("days", help="your holidays and INSET days; import takes a .ics")
    days = command.add_subparsers(metavar="WHAT", parser_class=Parser)
    command.set_defaults(command=_days_list)
    command = days.add_parser("list", help="list them")
    command.set_defaults(command=_days_list)
    command = days.add_parser("import", help="take in the all-day events of a calendar")
    command.add_argument("file", type=Path, metavar="FILE.ics")
    command.add_argument("--check", action="store_true", help="only look; take nothing")
    command.set_defaults(command=_days_import)
    return _list


def _add_add(inner: _SubParsersAction[Parser]) -> None:
    command = inner.add_parser("add", help="a new activity; prints its id once it is safe")
    command.add_argument("title", nargs="*", metavar="TITLE")
    command.add_argument("--template", help="begin from a common programme, as mastering-number")
    command.add_argument("--provider", default="", help="a URN, a body's key, or a name")
    command.add_argument("--kind", choices=KINDS)
    command.add_argument("--status", choices=STATUSES)
    command.add_argument("--date", type=a_date, action="append", default=[], help="a session's day")
    command.add_argument("--start", help="when the sessions start, as 13:30")
    command.add_argument("--minutes", type=int, help="how long they take")
    command.add_argument("--in-school-hours", action="store_true")
    command.add_argument("--place", default="", help="where, or online")
    command.add_argument("--attends", default="", help="roles, with ; between them")
    command.add_argument("--release-days")
    command.add_argument("--fee")
    command.add_argument("--subsidy")
    command.add_argument("--opens", type=a_date, help="recruitment opens")
    command.add_argument("--closes", type=a_date, help="recruitment closes")
    command.add_argument("--source", default="")
    command.add_argument("--checked", type=a_date, help="when you looked at the source")
    command.add_argument("--trial", action="store_true", help="the programme is under trial")
    command.add_argument("--notes", default="")
    command.set_defaults(command=_add)


def _days(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 5:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:40]!r} isn't a number of days")


def _list(given: argparse.Namespace) -> int:
    from navigator.core.activity import Status
    from navigator.domain.plan import listing
    from navigator.domain.plan import year as years
    from navigator.export import plan as told

    with opened() as service:
        every = service.record().activities
        if not every:
            warn('there is no plan yet. To begin one, run: navigator plan add "a title"')
            return 0
        rows = listing.rows(
            every,
            clock.today(),
            status=[Status(s) for s in given.status],
            provider=given.provider,
            year=years.parse(given.year) if given.year else None,
            closing=given.closing,
            words=" ".join(given.words),
        )
        for row in rows:
            print(
                told.activity_json(row.activity, people=False) if given.json else told.row_text(row)
            )
        if not rows:
            warn(f"no activity fits. There are {len(every):,}; navigator plan list shows them.")
            return 1
    return 0


def _one(service: Service, words: list[str]) -> Activity:
    from navigator.domain.plan import listing

    text = " ".join(words)
    found = listing.called(service.record().activities, text)
    if not found:
        raise NotFoundError(f"No activity is called “{text[:80]}”. Run: navigator plan list")
    if len(found) > 1:
        ids = ", ".join(f"{a.id} ({a.title[:40]})" for a in found[:5])
        raise RefusedError(f"{len(found)} activities fit “{text[:80]}”. Give an id: {ids}.")
    return found[0]


def _show(given: argparse.Namespace) -> int:
    from navigator.export import plan as told

    with opened() as service:
        activity = _one(service, given.activity)
        if given.json:
            print(told.activity_json(activity, people=False))
        else:
            print(told.activity_text(activity, clock.today(), service.supply_rate()))
    return 0


def _add(given: argparse.Namespace) -> int:
    from navigator.core.activity import Activity, Kind, Session, Status, attendees
    from navigator.domain.plan import programmes
    from navigator.records import plan

    with opened() as service:
        key, name = _provider(service, given.provider)
        began = programmes.start(given.template) if given.template else Activity("", "")
        start = plan.clock_time(given.start) if given.start else None
        sessions = tuple(
            Session("", day, start, given.minutes, given.in_school_hours or None, given.place)
            for day in given.date
        )
        amounts: dict[str, Any] = {
            field: plan.amount(getattr(given, field), f"--{field.replace('_', '-')}")
            for field in ("release_days", "fee", "subsidy")
            if getattr(given, field) is not None
        }
        change = service.records.add_activity(
            began._replace(
                title=" ".join(given.title) or began.title,
                provider=key,
                provider_name=name,
                kind=Kind(given.kind) if given.kind else began.kind,
                status=Status(given.status) if given.status else began.status,
                attends=attendees(given.attends),
                sessions=sessions,
                opens=given.opens,
                closes=given.closes,
                source=given.source or began.source,
                checked=given.checked,
                trial=given.trial,
                notes=given.notes,
                **amounts,
            )
        )
        print(change.id)
        if given.trial:
            warn(programmes.TRIAL)
    return 0


def _provider(service: Service, text: str) -> tuple[str, str]:
    """A provider's key and name: a body by URN or key, else a name as it was typed."""
    kind = text.partition(":")[0]
    from navigator.records.store import KEYS

    if (text.isascii() and text.isdigit()) or (":" in text and kind in KEYS):
        try:
            return find(service, a_body(text))
        except argparse.ArgumentTypeError as error:
            raise RefusedError(str(error)) from None
    return "", text


def _read(file: Path) -> bytes:
    from navigator.domain.plan.table import MOST_BYTES

    try:
        with file.open("rb") as held:
            return held.read(MOST_BYTES + 1)
    except OSError as error:
        raise NavigatorError(
            f"{file} can't be read ({error.strerror}). Nothing was taken."
        ) from None


def _import(given: argparse.Namespace) -> int:
    from navigator.core import wording
    from navigator.domain.plan import money, table

    read = table.read(_read(given.file))
    if read.faults:
        for fault in read.faults:
            print(f"{given.file}, {wording.plain(str(fault))}")
        warn(f"{wording.count(len(read.faults), 'fault')} to mend. Nothing was taken.")
        return 1
    with opened() as service:
        merged = table.merge(service.record().activities, read.activities)
        if not given.check:
            service.records.take_in_activities(merged.added, merged.changed)
        sessions = sum(len(a.sessions) for a in read.activities)
        release = sum((a.release_days for a in read.activities if a.release_days), Decimal())
        print(
            f"{'Would take' if given.check else 'Took'} "
            f"{wording.count(len(read.activities), 'activity', 'activities')} with "
            f"{wording.count(sessions, 'session')} and {money.days(release)} of release: "
            f"{len(merged.added):,} new, {len(merged.changed):,} changed, {merged.same:,} the same."
        )
    return 0


def _budget(given: argparse.Namespace) -> int:
    from navigator.domain.plan import money
    from navigator.domain.plan import year as years
    from navigator.records import plan

    year, amount = years.parse(given.year), plan.amount(given.amount, "The budget")
    with opened() as service:
        service.records.set_budget(year, amount)
        print(f"Budget for {years.name(year)}: {money.pounds(amount)}")
    return 0


# --- out ---


def _export(given: argparse.Namespace) -> int:
    from navigator.domain.plan import year as years
    from navigator.export.plan import PlanExport
    from navigator.records import settings

    form, target = chosen(given, forms.PLAN)
    people = "people" in given.parts
    with opened() as service:
        every = service.record().activities
        if given.activity and form.id not in forms.ACTIVITY.files:
            raise RefusedError(f"One activity is written with --ics or --json, not --{form.id}.")
        picked = (_one(service, given.activity),) if given.activity else every
        if not picked:
            raise RefusedError('There is no plan yet. Run: navigator plan add "a title"')
        year = years.parse(given.year) if given.year else years.year_of(clock.today())
        of = PlanExport(service, picked, year, people, settings.load().school)
        title = picked[0].title if given.activity else "Professional learning"
        file = deliver(of, form, target, title, clock.today().isoformat(), force=given.force)
        if file:
            print(f"Wrote {file}.")
        if of.held:
            warn("it holds names of people. Think who should see it.")
        elif any(a.names_people for a in picked):
            warn("names of people were left out; --with people puts them in.")
    return 0


# --- days ---


def _days_list(_given: argparse.Namespace) -> int:
    with opened() as service:
        days = sorted(service.record().days, key=lambda d: (d.first, d.last))
        if not days:
            warn("there are no days of your own yet. Run: navigator plan days import FILE.ics")
        for day in days:
            print(f"{day.id}  {_day_text(day)}")
    return 0


def _day_text(day: Any) -> str:
    from navigator.core import wording

    until = f" to {wording.short_day(day.last)}" if day.last != day.first else ""
    kind = "INSET" if day.kind == "inset" else day.kind
    return f"{kind}  {wording.short_day(day.first)}{until}  {wording.plain(day.title)}".rstrip()


def _days_import(given: argparse.Namespace) -> int:
    from navigator.core import wording
    from navigator.domain.plan import calendar

    data = _read(given.file)
    with opened() as service:
        found = calendar.read_days(data, service.record().days)
        if not given.check:
            service.records.add_days(found.days)
        for day in found.days:
            print(_day_text(day))
        did = "Would take" if given.check else "Took"
        print(f"{did} {wording.count(len(found.days), 'entry', 'entries')}.")
        warn(*found.said)
    return 0
