"""Every command, declared once: its name, its help, where it is, and examples.

`main` makes the parser, the help and its examples of this table. The module of a command is
imported when the command is run or asked for help, never before.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from navigator.cli import out

if TYPE_CHECKING:
    from navigator.cli.common import Parser

Run = Callable[[Namespace], int]
"""Runs a command with what was given; gives the exit code."""


class CliCommand:
    """A command. `where` is a function of a module beside this one, as "show.find".

    It is given the command's parser, adds the arguments, and gives what runs the command.
    The `examples` are lines of the help.
    """

    def __init__(self, name: str, help: str, where: str, *examples: str) -> None:
        self.name, self.help, self.where, self.examples = name, help, where, examples

    def complete(self, parser: Parser) -> None:
        """Add the arguments, and what runs the command as `command`."""
        module, _, function = self.where.partition(".")
        add: Callable[[Parser], Run] = getattr(import_module(f"{__package__}.{module}"), function)
        parser.set_defaults(command=add(parser))
        out.add_to(parser, self.name)


COMMANDS = (
    CliCommand(
        "open",
        "open the app (what `navigator [URN]` does)",
        "show.open_app",
        "navigator                        find a school by name, town, postcode or URN",
        "navigator 139217                 open a school's landscape",
    ),
    CliCommand(
        "show",
        "print a school's landscape",
        "show.show",
        "navigator show 139217            print it as plain text (good with a screen reader)",
        "navigator show 139217 --json     … as one line of JSON; --out FILE writes a file",
    ),
    CliCommand(
        "find",
        "list schools that match words, a postcode or a URN",
        "show.find",
        "navigator find st joseph leeds   list schools that match",
    ),
    CliCommand(
        "update",
        "load all of England from DfE, or from its download",
        "update.update",
        "navigator update                 load all of England from DfE; --from FILE by hand",
    ),
    CliCommand(
        "changes",
        "what changed since the register before",
        "changes.changes",
        "navigator changes                what changed around you since the register before",
    ),
    CliCommand(
        "serve",
        "open the app in a browser, on this computer only (127.0.0.1)",
        "serve.serve",
        "navigator serve                  the app in a browser, on this computer only",
    ),
    CliCommand(
        "facts",
        "take in a published list of hubs (CSV, XLSX, ODS, a saved page), beside ours",
        "facts.facts",
        "navigator facts import FILE --programme english-hub     a list as it was published",
    ),
    CliCommand(
        "check-facts",
        "name every fault in a folder of facts",
        "status.check_facts",
        "navigator check-facts FOLDER     name every fault in a table of facts",
    ),
    CliCommand(
        "note",
        "write a note; prints its id once it is safe",
        "record.note",
        'navigator note 139217 "They share their planning" --tag shares',
    ),
    CliCommand(
        "notes",
        "list notes, the newest first",
        "record.notes",
        "navigator notes planning         notes that hold a word; --due: those to look at again",
    ),
    CliCommand(
        "bookmark",
        "keep a school or another body at hand",
        "record.bookmark",
        "navigator bookmark 139217        keep a school at hand; navigator bookmarks lists them",
    ),
    CliCommand("bookmarks", "list bookmarks, in your order", "record.bookmarks"),
    CliCommand(
        "set",
        "say what you know better: a school's hub or network, a body that closed",
        "corrections.correct",
        "navigator set 139217 maths-hub East Midlands West    say what you know better",
    ),
    CliCommand(
        "corrections",
        "list what you set, and what is published",
        "corrections.corrections",
        "navigator corrections --export FILE                  … and all of it as a table to send",
    ),
    CliCommand(
        "backup",
        "write all that you keep into one .zip",
        "backup.backup",
        "navigator backup FILE            all that you keep, in one file; navigator restore FILE",
    ),
    CliCommand("restore", "bring a backup back; asks before it replaces", "backup.restore"),
    CliCommand(
        "export",
        "write landscapes as a file: a page for governors, a table, all of England",
        "export.export",
        "navigator export 139217 --html FILE     a page for governors; also --markdown, --csv, "
        "--json",
        "navigator export england --csv FILE     a row for each school in England",
    ),
    CliCommand(
        "match",
        "find the URN of each school of a list, and say how sure it is",
        "matching.match",
        "navigator match schools.xlsx     the list with each school's URN, and how sure that is",
        "navigator match list.csv --name Academy --out -      … its names under “Academy”; printed",
    ),
    CliCommand(
        "locality",
        "figures about an authority, district, region, or what is around a school",
        "locality.locality",
        "navigator locality Nottingham    figures about a place; also a district, region, URN "
        "--radius 3",
    ),
    CliCommand(
        "overlap",
        "what a school shares with the schools around it",
        "locality.overlap",
        "navigator overlap 139217         what it shares with the schools around it",
    ),
    CliCommand(
        "review",
        "your local learning system under six features, with your words",
        "review.review",
        "navigator review 139217 --html FILE     your local learning system on a page, for a "
        "heads' meeting",
    ),
    CliCommand(
        "plan",
        "plan the year's professional learning: list, show, add, import, export",
        "plan.plan",
        "navigator plan list --closing 30        professional learning; navigator plan --help",
    ),
    CliCommand(
        "status",
        "which register, which facts, where files lie",
        "status.status",
        "navigator status                 which register, which facts, where every file lies",
    ),
    CliCommand(
        "completion",
        "print a script with which a shell completes commands by Tab",
        "completing.completion",
        "navigator completion bash        a script for bash; also zsh, fish, powershell",
    ),
    CliCommand("man", "print the manual as a man page", "manual.man"),
)
