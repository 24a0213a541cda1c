"""Building a register's SQLite file from DfE's files.

Half of the establishment file is read by a second process into a database of its own, whose rows
are then copied over: with two cores the whole takes about as long as Python's bare `csv.reader`
takes twice. Whatever goes wrong with the second process or with the seam between the halves, the
file is read once more by one process, and what that one says holds.
"""

from __future__ import annotations

import csv
import gc
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from navigator.register import finish, groups, schema, words
from navigator.register.england import england
from navigator.register.gias import (
    BadFileError,
    Header,
    Positions,
    Row,
    Shaper,
    batches,
    decoded,
)

if TYPE_CHECKING:
    from subprocess import Popen

WORTH_SPLITTING = 8_000_000
"""Bytes from which a second process pays for its start (0.1 s)."""

SECOND_IDS = 100_000
"""Where the second process's kinds and places begin to count."""

INSERT_SCHOOL = f"INSERT INTO school VALUES ({', '.join('?' for _ in schema.SCHOOL_COLUMNS)})"

Tick = Callable[[str, int, int], None]
"""Told the stage, the rows done and the rows expected."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Plain files to build from, each with its day."""

    schools: Path
    day: date
    links: Path | None = None
    links_day: date | None = None
    groups: Path | None = None
    groups_day: date | None = None
    dated_by_name: bool = True


def build(sources: Sources, target: Path, tick: Tick) -> None:
    """Write the register of the sources to a new file `target`, complete and on disk.

    Raises:
        BadFileError: a source can't be read; its text names file and line.
        OSError, sqlite3.Error: the disk is full or not ours.
    """
    with _no_collections():
        size = sources.schools.stat().st_size
        if size < WORTH_SPLITTING or not _build(sources, target, tick, in_two=True):
            target.unlink(missing_ok=True)
            _build(sources, target, tick, in_two=False)
        words.forget()


def _build(sources: Sources, target: Path, tick: Tick, *, in_two: bool) -> bool:
    """Build with one process or two; False where two couldn't."""
    second = None
    end = sources.schools.stat().st_size
    if in_two:
        end = _middle(sources.schools)
        second = _start_second(sources.schools, end, target.with_suffix(".half"))
        if second is None:
            return False
    try:
        with closing(new_database(target)) as database:
            shaper = Shaper(england())
            try:
                docs = fill(database, sources.schools, shaper, 0, end, _halved(tick, in_two))
                if second:
                    tick("Putting the rows together", 0, 0)
                    if second.wait() != 0:
                        return False
                    docs += _take_over(database, target.with_suffix(".half"), shaper)
            except (BadFileError, sqlite3.IntegrityError) as error:
                if second:
                    return False
                if isinstance(error, sqlite3.IntegrityError):
                    raise _duplicate(sources.schools) from None
                raise
            for statement in schema.MORE_TABLES.split(";"):
                database.execute(statement)
            tick("Reading trusts and links", 0, 0)
            groups.load_trusts(database, sources.groups, shaper.trusts)
            groups.load_links(database, sources.links)
            tick("Making the index", 0, 0)
            finish.count_areas(database)
            finish.finish(database, docs, _meta(sources))
            database.execute("COMMIT")
        _sync(target)
    finally:
        if second:
            second.kill()
            second.wait()
    return True


def fill(
    database: sqlite3.Connection, path: Path, shaper: Shaper, start: int, stop: int, tick: Tick
) -> list[Row]:
    """Read the rows that begin in bytes [start, stop) into `school`; returns those of `doc`.

    Raises:
        BadFileError: what can't be read, by line where `start` is 0.
    """
    docs: list[Row] = []
    done = 0
    with path.open("rb") as file:
        header = read_header(file)
        body = file.tell()
        file.seek(max(start, body))
        reader = csv.reader(decoded(_until(file, stop - max(start, body)), 2))
        rows = header.picked(reader, before=1)
        for schools, new_docs in batches(shaper.shaped(rows), Positions()):
            database.executemany(INSERT_SCHOOL, schools)
            docs += new_docs
            done += len(schools)
            tick("Reading schools", done, int(done * (stop - start) / (file.tell() - start + 1)))
    database.executemany("INSERT INTO kind VALUES (?, ?, ?, ?)", shaper.kind_rows)
    database.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", shaper.place_rows)
    return docs


