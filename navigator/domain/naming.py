"""Which place people mean by a name or code, however they write it.

A capital, a mark, & for and, "City of", "Borough" and "Council" make no difference. What is most
the same comes first: a code or the whole name, then whole words of it, then a part of a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from navigator.core import wording
from navigator.core.errors import NotFoundError
from navigator.register.search_words import fold

if TYPE_CHECKING:
    from navigator.directory import Directory, Former

T = TypeVar("T")
ByNames = Sequence[tuple[T, tuple[str, ...]]]
"""Things, each with the names and codes that it goes by."""

_BEFORE = re.compile(
    r"(the )?(county |((london |royal |metropolitan )*borough|city( and (borough|county))?|county)"
    r" of )?"
)
_AFTER = re.compile(
    r"( (city|county) of| (city|county|unitary|district|(metropolitan )?(borough|district)))?"
    r"( council| corporation|( local)? authority| [cbd]c| m[bd]c)?$"
)


def bare(name: str) -> str:
    """A place's name without what says only which kind of council it has.

    >>> bare("Bristol, City of"), bare("Leeds City Council"), bare("County Durham")
    ('bristol', 'leeds', 'durham')
    """
    folded = fold(name)
    start = _BEFORE.match(folded)
    rest = folded[start.end() :] if start else folded
    return _AFTER.sub("", rest, count=1) or rest or folded


def same(text: str, known: ByNames[T]) -> list[T]:
    """Those that the whole text names, as it is written; else those that it names once bare."""
    return _first(known, (fold, fold(text).__eq__), (bare, bare(text).__eq__))


def within(text: str, known: ByNames[T]) -> list[T]:
    """Those in whose name the text is whole words; else those in whose name it is a part."""
    folded, wanted = fold(text), bare(text)
    return _first(
        known,
        (lambda name: f" {bare(name)} ", lambda name: f" {wanted} " in name),
        (fold, lambda name: folded in name),
    )


def holds(wanted: str, name: str, code: str) -> bool:
    """Whether a place's name holds every word of a bare text, or the text is its code."""
    return wanted == code or all(word in fold(name) for word in wanted.split())


def _first(known: ByNames[T], *ways: tuple[Callable[[str], str], Callable[[str], bool]]) -> list[T]:
    """What the first of some ways to compare that finds anything finds."""
    for made, fits in ways:
        if found := [thing for thing, names in known if any(fits(made(n)) for n in names)]:
            return found
    return []


def called(text: str, known: ByNames[T], directory: Directory) -> list[T]:
    """What a text may mean; one that names an area that is no more means what that became.

    Raises:
        NotFoundError: the area became several; the text names them.
    """
    if not fold(text):
        return []
    if found := same(text, known):
        return found
    if area := former(text, directory):
        if len(area.became) > 1:
            raise NotFoundError(f"{became(area)}: name one of them.")
        if found := same(area.became[0], known):
            return found
    return within(text, known) if not re.search(r"\d", text) else []  # no part of a code


def former(text: str, directory: Directory) -> Former | None:
    """The area that is no more which a text names; None for none."""
    return next(iter(same(text, [(f, (f.code, f.name)) for f in directory.former()])), None)


def became(area: Former) -> str:
    """What is said of it: "Poole became Bournemouth, Christchurch and Poole on 1 April 2019"."""
    now = " and ".join(filter(None, (", ".join(area.became[:-1]), area.became[-1])))
    return f"{area.name} became {now}" + (f" {wording.on_day(area.day)}" if area.day else "")
