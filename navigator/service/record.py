"""The head's own record: read, changed, and what changed around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING

from navigator.core.errors import NavigatorError, NotFoundError
from navigator.core.record import OwnRecord
from navigator.service.sources import SourcesPart, in_turn

if TYPE_CHECKING:
    from navigator.domain.changes import Changes
    from navigator.records import RecordStore
    from navigator.records.record_file import Change
    from navigator.register import Register


MakeChange = Callable[["RecordStore"], "Change | list[Change]"]
"""Makes a change to the record, or several of one kind at once."""


class RecordPart(SourcesPart):
    """What the head keeps, and what changed around them."""

    @property
    def records(self) -> RecordStore:
        """The head's own record, in its files."""
        with self._records_lock:  # a lock of its own: a screen asks, and must not wait for a page
            if self._records is None:
                from navigator.records import RecordStore

                self._records = RecordStore(self._records_dir)
            return self._records

    @in_turn
    def record(self) -> OwnRecord:
        """The head's record; what was marked on a school that has closed follows its successor."""
        record = self.kept
        if self._followed is None or self._followed[0] is not record:
            from navigator.domain.succession import follow

            changed = self.unseen.keys if self.unseen else frozenset()
            after = follow(record, self.register)._replace(changed=changed)
            self._followed = (record, after)
        return self._followed[1]

    @property
    def kept(self) -> OwnRecord:
        """The head's record as its files have it: a form shows, and writes, what stands there."""
        return self.records.record

    def record_problems(self) -> list[str]:
        """What went wrong with the record's files since this was asked last, a sentence each."""
        return self.records.problems()

    def change(self, make: MakeChange) -> list[Change]:
        """Make a change to the record; each part of it can be turned back.

        Raises:
            NavigatorError: nothing was changed; the text says why.
        """
        made = make(self.records)
        return made if isinstance(made, list) else [made]

    def turn_back(self, changes: Sequence[Change]) -> list[Change]:
        """Turn changes back, the last first; gives what turns that back again.

        Raises:
            NavigatorError: as `change`.
        """
        return self.records.apply(*(change.reverse for change in reversed(changes)))

    def looked_at(self, urn: int, name: str) -> None:
        """Remember that the head looked at a school, where anything can be remembered."""
        with suppress(NavigatorError):  # where nothing can be written, the head is told elsewhere
            self.records.looked_at(urn, name)

    def changes(self, school: int | None, today: date) -> Changes:
        """What changed around the head since the register before the one in use.

        `school` is the URN of their own, None for none.

        Raises:
            NotFoundError: no register from before is kept, or it is the newer one; the text says
                what to do.
        """
        with self._lock, self._before() as before:
            return self._changes(before, school, today)

    @in_turn
    def look_for_unseen(self, school: int | None, today: date) -> Changes | None:
        """What changed and hasn't been seen, None for nothing; `record` marks it from then on."""
        found: Changes | None = None
        with suppress(NotFoundError), self._before() as before:
            if not self.records.has_seen(before.info.day, self.info.day):
                found = self._changes(before, school, today)
        if found and not found.differences:
            found = None
        self._mark_unseen(found)
        return found

    @contextmanager
    def _before(self) -> Iterator[Register]:
        """The register before the one in use, which is newer. Raises NotFoundError."""
        from navigator.register.opening import open_before

        before = open_before(self._data_dir)
        try:
            if self.info.sample or before.info.day > self.info.day:
                raise NotFoundError(
                    "The register in use isn't newer than the one before it. To compare any "
                    "two, run: navigator changes --from OLD --to NEW"
                )
            yield before
        finally:
            before.close()

    def _changes(self, before: Register, school: int | None, today: date) -> Changes:
        from navigator.domain.changes import for_head

        record = self.kept
        return for_head(
            before, self.register, self.directory, record=record, school=school, today=today
        )

    def saw(self, changes: Changes) -> None:
        """The head has seen what changed: marks go. Raises NotSavedError; they go all the same."""
        with self._lock:
            self._mark_unseen(None)
        self.records.saw(changes.since, changes.until)

    def _mark_unseen(self, unseen: Changes | None) -> None:
        if unseen != self.unseen:
            self.unseen, self._followed = unseen, None
