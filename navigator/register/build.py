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
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from navigator.register import finish, groups, schema, words
from navigator.register.england import england
from navigator.register.gias import BadFileError, Header, decoded
from navigator.register.shape import Positions, Row, Shaper, batches

if TYPE_CHECKING:
    from subprocess import Popen

WORTH_SPLITTING = 8_000_000
"""Bytes from which a second process pays for its start (0.1 s)."""

SECOND_IDS = 100_000
"""Where the second process's kinds and places begin to count."""

_MARKS = ", ".join("?" for _ in schema.SCHOOL_COLUMNS)
INSERT_SCHOOL = f"INSERT INTO school VALUES ({_MARKS})"  # noqa: S608

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
    size = sources.schools.stat().st_size
    middle = _middle(sources.schools) if in_two else size
    second = _start_second(sources.schools, middle, _half(target)) if in_two else None
    if in_two and not second:
        return False
    try:
        with closing(new_database(target)) as database:
            shaper = Shaper(england())
            try:
                docs = fill(database, sources.schools, shaper, (0, middle), _halved(tick, in_two))
            except (BadFileError, sqlite3.IntegrityError) as error:
                if in_two:
                    return False
                if isinstance(error, BadFileError):
                    raise
                raise _duplicate(sources.schools) from None
            database.execute("COMMIT")
            tick("Making the index", 0, 0)
            if second:
                if second.wait() != 0:
                    return False
                database.execute("ATTACH ? AS half", (str(_half(target)),))
                docs += database.execute("SELECT * FROM half.doc").fetchall()
            # SQLite lets go of Python's lock while it works: the index is made in a file of its own
            # beside the rest, and copied (0.15 s saved of 0.5)
            with ThreadPoolExecutor(1) as pool:
                index = pool.submit(_make_index, target.with_suffix(".index"), docs)
                try:
                    if second:
                        _take_over(database, shaper)
                    _rest(database, sources, shaper)
                except sqlite3.IntegrityError:
                    return False
                finish.copy_index(database, index.result())
            database.execute("BEGIN")
            finish.note(database, _meta(sources))
            database.execute("COMMIT")
        _sync(target)
    finally:
        if second:
            second.kill()
            second.wait()
    return True


def _half(target: Path) -> Path:
    return target.with_suffix(".half")


def _make_index(path: Path, docs: list[Row]) -> Path:
    with closing(new_database(path)) as database:
        finish.make_index(database, docs)
        database.execute("COMMIT")
    return path


def _rest(database: sqlite3.Connection, sources: Sources, shaper: Shaper) -> None:
    """Trusts, links, counts and lookups."""
    database.execute("BEGIN")
    for statement in schema.MORE_TABLES.split(";"):
        database.execute(statement)
    groups.load_trusts(database, sources.groups, shaper.trusts)
    groups.load_links(database, sources.links)
    finish.count_areas(database)
    finish.make_lookups(database)
    database.execute("COMMIT")


def fill(
    database: sqlite3.Connection, path: Path, shaper: Shaper, span: tuple[int, int], tick: Tick
) -> list[Row]:
    """Read the rows that begin in a span of bytes, [start, stop), into `school`; returns those of `doc`.

    Raises:
        BadFileError: what can't be read, by line where `start` is 0.
    """
    start, stop = span
    docs: list[Row] = []
    done = 0
    with path.open("rb") as file:
        header = read_header(file)
        body = file.tell()
        file.seek(max(start, body))
        reader = csv.reader(decoded(_until(file, stop - max(start, body)), 2), strict=True)
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
        return subprocess.Popen(  # noqa: S603
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
        docs = fill(database, path, shaper, (start, path.stat().st_size), _silent)
        docs.sort()  # so that all docs are sorted fast: Python merges runs that are
        database.execute("CREATE TABLE doc (tier, key, urn, tokens)")
        database.executemany("INSERT INTO doc VALUES (?, ?, ?, ?)", docs)
        database.execute("CREATE TABLE seen (trust, name, flag)")
        trusts = ((uid, *seen) for uid, seen in shaper.trusts.items())
        database.executemany("INSERT INTO seen VALUES (?, ?, ?)", trusts)
        database.execute("COMMIT")


def _take_over(database: sqlite3.Connection, shaper: Shaper) -> None:
    """Copy the second process's rows."""
    for table in ("school", "kind", "place"):
        database.execute(f"INSERT INTO {table} SELECT * FROM half.{table}")  # noqa: S608
    for uid, name, flag in database.execute("SELECT trust, name, flag FROM half.seen"):
        shaper.trusts[uid] = name, flag


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
