"""Real processes: several at once, and killed at random moments with writes under way."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import IO

import pytest

from navigator.core.keys import Key
from navigator.core.record import Note
from navigator.records import RecordStore
from tests.conftest import rounds

ROOT = Path(__file__).parent.parent.parent
KILLS = rounds(30, thorough=300)
ROUNDS_A_FOLDER = 10


def driver(*words: object, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.records.driver", *map(str, words)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload,no-any-return]


def texts(folder: Path) -> dict[str, str]:
    """The notes on disk, read without our code; the ids are all different."""
    notes = tomllib.loads((folder / "notes.toml").read_text("utf-8")).get("note", [])
    assert len({n["id"] for n in notes}) == len(notes)
    return {n["id"]: n["text"] for n in notes}


def test_writers_at_once_lose_nothing_and_a_reader_sees_whole_files(tmp_path: Path) -> None:
    writers, each = 4, 25
    mine = RecordStore(tmp_path)
    edited = mine.add(Note(about=Key("school:1"), name="A school", text="to be edited")).id
    running = [driver("add", tmp_path, f"writer{n}", each) for n in range(writers)]
    running.append(driver("edit", tmp_path, edited, each))
    seen = 0
    while any(process.poll() is None for process in running):
        now = {n.id for n in mine.record.notes}
        assert edited in now
        assert len(now) >= seen, "a note was there and is gone"
        seen = len(now)
        texts(tmp_path)
        time.sleep(0.002)
    said = [process.communicate()[0].splitlines() for process in running]
    assert [process.returncode for process in running] == [0] * len(running)
    held = texts(tmp_path)
    acknowledged = dict(line.split(" ", 1) for lines in said[:-1] for line in lines)
    assert len(acknowledged) == writers * each
    assert held == {**acknowledged, edited: f"edited {each - 1}\nof {each}"}
    assert {n.id for n in mine.record.notes} == set(held)
    assert mine.problems() == []


class Expected:
    """What has to be on disk by what a process announced and acknowledged before it died."""

    def __init__(self) -> None:
        self.sure: dict[str, str] = {}
        self.tried: tuple[str, str, str] | None = None

    def hear(self, what: str, note: str, name: str) -> None:
        if what in ("added", "changed"):
            self.sure[note] = name
        elif what == "removed":
            del self.sure[note]
        if what in ("add", "change", "remove"):
            self.tried = (what, note, name)
        elif what in ("added", "changed", "removed"):
            self.tried = None

    def check(self, folder: Path) -> None:
        for file in folder.rglob("*.toml"):
            tomllib.loads(file.read_text("utf-8"))
        held = {note: text.split("\n")[0] for note, text in texts(folder).items()}
        what, note, name = self.tried or ("", "", "")
        if what == "remove" and note not in held:
            del self.sure[note]
        elif what == "change" and held[note] == name:
            self.sure[note] = name
        elif what == "add":  # on disk or not: it was never acknowledged
            self.sure |= {n: t for n, t in held.items() if t == name}
        assert held == self.sure
        self.tried = None


def hear(out: IO[str], expected: Expected) -> tuple[str, str]:
    line = out.readline()
    assert line, "the nursery died"
    what, note, name = line.rstrip("\n").split(" ", 2)
    assert what != "failed", name
    expected.hear(what, note, name)
    return what, note


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_killed_at_random_moments_every_acknowledged_change_is_there(tmp_path: Path) -> None:
    chance = random.Random(time.time_ns())
    left = kills = acknowledged = 0
    nursery = driver("nursery", stdin=subprocess.PIPE)
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    try:
        for number in range(KILLS):
            if number % ROUNDS_A_FOLDER == 0:
                folder = tmp_path / f"config{number}"
                expected = Expected()
                if number % 20 == 0:  # every other folder is large enough for an index
                    RecordStore(folder).add(Note(about=Key("school:1"), name="A", text="first"))
                    start = (folder / "notes.toml").read_text("utf-8")
                    record = '\n[[note]]\nid = "n-{}"\ntext = "{}"\n'
                    many = "".join(record.format(n, "long " * 60) for n in range(60))
                    (folder / "notes.toml").write_text(start + many, "utf-8")
                    expected.sure = texts(folder)
            nursery.stdin.write(f"{folder} run{number}\n")
            nursery.stdin.flush()
            started = time.monotonic()
            before = len(expected.sure)
            child, acked = 0, False
            while not (child and acked):
                what, note = hear(nursery.stdout, expected)
                child = int(note) if what == "child" else child
                acked = acked or what == "added"
            assert time.monotonic() - started < 5, "a dead process's lock held up the next"
            time.sleep(chance.uniform(0.0, 0.12))
            os.kill(child, signal.SIGKILL)
            while hear(nursery.stdout, expected)[0] != "ended":
                pass
            kills += 1
            acknowledged += len(expected.sure) - before
            expected.check(folder)
            left += len(list(folder.rglob(".*.tmp")))
            mine = RecordStore(folder)
            assert len(mine.record.notes) == len(expected.sure)
            assert mine.problems() == []
            if number % ROUNDS_A_FOLDER == ROUNDS_A_FOLDER - 1:
                last = mine.add(Note(about=Key("school:1"), name="A", text="last"))
                assert not list(folder.rglob(".*.tmp")), "half-written files stay"
                assert last.id in texts(folder)
    finally:
        nursery.stdin.close()
        nursery.wait(10)
    print(f"{kills} kills, {acknowledged} notes acknowledged, {left} half-written files swept")
    assert kills == KILLS
