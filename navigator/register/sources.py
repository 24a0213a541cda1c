"""Finding DfE's files in what the user gives: a file, a folder, a .zip, .gz or .xz of either."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import IO, Any, cast

from navigator.core import clock, wording
from navigator.core.errors import RefusedError
from navigator.register.build import Sources
from navigator.register.gias import MOST_LINE
from navigator.storage import sums
from navigator.storage.zips import BAD_ZIP, is_of_disk

DOWNLOAD = (
    "take “Establishment fields CSV” (edubasealldataYYYYMMDD.csv) "
    "from the register's Downloads page"
)

MOST_BYTES = 600_000_000
"""Ten times the register: what is longer, unpacked, is something else, or has no end."""

AT_ONCE = 1 << 20
XZ_MEMORY = 128 << 20

_NAME = re.compile(
    r"(?P<what>edubasealldata|edubaseallstatefunded|links_edubasealldata|allgroupsdata)"
    r"(?P<day>\d{8})?[^/\\]*\.csv(?P<packed>\.gz|\.xz)?",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")
"""A day in the name of a file that people have named themselves."""

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
_WORKBOOKS = {"xl/workbook.xml": "an Excel workbook", "content.xml": "a workbook"}
"""What a workbook's packed files hold, and what it is called."""

SCHOOLS, NARROW, LINKS, GROUPS = (
    "edubasealldata",
    "edubaseallstatefunded",
    "links_edubasealldata",
    "allgroupsdata",
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One of DfE's files; `member` is its name inside a .zip, "" where `path` is the file."""

    path: Path
    member: str
    what: str
    day: date | None

    @property
    def name(self) -> str:
        return Path(self.member).name or self.path.name

    @property
    def order(self) -> tuple[date, bool, str]:
        """Newest last; of one day's, the unpacked one."""
        return self.day or date.min, not self.member and self.path.suffix == ".csv", self.name


def _locate(path: Path) -> tuple[SourceFile, SourceFile | None, SourceFile | None]:
    """(schools, links, groups) of what was given: the newest of each, beside one another.

    Raises:
        RefusedError: there is nothing, or nothing of use.
    """
    if path.is_dir():
        return _of(path, list(_in_folder(path)))
    if not path.exists():
        raise RefusedError(f"There is no file {path}: check its name, or {DOWNLOAD}.")
    if path.suffix.lower() == ".zip":
        inside = list(_in_zip(path))
        beside = [found for found in _in_folder(path.parent) if found.what in (LINKS, GROUPS)]
        return _of(path, inside, beside)
    named = _named(path.name)
    what, day = named if named else (SCHOOLS, _day_in(path.name))
    if what in (LINKS, GROUPS):
        raise RefusedError(
            f"{path.name} holds {'links' if what == LINKS else 'groups'}, not schools: give the "
            "edubasealldata file; the others are found beside it."
        )
    schools = SourceFile(path, "", SCHOOLS, day)
    beside = list(_in_folder(path.parent))
    return schools, _newest(beside, LINKS), _newest(beside, GROUPS)


@contextmanager
def unpacked(path: Path, work: Path) -> Iterator[Sources]:
    """The sources of what was given as plain files; those that are packed go to the folder `work`.

    Raises:
        RefusedError: nothing of use is there, or a packed file is damaged.
    """
    schools, links, groups = _locate(path)
    if not schools.member and (kind := _workbook(schools.path)):
        raise _save_as_csv(schools.path, kind)
    for one in (schools, links, groups):
        if one and one.day and one.day > clock.today() + timedelta(days=1):
            raise RefusedError(
                f"{one.name} is of {wording.day(one.day)} by its name, a day to come: mend the "
                "name, or this computer's clock where that is wrong."
            )
    changed = datetime.fromtimestamp(schools.path.stat().st_mtime, tz=UTC).date()
    yield Sources(
        schools=_plain(schools, work),
        day=schools.day or changed,
        dated_by_name=schools.day is not None,
        links=_plain(links, work) if links else None,
        links_day=links.day if links else None,
        groups=_plain(groups, work) if groups else None,
        groups_day=groups.day if groups else None,
    )


def _of(
    path: Path, inside: list[SourceFile], beside: Iterable[SourceFile] = ()
) -> tuple[SourceFile, SourceFile | None, SourceFile | None]:
    schools = _newest(inside, SCHOOLS) or _newest(inside, NARROW)
    if schools is None:
        for book in sorted(path.iterdir()) if path.is_dir() else ():
            if book.is_file() and (kind := _workbook(book)):
                raise _save_as_csv(book, kind)
        raise RefusedError(f"{path} holds no edubasealldata file: {DOWNLOAD}.")
    every = [*beside, *inside]
    return schools, _newest(every, LINKS), _newest(every, GROUPS)


def _newest(found: list[SourceFile], what: str) -> SourceFile | None:
    return max((f for f in found if f.what == what), key=lambda f: f.order, default=None)


def _in_folder(folder: Path) -> Iterator[SourceFile]:
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() == ".zip" and zipfile.is_zipfile(path):
            yield from _in_zip(path)
        elif (named := _named(path.name)) and path.is_file():
            yield SourceFile(path, "", *named)


def _in_zip(path: Path) -> Iterator[SourceFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                if named := _named(Path(member).name):
                    yield SourceFile(path, member, *named)
    except BAD_ZIP as error:
        if is_of_disk(error):
            raise
        raise _damaged(path) from None


def _workbook(path: Path) -> str:
    """What kind of workbook of a spreadsheet program a file is, "" for none."""
    with path.open("rb") as file:
        if file.read(len(_OLD_WORKBOOK)) == _OLD_WORKBOOK:
            return "an Excel workbook"
    if not zipfile.is_zipfile(path):
        return ""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except BAD_ZIP as error:
        if is_of_disk(error):
            raise
        return ""
    return next((kind for name, kind in _WORKBOOKS.items() if name in names), "")


def _save_as_csv(path: Path, kind: str) -> RefusedError:
    return RefusedError(
        f"{path.name} is {kind}: save it as CSV (in Excel “CSV UTF-8”) and give that file, "
        f"or {DOWNLOAD}."
    )


def _day_in(name: str) -> date | None:
    """The one day that a file's name says (GIAS_20260901.csv), None for none or several."""
    days = set()
    for year, _, month, day in _DAY.findall(name):
        with suppress(ValueError):
            days.add(date(int(year), int(month), int(day)))
    return days.pop() if len(days) == 1 else None


def _named(name: str) -> tuple[str, date | None] | None:
    """What one of DfE's file names says: (which file, its day); None for any other name."""
    match = _NAME.fullmatch(name)
    if not match:
        return None
    try:
        day = datetime.strptime(match["day"] or "", "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        day = None
    return match["what"].lower(), day


def _plain(found: SourceFile, work: Path) -> Path:
    """A file as it is read, unpacked if need be; it and its packed form are what the checksums
    beside it say."""
    sums.verify(found.path)
    packed = found.path.suffix.lower()
    if not found.member and packed not in (".gz", ".xz"):
        if found.path.stat().st_size > MOST_BYTES:
            raise _too_much(found)
        return found.path
    target = work / (Path(found.member).name or found.path.stem)
    try:
        with _opened(found) as source, target.open("wb") as out:
            _pour(source, out, found)
    except (RuntimeError, NotImplementedError, MemoryError):
        raise RefusedError(
            f"{found.path.name} is locked or packed in an unknown way: unpack it and give the .csv."
        ) from None
    except BAD_ZIP as error:
        if is_of_disk(error):
            raise
        raise _damaged(found.path) from None
    sums.verify(target, found.path.parent)
    return target


def _pour(source: IO[bytes], out: IO[bytes], found: SourceFile) -> None:
    """Unpack a file, as far as it may be a register. What a file says of its length may be a lie.

    Raises:
        RefusedError: it is longer, or one of its lines is.
    """
    done = line = 0
    while chunk := source.read(AT_ONCE):
        done += len(chunk)
        ended = chunk.rfind(b"\n")
        line = line + len(chunk) if ended < 0 else len(chunk) - ended - 1
        if done > MOST_BYTES:
            raise _too_much(found)
        if line > MOST_LINE + AT_ONCE:
            raise RefusedError(
                f"{found.name} can't be used, a line of it is longer than {MOST_LINE:,} bytes: "
                "download it again."
            )
        out.write(chunk)


def _too_much(found: SourceFile) -> RefusedError:
    return RefusedError(
        f"{found.name} has more than {MOST_BYTES // 1_000_000} MB, ten times as much as the "
        f"register: {DOWNLOAD}."
    )


class _Xz(io.RawIOBase):
    """An .xz file that is unpacked within so much memory: it may ask for 4 GB."""

    def __init__(self, file: IO[bytes]) -> None:
        import lzma

        self._make = partial(lzma.LZMADecompressor, memlimit=XZ_MEMORY)
        self._file, self._inner = file, self._make()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            more = b""
            if self._inner.eof:  # several may stand behind one another
                more = self._inner.unused_data or self._file.read(1 << 16)
                if not more.strip(b"\0"):
                    return 0
                self._inner = self._make()
            elif self._inner.needs_input:
                more = self._file.read(1 << 16)
                if not more:
                    raise EOFError
            if part := self._inner.decompress(more, len(buffer)):
                buffer[: len(part)] = part
                return len(part)


@contextmanager
def _opened(found: SourceFile) -> Iterator[IO[bytes]]:
    if found.member:
        with zipfile.ZipFile(found.path) as archive:
            told = archive.getinfo(found.member)
            if told.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise NotImplementedError
            if told.file_size > MOST_BYTES:
                raise _too_much(found)
            with archive.open(told) as file:
                yield file
    elif found.path.suffix.lower() == ".gz":
        import gzip

        with gzip.open(found.path) as file:
            yield cast(IO[bytes], file)
    else:
        with found.path.open("rb") as packed, _Xz(packed) as file:
            yield cast(IO[bytes], file)


def _damaged(path: Path) -> RefusedError:
    return RefusedError(f"{path.name} is damaged or was not downloaded whole: download it again.")
