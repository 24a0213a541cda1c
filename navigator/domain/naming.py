"""Which body or place people mean by a name or code, however they write it: one way for all.

A capital, a mark, & for and, "City of", "Council", "Academy Trust" make no difference; short words
(Acad) and the two ways to write some (St, Saint) are those of the schools' finder. What is most the
same comes first: a code or the whole name, then names that begin so, then names that have all
words, then bodies that have them in what tells their kind ("trust", a hub's programme).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from navigator.core import wording
from navigator.core.errors import NotFoundError
from navigator.register import search_words
from navigator.register.search_words import fold
from navigator.register.vocabulary import Vocabulary

if TYPE_CHECKING:
    from navigator.directory import Directory, Former

T = TypeVar("T")

MOST_WORDS = 12
MOST_SAID = 8
"""Names that a sentence lists."""

WORD_OF_A_KIND = 4
"""Letters of the beginning of a word that tells a kind: "tr" doesn't mean all trusts."""

COUNTIES = {
    "beds": "bedfordshire",
    "bucks": "buckinghamshire",
    "cambs": "cambridgeshire",
    "derbys": "derbyshire",
    "glos": "gloucestershire",
    "hants": "hampshire",
    "herts": "hertfordshire",
    "lancs": "lancashire",
    "leics": "leicestershire",
    "lincs": "lincolnshire",
    "northants": "northamptonshire",
    "notts": "nottinghamshire",
    "oxon": "oxfordshire",
    "salop": "shropshire",
    "staffs": "staffordshire",
    "warks": "warwickshire",
    "wilts": "wiltshire",
    "worcs": "worcestershire",
}
"""The counties that people write short, as the Royal Mail once did: asked after, never taken."""

_ONE_OR_MORE = {"academy": ("academies",), "academies": ("academy",)}

_BEFORE = re.compile(
    r"(the )?(county |((london |royal |metropolitan )*borough|city( and (borough|county))?|county)"
    r" of )?"
)
_AFTER = re.compile(
    r"( (city|county) of| (city|county|unitary|district|(metropolitan )?(borough|district)))?"
    r"( council| corporation|( local)? authority| [cbd]c| m[bd]c)?$"
)
_TRUST = re.compile(r"(( multi)? academ(y|ies))?( trust| mat)( ltd| limited)?$| hubs?$")


def bare(name: str) -> str:
    """A name without what says only which kind of council, trust or hub it has.

    >>> bare("Bristol, City of"), bare("Leeds City Council"), bare("The Flying High Academy Trust")
    ('bristol', 'leeds', 'flying high')
    """
    folded = fold(name)
    start = _BEFORE.match(folded)
    rest = folded[start.end() :] if start else folded
    rest = _TRUST.sub("", _AFTER.sub("", rest, count=1), count=1)
    return rest or folded


class KnownBy(NamedTuple, Generic[T]):
    """A thing that can be named: its names, codes that are its name, too, when they are whole, and
    words that people may add to tell its kind."""

    thing: T
    names: tuple[str, ...]
    codes: tuple[str, ...] = ()
    words: str = ""


class Found(NamedTuple, Generic[T]):
    """What a text finds, best first; `exact` are those that the whole text names. `near` where only
    words that are one letter away do, in `exact`, too."""

    fits: list[T]
    exact: list[T]
    near: bool = False


