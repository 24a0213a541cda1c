"""Notes of a record, for the tests."""

from __future__ import annotations

from navigator.core.record import Note
from navigator.records import RecordStore


def note_of(mine: RecordStore, name: str) -> Note:
    """The note of an id; one of that id that is nowhere, where there is none."""
    return next((note for note in mine.record.notes if note.id == name), Note(name))
