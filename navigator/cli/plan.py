"""The plan of professional learning on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from navigator.cli import plan_changes, plan_cover, plan_days
from navigator.cli.common import Parser, describe, open_service, the_plan_body, warn
from navigator.cli.files import add_force, add_forms, add_parts, chosen, deliver
from navigator.core import clock, dates
from navigator.core.errors import RefusedError
from navigator.core.paths import typed_path
from navigator.export import forms

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.core.activity import Activity
    from navigator.domain.plan.schools import PlanSchools
    from navigator.domain.plan.table_merge import Merge
    from navigator.service import Service

UNDONE = 3
"""Titles that an undo says at most."""

HELP = """\
Plan the year's professional learning (docs/planning.md):

  navigator plan list --closing 30              what closes within 30 days, the soonest first
  navigator plan show "Mastering Number"        all of an activity, by its title or id
  navigator plan add "Work group" --provider hub:maths-hub/central --date 8/10/26
  navigator plan import FILE.csv                a row a session; --check only looks
  navigator plan days import FILE.ics           your holidays and INSET days
  navigator plan edit "Work group" --fee 120 --sessions "19 Nov, 21 Jan, 1-4pm"
  navigator plan status confirmed "Work group"  navigator plan remove takes one out
  navigator plan copy 2026-27 --to 2027-28      roll the year forward; --check only looks
  navigator plan undo                           undo what such a command changed last; again, and forth
  navigator plan budget 2026-27 5000            what may be spent
  navigator plan cover --week 5/10/26           who is out which half day; --term, --html, --csv
  navigator plan export --html FILE             one page for governors; --markdown, --csv, --ics, --json

