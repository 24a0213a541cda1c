"""A copy in JSON of a long file's records, beside its versions: TOML reads 40 times slower."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from navigator.storage.folder import Folder

FROM = 16 * 1024
"""Bytes from which a file has one."""

FORMAT = 1

Record = dict[str, Any]


class RecordIndex:
    """The copy of one file. Only a copy: where it can't be read or written, the file is read."""

    def __init__(self, folder: Folder, file: str) -> None:
        self._folder = folder
        self.file: Path = (folder.path / "versions" / file).with_suffix(".json")
        self._lines: dict[int, tuple[Record, str]] = {}  # the records as they were written last

    def read(self, data: bytes) -> tuple[tuple[Record, ...], list[str] | None] | None:
        """The records that the file's bytes hold, and what is to be said of their ids; None where
        the copy isn't of these bytes."""
        if len(data) >= FROM:
            import json  # which few heads need: a short file has no copy

            with suppress(OSError, ValueError, KeyError, TypeError):
                held = json.loads(self.file.read_bytes())
                if held["digest"] == _digest(data):
                    return tuple(held["records"]), held["said"]
        return None

    def is_due(self, data: bytes) -> bool:
        """Whether bytes that `read` had no copy of get one, or have one that is to go."""
        return len(data) >= FROM or self.file.exists()

    def write(
        self, data: bytes | None, records: Sequence[Record], said: Sequence[str] | None
    ) -> None:
        """Copy the records; where `data` is None or short, there is no copy any more."""
        with suppress(OSError):
            if data is None or len(data) < FROM:
                self.file.unlink(missing_ok=True)
                return
            import json

            # Record by record, the changed ones only: one long call would hold up the screen.
            before, encode = self._lines, json.JSONEncoder(ensure_ascii=False).encode
            self._lines = {id(r): before.get(id(r)) or (r, encode(r)) for r in records}
            lines = ",\n".join(line for _, line in self._lines.values())
            digest = _digest(data)
            held = f'{{"digest": "{digest}", "said": {json.dumps(said)}, "records": [{lines}]}}'
            self._folder.write_copy(self.file, held.encode("utf-8"))


def _digest(data: bytes) -> str:
    """Enough to tell a file from the same file edited; hashlib would take 5 ms of every start."""
    return f"{FORMAT}:{len(data)}:{zlib.crc32(data):08x}:{zlib.adler32(data):08x}"
