"""What every screen knows of the app, and what the app knows of every screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.app import App, ComposeResult
from textual.dom import DOMNode
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widgets import OptionList, Static
from textual.worker import get_current_worker

from navigator.core import cleaning, clock, wording
from navigator.core.errors import NavigatorError
from navigator.core.keys import NO_BODY, Key
from navigator.core.model import Landscape
from navigator.core.record import OwnRecord
from navigator.core.wording import Units
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.keymap import first_key, own_keys
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.keybar import KeyBar
from navigator.view.sections import Card, Entry

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel
    from textual.types import CSSPathType

    from navigator.domain.changes import Changes
    from navigator.register import Outcome
    from navigator.service import MakeChange
    from navigator.ui.edits import Edits
    from navigator.view.review import LocalReview

WIDTHS = [(0, "-tiny"), (60, "-narrow"), (112, "-normal")]
HEIGHTS = [(0, "-short"), (20, "-low"), (24, "-tall")]
"""Cells and lines from which on a screen has a class."""

OTHERS = Path(__file__).with_name("others.tcss")
"""The style sheet of all screens but the landscape."""

Reply = TypeVar("Reply")
Result = TypeVar("Result")


class BaseApp(App[None]):
    """The app as its screens know it; what needs the screens themselves is in app.py.

    Args:
        service: What the screens ask.
        given: The head's settings.
        as_at: The day to look at; None follows the calendar.
    """

    def __init__(self, service: Service, given: Settings, as_at: date | None = None) -> None:
        super().__init__()
        self.service = service
        self.settings = given
        self.units: Units = given.units
        self.as_at = as_at
        self.record = OwnRecord()
        self.keys, self.key_problems = own_keys(given.keys)

    @cached_property
    def edits(self) -> Edits:
        """The changes to the head's record that were made here."""
        from navigator.ui.edits import Edits

        return Edits(self)

    @property
    def day(self) -> date:
        """The day looked at: today's date, unless another was asked for."""
        return self.as_at or clock.today()

    def open(self, key: str, home: Landscape | None = None) -> None:
        """Open what a key names: a school's landscape, a body's page, a map, a record's form …

        `home` is the landscape walked from.
        """
        raise NotImplementedError

    def show(self, card: Card, home: Landscape | None = None) -> None:
        """Show a card with all its facts, over the screen."""
        raise NotImplementedError

    def keep(self, what: str, card: Card, home: Landscape | None) -> None:
        """Keep something on a body: a bookmark, note, contact, group, set (a correction), plan."""
        raise NotImplementedError

    def export(self, landscape: Landscape) -> None:
        """Ask in which form and where to write a landscape."""
        raise NotImplementedError

    def out(self) -> None:
        """One level out: the screen before; from the last one, the finder. Never quits."""
        raise NotImplementedError

    def forget_ahead(self) -> None:
        """From now on there is no page to go forward to: what was left is gone."""
        raise NotImplementedError

    def look_at_record(self) -> None:
        """Look whether the head's record, or what changed and hasn't been seen, is another now."""
        raise NotImplementedError

    @property
    def news(self) -> str:
        """How much changed and hasn't been seen, "" for nothing."""
        raise NotImplementedError

    def saw(self, changes: Changes) -> None:
        """From now on they count as seen."""
        raise NotImplementedError

    def register_left(self) -> None:
        """The register in use was found damaged, and another answers: say it, show it."""
        raise NotImplementedError

    def register_changed(self, outcome: Outcome) -> None:
        """Say what an update came to, and show every screen from the register now in use."""
        raise NotImplementedError

    def remember(self, **values: Any) -> None:
        """Use other settings from now on, and write them into the head's file."""
        raise NotImplementedError

    def draw_again(self) -> None:
        """The units, or other settings, have changed: show every screen by them."""
        raise NotImplementedError

    async def record_changed(self) -> None:
        """Read the record anew and show it: one of its files has changed."""
        raise NotImplementedError

    # --- what every screen asks for ---

    def ask(
        self, question: Callable[[], Reply], show: Callable[[Reply], object], group: str
    ) -> None:
        """As `ask_from`, for what isn't of one screen."""
        ask_from(self, self, question, show, group)

    def do(self, work: Callable[[], object]) -> None:
        """Do something off the event loop, and say it if that went wrong."""
        ask_from(self, self, work, lambda _: None, "")

    def change(self, make: MakeChange, said: str) -> None:
        """Change the head's record, and say it if that couldn't be done."""

        async def work() -> None:
            problem = await self.edits.make(make, said)
            if problem:
                self.say(str(problem), wrong=True)

        self.run_worker(work(), group="keep", exit_on_error=False)

    def set_units(self, units: Units) -> None:
        """Show distances in miles or kilometres from now on, and remember it."""
        self.units = units
        self.remember(units=units)
        self.draw_again()

    def can(self, screen: Screen[Any], action: str, parameters: tuple[object, ...]) -> bool:
        """Whether an action of the app's own does anything over a screen: what is on show needn't
        be opened."""
        if not isinstance(screen, NavigatorScreen) or not screen.KIND:
            return True
        if action == "open":
            return Key(str(parameters[0])) != f"{screen.KIND}:"
        return action != "find" or screen.KIND != "find"

    def review_of(self, urn: int, parts: Sequence[str] = ("notes", "contacts")) -> LocalReview:
        """A school's review, in the head's units. Ask it off the event loop."""
        radius = self.settings.radius
        return self.service.review(urn, clock.today(), self.units, radius=radius, parts=parts)

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Say a sentence beside the screen: what was done, or why it couldn't be."""
        if not wrong:
            self.clear_notifications()  # one at a time: they stand over what was just changed
        severity: SeverityLevel = "warning" if wrong else "information"
        said = cleaning.plain(sentence)
        self.notify(said, severity=severity, timeout=12 if wrong else 5, markup=False)

    def key_of(self, command: str) -> str:
        """The name of the first key of a command: the head's own, if they set one."""
        return first_key(self.keys, command)

    def copy_text(self, text: str, said: str = "") -> None:
        """Copy by the terminal (OSC 52) and by the system's own tool, and say so, or say `said`."""
        from navigator.ui import clipboard

        self.copy_to_clipboard(text)
        self.do(partial(clipboard.copy, text))
        shown = cleaning.plain(text)
        self.say(said or f"Copied: {shown[:60]}" + (" …" if len(shown) > 60 else ""))

    def open_website(self, address: str) -> None:
        """Open an http(s) address in the browser; `navigator.core.cleaning.link` has vetted it."""
        import webbrowser

        def told(opened: bool) -> None:
            said = f"Opened {address}" if opened else f"No browser found. The address is {address}"
            self.notify(said, timeout=6, markup=False)

        self.ask(lambda: webbrowser.open(address), told, "browse")

    def register_text(self, update: str = "update") -> str:
        """Which register is in use; for the sample how to load all of England, for an old one the
        key that updates it, of the command that stands here for updates."""
        info = self.service.info
        if info.sample:
            return f"sample: {wording.LOADS.format(self.key_of(update))}"
        day, key = wording.short_day(info.day), self.key_of(update)
        if not info.lacks and wording.is_old(info.day, clock.today()):
            return f"England, {day}, old: {key} updates"
        return f"England, {day}{wording.old_note(info, clock.today(), key)}"


