"""How well a school fits typed words: which of them it has, where, and how rare they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from navigator.register.schema import CLOSED
from navigator.register.search_words import fold, key, name_words, outward, text_tokens

IN_NAME, IN_TOWN, IN_AREA, IN_STREET, ELSEWHERE, IN_TRUST = 1.0, 0.7, 0.5, 0.5, 0.45, 0.3
"""What a word counts by where it stands. Elsewhere: in lines of the address that aren't kept."""

FILLED = 0.25
"""What a name counts that has no other words than those typed, as a part of all that were typed."""

BEGUN, TOGETHER, NEARLY = 0.95, 0.9, 0.7
"""How surely the beginning of a word means it, two words the one they make, a word one that is one
letter away."""

SURE = 0.85
"""How surely a school has a word that was meant."""

OF_THE_POSTCODE = 1.0
LESS_FOR_CLOSED = 0.12

CANDIDATE = """SELECT ranked.rank, ranked.tier, school.urn, school.name, school.street, school.town,
    school.postcode, place.la_name, place.district_name, trust.name
    FROM ranked JOIN school ON school.urn = ranked.urn JOIN place ON place.id = school.place
    LEFT JOIN trust ON trust.uid = school.trust"""


class Candidate(NamedTuple):
    """A school that might be meant, as `CANDIDATE` reads it."""

    rank: int
    tier: int
    urn: int
    name: str
    street: str | None
    town: str | None
    postcode: str | None
    la_name: str
    district_name: str
    trust_name: str | None


@dataclass(slots=True)
class TypedWord:
    """One word that was typed.

    Attributes:
        text: folded and canonical (see `search_words`).
        also: other words that mean it, with how surely (0 to 1).
        parts: words that mean it together: ("high", "school") for hs.
        unfinished: whether it may be the beginning of a word.
        begins: whether words that begin so are so many that `also` doesn't have them.
        filler: whether it says nothing by itself: of, and.
        weight: what it counts: more if it is rare.
        ranks: the schools that have it, or what it may mean, anywhere, if they are few.
        nearly: whether words one letter away are among `also`.
    """

    text: str
    also: dict[str, float] = field(default_factory=dict)
    parts: list[tuple[str, ...]] = field(default_factory=list)
    unfinished: bool = False
    begins: bool = False
    filler: bool = False
    weight: float = 1.0
    ranks: Collection[int] = ()
    nearly: bool = False

    def finish(self) -> None:
        """Take it as a whole word."""
        self.unfinished = self.begins = False
        self.also.clear()

    def fits(self, tokens: frozenset[str]) -> float:
        """How surely some words have this one: 0 if they don't."""
        if self.text in tokens:
            return 1.0
        best = 0.0
        if not self.also.keys().isdisjoint(tokens):
            best = max(self.also[word] for word in self.also.keys() & tokens)
        if self.begins and best < BEGUN and any(t.startswith(self.text) for t in tokens):
            best = BEGUN
        for parts in self.parts:
            if best < TOGETHER and all(part in tokens for part in parts):
                best = TOGETHER
        return best


class Fit(NamedTuple):
    """How a candidate fits; sorts best first by `order`.

    `exact` is 1 for the very name, 2 where it is written so. `holds_all` where it has every word or
    one near it, `sure` where it has what was surely meant.
    """

    holds_all: bool
    sure: bool
    exact: int
    score: float
    candidate: Candidate

    @property
    def order(self) -> tuple[bool, int, int, float, int, int]:
        own = self.candidate
        later = own.tier if self.sure else 0
        return not self.sure, -self.exact, later, -self.score, own.tier, own.rank


@lru_cache(maxsize=4096)
def _name(name: str) -> tuple[str, frozenset[str], frozenset[str]]:
    """A name's key, the words of it that tell, and all tokens."""
    name_key, tokens = name_words(name)
    own = frozenset(name_key.split())
    return name_key, own - {"the"} or own or frozenset(("",)), own | frozenset(tokens.split())


@lru_cache(maxsize=4096)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(text_tokens(text).split())


@lru_cache(maxsize=4096)
def _street(text: str) -> frozenset[str]:
    return frozenset(key(text).split())


def _used(word: TypedWord, own: frozenset[str]) -> frozenset[str]:
    """The words of a name that a typed one stands for."""
    if word.text in own:
        return frozenset((word.text,))
    return frozenset(
        w for w in own if word.fits(frozenset((w, w[:-1]))) or any(w in p for p in word.parts)
    )


def _exact(name: str, name_key: str, names: Collection[str]) -> int:
    return (name_key in names) and 1 + (fold(name) in names)


def fit(words: Sequence[TypedWord], names: Collection[str], postcode: str, c: Candidate) -> Fit:
    """How a school fits words.

    Args:
        words: what was typed.
        names: the very names typed, as `search_words.fold` and as its `key` make them.
        postcode: one that was typed with them, else "".
        c: the school.
    """
    name_key, own, name = _name(c.name)
    missing = []
    score = total = 0.0
    least = 1.0
    used: set[str] = set()
    for word in words:
        total += word.weight
        if sure := word.fits(name):
            score += sure * word.weight
            used |= _used(word, own)
            if not word.filler:
                least = min(least, sure)
        else:
            missing.append(word)
    if missing:
        places = (
            (IN_TOWN, _tokens(c.town or "")),
            (IN_TOWN, frozenset((outward(c.postcode or ""),))),
            (IN_AREA, _tokens(c.la_name)),
            (IN_AREA, _tokens(c.district_name)),
            (IN_STREET, _street(c.street or "")),
            (IN_TRUST, _tokens(c.trust_name or "")),
        )
        for word in missing:
            best = sure = 0.0
            for counts, there in places:
                if at := word.fits(there):
                    sure, best = max(sure, at), max(best, at * counts)
            if not best and c.rank in word.ranks:
                sure, best = NEARLY if word.nearly else SURE, ELSEWHERE
            score += best * word.weight
            if not word.filler:
                least = min(least, sure)
    score += FILLED * total * len(used & own) / len(own)
    if postcode and (c.postcode or "").startswith(postcode):
        score += OF_THE_POSTCODE * total
    if c.tier == CLOSED:
        score -= LESS_FOR_CLOSED * total
    return Fit(least > 0, least >= SURE, _exact(c.name, name_key, names), score, c)
