"""Boxes to type into, and what stands beneath them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.content import Content
from textual.events import Focus, Paste
from textual.widgets import Input, Static

from navigator.core.cleaning import plain
from navigator.core.errors import RefusedError
from navigator.ui.commands import bindings
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.lines import MUTED


class TypedLine(Input):
    """A box for a line; of what is pasted into it, lines are joined."""

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in the place of another, as all do that type or paste into it."""
        super().replace(" ".join(text.splitlines()), start, end)

    def _on_paste(self, event: Paste) -> None:
        event.prevent_default()  # Textual's own takes the first line alone
        event.stop()
        lines = map(str.strip, event.text.splitlines())
        self.replace(" ".join(filter(None, lines)), *self.selection)


class AnswerLine(TypedLine):
    """A line of a form. What stands in it when the cursor comes there is marked, so that what is
    typed or pasted takes its place, where it is one word: a number, yes, a file's name.

    Args:
        anew: True marks several words, too; False marks none, for texts that are written on.
    """

    def __init__(self, text: str, *, anew: bool | None, **given: Any) -> None:
        super().__init__(text, **given)
        self._anew = anew

    def _on_focus(self, event: Focus) -> None:
        del event
        # Textual's own, which comes after this, marks it
        one_word = len(self.value.split()) == 1
        self.select_on_focus = one_word if self._anew is None else self._anew


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
