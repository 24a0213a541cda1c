"""The finder over all of England."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from navigator.register import Register, open_register
from navigator.register.search_words import key


def _first(register: Register, text: str) -> int:
    found = register.search(text, 5)
    assert found, text
    return found[0].urn


def test_numbers_of_a_school_find_it(england: Register) -> None:
    for urn in england.open_urns()[::500]:
        school = england.get(urn)
        assert school
        assert _first(england, str(urn)) == urn
        if school.laestab:
            for text in (
                school.laestab,
                school.laestab.replace("/", ""),
                school.laestab.replace("/", " "),
            ):
                assert urn in {s.urn for s in england.search(text)}, text
        if school.ukprn:
            assert urn in {s.urn for s in england.search(school.ukprn)}


@pytest.mark.parametrize(
    "text",
    [
        "https://get-information-schools.service.gov.uk/Establishments/Establishment/Details/{}",
        "see …/Details/{}/ please",
        "[The school]({})",
    ],
)
def test_a_urn_within_an_address_finds_its_school(england: Register, text: str) -> None:
    assert _first(england, text.format(139217)) == 139217


def test_a_website_or_e_mail_address_finds_whose_it_is(england: Register) -> None:
    shared = 0
    for urn in england.open_urns()[::700]:
        school = england.get(urn)
        assert school
        site = (school.website or "").split("://")[-1].removeprefix("www.")
        if not site.partition("/")[0].endswith((".uk", ".com", ".org")):
            continue
        assert urn in {s.urn for s in england.search(school.website or "", 50)}, school.website
        office = f"office@{site.partition('/')[0]}"
        found = england.search(office, 50)
        assert urn in {s.urn for s in found} or len(found) == 50, office
        shared += len(found) > 1
    assert shared, "the schools of some trusts have pages of one website"


@pytest.mark.parametrize("typed", ["SE24 OBJ", "se24obj", "SE24 0BJ"])
def test_the_letter_o_in_a_postcode_is_taken_for_a_zero(england: Register, typed: str) -> None:
    assert _first(england, typed) == 100572


def test_an_unfinished_number_finds_what_begins_so(england: Register) -> None:
    found = england.search("1000", 10)
    assert found
    assert all(str(s.urn).startswith("1000") for s in found)


def test_postcodes_find_the_nearest_first(england: Register) -> None:
    school = england.get(122567) or england.get(136776)
    assert school
    for text in (school.postcode, school.postcode.lower().replace(" ", "")):
        assert england.search(text)[0].postcode == school.postcode
    outward = school.postcode.split()[0]
    assert any(s.postcode.startswith(outward + " ") for s in england.search(outward, 5))
    assert len(england.search(outward, 20)) == 20


def test_exact_names_come_first_and_open_ones_before_closed(england: Register) -> None:
    name = "St Joseph's Catholic Primary School"
    found = england.search(name, 80)
    same = [s for s in found if s.name.replace("’", "'") == name]
    assert len(same) == 56
    assert [s.urn for s in found[:56]] != []
    assert all("joseph" in s.name.lower() for s in found[:56])
    assert len({(s.town, s.postcode) for s in same}) == 56


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("saffron walden county high", "Saffron Walden County High School"),
        ("high county walden saff", "Saffron Walden County High School"),
        ("marylebone cofe", "The St Marylebone CofE School"),
        ("the saint marylebone church of england school", "The St Marylebone CofE School"),
        ("nottingham acad", "Nottingham Academy"),
        ("Nottinham academy", "Nottingham Academy"),
        ("nottingham acadmy", "Nottingham Academy"),
        ("notitngham academy", "Nottingham Academy"),
    ],
)
def test_words_in_any_order_and_near_words(england: Register, typed: str, name: str) -> None:
    found = [s.name for s in england.search(typed, 5)]
    assert name in found


@pytest.mark.parametrize(
    ("typed", "urn"),
    [
        ("Jessop Primary School, SE24 0BJ", 100572),
        ("jessop se240bj", 100572),
        ("Jessop Primary, SE24 0", 100572),
        ("URN 139217", 139217),
        ("139217 Sneinton", 139217),
        ("Sneinton St Stephen's CofE Primary School (URN 139217)", 139217),
        ("201-3614", 100000),
        ("DfE 201 3614", 100000),
        ("Beverley Manor Nursery Academy", 117698),
        ("beverley manor nurs sch beverley", 117698),
        ("High Ley Community Primary School Bridgnorth", 123371),
        ("Parkhill Primary School Coventry", 103666),
        ("parkview manchester", 149934),
        ("Thomas Gainsborough School, Wells Hall Road", 141639),
        ("thomas gainsborough sch wells hall rd", 141639),
        ("Rushcroft Primary School, Greater Manchester", 105659),
        ("Kenton Sch, Drayton Rd", 138120),
        ("qegs ashbourne", 136972),
        ("kegs", 136642),
        ("835/1100", 131827),
        ("n.g.7 2le", 122416),
        ("rrotham Road Primary School", 145815),
        ("kirkby steph prim", 112180),
        ("carlt colv", 124574),
    ],
)
def test_a_school_is_found_as_people_write_it(england: Register, typed: str, urn: int) -> None:
    assert urn in [s.urn for s in england.search(typed, 5)]


@pytest.mark.parametrize("typed", ["king's school", "the king's school", "park school"])
def test_the_very_name_comes_first_with_the_or_without(england: Register, typed: str) -> None:
    name = key(typed).removeprefix("the ")
    found = [key(s.name).removeprefix("the ") for s in england.search(typed, 50)]
    same = found.count(name)
    assert same
    assert set(found[:same]) == {name}


def test_a_word_in_the_name_counts_before_one_elsewhere(england: Register) -> None:
    found = england.search("king's school", 30)
    assert all("king" in s.name.casefold() for s in found)
    there = [s.la_name == "Leeds" for s in england.search("nursery leeds", 10)]
    assert there == sorted(there, reverse=True)
    assert there[0]


def test_what_has_all_words_is_told_from_what_is_nearest(england: Register) -> None:
    assert not england.search("jessop primary").nearest
    found = england.search("jessop primary atlantis", 5)
    assert found.nearest
    assert found[0].urn == 100572
    assert england.search("zzzqqq") == []


@pytest.mark.parametrize(
    "typed", ["my school", "zebra primary", "www.nowhere-at-all.sch.uk", "head@school.sch.uk"]
)
def test_nothing_is_named_as_nearest_that_has_only_what_most_have(
    england: Register, typed: str
) -> None:
    assert not england.search(typed, 5)


def test_what_has_much_less_than_the_best_is_not_named_beside_it(england: Register) -> None:
    found = england.search("Leeds City Council", 20)
    assert found.nearest
    assert {"Leeds"} == {s.la_name for s in found}


def test_town_authority_and_trust_are_searched(england: Register) -> None:
    assert {s.la_name for s in england.search("rutland primary", 30)} >= {"Rutland"}
    trusts = {s.trust_uid for s in england.search("united learning trust", 50)}
    assert "5143" in trusts


def test_a_street_and_a_town_find_the_schools_there(england: Register) -> None:
    for urn in england.open_urns()[::700]:
        school = england.get(urn)
        assert school
        text = f"{school.street}, {school.town}"
        found = england.search(text, 20)
        same = [s for s in found if s.street == school.street and s.town == school.town]
        assert not school.street or same, text


def test_every_school_is_found_by_its_name_and_postcode_district(england: Register) -> None:
    for urn in england.open_urns()[::150]:
        school = england.get(urn)
        assert school
        text = f"{school.name} {school.postcode.split()[0] if school.postcode else ''}"
        assert urn in {s.urn for s in england.search(text, 20)}, text


@pytest.mark.parametrize("prefix", ["sai", "saint", "saint j", "saint josep", "st. joseph’s r.c"])
def test_half_typed_saints(england: Register, prefix: str) -> None:
    assert england.search(prefix, 5)


def test_saint_isn_t_the_beginning_of_stafford(england: Register) -> None:
    assert all("st" in s.name.lower().replace("saint", "st").split() or "St." in s.name or
               s.name.startswith("St")
               for s in england.search("saint", 20))  # fmt: skip
    assert not any(s.name.startswith("Staf") for s in england.search("saint", 50))


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', "*", "NEAR(", "a AND", "NOT", "OR OR", "^x", "x:y", "-", "{}", "\0", "😀",
     "'", "%", "a" * 10_000, "a " * 5_000, "1" * 100, "St " * 60, "ß", "İ", "²", "١٢٣"],
)  # fmt: skip
def test_no_text_breaks_it(england: Register, text: str) -> None:
    assert isinstance(england.search(text), list)


REGISTER = None


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_text_at_all_breaks_it(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    global REGISTER  # noqa: PLW0603
    REGISTER = REGISTER or open_register(tmp_path_factory.mktemp("none"))
    for school in REGISTER.search(text):
        assert REGISTER.in_scope(school.urn)


def test_limits_hold(england: Register) -> None:
    for text in ("school", "NG7", "100", "st m"):
        assert len(england.search(text, 3)) == 3
        few = [s.urn for s in england.search(text, 3)]
        assert few == [s.urn for s in england.search(text, 50)][:3], text
