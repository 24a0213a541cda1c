"""The index: every body and place there is on a day, by kind and name, and which a text names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import wording
from navigator.core.errors import NotFoundError, SeveralError
from navigator.core.keys import BODY_KINDS, KINDS_TOGETHER, Key
from navigator.domain import naming
from navigator.domain.naming import KnownBy, NameIndex
from navigator.register.search_words import fold

if TYPE_CHECKING:
    from navigator.core.church import Diocese
    from navigator.core.model import School
    from navigator.core.record import OwnRecord
    from navigator.domain.bodies import Bodies
    from navigator.domain.landscapes import Landscapes
    from navigator.domain.localities import Localities
    from navigator.register.census import BriefSchool

_OF_KIND = {
    "la": "council city county borough local authority la lea",
    "place": "district region",
    "trust": "trust multi academy mat",
    "hub": "hub",
    "diocese": "diocese archdiocese diocesan board of education",
    "network": "network heads headteachers",
    "partnership": "partnership",
}
"""Words that people add to a name of a kind."""

_OF_CHURCH = {
    "Catholic": "roman catholic rc",
    "Church of England": "church of england cofe ce anglican",
}


class Once(NamedTuple):
    """Another name of a body, or that of what it took the place of, and words that say so."""

    name: str
    said: str


class Listed(NamedTuple):
    """A body in the index; `size` counts its schools or named hubs, `of` the published hubs.

    It is found by its name, by those it had `once`, by its `codes`, and with `words` added.
    """

    kind: str
    name: str
    said: str
    key: Key
    size: int | None = None
    of: int | None = None
    once: tuple[Once, ...] = ()
    codes: tuple[str, ...] = ()
    words: str = ""
    names: tuple[str, ...] = ()
    """Other ways to say its name."""
    apart: str = ""
    """What tells it from others of its name: of a diocese its church, of a hub its programme."""

    @property
    def known(self) -> KnownBy[Listed]:
        return KnownBy(
            self,
            (self.name, *self.names, *(once.name for once in self.once)),
            (*self.codes, self.key),
            f"{self.words} {_OF_KIND.get(self.key.kind, '')}",
        )

    def is_called(self, text: str) -> bool:
        """Whether a text that names it does so without doubt: a place in any of the ways people
        write it, others by the whole name, a code or the key."""
        known = self.known
        written = {fold(name) for name in (*known.names, *known.codes)}
        return self.key.kind in ("own", "la", "place") or fold(text) in written

    def once_called(self, text: str) -> str:
        """A sentence on the name it had once, where a text means that; else ""."""
        for once in self.once:
            both: list[KnownBy[str]] = [KnownBy("", (self.name,)), KnownBy(once.said, (once.name,))]
            if (found := NameIndex(both).find(text).fits) and found[0]:
                return found[0]
        return ""

    def told(self, text: str) -> Listed:
        """The same, with what it was once called where that is what was typed."""
        return self._replace(said=wording.joined(self.said, self.once_called(text)))


class FoundBodies(NamedTuple):
    """The bodies that a text finds by kind, best first; `exact` are those that the whole of it
    names. `near` where nothing has all words and these have words one letter away."""

    kinds: dict[str, list[Listed]]
    exact: list[Listed]
    near: bool = False

    @property
    def all(self) -> list[Listed]:
        return [body for bodies in self.kinds.values() for body in bodies]


class Index:
    """The bodies of a register and a directory; those of one day are kept."""

    def __init__(self, landscapes: Landscapes, bodies: Bodies, localities: Localities) -> None:
        self._bodies = bodies
        self._localities = localities
        self._register = landscapes.register
        self._directory = landscapes.directory
        self._days: dict[date, tuple[Listed, ...]] = {}
        self._names: dict[date, NameIndex[Listed]] = {}
        self._last_called: tuple[list[Listed], NameIndex[Listed]] = [], NameIndex([])

    def on(self, day: date, record: OwnRecord) -> tuple[Listed, ...]:
        """The head's own networks, then every body there is on a day, kind by kind, by name."""
        return (*_own(record), *self._on(day))

    def _on(self, day: date) -> tuple[Listed, ...]:
        if day not in self._days:
            self._days = {day: tuple(self._list(day))}
        return self._days[day]

    def find(self, text: str, day: date, record: OwnRecord, *, nearly: bool = False) -> FoundBodies:
        """The bodies of a day that a text finds; `nearly` as of `NameIndex.find`."""
        found = [
            NameIndex(body.known for body in _own(record)).find(text),
            self._names_on(day).find(text, nearly=nearly),
        ]
        kinds: dict[str, list[Listed]] = {}
        exact: list[Listed] = []
        for of in found:
            exact += of.exact
            for body in of.fits:
                kinds.setdefault(body.kind, []).append(body)
        authorities = kinds.get(KINDS_TOGETHER["la"], [])
        if not exact and len(authorities) == 1 and naming.holds(text, authorities[0].name):
            exact = authorities  # Hull, Telford: no other council has the word
        order = list(KINDS_TOGETHER.values())
        return FoundBodies(
            {kind: kinds[kind] for kind in order if kind in kinds},
            sorted(exact, key=lambda body: order.index(body.kind)),
            found[1].near,
        )

    def called(
        self, text: str, day: date, record: OwnRecord, kinds: Collection[str] = ()
    ) -> Listed:
        """The body that a name, code or key means, of some kinds of key or of any.

        Where bodies of several kinds fit as well, those of the first kind are meant.

        Raises:
            NotFoundError: there is none; the text names the nearest. SeveralError: as it says.
        """
        kinds = [kind for kind in KINDS_TOGETHER if not kinds or kind in kinds]
        bodies = [body for body in self.on(day, record) if body.key.kind in kinds]
        bodies.sort(key=lambda body: kinds.index(body.key.kind))
        last, names = self._last_called
        if last != bodies:  # a batch asks of the same ones again and again
            names = NameIndex(body.known for body in bodies)
            self._last_called = bodies, names
        found = names.find(text, unfinished=False)
        fits = found.exact or found.fits
        if not fits and not naming.has_number(text):  # no part of a code means anything
            fits = names.find(text).fits
        if not fits:
            near = naming.nearest(text, names, with_key)
            raise NotFoundError(
                f"“{text[:60]}” is {_none_of(kinds)} by name, code or key.{near} In the app, d "
                "lists them all."
            )
        first = min((body.key.kind for body in fits), key=kinds.index)
        meant = [body for body in fits if body.key.kind == first]
        if len(meant) > 1:
            once = [body.once_called(text) for body in meant]
            said = naming.listing(map(with_key, meant))
            what = f"{once[0]}: name one of them" if all(once) else f"“{text[:60]}” fits several"
            raise SeveralError(f"{what}: {said}.")
        return meant[0]

    def county(self, text: str, day: date, record: OwnRecord) -> Listed | None:
        """The authority whose county people write so short (Notts); None for none."""
        full = naming.COUNTIES.get(fold(text))
        if full is None:
            return None
        of = [b for b in self.find(full, day, record).exact if b.key.kind == "la"]
        return of[0] if len(of) == 1 else None

    def schools(self, body: Listed, record: OwnRecord, day: date) -> list[School | BriefSchool]:
        """The open schools of a local authority, place, trust, diocese or network of one's own;
        of the first two those that are state-funded. Of a hub those of its phases where it works on
        a day."""
        key = body.key
        if key.kind == "hub":
            return [*self._bodies.schools_in(self._bodies.extent(key, day))]
        if key.kind == "la":
            return [*self._bodies.state_schools(key.name)]
        if key.kind == "trust":
            return [*self._register.census.members(key.name)]
        if key.kind == "diocese":
            return [school for school, _ in self._bodies.diocese(key, None).members]
        place = self._localities.of_key(key.place if key.kind == "place" else key, record)
        return [*self._localities.schools(place, record)]

    def _names_on(self, day: date) -> NameIndex[Listed]:
        if day not in self._names:
            self._names = {day: NameIndex(body.known for body in self._on(day))}
        return self._names[day]

    def _list(self, day: date) -> Iterable[Listed]:
        directory = self._directory
        hubs: dict[Key, Listed] = {}
        for p in directory.programmes:
            detail = self._bodies.programme(p.id, day)
            said = p.purpose
            if p.valid_to and p.valid_to < day:
                said = f"ended {wording.day(p.valid_to, p.to_said)}"
            counted = detail.counted.hubs if detail.counted else None
            yield Listed("Programmes", p.name, said, p.key, detail.named, counted, words=p.short)
            for hub in () if p.areas_only else detail.hubs:
                said = wording.joined(p.name, hub.region)
                names = (f"{hub.name} {p.name}",)
                hubs[hub.key] = Listed(
                    "Hubs", hub.name, said, hub.key, words=said, names=names, apart=p.name
                )
        yield from _by_name(hubs.values())
        others, listed = self._register.former_names(), self._register.census.listed_trusts()
        for trust in self._register.census.trust_sizes().values():
            key = Key.of("trust", trust.uid)
            before = tuple(Once(name, f"formerly {name}") for name in others.get(trust.uid, ()))
            _, status, _, closed = listed[trust.uid]
            said = wording.joined("closed", wording.short_day(closed), sign=" ")
            said = said if status == "Closed" else ""
            yield Listed("Trusts", trust.name, said, key, trust.schools, None, before)
        once = self._once()
        for a in directory.authorities():
            schools, _ = self._register.schools_in_la(a.code)
            codes, before = (a.code, a.ons_code), once.get(a.name, ())
            yield Listed("Local authorities", a.name, a.region, a.key, schools, None, before, codes)
        yield from _by_name(map(_diocese, directory.dioceses()))
        yield from _by_name(
            Listed("Heads' networks", n.name, n.kind, n.key, words=n.kind)
            for n in directory.all_networks()
        )
        yield from _by_name(
            Listed("Partnerships", p.name, p.tier, p.key, words=p.tier)
            for p in directory.all_partnerships()
        )
        ours = {a.ons_code for a in directory.authorities()}
        for place in self._localities.all():
            if place.kind != "la" and place.code not in ours:
                key, codes = Key.of("place", place.key), (place.key, place.code)
                before = once.get(place.name, ()) if place.kind == "district" else ()
                said = {"district": "district", "region": "region"}.get(place.kind, "")
                yield Listed("Places", place.name, said, key, None, None, before, codes)

    def _once(self) -> dict[str, tuple[Once, ...]]:
        """The areas that are no more, by the name of each that they became."""
        found: dict[str, tuple[Once, ...]] = {}
        for area in self._directory.former():
            for name in area.became:
                told = Once(area.name, naming.became(area))
                found[name] = (*found.get(name, ()), told)
        return found


def with_key(body: Listed) -> str:
    """A body in a sentence, told from others of its name: "Diocese of Leeds (Catholic, …)"."""
    return f"{body.name} ({wording.joined(body.apart, body.key, sign=', ')})"


def _none_of(kinds: Collection[str]) -> str:
    """ "no network of yours, local authority or trust"."""
    words = {**BODY_KINDS, "own": "network of yours", "place": "place"}
    return f"no {wording.listed((words[kind].lower() for kind in kinds), 'or')}"


def _own(record: OwnRecord) -> Iterable[Listed]:
    return (Listed("Your networks", n.name, n.note, n.key, len(n.urns)) for n in record.networks)


def _diocese(d: Diocese) -> Listed:
    said = wording.joined(d.church, d.board)
    words = f"{_OF_CHURCH[d.church]} {d.board}"
    return Listed(
        "Dioceses",
        f"Diocese of {d.name}",
        said,
        d.key,
        words=words,
        names=(f"{d.name} diocese",),
        apart=d.church,
    )


def _by_name(bodies: Iterable[Listed]) -> list[Listed]:
    return sorted(bodies, key=lambda body: body.name.casefold())
