"""Standard input, output and error closed, full, or in another encoding; Ctrl+C at once."""

from __future__ import annotations

import fcntl
import os
import random
import shlex
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

from tests.attack.counts import ROOT, SECONDS, Counts, Ran, environment, share_of

WHOLE = 100
CLOSED = ("<&-", ">&-", "2>&-", "<&- >&-", ">&- 2>&-", "<&- 2>&-", "<&- >&- 2>&-")
FULL = (">/dev/full", "2>/dev/full", ">/dev/full 2>&1")
ENCODINGS = ("ascii", "latin-1:strict", "cp1252", "utf-16", "utf-8:surrogateescape")
COMMANDS = (
    "show 139217",
    "show 139217 --json",
    "find sneinton",
    "find nothing-of-this-name",
    "status",
    "show -",
    "note 139217 -",
    "export 139217 --html -",
    "--version",
    "--help",
    "shwo",
    "open 139217",
    "restore nothing.zip",
    "plan list",
)


def attack(share: float, folder: Path) -> Counts:
    counts = Counts("streams")
    chance = random.Random(9)
    ways = [(c, w) for c in COMMANDS for w in (*CLOSED, *FULL, *ENCODINGS)]
    for command, way in chance.sample(ways, share_of(WHOLE, share)):
        counts.inputs += 1
        counts.look(f"{command} {way}", _run(command, way, folder))
    for number in range(share_of(60, share)):
        counts.inputs += 1
        _interrupted(number / 60 * 0.25 / max(share, 1 / 60), folder, counts)
    _full_pipe(folder, counts)
    _empty_pipe(folder, counts)
    return counts


def _run(command: str, way: str, folder: Path) -> Ran:
    more = {} if way[0] in "<>2" else {"PYTHONIOENCODING": way}
    line = f"{shlex.quote(sys.executable)} -m navigator {command} {'' if more else way}"
    given = None if "<&-" in line else b"139217\n"
    try:
        ran = subprocess.run(  # the shell closes what Python's own `subprocess` can't
            line,
            shell=True,
            cwd=ROOT,
            env=environment(folder, **more),
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Ran(None, b"", b"")
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def _interrupted(after: float, folder: Path, counts: Counts) -> None:
    """Ctrl+C so many seconds after our first line: what Python does before it is Python's."""
    command = (
        "import os, signal, sys; sys.argv[1:] = ['show', '139217']; "
        "signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from navigator.__main__ import main; os.write(1, b'!'); main()"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    running.stdout.read(1)
    time.sleep(0.002 + after)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=SECONDS)
    counts.look(f"Ctrl+C after {after:.3f} s", Ran(running.returncode, out, err))


def _full_pipe(folder: Path, counts: Counts) -> None:
    """A pipe that is full and says so instead of letting its writer wait: all arrives."""
    counts.inputs += 1
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    fcntl.fcntl(writer, getattr(fcntl, "F_SETPIPE_SZ", 1031), 4096)
    running = subprocess.Popen(
        [sys.executable, "-m", "navigator", "export", "139217", "--html", "-"],
        cwd=ROOT,
        env=environment(folder),
        stdout=writer,
        stderr=subprocess.PIPE,
    )
    os.close(writer)
    time.sleep(0.7)  # until it has filled the pipe
    told = bytearray()
    while part := os.read(reader, 65_536):
        told += part
    os.close(reader)
    _, err = running.communicate(timeout=SECONDS)
    counts.look("a full pipe", Ran(running.returncode, b"", err))
    if not bytes(told).rstrip().endswith(b"</html>"):
        counts.lost.append(f"a full pipe lost what comes after {len(told):,} bytes")


def _empty_pipe(folder: Path, counts: Counts) -> None:
    """A command that failed before the pipe mustn't take the head's words away."""
    words = "review 139217 --write local-lens"
    _run(f"{words} kept", "2>&1", folder)
    for way in ("</dev/null", "<&-"):
        counts.inputs += 1
        counts.look(way, _run(f"{words} -", way, folder))
        reviews = tomllib.loads((folder / "config" / "reviews.toml").read_text("utf-8"))
        if "kept" not in str(reviews):
            counts.lost.append(f"words of a review, by {way}")
