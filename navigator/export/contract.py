"""The JSON of `navigator show --json` and `navigator find --json`.

Other programs hold on to it: `schema` is 1, keys only get added, never renamed or removed
(docs/json.md lists them). Distances are kilometres to the metre, dates are ISO 8601.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from navigator.core import cleaning, grid
from navigator.core.church import DioceseHere
from navigator.core.keys import Key
from navigator.core.landscape import (
    HubAtDistance,
    HubClaim,
    Landscape,
    NearbySchool,
    PartnershipHere,
)
from navigator.core.model import Hub, Network, RegisterInfo, School, SchoolLink
from navigator.core.postcodes import NearTo
from navigator.core.reach import Reach
from navigator.core.record import Correction

if TYPE_CHECKING:
    from navigator.domain.index import Listed

Json = dict[str, Any]

SCHEMA = 1
"""Of the contract: keys only get added."""


def landscape_json(landscape: Landscape) -> str:
    """One landscape as one line of JSON."""
    return one_line(as_dict(landscape))


def school_json(
    school: School,
    successors: tuple[SchoolLink, ...],
    predecessors: tuple[SchoolLink, ...],
    near_to: NearTo | None = None,
) -> str:
    """One school, as `find --json` prints it: one line of JSON. `near_to` is what it is near to."""
    where = {
        "nearest_to": near_to.used if near_to else None,
        "distance_km": km(grid.between(near_to, school)) if near_to else None,
    }
    return one_line(_school(school, successors, predecessors) | where)


def body_json(body: Listed) -> str:
    """One body that is no school, as `find --kind --json` prints it: one line of JSON."""
    told = picked(body, "key", "name", "said")
    size = body.size if body.of is None else None
    return one_line({"kind": body.key.kind, **told, "schools": size})


def as_dict(landscape: Landscape) -> Json:
    return {name: part(landscape) for name, part in PARTS.items()}


def register_dict(info: RegisterInfo) -> Json:
    """The register in use, as the head of every JSON tells it."""
    return {
        "name": info.name,
        "date": info.day.isoformat(),
        "schools": info.schools,
        "sample": info.sample,
    }


def headed(told: str, info: RegisterInfo) -> str:
    """A line of JSON with the head that each line has: the number of the contract, the register."""
    return f"{one_line({'schema': SCHEMA, 'register': register_dict(info)})[:-1]}, {told[1:]}"


def _networks(landscape: Landscape) -> list[Json]:
    return [
        *(_set_network(c, name) for c in landscape.named_networks for name in c.names),
        *(_network(n, landscape) for n in landscape.networks),
    ]


def _workspace(landscape: Landscape) -> Json:
    marks = landscape.record.marks(*landscape.keys)
    # How many notes and no more: what they say leaves the computer only when asked by name.
    return {
        "bookmarked": bool(marks.star),
        "notes": marks.notes,
        "networks": [
            {"id": n.id, "name": n.name, "schools": len(n.urns)} for n in landscape.own_networks
        ],
    }


def _near(n: NearbySchool) -> Json:
    return {**near_school(n.school), "distance_km": km(n.distance_km), **near_shares(n.sharing)}


def near_school(school: School) -> Json:
    return picked(school, "urn", "name", "phase")


def near_shares(sharing: Mapping[str, bool | None]) -> Json:
    return {"shares": [what for what, same in sharing.items() if same], "sharing": dict(sharing)}


def _school(
    s: School, successors: tuple[SchoolLink, ...], predecessors: tuple[SchoolLink, ...]
) -> Json:
    latitude, longitude = s.degrees
    return {
        "urn": s.urn,
        "name": s.name,
        "status": s.status,
        "phase": s.phase,
        "type": s.type,
        "type_group": s.type_group,
        "la": {"code": s.la_code, "name": s.la_name},
        "district": {"code": s.district_code, "name": s.district_name},
        "region": s.region,
        "postcode": s.postcode,
        "town": s.town,
        "latitude": latitude,
        "longitude": longitude,
        "pupils": s.pupils,
        "opened": _day(s.opened),
        "closed": _day(s.closed),
        "successors": [link.urn for link in successors],
        "predecessors": [link.urn for link in predecessors],
        "website": cleaning.link(s.website),
        "telephone": s.telephone,
        "religious_character": s.religious_character,
        "diocese": s.diocese,
        "position_day": _day(s.position_day),
    }


def claim_dict(c: HubClaim) -> Json:
    return {
        "programme": c.programme.id,
        "programme_name": c.programme.name,
        "claim": c.claim.value,
        "hub": _name(c.hub.hub) if c.hub else None,
        "lead_schools": _leads(c.hub) if c.hub else [],
        "distance_km": km(c.hub.distance_km) if c.hub else None,
        "nearest": _hub(c.nearest) if c.nearest else None,
        "alternatives": [_hub(a) for a in c.alternatives],
        "valid_from": _day(c.valid_from),
        "valid_to": _day(c.valid_to),
        "valid_from_said": c.from_said or _day(c.valid_from),
        "valid_to_said": c.to_said or _day(c.valid_to),
        "replaced_by": c.programme.replaced_by or None,
        "followed_by": c.followed_by,
        "source": c.source,
        "as_of": _day(c.as_of),
        "confidence": c.confidence,
        "website": cleaning.link(c.website),
        "note": c.note,
        "why": c.why,
        "finder": {"name": c.programme.finder, "url": c.programme.finder_url},
        "serves": c.serves,
        "applied": c.applied,
        "named": c.named,
        "counted": c.counted.hubs if c.counted else None,
        "published": claim_dict(c.published) if c.published else None,
        "need": c.programme.need,
        "reach": _reach(c.reach),
    }


def _hub(at: HubAtDistance) -> Json:
    hub: Hub = at.hub
    return {
        "hub": _name(hub),
        "lead_schools": _leads(at),
        "distance_km": km(at.distance_km),
        "source": hub.source,
        "as_of": hub.as_of.isoformat(),
        "confidence": hub.confidence,
        "website": cleaning.link(hub.website),
        "reach": _reach(at.reach),
    }


def _reach(reach: Reach | None) -> Json | None:
    return picked(reach, "website", "telephone", "of") if reach else None


def _name(hub: Hub) -> str:
    return "" if hub.nameless else hub.name


def _leads(at: HubAtDistance) -> list[Json]:
    return [picked(lead, "urn", "name") for lead in at.leads]


def _trust(landscape: Landscape) -> Json | None:
    here = landscape.trust
    # The contract knows MAT and SAT; a foundation trust's schools stay maintained.
    if here is None or here.trust.kind == "foundation":
        return None
    return {
        **picked(here.trust, "uid", "name", "kind", "size", "size_band"),
        "schools_in_la": here.schools_in_la,
        "spread_km": km(here.trust.spread_km),
        "status": here.trust.status,
        "closed": _day(here.trust.closed),
        "formerly": list(here.trust.formerly),
        "reach": _reach(here.reach),
    }


def _authority(landscape: Landscape) -> Json | None:
    here = landscape.authority
    if here is None:
        return None
    return {
        **picked(here.authority, "code", "name", "region"),
        **picked(here, "schools", "maintained"),
        "neighbours": [picked(n, "code", "name", "rank", "closeness") for n in here.neighbours],
        "reach": _reach(here.reach),
    }


def _diocese(here: DioceseHere | None) -> Json | None:
    """The church and the name are "" where the register doesn't tell them."""
    if here is None:
        return None
    return {
        **picked(here, "church", "name"),
        "body": here.body or None,
        "reach": _reach(here.reach),
    }


