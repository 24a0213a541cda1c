"""Words as the finder sees them: the same small ones whichever way a name is written.

`tokens` makes what is stored, `fold` what is typed. Everything that is written in two ways (St and
Saint, CofE and Church of England, Mary's and Marys) is stored in both, so a typed word, even half
of one, needs no translation. `key` has one spelling for each, so whole names can be compared.
"""

from __future__ import annotations

import re
import unicodedata

from navigator.register.conversions import Memo

_CHURCH = frozenset({"cofe", "ce", "coe", "cofeva", "cofevc", "ceva", "cevc"})
_CHURCH_TOKENS = ("cofe", "ce", "c", "of", "e", "church", "england")

_ALSO: dict[str, tuple[str, ...]] = {
    "st": ("saint",),
    "saint": ("st",),
    "sts": ("saints", "ss"),
    "ss": ("saints", "sts"),
    "saints": ("ss", "sts"),
    "rc": ("roman", "catholic"),
    "rcva": ("rc", "roman", "catholic"),
    "catholic": ("rc", "roman"),
    "junior": ("jnr",),
    "jnr": ("junior",),
    "infant": ("infants",),
    "infants": ("infant",),
    "centre": ("center",),
    **dict.fromkeys(_CHURCH, _CHURCH_TOKENS),
}
"""Other ways to write a word, stored beside it."""

_CANONICAL = {
    "saint": "st",
    "saints": "sts",
    "ss": "sts",
    "rc": "catholic",
    "rcva": "catholic",
    "jnr": "junior",
    "infants": "infant",
    **dict.fromkeys(_CHURCH, "cofe"),
}

ABBREVIATED: dict[str, tuple[str, ...]] = {
    "sch": ("school",),
    "schl": ("school",),
    "pri": ("primary",),
    "prim": ("primary",),
    "acad": ("academy",),
    "inf": ("infant",),
    "jun": ("junior",),
    "jr": ("junior",),
    "nurs": ("nursery",),
    "nur": ("nursery",),
    "sec": ("secondary",),
    "coll": ("college",),
    "col": ("college",),
    "comp": ("comprehensive",),
    "comm": ("community",),
    "gram": ("grammar",),
    "cath": ("catholic",),
    "tech": ("technology",),
    "ctr": ("centre",),
    "gt": ("great",),
    "lt": ("little",),
    "mt": ("mount",),
    "pk": ("park",),
    "rd": ("road",),
    "st": ("street",),
    "ave": ("avenue",),
    "ln": ("lane",),
    "hs": ("high", "school"),
    "gs": ("grammar", "school"),
    "ps": ("primary", "school"),
    "js": ("junior", "school"),
    "va": ("voluntary", "aided"),
    "vc": ("voluntary", "controlled"),
    "pru": ("pupil", "referral", "unit"),
}
"""What people write for a word, or for words, that names have in full."""

INTERCHANGED = {"school": "academy", "academy": "school"}
"""Words that people take one for the other, since so many schools became academies."""

FILLERS = frozenset({"the", "a", "and", "of", "at", "in", "for", "on", "upon"})
"""Words that a school need not have."""

UNSAID = FILLERS | {"iv", "vi", "vii", "viii"}
"""Words that initials leave out: KEGS for King Edward VI Grammar School."""

_APOSTROPHES = str.maketrans(dict.fromkeys("‘’‛ʼ`´′＇", "'"))
_INITIALS = re.compile(r"\b([a-z])\.(?=[a-z]\b)")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_CHURCH_PHRASE = re.compile(r"\b(?:church of england|c ?of ?e|c e)\b")
_CATHOLIC_PHRASE = re.compile(r"\b(?:roman catholic|r c)\b")


def fold(text: str) -> str:
    """Lower-case ASCII words, one space between: accents, marks and apostrophes gone, & as "and".

    >>> fold("St. Mary’s R.C. Junior & Infant")
    'st marys rc junior and infant'
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).casefold())
    text = text.lower().replace("'", "").replace("&", " and ")
    if not text.isascii():
        text = "".join(c for c in text if not unicodedata.combining(c))
    if "." in text:
        text = _INITIALS.sub(r"\1", text)
    return _NOT_WORD.sub(" ", text).strip()


def canonical(folded: str) -> str:
    """One spelling for each way to write a word: "saint" is st, "c of e" cofe, "rc" catholic."""
    return _without_phrases(" ".join(_CANONICAL.get(word, word) for word in folded.split()))


def _without_phrases(key: str) -> str:
    # Few names have one: substring tests spare the others the regular expressions (0.1 s saved)
    if " of e" in key or "c e" in key or "cofe" in key:
        key = _CHURCH_PHRASE.sub("cofe", key)
    if "roman" in key or "r c" in key:
        key = _CATHOLIC_PHRASE.sub("catholic", key)
    return key


def _variants(word: str) -> list[str]:
    """A folded word and the other ways to write it."""
    found = [word, *_ALSO.get(word, ())]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])  # marys: mary, schools: school
    return found


def _raw_word(raw: str) -> tuple[str, str]:
    """(key, tokens) of one word as written."""
    folded = fold(raw).split()
    tokens = [token for word in folded for token in _variants(word)]
    if "-" in raw and len(folded) > 1:
        tokens.append("".join(folded))  # Co-operative: cooperative
    return " ".join([_CANONICAL.get(word, word) for word in folded]), " ".join(tokens)


_RAW_WORDS = Memo(_raw_word)
"""A register's names hold 160,000 words but 20,000 different ones: 0.3 s saved."""


def name_words(name: str) -> tuple[str, str]:
    """(key, tokens) of a name: what it sorts and compares by, and what finds it."""
    parts = [part for raw in name.split() if (part := _RAW_WORDS[raw])[0]]
    words = " ".join([part[0] for part in parts])
    tokens = " ".join([part[1] for part in parts])
    key = _without_phrases(words)
    if key != words:
        if "cofe" in key:
            tokens = f"{tokens} {' '.join(_CHURCH_TOKENS)}"
        if "catholic" in key:
            tokens += " rc roman catholic"
    return key, tokens


def text_tokens(text: str) -> str:
    """Tokens of a town, authority or trust."""
    return name_words(text)[1] if text else ""


def outward(postcode: str) -> str:
    """The token of a postcode: its first part."""
    return postcode.partition(" ")[0].lower()


def key(name: str) -> str:
    """What a name compares by: "Saint Mary's C of E" and "St Marys CE" have the same."""
    return canonical(fold(name))


def forget() -> None:
    """Empty the cache of words, which only a build needs."""
    _RAW_WORDS.clear()


def one_edit_apart(a: str, b: str) -> bool:
    """Whether one letter put in, left out, changed, or swapped with the next makes a into b."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    start = 0
    shorter = min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    if len(rest_a) == len(rest_b):
        swapped = rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:]
        return rest_a[1:] == rest_b[1:] or swapped
    return rest_a[1:] == rest_b if len(a) > len(b) else rest_a == rest_b[1:]


def prefix_one_edit_apart(typed: str, word: str) -> bool:
    """Whether a word begins with something one edit from what was typed."""
    return any(
        one_edit_apart(typed, word[: len(typed) + more])
        for more in (-1, 0, 1)
        if len(typed) + more <= len(word)
    )
