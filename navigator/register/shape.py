"""From the register's texts to our rows: phases, days, numbers, places.

Texts come and rows go by the column, some thousands at a time, which costs less than row by row.
What is made of texts that come again and again is kept (`Memo`).
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from navigator.core import paths
from navigator.core.model import OPEN_STATUSES, PHASES
from navigator.register import schema
from navigator.register.columns import COLUMNS, DAY, DIGITS, LAESTAB, METRES, NUMBER, kept_in
from navigator.register.conversions import Memo, whole_number
from navigator.register.doubts import Doubts
from navigator.register.gias import Header
from navigator.register.search_words import name_words, outward, text_tokens

BATCH = 250
"""Rows that are shaped and put into the table at once: more would no longer lie near the processor
(a twelfth slower with 2,000)."""

Row = tuple[Any, ...]

Columns = Mapping[str, Sequence[Any]]
"""Some rows of a table: the values of each column, by its name."""

_MAY_FAIL = (NUMBER, METRES, DAY, DIGITS, LAESTAB)
"""What is made of texts that may say something else; a position of 0 says that there is none."""

_PHASE_OF = {
    "Nursery": "nursery",
    "Primary": "primary",
    "Middle deemed primary": "primary",
    "Secondary": "secondary",
    "Middle deemed secondary": "secondary",
    "All-through": "all-through",
    "All through": "all-through",
    **{phase: phase for phase in PHASES},
}
"""Ours by the register's word, and by itself: the sample tells ours."""


def _phase_of(type_name: str, phase: str) -> str:
    """Our word for a phase, "" for none.

    Told by the type first: the register calls the phase of special schools "Not applicable".
    """
    folded = type_name.casefold()
    if "special" in folded and "post 16" not in folded:
        return "special"
    if "alternative provision" in folded or folded == "pupil referral unit":
        return "alternative provision"
    return _PHASE_OF.get(phase, "")


def _tier_of(status: str) -> int:
    if status in OPEN_STATUSES:
        return schema.OPEN
    return schema.PROPOSED if status == "Proposed to open" else schema.CLOSED


class England(NamedTuple):
    """Which authorities' schools are England's.

    `regions` has the region of each by its code, `became` those that one which is no more became.
    """

    regions: Mapping[str, str]
    became: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def has(self, la_code: str) -> bool:
        return la_code in self.regions

    def region(self, la_code: str, told: str) -> str:
        """The region of an authority, in the directory's spelling; else as the register tells."""
        return self.regions.get(la_code) or told


