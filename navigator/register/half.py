"""The second half of an establishment file, read by a process of its own.

It takes a sixth off the time of an update where two cores are free (`python -m
tests.benchmarks.register`). The half begins where a line does. Should that lie inside a quoted
text, or anything else be wrong, the process fails; whoever reads the first half then reads on, and
what that one says of the file holds.
"""

from __future__ import annotations

import marshal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from navigator.register import schema
from navigator.register.gias import lines_of, read_header
from navigator.register.shape import Row, Shaper

WORTH_IT = 8_000_000
"""Bytes from which a second process pays for its start (0.1 s)."""

FIRST_SHARE = 0.54
"""Of the file for the first process, which is reading while the second one starts."""

BESIDE = ".shaped"
"""The ending of the file beside the second one's database, for what isn't in a table yet."""


class SecondHalf:
    """What a second process makes of the later rows of a file, in a database of its own."""

    def __init__(self, path: Path, target: Path) -> None:
        self._target = target
        self._process: subprocess.Popen[bytes] | None = None
        self._lookups: dict[str, dict[Row, int]] = {}
        size = path.stat().st_size
        self.start = size
        """The byte at which it begins."""
        # As one file for a system (PyInstaller) there is no Python but Navigator itself to ask
        if size < WORTH_IT or not sys.executable or getattr(sys, "frozen", False):
            return
        with path.open("rb") as file:
            file.seek(int(size * FIRST_SHARE))
            file.readline()
            self.start = file.tell()
        package = str(Path(__file__).parents[2])
        # -I and a path of our own: never code from the folder the user stands in, or from
        # PYTHONPATH. -S: it needs nothing of site-packages (15 ms).
        program = (
            f"import sys; sys.path.append({package!r}); "
            "from navigator.register.half import main; main()"
        )
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-I", "-S", "-c", program, path, str(self.start), target],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            self.start = size

    def __enter__(self) -> SecondHalf:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()

    def done(self) -> bool:
        """Whether it has read its rows; waits for it."""
        return self._process is not None and self._process.wait() == 0

    def lines_before(self, file: BinaryIO) -> Iterator[bytes]:
        """The lines of a file that it hasn't read."""
        at = file.tell()
        for line in lines_of(file):
            if at == self.start and self.done():
                return
            yield line
            at += len(line)

    def take_notes(self, shaper: Shaper, line: int) -> None:
        """Put all but its schools beside what is there; `line` is the last line before its own."""
        if not self.done():
            return
        with self._target.with_suffix(BESIDE).open("rb") as file:
            docs, lookups, trusts, doubts = marshal.load(file)  # noqa: S302 - our own process's
        self._lookups = lookups
        shaper.docs += docs
        shaper.trusts |= trusts
        shaper.doubts.take(doubts, line - 1)  # there, the first line is 2

    def take_schools(self, database: sqlite3.Connection, shaper: Shaper) -> None:
        """Put its schools beside those that are there, behind `take_notes`.

        Raises:
            sqlite3.IntegrityError: a URN is in both halves.
        """
        if not self.done():
            return
        database.execute("COMMIT")
        database.execute("ATTACH ? AS half", (str(self._target),))
        database.execute("BEGIN")
        for table, rows in self._lookups.items():
            ours = shaper.lookups[table]
            numbers = [(n, ours.setdefault(row, len(ours) + 1)) for row, n in rows.items()]
            database.execute(f"CREATE TEMP TABLE {table}_number (id INTEGER PRIMARY KEY, ours)")
            schema.insert(database, f"{table}_number", ("id", "ours"), numbers)
        told = [f"{n}_number.ours" if n in self._lookups else n for n in schema.SCHOOL_COLUMNS]
        database.execute(
            f"INSERT INTO school ({', '.join(schema.SCHOOL_COLUMNS)}) SELECT {', '.join(told)} "
            "FROM half.school CROSS JOIN kind_number ON kind_number.id = kind "
            "CROSS JOIN place_number ON place_number.id = place"
        )


def main() -> None:
    """The second process; its arguments are the file, the byte to begin at, and where to write."""
    path, start, target = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    shaper = Shaper()
    with path.open("rb") as file, closing(schema.new_database(target)) as database:
        header = read_header(file)
        file.seek(start)
        for _ in shaper.fill(database, header, lines_of(file)):
            pass
        database.execute("COMMIT")
    with target.with_suffix(BESIDE).open("wb") as out:
        told = shaper.docs, shaper.lookups, shaper.trusts, shaper.doubts.dump()
        marshal.dump(told, out)
