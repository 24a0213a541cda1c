"""Profiles of places and overlaps: python -m tests.benchmarks.localities

The floor is one full scan of the school table by SQLite in the same run, in two ways: `inside`
reads columns of every row and returns one number; `rows` hands every row to Python. Prints the
medians of the profile of the largest authority and of the overlap of 100 schools, their ratios to
both, how long they take the first time in a process, and all 153 authorities in one process.
Uses the register in NAVIGATOR_DATA_DIR.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
from collections.abc import Callable
from datetime import date

from navigator.domain.around import Scope
from navigator.domain.questions import Questions
from navigator.service import Service
from tests.tools.timing import seconds

ROUNDS = 15
INSIDE = (
    "SELECT sum(length(name) + coalesce(easting, 0) + coalesce(opened, 0)"
    " + length(coalesce(trust, ''))) FROM school"
)


def timed(call: Callable[[], object]) -> float:
    return 1000 * seconds(call)


def main() -> None:
    service, today = Service(), date.today()
    database = sqlite3.connect(f"file:{service.info.path}?mode=ro", uri=True)
    codes = [a.code for a in service.directory.authorities()]
    largest = max(codes, key=lambda code: service.register.schools_in_la(code)[0])
    ask = Questions(service.register, service.directory)
    place = ask.localities.called(largest)
    home = service.landscape(service.register.open_urns()[len(codes)], today)
    scope = Scope("number", number=100, all_phases=True)
    measured: dict[str, Callable[[], object]] = {
        "scan_inside": lambda: database.execute(INSIDE).fetchall(),
        "scan_rows": lambda: database.execute("SELECT * FROM school").fetchall(),
        "profile": lambda: ask.profiles.of(place, today),
        "overlap": lambda: ask.overlaps.of(home, scope),
    }
    first = {name: round(timed(call), 1) for name, call in measured.items()}
    rounds = [{name: timed(call) for name, call in measured.items()} for _ in range(ROUNDS)]
    report: dict[str, object] = {
        "authority": place.name,
        "schools": ask.profiles.of(place, today).schools,
        "overlap_schools": len(ask.overlaps.of(home, scope).rows),
        "first_ms": first,
    }
    for name in measured:
        report[f"{name}_ms"] = round(statistics.median(r[name] for r in rounds), 2)
    for name in ("profile", "overlap"):
        for floor in ("scan_inside", "scan_rows"):
            ratio = statistics.median(r[name] / r[floor] for r in rounds)
            report[f"{name}_to_{floor}"] = round(ratio, 2)
    fresh = Questions(service.register, service.directory)
    everything = timed(
        lambda: [fresh.profiles.of(fresh.localities.called(c), today) for c in codes]
    )
    report["all_authorities"] = {"number": len(codes), "seconds": round(everything / 1000, 2)}
    print(json.dumps(report))


if __name__ == "__main__":
    main()
