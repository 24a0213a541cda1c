"""How like a school is to what a row says: its name, and where it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from navigator.domain.matching.asked import AskedFor
from navigator.domain.naming import bare
from navigator.register.named import NamedSchool
from navigator.register.search_words import (
    ABBREVIATED,
    FILLERS,
    canonical,
    fold,
    key,
    one_edit_apart,
    outward,
)

GENERIC = frozenset({"school", "schools", "academy", "the"})
"""Words that tell nothing: so many schools became academies."""

PHASES = {
    "nursery": "nursery",
    "infant": "infant",
    "junior": "junior",
    "primary": "primary",
    "first": "first",
    "middle": "middle",
    "secondary": "secondary",
    "high": "secondary",
    "upper": "secondary",
    "comprehensive": "secondary",
    "grammar": "secondary",
    "sixth": "sixth form",
}
CHURCHES = frozenset(
    {"catholic", "cofe", "methodist", "jewish", "muslim", "islamic", "sikh", "hindu"}
)
SAINTS = frozenset({"st", "sts"})
KINDS = frozenset(
    {
        *("community", "voluntary", "aided", "controlled", "va", "vc", "foundation", "free"),
        *("trust", "endowed", "church", "parochial", "special", "roman", "england", "mixed"),
        *("college", "form", "centre", "technology", "language", "sports", "science", "arts"),
        *("specialist", "and"),
    }
)
"""Words beside phases and churches that say what kind of school it is, not which."""

SHORTEST = 3
"""Letters of a word that may have a slip in it."""

MOST_SLIPS = 2


class NameLikeness(IntEnum):
    """How like two names are."""

    OTHER = 0
    KIN = 1
    """The same but for what contradicts: Infant and Junior, Catholic and CofE."""
    PART = 2
    """One has all telling words of the other, which has more."""
    CLOSE = 3
    """The same telling words, perhaps with a slip; one says more of its kind."""
    ALIKE = 4
    """The same words: in short, in another order, School for Academy."""
    SAME = 5
    """As the register writes it, but for capitals, marks, "the", St and Saint, CofE."""


class PlaceLikeness(IntEnum):
    """How what a row says of a school's place agrees with where it is."""

    AGAINST = -1
    """It says another place."""
    UNKNOWN = 0
    """It says none, or one that the register doesn't tell of it."""
    MIXED = 1
    AGREES = 2
    POSTCODE = 3
    """The whole postcode is its."""


class Where(NamedTuple):
    """How a place agrees, and in what: ("town", "authority")."""

    likeness: PlaceLikeness
    agreeing: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


IN_NAME, IN_ADDRESS = "place in the name", "address in the name"

FormerNames = Mapping[str, frozenset[str]]
"""What areas that are no more became: bare names by a bare name."""

IsKnown = Callable[[str], bool]
"""Whether a word, or the bare name of an area, is one that is known."""


@lru_cache(maxsize=65_536)
def _words_of(name: str) -> tuple[str, ...]:
    """A name's words as they compare: in full, without those that say nothing."""
    found: list[str] = []
    for word in canonical(fold(name)).split():
        full = ABBREVIATED.get(word, (word,)) if word != "st" else (word,)
        found += (w for w in full if w not in FILLERS)
    return tuple(found)


@lru_cache(maxsize=8192)
def _place_words(*texts: str) -> frozenset[str]:
    return frozenset(word for text in texts for word in canonical(fold(text)).split())


def likeness_of_names(
    asked: str, school: NamedSchool, here: Collection[str], known: IsKnown
) -> NameLikeness:
    """How like the name of a row is to a school's.

    Args:
        asked: the name in the row.
        school: the school.
        here: words of where the school is, and of the town in the row.
        known: whether a word stands in the name of any school: then it is no slip for another.
    """
    if key(asked).removeprefix("the ") == school.key.removeprefix("the "):
        return NameLikeness.SAME
    theirs = set(_words_of(asked)) - GENERIC
    ours = set(_words_of(school.name)) - GENERIC
    # "Oak School, Ely" is the Oak School at Ely; "Ely Oak School" the one that a row has at Ely
    if theirs.difference(here) & ours:
        theirs = {word for word in theirs if word in ours or word not in here}
        ours = {word for word in ours if word in theirs or word not in here}
    if theirs == ours and theirs:
        return NameLikeness.ALIKE
    unknown = {word for word in theirs - ours if not known(word)}
    misplaced = _slips(unknown, here)
    theirs, unknown = theirs - misplaced.keys(), unknown - misplaced.keys()
    if theirs == ours and theirs:
        return NameLikeness.CLOSE
    pairs = (
        (_joined(asked, theirs), _joined(school.name, ours)),
        (_joined(asked), _joined(school.name)),
    )
    slips = _slips(unknown, (ours - theirs) | GENERIC)
    theirs = {slips.get(word, word) for word in theirs} - GENERIC
    more = {word for word in theirs - ours if _tells(word) and word + "s" not in ours}
    less = {word for word in ours - theirs if _tells(word) and word + "s" not in theirs}
    more = {word for word in more if word.removesuffix("s") not in ours}
    less = {word for word in less if word.removesuffix("s") not in theirs}
    found = NameLikeness.OTHER
    if any(_one_word(*pair, slip=bool(unknown)) for pair in pairs):
        return NameLikeness.CLOSE
    if not (more or less):
        if theirs & ours:
            found = NameLikeness.CLOSE if len(slips) <= MOST_SLIPS else NameLikeness.PART
    elif not (more and less) and any(map(_tells, (theirs & ours).difference(here, SAINTS))):
        found = NameLikeness.PART
    return NameLikeness.KIN if found and _contradict(theirs, ours) else found


