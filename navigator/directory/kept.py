"""What was read of the facts, kept in one file: reading all tables anew is a tenth of a start.

It is taken only while every file that was read, and the code that read it, is as it was then (name,
size, time of the last change); else, or where the file is damaged, the tables are read. It can be
deleted at any time. Only the nouns named here can come out of it, whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from navigator import __version__
from navigator.core import church, model
from navigator.core.church import Diocese
from navigator.core.model import Authority, Hub, Neighbour, Network, Partnership, Programme
from navigator.directory import places
from navigator.directory.places import District, Former, PlacesTold
from navigator.storage import kept as kept_file
from navigator.storage.kept import states_in

T = TypeVar("T")

FILE = "facts-as-read"
"""Its name in the data folder."""

_CODE = tuple(Path(__file__).parents[1] / name for name in ("core", "directory"))

BODIES: Mapping[str, type] = {
    "networks": Network,
    "partnerships": Partnership,
    "dioceses": Diocese,
}
"""The tables of bodies, and what each of their rows is."""

Neighbours = Mapping[str, str]
"""Statistical neighbours by the code of an authority, a line each of its fields with tabs between:
a landscape asks for one authority's, and as nouns they would take as much memory as all hubs."""


class KeptFacts(NamedTuple):
    """What a directory knows once all its registries, hubs, places and bodies are read."""

    checked: date
    programmes: tuple[Programme, ...]
    orders: Mapping[str, tuple[str, ...]]
    hubs: Mapping[str, tuple[Hub, ...]]
    listed: Mapping[str, tuple[Hub, ...]]
    """Those of the hubs that are of the head's lists."""
    places: PlacesTold
    bodies: Mapping[str, tuple[Any, ...]]
    """By the names of `BODIES`."""
    neighbours: Neighbours


class KeptBodies(Generic[T]):
    """The bodies of one table as they were read before."""

    def __init__(self, every: tuple[T, ...]) -> None:
        self.every = every

    def where(self, column: str, words: Iterable[str]) -> list[T]:
        """As `BodyTable.where`, of a column that is a field of theirs."""
        told = [(getattr(body, column), body) for body in self.every]
        lists = [((said,) if isinstance(said, str) else said, body) for said, body in told]
        return list(dict.fromkeys(b for word in words for said, b in lists if word in said))


_NOUNS = {
    model.__name__: ("Area", "Count", "Hub", "Programme", "Authority", "Network", "Partnership"),
    places.__name__: ("District", "Former", "PlacesTold"),
    church.__name__: ("Diocese",),
}


def load(kept_in: Path, state: bytes) -> KeptFacts | None:
    """What was read of folders in this state; None where it isn't kept, or they were in another."""
    # Whatever it holds: a copy that can't be used is no fault of the user's, and the tables are
    # there.
    with suppress(Exception):
        kept = KeptFacts(*kept_file.load(kept_in / FILE, state, _NOUNS))
        return kept if _has_its_shape(kept) else None
    return None


def _has_its_shape(kept: KeptFacts) -> bool:
    """Whether it holds nouns where they belong; what each of them says, its sum vouches for."""
    groups: list[tuple[tuple[Any, ...], type]] = [(kept.programmes, Programme)]
    groups += [(hubs, Hub) for told in (kept.hubs, kept.listed) for hubs in told.values()]
    groups += [(kept.bodies[name], kind) for name, kind in BODIES.items()]
    where = kept.places
    return (
        isinstance(kept.checked, date)
        and all(isinstance(told, dict) for told in (kept.orders, kept.hubs, kept.listed))
        and all(isinstance(ids, tuple) for ids in kept.orders.values())
        and all(programme.id in kept.hubs for programme in kept.programmes)
        and all(isinstance(nouns, tuple) for nouns, _ in groups)
        and all(isinstance(noun, kind) for nouns, kind in groups for noun in nouns)
        and isinstance(where, PlacesTold)
        and all(isinstance(told, list if told is where.former else dict) for told in where)
        and all(isinstance(authority, Authority) for authority in where.authorities.values())
        and all(isinstance(district, District) for district in where.districts.values())
        and all(isinstance(former, Former) for former in where.former)
        and isinstance(kept.neighbours, dict)
        and all(isinstance(ten, str) for ten in kept.neighbours.values())
    )


def neighbours_told(found: Iterable[Neighbour]) -> str:
    """Neighbours as the text that `neighbours_of` reads back."""
    return "\n".join("\t".join(" ".join(str(part).split()) for part in n) for n in found)


def neighbours_of(told: str) -> tuple[Neighbour, ...]:
    """Neighbours out of their text, in its order."""
    parts = (line.split("\t") for line in told.split("\n") if line)
    return tuple(Neighbour(code, name, int(rank), near) for code, name, rank, near in parts)


def save(kept_in: Path, kept: KeptFacts, state: bytes) -> None:
    """Write what `load` reads: what was read since folders were in a state. Raises OSError."""
    from navigator.storage.once import HeldOnce

    kept_file.save(kept_in / FILE, state, HeldOnce()(tuple(kept)))


def state_of(*folders: Path | None) -> bytes:
    """The state of all that is read of folders of facts, and of what reads it.

    Ask it before they are read: what changes meanwhile is then read anew at the next start.
    """
    told = [f"Navigator {__version__}: facts as they were read; safe to delete"]
    for folder in (*_CODE, *folders):
        told.append(str(folder))
        told += sorted(states_in(folder)) if folder else []
    return "\n".join((*told, "", "")).encode("utf-8", "surrogateescape")
