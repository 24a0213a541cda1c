"""What a head asks of a line: why this body, how to reach it, what I have of it myself.

The same answer stands beside the landscape, and at the top of a body's page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from navigator.core import cleaning, wording
from navigator.core.keys import NO_BODY
from navigator.core.reach import Reach
from navigator.core.record import OwnRecord
from navigator.view.parts import card, copied, fact, some
from navigator.view.sections import Card, Entry, Fact, Section

NOTES, CONTACTS = 3, 3
"""As many of the head's notes and contacts an answer tells; the body's page has them all."""

BESIDE = ("To ask", "Others")
"""The labels of the other hubs that a card names."""

FIRST = 120
"""Characters of a note that an answer tells."""


class BodyAnswer(NamedTuple):
    """The answer: `why` are sentences, `sourced` how good the source is ("Good source"), `source`
    and `seen` which and of when; `reach` and `yours` are (sign, text), the sign being `t` for a
    telephone, `o` for what that key opens, the head's own mark, or "" where words say that there
    is no way. What is no body (`is_body`) is told neither."""

    kind: str
    name: str
    offers: str
    why: tuple[str, ...]
    sourced: str
    source: str
    seen: str
    reach: tuple[Fact, ...]
    yours: tuple[Fact, ...]
    is_body: bool

    @property
    def grounds(self) -> str:
        """ "Good source: ncetm.org.uk, 22 Nov 2026."; "" where nothing is told of it."""
        told = wording.joined(self.source, self.seen, sign=", ")
        return f"{self.sourced}: {told}." if self.sourced and told else ""

    @property
    def briefly(self) -> str:
        """Why in one line, and how good the source is."""
        sourced = wording.joined(self.sourced, self.seen, sign=", ") if self.sourced else ""
        return wording.joined(*self.why, f"{sourced}." if sourced else "", sign=" ")


def answer_of(card: Card, record: OwnRecord) -> BodyAnswer:
    """The answer for the body of a card."""
    facts = dict(card.facts)
    word = facts.get("Confidence", "").partition(":")[0]
    return BodyAnswer(
        card.kind,
        cleaning.plain(card.title),
        cleaning.plain(card.lead),
        tuple(_why(card, facts)),
        wording.HOW_SOURCED.get(word, ""),
        wording.source_name(facts.get("Source", "")),
        _seen(facts),
        tuple(_reach(card.reach)) or tuple(_no_way(facts)),
        tuple(_yours(card, record)),
        bool(card.key),
    )


def _seen(facts: dict[str, str]) -> str:
    """Of when the source of some facts is: "17 Jul 2025", or "never checked"."""
    when = facts.get("Checked", "") or facts.get("Dated", "")
    if when == "never":
        return "never checked"
    return " ".join(part if part.isdigit() else part[:3] for part in when.split())


def _why(card: Card, facts: dict[str, str]) -> Iterable[str]:
    if why := facts.get("Why", ""):
        yield why.replace(f"{card.title} ", "It ", 1) if why.startswith(card.title) else why
    if said := facts.get("You said", ""):
        yield f"{said}."
    if published := facts.get("Published", ""):
        yield f"Published: {published}."
    seen = facts.get("Last seen", "")
    if "," in seen:  # it is old, and says so
        yield f"Last seen in {seen}."
    for label in BESIDE:
        if told := facts.get(label, ""):
            yield f"{label}: {told}."
    if nearest := facts.get("Nearest", ""):
        yield f"{'Nearer' if 'Lead' in facts else 'The nearest that we know of'}: {nearest}."
    if shares := facts.get("Shares", ""):
        yield f"Shares {shares}."
    if not facts.get("Why") and not facts.get("Shares"):
        yield wording.joined(
            *(f"{label}: {text}" if label else text for label, text in card.facts[:3])
        )


def _reach(reach: Reach | None) -> Iterable[Fact]:
    if reach is None:
        return
    whose = "" if reach.of == "own" else f" ({reach.name})"
    if reach.telephone:
        office = f" ({reach.office}, the lead school)" if reach.office else whose
        yield "t", f"{reach.telephone}{office or ' (the office)'}"
    if reach.website:
        yield "o", f"{wording.bare(reach.website)}{'' if reach.telephone else whose}"


def _no_way(facts: dict[str, str]) -> Iterable[Fact]:
    """What is said where no way to reach the body itself is known."""
    if "To ask" in facts:
        yield "", "see the page of each hub to ask"
    elif finder := facts.get("Official finder", ""):
        yield "", f"look it up: {finder}"
    else:
        yield "", "no way to reach them is known to us"


def _yours(card: Card, record: OwnRecord) -> Iterable[Fact]:
    if not card.key:
        return
    for contact in record.contacts_in(card.key)[:CONTACTS]:
        who = wording.joined(contact.role, contact.name, sign=", ")
        yield "@", cleaning.plain(wording.joined(who, contact.reach, sign="  "))
    for note in record.notes_on(card.key)[:NOTES]:
        first = cleaning.plain(note.text)
        first = first if len(first) <= FIRST else f"{first[:FIRST].rstrip()} …"
        again = f", look again {wording.short_day(note.again)}" if note.again else ""
        yield "✎", f"{first} ({wording.short_day(note.day)}{again})"
    planned = "; ".join(activity.title for activity in record.activities_with(card.key))
    if planned:
        yield "P", f"in your plan: {cleaning.plain(planned)}"


# --- at the top of a page ---

ON_PAGE = ("Your note", "Followed by")
"""What else the card of a claim tells, and no page of its body does."""

WHERE_FROM = "where from"
"""What the line of a page's sources folds."""