def where_words(asked: AskedFor, school: NamedSchool) -> frozenset[str]:
    """The words of where a school is, and of the town in a row."""
    return _place_words(
        school.town, school.la_name, school.district_name, school.postcode, asked.town
    )


def address_words(asked: AskedFor, school: NamedSchool) -> frozenset[str]:
    """Telling words of a row's name that aren't the school's: of one of which the finder knows all
    words, they are its address's. None where no telling word is the school's own."""
    theirs = {word for word in _words_of(asked.name) if _tells(word) and word not in GENERIC}
    own = theirs.intersection(_words_of(school.name)) - SAINTS
    return frozenset(theirs.difference(_words_of(school.name)) if own else ())


def _tells(word: str) -> bool:
    return word not in PHASES and word not in CHURCHES and word not in KINDS


def _slips(theirs: Collection[str], ours: Collection[str]) -> dict[str, str]:
    """The words that others may be meant by, one letter away: {"acadmy": "academy"}."""
    found: dict[str, str] = {}
    for word in sorted(theirs):
        for other in sorted(ours):
            if min(len(word), len(other)) >= SHORTEST and one_edit_apart(word, other):
                found[word] = other
                break
    return found


def _joined(name: str, words: Collection[str] = ()) -> str:
    """A name without blanks; of some words, if they are given."""
    if words:
        return "".join(word for word in _words_of(name) if word in words)
    return "".join(canonical(fold(name)).removeprefix("the ").split())


def _one_word(theirs: str, ours: str, *, slip: bool) -> bool:
    """Whether two names without blanks are one: Park View and Parkview; with a `slip` for a letter
    more."""
    return ours == theirs or (slip and one_edit_apart(theirs, ours))


def _contradict(theirs: set[str], ours: set[str]) -> bool:
    """Whether a row says a kind of school that the other isn't; a church that it says is told."""
    here, there = ({PHASES[w] for w in side & PHASES.keys()} for side in (theirs, ours))
    if len(here) > 1 or len(there) > 1:  # a primary and nursery school
        here, there = here - {"nursery"}, there - {"nursery"}
    church = theirs & CHURCHES
    return bool(here and there and not here & there) or bool(church and not church & ours)


def places(asked: AskedFor, school: NamedSchool, former: FormerNames, known: IsKnown) -> Where:
    """How what a row says of the place agrees with a school's."""
    agreeing: list[str] = []
    against: list[str] = []
    if asked.postcode and school.postcode:
        _compare_postcodes(asked.postcode, school.postcode, agreeing, against)
    areas = {bare(school.la_name), bare(school.district_name)}
    if asked.town:
        if _is_town(asked.town, school.town, areas):
            agreeing.append("town")
    elif _is_in_name(asked.name, school):
        agreeing.append(IN_NAME)
    if asked.authority:
        area = bare(asked.authority)
        became = former.get(area, frozenset())
        if area in areas or area == school.la_code or became & areas:
            agreeing.append("authority")
        elif became or known(area):
            against.append("authority")
    if "postcode" in agreeing:
        likeness = PlaceLikeness.POSTCODE
    elif agreeing:
        likeness = PlaceLikeness.MIXED if against else PlaceLikeness.AGREES
    else:
        likeness = PlaceLikeness.AGAINST if against else PlaceLikeness.UNKNOWN
    return Where(likeness, tuple(agreeing), tuple(against))


def _compare_postcodes(theirs: str, ours: str, agreeing: list[str], against: list[str]) -> None:
    outward, _, inward = theirs.partition(" ")
    own, _, own_inward = ours.partition(" ")
    if theirs == ours:
        agreeing.append("postcode")
        return
    if own == outward and inward[:1] in ("", own_inward[:1]):
        agreeing.append("postcode district")
    if inward or own != outward:
        against.append("postcode")


def _is_in_name(name: str, school: NamedSchool) -> bool:
    """Whether a name says the school's town or area, which its own name doesn't."""
    more = set(_words_of(name)).difference(_words_of(school.name))
    areas = (
        bare(school.la_name),
        bare(school.district_name),
        canonical(fold(school.town)),
        outward(school.postcode),
    )
    words = (set(area.split()) - FILLERS for area in areas)
    return any(area and more.issuperset(area) for area in words)


def _is_town(theirs: str, ours: str, areas: Collection[str]) -> bool:
    """Whether a town is a school's, or its area: "Bulwell, Nottingham" is Nottingham, too."""
    town, own = f" {fold(theirs)} ", f" {fold(ours)} "
    return bare(theirs) in areas or (bool(own.strip()) and (town in own or own in town))
