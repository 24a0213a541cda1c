"""The finder: one box, results as you type."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from navigator import outline, wording
from navigator.model import School
from navigator.outline import Entry
from navigator.ui.screens.search import SearchScreen
from navigator.ui.widgets.entries import EntryList

LIMIT = 50
TEACH = (
    "Type any of these:",
    "  a name, with or without a town       st mary's nottingham",
    "  a postcode, or the start of one      NG7 2LE, HR1",
    "  a URN, LAESTAB or UKPRN              139217, 892/3311",
    "  a trust or a local authority         flying high",
)
AREAS = "It holds Nottingham with Broxtowe, Gedling and Rushcliffe; Swindon; Herefordshire."


class FinderScreen(SearchScreen[list[School]]):
    """Type to search; the arrow keys move, Enter opens."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "app.index", "Directory", key_display="F3", id="index"),
    ]
    TITLE_TEXT = "Navigator"
    PLACEHOLDER = "School, town, postcode, URN or trust"

    def look_up(self, text: str) -> list[School]:
        return self.app.atlas.search(text, LIMIT) if text.strip() else []

    def show(self, text: str, found: list[School]) -> None:
        self.query_one("#finder-said", Static).update(Content(self._said(text, len(found))))
        results = self.query_one(EntryList)
        results.show_entries(
            Entry(
                school.name,
                right=str(school.urn),
                detail=wording.school_line(school),
                card=outline.school_card(school),
            )
            for school in found
        )
        results.display = bool(found)

    def _said(self, text: str, found: int) -> str:
        """The line between box and results: what to type, how many, or what to try instead."""
        sample = self.app.atlas.info.sample
        load = f"{wording.SAMPLE_NOTICE}\n{AREAS}"
        if not text.strip():
            return "\n".join((*TEACH, "", load) if sample else TEACH)
        if found == 0:
            nothing = f"No school matches “{wording.plain(text)[:60]}”."
            hint = load if sample else wording.try_instead(text)
            return f"{nothing}\n{hint}"
        if found == LIMIT:
            return f"The best {LIMIT}; type more to narrow them down."
        return wording.count(found, "school") + (f", {wording.SAMPLE}" if sample else "")
