"""A TOML file of records as its pieces of text, so that a change touches one record alone.

Reading a file of 2,000 notes through a library that keeps comments takes seconds; a change needs
one record of it. So the text is cut at its table headers, the one piece is changed by tomlkit
(which keeps comments and keys we don't know), and all other pieces stay byte for byte.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

Values = Mapping[str, Any]
"""A record's keys and values, as TOML has them."""

# Strings and comments are passed over, so that a note may hold a line that looks like a header.
_TOKENS = re.compile(
    r'"""(?:[^"\\]+|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|(?P<header>^[ \t]*\[\[?[ \t]*(?P<name>[A-Za-z0-9_-]+)[ \t]*(?P<more>\.?)[^\n]*)",
    re.DOTALL | re.MULTILINE,
)


class Piece(NamedTuple):
    """A part of the file's text; `record` where it is one record, `line` where it begins."""

    text: str
    record: bool
    line: int


def cut(text: str, table: str) -> list[Piece]:
    """The pieces of a file whose records are `[[table]]`; joined, they are the text again.

    Comments right above a record belong to it.
    """
    starts = [(0, False)]
    for found in _TOKENS.finditer(text):
        if found["header"] is None:
            continue
        ours = found["name"] == table
        if ours and found["more"]:
            continue  # [note.more] says more of the record above
        where = _with_comments(text, found.start())
        starts.append((where, ours and found["header"].lstrip().startswith("[[")))
    ends = [start for start, _ in starts[1:]] + [len(text)]
    pieces = []
    line = 1
    for (start, record), end in zip(starts, ends, strict=True):
        piece = text[start:end]
        if piece:
            pieces.append(Piece(piece, record, line))
        line += piece.count("\n")
    return pieces


def _with_comments(text: str, start: int) -> int:
    """Where the comment lines directly above a position begin."""
    while start > 0:
        before = text.rfind("\n", 0, start - 1) + 1
        if not text[before:start].lstrip(" \t").startswith("#"):
            break
        start = before
    return start


def fresh(table: str, values: Values) -> str:
    """A new record's text."""
    import tomlkit

    record = tomlkit.table()
    for key, value in values.items():
        record[key] = _item(value)
    records = tomlkit.aot()
    records.append(record)
    document = tomlkit.document()
    document.append(table, records)
    return tomlkit.dumps(document)


def changed(text: str, table: str, values: Values) -> str:
    """A record's text with some values changed; None takes a key away. All else stays."""
    import tomlkit

    document = tomlkit.parse(text)
    record: Any = document[table][0]
    for key, value in values.items():
        if value is None:
            record.pop(key, None)
        elif record.get(key) != value:
            record[key] = _item(value)
    return tomlkit.dumps(document)


def read_one(text: str, table: str) -> dict[str, Any]:
    """The record that a piece holds. Raises ValueError where it is no such piece."""
    values = tomllib.loads(text)
    records = values.get(table)
    if set(values) != {table} or not isinstance(records, list) or len(records) != 1:
        raise ValueError(f"not one [[{table}]]")
    record: dict[str, Any] = records[0]
    return record


def _item(value: object) -> object:
    import tomlkit

    if isinstance(value, str) and "\n" in value:
        return tomlkit.string(value, multiline=True)
    return value


def plain_values(record: Mapping[str, Any]) -> dict[str, Any]:
    """Dates as text, so that the values fit into JSON; everything else as it is."""
    return {key: _plain(value) for key, value in record.items()}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return plain_values(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(v) for v in value]
    if isinstance(value, str | int | float | bool):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def as_date(value: object) -> date | None:
    """A date given as TOML has it or as text; None where it is none. Raises ValueError."""
    if value is None or value == "":
        return None
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return date.fromisoformat(text[:10])
