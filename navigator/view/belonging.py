"""Where a school belongs: its trust, authority, diocese, heads' networks and partnerships."""

from __future__ import annotations

from collections.abc import Iterable

from navigator.core import wording
from navigator.core.church import for_churches
from navigator.core.keys import NO_BODY
from navigator.core.landscape import Landscape, PartnershipHere, Sureness
from navigator.core.model import Network, Partnership
from navigator.core.record import Correction, OwnNetwork
from navigator.core.wording import Units
from navigator.view import cards
from navigator.view.cards import as_of, kind_of_body
from navigator.view.parts import card, some
from navigator.view.sections import Entry, Section

BESIDE = "beside"
"""What the line of partnerships elsewhere folds."""
CLOSED = "closed"
"""What is said of a network or partnership that is over, in the place of how sure it is."""
OF_ALIKE = "Alike: partnerships of statistical neighbours"


def in_full(landscape: Landscape, units: Units) -> Iterable[Section]:
    """Authority, trust, diocese, heads' networks, partnerships: of its area, near, alike."""
    yield authority(landscape)
    yield trust(landscape, units)
    yield diocese(landscape)
    yield networks(landscape)
    yield from _associations(landscape)
    yield from partnerships(landscape)
    yield from elsewhere(landscape)


def rows(landscape: Landscape, units: Units) -> tuple[Entry, ...]:
    """The same as lines of one panel, each kind with its label, and with what is said of none."""
    found = [
        *_rows("Council", authority(landscape)),
        *_rows("Trust", trust(landscape, units)),
        *map(_told_church, _rows("Diocese", diocese(landscape))),
        *_rows("Heads' network", networks(landscape)),
    ]
    for section in _associations(landscape):
        found += _rows("National", section)
    kinds = list(partnerships(landscape))
    for section in [kind for kind in kinds if kind.entries] or kinds:
        found += _rows("Partnership", section)
    return tuple(found)


def _rows(label: str, section: Section) -> Iterable[Entry]:
    if not section.entries:
        yield Entry(section.empty, label, card=card(NO_BODY, section.empty), quiet=True)
    for number, entry in enumerate(section.entries):
        said = entry.said or (wording.month(entry.right) if entry.right else "")
        yield entry._replace(label="" if number else label, right="", said=said)


def _told_church(entry: Entry) -> Entry:
    """A diocese that isn't known, with the church that is: there is no room for more."""
    church = dict(entry.card.facts).get("Church", "") if entry.card else ""
    return entry._replace(text=f"? {church}") if entry.text == "?" and church else entry


def beside_line(sections: Iterable[Section]) -> Entry | None:
    """The one line that stands for the partnerships of other areas; None for none of them."""
    held = [entry for section in sections for entry in section.entries]
    if not held:
        return None
    number = wording.count(len(held), "partnership")
    text = f"{number} in areas near yours or like it"
    names = "; ".join(entry.text for entry in held)
    told = card(NO_BODY, text, (("Why", cards.WORTH_A_LOOK), ("Names", names)), kind="Elsewhere")
    return Entry(text, card=told, quiet=True, folds=BESIDE)


def trust(landscape: Landscape, units: Units) -> Section:
    here, school = landscape.trust, landscape.school
    if here is None:
        none = f"None: maintained with {school.la_name}."
        if not school.is_maintained:
            none = "None on the register."
        return Section("Trust", empty=landscape.trust_note or none)
    said = wording.trust_summary(here, school.la_name)
    told = cards.trust_card(landscape, units)
    entry = Entry(here.trust.name, detail=said, card=told, sure=Sureness.YOURS)
    if here.trust.is_closed_on(landscape.as_at):
        closed = wording.trust_closed(here.trust, landscape.register.groups_day)
        brief = wording.joined("closed", wording.short_day(here.trust.closed), sign=" ")
        entry = entry._replace(detail=f"{closed}. {said}", sure=Sureness.ASK, said=brief)
    return Section("Trust", (entry,))


def authority(landscape: Landscape) -> Section:
    here = landscape.authority
    if here is None:
        return Section("Local authority", empty="None on the register.")
    said = wording.authority_summary(here)
    told = cards.authority_card(landscape)
    entry = Entry(here.authority.name, detail=said, card=told, sure=Sureness.YOURS)
    return Section("Local authority", (entry,))


def diocese(landscape: Landscape) -> Section:
    """By the register alone; "?" where it doesn't tell."""
    here = landscape.diocese
    if here is None:
        return Section("Diocese", empty="None: not a church school.")
    name, said = wording.diocese(here)
    known = bool(here.name and here.church)
    sure = Sureness.YOURS if known else Sureness.UNKNOWN
    told = cards.diocese_card(landscape)
    return Section("Diocese", (Entry(name, detail=said, card=told, quiet=not known, sure=sure),))


