"""The one cleaner of text: what comes from outside, made safe to keep and to show.

Text from files, from DfE and from the head is data: nothing in it may move a cursor, turn the text
about it round, or hide (control characters, marks of direction, blanks without width).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

from navigator.core.patterns import late

# What has no look of its own: Unicode's format characters, fillers, selectors of variants, tags
_FORMAT = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# A joiner between two pictures, and "as a picture" behind one, are seen: they make another picture
_PICTURE = "©®\u203c-\u3299\U0001f000-\U0001faff"
_UNLESS_SEEN = (
    f"(?<![{_PICTURE}\ufe0f]\u200d(?=[{_PICTURE}]))"
    f"(?<![{_PICTURE}]\ufe0f)(?<![#*0-9]\ufe0f(?=\u20e3))"
)
_HIDING = f"\x7f-\x9f\u200d\ufe0f{_FORMAT}"
_UNSEEN = late(f"[\x00-\x1f{_HIDING}]{_UNLESS_SEEN}")
_BREAKS = late("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_WITHIN_LINES = late(f"[\x00-\x09\x0b\x0c\x0e-\x1f{_HIDING}]{_UNLESS_SEEN}")
_ON_TERMINAL = late(f"[\x00-\x08\x0b-\x1f{_HIDING}]{_UNLESS_SEEN}")
_HIDDEN = late(f"[{_HIDING}]{_UNLESS_SEEN}")
_CONTROLS = late("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# A cell that a spreadsheet would take for a formula, or that has been made safe from that before.
# A spreadsheet set for Japanese or Chinese takes the wide signs, too.
_FORMULA = late(r"'*[=+\-@\t\r\n＝＋－＠]")


_SCHEME = late(r"(?:(https?)(?::/*|;/+|//+|:?\\+))+(?=[a-z0-9])", re.IGNORECASE)
"""How people begin an address, amiss too: http:www., https//www., http://http://www."""

# --- as it comes in ---


def one_line(text: str) -> str:
    """A text of a file in one line: the unseen goes, each run of white space is one space."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(without_unseen(text).split())


def without_unseen(text: str) -> str:
    """A file's text as it may be read: the unseen goes, tabs are blanks, line ends stay."""
    return _WITHIN_LINES.sub("", text.replace("\t", " "))


def unseen_in(text: str) -> str:
    """The first character that `without_unseen` takes out, tabs apart ("U+200B"); "" for none."""
    found = _WITHIN_LINES.search(text.replace("\t", " "))
    return f"U+{ord(found[0]):04X}" if found else ""


def for_comparing(text: str) -> str:
    """A text as it is compared with others: letters' cases and blanks make no difference."""
    return " ".join(text.casefold().split())


def for_file(text: str) -> str:
    """A text of the head's as their files keep it: no control characters, line ends of one kind.

    Marks of direction stay: they may be theirs.
    """
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


# --- as it goes out ---


def plain(text: str) -> str:
    """A text as any line may show it: nothing unseen, single spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    apart = _BREAKS.sub(" ", unicodedata.normalize("NFC", text))
    return " ".join(_HIDDEN.sub("", apart).split())


def printable(text: str) -> str:
    """Lines as a box may show them: all spaces kept, nothing that moves a cursor."""
    return "\n".join(_UNSEEN.sub("", line.replace("\t", "    ")) for line in text.split("\n"))


def on_terminal(text: str) -> str:
    """Printed lines without what a terminal might act on: the last look at all that is printed."""
    return text if text.isascii() and text.isprintable() else _ON_TERMINAL.sub("", text)


def escaped(json: str) -> str:
    r"""JSON with what a terminal might act on written as \u…."""
    return json if json.isascii() and json.isprintable() else _HIDDEN.sub(_as_json, json)


def _as_json(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[n : n + 2].hex()}" for n in range(0, len(units), 2))


def cell(text: str) -> str:
    """A text as a spreadsheet may hold it: one that reads as a formula gets an apostrophe."""
    return f"'{text}" if _FORMULA.match(text) else text


def uncell(text: str) -> str:
    """What `cell` made safe, as it was."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


@lru_cache(maxsize=1024)
def link(website: str) -> str:
    """A website as an address that may be opened, "" where it isn't http or https.

    The register often leaves the scheme out ("www.school.org.uk"); such a one gets https. One that
    is written amiss ("http:www.school.org.uk", "https//…") is mended. An e-mail address is none,
    and neither is an address with a name before its site, which may lead elsewhere than it says.
    """
    text = plain(website)
    if not text or " " in text:
        return ""
    if found := _SCHEME.match(text):
        text = f"{found[1]}://{text[found.end() :]}"
    text = text if "://" in text else f"https://{text}"
    scheme, _, site = text.partition("://")
    for end in "/?#":
        site = site.partition(end)[0]
    good = scheme.lower() in ("http", "https") and "." in site.strip(".") and "@" not in site
    return text if good and (_is_plain_site(site) or _can_be_split(text)) else ""


def _is_plain_site(site: str) -> bool:
    return site.isascii() and "[" not in site and "]" not in site


def _can_be_split(address: str) -> bool:
    """Whether Python takes it for an address: what it looks at are brackets and foreign letters."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True
