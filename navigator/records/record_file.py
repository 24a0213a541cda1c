"""One file of records: read with care, changed one record at a time."""

from __future__ import annotations

import codecs
import json
import re
import tomllib
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from navigator.core.errors import NavigatorError, RefusedError
from navigator.records import toml_text
from navigator.records.toml_text import Piece, Values
from navigator.storage.folder import Folder, NotSavedError, Stamp, not_saved

INDEX_FROM = 16 * 1024
"""Bytes from which a file's records are kept beside it as JSON too: TOML reads 40 times slower."""

INDEX_FORMAT = 1

Record = dict[str, Any]

FILES = {"activity": "plan.toml"}
"""The files that aren't called after their kind."""


def file_of(kind: str) -> str:
    """The name of the file of a kind of record: "notes.toml"."""
    return FILES.get(kind, f"{kind}s.toml")


def kind_of(file: str) -> str:
    """The kind of record that a file of that name holds."""
    own = {name: kind for kind, name in FILES.items()}
    return own.get(file) or file.removesuffix("s.toml")


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


class _Good(NamedTuple):
    """A kept version that can be read; `when` is its time in words."""

    data: bytes
    records: list[Record]
    when: str


class RecordFile:
    """The records `[[kind]]` of one file, in the file's order.

    Args:
        folder: Where the file lies.
        kind: The table's name; the file is called after it ("note" → notes.toml).
        about: What stands at the top of a new file.
        keep: Whether older versions are worth keeping.
    """

    def __init__(self, folder: Folder, kind: str, about: str, *, keep: bool = True) -> None:
        self.kind = kind
        self.file = file_of(kind)
        self.problems: list[str] = []
        self._folder = folder
        self._about = about
        self._keep = keep
        # What was last read or written: the file's stamp, its bytes, what they hold.
        self._stamp: Stamp | None = None
        self._data: bytes | None = None
        self._records: tuple[Record, ...] = ()
        self._pieces: list[Piece] | None = None
        self._lines: dict[int, tuple[Record, str]] = {}  # the records as the index has them
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
        if self._take_index(data):
            return
        try:
            found = self._parse(data)
            if not data.strip() and (good := self._newest_good()) and good.records:
                raise ValueError("it is empty, and held something before")
        except ValueError as error:  # bad TOML, or bytes that aren't UTF-8
            self._recover(data, error)
            return
        self._hold(data, *self._named(found))
        # Another Navigator that holds the folder keeps the version itself before it writes.
        with suppress(NavigatorError, OSError), self._folder.locked(0):
            if self._folder.read(self.file) == data:
                self._keep_copies()

    def _keep_copies(self) -> None:
        if self._keep and self._data:
            self._folder.keep_version(self.file, self._data)
        self._write_index()

    def _parse(self, data: bytes) -> list[Record]:
        """The records as they are written. Raises ValueError."""
        text = _text(data)
        try:
            found = tomllib.loads(text).get(self.kind, [])
        except RecursionError:
            raise ValueError("its lists lie too deep in one another") from None
        if not isinstance(found, list) or not all(isinstance(r, dict) for r in found):
            wrong = re.search(rf"^\s*(\[\s*)?{self.kind}\b", text, re.MULTILINE)
            line = text[: wrong.end()].count("\n") + 1 if wrong else 1
            raise ValueError(f"line {line}: {self.kind} isn't written as [[{self.kind}]]")
        return [toml_text.plain_values(record) for record in found]

    def _named(self, found: list[Record]) -> tuple[tuple[Record, ...], list[str] | None]:
        """The records, each with an id; where ids aren't in the file, what is to be said of that.

        One written by hand without an id gets it from its content.
        """
        taken: set[str] = set()
        named: list[Record] = []
        made_up: list[str] | None = None
        for record in found:
            name = given = record.get("id")
            if not isinstance(name, str) or not name or name in taken:
                made_up = made_up or []
                name = base = (
                    f"{self.kind[0]}-{zlib.crc32(repr(sorted(record.items())).encode()):08x}"
                )
                number = 2
                while name in taken:
                    name, number = f"{base}-{number}", number + 1
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
                records = self._parse(data)
                when = datetime.fromtimestamp(version.stat().st_mtime)
            except (OSError, ValueError):
                continue
            if data.strip():
                return _Good(data, records, f"{when:%d %b %Y, %H:%M}")
        return None

    def _recover(self, data: bytes, error: ValueError) -> None:
        """Take the newest good version in place of a damaged file, which is set aside."""
        said = f"{self._path} can't be used: {_where(data, error)}."
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
                    self._write_index()
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

    # --- changing ---

    def add(self, values: Values, at: int | None = None) -> Change:
        """A new record at a place, else at the end. `values` needs no id."""
        with self._folder.locked():
            self._now()
            name = new_id(self.kind, {r["id"] for r in self._records})
            text = toml_text.fresh(self.kind, {"id": name, **values})
            at = len(self._records) if at is None else at
            return self._swap(Change(self.kind, name, None, text, at, at))

    def change(self, name: str, values: Values) -> Change:
        """Change values of a record; None takes one away. Other keys and comments stay."""
        with self._folder.locked():
            at, text = self._find(name)
            try:
                after = toml_text.changed(text, self.kind, {"id": name, **values})
            except ValueError:
                raise self._only_readable() from None
            return self._swap(Change(self.kind, name, text, after, at, at))

    def take_in(self, added: Sequence[Values], changed: Mapping[str, Values]) -> list[Change]:
        """Add records at the end and change others, in one write: all of it or nothing."""
        with self._folder.locked():
            changes = []
            for name, values in changed.items():
                at, text = self._find(name)
                try:
                    after = toml_text.changed(text, self.kind, {"id": name, **values})
                except ValueError:
                    raise self._only_readable() from None
                changes.append(Change(self.kind, name, text, after, at, at))
            self._now()
            taken = {r["id"] for r in self._records}
            for at, values in enumerate(added, len(self._records)):
                name = new_id(self.kind, taken)
                taken.add(name)
                text = toml_text.fresh(self.kind, {"id": name, **values})
                changes.append(Change(self.kind, name, None, text, at, at))
            return self._swap_all(changes)

    def apply_all(self, changes: Sequence[Change]) -> list[Change]:
        """As `apply`, of several changes in one write: all of them or none."""
        with self._folder.locked():
            self._now()
            return self._swap_all(changes)

    def remove(self, name: str) -> Change:
        with self._folder.locked():
            at, text = self._find(name)
            return self._swap(Change(self.kind, name, text, None, at, at))

    def forget(self, name: str) -> Change:
        """Remove a record, also from the kept versions and the files set aside."""
        with self._folder.locked():
            at, text = self._find(name)
            change = Change(self.kind, name, text, None, at, at)
            # The copies first: who is stopped halfway still sees the record, and can do it again.
            self._folder.forget_copies(self.file, self._index_file)
            self._erase(self._records[at])
            self._swap(change, keep=False)
            self._keep_copies()
            return change

    def move(self, name: str, by: int) -> Change:
        """Move a record up or down the file."""
        with self._folder.locked():
            at, text = self._find(name)
            to = min(max(at + by, 0), len(self._records) - 1)
            return self._swap(Change(self.kind, name, text, text, at, to))

    def apply(self, change: Change) -> Change:
        """Make a change again, or its reverse. Refused if the record has changed since."""
        with self._folder.locked():
            self._now()
            return self._swap(change)

    def _look(self) -> None:
        """Take in the file as it is on disk at this moment, whatever its stamp. Hold the lock."""
        self._folder.sweep()
        try:
            self._take(self._folder.read(self.file))
        except OSError as error:
            raise not_saved(self._folder.path, error) from error
        if self._stuck:
            raise NotSavedError(self._stuck)

    def _now(self) -> list[Piece]:
        """The file's pieces, one of them for each record. Hold the lock."""
        self._look()
        if self._pieces is None:
            try:
                pieces = toml_text.cut(_text(self._data), self.kind) if self._data else []
            except ValueError:
                raise self._only_readable() from None
            if sum(p.record for p in pieces) != len(self._records):
                raise self._only_readable()
            self._pieces = pieces or [Piece(self._about, False)]
        return self._pieces

    def _find(self, name: str) -> tuple[int, str]:
        """A record's place among the records, and its text. Refused where it is gone."""
        texts = [piece.text for piece in self._now() if piece.record]
        for at, record in enumerate(self._records):
            if record["id"] == name:
                self._check(texts[at], record)
                return at, texts[at]
        raise RefusedError(
            f"That {self.kind} ({name}) is no longer there: it was removed elsewhere."
        )

    def _check(self, text: str, record: Record) -> None:
        """Refuse to touch a piece of text that isn't just this record."""
        try:
            read = self._read(text, record["id"])
        except ValueError:
            read = {}
        if read != record:
            raise self._only_readable()

    def _read(self, text: str, name: str) -> Record:
        return {**toml_text.plain_values(toml_text.read_one(text, self.kind)), "id": name}

    def _only_readable(self) -> RefusedError:
        return RefusedError(
            f"{self._path} is written in a way that Navigator can read but not change, so nothing "
            f"was saved: write each entry under its own [[{self.kind}]]."
        )

    def _swap(self, change: Change, *, keep: bool = True) -> Change:
        return self._swap_all([change], keep=keep)[0]

    def _swap_all(self, changes: Sequence[Change], *, keep: bool = True) -> list[Change]:
        held = list(self._records)
        pieces = list(self._pieces or [])
        for change in changes:
            self._put(change, held, pieces)
        data = "".join(piece.text for piece in pieces).encode("utf-8")
        self._folder.write(self.file, data, keep=keep and self._keep)
        made_up = self._made_up
        self._hold(data, tuple(held), made_up)
        self._pieces = pieces
        self._stamp = self._folder.stamp(self.file)
        self._read_once = made_up is None  # what the other ids are then only a new reading tells
        self._write_index()
        return list(changes)

    def _put(self, change: Change, held: list[Record], pieces: list[Piece]) -> None:
        """Make a change to the records and pieces of text of the file as it is to be."""
        places = [n for n, piece in enumerate(pieces) if piece.record]
        at = next((n for n, record in enumerate(held) if record["id"] == change.id), None)
        held_text = None if at is None else pieces[places[at]].text
        if (held_text and _bare(held_text)) != (change.before and _bare(change.before)):
            raise RefusedError(f"That {self.kind} was changed elsewhere meanwhile; it stays so.")
        removed = None
        if at is not None:
            removed = places.pop(at)
            del held[at], pieces[removed]
            places = [place - (place > removed) for place in places]
        if change.after is not None:
            to = min(change.at, len(held))
            if removed is not None and to == at:
                where = removed
            elif places:  # comments that stand apart follow the record that they followed
                where = places[to - 1] + 1 if to else places[0]
            else:
                where = len(pieces)
            line_end = "\r\n" if b"\r\n" in (self._data or b"") else "\n"
            if where:
                before = pieces[where - 1]
                pieces[where - 1] = before._replace(text=_spaced(before.text, line_end))
            text = _bare(change.after) + ("\n\n" if where < len(pieces) else "\n")
            pieces.insert(where, Piece(text.replace("\n", line_end), True))
            held.insert(to, self._read(change.after, change.id))

    def _erase(self, record: Record) -> None:
        """Take a record out of the files set aside: every part that has its id or its name."""
        told = [record["id"], *(record.get(key) for key in ("name", "reach"))]
        words = "|".join(re.escape(word) for word in told if isinstance(word, str) and word)
        wanted = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
        for file in self._folder.set_asides(self.file):
            try:
                data = file.read_bytes()
            except OSError as error:
                raise not_saved(self._folder.path, error) from error
            wide = data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # as Windows may save it
            code, errors = ("utf-16", "replace") if wide else ("utf-8", "surrogateescape")
            text = data.decode(code, errors)
            kept = "".join(part for part in _parts(text, self.kind) if not wanted.search(part))
            if kept != text:
                self._folder.rewrite_aside(file, kept.encode(code, errors))

    # --- the copy that is quick to read ---

    @property
    def _index_file(self) -> Path:
        return (self._folder.path / "versions" / self.file).with_suffix(".json")

    def _take_index(self, data: bytes) -> bool:
        if len(data) < INDEX_FROM:
            return False
        with suppress(OSError, ValueError, KeyError, TypeError):
            held = json.loads(self._index_file.read_bytes())
            if held["digest"] == _digest(data):
                said = held["said"]
                self._hold(data, tuple(held["records"]), said)
                self.problems += said or []
                return True
        return False

    def _write_index(self) -> None:
        """Only a copy: where it can't be written, the file itself is read."""
        with suppress(OSError):
            if self._data is None or len(self._data) < INDEX_FROM or not self._read_once:
                self._index_file.unlink(missing_ok=True)
                return
            # Record by record, the changed ones only: one long call would hold up the screen.
            before, encode = self._lines, json.JSONEncoder(ensure_ascii=False).encode
            self._lines = {id(r): before.get(id(r)) or (r, encode(r)) for r in self._records}
            records = ",\n".join(line for _, line in self._lines.values())
            said = json.dumps(self._made_up)
            held = f'{{"digest": "{_digest(self._data)}", "said": {said}, "records": [{records}]}}'
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


