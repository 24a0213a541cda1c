"""Published lists on the command line: looked at, kept as facts of the head's own, taken back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.cli.common import Parser, describe, open_service, standard_input, warn
from navigator.core import clock
from navigator.core.errors import RefusedError

if TYPE_CHECKING:
    from navigator.cli.commands import Run

HELP = """\
Take in a list of hubs as it was published, such as GOV.UK's Teaching School Hubs:

  navigator facts import hubs.ods --programme teaching-school-hub
  navigator facts import page.html --programme maths-hub --check      only look
  navigator facts import - --programme english-hub --source ADDRESS   lines that are pasted or piped
  navigator facts import --undo --programme english-hub               back; again, and forth

It shows what was understood, each doubt with its line, and keeps it only when you say yes (--keep
says it beforehand). What is in doubt is left out, never guessed. It is kept as facts of your own,
beside those of Navigator, which stay beneath. Columns for people, telephone numbers, e-mail
addresses and names with a title (Mr, Dr …) aren't kept. A name without one may look like that of a
hub: look at what is shown before you say yes.
"""

MOST_PASTED = 2_000_000
"""Characters."""


def facts(parser: Parser) -> Run:
    describe(parser, HELP)
    inner = parser.add_subparsers(required=True, metavar="WHAT", parser_class=Parser)
    command = inner.add_parser("import", help="take in a published list of a programme's hubs")
    command.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="CSV, XLSX, ODS, a web page saved as HTML; - for lines that are piped in",
    )
    command.add_argument(
        "--programme", required=True, metavar="ID", help="whose hubs they are, such as english-hub"
    )
    command.add_argument(
        "--source", default="", metavar="TEXT", help="where the list is from, such as its address"
    )
    command.add_argument("--sheet", default="", metavar="NAME", help="of a workbook, which sheet")
    command.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="KIND=HEAD",
        help="what a column says, where that isn't seen: areas=Coverage, or lead=2 by its number",
    )
    way = command.add_mutually_exclusive_group()
    way.add_argument("--check", action="store_true", help="only look; keep nothing")
    way.add_argument("--keep", action="store_true", help="keep it without being asked")
    way.add_argument("--undo", action="store_true", help="go back to what was before")
    command.set_defaults(command=_import)
    return _import  # never run by itself: a word must follow


def _import(given: argparse.Namespace) -> int:
    from navigator.view import list_review

    with open_service() as service:
        if given.undo:
            listed, name = service.undo_list(given.programme)
            what = "your list before is in use again" if listed else "Navigator's facts alone stand"
            print(f"Went back, for {name}: {what}.")
            return 0
        if not given.file:
            raise RefusedError("Name the file with the list, or - for lines that are piped in.")
        piped = given.file == "-"
        found = service.understand_list(
            standard_input(MOST_PASTED) if piped else Path(given.file).expanduser(),
            given.programme,
            source=given.source,
            sheet=given.sheet,
            columns=_columns(given.column),
            day=clock.today(),
        )
        print("\n".join(list_review.text(found)))
        if given.check:
            print("Nothing was kept. To keep it, leave --check out.")
            return 0
        if not given.keep and not _ask(piped=piped):
            warn("nothing was kept.")
            return 1
        service.keep_list(found)
        print(f"Kept as facts of your own, from {found.source}. Ours stay beneath.")
        print(f"To go back, run: navigator facts import --undo --programme {found.programme.id}")
    return 0


def _columns(given: list[str]) -> dict[str, str]:
    found = {}
    for text in given:
        kind, sign, head = text.partition("=")
        if not sign or not head.strip():
            raise RefusedError(f"“{text[:60]}” is to be KIND=HEAD, such as areas=Coverage.")
        found[kind.strip()] = head.strip()
    return found


def _ask(*, piped: bool) -> bool:
    if piped or not sys.stdin.isatty():
        warn("there is no terminal to ask on. Give --keep to keep it, or --check to look only.")
        return False
    print("Keep this, without what is in doubt? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold()[:1] == "y"
