"""A list over the screen to pick one of, with a box that narrows it down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from navigator.core.cleaning import plain
from navigator.core.keys import Key
from navigator.ui.base import Panel
from navigator.ui.commands import bindings
from navigator.ui.widgets.box import SearchBox
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.keybar import KeyBar
from navigator.ui.widgets.lines import HEADING
from navigator.view.sections import Card, Entry, Section


class Choice(NamedTuple):
    """One of the list: what is given back for it, and its two lines."""

    value: str
    text: str
    detail: str = ""


class Typed(NamedTuple):
    """What was typed where none of the list was wanted."""

    text: str


class PickScreen(Panel[str | Typed]):
    """Gives the value picked, the text typed where `free` names what such a text is, or None.

    Args:
        title: The question.
        choices: What there is to pick.
        free: What a text that is in no choice would be ("Another hub"); "" takes none.
    """

    PLACE = "pick"
    BINDINGS = bindings(PLACE)

    def __init__(self, title: str, choices: Sequence[Choice], free: str = "") -> None:
        super().__init__()
        self._title, self._choices, self._free = title, list(choices), free

    def compose(self) -> ComposeResult:
        with Vertical(id="detail"):
            yield Static(Content.styled(plain(self._title), HEADING))
            hint = f"Type to narrow down, or {self._free}" if self._free else "Type to narrow down"
            yield SearchBox(placeholder=hint, id="pick-box")
            yield EntryList(id="pick-list")
        yield KeyBar(self.PLACE)

    def on_mount(self) -> None:
        self.query_one(EntryList).can_focus = False
        self._narrow("")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    def _narrow(self, text: str) -> None:
        words = text.casefold().split()
        entries = [
            Entry(c.text, detail=c.detail, card=Card(Key(c.value), title=c.text))
            for c in self._choices
            if all(word in f"{c.text} {c.detail}".casefold() for word in words)
        ]
        if self._free and words:
            said = f"{self._free}, as you typed it"
            entries.append(Entry(plain(text), detail=said, card=Card(title=text)))
        nothing = f"None of these holds “{plain(text)[:40]}”: empty the box to see them all."
        section = Section("", tuple(entries), nothing)
        self.query_one(EntryList).show_sections((section,))

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _taken(self) -> None:
        entry = self.query_one(EntryList).entry
        if entry is not None and entry.card is not None:
            self.dismiss(entry.card.key or Typed(entry.card.title))
