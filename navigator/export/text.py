"""Documents as plain lines: for screen readers, e-mail and pipes.

No colour, no boxes, no bars, no alignment that needs eyes: every line says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from navigator.core import cleaning, wording
from navigator.core.model import School
from navigator.export.record import lines
from navigator.view.documents import Document, Documents
from navigator.view.sections import Entry, Section


def draw(documents: Documents) -> str:
    """One or several documents, ending with a newline."""
    held = [documents.held, ""] if documents.held else []
    return "\n".join([*held, "\n\n".join("\n".join(_document(d)) for d in documents.items)]) + "\n"


def school_text(school: School) -> str:
    """One line of `navigator find`."""
    name, line = map(cleaning.plain, (school.name, wording.school_line(school)))
    return f"{school.urn}  {name}, {line}"


def _document(one: Document) -> Iterator[str]:
    yield cleaning.plain(f"{one.of}: {one.title}" if one.of else one.title)
    yield from map(cleaning.plain, one.lead)
    yield from (f"Note: {cleaning.plain(notice)}" for notice in one.notices)
    for group in one.groups:
        if group.title:
            number = f"{group.number}. " if group.number else ""
            yield from ("", f"{number}{group.title.upper()}")
        for section in group.sections:
            if section.title:
                yield from ("", f"{section.title}:")
            yield from (f"  {line}".rstrip() for line in _section(section, reasons=one.reasons))
    if one.after:
        yield from ("", one.after)


def _section(section: Section, *, reasons: bool) -> Iterator[str]:
    if section.lead:
        yield section.lead
    if not section.entries:
        yield section.empty
    label = ""
    for entry in section.entries:
        label = entry.label or label
        for heading, words in entry.blocks:
            yield f"{heading}:"
            yield from (f"  {line}" for line in lines(words))
        if not entry.blocks:
            yield _reasoned(entry, label) if reasons else _entry(entry, section, label)
    if section.after and not (reasons and section.legend):
        yield section.after


def _entry(entry: Entry, section: Section, label: str) -> str:
    told = [f"{label}: " if label else "", cleaning.plain(entry.text)]
    if entry.cells:
        cells = zip(section.legend, entry.cells, strict=True)
        told.append(". " + ", ".join(f"{head} {' '.join(text.split())}" for head, text in cells))
    elif entry.right:
        right = " ".join(entry.right.split())
        told.append(f": {right}" if entry.text else right)
    if entry.detail:
        told.append(f". {cleaning.plain(entry.detail)}")
    return "".join(told)


def _reasoned(entry: Entry, label: str) -> str:
    """A line of a landscape, with why it stands there and how sure that is."""
    facts = dict(entry.card.facts) if entry.card else {}
    told = [f"{label}: " if label else "", cleaning.plain(entry.text)]
    if entry.right:
        told.append(f", {facts['Distance'] if entry.marks else entry.right}")
    if entry.detail:
        told.append(f". {cleaning.plain(entry.detail)}")
    if "Claim" in facts and not entry.quiet:
        told.append(f". {facts['Claim']}. {facts.get('Why', '')}")
    if entry.marks and "Shares" in facts:
        told.append(f". Shares {facts['Shares']}")
    sourced = [f"{k.lower()} {facts[k]}" for k in ("Confidence", "Checked") if k in facts]
    if sourced and not entry.quiet and not entry.marks:
        told.append(f" ({'; '.join(sourced)}; source {facts.get('Source', 'not stated')})")
    if way := entry.way:
        told.append(f". Reach: {cleaning.plain(way)}")
    if not entry.quiet and "Note" in facts:
        told.append(f". Note: {facts['Note']}")
    return "".join(told)
