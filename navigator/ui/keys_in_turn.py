"""Keys that come faster than they can be handled are handled in turn, each by what the ones before
it came to.

Textual hands a key to what has the focus when it comes. What it does is done later: it climbs from
there to the app, and a form that it opens takes a while to be there. Keys that come meanwhile, as
they do from a slow line or a fast hand, would act on what lies beneath, or on nothing.

Here a key waits until what the key before it has set off is over: until that has come back to the
app, whatever it sent has been handled, and the screen that it asked for has its focus. There is no
timer: who is waited for is sent a message, and its queue is in order. A letter typed into a box
sets nothing off, so the next one follows at once, as ever; so does a key that moves the cursor of a
list behind another that does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from textual.events import Event, Key, Paste

from navigator.ui.widgets.entries import EntryList

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode


class KeysInTurn:
    """The keys that wait for their turn.

    Args:
        app: Whose keys they are.
        handle: Does with one of them what Textual does.
        awaited: Whether a key is too early for the screen on show, as something that was asked for
            isn't there yet; `go_on` is called once it is.
        unwanted: Whether a key that had to wait for that is left out after all.
    """

    def __init__(
        self,
        app: App[Any],
        handle: Callable[[Event], Awaitable[None]],
        awaited: Callable[[Key | Paste, bool], bool],
        unwanted: Callable[[Key | Paste, bool], bool],
    ) -> None:
        self._app, self._handle = app, handle
        self._awaited, self._unwanted = awaited, unwanted
        self._held: deque[Key | Paste] = deque()
        self._waited = 0  # how many of those held, from the first, had to wait
        self._climbing: Key | None = None
        self._begun_at: DOMNode = app
        self._settled, self._only_typed = True, False
        self._moved: EntryList | None = None  # the list whose cursor the last key moved
        self._follower: object = None
        self._followed: DOMNode = app

    async def take(self, event: Key | Paste) -> None:
        """A key, or a pasted text, has come from the terminal."""
        self._held.append(event)
        if len(self._held) > 1 and not self._followed.is_running:
            self._follower = None  # what was waited for went away
        await self._give()

    async def came_back(self, event: Key) -> None:
        """What had the focus made nothing of a key, and the app has."""
        if event is self._climbing:
            self._climbing = self._follower = None
            self._settled = False
            await self._give()

    def go_on(self) -> None:
        """Something that was waited for is there."""
        if self._held:
            self._app.call_later(self._give)

    def forget(self) -> None:
        """Whoever typed has turned away from what the keys were for."""
        self._held.clear()
        self._waited = 0

    async def _give(self) -> None:
        while self._held and (self._moves_on(self._held[0]) or not self._too_early(self._held[0])):
            event = self._held.popleft()
            waited, self._waited = self._waited > 0, max(0, self._waited - 1)
            if waited and self._unwanted(event, self._into_box(event)):
                continue
            at = self._app.focused
            self._only_typed, self._moved = self._into_box(event), self._moves(event)
            self._settled = False
            await self._handle(event)
            if event.is_forwarded and not self._only_typed and isinstance(event, Key):
                self._climbing, self._begun_at = event, at or self._app.screen

    def _into_box(self, event: Key | Paste) -> bool:
        box = self._app.focused
        if box is None or isinstance(event, Paste):
            return box is not None
        return box.check_consume_key(event.key, event.character)

    def _moves(self, event: Key | Paste) -> EntryList | None:
        """The list whose cursor a key moves: its own keys do nothing else."""
        at = self._app.focused
        if not isinstance(at, EntryList) or not isinstance(event, Key):
            return None
        return at if event.key in at._bindings.key_to_bindings else None

    def _moves_on(self, event: Key | Paste) -> bool:
        """Whether a key moves the cursor that the one before it moved."""
        moved = self._moved is not None and self._moved is self._moves(event)
        return moved and not self._awaited(event, False)

    def _too_early(self, event: Key | Paste) -> bool:
        screen = self._app.screen
        if self._climbing:
            self._follow(self._begun_at)
            return True
        if not screen.is_mounted:
            screen.call_later(self.go_on)  # it is handled once the screen has its focus
            return True
        into_box = self._into_box(event)
        if into_box and self._only_typed:
            return False
        if not self._settled and self._is_busy():
            self._follow(self._app.focused or screen)
            return True
        self._settled = True
        if not self._awaited(event, into_box):
            return False
        self._waited = len(self._held)
        return True

    def _is_busy(self) -> bool:
        """Whether anything that the last key set off may still be under way."""
        at = self._app.focused or self._app.screen
        return any(node.message_queue_size for node in at.ancestors_with_self)

    # --- a message that climbs behind a key, and behind what it set off ---

    def _follow(self, at: DOMNode) -> None:
        if self._follower is None:
            self._follower = object()
            self._climb(at, self._follower, self._climbing)

    def _climb(self, at: DOMNode, follower: object, key: Key | None) -> None:
        if follower is self._follower:
            self._followed = at
            above = at.parent or self._app
            if at is self._app or not at.call_later(self._climb, above, follower, key):
                self._app.call_later(self._arrived, follower, key)

    async def _arrived(self, follower: object, key: Key | None) -> None:
        if follower is not self._follower:
            return
        self._follower = None
        if key is None:
            self._settled = True
        elif key is self._climbing:  # what had the focus kept it
            self._climbing = None
        await self._give()
