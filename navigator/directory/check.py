"""Every fault of a folder of facts, named by file, line and column, with what to do about it.

Reading blames what can't be read. Here it goes on after each fault, and what can be read but
mustn't be trusted is blamed too: cell by cell, as `columns` says what each may hold, and then what
rows say together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from navigator.directory import packs
from navigator.directory.check_hubs import check_hubs, website_fault
from navigator.directory.columns import PHASES, PLACE_TABLES, PLANNING_TABLES, SHARED_TABLES, Holds
from navigator.directory.facts import Directory
from navigator.directory.faults import BrokenTableError
from navigator.directory.leads import LeadKnown
from navigator.directory.places import Places, fold_place
from navigator.directory.read_places import ReadPlaces, advice, code_fault
from navigator.directory.tables import Table, TableRow, unseen

MOST_METRES = 700_000
"""England ends before, to the east and to the north."""


@dataclass(frozen=True, slots=True)
class FactFault:
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


def check(
    folder: Path, *, lead: LeadKnown | None = None, register_name: str = ""
) -> list[FactFault]:
    """Every fault of a folder of facts, in the order of files and lines.

    A folder with tables of places is a whole one, as `data/` is. Another is a user's own, read
    beside the shipped facts. `lead` looks a lead school up in a register, which `register_name`
    names in messages; without it lead schools aren't checked.
    """
    found: list[BrokenTableError] = []
    whole = any((folder / table.file).exists() for table in PLACE_TABLES)
    registry = folder / "programmes.toml"
    if not registry.exists() and not whole:
        problem = "isn't there; a folder of facts needs this list of its programmes"
        return [FactFault("programmes.toml", None, "", problem)]
    # Without the places, every area of every table would be called wrong: those come first.
    facts = folder if whole else packs.in_use().folder
    places = ReadPlaces(facts, found.append)
    if places.authorities and places.districts:
        directory = (
            Directory(folder, blame=found.append)
            if whole
            else Directory(facts, folder, blame=found.append)
        )
        if whole:
            _check_shared(directory)
            found += _version(registry, directory)
        read = directory.read
        ours = [p for p in directory.programmes if read.entries[p.id].path == registry]
        for programme in ours:
            _check_cells((row for row, _ in read.hub_rows(programme.id)), places)
        check_hubs(directory, ours, lead, register_name or "the register")
        tables = [read.tables[p.id] for p in ours]
        tables += [folder / table.file for table in SHARED_TABLES if whole]
        if ours:
            found += _unnamed(folder, tables)
        found += _unseen([*tables, registry])
    return _in_order(folder, found)


def _in_order(folder: Path, found: Iterable[BrokenTableError]) -> list[FactFault]:
    faults = set()
    for error in found:
        path = error.path
        file = path.relative_to(folder) if path.is_relative_to(folder) else path
        faults.add(FactFault(file.as_posix(), error.line, error.column, error.problem))
    return sorted(faults, key=lambda f: (f.file, f.line or 0, f.column, f.problem))


def _version(registry: Path, directory: Directory) -> Iterator[BrokenTableError]:
    """The version says a day, and no row is newer: else a pack with that row wouldn't be taken."""
    said = packs.version_of(registry.parent)
    order = packs.order(said)
    days = [hub.as_of for p in directory.programmes for hub in directory.hubs(p.id)]
    days += [network.checked for network in directory.all_networks()]
    days += [partnership.checked for partnership in directory.all_partnerships()]
    days += [diocese.as_of for diocese in directory.dioceses()]
    newest = max(days, default=date.min).isoformat()
    if order is None:
        problem = f'is missing; write version = "{newest}" above the first [ ]'
        yield BrokenTableError(registry, problem, 1, packs.VERSION)
    elif order[0] < newest:
        problem = f"“{said}” is older than the newest row, {newest}; write that"
        yield BrokenTableError(registry, problem, 1, packs.VERSION)


def _unnamed(folder: Path, tables: Iterable[Path]) -> Iterator[BrokenTableError]:
    named = {path.resolve() for path in tables}
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
    read = directory.read
    networks, partnerships = read.networks.table, read.partnerships.table
    others = read.neighbour_table, read.outward_code_table
    planning = (Table(read.folder / shape.file, shape, read.blame) for shape in PLANNING_TABLES)
    bodies = networks, partnerships, read.dioceses.table
    for table in (*read.places.tables, *others, *bodies, *planning):
        _check_cells(table.each(), directory.places)
        _check_key(table)
    _check_own_names(directory)
    _check_regions(directory)
    directory.all_networks()
    directory.all_partnerships()
    directory.dioceses()
    lines = {row["id"]: row.line for row in networks.each()}
    for row in partnerships.each():
        if row["id"] in lines:
            place = f"{networks.path.name}, line {lines[row['id']]}"
            row.wrong("id", f"“{row['id']}” stands in {place} too; keep one of the rows")
    _check_neighbours(directory)