class NameIndex(Generic[T]):
    """Things by their names. Of those that fit as well the order stays as given."""

    def __init__(self, known: Iterable[KnownBy[T]]) -> None:
        self.known = tuple(known)
        self._same: dict[str, list[int]] = defaultdict(list)
        self._bare: dict[str, list[int]] = defaultdict(list)
        self._in_name: dict[str, set[int]] = defaultdict(set)
        self._there: dict[str, set[int]] = defaultdict(set)
        for number, one in enumerate(self.known):
            for name in (*one.names, *one.codes):
                self._same[fold(name)].append(number)
            for name in one.names:
                self._bare[bare(name)].append(number)
                for token in _tokens(name):
                    self._in_name[token].add(number)
            for token in _tokens(one.words):
                self._there[token].add(number)
        self._names = sorted(
            (fold(name), n) for n, one in enumerate(self.known) for name in one.names
        )
        self._words = sorted(self._in_name)
        self._kind_words = sorted(self._there)
        self._group = lru_cache(maxsize=64)(self._read_group)

    @cached_property
    def _near(self) -> Callable[..., list[str]]:
        words = [word for word in self._words if len(word) > 2]
        vocabulary = Vocabulary(lambda: "\n" + "\n".join(words) + "\n")
        return lru_cache(maxsize=64)(vocabulary.near)

    def same(self, text: str) -> list[T]:
        """Those that the whole text names, as it is written; else those that it names once bare."""
        return [self.known[number].thing for number in self._exact(text)]

    def _exact(self, text: str) -> list[int]:
        found = self._same.get(fold(text)) or self._bare.get(bare(text)) or []
        return list(dict.fromkeys(found)) if fold(text) else []

    def find(self, text: str, *, unfinished: bool = True, nearly: bool = False) -> Found[T]:
        """What has all words of a text in its names or in what tells its kind.

        Args:
            text: what was typed.
            unfinished: whether its last word may be the beginning of one.
            nearly: whether words one letter away count where nothing has all as typed.
        """
        folded = fold(text)
        typed = search_words.canonical(folded).split()[:MOST_WORDS]
        words = [word for word in typed if word not in search_words.FILLERS] or typed
        if not words or len(folded) < 2:
            return Found([], [])
        exact = self._exact(text)
        # "saint" isn't the beginning of "stafford"
        last = words[-1] if unfinished and folded.endswith(words[-1]) else ""
        in_name, there = self._holding([self._group(w, unfinished=w == last) for w in words])
        exact = [number for number in exact if number in there] or exact
        near = nearly and not exact and not there
        first = self._begun(folded) & in_name if unfinished else set[int]()
        if near:
            first, _ = self._holding([self._nearly(w, unfinished=False) for w in words])
            in_name, there = self._holding([self._nearly(w, unfinished=w == last) for w in words])
            exact = self._nearly_exact(text, first)
        order = [*exact, *sorted(first), *sorted(in_name), *sorted(there)]
        fits = [self.known[number].thing for number in dict.fromkeys(order)]
        return Found(fits, [self.known[number].thing for number in exact], near and bool(fits))

    def _nearly_exact(self, text: str, among: Iterable[int]) -> list[int]:
        """Those that the whole text names but for a letter in each of its words."""
        near = [{word, *self._near(word, unfinished=False)} for word in bare(text).split()]

        def is_so(name: str) -> bool:
            words = bare(name).split()
            return len(words) == len(near) and all(
                word in group for word, group in zip(words, near, strict=True)
            )

        return sorted(n for n in among if any(map(is_so, self.known[n].names)))

    def parts(self, text: str) -> list[T]:
        """Those in one of whose names the text is a part of a word."""
        folded = fold(text)
        within = dict.fromkeys(number for name, number in self._names if folded in name)
        return [self.known[number].thing for number in sorted(within)] if folded else []

    @staticmethod
    def _holding(groups: Sequence[tuple[set[int], set[int]]]) -> tuple[set[int], set[int]]:
        """The numbers that are in the first of all pairs, and in the second."""
        in_name, there = zip(*groups, strict=True)
        return set.intersection(*in_name), set.intersection(*there)

    def _read_group(self, word: str, *, unfinished: bool) -> tuple[set[int], set[int]]:
        """The numbers of what has a word in a name, and anywhere."""
        tokens = [word, *search_words.ABBREVIATED.get(word, ())[:1], *_ONE_OR_MORE.get(word, ())]
        if unfinished:
            tokens += _begin_so(self._words, word)
        if unfinished and len(word) >= WORD_OF_A_KIND:
            tokens += _begin_so(self._kind_words, word)
        return self._of(tokens)

    def _nearly(self, word: str, *, unfinished: bool) -> tuple[set[int], set[int]]:
        """The same; where there is none, of words one letter away."""
        held = self._group(word, unfinished=unfinished)
        return held if held[1] else self._of(self._near(word, unfinished=unfinished))

    def _of(self, tokens: Iterable[str]) -> tuple[set[int], set[int]]:
        in_name: set[int] = set()
        there: set[int] = set()
        for token in tokens:
            in_name |= self._in_name.get(token, set())
            there |= self._there.get(token, set())
        return in_name, there | in_name

    def _begun(self, folded: str) -> set[int]:
        """The numbers of what has a name that begins so."""
        low, high = (bisect_left(self._names, (end, 0)) for end in (folded, folded + "~"))
        return {number for _, number in self._names[low:high]}


def _begin_so(words: Sequence[str], beginning: str) -> Sequence[str]:
    """Those of some words, which are in order, that begin so."""
    return words[bisect_left(words, beginning) : bisect_left(words, beginning + "~")]


def _tokens(text: str) -> set[str]:
    return set(search_words.text_tokens(text).split())


def holds(text: str, name: str) -> bool:
    """Whether a name has every word of a text."""
    return set(bare(text).split()) <= set(fold(name).split())


def has_number(text: str) -> bool:
    """Whether a text may be a code, of which no part means anything."""
    return any(letter.isdigit() for letter in text)


def called(text: str, names: NameIndex[T], directory: Directory) -> list[T]:
    """What a text may mean; one that names an area that is no more means what that became.

    Raises:
        NotFoundError: the area became several; the text names them.
    """
    if found := names.same(text):
        return found
    if area := former(text, directory):
        if len(area.became) > 1:
            raise NotFoundError(f"{became(area)}: name one of them.")
        if found := names.same(area.became[0]):
            return found
    if has_number(text):
        return []  # no part of a code
    whole = names.find(bare(text), unfinished=False).fits
    return whole or names.find(text).fits or names.parts(text)


def nearest(text: str, names: NameIndex[T], said: Callable[[T], str]) -> str:
    """What is one letter away from a text that finds nothing: " Nearest: Nottingham (892)."; ""
    for nothing."""
    near = names.find(text, nearly=True).fits if not has_number(text) else []
    return f" Nearest: {listing(map(said, near))}." if near else ""


def listing(said: Iterable[str]) -> str:
    """Names in a sentence, the first of them where they are many."""
    once = list(dict.fromkeys(said))
    return ", ".join(once[:MOST_SAID]) + (" …" if len(once) > MOST_SAID else "")


def former(text: str, directory: Directory) -> Former | None:
    """The area that is no more which a text names; None for none."""
    areas = NameIndex(
        KnownBy(f, (f.name,), (f.code,) if f.code else ()) for f in directory.former()
    )
    return next(iter(areas.same(text)), None)


def became(area: Former) -> str:
    """What is said of it: "Poole became Bournemouth, Christchurch and Poole on 1 April 2019"."""
    when = wording.on_day(area.day) if area.day else ""
    return wording.joined(f"{area.name} became {wording.listed(area.became)}", when, sign=" ")
