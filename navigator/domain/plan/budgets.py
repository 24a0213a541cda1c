"""Budgets by their names, what each pays, and subsidies: expected, claimed, received.

What an activity costs in a year (`money.parts`) is shared out over the budgets that its `paid_from`
names; what it doesn't name, and what can't be read, stands under no budget. What isn't known is
never nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from navigator.core import paying
from navigator.core.activity import COMMITTED, Activity, Budget, Status
from navigator.core.errors import RefusedError
from navigator.domain.plan import money
from navigator.domain.plan import year as years
from navigator.domain.plan.money import NOUGHT, PENNY

NO_BUDGET = "No budget told"


class BudgetLine(NamedTuple):
    """A budget: `amount` is None where none is set. `spent` is of what is done, `committed` of what
    is confirmed or under way, `possible` of what may come about; `unknown` names those of the three
    that aren't known in full."""

    name: str
    amount: Decimal | None
    spent: Decimal = NOUGHT
    committed: Decimal = NOUGHT
    possible: Decimal = NOUGHT
    unknown: frozenset[str] = frozenset()
    activities: tuple[Activity, ...] = ()

    @property
    def known(self) -> bool:
        """Whether all that takes from the budget is known."""
        return not self.unknown & {"spent", "committed"}

    def part(self, name: str) -> str:
        """One of the three in words: "£420", "£420 + not known"."""
        amount: Decimal = getattr(self, name)
        return money.in_part(money.pounds(amount), bool(amount), name not in self.unknown)

    @property
    def left(self) -> Decimal | None:
        return None if self.amount is None else self.amount - self.spent - self.committed

    @property
    def left_words(self) -> str:
        """ "£620", "at most £620"; "not set" without a budget."""
        return money.at_most(self.left, self.known) or "not set"


def known_name(budgets: Iterable[Budget], year: int, name: str) -> str:
    """A budget's name as the year has it already, however its capitals were typed.

    Raises:
        RefusedError: no “paid from” could say it.
    """
    typed = " ".join(name.split())
    known = (b.name for b in budgets if b.year == year and b.name.casefold() == typed.casefold())
    return next(known, "") or (paying.budget_name(typed) if typed else "")


def by_budget(
    activities: Iterable[Activity], budgets: Iterable[Budget], year: int, rate: Decimal | None
) -> tuple[BudgetLine, ...]:
    """A line a named budget of the year, or name that an activity tells; last what has none. Empty
    where neither a budget nor an activity tells a name."""
    named = [b for b in budgets if b.year == year and b.name]
    lines: dict[str, BudgetLine] = {}
    for b in named:  # two of one name are one budget, as `money.budget_of` has it
        line = lines.get(b.name.casefold(), BudgetLine(b.name, NOUGHT))
        lines[b.name.casefold()] = line._replace(amount=(line.amount or NOUGHT) + b.amount)
    counted = [a for a in activities if a.status is not Status.DECLINED and years.in_year(a, year)]
    if not named and not any(a.paid_from for a in counted):
        return ()
    for a in counted:
        whole = here = money.cost(a, rate)
        before = NOUGHT
        if len(years.told_years(a)) > 1:
            parts = [(years.year_of(s.date), part) for s, part in money.parts(a, rate) if s]
            here = money.total(part for y, part in parts if y == year)
            before = money.total(part for y, part in parts if y < year).net
        for name, amount in shared(a, here.net, whole.net, before):
            line = lines.get(name.casefold(), BudgetLine(name or NO_BUDGET, None))
            lines[name.casefold()] = _with(line, a, amount, here.known)
    last = lines.pop("", None)
    return (*lines.values(), *([last] if last else []))


def _with(line: BudgetLine, a: Activity, amount: Decimal, known: bool) -> BudgetLine:
    name = "possible" if a.status not in COMMITTED else "committed"
    name = "spent" if a.status is Status.DONE else name
    values: dict[str, Any] = {
        name: getattr(line, name) + amount,
        "activities": (*line.activities, a),
        "unknown": line.unknown | (frozenset() if known else {name}),
    }
    return line._replace(**values)


