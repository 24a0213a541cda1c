"""What was counted of all England is kept for the next start, and holds as long as it is so."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from navigator.directory import open_directory
from navigator.directory.summary import unchanged
from navigator.domain.points import Points
from navigator.domain.profiler import Profiler
from navigator.register import Register
from navigator.register.counting import Census
from navigator.service import Service
from navigator.storage import kept

DAY = date(2026, 11, 28)
SCHOOL = 139217
FILES = {"counted-england", "counted-facts", "counted-points"}


@pytest.fixture
def data(england: Register, tmp_path: Path) -> Path:
    """A data folder with all of England."""
    folder = tmp_path / "data"
    folder.mkdir()
    used = Path(england.info.path)
    for file in (used, used.with_name("current")):
        shutil.copy2(file, folder / file.name)
    return folder


def told(service: Service, day: date = DAY) -> list[Any]:
    """What is said of England, of the facts and on a map."""
    ground = service.ground(f"school:{SCHOOL}", service.landscape(SCHOOL, day), day)
    return [
        service.page("place:england:", None, day, "miles"),
        service.page("sources:", None, day, "miles"),
        (*(part for part in ground if part is not ground.places), sorted(ground.places)),
    ]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names what is counted anew from here on."""
    found: list[str] = []

    def note(name: str, usual: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*given: Any) -> Any:
            found.append(name)
            return usual(*given)

        return noted

    for of, method in ((Profiler, "_counted"), (Points, "_read"), (Census, "alike_on")):
        monkeypatch.setattr(of, method, note(method, getattr(of, method)))
    return found


def test_the_next_start_says_the_same_and_counts_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anew = told(Service(data))
    assert {file.name for file in data.glob("counted-*")} == FILES
    again = counted(monkeypatch)
    assert told(Service(data)) == anew
    assert not again
    os.utime(next(data.glob("register-*.sqlite")))
    Service(data).summaries(DAY)
    assert again == ["alike_on"], "another file was not taken for the one that was counted"


def test_an_answer_holds_until_a_day_on_which_the_facts_change(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Service(data)
    (profile,) = service.profiles("place:england:", DAY)
    since, before = unchanged(service.directory, DAY)
    assert since <= DAY < before
    again = counted(monkeypatch)
    last = before - timedelta(1)
    (later,) = Service(data).profiles("place:england:", last)
    assert later == profile._replace(day=last)
    assert not again
    Service(data).profiles("place:england:", before)
    assert again == ["_counted"]


@pytest.mark.parametrize("what", ["cut", "turned", "empty", "wicked", "other"])
def test_a_damaged_answer_is_counted_anew(
    data: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    class Wicked:
        def __reduce__(self) -> Any:
            return os.mkdir, (str(data / "made"),)

    service = Service(data)
    anew = service.summaries(DAY)
    file = data / "counted-facts"
    written = file.read_bytes()
    turned = bytearray(written)
    turned[-200] ^= 1
    state = service._state()
    for name, answer in (("wicked", Wicked()), ("other", (date.min, date.max, 5))):
        if what == name:
            kept.save(file, state, answer)
    if what in ("cut", "turned", "empty"):
        file.write_bytes({"cut": written[:-1], "turned": bytes(turned), "empty": b""}[what])
    again = counted(monkeypatch)
    assert Service(data).summaries(DAY) == anew
    assert again == ["alike_on"]
    assert not (data / "made").exists()
    assert file.read_bytes() == written, "and kept again"
    assert pickle.loads(written[len(state) + 8 :])[2] == anew


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no file that is open")
def test_a_register_that_is_open_answers_when_its_file_is_gone(data: Path) -> None:
    """As for an app that stays open while two updates are loaded elsewhere."""
    anew = Service(data).summaries(DAY)
    service = Service(data)
    assert service.info.path
    Path(service.info.path).unlink()
    assert service.summaries(DAY) == anew


def test_of_the_sample_nothing_is_kept(tmp_path: Path) -> None:
    service = Service(tmp_path)
    service.page("place:england:", None, DAY, "miles")
    service.page("sources:", None, DAY, "miles")
    assert not list(tmp_path.iterdir())


def test_between_two_turns_the_same_is_in_force() -> None:
    directory = open_directory()

    def in_force(day: date) -> list[Any]:
        return [
            (p.runs_on(day), p.counted(day), [hub.in_force(day) for hub in directory.hubs(p.id)])
            for p in directory.programmes
        ]

    day, spans = date(2018, 1, 1), 0
    while day < date(2033, 1, 1):
        since, before = unchanged(directory, day)
        assert since <= day < before
        last = min(before, date(2034, 1, 1)) - timedelta(1)
        assert in_force(day) == in_force(last)
        assert unchanged(directory, last) == (since, before)
        day, spans = before, spans + 1
    assert spans > 10


def test_between_two_turns_the_same_schools_are_open(england: Register) -> None:
    for day in (date(2019, 9, 2), england.info.day, DAY):
        since, before = england.census.unchanged(day)
        assert since <= day < before
        days = (since, min(before - timedelta(1), date(2040, 1, 1)))
        assert all(england.census.alike_on(one) == england.census.alike_on(day) for one in days)
    since, _ = england.census.unchanged(date(2019, 9, 2))
    assert england.census.alike_on(since - timedelta(1)) != england.census.alike_on(since), (
        "a turn is one"
    )
