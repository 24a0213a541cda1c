"""The directory as a list: every programme, hub, trust, authority, network and partnership."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.worker import get_current_worker

from navigator.outline import Section
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp


class IndexScreen(Screen[None]):
    """Type to filter; the arrow keys move, Enter opens; F2 orders by name or by number."""

    app: NavigatorApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "app.help", "Help", key_display="F1", id="help"),
        Binding("ctrl+q", "app.quit", "Quit", key_display="^q", id="quit"),
        Binding("enter", "open", "Open", key_display="Enter", id="open", priority=True),
        Binding("down", "move('cursor_down')", "Move", key_display="↑↓", id="move"),
        Binding("up", "move('cursor_up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("f2", "order", "By number", key_display="F2", id="order"),
        Binding("escape", "leave", "Back", key_display="Esc", id="back"),
    ]
    trail_name = "Directory"

    def __init__(self) -> None:
        super().__init__()
        self._by_size = False

    def compose(self) -> ComposeResult:
        yield Static(id="finder-title")
        yield Input(placeholder="Hub, trust, authority, network or partnership", id="finder-box")
        yield EntryList(id="finder-results")
        yield KeyBar()

    def on_mount(self) -> None:
        where = "sample: 3 areas" if self.app.atlas.info.sample else "England"
        title = Content.assemble(("Directory", "bold $accent"), (f"   {where}", "$text-muted"))
        self.query_one("#finder-title", Static).update(title)
        self.query_one(EntryList).can_focus = False
        self._filter("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._filter(event.value)

    @work(thread=True, exclusive=True, group="index", exit_on_error=False)
    def _filter(self, text: str) -> None:
        worker = get_current_worker()
        sections = self.app.atlas.index(self.app.day, text, by_size=self._by_size)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, text, sections)

    def _show(self, text: str, sections: tuple[Section, ...]) -> None:
        if self.query_one(Input).value == text:  # else the answer to an older question
            nothing = Section("Nothing found", empty="Try fewer letters, or / to find a school.")
            self.query_one(EntryList).show_sections(sections or (nothing,))

    def action_move(self, action: str) -> None:
        getattr(self.query_one(EntryList), f"action_{action}")()

    def action_order(self) -> None:
        """By name, or those with the most schools first."""
        self._by_size = not self._by_size
        self._filter(self.query_one(Input).value)

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        entry = self.query_one(EntryList).entry
        if entry is not None and entry.card is not None:
            self.app.follow(entry.card, None)

    def action_leave(self) -> None:
        """Empty the box first; then back."""
        box = self.query_one(Input)
        if box.value:
            box.value = ""
        else:
            self.app.pop_screen()
