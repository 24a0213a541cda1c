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
from functools import lru_cache
from typing import Any, NamedTuple

Values = Mapping[str, Any]
"""A record's keys and values, as TOML has them."""

# Strings, comments and arrays are passed over: a note may hold a line that looks like a header.
_STRING = (
    r'"""(?:[^"\\]+|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*+"'
    r"|'[^'\n]*'"
)
_TOKEN = re.compile(
    _STRING + r"|(?P<comment>\#[^\n]*)"
    r"""|(?P<header>^[ \t]*\[\[?[ \t]*(?P<name>[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
    r"[ \t]*(?P<more>\.?)[^\n]*)"
    r"|(?P<opens>[\[{])",
    re.DOTALL | re.MULTILINE,
)
_INSIDE = re.compile(_STRING + r"|\#[^\n]*|(?P<opens>[\[{])|(?P<closes>[\]}])", re.DOTALL)


class Piece(NamedTuple):
    """A part of the file's text; `record` where it is one record and nothing else."""

    text: str
    record: bool


def cut(text: str, table: str) -> list[Piece]:
    """The pieces of a file whose records are `[[table]]`; joined, they are the text again.

    Comments right above a record belong to it, and so do those within it and right beneath.

    Raises:
        ValueError: a part of a record stands apart from it, so that it can't be changed alone.
    """
    pieces: list[Piece] = []
    begin, record = 0, False
    solid = 0  # where the last thing ends that isn't a comment

    def finish(end: int) -> None:
        loose = _loose(text, solid, end) if record else end
        pieces.extend(
            Piece(text[a:b], own)
            for a, b, own in ((begin, loose, record), (loose, end, False))
            if a < b
        )

    place = 0
    while found := _TOKEN.search(text, place):
        place = found.end()
        if found.lastgroup == "comment":
            continue
        if found.lastgroup == "opens":
            place = _after_list(text, place)
        elif found.lastgroup == "header":
            ours = found["name"].strip("\"'") == table
            if ours and found["more"]:
                if not record:
                    raise ValueError(f"[{table}.…] stands apart from its [[{table}]]")
            else:
                where = _with_comments(text, found.start(), solid)
                finish(where)
                begin, record = where, ours and found["header"].lstrip().startswith("[[")
        solid = place
    finish(len(text))
    return pieces


def _after_list(text: str, place: int) -> int:
    """Where a list or inline table ends of which the first bracket ends at `place`."""
    depth = 1
    while depth and (found := _INSIDE.search(text, place)):
        place = found.end()
        depth += (found.lastgroup == "opens") - (found.lastgroup == "closes")
    return len(text) if depth else place


def _with_comments(text: str, start: int, solid: int) -> int:
    """Where the comment lines directly above a position begin, none of them before `solid`."""
    while start > solid:
        before = text.rfind("\n", 0, start - 1) + 1
        if before < solid or not text[before:start].lstrip(" \t").startswith("#"):
            break
        start = before
    return start


def _loose(text: str, solid: int, end: int) -> int:
    """Where comments begin that stand apart, after a blank line, beneath a record's last line."""
    own = end
    while own > solid:
        before = text.rfind("\n", 0, own - 1) + 1
        if before < solid or text[before:own].strip()[:1] not in ("", "#"):
            break
        own = before
    blank = False
    for line in text[own:end].split("\n"):
        if blank and line.strip():
            return own
        blank = blank or not line.strip()
        own += len(line) + 1
    return end


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
    """A record's text with some values changed; None takes a key away. All else stays.

    Raises:
        ValueError: it can't be done without touching something else.
    """
    import tomlkit

    wanted = {**read_one(text, table), **values}
    document = tomlkit.parse(text)
    record: Any = document[table][0]
    for key, value in values.items():
        if value is None:
            record.pop(key, None)
        elif record.get(key) != value:
            record[key] = _item(value)
    after = tomlkit.dumps(document)
    if read_one(after, table) != {k: v for k, v in wanted.items() if v is not None}:
        raise ValueError(f"this [[{table}]] can't be changed alone")
    return after


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
    if isinstance(value, list) and value and all(isinstance(part, Mapping) for part in value):
        rows = tomlkit.array().multiline(True)  # a line a row, so that a hand can add one
        for part in value:
            row = tomlkit.inline_table()
            row.update(part)
            rows.append(row)
        return rows
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
    if not isinstance(value, str):
        value = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return _date(value[:10])


_date = lru_cache(4096)(date.fromisoformat)  # many notes share few days
