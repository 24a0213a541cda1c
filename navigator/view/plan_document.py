"""An academic year's plan of professional learning as a document for governors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from navigator.core import wording
from navigator.core.activity import Activity, PlanDay, Status, attendees_text
from navigator.core.model import Landscape
from navigator.domain.plan import clashes, coverage, listing, money, programmes
from navigator.domain.plan import year as years
from navigator.view.documents import Document
from navigator.view.sections import Column, Entry, Section


def of_year(activities: Sequence[Activity], year: int) -> list[Activity]:
    """Those that a year's plan tells of: what was declined is in no plan."""
    return [a for a in activities if years.in_year(a, year) and a.status is not Status.DECLINED]


def document(
    activities: Sequence[Activity],
    own_days: Sequence[PlanDay],
    year: int,
    *,
    rate: Decimal | None,
    budget: Decimal | None,
    landscape: Landscape | None,
    people: bool,
    today: date,
    most_out: int | None = None,
) -> Document:
    """The plan of a year; names of people only where asked for.

    Notes are the head's own and are in it in no case. `landscape` is of their school, for who may
    be asked; `rate` is what a day of cover costs, `most_out` how many may be out at once.
    """
    these = of_year(activities, year)
    account = money.account(these, own_days, year, rate=rate, budget=budget, today=today)
    found = coverage.cover(these, landscape)
    first, last = years.span(year)
    pressing = [c for c in clashes.in_england(these, own_days, most_out) if first <= c.day <= last]
    until = clashes.bank_holidays_end(these)
    known = (until,) if until else ()
    rows = listing.rows(these, today)
    number = wording.count(len(these), "activity", "activities")
    return Document(
        f"Professional learning {years.name(year)}",
        (
            _group("What we plan", (t for row in rows for t in _lines(row, year, people=people))),
            _group("Money and cover", _money(account)),
            _group("Clashes", (*(c.told(names=people) for c in pressing), *known), "None found."),
            *(
                _group(f"{title}: gaps, not a score", (f"{c.name}: {c.words}" for c in cells))
                for title, cells in found.groups
            ),
            _group(
                "Providers",
                (f"{r.name}: {', '.join(a.title for a in r.activities)}" for r in found.providers),
                "None yet.",
            ),
        ),
        "plan",
        lead=(f"{number}. As planned on {wording.day(today)}.",),
        licensed=False,
        id="plan",
    )


def _group(title: str, lines: Iterable[str], none: str = "") -> Column:
    """A group of lines; where there are none, `none` is a line, too."""
    texts = tuple(lines) or ((none,) if none else ())
    return Column(title, (Section("", tuple(map(Entry, texts)), "Nothing yet."),))


def _lines(row: listing.PlanRow, year: int, *, people: bool) -> Iterator[str]:
    a = row.activity
    told = [a.title, a.provider_name, str(a.status)]
    who = attendees_text(a.attends, names=people)
    told += [f"for {', '.join(a.year_groups)}" if a.year_groups else "", who, row.closes_words]
    dates = years.sessions_in(a, year)
    when = "; ".join(
        f"{wording.short_day(s.date)}{f', {s.start:%H:%M}' if s.start else ''}" for s in dates
    )
    yield " · ".join(t for t in (*told, when or "no date yet") if t)
    for text in programmes.warnings(a) if a.trial else ():
        yield f"{a.title}: {text}"


def _money(account: money.Account) -> Iterator[str]:
    for line in account.by_term:
        if line.activities:
            yield f"{line.name}: {_sums(line.firm, line.possible)}"
    yield f"In all: {_sums(account.firm, account.possible)}"
    if account.budget is not None:
        yield (
            f"Budget {money.pounds(account.budget)}: {account.left_words} left, "
            f"{account.left_if_all_words} if all of it comes about"
        )
    if account.at_risk:
        yield f"At risk, in penalties for missed sessions: {money.pounds(account.at_risk)}"
    yield from account.unknown
    yield from account.differ


def _sums(firm: money.Sum, possible: money.Sum) -> str:
    told = f"{firm.words} agreed ({firm.part('days')} of release)"
    if possible != money.Sum():
        told += f", {possible.words} possible ({possible.part('days')})"
    return told
