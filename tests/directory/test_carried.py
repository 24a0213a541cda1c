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

from navigator.core.church import Diocese
from navigator.core.model import Hub, Network, Partnership
from navigator.directory import open_directory

ROOT = Path(__file__).parents[2]
FACTS = ROOT.parent / "shared" / "facts"
ADDITIONS = FACTS / "additions-2026-11"
DATA = ROOT / "data"
ADDED = "2026-11-27"
"""The day of the additions: a row that has it was changed by them, or is new."""

pytestmark = pytest.mark.skipif(
    not FACTS.is_dir(), reason="the research tables (../shared/facts) are not beside the checkout"
)

Rows = list[dict[str, str]]

NEW = "Archbishop Blanch Church of England High School"
"""The one hub that the additions add."""


def rows(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def pieces(note: str) -> set[str]:
    return set(filter(None, note.strip().split("; ")))


def pieces_of(row: dict[str, str]) -> set[str]:
    """What is said for users, and what for curators."""
    return pieces(row.get("note", "")) | pieces(row.get("curator_note", ""))


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


def test_every_hub_row_is_there_and_none_more_but_those_added(facts: Rows, carried: Rows) -> None:
    columns = (*SAME, "source", "confidence")

    def key(row: dict[str, str]) -> tuple[str, ...]:
        return tuple(row[column].strip() for column in columns)

    assert (len(facts), len(carried)) == (405, 406)
    same = Counter(key(row) for row in carried if row["as_of"] != ADDED)
    assert same <= Counter(map(key, facts))
    changed = {row["hub"] for row in carried if row["as_of"] == ADDED}
    assert {key(row)[0] for row in facts} >= changed - {NEW}
    # 34 Maths Hubs, 6 Teaching School Hubs, 9 regions, a Music Hub, a Research School, the new one
    assert len(carried) - same.total() == 34 + 6 + 9 + 1 + 1 + 1


def test_leads_are_kept(facts: Rows, carried: Rows) -> None:
    urns = {urn for row in facts for urn in row["lead_urns"].split(";") if urn}
    kept = {urn for row in carried for urn in row["lead_urns"].split(";") if urn}
    assert urns - kept == {"136732"}  # One Cumbria's: DfE's lists disagree, the newer one is kept
    # The second lead of a hub of two schools stood in the note only; then those of the additions.
    assert kept - urns - {"135888", "136292", "138136", "141277"} == {
        "135632",
        "138220",
        "141565",
        "152034",
    }


def test_flags_became_columns(facts: Rows, carried: Rows) -> None:
    notes = "\n".join(row["note"] for row in facts)
    for flag, column in (
        ("LASTSEEN", "last_seen"),
        ("SECOND ROW of", "second_row"),
        ("FORMER:", "former"),
        ("SEAT ", "seat"),
    ):
        added = 33 if column == "last_seen" else 0  # of 34 Maths Hubs, one had a year
        assert notes.count(flag) + added == sum(bool(row[column]) for row in carried), flag
    flags = notes.count("PARTIAL ") + 1  # one flag speaks of Norfolk and Suffolk together
    parts = sum(len(row["part"].split(";")) for row in carried if row["part"])
    assert parts == flags + 2  # and the science partnership's two counties, said without a flag
    for row in carried:
        for flag in ("PARTIAL", "SEAT", "LASTSEEN", "SECOND ROW", "FORMER"):
            assert flag not in row["note"] + row["curator_note"]


def test_notes_lose_flags_and_bookkeeping_only(facts: Rows, carried: Rows) -> None:
    """Each piece of a note is still there, unless it was a flag or spoke of a dropped column."""

    def key(row: dict[str, str]) -> tuple[str, ...]:
        return tuple(row[column] for column in ("hub", "valid_from", "valid_to", "region"))

    here: dict[tuple[str, ...], str] = {}
    for row in carried:
        here[key(row)] = here.get(key(row), "") + " ".join(row.values())
    for fact in facts:
        if fact["system"].startswith("RISE"):  # the new note says that what it doubted is so
            continue
        said = here[key(fact)]
        for piece in fact["note"].split("; "):
            flagged = any(
                flag in piece for flag in ("PARTIAL", "SEAT", "LASTSEEN", "SECOND ROW", "FORMER")
            )
            bookkeeping = piece.startswith(("lead URN", "trust from", "trust as in", "trust read"))
            tail = piece.endswith((")", "likely but not sourced)", "page names Suffolk Coastal)"))
            assert flagged or bookkeeping or piece in said or tail, (fact["hub"], piece)


def one(programme: str, id: str) -> dict[str, str]:
    table = rows(DATA / "programmes" / f"{programme}.csv")
    return next(row for row in table if row["id"] == id)


def test_leads_are_corrected_and_a_conflict_is_told() -> None:
    for fact in rows(ADDITIONS / "hubs" / "tsh.csv"):
        (row,) = (
            row
            for row in rows(DATA / "programmes" / "teaching-school-hub.csv")
            if row["hub"] == fact["hub"]
        )
        for column in ("lead_school", "lead_urns", "confidence"):
            assert row[column] == fact[column]
        assert fact["website"] in row["website"]
        assert fact["note"].split("; ")[0] in row["curator_note"]
        assert set(row["areas"].split(";")) == set(fact["areas"].split(";"))
    cumbria = one("teaching-school-hub", "one-cumbria-teaching-school-hub")
    assert cumbria["confidence"] == "medium"
    assert "DfE's own lists disagree about who leads it" in cumbria["note"]


def test_what_was_found_later_is_there() -> None:
    seen = rows(ADDITIONS / "hubs" / "maths_last_seen.csv")
    assert len(seen) == 34
    for fact in seen:
        row = one("maths-hub", fact["id"])
        assert row["last_seen"] == fact["last_seen"]
        assert fact["source"] in row["source"]
        name = fact["name_used_by_ncetm_2025_26"]
        assert name == row["hub"] or f"“{name}” in 2025/26" in row["note"]
    for fact in rows(ADDITIONS / "hubs" / "rise.csv"):
        row = one("rise-region", fact["hub"].casefold().replace(" ", "-"))
        assert (row["confidence"], row["website"]) == ("high", fact["website"])
        assert not row["note"]
    for fact in rows(ADDITIONS / "websites.csv"):
        assert one(fact["programme"], fact["id"])["website"] == fact["website"]
    (new,) = rows(ADDITIONS / "hubs" / "attendance_behaviour.csv")
    row = one("attendance-behaviour-hub", "archbishop-blanch-church-of-england-high-school")
    assert (row["hub"], row["lead_urns"]) == (NEW, new["lead_urns"])
    assert one("music-hub", "northamptonshire-rutland")["confidence"] == "high"
    blackpool = one("research-school", "blackpool-research-school")
    assert blackpool["areas"] == "Blackpool;Blackburn with Darwen;Lancashire"
    assert "Lancashire with the Lancashire associate" in blackpool["note"]
    assert "schools-sought-to-lead-three-new-maths-hubs" in one("maths-hub", "mobius")["source"]


def test_every_diocese_is_there() -> None:
    there = rows(ADDITIONS / "dioceses.csv")
    here = rows(DATA / "dioceses.csv")
    assert len(there) == len(here) == 59
    for fact, row in zip(there, here, strict=True):
        assert fact["church"].endswith(row["church"])
        assert fact["education_body"] == row["board"]
        for column in ("diocese", "website", "source", "confidence"):
            assert fact[column] == row[column]
        assert pieces_of(row) == pieces(fact["note"])


def test_every_outward_code_is_there_as_it_was_found() -> None:
    there, here = (rows(folder / "outward_codes.csv") for folder in (ADDITIONS, DATA))
    assert there == here
    assert len(here) == 2127
    assert all(row["source"] and row["confidence"] for row in here)


def test_finders_have_the_address_that_was_found() -> None:
    directory = open_directory()
    for fact in rows(ADDITIONS / "finders.csv"):
        assert directory.programme(fact["programme"]).finder_url == fact["finder_url"]


def test_a_curators_notes_are_apart_from_what_users_read(carried: Rows) -> None:
    for row in carried:
        for words in ("URN ", "hub region code", "from memory", "inference", "spelled out", "GIAS"):
            assert words not in row["note"], row["id"]
    for name in ("networks", "partnerships", "dioceses"):
        for row in rows(DATA / f"{name}.csv"):
            for words in ("undated", "from memory", "initials", "stored", "inferred from"):
                assert words not in row["note"], row
    # And nothing of them is shown: what reads the tables has no place for them.
    for noun in (Hub, Network, Partnership, Diocese):
        assert "note" in noun._fields
        assert "curator_note" not in noun._fields


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
        assert pieces(there[key].get("note", "")) <= pieces_of(row)


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
        said = {piece.removeprefix("as such: ") for piece in pieces_of(partnerships[key])}
        assert pieces(there[key]["note"]) <= said
    (update,) = (row for row in rows(ADDITIONS / "updates.csv") if row["table"] == "networks.csv")
    for key, row in here.items():
        church = row.pop("church")
        assert pieces_of(row) == pieces(there[key]["note"])
        if row["name"] == update["id_or_name"]:
            assert row["status_as_of"] == update["new"]
            assert update["source"] in row["source_url"]
            assert row["checked"] == ADDED
            continue
        same = row.keys() - {"note", "curator_note"}
        assert {name: row[name] for name in same} == {
            name: there[key][name].strip() for name in same
        }
        assert church == ("Catholic" if "Catholic" in row["name"] else "")


def test_carrying_again_gives_the_same(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.tools.carry_facts", str(FACTS), str(tmp_path)]
    subprocess.run(command, check=True, cwd=ROOT)
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.csv")}
    assert len(made) == 23
    for path, content in made.items():
        assert content == (DATA / path).read_bytes(), path
