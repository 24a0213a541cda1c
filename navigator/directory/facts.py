"""Programmes, hubs, networks and partnerships out of `data/`, each table when first asked for."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from navigator.core import church
from navigator.core.church import Church, Diocese
from navigator.core.cleaning import one_line
from navigator.core.errors import NotFoundError
from navigator.core.model import (
    Authority,
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
from navigator.directory.covering import Coverage, Covering
from navigator.directory.faults import Blame, BrokenTableError, at_once
from navigator.directory.kept import KeptBodies, KeptFacts
from navigator.directory.places import District, Former, Places, fold_place

if TYPE_CHECKING:
    from navigator.core.postcodes import Centre
    from navigator.directory.read_facts import ReadFacts
    from navigator.directory.reading import BodyTable

T = TypeVar("T")

TIERS = (
    "area partnership",
    "sub-area partnership",
    "council-convened board or strategy",
    "regional network",
)
"""Only an area partnership is an ABEP; it comes first, then what is nearest to one."""


class UnknownProgrammeError(NotFoundError):
    """A programme id that neither our registry nor the user's holds."""


class Directory:
    """The facts in one or two folders. Cheap to open: a table is read when it is first needed.

    Attributes:
        state: what `kept.state_of` said before anything was read, "" where nothing is to be kept.
    """

    state = b""

    def __init__(
        self,
        folder: Path,
        extra: Path | None = None,
        blame: Blame = at_once,
        *,
        lists: bool = True,
        kept: KeptFacts | None = None,
    ) -> None:
        """Take what is `kept` of a time before, else read the registry of programmes.

        In `extra` also the lists that the head took in, unless those aren't wanted.

        `blame` is told every fault; where it returns, reading goes on without what is faulty.

        Raises:
            BrokenTableError: a registry, or any table in `extra`, is faulty. Tables in `extra` are
                read now, so that a user's slip is told at the start and not amid a landscape.
        """
        self.folder, self._extra, self._blame, self._lists = folder, extra, blame, lists
        self._kept = kept
        told = kept or self.read
        self.checked, self.programmes = told.checked, told.programmes
        self._orders, self._listed = told.orders, told.listed
        self._by_id = {p.id: p for p in self.programmes}

    @property
    def is_kept(self) -> bool:
        """Whether it tells what was kept of a time before."""
        return self._kept is not None

    @cached_property
    def read(self) -> ReadFacts:
        """The same as its tables tell it."""
        from navigator.directory.read_facts import ReadFacts

        return ReadFacts(self.folder, self._extra, self._blame, lists=self._lists)

    # --- programmes ------------------------------------------------------------------------------

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
        self.programme(programme_id)
        return self._kept.hubs[programme_id] if self._kept else self.read.hubs(programme_id)

    def listed(self, programme_id: str) -> tuple[Hub, ...]:
        """The hubs of the list of a programme that the head took in; () where there is none."""
        return self._listed.get(programme_id, ())

    @cached_property
    def without_lists(self) -> Directory:
        """The same without the head's lists: what is ours, or what is published in their own
        programmes."""
        if not self._listed:
            return self
        return Directory(self.folder, self._extra, self._blame, lists=False)

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

    def covering(self, programme_id: str, school: School, day: date) -> tuple[Coverage, ...]:
        """Hub rows in force on a day one of whose areas holds the school; the exact ones first.

        One coverage a row, so two for a hub only if two of its rows hold the school.
        """
        place = (school.la_code, school.district_name, school.region)
        return self._covering.at(programme_id, *place, day)

    def covering_place(
        self, programme_id: str, la_code: str, district: str, region: str, day: date
    ) -> tuple[Coverage, ...]:
        """`covering` for wherever a school may be; without a district, anywhere in the LA."""
        return self._covering.at(programme_id, la_code, district, region, day)

    @cached_property
    def _covering(self) -> Covering:
        return Covering(self.places, self.hubs)

    # --- places ----------------------------------------------------------------------------------

    @cached_property
    def places(self) -> Places:
        """Authorities, districts and former areas."""
        return Places(self._kept.places) if self._kept else self.read.places

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
        return self.places.today(fold_place(name))

    def districts(self) -> tuple[District, ...]:
        """The 296 districts."""
        return tuple(self.places.districts.values())

    @remembered
    def neighbours(self, la_code: str) -> tuple[Neighbour, ...]:
        """The ten statistical neighbours (DfE, May 2025), the most alike first; () if unknown."""
        codes = self.places.la_today(la_code)
        if len(codes) != 1:
            return ()
        if self._kept:
            return kept_facts.neighbours_of(self._kept.neighbours.get(codes[0], ""))
        return self.read.neighbours(codes[0])

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
    def _networks(self) -> BodyTable[Network] | KeptBodies[Network]:
        return KeptBodies(self._kept.bodies["networks"]) if self._kept else self.read.networks

    @cached_property
    def _partnerships(self) -> BodyTable[Partnership] | KeptBodies[Partnership]:
        kept = self._kept
        return KeptBodies(kept.bodies["partnerships"]) if kept else self.read.partnerships

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

    def dioceses(self) -> tuple[Diocese, ...]:
        """The dioceses of both churches, in the order of the table."""
        return self._kept.bodies["dioceses"] if self._kept else self.read.dioceses.every

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
    if directory.state and not directory.is_kept:
        with suppress(BrokenTableError, OSError):
            kept_facts.save(kept_in, directory.read.all(), directory.state)
