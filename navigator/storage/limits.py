"""How large a table may be, whatever kind of file it is in, and the sentence for a larger one."""

from __future__ import annotations

from navigator.core.errors import RefusedError

MOST_ROWS = 100_000
MOST_CELLS = 4_000_000

LAST_ROW = 1_048_576
"""Of a sheet in Excel and LibreOffice: a file that tells of one further down is made to do harm."""

LAST_COLUMN = 16_384


def too_large(shown: str) -> RefusedError:
    """The refusal of a file, or of a text that was pasted, by what sentences call it."""
    return RefusedError(
        f"{shown} has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells. "
        "Save the list alone in a file of its own."
    )
