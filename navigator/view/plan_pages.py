"""The plan of professional learning as sections and pages: what its screens show, in which words.

Pure: made of what `domain.plan` works out, in the same shape as every other page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from navigator.core import wording
from navigator.core.activity import Activity, Status
from navigator.core.keys import Key
from navigator.core.landscape import Landscape
from navigator.core.record import OwnRecord
from navigator.domain.plan import clashes, coverage, listing, money
from navigator.domain.plan import year as years
from navigator.domain.plan.coverage import Cell
from navigator.domain.plan.listing import PlanRow
from navigator.domain.plan.schools import ALONE, PlanSchools
from navigator.view import plan_budgets, plan_cover, plan_money, plan_year
from navigator.view.parts import TO_SETTINGS, card, copied, some
from navigator.view.plan_budgets import NAMED
from navigator.view.plan_year import day_line
from navigator.view.record_sections import activity_card, activity_entry
from navigator.view.sections import Entry, Section

SORTS = ("what closes soon first", "by title", "by provider", "by status")

SHOWN = 200
"""Activities in the list: more take longer to lay out than a head wants to wait for a key."""


NO_PLAN = "Nothing planned yet."
A_TABLE = "navigator plan import FILE.csv takes a table."
PLANNING = "{add} adds an activity, or {plan-with} on any body of a landscape."
NONE_YET = "None yet."
ADDING_DAYS = "{add} adds some; {import} imports a calendar (.ics)."
NO_TERMS = "None of your own: autumn to December, spring to March, summer from April."


WHO_TO_ASK = "Set your school, in Settings, to see who might be asked."
GAPS = "Gaps, not a score: nothing is counted up. What an activity has is for you to tick."


class PlanView(NamedTuple):
    """What the plan's screen looks at: an academic year on a day, and how its list is narrowed and
    sorted.

    `rate` is what a day of cover costs, `most_out` how many may be out at once, `landscape` that of
    the head's own school; None where they aren't known. `seen` are the keys of the schools and
    trusts looked at, none for all, `schools` what is known of them; `whole` is the record of all of
    them, None where that is the one shown. `status` None is all; `sort` is a number
    of `SORTS`.
    """

    year: int
    today: date
    rate: Decimal | None = None
    most_out: int | None = None
    landscape: Landscape | None = None
    status: Status | None = None
    words: str = ""
    sort: int = 0
    seen: tuple[Key, ...] = ()
    schools: PlanSchools = ALONE
    whole: OwnRecord | None = None


def sections(tab: int, record: OwnRecord, view: PlanView) -> tuple[Section, ...]:
    """What a tab of the plan shows."""
    shown = view.schools.narrowed(record)
    return tuple(MAKERS[TABS[tab]](shown, view._replace(whole=record)))


def _of_year(record: OwnRecord, year: int) -> list[Activity]:
    return [a for a in record.activities if years.in_year(a, year)]


def _line(a: Activity, *, right: str = "", quiet: bool = False) -> Entry:
    """An activity by its title, which leads to it."""
    return Entry(a.title, right=right, card=activity_card(a), quiet=quiet)


# --- the list ---


def _list(record: OwnRecord, view: PlanView) -> Iterable[Section]:
    """The year's activities: what closes, what comes, what has no date, what is over."""
    these = _of_year(record, view.year)
    status = (view.status,) if view.status else ()
    rows = listing.rows(these, view.today, status=status, words=view.words)
    if not rows:
        year = years.name(view.year)
        narrowed = f"None of the {len(these)} of {year} fits."
        widen = "{filter} and {status} widen it."
        said, after, keys = (narrowed, "", widen) if these else (NO_PLAN, A_TABLE, PLANNING)
        yield Section(f"Activities, {year}", empty=said, after=after, keys=keys)
        return
    whole = view.whole or record
    found = view.schools.clashes(whole.activities, whole.days, view.most_out)
    clashing = Counter(name for c in found for name in {held.activity.id for held in c.held})
    if view.sort:
        rows = tuple(sorted(rows, key=lambda row: _sorted_by(row, view.sort)))
    groups: dict[str, list[Entry]] = {}
    for row in rows[:SHOWN]:
        title = f"Activities, {SORTS[view.sort]}" if view.sort else _group(row, view.today)
        entry = activity_entry(row, view.today, clashing)
        if view.schools.several:
            whose = view.schools.some(view.schools.owners(row.activity))
            entry = entry._replace(detail=wording.joined(whose, entry.detail))
        groups.setdefault(title, []).append(entry)
    more = len(rows) - SHOWN
    after = wording.joined(
        f"{more:,} more: / and f narrow them down" if more > 0 else "",
        clashes.bank_holidays_end(these),
        sign="  ",
    )
    last = list(groups)[-1]
    for title, entries in groups.items():
        yield Section(title, tuple(entries), after=after if title == last else "")


def _sorted_by(row: PlanRow, sort: int) -> tuple[str, int, str]:
    a = row.activity
    provider = a.provider_name.casefold() if SORTS[sort] == "by provider" else ""
    status = list(Status).index(a.status) if SORTS[sort] == "by status" else 0
    return provider, status, a.title.casefold()


