"""The finder: what one box of typed text finds, in which order.

It takes a URN, a LAESTAB (with or without a slash), a UKPRN, a postcode or the first part of one,
or words of a school's name, town, authority, district or trust in any order, the last of them
perhaps unfinished. Only where the words as typed find nothing, words one letter away are tried.

Order: the very name first; then open, proposed, closed; within these names that begin as typed
before others, by name. Postcodes: nearest first.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from navigator.core import clock
from navigator.core.model import PHASES
from navigator.register import search_words
from navigator.register.conversions import number_of_day
from navigator.register.near import Ask, nearest

LONGEST = 120
"""Letters of a text that are looked at."""

MOST_WORDS = 12
MOST_BEGUN = 40
MOST_CORRECTIONS = 12
MOST_LOOKED_AT = 2_000

_NUMBER = re.compile(r"(\d{3})\s*[/ ]\s*(\d{1,4})|(\d{3,8})")
_FULL = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
_SECTOR = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s+(\d[A-Z]?)")
_OUTWARD = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")

_DIGITS = {"urn": 6, "laestab": 7, "ukprn": 8}


class Finder:
    """Finds URNs. `ask` runs a statement on the register."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._vocabulary_text: str | None = None

    def urns(self, text: str, limit: int) -> list[int]:
        """URNs in scope that a text finds, best first, at most `limit`."""
        typed = text[:LONGEST].strip()
        if number := _NUMBER.fullmatch(typed):
            found = self._by_number(number, limit)
            if found:
                return found
        upper = typed.upper()
        if found := self._by_postcode(upper, limit):
            return found
        return self._by_words(typed, limit)

    def _by_number(self, number: re.Match[str], limit: int) -> list[int]:
        """Schools whose URN, LAESTAB or UKPRN begins with what was typed, whole ones first."""
        digits = number[3] or number[1] + number[2]
        found: dict[int, None] = {}
        for column in ("laestab",) if number[1] else _DIGITS:
            missing = _DIGITS[column] - len(digits)
            if missing < 0:
                continue
            low = int(digits) * 10**missing
            rows = self._ask(
                f"SELECT urn FROM school JOIN place ON place.id = school.place "
                f"WHERE {column} BETWEEN ? AND ? AND in_scope "
                f"ORDER BY {'tier, urn' if missing == 0 else column} LIMIT ?",
                low,
                low + 10**missing - 1,
                limit,
            )
            found.update(dict.fromkeys(urn for (urn,) in rows))
        return list(found)[:limit]

    def _by_postcode(self, typed: str, limit: int) -> list[int]:
        """Open schools by distance from a postcode, then the others of that postcode.

        A full postcode that no school has counts as its sector (NG7 2), else its first part (NG7,
        or for SW1A any SW1 with a letter).
        """
        if full := _FULL.fullmatch(typed):
            tries = [f"{full[1]} {full[2]}", f"{full[1]} {full[2][0]}", f"{full[1]} "]
        elif sector := _SECTOR.fullmatch(typed):
            tries = [f"{sector[1]} {sector[2]}", f"{sector[1]} "]
        elif _OUTWARD.fullmatch(typed):
            tries = [f"{typed} "]
        else:
            return []
        between = [(beginning, beginning + "~") for beginning in tries]
        if tries[-1][-2].isalpha():
            district = tries[-1][:-2]
            between.append((district + "A", district + "Z~"))
        for low, high in between:
            rows = self._ask(
                "SELECT urn, easting, northing, tier FROM school JOIN place "
                "ON place.id = school.place WHERE postcode BETWEEN ? AND ? AND postcode <> '' "
                "AND in_scope ORDER BY tier, urn",
                low,
                high,
            )
            if rows:
                return self._around(rows, limit)
        return []

    def _around(self, rows: list[Any], limit: int) -> list[int]:
        placed = [(easting, northing) for _, easting, northing, _ in rows if easting]
        found: list[int] = []
        if placed:
            easting = sum(e for e, _ in placed) // len(placed)
            northing = sum(n for _, n in placed) // len(placed)
            found = nearest(
                self._ask,
                easting,
                northing,
                phases=PHASES,
                limit=limit,
                day=number_of_day(clock.today()),
            )
        return list(dict.fromkeys([*found, *(row[0] for row in rows)]))[:limit]

    def _by_words(self, typed: str, limit: int) -> list[int]:
        folded = search_words.fold(typed).split()[:MOST_WORDS]
        if not folded:
            return []
        groups = [*map(_quoted, folded[:-1]), self._beginning(folded[-1])]
        if found := self._matching(groups, " ".join(folded), limit):
            return found
        return self._by_near_words(folded, limit)

    def _beginning(self, word: str) -> str:
        """A query for what begins with a word.

        As the words of the index that do so, where they are few: those are read as far as needed,
        while FTS5 would first put together all rows of them (6 ms for "school").
        """
        if len(word) > 2:
            found = self._begun(word, MOST_BEGUN + 1)
            if len(found) <= MOST_BEGUN:
                return _any(found or [word])
        return _quoted(word) + "*"

    def _begun(self, word: str, most: int) -> list[str]:
        """The first words of the index that begin with a text."""
        vocabulary = self._vocabulary
        found: list[str] = []
        at = vocabulary.find("\n" + word)
        while at >= 0 and len(found) < most and vocabulary.startswith(word, at + 1):
            end = vocabulary.index("\n", at + 1)
            found.append(vocabulary[at + 1 : end])
            at = end
        return found

    def _matching(self, groups: list[str], name: str, limit: int) -> list[int]:
        """URNs of what full-text groups all find and whose names begin with a text, in order."""
        ranks: dict[int, tuple[Any, ...]] = {}
        key = search_words.canonical(name)
        # "saint" isn't the beginning of "stafford": what has another spelling is a whole word
        whole = key.rpartition(" ")[2] != name.rpartition(" ")[2]
        for tier in range(3):
            low = self._first_not_below((tier, key))
            high = self._first_not_below((tier, key + ("!" if whole else "~")))
            rows = self._ask(
                "SELECT rank, urn, key = ? FROM ranked WHERE rank BETWEEN ? AND ? LIMIT ?",
                key,
                low,
                high - 1,
                limit,
            )
            for rank, urn, exact in rows:
                ranks[rank] = (not exact, tier, False, rank, urn)
        rows = self._ask(
            "SELECT ranked.rank, tier, urn FROM search CROSS JOIN ranked "
            "ON ranked.rank = search.rowid WHERE search MATCH ? ORDER BY search.rowid LIMIT ?",
            " AND ".join(groups),
            limit + len(ranks),
        )
        for rank, tier, urn in rows:
            ranks.setdefault(rank, (True, tier, True, rank, urn))
        return [entry[-1] for entry in islice(sorted(ranks.values()), limit)]

    def _first_not_below(self, wanted: tuple[int, str]) -> int:
        """The first rank at or behind a (tier, key): found by halving, ranks are in that order."""
        low, high = 1, self._size + 1
        while low < high:
            middle = (low + high) // 2
            row = self._ask("SELECT tier, key FROM ranked WHERE rank = ?", middle)[0]
            if row < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    @property
    def _size(self) -> int:
        size: int = self._ask("SELECT coalesce(max(rank), 0) FROM ranked")[0][0]
        return size

    def _by_near_words(self, folded: list[str], limit: int) -> list[int]:
        """What words one letter away find.

        They stand for each word that finds nothing; where each finds something, and only all
        together don't, for any of them.
        """
        last = len(folded) - 1
        unknown = [not self._known(word, n == last) for n, word in enumerate(folded)]
        groups: list[str] = []
        likeliest: list[str] = []
        for n, word in enumerate(folded):
            near: list[str] = []
            if unknown[n] or not any(unknown):
                near = self._near_words(word, unfinished=n == last)
            if unknown[n] and not near:
                return []
            if not unknown[n]:
                near += self._begun(word, MOST_CORRECTIONS) if n == last else [word]
            groups.append(_any(near or [word]))
            likeliest.append(near[0] if unknown[n] else word)
        return self._matching(groups, " ".join(likeliest), limit)

    def _known(self, word: str, unfinished: bool) -> bool:
        """Whether the index has a word, or one that begins so. Short ones and numbers pass."""
        if len(word) < 3 or not word.isalpha():
            return True
        return ("\n" + word + ("" if unfinished else "\n")) in self._vocabulary

    @property
    def _vocabulary(self) -> str:
        """All words of the index in order, each in a line of its own: 130 kB, read once."""
        if self._vocabulary_text is None:
            self._vocabulary_text = str(self._ask("SELECT words FROM vocabulary")[0][0])
        return self._vocabulary_text

    def _near_words(self, word: str, *, unfinished: bool) -> list[str]:
        """Words of the index one letter away from a word, or that begin so if it's unfinished."""
        if len(word) < 4 or not word.isalpha():
            return []
        apart = search_words.prefix_one_edit_apart if unfinished else search_words.one_edit_apart
        near = [found for found in self._candidates(word) if apart(word, found)]
        near.sort(key=lambda found: (abs(len(found) - len(word)), found))
        return near[:MOST_CORRECTIONS]

    def _candidates(self, word: str) -> set[str]:
        """Words that share a half with a word: one wrong letter leaves one half as it is.

        (Or it lies between the halves, where two letters were swapped.)
        """
        middle = len(word) // 2
        first, second = word[:middle], word[middle:]
        swapped = f"{first[:-1]}{second[0]}{first[-1]}{second[1:]}"
        found = {*self._begun(first, MOST_LOOKED_AT), *self._begun(swapped, MOST_LOOKED_AT)}
        vocabulary = self._vocabulary
        at = vocabulary.find(second)
        while at >= 0:
            start = vocabulary.rfind("\n", 0, at) + 1
            end = vocabulary.find("\n", at)
            if abs(at - start - middle) <= 1:
                found.add(vocabulary[start:end])
            at = vocabulary.find(second, end)
        return found


def _quoted(word: str) -> str:
    return f'"{word}"'


def _any(found: list[str]) -> str:
    return f"({' OR '.join(map(_quoted, found))})"
