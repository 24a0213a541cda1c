"""All that the head keeps in one .zip, and back again: replaced or merged, whole or not at all.

A backup comes from anywhere, so it is read with care: known names only, capped sizes, every file
parsed, before anything of the head's is touched. What a restore replaces is backed up first.
"""

from __future__ import annotations

import io
import tomllib
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from navigator import __version__
from navigator.core.errors import RefusedError
from navigator.records import toml_text
from navigator.records.record_file import Record, file_of, kind_of, new_id
from navigator.storage.folder import VERSIONS, Folder, NotSavedError

SETTINGS = "settings.toml"
SETTINGS_ABOUT = "# Navigator's settings. Yours to edit.\n"
CONTACTS = "contacts.toml"
RECENT = "recents.toml"
MANIFEST = "backup.toml"
READ_ME = "READ-ME.txt"

FORMAT = 1
MOST = 64 * 1024 * 1024
"""Bytes of the largest file in a backup; 2,000 notes take some 2 MB."""

ABOUT = """\
A backup of what you keep in Navigator: plain text files (TOML), made on {made}.
To bring it back, run:  navigator restore THIS-FILE.zip
{contacts}
"""
WITH = "It holds people you noted (contacts.toml): keep it as safe as you would keep their names."
WITHOUT = "The people you noted (contacts) were left out of it."

Abouts = Mapping[str, str]
"""Kind of record -> what stands at the top of a new file of it."""


class Backup(NamedTuple):
    """A backup that was read and found good. `files` by name; `counts` the records by kind."""

    made: datetime
    files: Mapping[str, bytes]
    counts: Mapping[str, int]


class Restored(NamedTuple):
    """What a restore did: records `added`, `replaced` by a newer one, `both` kept, `stayed` as
    they were though the backup's differ. `before` is the backup of what was here, None where there
    was nothing."""

    before: Path | None
    added: int = 0
    replaced: int = 0
    both: int = 0
    stayed: int = 0


# --- making one ---


def pack(folder: Folder, abouts: Abouts, *, contacts: bool = True) -> bytes:
    """All files as they are at one moment, as the bytes of a .zip.

    Raises:
        RefusedError: a file can't be read or is damaged; the text says which and where.
    """
    with ExitStack() as stack:
        with suppress(NotSavedError):  # a folder that may only be read has no writer to wait for
            stack.enter_context(folder.locked())
        held = _held(folder, abouts)
    held = {**_empty(abouts), **held}
    if not contacts:
        del held[CONTACTS]
    for name, data in held.items():
        wrong = _wrong(name, data)
        if wrong:
            raise RefusedError(
                f"{folder.path / name} can't be backed up: {wrong}. Mend it, or move it away."
            )
    return _zip(held, contacts=contacts)


def _empty(abouts: Abouts) -> dict[str, bytes]:
    """Files that hold nothing, so that a backup of nothing brings back nothing."""
    texts = {SETTINGS: SETTINGS_ABOUT, **{file_of(kind): about for kind, about in abouts.items()}}
    return {name: text.encode("utf-8") for name, text in texts.items()}


def _held(folder: Folder, abouts: Abouts) -> dict[str, bytes]:
    held = {}
    for name in (SETTINGS, *map(file_of, abouts)):
        try:
            data = folder.read(name)
        except OSError as error:
            raise RefusedError(f"{folder.path / name} can't be read ({error.strerror}).") from error
        if data:
            held[name] = data
    return held


