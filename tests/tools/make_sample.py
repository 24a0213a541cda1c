"""Writes `data/sample/` from DfE's files: `python -m tests.tools.make_sample FOLDER`.

FOLDER holds the establishment file with links and groups files (`../shared/gias` in development).
The same files give the same sample, byte for byte. Nothing is taken that the sample's README
doesn't name: no person, no phone number.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from navigator.core import paths
from navigator.core.model import OPEN_STATUSES, School, SchoolLink
from navigator.register import Register, open_register, sample, update_from
from navigator.register.build import read_header
from navigator.register.gias import COLUMNS, decoded
from navigator.register.sources import unpacked

TARGET = paths.facts_dir() / "sample"
WHOLE_AUTHORITIES = {"892": "Nottingham", "866": "Swindon", "884": "Herefordshire"}
NOTTINGHAMSHIRE = "891"
DISTRICTS = {"Broxtowe", "Gedling", "Rushcliffe"}


def main() -> None:
    source = Path(sys.argv[1])
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        update_from(source, Path(folder))
        register = open_register(Path(folder))
        more = _more(source, Path(folder))
        _write_all(register, more)
        register.close()


def _write_all(register: Register, more: dict[int, tuple[str, str, str]]) -> None:
    schools = [s for urn in register.open_urns() if (s := register.get(urn)) and _is_ours(s)]
    leads, lead_links = _leads(register, {s.urn for s in schools})
    links = {(urn, link.urn, link.kind): (urn, link) for urn, link in lead_links}
    for school in schools:
        for urn, link in _history(register, school.urn):
            links[urn, link.urn, link.kind] = urn, link
    _write("schools.csv", sample.SCHOOL_FIELDS, (_school_row(s, more) for s in schools))
    _write("leads.csv", sample.SCHOOL_FIELDS, (_school_row(s, more) for s in leads))
    _write(
        "links.csv",
        sample.LINK_FIELDS,
        ((urn, k.urn, k.name, k.kind, k.date or "") for _, (urn, k) in sorted(links.items())),
    )
    uids = sorted({s.trust_uid for s in (*schools, *leads) if s.trust_uid}, key=int)
    trusts = [trust for uid in uids if (trust := register.trust(uid))]
    _write(
        "trusts.csv",
        sample.TRUST_FIELDS,
        (
            (
                t.uid,
                t.name,
                t.kind,
                t.size,
                t.status,
                t.opened or "",
                t.companies_house,
                "" if t.spread_km is None else f"{t.spread_km:.2f}",
            )
            for t in trusts
        ),
    )
    codes = sorted({s.la_code for s in schools})
    every = sorted({s.la_code for urn in register.open_urns() if (s := register.get(urn))})
    _write("areas.csv", sample.AREA_FIELDS, ((c, *register.schools_in_la(c)) for c in every))
    pairs = ((c, other) for c in codes for other in register.adjoining(c))
    _write("adjoining.csv", sample.ADJOINING_FIELDS, pairs)
    _write(
        "trust_areas.csv",
        sample.TRUST_AREA_FIELDS,
        (
            (t.uid, c, n)
            for t in trusts
            for c in codes
            if (n := register.trust_schools_in_la(t.uid, c))
        ),
    )


def _is_ours(school: School) -> bool:
    return school.la_code in WHOLE_AUTHORITIES or (
        school.la_code == NOTTINGHAMSHIRE and school.district_name in DISTRICTS
    )


def _leads(register: Register, ours: set[int]) -> tuple[list[School], list[tuple[int, SchoolLink]]]:
    """The schools that lead hubs; for those closed since, their successors and how to get there."""
    urns: set[int] = set()
    for table in sorted((paths.facts_dir() / "programmes").glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                urns |= {int(urn) for urn in (row.get("lead_urns") or "").split(";") if urn.strip()}
    leads: dict[int, School] = {}
    links: list[tuple[int, SchoolLink]] = []
    for urn in sorted(urns):
        school = register.get(urn)
        if school:
            leads[urn] = school
        if school is None or school.status not in OPEN_STATUSES:
            for following in register.successor(urn):
                leads[following.urn] = following
                links += _history(register, following.urn)
    return [school for urn, school in sorted(leads.items()) if urn not in ours], links


def _history(register: Register, urn: int) -> list[tuple[int, SchoolLink]]:
    """Where a school came from and went, as far back as links tell: (URN, its link) each."""
    found: list[tuple[int, SchoolLink]] = []
    seen: set[int] = set()
    ahead = [urn]
    while ahead:
        at = ahead.pop()
        if at in seen:
            continue
        seen.add(at)
        successors, predecessors = register.links(at)
        found += [(at, link) for link in (successors if at == urn else ())]
        found += [(at, link) for link in predecessors]
        ahead += [link.urn for link in predecessors]
    return found


def _school_row(school: School, more: dict[int, tuple[str, str, str]]) -> Iterable[object]:
    locality, easting, northing = more[school.urn]
    told = {
        **{field: getattr(school, field, "") for field in sample.SCHOOL_FIELDS},
        "locality": locality,
        "easting": easting,
        "northing": northing,
        "latitude": "" if school.latitude is None else f"{school.latitude:.5f}",
        "longitude": "" if school.longitude is None else f"{school.longitude:.5f}",
    }
    return ("" if (value := told[field]) is None else value for field in sample.SCHOOL_FIELDS)


def _more(source: Path, work: Path) -> dict[int, tuple[str, str, str]]:
    """(locality, easting, northing) by URN: what `School` doesn't carry."""
    at = [COLUMNS.index(name) for name in ("Locality", "Address3", "Easting", "Northing")]
    more = {}
    with unpacked(source, work) as found, found.schools.open("rb") as file:
        header = read_header(file)
        for row in header.picked(csv.reader(decoded(file, 2)), 1):
            locality, address, easting, northing = (row[i] for i in at)
            more[int(row[0])] = f"{locality} {address}".strip(), easting, northing
    return more


def _write(name: str, fields: tuple[str, ...], rows: Iterable[Iterable[object]]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(fields)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
