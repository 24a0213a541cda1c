"""What day it is: asked in one place, so that tests can pin it."""

from __future__ import annotations

from datetime import date


def today() -> date:
    return date.today()
