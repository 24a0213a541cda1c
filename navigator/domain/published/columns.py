"""Which column of a published list says what: by its head, and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from navigator.core import cleaning
from navigator.core.errors import RefusedError
from navigator.register.search_words import fold

KINDS = {
    "hub": "the hub",
    "lead": "its lead school",
    "urn": "the lead school's URN",
    "town": "the lead school's town",
    "postcode": "the lead school's postcode",
    "authority": "the lead school's authority",
    "areas": "where it works",
    "region": "its region",
    "website": "its website",
    "from": "when it began",
    "to": "when it ends",
    "date": "when it was last seen",
}
"""What a column may say, and in which words that is told."""

PERSON = "it may name a person"
OTHER = "it says nothing that is kept of a hub"
SECOND = "another column says that already"

MOST_ABOVE = 15
"""Rows that may stand above the heads: a title, who made it, when."""

ENOUGH = 0.6
"""Share of a column's cells that must be of a kind, where its head doesn't say which."""

MAILS = 0.3
"""Share of a column's cells with e-mail addresses from which on it is one of those."""

_PERSON = re.compile(
    r"\b(contacts?|e ?mails?|tele(phone)?|phone|mobile|fax|head ?teachers?|principal|ceo|executive"
    r"|directors?|person|managers?|coordinators?|twitter|lead names?|name of lead|staff|surname"
    r"|forename|first name)\b"
)
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"\b({words})\b"))
    for kind, words in (
        ("urn", "urns?|unique reference number"),
        ("website", "web ?sites?|web|urls?|web ?pages?|web address|links?|site"),
        ("postcode", "post ?codes?"),
        ("town", "towns?|city|cities|town or city|location"),
        ("authority", "(lead|school|led).*(authority|la|council)|(authority|la|council) of .*lead"),
        ("region", "regions?"),
        (
            "areas",
            "areas?|local authorit(y|ies)|authorit(y|ies)|las?|lads?|districts?|councils?|covers?"
            "|covered|coverage|serving|serves|served|boroughs?|count(y|ies)|geography",
        ),
        ("from", "starts?|start date|from|since|designated|appointed|launched|joined|began"),
        ("to", "ends?|end date|until|to|expires|expiry"),
        ("date", "date|updated|as at|last seen|published|checked|year"),
        ("lead", "leads?|led by|led|lead school|accountable|host"),
        ("hub", "hubs?|partnership|network"),
        ("lead", "schools?|organisations?|academy|college|providers?|settings?|trust|nursery"),
        ("hub", "name|title"),
    )
)
_SCHOOL = re.compile(
    r"school|academ|college|trust|council|nursery|universit|federation|service|music|centre|ltd"
    r"|partnership|limited|cic\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\S@\S")
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_URN = re.compile(r"(urn\s*)?\d{6}(\.0)?", re.IGNORECASE)


class ListColumn(NamedTuple):
    """A column: its head as it stands, and its kind; "" for one that is left out, and why."""

    place: int
    head: str
    kind: str
    why: str = ""


class Layout(NamedTuple):
    """How a list is laid out: the row of its heads (-1 for none) and its columns."""

    head: int
    columns: tuple[ListColumn, ...]

    @property
    def places(self) -> dict[str, int]:
        return {column.kind: column.place for column in self.columns if column.kind}

    def with_kind(self, was: str, now: str) -> Layout:
        """The same where a column of one kind is of another."""
        columns = (c._replace(kind=now) if c.kind == was else c for c in self.columns)
        return self._replace(columns=tuple(columns))


IsArea = Callable[[str], bool]
"""Whether a cell names areas that are known, or a region."""


def layout(
    rows: Sequence[Sequence[str]], is_area: IsArea, is_region: IsArea, given: Mapping[str, str]
) -> Layout:
    """What each column says; `given` names columns by kind, by head or number.

    Raises:
        RefusedError: no column names a hub or a lead school, or there is none as given.
    """
    head = _head_row(rows, {fold(text) for text in given.values() if not text.isdecimal()})
    heads = [cleaning.one_line(cell) for cell in rows[head]] if head >= 0 else []
    body = [row for row in rows[head + 1 :] if any(cell.strip() for cell in row)]
    width = max((len(row) for row in (*body, heads)), default=0)
    heads += [""] * (width - len(heads))
    asked = {_place(kind, text, heads, width): kind for kind, text in given.items()}
    columns: list[ListColumn] = []
    taken = set(asked.values())
    for place in range(width):
        cells = [row[place].strip() for row in body if place < len(row) and row[place].strip()]
        if place in asked:
            columns.append(ListColumn(place, heads[place], asked[place]))
            continue
        kind, why = _kind(heads[place], cells, is_area, is_region)
        if kind in taken:
            kind, why = "", SECOND
        if kind:
            taken.add(kind)
        if heads[place] or cells:
            columns.append(ListColumn(place, heads[place] or f"column {place + 1}", kind, why))
    if not taken & {"hub", "lead", "urn"}:
        shown = ", ".join(f"“{column.head[:30]}”" for column in columns[:8])
        raise RefusedError(
            f"No column names a hub or a lead school; there are: {shown or 'none'}. Say which "
            "does: --column hub=HEAD, or --column lead=1 for the first."
        )
    return Layout(head, tuple(columns))


