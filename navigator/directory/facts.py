"""Programmes, hubs, networks and partnerships out of `data/`, each table when first asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args

from navigator.core import paths
from navigator.core.errors import NotFoundError
from navigator.core.model import (
    NAME_NOT_FOUND,
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
from navigator.directory import places as geography
from navigator.directory.places import District, Places, Standing, fold
from navigator.directory.programmes import Entry, entries, programme
from navigator.directory.tables import Blame, Row, Table, at_once, clean

KINDS = frozenset({"LA", "district", "region", "national", "other", ""})
CONFIDENCES = frozenset(get_args(Confidence))
HUB_COLUMNS = ("id", "hub", "areas", "area_kind", "region", "source", "as_of", "confidence")

# Only an area partnership is an ABEP; it comes first, then what is nearest to one.
TIERS = (
    "area partnership",
    "sub-area partnership",
    "council-convened board or strategy",
    "regional network",
)
PHASE_WORDS = {"post-16": "16 plus"}

T = TypeVar("T")


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
        return self.area.name in self.hub.seat.split(";")


class Directory:
    """The facts in one or two folders. Cheap to open: a table is read when it is first needed."""

    def __init__(self, folder: Path, extra: Path | None = None, blame: Blame = at_once) -> None:
        """Read the registry of programmes.

        `blame` is told every fault; where it returns, reading goes on without what is faulty.

        Raises:
            BrokenTableError: a registry, or any table in `extra`, is faulty. Tables in `extra` are
                read now, so that a user's slip is told at the start and not amid a landscape.
        """
        self.folder, self.blame = folder, blame
        self.tables: dict[str, Path] = {}
        self.entries: dict[str, Entry] = {}
        self._hub_rows: dict[str, tuple[tuple[Row, Hub], ...]] = {}
        self._hubs: dict[str, tuple[Hub, ...]] = {}
        self._naming: dict[str, dict[tuple[str, str], list[int]]] = {}
        self._covering: dict[tuple[str, str, str, str, date], tuple[Coverage, ...]] = {}
        self._neighbours: dict[str, tuple[Neighbour, ...]] = {}
        self._networks: dict[int, Network] = {}  # by line, so that one body is one object
        self._networks_for: dict[tuple[str, str], tuple[Network, ...]] = {}
        self._partnerships: dict[int, Partnership] = {}
        self._partnerships_for: dict[str, tuple[Partnership, ...]] = {}
        self.checked, ours = self._registry(folder, None)
        theirs: tuple[Programme, ...] = ()
        if extra is not None and (extra / "programmes.toml").exists():
            theirs = self._registry(extra, self.checked)[1]
        self.programmes: tuple[Programme, ...] = ours + theirs
        self._by_id = {p.id: p for p in self.programmes}
        for own in theirs:
            self.hubs(own.id)

    # --- programmes ------------------------------------------------------------------------------

    def _registry(self, folder: Path, checked: date | None) -> tuple[date, tuple[Programme, ...]]:
        top, listed = entries(folder / "programmes.toml", self.blame)
        checked = top.day("checked") or checked
        if checked is None:
            top.wrong("checked", "is missing; it is the day these facts were checked")
            checked = date.min
        programmes = []
        for entry in listed:
            read = programme(entry, checked)
            if not read.id:
                continue
            if read.id in self.tables:
                entry.wrong("id", f"“{read.id}” is taken; choose another")
                continue
            own = entry.text("table")
            table = folder / (own or f"programmes/{read.id}.csv")
            if own and not table.resolve().is_relative_to(folder.resolve()):
                entry.wrong("table", "must lie in the folder of programmes.toml")
                continue
            self.tables[read.id], self.entries[read.id] = table, entry
            programmes.append(read)
        return checked, tuple(programmes)

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
                f"There is no programme “{clean(id)}”. There are: {known}."
            ) from None

    # --- hubs ------------------------------------------------------------------------------------

    def hubs(self, programme_id: str) -> tuple[Hub, ...]:
        """Every row of a programme's table, in its order, former and low ones too.

        Raises:
            UnknownProgrammeError: no such programme.
            BrokenTableError: the table is faulty.
        """
        found = self._hubs.get(programme_id)
        if found is None:
            found = self._hubs[programme_id] = tuple(h for _, h in self.hub_rows(programme_id))
        return found

    def hub_rows(self, programme_id: str) -> tuple[tuple[Row, Hub], ...]:
        """What `hubs` gives, each with the row that it was read from."""
        if programme_id not in self._hub_rows:
            self.programme(programme_id)
            table = Table(self.tables[programme_id], HUB_COLUMNS, self.blame)
            self._hub_rows[programme_id] = tuple(
                (row, _hub(row, programme_id, self.places)) for row in table.each()
            )
        return self._hub_rows[programme_id]

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
        return self.covering_place(programme_id, *place, day)

    def covering_place(
        self, programme_id: str, la_code: str, district: str, region: str, day: date
    ) -> tuple[Coverage, ...]:
        """`covering` for wherever a school may be; without a district, anywhere in the LA."""
        key = (programme_id, la_code, district, region, day)
        found = self._covering.get(key)
        if found is None:
            found = self._covering[key] = self._cover(*key)
        return found

    def _cover(
        self, programme_id: str, la_code: str, district: str, region: str, day: date
    ) -> tuple[Coverage, ...]:
        where = self.places
        spots = where.spots(la_code, district)
        authority = where.authorities.get(spots[0].la_code) if spots else None
        region = fold(authority.region if authority else region)
        hubs, naming = self.hubs(programme_id), self._naming_of(programme_id)
        near = {("region", region), ("national", "england")}
        near |= {("LA", spot.la_code) for spot in spots}
        near |= {("district", spot.district) for spot in spots}
        found = []
        for number in sorted({n for area in near for n in naming.get(area, ())}):
            hub = hubs[number]
            if not hub.in_force(day):
                continue
            best: Area | None = None
            exact = True
            for spot in spots:
                here, at = max(
                    ((where.standing(area, spot, region), area) for area in hub.areas),
                    key=lambda pair: pair[0],
                )
                exact = exact and here == Standing.IN
                if here != Standing.OUT and best is None:
                    best = at
            if best is not None:
                found.append(Coverage(hub, best, exact, hub.confidence))
        found.sort(key=lambda cover: not cover.exact)
        return tuple(found)

    def _naming_of(self, programme_id: str) -> dict[tuple[str, str], list[int]]:
        """The rows of a programme by the areas they name: a place needs a look at a few of them."""
        if programme_id not in self._naming:
            naming = self._naming[programme_id] = {}
            for number, hub in enumerate(self.hubs(programme_id)):
                for area in hub.areas:
                    naming.setdefault((area.kind, area.code), []).append(number)
        return self._naming[programme_id]

    # --- places ----------------------------------------------------------------------------------

    @cached_property
    def places(self) -> Places:
        """Authorities, districts and former areas."""
        return Places(self.folder, self.blame)

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

    def area(self, name: str) -> Area | None:
        """An authority or district by name, whole; None if it is neither."""
        return self.places.area(name, "LA")

    @cached_property
    def neighbour_table(self) -> Table:
        columns = ("dfe_code", "rank", "neighbour_code", "neighbour_name", "closeness")
        return Table(self.folder / "neighbours.csv", columns, self.blame)

    def neighbours(self, la_code: str) -> tuple[Neighbour, ...]:
        """The ten statistical neighbours (DfE, May 2025), the most alike first; () if unknown."""
        codes = self.places.la_today(la_code)
        if len(codes) != 1:
            return ()
        if codes[0] not in self._neighbours:
            found = []
            for row in self.neighbour_table.where("dfe_code", codes[0]):
                if not row["rank"].isdecimal():
                    row.wrong("rank", f"“{row['rank']}” must be a number from 1 to 10")
                    continue
                rank = int(row["rank"])
                found.append(
                    Neighbour(row["neighbour_code"], row["neighbour_name"], rank, row["closeness"])
                )
            self._neighbours[codes[0]] = tuple(sorted(found, key=lambda n: n.rank))
        return self._neighbours[codes[0]]

    # --- networks and partnerships ---------------------------------------------------------------

    @cached_property
    def network_table(self) -> Table:
        columns = ("id", "name", "kind", "la_codes", "phase")
        return Table(self.folder / "networks.csv", columns, self.blame)

    @cached_property
    def partnership_table(self) -> Table:
        columns = ("id", "name", "tier", "la_codes", "phase")
        return Table(self.folder / "partnerships.csv", columns, self.blame)

    def all_networks(self) -> tuple[Network, ...]:
        """Every heads' network, also those of no stated authority."""
        return tuple(self._network(row) for row in self.network_table.each())

    def all_partnerships(self) -> tuple[Partnership, ...]:
        """Every partnership and its kin, also those of no stated authority."""
        return tuple(self._partnership(row) for row in self.partnership_table.each())

    def _network(self, row: Row) -> Network:
        if row.line not in self._networks:
            self._networks[row.line] = Network(**_body(row, self.checked), kind=row["kind"])
        return self._networks[row.line]

    def _partnership(self, row: Row) -> Partnership:
        if row.line not in self._partnerships:
            self._partnerships[row.line] = Partnership(**_body(row, self.checked), tier=row["tier"])
        return self._partnerships[row.line]

    def networks(self, la_code: str, phase: str) -> tuple[Network, ...]:
        """Heads' networks of an authority that a school of this phase may belong to.

        Fits where the network's phases hold the school's, or where either isn't stated. Closed
        ones are kept (see `status`) but come last, after them those of all England.
        """
        key = (la_code, phase)
        if key not in self._networks_for:
            table = self.network_table
            found = [
                self._network(row)
                for code in self.places.la_today(la_code)
                for row in table.where("la_codes", code)
            ]
            fitting = [
                n
                for n in sorted(found, key=lambda n: n.status == "closed")
                if phases_fit(n.phases, phase)
            ]
            fitting += [self._network(row) for row in table.where("kind", "national")]
            self._networks_for[key] = _once(fitting)
        return self._networks_for[key]

    def partnerships(self, la_code: str) -> tuple[Partnership, ...]:
        """Partnerships of an authority, all tiers: area partnerships first, closed ones last."""
        if la_code not in self._partnerships_for:
            found = [
                self._partnership(row)
                for code in self.places.la_today(la_code)
                for row in self.partnership_table.where("la_codes", code)
            ]
            self._partnerships_for[la_code] = _once(sorted(found, key=_order))
        return self._partnerships_for[la_code]


