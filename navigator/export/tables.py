"""A table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from navigator.core import cleaning


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows, the heads first, as CSV: UTF-8 with the mark by which Excel knows it; no cell can act
    as a formula."""
    out = io.StringIO()
    cells = ([cleaning.cell(cleaning.plain(text)) for text in row] for row in rows)
    csv.writer(out).writerows(cells)
    return out.getvalue().encode("utf-8-sig", errors="replace")
