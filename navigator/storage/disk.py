"""A file written whole or not at all, and the sentences for what a disk can do to that."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from navigator.core import cleaning
from navigator.core.errors import NavigatorError, RefusedError

TRIES = 20
PAUSE = 0.05
"""On Windows another program may hold a file open for a moment: a second in all."""

NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}

_T = TypeVar("_T")


class NotSavedError(NavigatorError):
    """A change that could not be written; the files are as they were."""


def private_folder(folder: Path) -> None:
    """Make a folder, and each that is missing on the way to it, for the user alone; one that is
    there stays as it is. Raises OSError."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileNotFoundError:
        if folder.parent == folder:  # a drive that isn't there
            raise
        private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def replacing(
    file: Path,
    beside: str,
    *,
    durable: bool = True,
    mode: int = 0o600,
    last: Callable[[], None] = lambda: None,
) -> Iterator[BinaryIO]:
    """What to write a file's new content into: it stands under the file's name at the end.

    Who keeps the file elsewhere and links to it keeps doing so.

    Args:
        file: The file to replace or to make.
        beside: The name under which it is written, in the same folder.
        durable: Whether it is to be on the disk itself before this ends.
        mode: Who may read it, less what the user's mask takes away.
        last: Called when all is written, just before the file is replaced.

    Raises:
        OSError, ValueError: it can't be written; the file is as it was.
    """
    target = file.resolve() if file.is_symlink() else file
    temporary = target.with_name(beside)
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as out:
            yield out
            if durable:
                out.flush()
                os.fsync(out.fileno())
        last()
        patiently(lambda: temporary.replace(target))
    except BaseException:
        with suppress(OSError, ValueError):
            temporary.unlink(missing_ok=True)
        raise
    if durable:
        _flush_folder(target.parent)


def patiently(do: Callable[[], _T]) -> _T:
    """Do what another program may stand in the way of for a moment."""
    for _ in range(TRIES - 1 if sys.platform == "win32" else 0):
        try:
            return do()
        except PermissionError:
            time.sleep(PAUSE)
    return do()


def _flush_folder(folder: Path) -> None:
    """The new name itself must reach the disk; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:  # one that may be written and not read
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network drives can't
            raise
    finally:
        os.close(handle)


def _why(error: BaseException) -> str:
    return getattr(error, "strerror", None) or str(error)


def not_saved(folder: Path, error: BaseException) -> NotSavedError:
    """The sentence for a failed write: what is wrong, that nothing is lost, what to do."""
    if getattr(error, "errno", None) in NO_ROOM:
        return NotSavedError(
            f"There is no room left on the disk of {folder}, so this wasn't saved; all saved "
            "before is safe. Make room and try again."
        )
    return NotSavedError(
        f"Navigator can't write in {folder} ({_why(error)}), so this wasn't saved; all saved "
        "before is safe. Make the folder writable, or set NAVIGATOR_CONFIG_DIR to one that is."
    )


def not_written(file: Path, error: BaseException) -> RefusedError:
    """The sentence for a file to hand on that couldn't be written."""
    why = _why(error)
    if isinstance(error, PermissionError) and file.exists():
        why += "; is it open in another program?"
    shown = cleaning.plain(str(file))[:300]
    return RefusedError(f"{shown} can't be written ({why}). Give another place.")
