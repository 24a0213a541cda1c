"""A list of schools in, the same list with their URNs out."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from navigator.cli.common import Bar, add_json, describe, warn
from navigator.cli.files import add_force, add_out
from navigator.core import wording
from navigator.domain.matching.asked import LABELS, ListColumns, find_columns

if TYPE_CHECKING:
    from navigator.cli.commands import Run
    from navigator.cli.common import Parser
    from navigator.export.matched import MatchedRow
    from navigator.service import Service
    from navigator.storage.spreadsheet import Sheet

ENDING = " matched.csv"

ABOUT = """\
Writes a list of schools (CSV, XLSX or ODS) with the URN and name on the register behind each
row, and how sure it is:

  exact          a number, or name and place, are one school's and no other's
  likely         one school fits, and nothing else nearly as well
  one of these   several fit, or one does in part; they are named
  none           no school fits

Nothing is guessed in silence: why it is so stands beside it. All columns and rows of the
list stay as they are. Its columns are known by their heads (School, Postcode, Town, LA,
URN, DfE number, UKPRN …); the options name others by head, or by number from 1."""


def match(command: Parser) -> Run:
    describe(command, ABOUT)
    command.add_argument(
        "file", metavar="FILE", help="the list: CSV, XLSX, ODS or HTML; - for standard input"
    )
    add_out(command, f"write it there, - to print it (beside the list: …{ENDING})")
    for kind, label in LABELS.items():
        option = "--number" if kind == "laestab" else f"--{kind}"
        command.add_argument(
            option, dest=kind, default="", metavar="COLUMN", help=f"the column of the {label}"
        )
    command.add_argument("--sheet", default="", help="the sheet of a workbook")
    add_force(command)
    add_json(command)
    return _match


def _match(given: argparse.Namespace) -> int:
    from navigator.export import contract, matched
    from navigator.service import Service
    from navigator.storage import spreadsheet, whole_file

    if given.file == "-":
        sheet = spreadsheet.from_bytes(sys.stdin.buffer.read(), "standard input", given.sheet)
    else:
        sheet = spreadsheet.read(Path(given.file).expanduser(), given.sheet)
    columns = find_columns(sheet.rows, {kind: getattr(given, kind) for kind in LABELS})
    prints = given.json or given.file == "-"
    target = given.out
    if target is None:
        target = "-" if prints else _beside(Path(given.file))
    name = Path(given.file).stem + (ENDING.replace(".csv", ".json") if given.json else ENDING)
    if target != "-":  # before the work, not after it
        whole_file.check(whole_file.place(target, name), force=given.force)
    service = Service()
    warn(service.problem, _read_as(sheet, columns))
    rows = _rows(service, sheet, columns)
    if given.json:
        lines = (matched.json_line(row, columns) for row in rows)
        data = "".join(f"{contract.headed(line, service.info)}\n" for line in lines).encode()
    else:
        data = matched.matched_csv(
            sheet.rows, columns, rows, sheet.separator, from_csv=sheet.is_csv
        )
    if target == "-" and given.json:
        print(data.decode(), end="")
    elif target == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data.removeprefix(b"\xef\xbb\xbf"))
    else:
        target = str(whole_file.write(target, name, data, force=given.force))
    warn(_counted(rows), "" if target == "-" else f"wrote {target}.")
    if service.info.sample:
        warn(wording.SAMPLE_NOTICE)
    return 0


def _beside(file: Path) -> str:
    return str(file.expanduser().with_name(file.stem + ENDING))


def _rows(service: Service, sheet: Sheet, columns: ListColumns) -> Sequence[MatchedRow]:
    """The rows below the heads that aren't empty, matched."""
    from navigator.export.matched import MatchedRow

    matcher = service.matcher()
    asked = [
        (number, columns.read(row))
        for number, row in enumerate(sheet.rows, start=1)
        if number > columns.head and any(cell.strip() for cell in row)
    ]
    found = []
    with Bar("Matching", len(asked), "rows") as bar:
        for done, (number, row) in enumerate(asked, start=1):
            found.append(MatchedRow(number, row, matcher.match(row)))
            bar.show(done)
    return found


def _read_as(sheet: Sheet, columns: ListColumns) -> str:
    """Which sheet and columns were read as what."""
    head = sheet.rows[columns.head - 1] if columns.head else []
    told = []
    for kind, place in columns.places.items():
        shown = f"“{head[place]}”" if place < len(head) and head[place] else f"column {place + 1}"
        told.append(f"{shown} as the {LABELS[kind]}")
    said = f"Read {', '.join(told)}"
    if sheet.others:
        listed = ", ".join(f"“{name}”" for name in sheet.others)
        said += f", of the sheet “{sheet.name}”; --sheet takes another ({listed})"
    return f"{said}."


def _counted(rows: Sequence[MatchedRow]) -> str:
    from navigator.domain.matching.matcher import HOW_SURE

    counts = Counter(row.match.how_sure for row in rows)
    told = ", ".join(f"{counts[word]:,} {word}" for word in HOW_SURE)
    return f"{wording.count(len(rows), 'row')}: {told}."
