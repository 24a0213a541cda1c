"""Why each line of a landscape stands there: numbered, each reason told once.

Beneath one document its own; beneath several, or beside them on a page of its own, those of all,
with what is the same for many schools: how a body is reached, and whole lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from navigator.view.documents import Document
from navigator.view.sections import UNMARKED, Card, Entry, Fact, Section

SENTENCES = ("Claim", "Published", "Why")
REASONS = (
    *(*SENTENCES, "Confidence", "Since", "Until", "Status"),
    *("Checked", "Dated", "Source", "Note"),
)
"""The labels of a card's facts that say why a body is shown, in the order in which they are told;
sentences stand without their label."""

LEAST = 3
"""Lines that a list has at least to be told once for several schools."""


class SharedList(NamedTuple):
    """A section that is the same for a `number` of schools, by the letter it has ("A")."""

    name: str
    section: Section
    number: int


class Reasons:
    """The numbered reasons of one document, or of several that share them.

    `prefix` begins the id of each in the page. Where they are `shared`, how a body is reached and
    what is said beneath its line are told with the reason, and `lists` hold the sections that stand
    in several documents.
    """

    def __init__(self, prefix: str, lists: dict[Section, SharedList] | None = None) -> None:
        self.prefix = prefix
        self.held: dict[tuple[Entry, tuple[Fact, ...]], int] = {}
        self.shared = lists is not None
        self._lists = lists or {}

    @classmethod
    def shared_by(cls, documents: Iterable[Document]) -> Reasons:
        """The reasons that some landscapes share."""
        found: Counter[Section] = Counter()
        for one in documents:
            found.update(map(_bare, _could_be_shared(one)))
        several = ((section, number) for section, number in found.items() if number > 1)
        names = _letters()
        return cls("n", {s: SharedList(next(names), s, number) for s, number in several})

    @property
    def lists(self) -> tuple[SharedList, ...]:
        return tuple(self._lists.values())

    def list_of(self, section: Section) -> SharedList | None:
        """The shared list that a section is; None where it is told in its place."""
        if not self._lists or section.legend or len(section.entries) < LEAST:
            return None
        return self._lists.get(_bare(section))

    def number(self, entry: Entry) -> int:
        """The number of the reason for a line; 0 for one without, which says more of another or is
        a school nearby."""
        if entry.marks or entry.fact:
            return 0
        facts = dict(entry.card.facts) if entry.card and not entry.quiet else {}
        why = bool(facts.keys() & {"Claim", "Why"})
        if not why and not (self.shared and entry.reach):
            return 0
        told = tuple((label, facts[label]) for label in REASONS if why and label in facts)
        return self.held.setdefault((self._of(entry), told), len(self.held) + 1)

    def tells(self, number: int) -> bool:
        """Whether a reason tells what else would stand beneath its line."""
        return self.shared and number > 0

    def _of(self, entry: Entry) -> Entry:
        """What the reasons tell of a line: the same for every school."""
        if not self.shared:
            return Entry(entry.text)
        return Entry(
            entry.text,
            label=entry.label if entry.quiet else "",
            detail=entry.detail,
            card=Card(reach=entry.reach),
            quiet=entry.quiet,
            confidence=entry.confidence,
        )


def _could_be_shared(one: Document) -> Iterator[Section]:
    """The named lists of a landscape but those of what is near: "of these 20" is of its own."""
    for group in one.groups[:-1] if one.around else one.groups:
        for section in group.sections:
            if section.title and not section.legend and len(section.entries) >= LEAST:
                yield section


def _bare(section: Section) -> Section:
    """A section with what a document draws of it, and without what the head has on its bodies."""
    entries = (e._replace(own=UNMARKED, week=None, picture=None) for e in section.entries)
    return section._replace(entries=tuple(entries))


def _letters() -> Iterator[str]:
    """A, B … Z, AA, AB …"""
    number = 0
    while True:
        number += 1
        name, left = "", number
        while left:
            left, letter = divmod(left - 1, 26)
            name = chr(65 + letter) + name
        yield name
