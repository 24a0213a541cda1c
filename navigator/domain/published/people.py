"""What may be a person's in a cell of a list: a name with a title, an e-mail, a telephone number.

A name without a title can't be told from that of a hub: whoever takes the list in looks at it.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from navigator.core import cleaning

_TITLES = "mr|mrs|ms|miss|mx|dr|prof|professor|rev|revd|reverend|sir|dame"
_TITLED = re.compile(rf"\W*(the\s+)?({_TITLES})\b", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b((pre|play)?schools?|academ(y|ies)|colleges?|trusts?|councils?|nurser(y|ies)|partnership"
    r"|universit(y|ies)|federation|services?|music|centres?|ltd|limited|cic|hubs?|networks?"
    r"|consortium|foundation|alliance|primary|secondary|infants?|juniors?|grammar|cofe|church)\b",
    re.IGNORECASE,
)
_PIECES = re.compile(
    r"[,;:/()\[\]|&]|\s[-–—]+\s|\b(?:led by|c/o|and)\b"
    rf"|\b(?:hub|school|academy|college|trust)\s+(?=(?:{_TITLES})\b)",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\s(Mr|Mrs|Ms|Mx)\b\.?\s")
_CONTACT = re.compile(
    r"\b(tel|telephone|phone|mobile|fax)\b[.:]*\s*[\d ()+-]{5,}"
    r"|(\b(tel|telephone|phone|mobile|fax|e-?mail)\b[.:]*\s*)?"
    r"(\S+@\S+|(\+\d{1,3}|\(0|(?<!\d)0)[\d ().-]{7,}\d)",
    re.IGNORECASE,
)


def names_one(text: str) -> bool:
    """Whether a part of a text begins with a person's title and names no school or organisation."""
    pieces = _PIECES.split(text)
    titled = any(_TITLED.match(p) and not _ORGANISATION.search(p) for p in pieces)
    return titled or any(map(_WITHIN.search, pieces))


def without_contacts(text: str) -> str:
    """A text without e-mail addresses and telephone numbers."""
    if not _CONTACT.search(text):
        return text
    return cleaning.one_line(_CONTACT.sub(" ", text)).strip(" ,;:-–—()")


def in_address(address: str) -> bool:
    """Whether a website's address holds an e-mail address, an account or a telephone number."""
    whole = unquote(address)
    return "@" in whole or bool(_CONTACT.search(whole.partition("?")[2]))


def of_a_name(text: str) -> tuple[str, list[str]]:
    """What may be kept of a hub's name, and doubts."""
    shown = text[:80]
    if names_one(text):
        return "", [f"“{shown}” may name a person"]
    bare = without_contacts(text)
    left = [f"an e-mail address or telephone number in “{shown}” is left out"]
    return bare, left if bare != text else []
