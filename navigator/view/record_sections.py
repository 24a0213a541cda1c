"""The head's own record as sections and entries: for their screens, never for an export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from navigator.core import cleaning, wording
from navigator.core.keys import BODY_KINDS, Key
from navigator.core.landscape import Landscape, Sureness
from navigator.core.model import School
from navigator.core.record import Bookmark, Contact, Correction, Note, OwnNetwork, OwnRecord
from navigator.core.wording import Units
from navigator.view.cards import hub_card, school_card
from navigator.view.parts import card, some
from navigator.view.sections import Card, Column, Entry, Fact, Section, mark

if TYPE_CHECKING:
    from navigator.core.activity import Activity
    from navigator.domain.changes import Changes, Difference
    from navigator.domain.plan.listing import PlanRow

RecordTab = Literal["bookmark", "note", "contact", "network", "correction"]

TITLES: dict[RecordTab, str] = {
    "bookmark": "Bookmarks",
    "note": "Notes",
    "contact": "Contacts",
    "network": "Networks",
    "correction": "Corrections",
}
"""The kinds of record, in the order in which the screen has them."""

NONE: dict[RecordTab, str] = {
    "bookmark": "No bookmarks yet.",
    "note": "No notes yet.",
    "contact": "No contacts yet.",
    "network": "No networks of yours yet.",
    "correction": "No corrections yet.",
}

KEEPING: dict[RecordTab, str] = {
    "bookmark": "{bookmark} bookmarks what a line of a landscape or a page names.",
    "note": "{note} writes one on what a line of a landscape or a page names.",
    "contact": "{contact} adds one to the body that a line names. A role is enough.",
    "network": "{group} puts the school that a line names into one.",
    "correction": "{set} sets what you know better than a line of a landscape.",
}
"""What keys keep one, as in `Section.keys`."""

FIRST = 160
"""Characters of a note that its line shows."""

AT_HOME = 8
"""Entries of each kind that the finder opens on."""

IN_PLAN = "In your plan"
YOURS = "Yours"

PLANNED = 4
"""Activities that a landscape shows beneath the notes."""

FindSchool = Callable[[int], School | None]


# --- on a school, on a body ---


def school_sections(landscape: Landscape, today: date) -> tuple[Section, ...]:
    """What the head keeps on this school: for their screen, never for an export."""
    record = landscape.record
    notes = tuple(note_entry(n, today) for n in record.notes_on(*landscape.keys))
    on_school = Section("Your notes on this school", notes, "None.")
    if not record.contacts:
        return (on_school,)
    people = tuple(_way_in(c, landscape) for c in people_here(landscape))
    none = "None of your contacts works in the bodies shown here."
    return on_school, Section("Your ways in", people, none)


def own_column(
    landscape: Landscape, units: Units, today: date, *, mine: bool
) -> tuple[Column, ...]:
    """A panel of the head's own: what is due, what is planned, notes on this school, people; none
    where there is nothing. On the head's own school (`mine`) what is due and planned anywhere, and
    what to ask about."""
    record = landscape.record
    due = [n for n in record.due(today) if mine or n.about in bodies_here(landscape)]
    planned = planned_here(landscape, today, anywhere=mine)
    rows = [
        *(_dated(note_entry(n, today, about=True), n.again) for n in due),
        *(e._replace(label=e.right, right="") for s in planned for e in s.entries),
        *(_to_ask(landscape, units) if mine else ()),
        *(
            _dated(note_entry(n, today), n.day)
            for n in record.notes_on(*landscape.keys)
            if n not in due
        ),
        *(
            _way_in(c, landscape)._replace(label="Your way in", right="", detail=c.reach)
            for c in people_here(landscape)
        ),
    ]
    after, keys = " ".join(s.after for s in planned), " ".join(s.keys for s in planned)
    return (Column(YOURS, (Section("", tuple(rows), after=after, keys=keys),)),) if rows else ()


def _dated(entry: Entry, day: date | None) -> Entry:
    return entry._replace(label=wording.short_day(day), right="")


def _to_ask(landscape: Landscape, units: Units) -> Iterable[Entry]:
    """What one question to a body would settle; each leads to its programme's hubs."""
    for claim in landscape.hubs:
        if claim.sureness is Sureness.ASK and claim.programme.rule != "region":
            number = len(claim.hubs)
            which = f"which of {number} hubs?" if number > 1 else f"is it {claim.hubs[0].hub.name}?"
            told = hub_card(claim, units)
            yield Entry(f"{claim.programme.need}: {which}", "Worth asking", card=told, fact=True)


def body_sections(key: str, record: OwnRecord, today: date) -> tuple[Section, ...]:
    """What the head keeps on a body; nothing where there is nothing."""
    said = (
        Entry(wording.set_closed(c), detail=c.note, card=Card(copy=c.note))
        for c in record.corrections
        if c.says == "closed" and c.about == key
    )
    planned = record.activities_with(key)
    return (
        *some("You said", said),
        *some("Your notes", (note_entry(n, today) for n in record.notes_on(key))),
        *some("Your ways in", map(contact_entry, record.contacts_in(key))),
        *(some(IN_PLAN, _activity_entries(planned, today)) if planned else ()),
    )