@lru_cache(maxsize=1)
def england(facts: Path | None = None) -> England:
    """The directory's 153 authorities, and those they came from, as the shipped facts have them."""
    folder = facts or paths.facts_dir()
    regions = {row["dfe_code"]: row["region"] for row in _rows(folder / "authorities.csv")}
    became = {}
    for row in _rows(folder / "former_areas.csv"):
        if row["kind"] == "LA":  # older registers carry Cumbria, Dorset, Northamptonshire …
            became[row["code"]] = tuple(row["became_codes"].split(";"))
            regions[row["code"]] = regions[became[row["code"]][0]]
    return England(regions, became)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Shaper:
    """Makes our rows of the register's; what they share gathers here.

    Attributes:
        docs: rows of the finder's index: (tier, key, URN, tokens, its trust's UID) of each school
            of England.
        lookups: of the tables `kind` and `place` each row with its number.
        trusts: (name, flag) by UID of each trust that a school names: by the last open one, else
            by the first of those that are not.
        named_by_open: the UIDs of those that an open school names.
        doubts: counts what can't be read.
    """

    def __init__(self) -> None:
        self.docs: list[Row] = []
        self.lookups: dict[str, dict[Row, int]] = {table: {} for table in schema.LOOKUPS}
        self.trusts: dict[str, tuple[str, str]] = {}
        self.named_by_open: set[str] = set()
        self.doubts = Doubts()
        self._phases: Memo[tuple[str, str], int] = Memo(lambda told: PHASES.index(_phase_of(*told)))
        self._tiers = Memo(_tier_of)
        self._names, self._tokens = Memo(name_words), Memo(text_tokens)

    def fill(
        self, database: sqlite3.Connection, header: Header, lines: Iterable[bytes]
    ) -> Iterator[int]:
        """Put the schools of lines behind a header into `school`; yields how many, now and then.

        Raises:
            BadFileError: a line that can't be read.
            sqlite3.IntegrityError: a URN is there twice.
        """
        rows = header.picked(lines, self.doubts)
        while batch := list(islice(rows, BATCH)):
            texts = dict(zip(header.columns, zip(*batch, strict=True), strict=True))
            self.put(database, texts, england())
            yield len(batch)

    def put(self, database: sqlite3.Connection, texts: Columns, england: England) -> None:
        """Put schools into `school`, given by texts under the names of `columns.COLUMNS`.

        Those that are missing are empty.
        """
        nothing = [""] * len(texts["urn"])
        told = {column.name: texts.get(column.name, nothing) for column in COLUMNS}
        told["in_scope"] = [*map(england.has, told["la_code"])]
        told["region"] = [*map(england.region, told["la_code"], told["region"])]
        rows = {
            column.stored_as: [*map(stored, told[column.name])] if stored else told[column.name]
            for column in kept_in("school")
            for stored in (column.values.stored,)
        }
        rows |= {table: self._numbers(table, told) for table in schema.LOOKUPS}
        rows["tier"] = [self._tiers[status] for status in told["status"]]
        kinds = zip(told["type"], told["phase"], strict=True)
        rows["phase"] = [self._phases[kind] for kind in kinds]
        rows["laestab"] = [*map(_laestab, told["la_code"], told["laestab"])]
        self._count_unread(told, rows)
        spots = [
            (east, north) if east and north else (None, None)
            for east, north in zip(rows["easting"], rows["northing"], strict=True)
        ]
        rows["easting"], rows["northing"] = zip(*spots, strict=True)
        known = zip(told["in_scope"], rows["tier"], rows["opened"], rows["closed"], strict=True)
        rows["cell"] = [
            _cell_of(*spot) if spot[0] and in_scope and _is_dated(*dates) else None
            for spot, (in_scope, *dates) in zip(spots, known, strict=True)
        ]
        schema.insert(database, "school", rows, zip(*rows.values(), strict=True))
        self._note_trusts(told, rows["tier"])
        self.docs += self._docs(told, rows["tier"], rows["urn"])

    def _count_unread(self, told: Columns, rows: Columns) -> None:
        """Count the texts of numbers and days that say something and couldn't be read.

        Two counts a column find out whether there are any: nearly always there are none.
        """
        for column in kept_in("school"):
            if column.values in _MAY_FAIL:
                texts, values = told[column.name], rows[column.stored_as]
                if values.count(None) != texts.count(""):
                    pairs = zip(texts, values, strict=True)
                    unread = (t for t, value in pairs if value is None and t.strip("0."))
                    self.doubts.column(column.dfe, unread)

    def _numbers(self, table: str, told: Columns) -> list[int]:
        """The numbers that stand for rows of a lookup table."""
        numbers = self.lookups[table]
        rows = zip(*(told[name] for name in schema.LOOKUPS[table]), strict=True)
        return [numbers.setdefault(row, len(numbers) + 1) for row in rows]

    def _note_trusts(self, told: Columns, tiers: Sequence[int]) -> None:
        rows = zip(told["trust_uid"], told["trust_name"], told["trust_flag"], tiers, strict=True)
        for uid, name, flag, tier in rows:
            if uid and (tier == schema.OPEN or uid not in self.trusts):
                self.trusts[uid] = name, flag
        self.named_by_open.update(
            compress(told["trust_uid"], (tier == schema.OPEN for tier in tiers))
        )

    def take_trusts(self, trusts: Mapping[str, tuple[str, str]], named_by_open: set[str]) -> None:
        """Take over what another one has of trusts, whose schools come behind those here."""
        for uid, told in trusts.items():
            if uid in named_by_open or uid not in self.trusts:
                self.trusts[uid] = told
        self.named_by_open |= named_by_open

    def _docs(self, told: Columns, tiers: Sequence[int], urns: Sequence[int]) -> Iterator[Row]:
        around = (
            "street",
            "town",
            "locality",
            "address3",
            "la_name",
            "district_name",
            "trust_name",
        )
        keys, named = zip(*map(self._names.__getitem__, told["name"]), strict=True)
        placed = [map(self._tokens.__getitem__, told[name]) for name in around]
        words = zip(named, *placed, map(outward, told["postcode"]), strict=True)
        docs = zip(tiers, keys, urns, map(" ".join, words), told["trust_uid"], strict=True)
        return compress(docs, told["in_scope"])


def _is_dated(tier: int, opened: int | None, closed: int | None) -> bool:
    """Whether it is known when a school was open."""
    return bool(closed) or tier == schema.OPEN or (tier == schema.PROPOSED and bool(opened))


def _cell_of(easting: int, northing: int) -> int:
    """The 5 km square of the National Grid (`school.cell`)."""
    side = schema.CELL_METRES
    return easting // side * schema.CELLS_A_COLUMN + northing // side


def _laestab(la_code: str, number: str) -> int | None:
    """8922001 of "892" and "2001", or of "892/2001"."""
    if "/" in number:
        la_code, _, number = number.partition("/")
    own = whole_number(number)
    return None if own is None else (whole_number(la_code) or 0) * 10_000 + own
