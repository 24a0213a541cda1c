"""The facts in one file, to travel without a release: `python -m tests.tools.facts_pack [FILE]`."""

from __future__ import annotations

import sys
from pathlib import Path

from navigator.core.errors import NavigatorError
from navigator.directory import packs, taking

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    facts = ROOT / "data"
    name = f"navigator-facts-{packs.version_of(facts) or 'unnamed'}.zip"
    target = Path(arguments[0] if arguments else ROOT / "dist" / name)
    try:
        version = taking.build(facts, target)
    except NavigatorError as error:
        print(f"facts: {error}", file=sys.stderr)
        return 1
    print(f"{target}: the facts {version}, {target.stat().st_size / 1e6:.1f} MB")
    print("To take it, run: navigator update --facts FILE")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
