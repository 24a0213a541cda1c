"""Reading DfE's groups file (trusts) and links file (predecessors and successors)."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from navigator.register import schema
from navigator.register.conversions import day_number, trust_name
from navigator.register.gias import BadFileError, NotTheRegisterError, read_header

KIND_OF_GROUP = {"06": "MAT", "10": "SAT", "11": "SAT", "02": "foundation"}
"""By Group Type code; other groups (sponsors, federations, children's centres) run no schools."""

KIND_OF_FLAG = {"3": "MAT", "5": "SAT", "1": "foundation"}
"""By the establishment file's TrustSchoolFlag, where the groups file is silent."""

GROUPS = {
    "uid": "Group UID",
    "id": "Group ID",
    "name": "Group Name",
    "company": "Companies House Number",
    "code": "Group Type (code)",
    "status": "Group Status",
    "opened": "Open date",
    "incorporated": "Incorporated on (open date)",
}
LINKS = {
    "urn": "URN",
    "other": "LinkURN",
    "name": "LinkName",
    "kind": "LinkType",
    "day": "LinkEstablishedDate",
}
"""The files' columns that we read, by our names."""


def load_trusts(
    database: sqlite3.Connection, path: Path | None, seen: dict[str, tuple[str, str]]
) -> None:
    """Fill `trust` with each group that schools name; `seen` maps UIDs to (name, flag).

    Another name of a trust is one that the establishment file has for it, or that a group of the
    same Group ID has: DfE keeps that where a single-academy trust became a multi-academy trust.

    Raises:
        BadFileError: the groups file can't be read.
    """
    rows: dict[str, tuple[object, ...]] = {
        uid: (uid, trust_name(name), KIND_OF_FLAG[flag], 0, "", None, "")
        for uid, (name, flag) in seen.items()
        if flag in KIND_OF_FLAG
    }
    told_names: dict[str, list[str]] = defaultdict(list)
    uids: dict[str, list[str]] = defaultdict(list)
    for told in _rows(path, GROUPS, optional=("id",)) if path else ():
        uid, code = told["uid"], told["code"]
        if code not in KIND_OF_GROUP:
            continue
        name, kind = trust_name(told["name"]), KIND_OF_GROUP[code]
        if told["id"]:
            told_names[told["id"]].append(name)
        if uid in seen:
            day = day_number(told["opened"]) or day_number(told["incorporated"])
            rows[uid] = (uid, name, kind, 0, told["status"], day, told["company"])
            uids[told["id"]].append(uid)
    names = ("uid", "name", "kind", "size", "status", "opened", "companies_house")
    schema.insert(database, "trust", names, rows.values())
    others = {(uid, trust_name(name)) for uid, (name, _) in seen.items() if uid in rows}
    others |= {
        (uid, name) for id, own in uids.items() if id for uid in own for name in told_names[id]
    }
    put_other_names(database, others)


def put_other_names(database: sqlite3.Connection, names: Iterable[tuple[str, str]]) -> None:
    """Keep names of trusts, by UID, that aren't those they have now but for capitals."""
    schema.insert(database, "trust_name", ("uid", "name"), names, how="INSERT OR IGNORE")
    database.execute(
        """DELETE FROM trust_name WHERE name = '' OR EXISTS
        (SELECT 1 FROM trust WHERE trust.uid = trust_name.uid
        AND lower(trust.name) = lower(trust_name.name))"""
    )


def has_other_names(database: sqlite3.Connection, of: str = "main") -> bool:
    """Whether a register's file has other names of trusts: older ones have no table of them."""
    found = database.execute(f"SELECT 1 FROM {of}.sqlite_master WHERE name = 'trust_name'")
    return found.fetchone() is not None


def load_links(database: sqlite3.Connection, path: Path | None) -> None:
    """Fill `link` with the register's rows of predecessors and successors.

    Raises:
        BadFileError: the links file can't be read.
    """
    if not path:
        return
    rows = (
        (int(told["urn"]), int(told["other"]), told["name"], told["kind"], day_number(told["day"]))
        for told in _rows(path, LINKS)
        if told["urn"].isdecimal() and told["other"].isdecimal() and is_link(told["kind"])
    )
    schema.insert(database, "link", LINKS, rows, how="INSERT OR REPLACE")


def is_link(kind: str) -> bool:
    """Whether a link's kind tells where a school came from or went."""
    return kind.startswith(("Successor", "Predecessor", "Result of Amalgamation"))


def _rows(
    path: Path, columns: dict[str, str], optional: Collection[str] = ()
) -> Iterator[dict[str, str]]:
    """The rows of a file that lies beside the register, by our names of its columns."""
    required = [of for name, of in columns.items() if name not in optional]
    try:
        with path.open("rb") as file:
            header = read_header(file, columns, required, f" of {path.name}")
            for row in header.picked(file):
                yield dict(zip(columns, row, strict=True))
    except NotTheRegisterError as error:
        raise BadFileError(f"{path.name} has no column {', '.join(error.missing)}") from None
    except BadFileError as error:
        if path.name in str(error):
            raise
        raise BadFileError(f"in {path.name}, {error}") from None
