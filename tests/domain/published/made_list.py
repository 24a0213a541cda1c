"""A list of hubs as bodies publish them, made: the same 60 rows in five shapes, with ten doubts.

Who leads what is invented; the schools are those of the sample, the areas England's.
"""

from __future__ import annotations

import csv
import html
import io
import zipfile
from typing import NamedTuple

from openpyxl import Workbook

from navigator.core.model import School
from navigator.directory import Directory
from navigator.register import Register
from navigator.register.search_words import key

HEADS = ["Hub name", "Lead school", "Town", "URN", "Local authorities covered", "Website", "Date"]
PEOPLE = ["Hub contact", "E-mail"]


class MadeRow(NamedTuple):
    """A row as it is written; `hub` is what is right of it, "" where the row is no hub of its own.

    `lead` is the URN that is sure, 0 for none; `areas` those that are; `doubt` is in the words of
    the one doubt, "" for none.
    """

    cells: list[str]
    hub: str
    lead: int
    areas: tuple[str, ...]
    website: str
    doubt: str = ""


def made_rows(register: Register, directory: Directory) -> list[MadeRow]:
    """60 rows, ten of which hold a doubt."""
    schools = schools_of_one_name(register)
    names = [a.name for a in directory.authorities() if a.name not in ("City of London",)]
    rows = []
    for number in range(58):
        school, areas = schools[number], (names[2 * number], names[2 * number + 1])
        by_urn = number % 2
        cells = [
            f"{school.town} {number} Maths Hub",
            school.name,
            "" if by_urn else school.town,
            str(school.urn) if by_urn else "",
            _written(areas, number),
            f"https://hub{number}.example.org" if number % 3 else f"www.hub{number}.example.org",
            ("2026", "09/2026", "1 September 2026", "1/9/26")[number % 4],
        ]
        site = f"https://{'www.' if not number % 3 else ''}hub{number}.example.org"
        rows.append(MadeRow(cells, cells[0], school.urn, areas, site))
    _plant(rows, schools, register)
    return rows


def _written(areas: tuple[str, ...], number: int) -> str:
    """Areas as people join them."""
    return (", ", "; ", " and ", "\n")[number % 4].join(areas)


def schools_of_one_name(register: Register) -> list[School]:
    """Open schools, each the only one of its name."""
    found = [s for urn in register.open_urns() if (s := register.get(urn)) and s.town]
    counted: dict[str, int] = {}
    for school in found:
        counted[key(school.name)] = counted.get(key(school.name), 0) + 1
    return [s for s in found if counted[key(s.name)] == 1]


def _plant(rows: list[MadeRow], schools: list[School], register: Register) -> None:
    """Ten doubts of ten kinds, in rows 3, 8, 13 …, and the two rows at the end."""

    def change(number: int, column: str, value: str, doubt: str, **right: object) -> None:
        row = rows[number]
        cells = list(row.cells)
        cells[HEADS.index(column)] = value
        # The fields come by name from the table of doubts
        rows[number] = row._replace(cells=cells, doubt=doubt, **right)  # type: ignore[arg-type]

    change(2, "Lead school", "St Mary's Catholic Primary School", "fits 2 schools", lead=0)
    cells = rows[2].cells
    cells[HEADS.index("Town")], cells[HEADS.index("URN")] = "", ""
    change(7, "URN", "999999", "isn't on the register", lead=0)
    other = schools[100]
    change(13, "URN", str(other.urn), f"URN {other.urn} is {other.name}, not “", lead=0)
    change(18, "Lead school", "Quixotic Primary School", "no open school is called", lead=0)
    change(22, "Town", "Penzance", "isn't in Penzance", lead=0)
    change(27, "Local authorities covered", "Cumbria", "is no area of today", areas=())
    change(32, "Local authorities covered", "Wiltshyre", "did you mean “Wiltshire”", areas=())
    change(37, "Website", "office@hub37.example.org", "is no website", website="")
    same = rows[40]
    rows.append(MadeRow(list(same.cells), "", 0, (), "", "says the same as line"))
    rows.append(MadeRow(["", "", "", "", "Derby", "", ""], "", 0, (), "", "names neither a hub"))
    assert sum(bool(row.doubt) for row in rows) == 10
    assert len(rows) == 60


