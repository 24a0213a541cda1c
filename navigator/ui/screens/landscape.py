"""A school's landscape: the three readings of "local" side by side, or as tabs."""

from __future__ import annotations

from datetime import date

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.widgets import OptionList, Static

from navigator.core import cleaning, clock, wording
from navigator.core.keys import Key
from navigator.core.model import Landscape
from navigator.domain import around
from navigator.ui.base import NavigatorScreen
from navigator.ui.commands import bindings
from navigator.ui.widgets.card import CardPage
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.header import SchoolHeader, Tabs, old_note
from navigator.ui.widgets.keybar import KeyBar
from navigator.view import cards, landscape_sections, record_sections
from navigator.view.sections import Card, Column, marked

PANELS = ("top", "middle", "ground")


class LandscapeScreen(NavigatorScreen[None]):
    """Three lists, one a column; at less than 112 cells one at a time under a line of tabs."""

    PLACE = "landscape"
    BINDINGS = bindings(PLACE)
    home: Landscape

    def __init__(self, landscape: Landscape) -> None:
        super().__init__()
        self.home = landscape
        self.active = 0
        self._columns: tuple[Column, ...] = ()

    @property
    def landscape(self) -> Landscape:
        """What is on show."""
        return self.home

    @property
    def trail_name(self) -> str:
        return self.landscape.school.name

    @property
    def map_key(self) -> str:
        return Key.school(self.landscape.school.urn)

    def compose(self) -> ComposeResult:
        yield Static(id="school")
        yield Static(id="notices")
        yield Static(id="tabs")
        with Horizontal(id="columns"):
            for number, panel in enumerate(PANELS):
                yield EntryList(id=panel, classes="-active" if number == 0 else "")
            with VerticalScroll(id="aside", can_focus=False):
                yield Static(id="aside-card")
        yield KeyBar(self.PLACE)

    def on_mount(self) -> None:
        self.fill()
        self._activate(0)

    def look(self) -> None:
        """Ask for the landscape anew, and leave the cursors where they are."""
        urn, day = self.landscape.school.urn, self.landscape.as_at
        self.ask(lambda: self.app.service.landscape(urn, day), self._show_again)

    def _show_again(self, landscape: Landscape) -> None:
        if landscape.as_at == self.landscape.as_at:
            self.home = landscape
            self.redraw()
            self._head_tabs()

    def redraw(self) -> None:
        """Show the same landscape by the settings of now."""
        self.fill(keep=True)

    def fill(self, *, keep: bool = False) -> None:
        """Draw the landscape, in the app's units; `keep` leaves the cursors where they are."""
        self.query_one("#school", Static).update(
            SchoolHeader(self.landscape, self.app.key_of("update"))
        )
        said = self._notices()
        notices = self.query_one("#notices", Static)
        notices.update(Content("\n").join(Content(cleaning.plain(s)) for s in said))
        notices.display = bool(said)
        shown = around.within(self.landscape, self.app.settings.radius, self.app.units)
        self._columns = self._with_own(landscape_sections.columns(shown, self.app.units))
        for number, (panel, column) in enumerate(zip(PANELS, self._columns, strict=True), 1):
            entries = self.query_one(f"#{panel}", EntryList)
            entries.border_title = Content(f"{number} {column.title}")
            entries.show_sections(column.sections, keep=keep)

    def _with_own(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """The columns with the head's own beside each body, and beneath what the ground shows."""
        *others, ground = columns
        mine = record_sections.school_sections(self.landscape, clock.today())
        mine += record_sections.planned_here(self.landscape, clock.today())
        return tuple(
            Column(column.title, marked(column.sections, self.landscape.record))
            for column in (*others, Column(ground.title, (*ground.sections, *mine)))
        )

    # --- the lines above ---

    def _notices(self) -> list[str]:
        sample = [wording.SAMPLE_NOTICE] if self.landscape.register.sample else []
        return [*sample, *self.landscape.notices]

    # --- moving between columns ---

    def action_part(self, number: int) -> None:
        self._activate(number)

    def action_step(self, by: int) -> None:
        self._activate((self.active + by) % len(PANELS))

    def _activate(self, number: int) -> None:
        self.active = number
        for n, panel in enumerate(PANELS):
            self.query_one(f"#{panel}").set_class(n == number, "-active")
        self._head_tabs()
        self.query_one(f"#{PANELS[number]}").focus()

    def _head_tabs(self) -> None:
        register = landscape_sections.register_line(self.landscape)
        old = old_note(self.landscape, self.app.key_of("update"))
        self.query_one("#tabs", Static).update(Tabs(self._columns, self.active, register, old))

    @on(events.DescendantFocus)
    def _focused(self, event: events.DescendantFocus) -> None:
        if event.widget.id in PANELS:
            number = PANELS.index(event.widget.id)
            if number != self.active:
                self._activate(number)
            self._show_aside()

    # --- what is under the cursor ---

    @property
    def cursor_card(self) -> Card | None:
        entry = self.query_one(f"#{PANELS[self.active]}", EntryList).entry
        return entry.card if entry else None

    @property
    def home_card(self) -> Card:
        """The school that the screen is about."""
        return cards.about(self.landscape)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        self._show_aside()

    def _show_aside(self) -> None:
        """At 156 cells and more, the card of what is under the cursor stands beside the columns."""
        try:
            aside = self.query_one("#aside-card", Static)
        except NoMatches:
            return
        card = self.cursor_card
        if self.has_class("-wide") and card is not None:
            record = self.landscape.record
            aside.update(CardPage(record_sections.with_plan(card, record), record.marks(card.key)))

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_aside)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """The card of the line; of what has a form or a page of its own, that."""
        card = self.cursor_card
        if card is not None and card.key.kind in ("note", "contact", "activity"):
            self.app.open(card.key, self.landscape)
        elif card is not None:
            self.app.show(card, self.landscape)

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
        self.fill()
        self._activate(self.active)

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
        """From now on the finder opens on this school."""
        school = self.landscape.school
        self.app.remember(school=school.urn)
        self.app.say(f"{school.name} is your school now: the finder opens on it.")
