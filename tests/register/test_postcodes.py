"""A postcode that no school has is answered by where it is, and what was used is said."""

from __future__ import annotations

import math

import pytest

from navigator.core import postcodes, wording
from navigator.directory import open_directory
from navigator.register import FoundSchools, Register
from navigator.service import Service


def search(register: Register, text: str, limit: int = 10) -> FoundSchools:
    return register.search(text, limit, open_directory().centre)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("M1 1AE", "No school in M1 1AE; nearest to about the middle of M1:"),
        ("m11ae", "No school in M1 1AE; nearest to about the middle of M1:"),
        ("SW1A 1AA", "No school in SW1A 1AA; nearest to about the middle of SW1A:"),
        ("SW1A", "No school in SW1A; nearest to about the middle of SW1A:"),
        ("NG7 2ZZ", "No school in NG7 2ZZ; nearest to the schools of NG7 2:"),
        ("AL1 9ZZ", "No school in AL1 9ZZ; nearest to the middle of AL1:"),
    ],
)
def test_what_was_used_is_said_and_the_nearest_come_first(
    england: Register, typed: str, said: str
) -> None:
    found = search(england, typed)
    assert found.near_to
    assert found.near_to.said == said
    away = [found.away(school) for school in found]
    assert away == sorted(away, key=lambda km: math.inf if km is None else km)
    assert away[0] is not None
    assert away[0] < 2


def test_the_nearest_are_the_nearest_of_all(england: Register) -> None:
    found = search(england, "M1 1AE", 5)
    assert found.near_to
    every = [s for s in map(england.get, england.open_urns()) if s and found.away(s) is not None]
    every.sort(key=lambda s: found.away(s) or 0)
    assert [s.urn for s in found] == [s.urn for s in every[:5]]


@pytest.mark.parametrize("typed", ["NG7 2LE", "ng72le", "NG7 2", "NG7", "HR1", "E1"])
def test_what_has_schools_finds_them_without_a_word(england: Register, typed: str) -> None:
    found = search(england, typed)
    assert found.near_to is None
    assert [s.urn for s in found] == [s.urn for s in england.search(typed, 10)]
    assert any(s.postcode.startswith(typed.upper()[:2]) for s in found)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("CF10 1AA", "CF10 1AA is in Wales, and Navigator covers England only."),
        ("eh1 1yz", "EH1 1YZ is in Scotland, and Navigator covers England only."),
        ("BT1", "BT1 is in Northern Ireland, and Navigator covers England only."),
        ("JE2 3AB", "JE2 3AB is in Jersey, and Navigator covers England only."),
        ("GY1 1AA", "GY1 1AA is in Guernsey, and Navigator covers England only."),
        ("IM1 1AA", "IM1 1AA is in the Isle of Man, and Navigator covers England only."),
        (
            "LL11 2AB",
            "LL11 2AB isn't among England's postcodes known here: much of LL is in Wales.",
        ),
        (
            "TD1 1AA",
            "TD1 1AA isn't among England's postcodes known here: much of TD is in Scotland.",
        ),
        (
            "ZZ9 9ZZ",
            "ZZ9 9ZZ isn't among England's postcodes known here. Check it, or try the town.",
        ),
    ],
)
def test_what_is_not_englands_is_said_and_lists_nothing(
    england: Register, typed: str, said: str
) -> None:
    assert search(england, typed) == []
    assert wording.try_instead(typed) == said


@pytest.mark.parametrize("typed", ["TD15 1AA", "NP25 3AA", "SY7 9ZZ", "HR3 5AA"])
def test_a_part_of_a_border_area_that_is_englands_is_answered(
    england: Register, typed: str
) -> None:
    assert search(england, typed)


def test_no_area_outside_england_has_a_code_in_the_table() -> None:
    codes = [row["outward_code"] for row in open_directory().read.outward_code_table.each()]
    assert len(codes) == 2127
    assert not [code for code in codes if "covers England only" in postcodes.elsewhere(code)]


def test_the_sample_lists_nothing_a_hundred_miles_away() -> None:
    assert not Service().search("M1 1AE")
