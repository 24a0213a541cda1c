"""What the head keeps, typed: bookmarks, notes, corrections, own networks, contacts, a plan.

The files are the head's: a value that isn't what it should be is said and passed over, never
rewritten or dropped.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from navigator.core import clock, paths
from navigator.core.errors import RefusedError
from navigator.core.record import (
    REVIEWED,
    BodyRef,
    Bookmark,
    Contact,
    Correction,
    Note,
    OwnNetwork,
    OwnRecord,
    RecentSchool,
    Review,
)
from navigator.records import seen
from navigator.records.record_file import Change, Record, RecordFile
from navigator.records.toml_text import Values, as_date
from navigator.storage.folder import Folder

if TYPE_CHECKING:
    from decimal import Decimal

    from navigator.core.activity import Activity, Budget, PlanDay
    from navigator.records.backup import Backup, Restored

RECENT = 10
"""Recent schools kept."""

MOST = 20_000
"""Characters of the longest note."""

MOST_WORDS = 5_000
"""Characters of the longest words on one feature of a review: a page is to hold six."""

MARKERS = ("★", "!", "?", "+", "*")
"""Signs of a bookmark, told apart without colour."""

TAGS = ("shares", "sells", "protects", "open", "closed", "boundary keeper")
"""The words by which the research tells how a body behaves; the head's own stand beside them."""

CHANGED_ELSEWHERE = (
    "This {kind} was changed elsewhere while it was open here. What you typed is "
    "still in the boxes: copy what you need, leave with Esc, and open it anew."
)

_KINDS = {
    "bookmark": "# Your bookmarks, in your order. Yours to edit: each is a [[bookmark]].\n",
    "note": "# Your notes, the newest last. Yours to edit: each is a [[note]].\n",
    "correction": "# What you know better than Navigator. Yours to edit: [[correction]].\n",
    "network": "# Networks of your own: a name and the URNs of its schools.\n",
    "contact": "# People, by role. Personal data: it stays on this computer.\n",
    "review": "# Your reviews, one a school year. Yours to edit: each is a [[review]].\n",
    "recent": "# The schools you looked at last. Safe to delete.\n",
    "activity": "# Your plan of professional learning. Yours to edit: each is an [[activity]].\n",
    "day": "# Your school's holidays, INSET days and terms. Yours to edit: each is a [[day]].\n",
    "budget": "# What may be spent on it in an academic year. Yours to edit: [[budget]].\n",
}

_FIELDS = {"activity": "activities"}


def field_of(kind: str) -> str:
    """The field of `OwnRecord` that holds the records of a kind."""
    return _FIELDS.get(kind, f"{kind}s")


