"""One file of records, changed one record at a time: all others stay byte for byte."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from navigator.core.errors import RefusedError
from navigator.records import toml_text
from navigator.records.ids import may_be, new_id
from navigator.records.index import Record
from navigator.records.nouns import RecordValues
from navigator.records.read_file import ReadFile
from navigator.records.toml_file import decoded, plain_values
from navigator.records.toml_text import Piece
from navigator.storage.disk import NotSavedError, not_saved


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


class RecordFile(ReadFile):
    """The records of a kind in their file. Each change returns once it is on disk.

    Every method that changes something raises `NotSavedError` or `RefusedError`, in either case
    leaving all as it was.
    """

    @classmethod
    def of(cls, file: ReadFile) -> RecordFile:
        """A file that was only read until now, with all that is known of it."""
        made = cls.__new__(cls)
        made.__dict__.update(file.__dict__)
        return made

    def write(
        self,
        added: Sequence[RecordValues] = (),
        changed: Mapping[str, RecordValues] = MappingProxyType({}),
        at: int | None = None,
    ) -> list[Change]:
        """Add records and change others in one write: all of it or nothing.

        Args:
            added: The new ones' values; an id of theirs that is free is kept.
            changed: By id the values to set; None takes one away. Other keys and comments stay.
            at: The place of the first new one; at the end where it isn't given.
        """
        with self._folder.locked():
            changes = [self._changed(name, values) for name, values in changed.items()]
            self._now()
            taken = {r["id"] for r in self._records}
            for place, values in enumerate(added, len(self._records) if at is None else at):
                changes.append(self._fresh(values, taken, place))
                taken.add(changes[-1].id)
            return self._swap(*changes)

    def _fresh(self, values: RecordValues, taken: set[str], at: int) -> Change:
        told = str(values.get("id", ""))
        good = may_be(self.kind, told) and told not in taken
        name = told if good else new_id(self.kind, taken)
        text = toml_text.fresh(self.kind, {"id": "", **values} | {"id": name})
        return Change(self.kind, name, None, text, at, at)

    def _changed(self, name: str, values: RecordValues) -> Change:
        at, text = self._find(name)
        try:
            after = toml_text.changed(text, self.kind, {"id": name, **values})
        except ValueError:
            raise self._only_readable() from None
        return Change(self.kind, name, text, after, at, at)

    def apply(self, *changes: Change) -> list[Change]:
        """Make changes again, or their reverse, in one write: all of them or none. Refused if one
        of the records has changed since."""
        with self._folder.locked():
            self._now()
            return self._swap(*changes)

    def remove(self, name: str) -> Change:
        with self._folder.locked():
            at, text = self._find(name)
            return self._swap(Change(self.kind, name, text, None, at, at))[0]

    def forget(self, name: str) -> Change:
        """Remove a record, also from the kept versions and the files set aside."""
        with self._folder.locked():
            at, text = self._find(name)
            change = Change(self.kind, name, text, None, at, at)
            # The copies first: who is stopped halfway still sees the record, and can do it again.
            self._folder.forget_copies(self.file, self._index.file)
            self._erase(self._records[at])
            self._swap(change, keep=False)
            self._keep_copies()
            return change

    def move(self, name: str, by: int) -> Change:
        """Move a record up or down the file."""
        with self._folder.locked():
            at, text = self._find(name)
            to = min(max(at + by, 0), len(self._records) - 1)
            return self._swap(Change(self.kind, name, text, text, at, to))[0]

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
                pieces = toml_text.cut(decoded(self._data), self.kind) if self._data else []
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
        return {**plain_values(toml_text.read_one(text, self.kind)), "id": name}

    def _only_readable(self) -> RefusedError:
        return RefusedError(
            f"{self._path} is written in a way that Navigator can read but not change, so nothing "
            f"was saved: write each entry under its own [[{self.kind}]]."
        )

    def _swap(self, *changes: Change, keep: bool = True) -> list[Change]:
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
        self._copy()
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
