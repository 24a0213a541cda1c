"""The figures of a place's profile in one list, each labelled and defined.

Screen, text, JSON and CSV are drawn from it, so that none has a figure that another lacks. The
definitions are those of docs/localities.md, word for word (a test compares them).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from navigator.core import wording
from navigator.core.church import CHURCHES
from navigator.core.governance import FIGURES, GOVERNANCE
from navigator.core.grid import KM_A_MILE
from navigator.core.model import ALL_THROUGH, COUNTED_AS
from navigator.core.wording import Units
from navigator.domain.profiles import Criterion, Phase, PhaseProfile, Profile

Unit = Literal["schools", "percent", "trusts", "hubs", "km", "number", "bodies"]

PHASE_WORDS: dict[Phase, str] = {
    "primary": "Primary schools",
    "secondary": "Secondary schools",
    "special": "Special schools",
    "all": "All schools",
}

OPENED = "Academies by year of opening"
HUBS = "Hubs that touch it"
BODIES = "Networks and partnerships"
GROUPS = (*PHASE_WORDS.values(), OPENED, HUBS, BODIES)
"""The headings that figures stand under, in the order of the screen."""

SPREAD = "effective_trusts"
"""What a figure for researchers is about: it stands behind a line."""

DEFINITIONS = {
    "schools": "Open state-funded schools on the register in use: maintained schools, academies, "
    "free schools, special schools, pupil referral units. An authority's are those of its code, "
    "also where they stand in another district; a district's are those that stand in it by the "
    "register, whoever runs them.",
    "primary": "Primary schools, middle schools deemed primary among them. Special and alternative "
    "provision are told by type first and don't count here.",
    "secondary": "Secondary schools, with middle schools deemed secondary. All-through schools "
    "count here, once, and not with primary schools, too.",
    ALL_THROUGH: "All-through schools, which are among these schools.",
    "special": "Special schools by type, whatever their ages. Alternative provision counts only "
    "under all schools, as nursery and 16 plus do.",
    "all": "Every open state-funded school of the place, of every phase.",
    "academies": "Open academies and free schools of every kind.",
    "maintained": "Schools run with the local authority: community, voluntary and foundation "
    "schools, nursery schools, pupil referral units.",
    "sat": "Academies whose trust is a single-academy trust on the register.",
    "mat_small": "Academies of multi-academy trusts with 2 to 5 open schools, all over England; "
    "a multi-academy trust with one open school counts here.",
    "mat_medium": "Academies of multi-academy trusts with 6 to 15 open schools, all over England.",
    "mat_large": "Academies of multi-academy trusts with 16 open schools and more, all over "
    "England.",
    "other": "Academies and free schools for which the register names no trust, and city "
    "technology colleges.",
    "trusts": "Academy trusts that run one or more of these schools.",
    SPREAD: "How many trusts of equal size would be as spread out: 1 divided by the "
    "sum of the squared shares that trusts have of these schools in trusts. 1 is one trust alone.",
    "opened": "Today's academies by the year in which they opened as academies (the register's "
    "opening date). Academies that have closed since aren't counted.",
    "trust_here": "How many of a trust's open schools lie in this place: all here; local, 75% and "
    "more; partly here, 25% and more; dispersed, under 25%.",
    "hubs": "Hubs of the programme that are surely the hub of one or more of these schools on the "
    "day looked at. Where an area is divided and the line inside it isn't published, its schools "
    "count for none.",
    "hub_distance": "The middle one (median) of the distances from each of these schools to the "
    "nearest lead school of its own hub, in a straight line on the National Grid; of the nearest "
    "lead school where the programme has no areas.",
    "networks": "Heads' networks that we know of in the authorities of this place. None found "
    "doesn't mean that there is none.",
    "partnerships": "Partnerships and boards that we know of in the authorities of this place; "
    "only the tier “area partnership” is an area-based education partnership.",
    "church_of_england": "Schools whose religious character on the register names the Church of "
    "England, joint schools among them.",
    "catholic": "Schools whose religious character on the register names the Catholic Church, "
    "joint schools among them.",
    "larger": "Schools in medium and large trusts, as a share of these schools.",
}

TEST_WORDS = {
    "academies": "primaries that are academies",
    "early": "middle year in which its academy primaries opened",
    "local-trusts": "of its primaries in trusts, those whose trust is local",
    "recent": "academy primaries opened in the last three years",
    "larger-trusts": "primaries in medium and large trusts",
    "networks": "heads' networks for primaries that we know of",
    "large-trusts": "primaries in large trusts",
    "hubs-far": "to the lead of the Maths or the Teaching School Hub, the nearer of the two",
}

TEST_DEFINITIONS = {
    "academies": "Open primary academies and free schools as a share of open state-funded "
    "primaries. EQuaLLS speaks of “about half” and “about two thirds”; the bounds are ours.",
    "early": "The median of the opening years of today's academy primaries. 2015 is within the "
    "first five years of the Academies Act 2010; the bound is ours.",
    "local-trusts": "Primaries here whose trust has 75% and more of its schools here, as a share "
    "of the primaries here that are in academy trusts; the bound is ours.",
    "recent": "Today's academy primaries that opened in the three years before the register's "
    "day, as a share of those with an opening date. EQuaLLS speaks of “the last two or three "
    "years”; the bound is ours.",
    "larger-trusts": "Primaries in trusts of 6 and more schools as a share of all primaries. The "
    "bound, over 40%, is EQuaLLS's.",
    "networks": "Heads' networks in the authorities of this place that say they are for primaries "
    "and that we don't know to be closed. Our list is incomplete, so this test is the weakest.",
    "large-trusts": "Primaries in trusts of 16 and more schools as a share of all primaries; the "
    "bound is ours, for EQuaLLS's “little influence”.",
    "hubs-far": "The lesser of two medians: the distance from these schools to the lead school of "
    "their Maths Hub, and to that of their Teaching School Hub. Both must be known; the bound is "
    "ours, for EQuaLLS's “far away”.",
}

KIND_WORDS = {
    "first mover": "First mover: academies came early, trusts grew along old partnerships",
    "recent mover": "Recent mover: larger trusts, and recently",
    "assimilator": "Assimilator: a heads' network carries it, hubs are far",
}


class Figure(NamedTuple):
    """One figure of a place.

    `key` names it for good ("primary.maintained"), `group` is the heading it stands under.
    `value` is None where it isn't known; `share` is it as a part of its whole, where it is one.
    `about` is the key of its definition.
    """

    key: str
    group: str
    label: str
    value: float | None
    unit: Unit
    about: str
    share: float | None = None

    @property
    def definition(self) -> str:
        return DEFINITIONS[self.about]

    def said(self, units: Units) -> str:
        """The figure in words: "27", "36%", "5.2 mi"; "–" where there is none."""
        if self.value is None:
            return "–"
        if self.unit == "km":
            return wording.length(self.value, units)
        if self.unit == "percent":
            return wording.percent(self.value)
        if self.unit == "number":
            return f"{self.value:.1f}"
        return f"{self.value:,.0f}"


def figures(profile: Profile) -> Iterable[Figure]:
    """Every figure of a profile, in the order in which the screen has them."""
    for phase, words in PHASE_WORDS.items():
        of = profile.phases[phase]
        schools, *others = _of_phase(phase, words, of)
        yield schools
        if phase == COUNTED_AS[ALL_THROUGH]:
            label, number = "All-through among them", profile.all_through
            share = number / of.schools if of.schools else None
            key = f"{phase}.all_through"
            yield Figure(key, words, label, number, "schools", ALL_THROUGH, share)
        yield from others
    years = profile.opened_by_year
    total = sum(number for _, number in years) + profile.opened_unknown
    yield from (opened(year, number, number / total) for year, number in years)
    for there in profile.hubs:
        if there.programme.rule == "region":
            continue  # only the region is known, which counts nothing here
        id, name, km = there.programme.id, there.programme.name, there.median_km
        yield Figure(f"hubs.{id}", HUBS, name, len(there.hubs), "hubs", "hubs")
        yield Figure(f"miles.{id}", HUBS, f"{name}: distance", km, "km", "hub_distance")
    for key, label, known in (
        ("networks", "Heads' networks known", profile.networks),
        ("partnerships", "Partnerships known", profile.partnerships),
    ):
        yield Figure(key, BODIES, label, len(known), "bodies", key)


def opened(year: int, number: int, share: float) -> Figure:
    """How many of today's academies opened in a year."""
    return Figure(f"opened.{year}", OPENED, str(year), number, "schools", "opened", share)


