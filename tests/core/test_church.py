"""The register's words for a school's church and diocese."""

import pytest

from navigator.core.church import churches_of, diocese_key, diocese_named


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
        ("", ()),
    ],
)
def test_a_religious_character_names_its_churches(words: str, churches: tuple[str, ...]) -> None:
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


def test_dioceses_of_one_name_have_two_keys() -> None:
    assert diocese_key("Church of England", "Southwark") == "diocese:ce/southwark"
    assert diocese_key("Catholic", "Southwark") == "diocese:rc/southwark"
    assert diocese_key("Church of England", "St Edmundsbury and Ipswich") == (
        "diocese:ce/st-edmundsbury-and-ipswich"
    )
