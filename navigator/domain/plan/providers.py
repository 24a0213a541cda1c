"""Which activities have the same provider, however it was typed.

"Central Maths Hub", "the central maths hub" and the key of that hub are one. A name without its
kind ("Central") is that of the one hub of the plan that begins so; where there are two, it stays
apart, for nobody said which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from navigator.core.activity import Activity
from navigator.core.keys import Key

_KINDS = ("teaching school", "maths", "english", "computing", "music", "science", "language")


class _Named(NamedTuple):
    """A provider's name without its kind, and its kind ("maths hub"), "" for none."""

    base: str
    kind: str


def identifier(activities: Iterable[Activity]) -> Callable[[Activity], str]:
    """Gives what tells an activity's provider apart; "" for no provider."""
    kinds: dict[str, set[str]] = defaultdict(set)
    keys: dict[_Named, Key] = {}
    for a in activities:
        for named in _names(a.provider, a.provider_name):
            if named.kind:
                kinds[named.base].add(named.kind)
            if a.provider:
                keys.setdefault(named, a.provider)

    def told(a: Activity) -> str:
        if a.provider:
            return a.provider
        for named in _names(a.provider, a.provider_name):
            among = kinds.get(named.base, set())
            whole = named
            if not named.kind and len(among) == 1:
                whole = _Named(named.base, next(iter(among)))
            return keys.get(whole) or keys.get(named) or f"{whole.base} {whole.kind}".strip()
        return ""

    return told


@lru_cache(1024)  # a plan has few providers and many activities
def _names(provider: Key, name: str) -> tuple[_Named, ...]:
    """What a provider is called: by its key, and by its name."""
    programme, found = "", []
    if provider.kind == "hub":
        programme, hub = (part.replace("-", " ") for part in provider.programme_and_hub)
        if hub:
            found.append(_Named(hub, programme))
    if name:
        named = _named(name)
        found.append(named if named.kind or not programme else _Named(named.base, programme))
    return tuple(found)


def _named(name: str) -> _Named:
    text = name.casefold().replace("&", " and ")
    words = re.sub(r"[^\w]+", " ", text).split()
    text = " ".join(words[1:] if words[:1] == ["the"] else words)
    for kind in _KINDS:
        for whole in (f"{kind} hub", f"{kind} hubs"):
            if f" {text} ".find(f" {whole} ") >= 0:
                base = f" {text} ".replace(f" {whole} ", " ").strip()
                return _Named(base or text, f"{kind} hub")
    return _Named(text, "")
