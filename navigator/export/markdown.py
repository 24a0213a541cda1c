"""Documents as Markdown (CommonMark with tables), to paste into a document or an e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from navigator.core import cleaning, wording
from navigator.core.wording import SHARE_SIGNS
from navigator.view.documents import LICENCE, Document, Documents, Grid, without_maps
from navigator.view.sections import Entry, Section

SAFE = ":/?#[]@!$&'()*+,;=%"
"""What an address keeps as it is; all else is escaped as addresses are, so none ends early."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#])")


def draw(documents: Documents) -> str:
    """One or several documents, ending with a newline."""
    blocks = [f"**{documents.held}**"] if documents.held else []
    if documents.several:
        blocks.append(f"# {_escape(documents.title)}")
        listed = (f"- [{_escape(d.title)}](#{d.id}) {_escape(d.note)}" for d in documents.items)
        blocks.append("\n".join(listed))
    for one in documents.items:
        if documents.several:
            blocks.append(f'<a id="{one.id}"></a>')
        blocks.append("\n".join(_document(one, "##" if documents.several else "#")))
    return "\n\n".join(blocks) + "\n"


def _escape(text: str) -> str:
    """Outside text as literal Markdown: no link, image, table cell or HTML can come of it."""
    return _SPECIAL.sub(r"\\\1", cleaning.plain(text))


def _document(one: Document, level: str) -> Iterator[str]:
    begun = one.of[:1].lower() if one.kind == "review" else one.of[:1]  # else a school's name
    of = f": {begun}{one.of[1:]}" if one.of else ""
    yield f"{level} {_escape(one.title + of)}"
    for text in one.lead:
        yield from ("", _escape(text))
    for notice in one.notices:
        yield from ("", f"> {_escape(notice)}")
    for grid in filter(None, (one.grid, one.totals)):
        yield from _grid(grid)
    for group in one.groups:
        if group.title:
            number = f"{group.number} " if group.number else ""
            yield from ("", f"{level}# {number}{_escape(group.title)}")
        for section in without_maps(group.sections):
            if section.title:
                yield from ("", f"{level}## {_escape(section.title)}")
            yield from _section(section)
    for text in (one.after, LICENCE if one.licensed else ""):
        if text:
            yield from ("", _escape(text))


def _grid(grid: Grid) -> Iterator[str]:
    width = len(grid.heads)
    yield from ("", f"| {' | '.join(grid.heads)} |", "|---" * width + "|")
    for name, rows in grid.parts:
        yield f"| **{_escape(name)}** |{' |' * (width - 1)}"
        for cells in rows:
            yield f"| {' | '.join(_escape(cell.replace(chr(10), '; ')) for cell in cells)} |"


def _section(section: Section) -> Iterator[str]:
    if section.lead:
        yield from ("", f"*{_escape(section.lead)}*")
    for entry in section.entries:
        for heading, text in entry.blocks:
            yield from ("", f"**{_escape(heading)}**", "")
            for line in text.split("\n"):
                yield f"> {_escape(line)}".rstrip() + ("  " if line.strip() else "")
    yield ""
    if not section.entries:
        yield _escape(section.empty)
    elif section.legend:
        yield from _table(section)
    else:
        for entry in section.entries:
            if not entry.blocks:
                yield from _entry(entry)


def _table(section: Section) -> Iterator[str]:
    yield f"| School | Distance ({section.unit}) | {' | '.join(section.legend)} |"
    yield "|---|---:|" + ":-:|" * len(section.legend)
    for entry in section.entries:
        marks = " | ".join(SHARE_SIGNS[shared] for _, shared in entry.marks)
        yield f"| {_escape(entry.text)} | {entry.right} | {marks} |"
    yield from ("", section.after)


def _reach(entry: Entry) -> str:
    reach = entry.reach
    if reach is None:
        return ""
    address = f"<{quote(reach.website, SAFE)}>" if reach.website else ""
    ways = wording.joined(_escape(entry.telephone), address, sign=", ")
    return f". {wording.joined(_escape(entry.through), ways, sign=' ')}"


def _entry(entry: Entry) -> Iterator[str]:
    label = f"**{_escape(entry.label)}**: " if entry.label else ""
    right = wording.joined(entry.right, entry.sureness, sign=", ")
    right = f" ({right})" if right else ""
    yield f"- {label}{_escape(entry.text)}{right}{_reach(entry)}"
    facts = dict(entry.card.facts) if entry.card and not entry.quiet else {}
    why = ". ".join(facts[k] for k in ("Claim", "Why") if facts.get(k)) if "Claim" in facts else ""
    cited = " · ".join(facts[k] for k in ("Confidence", "Checked", "Source") if k in facts)
    if entry.detail:
        yield f"  {_escape(entry.detail)}"
    if why:
        yield f"  {_escape(why)}"
    if "Note" in facts:
        yield f"  Note: {_escape(facts['Note'])}"
    if cited:
        yield f"  *{_escape(cited)}*"
