"""All of England as one table, a row a school: for DuckDB, pandas, Spark or a spreadsheet.

The rows are landscapes, by the same rules as on the screen, without the head's own record. Two
processes make them where there are two processors; rows are written as they come, so memory does
not grow with England.
"""

from __future__ import annotations

import csv
import io
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

from navigator.core import cleaning
from navigator.core.church import for_churches
from navigator.core.errors import RefusedError
from navigator.core.model import (
    Claim,
    HubClaim,
    Landscape,
    NearbySchool,
    Network,
    Partnership,
    Programme,
)
from navigator.export.contract import km, line
from navigator.service import Service

ColumnKind = Literal["text", "whole", "real", "flag", "day"]
CellValue = str | int | float | bool | date | None
EnglandRow = tuple[CellValue, ...]
TableColumns = Sequence[tuple[str, ColumnKind]]
TellDone = Callable[[int], None]
MadeChunk = bytes | list[EnglandRow]
"""What becomes of a chunk of schools: lines of a file, or rows where a form isn't lines."""

CHUNK = 200
"""Schools that a process is given at a time: half a second's work."""
ALONE = 1_000
"""Up to so many schools one process is as quick: another takes half a second to start."""
PROCESSES = 2
REMEMBERED = 20_000
"""So many texts, and claims, are remembered at the most."""
GROUP = 4_000
"""Rows of a group of Parquet's."""

SHARED = (Claim.DESIGNATED, Claim.NAMES_AREA)
"""The claims for which the screen counts who shares a hub."""


class TableColumn(NamedTuple):
    """A column: its name, what it holds, how a landscape tells it. None is "the source doesn't say"
    or that the column doesn't apply."""

    name: str
    kind: ColumnKind
    value: Callable[[Landscape], CellValue]


class ClaimColumn(NamedTuple):
    """A column of each programme, under its id ("maths_hub_claim"); None before it began."""

    name: str
    kind: ColumnKind
    value: Callable[[HubClaim, Landscape], CellValue]


def _area_partnerships(at: Landscape) -> int:
    own = (p.partnership for p in at.partnerships if p.distance == "own")
    return _surely((p for p in own if p.tier == "area partnership"), at)


def _surely(bodies: Iterable[Network | Partnership], at: Landscape) -> int:
    """How many are surely for the school: not those of a church, where its own isn't known."""
    return sum(for_churches(b.church, at.school.churches) is True for b in bodies)


SCHOOL = (
    TableColumn("urn", "whole", lambda at: at.school.urn),
    TableColumn("name", "text", lambda at: at.school.name),
    TableColumn("status", "text", lambda at: at.school.status),
    TableColumn("phase", "text", lambda at: at.school.phase),
    TableColumn("type", "text", lambda at: at.school.type),
    TableColumn("type_group", "text", lambda at: at.school.type_group),
    TableColumn("state_funded", "flag", lambda at: at.school.is_state_funded),
    TableColumn("la_code", "text", lambda at: at.school.la_code),
    TableColumn("la_name", "text", lambda at: at.school.la_name),
    TableColumn("district_code", "text", lambda at: at.school.district_code),
    TableColumn("district_name", "text", lambda at: at.school.district_name),
    TableColumn("region", "text", lambda at: at.school.region),
    TableColumn("postcode", "text", lambda at: at.school.postcode),
    TableColumn("latitude", "real", lambda at: at.school.latitude),
    TableColumn("longitude", "real", lambda at: at.school.longitude),
    TableColumn("low_age", "whole", lambda at: at.school.low_age),
    TableColumn("high_age", "whole", lambda at: at.school.high_age),
    TableColumn("pupils", "whole", lambda at: at.school.pupils),
    TableColumn("opened", "day", lambda at: at.school.opened),
    TableColumn("la_schools", "whole", lambda at: at.authority and at.authority.schools),
    TableColumn("la_maintained", "whole", lambda at: at.authority and at.authority.maintained),
    TableColumn("trust_uid", "text", lambda at: at.trust and at.trust.trust.uid),
    TableColumn("trust_name", "text", lambda at: at.trust and at.trust.trust.name),
    TableColumn("trust_kind", "text", lambda at: at.trust and at.trust.trust.kind),
    TableColumn("trust_schools", "whole", lambda at: at.trust and at.trust.trust.size),
    TableColumn("trust_band", "text", lambda at: at.trust and at.trust.trust.size_band),
    TableColumn("trust_schools_in_la", "whole", lambda at: at.trust and at.trust.schools_in_la),
    TableColumn("trust_spread_km", "real", lambda at: at.trust and km(at.trust.trust.spread_km)),
    TableColumn("networks", "whole", lambda at: _surely(at.networks, at)),
    TableColumn("area_partnerships", "whole", _area_partnerships),
    TableColumn("nearby", "whole", lambda at: len(at.nearby) if _compared(at) else None),
    TableColumn("nearby_nearest_km", "real", lambda at: _far(at.nearby[:1])),
    TableColumn("nearby_furthest_km", "real", lambda at: _far(at.nearby[-1:])),
    TableColumn("nearby_share_trust", "whole", lambda at: _sharing(at, "trust", at.trust)),
    TableColumn("nearby_share_la", "whole", lambda at: _sharing(at, "la")),
    TableColumn("as_at", "day", lambda at: at.as_at),
    TableColumn("register_date", "day", lambda at: at.register.day),
    TableColumn("religious_character", "text", lambda at: at.school.religious_character),
    TableColumn("diocese_church", "text", lambda at: at.diocese and at.diocese.church),
    TableColumn("diocese", "text", lambda at: at.diocese and at.diocese.name),
    TableColumn("diocese_body", "text", lambda at: at.diocese and at.diocese.body),
    TableColumn("trust_status", "text", lambda at: at.trust and at.trust.trust.status),
    TableColumn("trust_closed", "day", lambda at: at.trust and at.trust.trust.closed),
    TableColumn("position_day", "day", lambda at: at.school.position_day),
)

