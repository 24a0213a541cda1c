"""Carries the researched facts (../shared/facts) into data/, so that the carrying can be checked.

    python -m tests.tools.carry_facts FACTS_FOLDER DATA_FOLDER

The same input gives the same bytes. Nothing is added or corrected here; what was found later is
laid over it (`carry_additions`). Flags that the facts keep inside their notes (PARTIAL, SEAT,
LASTSEEN, SECOND ROW, FORMER) become columns, a curator's working notes go into a column of their
own (`carry_notes`), the trust column goes (trusts are resolved from the lead's URN when asked),
`other.csv` is split by its system. A name in brackets is the researchers' stopgap for one that they
didn't find: it becomes "?". Only what the list of investment areas lacks is added, from sources
that stand in `programmes.toml` and the rows: when areas were chosen and until when, and which
districts an Opportunity Area was.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.tools.carry_additions import ADDED, FOLDER, add_to_bodies, add_to_hubs
from tests.tools.carry_notes import split_note
from tests.tools.carry_tables import Row, read, slug, write

CHECKED = "2026-11-22"

OF_A_CHURCH = {"salford-diocesan-primary-partnership-catholic-heads": "Catholic"}
"""The bodies that are for the schools of one church: their names say so."""

COLUMNS = [
    "id",
    "hub",
    "role",
    "lead_school",
    "lead_urns",
    "areas",
    "area_kind",
    "part",
    "part_districts",
    "seat",
    "region",
    "website",
    "valid_from",
    "valid_to",
    "last_seen",
    "second_row",
    "former",
    "source",
    "as_of",
    "confidence",
    "note",
    "curator_note",
]

TABLES = {
    "maths.csv": "maths-hub",
    "english.csv": "english-hub",
    "tsh.csv": "teaching-school-hub",
    "research_schools.csv": "research-school",
    "attendance_behaviour.csv": "attendance-behaviour-hub",
    "music.csv": "music-hub",
    "computing.csv": "computing-hub",
    "behaviour.csv": "behaviour-hub",
}
SYSTEMS = {  # the programmes that share other.csv
    "RISE region (DfE regional improvement team)": "rise-region",
    "Early Years Stronger Practice Hub": "early-years-hub",
    "Language Hub (NCLE)": "language-hub",
    "Careers Hub (CEC)": "careers-hub",
    "Science Learning Partnership (STEM Learning)": "science-learning-partnership",
    "Attendance Hub (DfE, 2022-25)": "attendance-hub",
}

# Every PARTIAL flag, word for word: (programme, flag in the note) -> what the columns `part` and
# `part_districts` say, and what stays in the note. `part_districts` is filled only where the part
# follows district lines; "north only" leaves it empty, and the claim becomes "one of these".
NY = "North Yorkshire"
PARTS: dict[tuple[str, str], tuple[str, str, str]] = {
    (
        "teaching-school-hub",
        "PARTIAL East Suffolk: southern part only (former Suffolk Coastal district; the trust's "
        "own 2021 page names Suffolk Coastal)",
    ): (
        "East Suffolk: southern part only (former Suffolk Coastal district)",
        "East Suffolk=only Suffolk Coastal",
        "the trust's own 2021 page names Suffolk Coastal",
    ),
    (
        "teaching-school-hub",
        "PARTIAL East Suffolk: northern part only (former Waveney district, by inference from EE6)",
    ): (
        "East Suffolk: northern part only (former Waveney district, by inference from EE6)",
        "East Suffolk=only Waveney",
        "",
    ),
    ("teaching-school-hub", "PARTIAL Cornwall: west only"): ("Cornwall: west only", "", ""),
    ("teaching-school-hub", "PARTIAL Cornwall: east only"): ("Cornwall: east only", "", ""),
    ("teaching-school-hub", "PARTIAL Birmingham: north only"): ("Birmingham: north only", "", ""),
    ("teaching-school-hub", "PARTIAL Birmingham: south only"): ("Birmingham: south only", "", ""),
    (
        "teaching-school-hub",
        "PARTIAL North Yorkshire: eastern part = former Ryedale and Scarborough districts "
        "(York Press 2021)",
    ): (
        f"{NY}: eastern part = former Ryedale and Scarborough districts (York Press 2021)",
        f"{NY}=only Ryedale|Scarborough",
        "",
    ),
    (
        "teaching-school-hub",
        "PARTIAL North Yorkshire: southern part = former Selby district",
    ): (f"{NY}: southern part = former Selby district", f"{NY}=only Selby", ""),
    (
        "teaching-school-hub",
        "PARTIAL North Yorkshire: western part = former Craven, Hambleton, Harrogate, "
        "Richmondshire districts (press 2020)",
    ): (
        f"{NY}: western part = former Craven, Hambleton, Harrogate, Richmondshire districts "
        "(press 2020)",
        f"{NY}=only Craven|Hambleton|Harrogate|Richmondshire",
        "",
    ),
    (
        "maths-hub",
        "PARTIAL Lancashire: site says parts of Lancashire, the north of the county goes to the "
        "Cumbria and north Lancashire hub",
    ): (
        "Lancashire: site says parts of Lancashire, the north of the county goes to the Cumbria "
        "and north Lancashire hub",
        "",
        "",
    ),
    ("maths-hub", "PARTIAL Lancashire: north only"): ("Lancashire: north only", "", ""),
    ("maths-hub", "PARTIAL Nottinghamshire: Ashfield and Broxtowe districts only"): (
        "Nottinghamshire: Ashfield and Broxtowe districts only",
        "Nottinghamshire=only Ashfield|Broxtowe",
        "",
    ),
    (
        "maths-hub",
        "PARTIAL Nottinghamshire: all but Ashfield and Broxtowe, which East Midlands West lists "
        "(clear inference; the lead is in Newark and Sherwood)",
    ): (
        "Nottinghamshire: all but Ashfield and Broxtowe, which East Midlands West lists",
        "Nottinghamshire=except Ashfield|Broxtowe",
        "Nottinghamshire: clear inference, the lead is in Newark and Sherwood",
    ),
    ("maths-hub", "PARTIAL Norfolk: King's Lynn and West Norfolk only"): (
        "Norfolk: King's Lynn and West Norfolk only",
        "Norfolk=only King's Lynn and West Norfolk",
        "",
    ),
    ("maths-hub", "PARTIAL Suffolk: West Suffolk only"): (
        "Suffolk: West Suffolk only",
        "Suffolk=only West Suffolk",
        "",
    ),
    (
        "maths-hub",
        "PARTIAL Norfolk and Suffolk: less King's Lynn and West Norfolk, and West Suffolk",
    ): (
        "Norfolk: less King's Lynn and West Norfolk;Suffolk: less West Suffolk",
        "Norfolk=except King's Lynn and West Norfolk;Suffolk=except West Suffolk",
        "",
    ),
    ("maths-hub", " (PARTIAL Hampshire: not the north-east)"): (
        "Hampshire: not the north-east",
        "",
        "",
    ),
    ("maths-hub", "PARTIAL Hampshire: north-east only"): ("Hampshire: north-east only", "", ""),
    ("maths-hub", "PARTIAL Devon (west Devon went to the Cornwall hub)"): (
        "Devon: west Devon went to the Cornwall hub",
        "",
        "",
    ),
    (
        "maths-hub",
        "PARTIAL Devon: west only on the older name, line with Jurassic not found",
    ): ("Devon: west only on the older name, line with Jurassic not found", "", ""),
    (
        "english-hub",
        "PARTIAL West Suffolk: the site says St Edmundsbury, a former district",
    ): (
        "West Suffolk: the site says St Edmundsbury, a former district",
        "West Suffolk=only St Edmundsbury",
        "",
    ),
    ("english-hub", "PARTIAL Somerset: former West Somerset and Taunton Deane districts"): (
        "Somerset: former West Somerset and Taunton Deane districts",
        "Somerset=only West Somerset|Taunton Deane",
        "",
    ),
    (
        "english-hub",
        "PARTIAL North Yorkshire: former Craven, Richmondshire and Hambleton districts",
    ): (
        f"{NY}: former Craven, Richmondshire and Hambleton districts",
        f"{NY}=only Craven|Richmondshire|Hambleton",
        "",
    ),
    ("english-hub", "PARTIAL North Yorkshire: former Selby and Harrogate districts"): (
        f"{NY}: former Selby and Harrogate districts",
        f"{NY}=only Selby|Harrogate",
        "",
    ),
    # Scarborough is likely but not sourced, so the line stays open: no part_districts.
    (
        "english-hub",
        " (PARTIAL North Yorkshire: Ryedale named; Scarborough likely but not sourced)",
    ): (f"{NY}: Ryedale named, Scarborough likely but not sourced", "", ""),
    ("english-hub", "PARTIAL Devon: shared with Ilsham, line not found"): (
        "Devon: shared with Ilsham, line not found",
        "",
        "",
    ),
    (
        "english-hub",
        "PARTIAL Somerset: former West Somerset district, which Ilsham also lists",
    ): (
        "Somerset: former West Somerset district, which Ilsham also lists",
        "Somerset=only West Somerset",
        "",
    ),
    ("research-school", "PARTIAL North Yorkshire: former Scarborough district"): (
        f"{NY}: former Scarborough district",
        f"{NY}=only Scarborough",
        "",
    ),
    ("research-school", "PARTIAL Somerset: former West Somerset district"): (
        "Somerset: former West Somerset district",
        "Somerset=only West Somerset",
        "",
    ),
    # No flag in the facts, but the same meaning; the sentence stays in the note as well.
    ("science-learning-partnership", "parts of Hertfordshire and Buckinghamshire only"): (
        "Hertfordshire: parts only;Buckinghamshire: parts only",
        "",
        "parts of Hertfordshire and Buckinghamshire only",
    ),
}

# Opportunity Areas that were districts: the areas, which they mostly are, and the part of them.
DISTRICTS = {
    "Fenland and East Cambridgeshire": ("Fenland;East Cambridgeshire", "district", "", ""),
    "Hastings": ("Hastings", "district", "", ""),
    "Ipswich": ("Ipswich", "district", "", ""),
    "Norwich": ("Norwich", "district", "", ""),
    "North Yorkshire Coast": (
        NY,
        "LA",
        f"{NY}: the coast, former Scarborough district, by which name it was announced",
        f"{NY}=only Scarborough",
    ),
    "West Somerset": (
        "Somerset",
        "LA",
        "Somerset: former West Somerset district",
        "Somerset=only West Somerset",
    ),
}
ANNOUNCED = (
    "https://ocr.org.uk/about/policy-and-public-affairs/articles/dfe-opportunity-areas-expanded"
)
PHASES = {"1": "2016-10", "2": "2017-01"}  # when the Opportunity Areas of each were announced

SEAT_WORDS = "read from the place of the lead school, not from a list"


def tidy(note: str) -> str:
    """Joins what is left of a note after flags have been taken out."""
    return "; ".join(piece.strip() for piece in note.split("; ") if piece.strip(" ;"))


def pull(pattern: str, note: str) -> tuple[str, str]:
    """(first group, note without the match), or ("", note)."""
    found = re.search(pattern, note)
    if not found:
        return "", note
    return found[1], note[: found.start()] + note[found.end() :]


def hub_row(programme: str, fact: Row) -> Row:
    note = fact["note"]
    row = {column: fact.get(column, "") for column in COLUMNS}

    parts, lines = [], []
    for (owner, flag), (part, districts, stays) in PARTS.items():
        if owner == programme and flag in note:
            parts.append(part)
            lines.append(districts)
            note = note.replace(flag, stays)
    row["part"] = ";".join(parts)
    row["part_districts"] = ";".join(line for line in lines if line)

    row["last_seen"], note = pull(r"LASTSEEN (\d{4})", note)
    note = note.replace(" (answer undated in the copy seen)", "answer undated in the copy seen")
    row["former"], note = pull(r"FORMER: ([^;]+)", note)
    second, note = pull(r"(SECOND ROW of this hub)", note)
    row["second_row"] = "yes" if second else ""
    seat, note = pull(rf"SEAT ([^;:]+)(?:: {SEAT_WORDS})?", note)
    if "(" in seat:  # "North Kesteven (Lincolnshire)": the area, and where it lies
        seat, county = seat.rstrip(")").split(" (")
        note += f"; {seat}: in {county}"
    row["seat"] = seat

    # The note also repeats lead_urns, and says where the dropped trust column was read.
    urns = fact["lead_urns"].split(";") if fact["lead_urns"] else []
    extra = re.match(r"URN (\d{6}); (\d{6}) \(", note)
    if extra:  # a hub of two schools: the second URN stands in the note only
        urns = [extra[1], extra[2]]
    row["lead_urns"] = ";".join(urns)
    kept = []
    for piece in tidy(note).split("; "):
        if piece == f"lead URN {', '.join(urns)}" or piece.startswith(
            ("trust from ", "trust as in ", "trust read ")
        ):
            continue
        kept.append(piece)
    # A lead that can't be resolved through the register would be lost with the trust column.
    if fact["trust"] and (not urns or "Alliance" in fact["trust"]):
        kept.append(f"led by {fact['trust']}")
    row["note"] = tidy("; ".join(kept))

    if fact["hub"].endswith(" Satellite"):
        row["role"] = "satellite"
    elif " Associate Research School" in fact["hub"]:
        row["role"] = "associate"
    named = fact["hub"] and "name not found" not in fact["hub"]
    row["id"] = slug(fact["hub"] if named else fact["lead_school"])
    if fact["hub"].startswith("("):
        row["hub"] = "?"
        row["lead_school"] = fact["lead_school"] or fact["trust"]
    row["as_of"] = CHECKED
    for flag in ("PARTIAL", "SEAT", "LASTSEEN", "SECOND ROW", "FORMER"):
        if flag in row["note"]:
            raise SystemExit(f"{programme}, {fact['hub']}: {flag} is left in the note")
    return row


def carry_hubs(facts: Path, data: Path) -> None:
    tables: dict[str, list[Row]] = {}
    for name, programme in TABLES.items():
        for fact in read(facts / "hubs" / name):
            tables.setdefault(programme, []).append(hub_row(programme, fact))
    for fact in read(facts / "hubs" / "other.csv"):
        programme = SYSTEMS[fact["system"]]
        tables.setdefault(programme, []).append(hub_row(programme, fact))
    add_to_hubs(facts, tables)
    for fact in read(facts / FOLDER / "hubs" / "attendance_behaviour.csv"):
        row = hub_row("attendance-behaviour-hub", fact) | {"as_of": ADDED}
        tables["attendance-behaviour-hub"].append(row)
    for programme, rows in tables.items():
        names: Row = {}
        for row in rows:
            if names.setdefault(row["id"], row["hub"]) != row["hub"]:
                raise SystemExit(f"{programme}: two hubs would share the id {row['id']}")
            split_note(row, of_hub=True)
        write(data / "programmes" / f"{programme}.csv", COLUMNS, rows)


def carry_places(facts: Path, data: Path) -> None:
    columns = "dfe_code,ons_code,name_ons,name_gias,name_lait,region,type,london_part,"
    columns += "ons_code_from,gias_name_confidence,confidence,note,checked"
    write(data / "authorities.csv", columns.split(","), read(facts / "authorities.csv"))

    codes = {row["ons_code"]: row["dfe_code"] for row in read(facts / "authorities.csv")}
    districts = read(facts / "districts.csv")
    for row in districts:
        # The list prints "z" for Barnsley and Sheffield, whose ONS codes changed in May 2025.
        row["la_code"] = codes[row["new_la_code"]]
        row["devolved_area"] = row["english_devolved_area_name"].replace("Not applicable", "")
    columns = "lad_code,lad_name,la_code,la_name,region_name,devolved_area"
    write(data / "districts.csv", columns.split(","), districts)

    columns = "dfe_code,la_name,rank,neighbour_code,neighbour_name,closeness"
    write(data / "neighbours.csv", columns.split(","), read(facts / "neighbours.csv"))


def carry_chosen_areas(facts: Path, data: Path) -> None:
    """Education Investment Areas and Opportunity Areas: one list in the facts, two programmes."""
    regions = {row["dfe_code"]: row["region"] for row in read(facts / "authorities.csv")}
    blank = dict.fromkeys(COLUMNS, "")
    investment, opportunity = [], []
    for fact in read(facts / "investment_areas.csv"):
        sources = fact["source_url"].split(" ; ")
        common = {
            **blank,
            "region": regions[fact["dfe_code"]],
            "as_of": fact["checked"],
            "confidence": fact["confidence"],
        }
        priority = fact["priority_eia_area"]
        investment.append(
            {
                **common,
                "id": slug(fact["la_name"]),
                "hub": fact["la_name"],
                "areas": fact["la_name"],
                "area_kind": "LA",
                "valid_from": "2022-02",
                "valid_to": "2025-03",
                "source": " | ".join(s for s in sources if "education-investment-areas" in s),
                "note": f"priority area: {priority}, {fact['priority_covers']}" if priority else "",
            }
        )
        if name := fact["opportunity_area"]:
            areas, kind, part, districts = DISTRICTS.get(name, (fact["la_name"], "LA", "", ""))
            opportunity.append(
                {
                    **common,
                    "id": slug(name),
                    "hub": name,
                    "areas": areas,
                    "area_kind": kind,
                    "part": part,
                    "part_districts": districts,
                    "valid_from": PHASES[fact["opportunity_area_phase"]],
                    "valid_to": "2022-08",
                    "source": sources[-1] + (f" | {ANNOUNCED}" if "Scarborough" in part else ""),
                }
            )
    write(data / "programmes" / "education-investment-area.csv", COLUMNS, investment)
    write(data / "programmes" / "opportunity-area.csv", COLUMNS, opportunity)


def carry_bodies(facts: Path, data: Path) -> None:
    partnerships = read(facts / "partnerships.csv")
    networks = read(facts / "heads_networks.csv")
    here = {row["id"]: row for row in partnerships}
    for row in networks:
        # Three bodies stand in both tables. The partnerships row says more (tier, legal form, a
        # newer date), so it stays, and takes over what only the other row knew.
        if row["id"] in here:
            twin = here[row["id"]]
            note = f"; as such: {row['note']}" if row["note"] else ""
            twin["note"] += ("; " if twin["note"] else "") + (
                f"in the heads' networks' list as {row['kind']}{note}"
            )
    add_to_bodies(facts, networks)
    for row in (*partnerships, *networks):
        row["church"] = OF_A_CHURCH.get(row["id"], "")
        split_note(row)
    columns = "id,name,tier,legal_form,company_number,charity_number,la_codes,la_names,area,phase,"
    columns += "church,website,started,status,status_as_of,aepa_member,source_url,confidence,"
    columns += "note,curator_note,checked"
    write(data / "partnerships.csv", columns.split(","), partnerships)
    columns = "id,name,kind,la_codes,la_names,area,phase,church,website,started,status,"
    columns += "status_as_of,source_url,confidence,note,curator_note,checked"
    write(
        data / "networks.csv",
        columns.split(","),
        [row for row in networks if row["id"] not in here],
    )


def carry_dioceses(facts: Path, data: Path) -> None:
    rows = []
    for fact in read(facts / FOLDER / "dioceses.csv"):
        church = fact["church"].removeprefix("Roman ")
        board, as_of = fact["education_body"], fact["seen"] or ADDED
        made = {"source_date": fact["source_page_date"], "as_of": as_of}
        rows.append({**fact, "church": church, "board": board, **made})
        split_note(rows[-1])
    columns = "church,diocese,board,website,source,source_date,as_of,confidence,note,curator_note"
    write(data / "dioceses.csv", columns.split(","), rows)


def carry_outward_codes(facts: Path, data: Path) -> None:
    columns = "outward_code,easting,northing,source,confidence,note"
    write(
        data / "outward_codes.csv", columns.split(","), read(facts / FOLDER / "outward_codes.csv")
    )


def carry(facts: Path, data: Path) -> None:
    carry_hubs(facts, data)
    carry_places(facts, data)
    carry_chosen_areas(facts, data)
    carry_bodies(facts, data)
    carry_dioceses(facts, data)
    carry_outward_codes(facts, data)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    carry(Path(sys.argv[1]), Path(sys.argv[2]))
