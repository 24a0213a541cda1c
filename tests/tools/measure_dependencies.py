"""What each dependency weighs and costs: `python -m tests.tools.measure_dependencies`.

For docs/architecture.md, by whoever maintains it. Weight: the kB of a package's files and of all
that it needs itself, and in brackets of what no other of ours needs. Import: processor time of
`import` in a fresh process, the median of nine, as milliseconds and as a share of that of a bare
Textual app's module; machines differ, shares less. Packages that aren't installed are left out.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

MODULES = {
    "textual": "textual.app",
    "defusedxml": "defusedxml.ElementTree",
    "filelock": "filelock",
    "httpx": "httpx",
    "icalendar": "icalendar",
    "jinja2": "jinja2",
    "openpyxl": "openpyxl",
    "platformdirs": "platformdirs",
    "python-dateutil": "dateutil.relativedelta",
    "tomlkit": "tomlkit",
    "tomli-w": "tomli_w",
    "truststore": "truststore",
    "textual-serve": "textual_serve.server",
    "pyarrow": "pyarrow.parquet",
    "geopy": "geopy.distance",
    "pyproj": "pyproj",
}
ROUNDS = 9
TIME = "import time; b = time.process_time(); import {}; print(time.process_time() - b)"


@cache
def needs(name: str) -> frozenset[str]:
    """A package and all that it needs, without extras."""
    found = {re.sub(r"[-_.]+", "-", name).lower()}
    for text in metadata.requires(name) or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            found |= needs(requirement.name)
    return frozenset(found)


def kilobytes(names: frozenset[str]) -> int:
    total = 0
    for name in names:
        for file in metadata.files(name) or ():
            path = Path(str(file.locate()))
            if path.is_file() and path.suffix != ".pyc":
                total += path.stat().st_size
    return round(total / 1000)


def milliseconds(module: str) -> float:
    found = []
    for _ in range(ROUNDS):
        done = subprocess.run(
            [sys.executable, "-c", TIME.format(module)], capture_output=True, text=True, check=True
        )
        found.append(float(done.stdout) * 1000)
    return statistics.median(found)


def main() -> None:
    print("| package | weight, kB (its own share) | import, ms | textual = 1 |\n|---|---|---|---|")
    floor = milliseconds(MODULES["textual"])
    installed = {n for n in MODULES if not _missing(n)}
    ours = {
        r.name
        for t in metadata.requires("school-navigator") or ()
        if not (r := Requirement(t)).marker
    }
    for name in [n for n in MODULES if n in installed]:
        others = frozenset().union(*(needs(o) for o in ours if o != name))
        whole, own = kilobytes(needs(name)), kilobytes(needs(name) - others)
        took = floor if name == "textual" else milliseconds(MODULES[name])
        print(f"| {name} | {whole:,} ({own:,}) | {took:.0f} | {took / floor:.2f} |", flush=True)


def _missing(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return True
    return False


if __name__ == "__main__":
    main()
