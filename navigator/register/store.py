"""The register as the rest of Navigator asks it: schools, trusts, links, what is near."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property
from itertools import combinations
from operator import itemgetter
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from navigator.core import grid
from navigator.core.church import churches_of
from navigator.core.governance import sector
from navigator.core.grid import OnGrid
from navigator.core.model import PHASES, RegisterInfo, School, SchoolLink, Trust
from navigator.core.remembered import remembered
from navigator.register.conversions import day_of_number, number_of_day
from navigator.register.links import Links
from navigator.register.near import OPEN_ON, nearest, open_and_placed, within
from navigator.register.reading import Lookups, SchoolReader, lacking
from navigator.register.schema import LOOKUPS
from navigator.storage.kept import EVER, Days

if TYPE_CHECKING:
    from navigator.core.postcodes import NearTo
    from navigator.register.ahead import SchoolsAhead, TrustsAhead
    from navigator.register.census import (
        BriefSchool,
        CountedSchool,
        KindCount,
        Place,
        PlacedSchool,
        PlaceNames,
        SchoolKind,
        SchoolStanding,
        TrustSize,
    )
    from navigator.register.named import NamedSchools
    from navigator.register.search import Finder
    from navigator.register.search_codes import CentreOf

_LISTED = "(SELECT value FROM json_each(?))"
"""Numbers in a statement: `_list` gives its value."""

_IN_SCOPE = "+place IN (SELECT id FROM place WHERE in_scope)"
"""The plus keeps SQLite from looking for schools by their places first."""


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


class FoundSchools(list[School]):
    """Schools that a text finds.

    Attributes:
        nearest: where none of them has all its words.
        near_to: for the nearest to a postcode that no school has: where that was taken to be.
    """

    def __init__(
        self,
        schools: Iterable[School] = (),
        *,
        nearest: bool = False,
        near_to: NearTo | None = None,
    ) -> None:
        super().__init__(schools)
        self.nearest, self.near_to = nearest, near_to

    def away(self, school: School) -> float | None:
        """Kilometres of a school from `near_to`; None where there is none."""
        return grid.between(self.near_to, school) if self.near_to else None


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
                f"(tier = 0 AND {_IN_SCOPE}) OR urn IN {_LISTED}", _list(placed)
            )
            self._ahead = SchoolsAhead(schools, placed, day)
            self._trusts_ahead = TrustsAhead(self._rows)
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
        """Made by the first search: who opens a school doesn't wait for its modules."""
        from navigator.register.search import Finder

        return Finder(self._rows)

    def named(self) -> NamedSchools:
        """Every school in scope with what lists name it by: for a thousand questions."""
        from navigator.register.named import NamedSchools

        return NamedSchools(self._rows)

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
        here, wanted = (school.easting, school.northing), phases or PHASES
        if self._ahead and self._ahead.day == day:
            return self._ahead.near(school.urn, *here, wanted, limit)
        urns = nearest(self._rows, *here, phases=wanted, limit=limit + 1, day=number_of_day(day))
        found = [
            (s, grid.km(*here, s.easting, s.northing))
            for s in self._schools([urn for urn in urns if urn != school.urn][:limit])
            if s.easting is not None and s.northing is not None
        ]
        return sorted(found, key=itemgetter(1))

    def trust(self, uid: str) -> Trust | None:
        """A trust by its UID; None if the register has none, or its kind isn't a trust's."""
        if uid not in self._trusts:
            self._trusts[uid] = self._read_trust(uid)
        return self._trusts[uid]

    def trust_name(self, uid: str) -> str:
        """A trust's name, "" if the register has none; without the work of how far it spreads."""
        if self._trusts_ahead:
            return self._trusts_ahead.names.get(uid, "")
        row = self._row("SELECT name FROM trust WHERE uid = ?", uid)
        return row[0] if row else ""

    def _read_trust(self, uid: str) -> Trust | None:
        row = self._row(
            "SELECT uid, name, kind, size, status, opened, companies_house, spread_km, "
            f"{self._closed} FROM trust WHERE uid = ?",
            uid,
        )
        if row is None:
            return None
        *told, opened, company, spread, closed = row
        spread = self._spread(uid) if spread is None else spread
        days = day_of_number(opened), day_of_number(closed)
        formerly = self.former_names().get(uid, ())
        return Trust._make([*told, days[0], company, spread, days[1], formerly])

    # Who opens a school doesn't wait for the nouns of many schools: they are imported where used

    @cached_property
    def _brief(self) -> SchoolReader[BriefSchool]:
        from navigator.register.census import BriefSchool

        return SchoolReader(BriefSchool._make, BriefSchool._fields, self._lookups)

    @cached_property
    def _standing(self) -> SchoolReader[SchoolStanding]:
        from navigator.register.census import SchoolStanding

        return SchoolReader(SchoolStanding._make, SchoolStanding._fields, self._lookups)

    @cached_property
    def _closed(self) -> str:
        """SQL for the day on which a trust closed: an older Navigator's file lacks the column."""
        found = self._row("SELECT 1 FROM pragma_table_info('trust') WHERE name = 'closed'")
        return "closed" if found else "NULL"

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

    def members(self, trust_uid: str) -> list[School]:
        """The open schools in scope of a trust, by name."""
        found = self._ask_whole(f"trust = ? AND tier = 0 AND {_IN_SCOPE}", trust_uid)
        return sorted(found, key=_by_name)

    def tells(self, column: str) -> bool:
        """Whether this file has a column of ours: an older Navigator's lacks some."""
        return all(lacking.name != column for lacking in self._lookups.lacking)

    def diocese_words(self) -> list[str]:
        """Each text that the register has for a diocese of an open school; none where it lacks
        them."""
        return self._diocese_words

    @cached_property
    def _diocese_words(self) -> list[str]:
        if not self.tells("diocese"):
            return []
        rows = self._rows(
            "SELECT DISTINCT diocese FROM school WHERE diocese IS NOT NULL AND tier = 0"
        )
        return sorted(words for (words,) in rows)

    def in_dioceses(self, words: Collection[str]) -> list[School]:
        """The open schools in scope whose diocese the register writes in some words, by name."""
        if not words:
            return []
        found = self._ask_whole(
            f"diocese IN {_LISTED} AND tier = 0 AND {_IN_SCOPE}", json.dumps(sorted(words))
        )
        return sorted(found, key=_by_name)

    def in_la(self, la_code: str) -> list[School]:
        """The open schools in scope of an authority, by name."""
        return self.schools_of(p for p in self.places() if p.la_code == la_code)

    def standings(self, urns: Iterable[int] | None = None) -> dict[int, SchoolStanding]:
        """How the schools in scope that are open or proposed to open stand, by URN; all, or some.

        Of all England it takes a third of the time that whole schools take.
        """
        these = "" if urns is None else f" AND urn IN {_LISTED}"
        found = self._standing.nouns(
            self._rows(
                f"{self._standing.select}tier < 2 AND {_IN_SCOPE}{these}",
                *(() if urns is None else (_list(urns),)),
            )
        )
        return {standing.urn: standing for standing in found}

    def proposed_urns(self) -> list[int]:
        """The URNs of the schools in scope that are proposed to open."""
        return [urn for (urn,) in self._rows("SELECT urn FROM ranked WHERE tier = 1")]

    def listed_trusts(self) -> dict[str, tuple[str, str, int, date | None]]:
        """Name, status ("" where not told), number of open schools, and closing day of each trust
        by UID."""
        rows = self._rows(f"SELECT uid, name, status, size, {self._closed} FROM trust")
        return {uid: (*told, day_of_number(closed)) for uid, *told, closed in rows}

    def places(self) -> list[Place]:
        """The districts in scope, some perhaps without an open school; asked once."""
        return self._places

    @cached_property
    def _places(self) -> list[Place]:
        from navigator.register.census import Place

        rows = self._rows(
            "SELECT la_code, la_name, district_name, region, json_group_array(id) FROM place "
            "WHERE in_scope GROUP BY la_code, la_name, district_name, region ORDER BY min(id)"
        )
        return [Place._make((*named, tuple(json.loads(told)))) for *named, told in rows]

    def counts_of(self, place: Place) -> list[KindCount]:
        """How many open schools of each phase and age range a place has, from an index alone."""
        from navigator.register.census import KindCount

        rows = self._rows(
            "SELECT phase, low_age, high_age, count(*) FROM school "
            f"WHERE tier = 0 AND place IN {_LISTED} GROUP BY phase, low_age, high_age",
            _list(place.numbers),
        )
        return [KindCount(PHASES[phase], *told) for phase, *told in rows]

    def alike_on(self, day: date) -> list[tuple[Place, KindCount]]:
        """As `counts_of`, of every place, the schools that were open on a day (`is_open_on`)."""
        from navigator.register.census import KindCount

        places = {number: place for place in self.places() for number in place.numbers}
        rows = self._rows(
            "SELECT place, phase, low_age, high_age, count(*) FROM school "
            f"WHERE tier = 0 AND {_IN_SCOPE} AND {OPEN_ON.format('?1')} "
            "GROUP BY place, phase, low_age, high_age",
            number_of_day(day),
        )
        return [(places[n], KindCount(PHASES[phase], *told)) for n, phase, *told in rows]

    def unchanged(self, day: date) -> Days:
        """The span of days about a day in which the same schools are open (`is_open_on`)."""
        dates = (
            "SELECT opened AS turn FROM school WHERE tier = 0 "
            "UNION SELECT closed FROM school WHERE tier = 0"
        )
        row = self._row(
            "SELECT max(CASE WHEN turn <= ?1 THEN turn END), min(CASE WHEN turn > ?1 THEN turn END)"
            f" FROM ({dates}) WHERE turn IS NOT NULL",
            number_of_day(day),
        )
        since, before = map(day_of_number, row)
        return since or EVER[0], before or EVER[1]

    def schools_of(self, places: Iterable[Place]) -> list[School]:
        """The open schools of some places, by name."""
        found = self._ask_whole(f"tier = 0 AND place IN {_LISTED}", _numbers(places))
        return sorted(found, key=_by_name)

    def brief_in(self, places: Iterable[Place] | None = None) -> list[BriefSchool]:
        """The open state-funded schools of some places, or of all, by URN."""
        if places is None:
            return self._ask_brief(_IN_SCOPE)
        return self._ask_brief(f"place IN {_LISTED}", _numbers(places))

    def brief_of(self, urns: Iterable[int]) -> list[BriefSchool]:
        """Those of some URNs that are open state-funded schools in scope, by URN."""
        return self._ask_brief(f"urn IN {_LISTED} AND {_IN_SCOPE}", _list(urns))

    def counted_in(self, places: Iterable[Place] | None = None) -> list[CountedSchool]:
        """As `brief_in`, as far as figures count them."""
        if places is None:
            return self._ask_counted(_IN_SCOPE)
        return self._ask_counted(f"place IN {_LISTED}", _numbers(places))

    def counted_of(self, urns: Iterable[int]) -> list[CountedSchool]:
        """As `brief_of`, as far as figures count them."""
        return self._ask_counted(f"urn IN {_LISTED} AND {_IN_SCOPE}", _list(urns))

    def placed(self) -> list[PlacedSchool]:
        """As `brief_in` of all places, as far as a map shows them."""
        from navigator.register.census import PlacedSchool

        return [*map(PlacedSchool._make, self._ask_numbered(PlacedSchool._fields, _IN_SCOPE))]

    def authority_of(self, place: int) -> tuple[str, str]:
        """Code and name of the authority of a place, by its number."""
        row = self._lookups.rows["place"][place]
        return row[LOOKUPS["place"].index("la_code")], row[LOOKUPS["place"].index("la_name")]

    @cached_property
    def kinds(self) -> dict[int, SchoolKind]:
        """What schools of each kind have in common."""
        from navigator.register.census import SchoolKind

        names = LOOKUPS["kind"]
        at = [names.index(name) for name in ("type", "type_group", "religious_character")]
        found = {}
        for number, row in self._lookups.rows["kind"].items():
            type_, group, character = (row[n] for n in at)
            _, maintained, academy = sector(type_, group)
            found[number] = SchoolKind(maintained, academy, churches_of(character))
        return found

    @cached_property
    def place_names(self) -> dict[int, PlaceNames]:
        """Where each place lies."""
        from navigator.register.census import PlaceNames

        at = [LOOKUPS["place"].index(name) for name in PlaceNames._fields]
        rows = self._lookups.rows["place"].items()
        return {number: PlaceNames(*(row[n] for n in at)) for number, row in rows}

    def brief_within(self, middle: OnGrid, km: float) -> list[BriefSchool]:
        """The open state-funded schools within kilometres of a place, by URN.

        Empty where the place has no position.
        """
        if middle.easting is None or middle.northing is None:
            return []
        metres = 1000 * km * (1 + grid.OFF)
        found = self.brief_of(within(self._rows, middle.easting, middle.northing, metres))
        return [s for s in found if (away := grid.between(middle, s)) is not None and away <= km]

    def adjoining(self, la_code: str) -> list[str]:
        """Codes of the authorities with an open school in a 5 km square that holds one of ours."""
        rows = self._rows("SELECT other FROM adjoining WHERE la_code = ? ORDER BY other", la_code)
        return [code for (code,) in rows]

    def trust_sizes(self) -> dict[str, TrustSize]:
        """Every trust with an open school on the register by UID, in the order of names."""
        return self._trust_sizes

    @cached_property
    def _trust_sizes(self) -> dict[str, TrustSize]:
        from navigator.register.census import TrustSize

        rows = self._rows(
            "SELECT uid, name, kind, size FROM trust WHERE size > 0 "
            "ORDER BY name COLLATE NOCASE, uid"
        )
        return {row[0]: TrustSize(*row) for row in rows}

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
            _list(urns),
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

    def _ask_brief(self, where: str, *values: object) -> list[BriefSchool]:
        """The open state-funded schools for which something holds, by URN."""
        limits = f"tier = 0 AND kind IN ({self._state_funded})"
        rows = self._rows(f"{self._brief.select} {limits} AND {where}", *values)
        return sorted(self._brief.nouns(rows))

    def _ask_counted(self, where: str, *values: object) -> list[CountedSchool]:
        from navigator.register.census import CountedSchool

        return [
            *map(CountedSchool._make, self._ask_numbered(CountedSchool._fields, where, *values))
        ]

    def _ask_numbered(self, fields: Sequence[str], where: str, *values: object) -> list[Any]:
        """Some fields of the open state-funded schools for which something holds, by URN, the
        last two with their numbers."""
        named = [field for field in fields if field not in LOOKUPS]
        select = SchoolReader(tuple, named, self._lookups).select
        limits = f"tier = 0 AND kind IN ({self._state_funded})"
        return self._rows(f"{select} {where} AND {limits} ORDER BY urn", *values)

    @cached_property
    def _state_funded(self) -> str:
        """The numbers of the kinds of school that are state-funded, for a statement."""
        rows = self._rows("SELECT id, type, type_group FROM kind")
        return ", ".join(str(number) for number, *told in rows if sector(*told).state_funded)

    def _schools(self, urns: Sequence[int]) -> list[School]:
        """The schools of some URNs in their order, those unknown left out."""
        found = {s.urn: s for s in self._ask_whole(f"urn IN {_LISTED}", json.dumps(urns))}
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


def _list(numbers: Iterable[int]) -> str:
    """The value of a statement's `_LISTED`."""
    return json.dumps(sorted(set(numbers)))


def _numbers(places: Iterable[Place]) -> str:
    return _list(number for place in places for number in place.numbers)


def _by_name(school: School) -> tuple[str, int]:
    return school.name.casefold(), school.urn
