"""A list of schools matched with the register: how sure is honest, and nothing is guessed."""

from __future__ import annotations

import pytest

from navigator.core.errors import RefusedError
from navigator.directory import open_directory
from navigator.domain.matching.asked import AskedFor, find_columns, postcode_in
from navigator.domain.matching.matcher import Match, Matcher
from navigator.register import Register
from tests.tools.made_list import ListMaker

ROWS = 460
"""20 of each noise; with 6,900 (`python -m tests.tools.made_list 6900 77`) none exact was wrong."""


@pytest.fixture(scope="module")
def matcher(england: Register) -> Matcher:
    return Matcher(england, open_directory())


def urn_of(found: Match) -> int:
    return found.school.urn if found.school else 0


def test_no_exact_is_wrong_and_hardly_a_likely(england: Register, matcher: Matcher) -> None:
    likely: list[bool] = []
    maker = ListMaker(england.named(), seed=2026)
    for made in maker.rows(ROWS):
        found = matcher.match(made.asked)
        right = maker.is_right(made, urn_of(found), matcher.today)
        if found.how_sure == "exact":
            assert right, (made, found)
        elif found.how_sure == "likely":
            likely.append(right)
        else:
            assert found.school is None
            assert found.why
    assert len(likely) > ROWS / 4
    assert sum(likely) >= 0.97 * len(likely)


@pytest.mark.parametrize(
    ("asked", "how_sure", "urn"),
    [
        (AskedFor(urn=139217), "exact", 139217),
        (AskedFor("Dunkirk Primary and Nursery School", "Nottingham"), "exact", 122416),
        (AskedFor("DUNKIRK PRIMARY & NURSERY SCHOOL", "", "NG7 2LE"), "exact", 122416),
        (
            AskedFor("Dunkirk Primary and Nursery School", authority="Nottingham City Council"),
            "exact",
            122416,
        ),
        (AskedFor("Dunkirk Primary and Nursery School", authority="892"), "exact", 122416),
        (AskedFor("Dunkirk Primary and Nursery School"), "likely", 122416),
        (AskedFor("Dunkirk Pri Sch", "", "NG7 2LE"), "likely", 122416),
        (AskedFor("Dunkrik Primary", "Nottingham"), "likely", 122416),
        (AskedFor("Dunkirk Primary School, Nottingham"), "likely", 122416),
        (AskedFor("Dunkirk Primary and Nursery, NG7"), "likely", 122416),
        (AskedFor("High Ley Community Primary School, Bridgnorth"), "likely", 123371),
        (AskedFor("Thomas Gainsborough School, Wells Hall Road"), "likely", 141639),
        (AskedFor("Walney School, Barrow in Furness"), "likely", 141041),
        (
            AskedFor("Dunkirk Primary and Nursery School", "Nottingham", "LS1 4AP"),
            "likely",
            122416,
        ),
        (AskedFor("Dunkirk Primary and Nursery School", "Penzance"), "one of these", 0),
        (AskedFor("St Mary's Catholic Primary School"), "one of these", 0),
        (AskedFor("Dunkirk Secondary School", "Nottingham"), "one of these", 0),
        (AskedFor("Zzyzx Qwerty School", "Nottingham"), "none", 0),
        (AskedFor(urn=999999), "none", 0),
        (AskedFor(), "none", 0),
    ],
)
def test_how_sure_a_row_is(matcher: Matcher, asked: AskedFor, how_sure: str, urn: int) -> None:
    found = matcher.match(asked)
    assert found.how_sure == how_sure, found
    if urn:
        assert urn_of(found) == urn
    assert bool(found.school) == (how_sure in ("exact", "likely"))
    assert bool(found.candidates) == (how_sure == "one of these")
    assert len(found.candidates) <= 5


def test_each_number_of_a_school_is_its_own(england: Register, matcher: Matcher) -> None:
    school = england.named().by_urn[122416]
    for asked in (AskedFor(laestab=school.laestab), AskedFor(ukprn=school.ukprn)):
        assert (matcher.match(asked).how_sure, urn_of(matcher.match(asked))) == ("exact", 122416)
    both = matcher.match(AskedFor(urn=139217, laestab=school.laestab))
    assert both.how_sure == "one of these"
    assert "of different schools" in both.why


