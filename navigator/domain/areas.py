"""Where bodies work: which places on the register are an authority's, a hub's, a network's.

A place is a district of an authority as the register names both (`census.Place`). Registers keep
the codes of authorities that are gone; the directory tells which authority of today has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from navigator.core.model import Programme

if TYPE_CHECKING:
    from navigator.directory import Directory
    from navigator.register import Register
    from navigator.register.census import Place


class Areas:
    """Answers about one register and one directory."""

    def __init__(self, register: Register, directory: Directory) -> None:
        self._register = register
        self._directory = directory

    def run_by(self, la_code: str) -> Sequence[Place]:
        """The places whose schools an authority of today runs."""
        return self._running.get(la_code, ())

    @cached_property
    def _running(self) -> dict[str, list[Place]]:
        running: dict[str, list[Place]] = {}
        for place in self._register.census.places():
            running.setdefault(self._code_of(place), []).append(place)
        return running

    def _code_of(self, place: Place) -> str:
        authority = self._directory.authority(place.la_code, place.district_name)
        return authority.code if authority else place.la_code

    @cached_property
    def _running_or_there(self) -> dict[str, list[Place]]:
        """The places of which an authority runs the schools, or in whose district they stand."""
        found: dict[str, list[Place]] = {}
        for place in self._register.census.places():
            district = self._directory.district(place.district_name)
            for code in {self._code_of(place), *({district.la_code} if district else ())}:
                found.setdefault(code, []).append(place)
        return found

    def of_district(self, code: str) -> list[Place]:
        """The places that lie in a district of today, by its ONS code."""
        places = (
            (p, self._directory.district(p.district_name)) for p in self._register.census.places()
        )
        return [place for place, district in places if district and district.code == code]

    def of_region(self, name: str) -> list[Place]:
        """The places of a region, by its name in whatever case."""
        found = []
        for place in self._register.census.places():
            authority = self._directory.authority(place.la_code, place.district_name)
            if (authority.region if authority else place.region).casefold() == name.casefold():
                found.append(place)
        return found

    def of_hub(self, programme: Programme, hub_id: str, day: date) -> Iterable[tuple[Place, bool]]:
        """Where a hub works on a day, and whether a place is its own for sure and whole."""
        for place in self._near_hub(programme, hub_id):
            where = place.la_code, place.district_name, place.region
            for cover in self._directory.covering_place(programme.id, *where, day):
                if cover.hub.id == hub_id and cover.firm and not cover.inferred:
                    yield place, cover.exact
                    break

    def _near_hub(self, programme: Programme, hub_id: str) -> Iterable[Place]:
        """Places in the authorities that a hub's areas lie in: they alone need a closer look."""
        authorities: dict[str, None] = {}
        for hub in self._directory.hubs(programme.id):
            for area in hub.areas if hub.id == hub_id else ():
                if area.kind == "LA":
                    authorities[area.code] = None
                elif area.kind == "district" and (found := self._directory.district(area.name)):
                    authorities[found.la_code] = None
                else:
                    return self._register.census.places()
        there = self._running_or_there
        return dict.fromkeys(place for code in authorities for place in there.get(code, ()))
