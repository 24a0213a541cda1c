"""What each table holds and covers: figures that the tables themselves give."""

from __future__ import annotations

from datetime import date

from navigator.core.model import School
from navigator.directory import open_directory
from navigator.directory.summary import (
    Checked,
    Covered,
    SchoolsAlike,
    TableSummary,
    checked,
    summaries,
)
from tests.directory.test_facts import THEN, TODAY, school


def by_id(schools: list[School] | None, day: date) -> dict[str, TableSummary]:
    alike = None
    if schools is not None:
        alike = [
            SchoolsAlike(*(s.la_code, s.district_name, s.region, s.phase, s.low_age, s.high_age), 1)
            for s in schools
            if s.is_open_on(day)
        ]
    return {s.id: s for s in summaries(open_directory(), alike, day)}


def of_all(covered: Covered) -> int:
    return covered.high + covered.medium + covered.low + covered.none


def test_tables_without_schools() -> None:
    found = by_id(None, TODAY)
    assert list(found) == [
        *(p.id for p in open_directory().programmes),
        "networks",
        "partnerships",
    ]
    assert all(of_all(s.authorities) == 153 and s.schools is None for s in found.values())
    days = {id: s.as_of for id, s in found.items()}
    assert days["english-hub"] == TODAY
    assert days["maths-hub"] == date(2026, 11, 27)
    assert {id for id, day in days.items() if day is None} == {
        "whole-school-send",
        "advanced-maths-support",
    }
    maths = found["maths-hub"]
    assert (maths.rows, maths.hubs, maths.in_force, maths.source_year) == (44, 40, 40, "2025")
    assert maths.authorities == Covered(high=89, medium=55, low=5, none=4)
    assert maths.counted is not None
    assert maths.counted.hubs == 40
    assert found["teaching-school-hub"].authorities.none == 0
    assert found["careers-hub"].counted is None
    assert (found["networks"].rows, found["partnerships"].rows) == (137, 127)
    assert found["partnerships"].in_force == 125  # two are closed
    assert found["networks"].authorities.none == 62  # the network of all England covers none


def test_another_day_counts_what_ran_then() -> None:
    now, then = by_id(None, TODAY)["behaviour-hub"], by_id(None, THEN)["behaviour-hub"]
    assert (now.in_force, now.authorities.none) == (0, 153)
    assert now.hubs == then.hubs == 25
    assert then.in_force > 0
    assert then.counted is not None
    assert then.counted.day <= THEN
    attendance = by_id(None, THEN)["attendance-behaviour-hub"]
    assert (attendance.in_force, attendance.counted) == (0, None)


def test_schools_count_where_they_are_open_and_meant() -> None:
    schools = [
        school("330"),  # Birmingham
        school("880"),  # Torbay, for which no Maths Hub is known
        school("880", phase="secondary", low_age=11, high_age=16),
        school("880", status="Closed"),
    ]
    found = by_id(schools, TODAY)
    assert found["maths-hub"].schools == Covered(high=1, medium=0, low=0, none=2)
    english = found["english-hub"].schools
    assert english is not None
    assert of_all(english) == 2  # not for secondary schools


def test_all_of_england_is_summed_up() -> None:
    districts = open_directory().districts()
    schools = [
        school(d.la_code, d.name, low_age=4 + n % 3, high_age=11 + n % 7)
        for n in range(75)
        for d in districts
    ]
    assert len(schools) == 22_200
    found = by_id(schools, TODAY)
    assert found["rise-region"].schools == Covered(high=22_200, medium=0, low=0, none=0)


def test_rows_that_were_not_checked_since_are_counted_and_the_oldest_is_told() -> None:
    since, oldest = date(2026, 11, 22), date(2025, 3, 1)
    assert Checked(since, 737, 737, since).said == "all 737 rows checked since 22 November 2026"
    assert Checked(since, 1_200, 1_100, oldest).said == (
        "1,100 of 1,200 rows checked since 22 November 2026, the oldest on 1 March 2025"
    )
    now = checked(open_directory())
    assert now.rows == now.recent > 700