Names of people are left out of every file unless you give --with people.
"""  # noqa: E501


def plan(parser: Parser) -> Run:
    from navigator.core.activity import Status

    describe(parser, HELP)
    inner = parser.add_subparsers(required=True, metavar="WHAT", parser_class=Parser)

    command = inner.add_parser("list", help="the activities, what closes soon first")
    command.add_argument("words", nargs="*", metavar="WORDS", help="only those that hold them all")
    command.add_argument("--status", action="append", default=[], choices=[*map(str, Status)])
    command.add_argument("--provider", default="", help="a provider's key, or words of its name")
    command.add_argument("--year", help="only of an academic year, as 2026-27")
    _add_whose(command)
    command.add_argument(
        "--closing", type=_days, metavar="DAYS", help="recruitment closes within so many days"
    )
    command.add_argument("--json", action="store_true", help="one JSON object a line; no names")
    command.set_defaults(command=_list)

    command = inner.add_parser("show", help="all that an activity holds")
    command.add_argument("activity", nargs="+", metavar="ACTIVITY", help="its id or title")
    command.add_argument("--json", action="store_true", help="as one JSON object; no names")
    command.set_defaults(command=_show)

    plan_changes.add_commands(inner)

    command = inner.add_parser("import", help="take in a table, all of it or nothing")
    command.add_argument("file", type=typed_path, metavar="FILE.csv")
    command.add_argument("--check", action="store_true", help="only look; take nothing")
    command.set_defaults(command=_import)

    command = inner.add_parser("export", help="write the plan as a file")
    command.add_argument("activity", nargs="*", metavar="ACTIVITY", help="one, for --ics; or all")
    add_forms(command, forms.PLAN, required=True, hint="; - prints it")
    command.add_argument("--year", help="the academic year of the page, as 2026-27; else this one")
    add_parts(
        command,
        forms.PLAN,
        "with names of who attends, your notes (table) or reflections (page)",
    )
    _add_whose(command)
    add_force(command)
    command.set_defaults(command=_export)

    plan_cover.add_command(inner)

    command = inner.add_parser("undo", help="undo what a command of the plan changed last")
    command.set_defaults(command=_undo)

    command = inner.add_parser("budget", help="set what may be spent in an academic year")
    command.add_argument("year", metavar="YEAR", help="as 2026-27")
    command.add_argument("amount", metavar="POUNDS")
    command.add_argument(
        "--for", dest="name", default="", metavar="NAME", help="a part of it: maths, trust …"
    )
    command.set_defaults(command=_budget)

    plan_days.add_command(inner)
    return _list


def _add_whose(command: Parser) -> None:
    """Options for whose plan is meant, where it is of several schools."""
    for kind in ("school", "trust"):
        command.add_argument(
            f"--{kind}",
            action="append",
            default=[],
            metavar=kind.upper(),
            help=f"only of this {kind}, by its name or number; may be given again",
        )


def _schools(service: Service, given: argparse.Namespace) -> PlanSchools:
    """The schools of the plan, and which of them are meant. Raises NavigatorError."""
    told = [(text, kind) for kind in ("school", "trust") for text in getattr(given, kind)]
    keys = [the_plan_body(service, text, (kind,)) for text, kind in told]
    return service.plan_schools(keys)


def _days(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) < 5:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:40]!r} isn't a number of days")


def _list(given: argparse.Namespace) -> int:
    from navigator.core.activity import Status
    from navigator.domain.plan import listing
    from navigator.export import plan as told
    from navigator.export.contract import headed

    with open_service() as service:
        every = service.record().activities
        if not every:
            warn('there is no plan yet. To begin one, run: navigator plan add "a title"')
            return 0
        rows = listing.rows(
            _schools(service, given).narrowed(service.record()).activities,
            clock.today(),
            status=[Status(s) for s in given.status],
            provider=given.provider,
            year=dates.academic_year(given.year) if given.year else None,
            closing=given.closing,
            words=" ".join(given.words),
        )
        for row in rows:
            print(
                headed(told.activity_json(row.activity, people=False), service.info)
                if given.json
                else told.row_text(row, clock.today())
            )
        if not rows:
            warn(f"no activity fits. There are {len(every):,}; navigator plan list shows them.")
            return 1
    return 0


def _show(given: argparse.Namespace) -> int:
    from navigator.export import plan as told
    from navigator.export.contract import headed

    with open_service() as service:
        activity = plan_changes.one(service, given.activity)
        if given.json:
            print(headed(told.activity_json(activity, people=False), service.info))
        else:
            rate, schools = service.supply_rate(), service.plan_schools()
            print(told.activity_text(activity, clock.today(), rate, schools))
    return 0


def _import(given: argparse.Namespace) -> int:
    from navigator.core import cleaning, wording
    from navigator.domain.plan import table_merge, table_read

    read = table_read.read(plan_days.bytes_of(given.file))
    warn(*read.said)
    with open_service() as service:
        merged = table_merge.merge(service.record().activities, read.given)
        if faults := read.faults or merged.faults:
            for fault in faults:
                print(f"{given.file}, {cleaning.plain(str(fault))}")
            warn(f"{wording.count(len(faults), 'fault')} to mend. Nothing was taken.")
            return 1
        if not given.check and (merged.added or merged.changed):
            after = [after for _, after in merged.changed]
            service.records.remember(*service.records.take_in(merged.added, after))
        for line in _told(merged):
            print(cleaning.printable(line))
        days = [s.date for a in read.activities for s in a.sessions]
        gone = wording.count(merged.gone, "session")
        print(
            f"{'Would take' if given.check else 'Took'} "
            f"{wording.count(len(read.activities), 'activity', 'activities')} with "
            f"{wording.count(len(days), 'session')}{_between(days)} "
            f"and {_release(read.activities)}: "
            f"{len(merged.added):,} new, {len(merged.changed):,} changed, {merged.same:,} the same"
            f"{f'; {gone} taken out' if merged.gone else ''}."
        )
        if not given.check and (merged.added or merged.changed):
            warn("navigator plan undo takes it back.")
    return 0


def _release(activities: Sequence[Activity]) -> str:
    """The release days of a table: "2 days of release", and of how many it doesn't tell."""
    from navigator.domain.plan import money

    told = [days for a in activities if (days := money.release_days(a)) is not None]
    lacking = len(activities) - len(told)
    if lacking and not told:
        return f"release days {money.NOT_KNOWN}"
    more = f" ({money.NOT_KNOWN} for {lacking:,})" if lacking else ""
    return f"{money.days(sum(told, Decimal()))} of release{more}"


