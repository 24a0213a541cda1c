"""What newer facts change: for a school in a head's words, and table by table in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from navigator.core import wording
from navigator.core.landscape import Claim, HubClaim, Landscape
from navigator.core.model import Hub
from navigator.directory import Directory


def for_school(before: Landscape, after: Landscape) -> list[str]:
    """ "your English Hub: Old Hub is now New Hub": a line for each body that is another."""
    was = {claim.programme.id: claim for claim in before.hubs}
    now = {claim.programme.id: claim for claim in after.hubs}
    lines = [_hub(was.get(id), now.get(id)) for id in {**was, **now}]
    bodies = (
        ("heads' network", (n.name for n in before.networks), (n.name for n in after.networks)),
        ("area's partnership", _partnerships(before), _partnerships(after)),
    )
    for what, old, new in bodies:
        lines += _bodies(what, list(old), list(new))
    return [line for line in lines if line]


def _partnerships(landscape: Landscape) -> Iterator[str]:
    return (here.partnership.name for here in landscape.partnerships if here.distance == "own")


def _hub(was: HubClaim | None, now: HubClaim | None) -> str:
    claim = now or was
    if claim is None or not (claim.serves or claim.corrected):
        return ""
    told = f"your {claim.programme.name}"
    if was is None:
        return f"{told}: a programme that wasn't known, {_said(now)}"
    if now is None:
        return f"{told}: no longer among the facts, was {_said(was)}"
    old, new = _names(was), _names(now)
    if old != new or was.claim is not now.claim:
        return f"{told}: {_said(was)} is now {_said(now)}"
    changed = [what for what, one, other in _details(was, now) if one != other]
    return f"{told}: {_said(now)}, with another {' and '.join(changed)}" if changed else ""


def _details(was: HubClaim, now: HubClaim) -> Iterator[tuple[str, object, object]]:
    for old, new in zip(was.put_forward[:1], now.put_forward[:1], strict=False):
        yield "lead school", old.hub.lead_urns, new.hub.lead_urns
        yield "website", old.hub.website, new.hub.website


def _names(claim: HubClaim) -> tuple[str, ...]:
    return tuple(sorted(at.hub.name for at in claim.put_forward))


def _said(claim: HubClaim | None) -> str:
    if claim is None:
        return ""
    if claim.claim is Claim.ENDED:
        return "ended"
    names = " or ".join(_names(claim)) or "none found"
    return f"{names} ({wording.claim_words(claim.claim, claim.programme).lower()})"


def _bodies(what: str, before: Iterable[str], after: Iterable[str]) -> Iterator[str]:
    old, new = set(before), set(after)
    yield from (f"your {what}: {name} is new" for name in sorted(new - old))
    yield from (f"your {what}: {name} is no longer listed" for name in sorted(old - new))


def by_table(before: Directory, after: Directory, day: date) -> list[str]:
    """ "English Hub: 2 hubs new, 1 gone": a line for each programme whose table differs."""
    known = {p.id for p in before.programmes}
    lines = []
    for programme in after.programmes:
        if programme.id not in known:
            lines.append(f"{programme.name}: a programme more")
            continue
        old, new = (_in_force(side.hubs(programme.id), day) for side in (before, after))
        told = (
            (len(new.keys() - old.keys()), "new"),
            (len(old.keys() - new.keys()), "gone"),
            (sum(new[id] != old[id] for id in new.keys() & old.keys()), "changed"),
        )
        said = ", ".join(f"{number} {what}" for number, what in told if number)
        lines += [f"{programme.name}: {said}"] if said else []
    gone = known - {p.id for p in after.programmes}
    lines += [f"{p.name}: no longer among the facts" for p in before.programmes if p.id in gone]
    return lines


def _in_force(hubs: Iterable[Hub], day: date) -> dict[str, list[Hub]]:
    """The rows of hubs in force, by the hub's id."""
    rows: dict[str, list[Hub]] = {}
    for hub in hubs:
        if hub.in_force(day):
            rows.setdefault(hub.id, []).append(hub)
    return rows
