"""An understood list as rows of a table of hubs: what is in doubt is an empty cell.

A hub with a doubt is of medium confidence: what is left of its row may not be all of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from navigator.domain.published.understood import ListedHub, UnderstoodList


def rows(found: UnderstoodList) -> Iterator[dict[str, str]]:
    """The rows to keep, in the columns of `directory.columns.HUBS`."""
    for hub in found.hubs:
        yield {
            "id": hub.id,
            "hub": hub.name or hub.lead_name,
            "lead_school": hub.lead_name,
            "lead_urns": str(hub.lead.urn) if hub.lead else "",
            "areas": ";".join(said.area.name for said in hub.areas),
            "area_kind": _kind(hub),
            "part": ";".join(f"{s.area.name}: {s.part}" for s in hub.areas if s.part),
            "region": _region(hub),
            "website": hub.website,
            "valid_from": hub.valid_from,
            "valid_to": hub.valid_to,
            "last_seen": hub.last_seen,
            "source": found.source,
            "as_of": found.day.isoformat(),
            "confidence": "medium" if hub.doubts else "high",
        }


def _kind(hub: ListedHub) -> str:
    kinds = {said.area.kind for said in hub.areas}
    if not kinds:
        return "national" if hub.national else "region" if hub.region else ""
    return "district" if "district" in kinds else "LA"


def _region(hub: ListedHub) -> str:
    """The region that the list says; else that of its lead school, which the register has."""
    if hub.region and not hub.national:
        return hub.region
    return hub.lead.region if hub.lead else ""