class RecordStore:
    """The head's record in a folder. Safe to ask from any thread and any number of processes.

    Every method that changes something returns once it is on disk, with the change by which it can
    be undone, and raises `NotSavedError` or `RefusedError`, in either case leaving all as it was.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = Folder(folder or paths.config_dir())
        self._shelves = {
            kind: RecordFile(self._folder, kind, about, keep=kind != "recent")
            for kind, about in _KINDS.items()
        }
        self._lock = threading.RLock()
        self._record: OwnRecord | None = None
        self._seen: dict[str, tuple[Record, ...]] = {}
        self._made: dict[str, dict[int, tuple[Record, Any]]] = {}
        self._said: list[str] = []
        self._told: set[str] = set()
        self._aside = self.set_aside()

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
        records = {kind: shelf.records() for kind, shelf in self._shelves.items()}
        if self._record is None or any(records[k] is not self._seen[k] for k in records):
            self._seen = records
            made: dict[str, Any] = {field_of(k): self._all(k, m) for k, m in _MAKERS.items()}
            self._record = OwnRecord(**made)
        return self._record

    def problems(self) -> list[str]:
        """Sentences not told before: files set aside, values that couldn't be understood."""
        if not self._lock.acquire(blocking=False):
            return []  # another thread saves; they are told when next asked
        try:
            said = [s for shelf in self._shelves.values() for s in shelf.problems] + self._said
            aside = self.set_aside()
            by_others = [f for f in aside if f not in self._aside and not any(f in s for s in said)]
            said += [
                f"Another Navigator found a file damaged and kept it as {name}; the newest good "
                f"version is in use. Mend the kept file, or copy from it what you miss."
                for name in by_others
            ]
            self._aside = aside
            for shelf in self._shelves.values():
                shelf.problems.clear()
            self._said.clear()
            fresh = [s for s in dict.fromkeys(said) if s not in self._told]
            self._told.update(fresh)
            return fresh
        finally:
            self._lock.release()

    def set_aside(self) -> list[str]:
        """The names of damaged files that were set aside and are still there."""
        return sorted(f.name for f in self._folder.path.glob("*.broken-*"))

    def _all(self, kind: str, make: Callable[[Reader], _T | None]) -> tuple[_T, ...]:
        """A file's records, typed; those that are as they were aren't made again."""
        shelf = self._shelves[kind]
        before = self._made.get(kind, {})
        reader = Reader()
        made: dict[int, tuple[Record, Any]] = {}
        for record in self._seen[kind]:
            held = before.get(id(record))
            if held is None:
                reader.take(record)
                held = (record, make(reader))
            made[id(record)] = held
        self._made[kind] = made
        for problem in reader.problems:
            self._said.append(f"{self._folder.path / shelf.file}: {problem}")
        return tuple(typed for _, typed in made.values() if typed is not None)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the files against other threads and Navigators, for a look and a change in one."""
        with self._lock:
            with self._folder.locked():
                yield
            self._refreshed()  # here, where no screen waits for it

    # --- bookmarks ---

    def add_bookmark(self, about: str, name: str, tags: Sequence[str] = ()) -> Change:
        """Raises RefusedError where it is bookmarked already."""
        with self._held():
            if any(b.about == about for b in self.record.bookmarks):
                raise RefusedError(f"{line(name) or about} is bookmarked already.")
            return self._add("bookmark", {"about": about, "name": line(name), "tags": tagged(tags)})

    def change_bookmark(self, name: str, *, marker: str, tags: Sequence[str]) -> Change:
        """Its sign and tags."""
        values = {"marker": line(marker)[:1], "tags": tagged(tags)}
        return self._change("bookmark", name, values)

    # --- notes ---

    def add_note(
        self,
        about: str,
        name: str,
        text: str,
        tags: Sequence[str] = (),
        again: date | None = None,
    ) -> Change:
        """A note on a body. Raises RefusedError for an empty or overlong text."""
        values = {"about": about, "name": line(name), "tags": tagged(tags), "again": again}
        return self._add("note", {**values, "text": lines(text)})

    def change_note(
        self,
        note: str,
        text: str,
        tags: Sequence[str] = (),
        again: date | None = None,
        *,
        seen: Note | None = None,
    ) -> Change:
        """Raises RefusedError where the note is no longer as it was `seen`, if that is given."""
        values = {"text": lines(text), "tags": tagged(tags), "again": again}
        return self._change("note", note, {**values, "changed": clock.today()}, seen)

    # --- corrections ---

    def correct(
        self,
        says: Literal["hub", "network", "closed"],
        about: str,
        name: str,
        *,
        programme: str = "",
        names: Sequence[str] = (),
        hubs: Sequence[str] = (),
        note: str = "",
    ) -> Change:
        """Set what the head knows better; an earlier word on the same thing is replaced."""
        values: dict[str, Any] = {
            "says": says,
            "about": about,
            "name": line(name),
            "programme": programme,
            "names": [line(n) for n in names],
            "hubs": list(hubs) if any(hubs) else [],
            "note": line(note),
        }
        with self._held():
            for held in self.record.corrections:
                if (held.says, held.about, held.programme) == (says, about, programme):
                    return self._change("correction", held.id, {**values, "day": clock.today()})
            return self._add("correction", values)

    # --- own networks ---

    def add_network(self, name: str, urns: Iterable[int] = (), note: str = "") -> Change:
        named = self._named(name)
        values = {"name": named, "schools": sorted(set(urns)), "note": line(note)}
        return self._add("network", values)

    def change_network(
        self, network: str, name: str, urns: Iterable[int], *, seen: OwnNetwork | None = None
    ) -> Change:
        """As `change_note`."""
        values = {"name": self._named(name), "schools": sorted(set(urns))}
        return self._change("network", network, values, seen)

    def put_school(self, network: str, urn: int) -> Change:
        """Put a school into a network, whatever else it holds by now."""
        return self._regroup(network, lambda urns: urns | {urn})

    def take_schools(self, network: str, urns: Iterable[int]) -> Change:
        """Take schools out of a network."""
        gone = set(urns)
        return self._regroup(network, lambda held: held - gone)

    def _regroup(self, network: str, change: Callable[[set[int]], set[int]]) -> Change:
        with self._held():
            held = next((n.urns for n in self.record.networks if n.id == network), ())
            return self._change("network", network, {"schools": sorted(change(set(held)))})

    # --- contacts ---

    def add_contact(
        self,
        role: str,
        bodies: Sequence[BodyRef],
        *,
        name: str = "",
        reach: str = "",
        note: str = "",
    ) -> Change:
        """Raises RefusedError for a contact without a role or a body."""
        return self._add("contact", _contact_values(role, bodies, name, reach, note))

    def change_contact(
        self,
        contact: str,
        role: str,
        bodies: Sequence[BodyRef],
        *,
        name: str = "",
        reach: str = "",
        note: str = "",
        seen: Contact | None = None,
    ) -> Change:
        """As `change_note`."""
        values = _contact_values(role, bodies, name, reach, note)
        return self._change("contact", contact, values, seen)

    def forget_contact(self, contact: str) -> Change:
        """Remove a person, from kept versions, damaged files and what restores backed up, too.

        Only the change returned still has them.
        """
        from navigator.records import backup

        with self._held():
            change = self._shelves["contact"].forget(contact)
            backup.forget_contacts(self._folder)
            return change

    # --- reviews ---

    def write_review(
        self,
        about: str,
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
        kept, today = words(text), clock.today()
        with self._held():
            ours = [r for r in self.record.reviews if r.of_year(today)]
            of_school = next((r for r in reversed(ours) if r.about == about), None)
            held = next((r for r in ours if r.id == review), of_school)
            if seen is not None and (held.on(feature) if held else "") != seen:
                raise RefusedError(CHANGED_ELSEWHERE.format(kind="review"))
            if held is not None:
                return self._change("review", held.id, {feature: kept, "changed": today})
            if not kept:
                raise RefusedError("There are no words to keep yet: write some, or leave with Esc.")
            return self._add("review", {"about": about, "name": line(name), feature: kept})

    # --- the plan ---

    def add_activity(self, given: Activity) -> Change:
        """A new activity; its id and those of its sessions are made here.

        Raises RefusedError for one without a title, or with a value that can't be kept.
        """
        from navigator.records import plan

        with self._held():
            return self._add("activity", plan.values_of(given, set()))

    def change_activity(
        self, activity: str, given: Activity, *, seen: Activity | None = None
    ) -> Change:
        """Make an activity what is given. As `change_note`."""
        from navigator.records import plan

        values = {**plan.values_of(given, set()), "changed": clock.today()}
        return self._change("activity", activity, values, seen)

    def take_in_activities(
        self, added: Sequence[Activity], changed: Mapping[str, Activity]
    ) -> list[Change]:
        """Add activities and change others by their id, all of it or nothing.

        What is returned is undone by `apply_all` with each change's `reverse`, the last first.
        """
        from navigator.records import plan

        today = clock.today()
        new = [_given({**plan.values_of(a, set()), "added": today}) for a in added]
        with self._held():
            other = {
                name: {
                    **{k: _or_none(v) for k, v in plan.values_of(a, set()).items()},
                    "changed": today,
                }
                for name, a in changed.items()
            }
            return self._shelves["activity"].take_in(new, other)

    def add_days(self, days: Sequence[PlanDay]) -> list[Change]:
        """Days of one's own, all or none; their ids are made here. Raises RefusedError."""
        from navigator.records import plan

        today = clock.today()
        values = [
            _given({**plan.day_values(d.title, d.kind, d.first, d.last), "added": today})
            for d in days
        ]
        with self._held():
            return self._shelves["day"].take_in(values, {})

    def change_day(self, day: str, given: PlanDay, *, seen: PlanDay | None = None) -> Change:
        """As `change_note`."""
        from navigator.records import plan

        values = plan.day_values(given.title, given.kind, given.first, given.last)
        return self._change("day", day, {**values, "changed": clock.today()}, seen)

    def set_budget(self, year: int, amount: Decimal) -> Change:
        """What may be spent in the academic year that begins in September of `year`."""
        from navigator.records import plan

        values = {"year": year, "amount": float(plan.amount(str(amount), "Budget"))}
        with self._held():
            for held in self.record.budgets:
                if held.year == year:
                    changed = {**values, "changed": clock.today()}
                    return self._change("budget", held.id, changed)
            return self._add("budget", values)

    # --- recent schools ---

    def looked_at(self, urn: int, name: str) -> None:
        """Remember a school as the one looked at last."""
        recent = self.record.recents
        if recent and recent[0].urn == urn:
            return
        with self._held():
            shelf = self._shelves["recent"]
            for old in shelf.records():
                if old.get("urn") == urn:
                    shelf.remove(old["id"])
            shelf.add({"urn": urn, "name": line(name), "day": clock.today()}, at=0)
            for old in shelf.records()[RECENT:]:
                shelf.remove(old["id"])

    # --- changes of the register ---

    def has_seen(self, since: date, until: date) -> bool:
        """Whether the head has seen what changed from the register of one day to another's."""
        return seen.named(since, until) in seen.load(self._folder)

    def saw(self, since: date, until: date) -> None:
        """Remember that they have. Raises NotSavedError."""
        with self._lock:
            seen.add(self._folder, seen.named(since, until))

    # --- backups ---

    @property
    def path(self) -> Path:
        """The folder that the files lie in. It may not exist yet."""
        return self._folder.path

    def counts(self) -> dict[str, int]:
        """How many records there are of each kind."""
        with self._lock:
            return {kind: len(shelf.records()) for kind, shelf in self._shelves.items()}

    def is_new(self) -> bool:
        """Whether a restore would replace nothing but the schools looked at last."""
        settings = self._folder.stamp("settings.toml")
        return settings is None and not any(n for k, n in self.counts().items() if k != "recent")

    def backup(self, *, contacts: bool = True) -> bytes:
        """All of it and the settings, as the bytes of a .zip.

        Raises:
            RefusedError: a file can't be read or is damaged.
        """
        from navigator.records import backup

        with self._lock:
            self.counts()  # a damaged file is set aside first, and its newest good version taken
            return backup.pack(self._folder, _KINDS, contacts=contacts)

    def read_backup(self, file: Path) -> Backup:
        """A backup, every part of it found good. Raises RefusedError where some part isn't."""
        from navigator.records import backup

        return backup.read(file, _KINDS)

    def restore(self, held: Backup, *, merge: bool) -> Restored:
        """Bring a backup back, in the place of what is here or merged into it.

        What was here is backed up first, in this folder.
        """
        from navigator.records import backup

        with self._lock:
            self.counts()  # as for `backup`
            return backup.restore(self._folder, _KINDS, held, merge=merge)

    # --- anything ---

    def remove(self, kind: str, name: str) -> Change:
        """Remove a record by its id. Raises RefusedError where it is gone already."""
        with self._held():
            return self._shelves[kind].remove(name)

    def move(self, kind: str, name: str, by: int) -> Change:
        """Move a record up (-1) or down (1) in its file, which is the order it is shown in."""
        with self._held():
            return self._shelves[kind].move(name, by)

    def apply(self, change: Change) -> Change:
        """Do a change again; its `reverse` undoes it. Raises RefusedError if it no longer fits."""
        if change.kind == "contact" and change.after is None:
            return self.forget_contact(change.id)  # a person goes from the kept versions, too
        with self._held():
            return self._shelves[change.kind].apply(change)

    def apply_all(self, changes: Sequence[Change]) -> list[Change]:
        """As `apply`, of several changes of one kind in one write: all of them or none."""
        if not changes:
            return []
        with self._held():
            return self._shelves[changes[0].kind].apply_all(changes)

    def _add(self, kind: str, values: Values) -> Change:
        given = _given(values)
        day = "day" if kind in ("note", "correction", "review") else "added"
        with self._held():
            return self._shelves[kind].add({**given, day: clock.today()})

    def _change(self, kind: str, name: str, values: Values, seen: object = None) -> Change:
        given = {key: _or_none(value) for key, value in values.items()}
        with self._held():
            held = getattr(self.record, field_of(kind))
            if seen is not None and seen not in held and any(r.id == name for r in held):
                raise RefusedError(CHANGED_ELSEWHERE.format(kind=kind))
            return self._shelves[kind].change(name, given)

    def _named(self, name: str) -> str:
        named = line(name)
        if not named:
            raise RefusedError("A network needs a name, such as “Our cluster”.")
        return named


