"""Opening the register in use, or the sample where there is none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from navigator import paths
from navigator.model import RegisterInfo
from navigator.register import info, schema
from navigator.register.store import Register

POINTER = "current"
AGAIN = "run `navigator update --from PATH` to load it again"


class UnusableError(Exception):
    """A register file that can't be used; the text says why."""


def open_register(data_dir: Path | None = None) -> Register:
    """The register in use in a data folder (the user's if left out), else the sample.

    Where a register should be in use and can't be, the sample's `problem` says so.
    """
    folder = data_dir or paths.data_dir()
    try:
        name = current_name(folder)
        if not name:
            return _sample()
        return Register(_connect(folder / name), check(folder / name))
    except (UnusableError, sqlite3.Error, OSError) as error:
        return _sample(f"The register can't be used ({error}): {AGAIN}.")


def _sample(problem: str = "") -> Register:
    from navigator.register.sample import open_sample  # 15 ms that the register in use spares

    return open_sample(problem)


def current_name(folder: Path) -> str:
    """The file name of the register in use in a folder, "" if none is."""
    try:
        return (folder / POINTER).read_text("utf-8").strip()
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return ""


def current_info(folder: Path) -> RegisterInfo | None:
    """What the register in use in a folder is, None if none is or it can't be used."""
    try:
        name = current_name(folder)
        return check(folder / name) if name else None
    except (UnusableError, OSError):
        return None


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
            if version != schema.VERSION:
                raise UnusableError("it was made by another version of Navigator")
            told = dict(database.execute("SELECT key, value FROM meta"))
            return info.info_of(told, sample=False, path=path)
    except (sqlite3.Error, KeyError, ValueError) as error:
        raise UnusableError(f"{path.name} is damaged: {error}") from None


def _connect(path: Path) -> sqlite3.Connection:
    address = path.absolute().as_uri()
    if not address.startswith("file:///"):  # a Windows share; SQLite wants its server in the path
        address = address.replace("file://", "file:////", 1)
    # immutable: no locks, no journal looked for; the file never changes once it has its name
    return sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, check_same_thread=False)
