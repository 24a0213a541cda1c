"""What was being typed when Navigator ended: `drafts.toml`, kept until it is saved or left.

Not a part of the head's record, and not in a backup: a form writes it while they type, and takes
it away when it is saved or left. A Navigator that still runs has its drafts to itself: only what
one that has ended left is offered to another.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from navigator.core import clock
from navigator.storage.disk import NotSavedError
from navigator.storage.folder import Folder
from navigator.storage.process import Process

FILE = "drafts.toml"
ABOUT = "# What you were typing when Navigator ended: gone once it is saved, or left.\n"
KEPT = 10


class Draft(NamedTuple):
    """What the boxes of a form held. `kind` and `title` are the form's, texts by their boxes.

    `about` tells the form from others of its kind: `form_about` makes it, or the title where that
    is enough. `by` is the process that kept it.
    """

    kind: str
    title: str
    boxes: Mapping[str, str]
    about: str
    by: Process

    @property
    def form(self) -> tuple[str, str]:
        """Which form it is of: two drafts of one form have the same."""
        return self.kind, self.about

    @property
    def which(self) -> str:
        """What tells whoever looks for the form which one it is; "" where its title does."""
        return next((said for begin, said in _SAID.items() if self.about.startswith(begin)), "")


_NEW, _HELD = "new ", "held "
_SAID = {_NEW: "a new one", _HELD: "one that you have"}


def form_about(name: str, *others: object) -> str:
    """What a form is about: a record by its id, or a new one (`name` is "") on the `others`."""
    return " ".join(str(one) for one in (f"{_HELD}{name}" if name else _NEW.strip(), *others))


def left(folder: Folder) -> list[Draft]:
    """The drafts of Navigators that have ended, the newest last."""
    return [draft for draft in _load(folder) if not draft.by.runs]


def _load(folder: Folder) -> list[Draft]:
    """The drafts, the newest last; none where the file is missing or can't be read."""
    try:
        told = tomllib.loads((folder.read(FILE) or b"").decode("utf-8-sig")).get("draft", [])
        return [
            Draft(
                str(one["kind"]),
                str(one["title"]),
                {str(key): str(text) for key, text in one["boxes"].items()},
                str(one.get("about", one["title"])),
                Process(int(one.get("process", 0)), str(one.get("began", ""))),
            )
            for one in told
        ]
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return []


def keep(folder: Folder, draft: Draft, taken: Draft | None = None) -> None:
    """Keep a draft in the place of this process's one before of its form, and of the one left by
    another that was `taken` into it. Raises NotSavedError."""
    with folder.locked():
        _write(folder, [*_others(folder, draft, taken), draft][-KEPT:])


def drop(folder: Folder, *drafts: Draft | None) -> None:
    """Forget drafts, where they are there."""
    if folder.stamp(FILE) is None:
        return
    with suppress(NotSavedError), folder.locked():
        _write(folder, _others(folder, *drafts))


def drop_kind(folder: Folder, kind: str) -> None:
    """Forget the drafts of all forms of a kind."""
    if folder.stamp(FILE) is None:
        return
    with suppress(NotSavedError), folder.locked():
        _write(folder, [draft for draft in _load(folder) if draft.kind != kind])


def _others(folder: Folder, *drafts: Draft | None) -> list[Draft]:
    gone = {(draft.form, draft.by) for draft in drafts if draft is not None}
    return [draft for draft in _load(folder) if (draft.form, draft.by) not in gone]


def _write(folder: Folder, drafts: list[Draft]) -> None:
    if not drafts:
        with suppress(OSError):
            folder.remove(FILE)
        return
    import tomli_w

    day = clock.today()
    told = [
        {
            "kind": draft.kind,
            "title": draft.title,
            "about": draft.about,
            "day": day,
            "process": draft.by.number,
            "began": draft.by.began,
            "boxes": draft.boxes,
        }
        for draft in drafts
    ]
    text = tomli_w.dumps({"draft": told}, multiline_strings=True)
    folder.write(FILE, f"{ABOUT}\n{text}".encode("utf-8", "replace"), keep=False)
