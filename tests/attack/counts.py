"""What an attack counts, and how a Navigator is run and looked at."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
SECONDS = 60
"""After which a process hangs, on a busy machine, too."""

FELL = ("Traceback (most recent", "Exception ignored", "Fatal Python error", "Unhandled exception")
"""What stands in the output of a program that wasn't ready for what came."""


@dataclass
class Counts:
    """What fell in one kind of attack; each with a line that says which."""

    kind: str
    inputs: int = 0
    tracebacks: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    let_in: list[str] = field(default_factory=list)
    skipped: str = ""
    figures: str = ""

    @property
    def fell(self) -> list[str]:
        kinds = ("tracebacks", "hangs", "lost", "mixed", "let_in")
        return [f"{kind}: {line}" for kind in kinds for line in getattr(self, kind)]

    def look(self, name: str, ran: Ran) -> None:
        """Count a run that hangs, or that ends in a traceback."""
        if ran.code is None:
            self.hangs.append(name)
        said = ran.out.decode("utf-8", "replace") + ran.err.decode("utf-8", "replace")
        if any(told in said for told in FELL):
            self.tracebacks.append(f"{name}: {said.strip().splitlines()[-1][:200]}")


class Ran(NamedTuple):
    """A Navigator that ran: its exit code, None where it had to be killed, and what it wrote."""

    code: int | None
    out: bytes
    err: bytes


def environment(folder: Path, **more: str) -> dict[str, str]:
    """With folders of our own for the register and the record, and no way to DfE."""
    return {
        **os.environ,
        "NAVIGATOR_DATA_DIR": str(folder / "data"),
        "NAVIGATOR_CONFIG_DIR": str(folder / "config"),
        "NAVIGATOR_REGISTER_URL": "https://nowhere.invalid",
        **more,
    }


def process(
    words: Sequence[str], folder: Path, *, given: bytes = b"", more: Mapping[str, str] = {}
) -> Ran:
    """The real command in a process of its own."""
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "navigator", *words],
            cwd=ROOT,
            env=environment(folder, **more),
            input=given,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return Ran(None, late.stdout or b"", late.stderr or b"")
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def within(words: Sequence[str]) -> Ran:
    """The command in this process: for hundreds of them. The folders are the environment's."""
    from navigator.cli import run

    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code: int | None
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = run(words)
        except SystemExit as end:
            code = int(end.code or 0)
        except Exception:
            import traceback

            traceback.print_exc()
            code = 1
    return Ran(code, out.buffer.getvalue(), err.buffer.getvalue())


def share_of(whole: int, share: float) -> int:
    return max(1, round(whole * share))
