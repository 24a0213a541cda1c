"""Reading lines: their encodings and numbers."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator.register.columns import COLUMNS
from navigator.register.gias import BadFileError, Header, decoded


@given(st.lists(st.text(st.characters(codec="cp1252", exclude_characters="\0"), max_size=9)))
def test_cp1252_lines_are_decoded_as_python_does(texts: list[str]) -> None:
    lines = [text.encode("cp1252") for text in texts]
    plain = [line for line in lines if line.isascii()]
    assert list(decoded(plain)) == [line.decode("ascii") for line in plain]
    for number, text in enumerate(decoded(lines)):
        assert text in (lines[number].decode("cp1252"), _utf_8(lines[number]))


def _utf_8(line: bytes) -> str | None:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def test_an_encoding_is_told_by_line() -> None:
    lines = ["\ufeffURN".encode(), "Brontë’s".encode("cp1252"), "Brontë’s".encode()]
    assert list(decoded(lines)) == ["URN", "Brontë’s", "Brontë’s"]
    for bad in (b"a\x81", b"a\0"):
        with pytest.raises(BadFileError, match="line 3"):
            list(decoded([b"a", b"b", bad]))


@given(st.lists(st.text('ab", \r\n', max_size=6), min_size=len(COLUMNS) - 1, max_size=40))
def test_our_columns_are_picked_from_any_order(texts: list[str]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    row = ["7", *texts[: len(COLUMNS) - 1]]
    writer.writerows([row[::-1], row[::-1]])
    header = Header([column.dfe for column in COLUMNS][::-1])
    picked = list(header.picked(io.BytesIO(out.getvalue().encode()).readlines()))
    assert picked == [tuple(" ".join(text.split()) for text in row)] * 2
