"""Landscapes as a table for a spreadsheet (a row a line of the screen), and as lines of JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from navigator.core import wording
from navigator.core.wording import cell
from navigator.export import sheet
from navigator.export.contract import Json, as_dict, one_line
from navigator.export.sheet import Sheet
from navigator.view import record_sections
from navigator.view.sections import Column, Entry, Section

COLUMNS = (
    *("urn", "school", "reading", "section", "label", "name", "detail", "distance", "dated"),
    *("shares", "claim", "why", "confidence", "checked", "source", "website", "note"),
    *("as_at", "register"),
)
"""Of the table: docs/exports.md says what each holds. More may come, none goes or changes."""


def sheets_csv(landscapes: Iterable[Sheet]) -> bytes:
    """The table: UTF-8 with the mark by which Excel knows it; no cell can act as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in landscapes:
        for column, section in sheet.sections(one):
            for row in _rows(one, column, section):
                writer.writerow([cell(wording.plain(text)) for text in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def sheets_json(landscapes: Iterable[Sheet]) -> str:
    """A landscape a line, as `navigator show --json` has it, with what is named of the head's."""
    return "".join(f"{one_line(_told(one))}\n" for one in landscapes)


def _rows(one: Sheet, column: Column, section: Section) -> Iterator[tuple[str, ...]]:
    shown = one.landscape
    label = ""
    for entry in section.entries or (Entry(section.empty),):
        label = entry.label or label
        facts = dict(entry.card.facts) if entry.card else {}
        far = bool(section.legend) or column is one.columns[0]
        right = f"{entry.right} {section.unit}" if section.legend else entry.right
        yield (
            str(shown.school.urn),
            shown.school.name,
            column.title,
            section.title,
            label,
            entry.text,
            entry.detail,
            right if far else "",
            "" if far else entry.right,
            facts.get("Shares", ""),
            facts.get("Claim", ""),
            facts.get("Why", ""),
            facts.get("Confidence", ""),
            facts.get("Checked", "") or facts.get("Dated", ""),
            facts.get("Source", ""),
            facts.get("Website", ""),
            facts.get("Note", ""),
            shown.as_at.isoformat(),
            shown.register.day.isoformat(),
        )


def _told(one: Sheet) -> Json:
    told = as_dict(one.landscape)
    record = one.landscape.record
    if "notes" in one.held:
        told["workspace"]["your_notes"] = [
            {"day": n.day.isoformat() if n.day else None, "tags": list(n.tags), "text": n.text}
            for n in record.notes_on(*one.landscape.keys)
        ]
    if "contacts" in one.held:
        told["workspace"]["your_contacts"] = [
            {
                "role": c.role,
                "name": c.name,
                "bodies": [{"key": body.key, "name": body.name} for body in c.bodies],
                "reach": c.reach,
                "note": c.note,
            }
            for c in record_sections.people_here(one.landscape)
        ]
    return told
