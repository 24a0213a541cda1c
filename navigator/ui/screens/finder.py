"""The finder: one box, results as you type."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content
from textual.widgets import Static

from navigator.core import cleaning, clock, wording
from navigator.core.model import School
from navigator.register import FoundSchools
from navigator.ui.commands import bindings
from navigator.ui.screens.search import SearchScreen
from navigator.view import cards, record_sections
from navigator.view.sections import Entry, Section, mark

LIMIT = 50
TEACH = (
    "Type any of these:",
    "  a name, with or without a town       st mary's nottingham",
    "  a postcode, or the start of one      NG7 2LE, HR1",
    "  a URN, LAESTAB or UKPRN              139217, 892/3311",
    "  a trust or a local authority         flying high",
)
HINT = "Type a name, town, postcode, URN or trust; or choose below."
AREAS = "It holds Nottingham with Broxtowe, Gedling and Rushcliffe; Swindon; Herefordshire."


class FinderResults(NamedTuple):
    """Schools and own networks that match; for no text, what the finder opens on."""

    schools: FoundSchools
    home: tuple[Section, ...] = ()
    ours: tuple[Entry, ...] = ()


class FinderScreen(SearchScreen[FinderResults]):
    """Type to search; the arrow keys move, Enter opens. It opens on what the head keeps."""

    PLACE = "finder"
    KIND = "find"
    BINDINGS = bindings(PLACE)
    TITLE_TEXT = "Navigator"
    PLACEHOLDER = "School, town, postcode, URN or trust"

    def __init__(self) -> None:
        super().__init__()
        self._shown: str | None = None

    def on_screen_resume(self) -> None:
        """Back from another screen: what is recent or due may have changed."""
        if self._shown is not None:
            self.look()

    def look_up(self, text: str) -> FinderResults:
        service = self.app.service
        if text.strip():
            words = text.casefold().split()
            ours = tuple(
                record_sections.network_entry(network)
                for network in service.record().networks
                if all(word in network.name.casefold() for word in words)
            )
            found = service.search(text, LIMIT)
            return FinderResults(found, ours=ours)
        home = record_sections.home_sections(
            service.record(), service.find_school, clock.today(), self.app.settings.school
        )
        return FinderResults(FoundSchools(), home)

    def show_found(self, text: str, found: FinderResults) -> None:
        said = self._said(text, len(found.schools) + len(found.ours), bool(found.home))
        if found.schools.near_to:
            said = found.schools.near_to.said
        elif found.schools and found.schools.nearest:
            said = wording.NEAREST
        if self.app.news and not text.strip():
            said = f"{self.app.news}\n{said}"
        self.query_one("#finder-said", Static).update(Content(said))
        results = self.entries
        same, self._shown = text == self._shown, text
        results.display = bool(found.schools or found.home or found.ours)
        if found.home:
            results.show_sections(found.home, keep=same)
            return
        units = self.app.settings.units

        def away(school: School) -> str:
            return wording.length(found.schools.away(school), units)

        entries = (
            Entry(
                school.name,
                right=str(school.urn),
                detail=wording.school_line(school, away(school)),
                card=cards.school_card(school),
            )
            for school in found.schools
        )
        shown = (*found.ours, *entries)
        results.show_entries((mark(e, self.app.record) for e in shown), keep=same)

    def _said(self, text: str, found: int, home: bool) -> str:
        """The line between box and results: what to type, how many, or what to try instead."""
        sample = self.app.service.info.sample
        load = (
            f"{wording.LOADS.format(self.app.key_of('update-typing'))}: this is a sample.\n{AREAS}"
        )
        if not text.strip() and home:
            return HINT
        if not text.strip():
            return "\n".join((*TEACH, "", load) if sample else TEACH)
        if found == 0:
            nothing = f"No school matches “{cleaning.plain(text)[:60]}”."
            hint = load if sample else wording.try_instead(text)
            return f"{nothing}\n{hint}"
        if found == LIMIT:
            return f"The best {LIMIT}; type more to narrow them down."
        return f"{found:,} found" + (f", {wording.SAMPLE}" if sample else "")
