"""The finder: what one box of typed text finds, in which order.

It takes a URN, a LAESTAB, a UKPRN or a postcode, alone or within other words; the beginning of one
alone; or words of a school's name, street, town, authority, district or trust in any order, the
last of them perhaps unfinished.

Words: schools that have all of them come first, those whose name has them before others, the very
name first of all. Where fewer than `ENOUGH` have them as typed, so do those that have what people
write for them: Sch, Academy for School, Park View for Parkview. Where none has, each word may be
unfinished; then words one letter away count, and then the schools that have the most and the rarest
of the words.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import islice, pairwise, product
from math import log2
from typing import NamedTuple

from navigator.core.postcodes import NearTo
from navigator.register import scoring, search_words
from navigator.register.near import Ask
from navigator.register.schema import OPEN
from navigator.register.scoring import Candidate, Fit, TypedWord
from navigator.register.search_codes import LONGEST, CentreOf, Codes, without_postcode
from navigator.register.vocabulary import Vocabulary

MOST_WORDS = 12
MOST_BEGUN = 40

ENOUGH = 50
"""Schools that have all words as typed: with so many nobody looks for what else was meant."""

MOST_SCORED = 80
MOST_MATCHES = 2_500
"""Schools with all words that are looked at. Of more, the first by name."""

NEAR_THE_BEST = 0.8
"""What part of the best one's score others must have that lack a word, where it lacks none."""

AS_NEAR = 0.6
"""The same where the best one lacks a word, too."""

RARE = 1_000
"""Schools that have a word that is still worth collecting by itself."""

OF_MANY = 0.5
"""What a word counts that so many schools have that it tells little."""

SURE_OF_INTERCHANGED, SURE_OF_SHORT, SURE_OF_JOINED = 0.85, 0.9, 0.95

MOST_NAMED = 60
"""Names that are, or begin, as typed: 56 open schools share the most usual one."""

MOST_OF_A_POSTCODE = 40
MOST_INITIALS = 5

FEW = 20
"""Schools that have a word which may be initials all the same: a trust is called QEGSMAT."""

MOST_NEAR_NAMES = 6
"""Names of near words that are looked for."""

EVERY = 256
"""Of so many ranks the name of one is kept in memory."""

_LISTED = "(SELECT value FROM json_each(?))"


class FoundUrns(NamedTuple):
    """What a text finds: URNs, best first; and whether the first has all that was typed.

    `near_to` for the nearest to a postcode that no school has: where that was taken to be.
    """

    urns: list[int]
    holds_all: bool = True
    near_to: NearTo | None = None


