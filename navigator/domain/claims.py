"""Who covers a school, and why: for each programme what may be said on a day.

What is found is decided in `rules`; here it is told, with sources and distances. Pure: the same
question gets the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from navigator.core import grid, wording
from navigator.core.grid import Nearest
from navigator.core.landscape import Claim, HubAtDistance, HubClaim
from navigator.core.model import Confidence, Hub, Programme, School
from navigator.domain.leads import Leads, Led
from navigator.domain.rules import CONFIDENCE_ORDER, Finding, Rules, best_rows
from navigator.domain.told import ToldClaim

if TYPE_CHECKING:
    from navigator.core.record import Correction
    from navigator.directory import Directory
    from navigator.register import Register

_Place = tuple[str, str, str, str, bool, date]
"""What claims depend on but for distances and whom a programme is for: a school's authority (code
and name), district and region, whether it has a position; the day."""


class Somewhere(Protocol):
    """Where a school is, as far as areas of hubs go."""

    @property
    def la_code(self) -> str: ...
    @property
    def district_name(self) -> str: ...
    @property
    def region(self) -> str: ...


class _Undistanced(NamedTuple):
    """What is told of a finding but for distances: `claim` lacks its hubs where `measured`, that is
    where any of it is told with a distance. `hubs` of the `leds` are claimed, the others mentioned;
    `lone` is where the lead of each is, unless one has none or several. Where a nearer hub is to be
    looked for, `nearest` knows it. `listed` is whether a list of the head's has a hub of it.
    `alike` holds what was told before, by its hubs.
    """

    claim: HubClaim
    leds: Sequence[Led]
    hubs: int
    lone: Sequence[tuple[int, int]] | None
    measured: bool
    nearest: Nearest[Hub] | None
    listed: bool
    alike: dict[tuple[int, ...], HubClaim]


class _Undecided(NamedTuple):
    """What a place has of a programme where each school's own distances decide more: which hub, or
    which comes first. `found` is what one of its schools has; `told` holds what was told before, by
    the hubs in their order."""

    programme: Programme
    found: Finding
    told: dict[tuple[int, ...], _Undistanced]


_Told = ToldClaim | _Undistanced | _Undecided
"""What all schools of a place are told of a programme, or what each one's own is made of."""

_Here = dict[tuple[str, bool], _Told]
"""What is told of each programme in a place, by its id and whether it is for a school."""


class _OfPlace(NamedTuple):
    """What the schools of a place are told that are of a phase, and for which the same programmes
    are: `first` what the first was told, `own` that of it, by its number, of which each school has
    its own."""

    first: list[ToldClaim]
    own: Sequence[tuple[int, _Told]]


