"""The yearly review of a school's local learning system: six features, facts, the head's words."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from navigator.core import cleaning
from navigator.core.landscape import Landscape
from navigator.ui.base import ListScreen
from navigator.ui.commands import bindings
from navigator.view import cards, review
from navigator.view.review import LocalReview, Part
from navigator.view.sections import Card, Section


class ReviewScreen(ListScreen):
    """One list, a section a feature; last year's words stand beside this year's if there is room.

    Args:
        shown: What to show.
    """

    PLACE = "review"
    KIND = "review"
    BINDINGS = bindings(PLACE)
    home: Landscape
    trail_name = "Review"

    def __init__(self, shown: LocalReview) -> None:
        super().__init__()
        self.shown = shown
        self.home = shown.landscape
        self._sections: tuple[Section, ...] = ()
        self._opened: set[str] = set()

    def on_mount(self) -> None:
        self._show(self.shown)

    def look(self) -> None:
        """Ask for the review anew, and leave the cursor where it is."""
        urn = self.home.school.urn
        self.ask(lambda: self.app.review_of(urn), self._show)

    def _show(self, shown: LocalReview) -> None:
        self.shown, self.home = shown, shown.landscape
        name = cleaning.plain(self.home.school.name)
        title = Content.assemble((review.TITLE, "bold $accent"), f"   {name}")
        self.query_one("#school", Static).update(title)
        self._sections = review.sections(shown, self._opened)
        self.entries.show_sections(self._sections, keep=bool(self.entries.option_count))

    # --- what is under the cursor ---

    @property
    def number(self) -> int:
        """Which feature the cursor is in, counted from 0."""
        entry = self.entry
        found = (n for n, s in enumerate(self._sections) if any(e is entry for e in s.entries))
        return next(found, 0)

    @property
    def part(self) -> Part:
        return self.shown.parts[self.number]

    @property
    def target(self) -> Card:
        """What a command acts on: the body under the cursor, else the school."""
        card = self.cursor_card
        return card if card and card.key and card.key.kind != "review" else self.home_card

    @property
    def home_card(self) -> Card:
        """The school that is reviewed."""
        return cards.about(self.home)

    def action_open(self) -> None:
        """Open what the line names, or stands for; on the head's words, their form."""
        if self.entry is not None and self.entry.folds:
            self._opened ^= {self.entry.folds}
            self._show(self.shown)
        elif self.entry is not None and self.entry.blocks:
            self.action_edit()
        else:
            super().action_open()

    def action_edit(self) -> None:
        from navigator.ui.forms.record import RecordForms

        RecordForms(self.app).words(self.shown, self.part)

    def action_export(self) -> None:
        from navigator.ui.forms import export

        export.ask_review(self.app, self.shown)

    def action_step(self, by: int) -> None:
        self.action_part((self.number + by) % len(self._sections))

    def action_part(self, number: int) -> None:
        """Go to a feature: to the first line in it on which the cursor can stand."""
        self.entries.go_to(self._sections[number])
