"""A TOML file of records as its pieces of text, so that a change touches one record alone.

Reading a file of 2,000 notes through a library that keeps comments takes seconds; a change needs
one record of it. So the text is cut at its table headers, the one piece is changed, and all other
pieces stay byte for byte. A piece that is as we write it is written anew by tomli-w; only where a
hand was in it is it changed by tomlkit, which keeps comments and takes ten times as long to load.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from navigator.core.patterns import late

# Strings, comments and arrays are passed over: a note may hold a line that looks like a header.
_STRING = (
    r'"""(?:[^"\\]+|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*+"'
    r"|'[^'\n]*'"
)
_TOKEN = late(
    _STRING + r"|(?P<comment>\#[^\n]*)"
    r"""|(?P<header>^[ \t]*\[\[?[ \t]*(?P<name>[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
    r"[ \t]*(?P<more>\.?)[^\n]*)"
    r"|(?P<opens>[\[{])",
    re.DOTALL | re.MULTILINE,
)
_INSIDE = late(_STRING + r"|\#[^\n]*|(?P<opens>[\[{])|(?P<closes>[\]}])", re.DOTALL)


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


def fresh(table: str, values: Mapping[str, Any]) -> str:
    """A new record's text."""
    return f"[[{table}]]\n" + "".join(f"{_key(k)} = {_value(v)}\n" for k, v in values.items())


def changed(text: str, table: str, values: Mapping[str, Any]) -> str:
    """A record's text with some values changed; None takes a key away. All else stays.

    Raises:
        ValueError: it can't be done without touching something else.
    """
    held = read_one(text, table)
    wanted = {key: value for key, value in {**held, **values}.items() if value is not None}
    plain = text.replace("\r\n", "\n")
    begin = plain.find("[[")
    above, body = plain[:begin], plain[begin:]
    if body.rstrip("\n") == fresh(table, held).rstrip("\n"):
        return above + fresh(table, wanted)
    # Not as we write it: comments within, or the head's own hand. Only then is tomlkit loaded.
    after = _changed_by_tomlkit(text, table, values)
    if read_one(after, table) != wanted:
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


def _key(key: str) -> str:
    import tomli_w

    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def _value(value: object) -> str:
    """A record's value as we write it: a list of tables on a line each, so that a hand can add
    one; several lines of text with their quotes as they are, where tomli-w would escape each."""
    if isinstance(value, list) and value and all(isinstance(part, Mapping) for part in value):
        return "[\n" + "".join(f"    {_on_one_line(row)},\n" for row in value) + "]"
    if not isinstance(value, str) or "\n" not in value:
        return _on_one_line(value)
    lines = [_on_one_line(line)[1:-1].replace('\\"', '"') for line in value.split("\n")]
    told = "\n".join(lines).replace('"""', '""\\"')
    begin = "\n" if told.startswith("\n") else ""  # TOML drops a line end that begins a text
    return f'"""{begin}{told}"""'


def _on_one_line(value: object) -> str:
    import tomli_w

    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(k)} = {_on_one_line(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(_on_one_line, value))}]"
    return tomli_w.dumps({"v": value})[len("v = ") : -1].replace("\t", "\\t")


def _changed_by_tomlkit(text: str, table: str, values: Mapping[str, Any]) -> str:
    """As `changed`; it keeps comments, order and the spelling of what isn't changed."""
    import tomlkit

    def item(value: object) -> object:
        return tomlkit.parse(f"v = {_value(value)}\n")["v"]

    document = tomlkit.parse(text)
    record: Any = document[table][0]
    for key, value in values.items():
        if value is None:
            record.pop(key, None)
        elif record.get(key) != value:
            record[key] = item(value)
    return tomlkit.dumps(document)
