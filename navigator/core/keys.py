"""The key of a body: one text that names it for good, in files, in JSON and on the command line.

| kind | key | names |
|---|---|---|
| school | `school:139217` | a school by its URN |
| hub | `hub:maths-hub/central` | a hub; `hub:maths-hub/` is one that only the head named |
| programme | `programme:maths-hub` | a programme |
| trust | `trust:2905` | a trust by its UID in the register |
| la | `la:892` | a local authority by DfE's code |
| network, partnership | `network:camden-heads` | one of the directory's |
| diocese | `diocese:ce/ely`, `diocese:rc/leeds` | a diocese, with the sign of its church |
| own | `own:n-1` | a network of the head's own |
| place | `place:la:892`, `place:radius:139217@2` | the profile of a place, by the place's own key |

Pages that are of no body have keys too, so that each can be opened and copied: `alike:892`,
`compare:la:892|la:866`, `pair:139217|122480`, `hub-schools:maths-hub/central@892`, `activity:a-1`.
A key is its text: it sorts, hashes and is written as such, and "" is no body at all.
"""

from __future__ import annotations

BODY_KINDS = {
    "school": "School",
    "hub": "Hub",
    "programme": "Programme",
    "trust": "Trust",
    "la": "Local authority",
    "network": "Heads' network",
    "partnership": "Partnership",
    "diocese": "Diocese",
    "own": "Your network",
    "place": "Profile of a place",
}
"""The kinds of body that a head can mark, and what each is called."""

KINDS_TOGETHER = {
    "own": "Your networks",
    "la": "Local authorities",
    "place": "Places",
    "trust": "Trusts",
    "hub": "Hubs",
    "programme": "Programmes",
    "diocese": "Dioceses",
    "network": "Heads' networks",
    "partnership": "Partnerships",
}
"""What the bodies of each kind of key are called together, in the order in which they are found."""

KINDS_WITH_SCHOOLS = frozenset({"own", "la", "place", "trust", "hub", "diocese"})
"""The kinds of body whose schools' landscapes can be written in one go."""

_LONGEST_URN = 7


class Key(str):
    """A key, read in its parts: `kind`, `id`, and of some kinds `urn`, `hub`, `part`, `pair`."""

    __slots__ = ()

    @classmethod
    def of(cls, kind: str, name: str | int, part: str | int = "") -> Key:
        """The key of a kind and an id; `part` narrows it ("@892": the schools of one authority)."""
        return cls(f"{kind}:{name}@{part}" if part != "" else f"{kind}:{name}")

    @classmethod
    def school(cls, urn: int) -> Key:
        return cls(f"school:{urn}")

    @classmethod
    def hub(cls, programme: str, hub: str) -> Key:
        """A hub of a programme; `hub` is "" for one that our table lacks."""
        return cls.nested("hub", programme, hub)

    @classmethod
    def nested(cls, kind: str, *ids: str) -> Key:
        """The key of what lies in something else: "session:a-1/s-1"; `ids` reads them back."""
        return cls(f"{kind}:{'/'.join(ids)}")

    @classmethod
    def both(cls, kind: str, one: str | int, other: str | int) -> Key:
        """The key of a page that sets two beside each other."""
        return cls(f"{kind}:{one}|{other}")

    @property
    def kind(self) -> str:
        """What stands before the colon; "" for no key."""
        kind, colon, _ = self.partition(":")
        return kind if colon else ""

    @property
    def name(self) -> str:
        """All that stands behind the kind."""
        return self.partition(":")[2]

    @property
    def id(self) -> str:
        """The name without the part that narrows it."""
        return self.name.partition("@")[0]

    @property
    def part(self) -> str:
        """What narrows it, "" for nothing: an authority's code, or miles around a school."""
        return self.name.partition("@")[2]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that `nested` was given."""
        return tuple(self.id.split("/"))

    @property
    def schools(self) -> Key:
        """The key of the list of a body's schools ("hub-schools:maths-hub/central")."""
        return Key.of(f"{self.kind}-schools", self.name)

    @property
    def listed_of(self) -> Key:
        """The body that a list of schools is of, whether or not a part narrows it."""
        return Key.of(self.kind.removesuffix("-schools"), self.id)

    @property
    def programme_and_hub(self) -> tuple[str, str]:
        """The ids of a hub's programme and of the hub, "" where it has none."""
        programme, _, hub = self.id.partition("/")
        return programme, hub

    @property
    def kept_on(self) -> Key:
        """The body that what is kept on it is about: of a hub that the head named and our table
        lacks, its programme."""
        if self.kind != "hub":
            return self
        programme, hub = self.programme_and_hub
        return self if hub else Key.of("programme", programme)

    @property
    def pair(self) -> tuple[str, str]:
        """The two that a page sets beside each other; the second is "" where there is one."""
        one, _, other = self.name.partition("|")
        return one, other

    @property
    def place(self) -> Key:
        """The key of the place that a profile is of ("la:892" of "place:la:892")."""
        return Key(self.name)

    @property
    def place_meant(self) -> Key:
        """The place that it is, or that its page is of first; no body for none."""
        if self.kind in ("la", "own"):
            return self
        if self.kind == "alike":
            return Key.of("la", self.name)
        return Key(self.pair[0]) if self.kind in ("place", "compare") else NO_BODY

    @property
    def urn(self) -> int | None:
        """The URN of a school's key, None for any other body's and for one that can't be."""
        kind, _, number = self.partition(":")
        good = kind == "school" and number.isascii() and number.isdigit()
        good = good and len(number) <= _LONGEST_URN
        return int(number) if good else None

    @property
    def is_body(self) -> bool:
        """Whether it names a body that a head can mark."""
        return self.kind in BODY_KINDS


NO_BODY = Key("")


def is_urn(text: str) -> bool:
    """Whether a text that was typed can be a URN: DfE has given numbers of five and six digits."""
    return text.isascii() and text.isdigit() and 5 <= len(text) <= _LONGEST_URN
