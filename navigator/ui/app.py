"""The app: its themes, its first screen, what opens on it, and the commands of everywhere."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from textual.actions import SkipAction
from textual.app import App, SystemCommand
from textual.command import Provider
from textual.events import Event, Paste
from textual.events import Key as KeyPress
from textual.screen import ModalScreen, Screen
from textual.theme import BUILTIN_THEMES, Theme

from navigator.core import cleaning
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.base import HEIGHTS, OTHERS, WIDTHS, NavigatorScreen
from navigator.ui.commands import bindings
from navigator.ui.keymap import foot_name
from navigator.ui.keys_in_turn import KeysInTurn
from navigator.ui.themes import THEMES
from navigator.ui.watching import WatchingApp
from navigator.view.sections import Card

if TYPE_CHECKING:
    from textual.await_complete import AwaitComplete
    from textual.binding import Binding
    from textual.driver import Driver

    from navigator.records.drafts import Draft
    from navigator.ui.history import PagesAhead
    from navigator.ui.opening import Made
    from navigator.ui.screens.waiting import Wait

RECORD_CHECK = 2.0
"""Seconds between looks at whether the record's files have changed."""

TERMINAL_CHECK = 2.0
"""Seconds between looks at whether the terminal is still there."""

END_SECONDS = 2.5
"""In which an app whose terminal is gone, or that was told to end, ends; then it is ended."""

NEED_NOTHING = frozenset({"help", "commands", "quit", "quit-typing", "back"})
"""The commands that do the same whether or not a screen has what it shows."""

OUR_THEMES = {theme.name: theme for theme in THEMES}


def _palette() -> type[Provider]:
    from navigator.ui.palette import PaletteCommands

    return PaletteCommands


def _look_for_garbage() -> None:
    """From now on, in what is made from now on: what the first frame made stays, and a look through
    all of it would hold up some key that the head presses by four frames."""
    gc.freeze()
    gc.enable()


def _other_signs(setting: str) -> Mapping[int, str]:
    """What is drawn in the place of which sign: nothing on most systems, and in a browser."""
    known = os.name == "nt" or "PYTHONIOENCODING" in os.environ
    in_browser = "WebDriver" in os.environ.get("TEXTUAL_DRIVER", "")
    if setting == "auto" and (in_browser or not known):
        return {}
    from navigator.core import signs

    return signs.instead(setting)


