"""The cover sheet on the command line: who is out of class which half day."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from navigator.cli.common import Parser, a_date, open_service, the_plan_body, warn
from navigator.cli.files import add_force, add_forms, add_parts, chosen, deliver
from navigator.core import clock, dates
from navigator.core.errors import RefusedError
from navigator.export import forms

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_command(inner: _SubParsersAction[Parser]) -> None:
    command = inner.add_parser("cover", help="who is out of class, week by week: a sheet for cover")
    which = command.add_mutually_exclusive_group()
    which.add_argument("--week", type=a_date, metavar="DAY", help="only the week of a day")
    which.add_argument("--term", default="", metavar="WORDS", help="only a term, by its name")
    command.add_argument(
        "--year", help="an academic year, as 2026-27; else this one (a week says its own)"
    )
    command.add_argument(
        "--school",
        action="append",
        default=[],
        metavar="SCHOOL",
        help="of a plan of several schools: this one, by its name or number; else your own",
    )
    add_forms(command, forms.COVER, hint="; - prints it")
    add_parts(command, forms.COVER, "with names of who is out")
    add_force(command)
    command.set_defaults(command=_cover)


def _cover(given: argparse.Namespace) -> int:
    from navigator.domain.plan import year as years
    from navigator.export import cover
    from navigator.records import settings

    form, target = chosen(given, forms.COVER)
    people = "people" in given.parts
    if given.week and given.year:
        raise RefusedError("A week says its year: give --week or --year.")
    year = dates.academic_year(given.year) if given.year else years.year_of(clock.today())
    with open_service() as service:
        keys = [the_plan_body(service, text) for text in given.school]
        schools = service.plan_schools(keys)
        if given.week:
            weeks = cover.of_week(service, given.week, schools)
        elif given.term:
            weeks = cover.of_term(service, year, given.term, schools)
        else:
            weeks = cover.of_year(service, year, schools)
        of = cover.CoverExport(service, weeks, people, schools.one() or settings.load().school)
        number = weeks[0].first.isoformat() if len(weeks) == 1 else years.name(year)
        file = deliver(of, form, target, "Cover", number, force=given.force)
        if file:
            print(f"Wrote {file}.")
        if of.held:
            warn("it holds names of people. Think who should see it.")
    return 0
