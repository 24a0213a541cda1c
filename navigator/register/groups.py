"""Reading DfE's groups file (trusts) and links file (predecessors and successors)."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from navigator.register.conversions import clean, day_number, trust_name
from navigator.register.gias import BadFileError, decoded, unreadable

KIND_OF_GROUP = {"06": "MAT", "10": "SAT", "11": "SAT", "02": "foundation"}
"""By Group Type code; other groups (sponsors, federations, children's centres) run no schools."""

KIND_OF_FLAG = {"3": "MAT", "5": "SAT", "1": "foundation"}
"""By the establishment file's TrustSchoolFlag, where the groups file is silent."""

GROUP_COLUMNS = (
    "Group UID",
    "Group Name",
    "Companies House Number",
    "Group Type (code)",
    "Group Status",
    "Open date",
    "Incorporated on (open date)",
)
LINK_COLUMNS = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")


def load_trusts(
    database: sqlite3.Connection, path: Path | None, seen: dict[str, tuple[str, str]]
) -> None:
    """Fill `trust` with each group that schools name; `seen` maps UIDs to (name, flag).

    Raises:
        BadFileError: the groups file can't be read.
    """
    rows: dict[str, tuple[object, ...]] = {
        uid: (uid, trust_name(name), KIND_OF_FLAG[flag], 0, "", None, "", None)
        for uid, (name, flag) in seen.items()
        if flag in KIND_OF_FLAG
    }
    if path:
        for uid, name, company, code, status, opened, incorporated in _rows(path, GROUP_COLUMNS):
            if uid in seen and code in KIND_OF_GROUP:
                day = day_number(opened) or day_number(incorporated)
                kind = KIND_OF_GROUP[code]
                rows[uid] = (uid, trust_name(name), kind, 0, status, day, company, None)
    database.executemany("INSERT INTO trust VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows.values())


def load_links(database: sqlite3.Connection, path: Path | None) -> None:
    """Fill `link` with the register's rows of predecessors and successors.

    Raises:
        BadFileError: the links file can't be read.
    """
    if not path:
        return
    database.executemany(
        "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?)",
        (
            (int(urn), int(other), name, kind, day_number(day))
            for urn, other, name, kind, day in _rows(path, LINK_COLUMNS)
            if urn.isdecimal() and other.isdecimal() and is_link(kind)
        ),
    )


def is_link(kind: str) -> bool:
    """Whether a link's kind tells where a school came from or went."""
    return kind.startswith(("Successor", "Predecessor", "Result of Amalgamation"))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    with path.open("rb") as file:
        reader = csv.reader(decoded(file), strict=True)
        header = [clean(name) for name in next(reader, [])]
        missing = [name for name in columns if name not in header]
        if missing:
            raise BadFileError(f"{path.name} has no column {', '.join(missing)}")
        pick = itemgetter(*(header.index(name) for name in columns))
        try:
            for row in reader:
                if len(row) != len(header):
                    if not row:
                        continue
                    raise BadFileError(
                        f"line {reader.line_num} of {path.name} has {len(row)} columns, "
                        f"not {len(header)}"
                    )
                picked: tuple[str, ...] = pick(row)
                if not "|".join(picked).isprintable() or "  " in "|".join(picked):
                    picked = tuple(map(clean, picked))
                yield picked
        except csv.Error as error:
            raise BadFileError(f"in {path.name}, {unreadable(error, reader.line_num)}") from None
        except BadFileError as error:
            if path.name in str(error):
                raise
            raise BadFileError(f"in {path.name}, {error}") from None
