"""Who helps with what: a row for each need, in the order that the facts give a phase.

A row names one body, how sure that is and how it is reached; what else there is to say of its
programme follows beneath it, quieter: other candidates, a hub that is nearer, what is published
beneath what the head set. The screen shows the row alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from navigator.core import wording
from navigator.core.keys import NO_BODY
from navigator.core.landscape import Claim, HubAtDistance, HubClaim, Landscape
from navigator.core.model import Programme
from navigator.core.wording import Units
from navigator.view.cards import hub_card
from navigator.view.parts import card
from navigator.view.sections import Entry, Fact

ENDED = "ended"
"""What the line of ended programmes folds."""


def living(landscape: Landscape, units: Units) -> tuple[Entry, ...]:
    """A row for each programme that runs for schools of this phase."""
    return tuple(_row(claim, landscape, units) for claim in _running(landscape))


def living_in_full(landscape: Landscape, units: Units) -> tuple[Entry, ...]:
    """The rows, each candidate on one of its own, with what else there is to say beneath."""
    return tuple(entry for claim in _running(landscape) for entry in _rows(claim, landscape, units))


def ended(landscape: Landscape, units: Units) -> tuple[Entry, ...]:
    """A line for each programme that was for this school and has ended."""
    return tuple(
        _quiet(
            claim,
            wording.day(claim.programme.valid_to, claim.programme.to_said),
            units,
            claim.programme.need,
            wording.joined(
                f"Followed by: {claim.followed_by}" if claim.followed_by else "",
                "" if claim.applied else "whether it was this school's isn't known",
            ),
        )._replace(sure=claim.sureness)
        for claim in _over(landscape)
    )


def ended_line(landscape: Landscape) -> Entry:
    """The one line that stands for the programmes that have ended."""
    over = _over(landscape)
    here = " for schools here" if all(claim.applied for claim in over) else ""
    text = f"{wording.count(len(over), 'programme')}{here} ended"
    facts: list[Fact] = [
        (c.programme.name, wording.claim_phrase(c).removeprefix("Ended ")) for c in over
    ]
    why = ", ".join(claim.programme.name for claim in over)
    told = card(NO_BODY, text, (("Why", why), *facts), kind="Ended")
    return Entry(text, card=told, quiet=True, folds=ENDED)


def _running(landscape: Landscape) -> list[HubClaim]:
    """Of the programmes that run: those for this school, and those for which the head set a hub."""
    running = (c for c in landscape.hubs if c.claim is not Claim.ENDED)
    return [claim for claim in running if claim.serves or claim.corrected]


def _over(landscape: Landscape) -> list[HubClaim]:
    """Of those that have ended: all that were, or may have been, for this school."""
    ended = (c for c in landscape.hubs if c.claim is Claim.ENDED)
    return [claim for claim in ended if claim.applied is not False]


def _row(claim: HubClaim, landscape: Landscape, units: Units) -> Entry:
    """The one row of a programme on the screen."""
    label, sure = claim.programme.need, claim.sureness
    if not claim.hubs:
        return _quiet(claim, _none_here(claim), units, label)._replace(sure=sure)
    told = claim.hubs if claim.hub is None or claim.corrected else (claim.hub,)
    entry = _hub_row(claim, told[0], landscape, units, label)
    if len(told) > 1:
        more = f", or {wording.count(len(told) - 1, 'other')}"
        brief = f"{entry.brief}{more}"
        # Of several none is the one to open: the line is of their programme.
        open_ = hub_card(claim, units) if claim.hub is None else entry.card
        said = entry.said if all(at.old for at in told) else ""
        entry = entry._replace(text=entry.text + more, brief=brief, card=open_, said=said)
    return entry._replace(sure=sure, detail="")


def _none_here(claim: HubClaim) -> str:
    p = claim.programme
    if p.areas_only:
        return "not one of its areas"
    named = wording.named_of(claim)
    return f"{named}; none is here" if named else "none named here"


def _rows(claim: HubClaim, landscape: Landscape, units: Units) -> Iterable[Entry]:
    """A programme's rows: its hub or those to ask, then what else is to be said of them."""
    p, sure = claim.programme, claim.sureness
    several = claim.claim in (Claim.ONE_OF, Claim.SET_BY_YOU) or claim.hub is None
    if not claim.hubs:
        ask = f"Ask: {p.finder}" if p.finder else ""
        yield _quiet(claim, _none_here(claim), units, p.need, ask)._replace(sure=sure)
    told = claim.hubs if several else claim.hubs[:1]
    for number, at in enumerate(told):
        yield _hub_row(claim, at, landscape, units, "" if number else p.need)._replace(sure=sure)
    if claim.alternatives and not several:
        word = "worked here" if claim.claim is Claim.NEAREST else "another"
        for at in claim.alternatives:
            yield _other_row(word, claim, at, units)
        if named := wording.named_of(claim):
            yield _quiet(claim, named, units)
    if claim.nearest:
        yield _other_row("nearest", claim, claim.nearest, units)
    if claim.published is not None:
        yield _published_row(claim.published, units)


def _hub_row(
    claim: HubClaim, at: HubAtDistance, landscape: Landscape, units: Units, label: str
) -> Entry:
    """A hub as a row: its name, how far its lead school is, and who leads it."""
    name = at.hub.name
    # A hub without a start may not have begun on a day before it was looked up.
    unsure = at.hub.valid_from is None and landscape.as_at < at.hub.as_of
    return Entry(
        name,
        label,
        _brief(name, claim.programme),
        wording.length(at.distance_km, units),
        wording.joined(
            _lead(at, claim.programme),
            "start not known" if unsure else "",
            f"last seen {at.hub.last_seen}" if at.old else "",
        ),
        card=hub_card(claim, units, at),
        confidence=at.hub.confidence,
        said=wording.OLD_CLAIM if at.old else "",
    )


def _quiet(claim: HubClaim, text: str, units: Units, label: str = "", detail: str = "") -> Entry:
    return Entry(text, label, detail=detail, card=hub_card(claim, units), quiet=True)


def _published_row(claim: HubClaim, units: Units) -> Entry:
    """What is published, beneath what the head set."""
    names = " or ".join(_brief(at.hub.name, claim.programme) for at in claim.put_forward)
    said = wording.claim_phrase(claim)
    return _quiet(claim, f"published: {names or said}", units, detail=said if names else "")


def _other_row(word: str, claim: HubClaim, at: HubAtDistance, units: Units) -> Entry:
    return Entry(
        f"{word}: {at.hub.name}",
        brief=f"{word}: {_brief(at.hub.name, claim.programme)}",
        right=wording.length(at.distance_km, units),
        card=hub_card(claim, units, at),
        quiet=True,
    )


def _brief(hub: str, programme: Programme) -> str:
    """The hub's name without the programme's at its end: the label says that already."""
    return hub.removesuffix(programme.name).strip(" -–,:") or hub


def _lead(at: HubAtDistance, programme: Programme) -> str:
    if programme.areas_only:
        return ""
    if not at.hub.id:
        return "as you named it; not in our table"
    where = ", ".join(lead.name for lead in at.leads if lead.name) or at.hub.lead_name
    whole_region = at.hub.areas and all(area.kind == "region" for area in at.hub.areas)
    lead = f"Lead: {where}" if where else "" if whole_region else "Lead school not known"
    return wording.joined(at.hub.role, wording.CALLED_BY_LEAD if at.hub.nameless else lead)
