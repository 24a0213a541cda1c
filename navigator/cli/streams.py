"""Standard input, output and error as the commands find them, whatever the caller gave.

Nothing that is printed can steer the terminal, whoever wrote it: this is the last look. What goes
to `buffer` is a file's own bytes and is left alone.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from navigator.core import cleaning

GIVEN = "PYTHONIOENCODING"
"""What the user names an encoding with, "latin-1" or "latin-1:replace"."""


class Printed:
    """A stream that takes only what is text. With `quiet`, one that can't be written to is silent:
    a sentence about what went wrong mustn't go wrong itself. On Windows a terminal gets the signs
    that its font has."""

    def __init__(self, inner: Any, *, quiet: bool) -> None:
        self.inner = inner
        self._quiet = quiet
        self._signs = _signs_of(inner)

    def write(self, text: str) -> int:
        clean = cleaning.on_terminal(text)
        return self.write_raw(clean.translate(self._signs) if self._signs else clean)

    def write_raw(self, text: str) -> int:
        """Write what is ours, as that which moves the cursor."""
        try:
            written: int = self.inner.write(text)
        except (OSError, ValueError):
            if not self._quiet:
                raise
            return len(text)
        return written

    def flush(self) -> None:
        try:
            self.inner.flush()
        except (OSError, ValueError):
            if not self._quiet:
                raise

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def _signs_of(stream: Any) -> Mapping[int, str]:
    """What is printed in the place of which sign: nothing but on a terminal of Windows."""
    if os.name != "nt" or not stream.isatty():
        return {}
    from navigator.core import signs

    return signs.instead("auto")


@contextmanager
def usable() -> Iterator[None]:
    """Commands run within this: three streams that are there, and clean."""
    _fill()
    for stream in (sys.stdout, sys.stderr):
        _encode(stream)
    _wait_for_reader()
    before = sys.stdout, sys.stderr
    sys.stdout = Printed(sys.stdout, quiet=False)
    sys.stderr = Printed(sys.stderr, quiet=True)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


@contextmanager
def printing_into(out: Any) -> Iterator[None]:
    """Standard output goes into an open file as UTF-8, clean as on a terminal; `buffer` takes a
    file's own bytes."""
    before, text = sys.stdout, io.TextIOWrapper(out, "utf-8", errors="replace", newline="")
    sys.stdout = Printed(text, quiet=False)
    try:
        yield
        text.flush()
    finally:
        sys.stdout = before
        text.detach()


def print_cleaned(line: str) -> None:
    """Print a line of JSON, which has been cleaned of what could steer a terminal: of thousands the
    last look would take a third of the time."""
    stream = sys.stdout
    write = stream.write_raw if isinstance(stream, Printed) else stream.write
    write(f"{line}\n")


def given_up() -> None:
    """Standard output can't be written: Python mustn't try again, and complain, when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fill() -> None:
    """Put something in the place of each stream that the caller closed.

    Else the next file that is opened would have its number, and be printed into. Output that
    nobody can get is an error when it is written, so the one for it can't be written to.
    """
    names = ("stdin", "stdout", "stderr")
    for number, name in enumerate(names):
        if getattr(sys, name) is not None:
            continue
        how = os.O_WRONLY if name == "stderr" else os.O_RDONLY
        with suppress(OSError):
            opened = os.open(os.devnull, how)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            mode = "r" if name == "stdin" else "w"
            # It stays open as a standard stream
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)  # what Textual asks


def _encode(stream: Any) -> None:
    """UTF-8 wherever it goes, unless the user names another; for what that lacks stands a
    plain sign, else a question mark.

    A Windows pipe would else fail on the first "●".
    """
    if hasattr(stream, "reconfigure"):
        encoding, _, errors = os.environ.get(GIVEN, "").partition(":")
        instead = "replace"
        if encoding:
            from navigator.core import signs

            instead = signs.errors_of(stream.encoding)
        stream.reconfigure(
            encoding=None if encoding else "utf-8",
            errors=errors if errors not in ("", "strict") else instead,
        )


def _wait_for_reader() -> None:
    """A pipe that is full is waited for: some callers give one that would fail instead."""
    if os.name == "nt":
        return
    with suppress(OSError, ValueError, AttributeError):
        number = sys.stdout.fileno()
        if stat.S_ISFIFO(os.fstat(number).st_mode) and not os.get_blocking(number):
            os.set_blocking(number, True)
