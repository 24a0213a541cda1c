"""The nouns of the register and the facts: values that can't change, no I/O, no Textual.

What is answered of a school on a day is made of them in `landscape.py`. Those of the head's own
record are in `record.py`, those of the plan in `activity.py`.

Named tuples rather than frozen dataclasses: they are made in a sixth of the time, once a class at
start-up (0.7 ms each, twenty classes) and once a school in a batch of all England. Annotations here
are not postponed: a named tuple compiles those that are (3 ms of start-up).

Distances are kilometres in a straight line (`grid`), positions metres of the National Grid, dates
are `datetime.date`. An empty string or `None` means "the source doesn't say", never "no".
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from navigator.core import reach
from navigator.core.church import Church, churches_of
from navigator.core.governance import sector, size_band
from navigator.core.keys import Key
from navigator.core.reach import Reach

OPEN_STATUSES = frozenset({"Open", "Open, but proposed to close"})
"""Register statuses that count as open (GIAS codes 1 and 3)."""

PHASES = (
    "",
    "nursery",
    "primary",
    "secondary",
    "all-through",
    "16 plus",
    "special",
    "alternative provision",
)
"""What a register's phases are read as, "" where it gives none. Its file keeps the place here: a
new one goes last."""

ALL_THROUGH = "all-through"
COUNTED_AS = {ALL_THROUGH: "secondary"}
"""Under which phase the schools of another count, wherever schools are counted by phase: once, and
it is said how many they are. A school by itself is told by its own phase, and a body for the one
phase or the other is for it, too (`phases_fit`)."""

Confidence = Literal["high", "medium", "low", ""]

NAME_NOT_FOUND = "name not found"
"""What stands for the name of a hub that has one which nobody found, nor its lead school's."""


class School(NamedTuple):
    """One establishment of the register.

    `status` and `type` are the register's own words; `phase` is one of `PHASES`.
    `trust_uid` is the group's UID in the register, "" for none. `religious_character` and `diocese`
    are the register's own words too, "" where it doesn't tell (`core.church` reads them). Easting
    and northing are metres of the National Grid, both None where the register gives no position.
    `position_day` is set where the register's file gave none any more: the day of the register
    before it from which the position was kept.
    """

    urn: int
    name: str
    status: str
    phase: str
    type: str
    type_group: str
    la_code: str
    la_name: str
    district_code: str
    district_name: str
    region: str
    street: str
    town: str
    postcode: str
    easting: int | None
    northing: int | None
    pupils: int | None
    low_age: int | None
    high_age: int | None
    opened: date | None
    closed: date | None
    website: str
    telephone: str
    laestab: str
    ukprn: str
    trust_uid: str
    religious_character: str = ""
    diocese: str = ""
    position_day: date | None = None

    @property
    def key(self) -> Key:
        return Key.school(self.urn)

    @property
    def churches(self) -> tuple[Church, ...] | None:
        """The churches it is a school of: two for a joint school, none for most; None where the
        register doesn't tell."""
        return churches_of(self.religious_character)

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES

    def is_open_on(self, day: date) -> bool:
        """Whether the school was open on a day, as far as the register's dates tell.

        A missing opening date means "before records began"; a school that is closed without a
        date is taken as closed.
        """
        if self.opened and self.opened > day:
            return False
        if self.closed:
            return self.closed > day
        return self.is_open or (self.status == "Proposed to open" and self.opened is not None)

    @property
    def is_maintained(self) -> bool:
        """Run with the local authority."""
        return sector(self.type, self.type_group).maintained

    @property
    def is_state_funded(self) -> bool:
        return sector(self.type, self.type_group).state_funded

    @property
    def latitude(self) -> float | None:
        return self.degrees[0]

    @property
    def longitude(self) -> float | None:
        return self.degrees[1]

    @property
    def degrees(self) -> tuple[float, float] | tuple[None, None]:
        """WGS 84 latitude and longitude, worked out anew: only what is handed on has degrees."""
        from navigator.core.degrees import degrees_of

        if self.easting is None or self.northing is None:
            return None, None
        return degrees_of(self.easting, self.northing)

    @property
    def has_position(self) -> bool:
        return self.easting is not None and self.northing is not None


class SchoolLink(NamedTuple):
    """A predecessor or successor: `kind` is the register's own word ("Successor - merged")."""

    urn: int
    name: str
    kind: str
    date: date | None


