"""A message to whoever keeps a list: what is said here, where from, and what is right instead.

Nothing of the head's own is in it but the name that they set: no notes, no contacts.
"""

from __future__ import annotations

from collections.abc import Iterator

from navigator.core import cleaning, wording
from navigator.core.errors import RefusedError
from navigator.core.landscape import HubClaim, Landscape
from navigator.view import landscape_sections
from navigator.view.sections import Card, Fact

FILE = "suggestion.txt"

_REGISTER = "Get Information about Schools (DfE)"
TO = {
    "school": f"The school itself, which corrects it in {_REGISTER}",
    "trust": f"The trust itself, which corrects it in {_REGISTER}",
    "la": f"DfE, which keeps {_REGISTER.removesuffix(' (DfE)')}, or the council itself",
}
"""Who keeps what the register says of a kind of body. Whoever keeps our facts has no address that
we know: of those no line says to whom."""

TABLES = {
    "network": "networks.csv",
    "partnership": "partnerships.csv",
    "diocese": "dioceses.csv",
}
"""Where a body of ours has its row."""

BLANK = "(please write here what is right)"
SHOWN = "(please write here an address or document that shows it)"


def message(card: Card, landscape: Landscape, version: str) -> str:
    """The message about a line of a landscape, by its card; `version` is that of the facts.

    Raises:
        RefusedError: the line is no body of the landscape, or the head's own.
    """
    claim = next((c for c in landscape.hubs if card.key in _keys(c)), None)
    about, told = _told(card, landscape, claim)
    facts = dict(told)
    ours = not facts.get("Source", "").startswith(wording.REGISTER_SOURCE)
    school = landscape.school
    place = wording.joined(f"URN {school.urn}", school.la_name, school.phase, sign=", ")
    lines = [
        ("To", "" if ours else TO.get(card.key.kind, TO["school"])),
        ("About", f"{about} {school.name} ({place})"),
        *told,
        ("Facts", f"version {version}" if ours else ""),
        ("How that can be seen", SHOWN),
    ]
    said = (f"{label}: {cleaning.plain(text)}" for label, text in lines if text)
    return "\n".join(("A correction", "", *said, ""))


def _keys(claim: HubClaim) -> set[str]:
    under = claim.published
    hubs = (*claim.hubs, *(under.hubs if under else ()))
    near = (claim.nearest,) if claim.nearest else ()
    return {claim.programme.key, *(at.hub.key for at in (*hubs, *near))}


def _told(card: Card, landscape: Landscape, claim: HubClaim | None) -> tuple[str, list[Fact]]:
    """What the message is about, up to the name of the landscape's school; and its facts."""
    if claim:
        return f"{claim.programme.name}, for", list(_of_hub(claim, card))
    if card.key and (here := landscape_sections.card_of(card.key, landscape, "miles")):
        urn = f"URN {here.urn}" if here.urn else ""
        said = wording.joined(here.kind, urn, sign=", ")
        return f"{here.title} ({said}), on the page of", list(_of_body(here, landscape))
    named = [name for c in landscape.named_networks for name in c.names]
    if not card.key and card.title in named:
        return "Heads' network, for", list(_of_networks(card.title, landscape))
    raise RefusedError("That line is no body with published facts: go to one, then suggest.")


def _of_networks(right: str, landscape: Landscape) -> Iterator[Fact]:
    """Where the head named their network: those that are published for their area."""
    names = "; ".join(network.name for network in landscape.networks)
    yield "Navigator says", names or "none is published here"
    sources = (wording.first_source(network.source) for network in landscape.networks)
    yield "Source", " ; ".join(dict.fromkeys(sources))
    yield "Right is", right


def _of_hub(claim: HubClaim, card: Card) -> Iterator[Fact]:
    under = claim.published if claim.corrected else claim
    if under is None:
        return
    at = next((a for a in under.hubs if a.hub.key == card.key), None)
    names = [at.hub.name] if at else [a.hub.name for a in under.put_forward]
    said = wording.joined(
        " or ".join(names) or "no hub", wording.claim_phrase(under), under.why, sign=". "
    )
    hub = at.hub if at else under.put_forward[0].hub if under.put_forward else None
    yield "Navigator says", said
    if hub:
        urns = wording.joined(*(f"URN {urn}" for urn in hub.lead_urns), sign=", ")
        yield "Led by", f"{hub.lead_name} ({urns})" if urns else hub.lead_name
        where = "the list that was taken in" if hub.listed else f"programmes/{hub.programme}.csv"
        yield "Row", f"{hub.id} in {where}"
    yield "Source", wording.first_source(hub.source if hub else under.source)
    yield "Checked", wording.day(hub.as_of if hub else under.as_of)
    yield "Last seen", hub.last_seen if hub else ""
    finder = claim.programme.finder, claim.programme.finder_url
    yield "Who can say for certain", wording.joined(*finder, sign=" ")
    right = " or ".join(claim.corrected.names) if claim.corrected else ""
    yield "Right is", right or BLANK


OWN = ("Your note", "You said")
"""The head's own on a card: it stays with them."""


def _of_body(card: Card, landscape: Landscape) -> Iterator[Fact]:
    facts = {label: text for label, text in card.facts if label not in OWN}
    shown = ("Status", "Area", "Address", "Type", "Size", "Board", "Website")
    said = (f"{label.lower()} {facts[label]}" for label in shown if facts.get(label))
    told = wording.joined(card.title, *said, sign="; ")
    yield "Navigator says", wording.joined(told, facts.get("Why", ""), sign=". ")
    table = TABLES.get(card.key.kind, "")
    row = card.title if card.key.kind == "diocese" else card.key.name
    yield "Row", f"{row} in {table}" if table else ""
    info = landscape.register
    register = f"{wording.REGISTER_SOURCE}: {info.name}, {wording.day(info.day)}"
    source = wording.first_source(facts.get("Source", ""))
    yield "Source", source or (register if card.urn else "")
    yield "Checked", facts.get("Checked", "")
    closed = any(c.says == "closed" and c.about == card.key for c in landscape.record.corrections)
    yield "Right is", "it has closed" if closed else BLANK
