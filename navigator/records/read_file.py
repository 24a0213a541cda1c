"""One file of records as it is on disk: read with care, a damaged one set aside."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import wording
from navigator.core.errors import NavigatorError
from navigator.records.ids import id_of
from navigator.records.index import Record, RecordIndex
from navigator.records.kinds import RecordKind
from navigator.records.toml_file import parse, where
from navigator.storage.folder import Folder, Stamp

if TYPE_CHECKING:
    from navigator.records.toml_text import Piece


class _Good(NamedTuple):
    """A kept version that can be read; `when` is its time in words."""

    data: bytes
    records: list[Record]
    when: str


class ReadFile:
    """The records of a kind as their file has them, in the file's order."""

    def __init__(self, folder: Folder, kind: RecordKind) -> None:
        self.kind = kind.name
        self.file = kind.file
        self.problems: list[str] = []
        self._folder = folder
        self._about = kind.heading
        self._keep = kind.kept
        self._index = RecordIndex(folder, kind.file)
        # What was last read or written: the file's stamp, its bytes, what they hold.
        self._stamp: Stamp | None = None
        self._data: bytes | None = None
        self._records: tuple[Record, ...] = ()
        self._pieces: list[Piece] | None = None
        # Where an id isn't in the file but of our making: what is to be said of that.
        self._made_up: list[str] | None = None
        self._read_once = False
        self._stuck = ""  # why what is on disk is neither shown nor changed

    # --- reading ---

    def stale(self) -> bool:
        """Whether the file isn't what was last read: someone else changed it."""
        return not self._read_once or self._folder.stamp(self.file) != self._stamp

    def records(self) -> tuple[Record, ...]:
        """All records, each with its `id`. A damaged file gives its newest good version."""
        if self.stale():
            stamp = self._folder.stamp(self.file)  # first: what changes later is seen as stale
            try:
                self._take(self._folder.read(self.file))
            except OSError as error:
                self._hold(None, ())
                self._say_stuck(
                    f"{self._path} can't be read ({error.strerror}); nothing in it is shown or "
                    "changed until it can."
                )
            self._stamp = stamp
        return self._records

    @property
    def _path(self) -> Path:
        return self._folder.path / self.file

    def _hold(
        self, data: bytes | None, records: tuple[Record, ...], made_up: list[str] | None = None
    ) -> None:
        self._data, self._records, self._made_up = data, records, made_up
        self._pieces, self._stuck, self._read_once = None, "", True

    def _say_stuck(self, sentence: str) -> None:
        self._stuck = sentence
        self.problems.append(sentence)

    def _take(self, data: bytes | None) -> None:
        """Take in the file's content as it is on disk."""
        if self._read_once and data == self._data and not self._stuck:
            return
        if data is None:
            self._hold(None, ())
            return
        held = self._index.read(data)
        if held is not None:
            self._hold(data, *held)
            self.problems += held[1] or []
            return
        try:
            found = parse(data, self.kind)
            if not data.strip() and (good := self._newest_good()) and good.records:
                raise ValueError("it is empty, and held something before")
        except ValueError as error:  # bad TOML, or bytes that aren't UTF-8
            self._recover(data, error)
            return
        self._hold(data, *self._named(found))
        # Only where there is something to keep: the lock costs a start 40 ms. Another Navigator
        # that holds the folder keeps the version itself before it writes.
        with suppress(NavigatorError, OSError):
            if self._lacks_copies(data):
                with self._folder.locked(0):
                    if self._folder.read(self.file) == data:
                        self._keep_copies()

    def _lacks_copies(self, data: bytes) -> bool:
        """Whether a version of what was just read, or its index, is to be written or removed."""
        lacks_version = self._keep and data and not self._folder.is_newest(self.file, data)
        return bool(lacks_version) or self._index.is_due(data)

    def _keep_copies(self) -> None:
        if self._keep and self._data:
            self._folder.keep_version(self.file, self._data)
        self._copy()

    def _named(self, found: list[Record]) -> tuple[tuple[Record, ...], list[str] | None]:
        """The records, each with an id; where ids aren't in the file, what is to be said of that.

        One written by hand without an id gets it from its content.
        """
        taken: set[str] = set()
        named: list[Record] = []
        made_up: list[str] | None = None
        for record in found:
            given, name = record.get("id"), id_of(self.kind, record, taken)
            if name != given:
                made_up = made_up or []
                if isinstance(given, str) and given:
                    made_up.append(
                        f"{self._path}: two entries have the id {given}; the second goes by {name}."
                    )
                elif given is not None:
                    made_up.append(
                        f"{self._path}: the id {given!r} is not text in quotes; that entry goes by "
                        f"{name}."
                    )
            taken.add(name)
            named.append({**record, "id": name})
        self.problems += made_up or []
        return tuple(named), made_up

    def _newest_good(self) -> _Good | None:
        """The newest version that can be read and isn't blank."""
        for version in self._folder.versions(self.file):
            try:
                data = version.read_bytes()
                records = parse(data, self.kind)
                when = datetime.fromtimestamp(version.stat().st_mtime)
            except (OSError, ValueError):
                continue
            if data.strip():
                return _Good(data, records, f"{wording.short_day(when)}, {when:%H:%M}")
        return None

    def _recover(self, data: bytes, error: ValueError) -> None:
        """Take the newest good version in place of a damaged file, which is set aside."""
        said = f"{self._path} can't be used: {where(data, error)}."
        try:
            with self._folder.locked():
                now = self._folder.read(self.file)
                if now != data:  # mended meanwhile, or by another Navigator
                    self._take(now)
                    return
                good = self._newest_good()
                aside = self._folder.set_aside(self.file, data)
                if good is None:
                    self._folder.remove(self.file)
                    self._hold(None, ())
                else:
                    self._folder.write(self.file, good.data)
                    self._hold(good.data, *self._named(good.records))
                    self._copy()
        except (OSError, NavigatorError):
            good = self._newest_good()
            self._hold(data, *self._named(good.records if good else []))
            self._say_stuck(
                f"{said} It couldn't be set aside, so it is left as it is and can't be changed; "
                f"{_used(good)}. Mend it, or make its folder writable."
            )
            return
        self.problems.append(
            f"{said} It is kept as {aside.name}; {_used(good)}. "
            "Mend the kept file, or copy from it what you miss."
        )

    def _copy(self) -> None:
        """Keep the index, unless what the ids are only a new reading tells."""
        self._index.write(self._data if self._read_once else None, self._records, self._made_up)


def _used(good: _Good | None) -> str:
    return f"the newest good version, of {good.when}, is in use" if good else "no older one is good"
