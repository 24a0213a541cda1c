"""A landscape as Markdown: one page to paste into a document or an e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from navigator import outline, wording
from navigator.model import Landscape
from navigator.outline import Entry, Section
from navigator.wording import Units

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


def landscape_markdown(landscape: Landscape, units: Units = "miles") -> str:
    """The whole landscape as CommonMark with tables, ending without a newline."""
    return "\n".join(_lines(landscape, units))


def _escape(text: str) -> str:
    """Outside text as literal Markdown: no link, image, table cell or HTML can come of it."""
    return _SPECIAL.sub(r"\\\1", wording.plain(text))


def _lines(landscape: Landscape, units: Units) -> Iterator[str]:
    yield f"# {_escape(landscape.school.name)}"
    yield ""
    yield _escape(" · ".join((f"URN {landscape.school.urn}", *outline.headline(landscape))))
    yield ""
    yield f"Register: {outline.register_line(landscape)}. As at {wording.day(landscape.as_at)}."
    sample = [wording.SAMPLE_NOTICE] if landscape.register.sample else []
    for notice in (*sample, *landscape.notices):
        yield ""
        yield f"> {_escape(notice)}"
    for column in outline.columns(landscape, units):
        yield ""
        yield f"## {column.title}"
        for section in column.sections:
            yield ""
            yield f"### {section.title}"
            yield ""
            yield from _section(section)
    yield ""
    yield "Contains public sector information licensed under the Open Government Licence v3.0."


def _section(section: Section) -> Iterator[str]:
    if not section.entries:
        yield _escape(section.empty)
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
        yield f"| {_escape(entry.text)} | {entry.right} | {marks} |"
    yield ""
    yield section.after


def _entry(entry: Entry) -> Iterator[str]:
    label = f"**{_escape(entry.label)}**: " if entry.label else ""
    right = f" ({entry.right})" if entry.right else ""
    yield f"- {label}{_escape(entry.text)}{right}"
    facts = dict(entry.card.facts) if entry.card else {}
    why = ". ".join(t for t in (facts.get("Claim", ""), facts.get("Why", "")) if t)
    if entry.detail:
        yield f"  {_escape(entry.detail)}"
    if entry.quiet or not facts:
        return
    if "Claim" in facts:
        yield f"  {_escape(why)}"
    if "Note" in facts:
        yield f"  Note: {_escape(facts['Note'])}"
    cited = [facts[k] for k in ("Confidence", "Checked", "Source") if k in facts]
    if cited:
        yield f"  *{_escape(' · '.join(cited))}*"
