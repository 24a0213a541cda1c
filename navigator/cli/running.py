"""A command run to its end, and what is said where it can't be."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from navigator.cli import streams
from navigator.core.errors import NavigatorError
from navigator.core.keys import is_urn


def run(arguments: Sequence[str]) -> int:
    """Run the command line; returns the exit code. Never a traceback for what a user can mend."""
    with streams.usable():
        try:
            code = _unless_damaged(arguments)
            sys.stdout.flush()
        except SystemExit:  # wrong usage, or help: what of it was printed may not be written yet
            code = _flushed()
            if code:
                return code
            raise
        except NavigatorError as error:
            _warn(str(error))
            return _flushed() or 1
        except KeyboardInterrupt:
            _warn("stopped; nothing was changed.")
            return 130
        except OSError as error:
            return _unwritten(error)
    return code


def _unless_damaged(arguments: Sequence[str]) -> int:
    """Run what is asked for; where a damaged register is behind what goes wrong, once more, and
    another answers."""
    try:
        return int(_asked(arguments)())
    except (NavigatorError, OSError):
        raise
    except Exception:
        from navigator.register.opening import is_damaged

        if not is_damaged():
            raise
    return int(_asked(arguments)())


def _asked(arguments: Sequence[str]) -> Callable[[], int]:
    """What runs what is asked for. `navigator` and `navigator URN`, which most people type, need
    no parser: with its table of commands it is a twentieth of the time to the first frame."""
    if len(arguments) < 2 and all(map(is_urn, arguments)):
        from navigator.cli.opening import open_app

        urn = int(arguments[0]) if arguments else None
        return lambda: open_app(urn)
    from navigator.cli.main import asked

    return asked(arguments)


def _warn(sentence: str) -> None:
    from navigator.cli.common import warn

    warn(sentence)


def _flushed() -> int:
    try:
        sys.stdout.flush()
    except OSError as error:
        return _unwritten(error)
    return 0


def _unwritten(error: OSError) -> int:
    streams.given_up()
    if isinstance(error, BrokenPipeError):  # the reader (head, less) has gone
        return 0
    _warn(f"the output can't be written: {error.strerror}.")
    return 1
