"""The plan as a list: what closes soon first, then what comes next, then what is over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from navigator.core import cleaning, wording
from navigator.core.activity import AHEAD, Activity, Status
from navigator.domain.plan import looks
from navigator.domain.plan import year as years

OLD_DAYS = 90
"""Days after which the source of something considered is worth looking at again."""


class PlanRow(NamedTuple):
    """An activity and what a list says of it on a day.

    `closes_in` is the days until recruitment closes, None where that is over or no longer matters.
    `next` is the first session from that day on, else the last there was. `check` says "check
    again" where the source is old, `look` what is asked for of what was seen.
    """

    activity: Activity
    closes_in: int | None
    next: date | None
    check: str
    look: str = ""

    @property
    def closes_words(self) -> str:
        """ "closes today", "closes in 3 days"; "" for nothing to say."""
        if self.closes_in is None:
            return ""
        if self.closes_in == 0:
            return "closes today"
        return f"closes in {wording.count(self.closes_in, 'day')}"


def row(activity: Activity, today: date) -> PlanRow:
    closes = activity.closes if activity.status in AHEAD else None
    coming = min((s.date for s in activity.sessions if s.date >= today), default=None)
    return PlanRow(
        activity,
        (closes - today).days if closes and closes >= today else None,
        coming or activity.last,
        check_again(activity, today),
        looks.due_words(activity, today),
    )


def check_again(activity: Activity, today: date) -> str:
    """What to say where something considered was last checked too long ago, else ""."""
    if activity.status is not Status.CONSIDERING:
        return ""
    if activity.checked is None:
        return "check again: never checked"
    if (today - activity.checked).days > OLD_DAYS:
        return f"check again: last checked {wording.short_day(activity.checked)}"
    return ""


def rows(
    activities: Iterable[Activity],
    today: date,
    *,
    status: Iterable[Status] = (),
    provider: str = "",
    year: int | None = None,
    closing: int | None = None,
    words: str = "",
) -> tuple[PlanRow, ...]:
    """The activities that fit, as rows in order.

    Args:
        activities: Of which to choose.
        today: The day on which the list is read.
        status: Only these; all if empty.
        provider: Only those whose provider's name holds these words, or whose key it is.
        year: Only those in this academic year.
        closing: Only those for which recruitment closes within so many days.
        words: Only those that hold every one of these.
    """
    wanted = frozenset(status) or frozenset(Status)
    told = (
        row(a, today)
        for a in activities
        if a.status in wanted
        and (a.provider == provider or _holds(a.provider_name, provider))
        and (year is None or years.in_year(a, year))
        and (not words or _holds(_told(a), words))
    )
    found = (
        one
        for one in told
        if closing is None or (one.closes_in is not None and one.closes_in <= closing)
    )
    return tuple(sorted(found, key=lambda r: _order(r, today)))


def _holds(told: str, words: str) -> bool:
    """Whether a text holds every one of some words."""
    folded = told.casefold()
    return all(word in folded for word in words.casefold().split())


def _told(a: Activity) -> str:
    people = " ".join(person.text() for person in a.people)
    told = (a.title, a.provider_name, a.kind, a.status, a.notes, a.prerequisites, people)
    return " ".join((*told, *a.audience, *a.year_groups))


def _order(row: PlanRow, today: date) -> tuple[int, int, str, str]:
    a, ahead = row.activity, (row.next - today).days if row.next else 0
    if row.closes_in is not None:
        rank, days = 0, row.closes_in
    elif a.status in (Status.DONE, Status.DECLINED):
        rank, days = 3, -ahead
    elif row.next and ahead >= 0:
        rank, days = 1, ahead
    else:
        rank, days = 2, -ahead
    return rank, days, a.title.casefold(), a.id


def called(activities: Iterable[Activity], text: str) -> tuple[Activity, ...]:
    """The activities that a text names: by id, else by the whole title, else by part of it."""
    every = tuple(activities)
    wanted = cleaning.for_comparing(text)
    for fits in (
        lambda a: a.id == text.strip(),
        lambda a: a.title.casefold() == wanted,
        lambda a: wanted in a.title.casefold(),
    ):
        found = tuple(a for a in every if fits(a))
        if found:
            return found
    return ()