def _network(n: Network, landscape: Landscape) -> Json:
    return {
        **picked(n, "id", "name", "kind"),
        "phase": ";".join(sorted(n.phases)),
        "website": cleaning.link(n.website),
        **picked(n, "status", "status_as_of", "source", "confidence"),
        "set_by_you": _closed(Key.of("network", n.id), landscape),
        "church": n.church,
        "reach": _reach(n.reach),
    }


def _set_network(correction: Correction, name: str) -> Json:
    return {
        "id": None,
        "name": name,
        "kind": "",
        "phase": "",
        "website": "",
        "status": "set-by-you",
        "status_as_of": _day(correction.day) or "",
        "source": "You",
        "confidence": "",
        "set_by_you": "network",
        "church": "",
        "reach": None,
    }


def _partnership(here: PartnershipHere, landscape: Landscape) -> Json:
    p = here.partnership
    return {
        **picked(p, "id", "name", "tier"),
        "website": cleaning.link(p.website),
        **picked(p, "status", "status_as_of"),
        "distance": here.distance,
        "similar_to": here.neighbour.code if here.neighbour else None,
        "authority": here.authority or (here.neighbour.name if here.neighbour else None),
        **picked(p, "source", "confidence"),
        "set_by_you": _closed(Key.of("partnership", p.id), landscape),
        "church": p.church,
        "reach": _reach(p.reach),
    }


def _closed(key: str, landscape: Landscape) -> str | None:
    """ "closed" where the head said so."""
    said = landscape.record.corrections
    return "closed" if any(c.says == "closed" and c.about == key for c in said) else None


PARTS: dict[str, Callable[[Landscape], Any]] = {
    "schema": lambda _: SCHEMA,
    "as_at": lambda at: at.as_at.isoformat(),
    "register": lambda at: register_dict(at.register),
    "notices": lambda at: list(at.notices),
    "school": lambda at: _school(at.school, at.successors, at.predecessors),
    "hubs": lambda at: [claim_dict(c) for c in at.hubs],
    "trust": _trust,
    "trust_note": lambda at: at.trust_note,
    "authority": _authority,
    "diocese": lambda at: _diocese(at.diocese),
    "networks": _networks,
    "associations": lambda at: [_network(n, at) for n in at.associations],
    "partnerships": lambda at: [_partnership(p, at) for p in at.partnerships],
    "near_partnerships": lambda at: [_partnership(p, at) for p in at.near_partnerships],
    "nearby": lambda at: [_near(n) for n in at.nearby],
    "nearby_note": lambda at: at.nearby_note,
    "workspace": _workspace,
}
"""The parts of a landscape's JSON, in order."""


def picked(of: object, *names: str) -> Json:
    """The attributes of those names, under them."""
    return {name: getattr(of, name) for name in names}


def km(far: float | None) -> float | None:
    """Kilometres to the metre."""
    return None if far is None else round(far, 3)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def one_line(value: Mapping[str, Any]) -> str:
    """One line of JSON; what a terminal might act on is written as \\u…."""
    return json_text(value)


_encoded = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def json_text(value: object) -> str:
    """A value, or a part of one, as `one_line` writes it."""
    return cleaning.escaped(_encoded(value))


def line(value: Mapping[str, Any]) -> bytes:
    """`one_line` with its end, as a file holds it."""
    return f"{one_line(value)}\n".encode("utf-8", errors="replace")
