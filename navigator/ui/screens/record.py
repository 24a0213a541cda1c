"""The head's own record: bookmarks, notes, contacts, networks and corrections, a tab each."""

from __future__ import annotations

from textual import on
from textual.widgets import Input

from navigator.core import clock
from navigator.ui.commands import bindings
from navigator.ui.forms.record import RecordForms
from navigator.ui.screens.tabbed import TabbedScreen
from navigator.ui.widgets.tabs import Title
from navigator.view import record_sections
from navigator.view.record_sections import RecordTab
from navigator.view.sections import Entry, Section

SHOWN = 200
"""Records in the list: more take longer to lay out than a head wants to wait for a key."""

OF_A_LINE = frozenset({"open", "filter", "edit", "remove"})
"""What needs something that is kept."""

KINDS: tuple[RecordTab, ...] = tuple(record_sections.TITLES)


class RecordScreen(TabbedScreen):
    """One list, a tab for each kind; / narrows it down to what holds the words."""

    PLACE = "mine"
    KIND = "mine"
    TABS = len(KINDS)
    BINDINGS = bindings(PLACE)
    trail_name = "My record"

    def __init__(self) -> None:
        super().__init__()
        self._pairs: tuple[tuple[str, Entry], ...] = ()
        self._pairs_of: tuple[str, str] | None = None

    @property
    def kind(self) -> RecordTab:
        return KINDS[self.tab]

    def look(self) -> None:
        """Show the record as it is now."""
        counts = [f"{len(_of(self.app.record, kind)):,}" for kind in KINDS]
        title = Title("My record", "My record", "kept on this computer only")
        self.head(title, list(record_sections.TITLES.values()), counts)
        kind, text, service = self.kind, self.box.value, self.app.service

        def find() -> tuple[tuple[str, Entry], ...]:
            return record_sections.list_of(
                kind, self.app.record, service.find_school, clock.today(), text
            )

        self.ask(find, lambda found: self._show(kind, text, found))

    def _show(self, kind: RecordTab, text: str, found: tuple[tuple[str, Entry], ...]) -> None:
        held = {name for name, _ in self._pairs}
        came = [entry for name, entry in found if name not in held]
        if self._pairs_of != (kind, text):
            came = []
        self._pairs, self._pairs_of = found, (kind, text)
        self.refresh_bindings()
        empty = f"None of yours holds “{text[:40]}”." if text else record_sections.NONE[kind]
        keys = record_sections.KEEPING[kind] if not text and not found else ""
        title = record_sections.TITLES[kind]
        if len(found) > SHOWN:
            narrow = self.app.key_of("filter")
            title += f": {SHOWN} of {len(found):,}, {narrow} narrows them down"
        section = Section(title, tuple(entry for _, entry in found[:SHOWN]), empty, keys=keys)
        self.entries.show_sections((section,), keep=True)
        if len(came) == 1 and came[0].card:  # what an undo brought back, for one
            self.entries.go_to_key(came[0].card.key)

    @on(Input.Changed)
    def _typed(self) -> None:
        self.look()

    # --- what is under the cursor ---

    @property
    def selected(self) -> str:
        """The id of the record under the cursor, "" for none."""
        return next((name for name, other in self._pairs if other is self.entry), "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A correction is taken back, or set anew on its line; it has no form. Nothing is opened,
        changed or looked for where nothing is kept."""
        del parameters
        if action in OF_A_LINE and not self._pairs:
            return action == "filter" and bool(self.box.value)
        return action != "edit" or self.kind != "correction"

    def action_edit(self) -> None:
        if self.selected:
            RecordForms(self.app).edit(self.kind, self.selected)

    def action_remove(self) -> None:
        if self.selected:
            RecordForms(self.app).remove(self.kind, self.selected)

    def action_move(self, by: int) -> None:
        ids = [name for name, _ in self._pairs]
        to = ids.index(self.selected) + by if self.selected else -1
        if 0 <= to < len(ids) and not self.box.value:
            # Notes are shown the newest first, so theirs is the other way round.
            way = -by if self.kind == "note" else by
            RecordForms(self.app).move(self.kind, self.selected, way)


def _of(record: object, kind: RecordTab) -> tuple[object, ...]:
    found: tuple[object, ...] = getattr(record, f"{kind}s")
    return found
