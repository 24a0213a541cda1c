"""The nouns of the head's own record: what they marked, wrote, set and whom they know.

As in `model.py`: values that can't change, made as named tuples, annotations not postponed. Those
of the plan are in `activity.py`: only who opens a plan pays for them.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Protocol

from navigator.core.errors import NotFoundError
from navigator.core.fields import DATE_HINT, ID, Field
from navigator.core.keys import NO_BODY, Key

if TYPE_CHECKING:
    from navigator.core.activity import Activity, Budget, PlanDay

STAR = "★"
"""The sign of a bookmark for which the head chose none."""

MARKERS = (STAR, "!", "?", "+", "*")
"""Signs of a bookmark, told apart without colour."""

TAGS = ("shares", "sells", "protects", "open", "closed", "boundary keeper")
"""The words by which the research tells how a body behaves; the head's own stand beside them."""

_ABOUT = Field("body")
_NAME = Field("line")
_STAMP = Field("stamp")


class HasKey(Protocol):
    """Whatever has a body's key and a name."""

    @property
    def key(self) -> Key: ...
    @property
    def name(self) -> str: ...


class BodyRef(NamedTuple):
    """A body by key and name; `key` is "" where it is only a name to us."""

    key: Key
    name: str

    @classmethod
    def to(cls, body: HasKey) -> "BodyRef":
        """A reference to a body that is at hand."""
        return cls(body.key, body.name)

    @classmethod
    def of(cls, text: str) -> "BodyRef":
        """A body as a contact's list has it: "la:892 Nottingham", or a name alone."""
        word, _, name = text.partition(" ")
        key = Key(word)
        return cls(key, name or key) if key.is_body else cls(NO_BODY, text)

    @property
    def text(self) -> str:
        """The body as `of` reads it back."""
        return f"{self.key} {self.name}".strip()


class Bookmark(NamedTuple):
    """A body kept at hand. `about` is its key, as a card has it ("school:139217"); `name` its name
    when it was marked; `marker` a sign of the head's choice, "" for the star alone. `was` is the
    school that was marked, where it has closed and this is the one that followed it."""

    id: Annotated[str, ID] = ""
    about: Annotated[Key, _ABOUT] = NO_BODY
    name: Annotated[str, _NAME] = ""
    added: Annotated[date | None, _STAMP] = None
    marker: Annotated[str, Field("sign", "Sign", f"one sign, such as {' '.join(MARKERS)}")] = ""
    tags: Annotated[tuple[str, ...], Field("tags", "Tags, with commas between")] = ()
    was: BodyRef | None = None


class Note(NamedTuple):
    """A dated note on a body; `again` is the day to look at it again."""

    id: Annotated[str, ID] = ""
    about: Annotated[Key, _ABOUT] = NO_BODY
    name: Annotated[str, _NAME] = ""
    day: Annotated[date | None, _STAMP] = None
    tags: Annotated[
        tuple[str, ...],
        Field(
            "tags",
            f"Tags, with commas between ({', '.join(TAGS)}; or your own words)",
            "shares, open, our own word",
            TAGS,
        ),
    ] = ()
    again: Annotated[
        date | None,
        Field("day", "Look again on", f"{DATE_HINT}; empty for never"),
    ] = None
    text: Annotated[str, Field("note", "Note")] = ""


class Correction(NamedTuple):
    """What the head knows better than our facts.

    `says` is "hub" (the school `about` has the hubs `names` of a programme), "network" (it belongs
    to the heads' network `names`) or "closed" (the body `about` is over). `hubs` holds for each of
    `names` the id of our hub, "" where our table has none of that name.
    """

    id: Annotated[str, ID]
    says: Annotated[Literal["hub", "network", "closed"], Field("word")]
    about: Annotated[Key, _ABOUT] = NO_BODY
    name: Annotated[str, _NAME] = ""
    programme: Annotated[str, Field("line")] = ""
    names: Annotated[tuple[str, ...], Field("names")] = ()
    hubs: Annotated[tuple[str, ...], Field("ids")] = ()
    day: Annotated[date | None, _STAMP] = None
    note: Annotated[str, Field("line")] = ""


