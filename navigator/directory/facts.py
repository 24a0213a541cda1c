"""Programmes, hubs, networks and partnerships out of `data/`, each table when first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from navigator.core import church
from navigator.core.church import Church, Diocese
from navigator.core.cleaning import one_line
from navigator.core.errors import NotFoundError
from navigator.core.model import (
    Area,
    Authority,
    Confidence,
    Hub,
    Neighbour,
    Network,
    Partnership,
    Programme,
    School,
    phases_fit,
)
from navigator.core.remembered import remembered
from navigator.directory import kept as kept_facts
from navigator.directory import packs
from navigator.directory.faults import Blame, BrokenTableError, at_once
from navigator.directory.kept import KeptFacts
from navigator.directory.places import District, Former, Places, Spot, Standing, fold
from navigator.storage.kept import Days

if TYPE_CHECKING:
    from navigator.core.postcodes import Centre
    from navigator.directory.programmes import ProgrammeEntry
    from navigator.directory.reading import BodyTable
    from navigator.directory.tables import Table, TableRow

T = TypeVar("T")

TIERS = (
    "area partnership",
    "sub-area partnership",
    "council-convened board or strategy",
    "regional network",
)
"""Only an area partnership is an ABEP; it comes first, then what is nearest to one."""

LISTS = "lists"
"""The folder, within the user's own facts, of published lists that they took in."""


class UnknownProgrammeError(NotFoundError):
    """A programme id that neither our registry nor the user's holds."""


class Coverage(NamedTuple):
    """A hub row one of whose areas holds a school.

    `exact` is False where only part of the area belongs and the school's district doesn't settle
    it, or where the register gives no district and its authority is divided. Low confidence is
    given too; what may be said is decided elsewhere.
    """

    hub: Hub
    area: Area
    exact: bool
    confidence: Confidence

    @property
    def firm(self) -> bool:
        """Whether it may be claimed: low confidence is from memory or by elimination."""
        return self.confidence != "low"

    @property
    def inferred(self) -> bool:
        """Whether the area is only read from the place of the lead school, not from a list."""
        return self.hub.infers(self.area)


class KeptBodies(Generic[T]):
    """The bodies of one table as they were read before."""

    def __init__(self, every: tuple[T, ...]) -> None:
        self.every = every

    def where(self, column: str, words: Iterable[str]) -> list[T]:
        """As `BodyTable.where`, of a column that is a field of theirs."""
        told = [(getattr(body, column), body) for body in self.every]
        lists = [((said,) if isinstance(said, str) else said, body) for said, body in told]
        return list(dict.fromkeys(b for word in words for said, b in lists if word in said))


