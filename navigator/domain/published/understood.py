"""A published list as it is understood: its hubs with all that is sure, and each doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import cleaning
from navigator.core.errors import RefusedError
from navigator.core.model import Programme, School
from navigator.domain.published import cells as reading
from navigator.domain.published import people
from navigator.domain.published.cells import NATIONAL, AreaCells, AreaSaid
from navigator.domain.published.columns import Layout, layout
from navigator.register.search_words import fold

if TYPE_CHECKING:
    from navigator.directory import Directory
    from navigator.register import Register

MOST_HUBS = 5_000

NO_AREAS = ("region", "nearest")
"""Rules of programmes without areas: an authority in their lists is the lead school's."""

FEW = 5
"""Hubs below which it may be chance that each works where its lead school is, and there alone."""

NAME_LENGTH = 200

ALIKE = 0.85
"""How alike two names are, of 1, that may be one of them mistyped."""


class Doubt(NamedTuple):
    """What isn't sure of a hub: the line of the list, and a sentence. What is in doubt is left
    out."""

    line: int
    text: str


@dataclass
class ListedHub:
    """A hub of the list. It may have stood in several lines, one an area.

    `id` is that of our hub where its name or lead school is the same, else made of its name.
    `lead` is None where the list names none, or it isn't sure which school is meant. The dates are
    as exact as the list has them ("2026-09").
    """

    id: str
    name: str
    lead_name: str
    lines: list[int]
    lead: School | None = None
    areas: list[AreaSaid] = field(default_factory=list)
    region: str = ""
    website: str = ""
    valid_from: str = ""
    valid_to: str = ""
    last_seen: str = ""
    known: bool = False
    doubts: list[Doubt] = field(default_factory=list)
    several_leads: bool = False

    @property
    def national(self) -> bool:
        return self.region == NATIONAL


class UnderstoodList(NamedTuple):
    """All that was understood: `lost` are lines that name no hub, and so can't be kept."""

    programme: Programme
    layout: Layout
    hubs: tuple[ListedHub, ...]
    lost: tuple[Doubt, ...]
    source: str
    day: date

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        found = [*self.lost, *(doubt for hub in self.hubs for doubt in hub.doubts)]
        return tuple(sorted(found))


def understand(
    rows: Sequence[Sequence[str]],
    programme: Programme,
    register: Register,
    directory: Directory,
    *,
    source: str,
    day: date,
    columns: Mapping[str, str],
) -> UnderstoodList:
    """Understand a list's rows, of which the first may be its heads.

    Args:
        source: where the list is from.
        day: when it was taken in.
        columns: what each kind's column is called, where the head-reader said so.

    Raises:
        RefusedError: no column names a hub or lead school; the text says what to do.
    """
    areas = AreaCells(directory)
    laid_out = layout(rows, areas.names_areas, lambda text: bool(areas.region(text)), columns)
    unsaid = "areas" in laid_out.places and "areas" not in columns
    if unsaid and programme.rule in NO_AREAS and "authority" not in laid_out.places:
        laid_out = laid_out.with_kind("areas", "authority")  # where the lead school is
    reader = _Reader(programme, register, directory, areas)
    for line, row in enumerate(rows[laid_out.head + 1 :], start=laid_out.head + 2):
        told = {
            kind: row[place].strip()
            for kind, place in laid_out.places.items()
            if place < len(row) and row[place].strip()
        }
        if told:
            reader.read(line, told)
        if len(reader.hubs) > MOST_HUBS:
            raise RefusedError(f"The list has more than {MOST_HUBS:,} hubs: it is another list.")
    hubs = list(reader.hubs.values())
    if not hubs:
        raise RefusedError("The list names no hub: nothing of it can be kept.")
    reader.doubt_new_names()
    if unsaid:
        reader.lost += _only_seats(hubs, laid_out)
    if programme.rule == "area":
        _claimed_twice(hubs)
    return UnderstoodList(programme, laid_out, tuple(hubs), tuple(reader.lost), source, day)


