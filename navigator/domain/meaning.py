"""What a name that was given to a command means: one school, or one body."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from navigator.core.errors import NotFoundError, SeveralError
from navigator.domain.naming import listing
from navigator.register.search_words import key

if TYPE_CHECKING:
    from navigator.core.model import School
    from navigator.core.record import OwnRecord
    from navigator.domain.index import Index, Listed
    from navigator.register import FoundSchools

LOOKED_AT = 8
"""Schools, of those that the finder finds first."""

Search = Callable[[str, int], "FoundSchools"]
"""The finder, of a text and how many at most."""


def school(search: Search, text: str, *, exactly: bool = False) -> School:
    """The one school that a name or number means; `exactly` by its very name.

    Raises:
        NotFoundError: there is none; the text names the nearest. SeveralError: as it says.
    """
    found, typed = search(text, LOOKED_AT), _without_the(text)
    named = [s for s in found if _without_the(s.name) == typed]
    if not named and not exactly:
        named = [s for s in found if _has_words(key(s.name), typed)]
    named = [s for s in named if s.is_open] or named
    if len(found) == 1 and not (found.nearest or found.near_to or exactly):
        named = [*found]
    if len(named) == 1:
        return named[0]
    said = listing(f"{s.name} ({s.urn})" for s in named or found[:3])
    if named:
        raise SeveralError(f"“{text[:60]}” fits several schools: {said}. Give a URN.")
    nearest = f" Nearest: {said}." if said else ""
    raise NotFoundError(f"No school is called “{text[:60]}”.{nearest}")


def of(
    search: Search,
    index: Index,
    text: str,
    day: date,
    record: OwnRecord,
    *,
    kinds: Collection[str] = (),
) -> School | Listed:
    """A school of that very name; else a body of it, of some kinds of key or of any; else the one
    of all that has its words.

    Raises:
        NotFoundError: there is none; the text names the nearest. SeveralError: as it says.
    """
    with suppress(NotFoundError):
        return school(search, text, exactly=True)
    bodies = index.find(text, day, record)
    exact = [b for b in bodies.exact if not kinds or b.key.kind in kinds]
    if any(body.is_called(text) for body in exact):
        return index.called(text, day, record, kinds)
    try:
        one = school(search, text)
    except SeveralError as schools:
        also = f" Or: {_keys(exact)}." if exact else ""
        raise SeveralError(f"{schools}{also}") from None
    except NotFoundError as no_school:
        try:
            return index.called(text, day, record, kinds)
        except SeveralError:
            raise
        except NotFoundError as no_body:
            raise NotFoundError(f"{no_school} {no_body}") from None
    if others := [b for b in bodies.all if not kinds or b.key.kind in kinds]:
        raise SeveralError(
            f"“{text[:60]}” fits several: {one.name} ({one.urn}), {_keys(others)}. "
            "Give a number or key."
        )
    return one


def _keys(bodies: Collection[Listed]) -> str:
    return listing(f"{body.name} ({body.key})" for body in bodies)


def _without_the(name: str) -> str:
    return key(name).removeprefix("the ")


def _has_words(name: str, typed: str) -> bool:
    """Whether each word that was typed begins a word of a name."""
    return all(any(word.startswith(t) for word in name.split()) for t in typed.split())
