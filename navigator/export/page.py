"""Documents as one HTML page: on a screen, in the dark, on A4.

`page.html` is its template, `page.css` and a file of a kind's own say how it looks. The page asks
for nothing from outside and runs nothing (its own policy forbids both). Every text is escaped where
the template puts it in; only what `cleaning.link` lets through becomes a link.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from navigator import __version__
from navigator.core import cleaning, wording
from navigator.export import map as maps
from navigator.export.record import lines
from navigator.view.documents import LICENCE, Document, Documents
from navigator.view.sections import Entry

SENTENCES = ("Claim", "Published", "Why")
REASONS = (
    *(*SENTENCES, "Confidence", "Since", "Until", "Status"),
    *("Checked", "Dated", "Source", "Note"),
)
"""The labels of a card's facts that say why a body is shown, in the order in which they are told;
sentences stand without their label."""

_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACES = re.compile(r"\s*([{}:;,>+])\s*")
_ADDRESS = re.compile(r"https?://[^\s|]+")


def draw(documents: Documents, today: date) -> str:
    """The page, made on a day."""
    page = _template().render(
        documents=documents,
        wording=wording,
        day=wording.day(today),
        style=style(documents.items[0].kind),
        version=__version__,
    )
    return page.lstrip() + "\n"


@cache
def _template() -> Template:
    """What the template asks in its turn is given here."""
    engine = Environment(
        autoescape=True,
        finalize=_plain,
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )
    given = {
        "detail_of": _detail,
        "bare": wording.bare,
        "joined": wording.joined,
        "kept": lambda words: Markup("\n").join(map(escape, lines(words))),
        "linked": _linked,
        "map_of": _map,
        "reasons_of": lambda one: Reasons(f"n-{one.id}-"),
        "LICENCE": LICENCE,
        "SENTENCES": SENTENCES,
    }
    return engine.from_string(_file("page.html"), given)


def style(kind: str) -> str:
    """The styles of all pages, and of a kind that has its own, without the spaces and comments that
    are for who reads the files."""
    css = _file("page.css") + _file(f"{kind}.css")
    return _SPACES.sub(r"\1", _COMMENTS.sub("", css)).strip()


def _file(name: str) -> str:
    """A file that lies beside this one, "" where there is none."""
    file = resources.files("navigator.export").joinpath(name)
    return file.read_text("utf-8") if file.is_file() else ""


def _plain(value: Any) -> Any:
    """What is put in, if it is a text and not markup of ours, safe to be shown."""
    text = isinstance(value, str) and not isinstance(value, Markup)
    return cleaning.plain(value) if text else value


def _map(one: Document) -> maps.Drawing | None:
    return maps.drawing(*one.around, f"{one.id}-") if one.around else None


def _detail(entry: Entry) -> str:
    unsure = entry.confidence in ("medium", "low")
    told = (entry.detail, f"{entry.confidence} confidence" if unsure else "")
    return " · ".join(t for t in told if t)


class Reasons:
    """The numbered reasons beneath a document, each once however many lines it stands behind."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.held: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}

    def number(self, entry: Entry) -> int:
        """The number of the reason for a line; 0 for one without, which says more of another or is
        a school nearby."""
        facts = dict(entry.card.facts) if entry.card and not entry.quiet and not entry.marks else {}
        if not facts.keys() & {"Claim", "Why"}:
            return 0
        told = tuple((label, facts[label]) for label in REASONS if label in facts)
        return self.held.setdefault((entry.text, told), len(self.held) + 1)


def _linked(said: str) -> Markup:
    """A text with the addresses in it as links."""
    shown = cleaning.plain(said)
    parts, end = [], 0
    for found in _ADDRESS.finditer(shown):
        address = found[0].rstrip(".,;:!?'\"")
        if address.count("(") < address.count(")"):
            address = address.rstrip(")")
        if cleaning.link(address) != address:
            continue
        stop = found.start() + len(address)
        parts += [escape(shown[end : found.start()]), _LINK.format(address)]
        end = stop
    return Markup().join((*parts, escape(shown[end:])))


_LINK = Markup('<a href="{0}">{0}</a>')
