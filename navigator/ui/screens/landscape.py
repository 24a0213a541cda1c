"""A school's landscape: the three readings of "local" side by side, or as tabs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.worker import get_current_worker

from navigator.core import clock, wording
from navigator.core.errors import NavigatorError
from navigator.core.model import Landscape
from navigator.domain import around
from navigator.ui.keys import KEEP, LOCAL
from navigator.ui.widgets.card import CardPage
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.header import SchoolHeader, Tabs, old_note
from navigator.ui.widgets.keybar import KeyBar
from navigator.view import cards, landscape_sections, record_sections
from navigator.view.sections import Card, Column, marked

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp

PANELS = ("top", "middle", "ground")


class LandscapeScreen(Screen[None]):
    """Three lists, one a column; at less than 112 cells one at a time under a line of tabs."""

    app: NavigatorApp

    BINDINGS: ClassVar[list[BindingType]] = [
        # Help, Quit and Find first: a narrow footer is cut at its right end.
        Binding("f1,question_mark", "app.help", "Help", key_display="F1", id="help"),
        Binding("q", "app.quit", "Quit", id="quit"),
        Binding("slash", "app.find", "Find", key_display="/", id="find"),
        Binding("enter", "detail", "Open", key_display="Enter", id="detail"),
        Binding("left", "step(-1)", "Move", key_display="←→", id="column"),
        Binding("right", "step(1)", show=False),
        Binding("1", "panel(0)", show=False),
        Binding("2", "panel(1)", show=False),
        Binding("3", "panel(2)", show=False),
        *KEEP,
        Binding("escape", "app.out", "Back", key_display="Esc", id="back"),
        Binding("y", "copy", "Copy", id="copy"),
        Binding("o", "website", "Web", id="website"),
        Binding("d", "app.index", "Directory", show=False, id="index"),
        Binding("a", "app.as_at", "As at", show=False, id="as-at"),
        Binding("i", "about", "This school", show=False, id="about"),
        Binding("U", "app.update", "Update", show=False, id="update"),
        Binding("x", "app.export", "Export", show=False, id="export"),
        *LOCAL,
        Binding("r", "app.review", "Review", show=False, id="review"),
        Binding("v", "app.map", "Map", id="map"),
    ]

    def __init__(self, landscape: Landscape) -> None:
        super().__init__()
        self.landscape = landscape
        self.active = 0
        self._columns: tuple[Column, ...] = ()

    @property
    def trail_name(self) -> str:
        """What the breadcrumb calls this screen."""
        return self.landscape.school.name

    @property
    def map_key(self) -> str:
        """What a map of this screen is of."""
        return f"school:{self.landscape.school.urn}"

    def compose(self) -> ComposeResult:
        yield Static(id="school")
        yield Static(id="notices")
        yield Static(id="tabs")
        with Horizontal(id="columns"):
            for number, panel in enumerate(PANELS):
                yield EntryList(id=panel, classes="-active" if number == 0 else "")
            with VerticalScroll(id="aside", can_focus=False):
                yield Static(id="aside-card")
        yield KeyBar()

    def on_mount(self) -> None:
        self.fill()
        self._activate(0)

    def show(self, landscape: Landscape) -> None:
        """Show another landscape in place of this one."""
        self.landscape = landscape
        self.fill()
        self._activate(self.active)

    def refresh_record(self) -> None:
        """What the head keeps has changed: look again, and leave the cursor where it is."""
        self._look_again(self.landscape.school.urn, self.landscape.as_at)

    def reload(self) -> None:
        """Another register is in use."""
        self._look_again(self.landscape.school.urn, self.landscape.as_at)

    @work(thread=True, exclusive=True, group="again", exit_on_error=False)
    def _look_again(self, urn: int, day: date) -> None:
        worker = get_current_worker()
        try:
            landscape = self.app.service.landscape(urn, day)
        except NavigatorError as error:  # another register may not know the school
            self.app.call_from_thread(self.app.say, str(error), wrong=True)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._shown_again, landscape)

    def _shown_again(self, landscape: Landscape) -> None:
        if landscape.as_at == self.landscape.as_at:
            self.landscape = landscape
            self.fill(keep=True)
            self._head_tabs()

    def fill(self, *, keep: bool = False) -> None:
        """Draw the landscape, in the app's units; `keep` leaves the cursors where they are."""
        self.query_one("#school", Static).update(SchoolHeader(self.landscape))
        said = self._notices()
        notices = self.query_one("#notices", Static)
        notices.update(Content("\n").join(Content(wording.plain(s)) for s in said))
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

    def action_panel(self, number: int) -> None:
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
        register, old = landscape_sections.register_line(self.landscape), old_note(self.landscape)
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
    def card(self) -> Card | None:
        entry = self.query_one(f"#{PANELS[self.active]}", EntryList).entry
        return entry.card if entry else None

    @property
    def target(self) -> Card | None:
        """What a key acts on: the body under the cursor."""
        return self.card

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
        card = self.card
        if self.has_class("-wide") and card is not None:
            record = self.landscape.record
            aside.update(CardPage(record_sections.with_plan(card, record), record.marks(card.key)))

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_aside)

    @on(OptionList.OptionSelected)
    def action_detail(self) -> None:
        from navigator.ui.screens.detail import DetailScreen

        card = self.card
        if card is not None and card.key.startswith(("note:", "contact:", "activity:")):
            self.app.follow(card, self.landscape)
        elif card is not None:
            self.app.push_screen(DetailScreen(card, self.landscape))

    def action_about(self) -> None:
        from navigator.ui.screens.detail import DetailScreen

        self.app.push_screen(DetailScreen(self.home_card, self.landscape))

    def action_copy(self) -> None:
        card = self.card
        self.app.copy_text(card.copy if card and card.copy else str(self.landscape.school.urn))

    def action_website(self) -> None:
        card = self.card
        if card is not None and card.website:
            self.app.open_website(card.website)
        else:
            name = card.title if card else "this line"
            self.app.notify(f"No website is known for {name}.", timeout=4, markup=False)
