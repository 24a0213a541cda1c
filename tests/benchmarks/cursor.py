"""Moving the landscape's cursor, the answer following: python -m tests.benchmarks.cursor [URN]

Prints the processor time of a move, all it paints included, at each size: median and 99th
percentile, and the median as a ratio to a move in a bare Textual list of the same run.
Uses the register in NAVIGATOR_DATA_DIR.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from statistics import median, quantiles

from textual.app import App, ComposeResult
from textual.widgets import OptionList

from navigator.core import clock
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.app import NavigatorApp

SIZES = ((80, 24), (120, 40), (160, 50))
MOVES, ROUNDS = 30, 3


class Bare(App[None]):
    """A list as long as a landscape's."""

    def compose(self) -> ComposeResult:
        yield OptionList(*map(str, range(40)))


async def moves(app: App[None], size: tuple[int, int]) -> list[float]:
    """The milliseconds of each move down the app's list."""
    took = []
    async with app.run_test(size=size) as pilot:
        await pilot.pause(0.5)
        entries = app.screen.query_one(OptionList)
        for _ in range(ROUNDS):
            for _ in range(MOVES):
                started = time.process_time()
                entries.action_cursor_down()
                await pilot.pause()
                took.append(1000 * (time.process_time() - started))
            entries.action_first()
            await pilot.pause()
    return took


def main() -> None:
    service, urn = Service(), int(sys.argv[1]) if len(sys.argv) > 1 else 139217
    landscape = service.landscape(urn, clock.today())
    for size in SIZES:
        floor = median(asyncio.run(moves(Bare(), size)))
        gc.disable()  # as the command line does; the app turns it on
        app = NavigatorApp(service, Settings(ask_school=False), landscape=landscape)
        took = asyncio.run(moves(app, size))
        told = {
            "size": "x".join(map(str, size)),
            "bare_ms": round(floor, 1),
            "median_ms": round(median(took), 1),
            "p99_ms": round(quantiles(took, n=100)[98], 1),
            "median_ratio": round(median(took) / floor, 2),
        }
        print(json.dumps(told))


if __name__ == "__main__":
    main()
