"""The pages that the head went back from: kept as they were, so that one can go forward again."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual.app import App
from textual.screen import ModalScreen, Screen

from navigator.ui.base import NavigatorScreen

MOST = 20
"""Pages kept ahead; of more the furthest go."""


class PageAhead(NamedTuple):
    """A page, and all the screens on which it lay."""

    page: NavigatorScreen[Any]
    beneath: list[Screen[Any]]


class PagesAhead:
    """As a browser's: another page that is opened takes the place of all that lie ahead.

    A page keeps its cursor, its tab and what was typed, as it stays mounted while it lies ahead.

    Args:
        app: Whose pages they are.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._ahead: list[PageAhead] = []
        self._number = 0

    def left(self) -> None:
        """The screen on top is about to be left for the one beneath: a page then lies ahead."""
        page, beneath = self._app.screen, list(self._app.screen_stack[:-1])
        if not isinstance(page, NavigatorScreen) or isinstance(page, ModalScreen):
            return
        self._forget_others()
        self._number += 1
        self._app.install_screen(page, f"ahead-{self._number}")
        self._ahead.append(PageAhead(page, beneath))
        while len(self._ahead) > MOST:
            self._drop(self._ahead.pop(0))

    def next(self) -> NavigatorScreen[Any] | None:
        """The page that is the next ahead, which no longer is; None for none."""
        self._forget_others()
        if not self._ahead:
            return None
        page = self._ahead.pop().page
        self._app.uninstall_screen(page)
        return page

    def forget(self) -> None:
        """Forget the pages that lie ahead."""
        while self._ahead:
            self._drop(self._ahead.pop())

    def _forget_others(self) -> None:
        """Forget what doesn't lie ahead of the screen on top: another page was opened."""
        if self._ahead and self._ahead[-1].beneath != list(self._app.screen_stack):
            self.forget()

    def _drop(self, ahead: PageAhead) -> None:
        self._app.uninstall_screen(ahead.page)
        if ahead.page.is_attached:
            ahead.page.remove()
