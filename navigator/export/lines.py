"""Landscapes as lines of JSON, thousands at a time: the lines of `contract.landscape_json`, sooner.

What comes again in other landscapes (a claim but for its distances, a school nearby, the bodies of
an authority) is written once and put in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from navigator.core.model import HubClaim, Landscape, NearbySchool
from navigator.export.alike import REMEMBERED, MadeOfClaims
from navigator.export.contract import (
    PARTS,
    Json,
    claim_dict,
    json_text,
    km,
    near_school,
    near_shares,
)

_GAP = "\0"
"""Stands in a text for a distance. No text has one: they are cleaned of it when they are read."""

_GAP_TEXT = json_text(_GAP)

_MADE_OF: dict[str, Callable[[Landscape], tuple[object, ...]]] = {
    "register": lambda at: (at.register,),
    "trust": lambda at: (at.trust.trust, at.trust.schools_in_la) if at.trust else (),
    "authority": lambda at: (at.authority,),
    "diocese": lambda at: (at.diocese,),
    "networks": lambda at: (*at.named_networks, *at.networks),
    "associations": lambda at: (at.associations,),
    "partnerships": lambda at: (at.partnerships,),
    "near_partnerships": lambda at: (at.near_partnerships,),
}
"""The parts that come again whole, and the nouns that they are made of: the very same ones for all
schools of a place."""

_SAID: dict[str, Callable[[Landscape], object]] = {
    "schema": lambda _: None,
    "as_at": lambda at: at.as_at,
    "notices": lambda at: at.notices,
    "trust_note": lambda at: at.trust_note,
    "nearby_note": lambda at: at.nearby_note,
}
"""The parts that many schools have alike, and what they say."""


class LandscapeLines:
    """Keep one for a batch of landscapes, all of one register and directory."""

    def __init__(self) -> None:
        self._claims = MadeOfClaims(_form, _filled)
        self._written: dict[object, tuple[object, str]] = {}
        self._parts = [
            (name, f"{', ' if n else '{'}{json_text(name)}: ", part)
            for n, (name, part) in enumerate(PARTS.items())
        ]

    def line(self, landscape: Landscape) -> str:
        """One landscape as one line of JSON."""
        corrections = landscape.record.corrections
        closed = tuple([c.about for c in corrections if c.says == "closed"])
        told = []
        for name, begins, part in self._parts:
            told.append(begins)
            if name == "hubs":
                told.append(_array(map(self._claims.of, landscape.hubs)))
            elif name == "nearby":
                told.append(_array(map(self._near, landscape.nearby)))
            elif name in _SAID:
                said = name, _SAID[name](landscape)
                held = self._written.get(said)
                told.append(held[1] if held else self._keep(said, None, part(landscape)))
            elif name in _MADE_OF:
                nouns = _MADE_OF[name](landscape)
                key = name, closed, *map(id, nouns)
                held = self._written.get(key)
                told.append(held[1] if held else self._keep(key, nouns, part(landscape)))
            else:
                told.append(json_text(part(landscape)))
        told.append("}")
        return "".join(told)

    def _near(self, near: NearbySchool) -> str:
        school = self._written.get(id(near.school))
        shares = self._written.get(id(near.sharing))
        begins = school[1] if school else self._keep_near(near.school, near_school(near))
        ends = shares[1] if shares else self._keep_near(near.sharing, near_shares(near))
        return f'{{{begins}, "distance_km": {_km_text(near.distance_km)}, {ends}}}'

    def _keep_near(self, noun: object, told: Json) -> str:
        return self._keep(id(noun), noun, told, within=True)

    def _keep(self, key: object, nouns: object, told: object, *, within: bool = False) -> str:
        """The text of what is told, kept with the nouns whose ids are its key; `within` brackets
        that are written elsewhere."""
        text = json_text(told)
        if within:
            text = text[1:-1]
        if len(self._written) >= REMEMBERED:
            self._written.clear()
        self._written[key] = nouns, text
        return text


def _array(texts: Iterator[str]) -> str:
    return f"[{', '.join(texts)}]"


def _km_text(far: float | None) -> str:
    return "null" if far is None else repr(km(far))


# --- claims: a text with gaps for the distances ---


def _form(claim: HubClaim) -> list[str]:
    """A claim's JSON around its distances."""
    told = claim_dict(claim)
    for part in _measured_parts(told):
        part["distance_km"] = _GAP
    return json_text(told).split(_GAP_TEXT)


def _measured_parts(told: Json) -> Iterator[Json]:
    """What of a claim's JSON is told with a distance, in the order of the text."""
    yield told
    if told["nearest"]:
        yield told["nearest"]
    yield from told["alternatives"]
    if told["published"]:
        yield from _measured_parts(told["published"])


def _distances(claim: HubClaim) -> Iterator[float | None]:
    """The distances of `_measured_parts`."""
    yield claim.hub.distance_km if claim.hub else None
    for at in (claim.nearest, *claim.alternatives):
        if at:
            yield at.distance_km
    if claim.published:
        yield from _distances(claim.published)


def _filled(form: list[str], claim: HubClaim) -> str:
    told = [form[0]]
    for text, far in zip(form[1:], _distances(claim), strict=True):
        told += _km_text(far), text
    return "".join(told)
