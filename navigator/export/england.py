"""All of England as one table, a row a school: for DuckDB, pandas, Spark or a spreadsheet.

The rows are landscapes, by the same rules as on the screen, without the head's own record. Rows are
written as they come, so memory does not grow with England.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import IO, Generic, NamedTuple

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
    NextDoor,
    SchoolPart,
    fields,
    names,
    near_columns,
    what_decides,
)
from navigator.export.england_forms import (
    LINES,
    VALUES,
    Row,
    RowForm,
    Texts,
    Write,
    csv_line,
    parquet_writer,
    write_parquet,
)
from navigator.service import Service

TellDone = Callable[[int], None]

CHUNK = 200
"""Rows that are written at a time."""


class _Columns(Generic[Row]):
    """Columns that stand beside each other, in a form; `text` makes what it has for a text.

    Attributes:
        names: what they are called.
        nothing: the piece of a row where they are empty.
    """

    def __init__(
        self, form: RowForm[Row], names: Sequence[str], kinds: Iterable[ColumnKind], text: Write
    ) -> None:
        self.names = names
        written = {**form.written, "text": text}
        self._write = [(n, written[kind]) for n, kind in enumerate(kinds) if kind in written]
        self._cells = form.cells(names)
        self._again: Remembered[tuple[CellValue, ...], Row] = Remembered()
        self.nothing = self._cells([None] * len(names))

    def written(self, values: list[CellValue]) -> list[CellValue]:
        """The values as the form has them, in the very same list."""
        for n, write in self._write:
            value = values[n]
            if value is not None:
                values[n] = write(value)
        return values

    def piece(self, values: list[CellValue]) -> Row:
        """The piece of some values, which `written` changes."""
        return self._cells(self.written(values))

    def again(self, values: tuple[CellValue, ...]) -> Row:
        """The piece of a few values that come again and again."""
        held = self._again.get(values)
        return self._again.keep(values, self.piece([*values])) if held is None else held


class _OfSchool(Generic[Row]):
    """A part of what a row begins with. Where schools have it alike, it is written once."""

    def __init__(self, part: SchoolPart, columns: _Columns[Row]) -> None:
        self._part, self._columns = part, columns
        self._held: Remembered[Hashable, tuple[Landscape, Row]] = Remembered()

    def piece(self, landscape: Landscape, near: NextDoor) -> Row:
        alike = self._part.alike
        if alike is None:
            return self._made(landscape, near)
        key = alike(landscape)
        held = self._held.get(key)
        if held is None:
            held = self._held.keep(key, (landscape, self._made(landscape, near)))
        return held[1]

    def _made(self, landscape: Landscape, near: NextDoor) -> Row:
        values = [column.value(landscape, near) for column in self._part.columns]
        return self._columns.piece(values)


class _Claim(NamedTuple, Generic[Row]):
    """A claim but for distances: the piece before the first, and of each which of `far` it is and
    the piece behind it."""

    claim: HubClaim
    first: Row
    rest: list[tuple[int, Row]]


class EnglandRows(Generic[Row]):
    """Makes landscapes into rows of `fields`.

    What many schools have alike is written once: the columns that a trust or a place decides, and
    claims but for their distances.
    """

    def __init__(self, programmes: Iterable[Programme], form: RowForm[Row]) -> None:
        self._form = form
        texts = Texts(form.written["text"])
        self._school = []
        for part in SCHOOL:
            named, kinds = [c.name for c in part.columns], [c.kind for c in part.columns]
            # What each school has for itself hardly comes again
            text = texts.__getitem__ if part.alike else texts.made
            self._school.append(_OfSchool(part, _Columns(form, named, kinds, text)))
        self._programmes = []
        for p in programmes:
            counted = near_columns(p)
            claim, counts = (
                _Columns(form, names(p, of), [c.kind for c in of], texts.__getitem__)
                for of in (CLAIM, counted)
            )
            self._programmes.append((p.id, claim, counted, counts))
        # By the ids of claims, which are kept for as long as their ids tell what is held of them
        self._claims: Remembered[int, tuple[HubClaim, _Claim[Row]]] = Remembered()
        self._decided: Remembered[Hashable, _Claim[Row]] = Remembered()

    def of(self, sketch: Sketch) -> Row:
        """The row of a landscape."""
        landscape, near = sketch.landscape, NextDoor(sketch.nearby)
        claims = {told.alike.programme.id: told for told in sketch.claims}
        pieces = [part.piece(landscape, near) for part in self._school]
        for programme, columns, counted, counts in self._programmes:
            told, shares = claims.get(programme), counts.nothing
            if told is None:
                pieces.append(columns.nothing)
            else:
                claim, first, rest = self._of_claim(told, columns)
                pieces.append(first)
                for number, piece in rest:
                    pieces += self._form.distance((told.far or ())[number]), piece
                if counted and near.schools and claim.claim in SHARED:
                    shares = counts.again(tuple([column.value(claim, near) for column in counted]))
            if counted:
                pieces.append(shares)
        return self._form.whole(pieces)

    def _of_claim(self, told: ToldClaim, columns: _Columns[Row]) -> _Claim[Row]:
        held = self._claims.get(id(told.alike))
        if held is None:
            key = what_decides(told.alike), bool(told.far)
            made = self._decided.get(key)
            if made is None:
                made = self._decided.keep(key, self._written(told, columns))
            held = self._claims.keep(id(told.alike), (told.alike, made))
        return held[1]

    def _written(self, told: ToldClaim, columns: _Columns[Row]) -> _Claim[Row]:
        values = columns.written([column.value(told.alike) for column in CLAIM])
        gaps = _gaps(told)
        first, *rest = self._form.around(columns.names, values, [n for n, _ in gaps])
        numbered = [(number, piece) for (_, number), piece in zip(gaps, rest, strict=True)]
        return _Claim(told.alike, first, numbered)


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