def people_here(landscape: Landscape) -> list[Contact]:
    """Contacts who work in a body of this landscape, those who span several first."""
    here = bodies_here(landscape)
    people = [c for c in landscape.record.contacts if any(b.key in here for b in c.bodies)]
    return sorted(people, key=lambda c: -sum(b.key in here for b in c.bodies))


def bodies_here(landscape: Landscape) -> set[str]:
    """The keys of the bodies of a landscape, schools nearby included: of a line that names no one
    hub of ours, its programme's."""
    keys: set[str] = {at.hub.key.kept_on for claim in landscape.hubs for at in claim.hubs}
    shown = (c for c in landscape.hubs if c.hub is None and (c.serves or c.corrected))
    keys.update(c.programme.key for c in shown)
    if landscape.trust:
        keys.add(landscape.trust.trust.key)
    if landscape.authority:
        keys.add(landscape.authority.authority.key)
    if landscape.diocese and landscape.diocese.key:
        keys.add(landscape.diocese.key)
    keys.update(n.key for n in landscape.networks)
    keys.update(p.partnership.key for p in landscape.partnerships)
    keys.update(n.school.key for n in landscape.nearby)
    return {*landscape.keys, *keys, *(n.key for n in landscape.own_networks)}


# --- a line each ---


def note_entry(note: Note, today: date, *, about: bool = False) -> Entry:
    """A note as a line; with what it is `about` where that isn't clear already."""
    first, *others = note.text.splitlines() or [""]
    if others or len(first) > FIRST:
        first = first[:FIRST].rstrip(" .,;:") + " …"
    due = f"look again {wording.short_day(note.again)}" if note.again else ""
    if note.again and note.again <= today:
        due += ", due"
    of = (note.name or _kind_of(note.about) or note.about) if about else ""
    facts = [("Note", note.text)]
    return Entry(
        first,
        right=wording.short_day(note.day),
        detail=wording.joined(of, _tags(note), due),
        card=card(Key.of("note", note.id), note.name, facts, kind="Note", copy=note.text),
        fact=True,
    )


def _tags(of: Note | Bookmark) -> str:
    return " ".join(f"#{tag}" for tag in of.tags)


def contact_entry(contact: Contact) -> Entry:
    """A contact as a line; who works in two bodies or more is a boundary spanner."""
    who = wording.joined(contact.role, contact.name, sign=", ")
    bodies = "; ".join(b.name for b in contact.bodies)
    facts: list[Fact] = [
        ("Role", contact.role),
        ("Name", contact.name),
        ("Works in", bodies),
        ("Reach", contact.reach),
        ("Note", contact.note),
        ("Added", wording.day(contact.added)),
    ]
    told = card(Key.of("contact", contact.id), who, facts, kind="Contact", copy=contact.reach)
    detail = wording.joined(bodies, contact.reach)
    return Entry(who, right="spans" if contact.spans else "", detail=detail, card=told)


def _way_in(contact: Contact, landscape: Landscape) -> Entry:
    here = bodies_here(landscape)
    names = [b.name for b in contact.bodies if b.key in here]
    connects = "connects " if len(names) > 1 else ""
    detail = wording.joined(connects + ", ".join(names), contact.reach)
    return contact_entry(contact)._replace(detail=detail)


def _bookmark_entry(bookmark: Bookmark, find: FindSchool) -> Entry:
    """A bookmark as a line that leads to its body, under the name the register has now."""
    key, was = bookmark.about, bookmark.was
    school = find(key.urn) if key.urn else None
    name = (school.name if school else "") or bookmark.name or key
    unknown = wording.joined(_kind_of(key), wording.not_open(None) if key.urn else "", sign=", ")
    said = wording.school_line(school) if school else unknown
    closed = f"was {was.name}, URN {was.key.name}, now closed" if was else ""
    return Entry(
        name,
        detail=wording.joined(said, closed, _tags(bookmark)),
        card=card(key, name, kind=_kind_of(key), copy="" if school else name),
    )


def _kind_of(key: str) -> str:
    """What kind of body a key names, in words: "Maths hub", "Trust"."""
    key = Key(key)
    if key.kind == "hub":
        return _words(key.programme_and_hub[0])
    return BODY_KINDS.get(key.kind, "")


def _words(programme: str) -> str:
    return programme.replace("-", " ").capitalize()


