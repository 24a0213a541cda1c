"""The lock: `python -m tests.tools.lock [FILE]` writes .ci/requirements.lock anew.

It names each package that Navigator's base set needs, with the version that is installed here and
the SHA-256 of every wheel that pip may pick on the systems and Pythons of `SYSTEMS` and `PYTHONS`.
No address of any index is in it: pip asks its own. A wheel that runs everywhere is one hash;
one that is compiled has one a system and Python. Needs pip's usual index.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from importlib.metadata import Distribution
from pathlib import Path

from tests.tools.pyz import COMPILED, ROOT, needed

LOCK = ROOT / ".ci" / "requirements.lock"
PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = {
    "Linux (x86_64)": ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64"),
    "Linux (ARM)": ("manylinux2014_aarch64", "manylinux_2_17_aarch64", "manylinux_2_28_aarch64"),
    "Windows": ("win_amd64",),
    "Windows (ARM)": ("win_arm64",),
    "macOS (ARM)": ("macosx_11_0_arm64", "macosx_12_0_arm64"),
    "macOS (Intel)": ("macosx_10_9_x86_64", "macosx_10_13_x86_64"),
}
HEAD = """\
# What Navigator needs, each with its version and the SHA-256 of its wheels, for pip:
#     pip install --require-hashes -r .ci/requirements.lock
#     pip install --no-deps .
# For Python {pythons} on {systems}.
# Made by: python -m tests.tools.lock. No address of an index is in it: pip asks its own.
"""


def main(arguments: list[str]) -> int:
    target = Path(arguments[0]) if arguments else LOCK
    found = sorted(needed(), key=canonical)
    with tempfile.TemporaryDirectory() as folder:
        locked = {f"{canonical(one)}=={one.version}": _sums(one, Path(folder)) for one in found}
    target.write_text(written(locked), "utf-8", newline="\n")
    print(f"{target}: {len(locked)} packages, {sum(map(len, locked.values()))} wheels")
    return 0


def canonical(found: Distribution) -> str:
    """A package's name as indexes write it."""
    return re.sub(r"[-_.]+", "-", found.name).lower()


def written(locked: Mapping[str, Iterable[str]]) -> str:
    """The text of a lock: by NAME==VERSION the sums of its wheels."""
    head = HEAD.format(pythons=", ".join(PYTHONS), systems=", ".join(SYSTEMS))
    entries = (
        " \\\n".join([pinned, *(f"    --hash=sha256:{each}" for each in sorted(sums))])
        for pinned, sums in locked.items()
    )
    return head + "\n".join(entries) + "\n"


def is_pure(found: Distribution) -> bool:
    """Whether nothing of a package, as it is installed here, is compiled."""
    return not any(path.suffix in COMPILED for path in found.files or ())


def _sums(found: Distribution, folder: Path) -> frozenset[str]:
    """The sums of the wheels that pip takes; of a package that is pure Python there is one."""
    into = folder / canonical(found)
    one = [("", PYTHONS[0])] if is_pure(found) else [(s, p) for s in SYSTEMS for p in PYTHONS]
    for system, python in one:
        where = ["--only-binary=:all:", "--python-version", python]
        for tag in SYSTEMS.get(system, ()):
            where += ["--platform", tag]
        asked = [f"{found.name}=={found.version}", "--no-deps", "--dest", into, "--quiet"]
        command = [sys.executable, "-m", "pip", "download", *where, *asked]
        subprocess.run(list(map(str, command)), check=True)
    return frozenset(hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in into.iterdir())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
