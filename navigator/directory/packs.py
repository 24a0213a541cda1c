"""Which facts are in use: those that came with Navigator, or a newer pack of them.

A pack is the folder `data/` in one file, so that facts travel without a release of Navigator. In
the data folder, `facts/` holds packs that were taken, each in a folder named by its version, and
`current`, which names the one in use and, on its second line, the one before ("" for the facts that
came with Navigator). `taking` takes them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from navigator.core import paths
from navigator.core.patterns import late

FOLDER, POINTER = "facts", "current"

VERSION = "version"
"""The field of `programmes.toml` that says which facts these are: their newest day and, where that
isn't enough, a number behind it ("2026-11-27", "2026-11-27.2")."""

_LINE = late(rf'^{VERSION}\s*=\s*"([^"]*)"', re.MULTILINE)
_VERSION = late(r"(\d{4}-\d\d-\d\d)(?:\.(\d{1,4}))?")
_FIRST = 4_000
"""Bytes of a registry in which its version stands."""

Order = tuple[str, int]
"""What versions are compared by."""


class FactsInUse(NamedTuple):
    """The folder of facts in use and its version; `taken` where they are a pack, not ours."""

    folder: Path
    version: str
    taken: bool


def order(version: str) -> Order | None:
    """What a version is compared by; None for what is none."""
    found = _VERSION.fullmatch(version)
    return (found[1], int(found[2] or 0)) if found else None


def version_of(folder: Path) -> str:
    """The version of a folder of facts, "" where it says none."""
    try:
        with (folder / "programmes.toml").open("rb") as file:
            first = file.read(_FIRST).decode("utf-8", "replace")
    except OSError:
        return ""
    found = _LINE.search(first)
    return found[1] if found else ""


def names(data_dir: Path) -> tuple[str, str]:
    """The packs in use and before in a data folder, "" for the facts that came with Navigator."""
    try:
        lines = (data_dir / FOLDER / POINTER).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return "", ""
    using, before, *_ = [*(line.strip() for line in lines), "", ""]
    return using, before


def in_use(data_dir: Path | None = None, using: str | None = None) -> FactsInUse:
    """The facts in use: what is newer wins, a pack that was taken or those that came with us.

    `using` is another pack than the pointer names: which would be in use if it did.
    """
    data_dir = data_dir or paths.data_dir()
    using = names(data_dir)[0] if using is None else using
    ours = FactsInUse(paths.facts_dir(), "", taken=False)
    if using and "/" not in using and "\\" not in using:
        folder, version = data_dir / FOLDER / using, using.rpartition("-")[0]
        theirs, shipped = order(version), order(version_of(ours.folder))
        if theirs and (shipped is None or theirs > shipped) and folder.is_dir():
            return FactsInUse(folder, version, taken=True)
    return ours


def facts_in_use(data_dir: Path | None = None, using: str | None = None) -> FactsInUse:
    """As `in_use`, with the version of ours, too."""
    found = in_use(data_dir, using)
    return found if found.version else found._replace(version=version_of(found.folder))
