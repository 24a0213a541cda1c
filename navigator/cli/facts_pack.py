"""Newer facts in one file, a pack: take it, look at what it would change, go back."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.cli.common import open_service, warn
from navigator.core import clock
from navigator.core.errors import RefusedError

if TYPE_CHECKING:
    from navigator.service import FactsNews, Service

SOME = 15
"""Lines of a kind of what changed that are printed."""


def update_facts(given: argparse.Namespace) -> int:
    """What `navigator update --facts …` does."""
    if given.path:
        raise RefusedError("--from is for the register; name a pack of facts behind --facts.")
    if given.again:
        raise RefusedError("--again is for the register: a pack of facts is fetched each time.")
    with open_service() as service:
        if given.undo:
            _say(service.undo_facts(_school(), clock.today()), "Went back to", "")
            return 0
        take = not given.check
        if "://" in (where := _where(given.facts)):
            from navigator.register.fetch import fetch_file

            with tempfile.TemporaryDirectory() as folder:
                file = fetch_file(where, Path(folder), most=MOST)
                return _take(service, file, take=take)
        return _take(service, Path(where).expanduser(), take=take)


MOST = 20_000_000
"""Bytes of a pack: ours has 0.2 million."""


def _where(given: str) -> str:
    """The file or address that was given, else the address in the settings."""
    from navigator.records import settings

    if given:
        return given
    found = settings.load()
    warn(found.problem)
    if not found.facts_url:
        raise RefusedError(
            "Which facts? Give a file or an https:// address behind --facts, or set facts_url in "
            "settings.toml."
        )
    return found.facts_url


def _school() -> int | None:
    from navigator.records import settings

    return settings.load().school


def _take(service: Service, file: Path, *, take: bool) -> int:
    news = service.take_facts(file, _school(), clock.today(), take=take)
    if take:
        _say(news, "Took", "To go back, run: navigator update --facts --undo")
    else:
        _say(news, "Would take", "Nothing was taken. To take them, leave --check out.")
    return 0


def _say(news: FactsNews, did: str, then: str) -> None:
    from navigator.core import wording

    print(f"{did} the facts of {wording.day(news.day)} ({news.version}), where {news.before} were.")
    if news.for_school is None:
        print("No school of yours is set, so what changes for it isn't told: navigator URN asks.")
    else:
        _list(f"For {news.school}:", news.for_school, "nothing changes")
    _list("In all:", news.tables, "the hubs are the same")
    if then:
        print(then)


def _list(head: str, lines: Iterable[str], none: str) -> None:
    from navigator.core import cleaning, wording

    found = [cleaning.plain(line) for line in lines]
    print(head if found else f"{head} {none}.")
    for line in found[:SOME]:
        print(f"  {line}")
    if more := wording.and_more(len(found) - SOME):
        print(f"  {more}")
