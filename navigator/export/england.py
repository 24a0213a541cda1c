"""All of England as one table, a row a school: for DuckDB, pandas, Spark or a spreadsheet.

The rows are landscapes, by the same rules as on the screen, without the head's own record. Rows are
written as they come, so memory does not grow with England.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from typing import IO, Any, Literal, NamedTuple

from navigator.core import cleaning
from navigator.core.church import for_churches
from navigator.core.collecting import no_collections
from navigator.core.errors import RefusedError
from navigator.core.model import (
    Claim,
    HubAtDistance,
    HubClaim,
    Landscape,
    NearbySchool,
    Network,
    Partnership,
    Programme,
)
from navigator.domain.landscapes import Sketch
from navigator.domain.told import ToldClaim, numbers_of_hubs
from navigator.export.contract import json_text, km, line
from navigator.export.lines import REMEMBERED, km_text
from navigator.service import Service

ColumnKind = Literal["text", "whole", "real", "flag", "day"]
CellValue = str | int | float | bool | date | None
EnglandRow = tuple[CellValue, ...]
TableColumns = Sequence[tuple[str, ColumnKind]]
TellDone = Callable[[int], None]

CHUNK = 200
"""Rows that are written at a time."""
GROUP = 4_000
"""Rows of a group of Parquet's."""

SHARED = (Claim.DESIGNATED, Claim.NAMES_AREA)
"""The claims for which the screen counts who shares a hub."""


class TableColumn(NamedTuple):
    """A column: its name, what it holds, how a landscape tells it. None is "the source doesn't say"
    or that the column doesn't apply."""

    name: str
    kind: ColumnKind
    value: Callable[[Landscape, SharedNearby], CellValue]


class ClaimColumn(NamedTuple):
    """A column of each programme, under its id ("maths_hub_claim"); None before it began.

    `far` gives the hub whose distance it is: schools differ in it that are told the same otherwise.
    """

    name: str
    kind: ColumnKind
    value: Callable[[HubClaim], CellValue]
    far: Callable[[HubClaim], HubAtDistance | None] | None = None


class NearbyColumn(NamedTuple):
    """A column of each programme that nearby schools are compared by."""

    name: str
    kind: ColumnKind
    value: Callable[[HubClaim, SharedNearby], CellValue]


class SharedNearby:
    """What the nearby schools of a landscape share with its school.

    Many nearby schools share the very same: each such answer is looked at once.
    """

    def __init__(self, at: Landscape) -> None:
        self.schools = len(at.nearby)
        told = {id(near.sharing): near.sharing for near in at.nearby}
        many = Counter([id(near.sharing) for near in at.nearby])
        self._told = [(told[one], many[one]) for one in told]

    def shared(self, what: str) -> int | None:
        """How many share a body; None where there are none, or of none of them it is known."""
        if self.unsure(what) == self.schools:
            return None
        return sum([many for told, many in self._told if told.get(what)])

    def unsure(self, what: str) -> int:
        """Of how many it isn't sure whether they share a body."""
        return sum([many for told, many in self._told if told.get(what) is None])


def _area_partnerships(at: Landscape) -> int:
    own = (p.partnership for p in at.partnerships if p.distance == "own")
    return _surely((p for p in own if p.tier == "area partnership"), at)


def _surely(bodies: Iterable[Network | Partnership], at: Landscape) -> int:
    """How many are surely for the school: not those of a church, where its own isn't known."""
    return sum(for_churches(b.church, at.school.churches) is True for b in bodies)


