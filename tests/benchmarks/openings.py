"""Opening the four largest pages, off and on the event loop: python -m tests.benchmarks.openings

    [--rounds 5] [--urn 139217]

For England's page of places, the Sources page, a map around a school and the page of the largest
trust, against the page of a hub as the floor, prints in milliseconds of processor time:

- `first`, `again`: what the service takes to answer, in a process of its own, then once more there
  (the first round keeps what it counted for the others, as any first opening does);
- `turn`, `turn_again`: the longest turn of the event loop while the screen opens: for so long no
  key is heard. `total` is all that the loop does until the screen is painted and quiet.

Each is the least of some rounds. `gap` is the longest time by the clock in which the loop heard
nothing, which other work on the computer makes longer. Uses the register in NAVIGATOR_DATA_DIR.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable

from navigator.core import clock
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from navigator.ui.screens.waiting import WaitingScreen

QUIET = 0.3
"""Seconds after which a screen that was opened has nothing left to do."""


def keys(service: Service, urn: int) -> dict[str, str]:
    """What is opened, by its name here."""
    trusts = service.register.census.trust_sizes().values()
    largest = max((t for t in trusts if t.kind != "foundation"), key=lambda t: t.schools)
    hubs = service.landscape(urn, clock.today()).hubs
    small = next(claim.hub.hub.key for claim in hubs if claim.hub)
    return {
        "floor": small,
        "england": "place:england:",
        "sources": "sources:",
        "map": f"map:school:{urn}",
        "trust": f"trust:{largest.uid}",
    }


def answer(key: str, urn: int) -> dict[str, float]:
    """Processor time of the service's first answer in this process, and of the next."""
    service, day = Service(), clock.today()
    home = service.landscape(urn, day)
    gc.freeze()  # as the app does once it is drawn

    def ask() -> float:
        before = time.process_time()
        if key.startswith("map:"):
            service.ground(key.removeprefix("map:"), home, day)
        else:
            service.page(key, home, day, "miles")
        return 1000 * (time.process_time() - before)

    return {"first": ask(), "again": min(ask() for _ in range(5))}


class Turns:
    """Times each turn of the running loop, by the processor time of its thread."""

    def __init__(self) -> None:
        self.longest = self.total = self.gap = 0.0
        loop = asyncio.get_running_loop()
        once: Callable[[], None] = loop._run_once  # type: ignore[attr-defined]  # no public way

        def timed() -> None:
            before = time.thread_time()
            once()
            took = 1000 * (time.thread_time() - before)
            self.longest, self.total = max(self.longest, took), self.total + took

        loop._run_once = timed  # type: ignore[attr-defined]  # as above
        self._beating = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.002)
            now = time.perf_counter()
            self.gap, last = max(self.gap, 1000 * (now - last)), now

    async def begin(self) -> None:
        await asyncio.sleep(0.01)
        self.longest = self.total = self.gap = 0.0


async def opened(key: str, urn: int) -> dict[str, float]:
    """How long the app's loop was held while a key opened, the first time and once more."""
    service, day = Service(), clock.today()
    home = service.landscape(urn, day)
    app = NavigatorApp(service, Settings(ask_school=False), landscape=home, as_at=day)
    told: dict[str, float] = {}
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause(1)
        turns = Turns()
        for which in ("", "_again"):
            before = app.screen
            await turns.begin()
            app.open(key, home)
            while app.screen is before or isinstance(app.screen, WaitingScreen):
                await asyncio.sleep(0.002)
            await asyncio.sleep(QUIET)
            told |= {f"turn{which}": turns.longest, f"total{which}": turns.total}
            told[f"gap{which}"] = turns.gap
            app.pop_screen()
            await pilot.pause(QUIET)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--urn", type=int, default=139217)
    parser.add_argument("--key", help="one round of one page, for this program itself")
    parser.add_argument("--app", action="store_true", help="that round in the app")
    given = parser.parse_args()
    if given.key:
        if given.app:
            gc.disable()  # as the command line does; the app turns it on
            told = asyncio.run(opened(given.key, given.urn))
        else:
            told = answer(given.key, given.urn)
        print(json.dumps(told))
        return
    ours = [sys.executable, "-m", __spec__.name, "--urn", str(given.urn)]
    for name, key in keys(Service(), given.urn).items():
        least: dict[str, float] = {}
        for _ in range(given.rounds):
            for way in ([], ["--app"]):
                command = [*ours, "--key", key, *way]
                told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
                least |= {of: round(min(ms, least.get(of, ms)), 1) for of, ms in told.items()}
        print(json.dumps({"page": name, **least}))


if __name__ == "__main__":
    main()
