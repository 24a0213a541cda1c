"""Ask for the day to look at."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from navigator.core import clock
from navigator.ui.base import Panel
from navigator.ui.commands import bindings
from navigator.ui.widgets.box import LineBox
from navigator.ui.widgets.keybar import KeyBar


class AsAtScreen(Panel[date]):
    """Gives the day typed, or None for Esc. An empty box means today."""

    PLACE = "as-at"
    BINDINGS = bindings(PLACE)

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
            yield LineBox(self._day.isoformat(), id="day")
            yield Static(id="day-said")
        yield KeyBar(self.PLACE)

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
