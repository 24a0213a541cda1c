"""Nouns for questions about many schools at once: by authority, by place and phase, all trusts."""

from datetime import date
from typing import NamedTuple

from navigator.core.church import Church, churches_of
from navigator.core.model import OPEN_STATUSES


class Place(NamedTuple):
    """A district of an authority in scope, as the register names both.

    `numbers` are the register's own for it: several where an older Navigator built it, in two
    processes that numbered for themselves, or where the district has several codes.
    """

    la_code: str
    la_name: str
    district_name: str
    region: str
    numbers: tuple[int, ...]


class KindCount(NamedTuple):
    """How many open schools of one phase and statutory age range a place has."""

    phase: str
    low_age: int | None
    high_age: int | None
    schools: int


class TrustSize(NamedTuple):
    """A trust by name and kind ("MAT", "SAT", "foundation"), with its number of open schools."""

    uid: str
    name: str
    kind: str
    schools: int


class SchoolStanding(NamedTuple):
    """What of a school that is open or proposed to open may change from one register to the next;
    its fields are those of a `model.School`."""

    urn: int
    name: str
    status: str
    trust_uid: str
    la_code: str
    la_name: str
    phase: str
    low_age: int | None
    high_age: int | None
    diocese: str
    easting: int | None
    northing: int | None
    position_day: date | None
    opened: date | None
    closed: date | None

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    @property
    def ages(self) -> str:
        """ "4–11", "" where the register doesn't tell both."""
        if self.low_age is None or self.high_age is None:
            return ""
        return f"{self.low_age}–{self.high_age}"


class BriefSchool(NamedTuple):
    """An open state-funded school as figures and maps need it, in half the time that a whole
    `model.School` takes; its fields are those of one."""

    urn: int
    name: str
    phase: str
    low_age: int | None
    high_age: int | None
    trust_uid: str
    la_code: str
    la_name: str
    district_name: str
    region: str
    easting: int | None
    northing: int | None
    religious_character: str = ""

    @property
    def churches(self) -> tuple[Church, ...] | None:
        return churches_of(self.religious_character)


class CountedSchool(NamedTuple):
    """An open state-funded school as the figures of a place count it, in a third of the time that a
    `BriefSchool` takes.

    `phase`, `kind` and `place` are the numbers of `model.PHASES`, `Census.kinds` and
    `Census.place_names`; `opened` is a day as a number, 20250717, `trust_uid` "" for none.
    """

    urn: int
    phase: int
    low_age: int | None
    high_age: int | None
    opened: int | None
    trust_uid: str
    easting: int | None
    northing: int | None
    kind: int
    place: int


class PlacedSchool(NamedTuple):
    """An open state-funded school as a map needs it, told as `CountedSchool` is."""

    urn: int
    name: str
    phase: int
    trust_uid: str
    easting: int | None
    northing: int | None
    kind: int
    place: int


class SchoolKind(NamedTuple):
    """What schools of a kind have in common; `churches` as `core.church.churches_of`."""

    maintained: bool
    academy: bool
    churches: tuple[Church, ...] | None


class PlaceNames(NamedTuple):
    """Where a school lies, as far as areas are told by it."""

    la_code: str
    district_name: str
    region: str
