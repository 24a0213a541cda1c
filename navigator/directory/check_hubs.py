"""The checks of programmes and their tables: who is named twice, who covers what, who leads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlsplit

from navigator.core import wording
from navigator.core.model import Hub, Programme
from navigator.directory import leads
from navigator.directory.facts import Directory
from navigator.directory.faults import BrokenTableError
from navigator.directory.places import Places, Spot, Standing
from navigator.directory.programmes import COVERS, ProgrammeEntry
from navigator.directory.tables import TableRow

EVERY_DISTRICT = "every district"
"""What `covers` says where each district is to have its hub."""

Rows = Sequence[tuple[TableRow, Hub]]
OnDistrict = dict[str, list[tuple[TableRow, Hub, int]]]
"""For each district, the rows that hold it and its standing."""


def check_hubs(
    directory: Directory,
    programmes: Iterable[Programme],
    lead: leads.LeadKnown | None,
    register_name: str,
) -> None:
    """Blame what is wrong in programmes and their tables (see `check`)."""
    for programme in programmes:
        entry = directory.read.entries[programme.id]
        rows = directory.read.hub_rows(programme.id)
        _check_entry(entry, programme, directory)
        _check_ids(rows)
        _check_areas(rows)
        covers = entry.text(COVERS)
        if covers not in ("", EVERY_DISTRICT):
            entry.wrong(COVERS, f"“{covers}” must be “{EVERY_DISTRICT}”, or left out")
        if programme.rule == "area" or covers:
            on = _by_district(rows, directory.places)
            _check_overlaps(on, directory.places)
            if covers == EVERY_DISTRICT and rows:
                _check_cover(directory, programme, on, _day(programme, rows))
        if lead is not None and rows:
            _check_leads(programme, rows, lead, register_name)


def _check_entry(entry: ProgrammeEntry, programme: Programme, directory: Directory) -> None:
    if not programme.source:
        entry.wrong("source", "is missing; say where the programme is known from")
    if programme.replaced_by and programme.replaced_by not in directory.read.entries:
        entry.wrong("replaced_by", f"“{programme.replaced_by}” is no programme; write its id")
    if said := website_fault(programme.finder_url):
        entry.wrong("finder_url", said)


def website_fault(address: str) -> str:
    """What is wrong with a web address that begins with http, beside that; "" for nothing."""
    try:
        host = urlsplit(address).netloc
    except ValueError:
        host = ""
    sound = re.fullmatch(r"([\w-]+\.)+[^\W\d_]{2,}(:\d+)?", host) and " " not in address
    if sound or not address:
        return ""
    if "@" in host:
        return f"“{address}” is an e-mail address, or holds a name; write the page's address"
    return f"“{address}” is no address of a website; open it in a browser, and copy it from there"


def _check_ids(rows: Rows) -> None:
    """A hub has one row, and rows marked as second ones. Rows that are alike are told as such."""
    whole: dict[tuple[str, ...], int] = {}
    first: dict[str, int] = {}
    for row, hub in rows:
        cells = tuple(row.values())
        if cells in whole:
            row.wrong("id", f"the row says the same as line {whole[cells]}; delete one of them")
            continue
        whole[cells] = row.line
        if not row["second_row"]:
            if hub.id and hub.id in first:
                row.wrong(
                    "id",
                    f"“{hub.id}” stands in line {first[hub.id]} too; give the row another, or "
                    "write yes in second_row if these are more areas of the same hub",
                )
            first.setdefault(hub.id, row.line)
    for row, hub in rows:
        if row["second_row"] == "yes" and hub.id not in first:
            row.wrong("id", f"“{hub.id}” has no other row; mend the id, or empty second_row")


def _check_areas(rows: Rows) -> None:
    """No area stands twice in a row, nor in two rows of one hub that hold at one time."""
    for index, (row, hub) in enumerate(rows):
        seen: set[tuple[str, str]] = set()
        for area in hub.areas:
            if (area.kind, area.code) in seen:
                row.wrong("areas", f"“{area.name}” stands there twice; delete one of them")
            seen.add((area.kind, area.code))
        for before, other in rows[:index]:
            if other.id != hub.id or not _meet(hub, other):
                continue
            both = [a.name for a in hub.areas if not a.part and a in other.areas]
            if both and tuple(before.values()) != tuple(row.values()):
                row.wrong(
                    "areas",
                    f"line {before.line} claims {_listed(both)} for “{hub.name}” too; keep the "
                    "area in one of the two rows",
                )


def _check_leads(
    programme: Programme, rows: Rows, lead: leads.LeadKnown, register_name: str
) -> None:
    checked = max(hub.as_of for _, hub in rows)
    for row, hub in rows:
        ends = [day for day in (hub.valid_to, programme.valid_to) if day]
        ending = hub._replace(valid_to=min(ends, default=None))
        for urn in hub.lead_urns:
            if said := leads.problem(ending, urn, lead(urn), register_name, checked):
                row.wrong("lead_urns", said)


def _by_district(rows: Rows, places: Places) -> OnDistrict:
    """What a programme's surer rows hold: low ones, associates and regions designate nothing."""
    on: OnDistrict = {}
    local = [
        (row, hub, [area for area in hub.areas if area.kind in ("LA", "district")])
        for row, hub in rows
        if hub.confidence != "low" and not hub.role
    ]
    for name, district in places.districts.items():
        spot = Spot(district.la_code, name, name)
        on[name] = []
        for row, hub, areas in local:
            held = max((places.standing(area, spot, "") for area in areas), default=Standing.OUT)
            if held != Standing.OUT:
                on[name].append((row, hub, held))
    return on


