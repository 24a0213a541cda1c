"""A command run to its end, and what is said where it can't be."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence

from navigator.core.errors import NavigatorError
from navigator.core.keys import is_urn


def run(arguments: Sequence[str]) -> int:
    """Run the command line; returns the exit code. Never a traceback for what a user can mend."""
    _utf8()
    command = _command(arguments)
    try:
        code = command()
        sys.stdout.flush()
    except NavigatorError as error:
        from navigator.cli.common import warn

        warn(str(error))
        return 1
    except KeyboardInterrupt:
        print("navigator: stopped; nothing was changed.", file=sys.stderr)
        return 130
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            print(f"navigator: the output can't be written: {error.strerror}.", file=sys.stderr)
            return 1
        # The reader (head, less) has gone. Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return int(code)


def _command(arguments: Sequence[str]) -> Callable[[], int]:
    """What runs what is asked for. `navigator` and `navigator URN`, which most people type, need
    no parser: with its table of commands it is a twentieth of the time to the first frame."""
    if len(arguments) < 2 and all(map(is_urn, arguments)):
        from navigator.cli.opening import open_app

        urn = int(arguments[0]) if arguments else None
        return lambda: open_app(urn)
    from navigator.cli.main import asked

    return asked(arguments)


def _utf8() -> None:
    """Print UTF-8 wherever it goes: a Windows pipe would else fail on the first "●"."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