class _Reader:
    """Reads row by row; rows of one hub become one."""

    def __init__(
        self,
        programme: Programme,
        register: Register,
        directory: Directory,
        areas: AreaCells,
    ) -> None:
        self._programme, self._register, self._areas = programme, register, areas
        self.hubs: dict[str, ListedHub] = {}
        self.lost: list[Doubt] = []
        self._rows: dict[tuple[tuple[str, str], ...], int] = {}
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._leads: dict[int, str] = {}
        several = set()
        for hub in directory.hubs(programme.id):
            if not hub.nameless:
                self._ids.setdefault(self._bare(hub.name), hub.id)
                self._names[hub.id] = hub.name
            for urn in hub.lead_urns:
                school = register.stand_in(urn)
                if school and self._leads.setdefault(school.urn, hub.id) != hub.id:
                    several.add(school.urn)
        for urn in several:  # it leads two hubs: it doesn't tell which is meant
            del self._leads[urn]

    def _bare(self, name: str) -> str:
        """A hub's name without the programme's, which lists leave out or add."""
        words = fold(name).removeprefix("the ")
        short = words.replace(fold(self._programme.name), " ")
        return " ".join(re.sub(r"\bhub\b", " ", short).split()) or words

    def read(self, line: int, told: Mapping[str, str]) -> None:
        same = self._rows.setdefault(tuple(sorted(told.items())), line)
        name = cleaning.plain(told.get("hub", ""))[:NAME_LENGTH]
        lead_name = cleaning.plain(told.get("lead", ""))[:NAME_LENGTH]
        name, in_name = people.of_a_name(name)
        if same != line:
            self.lost.append(Doubt(line, f"says the same as line {same}; it is kept once"))
            return
        where = (told.get(kind, "") for kind in ("urn", "town", "postcode", "authority"))
        said = reading.lead_said(lead_name, *where)
        lead, doubts = reading.lead(said, self._register)
        if not name and lead is None:
            why = "; ".join([*in_name, *doubts]) or "names neither a hub nor a lead school"
            self.lost.append(Doubt(line, f"{why}: it isn't kept"))
            return
        lead_name = lead.name if lead else ""  # the register's: a cell may name its head, too
        key = self._bare(name) if name else f"lead {lead.urn if lead else 0}"
        hub = self.hubs.get(key)
        if hub is None:
            id, known = self._id(name or lead_name, lead)
            hub = self.hubs[key] = ListedHub(id, name, lead_name, [], known=known)
        hub.lines.append(line)
        self._add_lead(hub, line, lead, lead_name, [*in_name, *doubts])
        self._add_areas(hub, line, told)
        self._add(hub, line, "website", reading.website(told.get("website", "")))
        self._add(hub, line, "valid_from", reading.day(told.get("from", "")))
        self._add(hub, line, "valid_to", reading.day(told.get("to", "")))
        seen, doubts = reading.day(told.get("date", ""))
        self._add(hub, line, "last_seen", (seen[:4], doubts))
        if hub.valid_from and hub.valid_to and hub.valid_to < hub.valid_from[: len(hub.valid_to)]:
            text = f"ends ({hub.valid_to}) before it begins; no end is kept"
            hub.doubts.append(Doubt(line, text))
            hub.valid_to = ""

    def _id(self, name: str, lead: School | None) -> tuple[str, bool]:
        """A hub's id, and whether it is one of ours."""
        ours = self._ids.get(self._bare(name)) or (self._leads.get(lead.urn) if lead else None)
        taken = {hub.id for hub in self.hubs.values()}
        if ours and ours not in taken:
            return ours, True
        made = "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:80] or "hub"
        number, id = 1, made
        while id in taken or id in self._ids.values():
            number += 1
            id = f"{made}-{number}"
        return id, False

    def doubt_new_names(self) -> None:
        """Tell which new hub may be one of ours that the list doesn't name otherwise, mistyped."""
        from difflib import get_close_matches

        taken = {hub.id for hub in self.hubs.values()}
        for hub in self.hubs.values():
            bare = "" if hub.known or not hub.name else self._bare(hub.name)
            for near in get_close_matches(bare, self._ids, n=1, cutoff=ALIKE):
                if (ours := self._ids[near]) not in taken:
                    meant = f"did you mean “{self._names[ours]}”?"
                    text = f"“{hub.name[:60]}” is new to our table; {meant}"
                    hub.doubts.append(Doubt(hub.lines[0], text))

    def _add_lead(
        self, hub: ListedHub, line: int, lead: School | None, name: str, doubts: Iterable[str]
    ) -> None:
        known = {doubt.text for doubt in hub.doubts}
        hub.doubts += [Doubt(line, text) for text in doubts if text not in known]
        if hub.lead and lead and hub.lead.urn != lead.urn:
            text = f"line {hub.lines[0]} has {hub.lead.name} as its lead school, this {lead.name}"
            hub.doubts.append(Doubt(line, f"{text}: neither is kept"))
            hub.lead, hub.lead_name, hub.several_leads = None, "", True
        elif lead and not hub.lead and not hub.several_leads:
            hub.lead, hub.lead_name = lead, hub.lead_name or name

    def _add_areas(self, hub: ListedHub, line: int, told: Mapping[str, str]) -> None:
        found, doubts, region = self._areas.read(told.get("areas", ""))
        held = {(said.area.kind, said.area.code) for said in hub.areas}
        hub.areas += [s for s in found if (s.area.kind, s.area.code) not in held]
        hub.doubts += [Doubt(line, text) for text in doubts]
        given = told.get("region", "")
        if given and not self._areas.region(given):
            text = f"“{cleaning.plain(given)[:60]}” is none of the nine regions"
            hub.doubts.append(Doubt(line, text))
        named = self._areas.region(given) or region
        if named and hub.region and named != hub.region:
            text = f"line {hub.lines[0]} says {hub.region}, this {named}: the first is kept"
            hub.doubts.append(Doubt(line, text))
        hub.region = hub.region or named

    @staticmethod
    def _add(hub: ListedHub, line: int, what: str, read: tuple[str, Sequence[str]]) -> None:
        value, doubts = read
        hub.doubts += [Doubt(line, text) for text in doubts]
        held: str = getattr(hub, what)
        if value and held and value != held:
            text = f"line {hub.lines[0]} says {held}, this {value}: the first is kept"
            hub.doubts.append(Doubt(line, text))
        elif value:
            setattr(hub, what, value)


