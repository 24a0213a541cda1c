"""Authorities and districts, as they are and as older registers name them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from navigator.core.model import Area, Authority
from navigator.core.remembered import remembered
from navigator.directory.faults import Blame, at_once

if TYPE_CHECKING:
    from navigator.directory.tables import Table


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """A place name for comparing: case, blanks and the kind of apostrophe don't matter."""
    return " ".join(name.replace("’", "'").casefold().split())


class District(NamedTuple):
    """A local authority district: ONS code, name, the DfE code of its authority, region."""

    code: str
    name: str
    la_code: str
    region: str


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


class Places:
    """Where everything lies. Reads authorities, districts and former areas at once."""

    _KEPT = (
        *("authorities", "districts", "by_la", "former"),
        *("_la_names", "_la_became", "_became"),
    )

    def __init__(self, folder: Path, blame: Blame = at_once) -> None:
        from navigator.directory.columns import PLACE_TABLES
        from navigator.directory.tables import Table

        self.authorities: dict[str, Authority] = {}
        self.districts: dict[str, District] = {}
        self.by_la: dict[str, list[str]] = {}
        self.former: list[Former] = []
        self._la_names: dict[str, str] = {}
        self._la_became: dict[str, tuple[str, ...]] = {}
        self._became: dict[str, str] = {}
        self.tables = tuple(Table(folder / shape.file, shape, blame) for shape in PLACE_TABLES)
        authorities, districts, former = self.tables
        # Each is told by the one before: where that holds nothing, all of it would be called wrong.
        self._read_authorities(authorities)
        if self.authorities:
            self._read_districts(districts)
        if self.districts:
            self._read_former(former)

    def kept(self) -> dict[str, Any]:
        """All that was read, for `again`."""
        return {name: self.__dict__[name] for name in self._KEPT}

    @classmethod
    def again(cls, kept: Mapping[str, Any]) -> Places:
        """The places of which `kept` was given: they have no tables."""
        made = cls.__new__(cls)
        made.__dict__.update(kept, tables=())
        return made

    @classmethod
    def has_shape(cls, kept: object) -> bool:
        """Whether it is what `kept` gives, as far as its parts and the nouns in them go."""
        if not isinstance(kept, dict) or tuple(kept) != cls._KEPT:
            return False
        nouns = {"authorities": Authority, "districts": District}
        return (
            all(isinstance(kept[name], list if name == "former" else dict) for name in kept)
            and all(isinstance(noun, Former) for noun in kept["former"])
            and all(
                isinstance(n, kind) for part, kind in nouns.items() for n in kept[part].values()
            )
        )

    def _read_authorities(self, table: Table) -> None:
        for row in table.each():
            code, name = row.need("dfe_code"), row.need("name_ons")
            self.authorities[code] = Authority(
                code, name, row.need("region"), row["type"], row["ons_code"]
            )
            for column in ("name_lait", "name_gias", "name_ons"):
                if row[column]:
                    self._la_names[fold(row[column])] = code

    def _read_districts(self, table: Table) -> None:
        for row in table.each():
            name, code = row.need("lad_name"), row.need("la_code")
            if code not in self.authorities:
                row.wrong("la_code", f"“{code}” is no code of authorities.csv")
                continue
            # The authority's region: the two lists spell Yorkshire and the Humber differently.
            region = self.authorities[code].region
            self.districts[fold(name)] = District(row["lad_code"], name, code, region)
            self.by_la.setdefault(code, []).append(fold(name))

    def _read_former(self, table: Table) -> None:
        rows = list(table.each())
        for row in rows:
            if row["kind"] == "LA":
                self._la_became[row.need("code")] = row.words("became_codes")
            else:
                self._became[fold(row.need("name"))] = fold(row.need("became"))
        for row in rows:
            now: list[str] = []
            if row["kind"] == "LA":
                for code in row.words("became_codes"):
                    if code not in self.authorities:
                        row.wrong("became_codes", f"“{code}” is no code of authorities.csv")
                    else:
                        now.append(self.authorities[code].name)
            elif district := self.today(fold(row["name"])):
                now.append(district.name)
            else:
                row.wrong("became", f"“{row['became']}” is no district of today or formerly")
            if now:
                self.former.append(
                    Former(row["code"], row["name"], tuple(now), row.day("changed_on"))
                )

    def chain(self, name: str) -> tuple[str, ...]:
        """A folded district name and what it became, oldest first."""
        names = [name]
        while (following := self._became.get(names[-1])) and following not in names:
            names.append(following)
        return tuple(names)

    def today(self, name: str) -> District | None:
        """The district of today that a folded name, current or former, stands for."""
        return self.districts.get(self.chain(name)[-1])

    def known(self, name: str) -> bool:
        return name in self.districts or name in self._became

    def la_today(self, code: str) -> tuple[str, ...]:
        """The codes of today for a code: one, several for a split authority, none if unknown."""
        return (code,) if code in self.authorities else self._la_became.get(code, ())

    def spots(self, la_code: str, district_name: str) -> tuple[Spot, ...]:
        """Where a school may be: one spot where its register tells, else each district of its LA.

        A district that is blank, or that neither we nor the former areas know, tells nothing.
        """
        codes = self.la_today(la_code)
        name = fold(district_name)
        district = self.today(name) if name else None
        if district is not None:
            # A school may lie in another authority's district (Sutton has two in Surrey).
            code = codes[0] if len(codes) == 1 else district.la_code
            return (Spot(code, name, fold(district.name)),)
        return tuple(Spot(c, d, d) for c in codes for d in self.by_la.get(c, ()))

    @remembered
    def area(self, name: str, kind: str) -> Area | None:
        """A place by name: an LA or a district, whichever `kind` prefers; None if it is neither.

        `kind` is a table's own word ("LA", "district", "other", …); lists mix the two freely.
        """
        folded = fold(name)
        code = self._la_names.get(folded)
        district = self.districts.get(folded)
        if code and (kind != "district" or district is None):
            return Area("LA", code, self.authorities[code].name)
        return Area("district", folded, district.name) if district else None

    def code_named(self, name: str) -> str:
        """The code of the authority that has a name, "" for none."""
        return self._la_names.get(fold(name), "")

    def advice(self, name: str) -> str:
        """What to write instead of a name that is no area: what became of it, or the nearest."""
        from difflib import get_close_matches

        folded = fold(name)
        if (now := self.today(folded)) and fold(now.name) != folded:
            return f"; it is part of {now.name} today: write that, and “only {name}” for the part"
        names = {fold(d.name): d.name for d in self.districts.values()}
        names |= {key: self.authorities[code].name for key, code in self._la_names.items()}
        near = get_close_matches(folded, names, n=1)
        return f"; did you mean “{names[near[0]]}”?" if near else "; see authorities.csv"

    def code_fault(self, code: str) -> str:
        """Why a code is none of an authority of today, and what to write; "" where it is one."""
        if code in self.authorities:
            return ""
        if became := self._la_became.get(code):
            return f"“{code}” is a former code; write {' or '.join(became)}"
        return f"“{code}” is no code of an authority; look it up in authorities.csv"

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


