"""The parser, made of the table of commands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import partial

from navigator import __version__
from navigator.cli import out
from navigator.cli.commands import COMMANDS
from navigator.cli.common import Parser, near

NAMES = [command.name for command in COMMANDS]
OF_WORDS = ("plan", "facts")
"""The commands that a word follows, which has a help of its own."""


def asked(arguments: Sequence[str]) -> Callable[[], int]:
    """What runs the command that the words ask for. Wrong usage is said, and raises SystemExit."""
    words = _with_command(arguments)
    given = parser(words).parse_args(words)
    return partial(out.run, given, words)


def _with_command(arguments: Sequence[str]) -> list[str]:
    """`navigator 139217` and `navigator` mean `navigator open …`, `navigator help` its help."""
    if arguments[:1] == ["help"]:
        return _help(arguments[1:])
    if len(arguments) > 1 and arguments[0] in OF_WORDS and arguments[1] == "help":
        return _help([arguments[0], *arguments[2:]])
    for argument in arguments:
        if argument in NAMES or argument in ("-h", "--help", "-V", "--version"):
            return list(arguments)
        if not argument.startswith("-"):
            break
    if arguments and arguments[0][:1].isalpha():
        _refuse_mistyped(arguments[0])
        words = [word for word in arguments if not word.startswith("-")]
        if len(words) > 1:
            Parser(prog="navigator").error(
                f"to search by name, run: navigator find {' '.join(words)[:80]}"
            )
    return ["open", *arguments]


def _help(asked: Sequence[str]) -> list[str]:
    """What prints the help of a command ("plan import"), or of all."""
    words = [word for word in asked if not word.startswith("-") and word != "help"]
    if not words:
        return ["--help"]
    if words[0] not in NAMES:
        _refuse_mistyped(words[0])
        Parser(prog="navigator").error(f"there is no command {words[0][:40]!r}")
    return [*(words if words[0] in OF_WORDS else words[:1]), "--help"]


def _refuse_mistyped(word: str) -> None:
    """A word close to a command's name is no URN of `navigator URN`, but that command mistyped."""
    if meant := near(word, ("help", *NAMES)):
        Parser(prog="navigator").error(f"there is no command {word[:40]!r}: did you mean {meant}?")


def parser(words: Sequence[str]) -> Parser:
    """The parser of every command; only the one that the words name has its arguments. Where they
    begin with it, the others are left out: making them is longer than reading what is given."""
    whole = Parser(
        prog="navigator",
        description="Every body that could support a school in England, on one screen and offline.",
        epilog="\n  ".join(("examples:", *(line for c in COMMANDS for line in c.examples))),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("-V", "--version", action="version", version=f"navigator {__version__}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True, parser_class=Parser)
    asked = next((word for word in words if word in NAMES), "")
    alone = asked and words[0] == asked
    for command in (c for c in COMMANDS if c.name == asked or not alone):
        inner = commands.add_parser(command.name, help=command.help)
        if command.name == asked:
            command.complete(inner)
    return whole
