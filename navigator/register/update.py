"""Taking a register into use: build it beside the old one, check it, then point to it.

In the data folder lie `register-YYYYMMDD-XXXXXXXX.sqlite` files and `current`, which names the one
in use. A new one is built in a folder `build-PID-XXXXXXXX` and moved out whole; only then `current`
is replaced, in one step. So whenever the power goes, the old or the new one is in use, and nothing
that another Navigator has open is ever overwritten, which Windows wouldn't allow.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from navigator import paths
from navigator.errors import NavigatorError, RefusedError
from navigator.model import RegisterInfo
from navigator.register import opening, sources
from navigator.register.build import build
from navigator.register.gias import BadFileError, NotTheRegisterError

FEWER = 0.75
"""Share of the open schools in use below which a new file is taken for half of one."""

STALE_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update is: `total` rows are estimated; `seconds_left` is None where unknown."""

    stage: str
    done: int
    total: int
    seconds_left: float | None


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
        progress: told every few thousand rows.

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
            info = opening.check(made)
            _refuse_a_half(info, folder)
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


def _refuse_a_half(info: RegisterInfo, folder: Path) -> None:
    using = opening.current_info(folder)
    if using and info.schools < using.schools * FEWER:
        raise RefusedError(
            f"The file holds {info.schools:,} open schools where the register in use has "
            f"{using.schools:,}, so it is probably not whole: download it again, or move "
            f"the register files out of {folder} to start afresh with it."
        )


def _take_into_use(made: Path, folder: Path, info: RegisterInfo) -> RegisterInfo:
    name = f"register-{info.day:%Y%m%d}-{secrets.token_hex(4)}.sqlite"
    made.replace(folder / name)
    before = opening.current_name(folder)
    pointer = folder / f"{opening.POINTER}.{name}"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(folder / opening.POINTER)
    _sync_folder(folder)
    for old in folder.glob("register-*.sqlite"):
        if old.name not in (name, before):
            with suppress(OSError):  # Windows: another Navigator may have it open
                old.unlink()
    return opening.check(folder / name)


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
