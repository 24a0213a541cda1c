"""Which school stands for a URN on a day, where the register's dates say something odd."""

from __future__ import annotations

from datetime import date

import pytest

from navigator.directory import open_directory
from navigator.landscape import Cartographer
from navigator.model import School
from navigator.register import Register

DAY = date(2026, 11, 22)


def with_dates(
    sample: Register, monkeypatch: pytest.MonkeyPatch, **changes: object
) -> tuple[School, Cartographer]:
    """A cartographer of the sample in which one school's row is changed."""
    school = sample.get(122416)
    assert school
    changed = school._replace(**changes)  # type: ignore[arg-type]  # fields of several types
    monkeypatch.setattr(sample, "get", lambda _: changed)
    return changed, Cartographer(sample, open_directory())


def test_proposed_to_close_stays_open_though_its_day_has_passed(
    sample: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, maps = with_dates(
        sample, monkeypatch, status="Open, but proposed to close", closed=date(2025, 8, 31)
    )
    shown, (notice,) = maps.resolve(school.urn, DAY)
    assert shown is school
    assert "to close on 31 August 2025" in notice
    assert "not yet" not in notice


def test_a_school_on_a_day_before_it_opened_is_said_to_open_later(
    sample: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, maps = with_dates(sample, monkeypatch, opened=date(2013, 1, 1))
    shown, (notice,) = maps.resolve(school.urn, date(2010, 1, 1))
    assert shown is school
    assert "opened on 1 January 2013: not yet then" in notice


def test_an_open_school_has_no_notice(sample: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    school, maps = with_dates(sample, monkeypatch, opened=None, closed=None)
    assert maps.resolve(school.urn, DAY) == (school, ())