def _empty(value: object) -> bool:
    return value is None or value in ("", [])


def _given(values: Values) -> dict[str, Any]:
    """The values that say something."""
    return {key: value for key, value in values.items() if not _empty(value)}


def _or_none(value: object) -> object:
    """A value as a change has it: None takes its key away."""
    return None if _empty(value) else value


# --- text from the head ---


def lines(text: str) -> str:
    """A note's text as kept: control characters go, line ends are one kind.

    Raises:
        RefusedError: there is no text, or more than a note may hold.
    """
    kept = _without_controls(text)
    if not kept:
        raise RefusedError("A note needs some text.")
    if len(kept) > MOST:
        raise RefusedError(
            f"That note has {len(kept):,} characters and a note holds {MOST:,}: "
            "shorten it, or make two of it."
        )
    return kept


def words(text: str) -> str:
    """The words on a feature of a review: as `lines`, and there may be none.

    Raises:
        RefusedError: there are more than they may be.
    """
    kept = _without_controls(text)
    if len(kept) > MOST_WORDS:
        raise RefusedError(
            f"These words have {len(kept):,} characters and a review holds {MOST_WORDS:,} on each "
            "feature: shorten them, or make a note of the rest."
        )
    return kept


def _without_controls(text: str) -> str:
    return "".join(
        c
        for c in text.replace("\r\n", "\n").replace("\r", "\n")
        if c in "\n\t" or not (ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000)
    ).strip()


