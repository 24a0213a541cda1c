"""Exports at full size: python -m tests.benchmarks.exports

Prints one line of JSON: all of England as CSV by one process and by as many as the command uses,
in schools per second; the ratio to the floor (every row of the register's table of schools read
once by SQLite, in the same run); the most memory (the processes' own peaks added up, so what they
share is counted for each); the size of the page of a school, on the whole and the largest of a
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
from datetime import date

from navigator.export.england import PROCESSES, Export
from navigator.export.landscapes import LandscapeExport
from navigator.export.page import draw
from navigator.service import Service
from navigator.view.documents import sheet


def main() -> None:
    if sys.argv[1:]:
        _export(int(sys.argv[1]))
        return
    service = Service()
    floor = min(_floor(service.info.path) for _ in range(3))
    told: dict[str, object] = {"schools": service.info.schools, "floor_seconds": round(floor, 3)}
    for processes in (1, PROCESSES):
        done = json.loads(
            subprocess.run(
                [sys.executable, "-m", "tests.benchmarks.exports", str(processes)],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        done["ratio_to_reading_the_table"] = round(done["seconds"] / floor)
        told[f"processes_{processes}"] = done
    told["page_kb"] = _pages(service)
    print(json.dumps(told))


def _floor(path: str) -> float:
    """Seconds to read every row of the table of schools once."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    start = time.perf_counter()
    for _ in database.execute("SELECT * FROM school"):
        pass
    seconds = time.perf_counter() - start
    database.close()
    return seconds


def _export(processes: int) -> None:
    """In a process of its own, so that its peak is its own."""
    start = time.perf_counter()
    export = Export(Service(), date.today(), "csv", processes)
    with tempfile.TemporaryFile() as out:
        export.write(out)
        size = out.tell()
    seconds = time.perf_counter() - start
    own, others = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        json.dumps(
            {
                "seconds": round(seconds, 1),
                "schools_per_second": round(export.schools / seconds),
                "csv_mb": round(size / 1e6, 1),
                # RUSAGE_CHILDREN is of the largest of them
                "peak_mib": round(own + others * (processes if processes > 1 else 0)),
            }
        )
    )


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
