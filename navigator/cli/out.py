"""`--out FILE`: what a command would print, written to a file by Navigator itself.

`>` leaves the writing to the shell, and PowerShell 5 reads what comes by the console's code page
and writes UTF-16. A file that is written here is UTF-8 whatever the console is set to, and stands
under its name whole or not at all.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from navigator.cli.common import inner, warn

if TYPE_CHECKING:
    from navigator.cli.common import Parser

OF_RESULTS = {
    "show": False,
    "find": False,
    "changes": False,
    "check-facts": False,
    "notes": True,
    "bookmarks": True,
    "corrections": True,
    "locality": False,
    "overlap": False,
    "review": True,
    "plan list": True,
    "plan show": True,
    "plan cover": True,
    "plan days list": True,
    "status": False,
    "completion": False,
    "man": False,
}
"""The commands that print a result, and whether it may hold what the head wrote: then the file is
for their eyes only at first, as that of an export. `match` has an option of the same name, as it
writes a file without being asked. The others write the files they are asked for, or say what they
did."""

ENDINGS = {"json": ".json", "markdown": ".md", "html": ".html", "csv": ".csv"}
IN_MEMORY = 16_000_000
"""Bytes of a result that are kept in memory until it is whole; what is longer waits on the disk."""


def add_to(command: Parser, name: str) -> None:
    """Give a command, and each of its own, the option where it prints a result."""
    from navigator.cli.files import FORCE, add_force, add_out

    if name in OF_RESULTS:
        add_out(command, "write it to a file, as UTF-8, instead of printing it")
        command.set_defaults(printed=name)
        if FORCE not in command._option_string_actions:  # argparse has no public way to ask
            add_force(command)
    for word, one in inner(command).items():
        add_to(one, f"{name} {word}")


def run(given: argparse.Namespace, words: Sequence[str]) -> int:
    """Run what was asked for, and write what it prints to the file that was given, if any.

    A command that fails before it prints anything leaves no file.

    Raises:
        RefusedError: there is such a file already, or it can't be written.
    """
    if "printed" not in given or given.out in (None, "-"):
        return int(given.command(given))
    from shutil import copyfileobj
    from tempfile import SpooledTemporaryFile

    from navigator.cli import streams
    from navigator.storage import whole_file

    file = whole_file.place(given.out, _name(given, words))
    whole_file.check(file, force=given.force)  # before the work, not after it
    private = OF_RESULTS[given.printed]
    with SpooledTemporaryFile(IN_MEMORY) as made:
        with streams.printing_into(made):
            code = int(given.command(given))
        length = made.tell()
        if code and not length:
            return code
        made.seek(0)
        with whole_file.whole(file, force=given.force, private=private) as out:
            copyfileobj(made, out)
    warn(f"wrote {file}{'' if length else ', which is empty'}.")
    return code


def _name(given: argparse.Namespace, words: Sequence[str]) -> str:
    """The file's name in a folder, by what was typed: "Navigator show 139217.txt"."""
    from itertools import takewhile

    from navigator.storage import whole_file

    said = " ".join(takewhile(lambda word: not word.startswith("-"), words))
    ending = next((end for form, end in ENDINGS.items() if getattr(given, form, None)), ".txt")
    return whole_file.file_name(f"Navigator {said}", "", ending)
