"""A row of a programme's table: the hub it tells of, and the areas that it works in."""

from __future__ import annotations

from datetime import date
from typing import cast

from navigator.core.model import NAME_NOT_FOUND, Area, Confidence, Hub
from navigator.directory.columns import CONFIDENCES
from navigator.directory.places import AreaPart, Places, fold, parts
from navigator.directory.tables import TableRow


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
        return (Area("region", fold(region), region),) if kind == "region" and region else ()
    split: dict[str, AreaPart] = {}
    if row["part"] or row["part_districts"]:
        try:
            split = parts(row["part_districts"], row["part"], names)
        except ValueError as error:
            column, problem = error.args
            row.wrong(column, problem)
    areas = []
    for name in names:
        area = where.area(name, kind)
        if area is None:
            row.wrong("areas", f"“{name}” is no local authority or district{where.advice(name)}")
            continue
        if split and fold(name) in split:
            words, mode, listed = split[fold(name)]
            for district in listed:
                if not where.known(district):
                    advice = where.advice(district)
                    row.wrong("part_districts", f"“{district}” is no district we know{advice}")
            area = area._replace(part=words, districts=frozenset(listed), mode=mode)
        areas.append(area)
    if kind == "region" and region:
        # A list that is just the region's authorities says the region, and is shown as it.
        whole = {a.code for a in where.authorities.values() if fold(a.region) == fold(region)}
        if whole and {a.code for a in areas if a.kind == "LA" and not a.part} == whole:
            return (Area("region", fold(region), region),)
    return tuple(areas)
