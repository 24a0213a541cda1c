"""Boxes to type into, and what stands beneath them.

A box takes its keys in the order in which they were typed, also where many come at once: from a
fast hand, or over a slow line.
"""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from navigator.core.cleaning import plain
from navigator.core.errors import RefusedError
from navigator.ui.commands import bindings
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.lines import MUTED


async def _edit(box: Input | TextArea, event: events.Key) -> None:
    """Do what an editing key does in a box: Backspace, an arrow.

    Textual puts a letter in at once, but lets such a key go up to the app first, so letters typed
    behind it overtake it (https://github.com/Textualize/textual/issues/6605). Keys that have an id
    are those of `commands`, which a head may have set otherwise: they go the usual way.
    """
    if event.is_printable:
        return
    for binding in box._bindings.key_to_bindings.get(event.key, ()):
        if not binding.id and await box.app.run_action(binding.action, box):
            event.stop()
            event.prevent_default()
            return


class TypedLine(Input):
    """A box for a line."""

    async def _on_key(self, event: events.Key) -> None:
        await _edit(self, event)  # Textual calls the base's after it


class TypedText(TextArea):
    """A box for several lines."""

    async def _on_key(self, event: events.Key) -> None:
        await _edit(self, event)  # Textual calls the base's after it


class LineBox(TypedLine):
    """A box whose Enter is its own and not the screen's, and stands at the foot."""

    BINDINGS = bindings("line")


class SearchBox(LineBox):
    """A box over the screen's one list: it keeps the focus, its arrow keys move the list."""

    BINDINGS = bindings("box")

    async def action_move(self, way: str) -> None:
        """Move the list's cursor by an action of the list."""
        await self.app.run_action(way, self.screen.query_one(EntryList))


class ReadBack(Static):
    """Beneath a box: how what stands in it is understood, in one line or several; muted why it
    isn't, as it may be half typed.

    Args:
        back: Says it of the box's text; raises RefusedError.
    """

    def __init__(self, back: Callable[[str], str], text: str, *, id: str) -> None:
        super().__init__(id=id)
        self._back = back
        self._wrong = ""
        self.read_back(text)

    def read_back(self, text: str) -> None:
        """Show how another text was understood, or why it can't be."""
        self._wrong = ""
        try:
            said = Content("\n").join(map(plain, self._back(text).splitlines()))
        except RefusedError as error:
            self._wrong = str(error)
            said = Content.styled(plain(self._wrong), MUTED)
        self.update(said)

    def warn(self, sentence: str) -> bool:
        """Mark the reason that stands here as what was refused; False where another one was."""
        if sentence != self._wrong:
            return False
        self.update(Content.styled(plain(sentence), "$warning"))
        return True