SCHOOL = (
    TableColumn("urn", "whole", lambda at, _: at.school.urn),
    TableColumn("name", "text", lambda at, _: at.school.name),
    TableColumn("status", "text", lambda at, _: at.school.status),
    TableColumn("phase", "text", lambda at, _: at.school.phase),
    TableColumn("type", "text", lambda at, _: at.school.type),
    TableColumn("type_group", "text", lambda at, _: at.school.type_group),
    TableColumn("state_funded", "flag", lambda at, _: at.school.is_state_funded),
    TableColumn("la_code", "text", lambda at, _: at.school.la_code),
    TableColumn("la_name", "text", lambda at, _: at.school.la_name),
    TableColumn("district_code", "text", lambda at, _: at.school.district_code),
    TableColumn("district_name", "text", lambda at, _: at.school.district_name),
    TableColumn("region", "text", lambda at, _: at.school.region),
    TableColumn("postcode", "text", lambda at, _: at.school.postcode),
    TableColumn("latitude", "real", lambda at, _: at.school.latitude),
    TableColumn("longitude", "real", lambda at, _: at.school.longitude),
    TableColumn("low_age", "whole", lambda at, _: at.school.low_age),
    TableColumn("high_age", "whole", lambda at, _: at.school.high_age),
    TableColumn("pupils", "whole", lambda at, _: at.school.pupils),
    TableColumn("opened", "day", lambda at, _: at.school.opened),
    TableColumn("la_schools", "whole", lambda at, _: at.authority and at.authority.schools),
    TableColumn("la_maintained", "whole", lambda at, _: at.authority and at.authority.maintained),
    TableColumn("trust_uid", "text", lambda at, _: at.trust and at.trust.trust.uid),
    TableColumn("trust_name", "text", lambda at, _: at.trust and at.trust.trust.name),
    TableColumn("trust_kind", "text", lambda at, _: at.trust and at.trust.trust.kind),
    TableColumn("trust_schools", "whole", lambda at, _: at.trust and at.trust.trust.size),
    TableColumn("trust_band", "text", lambda at, _: at.trust and at.trust.trust.size_band),
    TableColumn("trust_schools_in_la", "whole", lambda at, _: at.trust and at.trust.schools_in_la),
    TableColumn("trust_spread_km", "real", lambda at, _: at.trust and km(at.trust.trust.spread_km)),
    TableColumn("networks", "whole", lambda at, _: _surely(at.networks, at)),
    TableColumn("area_partnerships", "whole", lambda at, _: _area_partnerships(at)),
    TableColumn("nearby", "whole", lambda at, _: len(at.nearby) if _compared(at) else None),
    TableColumn("nearby_nearest_km", "real", lambda at, _: _far(at.nearby[:1])),
    TableColumn("nearby_furthest_km", "real", lambda at, _: _far(at.nearby[-1:])),
    TableColumn(
        "nearby_share_trust", "whole", lambda at, near: near.shared("trust") if at.trust else None
    ),
    TableColumn("nearby_share_la", "whole", lambda _, near: near.shared("la")),
    TableColumn("as_at", "day", lambda at, _: at.as_at),
    TableColumn("register_date", "day", lambda at, _: at.register.day),
    TableColumn("religious_character", "text", lambda at, _: at.school.religious_character),
    TableColumn("diocese_church", "text", lambda at, _: at.diocese and at.diocese.church),
    TableColumn("diocese", "text", lambda at, _: at.diocese and at.diocese.name),
    TableColumn("diocese_body", "text", lambda at, _: at.diocese and at.diocese.body),
    TableColumn("trust_status", "text", lambda at, _: at.trust and at.trust.trust.status),
    TableColumn("trust_closed", "day", lambda at, _: at.trust and at.trust.trust.closed),
    TableColumn("position_day", "day", lambda at, _: at.school.position_day),
)

CLAIM = (
    ClaimColumn("claim", "text", lambda claim: claim.claim.value),
    ClaimColumn("hub", "text", lambda claim: claim.hub and claim.hub.hub.name),
    ClaimColumn("hub_id", "text", lambda claim: claim.hub and claim.hub.hub.id),
    ClaimColumn("km", "real", lambda c: km(c.hub.distance_km) if c.hub else None, lambda c: c.hub),
    ClaimColumn("confidence", "text", lambda claim: claim.confidence),
    ClaimColumn("others", "text", lambda c: "; ".join(a.hub.name for a in c.alternatives)),
    ClaimColumn("nearest", "text", lambda claim: claim.nearest and claim.nearest.hub.name),
    ClaimColumn(
        "nearest_km",
        "real",
        lambda c: km(c.nearest.distance_km) if c.nearest else None,
        lambda c: c.nearest,
    ),
    ClaimColumn("website", "text", lambda c: c.reach and c.reach.website),
    ClaimColumn("telephone", "text", lambda c: c.reach and c.reach.telephone),
    ClaimColumn("reach_of", "text", lambda c: c.reach and c.reach.of),
    ClaimColumn("sureness", "text", lambda claim: claim.sureness.value),
)

