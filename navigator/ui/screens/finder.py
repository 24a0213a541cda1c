"""The finder: one box, results as you type."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content
from textual.widgets import Input, Static

from navigator.core import cleaning, clock, wording
from navigator.ui.commands import bindings
from navigator.ui.screens.search import SearchScreen
from navigator.ui.widgets.header import Chips
from navigator.view import record_sections, search_results
from navigator.view.search_results import SearchResults
from navigator.view.sections import Section, marked

LIMIT = 50
TEACH = (
    "Type any of these:",
    "  a name, with or without a town       st mary's nottingham",
    "  a postcode, or the start of one      NG7 2LE, HR1",
    "  a URN, LAESTAB or UKPRN              139217, 892/3311",
    "  a trust, council, hub, diocese …     flying high",
)
HINT = "Type a name, town, postcode, URN or trust; or choose below."
AREAS = "It holds Nottingham with Broxtowe, Gedling and Rushcliffe; Swindon; Herefordshire."


class FinderResults(NamedTuple):
    """What matches; for no text, what the finder opens on."""

    box: SearchResults | None = None
    home: tuple[Section, ...] = ()


class FinderScreen(SearchScreen[FinderResults]):
    """Type to search; the arrow keys move, Enter opens, Tab goes from kind to kind. It opens on
    what the head keeps."""

    PLACE = "finder"
    KIND = "find"
    BINDINGS = bindings(PLACE)
    TITLE_TEXT = "Navigator"
    PLACEHOLDER = "School, town, postcode, URN, trust, council, hub …"

    def __init__(self) -> None:
        super().__init__()
        self._shown: str | None = None
        self._found: SearchResults | None = None
        self._kind = ""

    def on_mount(self) -> None:
        super().on_mount()
        day = self.app.day  # the first letter mustn't wait for the list of bodies
        self.ask(lambda: self.app.service.bodies("", day, nearly=False), lambda _: None, "warm")

    def on_screen_resume(self) -> None:
        """Back from another screen: what is recent or due may have changed."""
        if self._shown is not None:
            self.look()

    def begin_anew(self) -> None:
        """Have what is typed next take the place of what stands in the box."""
        self.query_one(Input).select_all()

    def look_up(self, text: str) -> FinderResults:
        service = self.app.service
        if text.strip():
            return FinderResults(service.found(text, self.app.day, LIMIT))
        home = record_sections.home_sections(
            service.record(), service.find_school, clock.today(), self.app.settings.school
        )
        return FinderResults(home=home)

    def show_found(self, text: str, found: FinderResults) -> None:
        same, self._shown = text == self._shown, text
        self._found = found.box
        if not found.box or self._kind not in found.box.counts:
            self._kind = ""
        self.query_one("#finder-said", Static).update(self._said(text, found))
        self._fill(found, keep=same)

    def _fill(self, found: FinderResults, *, keep: bool) -> None:
        results, record = self.entries, self.app.record
        results.display = bool(found.home or (found.box and found.box.counts))
        if not found.box:
            results.show_sections(found.home, keep=keep)
        elif found.box.bodies.kinds:
            sections = search_results.sections(found.box, self.app.settings.units, self._kind)
            results.show_sections(marked(sections, record), keep=keep)
        else:
            schools = search_results.school_lines(found.box, self.app.settings.units)
            (lines,) = marked((Section("", schools),), record)
            results.show_entries(lines.entries, keep=keep)

    def _said(self, text: str, found: FinderResults) -> Content | Chips:
        """Between box and results: what to type, how many of which kind, or what to try instead."""
        if found.box and found.box.bodies.kinds:
            return self._kinds(found.box.counts)
        sample = self.app.service.info.sample
        key = self.app.key_of("update-typing")
        load = f"{wording.LOADS.format(key)}: this is a sample.\n{AREAS}" if sample else ""
        if not found.box:
            said = HINT if found.home else "\n".join((*TEACH, "", load)).rstrip()
            return Content(f"{self.app.news}\n{said}".strip())
        number = len(found.box.schools)
        said = f"{number:,} found" + (f", {wording.SAMPLE}" if sample else "")
        if not number:
            nothing = f"No school matches “{cleaning.plain(text)[:60]}”."
            said = f"{nothing}\n{load or wording.try_instead(text)}"
        elif found.box.lead:
            said = found.box.lead
        elif found.box.full:
            said = f"The best {number}; type more to narrow them down."
        return Content(said)

    def _kinds(self, counts: dict[str, str]) -> Chips:
        """The kinds with their counts, the one on show in reverse."""
        told = {"": "All"} | {kind: f"{kind} {number}" for kind, number in counts.items()}
        return Chips(list(told.values()), list(told).index(self._kind))

    def action_kind(self, by: int) -> None:
        """Show all kinds, or the next one alone; what was typed stays."""
        kinds = ["", *(self._found.counts if self._found else ())]
        if self._found and self._found.bodies.kinds:
            self._turn_to(kinds[(kinds.index(self._kind) + by) % len(kinds)])

    def _turn_to(self, kind: str) -> None:
        self._kind = kind
        found = FinderResults(self._found)
        self.query_one("#finder-said", Static).update(self._said(self._shown or "", found))
        self._fill(found, keep=False)

    def action_open(self) -> None:
        """Open what is under the cursor; of a line that stands for a kind, all of that kind."""
        entry = self.entry
        if entry is not None and entry.folds:
            self._turn_to(entry.folds)
        else:
            super().action_open()

    def action_back(self) -> None:
        """Show all kinds again first; then empty the box."""
        if self._kind and self.query_one(Input).value:
            self._turn_to("")
        else:
            super().action_back()
