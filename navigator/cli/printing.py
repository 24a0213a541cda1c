"""Landscapes printed: as text for a person, or in a form for a program."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from navigator.cli.common import warn
from navigator.cli.streams import print_cleaned
from navigator.core.collecting import no_collections
from navigator.core.errors import NavigatorError

if TYPE_CHECKING:
    from navigator.core.landscape import Landscape
    from navigator.domain.landscapes import Sketch

Show = Callable[[int], tuple[str, Sequence[str]]]
"""What is printed of the school of a URN, and its notices."""

WIDEST, HANGING = 98, 2
"""The longest line on a terminal, however wide; by how many cells the rest of one is set in."""
MANY = 1_000
"""From so many schools on it is quicker to read all of England ahead."""


def print_landscapes(urns: Iterable[int], day: date, form: str, *, why: bool = False) -> int:
    from navigator.export.landscapes import SHOWN
    from navigator.records import settings
    from navigator.service import Service

    service = Service()
    units = settings.load().units
    warn(service.problem)
    wanted = list(urns)  # a word that is no URN: before anything is shown
    draw = SHOWN[form](units, why)
    if len(wanted) < MANY:
        return _print_all(partial(_shown, partial(service.landscape, day=day), draw), wanted, form)
    service.read_ahead(day)
    find = partial(service.landscape, day=day, record=service.record())
    show: Show = partial(_shown, find, draw)
    if form == "json":
        show = _line_by_line(partial(service.sketch, day=day, record=service.record()))
    with no_collections():
        return _print_all(show, wanted, form)


def _shown(
    find: Callable[[int], Landscape], draw: Callable[[Landscape], str], urn: int
) -> tuple[str, Sequence[str]]:
    landscape = find(urn)
    return draw(landscape), landscape.notices


def _line_by_line(find: Callable[[int], Sketch]) -> Show:
    """As `_shown`, of thousands as lines of JSON."""
    from navigator.export.lines import LandscapeLines

    lines = LandscapeLines()

    def show(urn: int) -> tuple[str, Sequence[str]]:
        sketch = find(urn)
        return lines.line(sketch), sketch.landscape.notices

    return show


def _print_all(show: Show, urns: Sequence[int], form: str) -> int:
    code, between = 0, {"text": "\n", "markdown": "\n---\n\n"}.get(form)
    for number, urn in enumerate(urns):
        try:
            told, notices = show(urn)
        except NavigatorError as error:  # the others are still printed
            warn(str(error))
            code = 1
            continue
        if number and between:
            print(between, end="")
        if form == "json":
            print_cleaned(told)
            warn(*notices)
        else:
            print(fitting(told) if form == "text" else told)
    return code


def fitting(text: str) -> str:
    """Lines folded to a terminal's width; a pipe or file gets each whole."""
    if not sys.stdout.isatty():
        return text
    return folded(text, min(shutil.get_terminal_size().columns, WIDEST))


def folded(text: str, width: int) -> str:
    """Lines folded between words, a line's second and later ones beneath one another; an address
    stays whole."""
    return "\n".join(_folded(line, width) for line in text.split("\n"))


def _folded(line: str, width: int) -> str:
    if len(line) <= width:
        return line
    indent = " " * (len(line) - len(line.lstrip()) + HANGING)
    endless = any(len(word) > WIDEST for word in line.split())
    return textwrap.fill(
        line,
        width,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=endless,
    )