class OwnNetwork(NamedTuple):
    """A group of schools that the head named: "our cluster"."""

    id: Annotated[str, ID] = ""
    name: Annotated[
        str,
        Field(
            "line", "Name", "Our cluster", needed="A network needs a name, such as “Our cluster”."
        ),
    ] = ""
    urns: Annotated[
        tuple[int, ...],
        Field("urns", "Schools (one a line, by URN; g on any school adds it)", name="schools"),
    ] = ()
    added: Annotated[date | None, _STAMP] = None
    note: Annotated[str, Field("line")] = ""

    @property
    def key(self) -> Key:
        return Key.of("own", self.id)


class Contact(NamedTuple):
    """A person by role, and the bodies they work in. Personal data: never exported unasked."""

    id: Annotated[str, ID] = ""
    role: Annotated[
        str,
        Field(
            "line",
            "Role",
            "Maths lead, adviser, chair …",
            needed="A contact needs a role, such as “Maths lead”; a name may be left out.",
        ),
    ] = ""
    name: Annotated[str, Field("line", "Name (may be left out)")] = ""
    bodies: Annotated[
        tuple[BodyRef, ...],
        Field(
            "bodies",
            "Works in (a body a line, by its name)",
            needed="A contact needs at least one body they work in.",
        ),
    ] = ()
    reach: Annotated[str, Field("line", "How to reach them")] = ""
    note: Annotated[str, Field("line", "Remark")] = ""
    added: Annotated[date | None, _STAMP] = None

    @property
    def spans(self) -> bool:
        """A boundary spanner: at work in two or more bodies."""
        return len({body.key or body.name for body in self.bodies}) > 1


REVIEWED = (
    *("local-lens", "linked-systems", "professional-learning"),
    *("practices", "bridging", "sense-making"),
)
"""The features of a review by the names that its file has for them, in the order of the page."""


class Review(NamedTuple):
    """The head's words on a school's local learning system in one school year.

    `words` holds (feature, text) for the features that they wrote on; `day` is when they began.
    """

    id: Annotated[str, ID] = ""
    about: Annotated[Key, _ABOUT] = NO_BODY
    name: Annotated[str, _NAME] = ""
    day: Annotated[date | None, _STAMP] = None
    words: Annotated[tuple[tuple[str, str], ...], Field("features")] = ()

    def on(self, feature: str) -> str:
        """The words on a feature, "" for none."""
        return dict(self.words).get(feature, "")

    def of_year(self, day: date) -> bool:
        """Whether it belongs to the school year of a day."""
        return self.day is not None and school_year(self.day) == school_year(day)


