"""Navigator killed while it writes: at random moments, and at each step of a restore."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

from navigator.core.keys import Key
from navigator.core.record import Bookmark, Note
from navigator.records import RecordStore, backup
from navigator.storage import folder as storage
from tests.attack.counts import Counts, share_of
from tests.records import test_processes

WHOLE = 300
STEPS = 20
"""More than a restore of this record has writes."""


def attack(share: float, folder: Path) -> Counts:
    counts = Counts("kills")
    whole = share_of(WHOLE // 2, share)
    _at_random(whole, folder, counts)
    chance = random.Random(4)
    base = folder / "base"
    for number in range(whole):
        counts.inputs += 1
        _in_a_restore(number, chance, base / str(number), counts)
    return counts


def _at_random(kills: int, folder: Path, counts: Counts) -> None:
    """The test of the record's own files, as often as is asked."""
    counts.inputs += kills
    held, test_processes.KILLS = test_processes.KILLS, kills
    try:
        test_processes.test_killed_at_random_moments_every_acknowledged_change_is_there(folder)
    except AssertionError as error:
        counts.lost.append(f"killed at random: {str(error)[:200]}")
    finally:
        test_processes.KILLS = held


def _filled(folder: Path, word: str) -> RecordStore:
    folder.mkdir(parents=True)
    store = RecordStore(folder)
    store.add(Note(about=Key("la:892"), name="Nottingham", text=word))
    store.add(Bookmark(about=Key.school(139217), name=word))
    (folder / "settings.toml").write_text(f'theme = "{word}"\n', "utf-8")
    return store


def _in_a_restore(number: int, chance: random.Random, folder: Path, counts: Counts) -> None:
    merge = number % 4 == 3
    step = number % STEPS
    there = _filled(folder / "there", "there").backup()
    _filled(folder / "here", "here")
    file = folder / "backup.zip"
    file.write_bytes(there)
    held = backup.read(file)
    child = os.fork()
    if child == 0:
        try:
            _die_at(step, after=chance.random() < 0.5)
            RecordStore(folder / "here").restore(held, merge=merge)
            os._exit(0)
        finally:
            os._exit(1)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1:
        counts.tracebacks.append(f"a restore to be killed at step {step} failed before")
    told = RecordStore(folder / "here")
    notes = {note.text for note in told.record.notes}
    marks = {mark.name for mark in told.record.bookmarks}
    theme = (folder / "here" / "settings.toml").read_text("utf-8").split('"')[1]
    whole = (
        ({"here"}, {"here"}, "here"),
        ({"here", "there"}, {"here"}, "here") if merge else ({"there"}, {"there"}, "there"),
    )
    if (notes, marks, theme) not in whole:
        counts.mixed.append(f"restore killed at step {step}: {notes} {marks} {theme}")
    if (folder / "here" / "restoring.zip").exists():
        counts.lost.append(f"restore killed at step {step}: not finished at the next start")


def _die_at(step: int, *, after: bool) -> None:
    """From now on the process dies at its write of this number, before or after it."""
    write: Callable[..., None] = storage.Folder._replace
    done = 0

    def counted(*args: object, **options: object) -> None:
        nonlocal done
        if done == step and not after:
            os._exit(9)
        write(*args, **options)
        if done == step:
            os._exit(9)
        done += 1

    # The process is to die between two writes
    storage.Folder._replace = counted  # type: ignore[method-assign]
