"""Landscapes as lines of JSON, thousands at a time: the lines of `contract.landscape_json`, sooner.

What comes again in other landscapes (a claim but for its distances, a school nearby, the bodies of
an authority) is written once and put in.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple

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

_COMMA = ", "
"""What stands before each part, claim and school nearby but the first."""

_Written = tuple[str, list[tuple[int, str]]]
"""A claim's JSON up to the first distance; of each which it is, and the text behind it."""


def _closed(at: Landscape) -> tuple[str, ...]:
    """The bodies of which the head said that they have closed."""
    return tuple([c.about for c in at.record.corrections if c.says == "closed"])


class _Run(NamedTuple):
    """Parts that stand beside each other. `alike` gives what decides what they say (a noun by its
    id): landscapes of which that is the same are told the same. It is None where each has its
    own."""

    names: tuple[str, ...]
    alike: Callable[[Landscape], Hashable] | None = None


_RUNS = (
    _Run(
        ("schema", "as_at", "register", "notices"),
        lambda at: (at.as_at, id(at.register), at.notices),
    ),
    _Run(("school",)),
    _Run(("hubs",)),
    _Run(("trust", "trust_note"), lambda at: (id(at.trust), at.trust_note)),
    _Run(("authority", "diocese"), lambda at: (id(at.authority), id(at.diocese))),
    _Run(
        ("networks", "associations"),
        lambda at: (at.named_networks, id(at.networks), id(at.associations), _closed(at)),
    ),
    _Run(
        ("partnerships", "near_partnerships"),
        lambda at: (id(at.partnerships), id(at.near_partnerships), _closed(at)),
    ),
    _Run(("nearby",)),
    _Run(
        ("nearby_note", "workspace"),
        lambda at: (at.nearby_note, at.record.marks(*at.keys), at.own_networks),
    ),
)
"""The parts of `contract.PARTS`, in their order."""


class LandscapeLines:
    """Keep one for a batch of landscapes, all of one register and directory."""

    def __init__(self) -> None:
        self._runs: Remembered[tuple[str, Hashable], tuple[Landscape, str]] = Remembered()
        self._claims: Remembered[int, tuple[HubClaim, _Written]] = Remembered()
        self._schools: Remembered[int, tuple[object, str]] = Remembered()
        self._shares: Remembered[int, tuple[object, str]] = Remembered()

    def line(self, sketch: Sketch) -> str:
        """One landscape as one line of JSON."""
        landscape = sketch.landscape
        pieces: list[str] = []  # joined once, for a line is long
        for names, alike in _RUNS:
            if alike is not None:
                key = names[0], alike(landscape)
                held = self._runs.get(key)
                if held is None:
                    held = self._runs.keep(key, (landscape, _run(names, landscape)))
                pieces.append(held[1])
            elif names == ("hubs",):
                pieces += f'{_COMMA}"hubs": [', *self._hubs(sketch.claims), "]"
            elif names == ("nearby",):
                pieces += f'{_COMMA}"nearby": [', *self._nearby(sketch.nearby), "]"
            else:
                pieces.append(_run(names, landscape))
        pieces[0] = "{" + pieces[0].removeprefix(_COMMA)
        pieces.append("}")
        return "".join(pieces)

    def _hubs(self, claims: Iterable[ToldClaim]) -> list[str]:
        pieces: list[str] = []
        for told in claims:
            alike, far = told
            held = self._claims.get(id(alike))
            if held is None:
                if far is None:
                    pieces += _COMMA, json_text(claim_dict(alike))
                    continue
                held = self._claims.keep(id(alike), (alike, _written(told)))
            text, gaps = held[1]
            pieces += _COMMA, text
            if far:
                for number, behind in gaps:
                    pieces += km_text(far[number]), behind
        return pieces[1:]

    def _nearby(self, nearby: ToldNearby) -> list[str]:
        schools, shares = self._schools, self._shares
        pieces: list[str] = []
        for (school, km), sharing in zip(nearby.schools, nearby.shared, strict=True):
            begins, ends = schools.get(id(school)), shares.get(id(sharing))
            if begins is None:
                text = f'{json_text(near_school(school))[:-1]}, "distance_km": '
                begins = schools.keep(id(school), (school, text))
            if ends is None:
                text = f", {json_text(near_shares(sharing))[1:]}"
                ends = shares.keep(id(sharing), (sharing, text))
            pieces += _COMMA, begins[1], km_text(km), ends[1]
        return pieces[1:]


def _run(names: Iterable[str], at: Landscape) -> str:
    """Parts of a landscape's JSON beside each other, with a comma before each."""
    return _COMMA + json_text({name: PARTS[name](at) for name in names})[1:-1]


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