def correction_entry(correction: Correction) -> Entry:
    """A correction as a line that leads to the body it is about."""
    names = ", ".join(correction.names)
    said = {
        "hub": f"{_words(correction.programme)}: {names}",
        "network": f"heads' network: {names}",
        "closed": "has closed",
    }[correction.says]
    name = correction.name or correction.about
    return Entry(
        name,
        right=wording.short_day(correction.day),
        detail=wording.joined(said, correction.note),
        card=card(correction.about, name, kind="Correction", copy=said),
    )


def _network_entry(network: OwnNetwork) -> Entry:
    schools = wording.count(len(network.urns), "school")
    told = card(network.key, network.name)
    return Entry(network.name, right=schools, detail=network.note, card=told)


# --- the record's own screen, the finder ---


def list_of(
    kind: RecordTab, record: OwnRecord, find: FindSchool, today: date, text: str = ""
) -> tuple[tuple[str, Entry], ...]:
    """(id, entry) of every record of a kind that holds the words of a text."""
    pairs: Iterable[tuple[str, Entry]]
    if kind == "note":
        return tuple((n.id, note_entry(n, today, about=True)) for n in record.notes_with(text))
    if kind == "bookmark":
        pairs = ((b.id, mark(_bookmark_entry(b, find), record)) for b in record.bookmarks)
    elif kind == "contact":
        pairs = ((c.id, contact_entry(c)) for c in record.contacts)
    elif kind == "network":
        pairs = ((n.id, _network_entry(n)) for n in record.networks)
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

    def lines(of: Iterable[School]) -> Iterable[Entry]:
        for s in of:
            entry = Entry(s.name, right=str(s.urn), detail=wording.school_line(s))
            yield mark(entry._replace(card=school_card(s)), record)

    def more(section: Iterable[Section], number: int) -> Iterable[Section]:
        told = wording.and_more(number - AT_HOME)
        keys = "{mine-typing} shows all." if told else ""
        return (s._replace(after=told, keys=keys) for s in section)

    mine = find(school) if school else None
    due, kept = record.due(today), record.bookmarks
    recent = [s for r in record.recents if (s := find(r.urn)) and s.urn != school]
    bookmarks = (mark(_bookmark_entry(b, find), record) for b in kept[:AT_HOME])
    notes = (note_entry(n, today, about=True) for n in due[:AT_HOME])
    return (
        *some("Your school", lines([mine] if mine else [])),
        *more(some("Look again", notes), len(due)),
        *more(some("Bookmarks", bookmarks), len(kept)),
        *some("Recent", lines(recent[:AT_HOME])),
    )


# --- of the plan ---


def activity_card(a: Activity) -> Card:
    """A card that leads to an activity's page."""
    return card(Key.of("activity", a.id), a.title, kind="Activity")


def activity_entry(row: PlanRow, today: date, clashing: Mapping[str, int] | None = None) -> Entry:
    """An activity as a line: what presses at its right; `clashing` counts its clashes by id."""
    a = row.activity
    number = clashing.get(a.id, 0) if clashing else 0
    session = f"next session {wording.short_day(row.next)}"
    told = (
        a.provider_name or "no provider yet",
        str(a.status),
        session if row.closes_words and row.next and row.next >= today else "",
        wording.count(number, "clash", "clashes") if number else "",
        row.look,
        row.check,
    )
    when = row.closes_words or wording.short_day(row.next)
    return Entry(a.title, right=when, detail=wording.joined(*told), card=activity_card(a))


def planned_here(
    landscape: Landscape, today: date, *, anywhere: bool = False
) -> tuple[Section, ...]:
    """What still lies ahead with the bodies of a landscape, or with any; nothing where nothing
    does. Not one of `school_sections`, of which exports are made, too."""
    record = landscape.record
    if not record.activities:
        return ()
    from navigator.core.activity import Status

    over = (Status.DONE, Status.DECLINED)
    here = record.activities_with(*bodies_here(landscape))
    ahead = [a for a in (record.activities if anywhere else here) if a.status not in over]
    entries = _activity_entries(ahead, today)
    more = wording.and_more(len(entries) - PLANNED)
    found = some(IN_PLAN, entries[:PLANNED], more)
    return tuple(s._replace(keys="{plan} shows all." if more else "") for s in found)


def _activity_entries(activities: Iterable[Activity], today: date) -> tuple[Entry, ...]:
    from navigator.domain.plan import listing  # who plans nothing doesn't wait for it

    return tuple(activity_entry(row, today) for row in listing.rows(activities, today))


def with_plan(told: Card, record: OwnRecord) -> Card:
    """A body's card, told first which activities of the plan are with it."""
    planned = ", ".join(a.title for a in record.activities_with(told.key))
    facts = ((IN_PLAN, cleaning.plain(planned)), *told.facts)
    return told._replace(facts=facts) if planned else told


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
    key, name = difference.key, difference.name
    facts = [("Before", difference.before), ("Now", difference.after)]
    return Entry(
        name,
        right=wording.short_day(difference.day),
        detail=difference.words,
        card=card(key, name, facts, kind=_kind_of(key), copy=str(difference.urn or name)),
    )
