"""A pack of facts: made of a folder, looked at, taken into use whole or not at all, turned back.

Who takes a pack, looks at one or goes back holds a lock on it, so what lies in the folder of packs
is theirs alone meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from navigator.core import cleaning, wording
from navigator.core.errors import NavigatorError, RefusedError
from navigator.directory import packs
from navigator.directory.check import check
from navigator.directory.columns import PLANNING_TABLES, SHARED_TABLES
from navigator.storage import sums
from navigator.storage.disk import not_saved, replacing
from navigator.storage.zips import BAD_ZIP, is_of_disk

MANIFEST, FORMAT = "pack.json", 1
LEFT_OUT = "sample"
"""The folder of facts that stays with Navigator: a small register to start with."""

LATER = frozenset(table.file for table in PLANNING_TABLES)
"""Tables that came after the first packs: where one is lacking, that which came with Navigator
stands in its place (`planning`)."""

KINDS = (".csv", ".toml", ".md")
MOST_FILES, MOST_BYTES = 300, 60_000_000
"""Of what a pack may unpack to: ours is 0.6 MB."""

TURN_SECONDS = 10.0
"""How long another Navigator's turn is waited for."""

WHEN = (1980, 1, 1, 0, 0, 0)


class Pack(NamedTuple):
    """A pack that was unpacked and found sound."""

    folder: Path
    version: str


