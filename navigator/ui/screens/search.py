"""A box to type in with a list of answers beneath: what the finder and the directory share."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from navigator.ui.base import ListScreen
from navigator.ui.widgets.box import SearchBox
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.keybar import KeyBar

Answer = TypeVar("Answer")


class SearchScreen(ListScreen, Generic[Answer]):
    """The box keeps the focus; its arrow keys move the cursor of the list, Enter opens."""

    AUTO_FOCUS = "SearchBox"
    TITLE_TEXT: ClassVar[str]
    PLACEHOLDER: ClassVar[str]

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._begun_with = text
        self._answered: str | None = None
        self._wanted: str | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="finder-title")
        yield SearchBox(self._begun_with, self.PLACEHOLDER, id="finder-box")
        yield Static(id="finder-said")
        yield EntryList(id="finder-results")
        yield KeyBar(self.PLACE)

    def on_mount(self) -> None:
        self.entries.can_focus = False
        self._head()
        self.look()

    def _head(self) -> None:
        title = Content.assemble(
            (self.TITLE_TEXT, "bold $accent"),
            (f"   {self.app.register_text('update-typing')}", "$text-muted"),
        )
        self.query_one("#finder-title", Static).update(title)

    def reload(self) -> None:
        """Show what the register says that has come into use."""
        self._head()
        self.look()

    @property
    def typed(self) -> str:
        """What stands in the box."""
        return self.query_one(Input).value

    @property
    def opens_soon(self) -> bool:
        return self._wanted is not None and self.is_looking

    def look(self) -> None:
        """Look for what is in the box, and show what is found if it is still there."""
        text = self.query_one(Input).value
        self.ask(lambda: self.look_up(text), lambda found: self._answer(text, found))

    def look_up(self, text: str) -> Answer:
        """What a text finds. Called in a thread: touch no widget."""
        raise NotImplementedError

    def show_found(self, text: str, found: Answer) -> None:
        """Show what a text found."""
        raise NotImplementedError

    def _answer(self, text: str, found: Answer) -> None:
        if self.query_one(Input).value != text:
            return  # the answer to an older question
        self.show_found(text, found)
        self._answered = text
        if self._wanted == text:
            self._wanted = None
            if self.app.screen is self:  # else the head has moved on
                self.action_open()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._wanted = None
        self.look()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if self._answered == event.value:
            self.action_open()
        else:
            self._wanted = event.value  # opened as soon as its answer is there

    def action_back(self) -> None:
        """Empty the box first; then back to the screen before, if there is one."""
        box = self.query_one(Input)
        if box.value:
            box.value = ""
        elif len(self.app.screen_stack) > 1:
            self.app.pop_screen()
