"""The app opened: what most people do, so nothing is imported here that it doesn't need."""

from __future__ import annotations

import gc
import os
import sys
from datetime import date

from navigator.core import clock
from navigator.core.errors import NavigatorError, NotFoundError


def open_app(urn: int | None, as_at: date | None = None) -> int:
    """Open the app on a school, else on the head's own, else on the finder; its exit code.

    Without a terminal the landscape is printed.

    Raises:
        NavigatorError: the register doesn't hold the school; the text says what to do next.
    """
    in_browser = "WebDriver" in os.environ.get("TEXTUAL_DRIVER", "")  # as `navigator serve` does
    # Textual takes keys from the first of the three and draws on the last
    terminal = all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    if not in_browser and (not terminal or os.environ.get("TERM") in ("dumb", "unknown")):
        return _without_terminal(urn, as_at)

    # Until the first frame nearly all that is made stays: looking for garbage in it costs a tenth
    # of the time to first paint. The app turns it on again.
    gc.disable()
    from navigator.records import settings
    from navigator.service import Service

    service, held = Service(), settings.load()
    day = as_at or clock.today()
    landscape = None
    if urn is not None:
        # Found out before the app opens, so that a mistyped URN is one sentence in the terminal.
        landscape = service.landscape(urn, day)
    elif held.school is not None:
        try:
            landscape = service.landscape(held.school, day)
        except NotFoundError:
            pass  # not in this register, the sample perhaps: the finder opens
        except NavigatorError as error:
            held = held._replace(problem=str(error))

    from navigator.ui.app import NavigatorApp

    app = NavigatorApp(service, held, landscape=landscape, as_at=as_at)
    app.run()
    return app.return_code or 0


def _without_terminal(urn: int | None, as_at: date | None) -> int:
    """For a pipe, a file, or a terminal that can't place a cursor: the same facts as text."""
    from navigator.cli.common import warn
    from navigator.cli.printing import print_landscapes

    if urn is None:
        warn(
            "no terminal to open the app in. "
            "Give a URN (navigator show 139217) or search (navigator find WORDS)."
        )
        return 2
    return print_landscapes([urn], as_at or clock.today(), "text")
