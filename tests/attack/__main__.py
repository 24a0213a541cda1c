"""The attack as one command: a table of what fell, and exit code 1 where anything did."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.attack.kinds import KINDS, attacked

TOLD = ("tracebacks", "hangs", "lost", "mixed", "let_in")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.attack")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--share", type=float, default=1.0, help="how much of it: 1 is all")
    given = parser.parse_args()
    if unknown := [kind for kind in given.kinds if kind not in KINDS]:
        parser.error(f"there is no kind {unknown[0]}: {', '.join(KINDS)}")
    print(f"{'':12}{'inputs':>8}" + "".join(f"{told.replace('_', ' '):>12}" for told in TOLD))
    fell = 0
    for kind in given.kinds or KINDS:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            counts = attacked(kind, given.share, Path(folder))
        row = "".join(f"{len(getattr(counts, told)):>12}" for told in TOLD)
        more = counts.skipped or counts.figures
        print(f"{kind:12}{counts.inputs:>8}{row}  {time.monotonic() - began:.0f} s  {more}")
        for line in counts.fell:
            print(f"    {line}")
        sys.stdout.flush()
        fell += len(counts.fell)
    return 1 if fell else 0


if __name__ == "__main__":
    sys.exit(main())
