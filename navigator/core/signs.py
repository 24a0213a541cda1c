"""Plain signs, a cell each, for fonts and encodings that lack those that Navigator draws.

The old console of Windows draws with Consolas or Lucida Console and takes no sign from another
font. We trust both to have the Windows Glyph List 4, so plain signs are of that alone. Windows
Terminal draws with Cascadia Mono, which has all of ours but two. tests/core/test_signs.py holds
both to the lists of what fonts have. Where an encoding lacks a sign, one of the code pages 437 and
1252 stands for it, else one of ASCII.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping

_TABLE = """
✓√v ★☼* ✎♪n ▸►> ▾▼v ●•* ◦°o ◊¤o ¤¤o ◆♦# ━═= ╱// ╳XX ▫·. ▪■* □○o ◇◊o
╭┌+ ╮┐+ ╰└+ ╯┘+ ┏╔+ ┓╗+ ┗╚+ ┛╝+ ┃║| ╸═= ╺═= ╹║| ╻║| ╴─- ╶─- ▔▀- ▕▐| ▎▌| ▊▌| ▏│| ▍▌| ▋▌| ▉█#
▁__ ▂▄_ ▃▄_ ▅▄# ▆█# ▇█# ‑-- −-- ′'' ⏵►> ⏷▼v Δ▲^ ──- ││| ══= ║║| ╔╔+ ╗╗+ ╚╚+ ╝╝+ ┌┌+ ┐┐+ └└+ ┘┘+
├├+ ┤┤+ ┬┬+ ┴┴+ ┼┼+ ██# ▓▓# ▒▒: ░░. ▄▄_ ▀▀- ▌▌| ▐▐| ■■# ►►> ▼▼v ▲▲^ ◄◄< →→> ←←< ↑↑^ ↓↓v √√v
♦♦# ♪♪n ☼☼* ○○o •·. °°o ··. ××x ÷÷/ ≤≤< ≥≥> …….  –-- —-- ‘'' ’'' “"" ”"" ›>> ‹<<
"""
"""Of each: the sign, one of the code pages 437 and 1252, one in ASCII."""

_ROWS = tuple(row for row in _TABLE.split() if len(row) == 3)
KEPT = frozenset("●◦◊□▪▫−′Δ•·°×÷≤≥…–—‘’“”›‹")
"""Signs that a plain screen keeps: those fonts have them."""

PLAIN = {ord(row[0]): row[1] for row in _ROWS if row[0] not in KEPT}
"""What a plain screen draws for the others."""
for _code in range(0x2800, 0x2900):  # braille: by how many of its dots are there
    _dots = (_code - 0x2800).bit_count()
    PLAIN[_code] = " " if not _dots else ":" if _dots < 3 else "▒"
_OF_CODE_PAGES = {row[0]: row[1] for row in _ROWS}
ASCII = {row[0]: row[2] for row in _ROWS}
IN_CASCADIA = {ord(sign): PLAIN[ord(sign)] for sign in "★✎"}
"""What stands for the two signs that Cascadia lacks: Windows Terminal would take them from another
font, whose width may be another."""


def old_console() -> bool:
    """Whether the console is Windows' old one: a newer terminal says its name."""
    return os.name == "nt" and not {"WT_SESSION", "TERM_PROGRAM", "ConEmuPID"} & set(os.environ)


def lacking(encoding: str) -> bool:
    """Whether an encoding lacks signs that Navigator draws, as cp850 and cp1252 do."""
    try:
        "✓▸★✎".encode(encoding)
    except UnicodeError:
        return True
    except LookupError:
        return False
    return False


def instead(setting: str) -> Mapping[int, str]:
    """What this terminal draws in the place of which sign; `setting` is the head's `signs`."""
    if setting != "auto":
        return PLAIN if setting == "plain" else {}
    named = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    if old_console() or (named and lacking(named)):
        return PLAIN
    return IN_CASCADIA if os.name == "nt" else {}


def errors_of(encoding: str) -> str:
    """The name of a way, for Python's codecs, to write other signs for those an encoding lacks."""

    def written(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        lacking = error.object[error.start : error.end]
        return "".join(_writable(sign, encoding) for sign in lacking), error.end

    name = f"navigator-{encoding}"  # one each: an error names only the family, "charmap"
    codecs.register_error(name, written)
    return name


def _writable(sign: str, encoding: str) -> str:
    """What stands for a sign that an encoding lacks."""
    plain = _OF_CODE_PAGES.get(sign) or PLAIN.get(ord(sign), "")
    for one in (plain, ASCII.get(sign) or ASCII.get(plain, "")):
        try:
            one.encode(encoding)
        except UnicodeEncodeError:
            continue
        if one:
            return one
    return "?"
