"""A landscape as plain lines: for screen readers, e-mail and pipes.

No colour, no boxes, no alignment that needs eyes: every line says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from navigator.core import wording
from navigator.core.model import Landscape, School
from navigator.core.wording import Units
from navigator.view import landscape_sections
from navigator.view.sections import Entry, Section


def landscape_text(landscape: Landscape, units: Units = "miles") -> str:
    """The whole landscape as text, ending without a newline."""
    return "\n".join(_lines(landscape, units))


def school_text(school: School) -> str:
    """One line of `navigator find`."""
    return (
        f"{school.urn}  {wording.plain(school.name)}, {wording.plain(wording.school_line(school))}"
    )


def _lines(landscape: Landscape, units: Units) -> Iterator[str]:
    school = landscape.school
    yield f"{wording.plain(school.name)}, URN {school.urn}"
    yield wording.plain(" · ".join(landscape_sections.headline(landscape)))
    register = landscape_sections.register_line(landscape)
    yield f"Register: {register}. As at {wording.day(landscape.as_at)}."
    if landscape.register.sample:
        yield wording.SAMPLE_NOTICE
    for notice in landscape.notices:
        yield f"Note: {wording.plain(notice)}"
    for column in landscape_sections.columns(landscape, units):
        yield ""
        yield column.title.upper()
        for section in column.sections:
            yield ""
            yield f"{section.title}:"
            yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    if not section.entries:
        yield f"  {section.empty}"
    label = ""
    for entry in section.entries:
        label = entry.label or label
        yield "  " + _entry(entry, label)
    if section.after and not section.legend:
        yield f"  {section.after}"


def _entry(entry: Entry, label: str) -> str:
    parts = [f"{label}: " if label else "", wording.plain(entry.text)]
    card = entry.card
    facts = dict(card.facts) if card else {}
    if entry.right:
        parts.append(f", {facts['Distance'] if entry.marks else entry.right}")
    if entry.detail:
        parts.append(f". {wording.plain(entry.detail)}")
    if "Claim" in facts and not entry.quiet:
        parts.append(f". {facts['Claim']}. {facts.get('Why', '')}")
    if entry.marks and "Shares" in facts:
        parts.append(f". Shares {facts['Shares']}")
    sourced = [f"{k.lower()} {facts[k]}" for k in ("Confidence", "Checked") if k in facts]
    if card and sourced and not entry.quiet and not entry.marks:
        parts.append(f" ({'; '.join(sourced)}; source {facts.get('Source', 'not stated')})")
    if not entry.quiet and "Note" in facts:
        parts.append(f". Note: {facts['Note']}")
    return "".join(parts)