NEARBY = (
    NearbyColumn("nearby_share", "whole", lambda c, near: near.shared(c.programme.id)),
    NearbyColumn("nearby_unsure", "whole", lambda c, near: near.unsure(c.programme.id)),
)
"""Of programmes that are compared only; None where there are no nearby schools, or the claim isn't
one of `SHARED`."""


def _compared(at: Landscape) -> bool:
    return at.school.has_position and bool(at.school.phase)


def _far(near: Sequence[NearbySchool]) -> float | None:
    return km(near[0].distance_km) if near else None


def _claim_columns(programme: Programme) -> tuple[ClaimColumn | NearbyColumn, ...]:
    return (*CLAIM, *_near_columns(programme))


def _near_columns(programme: Programme) -> tuple[NearbyColumn, ...]:
    return NEARBY if programme.mark else ()


def fields(programmes: Iterable[Programme]) -> tuple[tuple[str, ColumnKind], ...]:
    """The columns' names and kinds: of the school, then of each programme under its id."""
    of_programmes = (
        (name, c.kind)
        for p in programmes
        for name, c in zip(_names(p, _claim_columns(p)), _claim_columns(p), strict=True)
    )
    return (*((c.name, c.kind) for c in SCHOOL), *of_programmes)


def _names(programme: Programme, columns: Sequence[ClaimColumn | NearbyColumn]) -> list[str]:
    return [f"{programme.id.replace('-', '_')}_{column.name}" for column in columns]


def row(landscape: Landscape, programmes: Iterable[Programme]) -> EnglandRow:
    """A landscape as a row of `fields`."""
    return EnglandRows(programmes).of(Sketch.of(landscape))


class EnglandRows:
    """Makes landscapes into rows of `fields`, with each value as a form writes it (`WRITTEN`).

    Texts, and the cells of claims, are made once for the many schools that have them.
    """

    def __init__(self, programmes: Iterable[Programme], form: str = "") -> None:
        self._columns = [(p.id, _near_columns(p)) for p in programmes]
        written = WRITTEN.get(form, {})
        self._texts = _Texts(written.get("text"))
        self._other = [(n, written[c.kind]) for n, c in enumerate(SCHOOL) if c.kind in written]
        self._other = [(n, as_form) for n, as_form in self._other if SCHOOL[n].kind != "text"]
        self._cells: dict[int, tuple[HubClaim, list[CellValue], list[tuple[int, int]]]] = {}

    def of(self, sketch: Sketch) -> EnglandRow:
        """The row of a landscape."""
        claims = {told.alike.programme.id: told for told in sketch.claims}
        shares = SharedNearby(sketch.landscape)
        values = self.of_school(sketch.landscape, shares)
        for programme, near in self._columns:
            claim = claims.get(programme)
            if claim is None:
                values += [None] * (len(CLAIM) + len(near))
                continue
            values += self._of_claim(claim)
            values += self.of_nearby(near, claim.alike, shares)
        return tuple(values)

    def of_school(self, landscape: Landscape, shares: SharedNearby) -> list[CellValue]:
        """What a row begins with, the columns of `SCHOOL`."""
        texts = self._texts
        values = [column.value(landscape, shares) for column in SCHOOL]
        values = [texts[v] if isinstance(v, str) else v for v in values]
        for n, as_form in self._other:
            if values[n] is not None:
                values[n] = as_form(values[n])
        return values

    def of_nearby(
        self, near: Sequence[NearbyColumn], claim: HubClaim, shares: SharedNearby
    ) -> list[CellValue]:
        """What stands behind a claim, of a programme that nearby schools are compared by."""
        if near and shares.schools and claim.claim in SHARED:
            return [column.value(claim, shares) for column in near]
        return [None] * len(near)

    def _of_claim(self, told: ToldClaim) -> list[CellValue]:
        if told.far is None:
            return self.written(told.alike)
        held = self._cells.get(id(told.alike))
        if held is None:
            if len(self._cells) >= REMEMBERED:
                self._cells.clear()
            gaps = _gaps(told)
            # With the claim: as long as that is kept, nothing else has its id
            held = self._cells[id(told.alike)] = told.alike, self.written(told.alike), gaps
        _, cells, gaps = held
        if gaps:
            cells = cells.copy()
            for n, number in gaps:
                cells[n] = km(told.far[number])
        return cells

    def written(self, claim: HubClaim) -> list[CellValue]:
        """The cells of a claim."""
        told = [column.value(claim) for column in CLAIM]
        return [self._texts[v] if isinstance(v, str) else v for v in told]


