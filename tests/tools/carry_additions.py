"""Lays what was found later (`additions-2026-11` in the facts) over the tables of hubs.

A row of the additions replaces what it corrects of a hub, and its source joins those that stand;
areas stay as they are. What the additions say of `programmes.toml` is carried by hand.
"""

from __future__ import annotations

from pathlib import Path

from tests.tools.carry_tables import Row, read, slug

FOLDER = "additions-2026-11"
ADDED = "2026-11-27"
"""The day of the additions."""

DISAGREE = (
    "DfE's own lists disagree about who leads it: Queen Elizabeth Grammar School Penrith (November "
    "2025) or West Lakes Academy (autumn 2026). Both belong to one trust"
)
"""The conflict about One Cumbria, told for users."""


def add_to_hubs(facts: Path, tables: dict[str, list[Row]]) -> None:
    """Change the tables, by the programme's id, in place."""
    folder = facts / FOLDER
    _add_leads(read(folder / "hubs" / "tsh.csv"), tables["teaching-school-hub"])
    for fact in read(folder / "hubs" / "rise.csv"):
        row = _row(tables["rise-region"], slug(fact["hub"]))
        row |= {name: fact[name] for name in ("website", "confidence", "note")}
        _seen(row, fact["source"])
    for fact in read(folder / "hubs" / "maths_last_seen.csv"):
        row = _row(tables["maths-hub"], fact["id"])
        row["last_seen"] = max(row["last_seen"], fact["last_seen"])
        name = fact["name_used_by_ncetm_2025_26"]
        if fact["confidence"] != "high":
            _note(row, f"NCETM lists a hub “{name}” in 2025/26, likely this one")
            _note(row, fact["note"].replace("; ", ", "))
        elif name != row["hub"]:
            _note(row, f"NCETM calls it “{name}” in 2025/26")
        _seen(row, fact["source"])
    for fact in read(folder / "websites.csv"):
        row = _row(tables[fact["programme"]], fact["id"])
        row["website"] = fact["website"]
        _seen(row, fact["source"])
    for fact in read(folder / "updates.csv"):
        programme = Path(fact["table"]).stem
        if fact["table"].startswith("programmes/") and " rows" not in fact["id_or_name"]:
            _update(_row(tables[programme], fact["id_or_name"]), fact)


def add_to_bodies(facts: Path, rows: list[Row]) -> None:
    """Change the rows of networks in place."""
    for fact in read(facts / FOLDER / "updates.csv"):
        if fact["table"] == "networks.csv":
            (row,) = (row for row in rows if row["name"] == fact["id_or_name"])
            row[fact["field"]] = fact["new"]
            row["source_url"] += f" ; {fact['source']}"
            row["checked"] = ADDED


def _add_leads(facts: list[Row], rows: list[Row]) -> None:
    for fact in facts:
        row = _row(rows, slug(fact["hub"]))
        row |= {name: fact[name] for name in ("lead_school", "lead_urns", "confidence")}
        row["website"] = fact["website"] or row["website"]
        if fact["note"].startswith("CONFLICT"):
            _note(row, DISAGREE)
        _note(row, fact["note"])
        _seen(row, fact["source"])


def _update(row: Row, fact: Row) -> None:
    new, source = fact["new"], fact["source"]
    if fact["field"] == "source":
        source = new.removeprefix("add ")
    elif fact["field"] == "areas":
        new, _, note = new.rstrip(")").partition(" (")
        row["areas"] = new
        _note(row, f"Lancashire {note}")
    else:
        row[fact["field"]] = new
    _seen(row, source)


def _row(rows: list[Row], id: str) -> Row:
    """The first row of a hub; its others hold areas that are less sure."""
    return next(row for row in rows if row["id"] == id and not row["second_row"])


def _note(row: Row, piece: str) -> None:
    row["note"] = "; ".join(filter(None, (row["note"], piece)))


def _seen(row: Row, source: str) -> None:
    """Join the pages to those that stand, each once, and say that the row was seen with them."""
    pages = {page.split(" ")[0]: page for page in row["source"].split(" | ") if page}
    pages |= {page.split(" ")[0]: page for page in source.split(" | ")}
    row["source"] = " | ".join(pages.values())
    row["as_of"] = ADDED
