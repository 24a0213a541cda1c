"""What is known on each of the six features of a review: from the landscape and the record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from navigator.core import cleaning, wording
from navigator.core.church import for_churches
from navigator.core.keys import NO_BODY, Key
from navigator.core.landscape import Claim, HubAtDistance, HubClaim, Landscape, Sureness
from navigator.core.record import Correction, Note
from navigator.core.wording import Units
from navigator.view import belonging, cards, record_sections
from navigator.view.sections import Card, Entry, Section

if TYPE_CHECKING:
    from navigator.domain.changes import Changes

LEARNING = ("maths-hub", "english-hub", "teaching-school-hub", "research-school")
"""The programmes of which teachers' learning is the purpose."""

NAMED = frozenset({Claim.DESIGNATED, Claim.NAMES_AREA, Claim.REGION, Claim.NEAREST})
"""Claims that name one hub; those the head set may name several."""

COMPARED = frozenset({Claim.DESIGNATED, Claim.NAMES_AREA})
"""Claims for which it is told who nearby shares the hub."""

SHOWN = 5
"""Notes that are shown of those kept."""


def _fact(label: str, text: str, detail: str = "", right: str = "") -> Entry:
    """A line that leads nowhere but can be copied."""
    card = Card(copy=cleaning.plain(text))
    return Entry(cleaning.plain(text), label, right=right, detail=detail, card=card, fact=True)


def _under(label: str, section: Section) -> tuple[Entry, ...]:
    """A section's entries with what they are at their left; where there are none, its sentence."""
    if not section.entries:
        return (_fact(label, section.empty),)
    return tuple(
        entry._replace(label="" if number else label)
        for number, entry in enumerate(section.entries)
    )


# --- 1 ---


def local_lens(landscape: Landscape, units: Units) -> tuple[Entry, ...]:
    school = landscape.school
    entries = [*_under("Authority", belonging.authority(landscape))]
    if school.district_name not in ("", school.la_name):
        entries.append(_fact("District", school.district_name))
    if school.region:
        entries.append(_fact("Region", school.region))
    entries += _under("Trust", belonging.trust(landscape, units))
    entries += _under("Diocese", belonging.diocese(landscape))
    entries += _under("Networks", belonging.networks(landscape))
    return (*entries, *nearby(landscape))


def nearby(landscape: Landscape) -> Iterable[Entry]:
    """How many of the nearest schools share our hubs and trust, and who next door doesn't."""
    near = landscape.nearby
    if not near:
        yield _fact("Nearby", landscape.nearby_note or "No school near it on this register.")
        return
    phase = landscape.school.phase
    of = f"of the nearest {len(near)} {wording.PLURALS.get(phase, 'schools')}"
    ours = [c.programme for c in landscape.hubs if c.programme.mark and c.claim in COMPARED]
    ours = [p for p in ours if any(n.sharing.get(p.id) is not None for n in near)]
    if ours:
        names = wording.listed(p.name for p in ours)
        said = [{n.sharing[p.id] for p in ours} for n in near]
        unsure = sum(None in each and False not in each for each in said)
        told = f"{said.count({True})} {of} share your {names}"
        yield _fact("Nearby", told + wording.unsure_of(unsure))
    if landscape.trust:
        mates = [n.sharing["trust"] for n in near]
        told = f"{mates.count(True)} {of} share your trust"
        yield _fact("" if ours else "Nearby", told + wording.unsure_of(mates.count(None)))
    other = next((n for n in near if all(n.sharing[p.id] is False for p in ours)), None)
    if ours and other is not None:
        yield Entry(
            other.school.name,
            detail="the nearest that shares none of these hubs",
            card=cards.school_card(other.school),
        )


# --- 2 ---


def linked_systems(landscape: Landscape, units: Units) -> tuple[Entry, ...]:
    found = bodies(landscape)
    counts: dict[str, int] = {}
    for body in found:
        kind = body.key.kind or "network"
        counts[kind] = counts.get(kind, 0) + 1
    of_each = ", ".join(wording.count(n, *KINDS[kind]) for kind, n in counts.items())
    number = wording.count(len(found), "distinct body", "distinct bodies")
    entries = [_fact("Bodies", number, of_each)]
    living = [c for c in landscape.hubs if not c.programme.areas_only]
    ask = [c for c in living if c.sureness is Sureness.ASK and not c.hub]
    entries += _labelled("Ask", (_hub_line(c, units) for c in ask))
    none = [c for c in living if c.serves and not c.hubs and c.claim is Claim.NONE_FOUND]
    entries += _labelled("None found", (_hub_line(c, units) for c in none))
    entries += _labelled("Led from", _led_elsewhere(landscape, units))
    return tuple(entries)


KINDS = {
    "hub": ("hub or team", "hubs and teams"),
    "trust": ("trust", "trusts"),
    "la": ("local authority", "local authorities"),
    "diocese": ("diocese", "dioceses"),
    "own": ("network of yours", "networks of yours"),
    "network": ("heads' network", "heads' networks"),
    "partnership": ("partnership", "partnerships"),
}
"""One and several of each kind of body, by the first part of its key."""


