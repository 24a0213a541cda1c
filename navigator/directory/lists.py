"""Published lists that the head took in: tables of hubs of their own, beside ours.

Under `lists/` in the folder of the user's own facts lies a table a programme, in the form of
`data/programmes/`, and the one before it, for going back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from navigator.core import cleaning, paths
from navigator.core.errors import RefusedError
from navigator.directory.read_facts import LISTS as FOLDER
from navigator.storage.disk import not_saved
from navigator.storage.folder import Folder

BEFORE = ".before"

COLUMNS = [
    *("id", "hub", "lead_school", "lead_urns", "areas", "area_kind", "part", "region", "website"),
    *("valid_from", "valid_to", "last_seen", "source", "as_of", "confidence"),
]
"""Those of `HUBS` that a list fills."""


def keep(programme: str, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write a programme's list; the one before it is kept for `undo`. The same list again changes
    nothing.

    Raises:
        NotSavedError: it can't be written; the files are as they were.
    """
    made = io.StringIO()
    writer = csv.DictWriter(made, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    folder = Folder(paths.own_facts_dir() / FOLDER)
    name = f"{programme}.csv"
    data = made.getvalue().encode("utf-8")
    with folder.locked():
        held = _held(folder, name)
        if held != data:
            _put(folder, f"{name}{BEFORE}", held or b"")
            folder.write(name, data, keep=False)
    return folder.path / name


def undo(programme: str) -> bool:
    """Go back to the list before, or to ours alone; the same again goes forth. Whether there is a
    list now.

    Raises:
        RefusedError: none was taken in.
        NotSavedError: it can't be written.
    """
    folder = Folder(paths.own_facts_dir() / FOLDER)
    name = f"{programme}.csv"
    if not folder.path.is_dir():  # a lock would make it
        raise _nothing_before(programme)
    with folder.locked():
        before = _held(folder, f"{name}{BEFORE}")
        if before is None:
            raise _nothing_before(programme)
        held = _held(folder, name)
        if before:
            folder.write(name, before, keep=False)
        else:
            try:
                folder.remove(name)
            except OSError as error:
                raise not_saved(folder.path, error) from error
        _put(folder, f"{name}{BEFORE}", held or b"")
    return bool(before)


def _nothing_before(programme: str) -> RefusedError:
    shown = cleaning.plain(programme)[:60]
    return RefusedError(f"No list of {shown} was taken in: there is nothing to go back to.")


def _put(folder: Folder, name: str, data: bytes) -> None:
    folder.write(name, data, keep=False)


def _held(folder: Folder, name: str) -> bytes | None:
    try:
        return folder.read(name)
    except OSError as error:
        raise not_saved(folder.path, error) from error
