"""What is wrong with a hub's lead school, as a register has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from navigator.core.model import Hub, Programme
from navigator.directory.facts import Directory


class LeadFound(NamedTuple):
    """A lead school in a register: its names, whether it is open, and where it isn't the open
    schools that followed it, as (URN, name). A URN newer than the register counts as open there,
    under the name of the school before it."""

    names: tuple[str, ...]
    is_open: bool
    followers: tuple[tuple[int, str], ...] = ()


LeadKnown = Callable[[int], LeadFound | None]
"""A URN -> its school in a register; None for one that the register doesn't know."""


class LeadFault(NamedTuple):
    """A row of a programme that runs, whose lead school isn't as the row says."""

    programme: Programme
    hub: Hub
    problem: str


_COMMON = """
a academies academy and c ce catholic childrens church college cofe community e england first for
free girls boys high infant infants junior nursery of primary rc roman saint school schools
secondary sixth form special st sts the trust university
"""
"""What most schools are called: it doesn't tell one from another."""


def problem(hub: Hub, urn: int, found: LeadFound | None, register_name: str, day: date) -> str:
    """What is wrong with one of a hub's leads in a register on a day; "" for nothing."""
    if found is None:
        return f"{urn} isn't in {register_name}; look the school up by its name"
    if hub.lead_name and not any(alike(hub.lead_name, name) for name in found.names):
        return (
            f"{urn} is {found.names[0]} in {register_name}, not “{hub.lead_name}”; mend the number "
            "or the name"
        )
    if found.is_open or (hub.valid_to and hub.valid_to < day):  # one that is over may close
        return ""
    if found.followers:
        new = " or ".join(f"{urn} {name}" for urn, name in found.followers)
        return f"{urn} is closed in {register_name}; {new} followed it: write that number"
    return (
        f"{urn} is closed in {register_name} and no successor is open; find out who leads the hub "
        "now, or end it with valid_to"
    )


def faults(directory: Directory, known: LeadKnown, name: str, day: date) -> Iterator[LeadFault]:
    """The rows in force on a day whose leads fail in a register of that name."""
    for programme in directory.programmes:
        if not programme.runs_on(day):
            continue
        for hub in directory.hubs(programme.id):
            for urn in hub.lead_urns if hub.in_force(day) else ():
                if said := problem(hub, urn, known(urn), name, day):
                    yield LeadFault(programme, hub, said)


def alike(one: str, other: str) -> bool:
    """Whether two names may be one school's: they share a word that isn't a common one, or neither
    has any other."""
    first, second = _words(one), _words(other)
    return bool(first & second) or not (first and second)


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", re.sub("['’.]", "", name.casefold()))) - set(_COMMON.split())
