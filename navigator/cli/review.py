"""The yearly review of a school's local learning system: printed, written to a file, written on."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from navigator.cli.common import describe, open_service, standard_input, the_urn, warn
from navigator.cli.export import PARTS_HELP
from navigator.cli.files import add_force, add_forms, add_parts, chosen, deliver
from navigator.cli.record import MOST_READ
from navigator.core import clock
from navigator.core.errors import RefusedError
from navigator.core.keys import Key
from navigator.core.record import REVIEWED
from navigator.export import forms

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser
    from navigator.service import Service
    from navigator.view.review import LocalReview

HELP = f"""\
Review a school's local learning system under six features: what Navigator knows, and your words.

  navigator review 139217                        print it
  navigator review 139217 --html FILE            one page for a heads' meeting; --markdown, too
  navigator review 139217 --write local-lens "Our town's heads, more than the city."

A school year has one review, and last year's words stand beside this year's. The features:
{", ".join(REVIEWED[:3])},
{", ".join(REVIEWED[3:])}.
Your words are always in it; notes and contacts only as counts and roles, unless you name them.
"""


def review(command: Parser) -> Run:
    describe(command, HELP)
    command.add_argument("urn", metavar="URN", help="the school, by URN or name")
    form = add_forms(command, forms.REVIEW, hint="; - prints it")
    form.add_argument(
        "--write",
        nargs=2,
        metavar=("FEATURE", "WORDS"),
        help='keep your words on a feature, in place of this year\'s; "" takes them away, '
        "- reads them from standard input",
    )
    add_parts(command, forms.REVIEW, PARTS_HELP)
    add_force(command)
    return _review


def _review(given: argparse.Namespace) -> int:
    from navigator.export.review import ReviewExport

    with open_service() as service:
        warn(service.problem)
        urn = the_urn(service, given.urn)
        if given.write:
            return _write(service, urn, *given.write)
        shown = _shown(service, urn, given.parts)
        form, target = chosen(given, forms.REVIEW)
        of, school = ReviewExport(shown), shown.landscape.school
        file = deliver(of, form, target, school.name, f"{school.urn} review", force=given.force)
        if file:
            print(f"Wrote {file}." + (f" {of.held} Think who should see it." if of.held else ""))
    return 0


def _shown(service: Service, urn: int, parts: list[str]) -> LocalReview:
    from navigator.records import settings

    held = settings.load()
    shown = service.review(urn, clock.today(), held.units, radius=held.radius, parts=parts)
    warn(*shown.landscape.notices)
    return shown


def _write(service: Service, urn: int, feature: str, text: str) -> int:
    if feature not in REVIEWED:
        raise RefusedError(
            f"{feature[:40]!r} is none of the six features. Give one of: {', '.join(REVIEWED)}."
        )
    shown = _shown(service, urn, [])
    school = shown.landscape.school
    words = standard_input(MOST_READ) if text == "-" else text
    change = service.records.write_review(
        Key.school(school.urn), school.name, feature, words, review=shown.id
    )
    print(change.id)
    return 0
