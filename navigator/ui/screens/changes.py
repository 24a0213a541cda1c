"""What changed since the register before: a list in sections by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from navigator.core import clock, wording
from navigator.core.errors import NavigatorError
from navigator.domain.changes import Changes
from navigator.ui.keys import KEEP
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.keybar import KeyBar
from navigator.view import record_sections
from navigator.view.sections import Card, marked

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp


class ChangesScreen(Screen[None]):
    """One list; Enter follows a line to the school or the body it names.

    Args:
        changes: What to show.
    """

    app: NavigatorApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.help", "Help", key_display="F1", id="help"),
        Binding("q", "app.quit", "Quit", id="quit"),
        Binding("slash", "app.find", "Find", key_display="/", id="find"),
        Binding("enter", "follow", "Follow", key_display="Enter", id="follow"),
        *KEEP,
        Binding("escape", "app.out", "Back", key_display="Esc", id="back"),
        Binding("y", "copy", "Copy", id="copy"),
        Binding("d", "app.index", "Directory", show=False, id="index"),
        Binding("U", "app.update", "Update", show=False, id="update"),
    ]
    trail_name = "What changed"

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes

    def compose(self) -> ComposeResult:
        yield Static(self._title(), id="school")
        yield EntryList(id="body")
        yield KeyBar()

    def _title(self) -> Content:
        days = f"{wording.day(self.changes.since)} to {wording.day(self.changes.until)}"
        title = Content.assemble(("What changed", "bold $accent"), (f"   {days}", "$text-muted"))
        if self.app.settings.school is not None:
            return title
        unset = f"{wording.NO_SCHOOL_SET.capitalize()}: Ctrl+P, Settings sets it."
        return Content.assemble(title, "\n", (unset, "$text-muted"))

    def on_mount(self) -> None:
        self.refresh_record()
        self.query_one(EntryList).focus()

    @work(thread=True, exclusive=True, group="again", exit_on_error=False)
    def reload(self) -> None:
        """Another register is in use: compare that one with the one before it."""
        try:
            found = self.app.service.changes(self.app.settings.school, clock.today())
        except NavigatorError as error:  # nothing to compare it with: what is shown stays
            self.app.call_from_thread(self.app.say, str(error), wrong=True)
            return
        self.app.call_from_thread(self._show, found)
        if self.is_current:
            self.app.saw_changes(found)

    def _show(self, found: Changes) -> None:
        self.changes = found
        self.query_one("#school", Static).update(self._title())
        self.refresh_record()

    def refresh_record(self) -> None:
        """Show it with what the head keeps on the bodies it names."""
        entries = self.query_one(EntryList)
        sections = marked(record_sections.change_sections(self.changes), self.app.record)
        entries.show_sections(sections, keep=bool(entries.option_count))

    @property
    def target(self) -> Card | None:
        """What a key acts on: the body under the cursor."""
        entry = self.query_one(EntryList).entry
        return entry.card if entry else None

    @on(OptionList.OptionSelected)
    def action_follow(self) -> None:
        """Open what the line under the cursor names."""
        if self.target is not None:
            self.app.follow(self.target, None)

    def action_copy(self) -> None:
        if self.target is not None:
            self.app.copy_text(self.target.copy)