class Trust(NamedTuple):
    """A group of the register that runs schools.

    `kind` is "MAT", "SAT" or "foundation" (a foundation trust: its schools stay maintained).
    `size` is its number of open schools; `spread_km` the distance between the two furthest apart.
    `status` is the groups file's own word, `closed` its day. `formerly` are names by which
    registers before this one called it, the newest first; DfE's files don't tell them.
    """

    uid: str
    name: str
    kind: Literal["MAT", "SAT", "foundation"]
    size: int
    status: str
    opened: date | None
    companies_house: str
    spread_km: float | None
    closed: date | None = None
    formerly: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return Key.of("trust", self.uid)

    def is_closed_on(self, day: date) -> bool:
        """Whether the groups file has it as closed by a day; a closure without a day counts."""
        return self.status == "Closed" and (self.closed is None or self.closed <= day)

    @property
    def reach(self) -> Reach | None:
        """DfE's page of it: the register has no website of a trust."""
        return reach.by_finder("DfE's register of trusts", reach.TRUST_PAGE.format(self.uid))

    @property
    def size_band(self) -> str:
        return size_band(self.size)


class Neighbour(NamedTuple):
    """A statistical neighbour of a local authority, as published by DfE: 1 is the most alike."""

    code: str
    name: str
    rank: int
    closeness: str


class Authority(NamedTuple):
    code: str
    name: str
    region: str
    kind: str
    ons_code: str = ""

    @property
    def key(self) -> Key:
        return Key.of("la", self.code)

    @property
    def reach(self) -> Reach | None:
        """GOV.UK's finder: our tables have no council's website."""
        return reach.by_finder("GOV.UK's finder of councils", reach.COUNCILS)


class Count(NamedTuple):
    """How many hubs a programme had on a day, and who says so.

    `also` is what the source counts beside them ("10 associates"), "" for nothing. `said` is the
    day as vaguely as the source tells it ("2016", "2026-01"), "" where it tells the very day.
    """

    day: date
    hubs: int
    source: str
    also: str = ""
    said: str = ""


class Programme(NamedTuple):
    """A national programme that works through hubs: one entry of `data/programmes.toml`.

    `need` is what a head wants it for, in a head's words ("Phonics, reading"), `purpose` what it
    is, `offers` what a school gets, "" where no source tells. `finder_source` is where the address
    of its finder is from, where that isn't `source`.
    `rule` decides what may be claimed: "area" (published areas, designated), "names-area" (a hub
    names areas but any school may choose), "region", "nearest" (no areas), as docs/claims.md says.
    `serves` holds phases; `needs_age` restricts to schools that teach children of that age.
    `from_said` and `to_said` are its dates as vaguely as the source tells them (as `Count.said`).
    `first_seen` is the first day on which a source shows it at work, where its start isn't known.
    `areas_only` is a programme that chose areas and has no hubs: a "hub" of it is an area.
    A hub that no source has shown for more than `old_years` years is told as old; 0 for never.
    """

    id: str
    name: str
    short: str
    mark: str
    purpose: str
    rule: Literal["area", "names-area", "region", "nearest"]
    serves: frozenset[str]
    needs_age: tuple[int, int] | None
    finder: str
    finder_url: str
    valid_from: date | None
    valid_to: date | None
    replaced_by: str
    followed_by: str
    source: str
    checked: date
    note: str
    counts: tuple[Count, ...] = ()
    region_pools: Mapping[str, int] = MappingProxyType({})
    from_said: str = ""
    to_said: str = ""
    areas_only: bool = False
    need: str = ""
    offers: str = ""
    finder_source: str = ""
    first_seen: date | None = None
    old_years: int = 0

    @property
    def key(self) -> Key:
        return Key.of("programme", self.id)

    @property
    def reach(self) -> Reach | None:
        """Its official finder, where that has an address."""
        return reach.by_finder(self.finder or self.name, self.finder_url)

    def is_old(self, hub: "Hub", day: date) -> bool:
        """Whether the newest source that shows a hub alive is too old to rely on."""
        year = hub.last_seen[:4]
        return bool(self.old_years) and year.isdecimal() and day.year - int(year) > self.old_years

    def serves_school(self, school: School) -> bool:
        return self.serves_ages(school.phase, school.low_age, school.high_age)

    def serves_ages(self, phase: str, low_age: int | None, high_age: int | None) -> bool:
        """Whether it is for schools of a phase and statutory age range."""
        if self.serves and phase not in self.serves:
            return False
        if self.needs_age and low_age is not None and high_age is not None:
            return low_age < self.needs_age[1] and high_age > self.needs_age[0]
        return True

    def runs_on(self, day: date) -> bool:
        return self.begun(day) and (self.valid_to is None or day <= self.valid_to)

    def begun(self, day: date) -> bool:
        """Whether it had begun by a day; of a start that isn't known, whether it had been seen."""
        start = self.valid_from or self.first_seen
        return start is None or start <= day

    def counted(self, day: date) -> Count | None:
        """The newest published number of hubs at or before a day."""
        return max((c for c in self.counts if c.day <= day), key=lambda c: c.day, default=None)


