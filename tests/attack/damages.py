"""The register in use damaged: every command says so, and goes on with another."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from navigator.register import update_from
from navigator.register.opening import current_name
from tests.attack.backups import folders
from tests.attack.counts import Counts, share_of, within
from tests.register import made

WHOLE = 200
SCHOOL = "100003"
COMMANDS = (
    *(["show", SCHOOL], ["find", "made"], ["status"], ["locality", "birmingham"]),
    *(["overlap", SCHOOL], ["export", SCHOOL, "--csv", "-"], ["export", "england", "--csv", "-"]),
    *(["note", SCHOOL, "a note"], ["notes"], ["changes"], ["review", SCHOOL], ["plan", "list"]),
)


def attack(share: float, folder: Path) -> Counts:
    counts = Counts("damages")
    chance = random.Random(3)
    data = folder / "data"
    (folder / "given").mkdir()
    for number, rows in ((1, 300), (2, 310)):
        name = f"edubasealldata2026010{number}.csv"
        update_from(made.write(folder / "given", made.schools(rows), name), data)
        (folder / "given" / name).unlink()
    good = folder / "good"
    shutil.copytree(data, good)
    silent = told = 0
    with folders(folder):
        for number in range(share_of(WHOLE, share)):
            shutil.rmtree(data)
            shutil.copytree(good, data)
            file = data / current_name(data)
            before = file.stat()
            way = WAYS[number % len(WAYS)]
            way(file, chance)
            hidden = number % 3 == 0  # bits that went without the file's time telling it
            if hidden:
                os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
            for words in chance.sample(COMMANDS, 3):
                counts.inputs += 1
                ran = within(words)
                name = f"{way.__name__} {number}, {' '.join(words)}"
                counts.look(name, ran)
                says = b"register is damaged" in ran.err + ran.out
                told += says
                silent += not says
                if not says and not hidden and words[0] in ("show", "find", "export", "status"):
                    counts.let_in.append(f"{name}: not told: {ran.err[:200]!r}")
    counts.figures = f"told {told}, the same time and size and nothing noticed {silent}"
    return counts


def noise(file: Path, chance: random.Random) -> None:
    """Bytes anywhere."""
    content = bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 10, 200, 5_000))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    _write(file, content)


def zeroed(file: Path, chance: random.Random) -> None:
    """Some pages are nothing, as after a disk lost them."""
    content = bytearray(file.read_bytes())
    for _ in range(chance.choice((1, 4, 30))):
        at = chance.randrange(len(content) // 4096) * 4096
        content[at : at + 4096] = bytes(4096)
    _write(file, content)


def cut(file: Path, chance: random.Random) -> None:
    content = file.read_bytes()
    _write(file, content[: chance.randrange(len(content))])


def swapped(file: Path, chance: random.Random) -> None:
    """Two pages stand in each other's place."""
    content = bytearray(file.read_bytes())
    pages = len(content) // 4096
    one, other = (chance.randrange(pages) * 4096 for _ in range(2))
    held = content[one : one + 4096]
    content[one : one + 4096] = content[other : other + 4096]
    content[other : other + 4096] = held
    _write(file, content)


def texts(file: Path, chance: random.Random) -> None:
    """Letters of names that are no letters."""
    content = bytearray(file.read_bytes())
    at = 0
    while (at := content.find(b"Made", at + 1)) > 0:
        if chance.random() < 0.2:
            content[at : at + 2] = b"\xff\x1b"
    _write(file, content)


def _write(file: Path, content: bytes | bytearray) -> None:
    other = file.with_suffix(".other")
    other.write_bytes(content)
    other.replace(file)


WAYS: tuple[Callable[[Path, random.Random], None], ...] = (noise, zeroed, cut, swapped, texts)
