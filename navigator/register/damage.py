"""Whether a register's file is as it was built: a checksum beside it, REGISTER.sum.

It is looked at where that costs nothing: when the file's time or size isn't what it was, which
copying and most damage change; when something went wrong that nobody foresaw; and, as damage may
leave both as they were, once a day behind the app's first frame and whenever the state is asked for
(`navigator status`).
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from navigator.core import clock
from navigator.storage.disk import replacing

SUFFIX = ".sum"

_damaged: set[Path] = set()
"""Files that this process has found damaged."""


def note(path: Path) -> None:
    """Write down how a whole file is. Raises OSError."""
    _keep(path, _sum_of(path))


def _keep(path: Path, whole: str) -> None:
    import json

    told = {**_stamp(path), "sum": whole, "looked": clock.today().isoformat()}
    file = path.with_name(f"{path.name}{SUFFIX}")
    # half a checksum would count as none, and the register as whole for ever
    with replacing(file, f"{file.name}.{os.getpid()}", durable=False, mode=0o666) as out:
        out.write(json.dumps(told).encode())


def found(path: Path, *, closely: bool = False, daily: bool = False) -> bool:
    """Whether a file is damaged; `closely` reads it whole, whatever its time and size; `daily`
    does so if nobody has today.

    A file without a checksum, of an older Navigator, counts as whole.
    """
    if path in _damaged:
        return True
    try:
        text = path.with_name(f"{path.name}{SUFFIX}").read_text("utf-8")
        if not (closely or daily) and text.startswith(_as_written(_stamp(path))):
            return False  # as every start finds it, which doesn't wait for the reader of JSON
        import json

        told = json.loads(text)
        due = closely or (daily and told.get("looked") != clock.today().isoformat())
        if not due and _stamp(path).items() <= told.items():
            return False
        if told["sum"] == (whole := _sum_of(path)):
            with suppress(OSError):  # a copy has another time: looked at once
                _keep(path, whole)
            return False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    _damaged.add(path)
    return True


def _stamp(path: Path) -> dict[str, int]:
    told = path.stat()
    return {"size": told.st_size, "time": told.st_mtime_ns}


def _as_written(stamp: dict[str, int]) -> str:
    """How what `_keep` writes begins."""
    return "{" + "".join(f'"{name}": {number}, ' for name, number in stamp.items())


def _sum_of(path: Path) -> str:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()
