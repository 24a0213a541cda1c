"""Changes to the head's record: one after the other, off the event loop, each can be undone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple, Protocol

from navigator.core.errors import NavigatorError, RefusedError

if TYPE_CHECKING:
    from navigator.records.record_file import Change
    from navigator.service import MakeChange, Service


class Edit(NamedTuple):
    """What was done at once, and in words what it was."""

    changes: list[Change]
    said: str


class ChangeListener(Protocol):
    """Who is told of the changes: the app."""

    service: Service

    def say(self, sentence: str, *, wrong: bool = False) -> None: ...

    def key_of(self, command: str) -> str: ...

    async def record_changed(self) -> None: ...


class Edits:
    """What was changed since the app was opened."""

    def __init__(self, app: ChangeListener) -> None:
        self._app = app
        self._turn = asyncio.Lock()
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    async def make(self, make: MakeChange, said: str) -> NavigatorError | None:
        """Make a change and remember how to undo it; gives why it couldn't be made."""
        async with self._turn:
            try:
                changes = await asyncio.to_thread(self._app.service.change, make)
            except NavigatorError as error:
                return error
        self._done.append(Edit(changes, said))
        self._undone.clear()
        undo, typing = self._app.key_of("undo"), self._app.key_of("undo-typing")
        self._app.say(f"{said}. {undo} undoes it ({typing} where you type).")
        await self._app.record_changed()
        return None

    async def undo(self) -> None:
        """Undo the last change made here, and the one before it, and so on."""
        redo = self._app.key_of("redo")
        await self._turn_back(self._done, self._undone, "Undone", "undo", f" {redo} does it again.")

    async def redo(self) -> None:
        """Make the change that was undone last again."""
        await self._turn_back(self._undone, self._done, "Done again", "redo")

    async def _turn_back(
        self, source: list[Edit], target: list[Edit], word: str, doing: str, then: str = ""
    ) -> None:
        async with self._turn:
            if not source:
                self._app.say(f"There is nothing to {doing}.")
                return
            changes, said = source[-1]
            try:
                reverse = await asyncio.to_thread(self._app.service.turn_back, changes)
            except NavigatorError as error:
                if isinstance(error, RefusedError):  # changed since: it won't fit later, either
                    source.pop()
                self._app.say(str(error), wrong=True)
                return
            source.pop()
            target.append(Edit(reverse, said))
        self._app.say(f"{word}: {said}.{then}")
        await self._app.record_changed()
