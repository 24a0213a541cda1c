"""Schools of a plan that closed: it is shown with those that followed them, and its files stay."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from navigator.core.activity import Activity, PlanDay
from navigator.core.record import OwnRecord
from navigator.core.session import Attendee, Session
from navigator.domain import succession

OLD, OLDER, NEW, OTHER = 100001, 100002, 150001, 100003


class _School:
    def __init__(self, urn: int) -> None:
        self.urn, self.name = urn, f"School {urn}"


class _Register:
    """As much of a register as following asks: two schools became one."""

    def not_open(self, urns: set[int]) -> list[int]:
        return sorted({OLD, OLDER} & set(urns))

    def successor(self, _urn: int) -> list[_School]:
        return [_School(NEW)]


def _followed(record: OwnRecord) -> OwnRecord:
    return succession.follow(record, cast(Any, _Register()))


def test_a_plan_follows_schools_that_became_one() -> None:
    when = date(2026, 10, 8)
    session = Session("s", when, attends=(Attendee("SLE", "Bo", OLDER),))
    a = Activity("a", "Joint", schools=(OLD, OLDER, OTHER), sessions=(session,))
    a = a._replace(attends=(Attendee("Lead", "", OLD), Attendee("Head")))
    a = a._replace(split=f"{OLD} 1; {OLDER} 2; {OTHER} 3")
    day = PlanDay("d", "Ours", "inset", when, when, (OLD,))
    found = _followed(OwnRecord(activities=(a,), days=(day,)))
    (after,) = found.activities
    assert after.schools == (NEW, OTHER)
    assert after.split == f"{NEW} 3; {OTHER} 3"  # what both paid
    assert after.attends == (("Lead", "", NEW), ("Head", "", None))
    assert after.sessions[0].attends == (("SLE", "Bo", NEW),)
    assert found.days[0].schools == (NEW,)


def test_a_plan_whose_schools_are_open_stays_the_same() -> None:
    record = OwnRecord(activities=(Activity("a", "Joint", schools=(OTHER,), split="pupils"),))
    assert _followed(record) is record
