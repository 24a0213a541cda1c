"""Landscapes as one HTML page for governors: on a screen, in the dark, on A4.

The page asks for nothing from outside and runs nothing (its own policy forbids both). All text is
escaped here; only what `wording.link` lets through becomes a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from html import escape

from navigator import __version__
from navigator.core import wording
from navigator.export import map as maps
from navigator.export import sheet as sheets
from navigator.export.map import FindSchool
from navigator.export.sheet import Sheet
from navigator.view import landscape_sections
from navigator.view.sections import Entry, Section

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1b2126",
    "quiet": "#46525c",
    "accent": "#00695f",
    "ground": "#f4f2ec",
    "line": "#c9c6bb",
    "near": "#5f7182",
    "lead": "#8a5600",
}
DARK = {
    "paper": "#11161b",
    "ink": "#e6eaee",
    "quiet": "#9dabb8",
    "accent": "#5ec4b6",
    "ground": "#1c242c",
    "line": "#3a4651",
    "near": "#8296a8",
    "lead": "#e8b45a",
}
"""Colours by what they are for; tests/export/test_page.py holds them to their contrasts."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_ADDRESS = re.compile(r"https?://[^\s|]+")


def page(landscapes: Sequence[Sheet], find: FindSchool, today: date, name: str = "") -> str:
    """One page of one or several landscapes, the several under a list of contents.

    Args:
        landscapes: What to show.
        find: Gives a school by URN, for where lead schools lie.
        today: The day on which the page is made.
        name: What the landscapes are of, where they are several ("Nottingham").
    """
    return "\n".join(_page(landscapes, find, today, name)) + "\n"


def _page(landscapes: Sequence[Sheet], find: FindSchool, today: date, name: str) -> Iterator[str]:
    several = len(landscapes) != 1
    schools = wording.count(len(landscapes), "school")
    whole = f"{name}: {schools}" if name else schools
    title = whole if several else landscapes[0].landscape.school.name
    yield from opening(f"{title}: who could support it", sheets.held_text(landscapes))
    if several:
        yield "<header>"
        yield f"<h1>{safe(whole)}</h1>"
        yield "</header>"
        yield '<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>'
        for one in landscapes:
            school = one.landscape.school
            said = wording.school_line(school)
            yield (
                f'<li><a href="#urn-{school.urn}">{safe(school.name)}</a> '
                f'<span class="quiet">{safe(said)}</span></li>'
            )
        yield "</ol></nav>"
    for one in landscapes:
        yield from _landscape(one, find, 2 if several else 1)
    yield from closing(today)


def opening(title: str, held: str, style: str = "") -> Iterator[str]:
    """The head of any page, to where what it says begins; `held` warns of what of the head's is in
    it, `style` adds to the styles that all pages have."""
    yield "<!DOCTYPE html>"
    yield '<html lang="en-GB">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark">'
    yield f'<meta name="generator" content="Navigator {__version__}">'
    yield f"<title>{safe(title)}</title>"
    yield f"<style>{_style()}{style}</style>"
    yield "</head>"
    yield "<body>"
    if held:
        yield f'<p class="held" role="note"><strong>{held}</strong> Think who should see it.</p>'
    yield "<main>"


def closing(today: date, said: str = "") -> Iterator[str]:
    """The foot of any page; `said` stands over the licence."""
    yield "</main>"
    yield "<footer>"
    if said:
        yield f"<p>{safe(said)}</p>"
    yield f"<p>Made with Navigator {__version__} on {wording.day(today)}. {sheets.LICENCE}</p>"
    yield "</footer>"
    yield "</body>"
    yield "</html>"


def _landscape(one: Sheet, find: FindSchool, level: int) -> Iterator[str]:
    urn = one.landscape.school.urn
    notes = _Notes(f"n{urn}-")
    yield f'<article id="urn-{urn}" aria-labelledby="name-{urn}">'
    yield "<header>"
    yield f'<h{level} class="name" id="name-{urn}">{safe(one.landscape.school.name)}</h{level}>'
    yield f'<p class="where">{safe(sheets.heading(one))}</p>'
    yield f'<p class="register">{safe(sheets.register_text(one))}</p>'
    for notice in sheets.notices(one):
        yield f'<p class="notice">{safe(notice)}</p>'
    yield "</header>"
    for column in one.columns:
        ground = column is one.columns[-1]
        yield f'<section class="{"reading ground" if ground else "reading"}">'
        yield f"<h{level + 1}>{safe(column.title)}</h{level + 1}>"
        first, *rest = column.sections
        yield from _section(first, one, level + 2, notes)
        if ground:
            yield from _map(one, find)
            yield '<div class="rest">'
        for section in rest:
            yield from _section(section, one, level + 2, notes)
        if ground:
            yield "</div>"
        yield "</section>"
    yield from _evidence(notes, level + 1)
    yield "</article>"


