"""The register as the rest of Navigator asks it: a school, its trust, links, who is near."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from navigator.core import grid
from navigator.core.grid import Position
from navigator.core.model import PHASES, RegisterInfo, School, SchoolLink, Trust
from navigator.core.remembered import remembered
from navigator.register.conversions import day_of_number, number_of_day
from navigator.register.links import Links
from navigator.register.near import nearest, open_and_placed
from navigator.register.reading import (
    IN_SCOPE,
    LISTED,
    Lookups,
    SchoolReader,
    lacking,
    listed,
)

if TYPE_CHECKING:
    from navigator.register.ahead import SchoolsAhead, TrustsAhead
    from navigator.register.counting import Census
    from navigator.register.found import FoundSchools
    from navigator.register.named import NamedSchools
    from navigator.register.search import Finder
    from navigator.register.search_codes import CentreOf


def info_of(database: sqlite3.Connection, path: Path | None) -> RegisterInfo:
    """What a register says of itself; `path` is its file, None for the sample.

    Raises:
        KeyError, ValueError: it doesn't say.
    """
    told = dict(database.execute("SELECT key, value FROM meta"))
    return RegisterInfo(
        name=told["name"],
        day=date.fromisoformat(told["day"]),
        schools=int(told["schools"]),
        rows=int(told["rows"]),
        sample=path is None,
        path=str(path) if path else "",
        size_bytes=path.stat().st_size if path else 0,
        links_day=date.fromisoformat(told["links_day"]) if told["links_day"] else None,
        groups_day=date.fromisoformat(told["groups_day"]) if told["groups_day"] else None,
        lacks=tuple(column.words for column in lacking(database) if column.dfe),
        notes=tuple(told.get("notes", "").splitlines()),
    )


class Register:
    """One register of schools, read-only. Every method may be called from any thread.

    Attributes:
        info: which register it is.
        problem: one sentence where another register was meant to be used and couldn't be, else "".
    """

    def __init__(
        self, database: sqlite3.Connection, path: Path | None = None, problem: str = ""
    ) -> None:
        self.info = info_of(database, path)
        self.problem = problem
        self._database = database
        self._lock = RLock()
        self._lookups = Lookups(database)
        self._whole = SchoolReader(School._make, School._fields, self._lookups)
        self._positions = SchoolReader(tuple, ("urn", "easting", "northing"), self._lookups)
        self._links = Links(self._rows, self.get)
        self._trusts: dict[str, Trust | None] = {}
        self._ahead: SchoolsAhead | None = None
        self._trusts_ahead: TrustsAhead | None = None

    def close(self) -> None:
        with self._lock:
            self._database.close()

    def read_ahead(self, day: date) -> None:
        """Hold in memory what thousands of landscapes of a day ask: the same answers, sooner. It
        takes half a second and 40 MiB for England."""
        from navigator.register.ahead import SchoolsAhead, TrustsAhead

        with self._lock:
            placed = open_and_placed(self._rows, number_of_day(day))
            schools = self._ask_whole(
                f"(tier = 0 AND {IN_SCOPE}) OR urn IN {LISTED}", listed(placed)
            )
            self._ahead = SchoolsAhead(schools, placed, day)
            self._trusts_ahead = TrustsAhead(self._rows, self._trust_rows)
            self._links.read_ahead()

    def get(self, urn: int) -> School | None:
        """The school of a URN: open, closed or proposed, in scope or not; None if unknown."""
        if self._ahead and (held := self._ahead.by_urn.get(urn)):
            return held
        found = self._ask_whole("urn = ?", urn)
        return found[0] if found else None

    def in_scope(self, urn: int) -> bool:
        """Whether a school lies where this register is complete: England, or the sample's areas."""
        if self._ahead and urn in self._ahead.by_urn:
            return True
        row = self._row(
            "SELECT in_scope FROM school JOIN place ON place.id = school.place WHERE urn = ?", urn
        )
        return bool(row and row[0])

    def search(self, text: str, limit: int = 50, centre_of: CentreOf | None = None) -> FoundSchools:
        """The schools in scope that a text finds, best first (see `search`); for a URN of old
        those that followed it. `centre_of` tells where a postcode without a school lies."""
        from navigator.register import search_codes
        from navigator.register.found import FoundSchools

        with self._lock:
            for urn in search_codes.urns_within(text):
                if self.in_scope(urn):
                    break
                if followed := self.successor(urn, loosely=True):
                    return FoundSchools(followed[:limit])
            found = self._finder.urns(text, limit, centre_of)
            return FoundSchools(
                self._schools(found.urns), nearest=not found.holds_all, near_to=found.near_to
            )

    @cached_property
    def _finder(self) -> Finder:
        from navigator.register.search import Finder

        return Finder(self._rows)

    def named(self) -> NamedSchools:
        """Every school in scope with what lists name it by: for a thousand questions."""
        from navigator.register.named import NamedSchools

        return NamedSchools(self._rows)

    @cached_property
    def census(self) -> Census:
        """What is asked of many schools at once."""
        from navigator.register.counting import Census

        return Census(self._rows, self._lookups, self._whole)

    def open_urns(self) -> list[int]:
        """The URNs of all open schools in scope, ascending."""
        return sorted(urn for (urn,) in self._rows("SELECT urn FROM ranked WHERE tier = 0"))

    def near(
        self, school: School, *, phases: frozenset[str], limit: int, day: date
    ) -> list[tuple[School, float]]:
        """The nearest schools in scope that were open on a day: each with its kilometres.

        Args:
            school: the middle; it isn't among the results.
            phases: which phases to look for; empty for all.
            limit: how many at most.

        Returns:
            Nearest first, of those as far as one another by URN; empty where the school has no
            position.
        """
        if school.easting is None or school.northing is None:
            return []
        here, wanted = (school.easting, school.northing), phases or PHASES
        if self._ahead and self._ahead.day == day:
            return self._ahead.near(school.urn, *here, wanted, limit)
        urns = nearest(self._rows, *here, phases=wanted, limit=limit + 1, day=number_of_day(day))
        found = [
            (s, grid.km(*here, s.easting, s.northing))
            for s in self._schools([urn for urn in urns if urn != school.urn][:limit])
            if s.easting is not None and s.northing is not None
        ]
        return sorted(found, key=lambda one: (one[1], one[0].urn))

    def positions(self, urns: Iterable[int]) -> dict[int, Position]:
        """Where those of some URNs are that are open schools here and have a position."""
        at = self._positions.nouns(
            self._rows(f"{self._positions.select}tier = 0 AND urn IN {LISTED}", listed(urns))
        )
        return {
            urn: Position(east, north)
            for urn, east, north in at
            if east is not None and north is not None
        }

    def trust(self, uid: str) -> Trust | None:
        """A trust by its UID; None if the register has none, or its kind isn't a trust's."""
        if uid not in self._trusts:
            self._trusts[uid] = self._read_trust(uid)
        return self._trusts[uid]

    def trust_name(self, uid: str) -> str:
        """A trust's name, "" if the register has none; without the work of how far it spreads."""
        if self._trusts_ahead:
            held = self._trusts_ahead.rows.get(uid)
            return held[1] if held else ""
        row = self._row("SELECT name FROM trust WHERE uid = ?", uid)
        return row[0] if row else ""

    def _read_trust(self, uid: str) -> Trust | None:
        if self._trusts_ahead:
            row = self._trusts_ahead.rows.get(uid)
        else:
            row = self._row(f"{self._trust_rows} WHERE uid = ?", uid)
        if row is None:
            return None
        *told, size, status, opened, company, spread, closed = row
        if spread is None and size != 1:
            spread = self._spread(uid)
        days = day_of_number(opened), day_of_number(closed)
        formerly = self.former_names().get(uid, ())
        return Trust._make([*told, size, status, days[0], company, spread, days[1], formerly])

    @property
    def _trust_rows(self) -> str:
        return (
            "SELECT uid, name, kind, size, status, opened, companies_house, spread_km, "
            f"{self._lookups.closed} FROM trust"
        )

    def former_names(self) -> dict[str, tuple[str, ...]]:
        """By a trust's UID, what registers or files before called it, the newest first."""
        return self._former_names

    @cached_property
    def _former_names(self) -> dict[str, tuple[str, ...]]:
        if not self._row("SELECT 1 FROM sqlite_master WHERE name = 'former_name'"):
            return {}
        found: dict[str, tuple[str, ...]] = {}
        for uid, name in self._rows("SELECT uid, name FROM former_name ORDER BY day DESC, name"):
            found[uid] = (*found.get(uid, ()), name)
        return found

    def tells(self, column: str) -> bool:
        """Whether this file has a column of ours: an older Navigator's lacks some."""
        return self._lookups.tells(column)

    def adjoining(self, la_code: str) -> list[str]:
        """Codes of the authorities with an open school in a 5 km square that holds one of ours."""
        rows = self._rows("SELECT other FROM adjoining WHERE la_code = ? ORDER BY other", la_code)
        return [code for (code,) in rows]

    @remembered
    def schools_in_la(self, la_code: str) -> tuple[int, int]:
        """(open state-funded schools, how many of them are maintained) of an authority."""
        row = self._row("SELECT schools, maintained FROM area WHERE la_code = ?", la_code)
        return (row[0], row[1]) if row else (0, 0)

    @remembered
    def trust_schools_in_la(self, uid: str, la_code: str) -> int:
        """How many open schools a trust has in an authority."""
        if self._trusts_ahead:
            return self._trusts_ahead.schools_in.get((uid, la_code), 0)
        row = self._row(
            "SELECT schools FROM trust_area WHERE trust = ? AND la_code = ?", uid, la_code
        )
        return row[0] if row else 0

    def links(self, urn: int) -> tuple[tuple[SchoolLink, ...], tuple[SchoolLink, ...]]:
        """(successors, predecessors) of a URN, told by its own rows or the other school's."""
        return self._links.of(urn)

    def ties(self, urn: int) -> tuple[SchoolLink, ...]:
        """The schools that the links file ties to a URN, also where it doesn't tell which of them
        came last."""
        return self._links.ties(urn)

    def successor(self, urn: int, *, proposed: bool = False, loosely: bool = False) -> list[School]:
        """The open schools that follow a school, through as many steps as it takes.

        Also for a URN that only the links file knows. Empty where none is known. With `proposed`
        those that are proposed to open. With `loosely`, where none is known, those that it is tied
        to without a word of how ("Other"): to be looked at, not to stand for it.
        """
        return self._links.successor(urn, proposed=proposed, loosely=loosely)

    def stand_in(self, urn: int) -> School | None:
        """The school that a URN is here: its own; the open one that followed it, if it has closed;
        the one before it, where this register is older than the URN. None where none is known."""
        school = self.get(urn)
        if school is None or not school.is_open:
            school = next(iter(self.successor(urn)), school)
        if school is None:
            before = (self.get(link.urn) for link in self.links(urn)[1])
            school = next((one for one in before if one), None)
        return school

    def not_open(self, urns: Iterable[int]) -> list[int]:
        """Those of some URNs that are no open school here: closed, or not on this register."""
        rows = self._rows(
            "SELECT value FROM json_each(?) "
            "WHERE NOT EXISTS (SELECT 1 FROM school WHERE urn = value AND tier = 0)",
            listed(urns),
        )
        return [urn for (urn,) in rows]

    def old_name(self, urn: int) -> str:
        """The name of a URN that only the links file knows, "" if it doesn't."""
        return self._links.old_name(urn)

    def _rows(self, statement: str, *values: object) -> list[Any]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()

    def _row(self, statement: str, *values: object) -> Any:
        with self._lock:
            return self._database.execute(statement, values).fetchone()

    def _ask_whole(self, where: str, *values: object) -> list[School]:
        return self._whole.nouns(self._rows(self._whole.select + where, *values))

    def _schools(self, urns: Sequence[int]) -> list[School]:
        """The schools of some URNs in their order, those unknown left out."""
        found = {s.urn: s for s in self._ask_whole(f"urn IN {LISTED}", listed(urns))}
        return [found[urn] for urn in urns if urn in found]

    def _spread(self, uid: str) -> float | None:
        """Kilometres between the two open schools of a trust that lie furthest apart."""
        rows = self._rows(
            "SELECT easting, northing FROM school "
            "WHERE trust = ? AND tier = 0 AND cell IS NOT NULL",
            uid,
        )
        if len(rows) < 2:
            return None
        a, b = max(combinations(rows, 2), key=lambda pair: math.dist(*pair))
        return grid.km(*a, *b)