def bodies(landscape: Landscape) -> tuple[Card, ...]:
    """The bodies around the school, each once: the hubs that are named, trust, authority, networks,
    diocese, partnerships of its own area. Hubs of which it is one that isn't known aren't among
    them, nor bodies of a church of which it isn't known whether it is the school's."""
    found = [_body(at.hub.key, claim.programme.name, _name(at)) for claim, at in _hubs(landscape)]
    if landscape.trust:
        trust = landscape.trust.trust
        found.append(_body(trust.key, "Trust", trust.name))
    if landscape.authority:
        here = landscape.authority.authority
        found.append(_body(here.key, "Local authority", here.name))
    said = [name for c in landscape.named_networks for name in c.names]
    found += [_body(NO_BODY, "Heads' network", name) for name in said]
    found += [_body(n.key, "Your network", n.name) for n in landscape.own_networks]
    found += [
        _body(n.key, "Heads' network", n.name)
        for n in landscape.networks
        if for_churches(n.church, landscape.school.churches)
    ]
    if landscape.diocese and landscape.diocese.key:
        found.append(_body(landscape.diocese.key, "Diocese", wording.diocese(landscape.diocese)[0]))
    found += [
        _body(p.partnership.key, "Partnership", p.partnership.name)
        for p in landscape.partnerships
        if p.distance == "own" and for_churches(p.partnership.church, landscape.school.churches)
    ]
    return tuple({card.key or card.title: card for card in found}.values())


def _body(key: Key, kind: str, name: str) -> Card:
    return Card(key, kind, name, copy=name)


def _name(at: HubAtDistance) -> str:
    return at.hub.name or at.hub.lead_name


def _hubs(landscape: Landscape) -> Iterable[tuple[HubClaim, HubAtDistance]]:
    """Each hub that a claim names as the school's."""
    for claim in landscape.hubs:
        if claim.programme.areas_only:
            continue
        if claim.claim in NAMED and claim.hub:
            yield claim, claim.hub
        elif claim.claim is Claim.SET_BY_YOU:
            for at in (claim.hub, *claim.alternatives):
                if at is not None:
                    yield claim, at


def _hub_line(claim: HubClaim, units: Units) -> Entry:
    """A programme's hub, or hubs to ask, on one line under the programme's name."""
    hubs = _names(claim)
    may = " or ".join(a.hub.name for a in claim.alternatives)
    if claim.claim is Claim.NONE_FOUND:
        said = f"may be {may}, ask" if may else "no hub known here"
    elif claim.claim is Claim.ONE_OF:
        said = f"one of {len(hubs)}, ask: {' or '.join(hubs)}"
    else:
        words = wording.claim_words(claim.claim, claim.programme)
        said = f"{', '.join(hubs)} · {words}"
    far = claim.hub.distance_km if claim.hub and len(hubs) == 1 else None
    return Entry(
        claim.programme.name,
        right=wording.length(far, units),
        detail=said,
        card=cards.hub_card(claim, units),
    )


def _names(claim: HubClaim) -> list[str]:
    """The names of the hubs that a claim is about, those to ask included."""
    if claim.claim in NAMED:
        told = [claim.hub]
    elif claim.claim in (Claim.ONE_OF, Claim.SET_BY_YOU):
        told = [claim.hub, *claim.alternatives]
    else:
        return []
    return [_name(at) for at in told if at is not None]


def _led_elsewhere(landscape: Landscape, units: Units) -> Iterable[Entry]:
    """The hubs of which no lead school lies in the school's own authority."""
    for claim, at in _hubs(landscape):
        places = dict.fromkeys(lead.la_name for lead in at.leads if lead.la_name)
        if places and landscape.school.la_name not in places:
            yield Entry(
                ", ".join(places),
                right=wording.length(at.distance_km, units),
                detail=f"{claim.programme.name}: {_name(at)}",
                card=cards.hub_card(claim, units, at),
            )


def _labelled(label: str, entries: Iterable[Entry]) -> list[Entry]:
    return list(_under(label, Section("", tuple(entries)))) if (entries := list(entries)) else []


# --- 3 ---


def learning(landscape: Landscape, units: Units) -> Iterable[Entry]:
    claims = {claim.programme.id: claim for claim in landscape.hubs}
    found = [claims[p] for p in LEARNING if p in claims]
    for number, claim in enumerate(c for c in found if c.claim is not Claim.ENDED):
        entry = _hub_line(claim, units)
        if not claim.serves:
            entry = entry._replace(detail="not for this phase")
        yield entry._replace(label="" if number else "Hubs")


# --- 4 ---


