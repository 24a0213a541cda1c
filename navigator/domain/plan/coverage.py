"""What the plan covers, shown as gaps and never as a score: nothing here is counted up or rated.

The six parts of mathematical knowledge for teaching and the six elements of quality are as listed
by the EQuaLLS project (post 5; the elements there after Heck and others, 2019). The four groups of
mechanisms are those of the Education Endowment Foundation's guidance on professional development.
Which of them an activity has is for the head to tick; Navigator infers none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from navigator.core import wording
from navigator.core.activity import AHEAD, YEAR_GROUPS, Activity, Status
from navigator.core.keys import Key
from navigator.core.landscape import Claim, HubClaim, Landscape
from navigator.domain.plan import providers

PARTS = {
    "own-mathematics": "Own mathematics",
    "approaches": "The range of approaches",
    "understanding": "The understanding that supports it and that it supports",
    "teaching": "How to teach it",
    "learning": "How children learn and misunderstand it",
    "curriculum": "The curriculum",
}
"""Mathematical knowledge for teaching, as listed by EQuaLLS: id -> words."""

QUALITY = {
    "duration": "Duration",
    "content": "Content focus",
    "coherence": "Coherence",
    "active": "Active, practice-based learning",
    "collective": "Collective participation",
    "facilitation": "Expert facilitation",
}
"""Elements of good professional learning in mathematics, as listed by EQuaLLS: id -> words."""

MECHANISMS = {
    "knowledge": "Build knowledge",
    "motivate": "Motivate",
    "techniques": "Develop techniques",
    "embed": "Embed practice",
}
"""The EEF's four groups of mechanisms: id -> words."""

TICKED = (
    ("parts", "Mathematical knowledge for teaching, as listed by EQuaLLS", PARTS),
    ("quality", "Elements of quality, as listed by EQuaLLS", QUALITY),
    ("mechanisms", "Groups of mechanisms (EEF)", MECHANISMS),
)
"""What a head ticks: the activity's field, its title, its words by id."""

TICKS = {field: words for field, _, words in TICKED}
"""The words that can be ticked, by the activity's field and by id."""

NOTHING = "nothing yet"

_ASK = {
    "parts": ("maths-hub",),
    "quality": ("maths-hub", "teaching-school-hub"),
    "mechanisms": ("research-school", "teaching-school-hub"),
    "years": ("maths-hub",),
}
"""Programmes whose purpose is of the kind; that they offer just this isn't known, so: ask."""


def tick(field: str, text: str) -> str:
    """The id of what can be ticked in a field, by its id or its words; "" for none such."""
    wanted = text.strip().casefold()
    return next((i for i, said in TICKS[field].items() if wanted in (i, said.casefold())), "")


BALANCED = {
    "mechanisms": ("a mechanism of each group", "no mechanism yet of"),
    "quality": ("each element of quality", "not ticked"),
}
"""Of an activity that has them all, and before those that it lacks: one activity is to have a
mechanism of each of the EEF's groups (its guidance), and each element as EQuaLLS lists them."""


def balance(activity: Activity, field: str) -> str:
    """Which groups of mechanisms, or elements of quality, an activity has all of or lacks; "" where
    none is ticked: then nobody has said."""
    ticked: tuple[str, ...] = getattr(activity, field)
    if not ticked:
        return ""
    whole, before = BALANCED[field]
    lacking = [said for name, said in TICKS[field].items() if name not in ticked]
    return f"{before}: {'; '.join(lacking)}" if lacking else whole


class Offer(NamedTuple):
    """Who might offer what is missing: a hub of the landscape, and on what claim it is shown.

    `words` are the claim's own ("Your area's hub"); more isn't known: whether they offer it is to
    be asked.
    """

    key: Key
    name: str
    words: str


class Cell(NamedTuple):
    """A thing that may be covered, and the activities said to cover it.

    `firm` are confirmed, under way or done; `possible` are considered or applied for. `offers` is
    empty where anything covers it.
    """

    id: str
    name: str
    firm: tuple[Activity, ...]
    possible: tuple[Activity, ...]
    offers: tuple[Offer, ...] = ()

    @property
    def words(self) -> str:
        """The activities' titles, "if it comes about: …", or "nothing yet"."""
        told = [a.title for a in self.firm]
        if self.possible:
            titles = ", ".join(a.title for a in self.possible)
            told.append(f"if it comes about: {titles}")
        return "; ".join(told) or NOTHING


class Relied(NamedTuple):
    """A provider and the activities it provides."""

    key: Key
    name: str
    activities: tuple[Activity, ...]


