"""How schools follow one another, by the links file and by who of them is open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from navigator.core.model import School, SchoolLink
from navigator.register.conversions import day_of_number

PROPOSED = "Proposed to open"

VAGUE = ("Other", "Closure")
"""Kinds of link that don't say whether one school went on in the other."""

NO_SUCCESSION = "Sixth Form"
"""What kinds of link begin with that tie schools to the sixth form that they share."""


class _LinksAhead(NamedTuple):
    """The links file in memory: a URN's own rows, those of others about it; who is open; the names
    of schools that have rows, and what the file calls those that others have rows about."""

    own: dict[int, list[Any]]
    theirs: dict[int, list[Any]]
    is_open: set[int]
    names: dict[int, str]
    old_names: dict[int, str]


class Links:
    """Answers from the links file. `rows` runs a statement on the register, `get` gives a school
    by its URN."""

    def __init__(self, rows: Callable[..., list[Any]], get: Callable[[int], School | None]) -> None:
        self._rows, self._get = rows, get
        self._ahead: _LinksAhead | None = None

    def read_ahead(self) -> None:
        """Hold all of the file in memory, for thousands of questions."""
        own: dict[int, list[Any]] = {}
        theirs: dict[int, list[Any]] = {}
        old_names: dict[int, str] = {}
        # In the order in which a statement for one URN gives them
        for urn, other, name, kind, day in self._rows(
            "SELECT urn, other, name, kind, day FROM link ORDER BY urn, other, kind"
        ):
            own.setdefault(urn, []).append((other, name, kind, day))
            theirs.setdefault(other, []).append((urn, kind, day))
            if name:
                old_names.setdefault(other, name)
        is_open = {urn for (urn,) in self._rows("SELECT urn FROM school WHERE tier = 0")}
        tied = "SELECT urn, name FROM school WHERE urn IN (SELECT urn FROM link)"
        self._ahead = _LinksAhead(own, theirs, is_open, dict(self._rows(tied)), old_names)

    def of(self, urn: int) -> tuple[tuple[SchoolLink, ...], tuple[SchoolLink, ...]]:
        """(successors, predecessors) of a URN, told by its own rows or the other school's."""
        if self._ahead and urn not in self._ahead.own and urn not in self._ahead.theirs:
            return (), ()
        successors: dict[int, SchoolLink] = {}
        predecessors: dict[int, SchoolLink] = {}
        for link in self._told(urn):
            leads_on = self._leads_on(urn, link)
            if leads_on is not None:
                (successors if leads_on else predecessors).setdefault(link.urn, link)
        return _by_date(successors.values()), _by_date(predecessors.values())

    def ties(self, urn: int) -> tuple[SchoolLink, ...]:
        """The schools that the file ties to a URN, however it does."""
        found: dict[int, SchoolLink] = {}
        for link in self._told(urn):
            found.setdefault(link.urn, link)
        return _by_date(found.values())

    def successor(self, urn: int, *, proposed: bool, loosely: bool) -> list[School]:
        """As `Register.successor`."""
        return (
            self._followed(urn, proposed, lambda one: self.of(one)[0])
            or self._followed(urn, proposed, self._merged_with)
            or (self._followed(urn, proposed, self._tied_to) if loosely else [])
        )

    def old_name(self, urn: int) -> str:
        """As `Register.old_name`."""
        if self._ahead:
            return self._ahead.old_names.get(urn, "")
        told = self._rows("SELECT name FROM link WHERE other = ? AND name <> ''", urn)
        return told[0][0] if told else ""

    def _told(self, urn: int) -> Iterator[SchoolLink]:
        """A URN's own rows, then those of others turned round; vague ones last."""
        if self._ahead:
            own, others = (told.get(urn, []) for told in self._ahead[:2])
        else:
            own = self._rows("SELECT other, name, kind, day FROM link WHERE urn = ?", urn)
            others = self._rows("SELECT urn, kind, day FROM link WHERE other = ?", urn)
        theirs = [(other, None, _turned(kind), day) for other, kind, day in others]
        for other, name, kind, day in sorted([*own, *theirs], key=lambda row: row[2] in VAGUE):
            called = self._name(other) if name is None else name
            yield SchoolLink(other, called, kind, day_of_number(day))

    def _name(self, urn: int) -> str:
        """The name of a school that has rows in the file."""
        if self._ahead:
            name = self._ahead.names.get(urn)
            return self.old_name(urn) if name is None else name
        told = self._rows("SELECT name FROM school WHERE urn = ?", urn)
        return told[0][0] if told else self.old_name(urn)

    def _leads_on(self, urn: int, link: SchoolLink) -> bool | None:
        """Whether a link leads to the successor of a URN; None where it can't be told.

        Mergers, expansions and the like are said of both schools alike: the open one is the result.
        """
        if link.kind.startswith(("Successor", "Predecessor")):
            return link.kind.startswith("Successor")
        if link.kind in VAGUE or link.kind.startswith(NO_SUCCESSION):
            return None
        here, there = self._is_open(urn), self._is_open(link.urn)
        return there if here != there else None

    def _is_open(self, urn: int) -> bool:
        if self._ahead:
            return urn in self._ahead.is_open
        return bool(self._rows("SELECT 1 FROM school WHERE urn = ? AND tier = 0", urn))

    def _merged_with(self, urn: int) -> Iterator[SchoolLink]:
        """The schools after one, and those it was merged with, by links that don't say which of
        them went on: neither is open."""
        return (link for link in self._tied_to(urn) if link.kind not in VAGUE)

    def _tied_to(self, urn: int) -> Iterator[SchoolLink]:
        """The schools after one, and those tied to it without a word of which went on."""
        for link in self._told(urn):
            if self._leads_on(urn, link) is not False and not link.kind.startswith(NO_SUCCESSION):
                yield link

    def _followed(
        self, urn: int, proposed: bool, after: Callable[[int], Iterable[SchoolLink]]
    ) -> list[School]:
        found: dict[int, School] = {}
        seen = {urn}
        ahead = [urn]
        while ahead:
            for link in after(ahead.pop(0)):
                if link.urn in seen:
                    continue
                seen.add(link.urn)
                school = self._get(link.urn)
                if school and (school.status == PROPOSED if proposed else school.is_open):
                    found[link.urn] = school
                elif not (school and school.is_open):
                    ahead.append(link.urn)
        return list(found.values())


@lru_cache(maxsize=256)
def _turned(kind: str) -> str:
    """A link's kind as the other school would tell it."""
    if kind.startswith("Successor"):
        return kind.replace("Successor", "Predecessor", 1)
    return kind.replace("Predecessor", "Successor", 1)


def _by_date(links: Iterable[SchoolLink]) -> tuple[SchoolLink, ...]:
    return tuple(sorted(links, key=lambda link: (link.date or date.min, link.urn)))
