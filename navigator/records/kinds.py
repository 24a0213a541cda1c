"""The kinds of record in one table: what each is called, and the file that holds it."""

from typing import Any, NamedTuple

from navigator.core import record

RESTORING = "restoring.zip"
"""What a restore is about to write of them; gone once all of it is written."""


class RecordKind(NamedTuple):
    """One kind of record.

    Args:
        name: What a record is called in its file: `[[note]]`.
        noun: The name of the class in `core.record`, of the plan's in `core.activity`.
        heading: What stands at the top of a new file.
        words: One and several of them in a sentence.
        file: The file's name, if not the kind's own ("notes.toml").
        field: The field of `OwnRecord` that holds them, if not the file's name.
        stamp: The field with the day on which one was made.
        changed: The field with the day on which one was changed, "" for none.
        same: The fields in which two of them are never alike: by id where there are none.
        plan: Whether the noun is one of the plan's.
        kept: Whether older versions of the file are worth keeping.
    """

    name: str
    noun: str
    heading: str
    words: tuple[str, str]
    file: str = ""
    field: str = ""
    stamp: str = "added"
    changed: str = ""
    same: tuple[str, ...] = ()
    plan: bool = False
    kept: bool = True

    @property
    def type(self) -> Any:
        """The noun's class; who has no plan never loads the plan's."""
        if self.plan:
            from navigator.core import activity

            return getattr(activity, self.noun)
        return getattr(record, self.noun)


_TABLE = (
    RecordKind(
        "note",
        "Note",
        "# Your notes, the newest last. Yours to edit: each is a [[note]].\n",
        ("note", "notes"),
        stamp="day",
        changed="changed",
    ),
    RecordKind(
        "bookmark",
        "Bookmark",
        "# Your bookmarks, in your order. Yours to edit: each is a [[bookmark]].\n",
        ("bookmark", "bookmarks"),
        same=("about",),
    ),
    RecordKind(
        "correction",
        "Correction",
        "# What you know better than Navigator. Yours to edit: [[correction]].\n",
        ("correction", "corrections"),
        stamp="day",
        changed="day",
        same=("says", "about", "programme"),
    ),
    RecordKind(
        "network",
        "OwnNetwork",
        "# Networks of your own: a name and the URNs of its schools.\n",
        ("network of your own", "networks of your own"),
    ),
    RecordKind(
        "contact",
        "Contact",
        "# People, by role. Personal data: it stays on this computer.\n",
        ("contact", "contacts"),
    ),
    RecordKind(
        "review",
        "Review",
        "# Your reviews, one a school year. Yours to edit: each is a [[review]].\n",
        ("review", "reviews"),
        stamp="day",
        changed="changed",
    ),
    RecordKind(
        "recent",
        "RecentSchool",
        "# The schools you looked at last. Safe to delete.\n",
        ("school looked at", "schools looked at"),
        stamp="day",
        kept=False,
    ),
    RecordKind(
        "activity",
        "Activity",
        "# Your plan of professional learning. Yours to edit: each is an [[activity]].\n",
        ("activity", "activities"),
        file="plan.toml",
        field="activities",
        changed="changed",
        plan=True,
    ),
    RecordKind(
        "day",
        "PlanDay",
        "# Your school's holidays, INSET days and terms. Yours to edit: each is a [[day]].\n",
        ("holiday, INSET or term", "holidays, INSET days and terms"),
        changed="changed",
        plan=True,
    ),
    RecordKind(
        "budget",
        "Budget",
        "# What may be spent on it in an academic year. Yours to edit: [[budget]].\n",
        ("budget", "budgets"),
        changed="changed",
        same=("year", "name"),
        plan=True,
    ),
)

KINDS = {
    kind.name: kind._replace(
        file=kind.file or f"{kind.name}s.toml", field=kind.field or f"{kind.name}s"
    )
    for kind in _TABLE
}
"""The kinds by name, in the order in which they are counted up and a backup holds them."""

BY_FILE = {kind.file: kind for kind in KINDS.values()}

_BY_NOUN = {kind.noun: kind for kind in KINDS.values()}


def kind_of(given: object) -> RecordKind:
    """The kind of a noun."""
    return _BY_NOUN[type(given).__name__]
