from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from navigator.core.cleaning import one_line
from navigator.register.conversions import day_number, day_of_number, trust_name
from navigator.register.search_words import (
    canonical,
    fold,
    key,
    name_words,
    one_edit_apart,
    prefix_one_edit_apart,
)

WORD = st.text("abcdefgh", min_size=2, max_size=9)


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("St Mary's CofE Primary School", "Saint Marys Church of England Primary School"),
        ("St. Mary’s C.E. Primary School", "St Mary's C of E Primary School"),
        ("Our Lady R.C. School", "Our Lady Roman Catholic School"),
        ("Holy Cross Catholic School", "Holy Cross RC School"),
        ("Oak Jnr & Infants", "Oak Junior and Infant"),
        ("Señor Brontë Academy", "Senor Bronte Academy"),
        ("Stratford-upon-Avon School", "Stratford upon Avon School"),
    ],
)
def test_two_ways_to_write_a_name_are_one(written: str, other: str) -> None:
    assert key(written) == key(other)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("St Mary's CofE Primary School", "saint mary church of england"),
        ("St Mary's CofE Primary School", "st marys c of e"),
        ("Church of England Academy", "cofe ce"),
        ("St Joseph's Catholic Academy", "rc st joseph"),
        ("Ash Infant & Nursery School", "infants and nursery"),
        ("Elm Junior School", "jnr"),
        ("Co-operative Academy", "cooperative"),
        ("Co-operative Academy", "co operative"),
        ("Saint Anne's", "st annes"),
    ],
)
def test_tokens_hold_every_way_to_type_a_name(name: str, typed: str) -> None:
    assert set(fold(typed).split()) <= set(name_words(name)[1].split())


@given(st.text())
def test_folded_words_are_plain_and_stay_as_they_are(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert all(word.isalnum() for word in folded.split())
    assert fold(folded) == folded


@given(st.lists(WORD, min_size=1).map(" ".join))
def test_keys_are_settled(folded: str) -> None:
    assert canonical(canonical(folded)) == canonical(folded)


@given(st.text())
def test_a_name_s_key_is_the_same_from_words_as_from_the_whole(name: str) -> None:
    assert name_words(name)[0] == key(name)


@given(WORD, st.data())
def test_one_wrong_letter_is_one_edit(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("xyz"))
    assert one_edit_apart(word, word[:at] + letter + word[at + 1 :])
    assert one_edit_apart(word, word[:at] + letter + word[at:])
    assert one_edit_apart(word[:at] + word[at + 1 :], word)
    if at and word[at] != word[at - 1]:
        swapped = word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
        assert one_edit_apart(word, swapped)
        assert prefix_one_edit_apart(swapped, word + "ing")
    assert not one_edit_apart(word, word)
    assert not one_edit_apart(word, word + "xy")


@given(st.text())
def test_clean_texts_have_no_control_characters_and_single_spaces(text: str) -> None:
    cleaned = one_line(text)
    assert cleaned == " ".join(cleaned.split())
    assert not any(c < " " or "\x7f" <= c <= "\xa0" for c in cleaned)
    assert one_line(cleaned) == cleaned


@given(st.dates())
def test_days_there_and_back(day: date) -> None:
    text = f"{day:%d}-{day:%m}-{day.year:04}"
    assert day_of_number(day_number(text)) == day
    assert day_number(text.replace("-", "/")) == day_number(text)


@pytest.mark.parametrize(
    "text", ["", "31-02-2020", "2020-13-01", "2020", "41883", "9/13/2014", "aa-bb-cccc"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_number(text) is None


@pytest.mark.parametrize(
    ("register", "shown"),
    [
        ("REACH2 ACADEMY TRUST", "Reach2 Academy Trust"),
        ("ST MARY'S AND THE ISLE OF ELY TRUST", "St Mary's and the Isle of Ely Trust"),
        ("ARDEN FOREST C OF E MULTI ACADEMY TRUST", "Arden Forest C of E Multi Academy Trust"),
        ("THE PRIORY ACADEMY LSST", "The Priory Academy LSST"),
        ("KING EDWARD VI TRUST", "King Edward VI Trust"),
        ("STRATFORD-UPON-AVON MAT LTD", "Stratford-Upon-Avon MAT Ltd"),
        ("L.E.A.D. ACADEMY TRUST", "L.E.A.D. Academy Trust"),
        ("Reach Cooperative Trust", "Reach Cooperative Trust"),
        ("", ""),
    ],
)
def test_trust_names_in_capitals_get_title_case(register: str, shown: str) -> None:
    assert trust_name(register) == shown


@given(st.text().map(str.upper))
def test_only_the_case_of_a_trust_s_name_changes(name: str) -> None:
    assert trust_name(name).casefold() == name.casefold()
