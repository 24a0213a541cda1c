"""One file of records: read with care, changed one record at a time."""

from __future__ import annotations

import json
import tomllib
import zlib
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from navigator.errors import NavigatorError, RefusedError
from navigator.workspace import chunks
from navigator.workspace.chunks import Piece, Values
from navigator.workspace.files import Folder

INDEX_FROM = 16 * 1024
"""Bytes from which a file's records are kept beside it as JSON too: TOML reads 40 times slower."""

INDEX_FORMAT = 1

Record = dict[str, Any]


class Change(NamedTuple):
    """A change to one record, by which it can be undone: its text and place before and after."""

    kind: str
    id: str
    before: str | None
    after: str | None
    was_at: int
    at: int

    @property
    def reverse(self) -> Change:
        return Change(self.kind, self.id, self.after, self.before, self.at, self.was_at)


class _Now(NamedTuple):
    """A file under the lock: its records, and the pieces of text they stand in."""

    kind: str
    records: tuple[Record, ...]
    pieces: list[Piece]

    def find(self, name: str) -> tuple[int, str]:
        """A record's place among the records, and its text. Refused where it is gone."""
        texts = [piece.text for piece in self.pieces if piece.record]
        for at, record in enumerate(self.records):
            if record["id"] == name:
                return at, texts[at]
        raise RefusedError(
            f"That {self.kind} ({name}) is no longer there: it was removed elsewhere."
        )


class Shelf:
    """The records `[[kind]]` of one file, in the file's order.

    Args:
        folder: Where the file lies.
        kind: The table's name; the file is called after it ("note" → notes.toml).
        about: What stands at the top of a new file.
        keep: Whether older versions are worth keeping.
    """

    def __init__(self, folder: Folder, kind: str, about: str, *, keep: bool = True) -> None:
        self.kind = kind
        self.file = f"{kind}s.toml"
        self.problems: list[str] = []
        self._folder = folder
        self._about = about
        self._keep = keep
        self._stamp: tuple[int, int, int] | None = None
        self._records: tuple[Record, ...] = ()
        self._read_once = False
        self._revision = 0

    # --- reading ---

    def stale(self) -> bool:
        """Whether the file isn't what was last read: someone else changed it."""
        return not self._read_once or self._folder.stamp(self.file) != self._stamp

    def revision(self) -> int:
        """A number that changes whenever the records do; reads the file if it has changed."""
        self.records()
        return self._revision

    def records(self) -> tuple[Record, ...]:
        """All records, each with its `id`. A damaged file gives its newest good version."""
        if self.stale():
            self._revision += 1
            stamp = self._folder.stamp(self.file)
            try:
                data = self._folder.read(self.file)
            except OSError as error:
                self.problems.append(
                    f"{self._folder.path / self.file} can't be read ({error.strerror}); "
                    "nothing in it is shown or changed until it can."
                )
                self._records, self._stamp, self._read_once = (), stamp, True
                return ()
            self._records = self._load(data) if data else ()
            self._stamp = self._folder.stamp(self.file) if self.problems else stamp
            self._read_once = True
        return self._records

    def _load(self, data: bytes) -> tuple[Record, ...]:
        index = self._index_file
        digest = _digest(data)
        if len(data) >= INDEX_FROM:
            with suppress(OSError, ValueError, KeyError, TypeError):
                held = json.loads(index.read_bytes())
                if held["digest"] == digest:
                    return tuple(held["records"])
        try:
            records = self._parse(data)
        except (ValueError, RecursionError) as error:  # bad TOML, or bytes that aren't UTF-8
            return self._recover(data, error)
        if self._keep:
            with suppress(NavigatorError):
                self._folder.keep_version(self.file, data)
        self._write_index(data, records)
        return records

    def _parse(self, data: bytes) -> tuple[Record, ...]:
        found = tomllib.loads(_text(data)).get(self.kind, [])
        if not isinstance(found, list) or not all(isinstance(r, dict) for r in found):
            raise ValueError(f"{self.kind} is not written as [[{self.kind}]]")
        return _with_ids(self.kind, found)

    def _recover(self, data: bytes, error: BaseException) -> tuple[Record, ...]:
        """The newest good version in place of a damaged file, which is set aside."""
        said = f"{self._folder.path / self.file} can't be read: {_where(data, error)}."
        good: bytes | None = None
        when = ""
        records: tuple[Record, ...] = ()
        for version in self._folder.versions(self.file):
            try:
                good = version.read_bytes()
                records = self._parse(good)
            except (OSError, ValueError, RecursionError):
                good = None
                continue
            when = f"{datetime.fromtimestamp(version.stat().st_mtime):%d %b %Y, %H:%M}"
            break
        try:
            with self._folder.locked():
                if self._folder.read(self.file) != data:
                    return self._load(self._folder.read(self.file) or b"")  # mended meanwhile
                aside = self._folder.set_aside(self.file)
                if good is not None:
                    self._folder.write(self.file, good)
            said += f" It is kept as {aside.name}"
        except (OSError, NavigatorError):
            said += " It is left as it is"
        used = f"the newest good version, of {when}, is in use" if good else "no older one is good"
        self.problems.append(f"{said}; {used}. Mend the kept file, or copy from it what you miss.")
        return records

    # --- changing ---

    def add(self, values: Values, at: int | None = None) -> Change:
        """A new record at a place, else at the end. `values` needs no id."""
        with self._folder.locked():
            now = self._now()
            name = new_id(self.kind, {r["id"] for r in now.records})
            text = chunks.fresh(self.kind, {"id": name, **values})
            at = len(now.records) if at is None else at
            return self._swap(Change(self.kind, name, None, text, at, at), now)

    def change(self, name: str, values: Values) -> Change:
        """Change values of a record; None takes one away. Other keys and comments stay."""
        with self._folder.locked():
            now = self._now()
            at, text = now.find(name)
            after = chunks.changed(text, self.kind, {"id": name, **values})
            return self._swap(Change(self.kind, name, text, after, at, at), now)

    def remove(self, name: str) -> Change:
        with self._folder.locked():
            now = self._now()
            at, text = now.find(name)
            return self._swap(Change(self.kind, name, text, None, at, at), now)

    def move(self, name: str, by: int) -> Change:
        """Move a record up or down the file."""
        with self._folder.locked():
            now = self._now()
            at, text = now.find(name)
            to = min(max(at + by, 0), len(now.records) - 1)
            return self._swap(Change(self.kind, name, text, text, at, to), now)

    def apply(self, change: Change) -> Change:
        """Make a change again, or its reverse. Refused if the record has changed since."""
        with self._folder.locked():
            return self._swap(change, self._now())

    def replace_all(self, data: bytes) -> None:
        """Put other content in the file's place. Raises ValueError for what can't be read."""
        self._parse(data)
        with self._folder.locked():
            self._folder.write(self.file, data, keep=self._keep)

    def forget_versions(self) -> None:
        """What was removed from the file is removed from its versions, too."""
        with self._folder.locked():
            self._folder.forget_versions(self.file)

    def _now(self) -> _Now:
        """The file as it is on disk at this moment. Hold the lock."""
        self._folder.sweep()
        self._read_once = False  # under the lock look again, whatever the stamp says
        records = self.records()
        data = self._folder.read(self.file)
        pieces = chunks.cut(_text(data), self.kind) if data else [Piece(self._about, False, 1)]
        if sum(p.record for p in pieces) != len(records):
            raise RefusedError(
                f"{self._folder.path / self.file} is written in a way that Navigator can read but "
                f"not change, so nothing was saved: write each entry under its own [[{self.kind}]]."
            )
        return _Now(self.kind, records, pieces)

    def _swap(self, change: Change, now: _Now) -> Change:
        held = list(now.records)
        texts = [piece.text for piece in now.pieces]
        places = [n for n, piece in enumerate(now.pieces) if piece.record]
        at = next((n for n, record in enumerate(held) if record["id"] == change.id), None)
        held_text = None if at is None else texts[places[at]].strip("\n")
        if held_text != (None if change.before is None else change.before.strip("\n")):
            raise RefusedError(f"That {self.kind} was changed elsewhere meanwhile; it stays so.")
        if at is not None:
            removed = places.pop(at)
            del held[at], texts[removed]
            places = [place - (place > removed) for place in places]
        if change.after is not None:
            record = chunks.plain_values(chunks.read_one(change.after, self.kind))
            to = min(change.at, len(held))
            after_last = places[-1] + 1 if places else len(texts)
            where = places[to] if to < len(places) else after_last
            if where:
                texts[where - 1] = texts[where - 1].rstrip("\n") + "\n\n"
            texts.insert(where, change.after.strip("\n") + ("\n\n" if to < len(places) else "\n"))
            held.insert(to, {**record, "id": change.id})
        data = "".join(texts).encode("utf-8")
        self._folder.write(self.file, data, keep=self._keep)
        self._records = tuple(held)
        self._revision += 1
        self._write_index(data, self._records)
        self._stamp = self._folder.stamp(self.file)
        return change

    # --- the copy that is quick to read ---

    @property
    def _index_file(self) -> Path:
        return self._folder.path / "versions" / f"{self.kind}s.json"

    def _write_index(self, data: bytes, records: tuple[Record, ...]) -> None:
        """Only a copy: where it can't be written, the file itself is read."""
        if len(data) < INDEX_FROM:
            with suppress(OSError):
                self._index_file.unlink(missing_ok=True)
            return
        held = json.dumps({"digest": _digest(data), "records": records}, ensure_ascii=False)
        with suppress(OSError):
            self._folder.write_copy(self._index_file, held.encode("utf-8"))


