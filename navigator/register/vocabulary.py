"""The words of the finder's index: which begin so, which are nearly so, which are two in one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from navigator.register.search_words import one_edit_apart, prefix_one_edit_apart

MOST_NEAR = 12
MOST_LOOKED_AT = 2_000
SHORTEST_PART = 3
"""Letters of half a word that was typed as one with the next."""


class Vocabulary:
    """Every word of three letters or more that an index has. `read` gives all of them in order,
    each in a line of its own and a line's end before the first: 130 kB of a register, read once."""

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read

    @cached_property
    def _text(self) -> str:
        return self._read()

    def has(self, word: str) -> bool:
        return word in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._text.split())

    def may_have(self, word: str, *, unfinished: bool) -> bool:
        """Whether there is a word, or one that begins so. Short ones and numbers pass."""
        if len(word) < 3 or not word.isalpha():
            return True
        return ("\n" + word + ("" if unfinished else "\n")) in self._text

    def begun(self, word: str, most: int) -> list[str]:
        """The first words that begin with a text."""
        text = self._text
        found: list[str] = []
        at = text.find("\n" + word)
        while at >= 0 and len(found) < most and text.startswith(word, at + 1):
            end = text.index("\n", at + 1)
            found.append(text[at + 1 : end])
            at = end
        return found

    def halves(self, word: str) -> list[tuple[str, ...]]:
        """The pairs of words that make one: park and view of parkview."""
        cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        return [
            (word[:at], word[at:]) for at in cuts if self.has(word[:at]) and self.has(word[at:])
        ]

    def near(self, word: str, *, unfinished: bool) -> list[str]:
        """Words one letter away from a word, or that begin so if it's unfinished."""
        if len(word) < 4 or not word.isalpha():
            return []
        apart = prefix_one_edit_apart if unfinished else one_edit_apart
        near = [found for found in self._candidates(word) if apart(word, found)]
        near.sort(key=lambda found: (abs(len(found) - len(word)), found))
        return near[:MOST_NEAR]

    def _candidates(self, word: str) -> set[str]:
        """Words that share a half with a word: one wrong letter leaves one half as it is.

        (Or it lies between the halves, where two letters were swapped.)
        """
        middle = len(word) // 2
        first, second = word[:middle], word[middle:]
        swapped = f"{first[:-1]}{second[0]}{first[-1]}{second[1:]}"
        found = {*self.begun(first, MOST_LOOKED_AT), *self.begun(swapped, MOST_LOOKED_AT)}
        text = self._text
        at = text.find(second)
        while at >= 0:
            start = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at)
            if abs(at - start - middle) <= 1:
                found.add(text[start:end])
            at = text.find(second, end)
        return found
