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
from navigator.core.model import OPEN_STATUSES, School, SchoolLink, Trust
from navigator.register import Register, open_register, update_from
from navigator.register.gias import read_header
from navigator.register.sources import unpacked

TARGET = paths.facts_dir() / "sample"
WHOLE_AUTHORITIES = {"892": "Nottingham", "866": "Swindon", "884": "Herefordshire"}
NOTTINGHAMSHIRE = "891"
DISTRICTS = {"Broxtowe", "Gedling", "Rushcliffe"}
SCHOOL_FIELDS = (
    "urn",
    "name",
    "status",
    "phase",
    "type",
    "type_group",
    "la_code",
    "la_name",
    "district_code",
    "district_name",
    "region",
    "street",
    "locality",
    "town",
    "postcode",
    "easting",
    "northing",
    "pupils",
    "low_age",
    "high_age",
    "opened",
    "website",
    "laestab",
    "ukprn",
    "trust_uid",
    "religious_character",
    "diocese",
)


def main() -> None:
    source = Path(sys.argv[1])
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        update_from(source, Path(folder))
        register = open_register(Path(folder))
        localities = _localities(source, Path(folder))
        _write_all(register, localities)
        register.close()


def _write_all(register: Register, localities: dict[int, str]) -> None:
    schools = [s for urn in register.open_urns() if (s := register.get(urn)) and _is_ours(s)]
    leads, lead_links = _leads(register, {s.urn for s in schools})
    links = {(urn, link.urn, link.kind): (urn, link) for urn, link in lead_links}
    for school in schools:
        for urn, link in _history(register, school.urn):
            links[urn, link.urn, link.kind] = urn, link
    _write("schools.csv", SCHOOL_FIELDS, (_school_row(s, localities) for s in schools))
    _write("leads.csv", SCHOOL_FIELDS, (_school_row(s, localities) for s in leads))
    _write(
        "links.csv",
        ("urn", "other", "name", "kind", "date"),
        ((urn, k.urn, k.name, k.kind, k.date or "") for _, (urn, k) in sorted(links.items())),
    )
    uids = sorted({s.trust_uid for s in (*schools, *leads) if s.trust_uid}, key=int)
    trusts = [trust for uid in uids if (trust := register.trust(uid))]
    _write(
        "trusts.csv",
        Trust._fields,
        (
            {
                **t._asdict(),
                "opened": t.opened or "",
                "spread_km": "" if t.spread_km is None else f"{t.spread_km:.2f}",
            }.values()
            for t in trusts
        ),
    )
    codes = sorted({s.la_code for s in schools})
    every = sorted({s.la_code for urn in register.open_urns() if (s := register.get(urn))})
    _write(
        "areas.csv",
        ("la_code", "schools", "maintained"),
        ((c, *register.schools_in_la(c)) for c in every),
    )
    pairs = ((c, other) for c in codes for other in register.adjoining(c))
    _write("adjoining.csv", ("la_code", "other"), pairs)
    _write(
        "trust_areas.csv",
        ("trust_uid", "la_code", "schools"),
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


def _school_row(school: School, localities: dict[int, str]) -> Iterable[object]:
    told = {**school._asdict(), "locality": localities[school.urn]}
    return ("" if told[field] is None else told[field] for field in SCHOOL_FIELDS)


def _localities(source: Path, work: Path) -> dict[int, str]:
    """What `School` doesn't carry, by URN."""
    with unpacked(source, work) as found, found.schools.open("rb") as file:
        header = read_header(file)
        rows = (dict(zip(header.columns, row, strict=True)) for row in header.picked(file))
        return {int(r["urn"]): f"{r['locality']} {r['address3']}".strip() for r in rows}


def _write(name: str, fields: tuple[str, ...], rows: Iterable[Iterable[object]]) -> None:
    with (TARGET / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(fields)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
