"""Measures `navigator match`: `python -m tests.benchmarks.matching [REGISTER_FOLDER]`.

A list of 1,000 rows made of the register with noise (`tests.tools.made_list`); the register is
built from DfE's files in `../shared/gias` unless a data folder with one is given. Printed as JSON
with, in CPU: what the list takes, what a row takes against one bare full-text query, and what
reading it as XLSX takes against reading it as CSV.
"""

from __future__ import annotations

import io
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import openpyxl

from navigator.domain.matching.asked import ListColumns
from navigator.export.matched import MatchedRow, matched_csv
from navigator.register import update_from
from navigator.service import Service
from navigator.storage import spreadsheet
from tests.tools.made_list import ListMaker
from tests.tools.timing import seconds

SHARED = Path(__file__).parents[3] / "shared"
ROWS = 1_000
HEADS = ["name", "town", "postcode", "authority", "urn", "laestab", "ukprn"]


def main() -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(made)
        if len(sys.argv) < 2:
            update_from(SHARED / "gias", folder)
        service = Service(folder, records=Path(made))
        print(json.dumps(_measured(service), indent=1))


def _measured(service: Service) -> dict[str, float]:
    database = sqlite3.connect(f"file:{service.info.path}?mode=ro&immutable=1", uri=True)
    bare = "SELECT rowid FROM search WHERE search MATCH 'primary AND london' LIMIT 50"
    floor = median(_cpu(lambda: database.execute(bare).fetchall()) for _ in range(99))
    made = list(ListMaker(service.register.named()).rows(ROWS))
    columns = ListColumns(0, {head: place for place, head in enumerate(HEADS)})
    rows = [[str(cell or "") for cell in row.asked] for row in made]

    def match() -> None:
        matcher = service.matcher()
        matched = [
            MatchedRow(number, asked, matcher.match(asked))
            for number, asked in enumerate(map(columns.read, rows), start=1)
        ]
        matched_csv(rows, columns, matched)

    whole = median(_cpu(match) for _ in range(3))
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("List")
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    text = matched_csv(rows, columns, [])
    xlsx = median(_cpu(lambda: spreadsheet.from_bytes(out.getvalue(), "list")) for _ in range(5))
    plain = median(_cpu(lambda: spreadsheet.from_bytes(text, "list")) for _ in range(5))
    return {
        "rows": ROWS,
        "seconds": round(whole, 2),
        "a row, bare queries": round(whole / ROWS / floor, 1),
        "seconds to read XLSX": round(xlsx, 3),
        "XLSX, times CSV": round(xlsx / plain, 1),
    }


def _cpu(do: Callable[[], object]) -> float:
    return seconds(do, time.process_time)


if __name__ == "__main__":
    main()
