"""The plan of professional learning: a list, the year, money, coverage, own days; one activity."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, OptionList, Static

from navigator.core import cleaning, clock
from navigator.core.activity import Status
from navigator.core.dates import YEARS
from navigator.core.keys import NO_BODY, Key
from navigator.core.landscape import Landscape
from navigator.domain.plan import year as years
from navigator.domain.plan.schools import named_in
from navigator.ui.commands import bindings
from navigator.ui.forms.pick import Choice, PickScreen, Typed
from navigator.ui.forms.plan import PlanForms
from navigator.ui.screens.body import PageScreen
from navigator.ui.screens.tabbed import TabbedScreen
from navigator.ui.widgets.calendar import LEAST, CalendarList, DayNames
from navigator.ui.widgets.tabs import Title
from navigator.view.plan_pages import SORTS, TABS, PlanView
from navigator.view.sections import Card, Entry, Page, Section

LIST, YEAR, DAYS, COVER = 0, 1, 4, 5
ALL = "all"
LIST_EDGES = 4
"""Cells of a list's edges and scrollbar."""

ONLY = {
    "filter": (LIST,),
    "status": (LIST,),
    "order": (LIST,),
    "forward": (LIST,),
    "edit": (LIST, DAYS),
    "remove": (LIST, DAYS),
    "budget": (DAYS,),
    "import": (DAYS,),
}
"""Keys that mean something on some tabs only."""


