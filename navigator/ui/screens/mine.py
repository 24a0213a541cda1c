"""The head's own record: bookmarks, notes, contacts, networks and corrections, a tab each."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.worker import get_current_worker

from navigator.core import clock
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.header import Tabs
from navigator.ui.widgets.keybar import KeyBar
from navigator.view import record_sections
from navigator.view.record_sections import RecordKind
from navigator.view.sections import Card, Column, Entry, Section

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp

SHOWN = 200
"""Records in the list: more take longer to lay out than a head wants to wait for a key."""

KINDS: tuple[RecordKind, ...] = tuple(record_sections.TITLES)


class MineScreen(Screen[None]):
    """One list, a tab for each kind; / narrows it down to what holds the words."""

    app: NavigatorApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.help", "Help", key_display="F1", id="help"),
        Binding("q", "app.quit", "Quit", id="quit"),
        Binding("tab,right", "step(1)", "Next", key_display="Tab", id="next"),
        Binding("shift+tab,left", "step(-1)", show=False),
        Binding("enter", "open", "Open", key_display="Enter", id="open"),
        Binding("slash", "filter", "Filter", key_display="/", id="filter"),
        Binding("e", "edit", "Edit", id="edit"),
        # Backspace too: a Mac's keyboard calls it Delete. Never x, which exports on other screens.
        Binding("delete,backspace", "remove", "Remove", key_display="Del", id="remove"),
        Binding("u,ctrl+z", "app.undo", "Undo", id="undo"),
        Binding("n", "app.keep('note')", "Note", id="note"),
        Binding("left_square_bracket", "move(-1)", show=False, id="up"),
        Binding("right_square_bracket", "move(1)", show=False, id="down"),
        Binding("b", "app.keep('bookmark')", show=False, id="bookmark"),
        Binding("c", "app.keep('contact')", show=False, id="contact"),
        Binding("ctrl+y", "app.redo", show=False, id="redo"),
        Binding("d", "app.index", show=False, id="index"),
        Binding("U", "app.update", show=False, id="update"),
        Binding("P", "app.plan", show=False, id="plan"),
        Binding("w", "app.changes", show=False, id="changes"),
        Binding("y", "copy", "Copy", show=False, id="copy"),
        Binding("escape", "leave", "Back", key_display="Esc", id="back"),
        *(Binding(str(n + 1), f"show_kind({n})", show=False) for n in range(len(KINDS))),
    ]
    trail_name = "My record"

    def __init__(self) -> None:
        super().__init__()
        self._active = 0
        self._pairs: tuple[tuple[str, Entry], ...] = ()

    @property
    def kind(self) -> RecordKind:
        return KINDS[self._active]

    def compose(self) -> ComposeResult:
        yield Static(id="mine-title")
        yield Static(id="mine-tabs")
        yield Input(placeholder="Words to look for", id="mine-box")
        yield EntryList(id="mine")
        yield KeyBar()

    def on_mount(self) -> None:
        title = Content.assemble(
            ("My record", "bold $accent"), ("   kept on this computer only", "$text-muted")
        )
        self.query_one("#mine-title", Static).update(title)
        self.query_one("#mine-box").display = False
        self.query_one(EntryList).focus()
        self.refresh_record()

    def refresh_record(self) -> None:
        """Show the record as it is now."""
        titles = tuple(
            Column(f"{record_sections.TITLES[kind]} {len(_of(self.app.record, kind)):,}", ())
            for kind in KINDS
        )
        self.query_one("#mine-tabs", Static).update(Tabs(titles, self._active, ""))
        self._look(self.kind, self.query_one("#mine-box", Input).value)

    def reload(self) -> None:
        """Another register is in use."""
        self.refresh_record()

    @work(thread=True, exclusive=True, group="mine", exit_on_error=False)
    def _look(self, kind: RecordKind, text: str) -> None:
        worker = get_current_worker()
        found = record_sections.list_of(
            kind, self.app.record, self.app.service.find_school, clock.today(), text
        )
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, kind, text, found)

    def _show(self, kind: RecordKind, text: str, found: tuple[tuple[str, Entry], ...]) -> None:
        if kind != self.kind or text != self.query_one("#mine-box", Input).value:
            return
        self._pairs = found
        empty = f"None of yours holds “{text[:40]}”." if text else record_sections.NONE[kind]
        title = record_sections.TITLES[kind]
        if len(found) > SHOWN:
            title += f": {SHOWN} of {len(found):,}, / narrows them down"
        section = Section(title, tuple(entry for _, entry in found[:SHOWN]), empty)
        self.query_one(EntryList).show_sections((section,), keep=True)

    # --- what is under the cursor ---

    @property
    def selected(self) -> str:
        """The id of the record under the cursor, "" for none."""
        entry = self.query_one(EntryList).entry
        return next((name for name, other in self._pairs if other is entry), "")

    @property
    def target(self) -> Card | None:
        """What a key acts on: the body of the record under the cursor."""
        entry = self.query_one(EntryList).entry
        return entry.card if entry else None

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        card = self.target
        if card is not None:
            self.app.follow(card, None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A correction is taken back, or set anew on its line; it has no form."""
        del parameters
        return action != "edit" or self.kind != "correction"

    def action_edit(self) -> None:
        if self.selected:
            self.app.record_forms.edit(self.kind, self.selected)

    def action_remove(self) -> None:
        if self.selected:
            self.app.record_forms.remove(self.kind, self.selected)

    def action_move(self, by: int) -> None:
        ids = [name for name, _ in self._pairs]
        to = ids.index(self.selected) + by if self.selected else -1
        if 0 <= to < len(ids) and not self.query_one("#mine-box", Input).value:
            # Notes are shown the newest first, so theirs is the other way round.
            self.app.record_forms.move(self.kind, self.selected, -by if self.kind == "note" else by)

    def action_copy(self) -> None:
        if self.target is not None:
            self.app.copy_text(self.target.copy)

    # --- tabs and filter ---

    def action_step(self, by: int) -> None:
        self.action_show_kind((self._active + by) % len(KINDS))

    def action_show_kind(self, number: int) -> None:
        self._active = number
        self.refresh_bindings()
        self.refresh_record()

    def action_filter(self) -> None:
        box = self.query_one("#mine-box", Input)
        box.display = True
        box.focus()

    @on(Input.Changed)
    def _typed(self) -> None:
        self.refresh_record()

    @on(Input.Submitted)
    def _to_list(self) -> None:
        self.query_one(EntryList).focus()

    def action_leave(self) -> None:
        """Away with the filter first; then back."""
        box = self.query_one("#mine-box", Input)
        if box.display:
            box.value = ""
            box.display = False
            self.query_one(EntryList).focus()
        else:
            self.app.action_out()


def _of(record: object, kind: RecordKind) -> tuple[object, ...]:
    found: tuple[object, ...] = getattr(record, f"{kind}s")
    return found
