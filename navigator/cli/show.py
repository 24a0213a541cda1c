"""The app, landscapes printed, and the search: what most people type."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from navigator.cli import opening
from navigator.cli.common import a_limit, a_urn, add_as_at, add_json, standard_input, warn
from navigator.cli.files import add_forms, chosen
from navigator.cli.printing import print_landscapes
from navigator.core import clock
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
    return opening.open_app(given.urn, given.as_at)


def _show(given: argparse.Namespace) -> int:
    form, _ = chosen(given, forms.SHOWN)
    return print_landscapes(_urns(given.urns), given.as_at or clock.today(), form.id, why=given.why)


def _urns(words: Iterable[str]) -> Iterator[int]:
    for word in words:
        for text in standard_input().split() if word == "-" else [word]:
            try:
                yield a_urn(text)
            except argparse.ArgumentTypeError as error:
                print(f"navigator: {error}", file=sys.stderr)
                sys.exit(2)


def _find(given: argparse.Namespace) -> int:
    from navigator.core import wording
    from navigator.export.contract import school_json
    from navigator.export.text import school_text
    from navigator.service import Service

    service = Service()
    warn(service.problem)
    words = " ".join(given.words)
    schools = service.search(words, given.limit)
    if not schools:
        sample = service.info.sample
        hint = wording.SAMPLE_NOTICE if sample else wording.try_instead(words)
        print(f"navigator: no school matches {words[:80]!r}. {hint}", file=sys.stderr)
        return 1
    if schools.nearest:
        warn(wording.NEAREST)
    for school in schools:
        print(
            school_json(school, *service.links(school.urn)) if given.json else school_text(school)
        )
    if len(schools) == given.limit:
        warn(f"These are the first {given.limit}; --limit {given.limit * 5} shows more.")
    if service.info.sample:
        warn(wording.SAMPLE_NOTICE)
    return 0
