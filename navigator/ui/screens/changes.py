"""What changed since the register before: a list in sections by kind."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from navigator.core import clock, wording
from navigator.domain.changes import Changes
from navigator.ui.base import ListScreen
from navigator.ui.commands import bindings
from navigator.view import record_sections
from navigator.view.sections import marked


class ChangesScreen(ListScreen):
    """One list; Enter follows a line to the school or the body it names.

    Args:
        changes: What to show: from now on it counts as seen.
    """

    PLACE = "changes"
    KIND = "changes"
    BINDINGS = bindings(PLACE)
    trail_name = "What changed"

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes

    def _title(self) -> Content:
        days = f"{wording.day(self.changes.since)} to {wording.day(self.changes.until)}"
        title = Content.assemble(("What changed", "bold $accent"), (f"   {days}", "$text-muted"))
        if self.app.settings.school is not None:
            return title
        unset = f"{wording.NO_SCHOOL_SET.capitalize()}: Ctrl+P, Settings sets it."
        return Content.assemble(title, "\n", (unset, "$text-muted"))

    def on_mount(self) -> None:
        self._show(self.changes)

    def reload(self) -> None:
        """Another register is in use: compare that one with the one before it."""
        school = self.app.settings.school
        self.ask(lambda: self.app.service.changes(school, clock.today()), self._show)

    def _show(self, found: Changes) -> None:
        self.changes = found
        self.query_one("#school", Static).update(self._title())
        self.look()
        if self.is_current:
            self.app.saw(found)

    def look(self) -> None:
        """Show it with what the head keeps on the bodies it names."""
        sections = marked(record_sections.change_sections(self.changes), self.app.record)
        self.entries.show_sections(sections, keep=bool(self.entries.option_count))
