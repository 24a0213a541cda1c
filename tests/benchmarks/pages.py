"""Pages of bodies, and the directory's share of a start: python -m tests.benchmarks.pages

Prints the 99th percentile of the work behind a hub's, trust's and authority's page, and behind a
list of schools of a hub, network or partnership, over every body of England (a frame at 60 Hz is
16.7 ms; the app does this off its event loop), and how long the whole directory takes to load in a
fresh process, as a ratio to a bare Textual start.
Uses the register in NAVIGATOR_DATA_DIR.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from datetime import date

from navigator.service import Service

ROUNDS = 11
BARE = """
import asyncio
from textual.app import App
from textual.widgets import Footer, Header, Static
class Bare(App):
    def compose(self):
        yield Header(); yield Static("x"); yield Footer()
async def go():
    async with Bare().run_test(size=(120, 40)) as pilot:
        await pilot.pause()
asyncio.run(go())
"""
LOAD = """
from datetime import date
from navigator.directory import open_directory
d = open_directory()
for p in d.programmes:
    d.hubs(p.id)
d.places, d.all_networks(), d.all_partnerships(), d.neighbours("892")
"""
NEEDED = LOAD.replace(
    "    d.hubs(p.id)", "    (p.areas_only or p.runs_on(date.today())) and d.hubs(p.id)"
)


def spawned(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def main() -> None:
    service, today = Service(), date.today()
    keys: dict[str, list[str]] = {"Hubs": [], "Trusts": [], "Local authorities": []}
    for body in service.questions.index.on(today, service.record()):
        if body.kind in keys:
            keys[body.kind].append(body.key)
    home = service.landscape(service.register.open_urns()[0], today)
    report: dict[str, object] = {}
    lists = ("Hubs", "Heads' networks", "Partnerships")
    keys["Lists of schools"] = [
        body.key.replace(":", "-schools:", 1)
        for body in service.questions.index.on(today, service.record())
        if body.kind in lists
    ]
    for kind, bodies in keys.items():
        times = []
        for key in bodies:
            start = time.perf_counter()
            service.page(key, home, today, "miles")
            times.append(1000 * (time.perf_counter() - start))
        times.sort()
        report[kind] = {
            "pages": len(times),
            "p50_ms": round(times[len(times) // 2], 1),
            "p99_ms": round(times[int(len(times) * 0.99)], 1),
        }
    for name, code in (("whole_directory", LOAD), ("what_a_landscape_reads", NEEDED)):
        spawned(BARE), spawned(code)  # warm
        ratios = []
        for _ in range(ROUNDS):
            floor, empty = spawned(BARE), spawned("import sqlite3, csv")
            ratios.append((spawned(code) - empty) / floor)
        report[f"{name}_to_bare_start"] = round(statistics.median(ratios), 3)
    print(json.dumps(report))


if __name__ == "__main__":
    main()
