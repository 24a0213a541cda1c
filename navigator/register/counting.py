"""Questions about many schools at once: the schools of places, trusts and dioceses, and how many.

Who opens a school asks none of them, so they lie apart from `store`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from navigator.core import grid
from navigator.core.church import churches_of
from navigator.core.governance import sector
from navigator.core.grid import OnGrid
from navigator.core.model import PHASES, School
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
from navigator.register.conversions import day_of_number, number_of_day
from navigator.register.near import OPEN_ON, Ask, within
from navigator.register.reading import (
    IN_SCOPE,
    LISTED,
    Lookups,
    SchoolReader,
    listed,
)
from navigator.register.schema import LOOKUPS
from navigator.storage.kept import EVER, Days


class Census:
    """Answers from one register. Every method may be called from any thread.

    Args:
        rows: runs a statement on the register.
        lookups: what the kinds and places of its schools stand for.
        whole: reads whole schools.
    """

    def __init__(self, rows: Ask, lookups: Lookups, whole: SchoolReader[School]) -> None:
        self._rows = rows
        self._lookups = lookups
        self._whole = whole

    def standings(self, urns: Iterable[int] | None = None) -> dict[int, SchoolStanding]:
        """How the schools in scope that are open or proposed to open stand, by URN; all, or some.

        Of all England it takes a third of the time that whole schools take.
        """
        these = "" if urns is None else f" AND urn IN {LISTED}"
        found = self._standing.nouns(
            self._rows(
                f"{self._standing.select}tier < 2 AND {IN_SCOPE}{these}",
                *(() if urns is None else (listed(urns),)),
            )
        )
        return {standing.urn: standing for standing in found}

    def proposed_urns(self) -> list[int]:
        """The URNs of the schools in scope that are proposed to open."""
        return [urn for (urn,) in self._rows("SELECT urn FROM ranked WHERE tier = 1")]

    def listed_trusts(self) -> dict[str, tuple[str, str, int, date | None]]:
        """Name, status ("" where not told), number of open schools, and closing day of each trust
        by UID."""
        rows = self._rows(f"SELECT uid, name, status, size, {self._lookups.closed} FROM trust")
        return {uid: (*told, day_of_number(closed)) for uid, *told, closed in rows}

    def places(self) -> list[Place]:
        """The districts in scope, some perhaps without an open school; asked once."""
        return self._places

    @cached_property
    def _places(self) -> list[Place]:
        rows = self._rows(
            "SELECT la_code, la_name, district_name, region, json_group_array(id) FROM place "
            "WHERE in_scope GROUP BY la_code, la_name, district_name, region ORDER BY min(id)"
        )
        return [Place._make((*named, tuple(json.loads(told)))) for *named, told in rows]

    def counts_of(self, place: Place) -> list[KindCount]:
        """How many open schools of each phase and age range a place has, from an index alone."""
        rows = self._rows(
            "SELECT phase, low_age, high_age, count(*) FROM school "
            f"WHERE tier = 0 AND place IN {LISTED} GROUP BY phase, low_age, high_age",
            listed(place.numbers),
        )
        return [KindCount(PHASES[phase], *told) for phase, *told in rows]

    def alike_on(self, day: date) -> list[tuple[Place, KindCount]]:
        """As `counts_of`, of every place, the schools that were open on a day (`is_open_on`)."""
        places = {number: place for place in self.places() for number in place.numbers}
        rows = self._rows(
            "SELECT place, phase, low_age, high_age, count(*) FROM school "
            f"WHERE tier = 0 AND {IN_SCOPE} AND {OPEN_ON.format('?1')} "
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
        (row,) = self._rows(
            "SELECT max(CASE WHEN turn <= ?1 THEN turn END), min(CASE WHEN turn > ?1 THEN turn END)"
            f" FROM ({dates}) WHERE turn IS NOT NULL",
            number_of_day(day),
        )
        since, before = map(day_of_number, row)
        return since or EVER[0], before or EVER[1]

    def schools_of(self, places: Iterable[Place]) -> list[School]:
        """The open schools of some places, by name."""
        return self._schools(f"tier = 0 AND place IN {LISTED}", _numbers(places))

    def brief_in(self, places: Iterable[Place] | None = None) -> list[BriefSchool]:
        """The open state-funded schools of some places, or of all, by URN."""
        if places is None:
            return self._ask_brief(IN_SCOPE)
        return self._ask_brief(f"place IN {LISTED}", _numbers(places))

    def brief_of(self, urns: Iterable[int]) -> list[BriefSchool]:
        """Those of some URNs that are open state-funded schools in scope, by URN."""
        return self._ask_brief(f"urn IN {LISTED} AND {IN_SCOPE}", listed(urns))

    def counted_in(self, places: Iterable[Place] | None = None) -> list[CountedSchool]:
        """As `brief_in`, as far as figures count them."""
        if places is None:
            return self._ask_counted(IN_SCOPE)
        return self._ask_counted(f"place IN {LISTED}", _numbers(places))

    def counted_of(self, urns: Iterable[int]) -> list[CountedSchool]:
        """As `brief_of`, as far as figures count them."""
        return self._ask_counted(f"urn IN {LISTED} AND {IN_SCOPE}", listed(urns))

    def placed(self) -> list[PlacedSchool]:
        """As `brief_in` of all places, as far as a map shows them."""
        return [*map(PlacedSchool._make, self._ask_numbered(PlacedSchool._fields, IN_SCOPE))]

    def authority_of(self, place: int) -> tuple[str, str]:
        """Code and name of the authority of a place, by its number."""
        row = self._lookups.rows["place"][place]
        return row[LOOKUPS["place"].index("la_code")], row[LOOKUPS["place"].index("la_name")]

    @cached_property
    def kinds(self) -> dict[int, SchoolKind]:
        """What schools of each kind have in common."""
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

    def members(self, trust_uid: str) -> list[School]:
        """The open schools in scope of a trust, by name."""
        return self._schools(f"trust = ? AND tier = 0 AND {IN_SCOPE}", trust_uid)

    def diocese_words(self) -> list[str]:
        """Each text that the register has for a diocese of an open school; none where it lacks
        them."""
        return self._diocese_words

    @cached_property
    def _diocese_words(self) -> list[str]:
        if not self._lookups.tells("diocese"):
            return []
        rows = self._rows(
            "SELECT DISTINCT diocese FROM school WHERE diocese IS NOT NULL AND tier = 0"
        )
        return sorted(words for (words,) in rows)

    def in_dioceses(self, words: Collection[str]) -> list[School]:
        """The open schools in scope whose diocese the register writes in some words, by name."""
        if not words:
            return []
        return self._schools(
            f"diocese IN {LISTED} AND tier = 0 AND {IN_SCOPE}", json.dumps(sorted(words))
        )

    def in_la(self, la_code: str) -> list[School]:
        """The open schools in scope of an authority, by name."""
        return self.schools_of(p for p in self.places() if p.la_code == la_code)

    def trust_sizes(self) -> dict[str, TrustSize]:
        """Every trust with an open school on the register by UID, in the order of names."""
        return self._trust_sizes

    @cached_property
    def _trust_sizes(self) -> dict[str, TrustSize]:
        rows = self._rows(
            "SELECT uid, name, kind, size FROM trust WHERE size > 0 "
            "ORDER BY name COLLATE NOCASE, uid"
        )
        return {row[0]: TrustSize(*row) for row in rows}

    def _schools(self, where: str, *values: object) -> list[School]:
        """The schools for which something holds, by name."""
        found = self._whole.nouns(self._rows(self._whole.select + where, *values))
        return sorted(found, key=_by_name)

    @cached_property
    def _brief(self) -> SchoolReader[BriefSchool]:
        return SchoolReader(BriefSchool._make, BriefSchool._fields, self._lookups)

    @cached_property
    def _standing(self) -> SchoolReader[SchoolStanding]:
        return SchoolReader(SchoolStanding._make, SchoolStanding._fields, self._lookups)

    def _ask_brief(self, where: str, *values: object) -> list[BriefSchool]:
        """The open state-funded schools for which something holds, by URN."""
        limits = f"tier = 0 AND kind IN ({self._state_funded})"
        rows = self._rows(f"{self._brief.select} {limits} AND {where}", *values)
        return sorted(self._brief.nouns(rows))

    def _ask_counted(self, where: str, *values: object) -> list[CountedSchool]:
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


def _numbers(places: Iterable[Place]) -> str:
    return listed(number for place in places for number in place.numbers)


def _by_name(school: School) -> tuple[str, int]:
    return school.name.casefold(), school.urn
