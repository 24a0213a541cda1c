"""A table of a plan, read: as Navigator writes it, or as people and Excel write one.

Text in UTF-8, UTF-16 or the code of Windows; commas, semicolons or tabs between the cells. A column
that isn't ours is listed and left, and so is a row of totals. What is of the whole activity is told
once or in each of its rows; two that differ are a fault that names both lines.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from navigator.core import cleaning, texts, wording
from navigator.core.activity import Activity
from navigator.core.errors import RefusedError
from navigator.core.keys import Key
from navigator.core.session import Session
from navigator.core.values import VALUES, cell_wanted
from navigator.domain.plan import coverage, programmes
from navigator.domain.plan.table import COLUMNS, COST, WORKED_OUT, PlanColumn, cell_as_typed

MOST_ROWS = 20_000
MOST_BYTES = 8 * 1024 * 1024

_SESSION = {c.attribute for c in COLUMNS.values() if c.of_session} - {"id", "attends"}
_OF_SESSION = [c.name for c in COLUMNS.values() if c.of_session and c.name != "date"]
_APART = {"title", "provider", "provider_key", "attends", "session_attends", "id", "session_id"}
_WHOLE = [c.name for c in COLUMNS.values() if not c.of_session and c.name not in _APART]

_HEAD = (
    "Its first line names the columns: “title” must be there, others may, as in title, provider, "
    "date. All of them are in docs/planning.md"
)
_COSTS = "fee", "release_days", "attends", "subsidy"
"""The columns of which one at the least is there where a cost was worked out."""
_TOTALS = re.compile(r"((grand|sub)[ -]?)?totals?( (costs?|fees?|days|in all|for the year))?:?")
_MIXED = re.compile("Ã[\x80-\xbf]|Â[\xa0-\xbf]|â€")
"""UTF-8 that was read as Windows' code."""


class Fault(NamedTuple):
    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text}"


class ToldSession(NamedTuple):
    """A session of a table, and the attributes of which it says something."""

    session: Session
    told: frozenset[str]


class ToldActivity(NamedTuple):
    """An activity of a table: only what is in `told` is said of it, by attribute.

    `line` is that of its first row. Its id is the table's, "" where that has none.
    """

    activity: Activity
    told: frozenset[str]
    sessions: tuple[ToldSession, ...]
    line: int


class Read(NamedTuple):
    """What a table holds, or every fault; never both. `said` are sentences on what was left out."""

    given: tuple[ToldActivity, ...]
    faults: tuple[Fault, ...]
    said: tuple[str, ...] = ()

    @property
    def activities(self) -> tuple[Activity, ...]:
        return tuple(one.activity for one in self.given)


def read(data: bytes) -> Read:
    """The activities of a table, or all that is wrong in it, line by line."""
    try:
        rows = _rows(_text(data))
        if not rows:
            raise _Wrong(1, f"the file is empty. {_HEAD}")
        (line, head), *rest = rows
        columns = _head(line, head)
    except _Wrong as wrong:
        return Read((), (wrong.fault,))
    return _Reading(columns, head).read(rest)


class _Wrong(Exception):  # noqa: N818 - not an error that anyone else sees
    """What makes a table unreadable as a whole."""

    def __init__(self, line: int, text: str) -> None:
        self.fault = Fault(line, f"{text}.")


# --- bytes to rows ---


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise _Wrong(1, f"the file is larger than {MOST_BYTES // 1024**2} MB, and no plan is")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _Wrong(1, "that is a workbook, not a table as text. Save it as “CSV UTF-8”")
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    text = "" if data.startswith(codecs.BOM_UTF8) else data.decode("cp1252", "replace")
    if not text or "\ufffd" in text or "\0" in text or _MIXED.search(text):
        raise _Wrong(line, "a byte that isn't UTF-8 text. Save it as “CSV UTF-8”")
    return text


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, each with the number of its first line."""
    skip = re.match(r'"?sep=(.)"?\r?\n', text)
    sign = skip[1] if skip else _between(text)
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(
        io.StringIO(text[skip.end() :] if skip else text, newline=""), strict=True, delimiter=sign
    )
    above = 1 if skip else 0
    begin = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((begin + above, row))
            begin = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                raise _Wrong(begin, f"more than {MOST_ROWS:,} rows")
    except csv.Error as error:
        raise _Wrong(begin + above, f"not a good line of CSV ({error})") from None
    return rows


def _between(text: str) -> str:
    """What parts the cells: the sign that makes most of our columns of the first line."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def ours(sign: str) -> int:
        return sum(_name(cell.strip('" ')) in COLUMNS for cell in first.split(sign))

    return max(",;\t", key=ours)  # the first of those that are equal


