"""A body's page: a hub, programme, trust, authority, network or partnership, to walk on from."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from navigator.core import cleaning, clock, wording
from navigator.core.keys import KINDS_WITH_SCHOOLS, Key
from navigator.core.landscape import Landscape
from navigator.ui.base import ListScreen
from navigator.ui.commands import bindings
from navigator.ui.widgets.header import Trail
from navigator.ui.widgets.lines import OWN
from navigator.view import answers, landscape_sections, record_sections
from navigator.view.parts import card
from navigator.view.sections import Card, Entry, Page, marked

WITHOUT_KEY = ("overlap", "alike", "compare", "pair", "activity", "plan-week", "sources")
"""Pages whose key nobody needs for a note or a bookmark: they aren't of a body."""

OF_PLAN = ("activity", "plan-week")
"""Pages of the plan, of which no register tells."""


class PageScreen(ListScreen):
    """One list of facts and of bodies to follow, under the way that led here.

    Args:
        page: What to show.
        home: The landscape walked from, if any.
    """

    def __init__(self, page: Page, home: Landscape | None) -> None:
        super().__init__()
        self.page = page
        self.home = home
        self._opened: set[str] = set()

    @property
    def key(self) -> Key:
        return self.page.key

    @property
    def trail_name(self) -> str:
        return self.page.title

    @property
    def map_key(self) -> str:
        return self.page.key

    @property
    def place_key(self) -> Key:
        return self.key.place_meant or super().place_key

    def compose(self) -> ComposeResult:
        yield Static(Trail(self.trail()), id="trail")
        yield from super().compose()

    def on_mount(self) -> None:
        self.fill()

    def look(self) -> None:
        """Look the page and its home up again: the record, the register or the units changed."""
        home = self.home

        def find() -> tuple[Page, Landscape | None]:
            now = home and self.app.service.landscape(home.school.urn, home.as_at)
            return self.find_page(now), now

        self.ask(find, lambda found: self._show(*found))

    def find_page(self, home: Landscape | None) -> Page:
        """The page as the sources have it now. Called in a thread.

        Raises:
            NavigatorError: it is gone.
        """
        day = home.as_at if home else self.app.day
        return self.app.service.page(self.page.key, home, day, self.app.units)

    def _show(self, page: Page, home: Landscape | None) -> None:
        self.page, self.home = page, home
        self.fill()

    def fill(self) -> None:
        """Show the page with what the head keeps on the bodies it names."""
        record = self.app.record
        about, *others = marked(self.page.sections, record)
        if self.key.kind not in WITHOUT_KEY:
            key = Entry(self.page.key, "Key", card=Card(copy=self.page.key), fact=True)
            about = about._replace(entries=(*about.entries, key))
        mine = record_sections.body_sections(self.page.key, record, clock.today())
        told = self._told()
        entries = self.entries
        shown = (about, *mine, *others)
        if told:
            answer = answers.section(told, record)
            shown = (answer, answers.not_in_answer(about, answer), *mine, *others)
        if self.key.kind != "sources":
            shown = answers.as_on_screen(shown, self._opened)
        entries.show_sections(shown, keep=bool(entries.option_count))
        said = wording.marks(record.marks(self.page.key))
        self.query_one("#school", Static).update(self._title(said))

    def _told(self) -> Card | None:
        """What the landscape walked from tells of the page's body; else how the body is reached."""
        told = None
        if self.home is not None and self.key.kind not in WITHOUT_KEY:
            told = landscape_sections.card_of(self.key, self.home, self.app.units)
        return told or (self.home_card if self.page.reach else None)

    def action_open(self) -> None:
        """What the line names; a line that stands for others shows them, or hides them again."""
        entry = self.entry
        if entry is not None and entry.folds:
            self._opened ^= {entry.folds}
            self.fill()
        else:
            super().action_open()

    def _title(self, marks: str) -> Content:
        of_plan = self.key.kind in OF_PLAN
        source = "kept on this computer only" if of_plan else self.app.register_text()
        said = f"   {self.page.kind}   {source}"
        return Content.assemble(
            (cleaning.plain(self.page.title), "bold $accent"),
            (f" {marks}" if marks else "", OWN),
            (said, "$text-muted"),
        )

    @property
    def target(self) -> Card:
        """What a command acts on: the body under the cursor, else the page's own."""
        card = self.cursor_card
        return card if card and card.key else self.home_card

    @property
    def home_card(self) -> Card:
        """The body that the page is about."""
        page = self.page
        return card(page.key, page.title, kind=page.kind, website=page.website, reach=page.reach)

    def action_website(self) -> None:
        self.open_website(self.home_card)


class BodyScreen(PageScreen):
    """The page of a body, of its schools, or of sources."""

    PLACE = "body"
    BINDINGS = bindings(PLACE)

    def action_import(self) -> None:
        """Take in a list of a programme's hubs, as it was published; on a hub's page, of its
        programme's."""
        programme = {
            "programme": (self.key.id, self.page.title),
            "hub": (self.key.programme_and_hub[0], self.page.kind),
        }.get(self.key.kind)
        if programme is None:
            self.app.say("A published list is taken in on the page of a programme or of a hub.")
            return
        from navigator.ui.forms import published_list

        published_list.ask(self.app, *programme)

    def action_export(self) -> None:
        """Ask where to write the landscape walked from; without one, those of the body's schools,
        where it has any."""
        if self.home is not None or self.key.kind not in KINDS_WITH_SCHOOLS:
            super().action_export()
            return
        from navigator.ui.forms import export

        export.ask_schools(self.app, self.key, self.page.title)

    @property
    def local_key(self) -> Key:
        """The profile of an authority or of a network of one's own."""
        if self.key.kind in ("la", "own"):
            return Key.of("place", self.key)
        return super().local_key
