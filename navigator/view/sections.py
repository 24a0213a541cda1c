"""The shape of all that is said: sections of entries, and a card for each body an entry names.

Screen, plain text, HTML, tables and Markdown are all drawn from these, so none of them can say
more, less or otherwise than the others. Annotations here are not postponed, as in `core.model`.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import wording
from navigator.core.keys import NO_BODY, Key
from navigator.core.landscape import Sureness
from navigator.core.model import Confidence
from navigator.core.reach import Reach
from navigator.core.record import Marks, OwnRecord

if TYPE_CHECKING:
    from navigator.view.chart import Chart
    from navigator.view.pictures import Picture

UNMARKED = Marks()

Fact = tuple[str, str]
"""A label and its value."""


class Card(NamedTuple):
    """All that is known of one body: what its detail panel shows, top to bottom.

    `key` names the body for good ("hub:maths-hub/central", "school:100000"), without a hub's id
    where the head named one that our table lacks ("hub:maths-hub/"); it is "" on a line that leads
    nowhere. `website` is "" or an http(s) address; `copy` is what `y` copies. `reach` is how the
    body is reached, None where no way is known.
    """

    key: Key = NO_BODY
    kind: str = ""
    title: str = ""
    lead: str = ""
    facts: tuple[Fact, ...] = ()
    website: str = ""
    copy: str = ""
    reach: Reach | None = None

    @property
    def urn(self) -> int | None:
        """The school whose landscape can be opened from here, None for none."""
        return self.key.urn


class DayItem(NamedTuple):
    """What stands on a day, or on days side by side, of a week in a calendar.

    `first` and `last` are 0 for Monday to 6. Own days ("holiday", "inset") are a band over their
    days. `start` is "13:30", "" where none is known. `tell` gives it in full, None for what only
    marks a day: a year has thousands of them, and only the one under the cursor is told.
    """

    kind: str
    first: int
    last: int
    text: str
    start: str = ""
    tell: "Callable[[], DayTold] | None" = None


class DayTold(NamedTuple):
    """What stands on a day, in full: `entry` leads to its activity, `warned` are the clashes it is
    in, in sentences."""

    entry: "Entry"
    warned: tuple[str, ...] = ()


class WeekDays(NamedTuple):
    """A week as a calendar draws it: its Monday, its number among its term's weeks of school (0 in
    a holiday, and beyond the term), the week told in full, and what stands on its days, bands
    first."""

    monday: date
    number: int
    entry: "Entry"
    items: tuple[DayItem, ...] = ()


class Entry(NamedTuple):
    """One line of a section: label, text, what stands at the right, and a quieter second line.

    `brief` is the text where room is short and the label says the rest. `marks` are (letter,
    shared) pairs, for nearby schools only: None where that isn't sure. A `quiet` line says more of
    the one above, a `fact` is a label's value; others are names. `confidence` is said beside it
    unless it is high. `own` is what the head has on the body: `marked` fills it in. `cells` are the
    columns of a table, under the section's legend; `share`, from 0 to 1, is drawn as a bar where
    there is room. `blocks` are (heading, text) of several lines that stand side by side in place of
    all else. `sure` is how surely a body is the school's, `said` what is told of that in place of
    its word. A line that `folds` stands for others, which it shows and hides: the name of what it
    holds. `week` is what a calendar draws in place of the line. A `picture` is what a screen draws
    in place of the text, which says the same in words.
    """

    text: str
    label: str = ""
    brief: str = ""
    right: str = ""
    detail: str = ""
    marks: tuple[tuple[str, bool | None], ...] = ()
    card: Card | None = None
    quiet: bool = False
    fact: bool = False
    confidence: Confidence = ""
    own: Marks = UNMARKED
    cells: tuple[str, ...] = ()
    share: float | None = None
    blocks: tuple[Fact, ...] = ()
    sure: Sureness | None = None
    said: str = ""
    folds: str = ""
    week: WeekDays | None = None
    picture: "Picture | None" = None

    @property
    def sureness(self) -> str:
        """How sure it is, in words; "" where nothing is told of that."""
        return self.said or (wording.SURENESS[self.sure][1] if self.sure else "")

    @property
    def reach(self) -> Reach | None:
        """How its body is reached; None for a line that says more of the one above, and in a table
        of schools."""
        more = self.marks or (self.quiet and not self.label)
        return self.card.reach if self.card and not more else None

    @property
    def through(self) -> str:
        """Whose the ways to reach it are, before them; "" for its own."""
        reach = self.reach
        if reach is None or reach.of == "own":
            return ""
        return "Finder: " if reach.of == "finder" else f"Through {self._lead(reach.name)}: "

    @property
    def telephone(self) -> str:
        """The telephone to reach it, with whose office it is where that isn't told before it."""
        reach = self.reach
        if reach is None or not reach.office:
            return reach.telephone if reach else ""
        return f"{reach.telephone} ({self._lead(reach.office)})"

    def _lead(self, name: str) -> str:
        """The school that leads it, once where the line beneath names it."""
        return "its lead school" if name in self.detail else name


class Section(NamedTuple):
    """A heading with its entries; `empty` is said where there are none, `after` beneath them.

    `lead` is said under the heading.

    A section of entries with marks is a table: `legend` heads the marks, `unit` the distances. So
    is one of entries with cells: `legend` heads them; of a calendar's weeks `unit` tells how many.
    A `chart` is a map in place of entries. On a screen all that stands `behind` a line is that
    line, until it is opened. `keys` tells what keys of the app do there, {note} for the key of the
    command note: a screen alone says it.
    """

    title: str
    entries: tuple[Entry, ...] = ()
    empty: str = ""
    after: str = ""
    legend: tuple[str, ...] = ()
    unit: str = ""
    chart: "Chart | None" = None
    lead: str = ""
    behind: str = ""
    keys: str = ""


class Page(NamedTuple):
    """What a body's screen shows. `key` names the body, `reach` is how it is reached, as in `Card`;
    `website` is that of a page which has no such way."""

    key: Key
    kind: str
    title: str
    sections: tuple[Section, ...]
    website: str = ""
    reach: Reach | None = None


class Column(NamedTuple):
    """A group of sections under one heading: one of the three readings of "local", a tab, a part of
    a document. `number` is its place where the groups are numbered."""

    title: str
    sections: tuple[Section, ...]
    number: int = 0


def marked(sections: Iterable[Section], record: OwnRecord) -> tuple[Section, ...]:
    """The sections with what the head has on each body beside it, once where lines repeat it."""
    return tuple(
        section._replace(
            entries=tuple(
                entry if before and _key(entry) == _key(before) else mark(entry, record)
                for before, entry in zip((None, *section.entries), section.entries, strict=False)
            )
        )
        for section in sections
    )


def _key(entry: Entry) -> Key:
    return entry.card.key if entry.card else NO_BODY


def mark(entry: Entry, record: OwnRecord) -> Entry:
    """An entry with what the head has on its body beside it."""
    if entry.card is None or not entry.card.key:
        return entry
    marks = record.marks(entry.card.key)
    return entry._replace(own=marks) if marks != UNMARKED else entry
