"""A register just built, beside the one in use: whether it may take its place, and with what of it.

A file that broke off, or another one by mistake, mustn't take England from a head.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from navigator.core import wording
from navigator.core.errors import RefusedError
from navigator.core.model import RegisterInfo
from navigator.register import opening, schema
from navigator.register.conversions import day_of_number, number_of_day

FEWER, FEWER_IN_ENGLAND = 0.75, 0.98
"""Share of the open schools in use below which a new file is taken for half of one, whether it
holds fewer or others; all of England's change in number by less than 1 % a year."""

MORE, WHOLE = 1.5, 15_000
"""Times the open schools in use above which a new file is taken for another one, where those in use
were so many that they were all of England."""

TOGETHER, GONE = 40, 0.8
"""Schools in use that lie together, by URN or in an authority, and the share of them from which a
new file that doesn't know them has a gap. DfE's file is in the order of URNs and goes on holding
schools that closed, so one that broke off, even at the end of a row, lacks the last ones."""

PLACED = 0.5
"""Share of open schools that must lie in England, or (of those in both) about where they lay."""

EASTINGS, NORTHINGS = (80_000, 660_000), (5_000, 660_000)
"""England from the Isles of Scilly to Lowestoft and Berwick, in metres of the National Grid."""

MOVED = 5_000
"""Metres by which a school's place may have been mended."""


def verify(made: Path, info: RegisterInfo, using: RegisterInfo | None) -> None:
    """Refuse a register that is far from England, or far from the one in use.

    Raises:
        RefusedError: in one sentence.
    """
    with closing(sqlite3.connect(opening.address(made), uri=True)) as database:
        wrong = _wrong_number(info, using) if using else ""
        if not wrong and _in_england(database) < info.schools * PLACED:
            raise RefusedError(
                "Most of the file's schools don't lie in England by their eastings and northings, "
                "so it was probably damaged on its way: download it again."
            )
        if using and not wrong:
            wrong = _wrong_schools(database, info, using)
    if using and wrong:
        raise RefusedError(
            f"{wrong}: download it again, or move the register files out of "
            f"{Path(using.path).parent} to start afresh with it."
        )


def _wrong_number(info: RegisterInfo, using: RegisterInfo) -> str:
    """What is wrong with how many schools a register has, "" for nothing."""
    whole = using.schools > WHOLE
    told = (
        f"The file holds {info.schools:,} open schools where the register in use has "
        f"{using.schools:,}"
    )
    if info.schools < using.schools * (FEWER_IN_ENGLAND if whole else FEWER):
        return f"{told}, so it is probably not whole"
    if whole and info.schools > using.schools * MORE:
        return f"{told}, more than England has"
    return ""


def _wrong_schools(database: sqlite3.Connection, info: RegisterInfo, using: RegisterInfo) -> str:
    """What is wrong with which schools a register has, and where, "" for nothing."""
    with _attached(database, Path(using.path)):
        shared, stayed = _stayed(database)
        if shared < using.schools * FEWER:
            return (
                f"The file holds only {shared:,} of the {using.schools:,} open schools of the "
                "register in use"
            )
        # An older one, loaded by hand, doesn't know the schools that came since; and with few
        # missing in all, none can be missing together (the question takes 80 ms)
        asks = info.day >= using.day and using.schools - shared > TOGETHER * GONE
        if asks and (gap := _gap(database)):
            return (
                f"The file lacks most schools {gap} that the register in use has, so it probably "
                "broke off on its way"
            )
        if stayed < shared * PLACED:
            return "Most schools of the file lie elsewhere than in the register in use"
    return ""


def _in_england(database: sqlite3.Connection) -> int:
    """How many open schools in scope lie there."""
    row = database.execute(
        """SELECT count(*) FROM school
        WHERE tier = 0 AND place IN (SELECT id FROM place WHERE in_scope)
        AND easting BETWEEN ? AND ? AND northing BETWEEN ? AND ?""",
        (*EASTINGS, *NORTHINGS),
    ).fetchone()
    return int(row[0])


def _stayed(database: sqlite3.Connection) -> tuple[int, int]:
    """(open schools of the register in use that the new one knows, those that lie as they lay).

    They are asked for in the order in which they lie in both files: by name it takes half as long
    again.
    """
    row = database.execute(
        """SELECT count(*), coalesce(sum(
            was.easting IS NULL OR now.easting IS NULL
            OR (abs(now.easting - was.easting) < ?1 AND abs(now.northing - was.northing) < ?1)), 0)
        FROM (SELECT urn FROM old.ranked WHERE tier = 0 ORDER BY urn)
        JOIN old.school AS was USING (urn) JOIN main.school AS now USING (urn)""",
        (MOVED,),
    ).fetchone()
    return int(row[0]), int(row[1])


def _gap(database: sqlite3.Connection) -> str:
    """Where open schools that lie together in the register in use are missing in the new one."""
    gone = "sum(now.urn IS NULL)"
    row = database.execute(
        f"""SELECT 'of ' || max(la_name) FROM old.ranked JOIN old.school AS was USING (urn)
        JOIN old.place ON place.id = was.place LEFT JOIN main.school AS now USING (urn)
        WHERE old.ranked.tier = 0 GROUP BY la_code
        HAVING count(*) >= {TOGETHER} AND {gone} > count(*) * {GONE}
        UNION ALL
        SELECT 'from URN ' || min(urn) || ' to ' || max(urn) FROM
            (SELECT urn, row_number() OVER (ORDER BY urn DESC) - 1 AS number
            FROM old.ranked WHERE tier = 0)
        LEFT JOIN main.school AS now USING (urn) GROUP BY number / {TOGETHER}
        HAVING count(*) = {TOGETHER} AND {gone} > count(*) * {GONE}"""
    ).fetchone()
    return row[0] if row else ""


