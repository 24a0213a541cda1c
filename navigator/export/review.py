"""A school's review as it leaves the computer: text, JSON, Markdown, one HTML page for a meeting.

The head's words are the point of it and are always in; notes and contacts in full only where the
review was made with them (`LocalReview.held`), and then the file says so at its top.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date

from navigator.core import wording
from navigator.export import page, sheet
from navigator.export.contract import one_line
from navigator.export.markdown import escape
from navigator.export.record import lines
from navigator.view import landscape_sections, review
from navigator.view.review import LocalReview, Part
from navigator.view.sections import Entry, Fact

SUFFIXES = {"html": ".html", "markdown": ".md"}
"""The forms of a file, and how its name ends."""


def document(form: str, shown: LocalReview, today: date) -> bytes:
    """A file of one of `SUFFIXES`, made on a day."""
    text = review_page(shown, today) if form == "html" else review_markdown(shown)
    return text.encode("utf-8", errors="replace")


def held_text(shown: LocalReview) -> str:
    """ "Holds your notes and contacts."; "" where nothing but the words is the head's."""
    return sheet.held_words(shown.held)


def _of(shown: LocalReview) -> str:
    school = shown.landscape.school
    where = " · ".join((f"URN {school.urn}", *landscape_sections.headline(shown.landscape)))
    return wording.plain(where)


def _dated(shown: LocalReview) -> str:
    """When it was begun and on which register its facts stand."""
    begun = f"Begun {wording.day(shown.day)}. " if shown.day else ""
    on = f"Facts as at {wording.day(shown.landscape.as_at)}"
    return f"{begun}{on}, register: {landscape_sections.register_line(shown.landscape)}."


def _rows(part: Part) -> Iterator[tuple[str, list[Entry]]]:
    """The facts in rows: those without a label of their own say more of the one above."""
    label = ""
    row: list[Entry] = []
    for entry in part.facts:
        if entry.label and row:
            yield label, row
            row = []
        label = entry.label or label
        row.append(entry)
    if row:
        yield label, row


def _said(entry: Entry) -> str:
    """A fact as a phrase: name, distance or day, and what is said of it."""
    text = entry.text + (f" ({entry.right})" if entry.right else "")
    if entry.card and entry.card.key.startswith("note:"):  # in full: no card opens on paper
        text = f"“{entry.card.copy}”" + (f" ({entry.right})" if entry.right else "")
    return text if entry.detail in text else f"{text} · {entry.detail}"


# --- text and JSON ---


def review_text(shown: LocalReview) -> str:
    """The review as plain lines, ending without a newline."""
    return "\n".join(_text(shown))


def _text(shown: LocalReview) -> Iterator[str]:
    yield f"{review.TITLE}: {wording.plain(shown.landscape.school.name)}"
    yield _of(shown)
    yield _dated(shown)
    for number, part in enumerate(shown.parts, 1):
        yield ""
        yield f"{number}. {part.feature.title.upper()}"
        yield f"  {part.feature.question}"
        for heading, text in review.blocks(shown, part):
            yield f"  {heading}:"
            yield from (f"    {line}".rstrip() for line in lines(text))
        for label, row in _rows(part):
            yield f"  {label}: " + "; ".join(wording.plain(_said(entry)) for entry in row)
    yield ""
    yield review.SOURCE


def review_json(shown: LocalReview) -> str:
    """The review on one line, in the form that docs/json.md tells."""
    school = shown.landscape.school
    return one_line(
        {
            "urn": school.urn,
            "name": school.name,
            "as_at": shown.landscape.as_at.isoformat(),
            "begun": shown.day.isoformat() if shown.day else None,
            "id": shown.id,
            "features": [
                {
                    "id": part.feature.id,
                    "title": part.feature.title,
                    "question": part.feature.question,
                    "facts": [_fact(label, e) for label, row in _rows(part) for e in row],
                    "words": part.words,
                    "before": [{"when": when, "words": text} for when, text in part.before],
                }
                for part in shown.parts
            ],
        }
    )


def _fact(label: str, entry: Entry) -> dict[str, str]:
    key = entry.card.key if entry.card else ""
    return {
        "label": label,
        "text": entry.text,
        "right": entry.right,
        "detail": entry.detail,
        "key": key,
    }


# --- Markdown ---


def review_markdown(shown: LocalReview) -> str:
    """The review as CommonMark, ending with a newline."""
    return "\n".join(_markdown(shown)) + "\n"


