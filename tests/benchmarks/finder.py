"""Measures the finder: `python -m tests.benchmarks.finder [QUERIES.tsv [REGISTER_FOLDER]]`.

QUERIES.tsv has kind, query and URN in columns, and lies in `../shared/cases` if not given; the
register is built from DfE's files in `../shared/gias` unless a data folder with one is given.
Printed as one JSON object: how often, by kind, the URN is first and among five; what a keystroke
costs in CPU, for schools and for all other bodies, against one bare full-text query; the slowest.
"""

from __future__ import annotations

import csv
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median, quantiles

from navigator.core import clock
from navigator.register import FoundSchools, update_from
from navigator.service import Service

SHARED = Path(__file__).parents[3] / "shared"
TYPED = 200
"""Queries that are typed letter by letter."""

SCREENFUL = 50
"""Schools that the finder's screen asks for."""


def main() -> None:
    queries = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "cases" / "queries.tsv"
    with queries.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(made)
        if len(sys.argv) < 3:
            update_from(SHARED / "gias", folder)
        service = Service(folder, records=Path(made))
        told = {"kinds": _kinds(service, rows), **_keystrokes(service, rows)}
    print(json.dumps(told, indent=1, ensure_ascii=False))


def _kinds(service: Service, rows: list[dict[str, str]]) -> dict[str, str]:
    """Percent first, among five, and with nothing found, by kind and of all."""
    places: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        urns = [school.urn for school in service.search(row["query"], 5)]
        place = urns.index(int(row["urn"])) if int(row["urn"]) in urns else 9 if urns else 99
        places[row["kind"]].append(place)
        places["all"].append(place)
        if place > 4 and "-v" in sys.argv:
            print(row["kind"][:12], row["query"], row["urn"], urns, sep=" | ", file=sys.stderr)
    return {
        kind: f"first {_percent(p == 0 for p in found)}, among five "
        f"{_percent(p < 5 for p in found)}, nothing {_percent(p == 99 for p in found)}"
        for kind, found in places.items()
    }


def _percent(told: Iterable[bool]) -> str:
    held = list(told)
    return f"{100 * sum(held) / len(held):.0f} %"


def _keystrokes(service: Service, rows: list[dict[str, str]]) -> dict[str, object]:
    path = service.info.path
    database = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    bare = "SELECT rowid FROM search WHERE search MATCH 'primary AND london' LIMIT 50"
    floor = median(_cpu(lambda: database.execute(bare).fetchall()) for _ in range(99))
    costs = []
    service.bodies("", clock.today(), nearly=False)  # as the screen does before the first letter
    for row in random.Random(1).sample(rows, TYPED):
        for length in range(1, len(row["query"]) + 1):
            typed = row["query"][:length]
            costs.append((*_box(service, typed), typed))
    schools, bodies, _ = zip(*costs, strict=True)
    whole = [sum(cost) for cost in zip(schools, bodies, strict=True)]
    worst = sorted(costs, key=lambda cost: cost[0] + cost[1])[-5:]
    figures = _figures(whole)
    return {
        "floor_ms": round(floor * 1000, 3),
        "keystrokes": len(costs),
        **{f"{name}_ms": round(seconds * 1000, 2) for name, seconds in figures.items()},
        **{f"{name}_ratio": round(seconds / floor, 1) for name, seconds in figures.items()},
        **{
            f"{name}_of_{part}_ms": round(seconds * 1000, 2)
            for part, times in (("schools", schools), ("bodies", bodies))
            for name, seconds in _figures(times).items()
        },
        "slowest": [[round(1000 * a, 1), round(1000 * b, 1), typed] for a, b, typed in worst],
        "register_bytes": Path(path).stat().st_size,
    }


def _box(service: Service, typed: str) -> tuple[float, float]:
    """What one keystroke costs: the search for schools, and that for all other bodies."""
    found: list[FoundSchools] = []
    of_schools = _cpu(lambda: found.append(service.search(typed, SCREENFUL)))
    (schools,) = found
    nearly = schools.nearest or not schools
    return of_schools, _cpu(lambda: service.bodies(typed, clock.today(), nearly=nearly))


def _figures(times: Sequence[float]) -> dict[str, float]:
    return {"median": median(times), "p99": quantiles(times, n=100)[98], "worst": max(times)}


def _cpu(work: Callable[[], object]) -> float:
    started = time.thread_time()
    work()
    return time.thread_time() - started


if __name__ == "__main__":
    main()
