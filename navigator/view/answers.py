"""What a head asks of a line: why this body, how to reach it, what I have of it myself.

The same answer stands beside the landscape, and at the top of a body's page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from navigator.core import cleaning, wording
from navigator.core.reach import Reach
from navigator.core.record import OwnRecord
from navigator.view.sections import Card, Fact

NOTES, CONTACTS = 3, 3
"""As many of the head's notes and contacts an answer tells; the body's page has them all."""

FIRST = 120
"""Characters of a note that an answer tells."""

OFFICE = {"own": "", "lead": " (its lead school)", "finder": " (the programme's finder)"}
"""Whose address it is."""


class BodyAnswer(NamedTuple):
    """The answer: `why` are sentences, the last of them how sure that is; `reach` and `yours` are
    (sign, text), the sign being the key that acts on it or the head's own mark."""

    kind: str
    name: str
    offers: str
    why: tuple[str, ...]
    reach: tuple[Fact, ...]
    yours: tuple[Fact, ...]


def of(card: Card, record: OwnRecord) -> BodyAnswer:
    """The answer for the body of a card."""
    return BodyAnswer(
        card.kind,
        cleaning.plain(card.title),
        cleaning.plain(card.lead),
        tuple(_why(card)),
        tuple(_reach(card.reach)),
        tuple(_yours(card, record)),
    )


def _why(card: Card) -> Iterable[str]:
    facts = dict(card.facts)
    if why := facts.get("Why", ""):
        yield why
    if nearer := facts.get("Nearest", ""):
        yield f"Nearer: {nearer}."
    if shares := facts.get("Shares", ""):
        yield f"Shares {shares}."
    if not facts.get("Why") and not facts.get("Shares"):
        told = (f"{label}: {text}" if label else text for label, text in card.facts[:3])
        yield wording.joined(*told)
    if sure := _sure(facts):
        yield sure


def _sure(facts: dict[str, str]) -> str:
    """ "Sure: NCETM, Current Maths Hubs, seen 1 Oct 2026."."""
    word, _, _ = facts.get("Confidence", "").partition(":")
    sure = wording.HOW_SURE.get(word, "")
    source = wording.source_name(facts.get("Source", ""))
    when = facts.get("Checked", "") or facts.get("Dated", "")
    told = wording.joined(source, f"seen {when}" if when else "", sign=", ")
    return f"{sure}: {told}." if sure and told else ""


def _reach(reach: Reach | None) -> Iterable[Fact]:
    if reach is None:
        return
    whose = f" ({reach.name})" if reach.of == "lead" and reach.name else OFFICE[reach.of]
    if reach.telephone:
        yield "t", f"{reach.telephone}{whose or ' (the office)'}"
    if reach.website:
        yield "o", f"{wording.bare(reach.website)}{'' if reach.telephone else whose}"


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