def with_people(row: MadeRow, number: int) -> list[str]:
    """A row with a contact's name and address behind it, which mustn't be kept."""
    return [*row.cells, f"Person Number{number}", f"person{number}@hub.example.org"]


def as_csv(rows: list[MadeRow]) -> bytes:
    """With a title above, as a spreadsheet of GOV.UK saved by Excel."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Maths Hubs, autumn 2026"])
    writer.writerow([])
    writer.writerow([*HEADS, *PEOPLE])
    writer.writerows(with_people(row, number) for number, row in enumerate(rows))
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[MadeRow]) -> bytes:
    """Behind a sheet of remarks; URNs are numbers."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "About"
    first.append(["This workbook lists hubs."])
    sheet = book.create_sheet("Hubs")
    sheet.append([*HEADS, *PEOPLE])
    for number, row in enumerate(rows):
        cells = with_people(row, number)
        sheet.append([int(c) if c.isdecimal() and len(c) == 6 else c or None for c in cells])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def _ods_cell(text: str) -> str:
    lines = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in text.split("\n") if text)
    remark = "<office:annotation><text:p>A remark</text:p></office:annotation>"
    return f"<table:table-cell>{remark if text.isdecimal() else ''}{lines}</table:table-cell>"


def ods(tables: str) -> bytes:
    """An OpenDocument spreadsheet that holds some tables."""
    content = (
        f'<?xml version="1.0"?><office:document-content {NAMESPACES}><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return out.getvalue()


def as_ods(rows: list[MadeRow]) -> bytes:
    """As LibreOffice does: empty cells stand once for many, a million empty rows at the end."""
    told = []
    for cells in ([*HEADS, *PEOPLE], *(with_people(r, n) for n, r in enumerate(rows))):
        row = "".join(map(_ods_cell, cells)).replace(
            "<table:table-cell></table:table-cell>" * 2,
            '<table:table-cell table:number-columns-repeated="2"/>',
        )
        filler = '<table:table-cell table:number-columns-repeated="1015"/>'
        told.append(f"<table:table-row>{row}{filler}</table:table-row>")
    end = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
    end += "</table:table-row>"
    return ods(f'<table:table table:name="Hubs">{"".join(told)}{end}</table:table>')


def as_page(rows: list[MadeRow]) -> bytes:
    """As a browser saves it, with what stands about the table, too."""

    def line(cells: list[str], tag: str) -> str:
        told = (f"<{tag}>{html.escape(c).replace(chr(10), '<br>')}</{tag}>" for c in cells)
        return f"<tr>{''.join(told)}</tr>"

    table = line([*HEADS, *PEOPLE], "th")
    table += "".join(line(with_people(r, n), "td") for n, r in enumerate(rows))
    return (
        "<!DOCTYPE html>\n<!-- saved from url=(0031)https://hubs.example.org/list/ -->\n"
        '<html><head><meta charset="utf-8"><title>Hubs</title><script>var a="<td>x";</script>'
        "</head><body><nav><ul><li>Home</li></ul></nav><h1>Hubs</h1><p>All of them.</p>"
        f"<table><caption>Hubs</caption>{table}</table>"
        "<table><tr><td>Follow</td><td>us</td></tr></table></body></html>"
    ).encode()


def as_pasted(rows: list[MadeRow]) -> str:
    """As it comes from a page or spreadsheet by copying: tabs between the cells."""
    lines = [[*HEADS, *PEOPLE], *(with_people(r, n) for n, r in enumerate(rows))]
    return "\n".join("\t".join(c.replace("\n", "; ") for c in line) for line in lines)
