"""All that the head keeps in one .zip, and back again: replaced or merged, whole or not at all.

A backup comes from anywhere, so it is read with care: known names only, capped sizes, every file
parsed, before anything of the head's is touched. What a restore replaces is backed up first.
"""

from __future__ import annotations

import io
import tomllib
import zipfile
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from navigator import __version__
from navigator.core import wording
from navigator.core.errors import RefusedError
from navigator.records.kinds import KINDS, RESTORING
from navigator.records.merge import RECENT, Restored, merged, wrong_in
from navigator.records.settings import FILE as SETTINGS
from navigator.records.toml_file import parse
from navigator.storage import whole_file
from navigator.storage.disk import NotSavedError
from navigator.storage.folder import VERSIONS, Folder
from navigator.storage.zips import BAD_ZIP, is_of_disk

SETTINGS_ABOUT = "# Navigator's settings. Yours to edit.\n"
CONTACTS = KINDS["contact"].file
MANIFEST = "backup.toml"
READ_ME = "READ-ME.txt"

FILES = (SETTINGS, *(kind.file for kind in KINDS.values()))
"""All that may be in one, beside what tells of it."""

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


class Backup(NamedTuple):
    """A backup that was read and found good. `files` by name; `counts` the records by kind."""

    made: datetime
    files: Mapping[str, bytes]
    counts: Mapping[str, int]


# --- making one ---


def pack(folder: Folder, *, contacts: bool = True) -> bytes:
    """All files as they are at one moment, as the bytes of a .zip.

    Raises:
        RefusedError: a file can't be read or is damaged; the text says which and where.
    """
    with ExitStack() as stack:
        with suppress(NotSavedError):  # a folder that may only be read has no writer to wait for
            stack.enter_context(folder.locked())
        held = _held(folder)
    held = {**_empty(), **held}
    if not contacts:
        del held[CONTACTS]
    for name, data in held.items():
        wrong = wrong_in(name, data)
        if wrong:
            raise RefusedError(
                f"{folder.path / name} can't be backed up: {wrong}. Mend it, or move it away."
            )
    return _zip(held, contacts=contacts)


def _empty() -> dict[str, bytes]:
    """Files that hold nothing, so that a backup of nothing brings back nothing."""
    texts = {SETTINGS: SETTINGS_ABOUT, **{kind.file: kind.heading for kind in KINDS.values()}}
    return {name: text.encode("utf-8") for name, text in texts.items()}


def _held(folder: Folder) -> dict[str, bytes]:
    held = {}
    for name in FILES:
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
    said = ABOUT.format(
        made=f"{wording.day(now)} at {now:%H:%M}", contacts=WITH if contacts else WITHOUT
    )
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


def write(file: Path, data: bytes, *, force: bool) -> None:
    """Write a backup into a file that the head named, for their eyes only.

    `force` replaces an older backup, and nothing else: a name mistyped mustn't cost a file.

    Raises:
        RefusedError: there is a file already, or it can't be written; nothing was changed.
    """
    if force and file.is_file() and not zipfile.is_zipfile(file):
        raise RefusedError(
            f"{file} is there already, and it isn't a .zip, so it stays as it is. Give another "
            "name."
        )
    with whole_file.whole(file, force=force, private=True) as out:
        out.write(data)


# --- reading one ---


def read(file: Path) -> Backup:
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
            files = _members(file, archive, set(FILES))
    except BAD_ZIP as error:
        if is_of_disk(error):
            why = getattr(error, "strerror", None) or str(error)
            raise RefusedError(f"{file} can't be read ({why}). Nothing was changed.") from error
        why = str(error) or type(error).__name__
        raise RefusedError(f"{file} isn't a whole .zip ({why}). Nothing was changed.") from error
    made = _made(file, files.pop(MANIFEST, b""))
    for name, data in files.items():
        wrong = wrong_in(name, data)
        if wrong:
            raise RefusedError(f"{name} in {file} is damaged: {wrong}. Nothing was changed.")
    counts = {
        kind.name: len(parse(files[kind.file], kind.name))
        for kind in KINDS.values()
        if kind.file in files
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


def _now() -> str:
    return f"{datetime.now():%Y-%m-%d-%H%M%S}"


# --- bringing it back ---


def restore(folder: Folder, backup: Backup, *, merge: bool) -> Restored:
    """Put a backup in the place of what is here, or merge it in. What isn't in it stays.

    Raises:
        RefusedError, NotSavedError: nothing was changed.
    """
    with folder.locked():
        folder.sweep()
        here = _held(folder)
        after, done = merged(here, backup.files) if merge else (dict(backup.files), Restored(None))
        changed = {name: data for name, data in after.items() if here.get(name) != data}
        if not changed:
            return done
        for name in [name for name, data in here.items() if wrong_in(name, data)]:
            stem, _, suffix = name.partition(".")
            folder.write(f"{stem}.broken-{_now()}.{suffix}", here.pop(name), keep=False)
        before = _keep(folder, {**_empty(), **here}) if here else None
        # From here on a Navigator that is killed leaves what the next one finishes
        folder.write(RESTORING, _zip(changed, contacts=True), keep=False)
        try:
            _write_all(folder, here, changed)
        finally:
            with suppress(OSError):
                folder.remove(RESTORING)
        return done._replace(before=before)


def finish(folder: Folder) -> str:
    """Finish a restore that was broken off; says so, "" where there is none.

    Waits for one that is going on. Raises NotSavedError.
    """
    if folder.stamp(RESTORING) is None:
        return ""
    with folder.locked():
        if folder.stamp(RESTORING) is None:
            return ""
        try:
            with zipfile.ZipFile(folder.path / RESTORING) as archive:
                files = _members(folder.path / RESTORING, archive, set(FILES))
        except BAD_ZIP as error:
            raise RefusedError(
                f"A restore broke off, and {folder.path / RESTORING} can't be read ({error}). "
                f"What was here is in the newest before-restore-….zip. Remove that file then."
            ) from error
        files.pop(MANIFEST, None)
        for name, data in files.items():
            folder.write(name, data, keep=name != RECENT)
        with suppress(OSError):
            folder.remove(RESTORING)
    before = made_by_restores(folder)
    return (
        "A restore was broken off before its end; it is finished now. What was here before is in "
        f"{before[-1].name if before else 'no file: there was nothing'}."
    )


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
    for old in made_by_restores(folder)[:-VERSIONS]:
        with suppress(OSError):
            old.unlink(missing_ok=True)
    return file


def made_by_restores(folder: Folder) -> list[Path]:
    """The backups that restores made, oldest first."""
    return sorted(folder.path.glob("before-restore-*.zip"))


def forget_contacts(folder: Folder) -> None:
    """Take contacts out of the backups that restores made, and out of a restore that was broken
    off; one that can't be read goes.

    Raises:
        NotSavedError: one can't be written.
    """
    with folder.locked():
        broken_off = [folder.path / RESTORING] if folder.stamp(RESTORING) else []
        for file in (*made_by_restores(folder), *broken_off):
            try:
                with zipfile.ZipFile(file) as archive:
                    files = {i.filename: archive.read(i) for i in archive.infolist()}
            except BAD_ZIP:
                with suppress(OSError):
                    file.unlink(missing_ok=True)
                continue
            if files.pop(CONTACTS, None) is not None:
                own = {n: d for n, d in files.items() if n not in (MANIFEST, READ_ME)}
                folder.write(file.name, _zip(own, contacts=False), keep=False)
