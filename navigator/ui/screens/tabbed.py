"""A list under a line of tabs, with a box that narrows it down: the head's record and plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from navigator.ui.base import ListScreen
from navigator.ui.widgets.box import TypedLine
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.keybar import KeyBar
from navigator.ui.widgets.tabs import Tabs, Title


class TabbedScreen(ListScreen):
    """One of its tabs is on show; / narrows it down to what holds some words."""

    TABS: ClassVar[int]
    """How many there are."""

    def __init__(self, tab: int = 0) -> None:
        super().__init__()
        self.tab = tab

    def compose(self) -> ComposeResult:
        yield Static(id="mine-title")
        yield Static(id="mine-tabs")
        box = TypedLine(placeholder="Words to look for", id="mine-box")
        box.display = False
        yield box
        yield from self.compose_list()
        yield KeyBar(self.PLACE)

    def compose_list(self) -> ComposeResult:
        yield EntryList(id="mine")

    def on_mount(self) -> None:
        self.action_part(self.tab)

    @property
    def box(self) -> Input:
        """What is typed to narrow the list down."""
        return self.query_one("#mine-box", Input)

    def head(self, title: Title, names: Sequence[str], counts: Sequence[str] = ()) -> None:
        """Show a title, and the tabs by their names."""
        self.query_one("#mine-title", Static).update(title)
        self.query_one("#mine-tabs", Static).update(Tabs(names, counts, self.tab))

    def action_step(self, by: int) -> None:
        self.action_part((self.tab + by) % self.TABS)

    def action_part(self, number: int) -> None:
        """Go to a tab."""
        self.tab = number
        self.refresh_bindings()
        self.look()

    def action_filter(self) -> None:
        self.box.display = True
        self.box.focus()

    @on(Input.Submitted)
    def _to_list(self) -> None:
        self.entries.focus()

    def close_box(self) -> bool:
        """Take the box away, and with it what was typed; gives whether there was one."""
        if not self.box.display:
            return False
        self.box.value = ""
        self.box.display = False
        self.entries.focus()
        return True

    def action_back(self) -> None:
        """Close the box first; without one, go back."""
        if not self.close_box():
            super().action_back()
