"""The forms of the plan: activities, sessions, ticks, reflection, days, budget."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, cast

from navigator.core import cleaning, clock, typed_schools, wording
from navigator.core.activity import Activity, Budget, PlanDay
from navigator.core.errors import RefusedError
from navigator.core.fields import Field
from navigator.core.keys import NO_BODY
from navigator.core.record import BodyRef
from navigator.core.session import Session
from navigator.core.typed import amount
from navigator.core.values import VALUES
from navigator.domain.plan import budgets, cover, money, programmes, session_text
from navigator.domain.plan import year as years
from navigator.records.drafts import form_about
from navigator.ui.base_app import BaseApp
from navigator.ui.forms.boxes import YES_NO, boxes, fields_in, read, refusal, told_of
from navigator.ui.forms.form import Box, FormScreen, SaidChange, Values, changing, push_form
from navigator.ui.forms.pick import Choice
from navigator.ui.forms.record import named_body, short_words
from navigator.view.sections import Card

PERSONAL = "Names are personal data: they stay on this computer unless you ask for them by name."
TITLES = {
    "": "Activity",
    "why": "Why and so what",
    "money": "Money and cover",
    "reflection": "What we saw",
}
"""What the form of each part of an activity is called."""

NOBODY = BodyRef(NO_BODY, "")


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

    # --- activities ---

    def new(self, card: Card | None, year: int | None = None) -> None:
        """Add an activity to the plan of a year, else of this one; of a body, with it as the
        provider."""
        year = years.year_of(clock.today()) if year is None else year
        body = card is not None and card.key.is_body
        held = BodyRef(card.key, cleaning.plain(card.title)) if card and body else NOBODY
        of_session = fields_in(Session, names=("in_school_hours",))
        every = {part: fields_in(Activity, part=part) for part in TITLES}
        apart = ("title", "provider", "programme")
        own = [f for part in every.values() for f in part if f.attribute not in apart]

        def make(values: Values) -> SaidChange:
            with told_of("template"):
                typed = values["template"].strip()
                begun = programmes.start(typed) if typed else Activity("", "")
            ref = self._provider(values["provider"], held)
            sessions = self._sessions(values, of_session, year)
            values = self._with_urns(values)
            told = read(own, values)
            given = begun._replace(
                **{name: value for name, value in told.items() if values[name].strip()},
                title=values["title"].strip() or begun.title,
                provider=ref.key,
                provider_name=ref.name,
                sessions=sessions,
                year=None if sessions else year,
            )
            return (lambda w: w.add(given)), f"Planned {given.title or 'an activity'}"

        first, *rest = boxes(f for f in every[""] if f.attribute not in apart[1:])
        shown = [
            first._replace(label="Title (a template gives one)"),
            self._sessions_box(year),
            *boxes(of_session),
            Box(
                "template",
                "Template: Enter shows them, or type words of one",
                group="What it is",
                choices=_templates(),
                offer=tuple(t.name for t in programmes.templates().values()),
            ),
            Box("provider", "Provider: a name, or a body's key", held.name, anew=False),
            *map(self._told_back, rest),
            *(box for part, title in TITLES.items() if part for box in _headed(title, every[part])),
        ]
        of = form_about("", year, held.text)
        push_form(self._app, ("Activity", years.name(year), PERSONAL), of, shown, make)

    def _with_urns(self, values: Values, held: Activity | PlanDay | None = None) -> Values:
        """What was typed, with the URNs of schools in the place of their names or their trust's;
        what is held already is taken as it is."""
        text = values.get("schools", "")
        if not text.strip() or (held and text == VALUES["schools"].shown(held.schools)):
            return values
        with told_of("schools"):
            return {**values, "schools": self._app.service.urns_meant(text, self._app.day)}

    def _told_back(self, box: Box) -> Box:
        """A box of schools says beneath it which its URNs are."""

        def said(text: str) -> str:
            with suppress(RefusedError):
                urns = typed_schools.urns(text)
                return ", ".join(self._app.service.name_of(u) or f"{u} isn't known" for u in urns)
            return ""

        return box._replace(back=said) if box.key == "schools" else box

    def _provider(self, text: str, held: BodyRef) -> BodyRef:
        """The body that was typed; the one that is held where the box was left as it was."""
        text = text.strip()
        if text == held.name.strip():
            return held
        with told_of("provider"):
            return named_body(self._app, text) if text else NOBODY

    def edit(self, name: str, part: str = "", field: str = "") -> None:
        """A part of an activity: what it is and who it is for, its money, the reflection on it. The
        cursor is in the box of a field, if not in the first."""
        a = self._held(name)
        if a is None:
            return
        fields = fields_in(Activity, part=part)
        held = BodyRef(
            a.provider, a.provider_name or self._app.service.body_name(a.provider, self._app.day)
        )
        programme = programmes.name_of(a.programme)

        def make(values: Values) -> SaidChange:
            values = self._with_urns(values, a)
            told = read(
                (f for f in fields if f.attribute not in ("provider", "programme")), values, a
            )
            if not part:
                ref = self._provider(values["provider"], held)
                told |= {"provider": ref.key, "provider_name": ref.name}
                typed = values["programme"].strip()
                with told_of("programme"):
                    left = typed == programme
                    told["programme"] = a.programme if left else typed and programmes.find(typed).id
            given = a._replace(**told)
            return (lambda w: w.change(given, seen=a)), f"Changed {a.title}"

        made = cover.proposed(a)
        days = f"{made.days.normalize():f}" if made else ""
        shown = [
            box._replace(value=held.name, label="Provider: a name, or a body's key")
            if box.key == "provider"
            else box._replace(
                value=programme,
                choices=_templates(),
                label="Programme: Enter shows them, or type words of one",
            )
            if box.key == "programme"
            else box._replace(hint=f"{days} from who attends", offer=(days,))
            if box.key == "release_days" and days
            else self._told_back(box)
            for box in boxes(fields, a)
        ]
        said = {"": PERSONAL, "reflection": self._looked_at(a)}
        heads = (TITLES[part], a.title, said.get(part, ""))
        push_form(self._app, heads, form_about(a.id), shown, make, at=field)

    def _looked_at(self, a: Activity) -> str:
        """What was to be looked at, and what last year's activity says was seen."""
        from navigator.domain.plan import forward, looks

        days = ", ".join(f"{x.moment} {wording.short_day(x.day)}" for x in looks.looks(a) if x.day)
        planned = wording.joined(a.look_at, days, sign=": ")
        last = forward.before(a, self._app.service.kept.activities)
        told = [planned and f"We look at: {planned}."]
        if last:
            of = ", ".join(map(years.name, sorted(years.years_of(last))))
            seen = wording.joined(last.midyear_seen, last.practice, last.evidence, last.again)
            told.append(f"{of}: {short_words(seen)}" if seen else "")
        return " ".join(" ".join(filter(None, told)).split())

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

    def forward(self, year: int) -> None:
        """Copy activities of a year to the next: each that isn't left out, its dates told before
        anything is kept."""
        from navigator.domain.plan import forward

        kept = self._app.service.kept
        here = [a for a in kept.activities if year in years.years_of(a)]
        every = forward.copy(here, year, year + 1, kept.days, kept.activities)
        if not every.activities:
            why = " ".join(every.said) or f"The plan has nothing in {years.name(year)}."
            self._app.say(why, wrong=True)
            return
        there = forward.kept_out(here, year + 1, kept.activities)
        chosen = {f"copy-{n}": a for n, a in enumerate(here) if a not in there}

        def make(values: Values) -> SaidChange:
            wanted = []
            for key, a in chosen.items():
                answer = values[key].strip().casefold()
                if answer not in ("yes", "no", ""):
                    raise refusal(key, f"“{answer[:20]}” is neither yes nor no.")
                wanted += [a] if answer == "yes" else []
            if not wanted:
                raise refusal(next(iter(chosen)), "Nothing is to be copied: Esc leaves.")
            made = forward.copy(wanted, year, year + 1, kept.days, kept.activities).activities
            number = wording.count(len(made), "activity", "activities")
            return (lambda w: w.take_in(made)), f"Copied {number} to {years.name(year + 1)}"

        shown = [
            Box(key, cleaning.plain(a.title), "yes", "left out", offer=YES_NO)
            for key, a in chosen.items()
        ]
        title = f"{years.name(year)} to {years.name(year + 1)}"
        said = f"An empty box is left out. Dates stand below. {years.name(year)} stays as it is."
        save = changing(self._app, make)
        below = "\n".join(forward.lines(every))
        of = " ".join((title, *(a.id for a in chosen.values())))
        form = FormScreen("Roll forward", title, shown, save, said, about=of, below=below)
        self._app.push_screen(form)

    # --- sessions ---

    def sessions(self, name: str) -> None:
        """Add sessions to an activity, as many as one text tells of."""
        a = self._held(name)
        if a is None:
            return
        year = max(years.told_years(a), default=years.year_of(clock.today()))
        fields = fields_in(Session, names=("in_school_hours", "attends"))

        def make(values: Values) -> SaidChange:
            made = self._sessions(values, fields, year)
            if not made:
                raise refusal("sessions", f"A session needs a date: write {session_text.HINT}.")
            given = a._replace(sessions=(*a.sessions, *made))
            said = f"Added {wording.count(len(made), 'session')} to {a.title}"
            return (lambda w: w.change(given, seen=a)), said

        shown = [self._sessions_box(year), *boxes(fields)]
        push_form(self._app, ("Sessions", a.title, ""), form_about("", a.id), shown, make)

    def _sessions_box(self, year: int) -> Box:
        """One box for sessions; what it makes stands beneath it."""
        days = self._app.service.kept.days
        label = f"Sessions of {years.name(year)}, if you know them: type or paste them all"
        return Box(
            "sessions",
            label,
            hint=session_text.HINT,
            many=True,
            group="When",
            back=lambda text: session_text.lines(session_text.read(text, year, days)),
        )

    def _sessions(self, values: Values, fields: Iterable[Field], year: int) -> tuple[Session, ...]:
        """The sessions of a form's text; what its other boxes say is of each that doesn't."""
        with told_of("sessions"):
            told = session_text.read(values["sessions"], year, self._app.service.kept.days)
        usual = {
            name: value for name, value in read(fields, values).items() if value not in (None, ())
        }
        return tuple(
            session._replace(
                **{n: v for n, v in usual.items() if getattr(session, n) in (None, ())}
            )
            for session in told.sessions
        )

    def session(self, name: str, session_id: str) -> None:
        """Change a session of an activity."""
        a = self._held(name)
        held = next((s for s in a.sessions if s.id == session_id), None) if a else None
        if a is None or held is None:
            return
        fields = fields_in(Session)

        def make(values: Values) -> SaidChange:
            if not values["date"].strip():
                raise refusal("date", "A session needs a date, such as 8/10/26.")
            session = held._replace(**read(fields, _with_length(values, held), held))
            others = tuple(s for s in a.sessions if s.id != session_id)
            given = a._replace(sessions=(*others, session))
            return (lambda w: w.change(given, seen=a)), f"Changed {a.title}"

        heads, shown = ("Session", a.title, ""), boxes(fields, held)
        push_form(self._app, heads, form_about(held.id, a.id), shown, make)

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
                raise refusal("first", "Say on which date it begins, such as 26/10/26.")
            told = read(fields, self._with_urns(values, held))
            given = PlanDay(day_id, **{**told, "last": told["last"] or told["first"]})
            if held is not None:
                return (lambda w: w.change(given, seen=held)), "Days changed"
            return (lambda w: w.add(given)), "Days added"

        title, kind, *days = map(self._told_back, boxes(fields, held))
        shown = (title, kind._replace(value=kind.value or "holiday"), *days)
        heads = ("Your own days", years.name(year), "")
        push_form(self._app, heads, form_about(day_id, year), shown, make)

    def budget(self, year: int, budget_id: str = "") -> None:
        """Set what may be spent in an academic year: of all, or under a name; or change that."""
        kept = self._app.service.kept.budgets
        of_all = next((b for b in kept if b.year == year and not b.name), None)
        held = next((b for b in kept if b.id == budget_id), of_all)

        def make(values: Values) -> SaidChange:
            with told_of("amount"):
                pounds = amount(values["amount"], "Budget")
            name = values["name"].strip()
            if not (budget_id and held and held.name == name):  # else a file may have it so
                others = [b for b in kept if not budget_id or b.id != budget_id]
                name = budgets.known_name(others, year, name)
                if budget_id and any((b.year, b.name) == (year, name) for b in others):
                    what = f"is a budget “{name}”" if name else "is a budget of all"
                    raise refusal("name", f"There {what} already: change that, or name it anew.")
            given = Budget(budget_id, year, pounds, name)
            said = f"Budget for {years.name(year)}: {money.pounds(pounds)} {name}".strip()
            if budget_id and held is not None:
                return (lambda w: w.change(given, seen=held)), said
            return (lambda w: w.add(given)), said

        shown = boxes(fields_in(Budget), held)
        push_form(self._app, ("Budget", years.name(year), ""), str(year), shown, make)

    def import_days(self) -> None:
        """Look at the days of a calendar file, and take in what is wanted of them."""
        from navigator.ui.forms import calendar_days

        calendar_days.ask(self._app)


def _with_length(values: Values, held: Session) -> Values:
    """What was typed, "1.30-4" in the box for the start as when it starts and how long it takes."""
    with told_of("start"):
        span = session_text.span(values["start"])
    if span is None:
        return values
    start, minutes = span
    typed = values["minutes"].strip()
    if typed not in ("", str(held.minutes), str(minutes)):
        raise refusal("minutes", f"“{values['start'].strip()}” takes {minutes}: mend one of them.")
    return {**values, "start": f"{start:%H:%M}", "minutes": str(minutes)}


def _templates() -> tuple[Choice, ...]:
    return tuple(Choice(t.id, t.name, t.about) for t in programmes.templates().values())


def _headed(title: str, fields: Iterable[Field]) -> tuple[Box, ...]:
    """The boxes of a part in a form of all parts: its title over the first that has no heading."""
    first, *others = boxes(fields)
    return first._replace(group=first.group or title), *others
