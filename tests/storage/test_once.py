"""What is equal within an answer is held once, and nothing in it becomes another."""

from __future__ import annotations

import pickle
from datetime import date
from typing import NamedTuple

from navigator.storage.once import HeldOnce


class Noun(NamedTuple):
    name: str
    day: date
    number: object = 0


def noun(number: object = 0) -> Noun:
    return Noun("".join(("Mai", "den")), date(2026, 11, 28), number)


def test_what_is_equal_is_one() -> None:
    told = {"a": [noun(), noun()], "b": (noun(), noun().name)}
    once = HeldOnce()(told)
    assert once == told
    first = once["a"][0]
    assert first is once["a"][1] is once["b"][0]
    assert once["b"][1] is first.name
    assert len(pickle.dumps(once)) < len(pickle.dumps(told))


def test_equal_numbers_of_other_kinds_stay_what_they_are() -> None:
    once = HeldOnce()([noun(1), noun(1.0), noun(True), (1,), (True,)])
    assert [type(n.number) for n in once[:3]] == [int, float, bool]
    assert [type(part[0]) for part in once[3:]] == [int, bool]


def test_what_can_change_is_never_shared() -> None:
    one, other = HeldOnce()(([], [])), HeldOnce()(({}, {}))
    assert one[0] is not one[1]
    assert other[0] is not other[1]