class Cover(NamedTuple):
    """The plan's coverage. `unticked` are activities for which the head ticked nothing: gaps may be
    theirs, so it is to be said."""

    parts: tuple[Cell, ...]
    quality: tuple[Cell, ...]
    mechanisms: tuple[Cell, ...]
    years: tuple[Cell, ...]
    providers: tuple[Relied, ...]
    unticked: tuple[Activity, ...]

    @property
    def groups(self) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
        """(title, cells) in the order of the screen."""
        titles = (*(title for _, title, _ in TICKED), "Year groups reached")
        cells = (self.parts, self.quality, self.mechanisms, self.years)
        return tuple(zip(titles, cells, strict=True))


def cover(activities: Iterable[Activity], landscape: Landscape | None = None) -> Cover:
    """What the activities cover; what was declined covers nothing.

    Args:
        activities: Those to look at: a year's, or all.
        landscape: The school's, for who might offer what is missing and for its year groups; None
            where the head's school isn't known.
    """
    every = [a for a in activities if a.status is not Status.DECLINED]
    offered = _offers(landscape)
    return Cover(
        _cells(PARTS, every, "parts", offered["parts"]),
        _cells(QUALITY, every, "quality", offered["quality"]),
        _cells(MECHANISMS, every, "mechanisms", offered["mechanisms"]),
        _cells(_year_groups(every, landscape), every, "year_groups", offered["years"]),
        _relied(every),
        tuple(a for a in every if not (a.parts or a.quality or a.mechanisms)),
    )


def _cells(
    words: dict[str, str], activities: Iterable[Activity], field: str, offers: tuple[Offer, ...]
) -> tuple[Cell, ...]:
    having: dict[str, list[Activity]] = defaultdict(list)
    for activity in activities:
        for ticked in getattr(activity, field):
            having[ticked].append(activity)
    return tuple(
        Cell(
            name,
            said,
            tuple(a for a in having[name] if a.status not in AHEAD),
            tuple(a for a in having[name] if a.status in AHEAD),
            () if having[name] else offers,
        )
        for name, said in words.items()
    )


def _year_groups(activities: Iterable[Activity], landscape: Landscape | None) -> dict[str, str]:
    """The school's year groups by its ages, or those of a primary; and all that are named."""
    low, high = 4, 11
    school = landscape.school if landscape else None
    if school and school.low_age is not None and school.high_age is not None:
        low, high = school.low_age, school.high_age
    own = [group for age, group in enumerate(YEAR_GROUPS, 3) if low <= age < max(high, low + 1)]
    named = [group for activity in activities for group in activity.year_groups]
    known = [g for g in YEAR_GROUPS if g in own or g in named]
    return {group: group for group in (*known, *(g for g in named if g not in YEAR_GROUPS))}


def _relied(activities: Iterable[Activity]) -> tuple[Relied, ...]:
    activities = tuple(activities)
    identify = providers.identifier(activities)
    by: dict[str, list[Activity]] = defaultdict(list)
    for activity in activities:
        if provider := identify(activity):
            by[provider].append(activity)
    named = ((max(a, key=lambda one: bool(one.provider)), a) for a in by.values())
    found = [Relied(a.provider, a.provider_name or a.provider, tuple(of)) for a, of in named]
    return tuple(sorted(found, key=lambda r: (-len(r.activities), r.name.casefold())))


def _offers(landscape: Landscape | None) -> dict[str, tuple[Offer, ...]]:
    claims = {c.programme.id: c for c in landscape.hubs} if landscape else {}
    return {
        kind: tuple(o for p in programmes if p in claims for o in _of_claim(claims[p]))
        for kind, programmes in _ASK.items()
    }


def _of_claim(claim: HubClaim) -> tuple[Offer, ...]:
    """The hubs that a claim puts forward, in its own words; none where it claims none."""
    if claim.claim in (Claim.ENDED, Claim.NONE_FOUND):
        return ()
    words = wording.claim_phrase(claim)
    programme = claim.programme
    if claim.hub is None and claim.claim is not Claim.ONE_OF:
        names = claim.corrected.names if claim.corrected else ()
        return tuple(Offer(programme.key, name, words) for name in names)
    return tuple(
        Offer(at.hub.key, _named(programme.name, at.hub.name), words) for at in claim.put_forward
    )


def _named(programme: str, hub: str) -> str:
    """A hub with its programme, which many a hub's own name holds already."""
    return hub if programme.casefold() in hub.casefold() else f"{programme} {hub}"
