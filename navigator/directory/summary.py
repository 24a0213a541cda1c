"""What each table of facts holds, how new it is, and how much of England it covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from navigator.core import wording
from navigator.core.model import Confidence, Count, Network, Partnership, Programme
from navigator.directory.facts import Directory
from navigator.storage.kept import Days

ORDER: tuple[Confidence, ...] = ("high", "medium", "low")

NOUNS = {
    "navigator.core.model": ("Count",),
    "navigator.directory.summary": ("Covered", "TableSummary"),
}
"""What summaries are made of."""

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


_Place = tuple[str, ...]
"""LA code, district, region and phase, "" for any."""

ConfidenceAt = Callable[[str, str, str, str], Confidence | None]
"""How sure we are of a body for such a place."""


class SchoolsAlike(NamedTuple):
    """Open schools that no table tells apart, and how many there are."""

    la_code: str
    district_name: str
    region: str
    phase: str
    low_age: int | None
    high_age: int | None
    schools: int


class _Counted:
    """Schools counted, each programme's by what a table of facts tells places apart by."""

    def __init__(self, alike: Iterable[SchoolsAlike]) -> None:
        self._by_kind: dict[tuple[str, int | None, int | None], Counter[tuple[str, ...]]] = {}
        for *place, phase, low, high, number in alike:
            self._by_kind.setdefault((phase, low, high), Counter())[tuple(place)] += number
        self._served: dict[frozenset[tuple[str, int | None, int | None]], Counter[_Place]] = {}

    def served(self, programme: Programme) -> Counter[_Place]:
        """Of those that a programme is for, how many there are in each place."""
        kinds = frozenset(kind for kind in self._by_kind if programme.serves_ages(*kind))
        if kinds not in self._served:  # several programmes are for the same
            found: Counter[_Place] = Counter()
            for kind in kinds:
                for place, number in self._by_kind[kind].items():
                    found[*place, ""] += number
            self._served[kinds] = found
        return self._served[kinds]

    def by_phase(self) -> Counter[_Place]:
        """How many of each phase there are in each authority."""
        found: Counter[_Place] = Counter()
        for (phase, _, _), places in self._by_kind.items():
            for place, number in places.items():
                found[place[0], "", "", phase] += number
        return found


class Checked(NamedTuple):
    """How many rows of the facts there are, how many of them were checked on a day or since, and
    when the oldest was."""

    since: date
    rows: int
    recent: int
    oldest: date

    @property
    def said(self) -> str:
        """ "all 660 rows checked since 22 November 2026"."""
        since = wording.day(self.since)
        if self.recent == self.rows:
            return f"all {self.rows:,} rows checked since {since}"
        oldest = wording.day(self.oldest)
        return (
            f"{self.recent:,} of {self.rows:,} rows checked since {since}, the oldest on {oldest}"
        )


def checked(directory: Directory) -> Checked:
    """When the rows of all tables were checked: the head's lists are told apart."""
    hubs = (hub for p in directory.programmes for hub in directory.hubs(p.id) if not hub.listed)
    days = [
        *(hub.as_of for hub in hubs),
        *(network.checked for network in directory.all_networks()),
        *(partnership.checked for partnership in directory.all_partnerships()),
    ]
    since = directory.checked
    recent = sum(day >= since for day in days)
    return Checked(since, len(days), recent, min(days, default=since))


def summaries(
    directory: Directory, schools: Iterable[SchoolsAlike] | None, day: date
) -> list[TableSummary]:
    """A summary of each programme's table, in order of display, then networks and partnerships.

    `schools` are those open on the day; None leaves them out.
    """
    counted = None if schools is None else _Counted(schools)
    found = [_programme(directory, programme, counted, day) for programme in directory.programmes]
    by_phase = counted.by_phase() if counted else None

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
                schools=_schools(by_phase, confidence_at),
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


def _programme(
    directory: Directory, programme: Programme, counted: _Counted | None, day: date
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
        schools=_schools(counted.served(programme) if counted else None, confidence_at),
    )


def _surest(words: Iterable[Confidence]) -> Confidence | None:
    """The best of the words, None for no word at all; one that isn't told counts as low."""
    return min((word or "low" for word in words), key=ORDER.index, default=None)


def _authorities(directory: Directory, confidence_at: ConfidenceAt) -> Covered:
    return _covered((confidence_at(a.code, "", a.region, ""), 1) for a in directory.authorities())


def _schools(there: Counter[_Place] | None, confidence_at: ConfidenceAt) -> Covered | None:
    if there is None:
        return None
    return _covered((confidence_at(*place), number) for place, number in there.items())


def _covered(found: Iterable[tuple[Confidence | None, int]]) -> Covered:
    total: Counter[Confidence | None] = Counter()
    for word, many in found:
        total[word] += many
    return Covered(total["high"], total["medium"], total["low"], total[None])


def unchanged(directory: Directory, day: date) -> Days:
    """The span of days about a day in which all that is in force on it is so."""
    starts: set[date | None] = {date.min, date.max}
    ends: set[date | None] = set()
    for programme in directory.programmes:
        starts |= {programme.valid_from, programme.first_seen}
        starts |= {count.day for count in programme.counts}
        ends.add(programme.valid_to)
        for hub in directory.hubs(programme.id):
            starts.add(hub.valid_from)
            ends.add(hub.valid_to)
    turns = {turn for turn in starts if turn} | {_after(end) for end in ends if end}
    return max(turn for turn in turns if turn <= day), min(
        (turn for turn in turns if turn > day), default=date.max
    )


def _after(day: date) -> date:
    return day + timedelta(1) if day < date.max else day