def _gaps(told: ToldClaim) -> list[tuple[int, int]]:
    """The columns of `CLAIM` that are told with a distance, and which of `far` that is."""
    numbers = numbers_of_hubs(told)
    at = [(n, column.far(told.alike)) for n, column in enumerate(CLAIM) if column.far]
    return [(n, numbers[id(hub)]) for n, hub in at if id(hub) in numbers]


class EnglandLines:
    """Makes landscapes into lines of a form of `LINES`, the same as of `EnglandRows`, sooner: the
    text of a claim but for its distances is written once."""

    def __init__(self, programmes: Iterable[Programme], form: str) -> None:
        self._rows, self._form = EnglandRows(programmes, form), form
        self._columns = [
            (p.id, _names(p, CLAIM), _near_columns(p), _names(p, _near_columns(p)))
            for p in programmes
        ]
        self._school = [column.name for column in SCHOOL]
        self._claims: dict[tuple[int, str], tuple[HubClaim, str, list[tuple[int, str]]]] = {}
        self._again: dict[tuple[str, tuple[CellValue, ...]], str] = {}

    def of(self, sketch: Sketch) -> str:
        """The line of a landscape."""
        cells, nothing = CELLS[self._form], NOTHING[self._form]
        claims = {told.alike.programme.id: told for told in sketch.claims}
        shares = SharedNearby(sketch.landscape)
        texts = [cells(self._school, self._rows.of_school(sketch.landscape, shares))]
        for programme, names, near, near_names in self._columns:
            told = claims.get(programme)
            if told is None:
                texts.append(self._known(programme, [*names, *near_names]))
                continue
            if told.far is None:
                texts.append(cells(names, self._rows.written(told.alike)))
            else:
                held = self._claims.get((id(told.alike), programme))
                _, first, gaps = held or self._keep(told, programme, names)
                texts.append(first)
                for number, text in gaps:
                    texts += km_text(told.far[number], nothing), text
            if near:
                counts = tuple(self._rows.of_nearby(near, told.alike, shares))
                texts.append(self._known(near_names[0], near_names, counts))
        return ENDED[self._form].format("".join(texts)[len(BETWEEN[self._form]) :])

    def _known(self, what: str, names: Sequence[str], values: tuple[CellValue, ...] = ()) -> str:
        """The text of a few values that come again and again; of none where none are given."""
        text = self._again.get((what, values))
        if text is None:
            text = CELLS[self._form](names, values or [None] * len(names))
            self._again[what, values] = text
        return text

    def _keep(
        self, told: ToldClaim, programme: str, names: Sequence[str]
    ) -> tuple[HubClaim, str, list[tuple[int, str]]]:
        if len(self._claims) >= REMEMBERED:
            self._claims.clear()
        values, gaps = self._rows.written(told.alike), _gaps(told)
        for n, _ in gaps:
            values[n] = GAP
        first, *texts = CELLS[self._form](names, values).split(GAPS[self._form])
        kept = [(number, text) for (_, number), text in zip(gaps, texts, strict=True)]
        # With the claim: as long as that is kept, nothing else has its id
        held = self._claims[id(told.alike), programme] = told.alike, first, kept
        return held


