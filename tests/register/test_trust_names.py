"""What trusts were called in DfE's files: a trust is found by its old name and by its new one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from navigator.core.record import NO_RECORD
from navigator.directory import open_directory
from navigator.domain.index import Listed
from navigator.domain.questions import Questions
from navigator.register import Register, open_register, update_from
from tests.register import made, older

DAY = date(2026, 11, 22)


def given(folder: Path, name: str, day: str = "20260101") -> Path:
    """Files of three schools, one of a trust that the establishment file calls so."""
    folder.mkdir()
    rows = made.schools(3)
    told = {"Trusts (code)": "77", "Trusts (name)": name, "TrustSchoolFlag (code)": "3"}
    rows[0].update(told)
    made.write(folder, rows, name=f"edubasealldata{day}.csv")
    return folder


def names(data: Path) -> tuple[str, ...]:
    register = open_register(data)
    found = register.former_names().get("77", ())
    register.close()
    return found


def trusts(register: Register, text: str) -> list[Listed]:
    ask = Questions(register, open_directory())
    return ask.index.find(text, DAY, NO_RECORD).kinds.get("Trusts", [])


def test_a_group_of_the_same_group_id_tells_an_older_name(tmp_path: Path) -> None:
    folder = given(tmp_path / "given", "THE NEW TRUST")
    rows = [("77", "THE NEW TRUST", "06", "Open"), ("7", "OLD ACADEMY", "10", "Closed")]
    made.groups(folder, [*rows, ("8", "OTHER", "10", "Closed")], {"77": "TR1", "7": "TR1"})
    update_from(folder, tmp_path / "data")
    assert names(tmp_path / "data") == ("Old Academy",)
    register = open_register(tmp_path / "data")
    (found,) = trusts(register, "old academy")
    assert found.name == "The New Trust"
    assert found.told("old academy").said == "formerly Old Academy"
    assert not found.told("new trust").said
    register.close()


def test_what_the_schools_file_of_an_earlier_day_calls_it_is_an_older_name(tmp_path: Path) -> None:
    folder = given(tmp_path / "given", "THE FORMER TRUST")
    made.groups(folder, [("77", "The Present Trust", "06", "Open")])
    update_from(folder, tmp_path / "data")
    assert names(tmp_path / "data") == ("The Former Trust",)


def test_a_name_that_an_update_changes_is_kept_through_later_ones(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for number, name in enumerate(["ALPHA TRUST", "BETA TRUST", "Beta Trust", "GAMMA TRUST"], 1):
        update_from(given(tmp_path / name, name, f"2026010{number}"), data)
    assert names(data) == ("Beta Trust", "Alpha Trust")
    # Of a register that is older, the names that came later aren't old ones.
    update_from(given(tmp_path / "again", "BETA TRUST", "20250101"), data)
    assert names(data) == ()


def test_a_register_of_an_older_navigator_has_none(tmp_path: Path) -> None:
    older.write(tmp_path)
    register = open_register(tmp_path)
    assert register.former_names() == {}
    register.close()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Penwortham Priory Academy Trust", "Odyssey Academy Trust"),
        ("Bullers Wood Multi Academy Trust", "Lumero Educational Trust"),
        ("Greetland Academy Trust", "Great Heights Academy Trust"),
        ("Campsmount Community Academy Trust", "Leger Education Trust"),
    ],
)
def test_trusts_of_england_are_found_by_both_names(england: Register, old: str, new: str) -> None:
    if england.info.groups_day != date(2026, 8, 21):
        pytest.skip("the names are those of the groups file of 21 August 2026")
    for text in (old, new):
        assert trusts(england, text)[0].name.casefold() == new.casefold()
