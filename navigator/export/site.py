"""A folder of pages to hand out: an index, a page a school, one for each body they name.

It opens from a disk and asks for nothing from outside. What the schools' pages share lies in it
once: the styles, and the reasons with where they are written. A link leads only to a page that is
in the folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from itertools import count

from navigator.core import wording
from navigator.core.keys import Key
from navigator.export import page as pages
from navigator.export.landscapes import LandscapeExport
from navigator.export.page import Frame
from navigator.export.reasons import Reasons
from navigator.storage.whole_file import LONGEST
from navigator.view import chart
from navigator.view.chart import Chart
from navigator.view.documents import Document, Documents, LandscapeSheet, register_text
from navigator.view.parts import body_line
from navigator.view.sections import Card, Column, Entry, Page, Section

INDEX, WHY, STYLE = "index.html", "why.html", "style.css"
WHY_TITLE = "Reasons and sources"
WITH_PAGES = ("hub", "programme", "trust", "la", "diocese", "network", "partnership")
"""The kinds of body that have a page in the folder. Those of the head's own have none."""

WEBSITES = {"own": "Website", "lead": "Its lead school", "finder": "Finder"}
"""What a page's website is called, by whose it is."""

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def files(
    of: LandscapeExport, find_page: Callable[[Key], Page | None], day: date, said: str = ""
) -> dict[str, bytes]:
    """The files of the folder by their names; `find_page` gives a body's page, None for none, and
    `said` tells what the schools are."""
    documents = of.documents().items
    bodies = dict(_bodies(documents, find_page))
    names = {Key.school(one.landscape.school.urn): _school_file(one) for one in of.sheets}
    for key in bodies:
        names[key] = _body_file(key, {*names.values()})
    frame = Frame(
        lambda key: names.get(key, ""),
        STYLE,
        Reasons.shared_by(documents),
        WHY,
        ((INDEX, of.name), (WHY, WHY_TITLE)),
    )
    style = pages.style("landscape") + pages.own_style("index")
    made: dict[str, str] = {STYLE: style}
    for one, sheet in zip(documents, of.sheets, strict=True):
        made[_school_file(sheet)] = _drawn(one, day, frame, sheet)
    for key, page in bodies.items():
        made[names[key]] = pages.draw(Documents([of_page(page)]), day, frame._replace(reasons=None))
    why = Document(WHY_TITLE, (), "page")
    made[WHY] = pages.draw(Documents([why]), day, frame._replace(at=""))
    script = pages.file("site.js")
    index = Documents([_index(of, bodies.values(), said)], "schools and who could support them")
    made[INDEX] = pages.draw(
        index, day, frame._replace(reasons=None, script=script, ways=((WHY, WHY_TITLE),))
    )
    return {name: text.encode("utf-8", errors="replace") for name, text in made.items()}


def _drawn(one: Document, day: date, frame: Frame, sheet: LandscapeSheet) -> str:
    held = LandscapeExport([sheet], lambda _: None).held
    return pages.draw(Documents([one], "who could support it", held), day, frame)


def of_page(page: Page) -> Document:
    """A body's page as a document, with how the body is reached where its facts don't say."""
    lead = [page.reach.telephone] if page.reach and page.reach.telephone else []
    told = {e.label for section in page.sections for e in section.entries}
    site = page.website or (page.reach.website if page.reach else "")
    first: tuple[Section, ...] = ()
    if site and not told & {"Website", "Official finder"}:
        of = page.reach.of if page.reach else "own"
        first = (Section("", (Entry(site, WEBSITES[of], fact=True),)),)
    telephone = () if "Telephone" in told else tuple(lead)
    return Document(
        page.title, (Column("", (*first, *page.sections)),), of=page.kind, lead=telephone
    )


def _bodies(
    documents: Iterable[Document], find_page: Callable[[Key], Page | None]
) -> Iterator[tuple[Key, Page]]:
    """The bodies that landscapes name, each once, with their pages."""
    seen: set[Key] = set()
    for one in documents:
        for group in one.groups:
            for section in group.sections:
                for entry in section.entries:
                    key = entry.card.key if entry.card else Key("")
                    if key.kind not in WITH_PAGES or key in seen:
                        continue
                    seen.add(key)
                    if page := find_page(key):
                        yield key, page


def _school_file(one: LandscapeSheet) -> str:
    return f"school-{one.landscape.school.urn}.html"


def _body_file(key: Key, taken: Collection[str]) -> str:
    """A name that every system takes, from the key; a number tells keys apart that look alike."""
    stem = _NOT_IN_NAMES.sub("-", key.casefold()).strip("-")[:LONGEST]
    names = (f"{stem}{f'-{n}' if n else ''}.html" for n in count())
    return next(name for name in names if name not in taken)


def _index(of: LandscapeExport, bodies: Iterable[Page], said: str) -> Document:
    """The table of the schools, their map, and the bodies that support them."""
    schools = [one.landscape.school for one in of.sheets]
    one = of.sheets[0]
    several = len({s.la_code for s in schools}) > 1
    rows = tuple(
        Entry(
            s.name,
            detail=wording.joined(
                f"{s.town} {s.postcode}".strip(), s.la_name if several else "", sign=" · "
            ),
            card=Card(Key.school(s.urn)),
            cells=(s.phase, _run_by(sheet), f"{s.pupils:,}" if s.pupils else ""),
        )
        for s, sheet in zip(schools, of.sheets, strict=True)
    )
    placed = sum(s.has_position for s in schools)
    map_of = Chart(
        chart.marks(schools),
        (("member", "its schools"),),
        missing=len(schools) - placed,
        total=len(schools),
        units=one.units,
    )
    kinds: dict[str, list[Entry]] = {}
    for page in sorted(bodies, key=lambda page: page.title.casefold()):
        kinds.setdefault(page.kind, []).append(body_line(page.key, page.title))
    return Document(
        of.name,
        (
            Column("", (Section("Schools", rows, legend=HEADS, unit="School"),)),
            Column("", (Section("Map", chart=map_of),) if placed else ()),
            Column("Who supports them", tuple(Section(k, tuple(e)) for k, e in kinds.items())),
        ),
        "index",
        lead=(
            wording.joined(wording.count(len(schools), "school"), said),
            WHAT,
            register_text(one.landscape),
        ),
        notices=one.notices[:1] if one.landscape.register.sample else (),
    )


WHAT = (
    "Each school has a page here: every body that could support it, why, and how sure that is. "
    "Beneath the table are a map and a page for each of those bodies."
)
HEADS = ("Phase", "Run by", "Pupils")


def _run_by(one: LandscapeSheet) -> str:
    trust = one.landscape.trust
    return trust.trust.name if trust else one.landscape.school.type
