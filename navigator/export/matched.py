"""A list of schools as it was, with what the register has for each row behind it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from navigator.core import cleaning
from navigator.core.model import School
from navigator.domain.matching.asked import AskedFor, ListColumns
from navigator.domain.matching.matcher import Match

ADDED = ("URN on the register", "Name on the register", "How sure", "Why", "One of these")
"""Heads of the columns that are added."""

_NUMBER = re.compile(r"[-+]?[\d.,]+%?|[-–]+")


class MatchedRow(NamedTuple):
    """A row of a list, numbered from 1 as a spreadsheet does: what it says, what that matches."""

    number: int
    asked: AskedFor
    match: Match


def matched_csv(
    rows: Sequence[Sequence[str]],
    columns: ListColumns,
    matched: Sequence[MatchedRow],
    separator: str = ",",
    *,
    from_csv: bool = True,
) -> bytes:
    """The list as CSV in UTF-8 with the mark by which Excel knows it.

    Cells of a CSV stay as they are. In those that are added nothing can act as a formula; nor in a
    text of a workbook or page, which was none there and would become one here.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    width = max(map(len, rows), default=0)
    by_number = {row.number: row.match for row in matched}
    for number, row in enumerate(rows, start=1):
        theirs = list(row) if from_csv else [_defused(cell) for cell in row]
        theirs += [""] * (width - len(theirs))
        if number == columns.head:
            writer.writerow([*theirs, *ADDED])
        elif number in by_number:
            ours = (cleaning.cell(cleaning.plain(cell)) for cell in _cells(by_number[number]))
            writer.writerow([*theirs, *ours])
        else:
            writer.writerow([*theirs, *("" for _ in ADDED)])
    return out.getvalue().encode("utf-8-sig")


def json_line(row: MatchedRow, columns: ListColumns) -> str:
    """A row as one line of JSON (docs/json.md)."""
    told = {kind: getattr(row.asked, kind) or None for kind in columns.places}
    school = row.match.school
    made = {
        "row": row.number,
        "asked": told,
        "how_sure": row.match.how_sure,
        "urn": school.urn if school else None,
        "name": school.name if school else None,
        "why": row.match.why,
        "candidates": [_named(candidate) for candidate in row.match.candidates],
    }
    return cleaning.escaped(json.dumps(made, ensure_ascii=False))


def _named(school: School) -> Mapping[str, object]:
    return {"urn": school.urn, "name": school.name, "town": school.town}


def _cells(match: Match) -> tuple[str, ...]:
    school = match.school
    urn, name = (str(school.urn), school.name) if school else ("", "")
    listed = "; ".join(
        f"{s.urn} {', '.join(filter(None, (s.name, s.town, s.postcode)))}" for s in match.candidates
    )
    return urn, name, match.how_sure, match.why, listed


def _defused(cell: str) -> str:
    """A cell of no CSV: a number, or a dash for none, stays one."""
    return cell if _NUMBER.fullmatch(cell) else cleaning.cell(cell)
