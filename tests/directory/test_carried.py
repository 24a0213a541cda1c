"""Every researched fact stands in data/, nothing was added, and carrying again gives the same.

Skips where the research (../shared/facts) isn't at hand: it is not part of the repository.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FACTS = ROOT.parent / "shared" / "facts"
DATA = ROOT / "data"

pytestmark = pytest.mark.skipif(
    not FACTS.is_dir(), reason="the research tables (../shared/facts) are not beside the checkout"
)

Rows = list[dict[str, str]]


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


CHOSEN = ("education-investment-area", "opportunity-area")
"""Programmes of areas without hubs: they come from one list of investment areas."""


@pytest.fixture(scope="module")
def facts() -> Rows:
    found = [row for path in sorted((FACTS / "hubs").glob("*.csv")) for row in rows(path)]
    for row in found:
        if row["hub"].startswith("("):  # a stopgap for a name that wasn't found
            row["hub"], row["lead_school"] = "?", row["lead_school"] or row["trust"]
    return found


@pytest.fixture(scope="module")
def carried() -> Rows:
    tables = sorted((DATA / "programmes").glob("*.csv"))
    return [row for path in tables if path.stem not in CHOSEN for row in rows(path)]


SAME = ("hub", "lead_school", "areas", "area_kind", "region", "website", "valid_from", "valid_to")


def test_every_hub_row_is_there_and_none_more(facts: Rows, carried: Rows) -> None:
    columns = (*SAME, "source", "confidence")

    def key(row: dict[str, str]) -> tuple[str, ...]:
        return tuple(row[column].strip() for column in columns)

    assert len(facts) == len(carried) == 405
    assert Counter(map(key, facts)) == Counter(map(key, carried))


def test_leads_are_kept(facts: Rows, carried: Rows) -> None:
    urns = {urn for row in facts for urn in row["lead_urns"].split(";") if urn}
    kept = {urn for row in carried for urn in row["lead_urns"].split(";") if urn}
    assert urns <= kept
    # The second lead of a hub of two schools stood in the note only.
    assert kept - urns <= {"135888", "136292", "138136", "141277"}


def test_flags_became_columns(facts: Rows, carried: Rows) -> None:
    notes = "\n".join(row["note"] for row in facts)
    for flag, column in (
        ("LASTSEEN", "last_seen"),
        ("SECOND ROW of", "second_row"),
        ("FORMER:", "former"),
        ("SEAT ", "seat"),
    ):
        assert notes.count(flag) == sum(bool(row[column]) for row in carried), flag
    flags = notes.count("PARTIAL ") + 1  # one flag speaks of Norfolk and Suffolk together
    parts = sum(len(row["part"].split(";")) for row in carried if row["part"])
    assert parts == flags + 2  # and the science partnership's two counties, said without a flag
    for row in carried:
        for flag in ("PARTIAL", "SEAT", "LASTSEEN", "SECOND ROW", "FORMER"):
            assert flag not in row["note"]


def test_notes_lose_flags_and_bookkeeping_only(facts: Rows, carried: Rows) -> None:
    """Each piece of a note is still there, unless it was a flag or spoke of a dropped column."""

    def key(row: dict[str, str]) -> tuple[str, ...]:
        return (*(row[column] for column in SAME), row["source"])

    here = {key(row): row for row in carried}
    for fact in facts:
        row = here[key(fact)]
        said = " ".join(row.values())
        for piece in fact["note"].split("; "):
            flagged = any(
                flag in piece for flag in ("PARTIAL", "SEAT", "LASTSEEN", "SECOND ROW", "FORMER")
            )
            bookkeeping = piece.startswith(("lead URN", "trust from", "trust as in", "trust read"))
            tail = piece.endswith((")", "likely but not sourced)", "page names Suffolk Coastal)"))
            assert flagged or bookkeeping or piece in said or tail, (fact["hub"], piece)


@pytest.mark.parametrize(
    ("fact_table", "table", "column"),
    [
        ("authorities.csv", "authorities.csv", "dfe_code"),
        ("districts.csv", "districts.csv", "lad_code"),
        ("partnerships.csv", "partnerships.csv", "id"),
    ],
)
def test_whole_tables(fact_table: str, table: str, column: str) -> None:
    there = {row[column]: row for row in rows(FACTS / fact_table)}
    here = {row[column]: row for row in rows(DATA / table)}
    assert list(there) == list(here)
    for key, row in here.items():
        for name, cell in row.items():
            if name in there[key] and name != "note":
                assert cell == there[key][name].strip(), (table, key, name)
        assert there[key].get("note", "").strip() in row.get("note", "")


def test_every_chosen_area_is_there_and_none_more() -> None:
    there = rows(FACTS / "investment_areas.csv")
    investment, opportunity = (rows(DATA / "programmes" / f"{name}.csv") for name in CHOSEN)
    assert [row["hub"] for row in investment] == [row["la_name"] for row in there]
    for row, fact in zip(investment, there, strict=True):
        assert fact["eia"] == "yes"
        assert row["source"].split(" | ")[0] in fact["source_url"]
        assert fact["priority_eia_area"] in row["note"]
        assert bool(row["note"]) == (fact["priority_eia"] == "yes")
    named = [row["opportunity_area"] for row in there if row["opportunity_area"]]
    assert [row["hub"] for row in opportunity] == named


def test_neighbours() -> None:
    columns = ("dfe_code", "rank", "neighbour_code", "neighbour_name", "closeness")
    there = [[row[c] for c in columns] for row in rows(FACTS / "neighbours.csv")]
    here = [[row[c] for c in columns] for row in rows(DATA / "neighbours.csv")]
    assert there == here


def test_heads_networks_but_for_those_that_stand_among_the_partnerships() -> None:
    there = {row["id"]: row for row in rows(FACTS / "heads_networks.csv")}
    here = {row["id"]: row for row in rows(DATA / "networks.csv")}
    partnerships = {row["id"]: row for row in rows(DATA / "partnerships.csv")}
    moved = there.keys() - here.keys()
    assert moved == {
        "leicester-primary-partnership-lpp",
        "dorchester-area-schools-partnership-dasp",
        "schools-north-east",
    }
    assert here.keys() <= there.keys()
    for key in moved:
        assert there[key]["note"] in partnerships[key]["note"]
    for key, row in here.items():
        church = row.pop("church")
        assert row == {name: there[key][name].strip() for name in row}
        assert church == ("Catholic" if "Catholic" in row["name"] else "")


def test_carrying_again_gives_the_same(tmp_path: Path) -> None:
    script = ROOT / "tests" / "tools" / "carry_facts.py"
    subprocess.run([sys.executable, str(script), str(FACTS), str(tmp_path)], check=True)
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.csv")}
    assert len(made) == 22
    for path, content in made.items():
        assert content == (DATA / path).read_bytes(), path
