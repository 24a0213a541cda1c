"""Taking a register into use: build it beside the old one, check it, then point to it.

In the data folder lie `register-YYYYMMDD-XXXXXXXX.sqlite` files and `current`, which names the one
in use and, on its second line, the one before, which is kept. A new one is built in a folder
`build-PID-XXXXXXXX` and moved out whole; only then `current` is replaced, in one step. So whenever
the power goes, the old or the new one is in use, and nothing that another Navigator has open is
ever overwritten, which Windows wouldn't allow.
"""

from __future__ import annotations

import csv
import os
import secrets
import shutil
import sqlite3
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from navigator.core import paths
from navigator.core.errors import NavigatorError, RefusedError
from navigator.core.model import RegisterInfo
from navigator.register import damage, opening, sources
from navigator.register.build import build
from navigator.register.doubts import changed_layout
from navigator.register.gias import BadFileError, NotTheRegisterError
from navigator.register.replacing import carry_over, keep_positions, names_before, verify

TURN_SECONDS = 30

STALE_SECONDS = 86_400

ALIKE = 0.75
"""Share of our columns from which a file without a required one is the register in another layout;
DfE's narrow download has 0.66 of them."""

_UNREADABLE = (csv.Error, zipfile.BadZipFile, zlib.error, EOFError, ValueError, OverflowError)
"""What a file that nobody foresaw may bring Python's own readers to raise."""

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
            using = opening.current_info(folder)
            newer = using if using and using.day <= found.day else None
            names = names_before(newer, groups=found.groups is not None) if newer else {}
            try:
                build(found, made, _ticker(progress), names)
            except BadFileError as error:
                raise _refused(found.schools.name, error) from None
            if using:
                carry_over(made, using)
            verify(made, opening.check(made), using)
            if newer:
                keep_positions(made, newer)
            info = opening.check(made)
            if progress:
                progress(Progress("Taking it into use", info.rows, info.rows, None))
            return _take_into_use(made, folder, info)
    except _UNREADABLE as error:
        raise RefusedError(
            f"{path.name} can't be read ({type(error).__name__}: {str(error)[:200]}): "
            f"{sources.DOWNLOAD}."
        ) from error
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
        if error.share >= ALIKE:
            return RefusedError(
                f"{name} can't be used, its layout has changed: it has "
                f"{changed_layout(error.missing, error.others)}. Look for a newer Navigator, or "
                "give the column its name back."
            )
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


# --- into use ---


def _take_into_use(made: Path, folder: Path, info: RegisterInfo) -> RegisterInfo:
    name = f"register-{info.day:%Y%m%d}-{secrets.token_hex(4)}.sqlite"
    with _turn(folder):  # else another update might clear this one away before it is named
        made.replace(folder / name)
        damage.note(folder / name)
        before = _last_good(folder)
        _point_to(folder, name, before)
        for old in folder.glob("register-*.sqlite*"):
            if old.name.removesuffix(damage.SUFFIX) not in (name, before):
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
