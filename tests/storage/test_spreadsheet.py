"""Lists as people keep them, read from CSV, XLSX, ODS and HTML: all stands as it stood."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from navigator.core.errors import RefusedError
from navigator.storage import spreadsheet
from tests.domain.published.made_list import ods

ROWS = [["School", "Town"], ["St Mary’s", "Ely"], ["Łódź Free School", "Ely, East Cambs"]]


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refused(data: bytes, sheet: str = "") -> str:
    with pytest.raises(RefusedError) as error:
        spreadsheet.from_bytes(data, "list", sheet)
    return str(error.value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_any_spreadsheet_is_read(separator: str, coding: str) -> None:
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in ROWS)
    read = spreadsheet.from_bytes(text.encode(coding), "list")
    assert (read.rows, read.separator, read.is_csv) == (ROWS, separator, True)


def test_what_excel_saves_as_plain_csv_is_windows_own_coding() -> None:
    read = spreadsheet.from_bytes("School,Fee\r\nSt Mary’s,£5\r\n".encode("cp1252"), "list")
    assert read.rows == [["School", "Fee"], ["St Mary’s", "£5"]]


def test_a_list_of_names_alone_keeps_the_commas_in_them() -> None:
    read = spreadsheet.from_bytes(b'School\nSt Mary\'s, Ely\n"Oak, and Ash"\n', "list")
    assert read.rows == [["School"], ["St Mary's, Ely"], ["Oak, and Ash"]]


def test_a_title_above_the_heads_hides_no_separator() -> None:
    read = spreadsheet.from_bytes(b"Our cluster\n\nSchool;Town\nOak;Ely\n\n", "list")
    assert read.rows == [["Our cluster"], [], ["School", "Town"], ["Oak", "Ely"]]


def test_excel_may_say_its_separator() -> None:
    read = spreadsheet.from_bytes(b"sep=;\r\nSchool;Town, county\r\n", "list")
    assert (read.rows, read.separator) == ([["School", "Town, county"]], ";")


def test_a_zip_of_another_making_is_a_workbook_that_cannot_be_read() -> None:
    made = bytearray(workbook(List=[["School"]]))
    at = made.rindex(b"PK\x01\x02")
    made[at + 6] = 199  # the version of zip that is needed
    assert "can't be read" in refused(bytes(made))


def test_a_quotation_mark_that_is_not_closed_takes_no_rows_with_it() -> None:
    assert "quotation mark" in refused(b'School,Town\n"Oak,Ely\nAsh,Ely\n')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "before 2007"),
        (b"PK\x03\x04 and no more", "can't be read"),
        (b"\x00\x01\x02", "CSV UTF-8"),
        (b"x" * (spreadsheet.MOST_BYTES + 1), "50 MB"),
        (b"a,b\n" * (spreadsheet.MOST_ROWS + 1), "100,000 rows"),
    ],
    ids=["xls", "zip", "binary", "large", "long"],
)
def test_what_is_no_list_is_told_in_a_sentence(data: bytes, said: str) -> None:
    assert said in refused(data)


def test_cells_of_a_workbook_are_as_excel_shows_them() -> None:
    cells = [
        139217,
        139217.0,
        2.5,
        True,
        date(2026, 9, 1),
        datetime(2026, 9, 1, 8, 30),
        "007",
        None,
    ]
    read = spreadsheet.from_bytes(workbook(List=[["a"], [*cells, "x"], [], ["end", None]]), "list")
    shown = ["139217", "139217", "2.5", "TRUE", "2026-09-01", "2026-09-01 08:30:00", "007", "", "x"]
    assert read.rows == [["a"], shown, [], ["end"]]


def test_the_first_sheet_with_a_table_is_read_or_the_one_that_is_named() -> None:
    data = workbook(About=[["Our cluster"]], List=[["School"], ["Oak"]], Old=[["School"], ["Ash"]])
    read = spreadsheet.from_bytes(data, "list")
    assert (read.name, read.others) == ("List", ("About", "Old"))
    assert spreadsheet.from_bytes(data, "list", "old").rows[1] == ["Ash"]
    assert "“About”, “List”, “Old”" in refused(data, "Cluster")
    assert "no sheets" in refused(b"School\nOak\n", "List")


def test_a_cell_in_the_last_row_of_excel_is_no_million_of_rows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(List=[["School"], ["Oak"]])))
    book.active["A1048576"] = " "
    book.active["A1048576"] = ""
    out = io.BytesIO()
    book.save(out)
    assert len(spreadsheet.from_bytes(out.getvalue(), "list").rows) == 2


def test_a_workbook_that_unpacks_without_end_is_refused() -> None:
    out = io.BytesIO(workbook(List=[["School"]]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", b"0" * spreadsheet.MOST_UNPACKED)
    assert len(out.getvalue()) < 1_000_000
    assert "unpack" in refused(out.getvalue())


def test_few_letters_that_make_many_cells_are_refused() -> None:
    row = '<row><c r="XFD{0}" t="n"><v>1</v></c></row>'
    body = "".join(row.format(number) for number in range(1, 400))
    made = workbook(List=[["School"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                start, end = data.index(b"<sheetData>") + 11, data.index(b"</sheetData>")
                data = data[:start] + body.encode() + data[end:]
            new.writestr(name, data)
    assert "cells" in refused(out.getvalue())


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for file, said in ((tmp_path / "no.csv", "There is no file"), (tmp_path, "is a folder")):
        with pytest.raises(RefusedError, match=said):
            spreadsheet.read(file)


# --- OpenDocument, and pages that were saved ---


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def test_cells_of_an_open_document_are_as_it_shows_them() -> None:
    cells = (
        '<table:table-cell office:value-type="float" office:value="139217"><text:p>139217</text:p>'
        "<office:annotation><text:p>a remark</text:p></office:annotation></table:table-cell>",
        '<table:table-cell office:value-type="date" office:date-value="2026-09-01T00:00:00">'
        "<text:p>1 Sep</text:p></table:table-cell>",
        '<table:table-cell table:number-columns-repeated="2"><text:p>two</text:p>'
        "</table:table-cell>",
        "<table:covered-table-cell/>",
        '<table:table-cell><text:p>St<text:s text:c="2"/>Mary<text:line-break/>Ely</text:p>'
        "<text:p>more</text:p></table:table-cell>",
    )
    table = f'<table:table table:name="A">{row("<table:table-cell/>")}</table:table>'
    table += f'<table:table table:name="B">{row(*cells)}{row(*cells[:1])}</table:table>'
    found = spreadsheet.from_bytes(ods(table), "list")
    shown = ["139217", "2026-09-01", "two", "two", "", "St  Mary\nEly\nmore"]
    assert found.rows == [shown, ["139217"]]
    assert (found.name, found.others) == ("B", ("A",))
    assert spreadsheet.from_bytes(ods(table), "list", "b") == found


def test_a_million_cells_that_stand_once_are_no_million() -> None:
    cell = '<table:table-cell table:number-columns-repeated="9999999"><text:p>x</text:p>'
    table = f'<table:table table:name="A">{row(cell + "</table:table-cell>") * 2}</table:table>'
    found = spreadsheet.from_bytes(ods(table), "list")
    assert max(map(len, found.rows)) <= 1000


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><x>&c;</x>'
)
FILE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize("content", [BOMB, FILE, "<x>", "", "\0"])
def test_xml_that_would_do_harm_or_is_none_is_refused(content: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    assert "is a workbook that can't be read" in refused(out.getvalue())


def test_an_open_document_that_unpacks_without_end_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_UNPACKED", 10_000)
    long = f'<table:table table:name="{"x" * 20_000}">{row("<table:table-cell/>")}</table:table>'
    assert "too much for a list" in refused(ods(long))


def test_the_largest_table_of_a_page_is_read_with_cells_that_span() -> None:
    page = (
        "<!doctype html><html><body><table><tr><td>a</td></tr></table><table>"
        "<tr><th>Hub<th>Area<tr><td rowspan=2>Trent &amp; Soar</td><td>Derby<br>Leicester</td>"
        "<tr><td><script>x()</script>Rutland</td></tr>"
        '<tr><td colspan=2><a href="https://x.org">Website</a></table>'
    )
    found = spreadsheet.from_bytes(page.encode(), "page")
    assert found.rows == [
        ["Hub", "Area"],
        ["Trent & Soar", "Derby\nLeicester"],
        ["Trent & Soar", "Rutland"],
        ["https://x.org", "https://x.org"],
    ]


def test_a_pdf_is_told_to_be_one() -> None:
    assert "is a PDF, which holds no table" in refused(b"%PDF-1.7 ...")
