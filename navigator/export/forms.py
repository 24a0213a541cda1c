"""The forms in which landscapes are handed on: each takes sheets, gives the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from navigator.core import clock
from navigator.core.model import School
from navigator.export.sheet import Sheet

SUFFIXES = {"html": ".html", "markdown": ".md", "csv": ".csv", "json": ".json"}
"""The forms, and how their files' names end."""


def document(
    form: str,
    sheets: Sequence[Sheet],
    find: Callable[[int], School | None],
    name: str = "",
    today: date | None = None,
) -> bytes:
    """One file of one or several landscapes.

    Args:
        form: One of `SUFFIXES`.
        sheets: What it holds.
        find: Gives a school by URN, for the maps.
        name: What the landscapes are of, where they are several.
        today: The day on which it is made, if not today.
    """
    if form == "html":
        from navigator.export.page import page

        text = page(sheets, find, today or clock.today(), name)
    elif form == "markdown":
        from navigator.export.markdown import sheets_markdown

        text = sheets_markdown(sheets, name) + "\n"
    elif form == "csv":
        from navigator.export.table import sheets_csv

        return sheets_csv(sheets)
    else:
        from navigator.export.table import sheets_json

        text = sheets_json(sheets)
    return text.encode("utf-8", errors="replace")