class NavigatorApp(WatchingApp):
    """Navigator on a terminal.

    Args:
        service: What the screens ask.
        given: The head's settings.
        landscape: Opened at once; without it the finder opens.
        as_at: The day to look at; None follows the calendar.
    """

    TITLE = "Navigator"
    CSS_PATH = "navigator.tcss"
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS = bindings("everywhere")
    COMMANDS = {_palette}  # noqa: RUF012 - as above

    def __init__(
        self,
        service: Service,
        given: Settings,
        *,
        landscape: Landscape | None = None,
        as_at: date | None = None,
    ) -> None:
        # Before all else, and without its watchers: a theme that is set later has each style sheet
        # read a second time before the first frame.
        known = given.theme in BUILTIN_THEMES or given.theme in OUR_THEMES
        self.set_reactive(App.theme, given.theme if known else THEMES[0].name)
        self._other_signs = _other_signs(given.signs)
        super().__init__(service, given, as_at)
        self._first = landscape
        self._wait: Wait | None = None
        self._keys = KeysInTurn(self, super().on_event, self._is_awaited, self._ends_it)
        self._started_by = os.getppid()
        self._problems = [given.problem]
        if landscape:
            self.record = landscape.record
        else:
            self.css_path.append(OTHERS)
        if not known:
            self._problems = [f"There is no theme {given.theme!r}; using {self.theme}."]

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's, and ours."""
        return {**super().available_themes, **OUR_THEMES}

    def get_default_screen(self) -> Screen[None]:
        """The first screen itself: an empty one beneath it would be laid out and painted first."""
        if self._first is not None:
            from navigator.ui.screens.landscape import LandscapeScreen

            screen = LandscapeScreen(self._first)
            # Else each of its widgets is styled once without these, and once more with each
            screen.update_classes(screen.size_classes(self.size), update=False)
            return screen
        from navigator.ui.screens.finder import FinderScreen

        return FinderScreen()

    def get_driver_class(self) -> type[Driver]:
        usual = super().get_driver_class()
        if usual.__name__ == "LinuxDriver":
            from navigator.ui.terminal import Terminal

            usual = Terminal
        if not self._other_signs:
            return usual
        from navigator.ui.other_signs import with_signs

        made: type[Driver] = with_signs(usual, self._other_signs)
        return made

    def on_mount(self) -> None:
        if not gc.isenabled():  # the command line turned it off for the first frame
            self.call_after_refresh(_look_for_garbage)
        self.theme_changed_signal.subscribe(self, lambda theme: self.remember(theme=theme.name))
        if self.keys:
            self.set_keymap(self.keys)
        for problem in (*self._problems, self.service.problem, *self.key_problems):
            if problem:
                self.notify(problem, severity="warning", timeout=12, markup=False)
        self.set_interval(TERMINAL_CHECK, self._leave_if_terminal_gone)
        self.set_interval(RECORD_CHECK, self.look_at_record)
        self.call_after_refresh(self.look_at_record)
        self.call_after_refresh(self.look_for_changes)
        self.call_after_refresh(self._offer_drafts)
        self.call_after_refresh(self.look_at_register)
        self._listen()
        if self._first is not None:
            school = self._first.school
            looked = partial(self.service.looked_at, school.urn, school.name)
            self.call_after_refresh(self.do, looked)
        self.call_after_refresh(self.do, self.service.keep_facts)

    # --- keys, one after the other ---

    async def on_event(self, event: Event) -> None:
        """Each key when what the ones before it have set off is over."""
        if not isinstance(event, KeyPress | Paste):
            await super().on_event(event)
        elif not event.is_forwarded:
            if self._leaves_wait(event) or self._turns_away(event):
                self._keys.forget()
            await self._keys.take(event)
        else:
            await super().on_event(event)
            if isinstance(event, KeyPress):
                await self._keys.came_back(event)

    def go_on(self) -> None:
        self._keys.go_on()

    def _is_awaited(self, event: KeyPress | Paste, into_box: bool) -> bool:
        """Whether what a key is meant for was asked for and isn't there: a page that is worked out,
        a form that asks first, the lines of a list."""
        if self._wait and self._wait.goes_on:
            return not self._leaves_wait(event)
        top = self.screen
        if self._is_asking:
            # A letter may be meant for the form
            return not self._needs_nothing(event, True)
        if not isinstance(top, NavigatorScreen):
            return False
        awaits = top.opens_soon or (top.awaits_answer and not into_box)
        return awaits and not self._needs_nothing(event, into_box)

    @property
    def _is_asking(self) -> bool:
        """Whether a form is to open once what it asks with is found."""
        return any(w.group == "ask" and not w.is_finished for w in self.workers)

    def _turns_away(self, event: KeyPress | Paste) -> bool:
        """Whether a key needs nothing of what is still to come, and so goes before those that do:
        who presses it, while there is nothing to see of them, goes elsewhere."""
        top = self.screen
        if not isinstance(top, NavigatorScreen):
            return False
        awaits = self._is_asking or top.opens_soon or top.awaits_answer
        return awaits and self._needs_nothing(event, True)

    def _needs_nothing(self, event: KeyPress | Paste, letters_typed: bool) -> bool:
        """Whether a key's command needs nothing of the screen's; a letter's has none where it may
        be one of a text."""
        if not isinstance(event, KeyPress) or (event.is_printable and letters_typed):
            return False
        return self._command_of(event) in NEED_NOTHING

    def _ends_it(self, event: KeyPress | Paste, into_box: bool) -> bool:
        """Whether a key that had to wait is a letter that quits."""
        # It was typed in sight of another screen, mostly behind an Enter that seemed to do nothing:
        # to press it once more costs less than an app that goes as its page comes.
        if not isinstance(event, KeyPress) or not event.is_printable or into_box:
            return False
        return self._command_of(event) == "quit"

    def _command_of(self, event: KeyPress) -> str | None:
        active = self.active_bindings.get(event.key)
        return active.binding.id if active else None

    def _leaves_wait(self, event: KeyPress | Paste) -> bool:
        """Whether a key is for what stands in a page's place while that is worked out."""
        if not isinstance(event, KeyPress) or event.is_printable:
            return False
        waits = isinstance(self.screen, NavigatorScreen) and self.screen.PLACE == "waiting"
        return waits and event.key in self.active_bindings

    # --- what opens ---

    def open(self, key: str, home: Landscape | None = None) -> None:
        """Open what a key names, once it is found, unless the head has moved on to something that
        it would cover, or has it on screen already. What takes a while says so meanwhile."""
        from navigator.ui import opening
        from navigator.ui.screens.waiting import Wait

        self._stop_waiting(self._wait)
        named, asked_on = Key(key), self.screen
        if self._shows(named) or opening.open_at_once(self, named, home):
            return
        wait = self._wait = Wait(self, named)

        def find() -> Made:
            try:
                return opening.find(self, named, home)
            except Exception:
                self.call_from_thread(self._stop_waiting, wait)
                raise

        def show(make: Made) -> None:
            if waiting := wait.end():
                waiting.give_way(make)
                return
            top = self.screen
            typing = isinstance(top, NavigatorScreen) and top.holds_typing
            covered = isinstance(top, ModalScreen) and (typing or top is not asked_on)
            if not covered and not self._shows(named):
                self.push_screen(make())

        self.ask(find, show, "open")

    def _stop_waiting(self, wait: Wait | None) -> None:
        if wait and (waiting := wait.end()):
            waiting.give_way(None)

    def _shows(self, key: Key) -> bool:
        top = self.screen
        return isinstance(top, NavigatorScreen) and top.turn_to(key)

    def show(self, card: Card, home: Landscape | None = None) -> None:
        from navigator.ui.screens.detail import DetailScreen

        self.push_screen(DetailScreen(card, home))

    def keep(self, what: str, card: Card, home: Landscape | None) -> None:
        if what == "plan":
            from navigator.ui.forms.plan import PlanForms

            PlanForms(self).new(card)
        else:
            from navigator.ui.forms.record import RecordForms

            RecordForms(self).keep(what, card, home)

    def export(self, landscape: Landscape) -> None:
        from navigator.ui.forms import export

        export.ask(self, landscape)

    def out(self) -> None:
        top = self.screen
        if len(self.screen_stack) > 1:
            self.pop_screen()
        elif isinstance(top, NavigatorScreen) and top.stays:
            find, leave = self.key_of("find"), self.key_of("quit")
            self.say(f"This is your school. {find} finds another, {leave} leaves Navigator.")
        else:
            self.action_find()

    # --- back and forward ---

    @cached_property
    def _ahead(self) -> PagesAhead:
        from navigator.ui.history import PagesAhead

        return PagesAhead(self)

    def pop_screen(self) -> AwaitComplete:
        if len(self.screen_stack) > 1:
            self._ahead.left()
        return super().pop_screen()

    def forget_ahead(self) -> None:
        self._ahead.forget()

    def action_page(self, by: int) -> None:
        """To the page before, or forward to the one that was left, with its cursor where it was."""
        if by < 0:
            if len(self.screen_stack) > 1:
                self.pop_screen()
            else:
                self.say("No page was visited before this one.")
        elif page := self._ahead.next():
            self.push_screen(page)
            page.reload()  # the record, the register or the units may have changed meanwhile
        else:
            self.say("This is the last of the pages visited.")

    # --- commands of everywhere ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action of the app's own does anything here: no screen opens over itself."""
        kind = self.screen.KIND if isinstance(self.screen, NavigatorScreen) else ""
        if action == "open":
            return not kind or Key(str(parameters[0])) != f"{kind}:"
        return action != "find" or kind != "find"

    def action_open(self, key: str) -> None:
        self.open(key)

    def action_find(self) -> None:
        """Go to the finder: the one already open, else a new one."""
        from navigator.ui.screens.finder import FinderScreen

        if any(isinstance(screen, FinderScreen) for screen in self.screen_stack):
            while not isinstance(self.screen, FinderScreen):
                self.pop_screen()
            self.screen.begin_anew()
        else:
            self.push_screen(FinderScreen())

    def action_find_words(self) -> None:
        """Look for words in the list on show; nothing of it is hidden."""
        from navigator.ui.screens.find_words import FindWordsScreen

        self.push_screen(FindWordsScreen(self.screen))

    def action_help(self) -> None:
        """The keys of the screen; away with them where they are shown."""
        from navigator.ui.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.pop_screen()
        else:
            self.push_screen(HelpScreen(self.screen))

    def action_command_palette(self) -> None:
        """All commands, but not over a form: most lead elsewhere, and what was typed would go."""
        if isinstance(self.screen, NavigatorScreen) and self.screen.holds_typing:
            self.say("Ctrl+S saves this, Esc leaves it; then Ctrl+P lists all commands.")
        else:
            from navigator.ui.palette import Palette

            if not isinstance(self.screen, Palette):
                self.push_screen(Palette())

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        from navigator.ui.palette import offers

        return (SystemCommand(o.title, o.help, o.run) for o in offers(self, screen))

    def action_undo(self) -> None:
        self.run_worker(self.edits.undo(), group="keep", exit_on_error=False)

    def action_redo(self) -> None:
        self.run_worker(self.edits.redo(), group="keep", exit_on_error=False)

    def action_copy_marked(self) -> None:
        """Copy what is marked with the mouse; with nothing marked, say how to quit."""
        try:
            self.screen.action_copy_text()
        except SkipAction:
            typing = isinstance(self.screen, NavigatorScreen) and self.screen.holds_typing
            key = self.key_of("quit-typing" if typing else "quit")
            self.say(f"{key} leaves Navigator.")

    def get_key_display(self, binding: Binding) -> str:
        return binding.key_display or foot_name(binding.key)

    # --- when something goes wrong ---

    def _leave_if_terminal_gone(self) -> None:
        # With SIGHUP ignored (nohup) Textual would spin at full CPU for ever once its terminal goes
        if self.is_web and os.getppid() != self._started_by:  # whoever served it has ended
            self._end(signal.SIGTERM)
        if self.is_headless or self.is_web or sys.__stdin__ is None:
            return
        try:
            gone = not os.isatty(sys.__stdin__.fileno())
        except (OSError, ValueError):
            gone = True
        if gone:
            self._end(signal.SIGHUP)

    # --- when it is ended from outside ---

    def _listen(self) -> None:
        """A kill, or the window closed: what is being typed is kept, the terminal restored."""
        if self.is_headless or os.name == "nt":
            return
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:  # where one is ignored it stays so
                asyncio.get_running_loop().add_signal_handler(number, self._end, number)

    def _end(self, number: int) -> None:
        late = threading.Timer(END_SECONDS, os._exit, (128 + number,))
        late.daemon = True
        late.start()
        for screen in self.screen_stack:
            if isinstance(screen, NavigatorScreen):
                screen.told_to_end()
        self.exit(return_code=128 + number)

    def _offer_drafts(self) -> None:
        """Say what was being typed when Navigator ended."""

        def told(drafts: list[Draft]) -> None:
            if drafts:
                last = drafts[-1]
                named = ", ".join(t for t in (last.kind, last.title, last.which) if t)
                more = f" {len(drafts) - 1} more are kept, too." if len(drafts) > 1 else ""
                said = (
                    f"You were writing when Navigator ended: {named}. Open that form "
                    f"again: your words are in it.{more}"
                )
                self.notify(cleaning.plain(said), timeout=30, markup=False)

        self.ask(self.service.records.drafts, told, "drafts")
