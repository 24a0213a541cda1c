"""Authorities and districts, as they are and as older registers name them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from navigator.core.cleaning import for_comparing
from navigator.core.model import Area, Authority
from navigator.core.remembered import remembered


@lru_cache(maxsize=8192)
def fold_place(name: str) -> str:
    """A place name for comparing: case, blanks and the kind of apostrophe don't matter."""
    return for_comparing(name.replace("’", "'"))


class District(NamedTuple):
    """A local authority district: ONS code, name, the DfE code of its authority."""

    code: str
    name: str
    la_code: str


class Former(NamedTuple):
    """An area that is no more: an authority's DfE code ("" for a district), its name, the names of
    what it became, and the day."""

    code: str
    name: str
    became: tuple[str, ...]
    day: date | None


class Spot(NamedTuple):
    """A place a school may be at: authority, district as its register has it, district of today."""

    la_code: str
    register_name: str
    district: str


class Standing:
    """How an area stands to a spot."""

    OUT = 0
    MAYBE = 1
    IN = 2


class PlacesTold(NamedTuple):
    """What the tables of places tell: by an authority's code, or by a district's folded name."""

    authorities: dict[str, Authority]
    districts: dict[str, District]
    by_la: dict[str, list[str]]
    """The districts of an authority."""
    former: list[Former]
    la_names: dict[str, str]
    """Each name of an authority, folded, and its code."""
    la_became: dict[str, tuple[str, ...]]
    became: dict[str, str]


class Places:
    """Where everything lies."""

    def __init__(self, told: PlacesTold) -> None:
        self.told = told
        self.authorities, self.districts = told.authorities, told.districts
        self.by_la, self.former = told.by_la, told.former

    def chain(self, name: str) -> tuple[str, ...]:
        """A folded district name and what it became, oldest first."""
        names = [name]
        while (following := self.told.became.get(names[-1])) and following not in names:
            names.append(following)
        return tuple(names)

    def today(self, name: str) -> District | None:
        """The district of today that a folded name, current or former, stands for."""
        return self.districts.get(self.chain(name)[-1])

    def known(self, name: str) -> bool:
        return name in self.districts or name in self.told.became

    def la_today(self, code: str) -> tuple[str, ...]:
        """The codes of today for a code: one, several for a split authority, none if unknown."""
        return (code,) if code in self.authorities else self.told.la_became.get(code, ())

    def spots(self, la_code: str, district_name: str) -> tuple[Spot, ...]:
        """Where a school may be: one spot where its register tells, else each district of its LA.

        A district that is blank, or that neither we nor the former areas know, tells nothing.
        """
        codes = self.la_today(la_code)
        name = fold_place(district_name)
        district = self.today(name) if name else None
        if district is not None:
            # A school may lie in another authority's district (Sutton has two in Surrey).
            code = codes[0] if len(codes) == 1 else district.la_code
            return (Spot(code, name, fold_place(district.name)),)
        return tuple(Spot(c, d, d) for c in codes for d in self.by_la.get(c, ()))

    @remembered
    def area(self, name: str, kind: str) -> Area | None:
        """A place by name: an LA or a district, whichever `kind` prefers; None if it is neither.

        `kind` is a table's own word ("LA", "district", "other", …); lists mix the two freely.
        """
        folded = fold_place(name)
        code = self.told.la_names.get(folded)
        district = self.districts.get(folded)
        if code and (kind != "district" or district is None):
            return Area("LA", code, self.authorities[code].name)
        return Area("district", folded, district.name) if district else None

    def code_named(self, name: str) -> str:
        """The code of the authority that has a name, "" for none."""
        return self.told.la_names.get(fold_place(name), "")

    def standing(self, area: Area, spot: Spot, region: str) -> int:
        """Whether a spot lies in an area, as far as published lines and the district tell."""
        inside = {
            "LA": area.code == spot.la_code,
            "district": area.code == spot.district,
            "region": area.code == region,
            "national": True,
        }[area.kind]
        if not inside:
            return Standing.OUT
        if not area.mode:
            return Standing.MAYBE if area.part else Standing.IN
        only = area.mode == "only"
        if any(name in area.districts for name in self.chain(spot.register_name)):
            return Standing.IN if only else Standing.OUT
        # "North Yorkshire" says nothing about the line between its former districts.
        if any(spot.register_name in self.chain(name) for name in area.districts):
            return Standing.MAYBE
        return Standing.OUT if only else Standing.IN
