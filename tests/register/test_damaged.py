"""Damage that leaves a register's size and time as they were is found, too."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from navigator.cli import run
from navigator.core import clock
from navigator.records.settings import Settings
from navigator.register import damage, open_register, update_from
from navigator.service import Service
from navigator.ui.app import NavigatorApp
from tests.register import made
from tests.ui.steps import settle

DAY = date(2026, 11, 1)
NEXT = date(2026, 11, 2)
URN = 100_003
SAID = "The register is damaged"
MEND = "run `navigator update`, or `navigator update --undo`"


@pytest.fixture
def using(folders: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The register in use, built on a day; that before it has other names."""
    monkeypatch.setattr(clock, "today", lambda: DAY)
    rows = made.schools(300)
    update_from(made.write(folders, rows, "edubasealldata20261029.csv"))
    info = update_from(made.write(folders, rows, "edubasealldata20261030.csv"))
    return Path(info.path)


def harm(path: Path) -> None:
    """A letter of a school's name, in a file that keeps its size and time."""
    held = path.stat()
    data = path.read_bytes()
    assert b"Made 3 Primary" in data
    path.write_bytes(data.replace(b"Made 3 Primary", b"Made 3 Primaxy"))
    os.utime(path, ns=(held.st_atime_ns, held.st_mtime_ns))


def test_status_tells_it(using: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status"]) == 0
    assert SAID not in capsys.readouterr().out
    harm(using)
    assert run(["status"]) == 0
    said = capsys.readouterr().out
    assert SAID in said
    assert MEND in said
    assert "that of 29 October 2026 is in use" in said


async def test_the_app_looks_once_a_day_behind_its_first_frame(
    using: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harm(using)
    with closing(Service()) as service:
        app = NavigatorApp(
            service, Settings(ask_school=False), landscape=service.landscape(URN, DAY)
        )
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            assert service.info.path == str(using), "the file was looked at today"
            monkeypatch.setattr(clock, "today", lambda: NEXT)
            app.look_at_register()
            await settle(pilot)
            assert SAID in service.problem
            assert service.info.day == date(2026, 10, 29)


def test_one_that_is_whole_is_read_once_a_day(using: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from navigator.register import damage

    read: list[Path] = []
    sum_of = damage._sum_of

    def counted(path: Path) -> str:
        read.append(path)
        return sum_of(path)

    monkeypatch.setattr(damage, "_sum_of", counted)
    assert not damage.found(using, daily=True)
    assert read == []
    monkeypatch.setattr(clock, "today", lambda: NEXT)
    for _ in range(2):
        assert not damage.found(using, daily=True)
    assert read == [using]
    assert open_register().problem == ""


def test_a_checksum_is_written_whole_or_not_at_all(
    using: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = using.with_name(f"{using.name}{damage.SUFFIX}")
    before = kept.read_bytes()

    def killed(self: Path, target: Path) -> Path:
        raise OSError(f"{self} didn't become {target}")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", killed)
        with pytest.raises(OSError, match="didn't become"):
            damage.note(using)
    assert kept.read_bytes() == before


def test_nothing_waits_while_the_file_is_read(using: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service()
    assert service.info.path
    answered: list[str] = []

    def read(*_: object, daily: bool) -> bool:
        asking = Thread(target=lambda: answered.append(service.info.path), daemon=True)
        asking.start()
        asking.join(5)
        return daily

    monkeypatch.setattr("navigator.register.opening.is_damaged", read)
    assert service.leave_damaged(daily=True)
    assert answered
    service.close()
