"""The second process of a build: `main` with FILE, START and TARGET as the arguments.

Exits 1 on anything that can't be read, silently: the first process then reads it all itself.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

from navigator.register.build import build_half
from navigator.register.gias import BadFileError


def main() -> int:
    path, start, target = sys.argv[1:]
    try:
        build_half(Path(path), int(start), Path(target))
    except (BadFileError, OSError, sqlite3.Error):
        return 1
    return 0
