"""What a text finds, as sections: schools, and beside them every other kind of body.

The finder, `navigator find` and the search of the plain pages have one order, which is told here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from navigator.core import wording
from navigator.core.keys import BODY_KINDS, KINDS_TOGETHER, NO_BODY
from navigator.core.wording import Units
from navigator.domain.index import FoundBodies, Listed
from navigator.domain.naming import bare
from navigator.register import FoundSchools
from navigator.register.search_words import key as compared
from navigator.view.cards import school_card
from navigator.view.list_pages import index_sections, listed_line
from navigator.view.parts import body_line, card
from navigator.view.sections import Entry, Section

SCHOOLS, OWN = "Schools", KINDS_TOGETHER["own"]

ABOVE = 3
"""Bodies of the very name that stand above the schools."""
FEW = 3
"""Bodies of a kind that stand beneath them."""


class SearchResults(NamedTuple):
    """What a text finds: of schools at most `limit`."""

    text: str
    schools: FoundSchools
    bodies: FoundBodies
    limit: int

    @property
    def full(self) -> bool:
        """Whether there may be more schools."""
        return len(self.schools) == self.limit

    @property
    def lead(self) -> str:
        """What is said over the schools."""
        if self.schools.near_to:
            return self.schools.near_to.said
        return wording.NEAREST if self.schools and self.schools.nearest else ""

    @property
    def counts(self) -> dict[str, str]:
        """How many there are of each kind, schools first: "50+"."""
        schools = {SCHOOLS: f"{len(self.schools)}{'+' if self.full else ''}"}
        others = {kind: f"{len(found):,}" for kind, found in self.bodies.kinds.items()}
        return (schools if self.schools else {}) | others

    @property
    def above(self) -> list[Listed]:
        """The bodies that stand above the schools: those of the very name, or of one that is a
        letter away in a word, unless a school has it."""
        first = self.schools[0].name if self.schools else ""
        if self.bodies.near:
            taken = any(bare(body.name) == bare(first) for body in self.bodies.exact)
        else:
            taken = compared(first).removeprefix("the ") == compared(self.text).removeprefix("the ")
        return [] if self.schools and taken else self.bodies.exact[:ABOVE]

    @property
    def of_the_name(self) -> str:
        """The heading of those above."""
        return "Nearly of this name" if self.bodies.near else "Of this name"

    @property
    def kinds(self) -> tuple[list[str], list[str]]:
        """The kinds of bodies that stand before the schools, and those after them, without those
        of which all stand above."""
        stand = {body.key for body in self.above}
        kinds = [
            kind
            for kind, bodies in self.bodies.kinds.items()
            if not stand.issuperset(body.key for body in bodies)
        ]
        # Where no school has all words, what has them comes first; the head's own always does
        nearest = (self.schools.nearest or not self.schools) and not self.schools.near_to
        first = nearest and not self.bodies.near
        before = [kind for kind in kinds if first or kind == OWN]
        return before, [kind for kind in kinds if kind not in before]


def school_lines(found: SearchResults, units: Units) -> tuple[Entry, ...]:
    """The schools, the best first."""
    return tuple(
        Entry(
            school.name,
            right=str(school.urn),
            detail=wording.school_line(school, wording.length(found.schools.away(school), units)),
            card=school_card(school),
        )
        for school in found.schools
    )


def sections(
    found: SearchResults, units: Units, kind: str = "", few: int | None = FEW
) -> tuple[Section, ...]:
    """All that was found, of each kind but schools a few, or as many as a list holds where `few` is
    None; or all of one kind."""
    kinds = {
        name: [body.told(found.text) for body in bodies[: None if kind else few]]
        for name, bodies in found.bodies.kinds.items()
        if kind in ("", name)
    }
    if kind and kind != SCHOOLS:
        return index_sections(kinds, near=found.bodies.near)
    heading = f"{SCHOOLS} ({found.counts.get(SCHOOLS, '')})"
    lines = school_lines(found, units)
    schools = (Section(heading, lines, lead=found.lead),) if lines else ()
    if kind:
        return schools
    named = [body_line(b.key, b.name, right=_told_apart(b)) for b in found.above]
    once = filter(None, dict.fromkeys(b.once_called(found.text) for b in found.above))
    above = (Section(found.of_the_name, tuple(named), lead=". ".join(once)),) if named else ()
    before, after = (
        index_sections({name: kinds[name] for name in names}, near=found.bodies.near)
        if few is None
        else tuple(_group(found, name, kinds[name]) for name in names)
        for names in found.kinds
    )
    return (*above, *before, *schools, *after)


def _group(box: SearchResults, kind: str, few: Sequence[Listed]) -> Section:
    number = len(box.bodies.kinds[kind])
    lines = [listed_line(body) for body in few]
    if number > len(few):
        text = f"All {number:,}"
        lines.append(Entry(text, card=card(NO_BODY, text), quiet=True, folds=kind))
    lead = wording.NEAREST_BODIES if box.bodies.near else ""
    return Section(f"{kind} ({number:,})", tuple(lines), lead=lead)


def _told_apart(body: Listed) -> str:
    """The kind of a body that stands among others of the same name: "diocese, Catholic", and of a
    hub its programme."""
    if body.key.kind == "hub":
        return body.apart or _kind_of(body)
    return wording.joined(_kind_of(body), body.apart, sign=", ")


def _kind_of(body: Listed) -> str:
    """ "council", "trust": the kind of one body, beside its name."""
    return "place" if body.key.kind == "place" else BODY_KINDS[body.key.kind].lower()
