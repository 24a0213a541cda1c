"""What was read or worked out once, kept in a file that can be made again at any time.

It is taken only while all that it was made of is as it was then: whoever keeps it says that in some
bytes, its state. A pickle, as it holds thousands of nouns within nouns, which any other form would
have to be made of anew; so only the nouns that are named can come out of it, whoever wrote it.
"""

from __future__ import annotations

import io
import os
import pickle
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from navigator.storage.folder import Folder

_ENDS = (".csv", ".toml", ".py")
_CRC = 8
"""Letters of the sum that tells a damaged file."""

Nouns = Mapping[str, Collection[str]]
"""Names of classes by their module."""

Days = tuple[date, date]
"""The first day of a span, and the first after it."""
EVER: Days = (date.min, date.max)

Answer = TypeVar("Answer")


class _Reader(pickle.Unpickler):
    """Makes some nouns and nothing else."""

    def __init__(self, body: bytes, nouns: Nouns) -> None:
        super().__init__(io.BytesIO(body))
        self._nouns = nouns

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("datetime", "date"):
            return date
        if name in self._nouns.get(module, ()):
            return getattr(import_module(module), name)
        raise pickle.UnpicklingError(f"{module}.{name} is no noun that is kept here")


def load(file: Path, state: bytes, nouns: Nouns) -> Any:
    """What was saved in this state; None where nothing is, or it was in another."""
    # Whatever it holds or brings the reader to raise: a copy that can't be read is no fault of the
    # user's, and what it was made of is there.
    with suppress(Exception):
        data = file.read_bytes()
        body = data[len(state) + _CRC :]
        if data.startswith(state) and data[len(state) : len(state) + _CRC] == _sum(body):
            return _Reader(body, nouns).load()
    return None


def save(file: Path, state: bytes, answer: object) -> None:
    """Write what `load` reads. Raises OSError."""
    body = pickle.dumps(answer)
    Folder(file.parent).write_copy(file, state + _sum(body) + body)


def _sum(body: bytes) -> bytes:
    return b"%08x" % zlib.crc32(body)


def state_of(file: Path) -> str:
    """A file's name, size and time it was changed. Raises OSError."""
    return _told(file.name, file.stat())


def _told(name: str, state: os.stat_result) -> str:
    return f"{name} {state.st_size} {state.st_mtime_ns}"


def states_in(folder: Path | str, within: str = "") -> Iterator[str]:
    """`state_of` each table and file of code in a folder and in those within it."""
    try:
        with os.scandir(folder) as found:
            for entry in found:
                if entry.name.endswith(_ENDS):
                    yield f"{within}{_told(entry.name, entry.stat())}"
                elif entry.is_dir() and not entry.name.startswith(("_", ".")):
                    yield from states_in(entry.path, f"{within}{entry.name}/")
    except OSError as error:  # reading will say what is wrong with it
        yield f"{within} {error.errno}"


class KeptAnswers:
    """Answers that hold for a span of days, a file for each in a folder.

    Args:
        folder: Where they are; None keeps nothing.
        state: Tells the state of all that they are made of, "" where nothing is to be kept.
    """

    def __init__(
        self, folder: Path | None = None, state: Callable[[], bytes] = lambda: b""
    ) -> None:
        self._folder, self._ask_state = folder, state

    @cached_property
    def _state(self) -> bytes:
        return self._ask_state() if self._folder and self._folder.is_dir() else b""

    def take(self, name: str, day: date, kind: type[Answer], nouns: Nouns) -> Answer | None:
        """The answer of that name if one of that kind is kept that holds on a day."""
        if not self._folder or not self._state:
            return None
        found = load(self._folder / f"counted-{name}", self._state, nouns)
        with suppress(TypeError, ValueError):
            since, before, answer = found
            if since <= day < before and isinstance(answer, kind):
                return answer
        return None

    def keep(self, name: str, days: Callable[[], Days], answer: object) -> None:
        """Write down an answer that holds in a span of days; without room for it, don't."""
        if self._folder and self._state:
            with suppress(OSError):
                save(self._folder / f"counted-{name}", self._state, (*days(), answer))
