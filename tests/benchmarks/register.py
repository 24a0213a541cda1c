"""Times the register: `python -m tests.benchmarks.register FULL_SIZE.csv` prints one JSON object.

FULL_SIZE.csv is written by `../shared/tools/fullscale.py`. Measured: a whole update as a process of
its own against one bare `csv.reader` pass over the same file in the same run, its peak memory, and
a keystroke in the finder against one LIKE scan of the same table. On a busy machine the ratio of
processor time, of both processes together, says more than that of the clock.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from navigator.register import Register, open_register
from tests.tools.timing import seconds

ROUNDS = 5
KEYSTROKES_OF = 200


def main() -> None:
    source = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        floor, update, floor_cpu, update_cpu = [], [], [], []
        for _ in range(ROUNDS):
            before = _children_cpu()
            floor.append(seconds(lambda: _bare_pass(source)))
            between = _children_cpu()
            update.append(seconds(lambda: _update(source, folder)))
            floor_cpu.append(between - before)
            update_cpu.append(_children_cpu() - between)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        register = open_register(Path(folder))
        told = {
            "csv_floor_s": round(median(floor), 3),
            "update_s": round(median(update), 3),
            "update_ratio": round(median(update) / median(floor), 2),
            "update_ratio_best": round(min(update) / min(floor), 2),
            "csv_floor_cpu_s": round(median(floor_cpu), 3),
            "update_cpu_s": round(median(update_cpu), 3),
            "update_cpu_ratio": round(median(update_cpu) / median(floor_cpu), 2),
            "update_peak_mib": round(peak, 1),
            **_finder(register, random.Random(1)),
        }
        register.close()
    print(json.dumps(told, indent=2))


def _bare_pass(source: Path) -> None:
    code = (
        "import csv, sys\n"
        "with open(sys.argv[1], encoding='cp1252', newline='') as file:\n"
        "    for row in csv.reader(file): pass\n"
    )
    subprocess.run([sys.executable, "-c", code, str(source)], check=True)


def _update(source: Path, folder: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "navigator", "update", "--from", str(source)],
        check=True,
        env={"NAVIGATOR_DATA_DIR": folder, "PATH": ""},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[2],
    )


def _finder(register: Register, chance: random.Random) -> dict[str, object]:
    database = sqlite3.connect(f"file:{register.info.path}?mode=ro&immutable=1", uri=True)
    like = [
        seconds(
            lambda: database.execute(
                "SELECT urn FROM school WHERE name LIKE '%nottingham%'"
            ).fetchall()
        )
        for _ in range(9)
    ]
    texts = list(_typed(register, chance))
    register.search("warm")
    slow: list[tuple[float, str]] = []
    for text in texts:
        for length in range(1, len(text) + 1):
            typed = text[:length]
            slow.append((seconds(lambda: register.search(typed)), typed))  # noqa: B023
    times = [seconds for seconds, _ in slow]
    return {
        "like_scan_ms": round(median(like) * 1000, 2),
        "texts": len(texts),
        "keystrokes": len(times),
        "keystroke_median_ms": round(median(times) * 1000, 2),
        "keystroke_p99_ms": round(quantiles(times, n=100)[98] * 1000, 2),
        "keystroke_worst": [[round(s * 1000, 1), text] for s, text in sorted(slow)[-5:]],
    }


def _typed(register: Register, chance: random.Random) -> Iterator[str]:
    """What people type: names, towns, postcodes, numbers; a third with a wrong letter."""
    for urn in chance.sample(register.open_urns(), KEYSTROKES_OF):
        school = register.get(urn)
        assert school
        text = chance.choice(
            [
                school.name.lower(),
                f"{school.name.split()[0]} {school.town}".lower(),
                f"{school.town} {school.name.split()[-1]}".lower(),
                school.name,
                school.postcode,
                str(urn),
            ]
        )
        if chance.random() < 1 / 3 and len(text) > 5 and not text[0].isdigit():
            at = chance.randrange(1, len(text) - 1)
            text = chance.choice(
                [
                    text[:at] + text[at + 1 :],
                    text[:at] + chance.choice("aeiourstn") + text[at + 1 :],
                    text[:at] + text[at + 1] + text[at] + text[at + 2 :],
                    text[:at] + text[at] + text[at:],
                ]
            )
        yield text


def _children_cpu() -> float:
    """Processor seconds of the processes that have ended, with those that they started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
