"""Holidays, INSET days and terms of the plan on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.cli.common import Parser, open_service, warn
from navigator.core import clock
from navigator.core.errors import NavigatorError
from navigator.core.paths import typed_path

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from navigator.core.activity import PlanDay


def add_command(inner: _SubParsersAction[Parser]) -> None:
    """The command `days` and its own."""
    command = inner.add_parser("days", help="your holidays and INSET days; import takes a .ics")
    days = command.add_subparsers(metavar="WHAT", parser_class=Parser)
    command.set_defaults(command=_days_list)
    command = days.add_parser("list", help="list them")
    command.set_defaults(command=_days_list)
    command = days.add_parser(
        "import", help="take in the holidays, INSET days and terms of a calendar"
    )
    command.add_argument("file", type=typed_path, metavar="FILE.ics")
    command.add_argument("--check", action="store_true", help="only look; take nothing")
    command.add_argument(
        "--school",
        action="append",
        default=[],
        metavar="SCHOOL",
        help="of a plan of several schools: days of this one only; may be given again",
    )
    for kind, said in (("holiday", "a holiday"), ("inset", "INSET"), ("term", "a term")):
        command.add_argument(
            f"--{kind}",
            action="append",
            default=[],
            metavar="WORDS",
            help=f"take as {said} what has these words in its title",
        )
    command.add_argument(
        "--leave", action="append", default=[], metavar="WORDS", help="leave these out"
    )
    command.set_defaults(command=_days_import)


def bytes_of(file: Path) -> bytes:
    """A file to take in, as far as one may reach. Raises NavigatorError."""
    from navigator.domain.plan.table_read import MOST_BYTES

    try:
        with file.open("rb") as held:
            return held.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise NavigatorError(f"There is no file {file}. Look at its name and folder.") from None
    except OSError as error:
        raise NavigatorError(
            f"{file} can't be read ({error.strerror}). Nothing was taken."
        ) from None


def _days_list(_given: argparse.Namespace) -> int:
    from navigator.core import cleaning

    with open_service() as service:
        days = sorted(service.record().days, key=lambda d: (d.first, d.last))
        if not days:
            warn("there are no days of your own yet. Run: navigator plan days import FILE.ics")
        schools = service.plan_schools()
        for day in days:
            whose = cleaning.plain(schools.call_all(day.schools))
            print(f"{day.id}  {_day_text(day)}{f'  ({whose})' if whose else ''}")
    return 0


def _day_text(day: PlanDay) -> str:
    from navigator.core import cleaning

    kind = "INSET" if day.kind == "inset" else day.kind
    return f"{kind}  {_span_text(day)}  {cleaning.plain(day.title)}".rstrip()


def _span_text(day: PlanDay) -> str:
    from navigator.core import wording

    until = f" to {wording.short_day(day.last)}" if day.last != day.first else ""
    return f"{wording.short_day(day.first)}{until}"


def _days_import(given: argparse.Namespace) -> int:
    from navigator.core import cleaning, wording
    from navigator.domain.plan import calendar_read

    data = bytes_of(given.file)
    with open_service() as service:
        found = calendar_read.read_days(data, service.record().days)
        kinds = {kind: getattr(given, kind) for kind in calendar_read.KINDS}
        urns = [service.plan_body(text, clock.today(), ("school",)).urn for text in given.school]
        of = tuple(dict.fromkeys(urn for urn in urns if urn))
        days = [d._replace(schools=of) for d in calendar_read.picked(found, kinds, given.leave)]
        if not given.check:
            service.records.remember(*service.records.take_in(days))
        taken = {(day.title, day.first, day.last) for day in days}
        for day in days:
            print(_day_text(day))
        asked = [d for d in found.asked if (d.title, d.first, d.last) not in taken]
        for day in asked:
            print(f"?  {_span_text(day)}  {cleaning.plain(day.title)}")
        did = "Would take" if given.check else "Took"
        print(f"{did} {wording.count(len(days), 'entry', 'entries')}.")
        if asked:
            warn(
                f"{wording.count(len(asked), 'entry', 'entries')} (?) not taken: the title doesn't "
                "say for sure. --holiday, --inset or --term with words of a title takes it."
            )
        warn(*found.said)
    return 0
