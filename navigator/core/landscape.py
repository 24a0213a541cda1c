"""The nouns of an answer: what is around one school on one day, and how far it may be claimed.

Made of those of `model.py`, and as they are: values that can't change, annotations not postponed.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple

from navigator.core.church import DioceseHere
from navigator.core.keys import Key
from navigator.core.model import (
    Authority,
    Confidence,
    Count,
    Hub,
    Neighbour,
    Network,
    Partnership,
    Programme,
    RegisterInfo,
    School,
    SchoolLink,
    Trust,
)
from navigator.core.reach import Reach
from navigator.core.record import NO_RECORD, Correction, OwnNetwork, OwnRecord


class Claim(StrEnum):
    """What may be said of a body and a school, never more than the source does."""

    DESIGNATED = "designated"
    ONE_OF = "one-of"
    NAMES_AREA = "names-area"
    REGION = "region"
    NEAREST = "nearest"
    ENDED = "ended"
    NONE_FOUND = "none-found"
    SET_BY_YOU = "set-by-you"


class Sureness(StrEnum):
    """How sure it is that a body is a school's: one word a row, decided by docs/claims.md's table.

    `ASK` is one of several, or one that isn't well sourced. `NONE` is looked for and not found;
    `UNKNOWN` is where the sources don't tell enough to say even that.
    """

    SET = "set"
    YOURS = "yours"
    ASK = "ask"
    NEAREST = "nearest"
    LIKELY = "likely"
    UNKNOWN = "unknown"
    NONE = "none"
    ENDED = "ended"


class LeadSchool(NamedTuple):
    """A hub's lead, resolved through the register; `distance_km` from the school looked at.

    `website` is http or https; `telephone` is that of the school's office.
    """

    urn: int
    name: str
    town: str
    la_name: str
    trust: str
    distance_km: float | None
    website: str = ""
    telephone: str = ""

    def away(self, km: float | None) -> "LeadSchool":
        """The same, so far away. `_replace` takes thrice as long, of all England a second."""
        about = self.urn, self.name, self.town, self.la_name, self.trust
        return LeadSchool(*about, km, self.website, self.telephone)


class HubAtDistance(NamedTuple):
    """A hub with its leads, the nearest first, and the way to reach it; `old` where no source has
    shown it for long (`Programme.is_old`)."""

    hub: Hub
    leads: tuple[LeadSchool, ...]
    distance_km: float | None
    reach: Reach | None = None
    old: bool = False


class HubClaim(NamedTuple):
    """What may be said about one programme and one school on one day.

    `hub` is None where none is claimed. `alternatives` holds the other candidates: the rest of a
    "one of", the other hubs that name the area, those that have worked there beside the nearest, or
    hubs that may be it but aren't well sourced. `nearest` is set where another hub of the programme
    has a nearer lead, or where none was found but any may be approached. `why` is a sentence or
    two. `valid_from` and `valid_to` are the first hub's, where there is none the programme's;
    `from_said` and `to_said` say how vaguely they are known (as `Count.said`). Where the head knows
    better, `corrected` is their word and `published` the claim beneath it. `serves` is False where
    the programme isn't for the school's phase or ages. `applied` tells of a programme that has
    ended whether it was for this school in its time; None where that isn't known.
    """

    programme: Programme
    claim: Claim
    hub: HubAtDistance | None
    alternatives: tuple[HubAtDistance, ...]
    nearest: HubAtDistance | None
    why: str
    valid_from: date | None
    valid_to: date | None
    from_said: str
    to_said: str
    followed_by: str
    source: str
    as_of: date | None
    confidence: Confidence
    website: str
    note: str
    named: int
    counted: Count | None
    serves: bool
    applied: bool | None = None
    published: "HubClaim | None" = None
    corrected: Correction | None = None

    def with_hubs(
        self,
        hub: HubAtDistance | None,
        alternatives: tuple[HubAtDistance, ...],
        nearest: HubAtDistance | None,
    ) -> "HubClaim":
        """The same of other hubs. `_replace` takes thrice as long."""
        return HubClaim._make((*self[:2], hub, alternatives, nearest, *self[5:]))

    @property
    def hubs(self) -> tuple[HubAtDistance, ...]:
        """The hub, if one is claimed, and the other candidates."""
        return (self.hub, *self.alternatives) if self.hub else self.alternatives

    @property
    def put_forward(self) -> tuple[HubAtDistance, ...]:
        """The hub that is claimed; where none is, the candidates."""
        return (self.hub,) if self.hub else self.alternatives

    @property
    def all_named(self) -> bool:
        """Whether we can name as many hubs as were counted; any, where nobody counted them."""
        return self.named >= (self.counted.hubs if self.counted else 1)

    @property
    def sureness(self) -> Sureness:
        """How sure it is that what the claim puts forward is the school's: where no source has
        shown that for long, it is to be asked."""
        sure = self._sureness
        if sure in (Sureness.YOURS, Sureness.LIKELY) and all(at.old for at in self.put_forward):
            return Sureness.ASK
        return sure

    @property
    def _sureness(self) -> Sureness:
        claim, programme = self.claim, self.programme
        if claim in _ALWAYS:
            return _ALWAYS[claim]
        if claim is Claim.NONE_FOUND:
            if self.alternatives:
                return Sureness.ASK
            unsaid = self.serves and not self.all_named
            return Sureness.UNKNOWN if unsaid else Sureness.NONE
        # The only one that we know of isn't always the only one.
        lone = len(self.hubs) == 1 and (programme.rule != "region" or self.all_named)
        return Sureness.LIKELY if lone else Sureness.ASK

    @property
    def reach(self) -> Reach | None:
        """The claimed hub's; where none is claimed, the programme's finder while it runs."""
        if self.hub:
            return self.hub.reach
        return None if self.claim is Claim.ENDED else self.programme.reach


_ALWAYS = {
    Claim.SET_BY_YOU: Sureness.SET,
    Claim.DESIGNATED: Sureness.YOURS,
    Claim.ONE_OF: Sureness.ASK,
    Claim.NEAREST: Sureness.NEAREST,
    Claim.ENDED: Sureness.ENDED,
}
"""The claims that are as sure whichever hubs they are of."""


class TrustHere(NamedTuple):
    """A school's trust, with how many of its open schools lie in the school's authority."""

    trust: Trust
    schools_in_la: int

    @property
    def reach(self) -> Reach | None:
        return self.trust.reach


class AuthorityHere(NamedTuple):
    """A school's authority, with its open state-funded schools and how many are maintained."""

    authority: Authority
    schools: int
    maintained: int
    neighbours: tuple[Neighbour, ...]

    @property
    def reach(self) -> Reach | None:
        return self.authority.reach