AreaPart = tuple[str, Literal["", "only", "except"], tuple[str, ...]]
"""Which part of an area in words, and the districts it is made of, or made without."""


def parts(cell: str, words: str, areas: Iterable[str]) -> dict[str, AreaPart]:
    """The two columns `part` and `part_districts`, by folded area name.

    `words` is "Norfolk: north only;Suffolk: …", `cell` "Norfolk=only Breckland|Norwich;…".

    Raises:
        ValueError: with the column's name and what is wrong with it.
    """
    known = {fold(area) for area in areas}
    found: dict[str, AreaPart] = {}
    for piece in filter(None, (p.strip() for p in words.split(";"))):
        area, colon, text = piece.partition(":")
        if not colon or fold(area) not in known:
            raise ValueError("part", f"“{piece}” must read “Area: which part”, of an area listed")
        found[fold(area)] = (text.strip(), "", ())
    for piece in filter(None, (p.strip() for p in cell.split(";"))):
        area, _, rule = piece.partition("=")
        mode, _, names = rule.strip().partition(" ")
        listed = tuple(fold(name) for name in names.split("|") if name.strip())
        if fold(area) not in known or mode not in ("only", "except") or not listed:
            raise ValueError(
                "part_districts",
                f"“{piece}” must read “Area=only District|District” or “Area=except …”",
            )
        text = found.get(fold(area), (f"{mode} {names}", "", ()))[0]
        found[fold(area)] = (text, "only" if mode == "only" else "except", listed)
    return found
