"""The files the head keeps, in one folder: written whole or not at all, older versions kept.

A change takes the folder's lock, reads what is there, and replaces the file: another Navigator's
change can't be lost between the two. A file is on disk (fsync) before `write` returns. Only the
user may read what is written here.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.core.patterns import late
from navigator.storage.disk import NotSavedError, not_saved, patiently, private_folder, replacing

if TYPE_CHECKING:
    from filelock import BaseFileLock

VERSIONS = 10
"""Versions kept of each file, the newest among them being the file as it is."""

LOCK_SECONDS = 10.0
LOCK_PAUSE = 0.01
_LEFT = late(r"\..+\.\d+-\d+\.tmp")

Stamp = tuple[int, int, int, int]


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
            return patiently((self.path / name).read_bytes)
        except FileNotFoundError:
            return None

    def stamp(self, name: str) -> Stamp | None:
        """What changes when the file does: its times, size and number; None where there is none."""
        try:
            found = (self.path / name).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino

    @contextmanager
    def locked(self, seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """Hold the folder against other Navigators; a thread that holds it may do so again.

        The system lets go of a killed process's lock.

        Raises:
            NotSavedError: the folder can't be made or locked; the text says what to do.
        """
        from filelock import FileLock, Timeout  # where a change is made: 40 ms to import

        try:
            private_folder(self.path)
            if self._lock is None:  # one for the folder, so that it may be taken twice
                self._lock = FileLock(self.path / ".lock", mode=0o600)
            lock = self._lock
            lock.acquire(timeout=seconds, poll_interval=LOCK_PAUSE)
        except Timeout:
            raise NotSavedError(
                f"Another program has held {self.path} for {seconds:.0f} seconds, so nothing "
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
            if self.is_newest(name, data):
                return
            kept = self.versions(name)
            private_folder(self._versions)
            stem, _, suffix = name.partition(".")
            # Numbered and not dated: a clock set back must not make an old version the newest.
            number = _number(kept[0]) + 1 if kept else 1
            self._replace(self._versions / f"{stem}-{number:06}.{suffix}", data, durable=False)
            for old in kept[VERSIONS - 1 :]:
                old.unlink(missing_ok=True)

    def is_newest(self, name: str, data: bytes) -> bool:
        """Whether a content is the newest kept version of a file. Raises OSError."""
        kept = self.versions(name)
        return bool(kept) and kept[0].read_bytes() == data

    def write_copy(self, file: Path, data: bytes) -> None:
        """Write what can be made again at any time. Raises OSError."""
        file.parent.mkdir(mode=0o700, exist_ok=True)
        self._replace(file, data, durable=False)

    def versions(self, name: str) -> list[Path]:
        """The kept versions of a file, newest first."""
        stem, _, suffix = name.partition(".")
        ours = re.compile(rf"{re.escape(stem)}-\d{{6,}}\.{re.escape(suffix)}")
        found = [file for file in self._versions.glob(f"{stem}-*") if ours.fullmatch(file.name)]
        return sorted(found, key=_number, reverse=True)

    def forget_copies(self, name: str, *others: Path) -> None:
        """Remove a file's kept versions and other copies: what was removed from it is then gone."""
        try:
            for old in (*self.versions(name), *others):
                old.unlink(missing_ok=True)
        except OSError as error:
            raise not_saved(self.path, error) from error

    def set_aside(self, name: str, data: bytes) -> Path:
        """Keep a damaged file's content under a name not used before. Raises OSError.

        A copy: the file itself stays until something good takes its place.
        """
        asides = self.set_asides(name)
        for same in asides:
            if same.read_bytes() == data:
                return same
        taken = {file.name for file in asides}
        number = 1
        while (other := _aside(self.path / name, number)).name in taken:
            number += 1
        self._replace(other, data)
        return other

    def set_asides(self, name: str) -> list[Path]:
        """The damaged files that were set aside."""
        return sorted(self.path.glob(_aside(Path(name), "*").name))

    def rewrite_aside(self, file: Path, data: bytes) -> None:
        """Put a shorter content in a set-aside file's place. Raises NotSavedError."""
        try:
            self._replace(file, data)
        except OSError as error:
            raise not_saved(self.path, error) from error

    def remove(self, name: str) -> None:
        """Remove a file. Hold the lock. Raises OSError."""
        (self.path / name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what a killed process left half written. Hold the lock."""
        with suppress(OSError):
            for folder in (self.path, self._versions):
                for left in folder.glob(".*.tmp"):
                    if _LEFT.fullmatch(left.name):
                        left.unlink(missing_ok=True)

    def _replace(self, file: Path, data: bytes, *, durable: bool = True) -> None:
        beside = f".{file.name}.{os.getpid()}-{threading.get_ident()}.tmp"
        with replacing(file, beside, durable=durable) as out:
            out.write(data)


def _number(version: Path) -> int:
    return int(version.stem.rpartition("-")[2])


def _aside(file: Path, number: int | str) -> Path:
    return file.with_name(f"{file.stem}.broken-{number}{file.suffix}")
