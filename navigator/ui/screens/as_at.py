"""Ask for the day to look at."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from navigator.core import clock, dates
from navigator.core.cleaning import plain
from navigator.core.errors import RefusedError
from navigator.ui.base import Panel
from navigator.ui.commands import bindings
from navigator.ui.widgets.box import LineBox, ReadBack
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
                    "Write it as 25/5/22; leave it empty for today."
                )
            )
            shown = dates.in_words(self._day)
            yield LineBox(shown, id="day")
            yield ReadBack(lambda text: dates.shown(_read(text)), shown, id="day-said")
        yield KeyBar(self.PLACE)

    @on(Input.Changed)
    def _say(self, event: Input.Changed) -> None:
        self.query_one(ReadBack).read_back(event.value)

    @on(Input.Submitted)
    def _take(self, event: Input.Submitted) -> None:
        try:
            self.dismiss(_read(event.value))
        except RefusedError as error:
            self.query_one(ReadBack).update(Content.styled(plain(str(error)), "$warning"))


def _read(text: str) -> date:
    return dates.read(text, clock.today(), ahead=False) if text.strip() else clock.today()
