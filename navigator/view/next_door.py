"""Next door: the nearest schools of a school's phase, what they share with it, and its past."""

from __future__ import annotations

from collections.abc import Iterable

from navigator.core import wording
from navigator.core.landscape import Claim, Landscape, NearbySchool
from navigator.core.model import Programme, SchoolLink
from navigator.core.wording import Units
from navigator.view import cards
from navigator.view.parts import some
from navigator.view.sections import Entry, Section

SHARING = "Who shares what"

NAMED = 3
"""As many of the nearest schools are named where room is short."""


def panel(landscape: Landscape, units: Units) -> Iterable[Section]:
    """The nearest schools as lines of one panel, then the school's past."""
    nearest, *others = sections(landscape, units)
    number = len(nearest.entries)
    said = "; ".join(
        entry.text.replace(f" of these {number}", "")
        for section in others
        if section.title == SHARING
        for entry in section.entries
    )
    rows = tuple(
        entry._replace(detail=near.trust or ("council" if near.school.is_maintained else ""))
        for entry, near in zip(nearest.entries, landscape.nearby, strict=True)
    )
    # The signs are told before they are used.
    summary = f"Of these {number}: {said}." if said else ""
    yield nearest._replace(entries=rows, after=summary, lead=nearest.after)
    yield from (section for section in others if section.title != SHARING)


def briefly(landscape: Landscape, units: Units) -> Iterable[Section]:
    """The nearest few by name, what is shared in one line, and the school's past."""
    nearest, *others = sections(landscape, units)
    if nearest.entries:
        names = ", ".join(f"{e.text} {e.right}" for e in nearest.entries[:NAMED])
        more = wording.and_more(len(nearest.entries) - NAMED)
        told = Entry(wording.joined(f"{names} {nearest.unit}", more, sign=", "), nearest.title)
        nearest = Section("", (told,))
    yield nearest._replace(title="")
    for section in others:
        parts = (wording.joined(e.label.lower(), e.text, sign=" ") for e in section.entries)
        yield from some("", (Entry(said, section.title) for said in ("; ".join(parts),) if said))


def sections(landscape: Landscape, units: Units) -> Iterable[Section]:
    """The nearest schools as a table, how many of them share what, and the school's past."""
    near, names = landscape.nearby, mark_names(landscape)
    signs = ", ".join(f"{mark} {name}" for mark, name in names.items())
    yield Section(
        f"Nearest {wording.schools_of(landscape.school.phase)}",
        tuple(nearby_entry(n, landscape, units) for n in near),
        landscape.nearby_note or "None found on this register.",
        after=f"{wording.SHARE_LEGEND} · {signs}" if near else "",
        legend=tuple(names) if near else (),
        unit=wording.unit(units) if near else "",
    )
    if near:
        yield Section(SHARING, tuple(_sharing(landscape)))
    links = [("Was", link) for link in landscape.predecessors]
    links += [("Became", link) for link in landscape.successors]
    yield from some("History", (_link_entry(word, link) for word, link in links))


def mark_names(landscape: Landscape) -> dict[str, str]:
    """What each letter over the marks of nearby schools stands for, in their order."""
    names = {p.mark: p.name for p in _compared(landscape)}
    names |= {"A": "academy trust", "L": "local authority"}
    return names | ({"N": "network of yours"} if landscape.own_networks else {})


def nearby_entry(near: NearbySchool, landscape: Landscape, units: Units) -> Entry:
    """A row of the table of nearby schools."""
    shared = [(p.mark, p.id) for p in _compared(landscape)] + [("A", "trust"), ("L", "la")]
    if landscape.own_networks:
        shared.append(("N", "own-network"))
    return Entry(
        near.school.name,
        right=wording.length(near.distance_km, units).split()[0],
        detail=wording.school_line(near.school),
        marks=tuple((mark, near.sharing[name]) for mark, name in shared),
        card=cards.nearby_card(near, landscape, units),
    )


def _compared(landscape: Landscape) -> list[Programme]:
    """The programmes for which who shares a hub is told."""
    if not landscape.nearby:
        return []
    told = landscape.nearby[0].sharing
    return [c.programme for c in landscape.hubs if c.programme.mark and c.programme.id in told]


def _sharing(landscape: Landscape) -> Iterable[Entry]:
    near = landscape.nearby
    told = {
        f"share your {c.programme.name}": [n.sharing.get(c.programme.id) for n in near]
        for c in landscape.hubs
        if c.programme.mark and c.claim in (Claim.DESIGNATED, Claim.NAMES_AREA)
    }
    if landscape.trust:
        told["share your trust"] = [n.sharing["trust"] for n in near]
    for network in landscape.own_networks:
        told[f"are in {network.name}"] = [n.school.urn in network.urns for n in near]
    for words, same in told.items():
        unsure = same.count(None)
        said = f"{same.count(True)} of these {len(near)} {words}"
        yield Entry(wording.joined(said, f"not sure of {unsure}" if unsure else ""), quiet=True)


def _link_entry(word: str, link: SchoolLink) -> Entry:
    return Entry(
        f"{link.name or 'name not on the register'} (URN {link.urn})",
        word,
        right=wording.short_day(link.date),
        detail=link.kind.lower(),
        card=cards.link_card(link),
        quiet=True,
    )
