"""Lists as people keep them, read from CSV, XLSX, ODS and HTML: all stands as it stood."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import Element

import openpyxl
import pytest

from navigator.core.errors import RefusedError
from navigator.storage import limits, open_document, saved_page, spreadsheet
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
        (b"a,b\n" * (limits.MOST_ROWS + 1), "100,000 rows"),
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


@pytest.mark.parametrize("row", ["30000000", "1" + "0" * 12, "9" * 5_000])
def test_a_row_further_down_than_any_sheet_has_is_refused(row: str) -> None:
    out = io.BytesIO()
    made = io.BytesIO(workbook(List=[["School"], ["Oak"]]))
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = data.replace(b'"A2"', f'"A{row}"'.encode())
                data = data.replace(b'r="2"', f'r="{row}"'.encode())
            new.writestr(name, data)
    assert "100,000 rows" in (said := refused(out.getvalue())) or "can't be read" in said


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


def cell(text: str = "", more: str = "") -> str:
    return (
        f"<table:table-cell {more}>{f'<text:p>{text}</text:p>' if text else ''}</table:table-cell>"
    )


def sheet(*rows: str) -> str:
    return f'<table:table table:name="A">{"".join(rows)}</table:table>'


def test_gaps_in_an_open_document_shift_no_column_and_no_line() -> None:
    """Empty cells and rows are told in one element; those behind the last are a million."""
    million = 'table:number-columns-repeated="16000"'
    table = sheet(
        row(cell("School"), cell(more='table:number-columns-repeated="300"'), cell("Town")),
        row(cell("Oak"), *[cell()] * 300, cell("Ely"), cell(more=million)),
        f'<table:table-row table:number-rows-repeated="500">{cell()}</table:table-row>',
        row(cell("Ash")),
        f'<table:table-row table:number-rows-repeated="1048000">{cell()}</table:table-row>',
    )
    rows = spreadsheet.from_bytes(ods(table), "list").rows
    assert [number for number, cells in enumerate(rows, 1) if cells] == [1, 2, 503]
    assert (rows[0][301], rows[1][301], rows[502]) == ("Town", "Ely", ["Ash"])
    assert (len(rows[0]), len(rows[1]), len(rows)) == (302, 302, 503)


@pytest.mark.parametrize(
    ("cells", "times"), [(1_000, 1_000), (1, 1_000)], ids=["rows of cells", "rows"]
)
def test_an_open_document_that_tells_of_cells_without_end_is_refused(
    cells: int, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more rows are made than may be."""
    many = cell("x", f'table:number-columns-repeated="{cells}"')
    rows = f'<table:table-row table:number-rows-repeated="{times}">{many}</table:table-row>' * 1_000
    made = 0
    told = open_document._rows

    def counted(table: Element) -> Iterator[list[str]]:
        nonlocal made
        for each in told(table):
            made += len(each)
            yield each

    monkeypatch.setattr(open_document, "_rows", counted)
    assert "100,000 rows or 4,000,000 cells" in refused(ods(sheet(rows)))
    assert made <= limits.MOST_CELLS + 1_000


def test_xml_of_an_odd_shape_is_read_or_told() -> None:
    deep = row(cell("<text:span>" * 5_000 + "x" + "</text:span>" * 5_000))
    assert "is a workbook that can't be read" in refused(ods(sheet(deep)))
    blanks = row(cell(f'<text:s text:c="{"9" * 5_000}"/>x')) * 2
    assert spreadsheet.from_bytes(ods(sheet(blanks)), "list").rows == [[" x"], [" x"]]
    empty = "<a/>" * (open_document.MOST_MARKS + 1)
    assert "is a workbook that can't be read" in refused(ods(sheet(empty)))


@pytest.mark.parametrize("kind", ["ods", "xlsx"])
@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_workbook_is_told_wherever_the_damage_is(kind: str, packed: int) -> None:
    """Each part of the file is turned over in turn; what still can be read is read."""
    whole = ods(sheet(*(row(cell(f"School {n}")) for n in range(50))))
    whole = whole if kind == "ods" else workbook(List=[["School"], ["Oak"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(out, "w", packed) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    told = 0
    for at in range(4, len(out.getvalue()), max(len(out.getvalue()) // 50, 1)):
        data = bytearray(out.getvalue())
        data[at : at + 20] = bytes(byte ^ 0xFF for byte in data[at : at + 20])
        try:
            spreadsheet.from_bytes(bytes(data), "list")
        except RefusedError:
            told += 1
    assert told


def test_a_million_cells_that_stand_once_are_no_million() -> None:
    table = sheet(row(cell("x", 'table:number-columns-repeated="9999999"')) * 2)
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


@pytest.mark.parametrize("columns", ["9" * 5_000, "²", "-1", "", "0"])
def test_a_page_that_says_a_width_that_none_has_is_read(columns: str) -> None:
    page = f"<table><tr><td colspan='{columns}'>School<tr><td>Oak</table>"
    assert spreadsheet.from_bytes(page.encode(), "page").rows == [["School"], ["Oak"]]


def test_a_page_of_few_letters_that_make_many_cells_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While they are made: the rows of the whole page would be a hundred times as many."""
    monkeypatch.setattr(saved_page, "MOST_CELLS", 40_000)
    wide = "<tr><td colspan=100>"
    deep = "<tr>" + "<td rowspan=100 colspan=100>x" * 5 + "<tr>" * 100
    for body in (wide * 450, deep, wide * 300 + "</table><table>" + wide * 150):
        assert "cells" in refused(f"<table>{body}</table>".encode())


def test_a_page_whose_lines_have_a_label_each_is_no_table_of_all_of_them() -> None:
    def label(number: int) -> str:
        return "".join(chr(97 + int(digit)) for digit in str(number))

    body = "".join(f"<h2>Hub</h2><p>{label(n)} is: so</p>" for n in range(2_001))
    assert "4,000,000 cells" in refused(f"<!doctype html>{body}".encode())


def test_a_pdf_is_told_to_be_one() -> None:
    assert "is a PDF, which holds no table" in refused(b"%PDF-1.7 ...")
