"""The yearly review of a school's local learning system: six features, facts, the head's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.worker import get_current_worker

from navigator.core import wording
from navigator.core.errors import NavigatorError
from navigator.core.model import Landscape
from navigator.ui.keys import KEEP
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.keybar import KeyBar
from navigator.view import cards, review
from navigator.view.review import LocalReview, Part
from navigator.view.sections import Card, Section

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp


class ReviewScreen(Screen[None]):
    """One list, a section a feature; last year's words stand beside this year's if there is room.

    Args:
        shown: What to show.
    """

    app: NavigatorApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.help", "Help", key_display="F1", id="help"),
        Binding("q", "app.quit", "Quit", id="quit"),
        Binding("e", "edit", "Write", id="edit"),
        Binding("enter", "follow", "Open", key_display="Enter", id="follow"),
        Binding("x", "export", "Export", id="export"),
        Binding("right", "step(1)", "Next", key_display="←→", id="next"),
        Binding("left", "step(-1)", show=False),
        *KEEP,
        Binding("escape", "app.out", "Back", key_display="Esc", id="back"),
        Binding("slash", "app.find", "Find", key_display="/", show=False, id="find"),
        Binding("y", "copy", "Copy", show=False, id="copy"),
        Binding("d", "app.index", "Directory", show=False, id="index"),
        Binding("U", "app.update", "Update", show=False, id="update"),
        *(Binding(str(n + 1), f"feature({n})", show=False) for n in range(len(review.FEATURES))),
    ]
    trail_name = "Review"

    def __init__(self, shown: LocalReview) -> None:
        super().__init__()
        self.shown = shown
        self._sections: tuple[Section, ...] = ()

    @property
    def home(self) -> Landscape:
        """The landscape that is reviewed."""
        return self.shown.landscape

    def compose(self) -> ComposeResult:
        yield Static(id="school")
        yield EntryList(id="body")
        yield KeyBar()

    def on_mount(self) -> None:
        self.fill()
        self.query_one(EntryList).focus()

    def refresh_record(self) -> None:
        """What the head keeps has changed: look again, and leave the cursor where it is."""
        self._look_again(self.home.school.urn)

    def reload(self) -> None:
        """Another register is in use."""
        self.refresh_record()

    @work(thread=True, exclusive=True, group="again", exit_on_error=False)
    def _look_again(self, urn: int) -> None:
        worker = get_current_worker()
        try:
            shown = self.app.review_of(urn)
        except NavigatorError as error:
            self.app.call_from_thread(self.app.say, str(error), wrong=True)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, shown)

    def _show(self, shown: LocalReview) -> None:
        self.shown = shown
        self.fill()

    def fill(self) -> None:
        """Show the review, with what the head keeps on the bodies it names."""
        name = wording.plain(self.home.school.name)
        title = Content.assemble(
            (review.TITLE, "bold $accent"), f"   {name}\n", (review.SOURCE, "$text-muted")
        )
        self.query_one("#school", Static).update(title)
        self._sections = review.sections(self.shown)
        entries = self.query_one(EntryList)
        entries.show_sections(self._sections, keep=bool(entries.option_count))

    # --- what is under the cursor ---

    @property
    def number(self) -> int:
        """Which feature the cursor is in, counted from 0."""
        entry = self.query_one(EntryList).entry
        found = (n for n, s in enumerate(self._sections) if any(e is entry for e in s.entries))
        return next(found, 0)

    @property
    def part(self) -> Part:
        return self.shown.parts[self.number]

    @property
    def target(self) -> Card:
        """What a key acts on: the body under the cursor, else the school."""
        entry = self.query_one(EntryList).entry
        card = entry.card if entry else None
        return card if card and card.key and not card.key.startswith("review:") else self.home_card

    @property
    def home_card(self) -> Card:
        """The school that is reviewed."""
        return cards.about(self.home)

    @on(OptionList.OptionSelected)
    def action_follow(self) -> None:
        """Open what the line names; on the head's words, their form."""
        entry = self.query_one(EntryList).entry
        if entry is None or entry.card is None:
            return
        if entry.blocks:
            self.action_edit()
        else:
            self.app.follow(entry.card, self.home)

    def action_edit(self) -> None:
        self.app.record_forms.words(self.shown, self.part)

    def action_export(self) -> None:
        from navigator.ui.forms import export

        export.ask_review(self.app, self.shown)

    def action_copy(self) -> None:
        entry = self.query_one(EntryList).entry
        text = entry.card.copy if entry and entry.card else ""
        self.app.copy_text(text or str(self.home.school.urn))

    def action_step(self, by: int) -> None:
        self.action_feature((self.number + by) % len(self._sections))

    def action_feature(self, number: int) -> None:
        """Go to a feature: to the first line in it on which the cursor can stand."""
        self.query_one(EntryList).go_to(self._sections[number])