class Finder:
    """Finds URNs. `ask` runs a statement on the register."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._codes = Codes(ask)
        self._vocabulary = Vocabulary(
            lambda: str(ask("SELECT words FROM vocabulary")[0][0] or "\n")
        )
        self._ranks = lru_cache(maxsize=32)(self._read_ranks)
        self._near = lru_cache(maxsize=64)(self._vocabulary.near)

    def urns(self, text: str, limit: int, centre_of: CentreOf | None = None) -> FoundUrns:
        """What a text finds in scope, at most `limit`; `centre_of` as `Codes.urns` takes it."""
        typed = text[:LONGEST].strip()
        found = self._codes.urns(typed, limit, centre_of)
        if found.urns or found.is_code:
            return FoundUrns(found.urns, near_to=found.near_to)
        beside, postcode = without_postcode(typed)
        return self._by_words(beside, limit, postcode)

    def _by_words(self, typed: str, limit: int, postcode: str = "") -> FoundUrns:
        folded = search_words.fold(typed)
        words = self._typed_words(search_words.canonical(folded).split()[:MOST_WORDS])
        if not words:
            return FoundUrns([])
        # "saint" isn't the beginning of "stafford"
        if not folded.endswith(words[-1].text):
            words[-1].finish()
        names = _with_the(" ".join(word.text for word in words))
        ranks = dict.fromkeys([*self._named(names), *self._of_postcode(postcode)])
        ranks.update(dict.fromkeys(self._matching(words, limit)))
        if len(ranks) < ENOUGH:
            self._add_ways_to_write(words)
            ranks.update(dict.fromkeys(self._matching(words, limit)))
        if not ranks:
            self._let_begin(words[:-1])
            ranks.update(dict.fromkeys(self._matching(words, limit)))
        none = not ranks
        if none:
            near = self._nearly_matching(words, limit)[: MOST_SCORED // 2]
            ranks.update(dict.fromkeys([*self._nearly_named(words), *near]))
        for word in words:
            if len(found := self._ranks(self._group(word))) < RARE:
                word.ranks = found
            word.weight = self._weight(word, len(found))
        if none:
            ranks.update(dict.fromkeys(self._rarest(words)))
        written = _with_the(folded)
        fits = self._fits(list(ranks)[:MOST_SCORED], words, {*names, *written}, postcode)
        if none and fits:
            fits = self._near_enough(fits, words)
            ranks = {}
        scored = {fit.candidate.rank for fit in fits}
        urns = [fit.candidate.urn for fit in fits]
        if len(urns) < limit:
            urns += self._urns([rank for rank in ranks if rank not in scored])
        return FoundUrns(urns[:limit], bool(fits) and fits[0].sure)

    @staticmethod
    def _near_enough(fits: list[Fit], words: Sequence[TypedWord]) -> list[Fit]:
        """Of schools that may lack a word those that are worth naming: "my school" is of none."""
        best = fits[0]
        if best.holds_all:
            least = NEAR_THE_BEST * best.score
            return [fit for fit in fits if fit.holds_all or fit.score >= least]
        telling = any(word.weight > OF_MANY for word in words)
        if telling and not any(best.candidate.rank in word.ranks for word in words):
            return []
        return [fit for fit in fits if fit.score >= AS_NEAR * best.score]

    def _typed_words(self, texts: Sequence[str]) -> list[TypedWord]:
        """The words that were typed, each with what else it may mean at once."""
        words = [TypedWord(text, filler=text in search_words.FILLERS) for text in texts]
        if words:
            last = words[-1]
            last.filler = False
            last.unfinished = True
            self._let_begin([last])
            last.begins = not last.also
        return words

    def _let_begin(self, words: Iterable[TypedWord]) -> None:
        """Words may stand for those that begin so, where these are few."""
        for word in words:
            if len(word.text) > 2:
                begun = self._vocabulary.begun(word.text, MOST_BEGUN + 1)
                if len(begun) <= MOST_BEGUN:
                    word.also = dict.fromkeys(begun, scoring.BEGUN) | word.also

    @staticmethod
    def _group(word: TypedWord) -> str:
        """A full-text query for one word."""
        tokens = dict.fromkeys([word.text, *word.also])
        ways = [f'"{token}"' for token in tokens]
        # Words of the index that begin so are read as far as needed, where they are few: FTS5 would
        # first put together all rows of them (6 ms for "school")
        if word.begins:
            ways[0] += "*"
        ways += [
            f"({' AND '.join(f'{chr(34)}{p}{chr(34)}' for p in parts)})" for parts in word.parts
        ]
        return f"({' OR '.join(ways)})"

    def _named(
        self, names: Iterable[str], tiers: Iterable[int] = range(3), ending: str = "~"
    ) -> list[int]:
        """Ranks of names that are, or begin, as typed; with "!" those that begin with its words."""
        found: list[int] = []
        for tier in tiers:
            for name in names:
                low = self._first_not_below(tier, name)
                high = self._first_not_below(tier, name + ending)
                found += range(low, min(high, low + MOST_NAMED))
        return found

    def _nearly_named(self, words: Sequence[TypedWord]) -> list[int]:
        """Ranks of names with near words, and of names that something was appended to."""
        ways = [
            near[:MOST_NEAR_NAMES]
            if (near := [n for n, sure in w.also.items() if sure == scoring.NEARLY])
            else [w.text]
            for w in words
        ]
        found: list[int] = []
        for way in islice(product(*ways), MOST_NEAR_NAMES):
            found += self._named(_with_the(" ".join(way)))
        texts = [
            " ".join(search_words.ABBREVIATED.get(word.text, (word.text,)))
            if word.text != "st"
            else word.text
            for word in words
        ]
        for most in range(len(texts) - 1, 1, -1):
            names = _with_the(" ".join(texts[:most]))
            if appended := self._named(names, tiers=(OPEN,), ending="!"):
                return found + appended
        return found

    def _first_not_below(self, tier: int, name: str) -> int:
        """The first rank at or behind a key of a tier: ranks are in that order."""
        before = bisect_left(self._marks, (tier, name)) * EVERY
        row = self._ask(
            "SELECT min(rank) FROM ranked WHERE rank BETWEEN ? AND ? AND (tier, key) >= (?, ?)",
            before + 1,
            before + EVERY,
            tier,
            name,
        )
        return int(row[0][0] or self._size + 1)

    @cached_property
    def _size(self) -> int:
        return int(self._ask("SELECT coalesce(max(rank), 0) FROM ranked")[0][0])

    @cached_property
    def _marks(self) -> list[tuple[int, str]]:
        """Tier and key of some ranks: each `EVERY`th."""
        ranks = json.dumps([*range(EVERY, self._size, EVERY), self._size])
        return self._ask(
            f"SELECT tier, key FROM ranked WHERE rank IN {_LISTED} ORDER BY rank", ranks
        )

    def _of_postcode(self, postcode: str) -> list[int]:
        """Ranks of the schools of a postcode, or of what it begins with; none for ""."""
        if not postcode:
            return []
        schools = self._ask(
            "SELECT tier, name, urn FROM school WHERE postcode BETWEEN ? AND ? AND postcode <> '' "
            "ORDER BY tier LIMIT ?",
            postcode,
            postcode + "~",
            MOST_OF_A_POSTCODE,
        )
        found: list[int] = []
        for tier, name, urn in schools:
            low = self._first_not_below(tier, search_words.name_words(name)[0])
            within = "SELECT rank FROM ranked WHERE rank BETWEEN ? AND ? AND urn = ?"
            found += [rank for (rank,) in self._ask(within, low, low + 10 * MOST_NAMED, urn)]
        return found

    def _matching(self, words: Sequence[TypedWord], limit: int) -> list[int]:
        """Ranks of what has all words, those first that have the most of them in their names."""
        telling = [word for word in words if not word.filler] or words
        in_name = " + ".join(["(instr(' ' || key, ?) > 0)"] * len(telling))
        rows = self._ask(
            f"SELECT ranked.rank, {in_name} AS named FROM "
            "(SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid LIMIT ?) AS found "
            "CROSS JOIN ranked ON ranked.rank = found.rowid "
            f"ORDER BY tier, named DESC, ranked.rank LIMIT ?",
            *(" " + word.text.removesuffix("s") for word in telling),
            " AND ".join(map(self._group, telling)),
            MOST_MATCHES,
            max(limit, MOST_SCORED),
        )
        return [rank for rank, _ in rows]

    def _add_ways_to_write(self, words: Sequence[TypedWord]) -> None:
        """What people write for a word: short, one for the other, two as one, one as two."""
        vocabulary = self._vocabulary
        for word in words:
            if other := search_words.INTERCHANGED.get(word.text):
                word.also[other] = SURE_OF_INTERCHANGED
            full = search_words.ABBREVIATED.get(word.text, ())
            if len(full) == 1:
                word.also[full[0]] = SURE_OF_SHORT
            elif full:
                word.parts.append(full)
            word.parts += vocabulary.halves(word.text)
            short = 3 <= len(word.text) <= MOST_INITIALS and word.text.isalpha()
            if short and len(self._ranks(f'"{word.text}"')) < FEW:
                word.parts += self._with_initials(word.text)
        for before, after in pairwise(words):
            joined = before.text + after.text
            if vocabulary.has(joined):
                before.also[joined] = after.also[joined] = SURE_OF_JOINED

    def _with_initials(self, initials: str) -> list[tuple[str, ...]]:
        """The words of names that have some initials: Queen Elizabeth's Grammar School for qegs."""
        found: dict[tuple[str, ...], None] = {}
        for first in _with_the(initials[0]):
            rows = self._ask(
                "SELECT key FROM ranked WHERE rank BETWEEN ? AND ? AND key LIKE ?",
                self._first_not_below(OPEN, first),
                self._first_not_below(OPEN, first + "~") - 1,
                "% ".join(initials).removeprefix(initials[0]).join((first, "%")),
            )
            for (name,) in rows:
                telling = [word for word in name.split() if word not in search_words.UNSAID]
                own = "".join(word[0] for word in telling)
                if own == initials or (len(initials) > 3 and own.startswith(initials)):
                    found[tuple(telling[: len(initials)])] = None
        return list(found)[:MOST_NEAR_NAMES]

    def _nearly_matching(self, words: Sequence[TypedWord], limit: int) -> list[int]:
        """What words one letter away find.

        They stand for each word that finds nothing; where each finds something, and only all
        together don't, for any of them.
        """
        unknown = [
            not w.also
            and not w.parts
            and not self._vocabulary.may_have(w.text, unfinished=w.unfinished)
            for w in words
        ]
        for word, is_unknown in zip(words, unknown, strict=True):
            if is_unknown or (not any(unknown) and len(self._ranks(self._group(word))) < RARE):
                near = self._near(word.text, unfinished=word.unfinished)
                word.also = dict.fromkeys(near, scoring.NEARLY) | word.also
                word.nearly = bool(near)
        return self._matching(words, limit)

    def _read_ranks(self, group: str) -> frozenset[int]:
        """The ranks that one word finds, at most `RARE`."""
        rows = self._ask(
            "SELECT json_group_array(rowid) FROM "
            "(SELECT rowid FROM search WHERE search MATCH ? LIMIT ?)",
            group,
            RARE,
        )
        return frozenset(json.loads(rows[0][0]))

    @staticmethod
    def _weight(word: TypedWord, schools: int) -> float:
        if word.filler:
            return 0.1
        return 1 + log2(RARE / max(schools, 2)) if schools < RARE else OF_MANY

    def _rarest(self, words: Sequence[TypedWord]) -> list[int]:
        """Ranks of what has the most and the rarest words."""
        counts: dict[int, float] = defaultdict(float)
        for word in words:
            for rank in word.ranks:
                counts[rank] += word.weight
        found = nlargest(MOST_SCORED // 2, counts, key=lambda rank: (counts[rank], -rank))
        known = [word for word in words if self._ranks(self._group(word))]
        known.sort(key=lambda word: -word.weight)
        for most in range(len(known), 0, -1):
            if together := self._matching(known[:most], MOST_SCORED // 2):
                return together[: MOST_SCORED // 2] + found
        return found

    def _fits(
        self, ranks: list[int], words: Sequence[TypedWord], names: Collection[str], postcode: str
    ) -> list[Fit]:
        """How schools fit, best first."""
        rows = self._ask(f"{scoring.CANDIDATE} WHERE ranked.rank IN {_LISTED}", json.dumps(ranks))
        fits = (scoring.fit(words, names, postcode, Candidate._make(row)) for row in rows)
        return sorted(fits, key=lambda fit: fit.order)

    def _urns(self, ranks: Sequence[int]) -> list[int]:
        rows = self._ask(f"SELECT rank, urn FROM ranked WHERE rank IN {_LISTED}", json.dumps(ranks))
        urns = dict(rows)
        return [urns[rank] for rank in ranks]


def _with_the(name: str) -> tuple[str, str]:
    """The key of a name, with "the" before it and without."""
    bare = name.removeprefix("the ")
    return name, bare if bare != name else f"the {name}"
