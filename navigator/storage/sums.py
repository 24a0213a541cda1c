"""Checksums that somebody published beside a file: FILE.sha256, or SHA256SUMS in its folder.

They are what `sha256sum` writes, and its BSD form. Where there is none, nothing is asked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from navigator.core import cleaning
from navigator.core.errors import RefusedError

ALL, OWN = "SHA256SUMS", ".sha256"
"""The list of a folder, and what stands behind the name of a file that has one of its own."""

MOST_BYTES = 1_000_000
_LINE = re.compile(
    r"(?P<sum>[0-9a-f]{64})(?:\s+\*?(?P<name>\S.*))?"
    r"|SHA256 \((?P<bsd>.+)\) = (?P<bsd_sum>[0-9a-f]{64})",
    re.IGNORECASE,
)


def verify(path: Path, beside: Path | None = None) -> None:
    """See that a file is what the checksum published for its name says, where there is one.

    Args:
        path: the file.
        beside: the folder in which to look for checksums; the file's own if left out.

    Raises:
        RefusedError: it is another file, or its own checksum can't be read.
        OSError: one of them can't be read.
    """
    wanted = list(_published(path.name, beside or path.parent))
    if not wanted:
        return
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    for where, told in wanted:
        if told != found:
            shown = cleaning.plain(path.name)[:100]
            raise RefusedError(
                f"{shown} isn't the file that {cleaning.plain(where)[:100]} beside it has a "
                "checksum of: get both again from whoever publishes them; nothing was changed."
            )


def holds_any(path: Path) -> bool:
    """Whether a file holds any checksum: some servers send a page for whatever they are asked.
    Raises OSError."""
    return any(_lines(path))


def _published(name: str, folder: Path) -> Iterator[tuple[str, str]]:
    """The checksums of a file: (in which file, the sum in small letters)."""
    own = folder / f"{name}{OWN}"
    if own.is_file():
        told = [found for told, found in _lines(own) if told in ("", name)]
        if not told:
            raise RefusedError(
                f"{cleaning.plain(own.name)[:100]} holds no checksum of the file beside it: get it "
                "again, or take it away; nothing was changed."
            )
        yield from ((own.name, found) for found in told)
    every = folder / ALL
    if every.is_file():
        yield from ((ALL, found) for told, found in _lines(every) if told == name)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """(name, sum) of each line that tells one; "" for one without a name."""
    with path.open("rb") as file:
        text = file.read(MOST_BYTES).decode("utf-8-sig", "replace")
    for line in text.splitlines():
        if match := _LINE.fullmatch(line.strip()):
            name = match["name"] or match["bsd"] or ""
            yield name.removeprefix("./"), (match["sum"] or match["bsd_sum"]).lower()
