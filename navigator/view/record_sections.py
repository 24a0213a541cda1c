"""The head's own record as sections and entries: for their screens, never for an export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from navigator.core import wording
from navigator.core.keys import Key
from navigator.core.model import Landscape, School
from navigator.core.record import Bookmark, Contact, Correction, Note, OwnNetwork, OwnRecord
from navigator.view import landscape_sections
from navigator.view.sections import Card, Entry, Fact, Section, clean, mark

if TYPE_CHECKING:
    from navigator.core.activity import Activity
    from navigator.domain.changes import Changes, Difference
    from navigator.domain.plan.listing import PlanRow

Kind = Literal["bookmark", "note", "contact", "network", "correction"]

TITLES: dict[Kind, str] = {
    "bookmark": "Bookmarks",
    "note": "Notes",
    "contact": "Contacts",
    "network": "Networks",
    "correction": "Corrections",
}
"""The kinds of record, in the order in which the screen has them."""

NONE: dict[Kind, str] = {
    "bookmark": "No bookmarks yet: b bookmarks whatever is under the cursor.",
    "note": "No notes yet: n writes one on whatever is under the cursor.",
    "contact": "No contacts yet: c adds one to the body under the cursor. A role is enough.",
    "network": "No networks of yours yet: g puts the school under the cursor into one.",
    "correction": "No corrections yet: s sets what you know better than the line under the cursor.",
}

BODY_KINDS = {
    "school": "School",
    "hub": "Hub",
    "programme": "Programme",
    "trust": "Trust",
    "la": "Local authority",
    "network": "Heads' network",
    "partnership": "Partnership",
    "own": "Your network",
    "place": "Profile of a place",
}
"""A body's kind by the first part of its key."""

FIRST = 160
"""Characters of a note that its line shows."""

AT_HOME = 8
"""Entries of each kind that the finder opens on."""

IN_PLAN = "In your plan"

PLANNED = 4
"""Activities that a landscape shows beneath the notes."""

FindSchool = Callable[[int], School | None]


def own_sections(landscape: Landscape, today: date) -> tuple[Section, ...]:
    """What the head keeps on this school: for their screen, never for an export."""
    record, keys = landscape.record, landscape.keys
    notes = tuple(note_entry(n, today) for n in record.notes_on(*keys))
    sections = [
        Section(
            "Your notes on this school",
            notes,
            "None yet: n writes one on the line under the cursor, N on this school.",
        )
    ]
    people = tuple(_way_in(c, landscape) for c in people_here(landscape))
    if record.contacts:
        none = "None of your contacts works in the bodies shown here."
        sections.append(Section("Your ways in", people, none))
    return tuple(sections)


def note_entry(note: Note, today: date, *, about: bool = False) -> Entry:
    """A note as a line; with what it is `about` where that isn't clear already."""
    first, *others = note.text.splitlines() or [""]
    if others or len(first) > FIRST:
        first = first[:FIRST].rstrip(" .,;:") + " …"
    due = ""
    if note.again:
        due = f"look again {wording.short_day(note.again)}" + (
            ", due" if note.again <= today else ""
        )
    tags = " ".join(f"#{tag}" for tag in note.tags)
    of = note.name or kind_of(note.about) or note.about
    detail = " · ".join(t for t in (of if about else "", tags, due) if t)
    return Entry(
        first,
        right=wording.short_day(note.day),
        detail=detail,
        card=Card(
            Key.of("note", note.id),
            "Note",
            note.name,
            "",
            (("Note", wording.plain(note.text)),),
            copy=note.text,
        ),
        fact=True,
    )


def people_here(landscape: Landscape) -> list[Contact]:
    """Contacts who work in a body of this landscape, those who span several first."""
    here = bodies_here(landscape)
    people = [c for c in landscape.record.contacts if any(b.key in here for b in c.bodies)]
    return sorted(people, key=lambda c: -sum(b.key in here for b in c.bodies))


def bodies_here(landscape: Landscape) -> set[Key]:
    """The keys of the bodies of a landscape, schools nearby included."""
    keys = set(landscape.keys)
    for claim in landscape.hubs:
        for at in (claim.hub, *claim.alternatives):
            if at is not None and at.hub.id:
                keys.add(at.hub.key)
    if landscape.trust:
        keys.add(landscape.trust.trust.key)
    if landscape.authority:
        keys.add(landscape.authority.authority.key)
    keys |= {n.key for n in landscape.networks}
    keys |= {p.partnership.key for p in landscape.partnerships}
    keys |= {n.key for n in landscape.own_networks}
    return keys | {n.school.key for n in landscape.nearby}


def _way_in(contact: Contact, landscape: Landscape) -> Entry:
    here = bodies_here(landscape)
    names = [b.name for b in contact.bodies if b.key in here]
    spans = len(names) > 1
    entry = contact_entry(contact)
    joined = ", ".join(names)
    return entry._replace(detail=f"connects {joined}" if spans else joined)


