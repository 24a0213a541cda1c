"""Authorities and districts read of their tables, and what is said of a name that is none."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from navigator.core.model import Authority
from navigator.directory.columns import PLACE_TABLES
from navigator.directory.faults import Blame, at_once
from navigator.directory.places import District, Former, Places, PlacesTold, fold_place
from navigator.directory.tables import Table


class ReadPlaces(Places):
    """The places as their tables tell them, which are read at once."""

    def __init__(self, folder: Path, blame: Blame = at_once) -> None:
        super().__init__(PlacesTold({}, {}, {}, [], {}, {}, {}))
        self.tables = tuple(Table(folder / shape.file, shape, blame) for shape in PLACE_TABLES)
        authorities, districts, former = self.tables
        # Each is told by the one before: where that holds nothing, all of it would be called wrong.
        self._read_authorities(authorities)
        if self.authorities:
            self._read_districts(districts)
        if self.districts:
            self._read_former(former)

    def _read_authorities(self, table: Table) -> None:
        for row in table.each():
            code, name = row.need("dfe_code"), row.need("name_ons")
            self.authorities[code] = Authority(
                code, name, row.need("region"), row["type"], row["ons_code"]
            )
            for column in ("name_lait", "name_gias", "name_ons"):
                if row[column]:
                    self.told.la_names[fold_place(row[column])] = code

    def _read_districts(self, table: Table) -> None:
        for row in table.each():
            name, code = row.need("lad_name"), row.need("la_code")
            if code not in self.authorities:
                row.wrong("la_code", f"“{code}” is no code of authorities.csv")
                continue
            self.districts[fold_place(name)] = District(row["lad_code"], name, code)
            self.by_la.setdefault(code, []).append(fold_place(name))

    def _read_former(self, table: Table) -> None:
        rows = list(table.each())
        for row in rows:
            if row["kind"] == "LA":
                self.told.la_became[row.need("code")] = row.words("became_codes")
            else:
                self.told.became[fold_place(row.need("name"))] = fold_place(row.need("became"))
        for row in rows:
            now: list[str] = []
            if row["kind"] == "LA":
                for code in row.words("became_codes"):
                    if code not in self.authorities:
                        row.wrong("became_codes", f"“{code}” is no code of authorities.csv")
                    else:
                        now.append(self.authorities[code].name)
            elif district := self.today(fold_place(row["name"])):
                now.append(district.name)
            else:
                row.wrong("became", f"“{row['became']}” is no district of today or formerly")
            if now:
                self.former.append(
                    Former(row["code"], row["name"], tuple(now), row.day("changed_on"))
                )


def advice(places: Places, name: str) -> str:
    """What to write instead of a name that is no area: what became of it, or the nearest."""
    folded = fold_place(name)
    if (now := places.today(folded)) and fold_place(now.name) != folded:
        return f"; it is part of {now.name} today: write that, and “only {name}” for the part"
    names = {fold_place(d.name): d.name for d in places.districts.values()}
    names |= {key: places.authorities[code].name for key, code in places.told.la_names.items()}
    near = get_close_matches(folded, names, n=1)
    return f"; did you mean “{names[near[0]]}”?" if near else "; see authorities.csv"


def code_fault(places: Places, code: str) -> str:
    """Why a code is none of an authority of today, and what to write; "" where it is one."""
    if code in places.authorities:
        return ""
    if became := places.told.la_became.get(code):
        return f"“{code}” is a former code; write {' or '.join(became)}"
    return f"“{code}” is no code of an authority; look it up in authorities.csv"
