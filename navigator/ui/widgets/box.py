"""Boxes to type a line into, whose Enter is theirs and not the screen's.

A box takes its keys in the order in which they were typed, so that Enter never overtakes the
letters before it.
"""

from __future__ import annotations

from textual.widgets import Input

from navigator.ui.commands import bindings
from navigator.ui.widgets.entries import EntryList


class LineBox(Input):
    """A box with an Enter that stands at the foot."""

    BINDINGS = bindings("line")


class SearchBox(LineBox):
    """A box over the screen's one list: it keeps the focus, its arrow keys move the list."""

    BINDINGS = bindings("box")

    async def action_move(self, way: str) -> None:
        """Move the list's cursor by an action of the list."""
        await self.app.run_action(way, self.screen.query_one(EntryList))
