"""The app: themes, the two ways in (finder, landscape), and what every screen can do."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from navigator.core import clock, wording
from navigator.core.errors import NavigatorError
from navigator.core.model import Landscape
from navigator.core.record import OwnRecord
from navigator.core.wording import Units
from navigator.records import settings
from navigator.records.settings import Settings
from navigator.service import Service
from navigator.ui.themes import THEMES
from navigator.view.sections import Card, Page

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from navigator.domain.around import Scope
    from navigator.domain.changes import Changes
    from navigator.domain.overlaps import Overlap
    from navigator.register import Outcome
    from navigator.ui.forms.plan import PlanForms
    from navigator.ui.forms.record import RecordForms
    from navigator.view.grounds import Ground
    from navigator.view.review import LocalReview

RECORD_CHECK = 2.0
"""Seconds between looks at whether the record's files have changed."""

TERMINAL_CHECK = 5.0
"""Seconds between looks at whether the terminal is still there."""

PLAN = (
    ("list", "Your year's professional learning"),
    ("year", "Week by week, with clashes"),
    ("money", "Cover and fees against the budget"),
    ("coverage", "Gaps, and who might be asked"),
    ("days", "Holidays, INSET days, terms, budget"),
)
"""The plan's tabs in the palette, in their order, and what each shows."""


