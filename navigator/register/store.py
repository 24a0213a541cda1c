"""The register as the rest of Navigator asks it: schools, trusts, links, what is near."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable
from datetime import date
from itertools import combinations
from threading import RLock
from typing import Any, Literal, cast

from navigator.core import grid
from navigator.core.grid import OnGrid
from navigator.core.model import RegisterInfo, School, SchoolLink, Trust
from navigator.register import census, schema, search
from navigator.register.conversions import day_of_number, number_of_day
from navigator.register.near import nearest

_SCHOOL = "SELECT * FROM school LEFT JOIN position USING (urn) WHERE urn = ?"

Kind = tuple[str, str, str]
Place = tuple[str, str, str, str, str, bool]


class Register:
    """One register of schools, read-only. Every method may be called from any thread.

    Attributes:
        info: which register it is.
        problem: one sentence where another register was meant to be used and couldn't be, else "".
    """

    def __init__(self, database: sqlite3.Connection, info: RegisterInfo, problem: str = "") -> None:
        self.info = info
        self.problem = problem
        self._database = database
        self._lock = RLock()
        self._kinds: dict[int, Kind] = {
            i: (s, t, g) for i, s, t, g in self._rows("SELECT * FROM kind")
        }
        self._places: dict[int, Place] = {
            row[0]: row[1:] for row in self._rows("SELECT * FROM place")
        }
        self._finder = search.Finder(self._rows)
        self._trusts: dict[str, Trust | None] = {}
        self._trust_sizes: dict[str, census.TrustSize] | None = None
        self._in_scope: list[census.Place] | None = None

    def close(self) -> None:
        with self._lock:
            self._database.close()

    def get(self, urn: int) -> School | None:
        """The school of a URN: open, closed or proposed, in scope or not; None if unknown."""
        return next(iter(self._schools([urn])), None)

    def in_scope(self, urn: int) -> bool:
        """Whether a school lies where this register is complete: England, or the sample's areas."""
        row = self._row("SELECT place FROM school WHERE urn = ?", urn)
        return bool(row and self._places[row[0]][5])

    def search(self, text: str, limit: int = 50) -> list[School]:
        """The schools in scope that a text finds, best first (see `finder`)."""
        with self._lock:
            return self._schools(self._finder.urns(text, limit))

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
            Nearest first; empty where the school has no position.
        """
        if school.easting is None or school.northing is None:
            return []
        numbers = [n for n, phase in enumerate(schema.PHASES) if not phases or phase in phases]
        urns = nearest(
            self._rows,
            school.easting,
            school.northing,
            phases=numbers,
            limit=limit + 1,
            day=number_of_day(day),
        )
        others = self._schools([urn for urn in urns if urn != school.urn][:limit])
        found = [(s, km) for s in others if (km := grid.between(school, s)) is not None]
        return sorted(found, key=lambda pair: pair[1])

    def trust(self, uid: str) -> Trust | None:
        """A trust by its UID; None if the register has none, or its kind isn't a trust's."""
        if uid not in self._trusts:
            self._trusts[uid] = self._read_trust(uid)
        return self._trusts[uid]

    def trust_name(self, uid: str) -> str:
        """A trust's name, "" if the register has none; without the work of how far it spreads."""
        row = self._row("SELECT name FROM trust WHERE uid = ?", uid)
        return row[0] if row else ""

    def _read_trust(self, uid: str) -> Trust | None:
        row = self._row("SELECT * FROM trust WHERE uid = ?", uid)
        if row is None:
            return None
        uid, name, kind, size, status, opened, company, spread = row
        if spread is None:
            spread = self._spread(uid)
        kind = cast(Literal["MAT", "SAT", "foundation"], kind)
        return Trust(uid, name, kind, size, status, day_of_number(opened), company, spread)

    def members(self, trust_uid: str) -> list[School]:
        """The open schools in scope of a trust, by name."""
        rows = self._rows("SELECT urn FROM school WHERE trust = ? AND tier = 0", trust_uid)
        schools = self._schools(urn for (urn,) in rows)
        return sorted(
            (s for s in schools if self.in_scope(s.urn)), key=lambda s: (s.name.casefold(), s.urn)
        )

    def in_la(self, la_code: str) -> list[School]:
        """The open schools in scope of an authority, by name."""
        return self.schools_of(p for p in self.places() if p.la_code == la_code)

    def listed(self, urns: Iterable[int] | None = None) -> dict[int, tuple[str, str]]:
        """Name and trust UID ("" for none) of the open schools in scope by URN; all, or of some."""
        these = "" if urns is None else " AND urn IN (SELECT value FROM json_each(?))"
        given = () if urns is None else (json.dumps(sorted(set(urns))),)
        rows = self._rows(
            f"SELECT urn, name, coalesce(trust, ''), place FROM school WHERE tier = 0{these}",  # noqa: S608 - values bound
            *given,
        )
        return {urn: (name, uid) for urn, name, uid, place in rows if self._places[place][5]}

    def listed_trusts(self) -> dict[str, tuple[str, str, int]]:
        """Name, status ("" where not told) and number of open schools of each trust by UID."""
        rows = self._rows("SELECT uid, name, status, size FROM trust")
        return {uid: (name, status, size) for uid, name, status, size in rows}

    def places(self) -> list[census.Place]:
        """The districts in scope, some perhaps without an open school; asked once."""
        if self._in_scope is None:
            numbers: dict[tuple[str, str, str, str], tuple[int, ...]] = {}
            for number, (la_code, la_name, _, district, region, scope) in self._places.items():
                if scope:
                    key = la_code, la_name, district, region
                    numbers[key] = (*numbers.get(key, ()), number)
            self._in_scope = [census.Place(*key, told) for key, told in numbers.items()]
        return self._in_scope

    def counts_of(self, place: census.Place) -> list[census.KindCount]:
        """How many open schools of each phase and age range a place has."""
        return census.kind_counts(self._rows, place)

    def schools_of(self, places: Iterable[census.Place]) -> list[School]:
        """The open schools of some places, by name."""
        schools = map(self._school, census.open_schools(self._rows, places))
        return sorted(schools, key=lambda s: (s.name.casefold(), s.urn))

    def brief_in(self, places: Iterable[census.Place]) -> list[census.BriefSchool]:
        """The open state-funded schools of some places, as figures need them, by URN."""
        return self._brief(census.brief_in(self._rows, places))

    def brief_of(self, urns: Iterable[int]) -> list[census.BriefSchool]:
        """Those of some URNs that are open state-funded schools in scope, by URN."""
        return self._brief(census.brief_of(self._rows, urns))

    def brief_within(self, middle: OnGrid, km: float) -> list[census.BriefSchool]:
        """The open state-funded schools within kilometres of a place, by URN.

        Empty where the place has no position.
        """
        if middle.easting is None or middle.northing is None:
            return []
        metres = 1000 * km * (1 + grid.OFF)
        found = self._brief(
            census.brief_within(self._rows, middle.easting, middle.northing, metres)
        )
        return [s for s in found if (away := grid.between(middle, s)) is not None and away <= km]

    def _brief(self, rows: list[Any]) -> list[census.BriefSchool]:
        return census.brief_schools(rows, self._kinds, self._places)

    def spots(self) -> list[census.Spot]:
        """Every open school in scope that has a position, for maps."""
        return census.spots(self._rows, self._kinds, self._places)

    def adjoining(self, la_code: str) -> list[str]:
        """Codes of the authorities with an open school in a 5 km square that holds one of ours."""
        rows = self._rows("SELECT other FROM adjoining WHERE la_code = ? ORDER BY other", la_code)
        return [code for (code,) in rows]

    def trust_sizes(self) -> dict[str, census.TrustSize]:
        """Every trust with an open school on the register by UID, in the order of names."""
        if self._trust_sizes is None:
            self._trust_sizes = {trust.uid: trust for trust in census.trust_sizes(self._rows)}
        return self._trust_sizes

    def schools_in_la(self, la_code: str) -> tuple[int, int]:
        """(open state-funded schools, how many of them are maintained) of an authority."""
        row = self._row("SELECT schools, maintained FROM area WHERE la_code = ?", la_code)
        return (row[0], row[1]) if row else (0, 0)

    def trust_schools_in_la(self, uid: str, la_code: str) -> int:
        """How many open schools a trust has in an authority."""
        row = self._row(
            "SELECT schools FROM trust_area WHERE trust = ? AND la_code = ?", uid, la_code
        )
        return row[0] if row else 0

    def links(self, urn: int) -> tuple[tuple[SchoolLink, ...], tuple[SchoolLink, ...]]:
        """(successors, predecessors) of a URN, told by its own rows or the other school's."""
        successors: dict[int, SchoolLink] = {}
        predecessors: dict[int, SchoolLink] = {}
        for other, name, kind, day in self._rows(
            "SELECT other, name, kind, day FROM link WHERE urn = ?", urn
        ):
            side = successors if self._leads_on(urn, other, kind) else predecessors
            side[other] = SchoolLink(other, name, kind, day_of_number(day))
        for other, kind, day in self._rows("SELECT urn, kind, day FROM link WHERE other = ?", urn):
            leads_on = not self._leads_on(other, urn, kind)
            side = successors if leads_on else predecessors
            if other not in side:
                turned = _turned(kind)
                side[other] = SchoolLink(other, self._name(other), turned, day_of_number(day))
        return _by_date(successors), _by_date(predecessors)

    def successor(self, urn: int) -> list[School]:
        """The open schools that follow a school, through as many steps as it takes.

        Also for a URN that only the links file knows. Empty where none is known.
        """
        found: dict[int, School] = {}
        seen = {urn}
        ahead = [urn]
        while ahead:
            for link in self.links(ahead.pop(0))[0]:
                if link.urn in seen:
                    continue
                seen.add(link.urn)
                school = self.get(link.urn)
                if school and school.is_open:
                    found[link.urn] = school
                else:
                    ahead.append(link.urn)
        return list(found.values())

    def not_open(self, urns: Iterable[int]) -> list[int]:
        """Those of some URNs that are no open school here: closed, or not on this register."""
        marks = json.dumps(sorted(set(urns)))
        rows = self._rows(
            "SELECT value FROM json_each(?) "
            "WHERE NOT EXISTS (SELECT 1 FROM school WHERE urn = value AND tier = 0)",
            marks,
        )
        return [urn for (urn,) in rows]

    def old_name(self, urn: int) -> str:
        """The name of a URN that only the links file knows, "" if it doesn't."""
        row = self._row("SELECT name FROM link WHERE other = ? AND name <> ''", urn)
        return row[0] if row else ""

    def _rows(self, statement: str, *values: object) -> list[Any]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()

    def _row(self, statement: str, *values: object) -> Any:
        with self._lock:
            return self._database.execute(statement, values).fetchone()

    def _schools(self, urns: Iterable[int]) -> list[School]:
        """The schools of some URNs in their order, those unknown left out."""
        found = (self._row(_SCHOOL, urn) for urn in urns)
        return [self._school(row) for row in found if row]

    def _school(self, row: Any) -> School:
        (
            urn, name, kind, place, phase, _tier, street, town, postcode, easting, northing, _cell,
            pupils, low_age, high_age, opened, closed, website, telephone, laestab, ukprn, trust,
            latitude, longitude,
        ) = row  # fmt: skip
        status, type_name, type_group = self._kinds[kind]
        la_code, la_name, district_code, district_name, region, _ = self._places[place]
        return School(
            urn=urn,
            name=name,
            status=status,
            phase=schema.PHASES[phase],
            type=type_name,
            type_group=type_group,
            la_code=la_code,
            la_name=la_name,
            district_code=district_code,
            district_name=district_name,
            region=region,
            street=street,
            town=town,
            postcode=postcode,
            latitude=latitude,
            longitude=longitude,
            easting=easting if latitude is not None else None,
            northing=northing if latitude is not None else None,
            pupils=pupils,
            low_age=low_age,
            high_age=high_age,
            opened=day_of_number(opened),
            closed=day_of_number(closed),
            website=website,
            telephone=telephone,
            laestab=f"{laestab // 10_000:03}/{laestab % 10_000:04}" if laestab else "",
            ukprn=str(ukprn) if ukprn else "",
            trust_uid=trust or "",
        )

    def _name(self, urn: int) -> str:
        row = self._row("SELECT name FROM school WHERE urn = ?", urn)
        return row[0] if row else self.old_name(urn)

    def _leads_on(self, urn: int, other: int, kind: str) -> bool:
        """Whether a link from `urn` leads to its successor."""
        if kind.startswith("Result"):  # said of both schools alike: the open one is the result
            here = self._row("SELECT tier FROM school WHERE urn = ?", urn)
            there = self._row("SELECT tier FROM school WHERE urn = ?", other)
            return bool(there and there[0] == 0 and not (here and here[0] == 0))
        return kind.startswith("Successor")

    def _spread(self, uid: str) -> float | None:
        """Kilometres between the two open schools of a trust that lie furthest apart."""
        rows = self._rows(
            "SELECT easting, northing FROM school JOIN position USING (urn) "
            "WHERE trust = ? AND tier = 0 AND cell IS NOT NULL",
            uid,
        )
        if len(rows) < 2:
            return None
        a, b = max(combinations(rows, 2), key=lambda pair: math.dist(*pair))
        return grid.km(*a, *b)


def _turned(kind: str) -> str:
    """A link's kind as the other school would tell it."""
    if kind.startswith("Successor"):
        return kind.replace("Successor", "Predecessor", 1)
    return kind.replace("Predecessor", "Successor", 1)


def _by_date(links: dict[int, SchoolLink]) -> tuple[SchoolLink, ...]:
    return tuple(sorted(links.values(), key=lambda link: (link.date or date.min, link.urn)))
