"""The kinds of value of the head's record."""

from __future__ import annotations

from navigator.core.read_values import READ
from navigator.core.values import VALUES


def test_each_kind_of_value_is_read_from_its_file() -> None:
    assert set(READ) == set(VALUES)