def _order(partnership: Partnership) -> tuple[bool, int]:
    tier = partnership.tier
    return partnership.status == "closed", TIERS.index(tier) if tier in TIERS else len(TIERS)


def open_directory(folder: Path | None = None, extra: Path | None = None) -> Directory:
    """The directory in `folder` (default: the shipped facts).

    `extra` is the user's own folder of programmes, in the same format (a `programmes.toml` and its
    tables), read beside ours; one that doesn't exist is no error.

    Raises:
        BrokenTableError: a registry, or a table of the user's, is faulty.
    """
    return Directory(folder or paths.facts_dir(), extra)


def _once(bodies: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(bodies))


def _confidence(row: Row) -> Confidence:
    text = row["confidence"]
    if text not in CONFIDENCES:
        row.wrong("confidence", f"“{text}” must be high, medium, low or empty")
        return ""
    return text  # type: ignore[return-value]  # one of the words, checked above


def _body(row: Row, checked: date) -> dict[str, Any]:
    """What networks and partnerships have in common."""
    return {
        "id": row.need("id"),
        "name": row.need("name"),
        "la_codes": row.words("la_codes"),
        "area": row["area"],
        "phases": frozenset(PHASE_WORDS.get(p, p) for p in row.words("phase")),
        "website": row.link("website"),
        "started": row["started"],
        "status": row["status"],
        "status_as_of": row["status_as_of"],
        "source": row["source_url"],
        "confidence": _confidence(row),
        "note": row["note"],
        "checked": row.day("checked") or checked,
    }


