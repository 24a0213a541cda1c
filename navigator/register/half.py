"""A second process of an update: it reads the later rows of a file, then makes the finder's index.

Two processes take two thirds of the time of one where two cores are free (`python -m
tests.benchmarks.register`). The second one's rows begin where a line does. Should that lie inside a
quoted text, or anything else be wrong, it fails; whoever reads the earlier rows then reads on, and
what that one says of the file holds. Should it fail behind that, one process does all of it anew.
Where it hangs it is ended, once it takes many times as long as the first one has worked.

What they tell one another goes through its standard input and output:

    the first                                  the second
                                          <-   what it read beside its schools
    its own schools' rows of the index    ->
    former names of trusts                ->
                                          <-   the index is made

The schools and the index of the second lie in files of its own, from which the first copies them.
"""

from __future__ import annotations

import marshal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from navigator.register import finish, schema
from navigator.register.gias import lines_of, read_header
from navigator.register.shape import Row, Shaper

if TYPE_CHECKING:
    import subprocess

WORTH_IT = 8_000_000
"""Bytes from which a second process pays for its start (0.1 s)."""

FIRST_SHARE = 0.49
"""Of the file for the first process: so both are through with their rows at about the same time."""

COSTS = 3
"""Times the bytes of a file of schools that those of the files beside it cost: their lines are
short, and most of what is on them is kept."""

PATIENCE, LEAST = 5, 30.0
"""How many times as long as the first one has worked the second may still take, and at least how
many seconds: both have about the same to do."""

INDEX = ".index"
"""The ending of the second one's file with the index; its schools lie beside it."""


class LostError(Exception):
    """The second process has read its rows, and yet there is no index of its to be had."""


class SecondHalf:
    """The second process, as the first sees it.

    Args:
        path: the file that both read.
        target: where the second one writes; without one there is none.
        beside: bytes of other files that the first one reads alone.
    """

    def __init__(self, path: Path, target: Path | None, beside: int) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._has_read: bool | None = None
        self._lookups: dict[str, dict[Row, int]] = {}
        size = path.stat().st_size
        self.start = size
        """The byte at which it begins."""
        # As one file for a system (PyInstaller) there is no Python but Navigator itself to ask
        has_python = sys.executable and not getattr(sys, "frozen", False)
        if not target or not has_python or size < WORTH_IT:
            return
        self._target = target
        import subprocess

        with path.open("rb") as file:
            file.seek(max(0, int((size - COSTS * beside) * FIRST_SHARE)))
            file.readline()
            self.start = file.tell()
        package = str(Path(__file__).parents[2])
        # -I and a path of our own: never code from the folder the user stands in, or from
        # PYTHONPATH. -S: it needs nothing of site-packages (15 ms). What it makes has no cycles.
        program = (
            f"import gc, sys; gc.disable(); sys.path.append({package!r}); "
            "from navigator.register.half import main; main()"
        )
        self._began = monotonic()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-I", "-S", "-c", program, path, str(self.start), target],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError:
            self.start = size

    def __enter__(self) -> SecondHalf:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.kill()
            self._process.communicate()

    def done(self) -> bool:
        """Whether it has read its rows; waits for it."""
        if self._has_read is None:
            self._told = self._answer()
            self._has_read = bool(self._told)
        return self._has_read

    def lines_before(self, file: BinaryIO) -> Iterator[bytes]:
        """The lines of a file that it hasn't read."""
        at = file.tell()
        for line in lines_of(file):
            if at == self.start and self.done():
                return
            yield line
            at += len(line)

    def take_notes(self, shaper: Shaper, line: int) -> None:
        """Put what it read beside its schools to what is there.

        `line` is the last one before its own.
        """
        if self.done():
            told = marshal.loads(self._told)  # noqa: S302 - our own process's
            self._lookups, *trusts, doubts = told
            shaper.take_trusts(*trusts)
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

    def tell(self, told: Any) -> None:
        """Tell it what it needs for the index: first `Shaper.docs`, then former names of trusts."""
        if self.done() and self._process and self._process.stdin:
            # It may have ended, which `take_index` finds out
            with suppress(OSError), self._in_time(self._process):
                _send(self._process.stdin, told)

    def take_index(self, database: sqlite3.Connection) -> None:
        """Put the index that it made into a register.

        Raises:
            LostError: there is none, or it can't be taken over.
        """
        if not self._answer():
            raise LostError
        try:
            finish.copy_index(database, self._target.with_suffix(INDEX))
        except sqlite3.OperationalError:  # some builds of SQLite guard the tables of an index
            raise LostError from None

    def _answer(self) -> bytes:
        """What it says next, as `marshal` has it; nothing once it has ended, or takes too long."""
        if self._process and self._process.stdout:
            with suppress(EOFError), self._in_time(self._process):
                return _receive(self._process.stdout)
        return b""

    @contextmanager
    def _in_time(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        """End the second process should what is done with it take too long: whoever reads from it,
        or writes to it, then waits no more."""
        from threading import Timer

        watch = Timer(max(LEAST, PATIENCE * (monotonic() - self._began)), process.kill)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()


def main() -> None:
    """The second process; its arguments are the file, the byte to begin at, and where to write."""
    path, start, target = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    asks, told = sys.stdin.buffer, sys.stdout.buffer
    shaper = Shaper()
    with path.open("rb") as file, closing(schema.new_database(target)) as database:
        header = read_header(file)
        file.seek(start)
        for _ in shaper.fill(database, header, lines_of(file)):
            pass
        database.execute("COMMIT")
    trusts = shaper.trusts, shaper.named_by_open
    _send(told, (shaper.lookups, *trusts, shaper.doubts.dump()))
    docs = shaper.docs + marshal.loads(_receive(asks))  # noqa: S302 - the process that began us
    docs.sort()  # while the other one makes sure of the trusts' names
    former = marshal.loads(_receive(asks))  # noqa: S302 - the process that began us
    with closing(schema.new_database(target.with_suffix(INDEX))) as database:
        finish.make_index(database, docs, former)
        database.execute("COMMIT")
    _send(told, True)


def _send(stream: IO[bytes], told: Any) -> None:
    data = marshal.dumps(told)
    stream.write(len(data).to_bytes(8, "little"))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    """What the other process sent, for `marshal`. Raises EOFError if it has ended."""
    size = int.from_bytes(stream.read(8), "little")
    data = stream.read(size)
    if len(data) < size or not size:
        raise EOFError
    return data