def carry_over(made: Path, using: RegisterInfo) -> None:
    """Give a register built without links or groups those of the one in use, with their dates.

    So a day on which one of the two isn't there never leaves less than was there before.
    """
    with closing(sqlite3.connect(made)) as database, _attached(database, Path(using.path)):
        has = dict(database.execute("SELECT key, value FROM main.meta"))
        if using.links_day and not has["links_day"]:
            names = "urn, other, name, kind, day"
            database.execute(f"INSERT INTO main.link ({names}) SELECT {names} FROM old.link")
            _date(database, "links_day", using.links_day)
        if using.groups_day and not has["groups_day"]:
            has_closed = any(
                row[1] == "closed" for row in database.execute("PRAGMA old.table_info(trust)")
            )
            names = "uid, name, kind, status, opened, companies_house"
            names += ", closed" if has_closed else ""
            database.execute(
                f"""INSERT OR REPLACE INTO main.trust ({names}, size) SELECT {names},
                    (SELECT coalesce(sum(schools), 0) FROM main.trust_area WHERE trust = uid)
                FROM old.trust WHERE uid IN (SELECT trust FROM main.school)"""
            )
            _date(database, "groups_day", using.groups_day)
        database.commit()


def names_before(using: RegisterInfo, *, groups: bool) -> dict[str, list[tuple[str, int]]]:
    """By UID, what trusts were called in the register in use and before it, each with the last day.

    Its own names count where it has them from the same file as the new one, which has a groups
    file or hasn't (`groups`): the two files don't spell all names alike.
    """
    found: dict[str, list[tuple[str, int]]] = {}
    with closing(sqlite3.connect(opening.address(Path(using.path)), uri=True)) as database:
        rows: list[tuple[str, str, int]] = []
        if database.execute("SELECT 1 FROM sqlite_master WHERE name = 'former_name'").fetchone():
            rows += database.execute("SELECT uid, name, day FROM former_name ORDER BY day")
        if groups == (using.groups_day is not None):
            day = number_of_day(using.groups_day or using.day)
            told = database.execute("SELECT uid, name FROM trust")
            rows += [(uid, name, day) for uid, name in told]
    for uid, name, day in rows:
        found.setdefault(uid, []).append((name, day))
    return found


def keep_positions(made: Path, using: RegisterInfo) -> None:
    """Give the schools whose position a new register lost the one that they had, marked so.

    Only where the postcode is still the same: else the school has moved, nobody knows where to.
    """
    with closing(sqlite3.connect(made)) as database, _attached(database, Path(using.path)):
        has = {row[1] for row in database.execute("PRAGMA old.table_info(school)")}
        day = number_of_day(using.day)
        since = f"coalesce(was.position_day, {day})" if "position_day" in has else str(day)
        dated = (
            f"(school.closed OR school.tier = {schema.OPEN} "
            f"OR (school.tier = {schema.PROPOSED} AND school.opened))"
        )
        placed = f"{dated} AND school.place IN (SELECT id FROM main.place WHERE in_scope)"
        cell = (
            f"was.easting / {schema.CELL_METRES} * {schema.CELLS_A_COLUMN} "
            f"+ was.northing / {schema.CELL_METRES}"
        )
        kept = database.execute(
            f"""UPDATE main.school SET (easting, northing, position_day, cell) =
                (SELECT was.easting, was.northing, {since}, iif({placed}, {cell}, NULL)
                FROM old.school AS was WHERE was.urn = school.urn)
            WHERE easting IS NULL AND EXISTS (SELECT 1 FROM old.school AS was
                WHERE was.urn = school.urn AND was.easting IS NOT NULL
                AND was.postcode = school.postcode)"""
        ).rowcount
        if kept:
            first = database.execute("SELECT min(position_day) FROM main.school").fetchone()[0]
            _note(database, _positions_kept(kept, wording.day(day_of_number(first))))
        database.commit()


def _positions_kept(kept: int, since: str) -> str:
    if kept == 1:
        return (
            "The file has no position for a school that had one before: Navigator keeps that of "
            f"the register of {since}."
        )
    return (
        f"The file has no position for {kept:,} schools that had one before: Navigator keeps "
        f"those of the register before, from {since} on."
    )


def _note(database: sqlite3.Connection, sentence: str) -> None:
    database.execute(
        "UPDATE main.meta SET value = value || iif(value = '', '', char(10)) || ? "
        "WHERE key = 'notes'",
        (sentence,),
    )


def _date(database: sqlite3.Connection, key: str, day: date) -> None:
    database.execute("UPDATE main.meta SET value = ? WHERE key = ?", (day.isoformat(), key))


@contextmanager
def _attached(database: sqlite3.Connection, using: Path) -> Iterator[None]:
    """The register in use beside the new one, as `old`, for reading."""
    database.execute("ATTACH ? AS old", (opening.address(using),))
    yield
    database.execute("DETACH old")
