"""Signs are those that the fonts of Windows' terminals have; each encoding gets what it has."""

from __future__ import annotations

import ast
import io
import os
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from textual._border import BORDER_CHARS

from navigator.cli.streams import Printed
from navigator.core import signs
from navigator.ui.app import _other_signs
from navigator.ui.other_signs import with_signs
from navigator.view import maps
from tests.tools.fonts import CASCADIA, WGL4

ROOT = Path(__file__).parents[2]
READERS = (
    "core/cleaning.py",
    "core/dates.py",
    "core/signs.py",
    "directory/leads.py",
    "directory/places.py",
    "directory/tables.py",
    "domain/plan/calendar_read.py",
    "domain/plan/session_text.py",
    "domain/plan/session_times.py",
    "domain/plan/table_read.py",
    "domain/published/",
    "register/",
    "storage/whole_file.py",
)
"""What looks for signs in texts of others, and draws none of them itself."""

SNAPSHOTS = ROOT / "tests/ui/__snapshots__/test_snapshots"
FONTS_LACK = {chr(code) for code in signs.IN_CASCADIA}


@cache
def drawn() -> frozenset[str]:
    """Every character beyond ASCII that Navigator draws or prints of its own, so not names of
    schools: texts in its code, borders in its styles, and what Textual draws in the pictures."""
    return frozenset(s for s in {*_in_code(), *_borders(), *_on_screens()} if not s.isascii())


def _in_code() -> Iterator[str]:
    for file in sorted((ROOT / "navigator").rglob("*.py")):
        if file.relative_to(ROOT / "navigator").as_posix().startswith(READERS):
            continue
        tree = ast.parse(file.read_text("utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from node.value if id(node) not in told else ""


def _borders() -> Iterator[str]:
    for file in (ROOT / "navigator").rglob("*.tcss"):
        text = file.read_text("utf-8")
        styles = re.findall(r"(?:border|outline|keyline)[a-z-]*: *([a-z]+)", text)
        assert styles
        for style in styles:
            for row in BORDER_CHARS[style]:
                yield from "".join(row)


def _on_screens() -> Iterator[str]:
    """Of the pictures signs alone: letters are those of names, too."""
    for picture in SNAPSHOTS.glob("*.svg"):
        for text in re.findall(r"<text[^>]*>([^<]*)</text>", picture.read_text("utf-8")):
            yield from (sign for sign in unescape(text).replace("\xa0", " ") if not sign.isalnum())


def test_what_is_drawn_is_gathered() -> None:
    assert drawn() >= set("✓★✎▸…“”·–£●◆━┃╭⠶▂■□")


def test_cascadia_has_all_that_is_drawn_but_two_signs_which_windows_gets_otherwise() -> None:
    assert drawn() - CASCADIA == FONTS_LACK
    assert {signs.IN_CASCADIA[ord(sign)] for sign in FONTS_LACK} <= CASCADIA & WGL4
    install = (ROOT / "docs/install.md").read_text("utf-8")
    assert all(f"`{sign}`" in install for sign in FONTS_LACK), "said where fonts are spoken of"


def test_the_fonts_of_the_old_console_have_every_plain_sign() -> None:
    plain = {sign.translate(signs.PLAIN) for sign in drawn()}
    assert plain <= WGL4
    assert plain <= CASCADIA, "an old console may draw with it, too"
    assert set("".join(signs.PLAIN.values())) <= WGL4 & CASCADIA
    assert all(len(plain) == 1 for plain in signs.PLAIN.values())
    assert all(ascii_sign.isascii() for ascii_sign in signs.ASCII.values())


def test_no_dot_of_a_map_stays_braille() -> None:
    braille = "".join(map(chr, range(0x2800, 0x2900)))
    assert set(braille.translate(signs.PLAIN)) == set(" :▒")


@pytest.mark.parametrize("encoding", ["cp437", "cp850", "cp1252", "ascii"])
@pytest.mark.parametrize("setting", ["plain", "full"])
def test_an_encoding_loses_nothing_that_is_drawn(encoding: str, setting: str) -> None:
    """As a terminal that is set to it gets it; a question mark would stand for what is lost."""
    assert signs.lacking(encoding)
    every = "".join(sorted(drawn()))
    out = io.BytesIO()
    stream = io.TextIOWrapper(out, encoding=encoding, errors=signs.errors_of(encoding))
    stream.write(every.translate(signs.instead(setting)))
    stream.flush()
    told = out.getvalue().decode(encoding)
    assert len(told) == len(every)
    lost = [every[n] for n, sign in enumerate(told) if sign == "?"]
    assert lost == (["£"] if encoding == "ascii" else [])


def test_utf_8_lacks_nothing() -> None:
    assert not signs.lacking("utf-8")


@pytest.fixture
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that says nothing about terminals."""
    for name in ("WT_SESSION", "TERM_PROGRAM", "ConEmuPID", "PYTHONIOENCODING", "TEXTUAL_DRIVER"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """For who asks about signs; pytest itself would stumble over another `os.name`."""
    asked = SimpleNamespace(name="nt", environ=os.environ)
    for module in ("core.signs", "ui.app", "cli.streams"):
        monkeypatch.setattr(f"navigator.{module}.os", asked)


def test_the_setting_and_the_console_choose(nothing_named: pytest.MonkeyPatch) -> None:
    assert _other_signs("plain") == signs.PLAIN
    assert _other_signs("auto") == _other_signs("full") == {}
    nothing_named.setenv("PYTHONIOENCODING", "cp850")
    assert _other_signs("auto") == signs.PLAIN
    assert _other_signs("full") == {}
    nothing_named.setenv("PYTHONIOENCODING", "utf-8")
    assert _other_signs("auto") == {}


def test_on_windows_each_console_gets_what_its_font_has(nothing_named: pytest.MonkeyPatch) -> None:
    on_windows(nothing_named)
    assert _other_signs("auto") == signs.PLAIN, "the old console"
    nothing_named.setenv("WT_SESSION", "1")
    assert _other_signs("auto") == signs.IN_CASCADIA
    assert {sign.translate(signs.IN_CASCADIA) for sign in drawn()} <= CASCADIA
    assert _other_signs("full") == {}
    nothing_named.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver")
    assert _other_signs("auto") == {}, "a browser finds signs in other fonts"


@pytest.mark.parametrize(("terminal", "told"), [(True, "☼ √"), (False, "★ ✓")])
def test_what_is_printed_on_the_old_console_is_plain_and_in_a_pipe_as_it_is(
    nothing_named: pytest.MonkeyPatch, terminal: bool, told: str
) -> None:
    on_windows(nothing_named)
    out = io.StringIO()
    nothing_named.setattr(out, "isatty", lambda: terminal, raising=False)
    Printed(out, quiet=False).write("★ ✓")
    assert out.getvalue() == told


def test_what_a_map_tells_apart_stays_apart() -> None:
    shown = [sign.sign for sign in vars(maps).values() if isinstance(sign, maps.MapSign)]
    assert len(shown) > 4
    assert len({sign.translate(signs.PLAIN) for sign in shown}) == len(set(shown))


def test_a_terminal_gets_plain_signs_and_borders_that_tell_the_focus() -> None:
    written: list[str] = []

    class Kept:
        def write(self, data: str) -> None:
            written.append(data)

    driver = with_signs(Kept, signs.PLAIN)()
    driver.write("\x1b[1m✓ ╭─╮ ┏━┓ ⠶")
    driver.write("\x1b[0m")
    assert written == ["\x1b[1m√ ┌─┐ ╔═╗ ▒", "\x1b[0m"]
