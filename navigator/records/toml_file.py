"""A whole TOML file of records, only read: which every start does.

What changes one record of it is `toml_text`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any


def parse(data: bytes, table: str) -> list[dict[str, Any]]:
    """The records `[[table]]` of a file's bytes, dates as text. Raises ValueError (see `where`)."""
    text = decoded(data)
    try:
        found = tomllib.loads(text).get(table, [])
    except RecursionError:
        raise ValueError("its lists lie too deep in one another") from None
    if not isinstance(found, list) or not all(isinstance(r, dict) for r in found):
        wrong = re.search(rf"^\s*(\[\s*)?{table}\b", text, re.MULTILINE)
        line = text[: wrong.end()].count("\n") + 1 if wrong else 1
        raise ValueError(f"line {line}: {table} isn't written as [[{table}]]")
    return [plain_values(record) for record in found]


def decoded(data: bytes) -> str:
    """A file's text. Raises ValueError for bytes that aren't UTF-8."""
    return data.decode("utf-8-sig")


def where(data: bytes, error: ValueError) -> str:
    """Which line of a file can't be read, and what is wrong there."""
    if isinstance(error, UnicodeDecodeError):
        line = data[: error.start].count(b"\n") + 1
        return f"line {line} holds a byte that isn't UTF-8 text"
    last = data.rstrip(b"\n").count(b"\n") + 1
    return str(error).replace("at end of document", f"at line {last}, where the file ends")


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
