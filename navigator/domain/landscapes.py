"""URN and date -> Landscape: the one place where register, directory and record meet.

Pure: it reads what it is given, writes nothing, and gives the same answer for the same question.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from navigator.core import clock, wording
from navigator.core.errors import NotFoundError
from navigator.core.landscape import AuthorityHere, Landscape, PartnershipHere, TrustHere
from navigator.core.model import Authority, School, SchoolLink
from navigator.core.record import NO_RECORD, Correction, OwnRecord
from navigator.core.remembered import remembered
from navigator.domain import around, partnerships, succession
from navigator.domain.areas import Areas
from navigator.domain.claims import Claims
from navigator.domain.dioceses import Dioceses
from navigator.domain.sharing import Sharing
from navigator.domain.told import ToldClaim, ToldNearby

if TYPE_CHECKING:
    from navigator.core.church import Church
    from navigator.directory import Directory
    from navigator.register import Register


class Sketch(NamedTuple):
    """A landscape apart from distances: `landscape` has no hubs and no schools nearby, which are
    told beside it."""

    landscape: Landscape
    claims: Sequence[ToldClaim]
    nearby: ToldNearby

    @classmethod
    def of(cls, landscape: Landscape) -> Sketch:
        """Of a landscape that is whole, alike to none."""
        own = [ToldClaim(claim, None) for claim in landscape.hubs]
        apart = landscape._replace(hubs=(), nearby=())
        return cls(apart, own, ToldNearby.of(landscape.nearby))

    @property
    def whole(self) -> Landscape:
        hubs = tuple([told.whole for told in self.claims])
        return self.landscape._replace(hubs=hubs, nearby=self.nearby.whole)


class Landscapes:
    """Draws landscapes from one register and one directory.

    `claims` and `areas` remember what many landscapes ask again, so keep one for a batch. Not
    thread-safe: one thread, one landscapes.
    """

    def __init__(self, register: Register, directory: Directory) -> None:
        self.register = register
        self.directory = directory
        self.claims = Claims(register, directory)
        self.areas = Areas(register, directory)
        self.dioceses = Dioceses(register, directory)
        self.sharing = Sharing(register, directory, self.claims)

    # --- finding the school ---

    def resolve(self, urn: int, day: date) -> tuple[School, tuple[str, ...]]:
        """The school to show for a URN on a day, and notices to show with it.

        A closed URN opens its successor, except on a day when the school was still open. A closed
        school without a known successor is shown as it was.

        Raises:
            NotFoundError: the register in use doesn't hold the URN; the text says what to do.
        """
        register = self.register
        school = register.get(urn)
        known = school is not None and register.in_scope(urn)
        if school is not None and known and school.is_open_on(day):
            return school, ()
        if school is not None and known and school.is_open:
            if school.opened and school.opened > day:
                return school, (f"{school.name} opened on {_day(school.opened)}: not yet then.",)
            # "Open, but proposed to close", and the day proposed has passed since
            held = _day(register.info.day)
            return school, (
                f"{school.name} was open in the register of {held}, to close on "
                f"{_day(school.closed)}. A newer register would tell whether it did.",
            )
        if school is not None and known and school.status == "Proposed to open":
            return school, (f"{school.name} is proposed to open; it isn't open yet.",)
        if told := self._afterwards(urn, school, known=known):
            return told
        raise NotFoundError(self._not_found(urn, school))

    def _afterwards(
        self, urn: int, school: School | None, *, known: bool
    ) -> tuple[School, tuple[str, ...]] | None:
        """What is shown for a school that is no more, with what became of it; None where nobody
        knows. `known` where it is on the register and in England."""
        register = self.register
        successors = [s for s in register.successor(urn, loosely=True) if s.urn != urn]
        if successors:
            return successors[0], (succession.followed(register, urn, school, successors),)
        coming = [s for s in register.successor(urn, proposed=True) if s.urn != urn]
        if coming:
            shown = school if school is not None and known else coming[0]
            return shown, (succession.to_come(register, urn, school, coming[0]),)
        if school is not None and known:
            return school, (succession.ended(register, school),)
        return None

    def _not_found(self, urn: int, school: School | None) -> str:
        register = self.register
        rare = "Few URNs have only 5 digits: check it. " if urn < 100_000 else ""
        if register.info.sample:
            return (
                f"{rare}URN {urn} isn't in the sample, which holds 3 areas: Nottingham with "
                f"Broxtowe, Gedling and Rushcliffe; Swindon; Herefordshire. {wording.HOW_TO_LOAD}"
            )
        if school is not None:
            return (
                f"URN {urn} ({school.name}) isn't in England; Navigator covers England only. "
                "To search by name, run: navigator find WORDS"
            )
        if ties := succession.tied(register, urn):
            return ties
        return (
            f"{rare}No school with URN {urn} is in the register of {_day(register.info.day)}. "
            "Check the number, or search by name or postcode: navigator find WORDS"
        )

    # --- the landscape ---

    def landscape(
        self, urn: int, day: date, record: OwnRecord = NO_RECORD, nearby: int = around.NEARBY
    ) -> Landscape:
        """The landscape of a school on a day, with what the head set for it.

        Raises:
            NotFoundError: as `resolve` does.
        """
        return self.sketch(urn, day, record, nearby).whole

    def sketch(
        self, urn: int, day: date, record: OwnRecord = NO_RECORD, nearby: int = around.NEARBY
    ) -> Sketch:
        """As `landscape`, for whoever writes thousands: what many have alike is the very same."""
        school, notices = self.resolve(urn, day)
        register, directory = self.register, self.directory
        successors, predecessors = register.links(school.urn)
        trust, trust_note = self._trust(school.trust_uid, school.la_code, day)
        here = school.key
        record = record.on(day)
        own = {c.programme: c for c in record.corrections if c.says == "hub" and c.about == here}
        of_area, beside = self._partnerships(school.la_code, school.churches)
        near, near_note = self._nearby(school, day, nearby, record)
        closed = wording.closed_trust(trust, day, register.info.groups_day) if trust else ""
        told = (*notices, closed, *_kept_position(school), *self._caveats(day, clock.today()))
        notices = tuple(filter(None, told))
        claims = self.claims.told(school, day)
        if own:
            claims = [self._corrected(told, school, own) for told in claims]
        landscape = Landscape(
            school=school,
            as_at=day,
            register=register.info,
            notices=notices,
            successors=self._named(successors),
            predecessors=self._named(predecessors),
            hubs=(),
            trust=trust,
            trust_note=trust_note,
            authority=self._authority(
                school.la_code, school.la_name, school.district_name, school.region
            ),
            networks=directory.networks(school.la_code, school.phase, school.churches),
            associations=directory.associations(),
            diocese=self.dioceses.of(school),
            partnerships=of_area,
            near_partnerships=beside,
            nearby=(),
            nearby_note=near_note,
            checked=directory.checked,
            record=record,
        )
        return Sketch(landscape, claims, near)

    def _corrected(
        self, told: ToldClaim, school: School, own: Mapping[str, Correction]
    ) -> ToldClaim:
        """A claim with what the head set for it, by programme."""
        said = own.get(told.alike.programme.id)
        return ToldClaim(self.claims.corrected(told.whole, school, said), None) if said else told

    @remembered
    def _caveats(self, day: date, today: date) -> tuple[str, ...]:
        """What can't be told of another day than today."""
        held = _day(self.register.info.day)
        if day < self.register.info.day:
            said = (
                f"As at {_day(day)}: hubs and schools by the dates we know. Names, kinds, pupils "
                f"and counts are those of the register of {held}; hubs, networks and "
                "partnerships without a date are as listed now."
            )
        elif day > today:
            said = f"As at {_day(day)}: what is known today, and the ends already set."
        elif day < today:
            said = f"As at {_day(day)}: schools as the register of {held} has them."
        else:
            return ()
        return (said,)

    def _named(self, links: Iterable[SchoolLink]) -> tuple[SchoolLink, ...]:
        named = []
        for link in links:
            row = None if link.name else self.register.get(link.urn)
            named.append(link._replace(name=row.name) if row else link)
        return tuple(named)

    @remembered
    def _trust(self, uid: str, la_code: str, day: date) -> tuple[TrustHere | None, str]:
        """The trust of that UID as a school in an authority sees it, and what is to be said."""
        if not uid:
            return None, ""
        trust = self.register.trust(uid)
        if trust is None:
            return None, f"The register names a group (UID {uid}) it doesn't describe."
        if not self._trusts_known(day):
            return None, (
                f"Not known at {_day(day)}: the register holds only the members of "
                f"{_day(self.register.info.day)}. Then: {trust.name}."
            )
        note = ""
        if trust.kind == "foundation":
            note = f"{trust.name} is a foundation trust: its schools stay maintained."
        here = self.register.trust_schools_in_la(uid, la_code)
        return TrustHere(trust, here), note

    def _trusts_known(self, day: date) -> bool:
        """The register tells membership on its own day, and we take it to last since."""
        return day >= self.register.info.day

    @remembered
    def _authority(
        self, la_code: str, la_name: str, district: str, region: str
    ) -> AuthorityHere | None:
        authority = self.directory.authority(la_code, district)
        if authority is None:
            if not la_name:
                return None
            authority = Authority(la_code, la_name, region, "")
        count, maintained = self.register.schools_in_la(la_code)
        return AuthorityHere(authority, count, maintained, self.directory.neighbours(la_code))

    @remembered
    def _partnerships(
        self, la_code: str, churches: tuple[Church, ...] | None
    ) -> tuple[tuple[PartnershipHere, ...], tuple[PartnershipHere, ...]]:
        """Those of an authority and of its statistical neighbours; those of authorities beside."""
        return (
            partnerships.of_area(self.directory, la_code, churches),
            partnerships.of_adjoining(self.directory, self.register, la_code, churches),
        )

    # --- nearby schools ---

    def _nearby(
        self, school: School, day: date, limit: int, record: OwnRecord
    ) -> tuple[ToldNearby, str]:
        if not school.has_position:
            note = "Distances unknown: the register gives no position for this school."
            return ToldNearby(), note
        if not school.phase:
            note = "The register gives this school no phase, so none of the same phase."
            return ToldNearby(), note
        near = around.nearest(self.register, school, day, limit)
        shared = self.sharing.with_ours(school, [s for s, _ in near], day, record)
        known = self._trusts_known(day)
        return ToldNearby(near, shared, self.claims.leads.trust_names if known else _UNNAMED), ""


_UNNAMED = defaultdict[str, str](str)
"""The names of trusts on a day on which nobody's is known."""


def _kept_position(school: School) -> Iterable[str]:
    """Where a school's position isn't that of the register's own file."""
    if school.position_day:
        yield (
            "The register's newest file gives no position for this school: distances are from the "
            f"one in the register of {_day(school.position_day)}."
        )


def _day(day: date | None) -> str:
    return wording.day(day) or "an unknown day"
