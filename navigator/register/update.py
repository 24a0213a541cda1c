"""Taking a register into use: build it beside the old one, check it, then point to it.

In the data folder lie `register-YYYYMMDD-XXXXXXXX.sqlite` files and `current`, which names the one
in use and, on its second line, the one before, which is kept. A new one is built in a folder
`build-PID-XXXXXXXX` and moved out whole; only then `current` is replaced, in one step. So whenever
the power goes, the old or the new one is in use, and nothing that another Navigator has open is
ever overwritten, which Windows wouldn't allow.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from navigator.core import paths
from navigator.core.errors import NavigatorError, RefusedError
from navigator.core.model import RegisterInfo
from navigator.register import opening, sources
from navigator.register.build import build
from navigator.register.gias import BadFileError, NotTheRegisterError

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

TURN_SECONDS = 30

STALE_SECONDS = 86_400

LOAD = "To load a register, run: navigator update"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update is, in rows or bytes.

    `total` is estimated for rows, and 0 where unknown; `rate` is in bytes a second; `seconds_left`
    and `rate` are None where unknown.
    """

    stage: str
    done: int
    total: int
    seconds_left: float | None
    rate: float | None = None
    unit: Literal["rows", "bytes"] = "rows"

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where the total isn't known."""
        return min(self.done / self.total, 1.0) if self.total else 0.0

    @property
    def quiet(self) -> Progress:
        """The same where nothing more has come for a while."""
        stage = f"{self.stage}: nothing comes at the moment"
        return replace(self, stage=stage, seconds_left=None, rate=None)

    @property
    def said(self) -> str:
        """How far, in words: "12.0 of 60.0 MB, 2.1 MB/s, 23 s left"."""
        said = []
        if self.unit == "bytes":
            of = f" of {self.total / 1e6:.1f}" if self.total else ""
            said.append(f"{self.done / 1e6:.1f}{of} MB")
        elif self.done:
            said.append(f"{self.done:,} rows")
        if self.rate:
            said.append(f"{self.rate / 1e6:.1f} MB/s")
        if self.seconds_left is not None:
            said.append(f"{max(1, round(self.seconds_left))} s left")
        return ", ".join(said)


