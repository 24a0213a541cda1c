"""Text from the head as their record keeps it: clean, and never too long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from navigator.core import cleaning
from navigator.core.errors import RefusedError

MOST = 20_000
"""Characters of the longest note."""

MOST_WORDS = 5_000
"""Characters of the longest words on one feature of a review: a page is to hold six."""

LONGEST = 500
"""Characters of a text of one line."""


def lines(text: str) -> str:
    """A note's text: control characters go, line ends are one kind.

    Raises:
        RefusedError: there is no text, or more than a note may hold.
    """
    kept = prose(text)
    if not kept:
        raise RefusedError("A note needs some text.")
    return kept


def prose(text: str) -> str:
    """As `lines`, and it may be empty."""
    kept = cleaning.for_file(text)
    if len(kept) > MOST:
        raise RefusedError(
            f"That note has {len(kept):,} characters and a note holds {MOST:,}: "
            "shorten it, or make two of it."
        )
    return kept


def words(text: str) -> str:
    """The words on a feature of a review: as `lines`, and there may be none.

    Raises:
        RefusedError: there are more than they may be.
    """
    kept = cleaning.for_file(text)
    if len(kept) > MOST_WORDS:
        raise RefusedError(
            f"These words have {len(kept):,} characters and a review holds {MOST_WORDS:,} on each "
            "feature: shorten them, or make a note of the rest."
        )
    return kept


def line(text: str) -> str:
    """A name or a role: on one line, and it may be empty."""
    return " ".join(cleaning.for_file(text[:MOST]).split())[:LONGEST]


def tidy(text: str) -> str:
    """A text of one line of the plan: such that no table or calendar it goes through changes it."""
    sound = text.encode("utf-8", "replace").decode("utf-8")
    return cleaning.plain(sound[: LONGEST * 2])[:LONGEST].strip()


def tagged(tags: Sequence[str]) -> list[str]:
    """Tags without their # and each once."""
    return each_once(line(tag).lstrip("#").strip() for tag in tags)


def each_once(texts: Iterable[str]) -> list[str]:
    """The texts that aren't empty, each once."""
    return list(dict.fromkeys(text for text in texts if text))