def networks(landscape: Landscape) -> Section:
    """The head's own first: those they said the school belongs to, and those they made."""
    entries = [
        *(_named_network(c, name) for c in landscape.named_networks for name in c.names),
        *map(_own_network, landscape.own_networks),
        *(_network(n, landscape) for n in landscape.networks),
    ]
    none = f"None published here, checked {wording.short_day(landscape.checked)}."
    return Section("Heads' networks", tuple(entries), none)


def _associations(landscape: Landscape) -> tuple[Section, ...]:
    """Where no network is known: those of all England, who may know of one."""
    if landscape.networks:
        return ()
    national = (_network(n, landscape) for n in landscape.associations)
    return some("National association of heads' networks", national)


def _network(network: Network, landscape: Landscape) -> Entry:
    return Entry(
        network.name,
        right=as_of(network),
        detail=_said_of(network, landscape),
        card=cards.network_card(network, landscape),
        confidence=network.confidence,
        sure=Sureness.ASK if _church_unknown(network, landscape) else None,
        said=_over(network, landscape),
    )


def _named_network(correction: Correction, name: str) -> Entry:
    said = wording.set_by_you(correction)
    facts = [("You said", said), ("Your note", correction.note)]
    return Entry(name, detail=said, card=card(NO_BODY, name, facts, kind="Heads' network"))


def _own_network(network: OwnNetwork) -> Entry:
    schools = wording.count(len(network.urns), "school")
    facts = [
        ("Schools", schools),
        ("Made", wording.day(network.added)),
        ("Your note", network.note),
    ]
    told = card(network.key, network.name, facts)
    return Entry(network.name, detail=f"yours, {schools}", card=told)


def partnerships(landscape: Landscape) -> Iterable[Section]:
    """Those whose area takes in the school's."""
    own = [p for p in landscape.partnerships if p.distance == "own"]
    areas = [p for p in own if p.partnership.tier == "area partnership"]
    none = wording.none_found(landscape.checked)
    yield Section("Area partnerships", _entries(areas, landscape), none)
    others = _entries((p for p in own if p not in areas), landscape)
    yield from some("Boards and part-area bodies", others)


def elsewhere(landscape: Landscape) -> Iterable[Section]:
    """Those of areas beside the school's, and of areas alike."""
    near = {p.partnership.id for p in landscape.near_partnerships}
    similar = (
        p
        for p in landscape.partnerships
        if p.distance == "similar" and p.partnership.id not in near  # each body once
    )
    none = wording.none_found(landscape.checked)
    alike = wording.none_found(landscape.checked, " in the ten areas most alike")
    beside = "Near: partnerships of neighbouring areas"
    yield Section(beside, _entries(landscape.near_partnerships, landscape), none)
    yield Section(OF_ALIKE, _entries(similar, landscape), alike)


def _entries(of: Iterable[PartnershipHere], landscape: Landscape) -> tuple[Entry, ...]:
    return tuple(_partnership(here, landscape) for here in of)


def _partnership(here: PartnershipHere, landscape: Landscape) -> Entry:
    p = here.partnership
    if here.distance == "own":
        detail = _said_of(p, landscape)
    else:
        like = here.neighbour
        where = f"{like.name} · {like.closeness.lower()}" if like else here.authority
        detail = wording.joined(_closed(p, landscape), _church_unknown(p, landscape), where)
    return Entry(
        p.name,
        right=as_of(p),
        detail=detail,
        card=cards.partnership_card(here, landscape),
        confidence=p.confidence,
        sure=Sureness.ASK if _church_unknown(p, landscape) else None,
        said=_over(p, landscape),
    )


def _said_of(body: Network | Partnership, landscape: Landscape) -> str:
    over = "closed" if body.status == "closed" else ""
    unsure = _church_unknown(body, landscape)
    return wording.joined(_closed(body, landscape), unsure, kind_of_body(body), body.area, over)


def _church_unknown(body: Network | Partnership, landscape: Landscape) -> str:
    """Of a body of one church, that the register doesn't tell whether the school is of it."""
    unsure = for_churches(body.church, landscape.school.churches) is None
    return wording.unsure_church(body.church) if unsure else ""


def _over(body: Network | Partnership, landscape: Landscape) -> str:
    """ "closed" for a body that is; "" for one that is open."""
    return CLOSED if body.status == "closed" or cards.closure(body, landscape) else ""


def _closed(body: Network | Partnership, landscape: Landscape) -> str:
    """That the head said a body is over."""
    closed = cards.closure(body, landscape)
    return wording.set_closed(closed) if closed else ""
