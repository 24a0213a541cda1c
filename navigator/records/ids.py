"""The ids of records: short enough to type, and never given twice in a file."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Mapping
from typing import Any


def new_id(kind: str, taken: Collection[str]) -> str:
    """An id for a new record of a kind: "n-jt4hcb"."""
    import secrets

    while True:
        name = f"{kind[0]}-" + "".join(
            secrets.choice("bcdfghjkmnpqrstvwxz23456789") for _ in "......"
        )
        if name not in taken:
            return name


def may_be(kind: str, text: str) -> bool:
    """Whether a text looks like an id of a kind, as a file taken in may have it."""
    return re.fullmatch(rf"{kind[0]}-[0-9a-z-]{{4,20}}", text) is not None


def id_of(kind: str, record: Mapping[str, Any], taken: Collection[str]) -> str:
    """The id that a record has in its file; for one written by hand without, or with one that is
    `taken`, an id made of what it holds, which is the same at every reading."""
    given = record.get("id")
    if isinstance(given, str) and given and given not in taken:
        return given
    base = f"{kind[0]}-{zlib.crc32(repr(sorted(record.items())).encode()):08x}"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name