def build(folder: Path, target: Path) -> str:
    """Make a pack of a folder of facts; gives its version. The same facts give the same bytes.

    Raises:
        RefusedError: the facts have a fault, or no version.
    """
    version = packs.version_of(folder)
    if packs.order(version) is None:
        raise RefusedError(
            f'programmes.toml in {folder} needs a line such as version = "2026-11-27", above its '
            "first [ ]."
        )
    _refuse_faults(folder, "The pack wasn't made")
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in KINDS and path.relative_to(folder).parts[0] != LEFT_OUT
    }
    manifest = {
        "format": FORMAT,
        "version": version,
        "day": version[:10],
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        told = json.dumps(manifest, indent=1).encode("utf-8")
        for name, data in {MANIFEST: told, **files}.items():
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return version


@contextmanager
def unpacked(file: Path, data_dir: Path) -> Iterator[Pack]:
    """A pack newer than the facts in use, unpacked and checked, in a folder that is gone at the end
    unless it was taken.

    Raises:
        RefusedError: it is no pack, isn't whole, has a fault or is no newer; the text says which.
        NavigatorError: the disk wouldn't, or another Navigator is at it.
    """
    home = data_dir / packs.FOLDER
    work = home / f"new-{secrets.token_hex(4)}"
    with _turn(data_dir):
        try:
            work.mkdir(parents=True)
            sums.verify(file)
            version = _unpack(file, work)
            _refuse_older(version, packs.facts_in_use(data_dir).version)
            lacks = [name for name in LATER if not (work / name).exists()]
            _refuse_faults(work, "The pack wasn't taken", lacks)
            yield Pack(work, version)
        except OSError as error:
            if isinstance(error, FileNotFoundError) and not file.exists():
                raise RefusedError(f"There is no file {file}. Nothing was changed.") from None
            raise not_saved(home, error) from error
        finally:
            shutil.rmtree(work, ignore_errors=True)


def take(pack: Pack, data_dir: Path) -> None:
    """Take a pack that is `unpacked` into use; the one before is kept.

    Raises:
        NotSavedError: the disk wouldn't; nothing was changed.
    """
    using = packs.facts_in_use(data_dir)
    home = data_dir / packs.FOLDER
    name = f"{pack.version}-{secrets.token_hex(4)}"
    try:
        pack.folder.rename(home / name)
        before = packs.names(data_dir)[0] if using.taken else ""
        _point_to(home, name, before)
        for old_pack in home.iterdir():  # those of a killed Navigator, too
            if old_pack.is_dir() and old_pack.name not in (name, before):
                shutil.rmtree(old_pack, ignore_errors=True)
    except OSError as error:
        raise not_saved(home, error) from error


@contextmanager
def turning_back(data_dir: Path) -> Iterator[packs.FactsInUse]:
    """The facts before; they are in use once this ends without an error. The same again goes forth.

    Raises:
        RefusedError: none were in use before, or the same would stay; nothing was changed.
        NavigatorError: the disk wouldn't, or another Navigator is at it; nothing was changed.
    """
    home = data_dir / packs.FOLDER
    if not any(packs.names(data_dir)):  # a lock would make the folder
        raise RefusedError("No pack of facts was taken: there is nothing to go back to.")
    with _turn(data_dir):
        using, before = packs.names(data_dir)
        if before and not (home / before).is_dir():
            raise RefusedError(f"The facts before are no longer in {home}: nothing was changed.")
        now, then = packs.facts_in_use(data_dir), packs.facts_in_use(data_dir, before)
        if then.folder == now.folder:
            raise RefusedError(
                f"The facts that came with Navigator ({now.version}) would stay in use, as no pack "
                "to go back to is newer: nothing was changed."
            )
        yield then
        try:
            _point_to(home, before, using)
        except OSError as error:
            raise not_saved(home, error) from error


@contextmanager
def _turn(data_dir: Path) -> Iterator[None]:
    """One at a time is at the packs; the system lets go of a killed one's lock."""
    from filelock import FileLock, Timeout

    lock = FileLock(data_dir / f"{packs.FOLDER}.lock", timeout=TURN_SECONDS)
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise NavigatorError(
            f"Another Navigator is taking facts into use in {data_dir}: nothing was changed. Try "
            "again in a minute."
        ) from None
    except OSError as error:
        raise not_saved(data_dir, error) from error
    try:
        yield
    finally:
        lock.release()


def _point_to(home: Path, using: str, before: str) -> None:
    with replacing(home / packs.POINTER, f".{packs.POINTER}.tmp") as out:
        out.write(f"{using}\n{before}\n".encode())


# --- reading one ---


def _unpack(file: Path, into: Path) -> str:
    """The files of a pack, each as its checksum says; gives its version."""
    try:
        with zipfile.ZipFile(file) as archive:
            told = archive.infolist()
            if len(told) > MOST_FILES or sum(entry.file_size for entry in told) > MOST_BYTES:
                raise _no_pack(file, "it holds far more than facts")
            manifest = json.loads(_read(archive, MANIFEST, 1_000_000))
            version, sums = _manifest(file, manifest)
            if {entry.filename for entry in told if not entry.is_dir()} != {MANIFEST, *sums}:
                raise _no_pack(file, "it holds other files than its list names")
            room = MOST_BYTES
            for name, wanted in sums.items():
                data = _read(archive, name, room)
                room -= len(data)
                if hashlib.sha256(data).hexdigest() != wanted:
                    raise _no_pack(file, f"{name} isn't as it was made")
                target = into / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    except KeyError:
        raise _no_pack(file, f"it has no {MANIFEST}") from None
    except BAD_ZIP as error:
        if is_of_disk(error):
            raise
        raise _no_pack(file, "it is damaged, or no pack") from error
    if packs.version_of(into) != version:
        raise _no_pack(file, "its facts are of another version than it says")
    return version


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A file of at most so many bytes, whatever the archive says of its size."""
    with archive.open(name) as packed:
        data = packed.read(most + 1)
    if len(data) > most:
        raise ValueError(name)
    return data


def _manifest(file: Path, told: object) -> tuple[str, dict[str, str]]:
    """(version, checksums by name) of a pack that this Navigator knows."""
    if not isinstance(told, dict) or not isinstance(told.get("format"), int):
        raise _no_pack(file, f"its {MANIFEST} says nothing of use")
    if told["format"] > FORMAT:
        raise _too_new(file)
    version, sums = told.get("version"), told.get("files")
    if not isinstance(version, str) or packs.order(version) is None or not _a_day(version[:10]):
        raise _no_pack(file, "it doesn't say of which day it is")
    if not isinstance(sums, dict) or not all(map(_safe, sums)):
        raise _no_pack(file, "it names files that are no facts")
    known = {table.file for table in SHARED_TABLES}
    if any("/" not in name and name.endswith(".csv") and name not in known for name in sums):
        raise _too_new(file)
    lacking = [t.file for t in SHARED_TABLES if t.file not in sums and t.file not in LATER]
    if lacking or "programmes.toml" not in sums:
        raise _no_pack(file, f"it lacks {(lacking or ['programmes.toml'])[0]}")
    return version, {name: str(digest) for name, digest in sums.items()}


def _a_day(text: str) -> bool:
    with suppress(ValueError):
        return bool(date.fromisoformat(text))
    return False


def _safe(name: str) -> bool:
    """Whether a file's name stays in the folder, on every system."""
    path = PurePosixPath(name)
    plain = all(re.fullmatch(r"[A-Za-z0-9][\w.-]*", part) for part in path.parts)
    return plain and bool(path.parts) and not path.is_absolute() and path.suffix in KINDS


def _no_pack(file: Path, why: str) -> RefusedError:
    shown = cleaning.plain(file.name)[:100]
    return RefusedError(
        f"{shown} can't be taken as facts: {why}. Get it again from whoever made it; nothing was "
        "changed."
    )


def _refuse_older(version: str, using: str) -> None:
    new, old = packs.order(version), packs.order(using)
    if new is None or (old is not None and new <= old):
        than = "as new as" if new == old else "older than"
        raise RefusedError(
            f"The pack's facts ({version}) are {than} those in use ({using}): nothing was taken."
        )


def _too_new(file: Path) -> RefusedError:
    shown = cleaning.plain(file.name)[:100]
    return RefusedError(
        f"{shown} can't be taken as facts: it is for a newer Navigator. Install that one, then "
        "take it again; nothing was changed."
    )


def _refuse_faults(folder: Path, what: str, may_lack: Collection[str] = ()) -> None:
    faults = [fault for fault in check(folder) if fault.file not in may_lack]
    if faults:
        first = wording.first_few([str(fault) for fault in faults], 3, "; ", last="; ")
        raise RefusedError(f"{what}, as its facts have {len(faults)} to mend: {first}.")
