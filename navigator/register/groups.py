"""Reading DfE's groups file (trusts) and links file (predecessors and successors)."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from navigator.core import cleaning
from navigator.register import schema
from navigator.register.conversions import day_number, number_of_day, trust_name, whole_number
from navigator.register.doubts import Doubts, changed_layout
from navigator.register.gias import BadFileError, NotTheRegisterError, lines_of, read_header
from navigator.register.search_words import fold

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
    "closed": "Closed Date",
}
LINKS = {
    "urn": "URN",
    "other": "LinkURN",
    "name": "LinkName",
    "kind": "LinkType",
    "day": "LinkEstablishedDate",
}
"""The files' columns that we read, by our names."""

OPTIONAL = frozenset({"Group ID", "Closed Date"})

COMPANY_DIGITS = 8
"""Of a number at Companies House: a spreadsheet takes the noughts before it away."""

TrustNames = Mapping[str, Iterable[tuple[str, int]]]
"""By a trust's UID, what it was called and the day of the last register that says so."""


class GroupsFile:
    """The trusts of DfE's groups file; none where there is no file.

    Attributes:
        trusts: their rows, by our names of the columns.
        doubts: counts what can't be read.

    Raises:
        BadFileError: it can't be read.
    """

    def __init__(self, path: Path | None) -> None:
        self._name = path.name if path else ""
        self.doubts = Doubts()
        rows = _rows(path, GROUPS, self.doubts) if path else ()
        self.trusts = [told for told in rows if told["code"].zfill(2) in KIND_OF_GROUP]

    def notes(self) -> list[str]:
        """A sentence on each thing that couldn't be read."""
        return self.doubts.told(self._name)


def load_trusts(
    database: sqlite3.Connection, listed: GroupsFile, seen: Mapping[str, tuple[str, str]]
) -> None:
    """Fill `trust` with each group that schools name; `seen` maps UIDs to (name, flag).

    `listed.doubts` counts the days that couldn't be read.
    """
    rows: dict[str, tuple[object, ...]] = {}
    for told in listed.trusts:
        uid = told["uid"]
        if uid in seen:
            opened, incorporated, closed = (
                _day(listed.doubts, GROUPS[n], told[n])
                for n in ("opened", "incorporated", "closed")
            )
            kind, company = KIND_OF_GROUP[told["code"].zfill(2)], told["company"]
            if (number := whole_number(company)) is not None:
                company = f"{number:0{COMPANY_DIGITS}}"
            since = opened or incorporated
            name = trust_name(told["name"])
            rows[uid] = (uid, name, kind, 0, told["status"], since, company, closed)
    for uid, (name, flag) in seen.items():
        if uid not in rows and flag in KIND_OF_FLAG:
            rows[uid] = (uid, trust_name(name), KIND_OF_FLAG[flag], 0, "", None, "", None)
    names = ("uid", "name", "kind", "size", "status", "opened", "companies_house", "closed")
    schema.insert(database, "trust", names, rows.values())


def names_in_files(
    listed: GroupsFile, seen: Mapping[str, tuple[str, str]], day: date, groups_day: date
) -> dict[str, list[tuple[str, int]]]:
    """By a trust's UID, the names that DfE's files of one day have for it beside its own.

    A closed group of the same Group ID: DfE keeps that where a single-academy trust became a
    multi-academy trust. And what the establishment file of an earlier day calls it.

    Args:
        listed: the groups file.
        seen: as for `load_trusts`.
        day, groups_day: those of the establishment file and of the groups file.
    """
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    closed: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for told in listed.trusts:
        if told["id"] and told["status"] == "Closed":
            ended = day_number(told["closed"]) or number_of_day(groups_day)
            closed[told["id"]].append((trust_name(told["name"]), ended))
    for told in listed.trusts:
        uid = told["uid"]
        if uid not in seen:
            continue
        found[uid] += closed[told["id"]]
        in_schools_file = seen[uid][0]
        if day < groups_day and fold(in_schools_file) != fold(told["name"]):
            found[uid].append((trust_name(in_schools_file), number_of_day(day)))
    return found


def load_former_names(
    database: sqlite3.Connection, names: TrustNames, seen: Mapping[str, tuple[str, str]]
) -> dict[str, list[str]]:
    """Fill `former_name` with the names by which trusts are no longer called.

    Returns:
        By UID, the names that a trust is found by, too: those, and its own where the establishment
        file (`seen`, as for `load_trusts`) has another.
    """
    found: dict[str, list[str]] = {}
    rows: dict[tuple[str, str], tuple[str, str, int]] = {}
    for uid, now in database.execute("SELECT uid, name FROM trust").fetchall():
        if cleaning.for_comparing(seen[uid][0]) != cleaning.for_comparing(now):
            found[uid] = [now]
        for name, day in names.get(uid, ()):
            if cleaning.for_comparing(name) not in ("", cleaning.for_comparing(now)):
                rows[uid, cleaning.for_comparing(name)] = uid, name, day
    for uid, name, _ in rows.values():
        found.setdefault(uid, []).append(name)
    schema.insert(database, "former_name", ("uid", "name", "day"), rows.values())
    return found


def load_links(database: sqlite3.Connection, path: Path | None) -> list[str]:
    """Fill `link` with the register's rows of schools that belong together.

    Returns:
        A sentence on each thing that couldn't be read.

    Raises:
        BadFileError: the links file can't be read.
    """
    if not path:
        return []
    doubts, rows = Doubts(), []
    for told in _rows(path, LINKS, doubts):
        urns = [whole_number(told[name]) for name in ("urn", "other")]
        if None in urns:
            wrong = ((LINKS[n], told[n]) for n in ("urn", "other") if whole_number(told[n]) is None)
            for column, text in wrong:
                doubts.column(column, [text] if text else [])
        else:
            day = _day(doubts, LINKS["day"], told["day"])
            rows.append((*urns, told["name"], told["kind"], day))
    schema.insert(database, "link", LINKS, rows, how="INSERT OR REPLACE")
    return doubts.told(path.name)


def _day(doubts: Doubts, column: str, text: str) -> int | None:
    day = day_number(text)
    if text and day is None:
        doubts.column(column, [text])
    return day


def _rows(path: Path, columns: dict[str, str], doubts: Doubts) -> Iterator[dict[str, str]]:
    """The rows of a file that lies beside the register, by our names of its columns."""
    required = [name for name in columns.values() if name not in OPTIONAL]
    try:
        with path.open("rb") as file:
            header = read_header(file, columns, required, f" of {path.name}")
            for row in header.picked(lines_of(file), doubts):
                yield dict(zip(columns, row, strict=True))
    except NotTheRegisterError as error:
        changed = changed_layout(error.missing, error.others)
        raise BadFileError(f"{path.name} has {changed}") from None
    except BadFileError as error:
        if path.name in str(error):
            raise
        raise BadFileError(f"in {path.name}, {error}") from None