def read_header(file: BinaryIO) -> Header:
    """The header of an establishment file; the file then stands behind it.

    Raises:
        BadFileError: it has none, or not the register's.
    """
    line = file.readline(1_000_000)
    if not line.strip():
        raise BadFileError("it is empty")
    row = next(csv.reader(decoded([line])), [])
    return Header(row)


def _until(file: BinaryIO, length: int) -> Iterator[bytes]:
    for line in file:
        yield line
        length -= len(line)
        if length <= 0:
            return


def _middle(path: Path) -> int:
    """Where the first line behind the middle begins.

    Should that line end lie inside a quoted text, the first half ends in a row too short and the
    second begins with one: both halves notice.
    """
    with path.open("rb") as file:
        file.seek(path.stat().st_size // 2)
        file.readline()
        return file.tell()


def new_database(path: Path | str) -> sqlite3.Connection:
    """An empty register with its first tables, in a transaction."""
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    # Nobody sees the file until it is whole and synced, so it needs no journal of its own
    for pragma in (
        "journal_mode = off",
        "synchronous = off",
        "locking_mode = exclusive",
        "temp_store = memory",
        "cache_size = -65536",
        f"user_version = {schema.VERSION}",
    ):
        database.execute(f"PRAGMA {pragma}")
    database.execute("BEGIN")
    for statement in schema.TABLES.split(";"):
        database.execute(statement)
    return database


def _start_second(path: Path, start: int, target: Path) -> Popen[bytes] | None:
    """A process that reads the rows from byte `start` on into a database `target`."""
    import subprocess

    if not sys.executable:
        return None
    package = Path(__file__).parents[2]
    places = [str(package), *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "navigator.register.half", str(path), str(start), str(target)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
        )
    except OSError:
        return None


def build_half(path: Path, start: int, target: Path) -> None:
    """What the second process does: the rows from byte `start` to the end, into `target`."""
    gc.disable()
    with closing(new_database(target)) as database:
        shaper = Shaper(england(), SECOND_IDS)
        docs = fill(database, path, shaper, start, path.stat().st_size, _silent)
        docs.sort()
        database.execute("CREATE TABLE doc (tier, key, urn, tokens)")
        database.executemany("INSERT INTO doc VALUES (?, ?, ?, ?)", docs)
        database.execute("CREATE TABLE seen (trust, name, flag)")
        trusts = ((uid, *seen) for uid, seen in shaper.trusts.items())
        database.executemany("INSERT INTO seen VALUES (?, ?, ?)", trusts)
        database.execute("COMMIT")


def _take_over(database: sqlite3.Connection, half: Path, shaper: Shaper) -> list[Row]:
    """Copy the second process's rows; returns its docs."""
    database.execute("COMMIT")
    database.execute("ATTACH ? AS half", (str(half),))
    database.execute("BEGIN")
    for table in ("school", "kind", "place"):
        database.execute(f"INSERT INTO {table} SELECT * FROM half.{table}")  # noqa: S608
    docs = database.execute("SELECT tier, key, urn, tokens FROM half.doc").fetchall()
    for uid, name, flag in database.execute("SELECT trust, name, flag FROM half.seen"):
        shaper.trusts[uid] = name, flag
    return docs


def _duplicate(path: Path) -> BadFileError:
    """Which URN is in a file twice, and where."""
    seen: dict[int, int] = {}
    with path.open("rb") as file:
        header = read_header(file)
        reader = csv.reader(decoded(file, 2))
        for row in header.picked(reader, before=1):
            urn, line = int(row[0]), 1 + reader.line_num
            if urn in seen:
                return BadFileError(f"line {line} has URN {urn} again, first on line {seen[urn]}")
            seen[urn] = line
    return BadFileError("a URN is in it twice")


def _meta(sources: Sources) -> dict[str, str]:
    return {
        "name": "England" if sources.dated_by_name else "England (dated by its file's time)",
        "day": sources.day.isoformat(),
        "links_day": sources.links_day.isoformat() if sources.links_day else "",
        "groups_day": sources.groups_day.isoformat() if sources.groups_day else "",
    }


def _silent(stage: str, done: int, expected: int) -> None:
    """Tells nobody."""


def _halved(tick: Tick, in_two: bool) -> Tick:
    """Counts each row twice where another process reads the other half."""
    if not in_two:
        return tick
    return lambda stage, done, expected: tick(stage, done * 2, expected * 2)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _no_collections() -> Iterator[None]:
    """Without cyclic garbage collection: a build makes millions of objects and no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
