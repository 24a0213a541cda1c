"""Opening the register in use, or the sample where there is none."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from navigator.core import paths, wording
from navigator.core.errors import NotFoundError
from navigator.core.model import RegisterInfo
from navigator.register import damage, schema
from navigator.register.store import Register, info_of

POINTER = "current"
_ODD = (sqlite3.Error, KeyError, ValueError, TypeError, IndexError, OverflowError)
"""What a damaged file brings its readers to raise."""

HELD_PAGES = 64
"""Pages of a register, 4 KiB each, that SQLite holds in memory. The system holds the file, and no
question is slower for it; the usual 500 would be full after a dozen landscapes."""

MEND = "run `navigator update`, or `navigator update --undo`"
AGAIN = "run `navigator update` to load it again"


class UnusableError(Exception):
    """A register file that can't be used; the text says why."""


class DamagedError(UnusableError):
    """It isn't as it was built."""


def open_register(data_dir: Path | None = None) -> Register:
    """The register in use in a data folder (the user's if left out), else the sample.

    Where a register should be in use and can't be, the sample's `problem` says so.
    """
    folder = data_dir or paths.data_dir()
    try:
        name = current_name(folder)
        if not name:
            return _sample()
        return open_file(folder / name)
    except DamagedError as error:
        return _instead(folder, f"The register is damaged ({error}): {MEND}.")
    except (UnusableError, sqlite3.Error, OSError) as error:
        return _sample(f"The register can't be used ({error}): {AGAIN}.")


def _instead(folder: Path, problem: str) -> Register:
    """The register before the one that is damaged, else the sample."""
    with suppress(UnusableError):
        if before := names(folder)[1]:
            register = open_file(folder / before)
            day = wording.day(register.info.day)
            register.problem = f"{problem} Until then that of {day} is in use."
            return register
    return _sample(problem)


def is_damaged(data_dir: Path | None = None, *, daily: bool = False) -> bool:
    """Whether the register in use is damaged, which is found out by reading its file whole (with
    `daily` only if nobody has today). A damaged one isn't opened from then on.
    """
    folder = data_dir or paths.data_dir()
    name = current_name(folder)
    return bool(name) and damage.found(folder / name, closely=not daily, daily=daily)


def _sample(problem: str = "") -> Register:
    from navigator.register.sample import open_sample  # 15 ms that the register in use spares

    return open_sample(problem)


def current_name(folder: Path) -> str:
    """The file name of the register in use in a folder, "" if none is."""
    return names(folder)[0]


def names(folder: Path) -> tuple[str, str]:
    """The file names of the register in use in a folder and of the one before, "" for none."""
    try:
        lines = (folder / POINTER).read_text("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        lines = []
    using, before, *_ = [*(line.strip() for line in lines), "", ""]
    return using, before


def current_info(folder: Path) -> RegisterInfo | None:
    """What the register in use in a folder is, None if none is or it can't be used."""
    try:
        name = current_name(folder)
        return check(folder / name) if name else None
    except (UnusableError, OSError):
        return None


def open_before(data_dir: Path | None = None) -> Register:
    """The register that was in use before the one that is.

    Raises:
        NotFoundError: none is kept, or it can't be used; the text says so and what to do.
    """
    folder = data_dir or paths.data_dir()
    name = names(folder)[1]
    if not name:
        raise NotFoundError(
            "No register from before the one in use is kept: after the next `navigator update` "
            "there is one to compare with."
        )
    try:
        return open_file(folder / name)
    except UnusableError as error:
        raise NotFoundError(
            f"The register from before the one in use can't be used ({error}): after the next "
            "`navigator update` there is one to compare with."
        ) from None


def open_file(path: Path) -> Register:
    """A register file, wherever it lies.

    Raises:
        UnusableError: it is missing, damaged, or of another version.
    """
    check(path)
    try:
        return Register(_connect(path), path)
    except _ODD as error:
        raise DamagedError(f"{path.name}: {str(error)[:100]}") from None


def check(path: Path) -> RegisterInfo:
    """What a register file says of itself, after a look at whether it is whole.

    Raises:
        UnusableError: it is missing, damaged, or of another version.
    """
    if not path.is_file():
        raise UnusableError(f"{path.name} is missing")
    try:
        with closing(_connect(path)) as database:
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if not schema.OLDEST <= version <= schema.VERSION:
                raise UnusableError(
                    "it was made by another version of Navigator, "
                    f"{'newer' if version > schema.VERSION else 'older'} than this one can read"
                )
            info = info_of(database, path)
    except _ODD as error:
        raise DamagedError(f"{path.name}: {str(error)[:100]}") from None
    if damage.found(path):
        raise DamagedError(f"{path.name} isn't as it was built")
    return info


def _connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(address(path), uri=True, check_same_thread=False)
    database.execute(f"PRAGMA cache_size = {HELD_PAGES}")
    return database


def address(path: Path) -> str:
    """The address by which SQLite only reads a register file."""
    uri = path.absolute().as_uri()
    if not uri.startswith("file:///"):  # a Windows share; SQLite wants its server in the path
        uri = uri.replace("file://", "file:////", 1)
    # immutable: no locks, no journal looked for; the file never changes once it has its name
    return f"{uri}?mode=ro&immutable=1"
