"""Money and cover of a year: against the budget, by term, by provider, and what isn't known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from navigator.core import wording
from navigator.core.activity import Activity
from navigator.core.record import OwnRecord
from navigator.domain.plan import money
from navigator.domain.plan import year as years
from navigator.domain.plan.money import MoneyLine, Sum
from navigator.domain.plan.schools import PlanSchools
from navigator.domain.plan.whose import NO_SCHOOL
from navigator.view import plan_budgets
from navigator.view.parts import TO_SETTINGS, card, copied, figure, some
from navigator.view.plan_budgets import NAMED
from navigator.view.sections import Entry, Section

HOW_SAID = (
    f"“{NO_SCHOOL}” is of activities that name no school: add theirs, or set your own in Settings."
)
HOW_NET = "Release days × the cost of a day of cover, plus fees, less subsidies."
HOW_FIRM = "Of what is confirmed, under way or done."
HOW_POSSIBLE = "Of what is considered or applied for."
HOW_RISK = "The penalty for every session still to come of what is applied for or agreed."
HOW_SPREAD = (
    "Cover is spread evenly over an activity's sessions in school hours; fee and subsidy count "
    "where its first session does."
)

HOW_SHARED = (
    "what is its own share. Cover counts where people are released from, fees as each activity "
    "says. The budget is of the whole plan."
)


def sections(
    record: OwnRecord, year: int, today: date, rate: Decimal | None, schools: PlanSchools
) -> Iterable[Section]:
    """Of the schools looked at. `rate` is what a day of cover costs, None where that isn't set."""
    # A budget is of the whole plan: what one school costs isn't to be held against it
    budget = money.budget_of(record.budgets, year) if schools.seen is None else None
    account = money.account(
        record.activities,
        record.days,
        year,
        rate=rate,
        budget=budget,
        today=today,
        shares=schools if schools.several else None,
    )
    agreed, possible = account.firm, account.possible
    spent = f"{money.pounds(budget)} − {agreed.words} agreed"
    all_spent = f"{spent} − {possible.words} possible"
    cover = f"{money.pounds(rate)} a day" if rate is not None else "not set"
    lines = (
        _amount("Budget", budget, "What you set for the year: under Days."),
        _sum("Agreed", agreed, HOW_FIRM, budget),
        _sum("Possible", possible, HOW_POSSIBLE, budget),
        _counted("Left", account.left_words, f"The budget less what is agreed. Here: {spent}."),
        _counted(
            "Left if all comes about",
            account.left_if_all_words,
            f"The budget less all of it. Here: {all_spent}.",
        ),
        _counted(
            "At risk", account.risk_words, f"{HOW_RISK} {_risks(record, year, today, schools)}"
        ),
        _counted("A day of cover", cover, "What you set in Settings."),
    )
    entries = [entry for entry in lines if entry.right]
    widest = max(len(entry.right) for entry in entries)
    aligned = (entry._replace(right=entry.right.rjust(widest)) for entry in entries)
    here = [a for a in record.activities if years.in_year(a, year)] if schools.several else []
    lacking = (*account.unknown, *(schools.unknown(here) if schools.several else ()))
    unknown = tuple(Entry(text, card=copied(text), fact=True) for text in lacking)
    lead = f"{schools.name}: {HOW_SHARED}" if schools.seen is not None else ""
    yield Section("Money and cover", tuple(aligned), lead=lead)
    if schools.several:
        by_school = list(schools.by_school(here, year, rate))
        yield how_said(_money_table("By school", by_school), (line.name for line in by_school))
    if schools.seen is None:  # budgets and subsidies aren't shared out over schools
        yield from plan_budgets.sections(record, year, rate)
    yield _money_table("By term", account.by_term)
    yield _money_table("By provider", account.by_provider)
    yield Section("Not known, so not counted", unknown, "Nothing: all of it is known.")
    differ = (Entry(text, card=copied(text), fact=True) for text in account.differ)
    yield from some("Release days to look at again", differ)


