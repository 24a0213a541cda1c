"""How network work runs: one Navigator at a time, to its end or until the user stops it."""

from __future__ import annotations

import asyncio
import errno
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from navigator.core.errors import NavigatorError, RefusedError

FOLDER = "download"
LOOK_SECONDS = 0.1
Got = TypeVar("Got")


class StoppedError(NavigatorError):
    """The user stopped an update; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Stopped; nothing was changed. What came so far is kept for next time.")


@contextmanager
def alone(folder: Path) -> Iterator[Path]:
    """The folder to download to, for one Navigator at a time."""
    from filelock import FileLock, Timeout

    into = folder / FOLDER
    try:
        into.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{FOLDER}.lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise RefusedError(
            "Another Navigator is fetching the register already: wait until it is done."
        ) from None
    except OSError as error:
        full = "free some space" if error.errno == errno.ENOSPC else "check your rights there"
        raise NavigatorError(
            f"{folder} can't be written ({error.strerror or error}): {full}, then try again."
        ) from None
    try:
        yield into
    finally:
        lock.release()


def run_until(work: Coroutine[Any, Any, Got], stop: threading.Event | None) -> Got:
    """Run network work to its end, or until `stop` is set, whatever it waits for then.

    Ctrl+C ends it as well: asyncio cancels what runs.
    """

    async def watched() -> Got:
        asyncio.get_running_loop().set_default_executor(Abandoning())
        task = asyncio.ensure_future(work)
        while not (await asyncio.wait({task}, timeout=LOOK_SECONDS))[0]:
            if stop and stop.is_set():
                task.cancel()
                await asyncio.wait({task})
        if task.cancelled():
            raise StoppedError
        return task.result()

    return asyncio.run(watched())


class Abandoning(ThreadPoolExecutor):
    """Where the event loop looks names up: nothing waits for a lookup that nobody wants any more.

    The system can't be told to end one, and a dead name server holds it for half a minute. What is
    left behind in its thread writes nothing: files are written by the loop alone, which has ended.
    """

    def submit(self, call: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()

        def run() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                found = call(*given, **named)
            except BaseException as error:  # the one who waits is told
                future.set_exception(error)
            else:
                future.set_result(found)

        # A pool's own threads are waited for when the program ends; this one isn't
        threading.Thread(target=run, name="lookup", daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        del wait, cancel_futures
