"""How a command writes what it is asked for: its options, and the file or the printed lines."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.core.errors import RefusedError
from navigator.export import forms

if TYPE_CHECKING:
    from argparse import _MutuallyExclusiveGroup

    from navigator.export.forms import Exported, Form, Subject


def add_forms(
    command: argparse.ArgumentParser, *subjects: Subject, required: bool = False, hint: str = ""
) -> _MutuallyExclusiveGroup:
    """An option for each form of the subjects; `hint` ends the help of those that take a file."""
    group = command.add_mutually_exclusive_group(required=required)
    offered: dict[str, Form] = {}
    for subject in subjects:
        for form in subject.forms:
            offered.setdefault(form.id, form)
    for form in offered.values():
        if form.help and form.prints:
            group.add_argument(f"--{form.id}", action="store_true", help=form.help)
        elif form.help:
            group.add_argument(f"--{form.id}", metavar=form.takes, help=form.help + hint)
    return group


def add_parts(command: argparse.ArgumentParser, subject: Subject, said: str) -> None:
    """What of the head's own may be put in."""
    command.add_argument(
        "--with", dest="parts", action="append", default=[], choices=subject.parts, help=said
    )


OUT, OUT_BEFORE, FORCE = "--out", "--to", "--force"
"""`--out` was `--to` when only `match` had it: that is read where it means nothing else."""


def add_out(command: argparse.ArgumentParser, said: str) -> None:
    """The one option for where a result goes that is else printed."""
    command.add_argument(OUT, metavar="FILE", help=said)
    if OUT_BEFORE not in command._option_string_actions:  # argparse has no public way to ask
        command.add_argument(OUT_BEFORE, dest="out", metavar="FILE", help=argparse.SUPPRESS)


def refuse_two(given: argparse.Namespace, option: str) -> None:
    """Raise RefusedError where two files are named, by --out and by an option that takes one."""
    if given.out not in (None, "-"):
        raise RefusedError(f"{option} and {OUT} each name a file: give one of them.")


def add_force(command: argparse.ArgumentParser) -> None:
    command.add_argument(FORCE, action="store_true", help="replace a file that is there")


def chosen(given: argparse.Namespace, *subjects: Subject) -> tuple[Form, str]:
    """(form, file) asked for: "-" for what is printed, as lines are where no form is given."""
    every = [form for subject in subjects for form in subject.forms]
    for form in every:
        target = getattr(given, form.id.replace("-", "_"), None)
        if target not in (None, False):
            if target is True or target == "-":
                return form, "-"
            if "out" in given:
                refuse_two(given, f"--{form.id}")
            return form, str(target)
    return next(form for form in every if not form.help), "-"


def deliver(
    of: Exported, form: Form, target: str, name: str, number: str = "", *, force: bool = False
) -> Path | None:
    """Print it, or write it to a file or into a folder; gives the file.

    `name` and `number` are the body's, for the name of a file in a folder.

    Raises:
        RefusedError: there is such a file already, or it can't be written.
    """
    from navigator.storage import whole_file

    data = forms.make(form, of)
    if target == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        forms.once_written(form, of)
        return None
    named = whole_file.file_name(name, number, form.suffix)
    file = whole_file.write(target, named, data, force=force, private=of.private)
    forms.once_written(form, of)
    return file
