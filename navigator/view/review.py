"""A school's local learning system under six features: what Navigator knows, the head's own words.

The six are those that the EQuaLLS project ended with. What stands beneath each is taken from the
landscape and the head's record, and judges nothing: the judging is the head's, in their words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import cleaning, wording
from navigator.core.keys import NO_BODY, Key
from navigator.core.landscape import Landscape
from navigator.core.record import Review, school_year
from navigator.core.wording import Units
from navigator.view import landscape_sections, record_sections, review_facts
from navigator.view.documents import Document
from navigator.view.parts import card, fact
from navigator.view.sections import Card, Column, Entry, Fact, Section, marked

if TYPE_CHECKING:
    from navigator.domain.changes import Changes

TITLE = "Review of my local learning system"

SOURCE = (
    "Six features by the EQuaLLS project (University of Nottingham, 2021–23); questions by "
    "Navigator."
)

PARTS = ("notes", "contacts")
"""What of the head's record is told in full on their own screen, and elsewhere only if named."""


class Feature(NamedTuple):
    """One of the six: its name in the record, its title, what the head is asked."""

    id: str
    title: str
    question: str


FEATURES = (
    Feature(
        "local-lens",
        "Local lens",
        "What is local to us, for which purpose, and who next door would draw it otherwise?",
    ),
    Feature(
        "linked-systems",
        "Many linked systems",
        "Which systems are we part of, and which of them never meet but in us?",
    ),
    Feature(
        "professional-learning",
        "Professional learning",
        "Where do our staff learn to teach better, with whom, and who is left out?",
    ),
    Feature(
        "practices",
        "Practices, tools and routines",
        "What do we do in the same way as others around us, and what keeps that going?",
    ),
    Feature(
        "bridging",
        "Bridging boundaries",
        "Who carries things between us and the other systems, and what if they leave?",
    ),
    Feature(
        "sense-making",
        "Sense making",
        "What do we see differently from a year ago, and with whom do we talk it over?",
    ),
)
"""In the order of `REVIEWED`."""


class Part(NamedTuple):
    """One feature on the page. `words` are the head's of this year, `before` (when, text) those of
    earlier reviews, the newest first."""

    feature: Feature
    facts: tuple[Entry, ...]
    words: str
    before: tuple[Fact, ...]


class LocalReview(NamedTuple):
    """A school's review in a school year. `day` is when the head began it, None where they haven't;
    `id` is their record's, "" as long; `held` names what of the head's own is told in full."""

    landscape: Landscape
    parts: tuple[Part, ...]
    when: str
    day: date | None = None
    id: str = ""
    held: tuple[str, ...] = ()


def since(landscape: Landscape, today: date) -> date:
    """The day from which on it is told what changed: of the last review, else a year ago."""
    before = _before(landscape, today)
    days = [r.day for r in before if r.day and r.day < today and not r.of_year(today)]
    if days:
        return days[0]
    back = today.replace(day=28) if (today.month, today.day) == (2, 29) else today
    return back.replace(year=today.year - 1)


def review(
    landscape: Landscape,
    today: date,
    units: Units = "miles",
    *,
    then: Landscape | None = None,
    changes: Changes | None = None,
    activities: Iterable[Entry] = (),
    parts: Sequence[str] = PARTS,
) -> LocalReview:
    """What is known and written on each feature.

    Args:
        landscape: The school's, as it is now.
        today: The day of the review, which tells the school year.
        units: For distances.
        then: The landscape on the day that `since` gives; None where there was none.
        changes: Between the last two registers, None where there aren't two.
        activities: What stands beneath the hubs under professional learning.
        parts: What of the head's own is told in full: `PARTS`, or some of them.
    """
    facts = (
        review_facts.local_lens(landscape, units),
        review_facts.linked_systems(landscape, units),
        (*review_facts.learning(landscape, units), *activities),
        review_facts.practices(landscape, today, told="notes" in parts),
        review_facts.bridging(landscape, told="contacts" in parts),
        review_facts.sense_making(landscape, then, changes, today, told="notes" in parts),
    )
    held = _this_year(landscape, today)
    earlier = _before(landscape, today)
    told = tuple(
        Part(
            feature,
            found,
            held.on(feature.id) if held else "",
            tuple((_when(r, today), r.on(feature.id)) for r in earlier if r.on(feature.id)),
        )
        for feature, found in zip(FEATURES, facts, strict=True)
    )
    when = "This year" + (f", {wording.day(held.day)}" if held else "")
    full = tuple(part for part in PARTS if part in parts and _has(landscape, part))
    if held is None:
        return LocalReview(landscape, told, when, held=full)
    return LocalReview(landscape, told, when, held.day, held.id, full)


def _has(landscape: Landscape, part: str) -> bool:
    return bool(
        review_facts.notes_here(landscape)
        if part == "notes"
        else record_sections.people_here(landscape)
    )


def _this_year(landscape: Landscape, today: date) -> Review | None:
    found = landscape.record.reviews_of(*landscape.keys)
    return next((r for r in found if r.of_year(today)), None)