class _Texts(dict[str, CellValue]):
    """Texts as they are written, each made once; None for an empty one."""

    def __init__(self, as_form: Callable[[Any], CellValue] | None) -> None:
        self._as_form = as_form

    def __missing__(self, text: str) -> CellValue:
        plain = cleaning.plain(text)
        if len(self) >= REMEMBERED:
            self.clear()
        self[text] = made = (self._as_form(plain) if self._as_form else plain) or None
        return made


# --- making the rows ---


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
            _parquet()

    @property
    def schools(self) -> int:
        """How many rows there will be."""
        return len(self._urns)

    def write(self, out: IO[bytes], tell: TellDone | None = None) -> None:
        """Write the table; `tell` is called with the number of schools done."""
        with no_collections():
            made = self._made(tell)
            if self._form == "parquet":
                _write_parquet(out, self.columns, chain.from_iterable(made))
                return
            if self._form == "csv":
                out.write(_csv_lines(self.columns, [[name for name, _ in self.columns]]))
            for lines in made:
                out.write("".join(lines).encode("utf-8", errors="replace"))

    def _made(self, tell: TellDone | None) -> Iterator[list[Any]]:
        """The lines of each chunk of schools, rows where a form isn't lines; `tell` is called with
        the number done."""
        from navigator.domain.landscapes import Landscapes

        register, directory = self._service.register, self._service.directory
        register.read_ahead(self._day)
        maps = Landscapes(register, directory)
        makes = EnglandLines if self._form in LINES else EnglandRows
        made = makes(self._programmes, self._form)
        for n in range(0, len(self._urns), CHUNK):
            urns = self._urns[n : n + CHUNK]
            yield [made.of(maps.sketch(urn, self._day)) for urn in urns]
            if tell:
                tell(n + len(urns))


# --- the forms ---

GAP = "\0"
"""Stands in a text for a distance. No text has one: they are cleaned of it."""


def _csv_cells(_: Sequence[str], values: Sequence[CellValue]) -> str:
    """Cells of a line of CSV, a comma before each."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow([None, *values])
    return text.getvalue()[:-2]


def _json_cells(names: Sequence[str], values: Sequence[CellValue]) -> str:
    """Keys and values of a line of JSON, a comma before each."""
    return f", {json_text(dict(zip(names, values, strict=True)))[1:-1]}"


CELLS: dict[str, Callable[[Sequence[str], Sequence[CellValue]], str]] = {
    "csv": _csv_cells,
    "json-lines": _json_cells,
}
"""A part of a line of a form, with what stands before each of its columns."""

BETWEEN = {"csv": ",", "json-lines": ", "}
ENDED = {"csv": "{}\r\n", "json-lines": "{{{}}}\n"}
NOTHING = {"csv": "", "json-lines": "null"}
GAPS = {"csv": GAP, "json-lines": json_text(GAP)}

WRITTEN: dict[str, dict[ColumnKind, Callable[[Any], CellValue]]] = {
    "csv": {"text": cleaning.cell, "flag": lambda flag: "true" if flag else "false"},
    "json-lines": {"day": date.isoformat},
}
"""What a form makes of values of some kinds; None is left as it is."""


def _csv_lines(_: TableColumns, rows: Iterable[Sequence[CellValue]]) -> bytes:
    """UTF-8 without a mark, since Spark would take it for a part of the first name."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", errors="replace")


def _json_lines(columns: TableColumns, rows: Iterable[Sequence[CellValue]]) -> bytes:
    names = [name for name, _ in columns]
    return b"".join(line(dict(zip(names, one, strict=True))) for one in rows)


LINES: dict[str, Callable[[TableColumns, Iterable[Sequence[CellValue]]], bytes]] = {
    "csv": _csv_lines,
    "json-lines": _json_lines,
}
"""The forms of `forms.ENGLAND` that are lines, made of the rows of `EnglandRows`."""


def _write_parquet(out: IO[bytes], columns: TableColumns, rows: Iterator[EnglandRow]) -> None:
    arrow, parquet = _parquet()
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


def _parquet() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise RefusedError(
            "Parquet needs pyarrow, which isn't installed: pip install "
            '"school-navigator[parquet]". Or take --csv or --json-lines, which hold the same.'
        ) from None
    return pyarrow, pyarrow.parquet
