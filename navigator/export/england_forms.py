"""The forms of the table of England: how cells are written, and rows made of pieces.

A row is joined of pieces, most of which come again in the rows of other schools.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import IO, Any, NamedTuple, Protocol, TypeVar

from navigator.core import cleaning
from navigator.core.errors import RefusedError
from navigator.export.again import Remembered, km_text
from navigator.export.contract import json_text, km
from navigator.export.england_columns import CellValue, ColumnKind, TableColumns

Row = TypeVar("Row")
"""What a row and its pieces are in a form: a text, or values one after another."""

MakePiece = Callable[[Sequence[CellValue]], Row]
"""Makes a piece of a row of values as the form has them."""

Write = Callable[[Any], CellValue]
"""Makes what a form has for a value that is there."""

GROUP = 4_000
"""Rows of a group of Parquet's."""

GAP = "\0"
"""Stands in a text for a distance. No text has one: they are cleaned of it."""


class RowForm(Protocol[Row]):
    """A form, `written` with what it makes of values of some kinds; others it takes as they are."""

    @property
    def written(self) -> Mapping[ColumnKind, Write]: ...

    def cells(self, names: Sequence[str]) -> MakePiece[Row]:
        """What makes the piece of some columns beside each other of their values."""

    def around(
        self, names: Sequence[str], values: Sequence[CellValue], gaps: Sequence[int]
    ) -> list[Row]:
        """The pieces around the columns of those numbers, each of which is a distance."""

    def distance(self, far: float | None) -> Row:
        """The piece that stands between them: kilometres to the metre."""

    def whole(self, pieces: Sequence[Row]) -> Row:
        """The row of pieces."""


class _Lines(NamedTuple):
    """A form whose rows are lines: `cells` makes the text of columns, with a comma before each.
    `gap` is how it writes `GAP`, `nothing` what it has for no value, `end` what stands around a
    line, `between` before each column."""

    cells: Callable[[Sequence[str]], MakePiece[str]]
    written: Mapping[ColumnKind, Write]
    gap: str
    nothing: str
    between: str
    end: tuple[str, str]

    def around(
        self, names: Sequence[str], values: Sequence[CellValue], gaps: Sequence[int]
    ) -> list[str]:
        held = [GAP if n in gaps else value for n, value in enumerate(values)]
        return self.cells(names)(held).split(self.gap)

    def distance(self, far: float | None) -> str:
        return km_text(far, self.nothing)

    def whole(self, pieces: Sequence[str]) -> str:
        begins, ends = self.end
        return f"{begins}{''.join(pieces)[len(self.between) :]}{ends}"


class _Values:
    """The form whose rows are values, as Parquet takes them."""

    written: Mapping[ColumnKind, Write] = {"text": cleaning.plain}

    def cells(self, _: Sequence[str]) -> MakePiece[tuple[CellValue, ...]]:
        return tuple

    def around(
        self, _: Sequence[str], values: Sequence[CellValue], gaps: Sequence[int]
    ) -> list[tuple[CellValue, ...]]:
        begins, ends = (0, *(n + 1 for n in gaps)), (*gaps, len(values))
        return [tuple(values[n:end]) for n, end in zip(begins, ends, strict=True)]

    def distance(self, far: float | None) -> tuple[CellValue, ...]:
        return (km(far),)

    def whole(self, pieces: Sequence[tuple[CellValue, ...]]) -> tuple[CellValue, ...]:
        return tuple(chain.from_iterable(pieces))


class _Returned:
    """Something to write to that gives back what is written: `writerow` returns that."""

    def write(self, text: str) -> str:
        return text


_writerow: Callable[[Sequence[CellValue | None]], Any] = csv.writer(_Returned()).writerow


def csv_line(values: Sequence[CellValue]) -> str:
    """A line of CSV with its end."""
    line: str = _writerow(values)
    return line


def _csv_cells(_: Sequence[str]) -> MakePiece[str]:
    return lambda values: csv_line([None, *values])[:-2]


def _csv_text(text: str) -> str:
    return cleaning.cell(cleaning.plain(text))


def _json_cells(names: Sequence[str]) -> MakePiece[str]:
    heads = [f", {json_text(name)}: " for name in names]

    def cells(values: Sequence[CellValue]) -> str:
        told = zip(heads, values, strict=True)
        return "".join(
            [f"{head}{_JSON.get(type(value), json_text)(value)}" for head, value in told]
        )

    return cells


_JSON: dict[type, Callable[[Any], str]] = {
    int: repr,
    float: repr,
    type(None): lambda _: "null",
}
"""What `json_text` makes of values other than texts and flags, sooner."""


CSV = _Lines(
    _csv_cells,
    {"text": _csv_text, "flag": lambda flag: "true" if flag else "false"},
    *(GAP, "", ",", ("", "\r\n")),
)

JSON_LINES = _Lines(
    _json_cells,
    {"text": cleaning.plain, "day": date.isoformat},
    *(json_text(GAP), "null", ", ", ("{", "}\n")),
)

VALUES = _Values()

LINES = {"csv": CSV, "json-lines": JSON_LINES}
"""The forms of `forms.ENGLAND` that are lines."""


class Texts(Remembered[str, CellValue]):
    """Texts as a form writes them, each made once; None for an empty one."""

    def __init__(self, write: Write) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, text: str) -> CellValue:
        return self.keep(text, self.made(text))

    def made(self, text: str) -> CellValue:
        """As the form writes a text, for one that hardly comes again."""
        return self._write(text) or None


def write_parquet(
    out: IO[bytes], columns: TableColumns, rows: Iterator[tuple[CellValue, ...]]
) -> None:
    """Write rows as Parquet, in groups.

    Raises:
        RefusedError: what writes it isn't installed.
    """
    arrow, parquet = parquet_writer()
    kinds = {
        "text": arrow.string(),
        "whole": arrow.int32(),
        "real": arrow.float64(),
        "flag": arrow.bool_(),
        "day": arrow.date32(),
    }
    schema = arrow.schema([(name, kinds[kind]) for name, kind in columns])
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := list(islice(rows, GROUP)):
            values = zip(schema, zip(*group, strict=True), strict=True)
            arrays = [arrow.array(column, field.type) for field, column in values]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))


def parquet_writer() -> tuple[Any, Any]:
    """pyarrow and its part for Parquet.

    Raises:
        RefusedError: it isn't installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise RefusedError(
            "Parquet needs pyarrow, which isn't installed: pip install "
            '"school-navigator[parquet]". Or take --csv or --json-lines, which hold the same.'
        ) from None
    return pyarrow, pyarrow.parquet