def _bare(text: str) -> str:
    """A record's text without the blank lines around it, and with line ends of one kind."""
    return text.replace("\r\n", "\n").strip("\n")


def _spaced(text: str, line_end: str) -> str:
    """A text with a blank line at its end, adding no more than that needs."""
    plain = text.replace("\r\n", "\n")
    if not plain or plain.endswith("\n\n"):
        return text
    return text + line_end * (1 if plain.endswith("\n") else 2)


def _parts(text: str, kind: str) -> list[str]:
    try:
        return [piece.text for piece in toml_text.cut(text, kind)]
    except ValueError:
        return text.splitlines(keepends=True)


def _used(good: _Good | None) -> str:
    return f"the newest good version, of {good.when}, is in use" if good else "no older one is good"


def _digest(data: bytes) -> str:
    """Enough to tell a file from the same file edited; hashlib would take 5 ms of every start."""
    return f"{INDEX_FORMAT}:{len(data)}:{zlib.crc32(data):08x}:{zlib.adler32(data):08x}"


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig")


def _where(data: bytes, error: ValueError) -> str:
    """Which line, and what is wrong there."""
    if isinstance(error, UnicodeDecodeError):
        line = data[: error.start].count(b"\n") + 1
        return f"line {line} holds a byte that isn't UTF-8 text"
    last = data.rstrip(b"\n").count(b"\n") + 1
    return str(error).replace("at end of document", f"at line {last}, where the file ends")
