"""The settings: what a file may hold, and what is said of what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from navigator.core.errors import RefusedError
from navigator.records import settings
from navigator.records.settings import SETTINGS, Settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(tmp_path))
    return tmp_path / "settings.toml"


def test_without_a_file_each_setting_has_its_default(file: Path) -> None:
    assert not file.exists()
    held = settings.load()
    assert {key: getattr(held, key) for key in SETTINGS} == {
        "theme": "navigator-dark",
        "units": "miles",
        "school": None,
        "ask_school": True,
        "radius": None,
        "supply_rate": None,
        "out_at_once": None,
        "register_url": "",
        "facts_url": "",
        "keys": {},
        "signs": "auto",
    }
    assert not held.problem


def test_each_value_is_read(file: Path) -> None:
    file.write_text(
        'theme = "navigator-light"\nunits = "km"\nschool = 139217\nask_school = false\n'
        "radius = 5\n"
        "supply_rate = 210.5\nout_at_once = 3\nother = [1]\n"
        'register_url = "https://schools.example/files"\n'
    )
    assert settings.load() == Settings(
        "navigator-light", "km", 139217, False, 5.0, 210.5, 3, "https://schools.example/files"
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("theme = 3", "theme is 3, and is to be the name of a theme; using navigator-dark."),
        ('units = "feet"', 'units is \'feet\', and may be "miles" or "km"; using miles.'),
        ("units = []", 'units is [], and may be "miles" or "km"; using miles.'),
        *(
            (
                f"{key} = {value}",
                f"{key} is {shown}, and is to be a number above 0; it isn't used.",
            )
            for key in ("school", "radius", "supply_rate")
            for value, shown in (
                ("0", "0"),
                ("-3", "-3"),
                ("true", "True"),
                ('"3"', "'3'"),
                ("nan", "nan"),
                ("inf", "inf"),
            )
        ),
    ],
)
def test_a_value_that_cant_be_used_is_said_and_the_others_are_used(
    file: Path, line: str, said: str
) -> None:
    file.write_text(f'{line}\nregister_url = "https://schools.example/files"\n')
    assert settings.load() == Settings(
        register_url="https://schools.example/files", problem=f"{file}: {said}"
    )


def test_a_number_is_typed_as_people_write_it() -> None:
    assert settings.typed("supply_rate", "Cover", " £210.50 ") == 210.5
    assert settings.typed("school", "Your school", "139217") == 139217
    assert settings.typed("radius", "Nearby", " ") is None
    for text in ("a mile", "0", "-1", "nan", "1e9"):
        with pytest.raises(RefusedError, match=f"Nearby: “{text}” isn't a number above 0"):
            settings.typed("radius", "Nearby", text)
