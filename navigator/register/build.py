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

from navigator.register import finish, groups, schema, search_words
from navigator.register.england import england
from navigator.register.gias import BadFileError, Header, decoded
from navigator.register.positions import fill_positions
from navigator.register.shape import Row, Shaper, batches

if TYPE_CHECKING:
    from subprocess import Popen

WORTH_SPLITTING = 8_000_000
"""Bytes from which a second process pays for its start (0.1 s)."""

FIRST_SHARE = 0.54

SECOND_IDS = 100_000
"""Where the second process's kinds and places begin to count."""

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
        search_words.forget()


def _build(sources: Sources, target: Path, tick: Tick, *, in_two: bool) -> bool:
    """Build with one process or two; False where two couldn't."""
    from concurrent.futures import ThreadPoolExecutor

    schools = sources.schools
    size = schools.stat().st_size
    half = target.with_suffix(".half")
    middle = _middle(schools) if in_two else size
    second = _start_second(schools, middle, half) if in_two else None
    if in_two and not second:
        return False
    try:
        with (
            closing(schema.new_database(target)) as database,
            closing(schema.new_database(target.with_suffix(".index"))) as index,
        ):
            shaper = Shaper(england())
            docs = fill(database, schools, shaper, (0, middle), _halved(tick, in_two))
            index.execute(schema.DOC)
            index.executemany(schema.INSERT_DOC, docs)
            tick("Making the index", 0, 0)
            if second:
                if second.wait() != 0:
                    return False
                _take_over(database, index, half, shaper)
            # SQLite lets go of Python's lock while it works, so the index, made in a file of its
            # own and then copied, comes beside the rest (0.25 s saved)
            with ThreadPoolExecutor(1) as pool:
                made = pool.submit(finish.make_index, index)
                _rest(database, sources, shaper)
                made.result()
            index.execute("COMMIT")
            index.close()  # its lock goes with it
            database.execute("COMMIT")
            finish.copy_index(database, target.with_suffix(".index"))
            database.execute("BEGIN")
            finish.note(database, _meta(sources))
            database.execute("COMMIT")
    except (BadFileError, sqlite3.IntegrityError) as error:
        if in_two:
            return False
        if isinstance(error, BadFileError):
            raise
        raise _duplicate(schools) from None
    finally:
        if second:
            second.kill()
            second.wait()
    _sync(target)
    return True


def _rest(database: sqlite3.Connection, sources: Sources, shaper: Shaper) -> None:
    """Trusts, links, positions, counts and lookups."""
    for statement in schema.MORE_TABLES.split(";"):
        database.execute(statement)
    groups.load_trusts(database, sources.groups, shaper.trusts)
    groups.load_links(database, sources.links)
    fill_positions(database)
    finish.count_areas(database)
    finish.make_lookups(database)


def fill(
    database: sqlite3.Connection, path: Path, shaper: Shaper, span: tuple[int, int], tick: Tick
) -> list[Row]:
    """Read the rows that begin in a span of bytes, [start, stop), into `school`.

    Returns:
        The rows of `doc`.

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
        for schools, new_docs in batches(shaper.shaped(rows)):
            database.executemany(schema.INSERT_SCHOOL, schools)
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
    """Where the first line behind the middle begins (the second process starts 0.1 s later).

    Should that line end lie inside a quoted text, the first half ends in a row too short and the
    second begins with one: both halves notice.
    """
    with path.open("rb") as file:
        file.seek(int(path.stat().st_size * FIRST_SHARE))
        file.readline()
        return file.tell()


def _start_second(path: Path, start: int, target: Path) -> Popen[bytes] | None:
    """A process that reads the rows from byte `start` on into a database `target`."""
    import subprocess

    if not sys.executable:
        return None
    package = str(Path(__file__).parents[2])
    # -I and a path of our own: never code from the folder the user stands in, or from PYTHONPATH.
    # -S: it needs nothing of site-packages but ourselves (15 ms).
    start_it = (
        f"import sys; sys.path.append({package!r}); "
        "from navigator.register.half import main; sys.exit(main())"
    )
    try:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-S", "-c", start_it, path, str(start), target],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None


def build_half(path: Path, start: int, target: Path) -> None:
    """What the second process does: the rows from byte `start` to the end, into `target`."""
    gc.disable()
    with closing(schema.new_database(target)) as database:
        shaper = Shaper(england(), SECOND_IDS)
        docs = fill(database, path, shaper, (start, path.stat().st_size), _silent)
        database.execute(schema.DOC)
        database.executemany(schema.INSERT_DOC, docs)
        database.execute("CREATE TABLE seen (trust, name, flag)")
        trusts = ((uid, *seen) for uid, seen in shaper.trusts.items())
        database.executemany("INSERT INTO seen VALUES (?, ?, ?)", trusts)
        database.execute("COMMIT")


def _take_over(
    database: sqlite3.Connection, index: sqlite3.Connection, half: Path, shaper: Shaper
) -> None:
    """Copy the second process's rows."""
    for connection in (database, index):
        connection.execute("COMMIT")
        connection.execute("ATTACH ? AS half", (str(half),))
        connection.execute("BEGIN")
    for table in ("school", "kind", "place"):
        database.execute(f"INSERT INTO {table} SELECT * FROM half.{table}")  # noqa: S608 - names of ours, values bound
    index.execute("INSERT INTO doc SELECT * FROM half.doc")
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
    """Counts the rows of both halves where another process reads the second."""
    if not in_two:
        return tick
    return lambda stage, done, expected: tick(
        stage, int(done / FIRST_SHARE), int(expected / FIRST_SHARE)
    )


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