def how_said(section: Section, schools: Iterable[str]) -> Section:
    """A section that, where a school in it isn't said, tells how to say it."""
    if NO_SCHOOL not in schools:
        return section
    after = wording.joined(section.after, HOW_SAID, sign=" ")
    return section._replace(after=after, keys=wording.joined(section.keys, TO_SETTINGS, sign=" "))


def _counted(label: str, said: str, how: str) -> Entry:
    """A figure as a line whose card tells how it is counted."""
    return Entry(label, right=said, card=figure(label, said, ("Counted", how)), fact=True)


def _amount(label: str, amount: Decimal | None, how: str) -> Entry:
    """A sum as a line; nothing stands at its right where it isn't known."""
    return _counted(label, money.pounds(amount), how)


def _sum(label: str, parts: Sum, of_what: str, budget: Decimal | None) -> Entry:
    """A sum with its arithmetic, and a bar of the budget where there is one."""
    line = _counted(label, parts.words, f"{HOW_NET} {of_what} Here: {arithmetic(parts)}.")
    if not budget:
        return line
    share = float(parts.net / budget)
    over = "over the budget" if share > 1 else ""
    return line._replace(share=min(max(share, 0.0), 1.0), detail=over)


def arithmetic(parts: Sum) -> str:
    """ "2 days of release £420 + fees £150 − subsidies £0"."""
    days = money.days(parts.days)
    release = money.in_part(f"{days} of release", bool(parts.days), "days" not in parts.unknown)
    release = "release days not known" if release == money.NOT_KNOWN else release
    return (
        f"{release} {parts.part('cover')} + fees {parts.part('fees')} "
        f"− subsidies {money.pounds(parts.subsidies)}"
    )


def _risks(record: OwnRecord, year: int, today: date, schools: PlanSchools) -> str:
    """What of each activity is at risk, reckoned as all of it is."""
    missable = ((a, money.missable(a, year, today)) for a in record.activities)
    found = [(a, number) for a, number in missable if number]

    def told(a: Activity, number: int) -> str:
        penalty = a.penalty or money.NOUGHT
        risk = number * penalty
        share = schools.risk(a, risk)
        here = money.NOT_KNOWN if share is None else money.pounds(share)
        part = "" if share == risk else f", of which {here} here"
        return f"{a.title}, {wording.count(number, 'session')} × {money.pounds(penalty)}{part}"

    named = wording.first_few([told(*one) for one in found[:NAMED]], NAMED, "; ", of=len(found))
    return f"Here: {named}." if found else ""


def _money_table(title: str, lines: Iterable[MoneyLine]) -> Section:
    rows = tuple(_money_row(line) for line in lines if line.activities)
    return Section(title, rows, "Nothing yet.", legend=("days", "agreed", "possible"))


def _in_cell(told: str, something: bool, known: bool) -> str:
    """An amount in a narrow cell: "£420+?" where more belongs to it that isn't known, "?" for
    nothing known."""
    if known:
        return told
    return f"{told}+?" if something else "?"


def _money_row(line: MoneyLine) -> Entry:
    """A term's or a provider's figures, and how they are counted; a body's leads to its page."""
    both = money.total((line.firm, line.possible))
    number = f"{both.days:f}".rstrip("0").rstrip(".") or "0"
    days = _in_cell(number, bool(both.days), "days" not in both.unknown)
    agreed, possible = (
        _in_cell(money.pounds(part.net), bool(part.net), part.known)
        for part in (line.firm, line.possible)
    )
    facts = (
        ("Agreed", f"{line.firm.words}: {arithmetic(line.firm)}"),
        ("Possible", f"{line.possible.words}: {arithmetic(line.possible)}"),
        ("Activities", plan_budgets.titles(line.activities)),
        ("Counted", f"{HOW_NET} {HOW_SPREAD}"),
    )
    said = f"Agreed {line.firm.words}, possible {line.possible.words}"
    return Entry(
        line.name,
        cells=(days, agreed, possible),
        detail=wording.count(len(line.activities), "activity", "activities"),
        card=card(line.key, line.name, facts, kind="Figure", copy=said),
    )