class NavigatorApp(App[None]):
    """Navigator on a terminal.

    Args:
        service: What the screens ask.
        given: The head's settings.
        landscape: Opened at once; without it the finder opens.
        as_at: The day to look at; None follows the calendar.
    """

    TITLE = "Navigator"
    CSS_PATH = "navigator.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it as no class variable
        (0, "-tiny"),
        (60, "-narrow"),
        (112, "-normal"),
        (156, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - as above
        (0, "-short"),
        (20, "-tall"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", show=False, id="help"),
        Binding("f12", "changes", "What changed", show=False, id="changes-always"),
        Binding("f11", "plan", "Plan", show=False, id="plan-always"),
        Binding("f10", "update", "Update", show=False, id="update-always"),
        # Without Textual's priority, so that the finder, where q is a letter, can show it.
        Binding("ctrl+q", "quit", "Quit", show=False, priority=False, id="quit-always"),
    ]

    def __init__(
        self,
        service: Service,
        given: Settings,
        *,
        landscape: Landscape | None = None,
        as_at: date | None = None,
    ) -> None:
        super().__init__()
        self.service = service
        self.units: Units = given.units
        self._as_at = as_at
        self._first = landscape
        self._problem = given.problem
        self.settings = given
        self.record = landscape.record if landscape else OwnRecord()
        self._record_forms: RecordForms | None = None
        self._plan_forms: PlanForms | None = None
        self._looks = 0
        self.news = ""  # how many changes haven't been seen, for the finder
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = given.theme if given.theme in self.available_themes else THEMES[0].name
        if self.theme != given.theme:
            self._problem = f"There is no theme {given.theme!r}; using {self.theme}."

    @property
    def day(self) -> date:
        """The day looked at: today's date, unless another was asked for."""
        return self._as_at or clock.today()

    def get_default_screen(self) -> Screen[None]:
        """The first screen itself: an empty one beneath it would be laid out and painted first."""
        if self._first is not None:
            from navigator.ui.screens.landscape import LandscapeScreen

            return LandscapeScreen(self._first)
        from navigator.ui.screens.finder import FinderScreen

        return FinderScreen()

    def on_mount(self) -> None:
        self.call_after_refresh(gc.enable)  # the command line turned it off for the first frame
        self.theme_changed_signal.subscribe(self, lambda theme: self._remember(theme=theme.name))
        for problem in (self._problem, self.service.problem):
            if problem:
                self.notify(problem, severity="warning", timeout=12, markup=False)
        self.set_interval(TERMINAL_CHECK, self._leave_if_terminal_gone)
        self.set_interval(RECORD_CHECK, self.look_at_record)
        self.call_after_refresh(self.look_at_record)
        self.call_after_refresh(self.look_for_changes)

    # --- the head's own record ---

    @property
    def record_forms(self) -> RecordForms:
        """Bookmarks, notes, contacts, networks and corrections, and their undo."""
        if self._record_forms is None:
            from navigator.ui.forms.record import RecordForms

            self._record_forms = RecordForms(self)
        return self._record_forms

    def action_keep(self, what: str, here: bool = False) -> None:
        """Bookmark, note, contact, group or set: the body under the cursor, or the screen's own."""
        screen: Any = self.screen
        card = getattr(screen, "home_card" if here else "target", None)
        if what == "set" and isinstance(screen, ModalScreen):
            self.pop_screen()  # its card would tell what held before
            screen = self.screen
        if card is None:
            self.say("Move to a line that names a body first.", wrong=True)
            return
        home = getattr(screen, "landscape", None) or getattr(screen, "home", None)
        getattr(self.record_forms, what)(card, home)

    def action_undo(self) -> None:
        self.record_forms.undo()

    def action_redo(self) -> None:
        self.record_forms.redo()

    def action_mine(self) -> None:
        """The head's own record."""
        from navigator.ui.screens.mine import MineScreen

        if not isinstance(self.screen, MineScreen):
            self.push_screen(MineScreen())

    async def record_changed(self) -> None:
        """Read the record anew and show it: one of its files has changed."""
        self._looks += 1
        self._take_record(await asyncio.to_thread(self.service.record), look=self._looks)

    def look_at_record(self) -> None:
        """See whether another Navigator, or the head with an editor, changed the record."""
        self._looks += 1
        self._look_at_record(self._looks)

    @work(thread=True, exclusive=True, group="record", exit_on_error=False)
    def _look_at_record(self, look: int) -> None:
        record = self.service.record()
        problems = self.service.record_problems()
        self.call_from_thread(self._take_record, record, problems, look=look)

    def _take_record(self, record: OwnRecord, problems: Iterable[str] = (), *, look: int) -> None:
        for problem in problems:
            self.say(problem, wrong=True)
        if look < self._looks:
            return  # a later look is under way, or has been taken
        held, self.record = self.record, record
        if record.same_but_recents(held):
            return  # the finder asks for the recent schools each time it comes up
        for screen in self.screen_stack:
            if screen.is_mounted and hasattr(screen, "refresh_record"):
                screen.refresh_record()

    # --- what changed ---

    @work(thread=True, exclusive=True, group="changes", exit_on_error=False)
    def look_for_changes(self, tell: bool = False) -> None:
        """See what changed and hasn't been seen: at the start, and after another register was
        taken into use, when it is told as well."""
        found = self.service.look_for_unseen(self.settings.school, clock.today())
        if found is None and not self.news:
            return
        from navigator.domain import changes

        news = f"{changes.headline(found)}: F12 shows" if found else ""
        self.call_from_thread(self._take_news, news, self.service.record())
        if found and tell:
            said = f"{changes.headline(found)} around you: F12 shows what."
            self.call_from_thread(self.notify, said, timeout=12, markup=False)

    def _take_news(self, news: str, record: OwnRecord) -> None:
        from navigator.ui.screens.finder import FinderScreen

        self.news = news
        self._looks += 1
        self._take_record(record, look=self._looks)
        for screen in self.screen_stack:
            if isinstance(screen, FinderScreen) and screen.is_mounted:
                screen.refresh_record()

    def action_changes(self) -> None:
        """What changed since the register before; from then on it counts as seen."""
        from navigator.ui.screens.changes import ChangesScreen

        if not isinstance(self.screen, ChangesScreen):
            self._open_changes()

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def _open_changes(self) -> None:
        try:
            found = self.service.changes(self.settings.school, clock.today())
        except NavigatorError as error:
            self.call_from_thread(self.say, str(error))
            return
        if not self.call_from_thread(self._show_changes, found):
            return
        self.saw_changes(found)

    def saw_changes(self, found: Changes) -> None:
        """In a thread: from now on they count as seen."""
        problem = ""
        try:
            self.service.saw(found)
        except NavigatorError as error:
            problem = str(error)
        self.call_from_thread(self._take_news, "", self.service.record())
        if problem:
            self.call_from_thread(self.say, problem, wrong=True)

    def _show_changes(self, found: Changes) -> bool:
        """Show them, unless the head has moved on to a form or has them on screen already."""
        from navigator.ui.screens.changes import ChangesScreen

        if isinstance(self.screen, ModalScreen | ChangesScreen):
            return False
        self.push_screen(ChangesScreen(found))
        return True

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Say a sentence beside the screen: what was done, or why it couldn't be."""
        if not wrong:
            self.clear_notifications()  # one at a time: they stand over what was just changed
        severity: SeverityLevel = "warning" if wrong else "information"
        said = wording.plain(sentence)
        self.notify(said, severity=severity, timeout=12 if wrong else 5, markup=False)

    @work(thread=True, exclusive=True, group="recent", exit_on_error=False)
    def _remember_school(self, urn: int, name: str) -> None:
        with suppress(NavigatorError):  # where nothing can be written, the head is told elsewhere
            self.service.looked_at(urn, name)

    def register_text(self, key: str = "U") -> str:
        """Which register is in use; for the sample how to load all of England, for an old one the
        key that updates it."""
        info = self.service.info
        if info.sample:
            return f"{wording.SAMPLE}. {wording.HOW_TO_LOAD}"
        old = wording.old_note(info, clock.today(), key)
        return f"England, {wording.short_day(info.day)}{old}"

    # --- a newer register ---

    async def action_update(self) -> None:
        """Ask whether to fetch a newer register: the one thing here that uses the network."""
        from navigator.ui.screens.update import UpdateScreen

        if any(isinstance(screen, UpdateScreen) for screen in self.screen_stack):
            return
        try:
            address = self.settings.register_url
            server = await asyncio.to_thread(self.service.update_server, address)
        except NavigatorError as error:
            self.say(str(error), wrong=True)
            return
        self.push_screen(UpdateScreen(server))

    def register_changed(self, outcome: Outcome) -> None:
        """Say what an update came to, and show every screen from the register now in use."""
        from navigator.ui.screens.changes import ChangesScreen
        from navigator.ui.screens.detail import DetailScreen

        info = outcome.info
        day = wording.short_day(info.day)
        if not outcome.taken:
            self.say(f"The register in use, {day}, is the newest.")
            return
        loaded = f"Loaded {info.name}, {day}: {info.schools:,} open schools."
        self.say(" ".join((loaded, *wording.parts_notes(info))))
        if isinstance(self.screen, DetailScreen):
            self.pop_screen()  # its card told of the old register
        for screen in self.screen_stack:
            if screen.is_mounted and hasattr(screen, "reload"):
                screen.reload()
        if not isinstance(self.screen, ChangesScreen):  # which shows them, and counts as seen
            self.look_for_changes(tell=True)
        self.look_at_record()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A failure off the event loop is said, never swallowed."""
        if event.state is WorkerState.ERROR:
            self.notify(
                f"That didn't work: {event.worker.error}. Nothing of yours was changed.",
                severity="error",
                timeout=12,
                markup=False,
            )

    def action_find(self) -> None:
        """Go to the finder: the one already open, else a new one."""
        from navigator.ui.screens.finder import FinderScreen

        if any(isinstance(screen, FinderScreen) for screen in self.screen_stack):
            while not isinstance(self.screen, FinderScreen):
                self.pop_screen()
        else:
            self.push_screen(FinderScreen())

    def action_out(self) -> None:
        """One level out: the screen before; from the last one, the finder. Never quits."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.action_find()

    def action_index(self) -> None:
        """The directory of all bodies."""
        from navigator.ui.screens.index import IndexScreen

        if not isinstance(self.screen, IndexScreen):
            self.push_screen(IndexScreen())

    def action_as_at(self) -> None:
        """Ask for a day and show this school's landscape on it."""
        from navigator.ui.screens.as_at import AsAtScreen
        from navigator.ui.screens.landscape import LandscapeScreen

        screen = self.screen
        if isinstance(screen, LandscapeScreen):
            urn = screen.landscape.school.urn
            self.push_screen(AsAtScreen(self.day), lambda day: self._look_at(urn, day))

    def _look_at(self, urn: int, day: date | None) -> None:
        if day is not None:
            self._open_on(urn, day)

    def action_command_palette(self) -> None:
        """All commands, but not over a form: most lead elsewhere, and what was typed would go."""
        if getattr(self.screen, "holds_typing", False):
            self.say("Ctrl+S saves this, Esc leaves it; then Ctrl+P lists all commands.")
        else:
            super().action_command_palette()

    def action_map(self) -> None:
        """The map around a school, or of the schools of the body on screen."""
        screen: Any = self.screen
        key = getattr(screen, "map_key", "")
        home = getattr(screen, "landscape", None) or getattr(screen, "home", None)
        if key:
            self._open_map(key, home)
        else:
            self.say("Open a school's landscape or a body's page first: v shows its map.")

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def _open_map(self, key: str, home: Landscape | None) -> None:
        try:
            ground = self.service.ground(key, home, home.as_at if home else self.day)
        except NavigatorError as error:
            self.call_from_thread(self.say, str(error), wrong=True)
            return
        self.call_from_thread(self._push_map, ground, home)

    def _push_map(self, ground: Ground, home: Landscape | None) -> None:
        from navigator.ui.screens.map import MapScreen

        if not isinstance(self.screen, ModalScreen):
            self.push_screen(MapScreen(ground, home))

    def action_export(self) -> None:
        """Ask in which form and where to write the landscape that is looked at."""
        screen: Any = self.screen
        landscape = getattr(screen, "landscape", None) or getattr(screen, "home", None)
        if landscape is None:
            self.say("Open a school's landscape first: it is what can be exported.", wrong=True)
            return
        from navigator.ui.forms import export

        export.ask(self, landscape)

    def action_review(self) -> None:
        """The yearly review of the school whose landscape is looked at, as things are today."""
        landscape = getattr(self.screen, "landscape", None)
        if landscape is not None and landscape.as_at < clock.today():
            self.say(
                f"You look at {wording.day(landscape.as_at)}, and a review is written today. "
                "Go back to today first: press a, empty the box, Enter.",
                wrong=True,
            )
        elif landscape is not None:
            self._open_review(landscape.school.urn)

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def _open_review(self, urn: int) -> None:
        try:
            found = self.review_of(urn)
        except NavigatorError as error:
            self.call_from_thread(self.say, str(error), wrong=True)
            return
        self.call_from_thread(self._show_review, found)

    def review_of(self, urn: int, parts: Sequence[str] = ("notes", "contacts")) -> LocalReview:
        """A school's review, in the head's units. Ask it off the event loop."""
        radius = self.settings.radius
        return self.service.review(urn, clock.today(), self.units, radius=radius, parts=parts)

    def _show_review(self, found: LocalReview) -> None:
        from navigator.ui.screens.review import ReviewScreen

        if not isinstance(self.screen, ModalScreen | ReviewScreen):
            self.push_screen(ReviewScreen(found))

    def action_help(self) -> None:
        from navigator.ui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def follow(self, card: Card, home: Landscape | None) -> None:
        """Walk on to what a card names: a school's landscape, a body's page, a note's form."""
        kind, _, name = card.key.partition(":")
        if kind in ("note", "contact"):
            self.record_forms.edit(kind, name)
        elif card.urn is not None:
            self.open_school(card.urn, home.as_at if home else None)
        elif card.key.endswith("/"):  # a hub that the head named and our table lacks
            self._open_body("programme:" + card.key[len("hub:") : -1], home)
        elif card.key:
            self._open_body(card.key, home)

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def _open_body(self, key: str, home: Landscape | None) -> None:
        try:
            day = home.as_at if home else self.day
            page = self.service.page(key, home, day, self.units)
        except NavigatorError as error:
            self.call_from_thread(
                self.notify, str(error), severity="warning", timeout=10, markup=False
            )
            return
        self.call_from_thread(self._push_body, page, home)

    def _push_body(self, page: Page, home: Landscape | None) -> None:
        from navigator.ui.screens.body import BodyScreen

        if isinstance(self.screen, ModalScreen):  # the head has moved on, to a form perhaps
            return
        if page.key.startswith("activity:"):
            from navigator.ui.screens.plan import ActivityScreen

            self.push_screen(ActivityScreen(page, home))
        elif page.key.startswith(("place:", "alike:", "compare:")):
            from navigator.ui.screens.local import PlaceScreen

            self.push_screen(PlaceScreen(page, home))
        else:
            self.push_screen(BodyScreen(page, home))

    # --- the plan ---

    @property
    def plan_forms(self) -> PlanForms:
        """Activities, their sessions and reflection, own days and budget."""
        if self._plan_forms is None:
            from navigator.ui.forms.plan import PlanForms

            self._plan_forms = PlanForms(self)
        return self._plan_forms

    def action_plan(self, tab: int | None = None) -> None:
        """The head's plan of professional learning, on one of its tabs: the list, unless told."""
        from navigator.ui.screens.plan import PlanScreen

        if not isinstance(self.screen, PlanScreen):
            self.push_screen(PlanScreen(tab or 0))
        elif tab is not None:
            self.screen.action_show(tab)

    def action_plan_with(self) -> None:
        """Plan an activity with the body under the cursor as its provider."""
        from navigator.domain.plan import year

        card = getattr(self.screen, "target", None)
        if card is None:
            self.say("Move to a line that names a body first: p plans something with it.")
            return
        if isinstance(self.screen, ModalScreen):
            self.pop_screen()
        self.plan_forms.new(card, year.year_of(clock.today()))

    # --- what local means ---

    def action_local(self) -> None:
        """What the school shares with those around it; from there the place, and those alike."""
        from navigator.ui import locally

        locally.widen(self)

    def action_compare(self) -> None:
        """The school or authority under the cursor beside one's own."""
        from navigator.ui import locally

        locally.compare(self)

    def action_place(self) -> None:
        """Ask for a place and show its profile."""
        from navigator.ui import locally

        locally.ask_place(self)

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def open_overlap(self, home: Landscape, scope: Scope) -> None:
        """Show what a school shares with the schools around it."""
        overlap = self.service.overlap(home, scope)
        self.call_from_thread(self._push_overlap, overlap, home)

    def _push_overlap(self, overlap: Overlap, home: Landscape) -> None:
        from navigator.ui.screens.local import OverlapScreen

        if not isinstance(self.screen, ModalScreen):
            self.push_screen(OverlapScreen(overlap, home))

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def open_school(self, urn: int, day: date | None = None) -> None:
        """Open a school's landscape, on a day or the app's own, on top of what is there."""
        self._landscape(urn, day or self.day, instead=False)

    @work(thread=True, exclusive=True, group="open", exit_on_error=False)
    def _open_on(self, urn: int, day: date) -> None:
        """Show a school on another day in place of the landscape there; from now on that day."""
        self._landscape(urn, day, instead=True)

    def _landscape(self, urn: int, day: date, *, instead: bool) -> None:
        try:
            landscape = self.service.landscape(urn, day)
        except NavigatorError as error:
            self.call_from_thread(
                self.notify, str(error), severity="warning", timeout=10, markup=False
            )
            return
        self.call_from_thread(self._show_landscape, landscape, instead)

    def _show_landscape(self, landscape: Landscape, instead: bool) -> None:
        from navigator.ui.screens.landscape import LandscapeScreen

        self._remember_school(landscape.school.urn, landscape.school.name)
        screen = self.screen
        if instead and isinstance(screen, LandscapeScreen):
            self._as_at = None if landscape.as_at == clock.today() else landscape.as_at
            screen.show(landscape)
        elif not isinstance(screen, ModalScreen):
            self.push_screen(LandscapeScreen(landscape))

    def copy_text(self, text: str) -> None:
        """Copy by the terminal (OSC 52) and by the system's own tool, and say so."""
        self.copy_to_clipboard(text)
        self._copy_by_system(text)
        said = wording.plain(text)
        self.say(f"Copied: {said[:60]}" + (" …" if len(said) > 60 else ""))

    @work(thread=True, group="copy", exit_on_error=False)
    def _copy_by_system(self, text: str) -> None:
        from navigator.ui import clipboard

        clipboard.copy(text)

    @work(thread=True, group="browse", exit_on_error=False)
    def open_website(self, address: str) -> None:
        """Open an http(s) address in the browser; `navigator.core.wording.link` has vetted it."""
        import webbrowser

        opened = webbrowser.open(address)
        message = f"Opened {address}" if opened else f"No browser found. The address is {address}"
        self.call_from_thread(self.notify, message, timeout=6, markup=False)

    def set_units(self, units: Units) -> None:
        """Show distances in miles or kilometres from now on, and remember it."""
        self.units = units
        self._draw_again()
        self._remember(units=units)

    def _draw_again(self) -> None:
        from navigator.ui.screens.landscape import LandscapeScreen

        for screen in self.screen_stack:
            if isinstance(screen, LandscapeScreen):
                screen.fill(keep=True)
            elif screen.is_mounted and hasattr(screen, "redraw"):
                screen.redraw()

    @work(thread=True, group="settings", exit_on_error=False)
    def _remember(self, **values: str | float | None) -> None:
        try:
            settings.save(**values)
        except NavigatorError as error:
            self.call_from_thread(self.say, str(error), wrong=True)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        yield SystemCommand("Find: a school", "By name, town, postcode or URN", self.action_find)
        yield SystemCommand("Directory", "All hubs, trusts, networks …", self.action_index)
        yield SystemCommand("My record", "Bookmarks, notes, contacts, networks …", self.action_mine)
        yield SystemCommand("Local: a place", "Figures of an authority …", self.action_place)
        for tab, (name, said) in enumerate(PLAN):
            yield SystemCommand(f"Plan: {name}", said, lambda t=tab: self.action_plan(t))
        yield SystemCommand("Update", "Fetch DfE's newest register", self.action_update)
        yield SystemCommand("What changed", "Since the register before", self.action_changes)
        yield SystemCommand("Settings", "School, radius, cost of cover", self.action_settings)
        yield SystemCommand("Undo", "The last change to your record", self.action_undo)
        yield SystemCommand("Redo", "What was undone last", self.action_redo)
        if hasattr(screen, "landscape"):
            yield SystemCommand("As at: another day", "A landscape of the past", self.action_as_at)
            yield SystemCommand(
                "Review", "Of my local learning system, once a year", self.action_review
            )
            yield SystemCommand(
                "My school: this one", "The finder opens on it", self._set_my_school
            )
        if hasattr(screen, "landscape") or hasattr(screen, "home"):
            yield SystemCommand(
                "Export this landscape", "A page for governors, a table …", self.action_export
            )
        if hasattr(screen, "map_key"):
            yield SystemCommand("Map", "Schools on a map to pan and zoom", self.action_map)
        yield SystemCommand(
            "Sources", "How far the facts reach", lambda: self._open_body("sources:", None)
        )
        yield SystemCommand("Help: keys and words", "What the keys do", self.action_help)
        for theme in THEMES:
            if theme.name != self.theme:
                name = theme.name.removeprefix("navigator-")
                yield SystemCommand(
                    f"Theme: {name}", f"Use the {name} theme", lambda t=theme.name: self._use(t)
                )
        yield SystemCommand("Theme: others", "Choose from all themes", self.action_change_theme)
        if self.units == "miles":
            yield SystemCommand("Units: kilometres", "Show km", lambda: self.set_units("km"))
        else:
            yield SystemCommand("Units: miles", "Show miles", lambda: self.set_units("miles"))
        yield SystemCommand("Quit", "Leave Navigator", self.action_quit)

    def _set_my_school(self) -> None:
        from navigator.ui.screens.landscape import LandscapeScreen

        if isinstance(self.screen, LandscapeScreen):
            school = self.screen.landscape.school
            self.settings = replace(self.settings, school=school.urn)
            self._remember(school=school.urn)
            self.say(f"{school.name} is your school now: the finder opens on it.")

    def action_settings(self) -> None:
        """A form for one's school, how far nearby reaches, and what a day of cover costs."""
        from navigator.ui.forms.form import Field, FormScreen, Values

        held = self.settings
        fields = [
            Field(key, s.label.format(unit=self.units), _shown(getattr(held, key)), s.hint)
            for key, s in settings.SETTINGS.items()
            if s.label
        ]

        async def save(values: Values) -> str:
            try:
                numbers = {f.key: settings.typed(f.key, f.label, values[f.key]) for f in fields}
            except NavigatorError as error:
                return str(error)
            school = numbers["school"]
            if school is not None and self.service.find_school(school) is None:
                return f"No school with URN {school} is on the register in use."
            self.settings = replace(held, **numbers)
            self._remember(**numbers)
            self._draw_again()
            return ""

        self.push_screen(FormScreen("Settings", "Kept in settings.toml", fields, save))

    def _use(self, theme: str) -> None:
        self.theme = theme

    def _leave_if_terminal_gone(self) -> None:
        # With SIGHUP ignored (nohup) Textual would spin at full CPU for ever once its terminal goes
        if self.is_headless or self.is_web or sys.__stdin__ is None:
            return
        try:
            gone = not os.isatty(sys.__stdin__.fileno())
        except (OSError, ValueError):
            gone = True
        if gone:
            self.exit()


def _shown(number: float | None) -> str:
    return "" if number is None else f"{number:.12g}"
