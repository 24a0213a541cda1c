"""All of England as one table, a row a school: for DuckDB, pandas, Spark or a spreadsheet.

The rows are landscapes, by the same rules as on the screen, without the head's own record. Rows are
written as they come, so memory does not grow with England.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import IO, Generic

from navigator.core.collecting import no_collections
from navigator.core.landscape import HubClaim, Landscape
from navigator.core.model import Programme
from navigator.domain.landscapes import Landscapes, Sketch
from navigator.domain.told import ToldClaim, numbers_of_hubs
from navigator.export.again import Remembered
from navigator.export.england_columns import (
    CLAIM,
    SCHOOL,
    SHARED,
    CellValue,
    ColumnKind,
    NearbyColumn,
    NextDoor,
    SchoolPart,
    fields,
    names,
    near_columns,
)
from navigator.export.england_forms import (
    LINES,
    VALUES,
    Row,
    RowForm,
    Texts,
    csv_line,
    parquet_writer,
    write_parquet,
)
from navigator.service import Service

TellDone = Callable[[int], None]

CHUNK = 200
"""Rows that are written at a time."""


class EnglandRows(Generic[Row]):
    """Makes landscapes into rows of `fields`.

    What many schools have alike is written once: the columns that a trust or a place decides, and
    claims but for their distances.
    """

    def __init__(self, programmes: Iterable[Programme], form: RowForm[Row]) -> None:
        self._form = form
        self._columns = [
            (p.id, names(p, CLAIM), near_columns(p), names(p, near_columns(p))) for p in programmes
        ]
        self._texts = Texts(form.written["text"])
        self._parts: Remembered[Hashable, tuple[Landscape, Row]] = Remembered()
        self._claims: Remembered[int, tuple[HubClaim, Row, list[tuple[int, Row]]]] = Remembered()
        self._again: Remembered[tuple[str, Sequence[CellValue]], Row] = Remembered()

    def of(self, sketch: Sketch) -> Row:
        """The row of a landscape."""
        landscape, near = sketch.landscape, NextDoor(sketch.nearby)
        claims = {told.alike.programme.id: told for told in sketch.claims}
        pieces = [self._of_school(n, part, landscape, near) for n, part in enumerate(SCHOOL)]
        for programme, claim_names, near_here, near_names in self._columns:
            told = claims.get(programme)
            if told is None:
                pieces.append(self._known(programme, [*claim_names, *near_names]))
                continue
            _, first, rest = self._claims.get(id(told.alike)) or self._keep(told, claim_names)
            pieces.append(first)
            for number, piece in rest:
                pieces += self._form.distance((told.far or ())[number]), piece
            if near_here:
                counts = _counts(near_here, told.alike, near)
                pieces.append(self._known(near_names[0], near_names, counts))
        return self._form.whole(pieces)

    def _of_school(
        self, number: int, part: SchoolPart, landscape: Landscape, near: NextDoor
    ) -> Row:
        if part.alike is None:
            return self._part(part, landscape, near)
        key = number, part.alike(landscape)
        held = self._parts.get(key)
        if held is None:
            held = self._parts.keep(key, (landscape, self._part(part, landscape, near)))
        return held[1]

    def _part(self, part: SchoolPart, landscape: Landscape, near: NextDoor) -> Row:
        values = [self._written(c.kind, c.value(landscape, near)) for c in part.columns]
        return self._form.cells([column.name for column in part.columns], values)

    def _written(self, kind: ColumnKind, value: CellValue) -> CellValue:
        if isinstance(value, str):
            return self._texts[value]
        write = self._form.written.get(kind)
        return value if value is None or write is None else write(value)

    def _known(self, what: str, columns: Sequence[str], values: tuple[CellValue, ...] = ()) -> Row:
        """The piece of a few values that come again and again; of none where none are given."""
        piece = self._again.get((what, values))
        if piece is None:
            piece = self._form.cells(columns, values or [None] * len(columns))
            self._again.keep((what, values), piece)
        return piece

    def _keep(
        self, told: ToldClaim, columns: Sequence[str]
    ) -> tuple[HubClaim, Row, list[tuple[int, Row]]]:
        values = [self._written(column.kind, column.value(told.alike)) for column in CLAIM]
        gaps = _gaps(told)
        first, *rest = self._form.around(columns, values, [n for n, _ in gaps])
        numbered = [(number, piece) for (_, number), piece in zip(gaps, rest, strict=True)]
        return self._claims.keep(id(told.alike), (told.alike, first, numbered))


def _counts(
    columns: Sequence[NearbyColumn], claim: HubClaim, near: NextDoor
) -> tuple[CellValue, ...]:
    """What stands behind a claim, of a programme that nearby schools are compared by; () where
    nothing is counted."""
    if near.schools and claim.claim in SHARED:
        return tuple([column.value(claim, near) for column in columns])
    return ()


def _gaps(told: ToldClaim) -> list[tuple[int, int]]:
    """The columns of `CLAIM` that are told with a distance, and which of `far` that is."""
    numbers = numbers_of_hubs(told)
    at = [(n, column.far(told.alike)) for n, column in enumerate(CLAIM) if column.far]
    return [(n, numbers[id(hub)]) for n, hub in at if id(hub) in numbers]


class Export:
    """The table of England in one form.

    Args:
        service: Where the schools are.
        day: The day looked at.
        form: One of `forms.ENGLAND`.

    Raises:
        RefusedError: Parquet was asked for, and what writes it isn't installed.
    """

    def __init__(self, service: Service, day: date, form: str) -> None:
        self._service, self._day, self._form = service, day, form
        self._urns = service.register.open_urns()
        self._programmes = service.directory.programmes
        self.columns = fields(self._programmes)
        if form == "parquet":
            parquet_writer()

    @property
    def schools(self) -> int:
        """How many rows there will be."""
        return len(self._urns)

    def write(self, out: IO[bytes], tell: TellDone | None = None) -> None:
        """Write the table; `tell` is called with the number of schools done."""
        with no_collections():
            if self._form == "parquet":
                rows = chain.from_iterable(self._made(VALUES, tell))
                write_parquet(out, self.columns, rows)
                return
            if self._form == "csv":
                # UTF-8 without a mark, since Spark would take it for a part of the first name
                out.write(csv_line([name for name, _ in self.columns]).encode())
            for lines in self._made(LINES[self._form], tell):
                out.write("".join(lines).encode("utf-8", errors="replace"))

    def _made(self, form: RowForm[Row], tell: TellDone | None) -> Iterator[list[Row]]:
        """The rows of each chunk of schools; `tell` is called with the number done."""
        register, directory = self._service.register, self._service.directory
        register.read_ahead(self._day)
        maps = Landscapes(register, directory)
        made = EnglandRows(self._programmes, form)
        for n in range(0, len(self._urns), CHUNK):
            urns = self._urns[n : n + CHUNK]
            yield [made.of(maps.sketch(urn, self._day)) for urn in urns]
            if tell:
                tell(n + len(urns))