def _check_overlaps(on: OnDistrict, places: Places) -> None:
    both: dict[tuple[int, int], list[str]] = defaultdict(list)
    told: dict[tuple[int, int], tuple[TableRow, Hub, Hub]] = {}
    for name, holders in on.items():
        for index, (row, hub, held) in enumerate(holders):
            for before, other, held_before in holders[:index]:
                # Two who both say "part" are a split; one who says "all" leaves no part over.
                split = Standing.IN not in (held, held_before)
                if other.id != hub.id and _meet(hub, other) and not split:
                    key = (before.line, row.line)
                    both[key].append(places.districts[name].name)
                    told[key] = (row, hub, other)
    for key, names in both.items():
        row, hub, other = told[key]
        row.wrong(
            "areas",
            f"“{hub.name}” and “{other.name}” (line {key[0]}) both have {_listed(names)} at one "
            "time, not in parts; say in part which part each has, or end one with valid_to",
        )


def _check_cover(directory: Directory, programme: Programme, on: OnDistrict, day: date) -> None:
    """Each district has one hub, or marked parts of it have two or more."""
    none, partly = defaultdict(list), defaultdict(list)
    for name, holders in on.items():
        district = directory.places.districts[name]
        held = [standing for _, hub, standing in holders if hub.in_force(day)]
        if not held:
            none[district.la_code].append(district.name)
        elif held == [Standing.MAYBE]:
            partly[district.la_code].append(district.name)
    path, blame = directory.read.tables[programme.id], directory.read.blame
    for code, names in none.items():
        la = directory.places.authorities[code].name
        problem = f"no hub has {_listed(names)} (LA: {la}) on {day}; add it to a row's areas"
        blame(BrokenTableError(path, problem, 1, "areas"))
    for code, names in partly.items():
        la = directory.places.authorities[code].name
        problem = f"only part of {_listed(names)} (LA: {la}) has a hub on {day}; add the other part"
        blame(BrokenTableError(path, problem, 1, "part"))


def _day(programme: Programme, rows: Rows) -> date:
    """The day on which the table was last checked, or the nearest on which the programme ran."""
    day = max(hub.as_of for _, hub in rows)
    if programme.valid_from:
        day = max(day, programme.valid_from)
    return min(day, programme.valid_to) if programme.valid_to else day


def _meet(one: Hub, other: Hub) -> bool:
    return (one.valid_from or date.min) <= (other.valid_to or date.max) and (
        other.valid_from or date.min
    ) <= (one.valid_to or date.max)


def _listed(names: Sequence[str]) -> str:
    return wording.first_few(names, 3)