def _only_seats(hubs: Sequence[ListedHub], laid_out: Layout) -> list[Doubt]:
    """Where each hub's one area is its lead school's own, that is likely all that the list says:
    it is left out, and that is told."""
    placed = [hub for hub in hubs if hub.lead and hub.areas]
    if len(placed) < FEW or not all(map(_at_its_lead, placed)):
        return []
    for hub in hubs:
        hub.areas = []
    head = next(column.head for column in laid_out.columns if column.kind == "areas")
    text = (
        f"“{head}” is where each lead school is, so it isn't taken for where the hub works; if it "
        f"is that, too, say so: --column areas={head}"
    )
    return [Doubt(laid_out.head + 1, text)]


def _at_its_lead(hub: ListedHub) -> bool:
    area, lead = hub.areas[0].area, hub.lead
    own = {lead.la_code, fold(lead.district_name)} if lead else set()
    return len(hub.areas) == 1 and fold(area.code) in own


def _claimed_twice(hubs: Iterable[ListedHub]) -> None:
    """A doubt where two hubs of a programme with areas have one area, and neither says a part."""
    first: dict[tuple[str, str], ListedHub] = {}
    for hub in hubs:
        for said in hub.areas:
            other = first.setdefault((said.area.kind, said.area.code), hub)
            if other is not hub and not said.part:
                text = f"{said.area.name} is said to be {other.name or other.lead_name}'s, too"
                hub.doubts.append(Doubt(hub.lines[0], f"{text}: both are kept, as one of two"))
