"""What lies on disk of a file that is fetched, and what the server said of it.

NAME.part until it is whole, beside NAME.json: with the ETag or the date in it a later download goes
on where this one broke off, and only if the file on the server is still the same. Sent with gzip,
it is kept as NAME.gz.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Known:
    """What the server said of a file; texts are "" and the total 0 where it didn't."""

    url: str
    etag: str
    modified: str
    packed: bool
    total: int

    @property
    def validator(self) -> str:
        """What asks for the rest of this very file; a weak ETag vouches for no byte of it."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


class Held:
    """What lies in the folder of one file."""

    def __init__(self, target: Path, url: str) -> None:
        self.target, self.url = target, url
        self.part = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.json")
        self.known = self._read()
        if self.known is None or (self.size and not self.known.validator):
            self.discard()
        elif self.known.total and self.size == self.known.total:
            self.finish()  # killed before the last step

    def _read(self) -> Known | None:
        try:
            known = Known(**json.loads(self._note.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return known if known.url == self.url else None

    @property
    def size(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def tail(self, count: int) -> bytes:
        """The last bytes of what lies there."""
        if not count:
            return b""
        with self.part.open("rb") as file:
            file.seek(-count, 2)
            return file.read()

    @property
    def total(self) -> int:
        return self.known.total if self.known else 0

    @property
    def whole(self) -> Path | None:
        """The whole file, if it lies there."""
        for path in (self.target, self._packed):
            if path.exists():
                return path
        return None

    @property
    def _packed(self) -> Path:
        return self.target.with_name(f"{self.target.name}.gz")

    def discard(self) -> None:
        for path in (self.part, self.target, self._packed, self._note):
            path.unlink(missing_ok=True)
        self.known = None

    def begin(self, known: Known) -> None:
        """Start from nothing. The note comes first: bytes without one are of no use."""
        self.discard()
        draft = self._note.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(known)), "utf-8")
        draft.replace(self._note)
        self.known = known

    def finish(self) -> Path:
        path = self._packed if self.known and self.known.packed else self.target
        self.part.replace(path)
        return path
