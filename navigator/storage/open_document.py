"""Rows of text of a spreadsheet in OpenDocument's form (.ods), as LibreOffice and GOV.UK write it.

A zip that holds XML. The libraries for it give its elements and leave to the caller what takes the
care here: cells and rows that stand once for many, cells that another covers, what a cell shows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from navigator.storage.limits import LAST_COLUMN, LAST_ROW
from navigator.storage.zips import BAD_ZIP

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CONTENT = "content.xml"
KIND = b"application/vnd.oasis.opendocument.spreadsheet"

MOST_REPEATED = 1_000
"""Of a cell or row that holds something: a file tells with one element that a million are alike.
Those beyond count as empty."""

MOST_MARKS = 8_000_000
"""Of its XML, beginnings and ends of elements: more than the cells that fit into what it may unpack
to. An element takes a hundred bytes of memory, however few letters it has."""

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_UNSAID = (f"{_OFFICE}annotation",)
"""What lies within a cell and isn't what it shows: remarks."""


class BrokenDocumentError(Exception):
    """It can't be read, or its XML would do harm."""


def sheets(data: bytes, most: int) -> list[tuple[str, Iterator[list[str]]]]:
    """The name and the rows of each sheet; a row is made when it is asked for, and only then.

    Args:
        most: bytes that its content may unpack to.

    Raises:
        BrokenDocumentError: it isn't as it should be; while the rows are read, too.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as archive,
            archive.open(CONTENT) as packed,
        ):
            content = packed.read(most + 1)
        if len(content) > most or content.count(b"<") > MOST_MARKS:
            raise BrokenDocumentError
        root = fromstring(content, forbid_dtd=True)
    except (*BAD_ZIP, KeyError, ParseError, DefusedXmlException) as error:
        raise BrokenDocumentError from error
    return [(table.get(f"{_TABLE}name", ""), _rows(table)) for table in _within(root, "table")]


def is_one(archive: zipfile.ZipFile) -> bool:
    """Whether a zip says that it is a spreadsheet of this form."""
    try:
        with archive.open("mimetype") as told:
            return told.read(len(KIND)) == KIND
    except (*BAD_ZIP, KeyError):
        return False


def _within(element: Element, name: str) -> Iterator[Element]:
    return element.iter(f"{_TABLE}{name}")


def _rows(table: Element) -> Iterator[list[str]]:
    """The rows to the last that holds something, empty ones between them as []."""
    empty = 0
    for row in _within(table, "table-row"):
        try:
            cells = _cells(row)
        except RecursionError as error:  # elements in elements without end
            raise BrokenDocumentError from error
        times = _times(row, "rows", LAST_ROW)
        held = min(times, MOST_REPEATED) if cells else 0
        if held:
            yield from ([] for _ in range(empty))
            yield from (list(cells) for _ in range(held))
            empty = 0
        empty += times - held


def _cells(row: Element) -> list[str]:
    """The cells of a row to the last that holds something."""
    cells: list[str] = []
    empty = 0
    for cell in row:
        if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            text = _shown(cell)
            times = _times(cell, "columns", LAST_COLUMN)
            held = min(times, MOST_REPEATED) if text else 0
            if held:
                if len(cells) + empty + held > LAST_COLUMN:
                    raise BrokenDocumentError
                cells += [""] * empty + [text] * held
                empty = 0
            empty += times - held
    return cells


def _times(element: Element, what: str, most: int) -> int:
    """How often it stands there; what holds nothing and ends a row or sheet says a million."""
    said = element.get(f"{_TABLE}number-{what}-repeated", "1")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 1
    return min(number, most)


def _shown(cell: Element) -> str:
    """What a cell shows: its paragraphs, a line each; of a day the day itself."""
    if cell.get(f"{_OFFICE}value-type") == "date":
        return cell.get(f"{_OFFICE}date-value", "").removesuffix("T00:00:00")
    return "\n".join(_said(part) for part in cell if part.tag == f"{_TEXT}p")


def _said(element: Element) -> str:
    """The text of an element, with the blanks and line ends that stand as elements in it."""
    if element.tag in _UNSAID:
        return element.tail or ""
    said = [element.text or ""]
    if element.tag == f"{_TEXT}s":
        many = element.get(f"{_TEXT}c", "1")
        said.append(" " * (min(int(many), 100) if many.isdecimal() and len(many) < 9 else 1))
    elif element.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
        said.append("\n" if element.tag.endswith("break") else " ")
    for part in element:
        said.append(_said(part))
        if part.tag not in _UNSAID:
            said.append(part.tail or "")
    return "".join(said)
