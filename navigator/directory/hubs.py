"""A row of a programme's table: the hub it tells of, and the areas that it works in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, cast

from navigator.core.model import NAME_NOT_FOUND, Area, Confidence, Hub
from navigator.directory.columns import CONFIDENCES
from navigator.directory.places import Places, fold_place
from navigator.directory.read_places import advice
from navigator.directory.tables import TableRow

AreaPart = tuple[str, Literal["", "only", "except"], tuple[str, ...]]
"""Which part of an area in words, and the districts it is made of, or made without."""


def read_confidence(row: TableRow) -> Confidence:
    return cast(Confidence, row.choice("confidence", CONFIDENCES))


def read_hub(row: TableRow, programme: str, where: Places) -> Hub:
    urns = []
    for text in row.words("lead_urns"):
        if not text.isdecimal() or len(text) > 7:
            row.wrong("lead_urns", f"“{text}” is no URN")
        else:
            urns.append(int(text))
    if not row["as_of"]:
        row.wrong("as_of", "is empty; it is the day the row was checked")
    valid_from, valid_to = row.period("valid_from", "valid_to")
    name = row["hub"] or row["lead_school"]  # some hubs have no name of their own
    if not name:
        row.wrong("hub", "is empty, and no lead school is named either")
    if nameless := name == "?":
        name = row["lead_school"] or NAME_NOT_FOUND
    return Hub(
        id=row.need("id"),
        programme=programme,
        name=name,
        lead_name=row["lead_school"],
        lead_urns=tuple(urns),
        areas=_areas(row, row.choice("area_kind"), where),
        region=row["region"],
        website=row.link("website"),
        valid_from=valid_from,
        valid_to=valid_to,
        source=row["source"],
        as_of=row.day("as_of") or date.min,  # the latter only after a fault that was blamed
        confidence=read_confidence(row),
        last_seen=row["last_seen"],
        seat=row["seat"],
        note=row["note"],
        role=row.choice("role"),
        from_said=row.said("valid_from"),
        to_said=row.said("valid_to"),
        nameless=nameless,
    )


def _areas(row: TableRow, kind: str, where: Places) -> tuple[Area, ...]:
    names = row.words("areas")
    region = row["region"]
    if kind == "national":
        return (Area("national", "england", "England"),)
    if not names:
        return (Area("region", fold_place(region), region),) if kind == "region" and region else ()
    split: dict[str, AreaPart] = {}
    if row["part"] or row["part_districts"]:
        try:
            split = _parts(row["part_districts"], row["part"], names)
        except ValueError as error:
            column, problem = error.args
            row.wrong(column, problem)
    areas = []
    for name in names:
        area = where.area(name, kind)
        if area is None:
            row.wrong("areas", f"“{name}” is no local authority or district{advice(where, name)}")
            continue
        if split and fold_place(name) in split:
            words, mode, listed = split[fold_place(name)]
            for district in listed:
                if not where.known(district):
                    instead = advice(where, district)
                    row.wrong("part_districts", f"“{district}” is no district we know{instead}")
            area = area._replace(part=words, districts=frozenset(listed), mode=mode)
        areas.append(area)
    if kind == "region" and region:
        # A list that is just the region's authorities says the region, and is shown as it.
        here = fold_place(region)
        whole = {a.code for a in where.authorities.values() if fold_place(a.region) == here}
        if whole and {a.code for a in areas if a.kind == "LA" and not a.part} == whole:
            return (Area("region", here, region),)
    return tuple(areas)


def _parts(cell: str, words: str, areas: Iterable[str]) -> dict[str, AreaPart]:
    """The two columns `part` and `part_districts`, by folded area name.

    `words` is "Norfolk: north only;Suffolk: …", `cell` "Norfolk=only Breckland|Norwich;…".

    Raises:
        ValueError: with the column's name and what is wrong with it.
    """
    known = {fold_place(area) for area in areas}
    found: dict[str, AreaPart] = {}
    for piece in filter(None, (p.strip() for p in words.split(";"))):
        area, colon, text = piece.partition(":")
        if not colon or fold_place(area) not in known:
            raise ValueError("part", f"“{piece}” must read “Area: which part”, of an area listed")
        found[fold_place(area)] = (text.strip(), "", ())
    for piece in filter(None, (p.strip() for p in cell.split(";"))):
        area, _, rule = piece.partition("=")
        mode, _, names = rule.strip().partition(" ")
        listed = tuple(fold_place(name) for name in names.split("|") if name.strip())
        if fold_place(area) not in known or mode not in ("only", "except") or not listed:
            raise ValueError(
                "part_districts",
                f"“{piece}” must read “Area=only District|District” or “Area=except …”",
            )
        text = found.get(fold_place(area), (f"{mode} {names}", "", ()))[0]
        found[fold_place(area)] = (text, "only" if mode == "only" else "except", listed)
    return found