def line(text: str) -> str:
    """A name or a role: as `lines`, on one line, and it may be empty."""
    try:
        return " ".join(lines(text).split())[:500]
    except RefusedError:
        return "" if not text.strip() else " ".join(lines(text[:MOST]).split())[:500]


def prose(text: str) -> str:
    """As `lines`, and it may be empty."""
    try:
        return lines(text)
    except RefusedError:
        if len(text) > MOST:
            raise
        return ""


def tagged(tags: Sequence[str]) -> list[str]:
    """Tags without their # and each once."""
    return list(dict.fromkeys(t for t in (line(tag).lstrip("#").strip() for tag in tags) if t))


def _contact_values(
    role: str, bodies: Sequence[BodyRef], name: str, reach: str, note: str
) -> Values:
    if not line(role):
        raise RefusedError("A contact needs a role, such as “Maths lead”; a name may be left out.")
    if not bodies:
        raise RefusedError("A contact needs at least one body they work in.")
    return {
        "role": line(role),
        "name": line(name),
        "bodies": [f"{b.key} {line(b.name)}".strip() for b in bodies],
        "reach": line(reach),
        "note": line(note),
    }


# --- text of the files ---

_T = TypeVar("_T")


class Reader:
    """Takes values out of records, and notes which aren't what they should be."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._record: Record = {}

    @property
    def record(self) -> Record:
        """What is read from at this moment."""
        return self._record

    def take(self, record: Record) -> None:
        self._record = record

    def text(self, key: str) -> str:
        value = self._record.get(key, "")
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        return self.wrong(key, "text in quotes", "")

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._record.get(key, [])
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and set(map(type, value)) <= {str}:
            return tuple(value)
        return self.wrong(key, 'a list such as ["one", "two"]', ())

    def body(self, key: str) -> str:
        """A body's key; a number alone is a school's URN."""
        about = self.text(key)
        if about.isascii() and about.isdigit() and len(about) <= 7:
            return f"school:{about}"
        if about and about.partition(":")[0] not in KEYS:
            return self.wrong(key, 'a body such as "school:139217"', about)
        return about

    def number(self, key: str) -> int:
        value = self._record.get(key)
        good = isinstance(value, int) and not isinstance(value, bool)
        return value if good and isinstance(value, int) else self.wrong(key, "a number", 0)

    def numbers(self, key: str) -> tuple[int, ...]:
        value = self._record.get(key, [])
        if isinstance(value, list) and set(map(type, value)) <= {int}:
            return tuple(value)
        return self.wrong(key, "a list of numbers such as [100000, 100001]", ())

    def day(self, key: str) -> date | None:
        try:
            return as_date(self._record.get(key))
        except ValueError:
            return self.wrong(key, "a date such as 2026-11-22", None)

    def wrong(self, key: str, wanted: str, instead: _T) -> _T:
        name = self._record.get("id", "")
        self.problems.append(f"{key} of {name} isn't {wanted}; it is left as it is and not used.")
        return instead


def _bookmark(r: Reader) -> Bookmark:
    return Bookmark(
        r.text("id"),
        r.body("about"),
        r.text("name"),
        r.day("added"),
        r.text("marker")[:1],
        r.texts("tags"),
    )


def _note(r: Reader) -> Note:
    return Note(
        r.text("id"),
        r.body("about"),
        r.text("name"),
        r.day("day"),
        r.texts("tags"),
        r.day("again"),
        r.text("text"),
    )


def _correction(r: Reader) -> Correction | None:
    says = r.text("says")
    if says not in ("hub", "network", "closed"):
        return r.wrong("says", '"hub", "network" or "closed"', None)
    names = r.texts("names")
    hubs = r.texts("hubs")
    return Correction(
        r.text("id"),
        says,  # type: ignore[arg-type]
        r.body("about"),
        r.text("name"),
        r.text("programme"),
        names,
        (*hubs, *("" for _ in names))[: len(names)],
        r.day("day"),
        r.text("note"),
    )


def _network(r: Reader) -> OwnNetwork:
    return OwnNetwork(
        r.text("id"), r.text("name"), r.numbers("schools"), r.day("added"), r.text("note")
    )


def _contact(r: Reader) -> Contact:
    return Contact(
        r.text("id"),
        r.text("role"),
        r.text("name"),
        tuple(map(body_ref, r.texts("bodies"))),
        r.text("reach"),
        r.text("note"),
        r.day("added"),
    )


def _review(r: Reader) -> Review:
    told = tuple((feature, text) for feature in REVIEWED if (text := r.text(feature).strip()))
    return Review(r.text("id"), r.body("about"), r.text("name"), r.day("day"), told)


def _recent(r: Reader) -> RecentSchool:
    return RecentSchool(r.number("urn"), r.text("name"), r.day("day"))


def _activity(r: Reader) -> Activity | None:
    from navigator.records import plan  # by who has a plan: its nouns cost the others nothing

    return plan.activity(r)


def _day(r: Reader) -> PlanDay | None:
    from navigator.records import plan

    return plan.plan_day(r)


def _budget(r: Reader) -> Budget | None:
    from navigator.records import plan

    return plan.budget(r)


_MAKERS: dict[str, Callable[[Reader], Any]] = {
    "bookmark": _bookmark,
    "note": _note,
    "correction": _correction,
    "network": _network,
    "contact": _contact,
    "review": _review,
    "recent": _recent,
    "activity": _activity,
    "day": _day,
    "budget": _budget,
}

KEYS = (*("school", "hub", "programme", "trust", "la", "network", "partnership", "own", "place"),)


def body_ref(text: str) -> BodyRef:
    """A body as a contact's list has it: "la:892 Nottingham", or a name alone."""
    key, _, name = text.partition(" ")
    return BodyRef(key, name or key) if key.partition(":")[0] in KEYS else BodyRef("", text)
