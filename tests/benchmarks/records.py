"""What a full record costs: python -m tests.benchmarks.records [--rounds 11]

    [--command navigator] [--urn 100000]

With 2,000 notes and 500 bookmarks on 700 schools, one in twenty of them closed since, prints
- how much longer a process takes to read the record than an empty one, as a share of a bare Textual
  start (bar 0.1), and with --command the same of the first paint of `navigator URN`;
- the longest the event loop stood still while one note was saved, as the app saves it in a thread,
  in milliseconds (bar 16), beside the longest it stood still with nothing to do: for the first save
  of a process, which imports and cuts the file, and for later ones;
- how long searching all notes takes on the event loop (bar 16), first and later searches.
Each is the median of the rounds, which are processes of their own; "worst" is the worst of them.
Measure an installed package. Uses the register in NAVIGATOR_DATA_DIR.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from navigator.records import RecordStore
from navigator.service import Service
from tests.benchmarks.first_paint import BARE as BARE_ON_SCREEN
from tests.benchmarks.first_paint import time_to
from tests.benchmarks.pages import BARE

SCHOOLS = 700
NOTES = 2000
BOOKMARKS = 500

READ = """
from datetime import date
from navigator.records import RecordStore
record = RecordStore().record
record.marks("school:100000"), record.due(date.today())
"""
SAVE = """
import asyncio, json, time
from navigator.core.keys import Key
from navigator.core.record import Note
from navigator.records import RecordStore

async def ticks(gaps):
    last = time.perf_counter()
    while True:
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        gaps.append(1000 * (now - last))
        last = now

async def watched(work):
    gaps = []
    ticking = asyncio.create_task(ticks(gaps))
    start = time.perf_counter()
    await work
    took = 1000 * (time.perf_counter() - start)
    await asyncio.sleep(0.01)
    ticking.cancel()
    return max(gaps), took

def timed(work):
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)

async def main():
    mine = RecordStore()
    key = Key.school(100000)
    mine.record.marks(key)
    await asyncio.to_thread(int)
    report = {}
    def save():
        note = Note(about=key, name="A school", text="One more.\\nSecond line", tags=("shares",))
        mine.add(note)
        mine.record.marks(key)
    report["idle"], _ = await watched(asyncio.sleep(0.3))
    report["first_save"], report["first_save_took"] = await watched(asyncio.to_thread(save))
    saves = [await watched(asyncio.to_thread(save)) for _ in range(10)]
    report["save"] = sorted(gap for gap, _ in saves)[5]
    report["save_worst_of_10"] = max(gap for gap, _ in saves)
    report["save_took"] = max(took for _, took in saves)
    find = lambda: mine.record.notes_with("governors maths 17")
    report["first_search"] = timed(find)
    report["search"] = max(timed(find) for _ in range(10))
    print(json.dumps(report))

asyncio.run(main())
"""


def fill(folder: Path) -> None:
    """The files of a head who has used Navigator for years."""
    folder.mkdir()
    register = Service().register
    closed = register.not_open(range(100000, 102000))
    urns = register.open_urns()[:SCHOOLS]
    urns[::20] = closed[: len(urns[::20])]
    said = "hub trust maths visit governors asked cover shared costs open term lead cluster"
    words = said.split()
    note = (
        '\n[[note]]\nid = "n-{0:06}"\nabout = "school:{1}"\nname = "School {1}"\n'
        'tags = ["shares", "{2}"]\ntext = """{3}\n\n{4} {0}."""\n'
        "day = 2026-0{5}-11\nagain = 2027-01-15\n"
    )
    bookmark = (
        '\n[[bookmark]]\nid = "b-{0:06}"\nabout = "school:{1}"\nname = "School {1}"\n'
        'tags = ["{2}"]\nadded = 2026-03-11\n'
    )

    def text(n: int, count: int) -> str:
        return " ".join(words[(n * 7 + k * k) % len(words)] for k in range(count))

    notes = "".join(
        note.format(n, urns[n % len(urns)], words[n % 13], text(n, 25), text(n + 3, 20), 1 + n % 9)
        for n in range(NOTES)
    )
    marks = "".join(
        bookmark.format(n, urns[n % len(urns)], words[n % 13]) for n in range(BOOKMARKS)
    )
    (folder / "notes.toml").write_text("# Your notes.\n" + notes, "utf-8")
    (folder / "bookmarks.toml").write_text("# Your bookmarks.\n" + marks, "utf-8")
    record = RecordStore(folder).record
    assert (len(record.notes), len(record.bookmarks)) == (NOTES, BOOKMARKS)


def spawned(code: str, folder: Path) -> tuple[float, str]:
    environment = dict(os.environ, NAVIGATOR_CONFIG_DIR=str(folder))
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, env=environment, stdout=subprocess.PIPE, text=True
    )
    return time.perf_counter() - start, done.stdout


def first_paints(command: str, urn: str, full: Path, empty: Path, rounds: int) -> list[float]:
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE_ON_SCREEN)
        for number in range(rounds + 1):
            floor, _ = time_to(["BAREMARK"], [sys.executable, str(bare)], (120, 40))
            took = {}
            for config in (full, empty) if number % 2 else (empty, full):
                os.environ["NAVIGATOR_CONFIG_DIR"] = str(config)
                took[config], _ = time_to(
                    [f"URN {urn}", "Maths", "Quit"], [command, urn], (120, 40)
                )
            ratios.append((took[full] - took[empty]) / floor)
    return ratios[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--command", default="")
    parser.add_argument("--urn", default="100000")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        full, empty = Path(name) / "full", Path(name) / "empty"
        fill(full)
        ratios, reports = [], []
        for _ in range(given.rounds + 1):
            floor, _ = spawned(BARE, empty)
            without, _ = spawned(READ, empty)
            ratios.append((spawned(READ, full)[0] - without) / floor)
            reports.append(json.loads(spawned(SAVE, full)[1]))
        told: dict[str, object] = {
            "start_share": round(statistics.median(ratios[1:]), 3),
            "start_share_worst": round(max(ratios[1:]), 3),
        }
        for key in reports[0]:
            values = [report[key] for report in reports[1:]]
            told[f"{key}_ms"] = round(statistics.median(values), 1)
            told[f"{key}_ms_worst"] = round(max(values), 1)
        if given.command:
            paints = first_paints(given.command, given.urn, full, empty, given.rounds)
            told["first_paint_share"] = round(statistics.median(paints), 3)
        print(json.dumps(told))


if __name__ == "__main__":
    main()