def new_id(kind: str, taken: set[str]) -> str:
    """Short enough to type, and never given twice in a file."""
    import secrets

    while True:
        name = f"{kind[0]}-" + "".join(
            secrets.choice("bcdfghjkmnpqrstvwxz23456789") for _ in "......"
        )
        if name not in taken:
            return name


def _with_ids(kind: str, records: list[Record]) -> tuple[Record, ...]:
    """The records, each with an id: one written by hand without one gets it from its content."""
    taken: set[str] = set()
    held = []
    for record in map(chunks.plain_values, records):
        name = record.get("id")
        if not isinstance(name, str) or not name or name in taken:
            name = base = f"{kind[0]}-{zlib.crc32(repr(sorted(record.items())).encode()):08x}"
            number = 2
            while name in taken:
                name, number = f"{base}-{number}", number + 1
        taken.add(name)
        held.append({**record, "id": name})
    return tuple(held)


def _digest(data: bytes) -> str:
    import hashlib

    return f"{INDEX_FORMAT}:{hashlib.sha256(data).hexdigest()}"


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig")


def _where(data: bytes, error: BaseException) -> str:
    """Which line, and what is wrong there."""
    if isinstance(error, UnicodeDecodeError):
        line = data[: error.start].count(b"\n") + 1
        return f"line {line} holds a byte that isn't UTF-8 text"
    if isinstance(error, RecursionError):
        return "its lists lie too deep in one another"
    return str(error)