class Directory:
    """The facts in one or two folders. Cheap to open: a table is read when it is first needed."""

    def __init__(
        self,
        folder: Path,
        extra: Path | None = None,
        blame: Blame = at_once,
        *,
        lists: bool = True,
        kept: KeptFacts | None = None,
    ) -> None:
        """Read the registry of programmes, unless it is `kept` of a time before.

        In `extra` also the lists that the head took in, unless those aren't wanted.

        `blame` is told every fault; where it returns, reading goes on without what is faulty.

        Raises:
            BrokenTableError: a registry, or any table in `extra`, is faulty. Tables in `extra` are
                read now, so that a user's slip is told at the start and not amid a landscape.
        """
        self.folder, self.blame = folder, blame
        self.tables: dict[str, Path] = {}
        self.entries: dict[str, ProgrammeEntry] = {}
        self._listed: dict[str, tuple[Hub, ...]] = {}
        self._extra = extra
        self.programmes: tuple[Programme, ...] = ()
        self._orders: Mapping[str, tuple[str, ...]] = {}
        self.state = b""
        """What `kept.state_of` said before anything was read, "" where nothing is to be kept."""
        self._kept = kept
        if kept is not None:
            self.checked, self._orders = kept.checked, kept.orders
            self.programmes = kept.programmes
            self._by_id = {p.id: p for p in self.programmes}
            self.tables.update(kept.tables)
            self._listed.update(kept.listed)
            return
        from navigator.directory.programmes import ORDER, order_of_needs

        self._old_years = 0
        self.checked, order, ours = self._registry(folder, None)
        theirs: tuple[Programme, ...] = ()
        if extra is not None and (extra / "programmes.toml").exists():
            _, own_order, theirs = self._registry(extra, self.checked)
            if own_order.item:
                own_order.wrong("", f"[{ORDER}] is read in the shipped facts only; leave it out")
        self.programmes = ours + theirs
        self._by_id = {p.id: p for p in self.programmes}
        self._orders = order_of_needs(order, self._by_id)
        if lists and extra is not None and (extra / LISTS).is_dir():
            for p in self.programmes:
                self._read_list(extra / LISTS / f"{p.id}.csv", p.id)
        for own in theirs:
            self.hubs(own.id)

    # --- programmes ------------------------------------------------------------------------------

    def _registry(
        self, folder: Path, checked: date | None
    ) -> tuple[date, ProgrammeEntry, tuple[Programme, ...]]:
        from navigator.directory import programmes as registry

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

    def programme(self, id: str) -> Programme:
        """A programme by its id.

        Raises:
            UnknownProgrammeError: no such programme; the text lists those there are.
        """
        try:
            return self._by_id[id]
        except KeyError:
            known = ", ".join(self._by_id)
            raise UnknownProgrammeError(
                f"There is no programme “{one_line(id)}”. There are: {known}."
            ) from None

    def order(self, phase: str) -> tuple[str, ...]:
        """The ids of all programmes in the order in which a school of a phase is shown its needs.

        The same for every school of the phase; where it has none, the registry's own.
        """
        return self._orders.get(phase) or tuple(self._by_id)

    # --- hubs ------------------------------------------------------------------------------------

    @remembered
    def hubs(self, programme_id: str) -> tuple[Hub, ...]:
        """Every row of a programme's table, in its order, former and low ones too; before them what
        the head's own list of the programme has.

        Raises:
            UnknownProgrammeError: no such programme.
            BrokenTableError: the table is faulty.
        """
        if self._kept is not None and programme_id in self._kept.hubs:
            return self._kept.hubs[programme_id]
        ours = tuple(hub for _, hub in self.hub_rows(programme_id))
        return self.listed(programme_id) + ours

    def listed(self, programme_id: str) -> tuple[Hub, ...]:
        """The hubs of the list of a programme that the head took in; () where there is none."""
        return self._listed.get(programme_id, ())

    def _read_list(self, path: Path, programme_id: str) -> None:
        if path.exists():
            from navigator.directory import reading

            rows = reading.hub_rows(path, programme_id, self.places, self.blame)
            self._listed[programme_id] = tuple(hub._replace(listed=True) for _, hub in rows)

    @cached_property
    def without_lists(self) -> Directory:
        """The same without the head's lists: what is ours, or what is published in their own
        programmes."""
        if not self._listed:
            return self
        return Directory(self.folder, self._extra, self.blame, lists=False)

    @remembered
    def hub_rows(self, programme_id: str) -> tuple[tuple[TableRow, Hub], ...]:
        """What `hubs` gives, each with the row that it was read from."""
        from navigator.directory import reading

        self.programme(programme_id)
        table = self.tables[programme_id]
        return tuple(reading.hub_rows(table, programme_id, self.places, self.blame))

    def named(self, programme_id: str, day: date) -> int:
        """How many of the programme's hubs in force on a day we can name.

        Rows of one hub count once; associates, satellites, low confidence and hubs whose name
        wasn't found don't count.
        """
        return len(
            {
                hub.id
                for hub in self.hubs(programme_id)
                if hub.in_force(day)
                and not hub.role
                and not hub.nameless
                and hub.confidence != "low"
            }
        )

    def unchanged(self, day: date) -> Days:
        """The span of days about a day in which all that is in force on it is so."""
        starts: set[date | None] = {date.min, date.max}
        ends: set[date | None] = set()
        for programme in self.programmes:
            starts |= {programme.valid_from, programme.first_seen}
            starts |= {count.day for count in programme.counts}
            ends.add(programme.valid_to)
            for hub in self.hubs(programme.id):
                starts.add(hub.valid_from)
                ends.add(hub.valid_to)
        turns = {turn for turn in starts if turn} | {_after(end) for end in ends if end}
        return max(turn for turn in turns if turn <= day), min(
            (turn for turn in turns if turn > day), default=date.max
        )

    def covering(self, programme_id: str, school: School, day: date) -> tuple[Coverage, ...]:
        """Hub rows in force on a day one of whose areas holds the school; the exact ones first.

        One coverage a row, so two for a hub only if two of its rows hold the school.
        """
        place = (school.la_code, school.district_name, school.region)
        return self.covering_place(programme_id, *place, day)

    @remembered
    def covering_place(
        self, programme_id: str, la_code: str, district: str, region: str, day: date
    ) -> tuple[Coverage, ...]:
        """`covering` for wherever a school may be; without a district, anywhere in the LA."""
        where = self.places
        spots, region, near = self._about(la_code, district, region)
        hubs, naming = self.hubs(programme_id), self._naming(programme_id)
        found = []
        for number in sorted({n for area in near if area in naming for n in naming[area]}):
            hub = hubs[number]
            if not hub.in_force(day):
                continue
            best: Area | None = None
            exact = True
            for spot in spots:
                here, at = Standing.OUT, hub.areas[0]
                for area in hub.areas:
                    stands = where.standing(area, spot, region)
                    if stands > here:
                        here, at = stands, area
                    if here == Standing.IN:
                        break
                exact = exact and here == Standing.IN
                if here != Standing.OUT and best is None:
                    best = at
            if best is not None:
                found.append(Coverage(hub, best, exact, hub.confidence))
        found.sort(key=lambda cover: not cover.exact)
        return tuple([c for c in found if c.hub.listed] or found)

    @remembered
    def _about(
        self, la_code: str, district: str, region: str
    ) -> tuple[tuple[Spot, ...], str, tuple[tuple[str, str], ...]]:
        """Where a school may be, its region folded, and the areas that hold some of that."""
        spots = self.places.spots(la_code, district)
        authority = self.places.authorities.get(spots[0].la_code) if spots else None
        region = fold(authority.region if authority else region)
        near = {("region", region), ("national", "england")}
        near |= {("LA", spot.la_code) for spot in spots}
        near |= {("district", spot.district) for spot in spots}
        return spots, region, tuple(near)

    @remembered
    def _naming(self, programme_id: str) -> dict[tuple[str, str], list[int]]:
        """The rows of a programme by the areas they name: a place needs a look at a few of them."""
        naming: dict[tuple[str, str], list[int]] = {}
        for number, hub in enumerate(self.hubs(programme_id)):
            for area in hub.areas:
                naming.setdefault((area.kind, area.code), []).append(number)
        return naming

    # --- places ----------------------------------------------------------------------------------

    @cached_property
    def places(self) -> Places:
        """Authorities, districts and former areas."""
        if self._kept is not None:
            return Places.again(self._kept.places)
        return Places(self.folder, self.blame)

    def all_read(self) -> KeptFacts | None:
        """What is worth keeping of it, None where it was kept already, or isn't to be.

        Raises:
            BrokenTableError: a table is faulty, which may not have been asked for until now.
        """
        if self._kept is not None or not self.state:
            return None
        hubs = {p.id: self.hubs(p.id) for p in self.programmes}
        parts = self.checked, self.programmes, self._orders, self.tables
        bodies = {
            "networks": self.all_networks(),
            "partnerships": self.all_partnerships(),
            "dioceses": self.dioceses(),
        }
        neighbours = {
            code: kept_facts.neighbours_told(found)
            for code in self.places.authorities
            if (found := self.neighbours(code))
        }
        where = self.places.kept()
        return KeptFacts(*parts, hubs, self._listed, where, bodies, neighbours)

    def authority(self, la_code: str, district: str = "") -> Authority | None:
        """An authority by its three-digit code; an old code gives its successor.

        Where an old authority was split (909 Cumbria, 928 Northamptonshire), the district tells
        which of the successors; without one the answer is None, as for an unknown code.
        """
        codes = self.places.la_today(la_code)
        if len(codes) > 1:
            codes = tuple({spot.la_code for spot in self.places.spots(la_code, district)})
        return self.places.authorities.get(codes[0]) if len(codes) == 1 else None

    def authorities(self) -> tuple[Authority, ...]:
        """The 153 authorities of today, by code."""
        return tuple(self.places.authorities.values())

    def former(self) -> tuple[Former, ...]:
        """The authorities and districts that are no more, with what each became."""
        return tuple(self.places.former)

    def district(self, name: str) -> District | None:
        """The district of today for a name, current or former; None if we know no such name."""
        return self.places.today(fold(name))

    def districts(self, la_code: str = "") -> tuple[District, ...]:
        """The districts of an authority, or all 296."""
        if not la_code:
            return tuple(self.places.districts.values())
        return tuple(
            self.places.districts[name]
            for code in self.places.la_today(la_code)
            for name in self.places.by_la.get(code, ())
        )

    @cached_property
    def neighbour_table(self) -> Table:
        from navigator.directory import reading

        return reading.neighbours(self.folder, self.blame)

    @remembered
    def neighbours(self, la_code: str) -> tuple[Neighbour, ...]:
        """The ten statistical neighbours (DfE, May 2025), the most alike first; () if unknown."""
        codes = self.places.la_today(la_code)
        if self._kept is not None:
            told = self._kept.neighbours.get(codes[0], "") if len(codes) == 1 else ""
            return kept_facts.neighbours_of(told)
        found = []
        for row in self.neighbour_table.where("dfe_code", codes[0]) if len(codes) == 1 else ():
            if not row["rank"].isdecimal():
                row.wrong("rank", f"“{row['rank']}” must be a number from 1 to 10")
                continue
            name, rank = row["neighbour_name"], int(row["rank"])
            found.append(Neighbour(row["neighbour_code"], name, rank, row["closeness"]))
        return tuple(sorted(found, key=lambda n: n.rank))

    @cached_property
    def outward_code_table(self) -> Table:
        from navigator.directory import reading

        return reading.outward_codes(self.folder, self.blame)

    def centre(self, outward_code: str) -> Centre | None:
        """The middle of an outward code of England ("M1"); None if unknown."""
        return self._centres.get(outward_code)

    @cached_property
    def _centres(self) -> dict[str, Centre]:
        """Read in 5 ms; as a table, which says in which line a fault is, it takes 40. It is asked
        amid typing."""
        from navigator.directory import reading

        return reading.centres(self.folder)

    # --- networks and partnerships ---------------------------------------------------------------

    @cached_property
    def network_bodies(self) -> BodyTable[Network]:
        from navigator.directory import reading

        return reading.networks(self.folder, self.checked, self.blame)

    @cached_property
    def partnership_bodies(self) -> BodyTable[Partnership]:
        from navigator.directory import reading

        return reading.partnerships(self.folder, self.checked, self.blame)

    @cached_property
    def _networks(self) -> BodyTable[Network] | KeptBodies[Network]:
        kept = self._kept
        return KeptBodies(kept.bodies["networks"]) if kept else self.network_bodies

    @cached_property
    def _partnerships(self) -> BodyTable[Partnership] | KeptBodies[Partnership]:
        kept = self._kept
        return KeptBodies(kept.bodies["partnerships"]) if kept else self.partnership_bodies

    def all_networks(self) -> tuple[Network, ...]:
        """Every heads' network, also those of no stated authority."""
        return self._networks.every

    def all_partnerships(self) -> tuple[Partnership, ...]:
        """Every partnership and its kin, also those of no stated authority."""
        return self._partnerships.every

    @remembered
    def networks(
        self, la_code: str, phase: str, churches: tuple[Church, ...] | None = None
    ) -> tuple[Network, ...]:
        """Heads' networks of an authority that a school of this phase and churches may belong to.

        Fits where the network's phases hold the school's, or where either isn't stated; one of a
        church only for those that are, or may be, its schools: `churches` None leaves that open.
        Closed ones are kept (see `status`) but come last.
        """
        found = self._networks.where("la_codes", self.places.la_today(la_code))
        found.sort(key=lambda network: network.status == "closed")
        return tuple(
            network
            for network in found
            if phases_fit(network.phases, phase) and _for(network, churches)
        )

    @remembered
    def associations(self) -> tuple[Network, ...]:
        """Associations of heads' networks, of all England: no school's own network."""
        return tuple(n for n in self._networks.where("kind", ["national"]))

    @remembered
    def partnerships(
        self, la_code: str, churches: tuple[Church, ...] | None = None
    ) -> tuple[Partnership, ...]:
        """Partnerships of an authority, all tiers: area partnerships first, closed ones last.

        `churches` is as `networks` has it.
        """
        found = self._partnerships.where("la_codes", self.places.la_today(la_code))
        return tuple(sorted((p for p in found if _for(p, churches)), key=_order))

    # --- dioceses --------------------------------------------------------------------------------

    @cached_property
    def diocese_bodies(self) -> BodyTable[Diocese]:
        from navigator.directory import reading

        return reading.dioceses(self.folder, self.blame)

    def dioceses(self) -> tuple[Diocese, ...]:
        """The dioceses of both churches, in the order of the table."""
        return self._kept.bodies["dioceses"] if self._kept else self.diocese_bodies.every

    def diocese(self, of: str, name: str) -> Diocese | None:
        """A diocese by its church and name: five names are in both churches. None if unknown."""
        return self._dioceses.get((of, church.diocese_fold(name)))

    @cached_property
    def _dioceses(self) -> dict[tuple[str, str], Diocese]:
        return {(d.church, church.diocese_fold(d.name)): d for d in self.dioceses()}


