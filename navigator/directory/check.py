"""Every fault of a folder of facts, named by file, line and column, with what to do about it.

Reading (`facts`, `places`, `registry`, `tables`) blames what can't be read; here it goes on after
each fault, and what can be read but mustn't be trusted is blamed too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from navigator.core import paths
from navigator.directory.check_hubs import check_hubs
from navigator.directory.facts import CONFIDENCES, PHASE_WORDS, Directory
from navigator.directory.places import Places
from navigator.directory.tables import BrokenTableError, Row, Table, unseen

PLACE_TABLES = ("authorities.csv", "districts.csv", "former_areas.csv")
SHARED_TABLES = (
    *PLACE_TABLES,
    "neighbours.csv",
    "networks.csv",
    "partnerships.csv",
)
PHASES = frozenset({"all", "nursery", "primary", "secondary", "special", *PHASE_WORDS})
STATUSES = frozenset({"active", "closed", "unknown"})

Lead = Callable[[int], tuple[bool, bool]]
"""A URN -> whether the register knows it, and whether it or a successor is open."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault and what to do about it.

    `file` is relative to the folder checked; `line` is None where it is the whole file, `column`
    "" where it is the whole line. In `programmes.toml` a column is a field.
    """

    file: str
    line: int | None
    column: str
    problem: str

    def __str__(self) -> str:
        place = self.file
        if self.line is not None:
            place += f", line {self.line}"
        if self.column:
            place += f', column "{self.column}"'
        return f"{place}: {self.problem}"


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the cells of a shared table must be: unique `keys`, LA `codes`, a `source`, `days`.

    `sureness` lists columns of confidence that reading the table doesn't ask for.
    """

    table: Table
    keys: tuple[str, ...]
    codes: tuple[str, ...] = ()
    source: str = ""
    days: tuple[str, ...] = ()
    sureness: tuple[str, ...] = ()


def check(folder: Path, *, lead: Lead | None = None, register_name: str = "") -> list[Fault]:
    """Every fault of a folder of facts, in the order of files and lines.

    A folder with tables of places is a whole one, as `data/` is. Another is a user's own, read
    beside the shipped facts. `lead` looks a lead school up in a register, which `register_name`
    names in messages; without it lead schools aren't checked.
    """
    found: list[BrokenTableError] = []
    whole = any((folder / name).exists() for name in PLACE_TABLES)
    registry = folder / "programmes.toml"
    if not registry.exists() and not whole:
        problem = "isn't there; a folder of facts needs this list of its programmes"
        return [Fault("programmes.toml", None, "", problem)]
    # Without the places, every area of every table would be called wrong: those come first.
    places = Places(folder if whole else paths.facts_dir(), found.append)
    if places.authorities and places.districts:
        directory = (
            Directory(folder, blame=found.append)
            if whole
            else Directory(paths.facts_dir(), folder, blame=found.append)
        )
        if whole:
            _check_shared(directory)
        ours = [p for p in directory.programmes if directory.entries[p.id].path == registry]
        check_hubs(directory, ours, lead, register_name or "the register")
        tables = [directory.tables[p.id] for p in ours]
        if ours:
            found += _unnamed(folder, tables, whole)
        read = [*tables, *(folder / name for name in SHARED_TABLES if whole), registry]
        found += _unseen(read)
    return _in_order(folder, found)


def _in_order(folder: Path, found: Iterable[BrokenTableError]) -> list[Fault]:
    faults = set()
    for error in found:
        path = error.path
        file = path.relative_to(folder) if path.is_relative_to(folder) else path
        faults.add(Fault(file.as_posix(), error.line, error.column, error.problem))
    return sorted(faults, key=lambda f: (f.file, f.line or 0, f.column, f.problem))


def _unnamed(folder: Path, tables: Iterable[Path], whole: bool) -> Iterator[BrokenTableError]:
    named = {path.resolve() for path in tables}
    if whole:
        named |= {(folder / name).resolve() for name in SHARED_TABLES}
    for path in (*folder.glob("*.csv"), *folder.glob("programmes/**/*.csv")):
        if path.resolve() not in named:
            problem = "isn't read: no programme in programmes.toml names it; add one, or remove it"
            yield BrokenTableError(path, problem)


