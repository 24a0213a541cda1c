"""Tables that people keep: rows of text from CSV as spreadsheets write it, from XLSX and ODS, and
from a web page that was saved.

Reads what Excel in Britain saves: UTF-8 with or without its mark, UTF-16, Windows' own (cp1252);
cells apart by comma, semicolon, tab or bar. What comes out is what stands there, unseen characters
too: whoever shows a cell cleans it (`core.cleaning`).
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from navigator.core import cleaning
from navigator.core.errors import RefusedError
from navigator.storage import open_document, saved_page
from navigator.storage.limits import LAST_ROW, MOST_CELLS, MOST_ROWS, too_large
from navigator.storage.zips import BAD_ZIP

MOST_BYTES = 50_000_000
"""Of a file as it lies on the disk. DfE's own file of all schools has 65 million as CSV: a list is
smaller."""

MOST_UNPACKED = 100_000_000
"""Of all that a workbook holds: a small file can be made that fills a computer."""

SEPARATORS = ",;\t|"
_EXCEL_TELLS = "sep="

_ZIP, _OLD_EXCEL, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Sheet(NamedTuple):
    """A table as it stands in a file: all its rows, an empty one as [], each as long as it is.

    `name` and `others` are the names of its sheet and of the workbook's others; "" and () for CSV.
    `separator` stands between its cells; a comma for all but CSV. A saved page may tell the
    `address` that it is from.
    """

    rows: list[list[str]]
    name: str = ""
    others: tuple[str, ...] = ()
    separator: str = ","
    address: str = ""
    is_csv: bool = False


def read(file: Path, sheet: str = "") -> Sheet:
    """The table in a CSV, XLSX, ODS or HTML file: of a workbook the sheet that is named, else the
    first that is seen and has two rows or more.

    Raises:
        RefusedError: it can't be read, or is too large; one sentence with the next step.
    """
    shown = _shown(file)
    try:
        if file.is_dir():
            raise RefusedError(f"{shown} is a folder: give a file in it.")
        with file.open("rb") as source:
            data = source.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise RefusedError(f"There is no file {shown}. Look at its name and folder.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise RefusedError(f"{shown} can't be read ({why}). Is it open elsewhere?") from error
    return from_bytes(data, shown, sheet)


def from_bytes(data: bytes, shown: str, sheet: str = "") -> Sheet:
    """The table that a file's bytes hold, as `read`; `shown` is what sentences call the file.

    Raises:
        RefusedError: as `read`.
    """
    if len(data) > MOST_BYTES:
        most = f"{MOST_BYTES // 1_000_000} MB"
        raise RefusedError(f"{shown} has more than {most}. Save the list alone as CSV.")
    if data.startswith(_ZIP):
        return _from_workbook(data, shown, sheet)
    if data.startswith(_OLD_EXCEL):
        raise RefusedError(
            f"{shown} is an Excel file of before 2007, or has a password. Open it in Excel and "
            "save it as .xlsx or CSV without one."
        )
    if data.startswith(_PDF):
        raise RefusedError(
            f"{shown} is a PDF, which holds no table. Copy its lines and paste them, or ask for "
            "the list as a spreadsheet."
        )
    if sheet:
        raise RefusedError(f"{shown} is no workbook, so it has no sheets: leave --sheet out.")
    if saved_page.is_one(data):
        page = saved_page.read(data, shown)
        return Sheet(_limited(page.rows, shown), address=page.address)
    return _from_text(_decoded(data, shown), shown)


# --- CSV ---


def _decoded(data: bytes, shown: str) -> str:
    for coding in ("utf-16",) if data[:2] in _UTF16 else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RefusedError(f"{shown} is neither a workbook (.xlsx) nor text. Save it as “CSV UTF-8”.")


def _from_text(text: str, shown: str) -> Sheet:
    lines = text.splitlines()
    told = lines[0].casefold() if lines else ""
    if told[:-1] == _EXCEL_TELLS and told[-1] in SEPARATORS:
        separator = told[-1]
        text = text[len(told) :].lstrip("\r\n")
    else:
        separator = _separator(lines)
    try:
        # Without one, cells have none between them: a comma in a name is the name's
        rows = _limited(_parsed(text, separator or "\t"), shown)
    except csv.Error as error:
        raise RefusedError(
            f"{shown} isn't CSV that can be read ({error}). A quotation mark may not be closed."
        ) from None
    return Sheet(rows, separator=separator or ",", is_csv=True)


def _parsed(text: str, separator: str) -> Iterable[list[str]]:
    """Rows of CSV, read with rigour first: a mark that isn't closed would take all that follows."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        if "end of data" in str(error):
            raise
        return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _separator(lines: Iterable[str]) -> str:
    """What stands most often in the heads; "" where nothing does.

    The heads are the first line, or behind an empty one where it is a title that stands alone.
    """
    after_empty = True
    for line in lines:
        if after_empty and line.strip():
            counts = {mark: _outside_quotes(line).count(mark) for mark in SEPARATORS}
            best = max(SEPARATORS, key=lambda mark: counts[mark])
            if counts[best]:
                return best
        after_empty = not line.strip()
    return ""


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


