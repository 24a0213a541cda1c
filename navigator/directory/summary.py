"""What each table of facts holds, how new it is, and how much of England it covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from navigator.core.model import Confidence, Count, Network, Partnership, Programme, School
from navigator.directory.facts import Directory

ORDER: tuple[Confidence, ...] = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Covered:
    """How many are covered with which confidence, each counted once, by its surest row.

    `total` is the sum. Covered may mean in part: an LA one of whose districts has a hub counts.
    """

    high: int
    medium: int
    low: int
    none: int

    @property
    def total(self) -> int:
        return self.high + self.medium + self.low + self.none


@dataclass(frozen=True, slots=True)
class TableSummary:
    """One table of facts on a day.

    `id` is the programme's, or "networks", "partnerships". `hubs` counts the bodies named in the
    table at any time, `in_force` those of the day that a programme counts (`Directory.named`), or
    bodies that aren't closed; both are 0 for a programme of areas without hubs. `counted` is the
    newest number published by the day, None if there is none. `as_of` is the day the newest row was
    checked, `source_year` the year of the newest dated source in it, "" where none is dated.
    `schools` counts the open schools that the programme or body is for; None if no schools were
    given. On a day when a programme doesn't run, it covers none.
    """

    id: str
    name: str
    rows: int
    hubs: int
    in_force: int
    counted: Count | None
    as_of: date | None
    source_year: str
    authorities: Covered
    schools: Covered | None


@dataclass(frozen=True, slots=True)
class _Kind:
    """Schools that no table tells apart: `one` of them, and how `many`."""

    one: School
    many: int


def summaries(
    directory: Directory, schools: Iterable[School] | None, day: date
) -> list[TableSummary]:
    """A summary of each programme's table, in order of display, then networks and partnerships.

    Of `schools`, those open on the day are counted; None leaves them out.
    """
    kinds = None if schools is None else _kinds(schools, day)
    return [
        *(_programme(directory, programme, kinds, day) for programme in directory.programmes),
        _bodies(
            "networks",
            "Heads' networks",
            directory.all_networks(),
            directory,
            kinds,
            of=directory.networks,
        ),
        _bodies(
            "partnerships",
            "Area partnerships and their kin",
            directory.all_partnerships(),
            directory,
            kinds,
            of=lambda la_code, _: directory.partnerships(la_code),
        ),
    ]


def _kinds(schools: Iterable[School], day: date) -> list[_Kind]:
    many: Counter[tuple[object, ...]] = Counter()
    one: dict[tuple[object, ...], School] = {}
    for school in schools:
        if school.is_open_on(day):
            place = (school.la_code, school.district_name, school.region)
            key = (*place, school.phase, school.low_age, school.high_age)
            many[key] += 1
            one.setdefault(key, school)
    return [_Kind(school, many[key]) for key, school in one.items()]


def _programme(
    directory: Directory, programme: Programme, kinds: list[_Kind] | None, day: date
) -> TableSummary:
    hubs = directory.hubs(programme.id)
    runs = (programme.valid_from or day) <= day <= (programme.valid_to or day)

    def sureness(la_code: str, district: str, region: str) -> Confidence | None:
        if not runs:
            return None
        covers = directory.covering_place(programme.id, la_code, district, region, day)
        return _surest(cover.confidence for cover in covers)

    def of_school(school: School) -> Confidence | None:
        return sureness(school.la_code, school.district_name, school.region)

    published = [count for count in programme.counts if count.day <= day]
    served = None if kinds is None else [k for k in kinds if programme.serves_school(k.one)]
    return TableSummary(
        id=programme.id,
        name=programme.name,
        rows=len(hubs),
        hubs=0 if programme.areas_only else len({hub.id for hub in hubs}),
        in_force=directory.named(programme.id, day) if runs and not programme.areas_only else 0,
        counted=published[-1] if published else None,
        as_of=max((hub.as_of for hub in hubs), default=None),
        source_year=max((hub.last_seen[:4] for hub in hubs), default=""),
        authorities=_covered((sureness(a.code, "", a.region), 1) for a in directory.authorities()),
        schools=_schools(served, of_school),
    )


def _bodies(
    id: str,
    name: str,
    bodies: Sequence[Network | Partnership],
    directory: Directory,
    kinds: list[_Kind] | None,
    *,
    of: Callable[[str, str], Sequence[Network | Partnership]],
) -> TableSummary:
    """`of` gives the bodies of an LA code and a phase, "" for all."""

    def sureness(la_code: str, phase: str) -> Confidence | None:
        # A body of all England is no answer to "which authorities do we know one for".
        return _surest(
            b.confidence for b in of(la_code, phase) if b.la_codes and b.status != "closed"
        )

    def of_school(school: School) -> Confidence | None:
        return sureness(school.la_code, school.phase)

    return TableSummary(
        id=id,
        name=name,
        rows=len(bodies),
        hubs=len({body.id for body in bodies}),
        in_force=len({body.id for body in bodies if body.status != "closed"}),
        counted=None,
        as_of=max((body.checked for body in bodies), default=None),
        source_year=max((body.status_as_of[:4] for body in bodies), default=""),
        authorities=_covered((sureness(a.code, ""), 1) for a in directory.authorities()),
        schools=_schools(kinds, of_school),
    )


def _surest(words: Iterable[Confidence]) -> Confidence | None:
    """The best of the words, None for no word at all; one that isn't told counts as low."""
    return min((word or "low" for word in words), key=ORDER.index, default=None)


def _schools(
    kinds: list[_Kind] | None, sureness: Callable[[School], Confidence | None]
) -> Covered | None:
    return None if kinds is None else _covered((sureness(k.one), k.many) for k in kinds)


def _covered(found: Iterable[tuple[Confidence | None, int]]) -> Covered:
    total: Counter[Confidence | None] = Counter()
    for word, many in found:
        total[word] += many
    return Covered(total["high"], total["medium"], total["low"], total[None])