def contact_entry(contact: Contact) -> Entry:
    """A contact as a line; who works in two bodies or more is a boundary spanner."""
    who = ", ".join(t for t in (contact.role, contact.name) if t)
    facts: list[Fact] = [
        ("Role", contact.role),
        ("Name", contact.name),
        ("Works in", "; ".join(b.name for b in contact.bodies)),
        ("Reach", contact.reach),
        ("Note", contact.note),
        ("Added", wording.day(contact.added)),
    ]
    return Entry(
        who,
        right="spans" if contact.spans else "",
        detail="; ".join(b.name for b in contact.bodies),
        card=Card(Key.of("contact", contact.id), "Contact", who, "", clean(facts), copy=who),
    )


def bookmark_entry(bookmark: Bookmark, find: FindSchool) -> Entry:
    """A bookmark as a line that leads to its body, under the name the register has now."""
    urn = _number(bookmark.about)
    school = find(urn) if urn else None
    name = (school.name if school else "") or bookmark.name or bookmark.about
    tags = " ".join(f"#{tag}" for tag in bookmark.tags)
    said = wording.school_line(school) if school else kind_of(bookmark.about)
    was = f"was {bookmark.was.name}, {_urn(bookmark.was.key)}, now closed" if bookmark.was else ""
    return Entry(
        name,
        detail=" · ".join(t for t in (said, was, tags) if t),
        card=Card(
            Key(bookmark.about),
            kind_of(bookmark.about),
            name,
            "",
            (),
            copy=str(school.urn) if school else name,
        ),
    )


def kind_of(key: str) -> str:
    """What kind of body a key names, in words: "Maths hub", "Trust"."""
    kind, _, rest = key.partition(":")
    return _words(rest.partition("/")[0]) if kind == "hub" else BODY_KINDS.get(kind, "")


def _words(programme: str) -> str:
    return programme.replace("-", " ").capitalize()


def _urn(key: str) -> str:
    return f"URN {key.partition(':')[2]}"


def _number(key: str) -> int | None:
    """The URN of a school's key, None for any other body's."""
    kind, _, number = key.partition(":")
    good = kind == "school" and number.isascii() and number.isdigit() and len(number) <= 7
    return int(number) if good else None


def correction_entry(correction: Correction) -> Entry:
    """A correction as a line that leads to the body it is about."""
    names = ", ".join(correction.names)
    said = {
        "hub": f"{_words(correction.programme)}: {names}",
        "network": f"heads' network: {names}",
        "closed": "has closed",
    }[correction.says]
    return Entry(
        correction.name or correction.about,
        right=wording.short_day(correction.day),
        detail=" · ".join(t for t in (said, correction.note) if t),
        card=Card(
            Key(correction.about),
            "Correction",
            correction.name or correction.about,
            "",
            (),
            copy=said,
        ),
    )


def network_entry(network: OwnNetwork) -> Entry:
    return Entry(
        network.name,
        right=wording.count(len(network.urns), "school"),
        detail=network.note,
        card=Card(Key(network.key), "Your network", network.name, copy=network.name),
    )


def list_of(
    kind: Kind, record: OwnRecord, find: FindSchool, today: date, text: str = ""
) -> tuple[tuple[str, Entry], ...]:
    """(id, entry) of every record of a kind that holds the words of a text."""
    pairs: Iterable[tuple[str, Entry]]
    if kind == "note":
        return tuple((n.id, note_entry(n, today, about=True)) for n in record.notes_with(text))
    if kind == "bookmark":
        pairs = ((b.id, mark(bookmark_entry(b, find), record)) for b in record.bookmarks)
    elif kind == "contact":
        pairs = ((c.id, contact_entry(c)) for c in record.contacts)
    elif kind == "network":
        pairs = ((n.id, network_entry(n)) for n in record.networks)
    else:
        pairs = ((c.id, correction_entry(c)) for c in record.corrections)
    words = text.casefold().split()
    return tuple(
        (name, entry)
        for name, entry in pairs
        if all(word in f"{entry.text} {entry.detail}".casefold() for word in words)
    )


def home_sections(
    record: OwnRecord, find: FindSchool, today: date, school: int | None
) -> tuple[Section, ...]:
    """What the finder opens on: one's own school, what is due, bookmarks, recent schools."""
    sections = []
    mine = find(school) if school else None
    if mine is not None:
        sections.append(Section("Your school", (_school_entry(mine, record),)))
    due = record.due(today)
    if due:
        entries = tuple(note_entry(n, today, about=True) for n in due[:AT_HOME])
        sections.append(Section("Look again", entries, after=_more(len(due))))
    if record.bookmarks:
        entries = tuple(bookmark_entry(b, find) for b in record.bookmarks[:AT_HOME])
        entries = tuple(mark(entry, record) for entry in entries)
        sections.append(Section("Bookmarks", entries, after=_more(len(record.bookmarks))))
    recent = [s for r in record.recents if (s := find(r.urn)) and s.urn != school]
    if recent:
        entries = tuple(_school_entry(s, record) for s in recent[:AT_HOME])
        sections.append(Section("Recent", entries))
    return tuple(sections)


