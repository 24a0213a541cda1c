"""What the head keeps: bookmarks, notes, corrections, own networks, contacts, reviews, a plan."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from navigator.core import clock, paths, texts
from navigator.core.errors import NavigatorError, RefusedError
from navigator.core.keys import Key
from navigator.core.record import OwnRecord, Review
from navigator.records import settings
from navigator.records.index import Record
from navigator.records.kinds import KINDS, RESTORING, RecordKind, kind_of
from navigator.records.nouns import RecordReader
from navigator.records.read_file import ReadFile
from navigator.storage.folder import Folder

if TYPE_CHECKING:
    from navigator.core.activity import SentEvent
    from navigator.records.backup import Backup
    from navigator.records.drafts import Draft
    from navigator.records.merge import Restored
    from navigator.records.record_file import Change, RecordFile

RECENT = 10
"""Recent schools kept."""

CONTACT_FORM = "Contact"
"""How the form of a contact is called: what was typed into it may name the person."""

CHANGED_ELSEWHERE = (
    "This {kind} was changed elsewhere while it was open here. What you typed is "
    "still in the boxes: copy what you need, leave with Esc, and open it anew."
)


class RecordStore:
    """The head's record in a folder. Safe to ask from any thread and any number of processes.

    Every method that changes something returns once it is on disk, with the change by which it can
    be undone, and raises `NotSavedError` or `RefusedError`, in either case leaving all as it was.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = Folder(folder or paths.config_dir())
        self._files = {name: ReadFile(self._folder, kind) for name, kind in KINDS.items()}
        self._lock = threading.RLock()
        self._record: OwnRecord | None = None
        self._read: dict[str, tuple[Record, ...]] = {}
        self._nouns: dict[str, dict[int, tuple[Record, Any]]] = {}
        self._problems: list[str] = []
        self._told: set[str] = set()
        self._aside = self.set_aside()
        self._finish_restore()

    def _finish_restore(self) -> None:
        if self._folder.stamp(RESTORING) is None:
            return
        from navigator.records import backup

        try:
            said = backup.finish(self._folder)
        except NavigatorError as error:
            said = str(error)
        self._problems += [said] if said else []  # another Navigator may have finished it meanwhile

    # --- reading ---

    @property
    def record(self) -> OwnRecord:
        """All of it, as it is on disk now. The same object until something changes.

        While another thread saves, what was known before: asking never waits for the disk.
        """
        known = self._record
        if known is not None and not self._lock.acquire(blocking=False):
            return known
        if known is None:
            self._lock.acquire()
        try:
            return self._refreshed()
        finally:
            self._lock.release()

    def _refreshed(self) -> OwnRecord:
        records = {name: file.records() for name, file in self._files.items()}
        if self._record is None or any(records[name] is not self._read[name] for name in records):
            self._read = records
            held: dict[str, Any] = {kind.field: self._all(kind) for kind in KINDS.values()}
            self._record = OwnRecord(**held)
        return self._record

    def _all(self, kind: RecordKind) -> tuple[Any, ...]:
        """A file's records as nouns; those that are as they were aren't made again."""
        before = self._nouns.get(kind.name, {})
        problems: list[str] = []
        made: dict[int, tuple[Record, Any]] = {}
        for record in self._read[kind.name]:
            held = before.get(id(record))
            if held is None:
                held = (record, RecordReader(record, problems, record["id"]).noun(kind.type))
            made[id(record)] = held
        self._nouns[kind.name] = made
        self._problems += [f"{self.path / kind.file}: {problem}" for problem in problems]
        return tuple(noun for _, noun in made.values() if noun is not None)

    def problems(self) -> list[str]:
        """Sentences not told before: files set aside, values that couldn't be understood."""
        if not self._lock.acquire(blocking=False):
            return []  # another thread saves; they are told when next asked
        try:
            told = [s for file in self._files.values() for s in file.problems] + self._problems
            aside = self.set_aside()
            by_others = [f for f in aside if f not in self._aside and not any(f in s for s in told)]
            told += [
                f"Another Navigator found a file damaged and kept it as {name}; the newest good "
                f"version is in use. Mend the kept file, or copy from it what you miss."
                for name in by_others
            ]
            self._aside = aside
            for file in self._files.values():
                file.problems.clear()
            self._problems.clear()
            fresh = [s for s in dict.fromkeys(told) if s not in self._told]
            self._told.update(fresh)
            return fresh
        finally:
            self._lock.release()

    def set_aside(self) -> list[str]:
        """The names of damaged files that were set aside and are still there."""
        return sorted(f.name for f in self._folder.path.glob("*.broken-*"))

    @property
    def path(self) -> Path:
        """The folder that the files lie in. It may not exist yet."""
        return self._folder.path

    def counts(self) -> dict[str, int]:
        """How many records there are of each kind."""
        with self._lock:
            return {name: len(file.records()) for name, file in self._files.items()}

    def is_new(self) -> bool:
        """Whether a restore would replace nothing but the schools looked at last."""
        held = self._folder.stamp(settings.FILE)
        return held is None and not any(n for k, n in self.counts().items() if k != "recent")

    # --- any record ---

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the files against other threads and Navigators, for a look and a change in one."""
        with self._lock:
            with self._folder.locked():
                yield
            self._refreshed()  # here, where no screen waits for it

    def _file(self, kind: str) -> RecordFile:
        """A file to be changed; until then it is only read, and how to change it not imported."""
        from navigator.records.record_file import RecordFile

        file = self._files[kind]
        if not isinstance(file, RecordFile):
            file = self._files[kind] = RecordFile.of(file)
        return file

    def add(self, given: Any) -> Change:
        """Keep a new note, contact, activity …: a noun of the record without an id.

        A correction or a budget takes the place of an earlier one on the same thing.

        Raises:
            RefusedError: it lacks what one needs; or it is a bookmark on a body that has one.
        """
        from navigator.records.written import said, values_of

        kind = kind_of(given)
        with self._held():
            same = next((r for r in self._of(kind) if kind.same and _same(kind, r, given)), None)
            if same is None:
                values = {**said(values_of(given)), kind.stamp: clock.today()}
                return self._file(kind.name).write([values])[0]
            if kind.name == "bookmark":
                name = texts.line(given.name) or given.about
                raise RefusedError(f"{name} is bookmarked already.")
            return self.change(given._replace(id=same.id))

    def change(self, given: Any, *, seen: Any = None) -> Change:
        """Make the record of a noun's id what is given; what doesn't differ isn't touched.

        Raises:
            RefusedError: it is gone; or it is no longer as it was `seen`, if that is given.
        """
        kind = kind_of(given)
        with self._held():
            held = next((r for r in self._of(kind) if r.id == given.id), None)
            if seen is not None and held is not None and held != seen:
                raise RefusedError(CHANGED_ELSEWHERE.format(kind=kind.name))
            values = {given.id: self._changes(kind, given, held)}
            return self._file(kind.name).write(changed=values)[0]

    def take_in(self, added: Sequence[Any], changed: Sequence[Any] = ()) -> list[Change]:
        """Add nouns of one kind and change others of it by their ids, all of it or nothing.

        Of what is added an id that is free, and the day on which it was made, are kept.

        What is returned is undone by `apply` of each one's `reverse`, the last first.
        """
        if not (added or changed):
            return []
        from navigator.records.written import said, values_of

        kind = kind_of([*added, *changed][0])
        new = [
            {"id": a.id, **said(values_of(a)), kind.stamp: _made(a, kind) or clock.today()}
            for a in added
        ]
        with self._held():
            held = {r.id: r for r in self._of(kind)}
            other = {a.id: self._changes(kind, a, held.get(a.id)) for a in changed}
            return self._file(kind.name).write(new, other)

    def remove(self, kind: str, name: str) -> Change:
        """Remove a record by its id. Raises RefusedError where it is gone already.

        A person goes from kept versions, damaged files and what restores backed up, too: only the
        change returned still has them.
        """
        with self._held():
            if kind != "contact":
                return self._file(kind).remove(name)
            from navigator.records import backup, drafts

            change = self._file(kind).forget(name)
            backup.forget_contacts(self._folder)
            drafts.drop_kind(self._folder, CONTACT_FORM)
            return change

    def move(self, kind: str, name: str, by: int) -> Change:
        """Move a record up (-1) or down (1) in its file, which is the order it is shown in."""
        with self._held():
            return self._file(kind).move(name, by)

    def apply(self, *changes: Change) -> list[Change]:
        """Do changes of one kind again in one write, all or none; their `reverse` undoes them.

        Raises:
            RefusedError: one no longer fits.
        """
        if not changes:
            return []
        kind = changes[0].kind
        if kind == "contact" and all(change.after is None for change in changes):
            return [self.remove(kind, change.id) for change in changes]
        with self._held():
            return self._file(kind).apply(*changes)

    def remember(self, *changes: Change) -> None:
        """Remember what a command changed, so that another can undo it. Best effort."""
        from navigator.records import last_change

        last_change.save(self._folder, changes)

    def undo_remembered(self) -> tuple[list[Change], bool]:
        """Undo what was remembered last; done again, it goes forth. Gives the changes, and whether
        they did again what had been undone.

        Raises:
            RefusedError: there is none, or one of the records has changed since.
        """
        from navigator.records import last_change

        changes, again = last_change.load(self._folder)
        if not changes:
            raise RefusedError("There is nothing to undo: no command has changed the plan yet.")
        done = self.apply(*[change.reverse for change in reversed(changes)])
        last_change.save(self._folder, done, undone=not again)
        return done, again

    def sent_events(self) -> dict[str, SentEvent]:
        """What calendars of the plan had, by UID."""
        from navigator.records import sent

        return sent.load(self._folder)

    def remember_sent(self, events: Mapping[str, SentEvent]) -> None:
        """Remember what a calendar had. Best effort."""
        from navigator.records import sent

        sent.save(self._folder, events)

    def _of(self, kind: RecordKind) -> tuple[Any, ...]:
        held: tuple[Any, ...] = getattr(self.record, kind.field)
        return held

    def _changes(self, kind: RecordKind, given: Any, held: Any) -> dict[str, Any]:
        from navigator.records.written import values_of

        stamp = {kind.changed: clock.today()} if kind.changed else {}
        return {**values_of(given, held), **stamp}

    # --- what is more than one noun ---

    def regroup(self, network: str, put: Iterable[int] = (), take: Iterable[int] = ()) -> Change:
        """Put schools into a network or take them out, whatever else it holds by now."""
        with self._held():
            held = next((n.urns for n in self.record.networks if n.id == network), ())
            urns = sorted(set(held) - set(take) | set(put))
            return self._file("network").write(changed={network: {"schools": urns or None}})[0]

    def write_review(
        self,
        about: Key,
        name: str,
        feature: str,
        text: str,
        *,
        review: str = "",
        seen: str | None = None,
    ) -> Change:
        """The words on one feature, in the review of this school year; the first begin it.

        `review` is the id of that review where it is known: it may be about a school that has
        closed. Raises RefusedError where the words are no longer as they were `seen`, if given.
        """
        words = texts.words(text)
        with self._held():
            ours = [r for r in self.record.reviews if r.of_year(clock.today())]
            of_school = next((r for r in reversed(ours) if r.about == about), None)
            held = next((r for r in ours if r.id == review), of_school)
            if seen is not None and (held.on(feature) if held else "") != seen:
                raise RefusedError(CHANGED_ELSEWHERE.format(kind="review"))
            if held is not None:
                told = {**dict(held.words), feature: words}
                return self.change(held._replace(words=tuple(told.items())))
            if not words:
                raise RefusedError("There are no words to keep yet: write some, or leave with Esc.")
            return self.add(Review(about=about, name=name, words=((feature, words),)))

    def looked_at(self, urn: int, name: str) -> None:
        """Remember a school as the one looked at last."""
        recent = self.record.recents
        if recent and recent[0].urn == urn:
            return
        with self._held():
            file = self._file("recent")
            for old in file.records():
                if old.get("urn") == urn:
                    file.remove(old["id"])
            file.write([{"urn": urn, "name": texts.line(name), "day": clock.today()}], at=0)
            for old in file.records()[RECENT:]:
                file.remove(old["id"])

    # --- what is being typed ---

    def drafts(self) -> list[Draft]:
        """What was being typed when a Navigator ended, the newest last. What is being typed in one
        that still runs isn't among them."""
        from navigator.records import drafts

        return drafts.left(self._folder)

    def keep_draft(self, draft: Draft, taken: Draft | None = None) -> None:
        """Keep what is being typed, in the place of the draft that was `taken` into the form.
        Raises NotSavedError."""
        from navigator.records import drafts

        drafts.keep(self._folder, draft, taken)

    def drop_draft(self, *given: Draft | None) -> None:
        """What was typed into a form is saved, or was left."""
        from navigator.records import drafts

        drafts.drop(self._folder, *given)

    # --- changes of the register ---

    def has_seen(self, since: date, until: date) -> bool:
        """Whether the head has seen what changed from the register of one day to another's."""
        from navigator.records import seen

        return seen.change_name(since, until) in seen.load(self._folder)

    def saw(self, since: date, until: date) -> None:
        """Remember that they have. Raises NotSavedError."""
        from navigator.records import seen

        with self._lock:
            seen.add(self._folder, seen.change_name(since, until))

    # --- backups ---

    def backup(self, *, contacts: bool = True) -> bytes:
        """All of it and the settings, as the bytes of a .zip.

        Raises:
            RefusedError: a file can't be read or is damaged.
        """
        from navigator.records import backup

        with self._lock:
            self.counts()  # a damaged file is set aside first, and its newest good version taken
            return backup.pack(self._folder, contacts=contacts)

    def restore(self, held: Backup, *, merge: bool) -> Restored:
        """Bring a backup back, in the place of what is here or merged into it.

        What was here is backed up first, in this folder.
        """
        from navigator.records import backup

        with self._lock:
            self.counts()  # as for `backup`
            return backup.restore(self._folder, held, merge=merge)


def _made(given: Any, kind: RecordKind) -> date | None:
    """The day on which it says that it was made."""
    made: date | None = getattr(given, kind.stamp, None)
    return made


def _same(kind: RecordKind, one: Any, other: Any) -> bool:
    """Whether two records are on the same thing."""
    return all(getattr(one, field) == getattr(other, field) for field in kind.same)
