"""Landscapes printed: as text for a person, or in a form for a program."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable
from datetime import date
from functools import partial

from navigator.cli.common import warn
from navigator.cli.streams import print_cleaned
from navigator.core.errors import NavigatorError

MANY = 1_000
"""From so many schools on it is quicker to read all of England ahead."""


def print_landscapes(urns: Iterable[int], day: date, form: str, *, why: bool = False) -> int:
    from navigator.export.landscapes import SHOWN
    from navigator.records import settings
    from navigator.service import Service

    service = Service()
    units = settings.load().units
    warn(service.problem)
    code = 0
    wanted = list(urns)  # a word that is no URN: before anything is shown
    if len(wanted) >= MANY:
        service.read_ahead(day)
    draw = SHOWN[form](units, why)
    for number, urn in enumerate(wanted):
        try:
            landscape = service.landscape(urn, day)
        except NavigatorError as error:  # the others are still printed
            warn(str(error))
            code = 1
            continue
        if number:
            print({"text": "\n", "markdown": "\n---\n\n"}.get(form, ""), end="")
        if form == "json":
            print_cleaned(draw(landscape))
            warn(*landscape.notices)
        else:
            told = draw(landscape)
            print(_fitting(told) if form == "text" else told)
    return code


def _fitting(text: str) -> str:
    """Lines folded between words to the terminal's width; a pipe or file gets them as they are."""
    if not sys.stdout.isatty():
        return text
    width = shutil.get_terminal_size().columns
    fill = partial(textwrap.fill, width=width, subsequent_indent="    ", break_on_hyphens=False)
    return "\n".join(fill(line) if len(line) > width else line for line in text.split("\n"))
