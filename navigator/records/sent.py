"""What calendars of the plan had: `sent-calendar.json`, by which the next one says what changed.

Not a part of the record, and not in a backup. Safe to delete: what is no more is then not sent as
cancelled. It has titles and days, and nobody's name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

from navigator.core.activity import SentEvent
from navigator.storage.disk import NotSavedError
from navigator.storage.folder import Folder

FILE = "sent-calendar.json"


def save(folder: Folder, sent: Mapping[str, SentEvent]) -> None:
    """Remember what was sent. Best effort: the calendar itself is made."""
    if sent == load(folder):
        return
    held = json.dumps({uid: one._asdict() for uid, one in sent.items()}, indent=1)
    with suppress(NotSavedError), folder.locked():
        folder.write(FILE, held.encode(), keep=False)


def load(folder: Folder) -> dict[str, SentEvent]:
    """What was sent, by UID; nothing where the file is missing or can't be read."""
    try:
        told = json.loads(folder.read(FILE) or b"{}")
        found = {str(uid): SentEvent(**one) for uid, one in told.items()}
        for one in found.values():
            datetime.fromisoformat(one.starts), datetime.fromisoformat(one.modified)
            int(one.sequence)
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return found
