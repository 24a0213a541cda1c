"""Rows of text of a spreadsheet in OpenDocument's form (.ods), as LibreOffice and GOV.UK write it.

A zip that holds XML. The libraries for it give its elements and leave to the caller what takes the
care here: cells and rows that stand once for many, cells that another covers, what a cell shows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CONTENT = "content.xml"
KIND = b"application/vnd.oasis.opendocument.spreadsheet"

MOST_REPEATED = 1_000
"""Of a cell or row that holds something: a file tells with one element that a million are alike."""

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_UNSAID = (f"{_OFFICE}annotation",)
"""What lies within a cell and isn't what it shows: remarks."""


class BrokenDocumentError(Exception):
    """It can't be read, or its XML would do harm."""


def sheets(data: bytes, most: int) -> list[tuple[str, list[list[str]]]]:
    """The name and the rows of each sheet.

    Args:
        most: bytes that its content may unpack to.

    Raises:
        BrokenDocumentError: it isn't as it should be.
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
        if len(content) > most:
            raise BrokenDocumentError
        root = fromstring(content, forbid_dtd=True)
        return [
            (table.get(f"{_TABLE}name", ""), list(_rows(table))) for table in _within(root, "table")
        ]
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError) as error:
        raise BrokenDocumentError from error
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise BrokenDocumentError from error


def is_one(archive: zipfile.ZipFile) -> bool:
    """Whether a zip says that it is a spreadsheet of this form."""
    try:
        with archive.open("mimetype") as told:
            return told.read(len(KIND)) == KIND
    except (KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError):
        return False


def _within(element: Element, name: str) -> Iterator[Element]:
    return element.iter(f"{_TABLE}{name}")


def _rows(table: Element) -> Iterator[list[str]]:
    for row in _within(table, "table-row"):
        cells: list[str] = []
        for cell in row:
            if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                text = _shown(cell)
                cells += [text] * _times(cell, "columns", text)
        while cells and not cells[-1]:
            cells.pop()
        yield from (list(cells) for _ in range(_times(row, "rows", "".join(cells))))


def _times(element: Element, what: str, text: str) -> int:
    """How often it stands there; what holds nothing and ends a row or sheet says a million."""
    said = element.get(f"{_TABLE}number-{what}-repeated", "1")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 1
    return min(number, MOST_REPEATED if text else MOST_REPEATED // 4)


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
        said.append(" " * min(int(many) if many.isdecimal() else 1, 100))
    elif element.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
        said.append("\n" if element.tag.endswith("break") else " ")
    for part in element:
        said.append(_said(part))
        if part.tag not in _UNSAID:
            said.append(part.tail or "")
    return "".join(said)