def _markdown(shown: LocalReview) -> Iterator[str]:
    held = held_text(shown)
    if held:
        yield f"**{held}**"
        yield ""
    yield f"# {escape(shown.landscape.school.name)}: {review.TITLE[:1].lower()}{review.TITLE[1:]}"
    yield ""
    yield escape(_of(shown))
    yield ""
    yield escape(_dated(shown))
    for number, part in enumerate(shown.parts, 1):
        yield ""
        yield f"## {number} {part.feature.title}"
        yield ""
        yield f"*{escape(part.feature.question)}*"
        for heading, text in review.blocks(shown, part):
            yield ""
            yield f"**{escape(heading)}**"
            yield ""
            for line in text.split("\n"):
                yield f"> {escape(line)}".rstrip() + ("  " if line.strip() else "")
        yield ""
        for label, row in _rows(part):
            yield f"- **{label}**: " + "; ".join(escape(_said(entry)) for entry in row)
    yield ""
    yield escape(review.SOURCE)
    yield ""
    yield sheet.LICENCE


# --- HTML ---

STYLE = """
article.review{display:block}
.feature{display:grid;grid-template-columns:3fr 2fr;gap:0 2rem;margin-top:1.4rem}
.feature h2{grid-column:1/-1;padding-bottom:.2rem;border-bottom:2px solid var(--accent);
font-size:1.2rem;line-height:1.3}
.feature>.quiet{grid-column:1/-1;margin-top:.25rem}
.words{display:grid;grid-auto-flow:column;grid-auto-columns:1fr;gap:0 1.25rem;align-content:start}
.words h3{margin-top:.6rem;font-size:.875rem;color:var(--accent)}
.words p{margin-top:.3rem;white-space:pre-wrap}
.facts{margin:.5rem 0 0;font-size:.8125rem;line-height:1.35;color:var(--quiet)}
.facts dt{font-weight:600;color:var(--ink)}
.facts dd{margin:0 0 .3rem}
@media screen and (max-width:48rem){.feature,.words{display:block}}
@media print{
.feature{margin-top:4pt;gap:0 5mm;grid-template-columns:6fr 5fr;break-inside:avoid}
.feature h2{font-size:10.5pt;padding-bottom:1pt}
.feature>.quiet{margin-top:1pt;font-size:7.6pt}
.words{gap:0 4mm}
.words h3{font-size:7.6pt;margin-top:2pt}
.words p{margin-top:0;font-size:8.2pt}
.facts{margin:3pt 0 0;font-size:6.8pt;line-height:1.22}
.facts dt,.facts dd{display:inline;margin:0}
.facts div{margin-bottom:1pt}
footer{margin-top:5pt;padding-top:3pt}
footer p{display:inline}
}
"""


def review_page(shown: LocalReview, today: date) -> str:
    """The review as one page that asks for nothing from outside, for a screen or A4."""
    return "\n".join(_page(shown, today)) + "\n"


def _page(shown: LocalReview, today: date) -> Iterator[str]:
    name = shown.landscape.school.name
    yield from page.opening(f"{name}: {review.TITLE}", held_text(shown), STYLE)
    yield '<article class="review">'
    yield "<header>"
    yield f'<h1 class="name">{page.safe(name)}</h1>'
    yield f'<p class="where">{review.TITLE}</p>'
    yield f'<p class="register">{page.safe(_of(shown))}</p>'
    yield f'<p class="register">{page.safe(_dated(shown))}</p>'
    yield "</header>"
    for number, part in enumerate(shown.parts, 1):
        yield '<section class="feature">'
        yield f"<h2>{number} {part.feature.title}</h2>"
        yield f'<p class="quiet">{page.safe(part.feature.question)}</p>'
        yield '<div class="words">'
        for block in review.blocks(shown, part):
            yield from _block(block)
        yield "</div>"
        yield '<dl class="facts">'
        for label, row in _rows(part):
            said = "; ".join(page.safe(_said(entry)) for entry in row)
            yield f"<div><dt>{page.safe(label)}</dt> <dd>{said}</dd></div>"
        yield "</dl>"
        yield "</section>"
    yield "</article>"
    yield from page.closing(today, review.SOURCE)


def _block(block: Fact) -> Iterator[str]:
    heading, text = block
    yield "<div>"
    yield f"<h3>{page.safe(heading)}</h3>"
    yield "<p>" + "\n".join(map(html.escape, lines(text))) + "</p>"
    yield "</div>"


__all__ = [
    "SUFFIXES",
    "document",
    "held_text",
    "review_json",
    "review_markdown",
    "review_page",
    "review_text",
]
