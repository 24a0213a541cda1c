"""What a command of the plan changed last: `last-change.json`, by which it is undone.

Not a part of the record, and not in a backup; safe to delete.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress

from navigator.records.record_file import Change
from navigator.storage.disk import NotSavedError
from navigator.storage.folder import Folder

FILE = "last-change.json"


def save(folder: Folder, changes: Iterable[Change], *, undone: bool = False) -> None:
    """Remember changes of one command; `undone` where they undid it. Best effort: they are safe on
    disk themselves."""
    told = {"undone": undone, "changes": [change._asdict() for change in changes]}
    held = json.dumps(told, ensure_ascii=False, indent=1)
    with suppress(NotSavedError), folder.locked():
        folder.write(FILE, held.encode(), keep=False)


def load(folder: Folder) -> tuple[list[Change], bool]:
    """The changes, and whether they undid what a command did; none where the file is missing or
    can't be read. A file of before is a list of them."""
    try:
        told = json.loads(folder.read(FILE) or b"[]")
        undone = isinstance(told, dict) and told["undone"] is True
        held = told["changes"] if isinstance(told, dict) else told
        return [Change(**change) for change in held], undone
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return [], False
