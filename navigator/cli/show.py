"""The app, landscapes printed, and the search: what most people type."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from navigator.cli import opening
from navigator.cli.common import FIND, a_limit, a_urn, add_as_at, add_json, standard_input, warn
from navigator.cli.files import add_forms, chosen
from navigator.cli.printing import fitting, print_landscapes
from navigator.core import clock, wording
from navigator.core.errors import NotFoundError, RefusedError
from navigator.core.keys import KINDS_TOGETHER, is_urn
from navigator.export import forms

if TYPE_CHECKING:
    from datetime import date

    from navigator.cli.commands import Run
    from navigator.cli.common import Parser
    from navigator.domain.index import FoundBodies, Listed
    from navigator.register import FoundSchools
    from navigator.service import Service
    from navigator.view.search_results import SearchResults

OF_EACH = 5
"""Bodies of a kind that are printed beneath the schools."""

ANOTHER_DAY = "the landscape of another day"


def open_app(command: Parser) -> Run:
    command.add_argument(
        "urn", nargs="?", type=a_urn, help="open this school; without it your own, or the finder"
    )
    add_as_at(command, ANOTHER_DAY)
    return _open


def show(command: Parser) -> Run:
    command.add_argument(
        "urns",
        nargs="+",
        metavar="URN",
        help="one or more URNs; - reads them from standard input; or the name of a school, trust, "
        "council …, or its key (trust:4903)",
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
    command.add_argument("--kind", choices=KINDS_TOGETHER, help="all of one kind, and no school")
    add_json(command)
    return _find


def _open(given: argparse.Namespace) -> int:
    return opening.open_app(given.urn, given.as_at)


def _show(given: argparse.Namespace) -> int:
    form, _ = chosen(given, forms.SHOWN)
    day = given.as_at or clock.today()
    if any(word == "-" or is_urn(word) for word in given.urns):
        return print_landscapes(_urns(given.urns), day, form.id, why=given.why)
    return _show_named(" ".join(given.urns), form.id, given)


def _show_named(text: str, form: str, given: argparse.Namespace) -> int:
    """Print the school of a name, or the page of the body of a name, code or key."""
    from navigator.domain.index import Listed
    from navigator.service import Service

    service, day = Service(), given.as_at or clock.today()
    if service.knows_nothing_like(text, day):
        if text.strip().isdigit():
            return len([*_urns([text])])  # it says what a URN is, and ends
        nothing = f"Nothing is called “{text[:80]}”." if text.strip() else "Nothing was asked for."
        warn(wording.SAMPLE_NOTICE if service.info.sample else "")
        raise NotFoundError(f"{nothing} {FIND}")
    meant = service.meant(text, day)
    if isinstance(meant, Listed):
        return _print_page(service, meant, text, form, day)
    return print_landscapes([meant.urn], day, form, why=given.why)


def _print_page(service: Service, body: Listed, typed: str, form: str, day: date) -> int:
    from navigator.export import markdown, text
    from navigator.export.locality import page_documents
    from navigator.records import settings

    if form == "json":
        raise RefusedError(
            f"{body.name} is no school: its page is printed as text or with --markdown."
        )
    once = body.once_called(typed)
    warn(service.problem, f"{once}." if once else "")
    page = service.page(body.key, None, day, settings.load().units)
    documents = page_documents(page)
    told = markdown.draw(documents) if form == "markdown" else fitting(text.draw(documents))
    print(told, end="")
    return 0


def _urns(words: Iterable[str]) -> Iterator[int]:
    for word in words:
        for text in standard_input().split() if word == "-" else [word]:
            try:
                yield a_urn(text)
            except argparse.ArgumentTypeError as error:
                warn(str(error))
                sys.exit(2)


def _find(given: argparse.Namespace) -> int:
    from navigator.service import Service

    service = Service()
    warn(service.problem)
    words = " ".join(given.words)
    box = service.found(words, clock.today(), given.limit)
    if given.kind:
        found = _of_kind(box.bodies, given, words, service)
    else:
        found = _schools_and_others(box, given, service)
    if not found:
        sample = service.info.sample
        hint = wording.SAMPLE_NOTICE if sample else wording.try_instead(words)
        kind = KINDS_TOGETHER.get(given.kind, "").lower()
        nothing = f"none of the {kind} matches" if kind else "no school matches"
        warn(f"{nothing} {words[:80]!r}. {hint}")
        return 1
    if service.info.sample:
        warn(wording.SAMPLE_NOTICE)
    return 0


def _schools_and_others(box: SearchResults, given: argparse.Namespace, service: Service) -> int:
    """Print what was found, in the order of the finder; gives how many."""
    others = sum(map(len, box.bodies.kinds.values()))
    if given.json or not others:
        return _schools(box.schools, given, service)
    if box.bodies.near:
        warn(wording.NEAREST_BODIES)
    before, after = (_groups(box, kinds) for kinds in box.kinds)
    named = [f"{box.of_the_name}:", *_lines(box, box.above)] if box.above else []
    above = "\n\n".join(filter(None, ("\n".join(named), before)))
    if above:
        print(above)
    if above and box.schools:
        print()
    number = _schools(box.schools, given, service)
    if after and (above or number):
        print()
    if after:
        print(after)
    return number + others


def _schools(schools: FoundSchools, given: argparse.Namespace, service: Service) -> int:
    """Print schools, and what is to be said of them; gives how many."""
    from navigator.export.contract import headed, school_json
    from navigator.export.text import school_text
    from navigator.records import settings

    if schools.near_to:
        warn(schools.near_to.said)
    elif schools and schools.nearest:
        warn(wording.NEAREST)
    units = settings.load().units
    for school in schools:
        if given.json:
            told = school_json(school, *service.links(school.urn), schools.near_to)
            print(headed(told, service.info))
        else:
            print(school_text(school, wording.length(schools.away(school), units)))
    if len(schools) == given.limit:
        warn(f"These are the first {given.limit}; --limit {given.limit * 5} shows more.")
    return len(schools)


def _groups(box: SearchResults, kinds: Iterable[str]) -> str:
    """The first of some kinds of bodies, by their keys."""
    return "\n\n".join("\n".join(_group(box, kind)) for kind in kinds)


def _group(box: SearchResults, kind: str) -> Iterator[str]:
    found = box.bodies.kinds[kind]
    yield f"{kind} ({len(found):,}):"
    yield from _lines(box, found[:OF_EACH])
    if more := wording.and_more(len(found) - OF_EACH, f"--kind {found[0].key.kind} lists them"):
        yield f"  {more}"


def _lines(box: SearchResults, bodies: Iterable[Listed]) -> Iterator[str]:
    from navigator.export.text import found_body

    return (f"  {found_body(body.told(box.text))}" for body in bodies)


def _of_kind(bodies: FoundBodies, given: argparse.Namespace, text: str, service: Service) -> int:
    """Print the bodies of one kind; gives how many there are."""
    from navigator.export.contract import body_json, headed
    from navigator.export.text import found_body

    found = bodies.kinds.get(KINDS_TOGETHER[given.kind], [])
    for body in found[: given.limit]:
        told = body.told(text)
        print(headed(body_json(told), service.info) if given.json else found_body(told))
    if len(found) > given.limit:
        warn(f"These are the first {given.limit} of {len(found):,}; --limit 1000 shows all.")
    return len(found)
