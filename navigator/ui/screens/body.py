"""A body's page: a hub, programme, trust, authority, network or partnership, to walk on from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.worker import get_current_worker

from navigator.core import clock, wording
from navigator.core.errors import NavigatorError
from navigator.core.model import Landscape
from navigator.ui.keys import KEEP, LOCAL
from navigator.ui.widgets.entries import OWN, EntryList
from navigator.ui.widgets.header import Trail
from navigator.ui.widgets.keybar import KeyBar
from navigator.view import record_sections
from navigator.view.sections import Card, Entry, Page, marked

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp


WITHOUT_KEY = ("overlap:", "alike:", "compare:", "pair:", "activity:", "plan-week:")
"""Pages whose key nobody needs for a note or a bookmark: they aren't of a body."""

OF_PLAN = ("activity:", "plan-week:")
"""Pages of the plan, of which no register tells."""


class BodyScreen(Screen[None]):
    """One list of facts and of bodies to follow, under the way that led here.

    Args:
        page: What to show.
        home: The landscape walked from, if any.
    """

    app: NavigatorApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.help", "Help", key_display="F1", id="help"),
        Binding("q", "app.quit", "Quit", id="quit"),
        Binding("slash", "app.find", "Find", key_display="/", id="find"),
        Binding("enter", "follow", "Follow", key_display="Enter", id="follow"),
        *KEEP,
        Binding("escape", "app.out", "Back", key_display="Esc", id="back"),
        Binding("y", "copy", "Copy", id="copy"),
        Binding("o", "website", "Web", id="website"),
        Binding("d", "app.index", "Directory", show=False, id="index"),
        Binding("U", "app.update", "Update", show=False, id="update"),
        Binding("x", "app.export", "Export", show=False, id="export"),
        *LOCAL,
        Binding("v", "app.map", "Map", id="map"),
    ]

    def __init__(self, page: Page, home: Landscape | None) -> None:
        super().__init__()
        self.page = page
        self.home = home

    @property
    def trail_name(self) -> str:
        """What the breadcrumb calls this screen."""
        return self.page.title

    @property
    def map_key(self) -> str:
        """What a map of this screen is of."""
        return self.page.key

    def compose(self) -> ComposeResult:
        yield Static(Trail(self._trail()), id="trail")
        yield Static(self._title(""), id="school")
        yield EntryList(id="body")
        yield KeyBar()

    def on_mount(self) -> None:
        self.fill()
        self.query_one(EntryList).focus()

    def refresh_record(self) -> None:
        """What the head keeps has changed, and with it perhaps what the page says: look again."""
        self._look_again()

    @work(thread=True, exclusive=True, group="again", exit_on_error=False)
    def _look_again(self) -> None:
        worker, service, home = get_current_worker(), self.app.service, self.home
        try:
            if home is not None:
                home = service.landscape(home.school.urn, home.as_at)
            page = self.find_page(home)
        except NavigatorError as error:  # no longer there, or not in another register: it stays
            self.app.call_from_thread(self.app.say, str(error), wrong=True)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, page, home)

    def find_page(self, home: Landscape | None) -> Page:
        """The page as the sources have it now. Raises NavigatorError where it is gone."""
        day = home.as_at if home else self.app.day
        return self.app.service.page(self.page.key, home, day, self.app.units)

    def _show(self, page: Page, home: Landscape | None) -> None:
        self.page, self.home = page, home
        self.fill()

    def fill(self) -> None:
        """Show the page with what the head keeps on the bodies it names."""
        record = self.app.record
        about, *others = marked(self.page.sections, record)
        if not self.page.key.startswith(WITHOUT_KEY):
            card = Card(copy=self.page.key)
            key = Entry(self.page.key, "Key", card=card, fact=True)
            about = about._replace(entries=(*about.entries, key))
        mine = record_sections.body_sections(self.page.key, record, clock.today())
        entries = self.query_one(EntryList)
        entries.show_sections((about, *mine, *others), keep=bool(entries.option_count))
        said = wording.marks(record.marks(self.page.key))
        self.query_one("#school", Static).update(self._title(said))

    def reload(self) -> None:
        """Another register is in use: look the page and its home up again."""
        self._look_again()

    def _title(self, marks: str) -> Content:
        of_plan = self.page.key.startswith(OF_PLAN)
        source = "kept on this computer only" if of_plan else self.app.register_text()
        said = f"   {self.page.kind}   {source}"
        return Content.assemble(
            (wording.plain(self.page.title), "bold $accent"),
            (f" {marks}" if marks else "", OWN),
            (said, "$text-muted"),
        )

    @property
    def target(self) -> Card:
        """What a key acts on: the body under the cursor, else the page's own."""
        entry = self.query_one(EntryList).entry
        return entry.card if entry and entry.card and entry.card.key else self.home_card

    @property
    def home_card(self) -> Card:
        """The body that the page is about."""
        return Card(self.page.key, self.page.kind, self.page.title)

    def _trail(self) -> list[str]:
        names = [getattr(screen, "trail_name", "") for screen in self.app.screen_stack]
        return [name for name in names if name]

    @on(OptionList.OptionSelected)
    def action_follow(self) -> None:
        """Open what the line under the cursor names; of a figure, how it is counted."""
        entry = self.query_one(EntryList).entry
        if entry is None or entry.card is None:
            return
        if entry.card.key:
            self.app.follow(entry.card, self.home)
        elif entry.card.facts:
            from navigator.ui.screens.detail import DetailScreen

            self.app.push_screen(DetailScreen(entry.card, self.home))

    def action_copy(self) -> None:
        entry = self.query_one(EntryList).entry
        text = entry.card.copy if entry and entry.card else ""
        self.app.copy_text(text or self.page.title)

    def action_website(self) -> None:
        if self.page.website:
            self.app.open_website(self.page.website)
        else:
            self.app.notify(f"No website is known for {self.page.title}.", timeout=4, markup=False)
