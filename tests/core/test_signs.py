"""Plain signs are those that old consoles of Windows have; each encoding gets what it has."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from navigator.core import signs
from navigator.ui.app import _wants_plain_signs
from navigator.ui.plain_signs import plainly
from navigator.view import maps

ROOT = Path(__file__).parents[2]
OF_DOS = "☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼⌂"
"""What code page 437 shows for its first 32 codes and for 127: Python reads them as controls."""

HAD = (
    {chr(n) for n in range(32, 127)}
    | set(bytes(range(128, 256)).decode("cp437"))
    | set(bytes(range(160, 256)).decode("cp1252"))
    | set("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ")
    | set(OF_DOS)
)
SNAPSHOTS = ROOT / "tests/ui/__snapshots__/test_snapshots"


def test_plain_signs_are_in_every_font_of_the_old_console() -> None:
    assert set("".join(signs.PLAIN.values())) <= HAD
    assert all(len(plain) == 1 for plain in signs.PLAIN.values())
    assert all(ascii_sign.isascii() for ascii_sign in signs.ASCII.values())


def test_all_that_the_screens_draw_has_a_plain_sign() -> None:
    drawn: set[str] = set()
    for picture in SNAPSHOTS.glob("*.svg"):
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", picture.read_text("utf-8"))
        drawn |= set("".join(texts))
    assert len(drawn) > 100
    assert {sign for sign in drawn - {"\n"} if signs.plain(sign) not in HAD} == set()


@pytest.mark.parametrize("encoding", ["cp437", "cp850", "cp1252", "ascii"])
def test_an_encoding_that_lacks_a_sign_gets_a_plain_one(encoding: str) -> None:
    assert signs.lacking(encoding)
    out = io.BytesIO()
    stream = io.TextIOWrapper(out, encoding=encoding, errors=signs.NAME)
    stream.write("✓ yours ★ ✎2 ▸ ── “x” …")
    stream.flush()
    told = out.getvalue().decode(encoding)
    assert "?" not in told
    assert len(told) == len("✓ yours ★ ✎2 ▸ ── “x” …")


def test_utf_8_lacks_nothing() -> None:
    assert not signs.lacking("utf-8")


def test_the_setting_and_the_console_choose(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WT_SESSION", "TERM_PROGRAM", "ConEmuPID", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)
    assert _wants_plain_signs("plain")
    assert not _wants_plain_signs("auto")
    monkeypatch.setenv("PYTHONIOENCODING", "cp850")
    assert _wants_plain_signs("auto")
    assert not _wants_plain_signs("full")
    monkeypatch.delenv("PYTHONIOENCODING")
    monkeypatch.setattr("navigator.core.signs.os.name", "nt")
    assert signs.old_console()
    monkeypatch.setenv("WT_SESSION", "1")
    assert not signs.old_console()


def test_what_a_map_tells_apart_stays_apart() -> None:
    shown = [sign.sign for sign in vars(maps).values() if isinstance(sign, maps.MapSign)]
    assert len(shown) > 4
    assert len({signs.plain(sign) for sign in shown}) == len(set(shown))


def test_a_terminal_gets_plain_signs() -> None:
    written: list[str] = []

    class Kept:
        def write(self, data: str) -> None:
            written.append(data)

    plainly(Kept)().write("\x1b[1m✓ ╭─╮ ⠶")
    assert written == ["\x1b[1m√ ┌─┐ ▒"]
