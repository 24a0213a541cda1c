"""What may differ between two registers, and how it is told."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple, get_args

from navigator.core import wording
from navigator.core.keys import Key

ChangeKind = Literal[
    "opened",
    "closed",
    "converted",
    "to-open",
    "to-close",
    "moved",
    "renamed",
    "authority",
    "phase",
    "ages",
    "diocese",
    "position",
    "reach",
    "new-hub",
    "hub-ended",
    "lead-changed",
]
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
"""In the order in which they are told."""

TITLES: dict[ChangeKind, str] = {
    "opened": "Opened",
    "closed": "Closed",
    "converted": "Became another school",
    "to-open": "Proposed to open",
    "to-close": "Proposed to close",
    "moved": "Moved trust",
    "renamed": "Renamed",
    "authority": "Another authority",
    "phase": "Another phase",
    "ages": "Another age range",
    "diocese": "Another diocese",
    "position": "Position lost or moved",
    "reach": "Another website or telephone",
    "new-hub": "Hubs that are new here",
    "hub-ended": "Hubs that ended or no longer stand here",
    "lead-changed": "Hubs with another lead school",
}


class Difference(NamedTuple):
    """One thing that changed.

    `key` is the body's, as a card has it; of a school that has a successor the successor's. `name`
    is what it is called now, or was called last. `before` and `after` are what changed, each "" for
    nothing. `urn` is the school to open, None for other bodies. `day` is None where none is told.
    `words` says it in a line, without the name and the day.
    """

    kind: ChangeKind
    key: Key
    name: str
    before: str
    after: str
    day: date | None
    words: str
    urn: int | None = None


class Changes(NamedTuple):
    """What changed from the register of one day to that of another, by kind and then by name."""

    since: date
    until: date
    differences: tuple[Difference, ...]

    @property
    def keys(self) -> frozenset[Key]:
        return frozenset(d.key for d in self.differences)

    def of(self, kind: ChangeKind) -> tuple[Difference, ...]:
        return tuple(d for d in self.differences if d.kind == kind)


# --- in words ---


def headline(changes: Changes) -> str:
    """ "4 changes since 17 Jul 2025"."""
    said = wording.count(len(changes.differences), "change")
    return f"{said} since {wording.short_day(changes.since)}"


def summary(changes: Changes) -> str:
    """ "2 opened, 1 renamed"; "" for none."""
    counts = ((TITLES[kind].lower(), len(changes.of(kind))) for kind in KINDS)
    return ", ".join(f"{title} {number:,}" for title, number in counts if number)
