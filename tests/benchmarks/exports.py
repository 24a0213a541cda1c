"""Exports at full size: python -m tests.benchmarks.exports

Prints one line of JSON: all of England as CSV and as lines of JSON, and `navigator show --json` of
every URN, each by the command itself: processor seconds, schools per processor second, the ratio to
the floor (every row of the register's table of schools read once by SQLite, in processor seconds of
the same run), the most memory; the size of the page of a school, on the whole and the largest of a
hundred. Uses the register in NAVIGATOR_DATA_DIR.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from navigator.export.landscapes import LandscapeExport
from navigator.export.page import draw
from navigator.service import Service
from navigator.view.documents import sheet


def main() -> None:
    service = Service()
    floor = min(_floor(service.info.path) for _ in range(5))
    told: dict[str, object] = {"schools": service.info.schools, "floor_seconds": round(floor, 3)}
    urns = "\n".join(map(str, service.register.open_urns()))
    with tempfile.TemporaryDirectory() as folder:
        for form in ("csv", "json-lines"):
            command = ("export", "england", f"--{form}", str(Path(folder) / f"e.{form}"))
            told[f"england_{form}"] = _measured(command, "", floor, service.info.schools)
        shown = ("show", "-", "--json")
        told["show_json"] = _measured(shown, urns, floor, service.info.schools)
    told["page_kb"] = _pages(service)
    print(json.dumps(told))


def _floor(path: str) -> float:
    """Processor seconds to read every row of the table of schools once."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    start = time.process_time()
    for _ in database.execute("SELECT * FROM school"):
        pass
    seconds = time.process_time() - start
    database.close()
    return seconds


def _measured(command: Sequence[str], typed: str, floor: float, schools: int) -> dict[str, float]:
    """A command in a process of its own, with all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "navigator", *command],
        input=typed,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "processor_seconds": round(seconds, 2),
        "schools_per_second": round(schools / seconds),
        "ratio_to_reading_the_table": round(seconds / floor),
        "peak_mib": round(after.ru_maxrss / 1024),  # the largest so far
    }


def _pages(service: Service) -> dict[str, float]:
    day = date.today()
    urns = service.register.open_urns()
    sizes = []
    start = time.perf_counter()
    for urn in urns[:: len(urns) // 100]:
        one = sheet(service.landscape(urn, day), today=day)
        sizes.append(
            len(draw(LandscapeExport([one], service.find_school).documents(), day).encode()) / 1000
        )
    seconds = time.perf_counter() - start
    return {
        "middle": round(sorted(sizes)[len(sizes) // 2], 1),
        "largest": round(max(sizes), 1),
        "ms_each": round(1000 * seconds / len(sizes), 1),
    }


if __name__ == "__main__":
    main()
