"""Backups that anyone may have made, and files of the record that other programs spoiled."""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.attack.counts import FELL, Counts, environment, share_of, within
from tests.attack.terminal import Terminal
from tests.directory.test_own_programmes import REGISTRY, TABLE

WHOLE = 76
NOTE = (
    '[[note]]\nid = "n-one"\nabout = "la:892"\nname = "Nottingham"\nday = 2026-09-01\n'
    'text = "kept"\n'
)
DEEP = "x = " + "[" * 5_000 + "]" * 5_000
SETTINGS = (
    'units = "km"\nregister_url = "http://evil.example/files"\n',
    'register_url = "https://evil.example"\nfacts_url = "https://evil.example/facts"\n',
    DEEP,
    'units = ["km"]\nschool = "x"\nkeys = 5\n',
    "\x00",
    'theme = "\\u001b]52;c;eA==\\u0007"\n',
)
MANIFEST = 'format = 1\nmade = 2026-11-01T10:00:00\nnavigator = "0.1.0"\n'
MANIFESTS = ("", "format = 1", "made = 1\nformat = 1\n", DEEP, MANIFEST.replace("1\n", "99\n", 1))
ANSWERS = {
    "no": ("n\r", False),
    "nothing": ("\r", False),
    "the end of the input": ("\x04", False),
    "Ctrl+C": ("\x03", False),
    "what steers a terminal": ("\x1b]52;c;eA==\x07\r", False),
    "ten thousand letters": ("".join(["q" * 1_000 + "\r"] * 10), False),
    "replace, no address": ("y\rn\r", False),
    "replace, and Ctrl+C": ("y\r\x03", False),
    "merge": ("m\r", False),
    "replace, and the address": ("y\ry\r", True),
}
"""What is answered at a terminal, and whether that lets an address to update from in."""
NAMES = ("../notes.toml", "/etc/passwd", "notes.toml\x00.zip", "C:\\notes.toml", "notes.toml/")


@contextmanager
def folders(folder: Path) -> Iterator[None]:
    """The environment of commands that run in this process."""
    before = dict(os.environ)
    os.environ.update(environment(folder))
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def attack(share: float, folder: Path) -> Counts:
    counts = Counts("backups")
    chance = random.Random(4)
    cases = [case for number in range(20) for case in _cases(number, chance)]
    config = folder / "config"
    with folders(folder):
        for name, data in chance.sample(cases, share_of(WHOLE, share)):
            counts.inputs += 1
            config.mkdir(exist_ok=True)
            (config / "notes.toml").write_text(NOTE, "utf-8")
            (config / "settings.toml").write_text('units = "miles"\n', "utf-8")
            file = folder / "given.zip"
            file.write_bytes(data)
            ran = within(["restore", "--replace", str(file)])
            counts.look(name, ran)
            if ran.code:
                if (config / "notes.toml").read_text("utf-8") != NOTE:
                    counts.lost.append(name)
            elif "evil.example" in (config / "settings.toml").read_text("utf-8"):
                counts.let_in.append(f"{name}: an address to update from")
            if b"\x1b" in ran.out + ran.err:
                counts.let_in.append(f"{name}: steers the terminal")
        _spoiled(config, counts)
    for name, (typed, lets_in) in chance.sample(
        sorted(ANSWERS.items()), share_of(len(ANSWERS), share)
    ):
        _answered(name, typed, folder, counts, lets_in=lets_in)
    return counts


