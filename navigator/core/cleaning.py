"""The one cleaner of text: what comes from outside, made safe to keep and to show.

Text from files, from DfE and from the head is data: nothing in it may move a cursor, turn the text
about it round, or hide (control characters, marks of direction, blanks without width).
"""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

from navigator.core.patterns import late

_HIDING = "\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_UNSEEN = late(f"[\x00-\x1f{_HIDING}]+")
_WITHIN_LINES = late(f"[\x00-\x09\x0b\x0c\x0e-\x1f{_HIDING}]")
_IN_JSON = late(f"[{_HIDING}]")
_CONTROLS = late("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# A cell that a spreadsheet would take for a formula, or that has been made safe from that before
_FORMULA = late(r"'*[=+\-@\t\r]")


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


def kept(text: str) -> str:
    """A text of the head's as their files keep it: no control characters, line ends of one kind.

    Marks of direction stay: they may be theirs.
    """
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


# --- as it goes out ---


def plain(text: str) -> str:
    """A text as any line may show it: nothing unseen, single spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():  # what is unseen isn't, and hardly any text holds it
        text = _UNSEEN.sub(" ", text)
    return " ".join(text.split())


def printable(text: str) -> str:
    """Lines as a box may show them: all spaces kept, nothing that moves a cursor."""
    return "\n".join(_UNSEEN.sub("", line.replace("\t", "    ")) for line in text.split("\n"))


def escaped(json: str) -> str:
    r"""JSON with what a terminal might act on written as \u…."""
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def cell(text: str) -> str:
    """A text as a spreadsheet may hold it: one that reads as a formula gets an apostrophe."""
    return f"'{text}" if _FORMULA.match(text) else text


def uncell(text: str) -> str:
    """What `cell` made safe, as it was."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def link(website: str) -> str:
    """A website as an address that may be opened, "" where it isn't http or https.

    The register often leaves the scheme out ("www.school.org.uk"); such a one gets https.
    """
    text = plain(website)
    if not text or " " in text:
        return ""
    if "://" not in text:
        text = "https://" + text
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and "." in parts.netloc else ""
