"""Budgets by name and subsidies: to the penny, and what isn't known is never nought."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from navigator.core import paying
from navigator.core.activity import Activity, Budget, Status
from navigator.core.errors import RefusedError
from navigator.core.session import Session
from navigator.domain.plan import budgets, forward, money
from navigator.view import plan_budgets
from tests.tools import random_plans

MATHS = Budget("b-1", 2026, Decimal(1000), "Maths")


def paid(text: str, fee: int | None, **more: Any) -> Activity:
    told: dict[str, Any] = {
        "status": Status.CONFIRMED,
        "release_days": Decimal(0),
        "year": 2026,
        **more,
    }
    cost = None if fee is None else Decimal(fee)
    return Activity(text, text or "A", fee=cost, paid_from=text)._replace(**told)


@pytest.mark.parametrize(
    ("text", "costs", "shared"),
    [
        ("", 100, {"": 100}),
        ("maths", 100, {"maths": 100}),
        ("maths 60%; pupil premium 40%", 100, {"maths": 60, "pupil premium": 40}),
        ("maths: 60 %; trust", 100, {"maths": 60, "trust": 40}),
        ("maths £30; trust", 100, {"maths": 30, "trust": 70}),
        ("maths £1,200.50", 100, {"maths": 100}),
        ("maths £30", 100, {"maths": 30, "": 70}),
        ("maths 50%", 100, {"maths": 50, "": 50}),
        ("Year 7 catch-up", 100, {"Year 7 catch-up": 100}),
    ],
)
def test_a_cost_is_shared_out_as_it_is_written(
    text: str, costs: int, shared: dict[str, int]
) -> None:
    amount = Decimal(costs)
    assert dict(budgets.shared(paid(text, costs), amount, amount)) == shared


def test_thirds_of_a_penny_are_not_lost() -> None:
    whole = Decimal("100.01")
    told = budgets.shared(paid("a 33%; b 33%; c 34%", 1), whole, whole)
    assert sum(amount for _, amount in told) == whole


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("maths; trust", "doesn't say how much"),
        ("maths 70%; trust 40%", "more than 100%"),
        ("maths £30; trust 40%", "percent and pounds"),
        ("maths £3; MATHS", "twice"),
        ("a 60%; b 40%; c", "leaves nothing for c"),
        ("50%", "names no budget"),
        ("maths £1,20", "names no budget"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(text: str, why: str) -> None:
    with pytest.raises(RefusedError, match=why):
        paying.shares(text)


def test_each_budget_has_what_is_spent_committed_possible_and_left() -> None:
    every = [
        paid("maths", 100, status=Status.DONE),
        paid("MATHS 50%; trust", 200),
        paid("maths £10; PP", 30, status=Status.APPLIED),
        paid("", 7),
        paid("maths", 999, status=Status.DECLINED),
    ]
    lines = budgets.by_budget(every, [MATHS], 2026, None)
    told = [(x.name, x.amount, x.spent, x.committed, x.possible, x.left) for x in lines]
    assert told == [
        ("Maths", 1000, 100, 100, 10, 800),
        ("trust", None, 0, 100, 0, None),
        ("PP", None, 0, 0, 20, None),
        (budgets.NO_BUDGET, None, 0, 7, 0, None),
    ]
    assert plan_budgets.words(lines[0]) == (
        "Maths: £1,000 budget, £100 spent, £100 committed, £10 possible, £800 left"
    )
    assert budgets.by_budget([paid("", 7)], [Budget("", 2026, Decimal(9))], 2026, None) == ()


def test_a_cost_that_isnt_known_leaves_at_most() -> None:
    (line,) = budgets.by_budget([paid("maths", None)], [MATHS], 2026, None)
    assert (line.known, line.left_words) == (False, "at most £1,000")
    assert "not known committed" in plan_budgets.words(line)
    assert plan_budgets.words(line).startswith("Maths: £1,000 budget, £0 spent, not known")


def test_budgets_by_name_and_shared_costs_add_up_in_plans_of_chance() -> None:
    for number in range(30):
        plan = random_plans.plan(number)
        account = money.account(plan, [], 2026, rate=Decimal(210), today=date(2026, 11, 22))
        lines = budgets.by_budget(plan, [MATHS], 2026, Decimal(210))
        assert sum(x.spent + x.committed for x in lines) == account.firm.net
        assert sum(x.possible for x in lines) == account.possible.net


def test_a_year_has_its_part_of_what_a_budget_pays() -> None:
    days = (date(2026, 10, 8), date(2027, 10, 7))
    sessions = tuple(Session(f"s-{n}", day, in_school_hours=True) for n, day in enumerate(days))
    a = paid("maths £100; trust", 0, sessions=sessions, release_days=Decimal(2))
    rate = Decimal(100)
    told = [
        {x.name: x.committed for x in budgets.by_budget([a], [], y, rate)} for y in (2026, 2027)
    ]
    assert told == [{"maths": 50, "trust": 50}] * 2


def test_what_does_not_fit_is_said() -> None:
    whole = Budget("b", 2026, Decimal(900))
    said = budgets.problems([paid("maths; trust", 1)], [MATHS, whole], 2026)
    assert "doesn't say how much" in said[0]
    assert said[1] == "The budgets by name make £1,000, more than the £900 of the whole."
    more = budgets.problems([], [MATHS, whole._replace(amount=Decimal(1500))], 2026)
    assert more == ("£500 of the whole budget has no name.",)
    assert money.budget_of([MATHS], 2026) == 1000
    assert money.budget_of([MATHS, whole], 2026) == 900
    assert money.budget_of([MATHS], 2027) is None


def test_of_a_subsidy_it_is_told_what_is_still_to_come() -> None:
    every = [
        paid("a", 1, subsidy=Decimal(300)),
        paid("b", 1, subsidy=Decimal(300), subsidy_claimed=Decimal(200)),
        paid("c", 1, subsidy_claimed=Decimal(50), subsidy_received=Decimal(20)),
        paid("d", 1, subsidy=Decimal(0)),
        paid("e", 1),
    ]
    lines = budgets.subsidies(every, 2026)
    assert [(x.activity.title, x.to_claim, x.to_receive) for x in lines] == [
        ("a", 300, 300),
        ("b", 100, 200),
        ("c", None, 30),
    ]
    assert budgets.to_come(lines) == (
        "£400 still to be claimed, £530 still to be received; what is expected is not known for 1"
    )
    assert money.cost(every[2], None).subsidies == 50


def test_next_year_claims_anew() -> None:
    session = Session("s-1", date(2026, 10, 8))
    a = paid("maths", 1, subsidy_claimed=Decimal(50), received_on=date(2026, 11, 1), year=None)
    (copy,) = forward.copy([a._replace(sessions=(session,))], 2026, 2027, []).activities
    assert (copy.paid_from, copy.subsidy_claimed, copy.received_on) == ("maths", None, None)


def _over_two_years(text: str, **more: Any) -> Activity:
    days = (date(2027, 6, 10), date(2027, 10, 7))
    sessions = tuple(Session(f"s-{n}", day, in_school_hours=True) for n, day in enumerate(days))
    return paid(text, 0, sessions=sessions, year=None, **more)


def test_a_later_year_pays_what_the_earlier_left_of_the_pounds_told() -> None:
    a = _over_two_years("maths £100.01; trust", release_days=Decimal(2))
    told = [
        {x.name: x.committed for x in budgets.by_budget([a], [], y, Decimal(200))}
        for y in (2026, 2027)
    ]
    assert told == [
        {"maths": Decimal("50.01"), "trust": Decimal("149.99")},
        {"maths": Decimal("50.00"), "trust": Decimal("150.00")},
    ]


def test_a_subsidy_is_of_the_year_of_the_first_session() -> None:
    a = _over_two_years("maths", subsidy=Decimal(300))
    assert [len(budgets.subsidies([a], year)) for year in (2026, 2027)] == [1, 0]


def test_two_budgets_of_one_name_are_one() -> None:
    both = [MATHS, Budget("b-2", 2026, Decimal(50), "maths")]
    (line,) = budgets.by_budget([], both, 2026, None)
    assert (line.name, line.amount) == ("Maths", 1050)
    assert line.amount == money.budget_of(both, 2026)


def test_pounds_without_measure_in_a_file_are_no_more_than_the_cost() -> None:
    a = paid(f"maths £{'9' * 30}; trust", 500)
    told = {x.name: x.committed for x in budgets.by_budget([a], [], 2026, None)}
    assert told == {"maths": 500, "trust": 0}


@pytest.mark.parametrize("name", ["Maths; trust", "maths 50%", "maths £5", "%", "maths:"])
def test_a_budget_has_a_name_that_paid_from_can_say(name: str) -> None:
    with pytest.raises(RefusedError, match="can't be a budget's name"):
        budgets.known_name([], 2026, name)
    # one that an older file has may still be changed
    assert budgets.known_name([MATHS._replace(name=name)], 2026, name.upper()) == name