def update_from(
    path: Path,
    data_dir: Path | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> RegisterInfo:
    """Build the register from DfE's files at `path` and take it into use.

    Args:
        path: the establishment file, a folder that holds it, or a .zip, .gz or .xz of either;
            links and groups files are taken from beside it.
        data_dir: where registers lie; the user's data folder if left out.
        progress: told every few thousand rows, and last before the new one takes over; what it
            raises stops the update with nothing changed.

    Raises:
        RefusedError: it can't be taken, in one sentence with the next step; nothing was changed.
        NavigatorError: the disk wouldn't, in one sentence; nothing was changed.
    """
    folder = data_dir or paths.data_dir()
    try:
        with _workshop(folder) as work, sources.unpacked(path.expanduser(), work) as found:
            made = work / "register.sqlite"
            try:
                build(found, made, _ticker(progress))
            except BadFileError as error:
                raise _refused(found.schools.name, error) from None
            _carry_over(made, folder)
            info = opening.check(made)
            _verify(made, info, folder)
            if progress:
                progress(Progress("Taking it into use", info.rows, info.rows, None))
            return _take_into_use(made, folder, info)
    except sqlite3.Error as error:
        raise NavigatorError(
            f"The register couldn't be built in {folder} ({error}): free some space and try again."
        ) from None
    except OSError as error:
        where = error.filename or folder
        raise NavigatorError(
            f"{where} can't be read or written ({error.strerror or error}): "
            "check the disk and your rights there, then try again."
        ) from None


def _refused(name: str, error: BadFileError) -> RefusedError:
    if isinstance(error, NotTheRegisterError):
        if "URN" in error.missing or "EstablishmentName" in error.missing:
            return RefusedError(f"{name} is not the schools register: {sources.DOWNLOAD}.")
        short = ", ".join(dict.fromkeys(column.split(" (")[0] for column in error.missing))
        return RefusedError(
            f"{name} is one of the register's narrow downloads, without {short}: "
            f"{sources.DOWNLOAD}."
        )
    return RefusedError(f"{name} can't be used, {error}: download it again.")


def undo(data_dir: Path | None = None) -> RegisterInfo:
    """Go back to the register before the one in use; the same again goes forth.

    Raises:
        RefusedError: none is kept, or it can't be used; nothing was changed.
        NavigatorError: the disk wouldn't, in one sentence; nothing was changed.
    """
    folder = data_dir or paths.data_dir()
    if not opening.names(folder)[1]:
        raise RefusedError(f"No register before the one in use is kept in {folder}. {LOAD}")
    try:
        with _turn(folder):
            using, before = opening.names(folder)
            info = opening.check(folder / before)
            _point_to(folder, before, using)
            return info
    except opening.UnusableError as error:
        raise RefusedError(
            f"The register before can't be used ({error}), so nothing was changed. {LOAD}"
        ) from None
    except OSError as error:
        raise NavigatorError(
            f"{folder} can't be written ({error.strerror or error}): check your rights there."
        ) from None


# --- is it one to use? ---


def _verify(made: Path, info: RegisterInfo, folder: Path) -> None:
    """Refuse a register that is far from the one in use, or far from England."""
    using = opening.current_info(folder)
    start_afresh = (
        f"download it again, or move the register files out of {folder} to start afresh with it."
    )
    fewest = FEWER_IN_ENGLAND if using and using.schools > WHOLE else FEWER
    if using and info.schools < using.schools * fewest:
        raise RefusedError(
            f"The file holds {info.schools:,} open schools where the register in use has "
            f"{using.schools:,}, so it is probably not whole: {start_afresh}"
        )
    if using and using.schools > WHOLE and info.schools > using.schools * MORE:
        raise RefusedError(
            f"The file holds {info.schools:,} open schools where the register in use has "
            f"{using.schools:,}, more than England has: {start_afresh}"
        )
    with closing(sqlite3.connect(opening.address(made), uri=True)) as database:
        if _in_england(database) < info.schools * PLACED:
            raise RefusedError(
                "Most of the file's schools don't lie in England by their eastings and northings, "
                "so it was probably damaged on its way: download it again."
            )
        if using:
            shared, stayed = _stayed(database, Path(using.path))
            if shared < using.schools * FEWER:
                raise RefusedError(
                    f"The file holds only {shared:,} of the {using.schools:,} open schools of the "
                    f"register in use: {start_afresh}"
                )
            # An older one, loaded by hand, doesn't know the schools that came since; and with few
            # missing in all, none can be missing together (the question takes 80 ms)
            asks = info.day >= using.day and using.schools - shared > TOGETHER * GONE
            gap = _gap(database, Path(using.path)) if asks else ""
            if gap:
                raise RefusedError(
                    f"The file lacks most schools {gap} that the register in use has, so it "
                    f"probably broke off on its way: {start_afresh}"
                )
            if stayed < shared * PLACED:
                raise RefusedError(
                    f"Most schools of the file lie elsewhere than in the register in use: "
                    f"{start_afresh}"
                )


def _in_england(database: sqlite3.Connection) -> int:
    """How many open schools in scope lie there."""
    row = database.execute(
        """SELECT count(*) FROM ranked JOIN school USING (urn)
        WHERE ranked.tier = 0 AND easting BETWEEN ? AND ? AND northing BETWEEN ? AND ?""",
        (*EASTINGS, *NORTHINGS),
    ).fetchone()
    return int(row[0])


def _stayed(database: sqlite3.Connection, using: Path) -> tuple[int, int]:
    """(open schools of the register in use that the new one knows, those that lie as they lay)."""
    with _attached(database, using):
        row = database.execute(
            """SELECT count(*), coalesce(sum(
                was.easting IS NULL OR now.easting IS NULL
                OR (abs(now.easting - was.easting) < ?
                    AND abs(now.northing - was.northing) < ?)), 0)
            FROM old.ranked JOIN old.school AS was USING (urn) JOIN main.school AS now USING (urn)
            WHERE old.ranked.tier = 0""",
            (MOVED, MOVED),
        ).fetchone()
    return int(row[0]), int(row[1])


def _gap(database: sqlite3.Connection, using: Path) -> str:
    """Where open schools that lie together in the register in use are missing in the new one."""
    gone = "sum(now.urn IS NULL)"
    with _attached(database, using):
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


# --- what a file that is missing leaves as it was ---


def _carry_over(made: Path, folder: Path) -> None:
    """Give a register built without links or groups those of the one in use, with their dates.

    So a day on which one of the two isn't there never leaves less than was there before.
    """
    using = opening.current_info(folder)
    if not using:
        return
    with closing(sqlite3.connect(made)) as database, _attached(database, Path(using.path)):
        has = dict(database.execute("SELECT key, value FROM main.meta"))
        if using.links_day and not has["links_day"]:
            database.execute("INSERT INTO main.link SELECT * FROM old.link")
            _date(database, "links_day", using.links_day)
        if using.groups_day and not has["groups_day"]:
            database.execute(
                """INSERT OR REPLACE INTO main.trust SELECT uid, name, kind,
                    (SELECT coalesce(sum(schools), 0) FROM main.trust_area WHERE trust = uid),
                    status, opened, companies_house, NULL
                FROM old.trust WHERE uid IN (SELECT trust FROM main.school)"""
            )
            _date(database, "groups_day", using.groups_day)
        database.commit()


def _date(database: sqlite3.Connection, key: str, day: date) -> None:
    database.execute("UPDATE main.meta SET value = ? WHERE key = ?", (day.isoformat(), key))


@contextmanager
def _attached(database: sqlite3.Connection, using: Path) -> Iterator[None]:
    """The register in use beside the new one, as `old`, for reading."""
    database.execute("ATTACH ? AS old", (opening.address(using),))
    yield
    database.execute("DETACH old")


# --- into use ---


def _take_into_use(made: Path, folder: Path, info: RegisterInfo) -> RegisterInfo:
    name = f"register-{info.day:%Y%m%d}-{secrets.token_hex(4)}.sqlite"
    with _turn(folder):  # else another update might clear this one away before it is named
        made.replace(folder / name)
        before = _last_good(folder)
        _point_to(folder, name, before)
        for old in folder.glob("register-*.sqlite"):
            if old.name not in (name, before):
                with suppress(OSError):  # Windows: another Navigator may have it open
                    old.unlink()
        return opening.check(folder / name)


def _last_good(folder: Path) -> str:
    """The newest register there that can be used: a damaged one isn't worth keeping for undo."""
    for name in opening.names(folder):
        with suppress(opening.UnusableError):
            if name and opening.check(folder / name):
                return name
    return ""


def _point_to(folder: Path, name: str, before: str) -> None:
    pointer = folder / f"{opening.POINTER}.{name}"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(f"{name}\n{before}\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(folder / opening.POINTER)
    _sync_folder(folder)


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """One at a time changes which register is in use; the system lets go of a killed one's lock."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder / "update.lock", timeout=TURN_SECONDS):
            yield
    except Timeout:
        raise NavigatorError(
            f"Another Navigator is taking a register into use in {folder}: try again in a minute."
        ) from None


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A folder of our own beside the registers, gone afterwards; leftovers of others go too."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("build-*"):
        if _is_stale(left):
            shutil.rmtree(left, ignore_errors=True)
    for left in folder.glob(f"{opening.POINTER}.*"):
        if time.time() - left.stat().st_mtime > STALE_SECONDS:
            left.unlink(missing_ok=True)
    work = folder / f"build-{os.getpid()}-{secrets.token_hex(4)}"
    work.mkdir()
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _is_stale(work: Path) -> bool:
    """Whether the update that used a folder is over: its process is gone, or a day has passed."""
    try:
        if time.time() - work.stat().st_mtime > STALE_SECONDS:
            return True
        if os.name == "nt":  # there, asking a process by signal would end it
            return False
        os.kill(int(work.name.split("-")[1]), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError, IndexError):
        return False
    return False


def _sync_folder(folder: Path) -> None:
    """Put a folder's new names on disk; Windows does so by itself and can't be asked."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _ticker(progress: Callable[[Progress], None] | None) -> Callable[[str, int, int], None]:
    started = time.monotonic()

    def tick(stage: str, done: int, total: int) -> None:
        if progress is None:
            return
        left = None
        if done and total:
            left = (time.monotonic() - started) * max(total - done, 0) / done
        progress(Progress(stage, done, total, left))

    return tick
