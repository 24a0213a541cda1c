"""How long something takes."""

from __future__ import annotations

import time
from collections.abc import Callable


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """The seconds that some work takes, by the wall clock or another (`time.process_time`)."""
    started = clock()
    work()
    return clock() - started
