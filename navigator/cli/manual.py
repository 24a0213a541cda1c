"""Every command as the parser has it: for the page of commands, the man page and completion."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from navigator.cli.commands import COMMANDS
from navigator.cli.common import inner
from navigator.cli.main import parser

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser

Parsers = dict[tuple[str, ...], argparse.ArgumentParser]

ENDS = """\
What was asked for is printed on standard output, all else on standard error. A command ends with 0
where it did what was asked, with 1 where something wasn't found or was refused (and says what to do
next), and with 2 where it was typed wrongly."""


def man(command: Parser) -> Run:
    command.description = "Print the manual as a man page: navigator man | man -l -"
    return _man


def _man(_given: argparse.Namespace) -> int:
    print(man_page(), end="")
    return 0


# --- the parser, walked ---


def parsers(name: str = "") -> Parsers:
    """Every command's parser, or that of one, and those of its own commands, by the words that
    lead there."""
    found: Parsers = {}

    def add(words: tuple[str, ...], of: argparse.ArgumentParser) -> None:
        found[words] = of
        for word, next_one in inner(of).items():
            add((*words, word), next_one)

    for command in COMMANDS:
        if name in ("", command.name):
            add((command.name,), inner(parser([command.name]))[command.name])
    return found


def actions(of: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """The arguments of a command, without its help, its own commands, and former names."""
    for action in of._actions:  # argparse has no public way to list them
        not_shown = isinstance(action, argparse._SubParsersAction | argparse._HelpAction)
        if not not_shown and action.help != argparse.SUPPRESS:
            yield action


def arguments(of: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """(argument as it is typed, what it is) of a command."""
    for action in actions(of):
        many = action.nargs if isinstance(action.nargs, int) and action.nargs else 1
        names = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
        if action.choices:
            names = "|".join(map(str, action.choices))
        words = names if isinstance(names, tuple) else (names,) * many
        given = " ".join(word for word in words if word)
        if action.nargs == "+":
            given += " …"
        elif action.nargs in ("?", "*"):
            given = f"[{given}{' …' if action.nargs == '*' else ''}]"
        yield " ".join(filter(None, (*action.option_strings, given))), action.help or ""


def what_it_does(words: tuple[str, ...], of: argparse.ArgumentParser) -> str:
    """What a command does: its description, else its help as a sentence."""
    help = {c.name: c.help for c in COMMANDS}.get(words[0], "") if len(words) == 1 else ""
    return (of.description or (f"{help[0].upper()}{help[1:]}." if help else "")).rstrip()


# --- the man page ---


def man_page() -> str:
    """The man page, in roff's man macros, made of the parser. It names no version or day, so that
    the same program makes the same page."""
    lines = [
        '.TH NAVIGATOR 1 "" "Navigator" "User Commands"',
        ".SH NAME",
        r"navigator \- every body that could support a school in England, on one screen, offline",
        ".SH SYNOPSIS",
        ".B navigator",
        "[URN]",
        ".br",
        ".B navigator",
        r"COMMAND [\-\-help]",
        ".SH DESCRIPTION",
        "Without a command it opens the app: on the school of a URN, else on your own, else on the",
        "finder.",
        ".PP",
        *_roff(ENDS),
        ".SH COMMANDS",
    ]
    for words, of in parsers().items():
        lines.append(f".SS navigator {_quiet(' '.join(words))}")
        description = what_it_does(words, of)
        if "\n" in description:
            lines += [".nf", *_roff(description), ".fi"]
        else:
            lines += _roff(description)
        for shown, said in arguments(of):
            lines += [".TP", f".B {_quiet(shown)}", *_roff(said)]
    examples = [line for command in COMMANDS for line in command.examples]
    lines += [".SH EXAMPLES", ".nf", *_roff("\n".join(examples)), ".fi"]
    lines += [
        ".SH FILES",
        *_roff("navigator status names every file. NAVIGATOR_DATA_DIR and NAVIGATOR_CONFIG_DIR "),
        "name other folders for the register and for what you keep.",
    ]
    return "\n".join(lines) + "\n"


def _roff(text: str) -> list[str]:
    return [_quiet(line) for line in text.splitlines()]


def _quiet(line: str) -> str:
    r"""A line in which nothing is a request of roff's, and a hyphen is the one that is typed."""
    line = line.replace("\\", r"\e").replace("-", r"\-")
    line = "".join(sign if sign.isascii() else rf"\[u{ord(sign):04X}]" for sign in line)
    return rf"\&{line}" if line.startswith((".", "'", " ")) else line
