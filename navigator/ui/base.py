"""What every screen is made of: what the app and the commands know of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList, Static
from textual.worker import Worker

from navigator.core.keys import NO_BODY, Key
from navigator.core.landscape import Landscape
from navigator.ui.base_app import BaseApp, Reply, ask_from
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.keybar import KeyBar
from navigator.view.sections import Card, Entry

if TYPE_CHECKING:
    from textual.types import CSSPathType

WIDTHS = [(0, "-tiny"), (60, "-narrow"), (112, "-normal")]
HEIGHTS = [(0, "-short"), (20, "-low"), (24, "-tall")]
"""Cells and lines from which on a screen has a class."""

OTHERS = Path(__file__).with_name("others.tcss")
"""The style sheet of all screens but the landscape."""

Result = TypeVar("Result")


class NavigatorScreen(Screen[Result], inherit_bindings=False):
    """What the app and the commands know of a screen; each says what differs of it.

    `home` is the landscape walked from, or on show.
    """

    app: BaseApp
    CSS_PATH: ClassVar[CSSPathType | None] = OTHERS
    PLACE: ClassVar[str]
    """Its place in `commands.PLACES`: `BINDINGS = bindings(PLACE)`."""
    KIND: ClassVar[str] = ""
    """The kind of key that opens it, where one of it at a time is enough."""
    home: Landscape | None = None
    holds_typing = False
    """Whether nothing may open over it, since what was typed would go with it."""
    filled = False
    """Whether it has what its keys act on, as it was last looked up."""

    def on_screen_resume(self) -> None:
        """The classes of the terminal's size, which Textual sets after a first layout without."""
        self.update_classes(self.size_classes(self.app.size), animate=False)

    def on_screen_suspend(self) -> None:
        """Let go of what was painted of a screen that is left: Textual remembers the last thousand
        widgets that it painted, each with its lines."""
        if self not in self.app.screen_stack:
            for widget in self.walk_children(with_self=True):
                widget.refresh()

    @staticmethod
    def size_classes(size: Size) -> dict[str, bool]:
        """Which classes a screen has in a terminal of a size, and which it hasn't."""
        classes: dict[str, bool] = {}
        for cells, steps in zip(size, (WIDTHS, HEIGHTS), strict=True):
            _, fitting = max(step for step in steps if step[0] <= cells)
            classes |= {name: name == fitting for _, name in steps}
        return classes

    @property
    def stays(self) -> bool:
        """Whether Esc stays here where nothing lies beneath: the head's own school."""
        return False

    # --- what it shows ---

    def look(self) -> None:
        """Ask anew for what is shown, and show it."""

    def refresh_record(self) -> None:
        """Show what the head keeps, which has changed."""
        self.look()

    def reload(self) -> None:
        """Show what the register says that has come into use."""
        self.look()

    def redraw(self) -> None:
        """Draw again, since the units or other settings have changed."""
        self.look()

    def turn_to(self, key: Key) -> bool:
        """Whether what a key names is shown here already, or now is."""
        return bool(self.KIND) and key.kind == self.KIND

    def ask(
        self,
        question: Callable[[], Reply],
        show: Callable[[Reply], object],
        group: str = "look",
    ) -> None:
        """As `ask_from`, for this screen."""

        def answered(found: Reply) -> None:
            show(found)
            self.filled = self.filled or group == "look"
            self.app.go_on()

        self.filled = self.filled and group != "look"
        ask_from(self, self.app, question, answered, group)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What it asked came to an end: Textual tells it to no one else."""
        self.app.on_worker_state_changed(event)

    @property
    def is_looking(self) -> bool:
        """Whether what it shows is being looked up."""
        looks = (w for w in self.workers if w.node is self and w.group == "look")
        return not all(worker.is_finished for worker in looks)

    @property
    def opens_soon(self) -> bool:
        """Whether it opens something as soon as that is found."""
        return False

    @property
    def awaits_answer(self) -> bool:
        """Whether a key that isn't typed into its box is too early: there is nothing yet for it to
        act on."""
        self.filled = self.filled or not self.is_looking
        return not self.filled

    def told_to_end(self) -> None:
        """The app is ended from outside: keep what would be lost, in a moment."""

    # --- what its commands act on ---

    @property
    def trail_name(self) -> str:
        """What the breadcrumb calls it, "" for nothing."""
        return ""

    def trail(self) -> list[str]:
        """The names of the screens that led here, and its own; one that follows itself once."""
        screens = (s for s in self.app.screen_stack if isinstance(s, NavigatorScreen))
        names = [screen.trail_name for screen in screens if screen.trail_name]
        return [name for n, name in enumerate(names) if n == 0 or name != names[n - 1]]

    @property
    def cursor_card(self) -> Card | None:
        """What the line under the cursor is of."""
        return None

    @property
    def target(self) -> Card | None:
        """What a command acts on: the line under the cursor, unless the screen says otherwise."""
        return self.cursor_card

    @property
    def home_card(self) -> Card | None:
        """What the screen itself is about."""
        return None

    @property
    def map_key(self) -> str:
        """What its map is of, "" for none."""
        return ""

    @property
    def local_key(self) -> Key:
        """The page of what lies around this one; by itself a school's overlap."""
        return Key.of("overlap", self.home.school.urn) if self.home else NO_BODY

    @property
    def place_key(self) -> Key:
        """The place that it means, to compare others with: else the authority of its home."""
        if self.home is None or self.home.authority is None:
            return NO_BODY
        return Key.of("la", self.home.authority.authority.code)

    # --- commands that mean the same on every screen ---

    def action_back(self) -> None:
        self.app.out()

    def action_keep(self, what: str, here: bool = False) -> None:
        """Keep something on the body under the cursor, or on what the screen is about."""
        card = self.home_card if here else self.target
        if card is None:
            self.app.say("Move to a line that names a body first.", wrong=True)
        else:
            self.app.keep(what, card, self.home)

    def action_copy(self) -> None:
        """Copy how to reach what the line is of, or else what the screen is about: by the head's
        own contact there first."""
        cards = [card for card in (self.cursor_card, self.home_card) if card is not None]
        record = self.app.record
        own = (c.reach for card in cards[:1] if card.key for c in record.contacts_in(card.key))
        text = next(filter(None, own), "") or next(
            (t for card in cards if (t := card.copy or card.title)), ""
        )
        if text:
            self.app.copy_text(text)

    def action_website(self) -> None:
        self.open_website(self.target)

    def open_website(self, card: Card | None) -> None:
        """Open a card's website, or say that none is known."""
        if card is not None and card.website:
            self.app.open_website(card.website)
        else:
            said = f"No website is known for {card.title if card else 'this line'}."
            self.app.notify(said, timeout=4, markup=False)

    def action_map(self) -> None:
        if self.map_key:
            self.app.open(Key.of("map", self.map_key), self.home)

    def action_export(self) -> None:
        """Ask where to write the landscape that is looked at."""
        if self.home is None:
            said = "Open a school's landscape first: it is what can be exported."
            self.app.say(said, wrong=True)
        else:
            self.app.export(self.home)

    def action_local(self) -> None:
        """One step further out: a school's overlap, the profile of its scope, the areas alike."""
        if self.local_key:
            self.app.open(self.local_key, self.home)
        else:
            key = self.app.key_of("local")
            said = f"Open a school or an authority first: {key} tells what is local to it."
            self.app.say(said, wrong=True)

    def action_compare(self) -> None:
        """The line under the cursor beside what the screen is about; where neither fits, ask."""
        card, here, home = self.target, self.place_key, self.home
        there = card.key.place_meant if card else NO_BODY
        if there and here and there != here:
            self.app.open(Key.both("compare", here, there), home)
        elif card and card.urn and home and card.urn != home.school.urn:
            self.app.open(Key.both("pair", home.school.urn, card.urn), home)
        elif here:
            self.app.open(Key.of("compare", here), home)
        else:
            key = self.app.key_of("compare")
            said = f"Move to a school or an authority: {key} shows it beside yours, and what both "
            self.app.say(f"{said}share.", wrong=True)


class Panel(NavigatorScreen[Result], ModalScreen[Result]):
    """A screen over another, which shows through; Esc gives None for it."""

    def action_back(self) -> None:
        self.dismiss(None)


class ListScreen(NavigatorScreen[None]):
    """A title over one list, whose cursor names what the commands act on."""

    AUTO_FOCUS = "EntryList"

    def compose(self) -> ComposeResult:
        yield Static(id="school")
        yield EntryList(id="body")
        yield KeyBar(self.PLACE)

    @property
    def entries(self) -> EntryList:
        return self.query_one(EntryList)

    @property
    def entry(self) -> Entry | None:
        """The line under the cursor."""
        return self.entries.entry

    @property
    def cursor_card(self) -> Card | None:
        entry = self.entry
        return entry.card if entry else None

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open what the line under the cursor names; of a figure, how it is counted."""
        card = self.cursor_card
        if card is not None and card.key:
            self.app.open(card.key, self.home)
        elif card is not None and card.facts:
            self.app.show(card, self.home)
