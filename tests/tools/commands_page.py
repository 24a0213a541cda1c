"""docs/commands.md, made of the parser: `python -m tests.tools.commands_page` writes it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from navigator.cli.commands import COMMANDS
from navigator.cli.main import parser

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"

INTRODUCTION = """\
# Every command

What `navigator COMMAND --help` says, on one page. The page is made of the program itself, by
`python -m tests.tools.commands_page`, and a test holds it to that.

What was asked for is printed on standard output, all else on standard error. A command ends with 0
where it did what was asked, with 1 where something wasn't found or was refused (and says what to do
next), and with 2 where it was typed wrongly. `navigator --version` prints the version.
"""

Parsers = dict[tuple[str, ...], argparse.ArgumentParser]


def inner(of: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parsers of the words that may follow, by word."""
    for action in of._actions:  # argparse has no public way to list them
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def parsers() -> Parsers:
    """Every command's parser, and those of its own commands, by the words that lead there."""
    found: Parsers = {}

    def add(words: tuple[str, ...], of: argparse.ArgumentParser) -> None:
        found[words] = of
        for word, next_one in inner(of).items():
            add((*words, word), next_one)

    for command in COMMANDS:
        add((command.name,), inner(parser([command.name]))[command.name])
    return found


def arguments(of: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """(argument as it is typed, what it is) of a command."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        many = action.nargs if isinstance(action.nargs, int) and action.nargs else 1
        names = action.metavar or (action.dest.upper() if action.nargs != 0 else "")
        if action.choices:
            names = "|".join(map(str, action.choices))
        words = names if isinstance(names, tuple) else (names,) * many
        shown = " ".join((*action.option_strings, *(word for word in words if word)))
        if action.nargs == "+":
            shown += " …"
        elif action.nargs in ("?", "*"):
            shown = f"[{shown}{' …' if action.nargs == '*' else ''}]"
        yield shown.replace("|", "\\|"), (action.help or "").replace("|", "\\|")


def page() -> str:
    told = {command.name: command.help for command in COMMANDS}
    lines = [INTRODUCTION]
    for words, of in parsers().items():
        help = told.get(words[0], "") if len(words) == 1 else ""
        lines.append(f"#{'#' * len(words)} navigator {' '.join(words)}\n")
        if of.description and "\n\n  " in of.description:
            lines.append(f"```\n{of.description.rstrip()}\n```\n")
        elif of.description or help:
            lines.append(f"{(of.description or f'{help[0].upper()}{help[1:]}.').rstrip()}\n")
        rows = [f"| `{shown}` | {said} |" for shown, said in arguments(of)]
        if rows:
            lines.append("\n".join(("| argument | |", "|---|---|", *rows)) + "\n")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