def test_two_of_one_name_are_told_apart_by_the_town_or_both_named(
    england: Register, matcher: Matcher
) -> None:
    named = england.named()
    pairs = (urns for urns in named.by_key.values() if len(urns) == 2)
    both = ([named.by_urn[urn] for urn in urns] for urns in pairs)
    one, other = next(
        (a, b)
        for a, b in both
        if a.is_open
        and b.is_open
        and a.town
        and b.town
        and a.la_name != b.la_name
        and a.town != b.town
    )
    assert urn_of(matcher.match(AskedFor(one.name, one.town))) == one.urn
    assert urn_of(matcher.match(AskedFor(other.name, authority=other.la_name))) == other.urn
    found = matcher.match(AskedFor(one.name))
    assert found.how_sure == "one of these"
    assert {school.urn for school in found.candidates} == {one.urn, other.urn}


def test_a_number_of_another_school_than_the_name_is_told(matcher: Matcher) -> None:
    found = matcher.match(AskedFor("Dunkirk Primary and Nursery School", urn=139217))
    assert found.how_sure == "one of these"
    assert [school.urn for school in found.candidates] == [139217, 122416]
    assert "not of the name given" in found.why


def test_a_number_that_is_nobodys_takes_the_exactness(matcher: Matcher) -> None:
    found = matcher.match(AskedFor("Dunkirk Primary and Nursery School", "Nottingham", urn=999999))
    assert (found.how_sure, urn_of(found)) == ("likely", 122416)
    assert "URN 999999 is on no school" in found.why


def test_a_council_that_is_not_understood_is_said(matcher: Matcher) -> None:
    asked = AskedFor("St. Peter & St. Paul's", authority="Lincs")
    assert matcher.match(asked).why.endswith("; “Lincs” is no council known to us")
    known = matcher.match(asked._replace(authority="Lincolnshire"))
    assert "no council" not in known.why
    assert {s.la_name for s in known.candidates} == {"Lincolnshire"}


def test_a_school_that_closed_gives_the_one_that_followed_and_says_so(matcher: Matcher) -> None:
    found = matcher.match(AskedFor(urn=122776))
    assert (found.how_sure, urn_of(found)) == ("exact", 139217)
    assert "this school followed it" in found.why


@pytest.mark.parametrize(
    ("rows", "given", "head", "places"),
    [
        ([["School", "Post Code"], ["a", "b"]], {}, 1, {"name": 0, "postcode": 1}),
        (
            [["Our list"], [], ["LA", "Name of school", "DfE No."]],
            {},
            3,
            {"authority": 0, "name": 1, "laestab": 2},
        ),
        ([["ESTABLISHMENT NAME", "UKPRN", "Town/City"]], {}, 1, {"name": 0, "ukprn": 1, "town": 2}),
        (
            [["Partner", "Where"], ["a", "b"]],
            {"name": "partner", "town": "2"},
            1,
            {"name": 0, "town": 1},
        ),
        ([["Oak School", "Ely"]], {"name": "1"}, 0, {"name": 0}),
        ([["Oak School"], ["Ash School"]], {}, 0, {"name": 0}),
        ([["Name", "School"]], {"name": "Name"}, 1, {"name": 0}),
    ],
)
def test_columns_are_told_by_their_heads_or_as_given(
    rows: list[list[str]], given: dict[str, str], head: int, places: dict[str, int]
) -> None:
    found = find_columns(rows, given)
    assert (found.head, dict(found.places)) == (head, places)


def test_columns_that_tell_nothing_are_refused_with_what_to_do() -> None:
    with pytest.raises(RefusedError, match="--name HEAD"):
        find_columns([["Partner", "Where"], ["a", "b"]], {})
    with pytest.raises(RefusedError, match="Its heads are: “School”"):
        find_columns([["School", "Where"]], {"town": "Townn"})


def test_cells_are_read_as_people_write_them() -> None:
    columns = find_columns([["School", "URN", "DfE number", "Postcode"]], {})
    read = columns.read(["St\u200b Mary’s,  Ely", "URN 139217", "892/3311", "ng72le"])
    assert read == AskedFor("St Mary’s, Ely", "", "NG7 2LE", "", 139217, 8923311)
    assert columns.read(["Oak, NG7 2LE", "139217.0"]) == AskedFor(
        "Oak, NG7 2LE", "", "NG7 2LE", "", 139217
    )
    unread = "“1392” can't be read as one URN of 6 digits"
    assert columns.read(["Oak", "1392"]) == AskedFor("Oak", unread=(unread,))
    assert columns.read(["Oak", "n/a"]) == AskedFor("Oak")
    assert postcode_in("ask at NG7") == "NG7"