def _check_cells(rows: Iterable[TableRow], places: Places) -> None:
    for row in rows:
        shape = row.table.shape
        for columns in (shape.needed, shape.others):
            for column, holds in columns.items():
                _check_cell(row, column, holds, places)
        for names, codes in shape.names.items():
            _check_names(row, names, codes, places)


def _check_cell(row: TableRow, column: str, holds: Holds, places: Places) -> None:
    text = row[column]
    if isinstance(holds, tuple):
        row.choice(column)
    elif holds == "day":
        row.day(column)
    elif holds == "link":
        _check_link(row, column)
    elif holds == "metres" and not (text.isdecimal() and int(text) < MOST_METRES):
        row.wrong(column, f"“{text}” must be whole metres of the National Grid, below 700,000")
    elif holds == "confidence" and not text:
        row.wrong(column, "is empty; write high, medium or low")
    elif holds == "source" and not text and row["confidence"] != "low":
        row.wrong(column, "is empty; name the source, or write low as confidence")
    elif holds == "region" and text:
        regions = {fold_place(a.region): a.region for a in places.authorities.values()}
        if fold_place(text) not in regions:
            row.wrong(column, f"“{text}” must be one of: {', '.join(regions.values())}")
    elif holds in ("codes", "phases", "areas"):
        _check_words(row, column, holds, places)


def _check_words(row: TableRow, column: str, holds: Holds, places: Places) -> None:
    """A cell that holds several, with ; between."""
    for word in row.words(column):
        if holds == "codes" and (problem := code_fault(places, word)):
            row.wrong(column, problem)
        elif holds == "phases" and word not in PHASES:
            row.wrong(column, f"“{word}” must be one of: {', '.join(sorted(PHASES))}")
        elif holds == "areas" and places.area(word, "LA") is None:
            instead = advice(places, word)
            row.wrong(column, f"“{word}” is no local authority or district{instead}")


def _check_link(row: TableRow, column: str) -> None:
    if said := website_fault(row.link(column)):
        row.wrong(column, said)


def _check_names(row: TableRow, names: str, codes: str, places: Places) -> None:
    """Names that stand beside codes of authorities are theirs, in the same order."""
    listed, named = row.words(codes), row.words(names)
    if not listed or not named or not all(code in places.authorities for code in listed):
        return  # what is no code is told as such
    if len(listed) != len(named):
        row.wrong(names, f"names {len(named)} where {codes} has {len(listed)}; write a name a code")
        return
    for code, name in zip(listed, named, strict=True):
        if (other := places.code_named(name)) != code:
            right = places.authorities[code].name
            instead = f", or {other} for the code" if other else ""
            row.wrong(names, f"“{name}” isn't {code}: write {right}{instead}")


def _check_regions(directory: Directory) -> None:
    """A district lies in its authority's region."""
    places = directory.read.places
    for row in places.tables[1].each():
        authority, region = places.authorities.get(row["la_code"]), row["region_name"]
        if authority and region and fold_place(region) != fold_place(authority.region):
            row.wrong(
                "region_name",
                f"“{region}” isn't the region of {authority.name}: write {authority.region}",
            )


def _check_own_names(directory: Directory) -> None:
    """No authority has a name of another's."""
    lines: dict[str, tuple[str, int]] = {}
    for row in directory.read.places.tables[0].each():
        for column in ("name_ons", "name_gias", "name_lait"):
            name = fold_place(row[column])
            code, line = lines.setdefault(name, (row["dfe_code"], row.line))
            if name and code != row["dfe_code"]:
                row.wrong(column, f"“{row[column]}” is {code} in line {line}; mend one of the two")


def _check_key(table: Table) -> None:
    known: dict[tuple[str, ...], int] = {}
    for row in table.each():
        key = tuple(row[column] for column in table.shape.key)
        line = known.setdefault(key, row.line)
        if line != row.line:
            said = " ".join(filter(None, key))
            row.wrong(
                table.shape.key[0], f"“{said}” stands in line {line} too; keep one of the rows"
            )


def _check_neighbours(directory: Directory) -> None:
    table = directory.read.neighbour_table
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
