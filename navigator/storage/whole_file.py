"""Files that are handed on: written whole or not at all, under names that Windows takes, too."""

from __future__ import annotations

import os
import re
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from navigator.core import cleaning
from navigator.core.errors import RefusedError
from navigator.storage.disk import not_written, replacing

LONGEST = 80
"""Characters of a name that we make: a path on Windows may have 260."""

STALE_SECONDS = 86_400

RESERVED = {"CON", "PRN", "AUX", "NUL"} | {f"{d}{n}" for d in ("COM", "LPT") for n in range(10)}
"""Names that Windows keeps for devices, whatever comes after a dot."""

_DROPPED = re.compile("['’‘`´.]")
_NOT_FOR_NAMES = re.compile(r"[^\w &()+-]|_")


def file_name(name: str, number: str, suffix: str) -> str:
    """A file's name for a body: "Sneinton St Stephens CofE Primary School 139217.html"."""
    text = unicodedata.normalize("NFKC", cleaning.plain(name))
    text = " ".join(_NOT_FOR_NAMES.sub(" ", _DROPPED.sub("", text)).split())
    stem = " ".join(t for t in (text[:LONGEST].strip(" -"), number) if t) or "Navigator"
    return f"{'Navigator ' if stem.upper() in RESERVED else ''}{stem}{suffix}"


def place(given: str, name: str) -> Path:
    """The file that was given; in a folder that was given, one of that name.

    What ends in a slash is a folder, and is made in one that is there. A file's name without an
    ending gets that of `name`: without it no program would open the file.

    Raises:
        RefusedError: the folder can't be made, or no file is named.
    """
    if not given.strip():
        raise RefusedError("A file needs a name: none was given, so nothing was written.")
    file = Path(given).expanduser()
    if given.endswith(tuple(filter(None, (os.sep, os.altsep)))):
        _make_folder(file)
    if file.is_dir():
        return file / name
    bare = not file.suffix and (file.is_file() or not file.exists())
    return file.with_name(file.name + Path(name).suffix) if bare else file


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except FileNotFoundError:
        raise RefusedError(
            f"There is no folder {folder.parent}. Make it, or give another place."
        ) from None
    except (OSError, ValueError) as error:
        raise not_written(folder, error) from error


def write(given: str, name: str, data: bytes, *, force: bool | None, private: bool = False) -> Path:
    """Write a file to the `place` that was given; says which.

    Raises:
        RefusedError: as `whole`.
    """
    file = place(given, name)
    with whole(file, force=force, private=private) as out:
        out.write(data)
    return file


@contextmanager
def whole(file: Path, *, force: bool | None, private: bool = False) -> Iterator[BinaryIO]:
    """A file to write: it stands under its name once all is on disk, and not before.

    `force` replaces a file that is there; None where nobody can ask for that. One that is `private`
    only the user may read.

    Raises:
        RefusedError: there is a file already, or it can't be written; what was there stays.
    """
    check(file, force=force)  # which has seen that the name is one
    _sweep(file.resolve().parent)
    beside = f".navigator-{os.getpid()}{file.suffix}.tmp"
    again = partial(check, file, force=force)  # another program may have made it meanwhile
    try:
        with replacing(file, beside, mode=0o600 if private else 0o666, last=again) as out:
            yield out
    except (OSError, ValueError) as error:
        raise not_written(file, error) from error


def _sweep(folder: Path) -> None:
    """Remove what an export that was killed left half written."""
    with suppress(OSError):
        for left in folder.glob(".navigator-*.tmp"):
            if time.time() - left.stat().st_mtime > STALE_SECONDS:
                left.unlink(missing_ok=True)


def check(file: Path, *, force: bool | None) -> None:
    """Raise RefusedError where a file can't be written, or is there and `force` isn't given."""
    try:
        file.lstat()
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:  # a name that is too long, or holds a NUL
        raise not_written(file, error) from error
    try:
        if file.is_dir():
            raise RefusedError(f"{file} is a folder: give a file's name.")
        if file.exists() and not file.is_file():
            raise RefusedError(f"{file} isn't a file: give a file's name, or - to print it.")
        if file.exists() and not force:
            hint = "" if force is None else ", or --force to replace it"
            raise RefusedError(
                f"{file} is there already, so it stays as it is. Give another name{hint}."
            )
        if not file.parent.is_dir():
            raise RefusedError(f"There is no folder {file.parent}. Make it, or give another place.")
    except OSError as error:
        raise not_written(file, error) from error