class PlanScreen(TabbedScreen):
    """One list under a line of tabs, of one academic year."""

    PLACE = "plan"
    KIND = "plan"
    TABS = len(TABS)
    BINDINGS = bindings(PLACE)
    trail_name = "Plan"

    def __init__(self, tab: int = LIST) -> None:
        super().__init__(tab)
        today = clock.today()
        self.view = PlanView(years.year_of(today), today)
        self._whose = ""
        self._sections: tuple[Section, ...] = ()

    def compose_list(self) -> ComposeResult:
        yield Static(id="plan-days")
        yield CalendarList(id="mine")
        yield Static(id="plan-told")

    @property
    def entries(self) -> CalendarList:
        return self.query_one(CalendarList)

    @property
    def forms(self) -> PlanForms:
        return PlanForms(self.app)

    def turn_to(self, key: Key) -> bool:
        if key.kind == "plan" and key.name:
            self.action_part(int(key.name))
        return super().turn_to(key)

    def look(self) -> None:
        """What is kept has changed: look again, and leave the cursor where it is."""
        self._find(keep=True)

    def _look_anew(self) -> None:
        """Another tab, year or filter: look, and put the cursor on the first line."""
        self._find(keep=False)

    def _find(self, *, keep: bool) -> None:
        name, year = "Plan of professional learning", years.name(self.view.year)
        self.head(Title(name, "Plan", year, self._narrowed()), TABS)
        tab, view, school = self.tab, self.view, self.app.settings.school
        self.ask(
            lambda: self.app.service.plan(tab, view, school), lambda found: self._show(found, keep)
        )

    @property
    def _is_calendar(self) -> bool:
        """Whether the year is drawn as a calendar: where it is too narrow, it is a list."""
        return self.tab == YEAR and self.size.width - LIST_EDGES >= LEAST

    def _show(self, found: tuple[Section, ...], keep: bool) -> None:
        entries, calendar = self.entries, self._is_calendar
        self._sections = found
        self.set_class(calendar, "-calendar")
        if calendar:
            gutter = entries.styles.scrollbar_size_vertical
            self.query_one("#plan-days", Static).update(DayNames(gutter))
            entries.show_year(found, keep=keep)
        else:
            entries.show_sections(found, keep=keep)
        monday = self.view.today - timedelta(days=self.view.today.weekday())
        if self.tab == COVER and not keep:
            coming = (week for week, _ in self._mondays() if week >= monday)
            if week := next(coming, None):
                entries.go_to_key(Key.of("plan-week", week.isoformat()))
        if self.tab == YEAR and not keep:
            entries.go_to_key(Key.of("plan-week", monday.isoformat()))
            if calendar:
                self.call_after_refresh(entries.show_around)

    def on_resize(self) -> None:
        """A list becomes a calendar where there is room for one, and a calendar a list."""
        if self.tab == YEAR and self._is_calendar != self.has_class("-calendar"):
            self.look()

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        """What is under the calendar's cursor, in full beneath it."""
        if told := self.entries.told:
            self.query_one("#plan-told", Static).update(told)

    def _narrowed(self) -> str:
        """Whose plan it is and how the list is narrowed down; else that it is kept on this computer
        only."""
        whose = [cleaning.plain(self._whose)] if self._whose else []
        if self.tab != LIST:
            return ", ".join(whose)
        said = [*whose, *([str(self.view.status)] if self.view.status else [])]
        said += [f"“{self.view.words[:30]}”"] if self.view.words else []
        return ("only " + ", ".join(said)) if said else "kept on this computer only"

    # --- what is under the cursor ---

    def action_open(self) -> None:
        """An activity's page, a body's page, the form of a day or the budget; of a figure how it is
        counted."""
        key = self.cursor_card.key if self.cursor_card else NO_BODY
        if key.kind == "day":
            self.forms.day(key.name, self.view.year)
        elif key.kind == "budget":
            self.forms.budget(self.view.year, key.name)
        else:
            super().action_open()

    def action_edit(self) -> None:
        """The form of the activity, the days or the budget under the cursor."""
        key = self.cursor_card.key if self.cursor_card else NO_BODY
        if key.kind == "activity":
            self.forms.edit(key.name)
        else:
            self.action_open()

    def action_keep(self, what: str, here: bool = False) -> None:
        """Plan an activity in the year on screen with the body under the cursor."""
        del what, here
        self.forms.new(self.target, self.view.year)

    def action_add(self) -> None:
        """An activity; under Days, days of one's own."""
        if self.tab == DAYS:
            self.forms.day("", self.view.year)
        else:
            self.forms.new(None, self.view.year)

    def action_remove(self) -> None:
        if self.target is not None:
            self.forms.remove(self.target)

    def action_budget(self) -> None:
        self.forms.budget(self.view.year)

    def action_import(self) -> None:
        self.forms.import_days()

    def action_forward(self) -> None:
        """Copy what is wanted of the year on screen to the next."""
        self.forms.forward(self.view.year)

    def action_export(self) -> None:
        """The plan; under the tab of who is out, cover sheets: first of the week of the cursor."""
        from navigator.ui.forms import export

        if self.tab == COVER:
            export.ask_cover(self.app, self.view.year, self._week_here(), self.view.seen)
        else:
            export.ask_plan(self.app, self.view.year, self.view.seen)

    def _week_here(self) -> date | None:
        """The Monday of the week that the cursor is in."""
        here = self.cursor_card
        for monday, entries in self._mondays():
            if any(entry.card is here for entry in entries):
                return monday
        return None

    def _mondays(self) -> Iterator[tuple[date, tuple[Entry, ...]]]:
        """The weeks of who is out, and their lines: the first of them leads to the week's page."""
        for section in self._sections:
            first = section.entries[0].card if section.entries else None
            if first and first.key.kind == "plan-week":
                yield date.fromisoformat(first.key.name), section.entries

    def action_whose(self) -> None:
        """Ask which school's plan is looked at: one, a trust's, or all."""
        self.app.ask(self.app.service.plan_choices, self._ask_whose, "ask")

    def _ask_whose(self, found: list[tuple[Key, str, str]]) -> None:
        names = {key: name for key, name, _ in found}
        choices = [Choice(ALL, "All schools", "the whole plan")]
        choices += [Choice(*one) for one in found]

        def picked(choice: str | Typed | None) -> None:
            if isinstance(choice, str):
                key = Key(choice)
                self._whose = names.get(key, "")
                self.view = self.view._replace(seen=(key,) if key in names else ())
                self._look_anew()

        self.app.push_screen(PickScreen("Whose plan?", choices), picked)

    # --- tabs, year, filter ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Each tab has its own keys; whose plan it is is asked where it is of several schools. Only
        where a line is an activity, or days, is it removed: a line of the coverage only tells of
        one."""
        del parameters
        if action == "whose":
            return bool(named_in(self.app.record))
        return action not in ONLY or self.tab in ONLY[action]

    def action_part(self, number: int) -> None:
        self.close_box()
        self.tab = number
        self.refresh_bindings()
        self._look_anew()

    def action_year(self, by: int) -> None:
        """To the year before or after, as far as a plan may reach."""
        year = self.view.year + by
        if year not in YEARS:
            self.app.say(f"A plan reaches from {years.name(YEARS[0])} to {years.name(YEARS[-1])}.")
            return
        self.view = self.view._replace(year=year)
        self._look_anew()

    def action_status(self) -> None:
        """On to the next status: all, considering, applied …"""
        order = (None, *Status)
        now = order[(order.index(self.view.status) + 1) % len(order)]
        self.view = self.view._replace(status=now)
        self._look_anew()

    def action_order(self) -> None:
        self.view = self.view._replace(sort=(self.view.sort + 1) % len(SORTS))
        self.app.say(f"Sorted: {SORTS[self.view.sort]}.")
        self._look_anew()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.view = self.view._replace(words=event.value)
        self._look_anew()


class ActivityScreen(PageScreen):
    """All that an activity holds; Enter changes the part under the cursor, or ticks it."""

    PLACE = "activity"
    BINDINGS = bindings(PLACE)

    @property
    def forms(self) -> PlanForms:
        return PlanForms(self.app)

    def find_page(self, home: Landscape | None) -> Page:
        """The activity as its file has it now, on whatever day one looks at the others."""
        return self.app.service.page(self.key, home, clock.today(), self.app.units)

    def action_open(self) -> None:
        """Change the part that the line is of; tick it; what else a line leads to."""
        key = self.cursor_card.key if self.cursor_card else NO_BODY
        kind, _, part = key.kind.partition("-")
        if kind == "activity" and part:
            name, field = key.ids
            self.forms.edit(name, "" if part == "what" else part, field)
        elif key.kind == "session":
            self.forms.session(*key.ids)
        elif key.kind == "tick":
            self.forms.tick(*key.name.split("/", 2))
        elif key != self.key:
            super().action_open()

    def action_edit(self) -> None:
        self.forms.edit(self.key.name)

    def action_add(self) -> None:
        self.forms.sessions(self.key.name)

    def action_remove(self) -> None:
        """The session under the cursor; else the whole activity, and back to the list."""
        card = self.target
        if card.key.kind == "session":
            self.forms.remove(card)
            return
        self.forms.remove(Card(self.key, title=self.page.title))
        self.app.out()
        self.app.forget_ahead()

    def action_export(self) -> None:
        """Ask where to write this activity's dates for a calendar."""
        from navigator.ui.forms import export

        export.ask_activity(self.app, self.key.name, cleaning.plain(self.page.title))
