"""Ask for the day to look at."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from navigator.core import clock
from navigator.ui.screens.search import SearchBox
from navigator.ui.widgets.keybar import KeyBar


class AsAtScreen(ModalScreen[date | None]):
    """Gives the day typed, or None for Esc. An empty box means today."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", key_display="Esc", id="back"),
        Binding("ctrl+q", "app.quit", show=False),
    ]

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day

    def compose(self) -> ComposeResult:
        with Vertical(id="detail"):
            yield Static(Content.styled("Look at another day", "bold $accent"))
            yield Static(
                Content(
                    "Hubs by their dates, schools by theirs, ended programmes back in force. "
                    "Write it as 2022-05-25; leave it empty for today."
                )
            )
            yield SearchBox(self._day.isoformat(), id="day")
            yield Static(id="day-said")
        yield KeyBar()

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        try:
            day = date.fromisoformat(text) if text else clock.today()
        except ValueError:
            said = Content.styled(
                f"“{text[:40]}” isn't a date; write it as 2022-05-25.", "$warning"
            )
            self.query_one("#day-said", Static).update(said)
            return
        self.dismiss(day)
