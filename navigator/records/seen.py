"""Which changes of the register the head has seen: `seen.toml`, safe to delete.

Not a part of their record, and not in a backup: it says of this computer's registers what was
looked at, by the days of two of them.
"""

from __future__ import annotations

import tomllib
from datetime import date

from navigator.storage.disk import not_saved
from navigator.storage.folder import Folder

FILE = "seen.toml"
ABOUT = "# Which changes of the register you have seen, by the days of two. Safe to delete.\n"
KEPT = 20


def load(folder: Folder) -> tuple[str, ...]:
    """What was seen, the newest last; nothing where the file is missing or can't be read."""
    try:
        told = tomllib.loads((folder.read(FILE) or b"").decode("utf-8-sig")).get("seen", [])
    except (OSError, ValueError, RecursionError):
        return ()
    return tuple(t for t in told if isinstance(t, str)) if isinstance(told, list) else ()


def change_name(since: date, until: date) -> str:
    """How the file names what changed from one register to another."""
    return f"{since.isoformat()} to {until.isoformat()}"


def _ours(name: str) -> bool:
    """Whether it is as `named` makes it; what else someone wrote there isn't kept."""
    return name.replace(" to ", "").replace("-", "").isdigit()


def add(folder: Folder, name: str) -> None:
    """Remember something as seen. Raises NotSavedError."""
    try:
        with folder.locked():
            held = load(folder)
            if name in held:
                return
            told = [*held, name][-KEPT:]
            lines = "".join(f'    "{t}",\n' for t in told if _ours(t))
            folder.write(FILE, f"{ABOUT}seen = [\n{lines}]\n".encode(), keep=False)
    except OSError as error:
        raise not_saved(folder.path, error) from error
