"""What was being typed when Navigator ended: `drafts.toml`, kept until it is saved or left.

Not a part of the head's record, and not in a backup: a form writes it while they type, and takes
it away when it is saved or left.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from navigator.core import clock
from navigator.storage.disk import NotSavedError
from navigator.storage.folder import Folder

FILE = "drafts.toml"
ABOUT = "# What you were typing when Navigator ended: gone once it is saved, or left.\n"
KEPT = 10


class Draft(NamedTuple):
    """What the boxes of a form held. `kind` and `title` are the form's, texts by their boxes."""

    kind: str
    title: str
    boxes: Mapping[str, str]


def load(folder: Folder) -> list[Draft]:
    """The drafts, the newest last; none where the file is missing or can't be read."""
    try:
        told = tomllib.loads((folder.read(FILE) or b"").decode("utf-8-sig")).get("draft", [])
        return [
            Draft(
                str(one["kind"]),
                str(one["title"]),
                {str(key): str(text) for key, text in one["boxes"].items()},
            )
            for one in told
        ]
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return []


def keep(folder: Folder, draft: Draft) -> None:
    """Keep a draft in the place of the one before of its form. Raises NotSavedError."""
    with folder.locked():
        _write(folder, [*_others(folder, draft.kind, draft.title), draft][-KEPT:])


def drop(folder: Folder, kind: str, title: str = "") -> None:
    """Forget the draft of a form, or those of all forms of a kind, where there is one."""
    if folder.stamp(FILE) is None:
        return
    with suppress(NotSavedError), folder.locked():
        _write(folder, _others(folder, kind, title))


def _others(folder: Folder, kind: str, title: str) -> list[Draft]:
    return [d for d in load(folder) if d.kind != kind or (title and d.title != title)]


def _write(folder: Folder, drafts: list[Draft]) -> None:
    if not drafts:
        with suppress(OSError):
            folder.remove(FILE)
        return
    import tomli_w

    day = clock.today()
    told = [{"kind": d.kind, "title": d.title, "day": day, "boxes": d.boxes} for d in drafts]
    text = tomli_w.dumps({"draft": told}, multiline_strings=True)
    folder.write(FILE, f"{ABOUT}\n{text}".encode("utf-8", "replace"), keep=False)