class Claims:
    """Answers from one register and one directory.

    It remembers what many landscapes ask again: lead schools, and all that is told of a claim but
    for distances, which is the same for every school of a place. So keep one for a batch. Not
    thread-safe: one thread, one of these.
    """

    def __init__(self, register: Register, directory: Directory) -> None:
        self._register = register
        self._directory = directory
        self.leads = Leads(register, directory)
        self._rules = Rules(directory, self.leads)
        self._places: dict[_Place, _Here] = {}
        self._kinds: dict[tuple[str, tuple[bool, ...]], dict[_Place, _OfPlace]] = {}
        self._ages: dict[tuple[str, int | None, int | None], dict[_Place, _OfPlace]] = {}
        self._undistanced: dict[tuple[object, ...], _Undistanced] = {}
        self._named: dict[tuple[str, date], int] = {}
        self._sure: dict[tuple[str, str, str, str, date], frozenset[str] | None] = {}

    def of_school(self, school: School, day: date) -> tuple[HubClaim, ...]:
        """What may be said about each programme, in the order of the school's phase.

        A programme that hadn't begun on `day`, as far as is known, is left out.
        """
        return tuple([told.whole for told in self.told(school, day)])

    def told(self, school: School, day: date) -> list[ToldClaim]:
        """As `of_school`, apart from distances: for whoever writes thousands of schools."""
        place, kind = _place(school, day), self._kind(school)
        of_place = kind.get(place)
        if of_place is None:
            of_place = kind[place] = self._of_kind(school, day)
        told = of_place.first.copy()
        for number, found in of_place.own:
            told[number] = self._tell(found, school, day)
        return told

    def _kind(self, school: School) -> dict[_Place, _OfPlace]:
        """What is told in each place to schools of its phase for which the same programmes are."""
        by = school.phase, school.low_age, school.high_age
        kind = self._ages.get(by)
        if kind is None:
            serves = tuple([p.serves_ages(*by) for p in self._directory.programmes])
            kind = self._ages[by] = self._kinds.setdefault((school.phase, serves), {})
        return kind

    def _of_kind(self, school: School, day: date) -> _OfPlace:
        order = map(self._directory.programme, self._directory.order(school.phase))
        here = self._places.setdefault(_place(school, day), {})
        found = [self._of_place(here, p, school, day) for p in order if p.begun(day)]
        own = [(n, one) for n, one in enumerate(found) if not isinstance(one, ToldClaim)]
        return _OfPlace([self._tell(one, school, day) for one in found], own)

    def of(self, programme: Programme, school: School, day: date) -> HubClaim:
        """What may be said about one programme and one school on a day. Where a list that the head
        took in says it, what is published otherwise stays beneath."""
        here = self._places.setdefault(_place(school, day), {})
        return self._tell(self._of_place(here, programme, school, day), school, day).whole

    def _tell(self, found: _Told, school: School, day: date) -> ToldClaim:
        """What is told to a school of what its place has."""
        if isinstance(found, ToldClaim):
            return found
        if isinstance(found, _Undecided):
            found = self._decided(found, school, day)
        told = self._measured(found, school, day) if found.measured else ToldClaim(found.claim)
        return self._by_list(told.whole, school, day) if found.listed else told

    def _by_list(self, told: HubClaim, school: School, day: date) -> ToldClaim:
        """A claim that a list of the head's makes, with what is published otherwise beneath."""
        programme, listed = told.programme, told.hubs[0].hub
        ours = self._ours.of(programme, school, day)
        why = f"By the list that you took in on {wording.day(listed.as_of)}: {told.why}"
        same = ours.claim is told.claim and _ids(ours) == _ids(told)
        return ToldClaim(told._replace(why=why, published=None if same else ours), None)

    @cached_property
    def _ours(self) -> Claims:
        """The claims without the head's lists."""
        return Claims(self._register, self._directory.without_lists)

    def hub_ids(self, programme: Programme, place: Somewhere, day: date) -> frozenset[str] | None:
        """Ids of the programme's hubs that surely are a place's: those designated, all that name
        it whole, or its region's only one. None where it isn't sure which, or no hub is known."""
        key = (programme.id, place.la_code, place.district_name, place.region, day)
        if key not in self._sure:
            self._sure[key] = self._surely(programme, key, day)
        return self._sure[key]

    def _surely(
        self, programme: Programme, place: tuple[str, str, str, str, date], day: date
    ) -> frozenset[str] | None:
        if programme.rule == "nearest":
            return None
        covers = best_rows([c for c in self._directory.covering_place(*place) if c.firm])
        if programme.rule == "area":
            covers = [c for c in covers if c.area.kind in ("LA", "district")]
        elif programme.rule == "names-area":
            covers = [c for c in covers if not c.inferred]
        elif not self._all_named(programme, day) or any(c.area.kind != "region" for c in covers):
            return None
        if programme.rule != "names-area" and len(covers) > 1:
            return None
        if not all(c.exact for c in covers):
            return None
        # A list of areas is whole: what isn't on it is none of them.
        found = frozenset(c.hub.id for c in covers)
        return found if found or programme.areas_only else None

    def _all_named(self, programme: Programme, day: date) -> bool:
        counted = programme.counted(day)
        return counted is not None and self._count_named(programme, day) >= counted.hubs

    def regional(self, programme: Programme, region: str, day: date) -> list[Hub]:
        """The hubs of a programme in force in a region, those of low confidence left out."""
        return self._rules.regional(programme, region, day)

    def corrected(self, claim: HubClaim, school: School, correction: Correction) -> HubClaim:
        """What the head set in place of a claim; the claim stays beneath it as published."""
        pairs = zip(correction.names, correction.hubs, strict=True)
        at = [
            self.leads.at_set(self._set_hub(claim.programme, correction, *pair), school)
            for pair in pairs
        ]
        if not at:
            return claim
        return HubClaim(
            programme=claim.programme,
            claim=Claim.SET_BY_YOU,
            hub=at[0],
            alternatives=tuple(at[1:]),
            nearest=None,
            why="You set it.",
            valid_from=None,
            valid_to=None,
            from_said="",
            to_said="",
            followed_by=claim.followed_by,
            source="You",
            as_of=correction.day,
            confidence="",
            website=at[0].hub.website,
            note="",
            named=0,
            counted=None,
            serves=claim.serves,
            published=claim,
            corrected=correction,
        )

    def _set_hub(self, programme: Programme, correction: Correction, name: str, hub_id: str) -> Hub:
        """Our hub of that id; one of which only the name is known where our table has none."""
        for hub in self._directory.hubs(programme.id):
            if hub_id and hub.id == hub_id:
                # Who leads it is our fact; that it is this school's is the head's.
                day = correction.day or hub.as_of
                return hub._replace(confidence="", note="", source="You", as_of=day)
        return Hub.only_named(programme.id, name, "You", correction.day or programme.checked)

    # --- what a place is told ---

    def _of_place(self, here: _Here, programme: Programme, school: School, day: date) -> _Told:
        """What is told of a programme to all schools of a place for which it is, or isn't."""
        key = programme.id, programme.serves_school(school)
        told = here.get(key)
        if told is None:
            told = here[key] = self._first_of_place(programme, school, day)
        return told

    def _first_of_place(self, programme: Programme, school: School, day: date) -> _Told:
        found = self._rules.find(programme, school, day)
        if found.by_distance:
            undecided = _Undecided(programme, found, {})
            told = self._decided(undecided, school, day)
            if told.measured:
                return undecided
        else:
            told = self._said(programme, school, day, found)
        return told if told.measured or told.listed else ToldClaim(told.claim)

    def _decided(self, undecided: _Undecided, school: School, day: date) -> _Undistanced:
        """What is told to a school where its distances decide more."""
        programme, found, told = undecided
        if found.claim is Claim.NEAREST:
            near = self.leads.nearest(programme, school, day)
            hubs = [near] if near else []
        else:
            hubs = self.leads.by_distance(found.pool, school)
        # The directory keeps its hubs, so their ids stay theirs
        key = tuple(map(id, hubs))
        held = told.get(key)
        if held is None:
            found = self._rules.find(programme, school, day)
            held = told[key] = self._said(programme, school, day, found)
        return held

    def _said(
        self, programme: Programme, school: School, day: date, found: Finding
    ) -> _Undistanced:
        """What is told of a finding but for distances: the same in many places."""
        hubs = (*map(id, found.hubs), 0, *map(id, found.maybe))
        key = (
            *(programme.id, programme.serves_school(school), school.has_position, day),
            *(found.claim, found.why, found.applied, hubs),
        )
        told = self._undistanced.get(key)
        if told is None:
            told = self._undistanced[key] = self._without_distances(programme, school, day, found)
        return told

    def _measured(self, told: _Undistanced, school: School, day: date) -> ToldClaim:
        """What is told, with distances from a school."""
        east, north = school.easting, school.northing
        others: dict[int, HubAtDistance] = {}  # where a hub's leads stand by their distances
        if told.lone is not None and east is not None and north is not None:
            far: list[float | None] = [grid.km(east, north, *at) for at in told.lone]
        else:
            far = []
            for number, led in enumerate(told.leds):
                others[number], kms = self.leads.seen_from(led, school)
                far += kms
        nearest = self._nearer(told, school, day) if told.nearest else None
        if nearest:
            others[-1], kms = self.leads.seen_from(nearest, school)
            far += kms
        key = tuple(map(id, others.values()))
        alike = told.alike.get(key)
        if alike is None:
            at = [others.get(n, led.at) for n, led in enumerate(told.leds)]
            alike = _with_hubs(told.claim, at[: told.hubs], at[told.hubs :], others.get(-1))
            told.alike[key] = alike
        return ToldClaim(alike, far)

    def _nearer(self, told: _Undistanced, school: School, day: date) -> Led | None:
        """The nearest hub, where that is none of those that are told."""
        near = told.nearest.to(school) if told.nearest else None
        if near is None or near.id in [led.at.hub.id for led in told.leds[: told.hubs]]:
            return None
        return self.leads.led(near, day)

    def _without_distances(
        self, programme: Programme, school: School, day: date, found: Finding
    ) -> _Undistanced:
        claim, hubs = found.claim, found.hubs
        leds = [self.leads.led(hub, day) for hub in (*hubs, *found.maybe)]
        far = [self.leads.seen_from(led, school)[1][:1] for led in leds]
        first = hubs[0] if hubs else None
        begun = first or programme
        over = first if first and first.valid_to else programme
        # Of a programme that is over none is in force: no need to read its table.
        named = 0 if claim is Claim.ENDED else self._count_named(programme, day)
        counted = programme.counted(day)
        # Another hub is only nearer if we know how far our own is, or know every hub there is.
        # Where a school may approach any, the nearest that we know is better than none.
        known = all(km not in ([], [None]) for km in far[: len(hubs)] or far)
        all_named = counted is not None and named >= counted.hubs > 0
        by_area = programme.rule == "names-area"
        nearest = (
            known
            and bool(hubs or all_named or (claim is Claim.NONE_FOUND and by_area))
            and claim not in (Claim.ENDED, Claim.NEAREST)
            and programme.rule != "region"
            and programme.serves_school(school)
        )
        told = HubClaim(
            programme=programme,
            claim=claim,
            hub=None,
            alternatives=(),
            nearest=None,
            why=found.why,
            # A hub's start may be unknown though its programme's isn't; its end is then the latest.
            valid_from=begun.valid_from,
            valid_to=over.valid_to,
            from_said=begun.from_said,
            to_said=over.to_said,
            followed_by=programme.followed_by,
            source=first.source if first else programme.source,
            as_of=first.as_of if first else programme.checked,
            confidence=_weakest(hubs),
            website=first.website if first else "",
            note=" ".join(t for t in (programme.note, first.note if first else "") if t),
            named=named,
            counted=counted,
            serves=programme.serves_school(school),
            applied=found.applied,
        )
        measured = nearest or any(km not in ([], [None]) for km in far)
        if not measured:
            at = [led.at for led in leds]
            told = _with_hubs(told, at[: len(hubs)], at[len(hubs) :])
        lone = [led.lone for led in leds if led.lone]
        return _Undistanced(
            told,
            leds,
            len(hubs),
            lone if len(lone) == len(leds) else None,
            measured,
            self.leads.finder(programme, day) if nearest else None,
            any(led.at.hub.listed for led in leds),
            {},
        )

    def _count_named(self, programme: Programme, day: date) -> int:
        key = (programme.id, day)
        if key not in self._named:
            self._named[key] = self._directory.named(programme.id, day)
        return self._named[key]


def _place(school: School, day: date) -> _Place:
    at = school.la_code, school.la_name, school.district_name, school.region
    return *at, school.has_position, day


def _with_hubs(
    claim: HubClaim,
    at: Sequence[HubAtDistance],
    mentioned: Sequence[HubAtDistance],
    nearest: HubAtDistance | None = None,
) -> HubClaim:
    if claim.claim is Claim.ONE_OF:
        # Of several candidates none is named as the hub: the choice isn't ours to make.
        return claim.with_hubs(None, (*at, *mentioned), nearest)
    return claim.with_hubs(at[0] if at else None, (*at[1:], *mentioned), nearest)


def _ids(claim: HubClaim) -> set[str]:
    return {at.hub.id for at in claim.put_forward}


def _weakest(hubs: Sequence[Hub]) -> Confidence:
    known: list[Confidence] = [hub.confidence for hub in hubs]
    return max(known, key=CONFIDENCE_ORDER.__getitem__, default="")
