"""What each table of facts holds, how new it is, and how much of England it covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from navigator.core.model import Confidence, Count, Network, Partnership, Programme, School
from navigator.directory.facts import Directory

ORDER: tuple[Confidence, ...] = ("high", "medium", "low")

SomeBodies = Sequence[Network | Partnership]


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


ConfidenceAt = Callable[[str, str, str, str], Confidence | None]
"""How sure we are of a body for a place: LA code, district, region and phase, "" for any."""


class _Alike(NamedTuple):
    """Schools that no table tells apart: `one` of them, and how `many`."""

    one: School
    many: int


def summaries(
    directory: Directory, schools: Iterable[School] | None, day: date
) -> list[TableSummary]:
    """A summary of each programme's table, in order of display, then networks and partnerships.

    Of `schools`, those open on the day are counted; None leaves them out.
    """
    alike = None if schools is None else _alike(schools, day)
    found = [_programme(directory, programme, alike, day) for programme in directory.programmes]

    def bodies(id: str, name: str, every: SomeBodies, of: Callable[[str, str], SomeBodies]) -> None:
        def confidence_at(
            la_code: str, _district: str, _region: str, phase: str
        ) -> Confidence | None:
            # A body of all England is no answer to "which authorities do we know one for".
            here = (b for b in of(la_code, phase) if b.la_codes and b.status != "closed")
            return _surest(body.confidence for body in here)

        found.append(
            TableSummary(
                id=id,
                name=name,
                rows=len(every),
                hubs=len({body.id for body in every}),
                in_force=len({body.id for body in every if body.status != "closed"}),
                counted=None,
                as_of=max((body.checked for body in every), default=None),
                source_year=max((body.status_as_of[:4] for body in every), default=""),
                authorities=_authorities(directory, confidence_at),
                schools=_schools(alike, confidence_at),
            )
        )

    bodies("networks", "Heads' networks", directory.all_networks(), directory.networks)
    bodies(
        "partnerships",
        "Area partnerships and their kin",
        directory.all_partnerships(),
        lambda la_code, _: directory.partnerships(la_code),
    )
    return found


def _alike(schools: Iterable[School], day: date) -> list[_Alike]:
    many: Counter[tuple[object, ...]] = Counter()
    one: dict[tuple[object, ...], School] = {}
    for school in schools:
        if school.is_open_on(day):
            place = (school.la_code, school.district_name, school.region)
            key = (*place, school.phase, school.low_age, school.high_age)
            many[key] += 1
            one.setdefault(key, school)
    return [_Alike(school, many[key]) for key, school in one.items()]


def _programme(
    directory: Directory, programme: Programme, alike: list[_Alike] | None, day: date
) -> TableSummary:
    hubs = directory.hubs(programme.id)
    runs = programme.runs_on(day)

    def confidence_at(la_code: str, district: str, region: str, _phase: str) -> Confidence | None:
        if not runs:
            return None
        covers = directory.covering_place(programme.id, la_code, district, region, day)
        return _surest(cover.confidence for cover in covers)

    return TableSummary(
        id=programme.id,
        name=programme.name,
        rows=len(hubs),
        hubs=0 if programme.areas_only else len({hub.id for hub in hubs}),
        in_force=directory.named(programme.id, day) if runs and not programme.areas_only else 0,
        counted=programme.counted(day),
        as_of=max((hub.as_of for hub in hubs), default=None),
        source_year=max((hub.last_seen[:4] for hub in hubs), default=""),
        authorities=_authorities(directory, confidence_at),
        schools=_schools(alike, confidence_at, programme.serves_school),
    )


def _surest(words: Iterable[Confidence]) -> Confidence | None:
    """The best of the words, None for no word at all; one that isn't told counts as low."""
    return min((word or "low" for word in words), key=ORDER.index, default=None)


def _authorities(directory: Directory, confidence_at: ConfidenceAt) -> Covered:
    return _covered((confidence_at(a.code, "", a.region, ""), 1) for a in directory.authorities())


def _schools(
    alike: list[_Alike] | None,
    confidence_at: ConfidenceAt,
    served: Callable[[School], bool] = lambda _: True,
) -> Covered | None:
    if alike is None:
        return None
    return _covered(
        (confidence_at(one.la_code, one.district_name, one.region, one.phase), many)
        for one, many in alike
        if served(one)
    )


def _covered(found: Iterable[tuple[Confidence | None, int]]) -> Covered:
    total: Counter[Confidence | None] = Counter()
    for word, many in found:
        total[word] += many
    return Covered(total["high"], total["medium"], total["low"], total[None])