def _more(number: int) -> str:
    return f"and {number - AT_HOME:,} more: F6 shows all" if number > AT_HOME else ""


def _school_entry(school: School, record: OwnRecord) -> Entry:
    entry = Entry(
        school.name,
        right=str(school.urn),
        detail=wording.school_line(school),
        card=landscape_sections.school_card(school),
    )
    return mark(entry, record)


def body_sections(key: str, record: OwnRecord, today: date) -> tuple[Section, ...]:
    """What the head keeps on a body; nothing where there is nothing."""
    notes = tuple(note_entry(n, today) for n in record.notes_on(key))
    people = tuple(contact_entry(c) for c in record.contacts_in(key))
    said = tuple(
        Entry(wording.set_closed(c), detail=c.note, card=Card(copy=c.note))
        for c in record.corrections
        if c.says == "closed" and c.about == key
    )
    sections = [Section("You said", said)] if said else []
    sections += [Section("Your notes", notes)] if notes else []
    sections += [Section("Your ways in", people)] if people else []
    planned = record.activities_with(key)
    sections += [Section(IN_PLAN, _activity_entries(planned, today))] if planned else []
    return tuple(sections)


# --- of the plan ---


def activity_card(a: Activity) -> Card:
    """A card that leads to an activity's page."""
    return Card(Key.of("activity", a.id), "Activity", a.title, copy=a.title)


def activity_entry(row: PlanRow, today: date, clashing: Mapping[str, int] | None = None) -> Entry:
    """An activity as a line: what presses at its right; `clashing` counts its clashes by id."""
    a = row.activity
    told = [a.provider_name or "no provider yet", str(a.status)]
    if row.closes_words and row.next and row.next >= today:
        told.append(f"next session {wording.short_day(row.next)}")
    number = clashing.get(a.id, 0) if clashing else 0
    if number:
        told.append(wording.count(number, "clash", "clashes"))
    told.append(row.check)
    when = row.closes_words or (wording.short_day(row.next) if row.next else "")
    return Entry(
        a.title, right=when, detail=" · ".join(t for t in told if t), card=activity_card(a)
    )


def planned_here(landscape: Landscape, today: date) -> tuple[Section, ...]:
    """What still lies ahead with the bodies of a landscape, for its last column; nothing where
    nothing does. Not one of `own_sections`, of which exports are made, too."""
    record = landscape.record
    if not record.activities:
        return ()
    from navigator.core.activity import Status

    over = (Status.DONE, Status.DECLINED)
    ahead = [a for a in record.activities_with(*bodies_here(landscape)) if a.status not in over]
    entries = _activity_entries(ahead, today)
    more = f"and {len(entries) - PLANNED:,} more: P shows all" if len(entries) > PLANNED else ""
    return (Section(IN_PLAN, entries[:PLANNED], after=more),) if entries else ()


def _activity_entries(activities: Iterable[Activity], today: date) -> tuple[Entry, ...]:
    from navigator.domain.plan import listing  # who plans nothing doesn't wait for it

    return tuple(activity_entry(row, today) for row in listing.rows(activities, today))


def with_plan(card: Card, record: OwnRecord) -> Card:
    """A body's card, told first which activities of the plan are with it."""
    planned = ", ".join(a.title for a in record.activities_with(card.key))
    if not planned:
        return card
    return card._replace(facts=((IN_PLAN, wording.plain(planned)), *card.facts))


# --- what changed ---


def change_sections(changes: Changes) -> tuple[Section, ...]:
    """What changed, a section for each kind; one that says so where nothing did."""
    from navigator.domain.changes import KINDS, TITLES

    sections = tuple(
        Section(f"{TITLES[kind]} {len(found):,}", tuple(map(_change_entry, found)))
        for kind in KINDS
        if (found := changes.of(kind))
    )
    nothing = (
        f"Of what is around you nothing changed between {wording.day(changes.since)} "
        f"and {wording.day(changes.until)}."
    )
    return sections or (Section("What changed", empty=nothing),)


def _change_entry(difference: Difference) -> Entry:
    facts: list[Fact] = [("Before", difference.before), ("Now", difference.after)]
    return Entry(
        difference.name,
        right=wording.short_day(difference.day),
        detail=difference.words,
        card=Card(
            Key(difference.key),
            kind_of(difference.key),
            difference.name,
            "",
            clean(facts),
            copy=str(difference.urn or difference.name),
        ),
    )