def _zip(files: Mapping[str, bytes], *, contacts: bool) -> bytes:
    now = datetime.now().replace(microsecond=0)
    manifest = f'format = {FORMAT}\nmade = {now.isoformat()}\nnavigator = "{__version__}"\n'
    said = ABOUT.format(made=f"{now:%d %B %Y at %H:%M}", contacts=WITH if contacts else WITHOUT)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        texts = {MANIFEST: manifest.encode(), READ_ME: said.encode()}
        for name, data in {**texts, **files}.items():
            # A .zip knows no year before 1980, and a computer without a clock begins in 1970.
            info = zipfile.ZipInfo(name, max(now, datetime(1980, 1, 1)).timetuple()[:6])
            info.external_attr = 0o600 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def write(file: Path, data: bytes, *, force: bool | None = None) -> None:
    """Write a file that the head named: whole or not at all, for their eyes only.

    `force` replaces an older backup, and nothing else: a name mistyped mustn't cost a file. None
    where the command has no such option.

    Raises:
        RefusedError: there is a file already, or it can't be written; nothing was changed.
    """
    if file.is_dir():
        raise RefusedError(f"{file} is a folder: give a file's name.")
    if file.exists() and not (force and file.is_file() and zipfile.is_zipfile(file)):
        why = ", and it isn't a .zip" if force else ""
        hint = ", or --force to replace a backup" if force is False else ""
        raise RefusedError(
            f"{file} is there already{why}, so it stays as it is. Give another name{hint}."
        )
    try:
        Folder(file.parent).write(file.name, data, keep=False)
    except (NotSavedError, ValueError) as error:
        why = getattr(error.__cause__, "strerror", None) or str(error)
        raise RefusedError(f"{file} can't be written ({why}). Give another place.") from error


# --- reading one ---


