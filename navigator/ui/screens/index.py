"""The directory as a list: every programme, hub, trust, authority, network and partnership."""

from __future__ import annotations

from navigator.ui.commands import bindings
from navigator.ui.screens.search import SearchScreen
from navigator.view.sections import Section, marked

NOTHING = Section("Nothing found", empty="Try fewer letters. Schools are in the finder.")


class IndexScreen(SearchScreen[tuple[Section, ...]]):
    """Type to filter; the arrow keys move, Enter opens; F2 orders by name or by number."""

    PLACE = "directory"
    KIND = "directory"
    BINDINGS = bindings(PLACE)
    TITLE_TEXT = "Directory"
    PLACEHOLDER = "Hub, trust, authority, network …"
    trail_name = "Directory"

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._by_size = False
        self._shown: str | None = None

    def look_up(self, text: str) -> tuple[Section, ...]:
        return self.app.service.index(self.app.day, text, by_size=self._by_size)

    def show_found(self, text: str, found: tuple[Section, ...]) -> None:
        same = text == self._shown
        self._shown = text
        sections = marked(found or (NOTHING,), self.app.record)
        self.entries.show_sections(sections, keep=same)

    def action_order(self) -> None:
        """By name, or those with the most schools first."""
        self._by_size = not self._by_size
        self._shown = None
        self.look()
