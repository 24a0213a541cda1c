"""What stands in the place of a page that takes a while: its name, and that it is worked out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from navigator.core import cleaning
from navigator.core.keys import BODY_KINDS, Key
from navigator.ui.base import NavigatorScreen, Panel
from navigator.ui.base_app import BaseApp
from navigator.ui.commands import bindings
from navigator.ui.widgets.keybar import KeyBar

PATIENCE = 0.1
"""Seconds until it is said: a page that is there sooner doesn't flicker."""
SAID = "Working it out…"

_NAMES = {
    "school": "School",
    "place": "Profile",
    "alike": "Areas alike",
    "compare": "Side by side",
    "pair": "Side by side",
    "overlap": "Local",
    "sources": "Sources",
    "map": "Map",
    "review": "Review",
    "changes": "What changed",
    "update": "Update",
}


class WaitingScreen(Panel[None]):
    """Stays until the page is there; Esc leaves it, and the page then doesn't open.

    Args:
        title: What is to be shown.
    """

    PLACE = "waiting"
    BINDINGS = bindings(PLACE)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._heading = title
        self._over = False
        self._make: Callable[[], Screen[Any]] | None = None

    def compose(self) -> ComposeResult:
        heading = Content.styled(cleaning.plain(self._heading), "bold $accent")
        yield Static(heading, id="school")
        yield Static(Content.styled(SAID, "$text-muted"), id="waiting-said")
        yield KeyBar(self.PLACE)

    def give_way(self, make: Callable[[], Screen[Any]] | None) -> None:
        """The wait is over: to the page, or to what lies beneath where there is none; while a panel
        such as the help lies over this, once that is closed."""
        self._over, self._make = True, make
        self._go()

    def on_screen_resume(self) -> None:
        self._go()

    def _go(self) -> None:
        # Not `is_current`, which a screen beneath a panel is too
        if not self._over or self.app.screen is not self:
            return
        if self._make is None:
            self.dismiss(None)
        else:
            self.app.switch_screen(self._make())


class Wait:
    """The wait for what a key names, said once it has taken a while.

    Args:
        app: Whose screens they are.
        key: What is to be shown.
    """

    def __init__(self, app: BaseApp, key: Key) -> None:
        self._app, self._key, self._asked_on = app, key, app.screen
        self._screen: WaitingScreen | None = None
        self._over = False
        self._timer = app.set_timer(PATIENCE, self.say)

    def say(self) -> None:
        """Show that it is worked out, unless the head has moved on."""
        if self._screen is None and self._app.screen is self._asked_on:
            self._screen = WaitingScreen(self._title())
            self._app.push_screen(self._screen)
            self._app.go_on()

    def _title(self) -> str:
        on, key = self._asked_on, self._key
        card = on.cursor_card if isinstance(on, NavigatorScreen) else None
        if card is not None and card.key == key:
            return card.title
        if key == "place:england:":
            return "England"
        return _NAMES.get(key.kind) or BODY_KINDS.get(key.kind, "Page")

    @property
    def goes_on(self) -> bool:
        """Whether the page may still come to where it was asked for: the head hasn't moved on."""
        return not self._over and self._app.screen is (self._screen or self._asked_on)

    def end(self) -> WaitingScreen | None:
        """It is over: gives the screen that is to give way, None where none was shown."""
        self._timer.stop()
        self._over = True
        self._app.go_on()
        screen, self._screen = self._screen, None
        return screen
