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
from itertools import islice
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

from navigator.core import wording
from navigator.core.errors import RefusedError
from navigator.core.model import Claim, HubClaim, Landscape, Programme
from navigator.core.wording import cell
from navigator.export.contract import one_line
from navigator.service import Service

Kind = Literal["text", "whole", "real", "flag", "day"]
Value = str | int | float | bool | date | None
Row = tuple[Value, ...]
Tell = Callable[[int], None]

SUFFIXES = {"csv": ".csv", "json-lines": ".jsonl", "parquet": ".parquet"}
"""The forms, and how their files' names end."""

CHUNK = 200
"""Schools that a process is given at a time: half a second's work."""
ALONE = 1_000
"""Up to so many schools one process is as quick: another takes half a second to start."""
PROCESSES = 2
GROUP = 4_000
"""Rows of a group of Parquet's."""

SHARED = (Claim.DESIGNATED, Claim.NAMES_AREA)
"""The claims for which the screen counts who shares a hub."""


class Field(NamedTuple):
    """A column. A value is None where the source doesn't say."""

    name: str
    kind: Kind


SCHOOL = (
    *(Field("urn", "whole"), Field("name", "text"), Field("status", "text")),
    *(Field("phase", "text"), Field("type", "text"), Field("type_group", "text")),
    *(Field("state_funded", "flag"), Field("la_code", "text"), Field("la_name", "text")),
    *(Field("district_code", "text"), Field("district_name", "text"), Field("region", "text")),
    *(Field("postcode", "text"), Field("latitude", "real"), Field("longitude", "real")),
    *(Field("low_age", "whole"), Field("high_age", "whole"), Field("pupils", "whole")),
    *(Field("opened", "day"), Field("la_schools", "whole"), Field("la_maintained", "whole")),
    *(Field("trust_uid", "text"), Field("trust_name", "text"), Field("trust_kind", "text")),
    *(Field("trust_schools", "whole"), Field("trust_band", "text")),
    *(Field("trust_schools_in_la", "whole"), Field("trust_spread_km", "real")),
    *(Field("networks", "whole"), Field("area_partnerships", "whole")),
    *(Field("nearby", "whole"), Field("nearby_nearest_km", "real")),
    *(Field("nearby_furthest_km", "real"), Field("nearby_share_trust", "whole")),
    *(Field("nearby_share_la", "whole"), Field("as_at", "day"), Field("register_date", "day")),
)


def fields(programmes: Iterable[Programme]) -> tuple[Field, ...]:
    """The columns: of the school, then of each programme under its id ("maths_hub_claim")."""
    return (*SCHOOL, *(field for p in programmes for field in _of_programme(p)))


def _of_programme(programme: Programme) -> Iterator[Field]:
    of = programme.id.replace("-", "_")
    yield Field(f"{of}_claim", "text")
    yield Field(f"{of}_hub", "text")
    yield Field(f"{of}_hub_id", "text")
    yield Field(f"{of}_km", "real")
    yield Field(f"{of}_confidence", "text")
    yield Field(f"{of}_others", "text")
    yield Field(f"{of}_nearest", "text")
    yield Field(f"{of}_nearest_km", "real")
    if programme.mark:
        yield Field(f"{of}_nearby_share", "whole")


def row(landscape: Landscape, programmes: Iterable[Programme]) -> Row:
    """A landscape as a row of `fields`."""
    claims = {c.programme.id: c for c in landscape.hubs}
    values = [*_school(landscape)]
    for programme in programmes:
        values += _claim(claims.get(programme.id), programme, landscape)
    return tuple(_plain(value) for value in values)


def _school(landscape: Landscape) -> Iterator[Value]:
    s, here, la = landscape.school, landscape.trust, landscape.authority
    yield from (s.urn, s.name, s.status, s.phase, s.type, s.type_group, s.is_state_funded)
    yield from (s.la_code, s.la_name, s.district_code, s.district_name, s.region, s.postcode)
    yield from (s.latitude, s.longitude, s.low_age, s.high_age, s.pupils, s.opened)
    yield from (la.schools, la.maintained) if la else (None, None)
    if here:
        trust = here.trust
        yield from (trust.uid, trust.name, trust.kind, trust.size, trust.size_band)
        yield from (here.schools_in_la, _km(trust.spread_km))
    else:
        yield from (None,) * 7
    areas = [p for p in landscape.partnerships if p.distance == "own"]
    yield len(landscape.networks)
    yield sum(p.partnership.tier == "area partnership" for p in areas)
    near = landscape.nearby
    yield len(near) if s.has_position and s.phase else None
    yield _km(near[0].distance_km) if near else None
    yield _km(near[-1].distance_km) if near else None
    yield sum("trust" in n.shares for n in near) if near and here else None
    yield sum("la" in n.shares for n in near) if near else None
    yield landscape.as_at
    yield landscape.register.day


