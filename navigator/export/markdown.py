"""A landscape as Markdown: one page to paste into a document or an e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from navigator.core import wording
from navigator.core.model import Landscape
from navigator.core.wording import Units
from navigator.export import sheet
from navigator.export.sheet import Sheet
from navigator.view import landscape_sections
from navigator.view.sections import Entry, Section

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


def landscape_markdown(landscape: Landscape, units: Units = "miles") -> str:
    """The whole landscape as CommonMark with tables, ending without a newline."""
    return "\n".join(
        _lines(Sheet(landscape, landscape_sections.columns(landscape, units), units), "")
    )


def sheets_markdown(landscapes: Sequence[Sheet], name: str = "") -> str:
    """One document of one or several landscapes, the several under a list of contents.

    `name` is what the landscapes are of, where they are several.
    """
    held = sheet.held_text(landscapes)
    blocks = [f"**{held}**"] if held else []
    several = len(landscapes) != 1
    if several:
        schools = wording.count(len(landscapes), "school")
        blocks.append("# " + escape(f"{name}: {schools}" if name else schools))
        blocks.append(
            "\n".join(
                f"- [{escape(s.landscape.school.name)}](#urn-{s.landscape.school.urn}) "
                f"{escape(wording.school_line(s.landscape.school))}"
                for s in landscapes
            )
        )
    for one in landscapes:
        if several:
            blocks.append(f'<a id="urn-{one.landscape.school.urn}"></a>')
        blocks.append("\n".join(_lines(one, "#" if several else "")))
    return "\n\n".join(blocks)


def escape(text: str) -> str:
    """Outside text as literal Markdown: no link, image, table cell or HTML can come of it."""
    return _SPECIAL.sub(r"\\\1", wording.plain(text))


def _lines(one: Sheet, deeper: str) -> Iterator[str]:
    """The lines of a landscape, its headings so many levels deeper."""
    yield f"{deeper}# {escape(one.landscape.school.name)}"
    yield ""
    yield escape(sheet.heading(one))
    yield ""
    yield sheet.register_text(one)
    for notice in sheet.notices(one):
        yield ""
        yield f"> {escape(notice)}"
    for column in one.columns:
        yield ""
        yield f"{deeper}## {column.title}"
        for section in column.sections:
            yield ""
            yield f"{deeper}### {section.title}"
            yield ""
            yield from _section(section)
    yield ""
    yield sheet.LICENCE


def _section(section: Section) -> Iterator[str]:
    if not section.entries:
        yield escape(section.empty)
        return
    if section.legend:
        yield from _nearby(section)
        return
    for entry in section.entries:
        yield from _entry(entry)


def _nearby(section: Section) -> Iterator[str]:
    yield f"| School | Distance ({section.unit}) | " + " | ".join(section.legend) + " |"
    yield "|---|---:|" + ":-:|" * len(section.legend)
    for entry in section.entries:
        marks = " | ".join("●" if shared else "·" for _, shared in entry.marks)
        yield f"| {escape(entry.text)} | {entry.right} | {marks} |"
    yield ""
    yield section.after


def _entry(entry: Entry) -> Iterator[str]:
    label = f"**{escape(entry.label)}**: " if entry.label else ""
    right = f" ({entry.right})" if entry.right else ""
    yield f"- {label}{escape(entry.text)}{right}"
    facts = dict(entry.card.facts) if entry.card else {}
    why = ". ".join(t for t in (facts.get("Claim", ""), facts.get("Why", "")) if t)
    if entry.detail:
        yield f"  {escape(entry.detail)}"
    if entry.quiet or not facts:
        return
    if "Claim" in facts:
        yield f"  {escape(why)}"
    if "Note" in facts:
        yield f"  Note: {escape(facts['Note'])}"
    cited = [facts[k] for k in ("Confidence", "Checked", "Source") if k in facts]
    if cited:
        yield f"  *{escape(' · '.join(cited))}*"