class PartnershipHere(NamedTuple):
    """A partnership and why it is shown: of the "own" authority, one "near", or a "similar" one.

    `neighbour` is set for a similar authority, `authority` names one that is near.
    """

    partnership: Partnership
    distance: Literal["own", "near", "similar"]
    neighbour: Neighbour | None = None
    authority: str = ""


class NearbySchool(NamedTuple):
    """A school near this one.

    `sharing` tells whether it has the same body as ours, by the programme's id, "trust", "la" and,
    where we are in one, "own-network": None where that isn't sure. `shares` are those it has.
    """

    school: School
    distance_km: float
    sharing: Mapping[str, bool | None]
    trust: str

    @property
    def shares(self) -> tuple[str, ...]:
        return tuple(what for what, same in self.sharing.items() if same)


class Landscape(NamedTuple):
    """Everything known about the support around one school on one day.

    `diocese` is None for a school that is of no church. `associations` are those of heads'
    networks of all England: no network of this school, but one may ask there for its own.
    """

    school: School
    as_at: date
    register: RegisterInfo
    notices: tuple[str, ...]
    successors: tuple[SchoolLink, ...]
    predecessors: tuple[SchoolLink, ...]
    hubs: tuple[HubClaim, ...]
    trust: TrustHere | None
    trust_note: str
    authority: AuthorityHere | None
    networks: tuple[Network, ...]
    partnerships: tuple[PartnershipHere, ...]
    near_partnerships: tuple[PartnershipHere, ...]
    nearby: tuple[NearbySchool, ...]
    nearby_note: str
    checked: date
    record: OwnRecord = NO_RECORD
    diocese: DioceseHere | None = None
    associations: tuple[Network, ...] = ()

    @property
    def keys(self) -> tuple[Key, ...]:
        """The school's key, and those of the schools that followed it if it has closed: what the
        head noted on it stands under either."""
        after = () if self.school.is_open else self.successors
        return (self.school.key, *(Key.school(link.urn) for link in after))

    @property
    def own_networks(self) -> tuple[OwnNetwork, ...]:
        """The head's own networks that this school is in."""
        return tuple(n for n in self.record.networks if self.school.urn in n.urns)

    @property
    def named_networks(self) -> tuple[Correction, ...]:
        """What the head said this school's heads' networks are."""
        ours = self.keys
        return tuple(c for c in self.record.corrections if c.says == "network" and c.about in ours)
