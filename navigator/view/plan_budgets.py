"""Budgets by their names and subsidies, as sections of the plan's money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from navigator.core import wording
from navigator.core.activity import Activity, Budget
from navigator.core.keys import NO_BODY
from navigator.core.record import OwnRecord
from navigator.domain.plan import budgets, money
from navigator.domain.plan.budgets import BudgetLine, SubsidyLine
from navigator.view.parts import card
from navigator.view.record_sections import activity_card
from navigator.view.sections import Entry, Section

HEADS = ("budget", "spent", "committed", "left")
HOW = (
    "Spent is of what is done, committed of what is confirmed or under way, shared out as its "
    "“paid from” says. Left is the budget less both."
)
NAMED = 6
"""Activities named where a line or a card tells of what may be many."""


def sections(record: OwnRecord, year: int, rate: Decimal | None) -> Iterable[Section]:
    """By budget, and subsidies; neither where nothing is said of them."""
    lines = budgets.by_budget(record.activities, record.budgets, year, rate)
    said = budgets.problems(record.activities, record.budgets, year)
    if lines or said:
        rows = tuple(map(_row, lines))
        yield Section("By budget", rows, "Nothing yet.", legend=HEADS, after=" ".join(said))
    due = budgets.subsidies(record.activities, year)
    if due:
        total = budgets.to_come(due) if len(due) > 1 else ""  # a single line says it itself
        yield Section(
            "Subsidies",
            tuple(map(_subsidy, due)),
            legend=("expected", "claimed", "received"),
            after=total and f"{total[:1].upper()}{total[1:]}.",
        )


def _row(line: BudgetLine) -> Entry:
    cells = (
        money.pounds(line.amount) or "–",
        *(_cell(line, name) for name in ("spent", "committed")),
        "–" if line.left is None else f"{'' if line.known else '≤ '}{money.pounds(line.left)}",
    )
    comes = f"{line.part('possible')} possible" if _may_come(line) else ""
    number = wording.count(len(line.activities), "activity", "activities")
    facts = (
        ("Left", line.left_words),
        ("Possible", comes and f"{line.part('possible')}: what is considered or applied for"),
        ("Activities", titles(line.activities)),
        ("Counted", HOW),
    )
    told = card(NO_BODY, line.name, facts, kind="Figure", copy=words(line))
    return Entry(line.name, cells=cells, detail=wording.joined(number, comes), card=told)


def _may_come(line: BudgetLine) -> bool:
    return bool(line.possible) or "possible" in line.unknown


def _cell(line: BudgetLine, name: str) -> str:
    """An amount in a narrow cell; "+?" where more may belong to it."""
    amount: Decimal = getattr(line, name)
    if name in line.unknown:
        return f"{money.pounds(amount)}+?" if amount else "?"
    return money.pounds(amount)


def titles(activities: Iterable[Activity]) -> str:
    """Those of the first few, and how many more there are."""
    return wording.first_few([a.title for a in activities], NAMED)


def words(line: BudgetLine) -> str:
    """ "Maths: £1,200 budget, £300 spent, £150 committed, £750 left"."""
    parts = [f"{money.pounds(line.amount)} budget"] if line.amount is not None else []
    told = ("spent", "committed", *(["possible"] if _may_come(line) else []))
    parts += [f"{line.part(name)} {name}" for name in told]
    parts += [f"{line.left_words} left"] if line.left is not None else []
    return f"{line.name}: {', '.join(parts)}"


def _subsidy(line: SubsidyLine) -> Entry:
    a = line.activity
    cells = tuple(
        "?" if amount is None else money.pounds(amount)
        for amount in (a.subsidy, a.subsidy_claimed, a.subsidy_received)
    )
    detail = wording.joined(
        _amount_to_come(line.to_claim, "to be claimed"),
        _amount_to_come(line.to_receive, "to be received"),
        _on("claimed", a.claimed_on),
        _on("received", a.received_on),
    )
    return Entry(a.title, cells=cells, detail=detail, card=activity_card(a))


def _amount_to_come(amount: Decimal | None, what: str) -> str:
    if amount is None:
        return f"{what}: {money.NOT_KNOWN}"
    return f"{money.pounds(amount)} {what}" if amount else ""


def _on(what: str, day: date | None) -> str:
    return f"{what} {wording.short_day(day)}" if day else ""


def for_governors(
    activities: Iterable[Activity], every: Iterable[Budget], year: int, rate: Decimal | None
) -> Iterator[str]:
    """Budgets and subsidies as sentences for the plan's page."""
    chosen = list(activities)
    yield from map(words, budgets.by_budget(chosen, every, year, rate))
    if due := budgets.subsidies(chosen, year):
        yield f"Subsidies: {budgets.to_come(due)}"
