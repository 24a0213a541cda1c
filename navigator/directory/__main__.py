"""Reads every table of a data folder and names what can't be read.

python -m navigator.directory [DATA_FOLDER [OWN_FOLDER]]
"""

from __future__ import annotations

import sys
from pathlib import Path

from navigator.directory import faults


def main(folders: list[str]) -> int:
    """Print a line a fault; 0 if there are none, 1 if there are, 2 for wrong usage."""
    if len(folders) > 2 or any(name.startswith("-") for name in folders):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    found = faults(*(Path(name) for name in folders))
    for fault in found:
        sys.stderr.write(f"{fault}\n")
    if not found:
        sys.stdout.write("Every table can be read.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
