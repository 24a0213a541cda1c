"""Documents as HTML: on a screen, in the dark, on a phone, on A4.

`page.html` is its template, `page.css` and a file of a kind's own say how it looks. A page alone
asks for nothing from outside and runs nothing (its own policy forbids both); one that stands among
others (`Frame`) may have its styles and its one script from there. Every text is escaped where the
template puts it in; only what `cleaning.link` lets through becomes a link.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup, escape

from navigator import __version__
from navigator.core import cleaning, wording
from navigator.core.keys import Key
from navigator.export import map as maps
from navigator.export.reasons import SENTENCES, Reasons
from navigator.export.record import safe_lines
from navigator.view.documents import LICENCE, Document, Documents
from navigator.view.sections import Entry, Section

SHARE_CLASSES = {True: "s", False: "", None: "u"}
"""What page.css draws the signs of `wording.SHARE_SIGNS` for: most often none is needed."""

_COMMENTS = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACES = re.compile(r"\s*([{}:;,>+])\s*")
_ADDRESS = re.compile(r"https?://[^\s|]+")
_ENDS = re.compile(r"\s*</(?:li|p|td|th|tr|thead|tbody)>\s*")
_BETWEEN = re.compile(r">\n+<")
_QUOTED = re.compile(r'="([\w.#-]+)"(?=[ >])')


def _no_link(_: Key) -> str:
    """Of a page alone: no line leads to another page."""
    return ""


class Frame(NamedTuple):
    """What a page is among: where its lines, its styles and its reasons lead.

    `link` gives the address of a body's page, "" for none. `style` is the address of the styles,
    "" for those in the page itself. `reasons` are shared with other pages and told on the page at
    `at`, "" for this one. `ways` are links to its neighbours, (address, words) each; `search` is
    where the box to search from leads, with what was `asked` in it; `script` runs on it.
    """

    link: Callable[[Key], str] = _no_link
    style: str = ""
    reasons: Reasons | None = None
    at: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    search: str = ""
    asked: str = ""
    script: str = ""


ALONE = Frame()


def draw(documents: Documents, today: date, frame: Frame = ALONE) -> str:
    """The page, made on a day."""
    kind = documents.items[0].kind
    several = documents.several and kind == "landscape"
    shared = frame.reasons or (Reasons.shared_by(documents.items) if several else None)
    leads = {one.lead[-1] for one in documents.items if one.lead} if several else set()
    page = _template().render(
        documents=documents,
        frame=frame,
        at=frame.at,
        shared=shared,
        reasons_of=lambda one: shared or Reasons(f"n-{one.id}-" if one.id else "n-"),
        common=leads.pop() if len(leads) == 1 else "",
        of_page=kind in ("page", "index"),
        wording=wording,
        day=wording.day(today),
        style="" if frame.style else style(kind),
        policy=_policy(frame),
        version=__version__,
    )
    return _smaller(page.lstrip()) + "\n"


def _policy(frame: Frame) -> str:
    """What the page may load and run, for the browser to hold it to."""
    styles = "'self' file:" if frame.style else "'unsafe-inline'"
    parts = ["default-src 'none'", f"style-src {styles}"]
    if frame.script:
        digest = base64.b64encode(hashlib.sha256(frame.script.encode()).digest()).decode()
        parts.append(f"script-src 'sha256-{digest}'")
    action = "'self'" if frame.search else "'none'"
    return "; ".join((*parts, "base-uri 'none'", f"form-action {action}"))


def _smaller(page: str) -> str:
    """The same page without the end tags and quotes that HTML lets be left out: of an authority
    they are a quarter of it. Text has no quote or bracket of its own: those are escaped."""
    head, body, rest = page.partition("<body")
    shown, script, code = rest.partition("<script>")
    shown = _QUOTED.sub(r"=\1", _BETWEEN.sub("><", _ENDS.sub("", shown)))
    shown = shown.replace("&#39;", "'")  # which ends nothing: our attributes have other quotes
    return f"{head}{body}{shown}{script}{code}"


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
        "bare": wording.bare,
        "chart_of": _chart,
        "detail_of": _detail,
        "joined": wording.joined,
        "kept": lambda words: Markup("\n").join(map(escape, safe_lines(words))),
        "linked": _linked,
        "map_of": _map,
        "LICENCE": LICENCE,
        "SENTENCES": SENTENCES,
        "SHARE_CLASSES": SHARE_CLASSES,
    }
    return engine.from_string(file("page.html"), given)


_ON_TOP = {"page": (), "plan": ("grid", "plan"), "cover": ("grid", "cover")}
"""The files of style that a kind has on top of page.css, where they aren't the one of its name."""


@cache
def style(kind: str) -> str:
    """The styles of all pages, and of a kind that has its own, without the spaces and comments that
    are for who reads the files."""
    return "".join(map(own_style, ("page", *_ON_TOP.get(kind, (kind,)))))


@cache
def own_style(kind: str) -> str:
    """The styles of a kind alone, "" where it has none."""
    return _SPACES.sub(r"\1", _COMMENTS.sub("", file(f"{kind}.css"))).strip()


def file(name: str) -> str:
    """A file that lies beside this one, "" where there is none."""
    found = resources.files("navigator.export").joinpath(name)
    return found.read_text("utf-8") if found.is_file() else ""


def _plain(value: Any) -> Any:
    """What is put in, if it is a text and not markup of ours, safe to be shown."""
    text = isinstance(value, str) and not isinstance(value, Markup)
    return cleaning.plain(value) if text else value


def _map(one: Document, reasons: Reasons) -> maps.Drawing | None:
    return maps.drawing(*one.around, named=not reasons.shared) if one.around else None


def _chart(section: Section) -> maps.ChartDrawing | None:
    return maps.of_chart(section.chart, section.title) if section.chart else None


def _detail(entry: Entry) -> str:
    unsure = entry.confidence in ("medium", "low")
    told = (entry.detail, f"{entry.confidence} confidence" if unsure else "")
    return " · ".join(t for t in told if t)


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
