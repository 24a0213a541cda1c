"""A row of the table of England by itself: each column asked of the landscape, nothing remembered.

It is what the rows among thousands are held to, which are joined of pieces made before.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from navigator.core.landscape import Landscape
from navigator.core.model import Programme
from navigator.domain.told import ToldNearby
from navigator.export.contract import line
from navigator.export.england_columns import (
    CLAIM,
    SCHOOL,
    SHARED,
    CellValue,
    NextDoor,
    fields,
    near_columns,
)
from navigator.export.england_forms import LINES, VALUES, RowForm


def row(
    landscape: Landscape, programmes: Iterable[Programme], form: RowForm[Any] = VALUES
) -> tuple[CellValue, ...]:
    """A landscape as a row of `fields`, with its values as a form writes them."""
    near = NextDoor(ToldNearby.of(landscape.nearby))
    claims = {claim.programme.id: claim for claim in landscape.hubs}
    values = [column.value(landscape, near) for part in SCHOOL for column in part.columns]
    programmes = tuple(programmes)
    for programme in programmes:
        claim, here = claims.get(programme.id), near_columns(programme)
        values += [column.value(claim) if claim else None for column in CLAIM]
        counted = claim if claim and near.schools and claim.claim in SHARED else None
        values += [column.value(counted, near) if counted else None for column in here]
    told = zip(fields(programmes), values, strict=True)
    return tuple([_written(kind, value, form) for (_, kind), value in told])


def _written(kind: Any, value: CellValue, form: RowForm[Any]) -> CellValue:
    write = form.written.get("text" if isinstance(value, str) else kind)
    told = value if value is None or write is None else write(value)
    return None if told == "" else told


def made_line(landscape: Landscape, programmes: Iterable[Programme], form: str) -> bytes:
    """A landscape as a line of a form."""
    programmes = tuple(programmes)
    values = row(landscape, programmes, LINES[form])
    if form == "json-lines":
        return line(dict(zip([name for name, _ in fields(programmes)], values, strict=True)))
    text = io.StringIO(newline="")
    csv.writer(text).writerow(values)
    return text.getvalue().encode("utf-8", errors="replace")
