"""A backup merged into what is here: what is missing is added, of two records the newer stays."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from navigator.core.errors import RefusedError
from navigator.records import toml_file, toml_text
from navigator.records.ids import new_id
from navigator.records.index import Record
from navigator.records.kinds import BY_FILE, KINDS, RecordKind
from navigator.records.settings import FILE as SETTINGS

RECENT = KINDS["recent"].file

MOST = 64 * 1024 * 1024
"""Bytes of the largest file in a backup; 2,000 notes take some 2 MB."""

OWN_WORDS = ("note", "review")
"""The kinds that are the head's own sentences: where two differ, both stay."""


class Restored(NamedTuple):
    """What a restore did: records `added`, `replaced` by a newer one, `both` kept, `stayed` as
    they were though the backup's differ. `before` is the backup of what was here, None where there
    was nothing."""

    before: Path | None
    added: int = 0
    replaced: int = 0
    both: int = 0
    stayed: int = 0


class _Entry(NamedTuple):
    record: Record
    text: str


def wrong_in(name: str, data: bytes) -> str:
    """What is wrong with a file of that name, and on which line; "" for nothing."""
    if len(data) > MOST:
        return f"it is larger than {MOST // 1024**2} MB"
    try:
        if name == SETTINGS:
            tomllib.loads(toml_file.decoded(data))
        else:
            toml_file.parse(data, BY_FILE[name].name)
    except RecursionError as error:
        return str(error)
    except ValueError as error:
        return toml_file.where(data, error)
    return ""


def merged(
    here: Mapping[str, bytes], there: Mapping[str, bytes]
) -> tuple[dict[str, bytes], Restored]:
    """The files after a merge. Settings and recent schools are taken only where there are none."""
    after: dict[str, bytes] = {}
    done = Restored(None)
    for name, data in there.items():
        if name not in here:
            number = 0 if name == SETTINGS else len(toml_file.parse(data, BY_FILE[name].name))
            if number or name == SETTINGS:
                after[name] = data
            done = done._replace(added=done.added + (0 if name == RECENT else number))
        elif name not in (SETTINGS, RECENT):
            after[name], done = _merge(BY_FILE[name], here[name], data, done)
    return after, done


def _merge(kind: RecordKind, here: bytes, there: bytes, done: Restored) -> tuple[bytes, Restored]:
    texts, entries = _entries(kind, here)
    place = {_subject(kind, entry.record): at for at, entry in entries.items()}
    taken = {str(entry.record.get("id")) for entry in entries.values()}
    added, replaced, both, stayed = [], 0, 0, 0
    for entry in _entries(kind, there)[1].values():
        at = place.get(_subject(kind, entry.record))
        if at is None:
            added.append(entry.text)
            continue
        ours = entries[at]
        if _told(kind, ours.record) == _told(kind, entry.record):
            continue
        newer = _changed(kind, entry.record) > _changed(kind, ours.record)
        if newer:
            texts[at] = entry.text.strip("\n") + "\n\n"
        if kind.name in OWN_WORDS:  # the older ones stay, on their own
            fresh = new_id(kind.name, taken)
            taken.add(fresh)
            older = ours if newer else entry
            try:
                added.append(toml_text.changed(older.text, kind.name, {"id": fresh}))
            except ValueError as error:
                raise _cannot(kind, str(error)) from error
            both += kind.name == "note"
        elif newer:
            replaced += 1
        else:
            stayed += 1
    for text in added:
        if texts:
            texts[-1] = texts[-1].rstrip("\n") + "\n\n"
        texts.append(text.strip("\n") + "\n")
    data = "".join(texts).encode("utf-8")
    wrong = wrong_in(kind.file, data)
    if wrong:
        raise _cannot(kind, wrong)
    return data, done._replace(
        added=done.added + len(added) - both,
        replaced=done.replaced + replaced,
        both=done.both + both,
        stayed=done.stayed + stayed,
    )


def _entries(kind: RecordKind, data: bytes) -> tuple[list[str], dict[int, _Entry]]:
    """A file's pieces of text, and by their place those that are records."""
    wrong = wrong_in(kind.file, data)
    if wrong:
        raise _cannot(kind, wrong)
    records = toml_file.parse(data, kind.name)
    try:
        pieces = toml_text.cut(toml_file.decoded(data), kind.name)
    except ValueError:
        pieces = []
    places = [at for at, piece in enumerate(pieces) if piece.record]
    if len(places) != len(records):
        raise _cannot(kind, f"write each entry under its own [[{kind.name}]]")
    told = zip(places, records, strict=True)
    return [p.text for p in pieces], {at: _Entry(record, pieces[at].text) for at, record in told}


def _cannot(kind: RecordKind, why: str) -> RefusedError:
    return RefusedError(f"{kind.file} can't be merged: {why}. Nothing was changed.")


def _subject(kind: RecordKind, record: Record) -> str:
    """What makes two records the same one: what they are on where a thing has one, else the id; of
    one written by hand without an id, all it says."""
    if kind.same:
        return repr([record.get(key, "") for key in kind.same])
    return str(record.get("id") or sorted(record.items()))


def _told(kind: RecordKind, record: Record) -> Record:
    """What a record says. Two on the same thing differ by more than when they were made."""
    aside = ("id", kind.stamp) if kind.same else ("id",)
    return {key: value for key, value in record.items() if key not in aside}


def _changed(kind: RecordKind, record: Record) -> str:
    return str(record.get("changed") or record.get(kind.stamp) or "")
