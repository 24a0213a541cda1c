"""Which process wrote something, and whether it still runs."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

_RUNNING = 259
"""What Windows gives as the end of a process that hasn't ended."""


class Process(NamedTuple):
    """A process by its number and when it began, as its system tells that ("" where it doesn't):
    numbers are given anew."""

    number: int
    began: str

    @classmethod
    def of(cls, number: int) -> Process:
        """The process of that number that runs now."""
        return cls(number, _began(number) or "")

    @property
    def runs(self) -> bool:
        """Whether it still runs; where the system won't say, that it does."""
        began = _began(self.number) if self.number > 0 else None
        return began is not None and (began == self.began or not (began and self.began))


def ours() -> Process:
    """This process."""
    return _ours(os.getpid())


@cache
def _ours(number: int) -> Process:
    return Process.of(number)


if sys.platform == "win32":

    def _began(number: int) -> str | None:
        """When a process began, "" where that can't be told; None for one that has ended."""
        import ctypes
        from ctypes import wintypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        limited, invalid = 0x1000, 87
        handle = kernel.OpenProcess(limited, False, wintypes.DWORD(number))
        if not handle:
            return None if ctypes.get_last_error() == invalid else ""
        try:
            held = wintypes.HANDLE(handle)
            code, times = wintypes.DWORD(), [ctypes.c_uint64() for _ in range(4)]
            if kernel.GetExitCodeProcess(held, ctypes.byref(code)) and code.value != _RUNNING:
                return None
            told = kernel.GetProcessTimes(held, *(ctypes.byref(time) for time in times))
            return str(times[0].value) if told else ""
        finally:
            kernel.CloseHandle(held)

else:

    def _began(number: int) -> str | None:
        """When a process began, "" where that can't be told; None for one that has ended."""
        try:
            os.kill(number, 0)
        except (ProcessLookupError, OverflowError):
            return None
        except OSError:  # another user's: no Navigator of this one
            pass
        with suppress(OSError, IndexError):
            if sys.platform == "linux":
                # What stands after the name, which may hold anything, brackets too
                told = Path(f"/proc/{number}/stat").read_text("utf-8", "replace")
                words = told.rpartition(")")[2].split()
                return None if words[0] in "ZX" else words[19]
            import subprocess  # each start reads this file; few ask for another process

            given = ["/bin/ps", "-o", "lstart=", "-p", str(number)]
            env = {"LC_ALL": "C", "TZ": "UTC"}
            done = subprocess.run(given, capture_output=True, check=False, env=env)  # noqa: S603
            return " ".join(done.stdout.decode("utf-8", "replace").split())
        return ""
