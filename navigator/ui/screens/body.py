"""A body's page: a hub, programme, trust, authority, network or partnership, to walk on from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static

from navigator import wording
from navigator.model import Landscape
from navigator.pages import Page
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.header import Trail
from navigator.ui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp


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
        Binding("y", "copy", "Copy", id="copy"),
        Binding("o", "website", "Web", id="website"),
        Binding("d", "app.index", "Directory", show=False, id="index"),
        Binding("escape", "app.out", "Back", key_display="Esc", id="back"),
    ]

    def __init__(self, page: Page, home: Landscape | None) -> None:
        super().__init__()
        self.page = page
        self.home = home

    @property
    def trail_name(self) -> str:
        """What the breadcrumb calls this screen."""
        return self.page.title

    def compose(self) -> ComposeResult:
        yield Static(Trail(self._trail()), id="trail")
        said = f"   {self.page.kind}   {self.app.register_text()}"
        title = Content.assemble(
            (wording.plain(self.page.title), "bold $accent"), (said, "$text-muted")
        )
        yield Static(title, id="school")
        yield EntryList(id="body")
        yield KeyBar()

    def on_mount(self) -> None:
        entries = self.query_one(EntryList)
        entries.show_sections(self.page.sections)
        entries.focus()

    def _trail(self) -> list[str]:
        names = [getattr(screen, "trail_name", "") for screen in self.app.screen_stack]
        return [name for name in names if name]

    @on(OptionList.OptionSelected)
    def action_follow(self) -> None:
        """Open what the line under the cursor names."""
        entry = self.query_one(EntryList).entry
        if entry is not None and entry.card is not None:
            self.app.follow(entry.card, self.home)

    def action_copy(self) -> None:
        entry = self.query_one(EntryList).entry
        text = entry.card.copy if entry and entry.card else ""
        self.app.copy_text(text or self.page.title)

    def action_website(self) -> None:
        if self.page.website:
            self.app.open_website(self.page.website)
        else:
            self.app.notify(f"No website is known for {self.page.title}.", timeout=4, markup=False)
