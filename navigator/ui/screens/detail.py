"""The detail of one body: what it is, why it covers this school, how sure we are."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from navigator.core.model import Landscape
from navigator.ui.keys import KEEP
from navigator.ui.widgets.card import CardPage
from navigator.ui.widgets.keybar import KeyBar
from navigator.view import cards, record_sections
from navigator.view.sections import Card

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp


class DetailScreen(ModalScreen[None]):
    """One card over the landscape; Esc goes back, Enter opens the body it speaks of."""

    app: NavigatorApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "app.pop_screen", "Back", key_display="Esc", id="back"),
        Binding("ctrl+q", "app.quit", show=False),
        Binding("enter", "open", "Open", key_display="Enter", id="open"),
        *KEEP,
        Binding("y", "copy", "Copy", id="copy"),
        Binding("o", "website", "Web", id="website"),
        Binding("j", "scroll('down')", show=False),
        Binding("k", "scroll('up')", show=False),
    ]

    def __init__(self, card: Card, home: Landscape | None = None) -> None:
        super().__init__()
        self._card = card
        self.home = home

    @property
    def target(self) -> Card:
        """What a key acts on: the body of the card."""
        return self._card

    @property
    def home_card(self) -> Card:
        """The school that the card was opened from."""
        return cards.about(self.home) if self.home else self._card

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="detail"):
            yield Static(id="detail-card")
        yield KeyBar()

    def on_mount(self) -> None:
        self.refresh_record()
        self.query_one("#detail").focus()

    def refresh_record(self) -> None:
        """Show the card with what the head has on its body."""
        record = self.app.record
        card = record_sections.with_plan(self._card, record)
        self.query_one("#detail-card", Static).update(CardPage(card, record.marks(card.key)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        if action == "open":
            return True if self._card.key else None
        if action == "website":
            return True if self._card.website else None
        return True

    def action_open(self) -> None:
        self.app.pop_screen()
        self.app.follow(self._card, self.home)

    def action_copy(self) -> None:
        self.app.copy_text(self._card.copy or self._card.title)

    def action_website(self) -> None:
        self.app.open_website(self._card.website)

    def action_scroll(self, way: str) -> None:
        getattr(self.query_one("#detail", VerticalScroll), f"scroll_{way}")()