CLAIM = (
    ClaimColumn("claim", "text", lambda claim, _: claim.claim.value),
    ClaimColumn("hub", "text", lambda claim, _: claim.hub and claim.hub.hub.name),
    ClaimColumn("hub_id", "text", lambda claim, _: claim.hub and claim.hub.hub.id),
    ClaimColumn("km", "real", lambda claim, _: claim.hub and km(claim.hub.distance_km)),
    ClaimColumn("confidence", "text", lambda claim, _: claim.confidence),
    ClaimColumn("others", "text", lambda c, _: "; ".join(a.hub.name for a in c.alternatives)),
    ClaimColumn("nearest", "text", lambda claim, _: claim.nearest and claim.nearest.hub.name),
    ClaimColumn("nearest_km", "real", lambda c, _: c.nearest and km(c.nearest.distance_km)),
    ClaimColumn("website", "text", lambda c, _: c.reach and c.reach.website),
    ClaimColumn("telephone", "text", lambda c, _: c.reach and c.reach.telephone),
    ClaimColumn("reach_of", "text", lambda c, _: c.reach and c.reach.of),
    ClaimColumn("sureness", "text", lambda claim, _: claim.sureness.value),
)

NEARBY = (
    ClaimColumn(
        "nearby_share",
        "whole",
        lambda claim, at: _sharing(at, claim.programme.id, claim.claim in SHARED),
    ),
    ClaimColumn("nearby_unsure", "whole", lambda claim, at: _unsure(at, claim)),
)
"""Of programmes that are compared only."""


def _compared(at: Landscape) -> bool:
    return at.school.has_position and bool(at.school.phase)


def _far(near: Sequence[NearbySchool]) -> float | None:
    return km(near[0].distance_km) if near else None


def _sharing(at: Landscape, what: str, counted: object = True) -> int | None:
    """How many nearby schools share a body; None where there are none, it isn't `counted`, or of
    none of them it is known."""
    if not counted:
        return None
    told = [n.sharing.get(what) for n in at.nearby]
    return told.count(True) if told.count(None) < len(told) else None


def _unsure(at: Landscape, claim: HubClaim) -> int | None:
    """Of how many nearby schools it isn't sure whether they share a hub; None where that isn't
    counted."""
    if not at.nearby or claim.claim not in SHARED:
        return None
    return [n.sharing.get(claim.programme.id) for n in at.nearby].count(None)


def _claim_columns(programme: Programme) -> tuple[ClaimColumn, ...]:
    return (*CLAIM, *NEARBY) if programme.mark else CLAIM


def fields(programmes: Iterable[Programme]) -> tuple[tuple[str, ColumnKind], ...]:
    """The columns' names and kinds: of the school, then of each programme under its id."""
    of_programmes = (
        (f"{p.id.replace('-', '_')}_{c.name}", c.kind)
        for p in programmes
        for c in _claim_columns(p)
    )
    return (*((c.name, c.kind) for c in SCHOOL), *of_programmes)


def row(landscape: Landscape, programmes: Iterable[Programme]) -> EnglandRow:
    """A landscape as a row of `fields`."""
    return EnglandRows(programmes).of(landscape)


