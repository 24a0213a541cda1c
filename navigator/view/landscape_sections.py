"""A landscape as sections of entries: what is said and in what order, before any medium.

Screen, plain text and Markdown are all drawn from this, so none of them can say more, less or
otherwise than the others. The screen has a line a body, and folds what is far from the school's
own; documents have it all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from navigator.core import wording
from navigator.core.landscape import Landscape, Sureness
from navigator.core.wording import Units
from navigator.view import belonging, helps, next_door
from navigator.view.parts import some
from navigator.view.sections import Card, Column, Entry, Section

ENDED = "Ended: programmes that no longer run"
CLOSED = "Closed: networks and partnerships that are over"
TITLES = HELPS, BELONG, DOOR = "Who helps with", "Where you belong", "Next door"
THEIRS = ("Who helps this school with", "Where it belongs", "Next door to it")
"""The three readings of "local": from the top, from the middle, from the ground."""


def columns(landscape: Landscape, units: Units = "miles") -> tuple[Column, Column, Column]:
    """The three readings in full, for documents."""
    living = Section("", helps.living_in_full(landscape, units))
    over = some(ENDED, (e._replace(sure=None) for e in helps.ended(landscape, units)))
    return (
        Column(HELPS, (living, *over)),
        Column(BELONG, tuple(belonging.in_full(landscape, units))),
        Column(DOOR, tuple(next_door.sections(landscape, units))),
    )


def briefly(landscape: Landscape, units: Units = "miles") -> tuple[Column, ...]:
    """The three readings, a line a body with how sure and how to reach it, and no more."""
    *others, door = panels(landscape, units)
    door = door._replace(sections=tuple(next_door.briefly(landscape, units)))
    return tuple(
        column._replace(
            sections=tuple(
                section._replace(entries=tuple(map(_bare, section.entries)))
                for section in column.sections
            )
        )
        for column in (*others, door)
    )


def _bare(entry: Entry) -> Entry:
    """A line without what is told beneath it or on its card, but for the way to reach the body."""
    return entry._replace(detail="", card=entry.card and Card(reach=entry.card.reach))


def panels(
    landscape: Landscape,
    units: Units = "miles",
    opened: Collection[str] = (),
    *,
    theirs: bool = False,
) -> tuple[Column, Column, Column]:
    """The three readings as the screen's panels, a line a body; `opened` names the lines that show
    what they fold. Where it is another school than the head's, `theirs`, the words say so."""
    helping = list(helps.living(landscape, units))
    if over := helps.ended(landscape, units):
        helping += _folded(helps.ended_line(landscape), over, opened)
    belongs = list(belonging.rows(landscape, units))
    elsewhere = tuple(belonging.elsewhere(landscape))
    if line := belonging.beside_line(elsewhere):
        lines = tuple(entry for section in elsewhere for entry in section.entries)
        belongs += _folded(line, lines, opened)
    door = tuple(next_door.panel(landscape, units))
    if theirs:
        helping, belongs = map(_theirs, (helping, belongs))
        door = tuple(map(_theirs_next_door, door))
    titles = THEIRS if theirs else TITLES
    unit = wording.unit(units)
    return (
        Column(titles[0], (Section("", tuple(helping), unit=unit),), 1),
        Column(titles[1], (Section("", tuple(belongs)),), 2),
        Column(titles[2], door, 3),
    )


def card_of(key: str, landscape: Landscape, units: Units) -> Card | None:
    """The card of a body as it stands to the school of a landscape; None where it isn't on it."""
    for column in columns(landscape, units):
        for section in column.sections:
            for entry in section.entries:
                if entry.card is not None and entry.card.key == key:
                    return entry.card
    return None


def _theirs(entries: Iterable[Entry]) -> list[Entry]:
    """Lines as they are said of another's school: "its", and of what folds others, too."""
    said = (e._replace(text=wording.theirs(e.text)) if e.folds else e for e in entries)
    return [
        entry._replace(said="its") if entry.sure is Sureness.YOURS and not entry.said else entry
        for entry in said
    ]


def _theirs_next_door(section: Section) -> Section:
    lead, after = wording.theirs(section.lead), wording.theirs(section.after)
    return section._replace(lead=lead, after=after)


def _folded(line: Entry, entries: tuple[Entry, ...], opened: Collection[str]) -> tuple[Entry, ...]:
    return (line, *entries) if line.folds in opened else (line,)


def headline(landscape: Landscape) -> tuple[str, ...]:
    """What stands under the school's name, the most telling first."""
    s = landscape.school
    said = (
        wording.joined(s.town, s.postcode, sign=" "),
        s.la_name if s.la_name != s.town else "",
        s.phase,
        "" if s.is_open and "close" not in s.status else wording.status(s),
        wording.ages(s),
        wording.count(s.pupils, "pupil") if s.pupils else "",
        s.type[:1].lower() + s.type[1:] if s.type else "",
        s.district_name if s.district_name not in (s.la_name, s.town) else "",
    )
    return tuple(t for t in said if t)


def register_line(landscape: Landscape) -> str:
    """Which register this stands on: "sample: 3 areas", or England with its date."""
    info = landscape.register
    return f"{wording.SAMPLE if info.sample else 'England'}, {wording.short_day(info.day)}"
