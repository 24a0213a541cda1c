"""The area partnerships of an authority, of those beside it and of its statistical neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from navigator.core.landscape import PartnershipHere

if TYPE_CHECKING:
    from navigator.core.church import Church
    from navigator.directory import Directory
    from navigator.register import Register

AREA = "area partnership"
"""The tier shown of other areas: a board of another council is no offer to schools elsewhere."""


def of_area(
    directory: Directory, code: str, churches: tuple[Church, ...] | None = None
) -> tuple[PartnershipHere, ...]:
    """Those of the authority itself, then of its statistical neighbours, the most alike first; for
    a school of `churches` without those of another church."""
    own = [PartnershipHere(p, "own") for p in directory.partnerships(code, churches)]
    seen = {here.partnership.id for here in own}
    similar = []
    for neighbour in directory.neighbours(code):
        for p in directory.partnerships(neighbour.code, churches):
            if p.tier == AREA and p.id not in seen:
                seen.add(p.id)
                similar.append(PartnershipHere(p, "similar", neighbour))
    return (*own, *similar)


def of_adjoining(
    directory: Directory,
    register: Register,
    code: str,
    churches: tuple[Church, ...] | None = None,
) -> tuple[PartnershipHere, ...]:
    """Those of the authorities that have schools beside its own."""
    own = {p.id for p in directory.partnerships(code, churches)}
    near: dict[str, PartnershipHere] = {}
    for other in register.adjoining(code):
        authority = directory.authority(other)
        for p in directory.partnerships(other, churches) if authority else ():
            if authority and p.tier == AREA and p.id not in own:
                near.setdefault(p.id, PartnershipHere(p, "near", None, authority.name))
    return tuple(near.values())
