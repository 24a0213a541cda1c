"""Days from a calendar file: its name is asked, all that it has is shown, then what is wanted kept.

Each entry is a box with the kind that its title tells; what it doesn't tell for sure begins empty,
and an empty box isn't taken.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from navigator.core import paths, wording
from navigator.core.activity import PlanDay
from navigator.core.errors import RefusedError
from navigator.ui.base_app import BaseApp
from navigator.ui.forms.boxes import refusal, told_of
from navigator.ui.forms.form import Box, FormScreen, SaidChange, Values, push_form

if TYPE_CHECKING:
    from navigator.domain.plan.calendar_read import FoundDays

MOST = 100
"""Boxes of a form: a calendar of more entries that aren't sure is no school's of holidays."""

HOW = "Each is taken as its box says: holiday, inset or term. An empty box isn't taken."


def ask(app: BaseApp) -> None:
    """Ask for the file, and show what it has."""

    async def save(values: Values) -> None:
        with told_of("file"):
            found = await asyncio.to_thread(_read, app, values["file"])
        app.call_later(_look, app, found)

    box = Box("file", "Calendar file (.ics)")
    app.push_screen(FormScreen("Import", "Holidays, INSET days and terms", [box], save))


def _read(app: BaseApp, typed: str) -> FoundDays:
    from navigator.domain.plan import calendar_read

    if not typed.strip():
        raise RefusedError("Give the name of a calendar file, which ends in .ics.")
    try:
        with paths.typed_path(typed).open("rb") as file:
            data = file.read(calendar_read.MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise RefusedError(f"{typed.strip()[:200]} can't be read ({why}).") from None
    found = calendar_read.read_days(data, app.service.kept.days)
    if not found.found:
        said = " ".join(found.said)
        raise RefusedError(f"There is nothing new in it to take in. {said}".strip())
    return found


def _look(app: BaseApp, found: FoundDays) -> None:
    """Show the entries, each with its kind."""
    from navigator.domain.plan.calendar_read import KINDS

    sure = [one for one in found.found if one.sure]
    asked = [one for one in found.found if not one.sure]
    more = len(asked) - max(MOST - len(sure), 0)
    shown = [*sure, *asked[: len(asked) - max(more, 0)]]
    shown.sort(key=lambda one: (one.day.first, one.day.last, one.day.title))
    days = {f"day-{n}": one.day for n, one in enumerate(shown)}
    fields = [
        Box(key, _label(one.day), one.day.kind if one.sure else "", "not taken", offer=KINDS)
        for (key, _), one in zip(days.items(), shown, strict=True)
    ]

    def make(values: Values) -> SaidChange:
        taken = []
        for key, day in days.items():
            kind = values[key].strip().casefold()
            if kind and kind not in KINDS:
                raise refusal(key, f"“{kind[:20]}” isn't holiday, inset or term.")
            taken += [day._replace(kind=kind)] if kind else []
        if not taken:
            raise refusal(next(iter(days)), "Nothing is to be taken: Esc leaves.")
        number = wording.count(len(taken), "entry", "entries")
        return (lambda w: w.take_in(taken)), f"Took {number} from the calendar"

    left = f"{more} more that aren't sure aren't shown." if more > 0 else ""
    number = wording.count(len(shown), "entry", "entries")
    title = f"{number}, of which {len(asked)} aren't sure" if asked else number
    said = wording.joined(HOW, left, *found.said, sign=" ")
    of = " ".join((title, *(field.label for field in fields)))
    push_form(app, ("Import", title, said), of, fields, make)


def _label(day: PlanDay) -> str:
    until = f" to {wording.short_day(day.last)}" if day.last != day.first else ""
    return f"{wording.short_day(day.first)}{until}: {day.title or 'without a title'}"
