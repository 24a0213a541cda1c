"""Landscapes as lines of JSON, thousands at a time: the lines of `contract.landscape_json`, sooner.

What comes again in other landscapes (a claim but for its distances, a school nearby, the bodies of
an authority) is written once and put in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from navigator.core.landscape import HubAtDistance, HubClaim, Landscape
from navigator.domain.landscapes import Sketch
from navigator.domain.told import ToldClaim, ToldNearby, numbers_of_hubs
from navigator.export.again import Remembered, km_text
from navigator.export.contract import (
    PARTS,
    Json,
    claim_dict,
    json_text,
    near_school,
    near_shares,
)

_GAP = "\0"
"""Stands in a text for a distance. No text has one: they are cleaned of it when they are read."""

_GAP_TEXT = json_text(_GAP)

_Written = tuple[str, list[tuple[int, str]]]
"""A claim's JSON up to the first distance; of each which it is, and the text behind it."""

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
        self._claims: Remembered[int, tuple[HubClaim, _Written]] = Remembered()
        self._written: Remembered[object, tuple[object, str]] = Remembered()
        self._schools: Remembered[int, tuple[object, str]] = Remembered()
        self._shares: Remembered[int, tuple[object, str]] = Remembered()
        self._parts = [
            (name, f"{', ' if n else '{'}{json_text(name)}: ", part)
            for n, (name, part) in enumerate(PARTS.items())
        ]

    def line(self, sketch: Sketch) -> str:
        """One landscape as one line of JSON."""
        landscape = sketch.landscape
        corrections = landscape.record.corrections
        closed = tuple([c.about for c in corrections if c.says == "closed"])
        told = []
        for name, begins, part in self._parts:
            told.append(begins)
            if name == "hubs":
                told.append(_array(map(self._claim, sketch.claims)))
            elif name == "nearby":
                told.append(_array(self._nearby(sketch.nearby)))
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

    def _claim(self, told: ToldClaim) -> str:
        if told.far is None:
            return json_text(claim_dict(told.alike))
        held = self._claims.get(id(told.alike))
        if held is None:
            held = self._claims.keep(id(told.alike), (told.alike, _written(told)))
        first, gaps = held[1]
        if not gaps:
            return first
        texts = [first]
        for number, text in gaps:
            texts += km_text(told.far[number]), text
        return "".join(texts)

    def _nearby(self, nearby: ToldNearby) -> Iterator[str]:
        schools, shares = self._schools, self._shares
        for (school, km), sharing in zip(nearby.schools, nearby.shared, strict=True):
            begins, ends = schools.get(id(school)), shares.get(id(sharing))
            if begins is None:
                told = f'{json_text(near_school(school))[:-1]}, "distance_km": '
                begins = schools.keep(id(school), (school, told))
            if ends is None:
                told = f", {json_text(near_shares(sharing))[1:]}"
                ends = shares.keep(id(sharing), (sharing, told))
            yield f"{begins[1]}{km_text(km)}{ends[1]}"

    def _keep(self, key: object, nouns: object, told: object) -> str:
        """The text of what is told, kept with the nouns whose ids are its key."""
        return self._written.keep(key, (nouns, json_text(told)))[1]


def _array(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"


# --- claims: a text with gaps for the distances ---


def _written(claim: ToldClaim) -> _Written:
    """A claim's JSON around its distances."""
    told, gaps = claim_dict(claim.alike), []
    numbers = numbers_of_hubs(claim)
    for part, at in _measured_parts(told, claim.alike):
        if at and id(at) in numbers:
            part["distance_km"] = _GAP
            gaps.append(numbers[id(at)])
    first, *texts = json_text(told).split(_GAP_TEXT)
    return first, list(zip(gaps, texts, strict=True))


def _measured_parts(told: Json, claim: HubClaim) -> Iterator[tuple[Json, HubAtDistance | None]]:
    """What of a claim's JSON has a distance, in the order of the text, and of which hub."""
    yield told, claim.hub
    if claim.nearest:
        yield told["nearest"], claim.nearest
    yield from zip(told["alternatives"], claim.alternatives, strict=True)
