"""What the screens can do with the plan: activities, sessions, ticks, reflection, days, budget.

Every change goes through the keeper, so that it runs off the event loop and can be undone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from navigator.core import cleaning, clock, wording
from navigator.core.activity import (
    YEAR_GROUPS,
    Activity,
    Budget,
    Kind,
    PlanDay,
    Session,
    Status,
    attendees,
    attendees_text,
)
from navigator.core.errors import NavigatorError, RefusedError
from navigator.core.keys import NO_BODY
from navigator.core.record import BodyRef
from navigator.core.values import amount as pounds
from navigator.core.values import clock_time, typed_day
from navigator.domain.plan import money, programmes
from navigator.domain.plan import year as years
from navigator.ui.base import BaseApp
from navigator.ui.forms.form import Field, FormScreen, Values
from navigator.ui.forms.record import named_body
from navigator.view.sections import Card

DATE_HINT = "2026-10-08, or +14 for in 14 days"
YES = {"yes": True, "y": True, "no": False, "n": False, "": None}
DAY_KINDS = ("holiday", "inset", "term")
PERSONAL = "Names are personal data: they stay on this computer unless you ask for them by name."


class PlanForms:
    """Changes the plan for the head."""

    def __init__(self, app: BaseApp) -> None:
        self._app = app

    def _held(self, name: str) -> Activity | None:
        """An activity as its file has it; where it is gone, that is said."""
        activities = self._app.service.kept.activities
        found = next((a for a in activities if a.id == name), None)
        if found is None:
            self._app.say("That activity is no longer in the plan.", wrong=True)
        return found

    async def _save(self, held: Activity, make: Callable[[], Activity], said: str) -> str:
        """Make an activity what is typed; gives "" or why it couldn't be."""
        try:
            given = await asyncio.to_thread(make)
        except NavigatorError as error:
            return str(error)
        return await self._app.edits.make(lambda w: w.change(given, seen=held), said)

    # --- activities ---

    def new(self, card: Card | None, year: int | None = None) -> None:
        """Add an activity to the plan of a year, else of this one; of a body, with it as the
        provider."""
        year = years.year_of(clock.today()) if year is None else year
        body = card is not None and card.key.is_body
        provider = f"{card.key} {cleaning.plain(card.title)}" if card and body else ""

        def make(values: Values) -> Activity:
            typed = values["template"].strip()
            begun = programmes.start(typed) if typed else Activity("", "")
            ref = self._provider(values["provider"])
            session = self._session(values, "")
            return begun._replace(
                title=values["title"].strip() or begun.title,
                provider=ref.key,
                provider_name=ref.name,
                kind=_one_of(values["kind"], Kind, "Kind") or begun.kind,
                status=_one_of(values["status"], Status, "Status") or Status.CONSIDERING,
                attends=attendees(values["attends"]),
                sessions=(session,) if session else (),
                year=None if session else year,
            )

        async def save(values: Values) -> str:
            try:
                given = await asyncio.to_thread(make, values)
            except NavigatorError as error:
                return str(error)
            said = f"Planned {given.title or 'an activity'}"
            return await self._app.edits.make(lambda w: w.add(given), said)

        fields = (
            Field("title", "Title (a template gives one)"),
            Field(
                "template",
                f"Template, or none: {', '.join(programmes.TEMPLATES)}",
                offer=tuple(programmes.TEMPLATES),
            ),
            Field("provider", "Provider: a body's key, or any name", provider),
            Field("kind", f"Kind: {', '.join(Kind)}", offer=tuple(Kind)),
            Field("status", f"Status: {', '.join(Status)}", "considering", offer=tuple(Status)),
            Field("date", "First session, if you know it", hint=DATE_HINT),
            Field("start", "Starts at", hint="13:30"),
            Field("minutes", "Takes how many minutes", hint="90"),
            Field("hours", "In school hours: yes or no", offer=("yes", "no")),
            Field("place", "Place, or online", offer=("online",)),
            Field("attends", "Who attends: roles, with ; between", hint="Maths lead; Year 2"),
        )
        self._app.push_screen(FormScreen("Activity", years.name(year), fields, save, PERSONAL))

    def _provider(self, text: str) -> BodyRef:
        text = text.strip()
        return named_body(self._app, text) if text else BodyRef(NO_BODY, "")

    def edit_what(self, name: str) -> None:
        """What an activity is, who it is for, when one may join, where that is written."""
        a = self._held(name)
        if a is None:
            return

        def make(values: Values) -> Activity:
            programme = values["programme"].strip()
            ref = self._provider(values["provider"])
            return a._replace(
                title=values["title"],
                provider=ref.key,
                provider_name=ref.name,
                kind=_one_of(values["kind"], Kind, "Kind") or "",
                programme=programme and programmes.find(programme).id,
                status=_one_of(values["status"], Status, "Status") or Status.CONSIDERING,
                audience=_texts(values["audience"]),
                year_groups=_texts(values["year_groups"]),
                attends=attendees(values["attends"]),
                places=_number(values["places"], "Places"),
                prerequisites=values["prerequisites"],
                opens=typed_day(values["opens"]),
                closes=typed_day(values["closes"]),
                source=values["source"],
                checked=typed_day(values["checked"]),
                trial=_yes(values["trial"]) or False,
                notes=values["notes"],
            )

        fields = (
            Field("title", "Title", a.title),
            Field("provider", "Provider", f"{a.provider} {a.provider_name}".strip()),
            Field("kind", f"Kind: {', '.join(Kind)}", str(a.kind), offer=tuple(Kind)),
            Field("programme", "Programme", a.programme, offer=tuple(programmes.TEMPLATES)),
            Field("status", f"Status: {', '.join(Status)}", str(a.status), offer=tuple(Status)),
            Field("audience", "For which roles, with , between", ", ".join(a.audience)),
            Field(
                "year_groups",
                "Year groups, with , between",
                ", ".join(a.year_groups),
                "Reception, Year 1",
                offer=YEAR_GROUPS,
            ),
            Field("attends", "Who attends: roles, with ; between", attendees_text(a.attends)),
            Field("places", "Places", str(a.places or "")),
            Field("prerequisites", "Asks for", a.prerequisites),
            Field("opens", "Recruitment opens", _iso(a.opens), DATE_HINT),
            Field("closes", "Recruitment closes", _iso(a.closes), DATE_HINT),
            Field("source", "Where that is written", a.source),
            Field("checked", "You looked there on", _iso(a.checked), "+0 for today"),
            Field("trial", "Under trial: yes or no", "yes" if a.trial else "", offer=("yes", "no")),
            Field("notes", "Notes, for yourself", a.notes, many=True),
        )
        self._form("Activity", a, fields, make, PERSONAL)

    def edit_money(self, name: str) -> None:
        a = self._held(name)
        if a is None:
            return

        def make(values: Values) -> Activity:
            return a._replace(
                release_days=_amount(values["release_days"], "Release days"),
                fee=_amount(values["fee"], "Fee"),
                subsidy=_amount(values["subsidy"], "Subsidy"),
                penalty=_amount(values["penalty"], "Penalty"),
            )

        fields = (
            Field("release_days", "Release days, of all of it", _decimal(a.release_days), "2.5"),
            Field("fee", "Fee in pounds, of all of it", _decimal(a.fee)),
            Field("subsidy", "Subsidy in pounds", _decimal(a.subsidy)),
            Field("penalty", "Penalty in pounds for a session missed", _decimal(a.penalty)),
        )
        self._form("Money and cover", a, fields, make)

    def edit_reflection(self, name: str) -> None:
        a = self._held(name)
        if a is None:
            return

        def make(values: Values) -> Activity:
            return a._replace(
                practice=values["practice"], evidence=values["evidence"], again=values["again"]
            )

        fields = (
            Field("practice", "What changed in practice?", a.practice, many=True),
            Field("evidence", "What shows it?", a.evidence, many=True),
            Field("again", "Would we again?", a.again),
        )
        self._form("Reflection", a, fields, make)

    def _form(
        self,
        kind: str,
        a: Activity,
        fields: tuple[Field, ...],
        make: Callable[[Values], Activity],
        said: str = "",
    ) -> None:
        async def save(values: Values) -> str:
            return await self._save(a, lambda: make(values), f"Changed {a.title}")

        self._app.push_screen(FormScreen(kind, a.title, fields, save, said))

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

        def make(values: Values) -> Activity:
            session = self._session(values, session_id)
            if session is None:
                raise RefusedError("A session needs a date, such as 2026-10-08.")
            others = tuple(s for s in a.sessions if s.id != session_id)
            return a._replace(sessions=(*others, session))

        said = {True: "yes", False: "no", None: ""}
        fields = (
            Field("date", "Date", _iso(held.date) if held else "", DATE_HINT),
            Field("start", "Starts at", f"{held.start:%H:%M}" if held and held.start else ""),
            Field(
                "minutes",
                "Takes how many minutes",
                str(held.minutes or "") if held else "",
                "90",
            ),
            Field(
                "hours",
                "In school hours: yes or no",
                said[held.in_school_hours] if held else "",
                offer=("yes", "no"),
            ),
            Field("place", "Place, or online", held.place if held else "", offer=("online",)),
            Field(
                "attends",
                "Who attends, if not as the activity says",
                attendees_text(held.attends) if held else "",
            ),
        )
        self._form("Session", a, fields, make)

    def _session(self, values: Values, session_id: str) -> Session | None:
        """The session that was typed; None where nothing of it was."""
        day = typed_day(values["date"])
        typed = any(values[key].strip() for key in ("start", "minutes", "hours", "place"))
        if day is None:
            if typed:
                raise RefusedError("Say on which date the session is, such as 2026-10-08.")
            return None
        return Session(
            session_id,
            day,
            _time(values["start"]),
            _number(values["minutes"], "Minutes"),
            _yes(values["hours"]),
            values["place"],
            attendees(values["attends"]) if session_id or "template" not in values else (),
        )

    # --- away ---

    def remove(self, card: Card) -> None:
        """Remove what a line names: an activity, a session, days, a budget. Undo brings it back."""
        kind, _, name = card.key.partition(":")
        if kind == "session":
            activity, _, session = name.partition("/")
            a = self._held(activity)
            if a is not None:
                rest = tuple(s for s in a.sessions if s.id != session)
                given = a._replace(sessions=rest)
                self._app.change(lambda w: w.change(given, seen=a), "Session removed")
        elif kind in ("activity", "day", "budget"):
            said = f"{cleaning.plain(card.title)} removed"
            self._app.change(lambda w: w.remove(kind, name), said)

    # --- days and budget ---

    def day(self, day_id: str, year: int) -> None:
        """Add holidays, INSET days or a term, or change them."""
        days = self._app.service.kept.days
        held = next((d for d in days if d.id == day_id), None)

        def make(values: Values) -> PlanDay:
            first = typed_day(values["first"])
            if first is None:
                raise RefusedError("Say on which date it begins, such as 2026-10-26.")
            kind = values["kind"].strip().casefold()
            if kind not in DAY_KINDS:
                raise RefusedError(f"Kind must be one of {', '.join(DAY_KINDS)}.")
            last = typed_day(values["last"]) or first
            return PlanDay(day_id, values["title"], cast(Any, kind), first, last)

        async def save(values: Values) -> str:
            try:
                given = make(values)
            except NavigatorError as error:
                return str(error)
            if held is not None:
                return await self._app.edits.make(
                    lambda w: w.change(given, seen=held), "Days changed"
                )
            return await self._app.edits.make(lambda w: w.add(given), "Days added")

        fields = (
            Field("title", "Name", held.title if held else "", "Autumn half term"),
            Field(
                "kind", f"Kind: {', '.join(DAY_KINDS)}", held.kind if held else "holiday",
                offer=DAY_KINDS,
            ),
            Field("first", "First day", _iso(held.first) if held else "", "2026-10-26"),
            Field("last", "Last day", _iso(held.last) if held else "", "the same, if left empty"),
        )  # fmt: skip
        self._app.push_screen(FormScreen("Your own days", years.name(year), fields, save))

    def budget(self, year: int) -> None:
        """Set what may be spent in an academic year."""
        held = money.budget_of(self._app.service.kept.budgets, year)

        async def save(values: Values) -> str:
            try:
                amount = pounds(values["amount"], "Budget")
            except NavigatorError as error:
                return str(error)
            said = f"Budget for {years.name(year)}: {money.pounds(amount)}"
            return await self._app.edits.make(lambda w: w.add(Budget("", year, amount)), said)

        fields = (Field("amount", "Pounds that may be spent", _decimal(held)),)
        self._app.push_screen(FormScreen("Budget", years.name(year), fields, save))

    def import_days(self) -> None:
        """Take in the all-day events of a calendar file."""

        def read(path: str) -> tuple[PlanDay, ...]:
            from navigator.domain.plan import calendar

            try:
                data = Path(path).expanduser().read_bytes()
            except (OSError, ValueError) as error:
                why = getattr(error, "strerror", None) or error
                raise RefusedError(f"{path[:200]} can't be read ({why}).") from None
            found = calendar.read_days(data, self._app.service.kept.days)
            said = " ".join(found.said)
            if not found.days:
                raise RefusedError(f"There is nothing new in it to take in. {said}".strip())
            if said:
                self._app.call_from_thread(self._app.say, said, wrong=True)
            return tuple(found.days)

        async def save(values: Values) -> str:
            path = values["file"].strip()
            if not path:
                return "Give the name of a calendar file, which ends in .ics."
            try:
                days = await asyncio.to_thread(read, path)
            except NavigatorError as error:
                return str(error)
            number = wording.count(len(days), "entry", "entries")
            return await self._app.edits.make(
                lambda w: w.take_in(days), f"Took {number} from the calendar"
            )

        fields = (Field("file", "Calendar file (.ics)"),)
        self._app.push_screen(FormScreen("Import", "Holidays and INSET days", fields, save))


# --- what was typed ---


def _one_of(text: str, words: Any, label: str) -> Any:
    """The word that was typed; None for none."""
    typed = " ".join(text.casefold().split())
    if not typed:
        return None
    try:
        return words(typed)
    except ValueError:
        raise RefusedError(f"{label} must be one of {', '.join(words)}.") from None


def _texts(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t.strip() for t in text.split(",") if t.strip()))


def _number(text: str, label: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) < 6 and int(text):
        return int(text)
    raise RefusedError(f"{label}: “{text[:20]}” isn't a whole number above 0.")


def _amount(text: str, label: str) -> Decimal | None:
    return pounds(text, label) if text.strip() else None


def _time(text: str) -> time | None:
    return clock_time(text) if text.strip() else None


def _yes(text: str) -> bool | None:
    typed = text.strip().casefold()
    if typed not in YES:
        raise RefusedError(f"“{text.strip()[:20]}” is neither yes nor no.")
    return YES[typed]


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _decimal(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:f}".removesuffix(".00")
