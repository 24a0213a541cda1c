"""The finder: one box, results as you type."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.worker import get_current_worker

from navigator import outline, wording
from navigator.model import School
from navigator.outline import Entry
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp

LIMIT = 50
TEACH = (
    "Type any of these:",
    "  a name, with or without a town       st mary's nottingham",
    "  a postcode, or the start of one      NG7 2LE, HR1",
    "  a URN, LAESTAB or UKPRN              139217, 892/2907",
    "  a trust or a local authority         flying high",
)


class FinderScreen(Screen[None]):
    """Type to search; the arrow keys move, Enter opens."""

    app: NavigatorApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "app.help", "Help", key_display="F1", id="help"),
        Binding("ctrl+q", "app.quit", "Quit", key_display="^q", id="quit"),
        Binding("enter", "open", "Open", key_display="Enter", id="open", priority=True),
        Binding("down", "move('cursor_down')", "Move", key_display="↑↓", id="move"),
        Binding("up", "move('cursor_up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("f3", "app.index", "Directory", key_display="F3", id="index"),
        Binding("escape", "clear", "Clear", key_display="Esc", id="clear"),
    ]

    def compose(self) -> ComposeResult:
        yield Static(id="finder-title")
        yield Input(placeholder="School, town, postcode, URN or trust", id="finder-box")
        yield Static(id="finder-said")
        yield EntryList(id="finder-results")
        yield KeyBar()

    def on_mount(self) -> None:
        info = self.app.atlas.info
        where = "sample: 3 areas" if info.sample else f"England, {wording.short_day(info.day)}"
        title = Content.assemble(("Navigator", "bold $accent"), (f"   {where}", "$text-muted"))
        self.query_one("#finder-title", Static).update(title)
        results = self.query_one(EntryList)
        results.can_focus = False  # the box keeps the focus; its arrow keys move the cursor
        self._show("", [])

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._search(event.value)

    @work(thread=True, exclusive=True, group="search", exit_on_error=False)
    def _search(self, text: str) -> None:
        worker = get_current_worker()
        found = self.app.atlas.search(text, LIMIT) if text.strip() else []
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, text, found)

    def _show(self, text: str, found: list[School]) -> None:
        if self.query_one(Input).value != text:
            return  # the answer to an older question
        entries = tuple(
            Entry(
                school.name,
                right=str(school.urn),
                detail=wording.school_line(school),
                card=outline.school_card(school),
            )
            for school in found
        )
        self.query_one("#finder-said", Static).update(Content(self._said(text, len(found))))
        results = self.query_one(EntryList)
        results.show_entries(entries)
        results.display = bool(found)

    def _said(self, text: str, found: int) -> str:
        """The line between box and results: what to type, how many, or what to try instead."""
        sample = self.app.atlas.info.sample
        load = (
            "Sample: 3 areas only (Nottingham with Broxtowe, Gedling and Rushcliffe; Swindon; "
            "Herefordshire).\nAll of England: navigator update --from PATH"
        )
        if not text.strip():
            return "\n".join((*TEACH, "", load) if sample else TEACH)
        if found == 0:
            nothing = f"No school matches “{wording.plain(text)[:60]}”."
            hint = load if sample else "Try fewer words, the town, or a postcode."
            return f"{nothing}\n{hint}"
        if found == LIMIT:
            return f"The first {LIMIT}; type more to narrow them down."
        return wording.count(found, "school") + (" in the sample of 3 areas" if sample else "")

    def action_move(self, action: str) -> None:
        results = self.query_one(EntryList)
        if results.display:
            getattr(results, f"action_{action}")()

    def action_open(self) -> None:
        entry = self.query_one(EntryList).entry
        if entry is not None and entry.card is not None and entry.card.urn is not None:
            self.app.open_school(entry.card.urn)

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.action_open()

    def action_clear(self) -> None:
        """Empty the box; with the box empty, back to the school that was open."""
        box = self.query_one(Input)
        if box.value:
            box.value = ""
        elif len(self.app.screen_stack) > 1:
            self.app.pop_screen()
