"""The forms of the plan: activities, sessions, ticks, reflection, days, budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, cast

from navigator.core import cleaning, clock
from navigator.core.activity import Activity, Budget, PlanDay, Session
from navigator.core.errors import RefusedError
from navigator.core.fields import Field
from navigator.core.keys import NO_BODY
from navigator.core.record import BodyRef
from navigator.core.values import amount, typed_day
from navigator.domain.plan import cover, money, programmes
from navigator.domain.plan import year as years
from navigator.ui.base import BaseApp
from navigator.ui.forms.boxes import boxes, fields_in, read
from navigator.ui.forms.form import Box, FormScreen, SaidChange, Values, changing
from navigator.ui.forms.record import named_body
from navigator.view.sections import Card

PERSONAL = "Names are personal data: they stay on this computer unless you ask for them by name."
TITLES = {"": "Activity", "money": "Money and cover", "reflection": "Reflection"}
"""What the form of each part of an activity is called."""

NO_SESSION = Session("", date.min)
"""What a session is before anything of it is typed."""


class PlanForms:
    """Changes the plan for the head."""

    def __init__(self, app: BaseApp) -> None:
        self._app = app

    def _held(self, name: str) -> Activity | None:
        """An activity as its file has it; where it is gone, that is said."""
        found = next((a for a in self._app.service.kept.activities if a.id == name), None)
        if found is None:
            self._app.say("That activity is no longer in the plan.", wrong=True)
        return found

    def _push(
        self,
        about: tuple[str, str, str],
        shown: Iterable[Box],
        make: Callable[[Values], SaidChange],
    ) -> None:
        """Show a form: its kind, its title and a sentence under it, and its boxes."""
        kind, title, said = about
        save = changing(self._app, make)
        self._app.push_screen(FormScreen(kind, title, list(shown), save, said))

    # --- activities ---

    def new(self, card: Card | None, year: int | None = None) -> None:
        """Add an activity to the plan of a year, else of this one; of a body, with it as the
        provider."""
        year = years.year_of(clock.today()) if year is None else year
        body = card is not None and card.key.is_body
        provider = f"{card.key} {cleaning.plain(card.title)}" if card and body else ""
        own = fields_in(Activity, names=("kind", "status"))
        attends = fields_in(Activity, names=("attends",))
        of_session = fields_in(Session)[:-1]  # who attends is asked of the whole activity

        def make(values: Values) -> SaidChange:
            typed = values["template"].strip()
            begun = programmes.start(typed) if typed else Activity("", "")
            ref = self._provider(values["provider"])
            session = _session(values, of_session, NO_SESSION)
            told = read([*own, *attends], values)
            given = begun._replace(
                **{**told, "kind": told["kind"] or begun.kind},
                title=values["title"].strip() or begun.title,
                provider=ref.key,
                provider_name=ref.name,
                sessions=(session,) if session else (),
                year=None if session else year,
            )
            return (lambda w: w.add(given)), f"Planned {given.title or 'an activity'}"

        day, start, *others = boxes(of_session)
        (people,) = boxes(attends)
        templates = tuple(programmes.templates())
        shown = (
            Box("title", "Title (a template gives one)"),
            Box("template", f"Template, or none: {', '.join(templates)}", offer=templates),
            Box("provider", "Provider: a body's key, or any name", provider),
            *boxes(own),
            day._replace(label="First session, if you know it"),
            start._replace(hint="13:30"),
            *others,
            people._replace(hint="Maths lead; Year 2"),
        )
        self._push(("Activity", years.name(year), PERSONAL), shown, make)

    def _provider(self, text: str) -> BodyRef:
        text = text.strip()
        return named_body(self._app, text) if text else BodyRef(NO_BODY, "")

    def edit(self, name: str, part: str = "") -> None:
        """A part of an activity: what it is and who it is for, its money, the reflection on it."""
        a = self._held(name)
        if a is None:
            return
        fields = fields_in(Activity, part=part)

        def make(values: Values) -> SaidChange:
            told = read(fields, values, a)
            if not part:
                ref = self._provider(values["provider"])
                told |= {"provider": ref.key, "provider_name": ref.name}
                programme = values["programme"].strip()
                told["programme"] = programme and programmes.find(programme).id
            given = a._replace(**told)
            return (lambda w: w.change(given, seen=a)), f"Changed {a.title}"

        made = cover.proposed(a)
        days = f"{made.days.normalize():f}" if made else ""
        shown = [
            box._replace(value=f"{a.provider} {a.provider_name}".strip())
            if box.key == "provider"
            else box._replace(offer=tuple(programmes.templates()))
            if box.key == "programme"
            else box._replace(hint=f"{days} from who attends", offer=(days,))
            if box.key == "release_days" and days
            else box
            for box in boxes(fields, a)
        ]
        self._push((TITLES[part], a.title, "" if part else PERSONAL), shown, make)

    def tick(self, name: str, field: str, item: str) -> None:
        """Tick a part, element or mechanism of an activity, or take the tick away."""
        a = self._held(name)
        if a is None:
            return
        held: tuple[str, ...] = getattr(a, field)
        now = tuple(t for t in held if t != item) if item in held else (*held, item)
        given = a._replace(**cast(Any, {field: now}))
        said = "Tick taken away" if item in held else "Ticked"
        self._app.change(lambda w: w.change(given, seen=a), said)

    # --- sessions ---

    def session(self, name: str, session_id: str = "") -> None:
        """Add a session to an activity, or change one."""
        a = self._held(name)
        if a is None:
            return
        held = next((s for s in a.sessions if s.id == session_id), None)
        fields = fields_in(Session)

        def make(values: Values) -> SaidChange:
            session = _session(values, fields, held or NO_SESSION)
            if session is None:
                raise RefusedError("A session needs a date, such as 8/10/26.")
            others = tuple(s for s in a.sessions if s.id != session_id)
            given = a._replace(sessions=(*others, session))
            return (lambda w: w.change(given, seen=a)), f"Changed {a.title}"

        self._push(("Session", a.title, ""), boxes(fields, held), make)

    # --- away ---

    def remove(self, card: Card) -> None:
        """Remove what a line names: an activity, a session, days, a budget. Undo brings it back."""
        key = card.key
        if key.kind == "session":
            activity, session = key.ids
            a = self._held(activity)
            if a is not None:
                rest = tuple(s for s in a.sessions if s.id != session)
                given = a._replace(sessions=rest)
                self._app.change(lambda w: w.change(given, seen=a), "Session removed")
        elif key.kind in ("activity", "day", "budget"):
            said = f"{cleaning.plain(card.title)} removed"
            self._app.change(lambda w: w.remove(key.kind, key.name), said)

    # --- days and budget ---

    def day(self, day_id: str, year: int) -> None:
        """Add holidays, INSET days or a term, or change them."""
        held = next((d for d in self._app.service.kept.days if d.id == day_id), None)
        fields = fields_in(PlanDay)

        def make(values: Values) -> SaidChange:
            if not values["first"].strip():
                raise RefusedError("Say on which date it begins, such as 26/10/26.")
            told = read(fields, values)
            given = PlanDay(day_id, **{**told, "last": told["last"] or told["first"]})
            if held is not None:
                return (lambda w: w.change(given, seen=held)), "Days changed"
            return (lambda w: w.add(given)), "Days added"

        title, kind, *days = boxes(fields, held)
        shown = (title, kind._replace(value=kind.value or "holiday"), *days)
        self._push(("Your own days", years.name(year), ""), shown, make)

    def budget(self, year: int) -> None:
        """Set what may be spent in an academic year."""
        held = money.budget_of(self._app.service.kept.budgets, year)

        def make(values: Values) -> SaidChange:
            given = Budget("", year, amount(values["amount"], "Budget"))
            said = f"Budget for {years.name(year)}: {money.pounds(given.amount)}"
            return (lambda w: w.add(given)), said

        budget = None if held is None else Budget("", year, held)
        self._push(("Budget", years.name(year), ""), boxes(fields_in(Budget), budget), make)

    def import_days(self) -> None:
        """Look at the days of a calendar file, and take in what is wanted of them."""
        from navigator.ui.forms import calendar_days

        calendar_days.ask(self._app)


def _session(values: Values, fields: Iterable[Field], begun: Session) -> Session | None:
    """What a session that was begun has become; None where nothing of it was typed."""
    if typed_day(values["date"]) is None:
        rest = ("start", "minutes", "in_school_hours", "place")
        if any(values[name].strip() for name in rest):
            raise RefusedError("Say on which date the session is, such as 8/10/26.")
        return None
    return begun._replace(**read(fields, values))