def practices(landscape: Landscape, today: date, *, told: bool) -> tuple[Entry, ...]:
    near = landscape.nearby
    ours = [
        Entry(
            network.name,
            detail=f"{wording.count(len(network.urns), 'school')}, "
            f"{sum(n.school.urn in network.urns for n in near)} of the nearest {len(near)} in it",
            card=Card(Key(network.key), "Your network", network.name, copy=network.name),
        )
        for network in landscape.own_networks
    ]
    networks = belonging.networks(landscape)
    mine = {network.key for network in landscape.own_networks}
    others = [e for e in networks.entries if not (e.card and e.card.key in mine)]
    entries = _labelled("In common", [*ours, *others])
    entries = entries or [_fact("In common", "No network of its schools is known.")]
    notes = notes_here(landscape)
    kept = f"{wording.count(len(notes), 'note')} on the bodies around this school"
    tags: dict[str, int] = {}
    for tag in (tag for note in notes for tag in note.tags):
        tags[tag] = tags.get(tag, 0) + 1
    counted = ", ".join(f"{tag} {n}" for tag, n in sorted(tags.items(), key=lambda t: -t[1]))
    entries.append(_fact("Notes", kept, f"tagged: {counted}" if counted and told else ""))
    if told:
        entries += [record_sections.note_entry(n, today, about=True) for n in notes[:SHOWN]]
        if more := wording.and_more(len(notes) - SHOWN):
            entries.append(_fact("", more))
    return tuple(entries)


def notes_here(landscape: Landscape) -> list[Note]:
    """The notes on the school and on the bodies around it, the newest first."""
    here = record_sections.bodies_here(landscape)
    return [note for note in reversed(landscape.record.notes) if note.about in here]


# --- 5 ---


def bridging(landscape: Landscape, *, told: bool) -> tuple[Entry, ...]:
    people = record_sections.people_here(landscape)
    entries = [_fact("Ways in", "No contact is noted in the bodies around this school.")]
    if people:
        roles = "; ".join(dict.fromkeys(cleaning.plain(c.role) for c in people))
        count = wording.count(len(people), "contact") + " in the bodies around this school"
        entries = [_fact("Ways in", count, "" if told else roles)]
        entries += map(record_sections.contact_entry, people if told else ())
        spanners = sum(contact.spans for contact in people)
        several = "works" if spanners == 1 else "work"
        entries.append(_fact("Spanners", f"{spanners} of them {several} in two bodies or more"))
    with_way = {body.key for contact in people for body in contact.bodies}
    without = [card for card in bodies(landscape) if card.key and card.key not in with_way]
    entries += _labelled("No way in", (Entry(c.title, detail=c.kind, card=c) for c in without))
    return tuple(entries)


# --- 6 ---


def sense_making(
    landscape: Landscape,
    then: Landscape | None,
    changes: Changes | None,
    today: date,
    *,
    told: bool,
) -> tuple[Entry, ...]:
    record, here = landscape.record, record_sections.bodies_here(landscape)
    entries = list(_changed(landscape, then, changes))
    corrections = [c for c in record.corrections if c.about in here]
    # Their remarks are the head's own, as notes are.
    corrections = corrections if told else [c._replace(note="") for c in corrections]
    entries += _labelled("Set by you", (_set(c, landscape) for c in corrections))
    if not corrections:
        entries.append(_fact("Set by you", "Nothing: what is published stands."))
    due = [note for note in record.due(today) if note.about in here]
    if told and due:
        entries += _labelled(
            "Look again", (record_sections.note_entry(n, today, about=True) for n in due)
        )
    else:
        entries.append(_fact("Look again", f"{wording.count(len(due), 'note')} due"))
    return tuple(entries)


def _set(correction: Correction, landscape: Landscape) -> Entry:
    """What the head set; of this school without its name."""
    entry = record_sections.correction_entry(correction)
    if correction.about not in landscape.keys or entry.card is None:
        return entry
    said = entry.card.copy
    return entry._replace(text=said[:1].upper() + said[1:], detail=correction.note)


def _changed(
    landscape: Landscape, then: Landscape | None, changes: Changes | None
) -> Iterable[Entry]:
    """What is another now than on the day of the earlier landscape, and between two registers."""
    found: list[Entry] = []
    if then is not None:
        was = {claim.programme.id: claim for claim in then.hubs}
        for claim in landscape.hubs:
            before, after = was.get(claim.programme.id), claim
            entry = _change(before, after) if not claim.programme.areas_only else None
            found += [entry] if entry else []
        found += [
            _fact("", f"This school was {link.name or f'URN {link.urn}'} until then", right=day)
            for link in landscape.predecessors
            if link.date and link.date > then.as_at and (day := wording.short_day(link.date))
        ]
        on = wording.day(then.as_at)
        heading = f"{wording.count(len(found), 'thing')} since {on}" if found else ""
        yield _fact("Changed", heading or f"None of the hubs, as far as we know, since {on}")
        yield from found
    if changes is not None:
        from navigator.domain.changes import headline, summary

        label = "" if then is not None else "Changed"
        yield _fact(label, f"On the register around you: {headline(changes)}", summary(changes))


def _change(before: HubClaim | None, after: HubClaim) -> Entry | None:
    had = _names(before) if before else []
    has = _names(after)
    if set(had) == set(has):
        return None
    unknown = "none that we know of"
    return Entry(
        after.programme.name,
        detail=f"was: {' or '.join(had) or unknown}; now: {' or '.join(has) or unknown}",
        card=cards.hub_card(after, "miles"),
    )