def _answered(name: str, typed: str, folder: Path, counts: Counts, *, lets_in: bool) -> None:
    """A backup with an address to update from, restored at a terminal with a record of one's own:
    what is answered there decides, and only "y" lets the address in."""
    counts.inputs += 1
    name = f"at a terminal: {name}"
    config, file = folder / "config", folder / "given.zip"
    (config / "notes.toml").write_text(NOTE, "utf-8")
    (config / "settings.toml").write_text('units = "miles"\n', "utf-8")
    hostile = SETTINGS[1] + SETTINGS[5]
    theirs = NOTE.replace("kept", "theirs \\u001b]52;c;eA==\\u0007")
    file.write_bytes(_zip(**{"settings.toml": hostile, "notes.toml": theirs}))
    with Terminal(folder, "restore", str(file)) as terminal:
        for answer in typed.splitlines(keepends=True):
            terminal.read(20, b"] ")
            terminal.type(answer)
        if not terminal.ended(20):
            counts.hangs.append(name)
            return
        terminal.read(0.2)
        said = bytes(terminal.seen)
    if b"]" not in said:
        counts.lost.append(f"{name}: nothing was asked")
    if any(fell.encode() in said for fell in FELL):
        counts.tracebacks.append(name)
    if b"\x1b]52" in said:
        counts.let_in.append(f"{name}: steers the terminal")
    if ("evil.example" in (config / "settings.toml").read_text("utf-8")) is not lets_in:
        counts.let_in.append(f"{name}: the address to update from isn't as answered")
    kept = (config / "notes.toml").read_text("utf-8")
    if typed in ("y\rn\r", "y\ry\r") and '"kept"' in kept:
        counts.lost.append(f"{name}: it wasn't restored, as was answered")
    replaced = typed.startswith("y")
    if not replaced and NOTE not in kept and '"kept"' not in kept:
        counts.lost.append(f"{name}: the note here is gone")
    if replaced and '"kept"' in kept and not list(config.glob("before-restore-*.zip")):
        counts.lost.append(f"{name}: half a restore")


def _zip(**more: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"backup.toml": MANIFEST, "notes.toml": NOTE, **more}.items():
            archive.writestr(name, data)
    return out.getvalue()


def _cases(number: int, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    good = _zip(**{"settings.toml": SETTINGS[number % len(SETTINGS)]})
    yield f"settings {number}", good
    yield f"manifest {number}", _zip(**{"backup.toml": MANIFESTS[number % len(MANIFESTS)]})
    yield f"name {number}", _zip(**{NAMES[number % len(NAMES)]: NOTE})
    yield f"cut {number}", good[: chance.randrange(len(good))]
    flipped = bytearray(good)
    for _ in range(1 + number):
        flipped[chance.randrange(len(flipped))] = chance.randrange(256)
    yield f"flipped {number}", bytes(flipped)
    if number == 0:
        yield "a bomb", _zip(**{"plan.toml": b"#" * (70 * 1024 * 1024)})
        yield "deep notes", _zip(**{"notes.toml": DEEP})
        yield "CP1252", _zip(**{"notes.toml": NOTE.replace("kept", "caf\xe9").encode("cp1252")})


def _spoiled(config: Path, counts: Counts) -> None:
    """Files here that an editor spoiled: told, and the rest goes on."""
    for name, data in (
        ("settings.toml", DEEP.encode()),
        ("settings.toml", b"units = \xff"),
        ("notes.toml", NOTE.replace("kept", "caf\xe9").encode("cp1252")),
        ("notes.toml", DEEP.encode()),
        ("plan.toml", b"\xff\xfe[\x00"),
        ("drafts.toml", DEEP.encode()),
        ("seen.toml", DEEP.encode()),
        ("last-change.json", b"[" * 100_000),
        ("restoring.zip", b"PK\x03\x04"),
    ):
        (config / name).write_bytes(data)
        for words in (["status"], ["show", "139217"], ["notes"], ["plan", "list"]):
            counts.inputs += 1
            counts.look(f"{name} spoiled, {words[0]}", within(words))
        aside = [f.name for f in config.glob("*.broken-*")]
        if name in ("notes.toml", "plan.toml") and not aside:
            counts.lost.append(f"{name} spoiled and not set aside")
        (config / name).unlink(missing_ok=True)
    _own_facts(config / "facts", counts)


def _own_facts(own: Path, counts: Counts) -> None:
    """One bad cell in facts of one's own: told, and the rest goes on."""
    (own / "programmes").mkdir(parents=True)
    (own / "programmes.toml").write_text(REGISTRY, "utf-8")
    for cell in ("soon", "1/13/27", "9" * 400, "\x1b]52;c;eA==\x07", "\xff"):
        table = own / "programmes" / "chess-hub.csv"
        table.write_bytes(TABLE.replace("2026-01,", f"{cell},").encode("latin-1"))
        for words in (["show", "139217"], ["status"], ["find", "sneinton"]):
            counts.inputs += 1
            ran = within(words)
            counts.look(f"a bad cell, {words[0]}", ran)
            if ran.code or (b"chess-hub.csv" not in ran.err and "\x1b" not in cell):
                counts.lost.append(f"a bad cell {cell!r}, {words[0]}: {ran.err[:200]!r}")
            if b"\x1b" in ran.out + ran.err:
                counts.let_in.append(f"a bad cell, {words[0]}: steers the terminal")
