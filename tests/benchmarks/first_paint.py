"""Spawn to landscape on screen, against a bare Textual app: python -m tests.benchmarks.first_paint

    [--runs 15] [--sizes 120x40,80x24] [--urn 100000] [--command navigator]

Both run in turn on fresh pseudo-terminals behind a terminal emulator (pyte). Prints, for each size,
the median ratio over rounds and our peak memory in MiB; where valgrind is installed, also the ratio
of the instructions that both take until then, which a busy machine doesn't change. Uses the
register in NAVIGATOR_DATA_DIR, of which a first run keeps the facts as read, as any head's does.
The landscape counts as fully on screen when the footer and something of each visible column are.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

import pyte

BARE = """
from textual.app import App
from textual.widgets import Footer, Header, Static
class Bare(App):
    def compose(self):
        yield Header()
        yield Static("BAREMARK")
        yield Footer()
Bare().run()
"""
# Sequences Textual sends that pyte can't read.
UNREAD = re.compile(
    rb"\x1b\[[<>=?][0-9;]*[uq]|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\|\x1b\[[0-9;]*t|\x1b\[>[0-9;]*m",
    re.DOTALL,
)


PATIENCE = 120
"""Seconds in which a program has to show its screen; valgrind takes twenty times as long."""
STAY = 4
"""Seconds in which it surely has kept the facts that it read."""


class Screen(pyte.Screen):
    """The emulator without what a timing doesn't need."""

    def report_device_status(self, *_: object, **__: object) -> None: ...

    def select_graphic_rendition(self, *_: object, **__: object) -> None: ...


def time_to(
    markers: list[str],
    command: list[str],
    size: tuple[int, int],
    *,
    stay: float = 0,
    end: signal.Signals = signal.SIGTERM,
) -> tuple[float, float]:
    """Milliseconds until all markers stand on screen, and peak MiB; SystemExit if never.

    The program is left alone for `stay` seconds from then, and ended by the signal `end`.
    """
    columns, rows = size
    screen = Screen(columns, rows)
    stream = pyte.ByteStream(screen)
    start = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = dict(os.environ, TERM="xterm-256color", COLORTERM="truecolor")
        os.execvpe(command[0], command, environment)
    seen = None
    until = start + PATIENCE
    while time.perf_counter() < until:
        if not select.select([terminal], [], [], 0.02)[0]:
            continue
        try:
            data = os.read(terminal, 1 << 16)
        except OSError:
            break
        stream.feed(UNREAD.sub(b"", data))
        shown = "\n".join(screen.display)
        if seen is None and all(marker in shown for marker in markers):
            seen = (time.perf_counter() - start) * 1000
            until = time.perf_counter() + stay
    os.killpg(pid, end)
    while True:  # keep reading, or the child blocks while it tidies up
        done, _, usage = os.wait4(pid, os.WNOHANG)
        if done:
            break
        if select.select([terminal], [], [], 0.02)[0]:
            try:
                os.read(terminal, 1 << 16)
            except OSError:
                time.sleep(0.01)
    os.close(terminal)
    if seen is None:
        sys.exit("never seen: " + ", ".join(markers) + "\n" + "\n".join(screen.display))
    return seen, usage.ru_maxrss / 1024


def instructions_to(markers: list[str], command: list[str], size: tuple[int, int]) -> int:
    """How many instructions a program takes until all markers stand on screen."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "counted"
        counting = (
            f"--tool=cachegrind --cache-sim=no --log-file=/dev/null --cachegrind-out-file={told}"
        )
        # A signal that neither app listens to: what they do to end isn't counted
        time_to(markers, ["valgrind", *counting.split(), *command], size, end=signal.SIGUSR1)
        summary = re.search(r"^summary: *(\d+)", told.read_text(), re.MULTILINE)
    if summary is None:
        sys.exit("valgrind counted nothing")
    return int(summary[1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--sizes", default="120x40,80x24")
    parser.add_argument("--urn", default="100000")
    parser.add_argument("--command", default="navigator")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE)
        for size in given.sizes.split(","):
            columns, rows = map(int, size.split("x"))
            markers = [f"URN {given.urn}", "Maths", "Quit"]
            if columns >= 112:
                markers += ["WHERE YOU BELONG", "NEXT DOOR", "WHY THEM"]
            started = [given.command, given.urn]
            bare_started = [sys.executable, str(bare)]
            time_to(markers, started, (columns, rows), stay=STAY)
            rounds = []
            for _ in range(given.runs + 1):
                floor, _ = time_to(["BAREMARK"], bare_started, (columns, rows))
                ours, peak = time_to(markers, started, (columns, rows))
                rounds.append((ours / floor, floor, ours, peak))
            rounds = rounds[1:]  # the first warms the caches
            ratios = [r[0] for r in rounds]
            told: dict[str, object] = {
                "size": size,
                "rounds": given.runs,
                "ratio_median": round(statistics.median(ratios), 2),
                "ratio_min_max": [round(min(ratios), 2), round(max(ratios), 2)],
                "bare_ms_median": round(statistics.median(r[1] for r in rounds)),
                "ms_median": round(statistics.median(r[2] for r in rounds)),
                "peak_mib": round(max(r[3] for r in rounds), 1),
            }
            if shutil.which("valgrind"):
                floor = instructions_to(["BAREMARK"], bare_started, (columns, rows))
                ours = instructions_to(markers, started, (columns, rows))
                told["instructions_ratio"] = round(ours / floor, 3)
            print(json.dumps(told))


if __name__ == "__main__":
    main()