def _for(body: Network | Partnership, churches: tuple[Church, ...] | None) -> bool:
    return church.for_churches(body.church, churches) is not False


def _order(partnership: Partnership) -> tuple[bool, int]:
    tier = partnership.tier
    return partnership.status == "closed", TIERS.index(tier) if tier in TIERS else len(TIERS)


def _after(day: date) -> date:
    return day + timedelta(1) if day < date.max else day


def open_directory(
    folder: Path | None = None,
    extra: Path | None = None,
    kept_in: Path | None = None,
    blame: Blame = at_once,
) -> Directory:
    """The directory in `folder` (default: the facts in use, see `packs`).

    `extra` is the user's own folder of programmes, in the same format (a `programmes.toml` and its
    tables), read beside ours; one that doesn't exist is no error. `kept_in` is the folder where
    `keep` kept what was read of them before.

    Raises:
        BrokenTableError: a registry, or a table of the user's, is faulty, unless `blame` returns.
    """
    folder = folder or packs.in_use().folder
    if kept_in is None:
        return Directory(folder, extra, blame)
    state = kept_facts.state_of(folder, extra)
    directory = Directory(folder, extra, blame, kept=kept_facts.load(kept_in, state))
    directory.state = state
    return directory


def keep(directory: Directory, kept_in: Path) -> None:
    """Keep what is read of a directory's facts, unless it came from there, in the folder that it
    was opened with."""
    with suppress(BrokenTableError, OSError):
        read = directory.all_read()
        if read is not None:
            kept_facts.save(kept_in, read, directory.state)
