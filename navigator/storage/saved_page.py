"""Rows of text of a web page that was saved from a browser: of its tables, else of what it lists.

A page without a table often gives each body a heading with lines such as "Lead school: Oak School"
beneath it; those become a row each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from navigator.storage.limits import MOST_CELLS, too_large

MOST_SPANNED = 100
"""Columns or rows that one cell may take."""

_BLOCKS = """
address article aside blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main
nav ol p section summary table tbody td th thead tr ul
"""
BLOCKS = frozenset(_BLOCKS.split())
"""Elements that end a line."""

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6", "summary"})
UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "head", "nav", "footer"})

_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(https?://[^\s>]+) -->")
_LABELLED = re.compile(r"([A-Za-z][A-Za-z /()-]{1,40}?)\s*:\s*(.*)")

NAME = "Name"
"""The head of what a page's headings say."""


class SavedPage(NamedTuple):
    """A page's rows with their heads first, and the address it was saved from, "" if untold."""

    rows: list[list[str]]
    address: str


def is_one(data: bytes) -> bool:
    """Whether a file's bytes are a web page, whatever it is called."""
    start = data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<table", b"<!-- saved from", b"<div"))


def read(data: bytes, shown: str) -> SavedPage:
    """The largest table of a page; where it has none, a row a heading with labelled lines.

    Raises:
        RefusedError: it is too large; `shown` is what the sentence calls it.
    """
    page = _Page(shown)
    page.feed(_decoded(data))
    page.close()
    tables = [table for table in page.tables if sum(map(any, table)) > 1]
    rows = max(tables, key=lambda table: sum(len(row) for row in table), default=None)
    found = _FROM.search(data[:4_000])
    address = found[1].decode("ascii", "ignore") if found else ""
    return SavedPage(rows if rows is not None else records(page.lines, shown), address)


def _decoded(data: bytes) -> str:
    told = re.search(rb"charset=[\"']?([\w-]+)", data[:2_000])
    for coding in (told[1].decode("ascii") if told else "utf-8", "utf-8", "cp1252"):
        try:
            return data.decode(coding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


class _Page(HTMLParser):
    """Gathers the cells of tables, and the lines of the rest, headings marked by "# "."""

    def __init__(self, shown: str) -> None:
        super().__init__(convert_charrefs=True)
        self._room = _Room(shown)
        self.tables: list[list[list[str]]] = []
        self.lines: list[str] = []
        self._open: list[_Grid] = []
        self._line: list[str] = []
        self._hidden = 0
        self._heading = False
        self._label = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in UNSEEN:
            self._hidden += 1
        elif tag == "table":
            self._open.append(_Grid(self._room))
            self.tables.append(self._open[-1].rows)
        elif self._open and tag == "tr":
            self._open[-1].begin_row()
        elif self._open and tag in ("td", "th"):
            self._open[-1].begin_cell(_span(told.get("colspan")), _span(told.get("rowspan")))
        elif self._open and tag in BLOCKS:
            self._open[-1].say("\n")
        if tag in BLOCKS and not self._open:
            self._end_line()
            self._heading = tag in HEADINGS or (self._heading and tag not in BLOCKS)
        href = told.get("href") or ""
        if tag == "a" and href.startswith(("http://", "https://")) and not self._hidden:
            self._link = href

    _link = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._hidden = max(self._hidden - 1, 0)
        elif tag == "table" and self._open:
            self._open.pop().end_row()
        elif tag == "a":
            if self._open and self._link:
                self._open[-1].link = self._link
            self._link = ""
        elif tag in BLOCKS and not self._open:
            self._end_line(label=tag == "dt")

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._open:
            self._open[-1].say(data)
        else:
            self._line.append(data)

    def close(self) -> None:
        super().close()
        self._end_line()
        for grid in self._open:
            grid.end_row()

    def _end_line(self, *, label: bool = False) -> None:
        said = " ".join("".join(self._line).split())
        self._line = []
        if not said:
            return
        if label:
            self._label = said.rstrip(":")
            return
        mark = "# " if self._heading else ""
        self._room.take()
        self.lines.append(f"{self._label}: {said}" if self._label else f"{mark}{said}")
        self._label, self._heading = "", False


def _span(said: str | None) -> int:
    told = (said or "").strip()
    return max(1, min(int(told), MOST_SPANNED)) if told.isdecimal() and len(told) < 5 else 1


class _Room:
    """What may still be made of a page: few letters can say that there are many cells."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._left = MOST_CELLS

    def take(self) -> None:
        """One for a cell, a row, a table or a line. Raises RefusedError where there is none."""
        self._left -= 1
        if self._left < 0:
            raise too_large(self._shown)


class _Grid:
    """The rows of a table as they come, cells that span others filled in."""

    def __init__(self, room: _Room) -> None:
        room.take()
        self._room = room
        self.rows: list[list[str]] = []
        self._spanning: dict[int, tuple[int, str]] = {}
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._wide = self._deep = 1
        self.link = ""

    def begin_row(self) -> None:
        self.end_row()
        self._begin()

    def begin_cell(self, wide: int, deep: int) -> None:
        if self._row is None:
            self._begin()
        self._end_cell()
        self._cell, self._wide, self._deep, self.link = [], wide, deep, ""

    def _begin(self) -> None:
        self._room.take()
        self._row = []

    def say(self, text: str) -> None:
        if self._cell is not None:
            self._cell.append(text)

    def end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._fill()
            self.rows.append(self._row)
            self._row = None

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            self._cell = None
            return
        lines = (" ".join(line.split()) for line in "".join(self._cell).split("\n"))
        text = "\n".join(line for line in lines if line)
        if self.link and text.casefold() in ("website", "visit website", "link", "web", "visit"):
            text = self.link  # a link whose words say only that it is one
        self._fill()
        for _ in range(self._wide):
            if self._deep > 1:
                self._spanning[len(self._row)] = (self._deep - 1, text)
            self._room.take()
            self._row.append(text)
        self._cell = None

    def _fill(self) -> None:
        """Put in what cells of rows above say here."""
        if self._row is None:
            return
        while len(self._row) in self._spanning:
            place = len(self._row)
            left, text = self._spanning.pop(place)
            if left > 1:
                self._spanning[place] = (left - 1, text)
            self._room.take()
            self._row.append(text)


def records(lines: list[str], shown: str) -> list[list[str]]:
    """Rows of lines such as "Lead school: Oak School", a row a heading or blank line; their labels
    are the heads. Lines alone where nothing is labelled.

    Raises:
        RefusedError: that makes too many cells; `shown` is what the sentence calls the lines.
    """
    labels: dict[str, None] = {}
    found: list[dict[str, str]] = []
    for block in _blocks(lines):
        row: dict[str, str] = {}
        for line in block:
            labelled = _LABELLED.fullmatch(line)
            if labelled and not labelled[2].startswith("//"):
                row[labelled[1].strip()] = labelled[2].strip()
            elif line.startswith("# ") or NAME not in row:
                row[NAME] = line.removeprefix("# ")
        if len(row) > 1:
            found.append(row)
            labels |= dict.fromkeys(row)
    if len(found) < 1:
        return [[line.removeprefix("# ")] for line in lines if line.strip()]
    heads = list(labels)
    if len(heads) * len(found) > MOST_CELLS:
        raise too_large(shown)
    return [heads, *([row.get(head, "") for head in heads] for row in found)]


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if not line.strip() or line.startswith("# "):
            if block:
                yield block
            block = []
        if line.strip():
            block.append(line.strip())
    if block:
        yield block
