"""The plan as a table for a spreadsheet, a row a session: its columns, and writing it.

Rows of one id, else of one title and provider, make one activity; one without a session is a row
without a date. What is of the whole activity is written in each of its rows. A cell that a
spreadsheet would take for a formula begins with an apostrophe, which reading takes off again.
`table_read` reads it, `table_merge` takes it into a plan.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from navigator.core import cleaning
from navigator.core.activity import Activity, in_rows
from navigator.core.fields import Field
from navigator.core.session import Session, attendees_text
from navigator.core.values import VALUES
from navigator.domain.plan import cover, money


class PlanColumn(NamedTuple):
    """A column: its name, the field it holds, and whether that is a session's."""

    name: str
    field: Field
    of_session: bool = False

    @property
    def attribute(self) -> str:
        return self.field.attribute

    @property
    def lined(self) -> bool:
        """Whether its cells may have several lines."""
        return self.field.value in ("prose", "remark", "texts")


def _columns() -> Iterator[PlanColumn]:
    for noun, field in in_rows(lambda field: field.column):
        yield PlanColumn(field.name, field, noun is Session)
    yield PlanColumn("session_attends", Field("people", attribute="attends"), True)
    yield PlanColumn("provider_key", Field("body", attribute="provider"))
    yield PlanColumn("follows", Field("line", attribute="follows"))
    yield PlanColumn("added", Field("stamp", attribute="added"))
    yield PlanColumn("id", Field("id", attribute="id"))
    yield PlanColumn("session_id", Field("id", attribute="id"), True)


COLUMNS = {column.name: column for column in _columns()}
"""The columns by name, in their order. `provider` has a name, or the key where none is known;
`attends` who attends the activity, `session_attends` who attends a session if others do."""

COST = "cost"
WORKED_OUT = "days_from_people", COST
"""Columns for people to read, in an activity's first row; reading leaves them."""

MINE = "notes"
"""The column that is written only if asked for."""


def write(
    activities: Iterable[Activity],
    *,
    people: bool,
    notes: bool = False,
    rate: Decimal | None = None,
) -> bytes:
    """The table: UTF-8 with the mark by which Excel knows it.

    Args:
        activities: A row for each of their sessions.
        people: With names.
        notes: With the head's notes.
        rate: What a day of cover costs, for the last column.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    columns = [column for name, column in COLUMNS.items() if notes or name != MINE]
    writer.writerow([*(column.name for column in columns), *WORKED_OUT])
    for activity in activities:
        worked_out = _worked_out(activity, rate)
        for session in activity.sessions or (None,):
            cells = (_cell(column, activity, session, people=people) for column in columns)
            writer.writerow([*map(cleaning.cell, cells), *worked_out])
            worked_out = ("", "")  # once, so that they may be added up
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _worked_out(activity: Activity, rate: Decimal | None) -> tuple[str, str]:
    """The release days that who attends makes, and what it costs, as numbers or "not known"."""
    made, costs = cover.proposed(activity), money.cost(activity, rate)
    return (
        f"{made.days:f}" if made else money.NOT_KNOWN,
        f"{costs.net:f}" if costs.known else money.NOT_KNOWN,
    )


def _cell(column: PlanColumn, a: Activity, session: Session | None, *, people: bool) -> str:
    of = session if column.of_session else a
    if of is None:
        return ""
    if column.name == "provider":
        return cleaning.plain(a.provider_name or a.provider)
    value, kind = getattr(of, column.attribute), VALUES[column.field.value]
    if column.field.value == "people":
        told = cleaning.plain(attendees_text(value, names=people))
        return f"{told};" if "," in told and ";" not in told else told
    if column.field.value == "texts":
        value = tuple(map(cleaning.plain, value))
    text = (kind.cell or kind.shown)(value)
    return text if column.lined else cleaning.plain(text)


def cell_as_typed(text: str, column: PlanColumn) -> str:
    """A cell's text as it was before `write` made it safe."""
    sound = cleaning.for_file(text) if column.field.value != "texts" else text.replace("\r\n", "\n")
    return cleaning.uncell(sound if column.lined else cleaning.plain(sound))