def _hub(row: Row, programme: str, where: Places) -> Hub:
    kind = row["area_kind"]
    if kind not in KINDS:
        row.wrong("area_kind", f"“{kind}” must be LA, district, region, national or other")
    if row["role"] not in ("", "associate", "satellite"):
        row.wrong("role", f"“{row['role']}” must be associate, satellite or empty")
    urns = []
    for text in row.words("lead_urns"):
        if not text.isdecimal() or len(text) > 7:
            row.wrong("lead_urns", f"“{text}” is no URN")
        else:
            urns.append(int(text))
    if not row["as_of"]:
        row.wrong("as_of", "is empty; it is the day the row was checked")
    valid_from, valid_to = row.period("valid_from", "valid_to")
    name = row["hub"] or row["lead_school"]  # some hubs have no name of their own
    if not name:
        row.wrong("hub", "is empty, and no lead school is named either")
    if nameless := name == "?":
        name = NAME_NOT_FOUND + (f", led by {row['lead_school']}" if row["lead_school"] else "")
    return Hub(
        id=row.need("id"),
        programme=programme,
        name=name,
        lead_name=row["lead_school"],
        lead_urns=tuple(urns),
        areas=_areas(row, kind, where),
        region=row["region"],
        website=row.link("website"),
        valid_from=valid_from,
        valid_to=valid_to,
        source=row["source"],
        as_of=row.day("as_of") or date.min,  # the latter only after a fault that was blamed
        confidence=_confidence(row),
        last_seen=row["last_seen"],
        seat=row["seat"],
        note=row["note"],
        role=row["role"],
        former=row["former"],
        from_said=row.said("valid_from"),
        to_said=row.said("valid_to"),
        nameless=nameless,
    )


def _areas(row: Row, kind: str, where: Places) -> tuple[Area, ...]:
    names = row.words("areas")
    region = row["region"]
    if kind == "national":
        return (Area("national", "england", "England"),)
    if not names:
        return (Area("region", fold(region), region),) if kind == "region" and region else ()
    split: dict[str, geography.Part] = {}
    if row["part"] or row["part_districts"]:
        try:
            split = geography.parts(row["part_districts"], row["part"], names)
        except ValueError as error:
            column, problem = error.args
            row.wrong(column, problem)
    areas = []
    for name in names:
        area = where.area(name, kind)
        if area is None:
            row.wrong("areas", f"“{name}” is no local authority or district{where.advice(name)}")
            continue
        if split and fold(name) in split:
            words, mode, listed = split[fold(name)]
            for district in listed:
                if not where.known(district):
                    advice = where.advice(district)
                    row.wrong("part_districts", f"“{district}” is no district we know{advice}")
            area = area._replace(part=words, districts=frozenset(listed), mode=mode)
        areas.append(area)
    if kind == "region" and region:
        # A list that is just the region's authorities says the region, and is shown as it.
        whole = {a.code for a in where.authorities.values() if fold(a.region) == fold(region)}
        if whole and {a.code for a in areas if a.kind == "LA" and not a.part} == whole:
            return (Area("region", fold(region), region),)
    return tuple(areas)