def _told(merged: Merge) -> Iterator[str]:
    """What a table does, activity by activity and field by field."""
    from navigator.core import wording
    from navigator.domain.plan import table_merge

    for a in merged.added:
        sessions = wording.count(len(a.sessions), "session")
        said = wording.joined(a.title, a.provider_name or a.provider, sessions, sign=", ")
        yield f"new: {said}"
    for before, after in merged.changed:
        yield f"changed: {before.id} {before.title}"
        yield from (f"  {line}" for line in table_merge.differences(before, after))


def _undo(_given: argparse.Namespace) -> int:
    from navigator.core import cleaning, wording
    from navigator.records.kinds import KINDS

    with open_service() as service:
        titles = {a.id: a.title for a in service.record().activities}
        done, again = service.records.undo_remembered()
        titles |= {a.id: a.title for a in service.record().activities}
        which = [titles[change.id] for change in done if change.id in titles]
        one, many = KINDS[done[0].kind].words
        did = {
            "taken out": sum(change.after is None for change in done),
            "put in" if again else "brought back": sum(change.before is None for change in done),
            "changed" if again else "changed back": sum(
                bool(change.before and change.after) for change in done
            ),
        }
        told = (f"{wording.count(n, one, many)} {what}" for what, n in did.items() if n)
        way, back = ("Done again", "undoes it") if again else ("Undone", "does it again")
        named = f": {wording.first_few(which, UNDONE)}" if which else ""
        said = f"{way}: {', '.join(told)}{named}. The same command again {back}."
        print(cleaning.printable(said))
    return 0


def _between(days: list[date]) -> str:
    """ " from Thu 8 October 2026 to Fri 2 July 2027": how a table's dates were understood."""
    if not days:
        return ""
    first, last = min(days), max(days)
    until = f" to {dates.shown(last)}" if last > first else ""
    return f" {'from' if until else 'on'} {dates.shown(first)}{until}"


def _budget(given: argparse.Namespace) -> int:
    from navigator.core.activity import Budget
    from navigator.core.typed import amount as pounds
    from navigator.domain.plan import budgets, money
    from navigator.domain.plan import year as years

    year, amount = dates.academic_year(given.year), pounds(given.amount, "The budget")
    with open_service() as service:
        name = budgets.known_name(service.record().budgets, year, given.name)
        service.records.remember(service.records.add(Budget("", year, amount, name)))
        of = f", {name}" if name else ""
        print(f"Budget for {years.name(year)}{of}: {money.pounds(amount)}")
    return 0


# --- out ---


def _export(given: argparse.Namespace) -> int:
    from navigator.domain.plan import year as years
    from navigator.export.plan import PlanExport
    from navigator.records import settings

    form, target = chosen(given, forms.PLAN)
    people = "people" in given.parts
    with open_service() as service:
        schools = _schools(service, given)
        every = schools.narrowed(service.record()).activities
        if given.activity and form.id not in forms.ACTIVITY.files:
            raise RefusedError(f"One activity is written with --ics or --json, not --{form.id}.")
        picked = (plan_changes.one(service, given.activity),) if given.activity else every
        if not picked:
            if schools.seen is not None:
                raise RefusedError(f"The plan has nothing for {schools.name}.")
            raise RefusedError('There is no plan yet. Run: navigator plan add "a title"')
        year = dates.academic_year(given.year) if given.year else years.year_of(clock.today())
        notes, told = "notes" in given.parts, "reflections" in given.parts
        school = settings.load().school
        of = PlanExport(service, picked, year, people, school, notes, told, schools)
        title = picked[0].title if given.activity else "Professional learning"
        file = deliver(of, form, target, title, clock.today().isoformat(), force=given.force)
        if file:
            print(f"Wrote {file}.")
        if of.held:
            warn("it holds names of people. Think who should see it.")
        warn(*_left_out(picked, form.id, given.parts))
    return 0


def _left_out(picked: Sequence[Activity], form: str, parts: Sequence[str]) -> Iterator[str]:
    """What of the head's own stays out of a file that could hold it, as sentences."""
    from navigator.view import plan_document

    left = {
        "people": ("names of people were", any(a.names_people for a in picked)),
        "notes": ("your notes were", form == "csv" and any(a.notes for a in picked)),
        "reflections": (
            "your reflections were",
            form in ("html", "markdown") and any(map(plan_document.seen, picked)),
        ),
    }
    for part, (what, there) in left.items():
        if there and part not in parts:
            yield f"{what} left out; --with {part} puts them in."
