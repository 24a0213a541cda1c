"""What a full plan costs: python -m tests.benchmarks.plan [--rounds 11]

With 500 activities and 3,000 sessions, four fifths of them in one academic year, prints
- how long each view takes to work out, in milliseconds of processor time (bar 16: a frame), and
  each tab of the screen with its words;
- how long the plan takes to read from its files, as a multiple of reading the same as JSON.
Each is the median of the rounds; "worst" is the worst of them.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from datetime import time as clock_time
from decimal import Decimal
from functools import partial
from pathlib import Path

from navigator.core.activity import Activity, Kind, PlanDay, Status
from navigator.core.record import OwnRecord
from navigator.core.session import Attendee, Session
from navigator.domain.plan import clashes, coverage, listing, money
from navigator.domain.plan import year as years
from navigator.records import RecordStore
from navigator.view.plan_pages import TABS, PlanView, sections

ACTIVITIES = 500
SESSIONS = 6
PEOPLE = 60
TODAY = date(2026, 11, 25)
FRAME = 16.0


def plan() -> list[Activity]:
    """A plan as a large trust's might be, the same every time."""
    chance = random.Random(1)
    return [_activity(n, chance) for n in range(ACTIVITIES)]


def _activity(n: int, chance: random.Random) -> Activity:
    year = 2026 if n % 5 else 2025
    return Activity(
        f"a{n}",
        f"Activity {n}",
        provider_name=f"Provider {n % 40}",
        kind=list(Kind)[n % 3],
        status=list(Status)[n % 5],
        year_groups=(f"Year {n % 6 + 1}",),
        attends=(Attendee(f"Teacher {n % PEOPLE}"), Attendee(f"Teacher {n * 7 % PEOPLE}")),
        sessions=tuple(
            Session(
                f"s{n}-{k}",
                date(year, 9, 1) + timedelta(days=chance.randrange(364)),
                clock_time(chance.randrange(8, 17), 30),
                90,
                chance.random() < 0.5,
            )
            for k in range(SESSIONS)
        ),
        release_days=Decimal(n % 7) / 2,
        fee=Decimal(n % 300),
        subsidy=Decimal(n % 50),
        penalty=Decimal(75) if n % 3 else None,
        closes=TODAY + timedelta(days=n % 200),
        parts=("teaching",) if n % 3 else (),
    )


def timed(work: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The median and the worst, in milliseconds of processor time, without the first time."""
    work()
    found = []
    for _ in range(rounds):
        gc.collect()
        start = time.thread_time()  # what others do at the same time isn't counted
        work()
        found.append(1000 * (time.thread_time() - start))
    return statistics.median(found), max(found)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=11)
    rounds = parser.parse_args().rounds
    every = plan()
    days = [PlanDay("d", "Half term", "holiday", date(2026, 10, 26), date(2026, 10, 30))]
    rate = Decimal(220)
    views: dict[str, Callable[[], object]] = {
        "list": lambda: listing.rows(every, TODAY),
        "list, filtered": lambda: listing.rows(every, TODAY, words="activity 4", year=2026),
        "year": lambda: years.glance(every, days, 2026),
        "clashes": lambda: clashes.find(every, days),
        "money": lambda: money.account(every, days, 2026, rate=rate, today=TODAY),
        "coverage": lambda: coverage.cover(every),
    }
    # As the screen shows them: worked out and put into words, off the event loop.
    record = OwnRecord(activities=tuple(every), days=tuple(days))
    view = PlanView(2026, TODAY, rate)
    for number, tab in enumerate(TABS):
        views[f"tab {tab}"] = partial(sections, number, record, view)
    for name, work in views.items():
        middle, worst = timed(work, rounds)
        print(f"{name}: {middle:.1f} ms, worst {worst:.1f} (bar {FRAME:.0f})")
    with tempfile.TemporaryDirectory() as folder:
        mine = RecordStore(Path(folder))
        start = time.perf_counter()
        mine.take_in(every)
        print(f"taken in at once: {time.perf_counter() - start:.1f} s")
        told = json.dumps([a._asdict() for a in every], default=str)
        floor, _ = timed(lambda: json.loads(told), rounds)
        middle, worst = timed(lambda: RecordStore(Path(folder)).record, rounds)
        print(f"read: {middle:.1f} ms, worst {worst:.1f}, {middle / floor:.1f} x the same as JSON")
        held = mine.record.activities[0]
        start = time.perf_counter()
        mine.change(held._replace(notes="changed"))
        print(f"one changed: {1000 * (time.perf_counter() - start):.0f} ms")


if __name__ == "__main__":
    main()
