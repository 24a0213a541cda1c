"""A school's landscape: its panels in one list, and the answer to the line under the cursor."""

from __future__ import annotations

from datetime import date

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static

from navigator.core import cleaning, clock, wording
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.domain import around
from navigator.ui.base import NavigatorScreen
from navigator.ui.commands import bindings
from navigator.ui.widgets.answer import AnswerPane, AnswerStrip
from navigator.ui.widgets.header import SchoolHeader, Trail
from navigator.ui.widgets.keybar import KeyBar
from navigator.ui.widgets.panels import PanelList
from navigator.view import answers, cards, landscape_sections
from navigator.view.sections import Card, Column, marked

PANELS = 3
BESIDE = 112
"""Cells from which on the answer stands beside the list, and not beneath it, in a roomy terminal:
in a lower one it would be cut."""
ROOMY, LOW, SHORT = 32, 24, 20
"""Lines from which on a terminal is roomy: a blank line parts the panels; a reason has two; and
more than a few lines stand above and beneath the list."""


class LandscapeScreen(NavigatorScreen[None]):
    """Who helps, where the school belongs, who is next door; and of each the answer."""

    PLACE = "landscape"
    BINDINGS = bindings(PLACE)
    AUTO_FOCUS = "PanelList"
    CSS_PATH = None  # the app's own style sheet has all it needs
    home: Landscape

    def __init__(self, landscape: Landscape) -> None:
        super().__init__()
        self.home = landscape
        self._opened: set[str] = set()
        self._alone: int | None = None
        """The number, from 0, of the panel that is shown alone."""
        self._drawn = (False, False, False, False)

    @property
    def landscape(self) -> Landscape:
        """What is on show."""
        return self.home

    @property
    def is_mine(self) -> bool:
        """Whether it is the head's own school."""
        school, mine = self.home.school.urn, self.app.settings.school
        return mine is not None and mine in (school, *self._before)

    @property
    def trail_name(self) -> str:
        return self.landscape.school.name

    @property
    def map_key(self) -> str:
        return Key.school(self.landscape.school.urn)

    @property
    def panels(self) -> PanelList:
        return self.query_one(PanelList)

    def compose(self) -> ComposeResult:
        self.set_class(self._shape[0], "-beside")
        trail = self.trail()
        if len(trail) > 1:
            yield Static(Trail([*trail[:-1], f"{trail[-1]}: its hubs"]), id="trail")
        yield Static(id="school")
        yield Static(id="notices")
        with Horizontal(id="columns"):
            yield PanelList()
            yield Static(id="answer-pane")
        yield Static(id="answer-strip")
        yield KeyBar(self.PLACE)

    def on_mount(self) -> None:
        self.fill()
        # At once: the message of the list comes too late for the frame that moves the cursor
        self.watch(self.panels, "highlighted", self._answer, init=False)

    def look(self) -> None:
        """Ask for the landscape anew, and leave the cursor where it is."""
        urn, day = self.landscape.school.urn, self.landscape.as_at
        self.ask(lambda: self.app.service.landscape(urn, day), self._show_again)

    def _show_again(self, landscape: Landscape) -> None:
        if landscape.as_at == self.landscape.as_at:
            self.home = landscape
            self.redraw()

    def redraw(self) -> None:
        """Show the same landscape by the settings of now."""
        self.fill(keep=True)

    def fill(self, *, keep: bool = False) -> None:
        """Draw the landscape, in the app's units; `keep` leaves the cursor where it is."""
        self._drawn = self._shape
        self.set_class(self._drawn[0], "-beside")
        whose = "★ your school" if self.is_mine else ""
        key = self.app.key_of("update")
        header = SchoolHeader(self.landscape, key, whose, brief=self._drawn[3])
        self.query_one("#school", Static).update(header)
        said = self.landscape.notices
        if self._alone is not None:
            said = (*said, f"Panel {self._alone + 1} alone; {self.app.key_of('alone')} shows all.")
        notices = self.query_one("#notices", Static)
        notices.update(Content("\n").join(Content(cleaning.plain(s)) for s in said))
        notices.display = bool(said)
        shown = around.with_nearby_within(self.landscape, self.app.settings.radius, self.app.units)
        helps, belong, door = landscape_sections.panels(
            shown, self.app.units, self._opened, theirs=self._is_theirs
        )
        columns = (helps, belong, *self._own_column, door)
        if self._alone is not None:
            columns = ((helps, belong, door)[self._alone],)
        self.panels.show_panels(
            [
                column._replace(sections=marked(column.sections, self.landscape.record))
                for column in columns
            ],
            self._opened,
            roomy=self._drawn[1],
            keep=keep,
        )
        self._answer()

    @property
    def _own_column(self) -> tuple[Column, ...]:
        """The panel of what the head keeps; none where there is nothing."""
        record = self.landscape.record
        if not (self.is_mine or record.notes or record.contacts or record.activities):
            return ()  # who keeps nothing yet doesn't wait for its module
        from navigator.view import record_sections

        return record_sections.own_column(
            self.landscape, self.app.units, clock.today(), mine=self.is_mine
        )

    @property
    def _shape(self) -> tuple[bool, bool, bool, bool]:
        """Whether the answer stands beside the list, whether there is room for blank lines, and for
        a second line of the reason; and whether there is so little that the list needs it all."""
        width, height = self.app.size
        beside = width >= BESIDE and height >= ROOMY
        return beside, height >= ROOMY, height >= LOW, height < SHORT

    @property
    def stays(self) -> bool:
        return self.is_mine

    @property
    def _is_theirs(self) -> bool:
        """Whether it is a school that was walked to, or another than the head's own."""
        return not self.is_mine and (bool(self.app.settings.school) or len(self.trail()) > 1)

    # --- moving ---

    @property
    def _panel(self) -> int:
        return self.panels.panel if self._alone is None else self._alone

    def action_part(self, number: int) -> None:
        if self._alone is None:
            self.panels.go_to_panel(number)
        else:
            self._show_alone(number)

    def action_step(self, by: int) -> None:
        self.action_part((self._panel + by) % PANELS)

    def action_alone(self) -> None:
        """One panel, on all of the screen's lines; or all panels again, the cursor as it is."""
        self._show_alone(self._panel if self._alone is None else None)

    def action_back(self) -> None:
        if self._alone is None:
            super().action_back()
        else:
            self.action_alone()

    def _show_alone(self, number: int | None) -> None:
        another = self._alone is not None and number is not None
        self._alone = number
        self.fill(keep=not another)
        self.panels.call_after_refresh(self.panels.show_from_top)

    # --- what is under the cursor ---

    @property
    def cursor_card(self) -> Card | None:
        entry = self.panels.entry
        return entry.card if entry else None

    @property
    def home_card(self) -> Card:
        """The school that the screen is about."""
        return cards.about(self.landscape)

    def _answer(self) -> None:
        card = self.cursor_card
        if card is None:
            return
        record = self.landscape.record
        told, marks = answers.answer_of(card, record), record.marks(card.key)
        if self._drawn[0]:
            self.query_one("#answer-pane", Static).update(AnswerPane(told, marks), layout=False)
        else:
            self.query_one("#answer-strip", Static).update(
                AnswerStrip(told, 2 if self._drawn[2] else 1), layout=False
            )

    @on(events.Resize)
    def _resized(self) -> None:
        if self._drawn != self._shape:
            self.fill(keep=True)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """What the line names; a line that folds others shows them, or hides them again."""
        entry = self.panels.entry
        if entry is None or entry.card is None:
            return
        if entry.folds:
            self._opened ^= {entry.folds}
            self.fill(keep=True)
        elif entry.card.key and entry.card.urn not in self._before:
            self.app.open(entry.card.key, self.landscape)
        else:
            self.app.show(entry.card, self.landscape)

    @property
    def _before(self) -> set[int]:
        """The schools before this one: their numbers would open it again."""
        return {link.urn for link in self.landscape.predecessors}

    def action_suggest(self) -> None:
        """A message to whoever keeps the list about what the line says, to copy or send."""
        card = self.cursor_card
        if card is None:
            return
        landscape = self.landscape

        def told(made: tuple[str, str]) -> None:
            text, file = made
            where = f" It lies in {file}, too." if file else ""
            self.app.copy_text(text, f"Copied a message to whoever keeps the list.{where}")

        self.ask(lambda: self.app.service.suggestion(card, landscape), told)

    def action_about(self) -> None:
        self.app.show(self.home_card, self.landscape)

    # --- the school on another day, and once a year ---

    def action_as_at(self) -> None:
        """Ask for a day and show this school's landscape on it; from then on, each on that day."""
        from navigator.ui.screens.as_at import AsAtScreen

        urn = self.landscape.school.urn

        def look_at(day: date | None) -> None:
            if day is not None:
                self.ask(lambda: self.app.service.landscape(urn, day), self._show_on)

        self.app.push_screen(AsAtScreen(self.app.day), look_at)

    def _show_on(self, landscape: Landscape) -> None:
        self.app.as_at = None if landscape.as_at == clock.today() else landscape.as_at
        self.home = landscape
        self.fill(keep=True)

    def action_review(self) -> None:
        """The yearly review of the school, as things are today."""
        if self.landscape.as_at < clock.today():
            self.app.say(
                f"You look at {wording.day(self.landscape.as_at)}, and a review is written today. "
                f"Go back to today first: press {self.app.key_of('as-at')}, empty the box, Enter.",
                wrong=True,
            )
        else:
            self.app.open(Key.of("review", self.landscape.school.urn))

    def action_my_school(self) -> None:
        """From now on Navigator opens on this school; asked again at once, as it was before."""
        app, school = self.app, self.landscape.school
        key, held = app.key_of("my-school"), app.settings.school
        if held != school.urn:
            app.school_before, app.made_own = held, school.urn
            app.remember(school=school.urn)
            app.say(f"{school.name} is your school now: Navigator opens on it. {key} undoes it.")
        elif app.made_own == school.urn:
            app.made_own = None
            app.remember(school=app.school_before)
            app.say(f"Undone: {school.name} isn't your school. {key} makes it yours.")
        else:
            app.say("This is your school. To have none: Ctrl+P, Settings, and empty the first box.")
        self.redraw()
