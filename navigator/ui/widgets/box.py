"""Boxes to type a line into, whose Enter is theirs and not the screen's.

A box takes its keys in the order in which they were typed, so that Enter never overtakes the
letters before it.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.widgets import Input, Static

from navigator.core.cleaning import plain
from navigator.core.errors import RefusedError
from navigator.ui.commands import bindings
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.lines import MUTED


class LineBox(Input):
    """A box with an Enter that stands at the foot."""

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