def read(file: Path, abouts: Abouts) -> Backup:
    """A backup, every part of it found good.

    Raises:
        RefusedError: it is no backup, or some part of it is bad; the text says which and where.
    """
    if not file.exists():
        raise RefusedError(f"There is no file {file}. Give the .zip that navigator backup wrote.")
    if not file.is_file():
        raise RefusedError(f"{file} isn't a file. Give the .zip that navigator backup wrote.")
    try:
        with zipfile.ZipFile(file) as archive:
            files = _members(file, archive, {SETTINGS, *map(file_of, abouts)})
    # What a file that isn't quite a .zip, or one made to do harm, brings the library to raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise RefusedError(f"{file} isn't a whole .zip ({error}). Nothing was changed.") from error
    except (OSError, ValueError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise RefusedError(f"{file} can't be read ({why}). Nothing was changed.") from error
    made = _made(file, files.pop(MANIFEST, b""))
    for name, data in files.items():
        wrong = _wrong(name, data)
        if wrong:
            raise RefusedError(f"{name} in {file} is damaged: {wrong}. Nothing was changed.")
    counts = {
        kind: len(_records(kind, files[file_of(kind)])) for kind in abouts if file_of(kind) in files
    }
    return Backup(made, files, counts)


def _members(file: Path, archive: zipfile.ZipFile, known: set[str]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for info in archive.infolist():
        # The names are never used as paths; a strange one tells that this is no backup of ours.
        if info.filename not in known | {MANIFEST, READ_ME} or info.filename in files:
            raise RefusedError(
                f"{file} isn't a backup of Navigator: it holds {info.filename[:60]!r}. "
                "Nothing was changed."
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError("it is packed in an unusual way")
        with archive.open(info) as member:
            data = member.read(MOST + 1)  # the size told in the file may be a lie
        if len(data) > MOST:
            raise RefusedError(
                f"{info.filename} in {file} is larger than {MOST // 1024**2} MB, and no record is. "
                "Nothing was changed."
            )
        files[info.filename] = data
    files.pop(READ_ME, None)
    return files


def _made(file: Path, manifest: bytes) -> datetime:
    """When a backup was made, from its manifest."""
    try:
        told = tomllib.loads(manifest.decode("utf-8"))
        made, form = told["made"], told["format"]
    except (ValueError, KeyError, RecursionError):
        made, form = None, None
    if not isinstance(made, datetime) or not isinstance(form, int):
        raise RefusedError(
            f"{file} isn't a backup of Navigator: it has no good {MANIFEST}. Nothing was changed."
        )
    if form > FORMAT:
        raise RefusedError(
            f"{file} was made by a newer Navigator. Install that one, then restore again. "
            "Nothing was changed."
        )
    return made.replace(tzinfo=None)


def _wrong(name: str, data: bytes) -> str:
    """What is wrong with a file, and on which line; "" for nothing."""
    try:
        if name == SETTINGS:
            tomllib.loads(data.decode("utf-8-sig"))
        else:
            _records(kind_of(name), data)
    except (ValueError, RecursionError) as error:
        if isinstance(error, UnicodeDecodeError):
            line = data[: error.start].count(b"\n") + 1
            return f"line {line} holds a byte that isn't UTF-8 text"
        return str(error)
    return f"it is larger than {MOST // 1024**2} MB" if len(data) > MOST else ""


def _records(kind: str, data: bytes) -> list[Record]:
    """The records that a file's bytes hold. Raises ValueError or RecursionError."""
    found = tomllib.loads(data.decode("utf-8-sig")).get(kind, [])
    if not isinstance(found, list) or not all(isinstance(r, dict) for r in found):
        raise ValueError(f"{kind} isn't written as [[{kind}]]")
    return [toml_text.plain_values(record) for record in found]


def _now() -> str:
    return f"{datetime.now():%Y-%m-%d-%H%M%S}"


# --- bringing it back ---


def restore(folder: Folder, abouts: Abouts, backup: Backup, *, merge: bool) -> Restored:
    """Put a backup in the place of what is here, or merge it in. What isn't in it stays.

    Raises:
        RefusedError, NotSavedError: nothing was changed.
    """
    with folder.locked():
        folder.sweep()
        here = _held(folder, abouts)
        after, done = _merged(here, backup.files) if merge else (dict(backup.files), Restored(None))
        changed = {name: data for name, data in after.items() if here.get(name) != data}
        if not changed:
            return done
        for name in [name for name, data in here.items() if _wrong(name, data)]:
            stem, _, suffix = name.partition(".")
            folder.write(f"{stem}.broken-{_now()}.{suffix}", here.pop(name), keep=False)
        before = _keep(folder, {**_empty(abouts), **here}) if here else None
        _write_all(folder, here, changed)
        return done._replace(before=before)


def _write_all(folder: Folder, here: Mapping[str, bytes], changed: Mapping[str, bytes]) -> None:
    written = []
    try:
        for name, data in changed.items():
            written.append(name)
            folder.write(name, data, keep=name != RECENT)
    except BaseException:
        for name in written:
            with suppress(NotSavedError, OSError):
                if name in here:
                    folder.write(name, here[name], keep=False)
                else:
                    (folder.path / name).unlink(missing_ok=True)
        raise


def _keep(folder: Folder, here: Mapping[str, bytes]) -> Path:
    """Back up what is here beside it, and drop the oldest such."""
    stem = f"before-restore-{_now()}"
    number = 1
    while (file := folder.path / f"{stem}{f'-{number}' if number > 1 else ''}.zip").exists():
        number += 1
    folder.write(file.name, _zip(here, contacts=True), keep=False)
    for old in kept(folder)[:-VERSIONS]:
        with suppress(OSError):
            old.unlink(missing_ok=True)
    return file


def kept(folder: Folder) -> list[Path]:
    """The backups that restores made, oldest first."""
    return sorted(folder.path.glob("before-restore-*.zip"))


def forget_contacts(folder: Folder) -> None:
    """Take contacts out of the backups that restores made; one that can't be read goes.

    Raises:
        NotSavedError: one can't be written.
    """
    with folder.locked():
        for file in kept(folder):
            try:
                with zipfile.ZipFile(file) as archive:
                    files = {i.filename: archive.read(i) for i in archive.infolist()}
            except (OSError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error, EOFError):
                with suppress(OSError):
                    file.unlink(missing_ok=True)
                continue
            if files.pop(CONTACTS, None) is not None:
                own = {n: d for n, d in files.items() if n not in (MANIFEST, READ_ME)}
                folder.write(file.name, _zip(own, contacts=False), keep=False)


# --- merging ---


class _Entry(NamedTuple):
    record: Mapping[str, Any]
    text: str


def _merged(
    here: Mapping[str, bytes], there: Mapping[str, bytes]
) -> tuple[dict[str, bytes], Restored]:
    """The files after a merge. Settings and recent schools are taken only where there are none."""
    after: dict[str, bytes] = {}
    done = Restored(None)
    for name, data in there.items():
        if name not in here:
            number = 0 if name == SETTINGS else len(_records(kind_of(name), data))
            if number or name == SETTINGS:
                after[name] = data
            done = done._replace(added=done.added + (0 if name == RECENT else number))
        elif name not in (SETTINGS, RECENT):
            after[name], done = _merge(name, here[name], data, done)
    return after, done


def _merge(name: str, here: bytes, there: bytes, done: Restored) -> tuple[bytes, Restored]:
    kind = kind_of(name)
    texts, entries = _entries(name, here)
    place = {_same(kind, entry.record): at for at, entry in entries.items()}
    taken = {str(entry.record.get("id")) for entry in entries.values()}
    added, replaced, both, stayed = [], 0, 0, 0
    for entry in _entries(name, there)[1].values():
        at = place.get(_same(kind, entry.record))
        if at is None:
            added.append(entry.text)
            continue
        ours = entries[at]
        if _told(kind, ours.record) == _told(kind, entry.record):
            continue
        newer = _changed(entry.record) > _changed(ours.record)
        if newer:
            texts[at] = entry.text.strip("\n") + "\n\n"
        if kind in ("note", "review"):  # a head's own sentences: the older ones stay, on their own
            fresh = new_id(kind, taken)
            taken.add(fresh)
            older = ours if newer else entry
            try:
                added.append(toml_text.changed(older.text, kind, {"id": fresh}))
            except ValueError as error:
                raise RefusedError(
                    f"{name} can't be merged: {error}. Nothing was changed."
                ) from error
            both += kind == "note"
        elif newer:
            replaced += 1
        else:
            stayed += 1
    for text in added:
        if texts:
            texts[-1] = texts[-1].rstrip("\n") + "\n\n"
        texts.append(text.strip("\n") + "\n")
    data = "".join(texts).encode("utf-8")
    wrong = _wrong(name, data)
    if wrong:
        raise RefusedError(f"{name} can't be merged: {wrong}. Nothing was changed.")
    return data, done._replace(
        added=done.added + len(added) - both,
        replaced=done.replaced + replaced,
        both=done.both + both,
        stayed=done.stayed + stayed,
    )


def _entries(name: str, data: bytes) -> tuple[list[str], dict[int, _Entry]]:
    """A file's pieces of text, and by their place those that are records."""
    kind = kind_of(name)
    wrong = _wrong(name, data)
    if wrong:
        raise RefusedError(f"{name} can't be merged: {wrong}. Nothing was changed.")
    records = _records(kind, data)
    try:
        pieces = toml_text.cut(data.decode("utf-8-sig"), kind)
    except ValueError:
        pieces = []
    places = [at for at, piece in enumerate(pieces) if piece.record]
    if len(places) != len(records):
        raise RefusedError(
            f"{name} can't be merged: write each entry under its own [[{kind}]]. "
            "Nothing was changed."
        )
    told = zip(places, records, strict=True)
    return [p.text for p in pieces], {at: _Entry(record, pieces[at].text) for at, record in told}


def _same(kind: str, record: Mapping[str, Any]) -> str:
    """What makes two records the same one: for a mark on a body the body, else the id; of one
    written by hand without an id, all it says."""
    if kind == "bookmark":
        return str(record.get("about"))
    if kind == "correction":
        return repr([record.get(key, "") for key in ("says", "about", "programme")])
    if kind == "budget":
        return str(record.get("year"))
    return str(record.get("id") or sorted(record.items()))


def _told(kind: str, record: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a record says. Two marks of one body differ by more than when they were made."""
    aside = {"bookmark": ("id", "added"), "correction": ("id", "day")}.get(kind, ("id",))
    return {key: value for key, value in record.items() if key not in aside}


def _changed(record: Mapping[str, Any]) -> str:
    days = (record.get(key) for key in ("changed", "day", "added"))
    return next((str(day) for day in days if day), "")
