"""Navigator as plain pages: what the screens show, for who can't use an app in a terminal.

The pages are those of the export, from the same sections; each leads to the others by links, and
none runs anything. They show, and change nothing. `navigator serve` hands them out; HTTP is its
business, not ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from navigator.core import clock, dates, wording
from navigator.core.errors import NavigatorError, NotFoundError, RefusedError
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.domain.around import Scope
from navigator.domain.plan import year as years
from navigator.export import page as pages
from navigator.export.page import Frame
from navigator.export.site import of_page
from navigator.records import settings
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.view import documents, overlap_pages, plan_pages, record_sections, search_results
from navigator.view.documents import PARTS, Document, Documents
from navigator.view.pages import MAKERS
from navigator.view.plan_pages import PlanView
from navigator.view.sections import Column, Section

ROOT = "/plain/"
"""Where the pages lie; the terminal lies at "/"."""

AT = "at"

ONLY_SHOWN = (
    "These pages show what Navigator knows and what you keep in it. To change your record or your "
    "plan, use the terminal or the commands."
)
NONE_KEPT = "None yet."
EACH = 50
"""Schools that a search lists."""


class Answer(NamedTuple):
    """A page, and whether what was asked for is there."""

    page: str
    found: bool = True


def address(key: Key) -> str:
    """Where the page of a body is, "" for one that has none."""
    key = key.kept_on
    shown = key.urn is not None or key.kind in (*MAKERS, "overlap")
    return f"{ROOT}{AT}?{urlencode({'body': key})}" if shown else ""


class PlainPages:
    """Answers a path with a page. Safe to ask from any thread."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def answer(self, path: str, asked: Mapping[str, str]) -> Answer:
        """The page at a path beneath `ROOT`, with what was asked in the address."""
        try:
            self._service.follow_disk()
            return self._answer(path, asked)
        except Exception:
            if not self._service.leave_damaged():
                raise
            return self._answer(path, asked)  # from the register before, or the sample: it says so

    def _answer(self, path: str, asked: Mapping[str, str]) -> Answer:
        maker = PATHS.get(path)
        try:
            if maker is None:
                raise NotFoundError(
                    "There is no such page. The links above lead to those there are."
                )
            return Answer(maker(self, asked))
        except NavigatorError as error:
            said = Column("", (Section("", empty=_in_a_browser(str(error))),))
            return Answer(self._draw(Document("Not found", (said,))), found=False)

    # --- the pages ---

    def home(self, asked: Mapping[str, str]) -> str:
        """The box to search from, with what is at hand; or what a text finds."""
        text = " ".join(asked.get("q", "").split())[:200]
        return self._found(text) if text else self._start()

    def _start(self) -> str:
        service, own = self._service, settings.load().school
        hand = record_sections.home_sections(
            service.record(), service.find_school, clock.today(), own
        )
        problem = (service.problem,) if service.problem else ()
        sample = (wording.SAMPLE_NOTICE,) if service.info.sample else ()
        return self._draw(
            Document(
                "Navigator",
                (Column("", tuple(map(documents.in_full, hand))),),
                lead=(ONLY_SHOWN,),
                notices=(*problem, *sample),
            )
        )

    def _found(self, text: str) -> str:
        service, today = self._service, clock.today()
        found = service.found(text, today, EACH)
        none = f"No school has these words. {wording.try_instead(text)}"
        sections = search_results.sections(found, settings.load().units, few=None)
        if not found.schools:
            sections = (Section("Schools", empty=none), *sections)
        elif found.full:
            more = f"The first {EACH}: more words narrow them down."
            heading = f"Schools ({found.counts['Schools']})"
            sections = tuple(s._replace(after=more) if s.title == heading else s for s in sections)
        return self._draw(Document(f"Found: {text}", (Column("", sections),)), text)

    def every(self, _: Mapping[str, str]) -> str:
        """Every body and place there is, by kind."""
        sections = self._service.index(clock.today(), "", by_size=False)
        return self._draw(Document("Every body and place", (Column("", sections),)))

    def body(self, asked: Mapping[str, str]) -> str:
        """The page of a body, or a school's landscape."""
        key = Key(asked.get("body", "").strip()[:300])
        if not key:
            raise NotFoundError("This address names no school or other body.")
        if key.urn is not None:
            return self._landscape(key.urn)
        held, today = settings.load(), clock.today()
        if key.kind == "overlap":
            return self._overlap(key, held)
        home = self._own(held)
        record = self._service.record()
        one = of_page(self._service.page(key, home, today, held.units))
        mine = tuple(map(documents.in_full, record_sections.body_sections(key, record, today)))
        groups = (*one.groups, *((Column("Yours", mine),) if mine else ()))
        return self._draw(one._replace(groups=groups), ways=_of_place(key))

    def _landscape(self, urn: int) -> str:
        held, today = settings.load(), clock.today()
        landscape = self._service.landscape(urn, today)
        school = landscape.school
        shown = documents.sheet(
            landscape, held.units, radius=held.radius, parts=PARTS, today=today, whole=True
        )
        ways = [(address(Key.of("overlap", school.urn)), "What it shares with those around")]
        if school.la_code:
            place = Key.of("place", Key.of("la", school.la_code))
            ways.append((address(place), f"Figures of {school.la_name}"))
        return self._draw(documents.of_sheet(shown, self._service.find_school), ways=ways)

    def _overlap(self, key: Key, held: Settings) -> str:
        urn = Key.of("school", key.id).urn
        if urn is None:
            raise NotFoundError(f"Navigator has no page for “{key[:60]}”.")
        home = self._service.landscape(urn, clock.today())
        overlap = self._service.overlap(home, Scope())
        page = overlap_pages.overlap_page(overlap, held.units, by_shared=False)
        ways = [(address(home.school.key), home.school.name)]
        return self._draw(of_page(page), ways=ways)

    def plan(self, asked: Mapping[str, str]) -> str:
        """The plan of an academic year: its tabs beneath each other."""
        today, held = clock.today(), settings.load()
        told = asked.get("year", "")
        this = years.year_of(today)
        try:
            year = dates.academic_year(told) if told else this
        except RefusedError as error:
            raise NotFoundError(str(error)) from None
        view = PlanView(year, today)
        groups = tuple(
            Column(name, self._service.plan(tab, view, held.school))
            for tab, name in enumerate(plan_pages.TABS)
        )
        title = f"Professional learning {years.name(year)}"
        ways = [
            (f"{ROOT}plan?{urlencode({'year': other})}", f"Plan {years.name(other)}")
            for other in (year - 1, year + 1)
            if other in dates.YEARS
        ]
        return self._draw(Document(title, groups, lead=(ONLY_SHOWN,)), ways=ways)

    def record(self, _: Mapping[str, str]) -> str:
        """All that the head keeps, but the plan."""
        record, today = self._service.record(), clock.today()
        sections = (
            documents.in_full(
                Section(
                    f"{title} ({len(pairs):,})" if pairs else title,
                    tuple(entry for _, entry in pairs),
                    NONE_KEPT,
                )
            )
            for kind, title in record_sections.TITLES.items()
            for pairs in [record_sections.list_of(kind, record, self._service.find_school, today)]
        )
        lead = ("Kept on this computer only.", ONLY_SHOWN)
        return self._draw(Document("My record", (Column("", tuple(sections)),), lead=lead))

    def _own(self, held: Settings) -> Landscape | None:
        """The landscape of the head's own school, None where it isn't set or isn't there."""
        if held.school is None:
            return None
        try:
            return self._service.landscape(held.school, clock.today())
        except NotFoundError:
            return None

    def _draw(self, one: Document, asked: str = "", *, ways: Iterable[tuple[str, str]] = ()) -> str:
        frame = Frame(address, ways=(*WAYS, *ways), search=ROOT, asked=asked)
        about = "" if one.title == "Navigator" else "Navigator"
        return pages.draw(Documents([one], about), clock.today(), frame)


WAYS = (
    (ROOT, "Start"),
    (f"{ROOT}all", "Every body and place"),
    (f"{ROOT}plan", "Plan"),
    (f"{ROOT}record", "My record"),
    ("/", "Terminal"),
)

PATHS: dict[str, Callable[[PlainPages, Mapping[str, str]], str]] = {
    "": PlainPages.home,
    "all": PlainPages.every,
    AT: PlainPages.body,
    "plan": PlainPages.plan,
    "record": PlainPages.record,
}
"""What answers each path beneath `ROOT`."""


def _in_a_browser(said: str) -> str:
    """What wasn't found, with the next step here instead of a command to type."""
    sentences = re.split(r"(?<=[.!?])\s+", said)
    told = " ".join(s for s in sentences if "navigator find" not in s) or "Nothing was found."
    return f"{told} Search by name or postcode in the box at the top."


def _of_place(key: Key) -> list[tuple[str, str]]:
    """From an authority to its figures, and from its figures to it and to areas alike."""
    if key.kind == "la":
        return [(address(Key.of("place", key)), "Its figures")]
    if key.kind == "place" and key.place.kind == "la":
        alike = Key.of("alike", key.place.name)
        return [(address(key.place), "Its page"), (address(alike), "Areas alike")]
    return []
