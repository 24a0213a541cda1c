"""`navigator match`: a list in, the same list with URNs out, on the sample."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from navigator.cli import run
from navigator.export.matched import ADDED

Capture = pytest.CaptureFixture[str]

LIST = """Our partners;;;
;;;
School;Post code;Contact;Sum
Sneinton St Stephen's CofE Primary School;NG2 4QB;"Ann
Bee";=1+1
Dunkirk Pri Sch;NG7 2LE;+44 0;007

Atlantis High School;;;
"""


pytestmark = pytest.mark.usefixtures("folders")


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    file = tmp_path / "partners.csv"
    file.write_bytes(LIST.encode("cp1252"))
    return file


def rows_of(file: Path, separator: str = ";") -> list[list[str]]:
    text = file.read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")  # the mark by which Excel knows UTF-8
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=separator))


def test_an_empty_list_is_said_to_be_empty(listed: Path, capsys: Capture) -> None:
    listed.write_text("", "utf-8")
    assert run(["match", str(listed)]) == 1
    assert "The list is empty" in capsys.readouterr().err


def test_the_list_stands_as_it_stood_with_columns_behind_it(listed: Path, capsys: Capture) -> None:
    assert run(["match", str(listed)]) == 0
    assert listed.read_bytes() == LIST.encode("cp1252")
    before = list(csv.reader(io.StringIO(LIST, newline=""), delimiter=";"))
    after = rows_of(listed.with_name("partners matched.csv"))
    assert [row[:4] for row in after] == [[*row, *[""] * (4 - len(row))] for row in before]
    assert after[2][4:] == list(ADDED)
    exact, likely, empty, none = after[3:]
    assert exact[4:7] == ["139217", "Sneinton St Stephen's CofE Primary School", "exact"]
    assert likely[4:7] == ["122416", "Dunkirk Primary and Nursery School", "likely"]
    assert not any(empty)
    assert (none[4:7], bool(none[7])) == (["", "", "none"], True)
    err = capsys.readouterr().err
    assert "“School” as the name, “Post code” as the postcode" in err
    assert "3 rows: 1 exact, 1 likely, 0 one of these, 1 none." in err
    assert "Sample: 3 areas" in err


def test_nothing_is_written_over_a_file_without_being_asked(listed: Path, capsys: Capture) -> None:
    there = listed.with_name("partners matched.csv")
    there.write_text("mine")
    assert run(["match", str(listed)]) == 1
    assert there.read_text() == "mine"
    assert "there already" in capsys.readouterr().err
    assert run(["match", str(listed), "--force"]) == 0
    assert run(["match", str(listed), "--to", str(listed.with_name("other.csv"))]) == 0
    assert rows_of(listed.with_name("other.csv")) == rows_of(there)


def test_it_is_printed_where_asked(listed: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["match", str(listed), "--to", "-"]) == 0
    out = capfdbinary.readouterr().out.decode()
    assert out.startswith("Our partners;")
    assert "139217;Sneinton" in out
    assert not listed.with_name("partners matched.csv").exists()


def test_json_is_a_line_a_row(listed: Path, capsys: Capture) -> None:
    assert run(["match", str(listed), "--json"]) == 0
    first, second, third = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["row"], first["urn"], first["how_sure"]) == (4, 139217, "exact")
    assert second["asked"] == {"name": "Dunkirk Pri Sch", "postcode": "NG7 2LE"}
    assert (third["row"], third["urn"], third["candidates"]) == (7, None, [])


def test_a_workbook_is_read_and_its_texts_become_no_formulas(
    tmp_path: Path, capsys: Capture
) -> None:
    book = openpyxl.Workbook()
    assert book.active
    book.active.append(["About this list"])
    sheet = book.create_sheet("Cluster")
    for row in (["URN", "Note", "Fee"], [139217, "x", -5]):
        sheet.append(row)
    sheet["B2"].value = "=HYPERLINK(1)"
    sheet["B2"].data_type = "s"
    file = tmp_path / "list.xlsx"
    book.save(file)
    assert run(["match", str(file)]) == 0
    head, row = rows_of(tmp_path / "list matched.csv", ",")
    assert head[:4] == ["URN", "Note", "Fee", "URN on the register"]
    assert row[:4] == ["139217", "'=HYPERLINK(1)", "-5", "139217"]
    assert "of the sheet “Cluster”; --sheet takes another (“Sheet”)" in capsys.readouterr().err
    assert run(["match", str(file), "--sheet", "Clutser"]) == 1
    assert "has no sheet “Clutser” but: “Sheet”, “Cluster”" in capsys.readouterr().err


def test_a_list_with_other_heads_says_which_column_is_the_name(
    tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Partner,Where\nDunkirk Primary and Nursery School,Nottingham\n")
    assert run(["match", str(file)]) == 1
    assert "--name HEAD, or --name 1" in capsys.readouterr().err
    assert run(["match", str(file), "--name", "partner", "--town", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["how_sure"] == "exact"


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_a_list_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, name: str, capsys: Capture
) -> None:
    assert run(["match", str(tmp_path / name)]) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_a_urn_within_the_name_counts_as_its_number(tmp_path: Path, capsys: Capture) -> None:
    file = tmp_path / "names.csv"
    names = ("139217", "Sneinton St Stephen's CofE, URN 139217", "139217 Dunkirk Primary School")
    file.write_text("\n".join(("School", *(f'"{name}"' for name in names))), "utf-8")
    assert run(["match", str(file), "--to", "-", "--json"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["how_sure"] for row in found] == ["exact", "exact", "one of these"]


@pytest.mark.parametrize("urn", ["13921", "139217 / 122776"])
def test_a_number_that_can_not_be_read_is_said_and_makes_nothing_exact(
    urn: str, tmp_path: Path, capsys: Capture
) -> None:
    file = tmp_path / "names.csv"
    file.write_text(
        f"School,Postcode,URN\nSneinton St Stephen's CofE Primary School,NG2 4QB,{urn}\n"
    )
    assert run(["match", str(file), "--to", "-", "--json"]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert row["how_sure"] == "likely"
    assert f"“{urn}” can't be read as one URN" in row["why"]


def test_it_is_written_into_a_folder_that_is_given(
    listed: Path, tmp_path: Path, capsys: Capture
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert run(["match", str(listed), "--to", str(folder)]) == 0
    assert [file.name for file in folder.iterdir()] == ["partners matched.csv"]