def _claim(claim: HubClaim | None, programme: Programme, landscape: Landscape) -> Iterator[Value]:
    if claim is None:  # it hadn't begun
        yield from (None,) * (9 if programme.mark else 8)
        return
    hub, near = claim.hub, claim.nearest
    yield claim.claim.value
    yield hub.hub.name if hub else None
    yield hub.hub.id if hub else None
    yield _km(hub.distance_km) if hub else None
    yield claim.confidence
    yield "; ".join(a.hub.name for a in claim.alternatives)
    yield near.hub.name if near else None
    yield _km(near.distance_km) if near else None
    if programme.mark:
        counted = landscape.nearby and claim.claim in SHARED
        yield sum(programme.id in n.shares for n in landscape.nearby) if counted else None


def _km(km: float | None) -> float | None:
    return None if km is None else round(km, 3)


def _plain(value: Value) -> Value:
    return (wording.plain(value) or None) if isinstance(value, str) else value


# --- making the rows ---


class Export:
    """The table of England in one form.

    Args:
        service: Where the schools are.
        day: The day looked at.
        form: One of `SUFFIXES`.
        processes: How many to use; None for as many as help.

    Raises:
        RefusedError: Parquet was asked for, and what writes it isn't installed.
    """

    def __init__(
        self, service: Service, day: date, form: str, processes: int | None = None
    ) -> None:
        self._atlas, self._day, self._form = service, day, form
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

    def write(self, out: IO[bytes], tell: Tell | None = None) -> None:
        """Write the table; `tell` is called with the number of schools done.

        Raises:
            RefusedError: the register was replaced meanwhile, or a process was ended from outside.
        """
        writers = {"csv": _write_csv, "json-lines": _write_json, "parquet": _write_parquet}
        writers[self._form](out, self.columns, self._rows(tell))

    def _rows(self, tell: Tell | None) -> Iterator[Row]:
        done = 0
        with self._made() as made:
            for rows in made:
                yield from rows
                done += len(rows)
                if tell:
                    tell(done)

    @contextmanager
    def _made(self) -> Iterator[Iterator[list[Row]]]:
        chunks = [self._urns[n : n + CHUNK] for n in range(0, len(self._urns), CHUNK)]
        source = _Source(*self._atlas.folders, self._atlas.info.path, self._day)
        if self._processes == 1:
            maker = _Maker(source, self._atlas)
            yield map(maker.rows, chunks)
            return
        pool = ProcessPoolExecutor(
            self._processes,
            # On every system as on Windows: a fork would share the register's open file
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(source,),
        )
        try:
            yield pool.map(_rows_of, chunks)
        except BrokenProcessPool as error:  # memory ran out, say
            raise RefusedError(
                f"A process that made the table was ended from outside ({error}). Nothing was "
                "written; close other programs and try again."
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


class _Source(NamedTuple):
    """What a process needs to make the same landscapes as another."""

    data_dir: Path | None
    facts: Path | None
    register: str
    day: date


class _Maker:
    def __init__(self, source: _Source, service: Service) -> None:
        from navigator.domain.landscapes import Landscapes

        if service.info.path != source.register:
            raise RefusedError(
                "The register was replaced while England was being written. Nothing was written; "
                "run it again."
            )
        self._maps = Landscapes(service.register, service.directory)
        self._programmes = service.directory.programmes
        self._day = source.day

    def rows(self, urns: Sequence[int]) -> list[Row]:
        return [row(self._maps.landscape(urn, self._day), self._programmes) for urn in urns]


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


def _rows_of(urns: Sequence[int]) -> list[Row]:
    assert _maker is not None  # noqa: S101 - the pool has called _begin
    return _maker.rows(urns)


# --- the forms ---


def _write_csv(out: IO[bytes], columns: Sequence[Field], rows: Iterator[Row]) -> None:
    """UTF-8 without a mark, since Spark would take it for a part of the first name."""
    text = io.TextIOWrapper(out, "utf-8", errors="replace", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow(field.name for field in columns)
        writer.writerows(map(_cell, one) for one in rows)
        text.flush()
    finally:
        text.detach()


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return cell(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _write_json(out: IO[bytes], columns: Sequence[Field], rows: Iterator[Row]) -> None:
    names = [field.name for field in columns]
    for one in rows:
        told = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in zip(names, one, strict=True)
        }
        out.write(f"{one_line(told)}\n".encode("utf-8", errors="replace"))


def _write_parquet(out: IO[bytes], columns: Sequence[Field], rows: Iterator[Row]) -> None:
    arrow, parquet = _parquet()
    kinds = {
        "text": arrow.string(),
        "whole": arrow.int32(),
        "real": arrow.float64(),
        "flag": arrow.bool_(),
        "day": arrow.date32(),
    }
    schema = arrow.schema([(field.name, kinds[field.kind]) for field in columns])
    with parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while group := list(islice(rows, GROUP)):
            arrays = [
                arrow.array(values, kinds[field.kind])
                for field, values in zip(columns, zip(*group, strict=True), strict=True)
            ]
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
