"""What an update couldn't read of DfE's files: counted as it reads, told in sentences.

A letter, a number or a day that can't be read costs no more than itself, and never all of England.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from navigator.core import cleaning

LETTER = "\ufffd"
"""What stands for a letter that can't be read."""

EXAMPLE = 20
"""Characters of a text that couldn't be read that are shown."""

ENOUGH = 7
"""Letters that two names must have before one that is near the other is taken for it."""

Unread = dict[str, tuple[int, str]]


class Doubts:
    """Counts what can't be read; two processes count for themselves, and `take` adds them up.

    Attributes:
        letters: how many letters couldn't be read, and in which line the first stands.
        unread: by a column's name in DfE's file, in how many rows it couldn't be read, with the
            first such text.
    """

    def __init__(self) -> None:
        self.letters: tuple[int, int] = (0, 0)
        self.unread: Unread = {}

    def letter(self, line: int, count: int) -> None:
        self.letters = (self.letters[0] + count, self.letters[1] or line)

    def column(self, name: str, texts: Iterable[str]) -> None:
        """Texts of a column that couldn't be read."""
        told = list(texts)
        if told:
            count, first = self.unread.get(name, (0, told[0]))
            self.unread[name] = count + len(told), first

    def dump(self) -> Any:
        """What `take` takes, for another process."""
        return self.letters, self.unread

    def take(self, dumped: Any, line: int) -> None:
        """Add what was counted behind a line of the same file, by lines from there."""
        (count, first), unread = dumped
        if count:
            self.letter(first + line, count)
        for name, (rows, text) in unread.items():
            had, shown = self.unread.get(name, (0, text))
            self.unread[name] = had + rows, shown

    def told(self, of: str = "") -> list[str]:
        """A sentence each; `of` names a file that lies beside the register."""
        said = []
        count, line = self.letters
        where = f"line {line}" + (f" of {of}" if of else "")
        if count == 1:
            said.append(f"One letter couldn't be read ({where}): {LETTER} stands for it.")
        elif count:
            said.append(
                f"{count:,} letters couldn't be read (the first in {where}): {LETTER} stands for "
                "each."
            )
        for name, (rows, text) in self.unread.items():
            shown = cleaning.plain(text[:EXAMPLE])
            column = f"{name} of {of}" if of else name
            many = "1 row" if rows == 1 else f"{rows:,} rows"
            first = f"“{shown}”" if rows == 1 else f"the first is “{shown}”"
            said.append(f"{column} couldn't be read in {many} ({first}): it is empty there.")
        return said


def changed_layout(missing: Sequence[str], others: Sequence[str]) -> str:
    """Which columns a file no longer has, each with the one that may have taken its place.

    Args:
        missing: the columns' names in DfE's words.
        others: the names of the file's columns that we don't know.

    Returns:
        "no column “Postcode” (perhaps “Post code” is it), “Town”".
    """
    told = []
    for name in missing:
        new = near_name(name, others)
        told.append(f"“{name}”" + (f" (perhaps “{new}” is it)" if new else ""))
    return f"no column {', '.join(told)}"


def near_name(name: str, others: Iterable[str]) -> str:
    """The one of some columns that is written much as another, "" for none."""
    import difflib

    known = {_bare(other): other for other in others}
    bare = _bare(name)
    if bare in known:
        return known[bare]
    for other, written in known.items():
        if min(len(bare), len(other)) >= ENOUGH and (bare in other or other in bare):
            return written
    found = difflib.get_close_matches(bare, [o for o in known if len(o) >= ENOUGH], 1, 0.85)
    return known[found[0]] if found and len(bare) >= ENOUGH else ""


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
