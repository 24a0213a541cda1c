"""The files the head keeps, in one folder: written whole or not at all, older versions kept.

A change takes the folder's lock, reads what is there, and replaces the file: another Navigator's
change can't be lost between the two. A file is on disk (fsync) before `write` returns. Only the
user may read what is written here.
"""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.errors import NavigatorError

if TYPE_CHECKING:
    from filelock import BaseFileLock

VERSIONS = 10
"""Versions kept of each file, the newest among them being the file as it is."""

LOCK_SECONDS = 10.0
REPLACE_TRIES = 20
REPLACE_PAUSE = 0.05
"""On Windows a virus scanner may hold a file open for a moment: a second in all."""

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


class NotSavedError(NavigatorError):
    """A change that could not be written; the files are as they were."""


class Folder:
    """A folder of small text files and, under `versions/`, of their last versions.

    It need not exist until the first write.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._versions = path / "versions"
        self._lock: BaseFileLock | None = None

    def read(self, name: str) -> bytes | None:
        """The file's bytes, None where there is none. Raises OSError for all else."""
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None

    def stamp(self, name: str) -> tuple[int, int, int] | None:
        """What changes when the file does: its time, size and number; None where there is none."""
        try:
            found = (self.path / name).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder against other Navigators.

        Raises:
            NotSavedError: the folder can't be made or locked; the text says what to do.
        """
        from filelock import FileLock, Timeout  # where a change is made: 40 ms to import

        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._lock is None:  # one for the folder, so that it may be taken twice
                self._lock = FileLock(self.path / ".lock", timeout=LOCK_SECONDS, mode=0o600)
            lock = self._lock
            lock.acquire()
        except Timeout:
            raise NotSavedError(
                f"Another program has held {self.path} for {LOCK_SECONDS:.0f} seconds, so nothing "
                "was saved. Close other Navigators and try again."
            ) from None
        except (OSError, NotImplementedError) as error:
            raise not_saved(self.path, error) from error
        try:
            yield
        finally:
            lock.release()

    def write(self, name: str, data: bytes, *, keep: bool = True) -> None:
        """Replace a file, and keep the new content as its newest version. Hold the lock.

        Raises:
            NotSavedError: it can't be written; the file is as it was.
        """
        try:
            self._replace(self.path / name, data)
        except OSError as error:
            raise not_saved(self.path, error) from error
        if keep:
            self.keep_version(name, data)

    def keep_version(self, name: str, data: bytes) -> None:
        """Keep a content as the newest version, if it isn't already, and drop the oldest.

        A copy and not a link: an editor that writes in place would change a linked version, too.
        Best effort: the file itself is safe on disk, and a full disk must not undo that.
        """
        with suppress(OSError):
            kept = self.versions(name)
            if kept and kept[0].read_bytes() == data:
                return
            self._versions.mkdir(mode=0o700, exist_ok=True)
            stem, _, suffix = name.partition(".")
            # Numbered and not dated: a clock set back must not make an old version the newest.
            number = int(kept[0].stem.rpartition("-")[2]) + 1 if kept else 1
            self._replace(self._versions / f"{stem}-{number:06}.{suffix}", data, durable=False)
            for old in kept[VERSIONS - 1 :]:
                old.unlink(missing_ok=True)

    def write_copy(self, file: Path, data: bytes) -> None:
        """Write what can be made again at any time. Raises OSError."""
        file.parent.mkdir(mode=0o700, exist_ok=True)
        self._replace(file, data, durable=False)

    def versions(self, name: str) -> list[Path]:
        """The kept versions of a file, newest first."""
        stem, _, suffix = name.partition(".")
        return sorted(self._versions.glob(f"{stem}-[0-9]*[0-9].{suffix}"), reverse=True)

    def forget_versions(self, name: str) -> None:
        """Remove all kept versions of a file: what was removed from it is then gone."""
        try:
            for old in self.versions(name):
                old.unlink(missing_ok=True)
        except OSError as error:
            raise not_saved(self.path, error) from error

    def set_aside(self, name: str) -> Path:
        """Move a damaged file out of the way, under a name not used before. Raises OSError."""
        file = self.path / name
        number = 1
        while (other := file.with_suffix(f".broken-{number}{file.suffix}")).exists():
            number += 1
        file.replace(other)
        return other

    def sweep(self) -> None:
        """Remove what a killed process left half written. Hold the lock."""
        with suppress(OSError):
            for folder in (self.path, self._versions):
                for left in folder.glob(".*.tmp"):
                    left.unlink(missing_ok=True)

    def _replace(self, file: Path, data: bytes, *, durable: bool = True) -> None:
        temporary = file.with_name(f".{file.name}.{os.getpid()}-{threading.get_ident()}.tmp")
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                if durable:
                    out.flush()
                    os.fsync(out.fileno())
            _rename(temporary, file)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        if durable:
            _flush_folder(file.parent)


def _rename(temporary: Path, file: Path) -> None:
    for number in range(REPLACE_TRIES):
        try:
            temporary.replace(file)
        except PermissionError:
            if sys.platform != "win32" or number == REPLACE_TRIES - 1:
                raise
            time.sleep(REPLACE_PAUSE)
        else:
            return


def _flush_folder(folder: Path) -> None:
    """The new name itself must reach the disk; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network drives can't
            raise
    finally:
        os.close(handle)


def not_saved(folder: Path, error: BaseException) -> NotSavedError:
    """The sentence for a failed write: what is wrong, that nothing is lost, what to do."""
    number = getattr(error, "errno", None)
    if number in NO_ROOM:
        return NotSavedError(
            f"There is no room left on the disk of {folder}, so this wasn't saved; all saved "
            "before is safe. Make room and try again."
        )
    why = getattr(error, "strerror", None) or str(error)
    return NotSavedError(
        f"Navigator can't write in {folder} ({why}), so this wasn't saved; all saved before is "
        "safe. Make the folder writable, or set NAVIGATOR_CONFIG_DIR to one that is."
    )
