"""What the one box finds, as sections: schools, and beside them every other kind of body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from navigator.core import wording
from navigator.core.keys import BODY_KINDS, KINDS_TOGETHER, NO_BODY
from navigator.domain.index import FoundBodies, Listed
from navigator.register.search_words import key as compared
from navigator.view.list_pages import index_sections, listed_line
from navigator.view.parts import body_line, card
from navigator.view.sections import Entry, Section

SCHOOLS, OWN = "Schools", KINDS_TOGETHER["own"]

ABOVE = 3
"""Bodies of the very name that stand above the schools."""
FEW = 3
"""Bodies of a kind that stand beneath them."""


class FoundInBox(NamedTuple):
    """What a text finds. `schools` are lines, the first of the school called `first`; `full` where
    there may be more of them; `nearest` where none has all words; `lead` is said over them."""

    text: str
    schools: Sequence[Entry]
    bodies: FoundBodies
    first: str = ""
    full: bool = False
    nearest: bool = False
    lead: str = ""

    @property
    def counts(self) -> dict[str, str]:
        """How many there are of each kind, schools first: "50+"."""
        schools = {SCHOOLS: f"{len(self.schools)}{'+' if self.full else ''}"}
        others = {kind: f"{len(found):,}" for kind, found in self.bodies.kinds.items()}
        return (schools if self.schools else {}) | others

    @property
    def above(self) -> list[Listed]:
        """The bodies that stand above the schools: those of the very name, unless a school has
        it."""
        names = {compared(name).removeprefix("the ") for name in (self.first, self.text)}
        return [] if self.schools and len(names) == 1 else self.bodies.exact[:ABOVE]


def sections(box: FoundInBox, kind: str = "") -> tuple[Section, ...]:
    """All that was found, of each kind but schools a few; or all of one kind."""
    kinds = {
        name: [body.told(box.text) for body in found[: None if kind else FEW]]
        for name, found in box.bodies.kinds.items()
        if kind in ("", name)
    }
    if kind and kind != SCHOOLS:
        return index_sections(kinds, near=box.bodies.near)
    heading = f"{SCHOOLS} ({box.counts.get(SCHOOLS, '')})"
    schools = (Section(heading, tuple(box.schools), lead=box.lead),) if box.schools else ()
    if kind:
        return schools
    named = [body_line(b.key, b.name, right=_told_apart(b)) for b in box.above]
    once = filter(None, dict.fromkeys(b.once_called(box.text) for b in box.above))
    above = (Section("Of this name", tuple(named), lead=". ".join(once)),) if named else ()
    stand = {body.key for body in box.above}
    groups = tuple(
        _group(box, name, few)
        for name, few in kinds.items()
        if not stand.issuperset(body.key for body in box.bodies.kinds[name])
    )
    # Where no school has all words, what has them comes first; the head's own always does
    first = box.nearest and not box.bodies.near
    before = [group for group in groups if first or group.title.startswith(OWN)]
    return (*above, *before, *schools, *(group for group in groups if group not in before))


def _group(box: FoundInBox, kind: str, few: Sequence[Listed]) -> Section:
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
        return body.apart or kind_of(body)
    return wording.joined(kind_of(body), body.apart, sign=", ")


def kind_of(body: Listed) -> str:
    """ "council", "trust": the kind of one body, beside its name."""
    return "place" if body.key.kind == "place" else BODY_KINDS[body.key.kind].lower()