class Area(NamedTuple):
    """One place a hub covers.

    `kind` is "LA", "district", "region" or "national"; `code` the LA's DfE code, the district's
    name folded, or the region's name folded. `part` is "" for the whole of it, else which part in
    words; `districts` settle the part where it follows district lines: only those (`only`), or all
    but those (`except`).
    """

    kind: str
    code: str
    name: str
    part: str = ""
    districts: frozenset[str] = frozenset()
    mode: Literal["", "only", "except"] = ""


class Hub(NamedTuple):
    """One row of a programme's table: a hub, or a hub with those of its areas one source covers.

    Rows of one hub share `id`. `seat` names areas only inferred from where the lead school is;
    `last_seen` is the year of the newest source that shows the hub alive, "" if not recorded.
    `role` is "associate" or "satellite" where the programme doesn't count the row among its hubs.
    `from_said` and `to_said` are its dates as vaguely as the source tells them (as `Count.said`). A
    `nameless` hub has a name that we didn't find: it is called by its lead school. A `listed` one
    is of a list that the head took in.
    """

    id: str
    programme: str
    name: str
    lead_name: str
    lead_urns: tuple[int, ...]
    areas: tuple[Area, ...]
    region: str
    website: str
    valid_from: date | None
    valid_to: date | None
    source: str
    as_of: date
    confidence: Confidence
    last_seen: str
    seat: str
    note: str
    role: str = ""
    from_said: str = ""
    to_said: str = ""
    nameless: bool = False
    listed: bool = False

    @property
    def key(self) -> Key:
        return Key.hub(self.programme, self.id)

    def infers(self, area: Area) -> bool:
        """Whether an area is only read from the place of the lead school, not from a list."""
        return area.name in self.seat.split(";")

    @classmethod
    def only_named(cls, programme: str, name: str, source: str, as_of: date) -> "Hub":
        """A hub of which no more is known than its name."""
        return cls(
            "", programme, name, "", (), (), "", "", None, None, source, as_of, "", "", "", ""
        )

    def in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


def phases_fit(phases: frozenset[str], phase: str) -> bool:
    """Whether a body for some phases is for schools of a phase; "" and "all" stand for any."""
    wanted = {phase, "primary", "secondary"} if phase == ALL_THROUGH else {phase}
    return not phase or not phases or "all" in phases or bool(phases & wanted)


class Network(NamedTuple):
    """A heads' association, forum, board or cluster; of a `church` only where it says so."""

    id: str
    name: str
    kind: str
    la_codes: tuple[str, ...]
    area: str
    phases: frozenset[str]
    website: str
    started: str
    status: str
    status_as_of: str
    source: str
    confidence: Confidence
    note: str
    checked: date
    church: Church | Literal[""] = ""

    @property
    def key(self) -> Key:
        return Key.of("network", self.id)

    @property
    def reach(self) -> Reach | None:
        return reach.own(self.name, self.website)


class Partnership(NamedTuple):
    """An area-based partnership or its kin; only the tier "area partnership" is an ABEP.

    `church` is that of a body for the schools of one church, else "".
    """

    id: str
    name: str
    tier: str
    la_codes: tuple[str, ...]
    area: str
    phases: frozenset[str]
    website: str
    started: str
    status: str
    status_as_of: str
    source: str
    confidence: Confidence
    note: str
    checked: date
    church: Church | Literal[""] = ""

    @property
    def key(self) -> Key:
        return Key.of("partnership", self.id)

    @property
    def reach(self) -> Reach | None:
        return reach.own(self.name, self.website)


class RegisterInfo(NamedTuple):
    """Which register is in use. `schools` counts open schools in England, `rows` every row.

    `lacks` names the columns that an older Navigator, which built it, didn't know: they are empty
    until the next update. `notes` are sentences on what couldn't be read of its files, and on what
    was kept from the register before.
    """

    name: str
    day: date
    schools: int
    rows: int
    sample: bool
    path: str
    size_bytes: int
    links_day: date | None
    groups_day: date | None
    lacks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