def _of_phase(phase: Phase, group: str, of: PhaseProfile) -> Iterable[Figure]:
    def figure(
        name: str, label: str, value: float | None, unit: Unit, share: float | None = None
    ) -> Figure:
        about = phase if name == "schools" else name
        return Figure(f"{phase}.{name}", group, label, value, unit, about, share)

    yield figure("schools", "Schools", of.schools, "schools")
    for kind in FIGURES:
        words = GOVERNANCE[kind].title
        yield figure(kind, words, of.governance[kind], "schools", of.share(kind))
    yield figure("academies", "Academies", of.academies, "schools", of.academy_share)
    share = of.share("mat_medium", "mat_large")
    yield figure("larger", "In medium and large trusts", share, "percent", share)
    yield figure("trusts", "Trusts", of.trusts, "trusts")
    yield figure(SPREAD, "Effective number of trusts", of.effective_trusts, "number")
    for church in CHURCHES:
        number = of.churches[church] if of.churches is not None else None
        share = number / of.schools if number is not None and of.schools else None
        name = church.lower().replace(" ", "_")
        yield figure(name, f"{church} schools", number, "schools", share)


def criterion_figure(test: Criterion, units: Units) -> str:
    """A test's figure in words."""
    return _in_unit(test, test.figure, units) if test.figure is not None else wording.NOT_KNOWN


def criterion_bounds(test: Criterion, units: Units) -> str:
    """What passes a test, in words: "from 40% to 60%", "over 40%", "at most 1"."""

    def said(value: float) -> str:
        return _in_unit(test, value, units)

    if test.above is not None:
        return f"over {said(test.above)}"
    if test.at_least is not None and test.at_most is not None:
        return f"from {said(test.at_least)} to {said(test.at_most)}"
    if test.at_least is not None:
        return f"at least {said(test.at_least)}"
    early = test.unit == "year"
    bound = said(test.at_most or 0.0)
    return f"{bound} or before" if early else f"at most {bound}"


def _in_unit(test: Criterion, value: float, units: Units) -> str:
    if test.unit == "percent":
        return wording.percent(value)
    if test.unit == "miles":
        return wording.length(value * KM_A_MILE, units)
    return f"{value:.0f}"