def _head_row(rows: Sequence[Sequence[str]], wanted: Collection[str]) -> int:
    """The row that names the columns: one with a head that is wanted, else the one with most that
    are known, -1 for none."""
    best, most = -1, 0
    for index, row in enumerate(rows[: MOST_ABOVE + 1] if wanted else ()):
        if any(fold(cell) in wanted for cell in row):
            return index
    for index, row in enumerate(rows[: MOST_ABOVE + 1]):
        told = [fold(cell) for cell in row if cell.strip()]
        known = sum(bool(_by_head(head)) for head in told if len(head) <= 60)
        # A row of the table has addresses and numbers in it, and heads haven't
        data = sum(bool(_ADDRESS.search(c) or _URN.fullmatch(c.strip())) for c in row)
        single = len(told) == 1 and max(map(len, rows), default=0) > 1
        if known > most and known * 2 >= len(told) and not data and not single:
            best, most = index, known
            if known == len(told):
                break
    return best


def _place(kind: str, text: str, heads: Sequence[str], width: int) -> int:
    if kind not in KINDS:
        raise RefusedError(
            f"“{cleaning.plain(kind)[:40]}” is nothing that a column may say; write one of: "
            f"{', '.join(KINDS)}."
        )
    folded = [fold(head) for head in heads]
    if fold(text) in folded:
        return folded.index(fold(text))
    if text.isdecimal() and 1 <= int(text) <= width:
        return int(text) - 1
    told = ", ".join(f"“{head}”" for head in heads if head)
    raise RefusedError(
        f"There is no column “{cleaning.plain(text)[:60]}”. "
        f"{f'The heads are: {told}. ' if told else ''}Give a head, or a column's number from 1."
    )


def _by_head(folded: str) -> str:
    if _PERSON.search(folded):
        return PERSON
    return next((kind for kind, pattern in _HEADS if pattern.search(folded)), "")


def _kind(head: str, cells: Sequence[str], is_area: IsArea, is_region: IsArea) -> tuple[str, str]:
    """(kind, why it is left out) of a column; one of the two is ""."""
    said = _by_head(fold(head))
    schools = _share(cells, lambda c: bool(_SCHOOL.search(c) or _URN.fullmatch(c)))
    mails = _share(cells, lambda c: bool(_MAIL.search(c)))
    if said == PERSON or (mails > MAILS and said != "website"):
        return "", PERSON
    found = _by_cells(cells, is_area, is_region)
    if (said, found) in _CELLS_WIN:
        said = found
    if said == "lead" and cells and schools < 0.5:
        return "", PERSON
    kind = said or found
    if not kind and not head and cells:  # what is left names hubs, or the schools that lead them
        hubs = _share(cells, lambda c: "hub" in c.casefold())
        kind = "hub" if hubs >= ENOUGH else "lead" if schools >= ENOUGH else ""
    return kind, "" if kind else OTHER


_CELLS_WIN = {("lead", "urn"), ("lead", "website"), ("hub", "website"), ("areas", "region")}
"""Where the cells say something else than a head of one word: what they say is so."""


def _by_cells(cells: Sequence[str], is_area: IsArea, is_region: IsArea) -> str:
    """What the cells themselves say that they are, "" where that isn't plain."""
    if _share(cells, lambda c: bool(_URN.fullmatch(c))) >= ENOUGH:
        return "urn"
    if _share(cells, lambda c: bool(_ADDRESS.match(c))) >= ENOUGH:
        return "website"
    if _share(cells, is_region) >= ENOUGH:
        return "region"
    return "areas" if _share(cells, is_area) >= ENOUGH else ""


def _share(cells: Iterable[str], fits: Callable[[str], bool]) -> float:
    told = [fits(cell) for cell in cells]
    return sum(told) / len(told) if told else 0.0