def shared(
    a: Activity, here: Decimal, whole: Decimal, before: Decimal = NOUGHT
) -> list[tuple[str, Decimal]]:
    """What of an activity's cost each budget pays, "" for none; together `here`, to the penny.

    Args:
        a: The activity.
        here: What of it is to be shared out: that of a year.
        whole: What all of it costs, of which pounds that were told are a part.
        before: What of it earlier years cost: a later one pays what they left of those pounds.
    """
    try:
        told = paying.shares(a.paid_from)
    except RefusedError:
        told = ()
    found: list[tuple[str, Decimal]] = []
    left, rest = here, ""
    for share in told:
        if share.percent is not None:
            amount = _penny(here * share.percent / 100)
        elif share.pounds is not None:
            due = min(share.pounds, max(whole, NOUGHT))
            paid, until = (
                _penny(due * n / whole) if due else NOUGHT for n in (before, before + here)
            )
            amount = min(until - paid, max(left, NOUGHT))
        else:
            rest = share.name
            continue
        found.append((share.name, amount))
        left -= amount
    all_told = sum(share.percent or 0 for share in told) == 100
    if all_told and left:  # pennies lost in rounding
        name, amount = found[-1]
        found[-1], left = (name, amount + left), NOUGHT
    if rest or left or not found:
        found.append((rest, left))
    return found


def _penny(amount: Decimal) -> Decimal:
    return amount.quantize(PENNY, ROUND_HALF_UP)


def problems(
    activities: Iterable[Activity], budgets: Iterable[Budget], year: int
) -> tuple[str, ...]:
    """What doesn't fit, in sentences: a text that can't be read, names that add up to more."""
    found = []
    for a in activities:
        if a.paid_from and a.status is not Status.DECLINED and years.in_year(a, year):
            try:
                paying.shares(a.paid_from)
            except RefusedError as error:
                found.append(f"{a.title}, paid from: {error}")
    here = [b for b in budgets if b.year == year]
    whole = next((b.amount for b in here if not b.name), None)
    named = sum((b.amount for b in here if b.name), NOUGHT)
    if whole is not None and named > whole:
        found.append(
            f"The budgets by name make {money.pounds(named)}, more than the "
            f"{money.pounds(whole)} of the whole."
        )
    elif whole is not None and named and named < whole:
        found.append(f"{money.pounds(whole - named)} of the whole budget has no name.")
    return tuple(found)


class SubsidyLine(NamedTuple):
    """The subsidy of an activity: each None where it isn't known."""

    activity: Activity

    @property
    def to_claim(self) -> Decimal | None:
        """What of that expected nobody has claimed, as far as is said; None where it isn't known
        what is expected."""
        a = self.activity
        if a.subsidy is None:
            return None
        done = a.subsidy_claimed if a.subsidy_claimed is not None else a.subsidy_received
        return max(a.subsidy - (done or NOUGHT), NOUGHT)

    @property
    def to_receive(self) -> Decimal | None:
        """What is claimed, else expected, and hasn't come."""
        a = self.activity
        due = a.subsidy_claimed if a.subsidy_claimed is not None else a.subsidy
        return None if due is None else max(due - (a.subsidy_received or NOUGHT), NOUGHT)


def subsidies(activities: Sequence[Activity], year: int) -> tuple[SubsidyLine, ...]:
    """The activities of a year of which anything about a subsidy is said, other than that there is
    none. It falls on the first session, as `money.parts` has it."""
    return tuple(
        SubsidyLine(a)
        for a in activities
        if a.status is not Status.DECLINED
        and _falls_in(a, year)
        and (a.subsidy or a.subsidy_claimed is not None or a.subsidy_received is not None)
    )


def _falls_in(a: Activity, year: int) -> bool:
    """Whether an activity's subsidy is of a year."""
    if not a.sessions:
        return years.in_year(a, year)
    return years.year_of(min(session.date for session in a.sessions)) == year


def to_come(lines: Iterable[SubsidyLine]) -> str:
    """ "£300 still to be claimed, £500 still to be received", and for how many that isn't known."""
    lines = tuple(lines)
    claim = sum((line.to_claim or NOUGHT for line in lines), NOUGHT)
    receive = sum((line.to_receive or NOUGHT for line in lines), NOUGHT)
    unknown = sum(line.to_claim is None for line in lines)
    told = (
        f"{money.pounds(claim)} still to be claimed, {money.pounds(receive)} still to be received"
    )
    return f"{told}; what is expected is {money.NOT_KNOWN} for {unknown}" if unknown else told
