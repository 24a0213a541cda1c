"""Places to look at: an authority, a district, a region, all of England, what lies around a school,
or a network of the head's own; and the schools that each has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from navigator.core import cleaning
from navigator.core.errors import NotFoundError, RefusedError
from navigator.core.grid import KM_A_MILE
from navigator.core.keys import Key
from navigator.core.record import NO_RECORD, OwnNetwork, OwnRecord
from navigator.domain import around, naming
from navigator.domain.naming import KnownBy, NameIndex

if TYPE_CHECKING:
    from navigator.domain.landscapes import Landscapes
    from navigator.register.census import BriefSchool, CountedSchool, Place


class Locality(NamedTuple):
    """A place to look at.

    `code` is the DfE code of an authority, the ONS code of a district, the folded name of a region,
    the URN of a radius' middle, or the id of a network of the head's own; "" for England. `miles`
    is set for a radius.
    """

    kind: Literal["la", "district", "region", "england", "radius", "own"]
    code: str
    name: str
    miles: float | None = None

    @property
    def key(self) -> Key:
        """What names it for good: "la:892", "district:E07000172", "radius:139217@3"."""
        return Key.of(self.kind, self.code, "" if self.miles is None else f"{self.miles:g}")


class Localities:
    """Answers about places, from the register and directory of a landscapes.

    Not thread-safe, as the landscapes isn't.
    """

    def __init__(self, landscapes: Landscapes) -> None:
        self._areas = landscapes.areas
        self._register = landscapes.register
        self._directory = landscapes.directory

    # --- which place ---

    def called(
        self, text: str, miles: float | None = None, record: OwnRecord = NO_RECORD
    ) -> Locality:
        """The place that a text means: a network of the head's own by its name, an authority or
        district by code or name (the authority first where both have it), a region, "england", or
        a URN, which needs `miles`.

        Raises:
            NotFoundError: there is none, or a part of a name fits several; the text names them.
            RefusedError: a radius without a URN, a URN without one, or one that is out of bounds.
        """
        wanted = cleaning.for_comparing(text)
        for network in record.networks if miles is None else ():
            if wanted in (network.key.casefold(), network.name.casefold()):
                return self.own(network)
        if wanted.isascii() and wanted.isdigit() and len(wanted) > 3:
            return self.around(int(wanted), miles)
        if miles is not None:
            raise RefusedError(
                f"A radius goes around a school: give its URN in place of “{text[:60]}”."
            )
        found = naming.called(text, self._names, self._directory)
        if len({place.name for place in found}) == 1:
            return found[0]
        if found:
            said = naming.listing(place.name for place in found)
            raise NotFoundError(f"“{text[:60]}” fits several places: {said}. Write one in full.")
        near = naming.nearest(text, self._names, lambda place: place.name)
        raise NotFoundError(
            f"No authority, district or region is called “{text[:60]}”.{near} Give its name or "
            "code (892, E06000018), england, or a URN with --radius MILES."
        )

    @cached_property
    def _names(self) -> NameIndex[Locality]:
        districts = {d.code for d in self._directory.districts()}
        ons = {a.code: a.ons_code for a in self._directory.authorities()}
        known = []
        for place in self.all():
            code = ons.get(place.code, "")
            # Where a district has the authority's code, the code means the district.
            codes = (place.code, place.key, Key.of("place", place.key), *({code} - districts))
            known.append(KnownBy(place, (place.name,), codes))
        return NameIndex(known)

    def became(self, text: str) -> str:
        """A sentence on what the area that is no more which a text names became; "" for none."""
        area = naming.former(text, self._directory)
        return f"{naming.became(area)}." if area else ""

    def all(self) -> Iterable[Locality]:
        for a in self._directory.authorities():
            yield Locality("la", a.code, a.name)
        for d in self._directory.districts():
            yield Locality("district", d.code, d.name)
        for name in dict.fromkeys(a.region for a in self._directory.authorities()):
            yield Locality("region", name.casefold(), name)
        yield Locality("england", "", "England")

    def around(self, urn: int, miles: float | None) -> Locality:
        """What lies within miles of a school.

        Raises:
            NotFoundError: the register doesn't hold the URN.
            RefusedError: no radius, or one out of bounds, or the school has no position.
        """
        school = self._register.get(urn)
        if school is None:
            raise NotFoundError(f"No school with URN {urn} is on the register in use.")
        if miles is None:
            raise RefusedError(
                f"How far around {school.name}? Give the miles (--radius MILES), or name its "
                f"authority, {school.la_name}.",
                field="miles",
            )
        if not 0 < miles <= around.WIDEST_MILES:
            raise RefusedError(
                f"A radius is more than 0 and at most {around.WIDEST_MILES} miles.", field="miles"
            )
        if not school.has_position:
            raise RefusedError(
                f"The register gives no position for {school.name}, so nothing can be measured "
                "from it. Look at its authority or district."
            )
        return Locality("radius", str(urn), f"{around.miles(miles)} around {school.name}", miles)

    def own(self, network: OwnNetwork) -> Locality:
        """A network of the head's own as a place."""
        return Locality("own", network.id, network.name)

    def of_key(self, key: Key, record: OwnRecord) -> Locality:
        """The place that `Locality.key` names. Raises NotFoundError for none."""
        if key.kind == "radius":
            with suppress(ValueError):
                return self.around(int(key.id), float(key.part))
        if key.kind == "own" and (network := record.network(key.id)):
            return self.own(network)
        for place in self.all():
            if place.key == key:
                return place
        raise NotFoundError(f"Navigator knows no place “{key}”.")

    # --- its schools ---

    def schools(self, place: Locality, record: OwnRecord) -> list[BriefSchool]:
        """The open state-funded schools of a place, by URN.

        An authority has those that it runs or that lie under it, wherever they stand: those of its
        code on the register. A district has those that stand in it, whoever runs them.
        """
        if place.kind == "radius":
            middle = self._register.get(int(place.code))
            km = (place.miles or 0) * KM_A_MILE
            return self._register.census.brief_within(middle, km) if middle else []
        if place.kind == "own":
            network = record.network(place.code)
            return self._register.census.brief_of(network.urns) if network else []
        return self._register.census.brief_in(self._places(place))

    def counted(self, place: Locality, own: OwnNetwork | None) -> list[CountedSchool]:
        """As `schools`, as far as figures count them; `own` is the network that a place is."""
        if place.kind == "own":
            return self._register.census.counted_of(own.urns) if own else []
        if place.kind == "radius":
            return self._register.census.counted_of(s.urn for s in self.schools(place, NO_RECORD))
        if place.kind == "england":
            return self._register.census.counted_in()
        return self._register.census.counted_in(self._places(place))

    def _places(self, place: Locality) -> Sequence[Place]:
        """The register's places that an area has."""
        areas = self._areas
        if place.kind == "la":
            return areas.run_by(place.code)
        if place.kind == "district":
            return areas.of_district(place.code)
        if place.kind == "region":
            return areas.of_region(place.code)
        return self._register.census.places()
