"""Times what changed in all of England: `python -m tests.benchmarks.changes OLD NEW`.

Both are registers of Navigator, .sqlite files as they lie in a data folder. Prints one JSON object;
"processor" is this process's own time, which a busy machine stretches less than the clock's.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import median

from navigator.directory import open_directory
from navigator.domain.changes import in_england
from navigator.register.opening import open_file

ROUNDS = 7


def main() -> None:
    clock, processor, number = [], [], 0
    for _ in range(ROUNDS):
        before, after = (open_file(Path(path)) for path in sys.argv[1:3])
        directory = open_directory()
        started, worked = time.perf_counter(), time.process_time()
        number = len(in_england(before, after, directory).differences)
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
        before.close()
        after.close()
    told = {
        "changes": number,
        "clock_s": round(median(clock), 3),
        "clock_best_s": round(min(clock), 3),
        "processor_s": round(median(processor), 3),
    }
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
