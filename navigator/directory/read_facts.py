"""All facts as their tables tell them. A start that finds them kept imports nothing of this."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from pathlib import Path

from navigator.core.church import Diocese
from navigator.core.model import Hub, Neighbour, Network, Partnership, Programme
from navigator.core.remembered import remembered
from navigator.directory import programmes as registry
from navigator.directory import reading
from navigator.directory.faults import Blame
from navigator.directory.kept import KeptFacts, neighbours_told
from navigator.directory.programmes import ORDER, ProgrammeEntry, order_of_needs
from navigator.directory.read_places import ReadPlaces
from navigator.directory.reading import BodyTable
from navigator.directory.tables import Table, TableRow

LISTS = "lists"
"""The folder, within the user's own facts, of published lists that they took in."""


class ReadFacts:
    """The facts in one or two folders, a table when it is first asked for.

    Args:
        folder, extra, blame, lists: as `Directory` takes them.

    Attributes:
        checked: the day on which the facts were checked.
        programmes: in the order of the registry, the user's own last.
        orders: by a phase, the ids of programmes in the order of a school's needs.
        listed: the hubs of the lists that the head took in, by the programme's id.
        entries, tables: each programme's entry in its registry, and its table, by its id.
    """

    def __init__(self, folder: Path, extra: Path | None, blame: Blame, *, lists: bool) -> None:
        self.folder, self.blame = folder, blame
        self.tables: dict[str, Path] = {}
        self.entries: dict[str, ProgrammeEntry] = {}
        self.listed: dict[str, tuple[Hub, ...]] = {}
        self._old_years = 0
        self.checked, order, ours = self._registry(folder, None)
        theirs: tuple[Programme, ...] = ()
        if extra is not None and (extra / "programmes.toml").exists():
            _, own_order, theirs = self._registry(extra, self.checked)
            if own_order.item:
                own_order.wrong("", f"[{ORDER}] is read in the shipped facts only; leave it out")
        self.programmes = ours + theirs
        self.orders = order_of_needs(order, [p.id for p in self.programmes])
        if lists and extra is not None and (extra / LISTS).is_dir():
            for p in self.programmes:
                self._read_list(extra / LISTS / f"{p.id}.csv", p.id)
        for own in theirs:
            self.hubs(own.id)

    def _registry(
        self, folder: Path, checked: date | None
    ) -> tuple[date, ProgrammeEntry, tuple[Programme, ...]]:
        top, order, listed = registry.entries(folder / "programmes.toml", self.blame)
        checked = top.day("checked") or checked
        if checked is None:
            top.wrong("checked", "is missing; it is the day these facts were checked")
            checked = date.min
        programmes = []
        told = registry.OLD_YEARS in top.item
        old = registry.years(top, registry.OLD_YEARS) if told else self._old_years
        self._old_years = old
        for entry in listed:
            read = registry.programme(entry, checked, old)
            if not read.id:
                continue
            if read.id in self.tables:
                entry.wrong("id", f"“{read.id}” is taken; choose another")
                continue
            own = entry.text(registry.TABLE)
            table = folder / (own or f"programmes/{read.id}.csv")
            if own and not table.resolve().is_relative_to(folder.resolve()):
                entry.wrong(registry.TABLE, "must lie in the folder of programmes.toml")
                continue
            self.tables[read.id], self.entries[read.id] = table, entry
            programmes.append(read)
        return checked, order, tuple(programmes)

    def _read_list(self, path: Path, programme_id: str) -> None:
        if path.exists():
            rows = reading.hub_rows(path, programme_id, self.places, self.blame)
            self.listed[programme_id] = tuple(hub._replace(listed=True) for _, hub in rows)

    @cached_property
    def places(self) -> ReadPlaces:
        return ReadPlaces(self.folder, self.blame)

    @remembered
    def hubs(self, programme_id: str) -> tuple[Hub, ...]:
        """As `Directory.hubs`."""
        ours = tuple(hub for _, hub in self.hub_rows(programme_id))
        return self.listed.get(programme_id, ()) + ours

    @remembered
    def hub_rows(self, programme_id: str) -> tuple[tuple[TableRow, Hub], ...]:
        """A programme's hubs, the head's list left out, each with the row that it was read from."""
        table = self.tables[programme_id]
        return tuple(reading.hub_rows(table, programme_id, self.places, self.blame))

    def neighbours(self, la_code: str) -> tuple[Neighbour, ...]:
        """The statistical neighbours of an authority of today, the most alike first."""
        found = []
        for row in self.neighbour_table.where("dfe_code", la_code):
            if not row["rank"].isdecimal():
                row.wrong("rank", f"“{row['rank']}” must be a number from 1 to 10")
                continue
            name, rank = row["neighbour_name"], int(row["rank"])
            found.append(Neighbour(row["neighbour_code"], name, rank, row["closeness"]))
        return tuple(sorted(found, key=lambda n: n.rank))

    @cached_property
    def neighbour_table(self) -> Table:
        return reading.neighbours(self.folder, self.blame)

    @cached_property
    def outward_code_table(self) -> Table:
        return reading.outward_codes(self.folder, self.blame)

    @cached_property
    def networks(self) -> BodyTable[Network]:
        return reading.networks(self.folder, self.checked, self.blame)

    @cached_property
    def partnerships(self) -> BodyTable[Partnership]:
        return reading.partnerships(self.folder, self.checked, self.blame)

    @cached_property
    def dioceses(self) -> BodyTable[Diocese]:
        return reading.dioceses(self.folder, self.blame)

    def all(self) -> KeptFacts:
        """All that is worth keeping.

        Raises:
            BrokenTableError: a table is faulty, which may not have been asked for until now.
        """
        neighbours = {
            code: neighbours_told(found)
            for code in self.places.authorities
            if (found := self.neighbours(code))
        }
        return KeptFacts(
            checked=self.checked,
            programmes=self.programmes,
            orders=self.orders,
            hubs={p.id: self.hubs(p.id) for p in self.programmes},
            listed=self.listed,
            places=self.places.told,
            bodies={
                "networks": self.networks.every,
                "partnerships": self.partnerships.every,
                "dioceses": self.dioceses.every,
            },
            neighbours=neighbours,
        )
