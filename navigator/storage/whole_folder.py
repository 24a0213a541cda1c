"""Folders that are handed on: written whole or not at all, and only over what is ours."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from navigator.core import cleaning
from navigator.core.errors import RefusedError
from navigator.core.patterns import late
from navigator.storage.disk import not_written
from navigator.storage.whole_file import STALE_SECONDS

MARK = "navigator-site.txt"
"""The file by which a folder is known as ours: it names every file that we wrote."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

_LEFT = late(r"\.navigator-\d+-(?:site|before-(?P<before>.+))\.tmp")
"""What is half written, or the folder of that name while it is replaced."""

_OURS = "Navigator made this folder. --force replaces all of it: keep files of your own elsewhere."


def write(
    given: str, files: Mapping[str, bytes], *, force: bool, private: bool = False
) -> tuple[Path, int]:
    """Write a folder of files by their names; gives it and the bytes that they take.

    One that is `private` only the user may open, and so each of its files, wherever it is put.

    Raises:
        RefusedError: as `check`, or it can't be written; what was there stays.
    """
    folder = check(given, force=force)
    _sweep(folder)
    beside = folder.with_name(f".navigator-{os.getpid()}-site.tmp")
    before = folder.with_name(f".navigator-{os.getpid()}-before-{folder.name}.tmp")
    mark = "\n".join((_OURS, *sorted((*files, MARK)), "")).encode()
    whole = {**files, MARK: mark}
    try:
        beside.mkdir(mode=0o700 if private else 0o777)
        for name, data in whole.items():
            handle = os.open(beside / name, _NEW, 0o600 if private else 0o666)
            with os.fdopen(handle, "wb") as out:
                out.write(data)
        check(given, force=force)  # another program may have made it meanwhile
        there = folder.exists()
        if there:
            folder.rename(before)
        try:
            beside.rename(folder)
        except BaseException:
            if there:
                before.rename(folder)
            raise
    except (OSError, ValueError) as error:
        raise not_written(folder, error) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if folder.exists():
            shutil.rmtree(before, ignore_errors=True)
    return folder, sum(map(len, whole.values()))


def check(given: str, *, force: bool) -> Path:
    """The folder that a text names.

    Raises:
        RefusedError: it can't be made, holds what isn't ours, or is there and `force` isn't given.
    """
    try:
        folder = Path(given).expanduser().resolve()
        shown = cleaning.plain(str(folder))[:300]
        if not folder.parent.is_dir():
            raise RefusedError(
                f"There is no folder {folder.parent}. Make it, or give another place."
            )
        if folder == Path.cwd():
            raise RefusedError("Give the name of a folder of its own, not the one you are in.")
        if not folder.exists():
            return folder
        if not folder.is_dir():
            raise RefusedError(f"{shown} is a file: give a folder's name.")
        held = {found.name for found in folder.iterdir()}
        if not held:
            return folder
        if MARK not in held:
            raise RefusedError(
                f"{shown} is there already and Navigator didn't make it, so it stays as it is. "
                "Give another name."
            )
        ours = set((folder / MARK).read_text("utf-8", errors="replace").splitlines()[1:])
    except (OSError, ValueError, RuntimeError) as error:
        raise not_written(Path(given), error) from error
    if others := sorted(held - ours):
        raise RefusedError(
            f"{shown} holds what Navigator didn't write ({cleaning.plain(others[0])[:80]}), so it "
            "stays as it is. Move that, or give another name."
        )
    if not force:
        raise RefusedError(
            f"{shown} is there already, so it stays as it is. Give another name, or --force to "
            "replace it."
        )
    return folder


def _sweep(folder: Path) -> None:
    """Bring back the folder that an export which was killed had put aside; remove what it left."""
    with suppress(OSError):
        for left in folder.parent.glob(".navigator-*.tmp"):
            name = _LEFT.fullmatch(left.name)
            if name is None:
                continue
            if name["before"] == folder.name and (left / MARK).is_file():
                if folder.exists():
                    shutil.rmtree(left, ignore_errors=True)
                else:
                    left.rename(folder)
            elif name["before"] is None and _is_stale(left):
                shutil.rmtree(left, ignore_errors=True)


def _is_stale(left: Path) -> bool:
    return time.time() - left.stat().st_mtime > STALE_SECONDS
