"""Reading lines: their encodings and numbers."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator.register.columns import COLUMNS
from navigator.register.doubts import Doubts
from navigator.register.gias import BadFileError, Header, decoded_lines


@given(st.lists(st.text(st.characters(codec="cp1252", exclude_characters="\0"), max_size=9)))
def test_cp1252_lines_are_decoded_as_python_does(texts: list[str]) -> None:
    lines = [text.encode("cp1252") for text in texts]
    plain = [line for line in lines if line.isascii()]
    assert list(decoded_lines(plain)) == [line.decode("ascii") for line in plain]
    for number, text in enumerate(decoded_lines(lines)):
        assert text in (lines[number].decode("cp1252"), _utf_8(lines[number]))


def _utf_8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def test_an_encoding_is_told_by_line() -> None:
    lines = ["\ufeffURN".encode(), "Brontë’s".encode("cp1252"), "Brontë’s".encode()]
    assert list(decoded_lines(lines)) == ["URN", "Brontë’s", "Brontë’s"]


@pytest.mark.parametrize(
    ("line", "read", "lost"),
    [
        (b"a\x81", "a\ufffd", 1),
        (b"a\0b\0", "a\ufffdb\ufffd", 2),
        ("Brontë’s \x81".encode("cp1252", "replace").replace(b"?", b"\x81"), "Brontë’s \ufffd", 1),
        ("Brontë’s ".encode() + b"\x81", "Brontë’s \ufffd", 1),
    ],
)
def test_a_letter_that_cant_be_read_costs_that_letter(line: bytes, read: str, lost: int) -> None:
    doubts = Doubts()
    assert list(decoded_lines([b"a", b"b", line], 1, doubts)) == ["a", "b", read]
    assert doubts.letters == (lost, 3)


def test_a_header_of_bytes_that_are_no_text_is_refused() -> None:
    with pytest.raises(BadFileError, match="line 1 holds bytes that are no text"):
        list(decoded_lines(["URN,LA".encode("utf-16")]))


DFE = [column.dfe for column in COLUMNS if column.dfe]


@given(st.lists(st.text('ab", \r\n', max_size=6), min_size=len(DFE) - 1, max_size=40))
def test_our_columns_are_picked_from_any_order(texts: list[str]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    row = ["7", *texts[: len(DFE) - 1]]
    writer.writerows([row[::-1], row[::-1]])
    header = Header(DFE[::-1])
    picked = list(header.picked(io.BytesIO(out.getvalue().encode()).readlines()))
    assert picked == [tuple(" ".join(text.split()) for text in row)] * 2