def _name(cell: str) -> str:
    return re.sub(r"[ -]+", "_", cleaning.plain(cell).casefold())


def _head(line: int, head: Sequence[str]) -> list[str]:
    """The columns by name; what isn't ours as it stands."""
    columns = [_name(cell) for cell in head]
    twice = sorted({c for c in columns if columns.count(c) > 1 and c in COLUMNS})
    said = [f"the column “{c}” is there twice" for c in twice]
    if "title" not in columns:
        said.append("the column “title” is missing")
    if said:
        raise _Wrong(line, f"{'; '.join(said)}. {_HEAD}")
    return columns


# --- rows to activities ---

_Values = dict[str, Any]
_Line = tuple[int, _Values]


class _Reading:
    """One table being read: its faults, and what is to be said of it."""

    def __init__(self, columns: Sequence[str], head: Sequence[str]) -> None:
        self._columns = columns
        self._faults: list[Fault] = []
        self._lost: list[int] = []
        others = [
            cleaning.plain(cell)[:40]
            for cell, name in zip(head, columns, strict=True)
            if name and name not in COLUMNS and name not in WORKED_OUT
        ]
        which = ", ".join(f"“{name}”" for name in others)
        left = "These columns were" if len(others) > 1 else "This column was"
        why = "a plan's table has no such column"
        self._said = [f"{left} left out, as {why}: {which}."] if others else []

    def read(self, rows: Iterable[tuple[int, list[str]]]) -> Read:
        told = [(line, values) for line, row in rows if (values := self._values(line, row))]
        given = [self._activity(group) for group in self._groups(told)]
        if self._lost:
            lines = " ".join((f"line {self._lost[0]}", wording.and_more(len(self._lost) - 1)))
            self._said.append(
                f"What “{COST}” says was left out ({lines.strip()}): that column is worked out "
                "from others. Call it “fee” to have it taken as the fee."
            )
        if self._faults:
            return Read((), tuple(sorted(self._faults)), tuple(self._said))
        return Read(tuple(given), (), tuple(self._said))

    def _fault(self, line: int, text: str) -> None:
        self._faults.append(Fault(line, text))

    def _values(self, line: int, row: list[str]) -> _Values | None:
        """What a row says by column, cells that say nothing left out; None for none of ours."""
        columns = self._columns
        if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns) :]):
            self._fault(line, f"{len(row)} cells, and there are {len(columns)} columns.")
            return None
        cells = {c: t for c, t in zip(columns, row, strict=False) if c in COLUMNS and t.strip()}
        label = next((cleaning.plain(cell) for cell in row if cell.strip()), "")
        if "date" not in cells and _TOTALS.fullmatch(label.casefold()):
            self._said.append(f"Line {line}, “{label[:40]}”, was left out: a row of totals.")
            return None
        if not cells:
            return None
        costs = dict(zip(columns, row, strict=False)).get(COST, "")
        if re.search(r"\d", costs) and not {"id", *_COSTS}.intersection(cells):
            self._lost.append(line)
        values: _Values = {}
        for name, cell in cells.items():
            column = COLUMNS[name]
            text = cell_as_typed(cell, column)
            most = texts.MOST if column.lined else texts.LONGEST
            if len(text) > most:
                self._fault(line, f"{name} is longer than {most:,} characters.")
                continue
            try:
                if text:
                    values[name] = self._value(line, column, text)
            except (ValueError, KeyError, RefusedError) as error:
                wanted = cell_wanted(column.field)
                said = f" is “{text[:40]}”, and is {wanted}." if wanted else f": {error}"
                self._fault(line, name + said)
        if not cells.get("title", "").strip():
            self._fault(line, "title is empty, and an activity needs one.")
            return None
        if "date" not in cells:
            lone = [name for name in _OF_SESSION if name in cells]
            if lone:
                self._fault(line, f"{', '.join(lone)} without a date: give the session's.")
        return values

    def _value(self, line: int, column: PlanColumn, text: str) -> Any:
        kind = VALUES[column.field.value]
        value = (kind.of_cell or kind.typed)(text, column.field)
        if column.name in coverage.TICKS:
            ticks = tuple(coverage.tick(column.name, one) or one for one in value)
            for odd in (t for t in ticks if t not in coverage.TICKS[column.name]):
                self._said.append(
                    f"Line {line}: {column.name} has “{odd[:40]}”, which is none that can be "
                    "ticked; it is kept as it stands."
                )
            return ticks
        if column.name == "programme":
            return programmes.id_of(value)
        return value

    def _groups(self, rows: Sequence[_Line]) -> Iterator[list[_Line]]:
        """The rows by activity: of one id; of one title and provider."""
        named: dict[tuple[str, str], set[str]] = {}
        for _, values in rows:
            named.setdefault(_called(values), set()).add(values.get("id", ""))
        groups: dict[tuple[str, ...], list[_Line]] = {}
        for line, values in rows:
            ids = named[_called(values)] - {""}
            # A row without an id is of the one that the others of its title have
            id_ = values.get("id") or (next(iter(ids)) if len(ids) == 1 else "")
            key = (id_,) if id_ else _called(values)
            groups.setdefault(key, []).append((line, {**values, "id": id_}))
        yield from groups.values()

    def _one(self, name: str, group: Sequence[_Line]) -> Any:
        """What the rows say of a column of the whole activity; None where none says anything."""
        column = COLUMNS[name]
        told = [(line, values[name]) for line, values in group if name in values]
        for line, value in told[1:]:
            if value != told[0][1] and not _alike(value, told[0][1]):
                kind = VALUES[column.field.value]
                one, other = (
                    cleaning.plain((kind.cell or kind.shown)(v))[:40] for v in (value, told[0][1])
                )
                self._fault(
                    line,
                    f"{name} is “{one}”, and on line {told[0][0]} “{other}”: it is of the "
                    "whole activity, so give one.",
                )
        return told[0][1] if told else None

    def _activity(self, group: Sequence[_Line]) -> ToldActivity:
        first = group[0][1]
        whole = {COLUMNS[n].attribute: v for n in _WHOLE if (v := self._one(n, group)) is not None}
        whole |= self._provider(group)
        self._one("title", group)
        who = [values["attends"] for _, values in group if "attends" in values]
        same = len(set(map(frozenset, who))) <= 1  # else each row tells of its own session
        if same and who:
            whole["attends"] = who[0]
        sessions = []
        for _, values in group:
            if "date" in values:
                told = {COLUMNS[n].attribute: v for n, v in values.items() if _is_of_session(n)}
                told["attends"] = values.get(
                    "session_attends", () if same else values.get("attends", ())
                )
                if not told["attends"]:
                    del told["attends"]
                session = Session(**{"id": values.get("session_id", ""), **told})
                sessions.append(ToldSession(session, frozenset(told)))
        sessions.sort(key=lambda one: one.session.order)
        activity = Activity(
            id=first["id"],
            title=first["title"],
            sessions=tuple(one.session for one in sessions),
            **whole,
        )
        return ToldActivity(activity, frozenset(whole), tuple(sessions), group[0][0])

    def _provider(self, group: Sequence[_Line]) -> dict[str, Any]:
        """A provider's key and name, as far as they are told."""
        named, key = self._one("provider", group), self._one("provider_key", group)
        if named and Key(named).is_body:
            named, key = None, key or named
        if key and not Key(key).is_body:
            self._fault(group[0][0], f"provider_key is “{key[:40]}”, which is no body's key.")
        found: dict[str, Any] = {"provider": Key(key)} if key else {}
        return found | ({"provider_name": named} if named else {})


def _alike(one: object, other: object) -> bool:
    """Whether two texts differ in their capitals alone."""
    return isinstance(one, str) and isinstance(other, str) and one.casefold() == other.casefold()


def _is_of_session(name: str) -> bool:
    return COLUMNS[name].of_session and COLUMNS[name].attribute in _SESSION


def _called(values: _Values) -> tuple[str, str]:
    return values["title"].casefold(), str(values.get("provider") or "").casefold()
