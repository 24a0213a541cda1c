"""The plan of professional learning: a list, the year, money, coverage, own days; one activity."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.worker import get_current_worker

from navigator.core import clock, wording
from navigator.core.activity import YEARS, Status
from navigator.core.model import Landscape
from navigator.domain.plan import year as years
from navigator.ui.screens.body import BodyScreen
from navigator.ui.widgets.entries import EntryList
from navigator.ui.widgets.header import Tabs
from navigator.ui.widgets.keybar import KeyBar
from navigator.view.plan_pages import SORTS, TABS, PlanView
from navigator.view.sections import Card, Column, Page, Section

if TYPE_CHECKING:
    from navigator.ui.app import NavigatorApp
    from navigator.ui.forms.plan import PlanForms

LIST, YEAR, DAYS = 0, 1, 4

ONLY = {
    "filter": (LIST,),
    "status": (LIST,),
    "order": (LIST,),
    "edit": (LIST, DAYS),
    "remove": (LIST, DAYS),
    "budget": (DAYS,),
    "import": (DAYS,),
}
"""Keys that mean something on some tabs only."""


class PlanScreen(Screen[None]):
    """One list under a line of tabs, of one academic year."""

    app: NavigatorApp

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.help", "Help", key_display="F1", id="help"),
        Binding("q", "app.quit", "Quit", id="quit"),
        Binding("tab,right", "step(1)", "Next", key_display="Tab", id="next"),
        Binding("shift+tab,left", "step(-1)", show=False),
        Binding("enter", "open", "Open", key_display="Enter", id="open"),
        Binding("a", "add", "Add", id="add"),
        Binding("e", "edit", "Edit", show=False, id="edit"),
        Binding("p", "plan_with", show=False, id="plan-with"),
        Binding("less_than_sign,comma", "year(-1)", "Year", key_display="< >", id="year-before"),
        Binding("greater_than_sign,full_stop", "year(1)", show=False, id="year-after"),
        Binding("slash", "filter", "Filter", key_display="/", id="filter"),
        Binding("f", "status", "Status", id="status"),
        Binding("t", "order", "Order", id="order"),
        Binding("b", "budget", "Budget", id="budget"),
        Binding("i", "import", "Import", id="import"),
        Binding("x", "export", "Export", id="export"),
        Binding("escape", "leave", "Back", key_display="Esc", id="back"),
        Binding("delete,backspace", "remove", "Remove", key_display="Del", id="remove"),
        Binding("u,ctrl+z", "app.undo", "Undo", id="undo"),
        Binding("ctrl+y", "app.redo", show=False, id="redo"),
        Binding("y", "copy", show=False, id="copy"),
        Binding("m", "app.mine", show=False, id="mine"),
        Binding("d", "app.index", show=False, id="index"),
        Binding("U", "app.update", show=False, id="update"),
        Binding("w", "app.changes", show=False, id="changes"),
        *(Binding(str(n + 1), f"show({n})", show=False) for n in range(len(TABS))),
    ]
    trail_name = "Plan"

    def __init__(self, tab: int = LIST) -> None:
        super().__init__()
        today = clock.today()
        self._tab = tab
        self.view = PlanView(years.year_of(today), today)

    @property
    def plan_forms(self) -> PlanForms:
        return self.app.plan_forms

    def compose(self) -> ComposeResult:
        yield Static(id="mine-title")
        yield Static(id="mine-tabs")
        yield Input(placeholder="Words to look for", id="mine-box")
        yield EntryList(id="mine")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#mine-box").display = False
        self.query_one(EntryList).focus()
        self._look(anew=True)

    def refresh_record(self) -> None:
        """What the head keeps has changed: look again, and leave the cursor where it is."""
        self._look()

    def reload(self) -> None:
        """Another register is in use."""
        self._look()

    def _look(self, *, anew: bool = False) -> None:
        title = Content.assemble(
            ("Plan of professional learning", "bold $accent"),
            f"   {years.name(self.view.year)}   ",
            (self._narrowed(), "$text-muted"),
        )
        self.query_one("#mine-title", Static).update(title)
        tabs = tuple(Column(name, ()) for name in TABS)
        self.query_one("#mine-tabs", Static).update(Tabs(tabs, self._tab, ""))
        self._find(self._tab, self.view, anew)

    def _narrowed(self) -> str:
        """How the list is narrowed down, in words; kept on this computer where it isn't."""
        if self._tab != LIST:
            return ""
        said = [str(self.view.status)] if self.view.status else []
        said += [f"“{self.view.words[:30]}”"] if self.view.words else []
        return ("only " + ", ".join(said)) if said else "kept on this computer only"

    @work(thread=True, exclusive=True, group="plan", exit_on_error=False)
    def _find(self, tab: int, view: PlanView, anew: bool) -> None:
        worker = get_current_worker()
        found = self.app.service.plan(tab, view, self.app.settings.school)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, tab, view, found, anew)

    def _show(self, tab: int, view: PlanView, found: tuple[Section, ...], anew: bool) -> None:
        if (tab, view) != (self._tab, self.view):
            return
        entries = self.query_one(EntryList)
        entries.show_sections(found, keep=not anew)
        if tab == YEAR and anew:
            monday = view.today - timedelta(days=view.today.weekday())
            entries.go_to_key(f"plan-week:{monday.isoformat()}")

    # --- what is under the cursor ---

    @property
    def target(self) -> Card | None:
        """What a key acts on."""
        entry = self.query_one(EntryList).entry
        return entry.card if entry else None

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        """An activity's page, a body's page, the form of a day or the budget; of a figure how it is
        counted."""
        card = self.target
        if card is None:
            return
        kind, _, name = card.key.partition(":")
        if kind == "day":
            self.plan_forms.day(name, self.view.year)
        elif kind == "budget":
            self.plan_forms.budget(self.view.year)
        elif card.facts:
            from navigator.ui.screens.detail import DetailScreen

            self.app.push_screen(DetailScreen(card))
        elif card.key:
            self.app.follow(card, None)

    def action_edit(self) -> None:
        """The form of the activity, the days or the budget under the cursor."""
        card = self.target
        if card is not None and card.key.startswith("activity:"):
            self.plan_forms.edit_what(card.key.partition(":")[2])
        else:
            self.action_open()

    def action_plan_with(self) -> None:
        """Plan an activity in the year on screen with the body under the cursor."""
        self.plan_forms.new(self.target, self.view.year)

    def action_add(self) -> None:
        """An activity; under Days, days of one's own."""
        if self._tab == DAYS:
            self.plan_forms.day("", self.view.year)
        else:
            self.plan_forms.new(None, self.view.year)

    def action_remove(self) -> None:
        if self.target is not None:
            self.plan_forms.remove(self.target)

    def action_budget(self) -> None:
        self.plan_forms.budget(self.view.year)

    def action_import(self) -> None:
        self.plan_forms.import_days()

    def action_copy(self) -> None:
        if self.target is not None and (self.target.copy or self.target.title):
            self.app.copy_text(self.target.copy or self.target.title)

    def action_export(self) -> None:
        from navigator.ui.forms import export

        export.ask_plan(self.app, self.view.year)

    # --- tabs, year, filter ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each tab has its own keys. Only where a line is an activity, or days, is it removed: a
        line of the coverage only tells of one."""
        del parameters
        return action not in ONLY or self._tab in ONLY[action]

    def action_step(self, by: int) -> None:
        self.action_show((self._tab + by) % len(TABS))

    def action_show(self, number: int) -> None:
        self._close_box()
        self._tab = number
        self.refresh_bindings()
        self._look(anew=True)

    def action_year(self, by: int) -> None:
        """To the year before or after, as far as a plan may reach."""
        year = self.view.year + by
        if year not in YEARS:
            self.app.say(f"A plan reaches from {years.name(YEARS[0])} to {years.name(YEARS[-1])}.")
            return
        self.view = self.view._replace(year=year)
        self._look(anew=True)

    def action_status(self) -> None:
        """On to the next status: all, considering, applied …"""
        order = (None, *Status)
        now = order[(order.index(self.view.status) + 1) % len(order)]
        self.view = self.view._replace(status=now)
        self._look(anew=True)

    def action_order(self) -> None:
        self.view = self.view._replace(sort=(self.view.sort + 1) % len(SORTS))
        self.app.say(f"Sorted: {SORTS[self.view.sort]}.")
        self._look(anew=True)

    def action_filter(self) -> None:
        box = self.query_one("#mine-box", Input)
        box.display = True
        box.focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.view = self.view._replace(words=event.value)
        self._look(anew=True)

    @on(Input.Submitted)
    def _to_list(self) -> None:
        self.query_one(EntryList).focus()

    def _close_box(self) -> bool:
        box = self.query_one("#mine-box", Input)
        if not box.display:
            return False
        box.value = ""
        box.display = False
        self.query_one(EntryList).focus()
        return True

    def action_leave(self) -> None:
        """Away with the filter first; then back."""
        if not self._close_box():
            self.app.action_out()


class ActivityScreen(BodyScreen, inherit_bindings=False):
    """All that an activity holds; Enter changes the part under the cursor, or ticks it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.help", "Help", key_display="F1", id="help"),
        Binding("q", "app.quit", "Quit", id="quit"),
        Binding("enter", "follow", "Change", key_display="Enter", id="follow"),
        Binding("e", "edit", "Edit", id="edit"),
        Binding("a", "add", "Session", id="add"),
        Binding("escape", "app.out", "Back", key_display="Esc", id="back"),
        Binding("x", "export", "Calendar", id="export"),
        Binding("delete,backspace", "remove", "Remove", key_display="Del", id="remove"),
        Binding("u,ctrl+z", "app.undo", "Undo", id="undo"),
        Binding("ctrl+y", "app.redo", show=False, id="redo"),
        Binding("y", "copy", "Copy", id="copy"),
        Binding("o", "website", "Web", id="website"),
        Binding("slash", "app.find", show=False, id="find"),
        Binding("m", "app.mine", show=False, id="mine"),
        Binding("d", "app.index", show=False, id="index"),
        Binding("U", "app.update", show=False, id="update"),
        Binding("P", "app.plan", show=False, id="plan"),
    ]

    @property
    def name_of(self) -> str:
        """The activity's id."""
        return self.page.key.partition(":")[2]

    def find_page(self, home: Landscape | None) -> Page:
        """The activity as its file has it now. Raises NavigatorError where it is gone."""
        return self.app.service.page(self.page.key, home, clock.today(), self.app.units)

    @property
    def target(self) -> Card:
        """What a key acts on: the line under the cursor, else the activity."""
        entry = self.query_one(EntryList).entry
        return entry.card if entry and entry.card and entry.card.key else self.home_card

    @on(OptionList.OptionSelected)
    def action_follow(self) -> None:
        """Change the part that the line is of; tick it; go to the provider."""
        entry = self.query_one(EntryList).entry
        card = entry.card if entry else None
        if card is None:
            return
        kind, _, name = card.key.partition(":")
        planner = self.app.plan_forms
        if kind == "activity-money":
            planner.edit_money(name)
        elif kind == "activity-reflection":
            planner.edit_reflection(name)
        elif kind == "activity-what":
            planner.edit_what(name)
        elif kind == "session":
            planner.session(*name.split("/", 1))
        elif kind == "tick":
            planner.tick(*name.split("/", 2))
        elif card.key and card.key != self.page.key:
            self.app.follow(card, self.home)

    def action_edit(self) -> None:
        self.app.plan_forms.edit_what(self.name_of)

    def action_add(self) -> None:
        self.app.plan_forms.session(self.name_of)

    def action_remove(self) -> None:
        """The session under the cursor; else the whole activity, and back to the list."""
        card = self.target
        if card.key.startswith("session:"):
            self.app.plan_forms.remove(card)
            return
        self.app.plan_forms.remove(Card(self.page.key, "", self.page.title, "", ()))
        self.app.action_out()

    def action_export(self) -> None:
        """Ask where to write this activity's dates for a calendar."""
        from navigator.ui.forms import export

        export.ask_activity(self.app, self.name_of, wording.plain(self.page.title))
