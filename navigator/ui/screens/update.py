"""Fetching a newer register: asks first, shows how far it is, Esc stops it."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from navigator.core import wording
from navigator.core.cleaning import plain
from navigator.core.errors import NavigatorError, RefusedTodayError
from navigator.ui.base import Panel
from navigator.ui.commands import bindings
from navigator.ui.widgets.keybar import KeyBar
from navigator.ui.widgets.lines import HEADING, MUTED

if TYPE_CHECKING:
    from navigator.register import Outcome, Progress

DRAW_SECONDS = 0.1
BAR = 40
QUIET_SECONDS = 3.0
"""With no byte for so long, the rate and the time left are no longer true."""

STOPPING = "Stopping …"
ONCE_MORE = "Enter fetches it again all the same."


class UpdateScreen(Panel[None]):
    """Over whatever is on show, which goes on with the old register meanwhile.

    Args:
        server: The name of the server that will be asked.
    """

    PLACE = "update"
    KIND = "update"
    BINDINGS = bindings(PLACE)

    def __init__(self, server: str) -> None:
        super().__init__()
        self._server = plain(server)
        self._stop = threading.Event()
        self._fetching = False
        self._failed = False
        self._refused = False
        self._progress: Progress | None = None
        self._heard = 0.0

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="detail"):
            yield Static(Content.styled("Update the schools register", HEADING))
            yield Static(id="update-said")
            yield Static(id="update-using")
        yield KeyBar(self.PLACE)

    def on_mount(self) -> None:
        self._say(
            f"This fetches DfE's newest register, about 60 MB in three files, from {self._server}. "
            "Nothing of yours is sent. Navigator uses the network only when you ask it to."
        )
        self._tell_using("In use")
        self.set_interval(DRAW_SECONDS, self._draw)

    def _tell_using(self, what: str) -> None:
        info = self.app.service.info
        held = wording.SAMPLE if info.sample else f"England, {wording.day(info.day)}"
        using = Content.styled(f"{what}: {held}", MUTED)
        self.query_one("#update-using", Static).update(using)

    def on_unmount(self) -> None:
        self._stop.set()  # the app is being left: its threads would hold it up

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        del parameters
        can = {"fetch": not self._fetching, "website": self._failed}
        return can.get(action, True)

    @property
    def _can_stop(self) -> bool:
        return self._fetching and not self._stop.is_set()

    def _tell_keys(self) -> None:
        foot = self.query_one(KeyBar)
        foot.reword("back", "Stop" if self._can_stop else "Leave")
        foot.reword("fetch", "Try again" if self._failed else "Fetch")
        self.refresh_bindings()

    def action_fetch(self) -> None:
        self._fetching, self._failed, self._progress = True, False, None
        self._stop.clear()
        self._say(f"Asking {self._server} …")
        self._tell_using("In use")
        self._tell_keys()
        # The app's and not the screen's: its end is to be heard even where the screen is left
        self.app.run_worker(self._work, thread=True, group="update", exit_on_error=False)

    def _work(self) -> None:
        """In a thread: fetch, and tell the app how it ended."""
        app, problem, outcome = self.app, "", None
        again, self._refused = self._refused, False
        try:
            outcome = app.service.update(
                app.settings.register_url, self._told, self._stop, again=again
            )
        except RefusedTodayError as error:  # who then asks once more has read why
            self._refused = True
            problem = f"{error} {ONCE_MORE}" if error.again else str(error)
        except NavigatorError as error:
            problem = str(error)
        except Exception as error:  # the screen must hear of its end, whatever it is
            problem = f"That didn't work: {error}. Nothing was changed."
        with suppress(RuntimeError):  # the app has been left
            app.call_from_thread(self._ended, outcome, problem)

    def _told(self, progress: Progress) -> None:
        self._progress, self._heard = progress, time.monotonic()

    def _ended(self, outcome: Outcome | None, problem: str) -> None:
        self._fetching = False
        left = not self.is_attached or self.app.screen is not self
        if outcome:
            if not left:
                self.dismiss()
            self.app.register_changed(outcome)
        elif left or self._stop.is_set():
            if not left:
                self.dismiss()
            self.app.say(problem)
        else:
            self._failed = True
            self._tell_failure(problem)
            self._tell_keys()

    def _tell_failure(self, problem: str) -> None:
        """Why there is no newer register; apart from that, the other way to one."""
        from navigator.register.failures import BY_HAND

        why, by_hand = problem.removesuffix(BY_HAND).strip(), problem.endswith(BY_HAND)
        said = Content.assemble(("Not updated. ", "bold $warning"), (plain(why), "$warning"))
        if by_hand:
            said = Content.assemble(said, "\n\n", plain(BY_HAND))
        self.query_one("#update-said", Static).update(said)
        self._tell_using("Still in use")

    def action_back(self) -> None:
        """Stop it, and stay until it has stopped; leave where nothing is fetched."""
        if not self._can_stop:
            self.dismiss()
            return
        self._stop.set()
        self._say(STOPPING)
        self._tell_keys()

    def action_website(self) -> None:
        """Open the page from which the file can be taken by hand."""
        self.app.open_website(wording.DOWNLOADS)

    def _draw(self) -> None:
        told = self._progress
        if not self._fetching or told is None or self._stop.is_set():
            return
        filled = round(told.share * BAR)
        bar = (("━" * filled, "$accent"), ("─" * (BAR - filled), MUTED))
        if told.unit == "bytes" and time.monotonic() - self._heard > QUIET_SECONDS:
            told = told.quiet
        said = Content.assemble(plain(told.stage), "\n", *bar, "\n", told.said or " ")
        self.query_one("#update-said", Static).update(said)

    def _say(self, sentence: str) -> None:
        self.query_one("#update-said", Static).update(Content(plain(sentence)))
