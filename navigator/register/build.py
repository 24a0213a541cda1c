"""Building a register's SQLite file from DfE's files."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from navigator.core.collecting import no_collections
from navigator.register import finish, groups, schema, search_words
from navigator.register.columns import COLUMNS
from navigator.register.doubts import near_name
from navigator.register.gias import BadFileError, Header, lines_of, read_header
from navigator.register.half import LostError, SecondHalf
from navigator.register.shape import Shaper

Tick = Callable[[str, int, int], None]
"""Told the stage, the rows done and the rows expected."""


TOLD_ROWS = 2_000
"""Rows behind which an update tells again how far it is."""


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


def build(
    sources: Sources, target: Path, tick: Tick, names: groups.TrustNames = MappingProxyType({})
) -> None:
    """Write the register of the sources to a new file `target`, complete and on disk.

    `names` are those by which trusts were known in the register before.

    Raises:
        BadFileError: a source can't be read; its text names file and line.
        OSError, sqlite3.Error: the disk is full or not ours.
    """
    with no_collections():
        try:
            _build(sources, target, tick, names, target.with_suffix(".half"))
        except LostError:
            target.unlink()
            _build(sources, target, tick, names, None)
    search_words.forget()
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _build(
    sources: Sources, target: Path, tick: Tick, names: groups.TrustNames, half: Path | None
) -> None:
    """Write the register; `half` is for a second process, if there is to be one."""
    shaper = Shaper()
    beside = sum(path.stat().st_size for path in (sources.links, sources.groups) if path)
    with (
        SecondHalf(sources.schools, half, beside) as second,
        closing(schema.new_database(target)) as database,
        sources.schools.open("rb") as schools,
    ):
        header = read_header(schools)
        # The files beside it, while the second process reads the larger part of the schools
        notes_of_links = groups.load_links(database, sources.links)
        listed = groups.GroupsFile(sources.groups)
        with _each_urn_once(sources.schools):
            notes = _fill_schools(database, shaper, header, second, schools, tick=tick)
        tick("Making the index", 0, 0)
        second.tell(shaper.docs)
        groups.load_trusts(database, listed, shaper.trusts)
        former = groups.load_former_names(
            database, _all_names(sources, listed, shaper, names), shaper.trusts
        )
        second.tell(former)
        with _each_urn_once(sources.schools):
            second.take_schools(database, shaper)
        finish.fill_lookups(database, shaper.lookups)
        finish.count_areas(database)
        schema.run(database, schema.INDEXES)
        if second.done():
            second.take_index(database)
        else:
            finish.make_index(database, shaper.docs, former)
        notes += [*listed.notes(), *notes_of_links]
        finish.note(database, {**_meta(sources), "notes": "\n".join(notes)})
        database.execute("COMMIT")


def _all_names(
    sources: Sources, listed: groups.GroupsFile, shaper: Shaper, before: groups.TrustNames
) -> groups.TrustNames:
    """What trusts were called in the register before, and in the files themselves."""
    if sources.groups_day is None:
        return before
    told = groups.names_in_files(listed, shaper.trusts, sources.day, sources.groups_day)
    return {uid: [*before.get(uid, ()), *told.get(uid, ())] for uid in {*before, *told}}


def _fill_schools(
    database: sqlite3.Connection,
    shaper: Shaper,
    header: Header,
    second: SecondHalf,
    file: BinaryIO,
    *,
    tick: Tick,
) -> list[str]:
    """Read the establishment file into `school`, but for the rows that `second` has.

    Args:
        header: the file's; `file` stands behind it.

    Returns:
        A sentence on each thing that couldn't be read.
    """
    done = told = 0
    size = os.fstat(file.fileno()).st_size
    for rows in shaper.fill(database, header, second.lines_before(file)):
        done += rows
        at = file.tell()
        if done - told >= TOLD_ROWS or at >= second.start:
            told = done
            tick("Reading schools", int(done * size / second.start), done * size // at)
    second.take_notes(shaper, header.line)
    return [*_lacking(header), *shaper.doubts.told()]


def _lacking(header: Header) -> Iterator[str]:
    """What is said of the columns that a file doesn't have and could do without."""
    for name in header.lacks:
        words = next(column.words for column in COLUMNS if column.dfe == name)
        new = near_name(name, header.others)
        perhaps = f" (perhaps “{new}” is it)" if new else ""
        yield (
            f"The file's layout has changed: it has no column “{name}”{perhaps}, so the {words} "
            "of every school is empty."
        )


@contextmanager
def _each_urn_once(path: Path) -> Iterator[None]:
    """Tell where a file has a URN again, should SQLite say within the block that it has."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise _duplicate(path) from None


def _duplicate(path: Path) -> BadFileError:
    """Which URN is in a file twice, and where."""
    seen: dict[int, int] = {}
    with path.open("rb") as file:
        header = read_header(file)
        at = header.columns.index("urn")
        for row in header.picked(lines_of(file)):
            urn = int(row[at])
            if urn in seen:
                return BadFileError(
                    f"line {header.line} has URN {urn} again, first on line {seen[urn]}"
                )
            seen[urn] = header.line
    return BadFileError("a URN is in it twice")


def _meta(sources: Sources) -> dict[str, str]:
    return {
        "name": "England" if sources.dated_by_name else "England (dated by its file's time)",
        "day": sources.day.isoformat(),
        "links_day": sources.links_day.isoformat() if sources.links_day else "",
        "groups_day": sources.groups_day.isoformat() if sources.groups_day else "",
    }
