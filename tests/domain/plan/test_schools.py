"""A plan of several schools: shares to the penny, clashes across schools, days of one or of all."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from navigator.core.activity import Activity, PlanDay, Status
from navigator.core.errors import RefusedError
from navigator.core.fields import Field
from navigator.core.record import OwnRecord
from navigator.core.session import Attendee, Session
from navigator.core.values import VALUES
from navigator.directory import planning
from navigator.domain.plan import cover_sheet, money
from navigator.domain.plan import year as years
from navigator.domain.plan.money import Sum
from navigator.domain.plan.schools import PlanSchools, named_in
from navigator.view import plan_pages
from navigator.view.plan_pages import PlanView
from tests.tools import random_plans

A, B, C = 139217, 122771, 100000
TODAY = date(2026, 9, 1)
SPLIT = Field("split")
THURSDAY = date(2026, 10, 8)
NAMES = {A: "Alder School", B: "Beech School", C: "Cedar School"}
ALL = PlanSchools(home=A, names=NAMES, rolls={A: 400, B: 200, C: None}, several=True)


def _at(*urns: int) -> PlanSchools:
    return ALL._replace(seen=frozenset(urns))


def _session(day: date = THURSDAY, start: time | None = time(13, 30), name: str = "s") -> Session:
    return Session(name, day, start, 90, True)


def _activity(name: str, *urns: int, **told: Any) -> Activity:
    return Activity(name, name.capitalize(), schools=urns, sessions=(_session(),))._replace(**told)


def _share(a: Activity, urn: int, rate: int | None = None) -> Sum:
    return _at(urn).cost(a, None if rate is None else Decimal(rate))


def test_fees_are_shared_equally_by_pupils_or_as_typed_to_the_penny() -> None:
    fee = Decimal("100.00")
    equal = _activity("a", A, B, C, fee=fee)
    shares = [_share(equal, urn).fees for urn in (A, B, C)]
    assert shares == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    by_pupils = _activity("a", A, B, fee=fee, split="pupils")
    assert [_share(by_pupils, urn).fees for urn in (A, B)] == [Decimal("66.67"), Decimal("33.33")]
    typed = _activity("a", A, B, fee=fee, split=f"{A} 3; {B} 1")
    assert [_share(typed, urn).fees for urn in (A, B)] == [75, 25]


def test_a_roll_that_is_not_known_is_not_guessed() -> None:
    a = _activity("a", A, C, fee=Decimal(90), split="pupils", status=Status.CONFIRMED)
    assert _share(a, A).words == money.NOT_KNOWN
    lines = ALL.by_school([a], 2026, None)
    assert [(x.name, x.firm.fees) for x in lines][-1] == ("Not shared yet", Decimal(90))
    assert list(ALL.unknown([a])) == [
        "A: fees can't be shared, the roll of Cedar School isn't known."
    ]
    assert ALL.cost(a, None).fees == 90  # the whole is known


def test_cover_is_counted_where_people_are_released_from() -> None:
    who = (Attendee("Maths lead", "Ann", A), Attendee("Maths lead", "Bo", B), Attendee("TA", "", B))
    a = _activity("a", A, B, attends=who, release_days=Decimal(3), fee=Decimal(10))
    assert [_share(a, urn, 100).cover for urn in (A, B)] == [100, 200]
    # somebody who is sent by a school that isn't among those that share the fee
    lent = _activity("a", A, attends=(Attendee("Coach", "Cy", C),), release_days=Decimal(1))
    assert [_share(lent, urn, 100).cover for urn in (A, C)] == [0, 100]


def test_a_name_without_a_school_is_released_from_the_one_that_the_plan_has_for_it() -> None:
    who = (Attendee("SLE", "Ann"), Attendee("Maths lead", "Bo", A))
    joint = _activity("joint", A, B, attends=who, release_days=Decimal(2))
    joint = joint._replace(split=f"{A} 3; {B} 1")
    known = _activity("own", B, attends=(Attendee("Teacher", "Ann"),))
    two = _activity("two", A, attends=(Attendee("Teacher", "Ann"),))
    for plan, shares in (([joint, known], [100, 100]), ([joint, known, two], [150, 50])):
        told = [_at(urn).knowing(plan).cost(joint, Decimal(100)).cover for urn in (A, B)]
        assert told == shares


def test_a_role_is_one_in_each_school_and_all_teachers_are_not_counted() -> None:
    a = _activity("a", A, B, attends=(Attendee("Maths lead"),), release_days=Decimal(2))
    assert [_share(a, urn, 100).cover for urn in (A, B)] == [100, 100]
    everyone = _activity("a", A, B, attends=(Attendee("All teachers"),), release_days=Decimal(2))
    everyone = everyone._replace(split=f"{A} 3; {B} 1")
    assert [_share(everyone, urn, 100).cover for urn in (A, B)] == [150, 50]


def test_shares_of_random_plans_add_up_to_an_independent_sum() -> None:
    rate, rolls = Decimal("210.35"), {urn: 90 + n * 37 for n, urn in enumerate(random_plans.URNS)}
    schools = PlanSchools(random_plans.URNS[0], {}, rolls, several=True)
    for number in range(60):
        plan = random_plans.plan(number)
        for year in (2025, 2026, 2027):
            budget = None
            whole = money.account(plan, (), year, rate=rate, budget=budget, today=TODAY)
            lines = schools.by_school(plan, year, rate)
            for of in ("firm", "possible"):
                total = getattr(whole, of)
                assert (
                    money.total(getattr(line, of) for line in lines)._replace(unknown=total.unknown)
                    == total
                ), number
            for line in lines:  # one school looked at is its line
                one = schools._replace(seen=frozenset([line.key.urn]) if line.key.urn else None)
                if one.seen is None:
                    continue
                mine = one.narrowed(OwnRecord(activities=tuple(plan))).activities
                account = money.account(mine, (), year, rate=rate, today=TODAY, shares=one)
                assert (account.firm, account.possible) == (line.firm, line.possible), number
        for a in plan:
            _check_fees(a, schools, rolls)


def _check_fees(a: Activity, schools: PlanSchools, rolls: dict[int, int]) -> None:
    """Fees by a calculation of its own: an exact fraction, to within a penny."""
    owners = a.schools or (random_plans.URNS[0],)
    parts = dict.fromkeys(owners, 1)
    if a.split == "pupils":
        parts = {urn: rolls[urn] for urn in owners}
    elif a.split and len(owners) > 1:
        parts = {int(u): int(p) for u, p in (x.split() for x in a.split.split("; "))}
    for urn in owners:
        exact = Fraction(a.fee or 0) * parts[urn] / sum(parts.values())
        got = schools._replace(seen=frozenset([urn])).cost(a, None).fees
        assert abs(exact - Fraction(got)) < Fraction(1, 100)


def test_many_sessions_do_not_favour_the_first_school() -> None:
    days = tuple(_session(date(2026, 10, d), name=f"s{d}") for d in range(1, 29))
    a = _activity("a", A, B, sessions=days, release_days=Decimal("28.28"))
    shares = [_share(a, urn, 1).cover for urn in (A, B)]
    assert abs(shares[0] - shares[1]) <= Decimal("0.01")


def test_a_person_of_two_schools_is_one_and_their_clash_is_told_in_both() -> None:
    one = _activity("one", A, attends=(Attendee("Maths lead", "Ann Other"),))
    two = _activity("two", B, attends=(Attendee("SLE", "Ann Other"),))
    for schools in (ALL, _at(A), _at(B)):
        (clash,) = schools.clashes([one, two], (), None)
        assert clash.kind == "person"
        assert "Ann Other would be in two places at once" in clash.words
        assert "(Alder School, Beech School)" in clash.words
    assert _at(C).clashes([one, two], (), None) == ()


def test_roles_of_two_schools_are_two_people_and_cover_is_told_by_school() -> None:
    one = _activity("one", A, attends=(Attendee("Maths lead"),))
    two = _activity("two", B, attends=(Attendee("Maths lead"),))
    assert ALL.clashes([one, two], (), None) == ()
    joint = _activity("joint", A, B, attends=(Attendee("Year 2 teacher"), Attendee("SENCO")))
    found = ALL.clashes([one, joint], (), 2)
    assert [c.words for c in found] == [
        "8 Oct 2026: 3 people out of class at Alder School "
        "(Maths lead, Year 2 teacher, SENCO): “Joint” and “One”."
    ]


def test_all_teachers_of_one_school_are_not_those_of_another() -> None:
    inset = _activity("inset", A, attends=(Attendee("All teachers"),))
    away = _activity("away", B, attends=(Attendee("Year 2 teacher", "Bo"),))
    assert {c.kind for c in ALL.clashes([inset, away], (), None)} == {"cover"}
    both = away._replace(attends=(Attendee("Coach", "Bo"),))
    own = _activity("own", A, attends=(Attendee("Year 2 teacher", "Bo"),))
    own = own._replace(sessions=(_session(date(2026, 11, 5)),))
    kinds = {c.kind for c in ALL.clashes([inset, both, own], (), None)}
    assert "person" in kinds  # Bo teaches at Alder School, too


def test_days_are_of_all_schools_or_of_one() -> None:
    joint = _activity("joint", A, B)
    shared = PlanDay("d1", "Trust day", "inset", THURSDAY, THURSDAY)
    own = shared._replace(id="d2", title="Our day", schools=(B,))
    (clash,) = ALL.clashes([joint], (shared,), None)
    assert clash.words.endswith("is on an INSET day (Trust day) at Alder School, Beech School.")
    (clash,) = ALL.clashes([joint], (own,), None)
    assert clash.words.endswith("(Our day) at Beech School.")
    assert _at(A).clashes([joint], (own,), None) == ()
    record = OwnRecord(activities=(joint,), days=(shared, own))
    assert _at(A).narrowed(record).days == (shared,)
    assert named_in(record) == {A, B}


def test_a_plan_that_names_one_school_is_as_if_it_named_none() -> None:
    rate = Decimal(200)
    for number in range(20):
        plan = [a._replace(schools=(), split="") for a in random_plans.plan(number)]
        plan = [_unplaced(a) for a in plan]
        named = [a._replace(schools=(A,)) for a in plan]
        assert [c.told(names=True) for c in PlanSchools(A).clashes(plan, (), None)] == [
            c._replace(at="").told(names=True) for c in ALL.clashes(named, (), None)
        ]
        (line,) = ALL.by_school(named, 2026, rate) or (None,)
        account = money.account(plan, (), 2026, rate=rate, today=TODAY)
        assert line is None or (line.firm, line.possible) == (account.firm, account.possible)


def _unplaced(a: Activity) -> Activity:
    def bare(who: tuple[Attendee, ...]) -> tuple[Attendee, ...]:
        return tuple(p._replace(school=None) for p in who)

    sessions = tuple(s._replace(attends=bare(s.attends)) for s in a.sessions)
    return a._replace(attends=bare(a.attends), sessions=sessions)


def test_a_total_counts_what_several_schools_share_once() -> None:
    joint = _activity("joint", A, B, fee=Decimal(100), status=Status.CONFIRMED)
    lines = ALL.by_school([joint], 2026, None)
    counts = {line.name: len(line.activities) for line in lines}
    assert counts == {"Alder School": 1, "Beech School": 1}
    account = money.account([joint], (), 2026, rate=None, today=TODAY, shares=ALL)
    assert account.firm.fees == sum(line.firm.fees for line in lines) == 100
    assert len(account.by_provider[0].activities) == 1


def test_penalties_are_shared_as_fees_are() -> None:
    joint = _activity("joint", A, B, penalty=Decimal(25), status=Status.CONFIRMED)
    risks = [
        money.account([joint], (), 2026, rate=None, today=TODAY, shares=_at(urn)).at_risk
        for urn in (A, B)
    ]
    assert risks == [Decimal("12.50")] * 2


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("equally", ""),
        ("By pupils", "pupils"),
        ("139217 £1,200; 122771: 30%", "139217 1200; 122771 30"),
        ("139217=2\n122771=1.5", "139217 2; 122771 1.50"),
    ],
)
def test_how_a_split_may_be_typed(typed: str, kept: str) -> None:
    assert VALUES["split"].typed(typed, SPLIT) == kept
    assert VALUES["split"].typed(kept, SPLIT) == kept


@pytest.mark.parametrize("typed", ["half", "139217", "139217 0; 122771 0", "139217 1; 139217 2"])
def test_a_split_that_says_nothing_is_refused(typed: str) -> None:
    with pytest.raises(RefusedError):
        VALUES["split"].typed(typed, SPLIT)


def test_the_year_is_that_of_the_sessions_for_each_school() -> None:
    chance = random.Random(4)
    days = [date(2026, 5, 7), date(2026, 10, 8), date(2027, 10, 7)]
    sessions = tuple(_session(day, name=f"s{n}") for n, day in enumerate(days))
    a = _activity("a", A, B, sessions=sessions, release_days=Decimal(chance.randint(1, 9)))
    by: dict[int, Decimal] = defaultdict(Decimal)
    for year in (2025, 2026, 2027):
        for line in ALL.by_school([a], year, Decimal(101)):
            by[year] += line.possible.cover
    assert sum(by.values()) == money.cost(a, Decimal(101)).cover
    assert years.years_of(a) == set(by)


def test_who_is_out_is_told_school_by_school() -> None:
    joint = _activity("joint", A, B, attends=(Attendee("Maths lead"),))
    lent = Session("s2", date(2026, 10, 15), time(9), 60, True, attends=(Attendee("SLE", "Bo", B),))
    joint = joint._replace(sessions=(*joint.sessions, lent))
    own = PlanDay("d", "Our day", "inset", THURSDAY, THURSDAY, (A,))
    record = OwnRecord(activities=(joint,), days=(own,))
    found = {
        name: cover_sheet.weeks(r.activities, r.days, 2026, most=1) for name, r in ALL.apart(record)
    }
    assert list(found) == ["Alder School", "Beech School"]
    (week,) = found["Alder School"]  # an INSET day there, and Bo isn't released from there
    assert "Our day" in week.apart[0]
    assert not any(half.out for half in week.halves)
    people = [[p.text() for h in w.halves for p in h.people] for w in found["Beech School"]]
    assert people == [["Maths lead"], ["SLE: Bo"]]
    assert dict(ALL._replace(several=False).apart(record)) == {"": record}


def test_a_session_of_others_alone_is_no_clash_of_cover_here() -> None:
    usual = (Attendee("Maths lead", "Ann", A), Attendee("Maths lead", "Bo", B))
    theirs = _session()._replace(attends=usual[1:])
    joint = _activity("joint", A, B, attends=usual, sessions=(theirs,))
    alone = _activity("alone", A, attends=(Attendee("Year 2 teacher"),))
    assert ALL.clashes([joint, alone], (), None) == ()


def test_cover_is_counted_by_school_where_the_heads_own_is_not_known() -> None:
    who = (Attendee("Lead"), Attendee("Coach", "", B))
    a = _activity("a", attends=who, release_days=Decimal(1), fee=Decimal(0))
    for home in (None, A):
        shares = ALL._replace(home=home).each(a, Decimal(200))
        assert {urn: part.cover for urn, part in shares.items()} == {home or 0: 100, B: 100}


def test_penalties_that_cannot_be_shared_are_not_known() -> None:
    a = _activity("a", A, C, penalty=Decimal(50), split="pupils", status=Status.CONFIRMED)
    own = _activity("b", A, penalty=Decimal(20), status=Status.CONFIRMED)
    accounts = [
        money.account(plan, (), 2026, rate=None, today=TODAY, shares=_at(A))
        for plan in ([a], [a, own], [own], [])
    ]
    told = [account.risk_words for account in accounts]
    assert told == ["not known", "£20 + not known", "£20", ""]
    view = PlanView(2026, TODAY, schools=_at(A))
    sections = plan_pages.sections(2, OwnRecord(activities=(a,)), view)
    (line,) = (e for s in sections for e in s.entries if e.text == "At risk")
    assert line.card
    assert dict(line.card.facts)["Counted"].endswith("1 session × £50, of which not known here.")


def test_a_split_that_cannot_be_read_shares_nothing() -> None:
    a = _activity("a", A, B, fee=Decimal(100), split="half each")
    assert {urn: part.fees for urn, part in ALL.each(a, None).items()} == {A: 0, B: 0, None: 100}
    assert list(ALL.unknown([a])) == ["A: fees can't be shared, the split can't be read."]


def test_clashes_are_found_anew_where_bank_holidays_are_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = (_activity("a", A, B),)
    assert ALL.clashes(plan, (), None) == ()
    assert ALL.clashes(plan, (), None) is ALL.clashes(plan, (), None)
    monkeypatch.setattr(planning, "bank_holidays", lambda: {THURSDAY: "A holiday"})
    for schools in (ALL, PlanSchools()):
        (clash,) = schools.clashes(plan, (), None)
        assert "on a bank holiday (A holiday)" in clash.words


@pytest.mark.parametrize("schools", [ALL, PlanSchools()])
def test_clashes_may_be_asked_for_while_others_are_compared(schools: PlanSchools) -> None:
    class Asking(int):
        """A number that another asks with while it is compared, as another thread may."""

        asks = True

        def __eq__(self, other: object) -> bool:
            if self.asks:
                self.asks = False
                schools.clashes((_activity("c", A),), (), 3)
            return int(self) == int(other) if isinstance(other, int) else False

        __hash__ = int.__hash__

    plan = (_activity("a", A),)
    assert schools.clashes(plan, (), 4) == ()
    assert schools.clashes(plan, (), Asking(2)) == ()
