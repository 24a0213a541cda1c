"""Plain signs, a cell each, for fonts and encodings that lack those that Navigator draws.

The old console of Windows draws with Consolas, Lucida Console or a raster font. Each has the signs
of code page 437, those of DOS, and of Windows' own code page 1252; so plain signs are of these
alone (tests/core/test_signs.py holds that by Python's own tables of the two). Where an encoding
lacks even that, a sign of ASCII stands for it.
"""

from __future__ import annotations

import codecs
import os

NAME = "navigator-plain"
"""Of the way to write what an encoding lacks."""

_TABLE = """
✓√v ★☼* ✎♪n ▸►> ▾▼v ●•* ◦°o ◊¤o ◆♦# ☑■x ☐○o ━═= ╱// ╳XX ▫·. ▪■* □○o ◇○o
╭┌+ ╮┐+ ╰└+ ╯┘+ ┏┌+ ┓┐+ ┗└+ ┛┘+ ┃│| ╸─- ╺─- ╹│| ╻│| ╴─- ╶─- ▔▀- ▕▐| ▎▌| ▊▌| ▏│| ▍▌| ▋▌| ▉█#
▁__ ▂▄_ ▃▄_ ▅▄# ▆█# ▇█# ‑-- −-- ′'' ⏵►> ⏷▼v Δ▲^ ──- ││| ══= ║║| ┌┌+ ┐┐+ └└+ ┘┘+ ├├+ ┤┤+ ┬┬+
┴┴+ ┼┼+ ██# ▓▓# ▒▒: ░░. ▄▄_ ▀▀- ▌▌| ▐▐| ■■# ►►> ▼▼v ▲▲^ ◄◄< →→> ←←< ↑↑^ ↓↓v √√v ♦♦# ♪♪n ☼☼* ○○o
•·. °°o ··. ××x ÷÷/ ≤≤< ≥≥> …….  –-- —-- ‘'' ’'' “"" ”"" ›>> ‹<<
"""
"""Of each: the sign, the plain one, the one in ASCII."""

_ROWS = tuple(row for row in _TABLE.split() if len(row) == 3)
KEPT = frozenset("•·°×÷≤≥…–—‘’“”›‹")
"""Signs that a plain screen keeps: those fonts have them."""

PLAIN = {ord(row[0]): row[1] for row in _ROWS if row[0] not in KEPT}
for _code in range(0x2800, 0x2900):  # braille: by how many of its dots are there
    _dots = (_code - 0x2800).bit_count()
    PLAIN[_code] = " " if not _dots else ":" if _dots < 3 else "▒"
ASCII = {row[0]: row[2] for row in _ROWS}


def plain(text: str) -> str:
    """The text in plain signs, cell for cell."""
    return text if text.isascii() else text.translate(PLAIN)


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


def _instead(error: UnicodeError) -> tuple[str, int]:
    """What is written for signs that an encoding lacks: their plain ones, else ASCII."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    told = ""
    for sign in error.object[error.start : error.end]:
        for one in (PLAIN.get(ord(sign), ""), ASCII.get(sign, "")):
            try:
                one.encode(error.encoding)
            except UnicodeEncodeError:
                continue
            if one:
                told += one
                break
        else:
            told += "?"
    return told, error.end


codecs.register_error(NAME, _instead)