def _before(landscape: Landscape, today: date) -> tuple[Review, ...]:
    """The other reviews of this year, which come of two computers, and the last one before it."""
    found = [r for r in landscape.record.reviews_of(*landscape.keys) if r.words]
    this_year = [r for r in found if r.of_year(today)]
    held = _this_year(landscape, today)
    earlier = [r for r in found if r.day is None or school_year(r.day) < school_year(today)]
    return (*(r for r in this_year if held and r.id != held.id), *earlier[:1])


def _when(held: Review, today: date) -> str:
    if held.day is None:
        return "Before, undated"
    years = school_year(today) - school_year(held.day)
    word = {0: "Also this year", 1: "Last year"}.get(years, "Before")
    return f"{word}, {wording.day(held.day)}"


# --- the page ---


NOTHING = "No words yet."


def _blocks(shown: LocalReview, part: Part, nothing: str = NOTHING) -> tuple[Fact, ...]:
    """The head's words on a feature as (heading, text): this year's first, then those before."""
    return ((shown.when, part.words or nothing), *part.before)


LONGEST = 120
"""Characters of the line that stands for many facts."""

FEW = 4
"""Lines of a row of facts that a screen shows; more open from one."""

WHERE_FROM = "where from"
"""What the line of the review's sources folds."""


def sections(shown: LocalReview, opened: Collection[str] = ()) -> tuple[Section, ...]:
    """The page for the head's own screen: question, words, facts, of each feature in turn. A row of
    many facts is one line, until it is among those `opened`; so is where all of them are from."""
    told = tuple(
        Section(
            f"{number} {part.feature.title}",
            (
                Entry(
                    part.feature.title,
                    blocks=_blocks(shown, part, f"{NOTHING} Press e to write what you make of it."),
                    card=Card(Key.of("review", part.feature.id), "Review", "", copy=part.words),
                ),
                *marked((Section("", tuple(_short(part, opened))),), shown.landscape.record)[
                    0
                ].entries,
            ),
            lead=part.feature.question,
        )
        for number, part in enumerate(shown.parts, 1)
    )
    *most, last = told
    return (*most, last._replace(entries=(*last.entries, *_sources(shown, opened))))


def _short(part: Part, opened: Collection[str]) -> Iterable[Entry]:
    """The facts on a feature; of a row of many how many they are, and their names."""
    for label, row in rows(part):
        if len(row) <= FEW:
            yield from row
            continue
        name = f"{part.feature.id} {label}"
        first, others = row[0], row[1:]
        said = first.text
        if first.card and first.card.key:  # no heading of its own
            others = row
            names = dict.fromkeys(entry.text for entry in row)
            said = f"{len(row)}: {', '.join(names)}"
            said = said if len(said) <= LONGEST else f"{said[:LONGEST].rpartition(', ')[0]}, …"
        yield Entry(said, label, card=card(NO_BODY, said), fact=True, folds=name)
        if name in opened:
            yield from (entry._replace(label="") for entry in others)


def _sources(shown: LocalReview, opened: Collection[str]) -> Iterable[Entry]:
    register = landscape_sections.register_line(shown.landscape)
    said = f"Where this is from: {register}; the features: EQuaLLS"
    yield Entry(said, card=card(NO_BODY, said), quiet=True, folds=WHERE_FROM)
    if WHERE_FROM in opened:
        yield fact("", SOURCE)
        facts = "Facts are those of your landscape: each one's page says where it is from."
        yield fact("", facts)


def document(shown: LocalReview) -> Document:
    """The review for others: its facts in rows, since nothing opens on paper."""
    landscape = shown.landscape
    where = (f"URN {landscape.school.urn}", *landscape_sections.headline(landscape))
    begun = f"Begun {wording.day(shown.day)}. " if shown.day else ""
    register = landscape_sections.register_line(landscape)
    return Document(
        landscape.school.name,
        tuple(
            Column(
                part.feature.title,
                (
                    Section(
                        "",
                        (
                            Entry(part.feature.title, blocks=_blocks(shown, part)),
                            *(Entry(_row_text(row), label) for label, row in rows(part)),
                        ),
                        lead=part.feature.question,
                    ),
                ),
                number,
            )
            for number, part in enumerate(shown.parts, 1)
        ),
        "review",
        of=TITLE,
        lead=(
            " · ".join(where),
            f"{begun}Facts as at {wording.day(landscape.as_at)}, register: {register}.",
        ),
        after=SOURCE,
        id="review",
    )


def rows(part: Part) -> list[tuple[str, list[Entry]]]:
    """The facts in rows, each with its label: those without one say more of the one above."""
    found: list[tuple[str, list[Entry]]] = []
    for entry in part.facts:
        if entry.label or not found:
            found.append((entry.label, []))
        found[-1][1].append(entry)
    return found


def _row_text(row: Iterable[Entry]) -> str:
    return "; ".join(cleaning.plain(_said(entry)) for entry in row)


def _said(entry: Entry) -> str:
    """A fact as a phrase: name, distance or day, and what is said of it; a note in full."""
    note = entry.card is not None and Key(entry.card.key).kind == "note"
    text = f"“{entry.card.copy}”" if note and entry.card else entry.text
    text += f" ({entry.right})" if entry.right else ""
    return text if entry.detail in text else f"{text} · {entry.detail}"
