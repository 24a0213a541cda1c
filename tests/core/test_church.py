"""The register's words for a school's church and diocese."""

import pytest

from navigator.core.church import (
    CHURCHES,
    churches_of,
    diocese_key,
    diocese_named,
    for_churches,
)
from navigator.directory import open_directory


@pytest.mark.parametrize(
    ("words", "churches"),
    [
        ("Church of England", ("Church of England",)),
        ("Roman Catholic", ("Catholic",)),
        ("Catholic", ("Catholic",)),
        ("Anglican/Church of England", ("Church of England",)),
        ("Church of England/Methodist", ("Church of England",)),
        ("Methodist/Church of England", ("Church of England",)),
        ("Church of England/Roman Catholic", ("Church of England", "Catholic")),
        ("Roman Catholic/Church of England", ("Catholic", "Church of England")),
        ("Methodist", ()),
        ("Greek Orthodox", ()),
        ("Christian", ()),
        ("Does not apply", ()),
        ("None", ()),
        ("", None),
    ],
)
def test_a_religious_character_names_its_churches(
    words: str, churches: tuple[str, ...] | None
) -> None:
    assert churches_of(words) == churches


@pytest.mark.parametrize(
    ("words", "church", "name"),
    [
        ("CE Bath and Wells", "Church of England", "Bath and Wells"),
        ("RC Hallam", "Catholic", "Hallam"),
        ("CE33 Diocese of St Albans", "Church of England", "St Albans"),
        ("Church of England Diocese of Ely", "Church of England", "Ely"),
        ("Roman Catholic Archdiocese of Southwark", "Catholic", "Southwark"),
        ("Archdiocese of Liverpool", "Catholic", "Liverpool"),
        ("Diocese of Leeds", None, "Leeds"),
        ("Leeds", None, "Leeds"),
        ("", None, ""),
    ],
)
def test_a_diocese_is_read_with_or_without_its_sign(
    words: str, church: str | None, name: str
) -> None:
    assert diocese_named(words) == (church, name)


def test_an_archdiocese_is_catholic_unless_the_school_is_of_the_other_church() -> None:
    assert diocese_named("Archdiocese of York", ("Church of England",)) == (None, "York")
    assert diocese_named("Archdiocese of York", CHURCHES)[0] == "Catholic"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bath & Wells", "Bath and Wells"),
        ("Bath&Wells", "Bath and Wells"),
        ("St. Albans", "St Albans"),
        ("ST ALBANS ", "St Albans"),
    ],
)
def test_a_diocese_written_otherwise_is_the_same(one: str, other: str) -> None:
    assert diocese_key("", one) == diocese_key("", other)
    found = open_directory().diocese("Church of England", one)
    assert found
    assert found.name == other


def test_digits_of_a_name_stay_in_its_key() -> None:
    assert diocese_key("Catholic", "1st of Hallam") == "diocese:rc/1st-of-hallam"
    assert diocese_key("Catholic", "2") != diocese_key("Catholic", "3")


def test_a_body_of_a_church_is_to_ask_where_the_schools_isnt_known() -> None:
    assert for_churches("Catholic", None) is None
    assert for_churches("", None) is True
    assert for_churches("Catholic", ()) is False


def test_dioceses_of_one_name_have_two_keys() -> None:
    assert diocese_key("Church of England", "Southwark") == "diocese:ce/southwark"
    assert diocese_key("Catholic", "Southwark") == "diocese:rc/southwark"
    assert diocese_key("Church of England", "St Edmundsbury and Ipswich") == (
        "diocese:ce/st-edmundsbury-and-ipswich"
    )
