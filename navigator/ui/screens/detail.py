"""The detail of one body: what it is, why it covers this school, how sure we are."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from navigator.core.landscape import Landscape
from navigator.ui.base import Panel
from navigator.ui.commands import bindings
from navigator.ui.widgets.card import CardPage
from navigator.ui.widgets.keybar import KeyBar
from navigator.view import cards, record_sections
from navigator.view.sections import Card


class DetailScreen(Panel[None]):
    """One card over the landscape; Esc goes back, Enter opens the body it speaks of."""

    PLACE = "detail"
    BINDINGS = bindings(PLACE)

    def __init__(self, card: Card, home: Landscape | None = None) -> None:
        super().__init__()
        self._card = card
        self.home = home
        self._old = False

    @property
    def cursor_card(self) -> Card:
        return self._card

    @property
    def home_card(self) -> Card:
        """The school that the card was opened from."""
        return cards.about(self.home) if self.home else self._card

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="detail"):
            yield Static(id="detail-card")
        yield KeyBar(self.PLACE)

    def on_mount(self) -> None:
        self.look()
        self.query_one("#detail").focus()

    def look(self) -> None:
        """Show the card with what the head has on its body."""
        record = self.app.record
        card = record_sections.with_plan(self._card, record)
        self.query_one("#detail-card", Static).update(CardPage(card, record.marks(card.key)))

    def reload(self) -> None:
        """It tells of the register before: away with it, once no panel lies over it."""
        self._old = True
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        # Not `is_current`, which a screen beneath a panel is too
        if self._old and self.app.screen is self:
            self.dismiss()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        if action == "open":
            return True if self._card.key else None
        if action == "website":
            return True if self._card.website else None
        return True

    def action_open(self) -> None:
        self.dismiss()
        self.app.open(self._card.key, self.home)

    def action_keep(self, what: str, here: bool = False) -> None:
        """As on any screen; what is set or planned changes what the card tells, so it goes."""
        if what in ("set", "plan"):
            self.dismiss()
        super().action_keep(what, here)

    def action_scroll(self, way: int) -> None:
        page = self.query_one("#detail", VerticalScroll)
        (page.scroll_down if way > 0 else page.scroll_up)()