BEHIND = "More figures"
"""Heads the lines of what a page's screen opens only when asked."""

SOURCES = frozenset(
    {
        *("Source", "Checked", "Confidence", "Last seen", "Dated", "Source's date", "Key"),
        *("UID", "Company", "Code", "LAESTAB", "As at", "Address from", "Register"),
    }
)
"""The labels of where facts are from, and of what only machines read: a page folds them."""


def section(told: Card, record: OwnRecord) -> Section:
    """The answer as a page's first section."""
    answer, facts = answer_of(told, record), dict(told.facts)
    labels = {"t": "Telephone", "o": "Website", "@": "Your contact", "✎": "Your note", "P": "Plan"}
    why = [*answer.why, *([answer.grounds] if answer.grounds else [])]
    why = [text for text in why if text]
    entries = [fact("" if number else "Why", text) for number, text in enumerate(why)]
    for sign, text in answer.reach:  # what is copied is the bare number or address
        if not sign:
            entries.append(fact("Reach", text))
            continue
        bare = told.reach and (told.reach.telephone if sign == "t" else told.reach.website)
        entries.append(fact(labels[sign], text)._replace(card=copied(bare or text)))
    numbers = iter([c.reach for c in record.contacts_in(told.key)])
    for sign, text in answer.yours:
        number = next(numbers, "") if sign == "@" else ""
        entries.append(fact(labels[sign], text)._replace(card=copied(number or text)))
    entries += [fact(label, facts[label]) for label in ON_PAGE if facts.get(label)]
    title = "Why them, and how to reach them" if why else "How to reach them"
    return Section(title, tuple(entries))


def not_in_answer(section: Section, answer: Section) -> Section:
    """A page's facts without those that the answer above them tells."""
    told = {entry.label for entry in answer.entries if entry.label}
    return section._replace(entries=tuple(e for e in section.entries if e.label not in told))


def as_on_screen(sections: Iterable[Section], opened: Collection[str]) -> tuple[Section, ...]:
    """A page's sections as a screen shows them: where facts are from, and what stands behind a
    line, only where it is among those `opened`."""
    held = tuple(sections)
    shown, behind = [s for s in held if not s.behind], [s for s in held if s.behind]
    lines = [_fold(name, name) for name in dict.fromkeys(s.behind for s in behind)]
    return (
        *(_folded(section, opened=WHERE_FROM in opened) for section in shown),
        *some(BEHIND, lines),
        *(section for section in behind if section.behind in opened),
    )


def _folded(section: Section, *, opened: bool) -> Section:
    """A page's facts with where they are from behind one line."""
    behind = tuple(e for e in section.entries if e.label in SOURCES)
    if not behind:
        return section
    told = {e.label: e.text for e in behind}
    source = told.get("Source", "")
    name = wording.source_name(source)
    named = wording.joined(name, _seen(told), sign=", ")
    line = _fold(wording.joined("Where this is from", named, sign=": "), WHERE_FROM)
    shown = tuple(e for e in section.entries if e.label not in SOURCES)
    return section._replace(entries=(*shown, line, *(behind if opened else ())))


def _fold(text: str, name: str) -> Entry:
    return Entry(text, card=card(NO_BODY, text), quiet=True, folds=name)
