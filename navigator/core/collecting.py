"""Garbage collection switched off, for work that makes millions of objects and no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collections() -> Iterator[None]:
    """Without cyclic garbage collection, which looks at all objects again and again for nothing.

    What was made counts as old after it, else Python would look through all of that at once. Not in
    the app, where it would count among these what was there before the first frame.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
