"""What every screen knows of the app, and the one way from a screen to an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App
from textual.dom import DOMNode
from textual.notifications import Notification, Notify
from textual.worker import Worker, WorkerState, get_current_worker

from navigator.core import cleaning, clock, wording
from navigator.core.errors import NavigatorError
from navigator.core.landscape import Landscape
from navigator.core.record import OwnRecord
from navigator.core.wording import Units
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.keymap import first_key, own_keys
from navigator.view.sections import Card

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from navigator.domain.changes import Changes
    from navigator.register import Outcome
    from navigator.service import MakeChange
    from navigator.ui.edits import Edits
    from navigator.view.review import LocalReview

Reply = TypeVar("Reply")

MOMENT = 0.01
"""Seconds."""
ANSWER = 5
"""Seconds that a sentence on what was just done stands; the next key ends it."""


class Sentence(Notification):
    """A sentence beside the screen, which always has a moment left.

    Textual sets a timer by the time left, and looks before whether it is over. Where that passes
    in between, the timer is for less than no time, and Textual 8.2 then turns for ever.
    """

    @property
    def time_left(self) -> float:
        return max(super().time_left, MOMENT)

    @property
    def has_expired(self) -> bool:
        return super().time_left <= 0


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
        self.school_before: int | None = None
        self.made_own: int | None = None  # made the head's own here, in the place of the one before
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

    @property
    def news(self) -> str:
        """How much changed and hasn't been seen, "" for nothing."""
        raise NotImplementedError

    def saw(self, changes: Changes) -> None:
        """Count some changes as seen from here on."""
        raise NotImplementedError

    def go_on(self) -> None:
        """What keys that were pressed wait for is there: let them act."""
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

    def ask_whose(self) -> None:
        """Ask, once for good, whether a school that was looked up is the head's own: in a sentence,
        which takes no key that is meant for what is on screen. To go on is to say no."""
        key = self.key_of("my-school")
        said = f"Is this your school? {key} makes it yours: Navigator opens on it from then on."
        self.notify(f"{said} It isn't asked again.", timeout=12, markup=False)
        self.remember(ask_school=False)

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

    def review_of(self, urn: int, parts: Sequence[str] = ("notes", "contacts")) -> LocalReview:
        """A school's review, in the head's units. Ask it off the event loop."""
        radius = self.settings.radius
        return self.service.review(urn, clock.today(), self.units, radius=radius, parts=parts)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A failure off the event loop is said, never swallowed."""
        if event.worker.is_finished:
            self.go_on()
        if event.state is WorkerState.ERROR:
            self.notify(
                f"That didn't work: {event.worker.error}. Nothing of yours was changed.",
                severity="error",
                timeout=12,
                markup=False,
            )

    def on_notify(self, event: Notify) -> None:
        event.notification = Sentence(**vars(event.notification))

    def on_key(self) -> None:
        """A sentence on what was done goes with the next key: it stands over what tells of the line
        under the cursor."""
        for notification in [n for n in self._notifications if n.timeout == ANSWER]:
            self._unnotify(notification)

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Say a sentence beside the screen: what was done, or why it couldn't be."""
        if not wrong:
            self.clear_notifications()  # one at a time: they stand over what was just changed
        severity: SeverityLevel = "warning" if wrong else "information"
        said = cleaning.plain(sentence)
        self.notify(said, severity=severity, timeout=12 if wrong else ANSWER, markup=False)

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
