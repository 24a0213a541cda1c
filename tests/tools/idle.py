"""Wait until an app under test has nothing left to do, and not a moment longer.

Textual's pilot sleeps a fiftieth of a second twice for each key, and then guesses by the
processor's time whether more is under way: that sleep was most of the suite's time, and a busy
machine made the guess wrong. The event loop knows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any

from textual import _wait
from textual.pilot import Pilot

SOON = _wait.SLEEP_GRANULARITY
"""A timer that is due in less, seconds, belongs to what is under way; Textual sleeps as long."""
LOOKS = 3
"""Turns of the loop without anything to do before it counts as idle."""

guess = _wait.wait_for_idle


async def until_idle(min_sleep: float = SOON, max_sleep: float = 1) -> None:
    """What `textual._wait.wait_for_idle` is for.

    Idle is: no callback is ready, no timer due within `SOON`, no thread of the loop's pool at work.
    Where a thread works for longer, Textual's guess decides, as the thread may wait for a test.
    """
    loop: Any = asyncio.get_running_loop()
    last = monotonic() + max(max_sleep, 10)
    looks = 0
    while looks < LOOKS and monotonic() < last:
        await asyncio.sleep(0)
        due = next_timer(loop)
        if at_work(loop):
            if not await ended(loop):
                await guess(0, max(0.0, last - monotonic()))
                if at_work(loop):
                    return
            looks = 0
        elif due < SOON:
            await asyncio.sleep(max(0.0, due))
            looks = 0
        else:
            looks = 0 if loop._ready else looks + 1


def next_timer(loop: Any) -> float:
    """Seconds until the next timer is due."""
    dues: Iterator[float] = (timer.when() for timer in loop._scheduled if not timer.cancelled())
    now: float = loop.time()
    return min(dues, default=now + 1) - now


def at_work(loop: Any) -> bool:
    """Whether a thread of the loop's pool works, or has something to."""
    pool: ThreadPoolExecutor | None = loop._default_executor
    if pool is None:
        return False
    idle = pool._idle_semaphore._value
    return pool._work_queue.qsize() > 0 or len(pool._threads) > idle


async def ended(loop: Any) -> bool:
    """Whether the pool's work ends soon."""
    last = monotonic() + SOON
    while at_work(loop) and monotonic() < last:
        await asyncio.sleep(0.001)
    return not at_work(loop)


wait_for_messages = Pilot._wait_for_screen


async def until_all_is_handled(pilot: Pilot[Any], timeout: float = 30) -> bool:
    """What `Pilot._wait_for_screen` is for: whatever the app and its screen were sent is handled.

    Textual's sends a message of its own to each widget, and was a third of what a key costs. Who
    waits for the next message has none; Textual's way is left for who is amid one.
    """
    await until_idle()
    if pilot.app._screen_stack and not pilot.app._exception_event.is_set():
        pumps = (pilot.app, *pilot.app.screen.walk_children(with_self=True))
        queues = [pump._message_queue for pump in pumps]
        if all(queue.empty() and queue.ready_event._waiters for queue in queues):
            return True
    return await wait_for_messages(pilot, timeout)
