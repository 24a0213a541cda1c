"""A change as a line of text and as a line of JSON (docs/json.md)."""

from __future__ import annotations

import json

from navigator.core import cleaning, wording
from navigator.domain.changes import Difference


def change_text(difference: Difference) -> str:
    """ "Made Primary School, URN 100000: opened, 1 Sep 2025"; of a whole area "authority: Cumbria
    became Cumberland (20 schools), 1 Apr 2023"."""
    number = difference.key.urn if difference.kind != "converted" else None
    urn = f", URN {number}" if number else ""
    day = wording.short_day(difference.day)
    said = ", ".join(t for t in (difference.words, day) if t)
    if difference.kind == "authority" and difference.urn is None:
        return cleaning.plain(f"authority: {said}")
    return cleaning.plain(f"{difference.name}{urn}: {said}")


def change_json(difference: Difference) -> str:
    """One line of JSON."""
    return json.dumps(
        {
            "kind": difference.kind,
            "key": difference.key,
            "urn": difference.urn,
            "name": difference.name,
            "before": difference.before,
            "after": difference.after,
            "date": difference.day.isoformat() if difference.day else None,
            "words": difference.words,
        },
        ensure_ascii=False,
        separators=(", ", ": "),
    )