# --- sections ---


class _Notes:
    """The numbered reasons beneath a landscape, each once however many lines it stands behind."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.held: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}

    def sign(self, entry: Entry) -> str:
        """The raised number that leads to the reason for a line; "" where it has none."""
        told = sheets.evidence(entry)
        if not told:
            return ""
        number = self.held.setdefault((entry.text, told), len(self.held) + 1)
        return (
            f'<sup><a href="#{self.prefix}{number}" aria-label="Reason {number}">{number}</a></sup>'
        )


def _section(section: Section, one: Sheet, level: int, notes: _Notes) -> Iterator[str]:
    yield f'<section class="{"part table" if section.legend else "part"}">'
    yield f"<h{level}>{safe(section.title)}</h{level}>"
    if not section.entries:
        yield f'<p class="quiet">{safe(section.empty)}</p>'
    elif section.legend:
        yield from _table(section, one)
    else:
        yield "<ul>"
        for entry in section.entries:
            yield _entry(entry, notes)
        yield "</ul>"
    yield "</section>"


def _entry(entry: Entry, notes: _Notes) -> str:
    name = safe(entry.text)
    website = dict(entry.card.facts).get("Website", "") if entry.card else ""
    if website and not entry.quiet:
        name = f'<a href="{safe(website)}">{name}</a>'
    parts = [f'<span class="label">{safe(entry.label)}</span> ' if entry.label else ""]
    parts.append(f'<span class="what">{name}{notes.sign(entry)}</span>')
    if entry.right:
        parts.append(f' <span class="right">{safe(entry.right)}</span>')
    said = [entry.detail] if entry.detail else []
    if entry.confidence in ("medium", "low"):
        said.append(f"{entry.confidence} confidence")
    if said:
        parts.append(f' <span class="detail">{safe(" · ".join(said))}</span>')
    opening = '<li class="quiet">' if entry.quiet else "<li>"
    return f"{opening}{''.join(parts)}</li>"


def _table(section: Section, one: Sheet) -> Iterator[str]:
    """The nearby schools; its roles keep it a table where a phone lays its rows out anew."""
    names = landscape_sections.mark_names(one.landscape)
    yield '<table role="table">'
    yield f'<caption class="unseen">{safe(section.title)}, and what they share</caption>'
    column = '<th scope="col" role="columnheader"'
    yield '<thead role="rowgroup"><tr role="row">'
    yield f'{column}>School</th>{column} class="detail">Where</th>'
    yield f'{column} class="number">Distance ({safe(section.unit)})</th>'
    for letter in section.legend:
        yield (
            f'{column} class="mark"><span aria-hidden="true">{safe(letter)}</span>'
            f'<span class="unseen">{safe(names[letter])}</span></th>'
        )
    yield "</tr></thead>"
    yield '<tbody role="rowgroup">'
    for entry in section.entries:
        cells = "".join(_mark(shared=shared) for _, shared in entry.marks)
        yield (
            f'<tr role="row"><th scope="row" role="rowheader">{safe(entry.text)}</th>'
            f'<td role="cell" class="detail">{safe(entry.detail)}</td>'
            f'<td role="cell" class="number">{safe(entry.right)}</td>{cells}</tr>'
        )
    yield "</tbody>"
    yield "</table>"
    yield f'<p class="quiet">{safe(section.after)}</p>'


def _mark(*, shared: bool) -> str:
    sign, word = ("●", "shared") if shared else ("·", "not")
    return (
        f'<td role="cell" class="mark"><span aria-hidden="true">{sign}</span>'
        f'<span class="unseen">{word}</span></td>'
    )


def _map(one: Sheet, find: FindSchool) -> Iterator[str]:
    drawn = maps.drawing(one.landscape, find, one.units, f"n{one.landscape.school.urn}-")
    if drawn is None:
        return
    yield "<figure>"
    yield drawn.svg
    yield "<figcaption>"
    yield (
        '<p class="key"><span class="home">◆</span> this school '
        '<span class="near">●</span> nearby <span class="lead">▲</span> a hub’s lead school; '
        "at the edge, the way to one further off. North is up.</p>"
    )
    if drawn.leads:
        yield "<ol>"
        for lead in drawn.leads:
            far = f' <span class="right">{lead.far}</span>' if lead.far else ""
            yield (
                f'<li value="{lead.number}">{safe(lead.name)}{far} '
                f'<span class="detail">{safe("; ".join(lead.hubs))}</span></li>'
            )
        yield "</ol>"
    yield "</figcaption>"
    yield "</figure>"


# --- why, how sure, and where it is written ---


def _evidence(notes: _Notes, level: int) -> Iterator[str]:
    if not notes.held:
        return
    yield '<section class="evidence">'
    yield f"<h{level}>Why, how sure, and where it is written</h{level}>"
    yield "<ol>"
    for (name, told), number in notes.held.items():
        facts = dict(told)
        why = [facts[k] for k in ("Claim", "Published", "Why") if k in facts]
        said = [f"<strong>{safe(name)}:</strong>"]
        said += [f"{safe(text.rstrip('.'))}." for text in why]
        rest = [
            f"{label}: {_linked(text).rstrip('.')}."
            for label, text in told
            if label not in ("Claim", "Published", "Why")
        ]
        yield (
            f'<li id="{notes.prefix}{number}" value="{number}">{" ".join(said)} '
            f'<span class="detail">{" ".join(rest)}</span></li>'
        )
    yield "</ol>"
    yield "</section>"


def _linked(text: str) -> str:
    """A text with the addresses in it as links."""
    shown = wording.plain(text)
    parts, end = [], 0
    for found in _ADDRESS.finditer(shown):
        address = found[0].rstrip(".,;:!?'\"")
        if address.count("(") < address.count(")"):
            address = address.rstrip(")")
        if wording.link(address) != address:
            continue
        stop = found.start() + len(address)
        parts.append(escape(shown[end : found.start()]))
        parts.append(f'<a href="{escape(address)}">{escape(address)}</a>')
        end = stop
    return "".join((*parts, escape(shown[end:])))


def safe(text: str) -> str:
    """Text from anywhere as HTML that says it and does nothing."""
    return escape(wording.plain(text))


# --- how it looks ---


def _colours(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def _style() -> str:
    light, dark = _colours(LIGHT), _colours(DARK)
    return _STYLE.replace("LIGHT;", light).replace("DARK;", dark)


_STYLE = """
:root{LIGHT;color-scheme:light dark}
@media screen and (prefers-color-scheme:dark){:root{DARK;}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:66rem;padding:1.5rem 1.25rem 3rem;background:var(--paper);
color:var(--ink);font:16px/1.45 system-ui,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
overflow-wrap:anywhere}
h1,h2,h3,h4,p,ul,ol,figure{margin:0;padding:0}
ul{list-style:none}
.name{font-size:1.75rem;line-height:1.2;color:var(--accent)}
h1{font-size:1.75rem;line-height:1.2}
.where{margin-top:.3rem}
.register,.quiet,.detail,footer{color:var(--quiet)}
.register,footer{font-size:.875rem}
.notice,.held{margin:.75rem 0 0;padding:.5rem .75rem;background:var(--ground);
border-left:4px solid var(--lead)}
.held{margin:0 0 1rem}
a{color:inherit;text-decoration:underline;text-decoration-color:var(--accent);
text-underline-offset:.15em}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
article{display:grid;grid-template-columns:1fr 1fr;gap:0 2.5rem}
article>header,.ground,.evidence{grid-column:1/-1}
nav ol{margin:.5rem 0 2rem 1.5rem}
nav h2{margin-top:1rem}
article+article{margin-top:3rem;border-top:2px solid var(--line);padding-top:2rem}
.reading>h2,.reading>h3,.evidence>h2,.evidence>h3{margin-top:1.75rem;padding-bottom:.25rem;
border-bottom:2px solid var(--accent);font-size:1.2rem;line-height:1.3}
.part{margin-top:1rem}
.part>h3,.part>h4{font-size:.95rem;color:var(--accent);line-height:1.3}
.part li{display:grid;grid-template-columns:6.2rem 1fr auto;gap:0 .6rem;margin-top:.3rem}
.part li .label{grid-column:1;color:var(--quiet)}
.part li .what{grid-column:2}
.part li .right{grid-column:3;white-space:nowrap}
.part li .detail{grid-column:2/-1;font-size:.875rem}
.reading:nth-of-type(2) .part li{grid-template-columns:1fr auto}
.reading:nth-of-type(2) .part li>*{grid-column:auto}
.reading:nth-of-type(2) .part li .detail{grid-column:1/-1}
.ground .part li{display:block}
.ground .part li .right{margin-left:.4rem;color:var(--quiet)}
.ground .part li .detail{display:block}
sup{font-size:.7em;line-height:0;margin-left:.15em}
sup a{text-decoration:none;padding:0 .15em;color:var(--accent)}
figure{display:grid;grid-template-columns:21rem 1fr;gap:0 1.5rem;margin-top:1rem}
.rest{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:0 2.5rem}
table{width:100%;border-collapse:collapse;margin-top:.4rem;font-variant-numeric:tabular-nums}
th,td{padding:.2rem .35rem;text-align:left;vertical-align:top;font-weight:400;
border-bottom:1px solid var(--line)}
thead th{overflow-wrap:normal;font-weight:600;vertical-align:bottom;color:var(--quiet)}
td.detail{font-size:.875rem}
th:nth-child(2){width:37%}
thead .number{width:5.6rem;white-space:normal}
th[scope=row]{min-width:9rem}
.number{text-align:right;white-space:nowrap}
.mark{text-align:center;width:2rem}
table+p{margin-top:.4rem;font-size:.875rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
white-space:nowrap}
.map{display:block;width:100%;height:auto}
.map .ground{fill:var(--ground);stroke:var(--line)}
.map .near{fill:var(--near);stroke:var(--ground)}
.map .home{fill:var(--accent);stroke:var(--ground);stroke-width:1.5}
.map .lead{fill:var(--lead);stroke:var(--ground)}
.map .bar{fill:none;stroke:var(--ink);stroke-width:1.5}
.map text{fill:var(--ink);font:11px system-ui,"Segoe UI",Roboto,Arial,sans-serif}
.map .number{text-anchor:middle;font-weight:600;stroke:var(--ground);stroke-width:3px;
paint-order:stroke}
figcaption{font-size:.875rem}
figcaption .home{color:var(--accent)}
figcaption .near{color:var(--near)}
figcaption .lead{color:var(--lead)}
figcaption ol{margin:.3rem 0 0 1.5rem}
figcaption .detail{display:block}
.evidence ol{margin:.5rem 0 0 1.75rem;font-size:.875rem}
.evidence li{margin-top:.35rem}
footer{margin-top:2rem;border-top:1px solid var(--line);padding-top:.5rem}
@media screen and (max-width:48rem){
article,figure{display:block}
table,thead,tbody{display:block}
tr{display:flex;flex-wrap:wrap;border-bottom:1px solid var(--line);padding:.2rem 0}
tr>*,th[scope=row],thead .number{border:0;padding:0 .1rem;min-width:0}
tr>th:first-child{flex:1 0 5.5rem}
tr>.number,thead .number{width:3.8rem}
tr>.mark{width:1.5rem}
tr>.detail{order:1;flex:0 0 100%}
thead{font-size:.75rem}
}
@page{size:A4;margin:12mm 13mm 13mm}
@media print{
body{max-width:none;padding:0;font-size:8.6pt;line-height:1.32}
.name,h1{font-size:16pt}
.reading>h2,.reading>h3,.evidence>h2,.evidence>h3{font-size:11pt;margin-top:8pt}
.part{margin-top:5pt}
.part>h3,.part>h4{font-size:8.8pt}
.part li{margin-top:1.5pt;break-inside:avoid;grid-template-columns:4.9rem 1fr auto}
.register,footer,.part li .detail,table+p,figcaption{font-size:7.6pt}
article{gap:0 7mm}
h2,h3,h4{break-after:avoid}
article+article{break-before:page;margin-top:0;border:0;padding-top:0}
.ground{break-before:page}
figure{grid-template-columns:78mm 1fr;gap:0 5mm;margin-top:7pt}
.rest{grid-template-columns:1fr 1fr;gap:0 7mm}
th,td{padding:.9pt 3pt}
th:nth-child(2){width:36%}
thead .number{width:4.6rem}
.mark{width:1.6rem}
td.detail{font-size:7.6pt}
tr,figure,.evidence li{break-inside:avoid}
thead{display:table-header-group}
.evidence ol{font-size:7.4pt;line-height:1.3}
.evidence li{margin-top:2pt}
a{text-decoration:none}
nav{break-after:page}
.notice,.held,.map .ground{print-color-adjust:exact}
}
"""

__all__ = ["closing", "opening", "page", "safe"]