# --- XLSX ---


def _from_workbook(data: bytes, shown: str, sheet: str) -> Sheet:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
            names = set(archive.namelist())
            is_ods = open_document.is_one(archive)
    except BAD_ZIP as error:
        raise _broken(shown) from error
    if not is_ods and not any(name.startswith("xl/") for name in names):
        raise RefusedError(f"{shown} is no workbook. Save it as .xlsx, .ods or CSV.")
    if unpacked > MOST_UNPACKED:
        raise RefusedError(
            f"{shown} would unpack to {unpacked / 1e6:,.0f} MB, too much for a list. Save the "
            "sheet that has it as CSV."
        )
    if is_ods:
        return _from_open_document(data, shown, sheet)
    import openpyxl

    try:
        # What the library can't keep (charts, checks of cells) it warns of: nobody asked for it
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            with closing(opened):
                seen = [s for s in opened.worksheets if s.sheet_state == "visible"]
                tables = {
                    str(s.title): partial(_limited, _cells(s), shown) for s in opened.worksheets
                }
                return _chosen(tables, [str(s.title) for s in seen], shown, sheet)
    except RefusedError:
        raise
    except Exception as error:  # whatever a broken file makes of the library
        raise _broken(shown) from error


def _from_open_document(data: bytes, shown: str, sheet: str) -> Sheet:
    try:
        found = open_document.sheets(data, MOST_UNPACKED)
        tables = {name: partial(_limited, rows, shown) for name, rows in found}
        return _chosen(tables, list(tables), shown, sheet)
    except open_document.BrokenDocumentError as error:
        raise _broken(shown) from error


def _broken(shown: str) -> RefusedError:
    return RefusedError(
        f"{shown} is a workbook that can't be read. Open it in Excel or LibreOffice and save it "
        "again, or as CSV."
    )


def _chosen(
    tables: Mapping[str, Callable[[], list[list[str]]]],
    seen: Sequence[str],
    shown: str,
    wanted: str,
) -> Sheet:
    """The sheet that is named, else the first that is seen and has a table; each is read only when
    it is looked at."""
    if wanted:
        same = [name for name in tables if name.casefold() == wanted.strip().casefold()]
        if not same:
            listed = ", ".join(f"“{cleaning.plain(name)}”" for name in tables)
            raise RefusedError(f"{shown} has no sheet “{cleaning.plain(wanted)}” but: {listed}.")
        found = same[0], tables[same[0]]()
    else:
        read = ((name, tables[name]()) for name in seen or tables)
        best = next(((name, rows) for name, rows in read if sum(map(any, rows)) > 1), None)
        if best is None:
            raise RefusedError(f"{shown} has no sheet with a table in it.")
        found = best
    return Sheet(found[1], found[0], tuple(name for name in tables if name != found[0]))


def _cells(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # the file may tell a million rows where there are ten
    for row in sheet.iter_rows(values_only=True):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _text(value: object) -> str:
    """A cell as it is shown: 139217, not 139217.0; a day as 2026-11-27."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat(*((" ",) if isinstance(value, datetime) else ()))
    return str(value)


# --- both ---


def _limited(rows: Iterable[list[str]], shown: str) -> list[list[str]]:
    """The rows, without empty ones at the end. Raises RefusedError where there are too many."""
    found: list[list[str]] = []
    cells = empty = 0
    for row in rows:
        if not any(row):  # a workbook may have a million of them below its table
            empty += 1
            if len(found) + empty > LAST_ROW:
                raise too_large(shown)
            continue
        cells += len(row)
        if len(found) + empty >= MOST_ROWS or cells > MOST_CELLS:
            raise too_large(shown)
        found += ([] for _ in range(empty))
        found.append(row)
        empty = 0
    return found


def _shown(file: Path) -> str:
    return cleaning.plain(str(file))[:300]
