"""The yearly review of a school's local learning system: printed, written to a file, written on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.cli.common import a_urn, standard_input, warn
from navigator.cli.record import MOST_READ, opened
from navigator.cli.sharing import add_own_and_force
from navigator.core import clock
from navigator.core.errors import RefusedError
from navigator.core.keys import Key
from navigator.core.record import REVIEWED

if TYPE_CHECKING:
    from navigator.cli.common import Commands
    from navigator.service import Service
    from navigator.view.review import LocalReview

COMMANDS = ("review",)

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


def add_to(commands: Commands) -> None:
    """Add the command's arguments."""
    command = commands.add_parser(
        "review",
        help="your local learning system under six features, with your words",
        description=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("urn", type=a_urn, metavar="URN")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--html", metavar="FILE", help="one page for a heads' meeting; - prints it")
    form.add_argument("--markdown", metavar="FILE", help="Markdown; - prints it")
    form.add_argument("--json", action="store_true", help="one JSON object")
    form.add_argument(
        "--write",
        nargs=2,
        metavar=("FEATURE", "WORDS"),
        help='keep your words on a feature, in place of this year\'s; "" takes them away, '
        "- reads them from standard input",
    )
    add_own_and_force(command)
    command.set_defaults(command=_review)


def _review(given: argparse.Namespace) -> int:
    with opened() as service:
        warn(service.problem)
        if given.write:
            return _write(service, given.urn, *given.write)
        shown = _shown(service, given.urn, given.parts)
        if given.html or given.markdown:
            form = "html" if given.html else "markdown"
            return _to_file(shown, form, given.html or given.markdown, force=given.force)
        from navigator.export.review import review_json, review_text

        print(review_json(shown) if given.json else review_text(shown))
    return 0


def _shown(service: Service, urn: int, parts: list[str]) -> LocalReview:
    from navigator.records import settings

    held = settings.load()
    shown = service.review(urn, clock.today(), held.units, radius=held.radius, parts=parts)
    warn(*shown.landscape.notices)
    return shown


def _to_file(shown: LocalReview, form: str, target: str, *, force: bool) -> int:
    from navigator.export import review
    from navigator.storage import whole_file

    data = review.document(form, shown, clock.today())
    if target == "-":
        sys.stdout.buffer.write(data)
        return 0
    school = shown.landscape.school
    name = whole_file.file_name(school.name, f"{school.urn} review", review.SUFFIXES[form])
    file = whole_file.place(Path(target), name)
    with whole_file.whole(file, force=force) as out:
        out.write(data)
    held = review.held_text(shown)
    print(f"Wrote {file}." + (f" {held} Think who should see it." if held else ""))
    return 0


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
