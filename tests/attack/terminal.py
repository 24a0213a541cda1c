"""Terminals: of any size, resized while in use, gone, and Navigator ended while the head types."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import random
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

from tests.attack.counts import FELL, ROOT, Counts, environment, share_of

WHOLE = 40
SIZES = ((0, 0), (1, 1), (2, 2), (80, 0), (0, 24), (5, 500), (500, 5), (20, 6), (132, 43))
A_SCREEN = 8_000
"""Bytes, at the least, of a whole screen that is drawn anew."""

TYPED = "what was being typed"
RESTORED = b"\x1b[?1049l"


class Terminal:
    """A Navigator on a terminal of its own."""

    def __init__(self, folder: Path, *words: str, ignoring: int | None = None) -> None:
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            if ignoring:
                signal.signal(ignoring, signal.SIG_IGN)
            os.chdir(ROOT)
            named = environment(folder, TERM="xterm-256color", PYTHONPATH=str(ROOT))
            os.execve(sys.executable, [sys.executable, "-m", "navigator", *words], named)
        self.seen = bytearray()
        self.status: int | None = None

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if not self.ended(0):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.master >= 0:
            os.close(self.master)

    def resize(self, width: int, height: int) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def read(self, seconds: float, until: bytes = b"") -> bytes:
        """What is drawn for a while, or until something is."""
        begun, end = len(self.seen), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if until and until in self.seen[max(begun - len(until), 0) :]:
                break
            if not select.select([self.master], [], [], left)[0]:
                break
            try:
                part = os.read(self.master, 65_536)
            except OSError as error:
                if error.errno == errno.EIO:  # it has ended
                    break
                raise
            if not part:
                break
            self.seen += part
        return bytes(self.seen[begun:])

    def ended(self, seconds: float) -> bool:
        """Whether it ends within a while; what it still draws is taken."""
        end = time.monotonic() + seconds
        while self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = status
            elif time.monotonic() > end:
                return False
            elif self.master >= 0:
                self.read(0.05)
            else:
                time.sleep(0.05)
        return True

    def close(self) -> None:
        """The window is closed."""
        os.close(self.master)
        self.master = -1


def attack(share: float, folder: Path) -> Counts:
    counts = Counts("terminal")
    chance = random.Random(7)
    (folder / "config").mkdir(exist_ok=True)
    (folder / "config" / "settings.toml").write_text("ask_school = false\n", "utf-8")
    for number in range(share_of(WHOLE // 4, share)):
        _sized(number, chance, folder, counts)
    for _ in range(share_of(WHOLE // 4, share)):
        _interrupted(chance, folder, counts)
    for number in range(share_of(WHOLE // 4, share)):
        _gone(number, folder, counts)
    for number in range(share_of(WHOLE // 2, share)):
        _killed_while_typing(number, chance, folder, counts)
    return counts


def _started(terminal: Terminal, counts: Counts, name: str) -> bool:
    terminal.resize(100, 30)
    terminal.read(30, b"Sneinton")
    terminal.read(0.5)
    if b"Sneinton" in terminal.seen:
        return True
    counts.hangs.append(f"{name}: nothing was drawn in 30 s")
    return False


def _fell(terminal: Terminal, counts: Counts, name: str) -> None:
    if any(told.encode() in terminal.seen for told in FELL):
        counts.tracebacks.append(name)


def _sized(number: int, chance: random.Random, folder: Path, counts: Counts) -> None:
    """Resized a few times, the last to a size of the table, q still leaves."""
    counts.inputs += 1
    size = SIZES[number % len(SIZES)]
    name = f"terminal of {size[0]}x{size[1]}"
    with Terminal(folder, "open", "139217") as terminal:
        if not _started(terminal, counts, name):
            return
        for _ in range(3):
            terminal.resize(*chance.choice(SIZES))
            terminal.read(0.1)
        end = time.monotonic() + 10
        while terminal.read(0.5) and time.monotonic() < end:
            pass
        terminal.resize(*size)
        if len(drawn := terminal.read(1.0)) > A_SCREEN and size == (0, 0):
            counts.hangs.append(f"{name}: draws {len(drawn):,} bytes that nobody can see")
        terminal.type("q")
        if not terminal.ended(20):
            counts.hangs.append(f"{name}: q doesn't leave")
        _fell(terminal, counts, name)


def _interrupted(chance: random.Random, folder: Path, counts: Counts) -> None:
    """Ctrl+C while it starts: it ends, or goes on and q leaves."""
    counts.inputs += 1
    after = chance.uniform(0.1, 1.0)
    name = f"Ctrl+C {after:.2f} s after the start of the app"
    with Terminal(folder, "open", "139217") as terminal:
        terminal.resize(100, 30)
        time.sleep(after)
        terminal.type("\x03")
        terminal.read(2, b"Sneinton")
        if not terminal.ended(1):
            terminal.type("q")
            if not terminal.ended(20):
                counts.hangs.append(f"{name}: q doesn't leave")
        if b"\x1b[?1049h" in terminal.seen and RESTORED not in terminal.seen:
            counts.lost.append(f"{name}: the terminal isn't restored")
        _fell(terminal, counts, name)


def _gone(number: int, folder: Path, counts: Counts) -> None:
    """The window is closed; with SIGHUP ignored, as `nohup` and some shells have it, too."""
    counts.inputs += 1
    ignoring = signal.SIGHUP if number % 2 == 0 else None
    name = f"a terminal that is gone{', SIGHUP ignored' if ignoring else ''}"
    with Terminal(folder, "open", "139217", ignoring=ignoring) as terminal:
        if not _started(terminal, counts, name):
            return
        terminal.close()
        # 5 s, and more where the machine has no time for us
        if not terminal.ended(5 if os.getloadavg()[0] < 2 * (os.cpu_count() or 1) else 15):
            counts.hangs.append(name)


def _killed_while_typing(number: int, chance: random.Random, folder: Path, counts: Counts) -> None:
    """What was being typed is offered when Navigator is next opened, and in the form again."""
    counts.inputs += 1
    ended_by = (signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)[number % 3]
    name = f"{ended_by.name} while typing"
    text = f"{TYPED} {number}"
    with Terminal(folder, "open", "139217") as terminal:
        if not _started(terminal, counts, name):
            return
        terminal.type("N")
        terminal.read(2, b"Ctrl+S")
        terminal.read(0.5)
        terminal.type(text)
        # A second is what a kill that can't be heard may cost
        terminal.read(5, text.encode())
        time.sleep(chance.uniform(0.3, 1) + (2.5 if ended_by == signal.SIGKILL else 0))
        os.kill(terminal.pid, ended_by)
        if not terminal.ended(15):
            counts.hangs.append(name)
            return
        if ended_by != signal.SIGKILL and RESTORED not in terminal.seen:
            counts.lost.append(f"{name}: the terminal isn't restored")
        _fell(terminal, counts, name)
    if text not in _drafts(folder):
        counts.lost.append(f"{name}: the words are gone")
        return
    with Terminal(folder, "open", "139217") as terminal:
        if not _started(terminal, counts, name):
            return
        if b"You were writing" not in terminal.seen:
            counts.lost.append(f"{name}: the words aren't offered")
        terminal.type("N")
        terminal.read(2, text.encode())
        if text.encode() not in terminal.seen:
            counts.lost.append(f"{name}: the form is empty")
        terminal.type("\x13")
        terminal.read(1)
        terminal.type("q")
        if not terminal.ended(20):
            counts.hangs.append(f"{name}: q doesn't leave")
    if text in _drafts(folder):
        counts.lost.append(f"{name}: saved, and still a draft")
    if text not in (folder / "config" / "notes.toml").read_text("utf-8"):
        counts.lost.append(f"{name}: not saved")


def _drafts(folder: Path) -> str:
    file = folder / "config" / "drafts.toml"
    return file.read_text("utf-8") if file.exists() else ""