class EnglandRows:
    """Makes landscapes into rows of `fields`, with each value as a form writes it (`WRITTEN`).

    The cells of a claim without a distance are remembered: it is the same for many schools.
    """

    def __init__(self, programmes: Iterable[Programme], form: str = "") -> None:
        self._columns = [(p.id, _claim_columns(p)[len(CLAIM) :]) for p in programmes]
        written = WRITTEN.get(form, {})
        self._texts = _Texts(written.get("text"))
        self._other = [(n, written[c.kind]) for n, c in enumerate(SCHOOL) if c.kind in written]
        self._other = [(n, as_form) for n, as_form in self._other if SCHOOL[n].kind != "text"]
        self._claims: dict[int, tuple[HubClaim, EnglandRow]] = {}

    def of(self, landscape: Landscape) -> EnglandRow:
        """The row of a landscape."""
        texts = self._texts
        claims = {c.programme.id: c for c in landscape.hubs}
        values = [column.value(landscape) for column in SCHOOL]
        values = [texts[v] if isinstance(v, str) else v for v in values]
        for n, as_form in self._other:
            if values[n] is not None:
                values[n] = as_form(values[n])
        for programme, near in self._columns:
            claim = claims.get(programme)
            if claim is None:
                values += [None] * (len(CLAIM) + len(near))
                continue
            values += self._cells(claim, landscape)
            for column in near:
                values.append(column.value(claim, landscape))
        return tuple(values)

    def _cells(self, claim: HubClaim, landscape: Landscape) -> EnglandRow:
        held = self._claims.get(id(claim))
        if held and held[0] is claim:
            return held[1]
        told = (column.value(claim, landscape) for column in CLAIM)
        cells = tuple([self._texts[v] if isinstance(v, str) else v for v in told])
        if claim.nearest is None and all(at.distance_km is None for at in claim.hubs):
            if len(self._claims) >= REMEMBERED:
                self._claims.clear()
            self._claims[id(claim)] = claim, cells
        return cells


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
        processes: How many to use; None for as many as help.

    Raises:
        RefusedError: Parquet was asked for, and what writes it isn't installed.
    """

    def __init__(
        self, service: Service, day: date, form: str, processes: int | None = None
    ) -> None:
        self._service, self._day, self._form = service, day, form
        self._urns = service.register.open_urns()
        self._programmes = service.directory.programmes
        self.columns = fields(self._programmes)
        if processes is None:
            processes = 1 if len(self._urns) <= ALONE else min(PROCESSES, os.cpu_count() or 1)
        self._processes = processes
        if form == "parquet":
            _parquet()

    @property
    def schools(self) -> int:
        """How many rows there will be."""
        return len(self._urns)

    def write(self, out: IO[bytes], tell: TellDone | None = None) -> None:
        """Write the table; `tell` is called with the number of schools done.

        Raises:
            RefusedError: the register was replaced meanwhile, or a process was ended from outside.
        """
        with self._made() as made:
            if self._form == "parquet":
                _write_parquet(out, self.columns, chain.from_iterable(self._told(made, tell)))
                return
            if self._form == "csv":
                out.write(_csv_lines(self.columns, [[name for name, _ in self.columns]]))
            for lines in self._told(made, tell):
                out.write(lines)

    def _told(self, made: Iterable[MadeChunk], tell: TellDone | None) -> Iterator[Any]:
        """What was made of each chunk of schools; `tell` is called with the number done."""
        done = 0
        for one in made:
            yield one
            done = min(done + CHUNK, len(self._urns))
            if tell:
                tell(done)

    @contextmanager
    def _made(self) -> Iterator[Iterator[MadeChunk]]:
        chunks = [self._urns[n : n + CHUNK] for n in range(0, len(self._urns), CHUNK)]
        source = _Source(*self._service.folders, self._service.info.path, self._day, self._form)
        if self._processes == 1:
            maker = _Maker(source, self._service)
            yield map(maker.make, chunks)
            return
        pool = ProcessPoolExecutor(
            self._processes,
            # On every system as on Windows: a fork would share the register's open file
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(source,),
        )
        try:
            yield pool.map(_make, chunks)
        except BrokenProcessPool as error:  # memory ran out, say
            raise RefusedError(
                f"A process that made the table was ended from outside ({error}). Nothing was "
                "written; close other programs and try again."
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


class _Source(NamedTuple):
    """What a process needs to make the same lines as another."""

    data_dir: Path | None
    facts: Path | None
    register: str
    day: date
    form: str


class _Maker:
    def __init__(self, source: _Source, service: Service) -> None:
        from navigator.domain.landscapes import Landscapes

        if service.info.path != source.register:
            raise RefusedError(
                "The register was replaced while England was being written. Nothing was written; "
                "run it again."
            )
        service.register.read_ahead(source.day)
        self._maps = Landscapes(service.register, service.directory)
        self._rows = EnglandRows(service.directory.programmes, source.form)
        self._columns = fields(service.directory.programmes)
        self._day, self._form = source.day, source.form

    def make(self, urns: Sequence[int]) -> MadeChunk:
        rows = [self._rows.of(self._maps.landscape(urn, self._day)) for urn in urns]
        return LINES[self._form](self._columns, rows) if self._form in LINES else rows


_maker: _Maker | None = None
"""Of a process that was started to make rows."""


def _begin(source: _Source) -> None:
    global _maker  # noqa: PLW0603 - what a process of a pool keeps between its pieces of work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process says when to stop
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    _maker = _Maker(source, Service(source.data_dir, source.facts))


def _leave_with_parent() -> None:
    """Killed, the first process can't end this one: it would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _make(urns: Sequence[int]) -> MadeChunk:
    assert _maker is not None  # noqa: S101 - the pool has called _begin
    return _maker.make(urns)


# --- the forms ---

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