def _unseen(files: Iterable[Path]) -> Iterator[BrokenTableError]:
    for path in files:
        for line, column, code in unseen(path):
            problem = f"holds a character that can't be seen ({code}); type the text anew"
            yield BrokenTableError(path, problem, line, column)


def _check_shared(directory: Directory) -> None:
    authorities, districts, former = directory.places.tables
    bodies = ("id",), ("la_codes",), "source_url", ("status_as_of",)
    for shape in (
        _Shape(
            authorities,
            ("dfe_code",),
            days=("checked", "ons_code_from"),
            sureness=("confidence", "gias_name_confidence"),
        ),
        _Shape(districts, ("lad_code",)),
        _Shape(former, ("kind", "code", "name"), source="source", days=("changed_on",)),
        _Shape(
            directory.neighbour_table,
            keys=("dfe_code", "neighbour_code"),
            codes=("dfe_code", "neighbour_code"),
        ),
        _Shape(directory.network_table, *bodies),
        _Shape(directory.partnership_table, *bodies),
    ):
        _check_shape(shape, directory.places)
    directory.all_networks()
    directory.all_partnerships()
    _check_bodies(directory)
    _check_neighbours(directory)


def _check_shape(shape: _Shape, places: Places) -> None:
    known: dict[tuple[str, ...], int] = {}
    for row in shape.table.each():
        key = tuple(row[column] for column in shape.keys)
        if key in known:
            row.wrong(
                shape.keys[0],
                f"“{' '.join(filter(None, key))}” stands in line {known[key]} too; "
                "keep one of the rows",
            )
        known.setdefault(key, row.line)
        for column in shape.codes:
            for code in row.words(column):
                if problem := places.code_fault(code):
                    row.wrong(column, problem)
        for column in shape.days:
            row.day(column)
        if shape.source and not row[shape.source] and row["confidence"] != "low":
            row.wrong(shape.source, "is empty; name the source, or write low as confidence")
        for column in shape.sureness:
            if row[column] not in CONFIDENCES:
                row.wrong(column, f"“{row[column]}” must be high, medium, low or empty")


def _check_bodies(directory: Directory) -> None:
    known: dict[str, Row] = {}
    for table in (directory.network_table, directory.partnership_table):
        for row in table.each():
            if not row["confidence"]:
                row.wrong("confidence", "is empty; write high, medium or low")
            if row["status"] not in STATUSES:
                row.wrong("status", f"“{row['status']}” must be active, closed or unknown")
            for word in row.words("phase"):
                if word not in PHASES:
                    row.wrong("phase", f"“{word}” must be one of: {', '.join(sorted(PHASES))}")
            other = known.setdefault(row["id"], row)
            if other.table is not table:
                place = f"{other.table.path.name}, line {other.line}"
                row.wrong("id", f"“{row['id']}” stands in {place} too; keep one of the rows")


def _check_neighbours(directory: Directory) -> None:
    table = directory.neighbour_table
    if not table.rows:  # as a table that can't be read: that was blamed
        return
    for authority in directory.authorities():
        rows = list(table.where("dfe_code", authority.code))
        if not rows:
            problem = f"{authority.name} ({authority.code}) has no neighbours; add its ten rows"
            table.blame(BrokenTableError(table.path, problem, 1, "dfe_code"))
            continue
        ranks = [neighbour.rank for neighbour in directory.neighbours(authority.code)]
        if len(ranks) < len(rows):  # a rank that is no number was blamed in reading
            continue
        free = [str(rank) for rank in range(1, 11) if rank not in ranks]
        lacking = f"; {authority.name} lacks {', '.join(free)}" if free else ""
        seen: Counter[int] = Counter()
        for row in rows:
            rank = int(row["rank"])
            seen[rank] += 1
            if seen[rank] > 1 or not 1 <= rank <= 10:
                row.wrong("rank", f"“{rank}” must be one of 1 to 10, each once{lacking}")
        if free and len(rows) < 10:
            rows[0].wrong("rank", f"ranks must be 1 to 10{lacking}; add the missing rows")