def school_year(day: date) -> int:
    """The year in which the school year of a day began, on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


class RecentSchool(NamedTuple):
    id: Annotated[str, ID]
    urn: Annotated[int, Field("whole")]
    name: Annotated[str, _NAME] = ""
    day: Annotated[date | None, _STAMP] = None


class Marks(NamedTuple):
    """What the head has on a body: a bookmark's sign ("" for none), notes, contacts; and whether
    it `changed` since the register before, until they have seen it."""

    star: str = ""
    notes: int = 0
    contacts: int = 0
    spanners: int = 0
    changed: bool = False


class _Kept(NamedTuple):
    """The fields of `OwnRecord`: a named tuple itself has no room for what it works out once."""

    bookmarks: tuple[Bookmark, ...] = ()
    notes: tuple[Note, ...] = ()
    corrections: tuple[Correction, ...] = ()
    networks: tuple[OwnNetwork, ...] = ()
    contacts: tuple[Contact, ...] = ()
    recents: tuple[RecentSchool, ...] = ()
    reviews: tuple[Review, ...] = ()
    changed: frozenset[str] = frozenset()
    activities: "tuple[Activity, ...]" = ()
    days: "tuple[PlanDay, ...]" = ()
    budgets: "tuple[Budget, ...]" = ()


class OwnRecord(_Kept):
    """The head's own record, whole, as it stands in their files: the newest last.

    `changed` holds the keys of bodies that changed and whose change they haven't seen yet.
    """

    def network(self, network_id: str) -> OwnNetwork | None:
        """The head's own network of an id, None where it is gone."""
        return next((n for n in self.networks if n.id == network_id), None)

    def own_network(self, network_id: str) -> OwnNetwork:
        """As `network`. Raises NotFoundError where it is gone."""
        network = self.network(network_id)
        if network is None:
            raise NotFoundError("That network of yours is no longer there.")
        return network

    def on(self, day: date) -> "OwnRecord":
        """The record as it holds for a day: what the head set holds from the day they set it."""
        told = tuple(c for c in self.corrections if c.day is None or c.day <= day)
        return self if len(told) == len(self.corrections) else self._replace(corrections=told)

    def same_but_recents(self, other: "OwnRecord") -> bool:
        """Whether nothing differs but which schools were looked at last."""
        return self._replace(recents=()) == other._replace(recents=())

    @cached_property
    def _marks(self) -> dict[str, Marks]:
        marks: dict[str, Marks] = {}
        for bookmark in self.bookmarks:
            marks[bookmark.about] = Marks(star=bookmark.marker or STAR)
        for about, count in Counter(note.about for note in self.notes).items():
            marks[about] = marks.get(about, Marks())._replace(notes=count)
        for contact in self.contacts:
            for key in {body.key for body in contact.bodies}:
                had = marks.get(key, Marks())
                marks[key] = had._replace(
                    contacts=had.contacts + 1, spanners=had.spanners + contact.spans
                )
        for changed in self.changed:
            marks[changed] = marks.get(changed, Marks())._replace(changed=True)
        return marks

    def marks(self, *keys: str) -> Marks:
        """What there is on a body, which may have several keys (a school and its predecessors)."""
        found = [self._marks[key] for key in _kept_on(keys) if key in self._marks]
        if len(found) < 2:
            return found[0] if found else Marks()
        return Marks(
            next((m.star for m in found if m.star), ""),
            sum(m.notes for m in found),
            sum(m.contacts for m in found),
            sum(m.spanners for m in found),
            any(m.changed for m in found),
        )

    def notes_on(self, *keys: str) -> tuple[Note, ...]:
        """The notes on a body, the newest first."""
        about = _kept_on(keys)
        return tuple(n for n in reversed(self.notes) if n.about in about)

    def contacts_in(self, *keys: str) -> tuple[Contact, ...]:
        bodies = _kept_on(keys)
        return tuple(c for c in self.contacts if any(b.key in bodies for b in c.bodies))

    def activities_with(self, *keys: str) -> "tuple[Activity, ...]":
        """The activities that a body provides, which may have several keys."""
        providers = {*keys, *_kept_on(keys)}
        return tuple(a for a in self.activities if a.provider and a.provider in providers)

    def due(self, day: date) -> tuple[Note, ...]:
        """The notes to look at again, the longest due first."""
        due = [n for n in self.notes if n.again and n.again <= day]
        return tuple(sorted(due, key=lambda n: n.again or day))

    def reviews_of(self, *keys: str) -> tuple[Review, ...]:
        """The reviews of a school, the newest first; those without a day last."""
        found = [r for r in self.reviews if r.about in keys]
        return tuple(sorted(found, key=lambda r: r.day or date.min))[::-1]

    def notes_with(self, text: str) -> tuple[Note, ...]:
        """The notes that hold every word of a text, in any of their parts; the newest first."""
        words = text.casefold().split()
        if not words:
            return self.notes[::-1]
        found = zip(self.notes, self._folded, strict=True)
        return tuple(note for note, told in found if all(word in told for word in words))[::-1]

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(f"{n.text} {n.name} {' '.join(n.tags)}".casefold() for n in self.notes)


def _kept_on(keys: Iterable[str]) -> list[Key]:
    return [Key(key).kept_on for key in keys]


NO_RECORD = OwnRecord()
"""Nothing kept: what is published, and no more."""
