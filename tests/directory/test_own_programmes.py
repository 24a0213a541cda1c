"""A user's own folder of programmes: seen beside ours, and blamed exactly when it is faulty."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from navigator.core.errors import NavigatorError
from navigator.directory import BrokenTableError, open_directory
from tests.directory.test_facts import TODAY, school

REGISTRY = """\
[[programme]]
id = "chess-hub"
name = "Chess Hub"
short = "Chess"
purpose = "Chess for every child."
rule = "area"
valid_from = "2026-01"
note = "Made up."
"""
TABLE = (
    "id,hub,lead_school,lead_urns,areas,area_kind,part_districts,part,region,website,"
    "valid_from,source,as_of,confidence\n"
    "trent,Trent Chess Hub,A School,100000;100001,Nottingham;Nottinghamshire,LA,"
    "Nottinghamshire=only Broxtowe|Gedling,,East Midlands,https://chess.example,"
    "2026-01,Own knowledge,22/11/2026,high\n"
)


def folder(tmp_path: Path, registry: str = REGISTRY, table: str | bytes = TABLE) -> Path:
    (tmp_path / "programmes").mkdir()
    (tmp_path / "programmes.toml").write_text(registry, encoding="utf-8")
    raw = table if isinstance(table, bytes) else table.encode()
    (tmp_path / "programmes" / "chess-hub.csv").write_bytes(raw)
    return tmp_path


def test_a_made_up_programme_is_seen(tmp_path: Path) -> None:
    directory = open_directory(extra=folder(tmp_path))
    assert directory.programmes[-1].id == "chess-hub"
    assert len(directory.programmes) == len(open_directory().programmes) + 1
    assert directory.programme("chess-hub").need == "Chess"  # where none is told: its short name
    assert all(directory.order(phase)[-1] == "chess-hub" for phase in ("primary", "16 plus", ""))
    (cover,) = directory.covering("chess-hub", school("891", "Broxtowe"), TODAY)
    assert cover.exact
    assert cover.hub.lead_urns == (100000, 100001)
    assert cover.hub.as_of == date(2026, 11, 22)
    assert cover.area.part == "only Broxtowe|Gedling"
    assert directory.covering("chess-hub", school("891", "Mansfield"), TODAY) == ()
    assert directory.covering("chess-hub", school("891", "Broxtowe"), date(2025, 12, 31)) == ()
    (unsettled,) = directory.covering("chess-hub", school("891"), TODAY)
    assert not unsettled.exact


def test_no_folder_is_no_error(tmp_path: Path) -> None:
    assert open_directory(extra=tmp_path / "nowhere").programmes == open_directory().programmes


def test_spreadsheets_leave_marks_that_do_no_harm(tmp_path: Path) -> None:
    table = "\ufeff" + TABLE.replace("\n", ",,\r\n") + ",,,,,,,,,,,,,,,\r\n\r\n"
    directory = open_directory(extra=folder(tmp_path, table=table))
    assert [h.id for h in directory.hubs("chess-hub")] == ["trent"]


def test_text_from_files_cannot_steer_a_terminal(tmp_path: Path) -> None:
    registry = REGISTRY.replace("Made up.", "Made\\u001b[31m\\u202e up.")
    table = TABLE.replace("Trent Chess Hub", '"Trent\x1b[2J\u202e\u009b Chess\nHub\x07"')
    directory = open_directory(extra=folder(tmp_path, registry, table))
    (hub,) = directory.hubs("chess-hub")
    assert hub.name == "Trent[2J Chess Hub"
    assert directory.programme("chess-hub").note == "Made[31m up."


@pytest.mark.parametrize(
    ("written", "day", "said"),
    [
        ("1/9/2024", date(2024, 9, 1), ""),
        ("1-Sep-24", date(2024, 9, 1), ""),
        ("Sept 2024", date(2024, 9, 1), "2024-09"),
        ("2024-09", date(2024, 9, 1), "2024-09"),
        ("2024", date(2024, 1, 1), "2024"),
    ],
)
def test_a_table_s_dates_are_read_as_a_spreadsheet_writes_them(
    tmp_path: Path, written: str, day: date, said: str
) -> None:
    own = folder(tmp_path, table=TABLE.replace("2026-01,Own", f"{written},Own", 1))
    (hub,) = open_directory(None, own).hubs("chess-hub")
    assert (hub.valid_from, hub.from_said) == (day, said)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("Nottingham;", "Notingham;", 'line 2, column "areas"', "“Notingham” is no local"),
        ("Broxtowe|", "Brokstowe|", 'line 2, column "part_districts"', "“brokstowe” is no"),
        ("only Broxtowe", "just Broxtowe", 'line 2, column "part_districts"', "must read"),
        ("e=only", "e only", 'line 2, column "part_districts"', "must read"),
        (",,East", ",half of it,East", 'line 2, column "part"', "must read"),
        ("2026-01,Own", "Jan-26,Own", 'line 2, column "valid_from"', "“Jan-26” is no date"),
        ("2026-01,Own", "2026-13,Own", 'line 2, column "valid_from"', "is no date"),
        ("22/11/2026", "", 'line 2, column "as_of"', "is empty"),
        (",high", ",sure", 'line 2, column "confidence"', "“sure” must be high"),
        ("100001", "10000x", 'line 2, column "lead_urns"', "is no URN"),
        ("https://", "javascript:", 'line 2, column "website"', "must begin with https"),
        (",LA,", ",town,", 'line 2, column "area_kind"', "“town” must be"),
        ("A School,100000", "A School,Town,100000", "line 2", "has 15 cells"),
        ("trent,", ",", 'line 2, column "id"', "is empty"),
        ("confidence", "confidense", 'line 1, column "confidence"', "is missing"),
        ("A School", 'A "School', "", "has"),
    ],
)
def test_a_fault_in_a_table_is_named(
    tmp_path: Path, old: str, new: str, place: str, words: str
) -> None:
    assert old in TABLE
    broken = folder(tmp_path, table=TABLE.replace(old, new, 1))
    if not place:  # a stray quote in the middle of a cell is harmless
        open_directory(extra=broken)
        return
    with pytest.raises(BrokenTableError) as caught:
        open_directory(extra=broken)
    assert f"chess-hub.csv, {place}: " in str(caught.value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty"),
        (TABLE.encode().replace(b"Trent", b"Tr\xe9nt"), "line 2: isn't UTF-8"),
        (TABLE.encode("utf-16"), "isn't UTF-8"),
        (TABLE.encode().replace(b"Trent", b'"Trent', 1), "isn't a table"),
        (TABLE.encode() + b"x" * 200_000, "isn't a table"),
        (TABLE.replace(",", ";").encode(), "is missing from the heading"),
    ],
)
def test_a_file_that_is_no_table(tmp_path: Path, raw: bytes, words: str) -> None:
    with pytest.raises(NavigatorError, match=words):
        open_directory(extra=folder(tmp_path, table=raw))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "Chess Hub"', "name = 5", 'line 3, column "name": must be text'),
        ('name = "Chess Hub"', 'name = "Chess', "line 3"),
        ('name = "Chess Hub"\n', "", 'column "name": is missing'),
        ('rule = "area"', 'rule = "everyone"', 'line 6, column "rule": “everyone”'),
        ('id = "chess-hub"', 'id = "maths-hub"', 'line 2, column "id": “maths-hub” is taken'),
        ('id = "chess-hub"', 'id = "../x"', 'line 2, column "id"'),
        ('note = "Made up."', 'table = "../../x.csv"', 'line 8, column "table"'),
        ('note = "Made up."', 'finder_url = "file:///x"', 'line 8, column "finder_url"'),
        ('note = "Made up."', "needs_age = [4]", 'line 8, column "needs_age"'),
        ('note = "Made up."', 'counts = [{ day = "2026" }]', 'line 8, column "counts"'),
        ('note = "Made up."', 'counts = "many"', 'line 8, column "counts"'),
        ('note = "Made up."', "region_pools = 3", 'line 8, column "region_pools"'),
        ('valid_from = "2026-01"', 'valid_from = "soon"', 'line 7, column "valid_from"'),
        ('note = "Made up."', 'areas_only = "yes"', 'line 8, column "areas_only": must be true'),
        ("[[programme]]", "[programme]", "double brackets"),
    ],
)
def test_a_fault_in_the_registry_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in REGISTRY
    with pytest.raises(BrokenTableError) as caught:
        open_directory(extra=folder(tmp_path, REGISTRY.replace(old, new, 1)))
    assert "programmes.toml" in str(caught.value)
    assert words in str(caught.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "programmes.toml").write_text(REGISTRY, encoding="utf-8")
    with pytest.raises(NavigatorError, match=r"chess-hub\.csv: can't be read"):
        open_directory(extra=tmp_path)
