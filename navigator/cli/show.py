"""The app, landscapes printed, and the search: what most people type."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from navigator.cli.common import a_limit, a_urn, add_as_at, add_json, standard_input, warn
from navigator.cli.files import add_forms, chosen
from navigator.core import clock
from navigator.core.errors import NavigatorError, NotFoundError
from navigator.export import forms

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser

ANOTHER_DAY = "the landscape of another day"


def open_app(command: Parser) -> Run:
    command.add_argument(
        "urn", nargs="?", type=a_urn, help="open this school; without it your own, or the finder"
    )
    add_as_at(command, ANOTHER_DAY)
    return _open


def show(command: Parser) -> Run:
    command.add_argument(
        "urns", nargs="+", metavar="URN", help="one or more URNs; - reads them from standard input"
    )
    add_as_at(command, ANOTHER_DAY)
    command.add_argument(
        "--why", action="store_true", help="also why each is there, how sure, source and date"
    )
    add_forms(command, forms.SHOWN)
    return _show


def find(command: Parser) -> Run:
    command.add_argument("words", nargs="+", metavar="WORDS")
    command.add_argument("--limit", type=a_limit, default=20, help="at most this many (20)")
    add_json(command)
    return _find


def _open(given: argparse.Namespace) -> int:
    in_browser = "WebDriver" in os.environ.get("TEXTUAL_DRIVER", "")  # as `navigator serve` does
    # Textual takes keys from the first of the three and draws on the last
    terminal = all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    if not in_browser and (not terminal or os.environ.get("TERM") in ("dumb", "unknown")):
        # A pipe, a file, or a terminal that can't place a cursor: the same facts as text.
        if given.urn is None:
            warn(
                "no terminal to open the app in. "
                "Give a URN (navigator show 139217) or search (navigator find WORDS)."
            )
            return 2
        return _print_landscapes([given.urn], given.as_at or clock.today(), "text")
    import gc

    # Until the first frame nearly all that is made stays: looking for garbage in it costs a tenth
    # of the time to first paint. The app turns it on again.
    gc.disable()
    from navigator.records import settings
    from navigator.service import Service

    service, held = Service(), settings.load()
    day = given.as_at or clock.today()
    landscape = None
    if given.urn is not None:
        # Found out before the app opens, so that a mistyped URN is one sentence in the terminal.
        landscape = service.landscape(given.urn, day)
    elif held.school is not None:
        try:
            landscape = service.landscape(held.school, day)
        except NotFoundError:
            pass  # not in this register, the sample perhaps: the finder opens
        except NavigatorError as error:
            held = replace(held, problem=str(error))

    from navigator.ui.app import NavigatorApp

    app = NavigatorApp(service, held, landscape=landscape, as_at=given.as_at)
    app.run()
    return app.return_code or 0


def _show(given: argparse.Namespace) -> int:
    form, _ = chosen(given, forms.SHOWN)
    return _print_landscapes(
        _urns(given.urns), given.as_at or clock.today(), form.id, why=given.why
    )


def _urns(words: Iterable[str]) -> Iterator[int]:
    for word in words:
        for text in standard_input().split() if word == "-" else [word]:
            try:
                yield a_urn(text)
            except argparse.ArgumentTypeError as error:
                warn(str(error))
                sys.exit(2)


def _print_landscapes(urns: Iterable[int], day: date, form: str, *, why: bool = False) -> int:
    from navigator.export.landscapes import SHOWN
    from navigator.records import settings
    from navigator.service import Service

    service = Service()
    units = settings.load().units
    warn(service.problem)
    code = 0
    for number, urn in enumerate(list(urns)):  # a word that is no URN: before anything is shown
        try:
            landscape = service.landscape(urn, day)
        except NavigatorError as error:  # the others are still printed
            warn(str(error))
            code = 1
            continue
        if number:
            print({"text": "\n", "markdown": "\n---\n\n"}.get(form, ""), end="")
        told = SHOWN[form](landscape, units, why=why)
        print(_fitting(told) if form == "text" else told)
        if form == "json":
            warn(*landscape.notices)
    return code


def _fitting(text: str) -> str:
    """Lines folded between words to the terminal's width; a pipe or file gets them as they are."""
    if not sys.stdout.isatty():
        return text
    width = shutil.get_terminal_size().columns
    fill = partial(textwrap.fill, width=width, subsequent_indent="    ", break_on_hyphens=False)
    return "\n".join(fill(line) if len(line) > width else line for line in text.split("\n"))


def _find(given: argparse.Namespace) -> int:
    from navigator.core import wording
    from navigator.export.contract import school_json
    from navigator.export.text import school_text
    from navigator.records import settings
    from navigator.service import Service

    service = Service()
    warn(service.problem)
    words = " ".join(given.words)
    schools = service.search(words, given.limit)
    if not schools:
        sample = service.info.sample
        hint = wording.SAMPLE_NOTICE if sample else wording.try_instead(words)
        warn(f"no school matches {words[:80]!r}. {hint}")
        return 1
    if schools.near_to:
        warn(schools.near_to.said)
    elif schools.nearest:
        warn(wording.NEAREST)
    units = settings.load().units
    for school in schools:
        if given.json:
            print(school_json(school, *service.links(school.urn), schools.near_to))
        else:
            print(school_text(school, wording.length(schools.away(school), units)))
    if len(schools) == given.limit:
        warn(f"These are the first {given.limit}; --limit {given.limit * 5} shows more.")
    if service.info.sample:
        warn(wording.SAMPLE_NOTICE)
    return 0
