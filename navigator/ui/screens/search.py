"""A box to type in with a list of answers beneath: what the finder and the directory share."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.worker import get_current_worker

from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp
    from navigator.view.sections import Card


Found = TypeVar("Found")


class SearchBox(Input):
    """An input whose Enter the key bar shows.

    Enter is the box's own and not the screen's: the box takes its keys in the order in which they
    were typed, so that Enter never overtakes the letters before it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Open", key_display="Enter", id="open"),
    ]


class SearchScreen(Screen[None], Generic[Found]):
    """The box keeps the focus; its arrow keys move the cursor of the list, Enter opens."""

    app: NavigatorApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "app.help", "Help", key_display="F1", id="help"),
        Binding("ctrl+q", "app.quit", "Quit", key_display="^q", id="quit"),
        Binding("down", "move('cursor_down')", "Move", key_display="↑↓", id="move"),
        Binding("up", "move('cursor_up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("escape", "leave", "Back", key_display="Esc", id="back"),
        Binding("f4", "app.keep('bookmark')", "Mark", key_display="F4", id="bookmark"),
        Binding("f5", "app.keep('note')", "Note", key_display="F5", id="note"),
        Binding("f6", "app.mine", "Mine", key_display="F6", id="mine"),
        Binding("f7", "app.keep('group')", show=False, id="group"),
        Binding("f8", "app.keep('contact')", show=False, id="contact"),
        Binding("ctrl+y", "app.redo", show=False, id="redo"),
        Binding("f9", "app.undo", "Undo", key_display="F9", show=False, id="undo"),
        Binding("f10", "app.update", "Update", key_display="F10", show=False, id="update"),
    ]
    TITLE_TEXT: ClassVar[str]
    PLACEHOLDER: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self._answered: str | None = None
        self._wanted: str | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="finder-title")
        yield SearchBox(placeholder=self.PLACEHOLDER, id="finder-box")
        yield Static(id="finder-said")
        yield EntryList(id="finder-results")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(EntryList).can_focus = False
        self._head()
        self.ask("")

    def _head(self) -> None:
        title = Content.assemble(
            (self.TITLE_TEXT, "bold $accent"),
            (f"   {self.app.register_text('F10')}", "$text-muted"),
        )
        self.query_one("#finder-title", Static).update(title)

    def reload(self) -> None:
        """Another register is in use."""
        self._head()
        self.ask(self.query_one(Input).value)

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def ask(self, text: str) -> None:
        """Look for a text off the event loop, and show what is found if it is still wanted."""
        worker = get_current_worker()
        found = self.look_up(text)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._answer, text, found)

    def look_up(self, text: str) -> Found:
        """What a text finds. Called in a thread: touch no widget."""
        raise NotImplementedError

    def show(self, text: str, found: Found) -> None:
        """Show what a text found."""
        raise NotImplementedError

    def _answer(self, text: str, found: Found) -> None:
        if self.query_one(Input).value != text:
            return  # the answer to an older question
        self.show(text, found)
        self._answered = text
        if self._wanted == text:
            self._wanted = None
            self.follow_entry()

    @property
    def target(self) -> Card | None:
        """What a key acts on: the body under the cursor."""
        entry = self.query_one(EntryList).entry
        return entry.card if entry else None

    def refresh_record(self) -> None:
        """What the head keeps has changed: show it."""
        self.ask(self.query_one(Input).value)

    def follow_entry(self) -> None:
        """Open what is under the cursor."""
        entry = self.query_one(EntryList).entry
        if entry is not None and entry.card is not None:
            self.app.follow(entry.card, None)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.ask(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if self._answered == event.value:
            self.follow_entry()
        else:
            self._wanted = event.value  # opened as soon as its answer is there

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.follow_entry()

    def action_move(self, action: str) -> None:
        getattr(self.query_one(EntryList), f"action_{action}")()

    def action_leave(self) -> None:
        """Empty the box first; then back to the screen before, if there is one."""
        box = self.query_one(Input)
        if box.value:
            box.value = ""
        elif len(self.app.screen_stack) > 1:
            self.app.pop_screen()