def ask_from(
    node: DOMNode,
    app: BaseApp,
    question: Callable[[], Reply],
    show: Callable[[Reply], object],
    group: str,
) -> None:
    """Ask the service off the event loop: the one way from a screen to an answer.

    Args:
        node: Whose worker it is: a later question of the same group takes the place of this one.
        app: Says what went wrong.
        question: Called in a thread; touches no widget.
        show: Called with the answer, unless a later question was asked meanwhile.
        group: What kind of question it is; "" for one that others don't take the place of.
    """

    def work() -> None:
        worker = get_current_worker()
        try:
            found = question()
        except NavigatorError as error:
            app.call_from_thread(app.say, str(error), wrong=True)
            return
        except Exception:
            if not app.service.leave_damaged():
                raise
            app.call_from_thread(app.register_left)
            return
        # Asked on the event loop, where no later question can come between.
        app.call_from_thread(lambda: None if worker.is_cancelled else show(found))

    exclusive = bool(group)
    node.run_worker(work, thread=True, exclusive=exclusive, group=group, exit_on_error=False)


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

    def on_screen_resume(self) -> None:
        """The classes of the terminal's size, which Textual sets after a first layout without."""
        self.update_classes(self.size_classes(self.app.size), animate=False)

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
        """What the head keeps has changed."""
        self.look()

    def reload(self) -> None:
        """Another register is in use."""
        self.look()

    def redraw(self) -> None:
        """The units, or other settings, have changed."""
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
        ask_from(self, self.app, question, show, group)

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
        """What is local to it, one step further out."""
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