def _group(row: PlanRow, today: date) -> str:
    if row.closes_in is not None:
        return "Recruitment closes"
    if row.activity.status in (Status.DONE, Status.DECLINED):
        return "Done or declined"
    if row.next is None:
        return years.NO_DATE
    return "Coming" if row.next >= today else "Under way or past"


def of_year(record: OwnRecord, today: date) -> tuple[Entry, ...]:
    """This year's activities, a line each, for the yearly review: without who attends."""
    these = _of_year(record, years.year_of(today))
    return tuple(
        Entry(
            wording.joined(a.title, a.provider_name, str(a.status)),
            "" if number else "Planned",
            card=activity_card(a),
            fact=True,
        )
        for number, a in enumerate(a for a in these if a.status is not Status.DECLINED)
    )


# --- coverage ---


def _coverage(record: OwnRecord, view: PlanView) -> Iterable[Section]:
    """What the year's plan covers, as gaps; beside a gap who nearby might be asked."""
    cover = coverage.cover(_of_year(record, view.year), view.landscape)
    lead = wording.joined(GAPS, "" if view.landscape else WHO_TO_ASK, sign=" ")
    keys = "" if view.landscape else TO_SETTINGS
    for title, cells in cover.groups:
        lines = tuple(e for cell in cells for e in _cell_lines(cell))
        yield Section(title, lines, lead=lead, keys=keys)
        lead = keys = ""
    balanced = (
        Entry(a.title, detail=said, card=activity_card(a))
        for a in _of_year(record, view.year)
        if a.status is not Status.DECLINED
        and (said := wording.joined(*(coverage.balance(a, f) for f in coverage.BALANCED)))
    )
    yield from some("Activity by activity", balanced)
    relied = tuple(
        Entry(
            r.name,
            detail=plan_budgets.titles(r.activities),
            card=card(r.key, r.name, kind="Provider") if r.key else activity_card(r.activities[0]),
        )
        for r in cover.providers
    )
    yield Section("Providers relied on", relied, "None yet.")
    yield from some("Nothing ticked yet: gaps may be theirs", map(_line, cover.unticked))


def _cell_lines(cell: Cell) -> Iterable[Entry]:
    covering = (*cell.firm, *cell.possible)
    if covering:
        yield Entry(cell.name, card=activity_card(covering[0]), fact=True)
        for number, a in enumerate(covering[:NAMED]):
            comes = "if it comes about" if number >= len(cell.firm) else str(a.status)
            yield _line(a, right=comes, quiet=True)
        if more := wording.and_more(len(covering) - NAMED):
            yield Entry(more, card=copied(cell.words), quiet=True)
        return
    yield Entry(cell.name, right=coverage.NOTHING, card=copied(cell.name), fact=True)
    for offer in cell.offers:
        asked = card(offer.key, offer.name, kind=offer.key.programme_and_hub[0])
        yield Entry(f"ask {offer.name}", right=offer.words, card=asked, quiet=True)


# --- own days ---


def _days(record: OwnRecord, view: PlanView) -> Iterable[Section]:
    """The year's holidays, INSET days, terms and budget."""
    first, last = years.span(view.year)
    here = [d for d in record.days if d.first <= last and d.last >= first]
    here.sort(key=lambda d: (d.first, d.last))
    for kind, title, none in (
        ("term", "Terms", NO_TERMS),
        ("holiday", "Holidays", NONE_YET),
        ("inset", "INSET days", NONE_YET),
    ):
        lines = tuple(
            day_line(day)._replace(detail=view.schools.call_all(day.schools))
            for day in here
            if day.kind == kind
        )
        keys = "" if lines or none == NO_TERMS else ADDING_DAYS
        yield Section(title, lines, none, keys=keys)
    year = years.name(view.year)
    budgets = tuple(
        Entry(
            wording.joined(money.pounds(budget.amount), budget.name, sign=" "),
            right=year,
            card=card(Key.of("budget", budget.id), f"Budget {year} {budget.name}", kind="Budget"),
        )
        for budget in sorted(record.budgets, key=lambda b: b.name.casefold())
        if budget.year == view.year
    )
    yield Section("Budget", budgets, "Not set.", keys="" if budgets else "{budget} sets it.")


def _year(record: OwnRecord, view: PlanView) -> Iterable[Section]:
    """The year as a calendar."""
    whole = view.whole or record
    clashing = view.schools.clashes(whole.activities, whole.days, view.most_out)
    return plan_year.sections(record, view.year, view.today, clashing, view.schools)


Maker = Callable[[OwnRecord, PlanView], Iterable[Section]]

MAKERS: dict[str, Maker] = {
    "List": _list,
    "Year": _year,
    "Money": lambda record, view: plan_money.sections(
        record, view.year, view.today, view.rate, view.schools
    ),
    "Coverage": _coverage,
    "Days": _days,
    "Who is out": lambda record, view: plan_cover.sections(
        record, view.year, view.most_out, view.schools
    ),
}
TABS = tuple(MAKERS)
"""The tabs of the plan's screen."""
