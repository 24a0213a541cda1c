"""Documents as plain lines: for screen readers, e-mail and pipes.

No colour, no boxes, no bars, no alignment that needs eyes: every line says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from navigator.core import cleaning, wording
from navigator.core.model import School
from navigator.export.record import safe_lines
from navigator.view.documents import Document, Documents, without_maps
from navigator.view.sections import Entry, Section

if TYPE_CHECKING:
    from navigator.domain.index import Listed

ADDRESS = 90
"""The longest address that a brief document shows whole."""


def draw(documents: Documents) -> str:
    """One or several documents, ending with a newline."""
    held = [documents.held, ""] if documents.held else []
    drawn = ("\n".join(_document(one)) for one in documents.items)
    return "\n".join([*held, "\n\n".join(drawn)]) + "\n"


def school_text(school: School, away: str = "") -> str:
    """One line of `navigator find`; `away` is how far it is, where that is asked."""
    name, line = map(cleaning.plain, (school.name, wording.school_line(school, away)))
    return f"{school.urn}  {name}, {line}"


def found_body(body: Listed) -> str:
    """One line of `navigator find` for a body that is no school, its key first."""
    size = "" if body.size is None or body.of is not None else wording.count(body.size, "school")
    told = wording.joined(body.name, wording.joined(size, body.said), sign=", ")
    return f"{cleaning.plain(body.key)}  {cleaning.plain(told)}"


def _document(one: Document) -> Iterator[str]:
    yield cleaning.plain(f"{one.of}: {one.title}" if one.of else one.title)
    yield from map(cleaning.plain, one.lead)
    yield from (f"Note: {cleaning.plain(notice)}" for notice in one.notices)
    for name, rows in one.grid.parts if one.grid else ():
        yield from ("", f"{cleaning.plain(name)}:")
        for cells in rows:
            told = (" (".join(t.split("\n", 1)) + ")" * ("\n" in t) for t in cells if t)
            yield f"  {cleaning.plain('; '.join(told))}"
    for group in one.groups:
        if group.title:
            number = f"{group.number}. " if group.number else ""
            yield from ("", f"{number}{group.title.upper()}")
        for section in without_maps(group.sections):
            if section.title:
                yield from ("", f"{section.title}:")
            yield from (f"  {line}".rstrip() for line in _section(section, one))
    if one.after:
        yield from ("", one.after)


def _section(section: Section, one: Document) -> Iterator[str]:
    row = one.kind == "landscape"
    if section.lead:
        yield section.lead
    if not section.entries:
        yield section.empty
    label = ""
    for entry in section.entries:
        label = "" if entry.folds else entry.label or label
        for heading, words in entry.blocks:
            yield f"{heading}:"
            yield from (f"  {line}" for line in safe_lines(words))
        if not entry.blocks:
            yield _row(entry, label, one) if row else _entry(entry, section, label)
    if section.after and not (row and section.legend):
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


def _row(entry: Entry, label: str, one: Document) -> str:
    """A line of a landscape: how sure it is, how to reach the body, and what its card tells of why
    it stands there."""
    facts = dict(entry.card.facts) if entry.card else {}
    told = [f"{label}: " if label else "", cleaning.plain(entry.text)]
    right = facts["Distance"] if entry.marks else entry.right
    if beside := wording.joined(right, entry.sureness, sign=", "):
        told.append(f" ({beside})")
    if reach := entry.reach:
        site = wording.bare(reach.website, ADDRESS if one.brief else 0)
        ways = wording.joined(entry.telephone, site, sign=", ")
        told.append(f". {cleaning.plain(entry.through + ways)}")
    if entry.detail:
        told.append(f". {cleaning.plain(entry.detail)}")
    if "Claim" in facts and not entry.quiet:
        told.append(f". {facts['Claim']}. {facts.get('Why', '')}")
    if entry.marks and "Shares" in facts:
        told.append(f". Shares {facts['Shares']}")
    sourced = [f"{k.lower()} {facts[k]}" for k in ("Confidence", "Checked") if k in facts]
    if sourced and not entry.quiet and not entry.marks:
        told.append(f" ({'; '.join(sourced)}; source {facts.get('Source', 'not stated')})")
    if not entry.quiet and "Note" in facts:
        told.append(f". Note: {facts['Note']}")
    return "".join(told)
