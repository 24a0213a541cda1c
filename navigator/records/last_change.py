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


def save(folder: Folder, changes: Iterable[Change]) -> None:
    """Remember changes of one command. Best effort: they are safe on disk themselves."""
    held = json.dumps([change._asdict() for change in changes], ensure_ascii=False, indent=1)
    with suppress(NotSavedError), folder.locked():
        folder.write(FILE, held.encode(), keep=False)


def load(folder: Folder) -> list[Change]:
    """The changes; none where the file is missing or can't be read."""
    try:
        return [Change(**told) for told in json.loads(folder.read(FILE) or b"[]")]
    except (OSError, ValueError, TypeError, RecursionError):
        return []
