"""Words looked for on the screen beneath: a box at its foot, the cursor on a line that holds them.

Nothing is hidden: what narrows a list down is its own filter.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from navigator.ui.base import Panel
from navigator.ui.commands import bindings
from navigator.ui.widgets.box import TypedLine
from navigator.ui.widgets.entries import EntryList, searchable
from navigator.ui.widgets.keybar import KeyBar
from navigator.ui.widgets.lines import MUTED

FINDING = "-finding"
"""The class of the screen beneath, which leaves room for the box."""


class FindWordsScreen(Panel[None]):
    """Moves the cursor of the screen beneath; Esc leaves it where it is then.

    Args:
        beneath: The screen whose list is looked through.
    """

    PLACE = "find-words"
    BINDINGS = bindings(PLACE)

    def __init__(self, beneath: Screen[Any]) -> None:
        super().__init__()
        self._beneath = beneath
        self._list = beneath.query_one(EntryList)
        self._begun_at = self._list.highlighted

    def compose(self) -> ComposeResult:
        with Horizontal(id="words-row"):
            yield Static("Find", id="words-label")
            yield TypedLine(placeholder="Words on this screen", id="words-box", compact=True)
            yield Static(id="words-said")
        yield KeyBar(self.PLACE)

    def on_mount(self) -> None:
        self._beneath.add_class(FINDING)

    def on_unmount(self) -> None:
        self._beneath.remove_class(FINDING)

    @property
    def _words(self) -> list[str]:
        return searchable(self.query_one(Input).value).split()

    def _found(self) -> list[int]:
        """The lines that hold the words; looked for anew, as the list may have been refilled."""
        return self._list.holding(self._words)

    @on(Input.Changed)
    def _typed(self) -> None:
        """To the first line that holds the words; back to where one began without any."""
        if found := self._found():
            self._go_to(found, 0)
            return
        self._list.highlighted = self._begun_at
        self._say("No line holds it" if self._words else "")

    def action_next_found(self) -> None:
        """To the next line; after the last to the first."""
        self._step(bisect_right(self._found(), self._here))

    def action_last_found(self) -> None:
        """To the line before; before the first to the last."""
        self._step(bisect_left(self._found(), self._here) - 1)

    @property
    def _here(self) -> int:
        at = self._list.highlighted
        return -1 if at is None else at

    def _step(self, number: int) -> None:
        if found := self._found():
            self._go_to(found, number % len(found))

    def _go_to(self, found: list[int], number: int) -> None:
        self._list.go_to_words(found[number], self._words)
        self._say(f"{number + 1} of {len(found):,} lines" if len(found) > 1 else "1 line")

    def _say(self, said: str) -> None:
        self.query_one("#words-said", Static).update(Content.styled(said, MUTED))

    def action_back(self) -> None:
        """Leave the cursor on the line, or on the next on which it can stand."""
        self._list.settle()
        super().action_back()
