"""What a name that was given to a command means: one school, or one body.

Words of a school's address (its town, street or trust) find it but don't name it: a command that
writes a file must not take a school whose town is "Notts" for Nottinghamshire.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from navigator.core.errors import NotFoundError, SeveralError
from navigator.core.keys import BODY_KINDS, Key
from navigator.domain.index import with_key
from navigator.domain.naming import listing
from navigator.register.search_words import ABBREVIATED, FILLERS, key

if TYPE_CHECKING:
    from navigator.core.model import School
    from navigator.core.record import OwnRecord
    from navigator.domain.index import Index, Listed
    from navigator.register import FoundSchools

LOOKED_AT = 8
"""Schools, of those that the finder finds first."""

BESIDE = 4
"""Bodies that are named beside schools that a text fits."""

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
    if not named and not exactly and not found.near_to:
        named = _of_code(found, text)
    named = [s for s in named if s.is_open] or named
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
    if (key_of := Key(text.strip())).kind == "school":
        text = key_of.name
    elif _is_key(text):
        return _of_key(index, Key(text.strip()), day, record, kinds)
    with suppress(NotFoundError):
        return school(search, text, exactly=True)
    bodies = index.find(text, day, record)
    exact = [b for b in bodies.exact if not kinds or b.key.kind in kinds]
    if any(body.is_called(text) for body in exact):
        return index.called(text, day, record, kinds)
    try:
        one = school(search, text)
    except SeveralError as schools:
        county = index.county(text, day, record)
        beside = exact or [b for b in bodies.all if _fits(b, text, kinds)]
        beside = [county, *beside] if county else beside
        also = f" Or: {_keys(beside[:BESIDE])}." if beside else ""
        raise SeveralError(f"{schools}{also}") from None
    except NotFoundError as no_school:
        try:
            return index.called(text, day, record, kinds)
        except SeveralError:
            raise
        except NotFoundError as no_body:
            if county := index.county(text, day, record):
                raise NotFoundError(
                    f"No school or other body is called “{text[:60]}”: did you mean "
                    f"{with_key(county)}?"
                ) from None
            raise NotFoundError(f"{no_school} {no_body}") from None
    if others := [b for b in bodies.all if not kinds or b.key.kind in kinds]:
        raise SeveralError(
            f"“{text[:60]}” fits several: {one.name} ({one.urn}), {_keys(others)}. "
            "Give a number or key."
        )
    return one


def _is_key(text: str) -> bool:
    """Whether a text is written as a key, "trust:3111", and not as a name with a colon."""
    kind, colon, name = text.strip().partition(":")
    return bool(colon and kind.isalpha() and name[:1].strip())


def _of_key(
    index: Index, asked: Key, day: date, record: OwnRecord, kinds: Collection[str]
) -> Listed:
    """The body of a key. Raises NotFoundError, which tells a key from a name."""
    taken = [kind for kind in BODY_KINDS if kind != "school" and (not kinds or kind in kinds)]
    kind = asked.kind.casefold()
    if kind not in taken:
        raise NotFoundError(
            f"“{asked[:60]}” is no key that is taken here. Give a URN, or one of these with what "
            f"it names: {', '.join(f'{kind}:…' for kind in taken)}"
        )
    for body in index.on(day, record):
        if body.key.casefold() == asked.casefold():
            return body
    called = BODY_KINDS[kind].lower()
    raise NotFoundError(
        f"No {called} has the key {asked[:60]}. To find one by name, run: navigator find WORDS"
    )


def _of_code(found: FoundSchools, text: str) -> list[School]:
    """The schools that a number, postcode or website finds: it has no word of a name."""
    typed = "".join(text.upper().split())
    if here := [s for s in found if "".join(s.postcode.upper().split()) == typed]:
        return here
    whole = typed.replace("/", "").replace("-", "")
    is_code = (whole.isdigit() and len(whole) > 5) or ("." in typed and " " not in text.strip())
    return [*found] if is_code and len(found) == 1 and not found.nearest else []


def _fits(body: Listed, text: str, kinds: Collection[str]) -> bool:
    """Whether the name of a body of some kinds, or of any, has the words."""
    return (not kinds or body.key.kind in kinds) and _has_words(key(body.name), key(text))


def _keys(bodies: Collection[Listed]) -> str:
    return listing(map(with_key, bodies))


def _without_the(name: str) -> str:
    return key(name).removeprefix("the ")


def _has_words(name: str, typed: str) -> bool:
    """Whether each telling word that was typed begins a word of a name, or is short for one."""
    words = typed.split()
    held = name.split()
    return bool(words) and all(
        any(word.startswith(way) for word in held for way in (t, *ABBREVIATED.get(t, ())[:1]))
        for t in [t for t in words if t not in FILLERS] or words
    )
