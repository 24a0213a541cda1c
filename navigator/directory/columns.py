"""The tables of facts and what each of their columns holds: reading, checking and docs follow.

A column that no table here names is left alone. A `curator_note` is read by nothing: it keeps how a
fact was found, and doubts, for whoever looks after the facts.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, get_args

from navigator.core.church import CHURCHES
from navigator.core.model import Confidence

Holds = str | tuple[str, ...]
"""What a cell may hold: one of some words, or

"text", "day", "link" (http or https), "codes" (of authorities), "areas" (authorities or districts,
by name), "region", "phases", "metres" (of the National Grid, in England), "source" (which a row of
low confidence may lack), "confidence".
"""


class FactTable(NamedTuple):
    """A table in the folder of facts: its file, and its columns.

    The heading must name those that are `needed`. No two rows have the same in the `key`. `names`
    are columns of authorities' names, each with the column that has their codes.
    """

    file: str
    needed: Mapping[str, Holds]
    others: Mapping[str, Holds]
    key: tuple[str, ...] = ()
    names: Mapping[str, str] = MappingProxyType({})

    def holds(self, column: str) -> Holds:
        return self.needed[column] if column in self.needed else self.others[column]


def _texts(*columns: str) -> dict[str, Holds]:
    return dict.fromkeys(columns, "text")


CONFIDENCES: tuple[str, ...] = get_args(Confidence)

PHASE_WORDS = {"post-16": "16 plus"}
"""What the tables call a phase where we call it otherwise."""

PHASES = frozenset({"all", "nursery", "primary", "secondary", "special", *PHASE_WORDS})

HUBS = FactTable(
    "programmes/*.csv",
    {
        **_texts("id", "hub", "areas"),
        "area_kind": ("LA", "district", "region", "national", "other", ""),
        "region": "region",
        "source": "source",
        "as_of": "day",
        "confidence": "confidence",
    },
    {
        **_texts("lead_school", "lead_urns", "part", "part_districts", "last_seen", "former"),
        "role": ("associate", "satellite", ""),
        "seat": "areas",
        "website": "link",
        "valid_from": "day",
        "valid_to": "day",
        "second_row": ("yes", ""),
        **_texts("note", "curator_note"),
    },
)
AUTHORITIES = FactTable(
    "authorities.csv",
    _texts("dfe_code", "name_ons", "region", "type"),
    {
        **_texts("ons_code", "name_gias", "name_lait", "london_part", "note"),
        "ons_code_from": "day",
        "gias_name_confidence": CONFIDENCES,
        "confidence": CONFIDENCES,
        "checked": "day",
    },
    key=("dfe_code",),
)
DISTRICTS = FactTable(
    "districts.csv",
    _texts("lad_code", "lad_name", "la_code"),
    _texts("la_name", "region_name", "devolved_area"),
    key=("lad_code",),
    names={"la_name": "la_code"},
)
FORMER_AREAS = FactTable(
    "former_areas.csv",
    _texts("kind", "code", "name", "became_codes", "became"),
    {"changed_on": "day", "source": "source", "note": "text"},
    key=("kind", "code", "name"),
    names={"became": "became_codes"},
)
NEIGHBOURS = FactTable(
    "neighbours.csv",
    {
        "dfe_code": "codes",
        "neighbour_code": "codes",
        **_texts("rank", "neighbour_name", "closeness"),
    },
    _texts("la_name"),
    key=("dfe_code", "neighbour_code"),
    names={"la_name": "dfe_code", "neighbour_name": "neighbour_code"},
)
_OF_A_BODY: dict[str, Holds] = {
    **_texts("la_names", "area", "started", "note", "curator_note"),
    "website": "link",
    "church": (*CHURCHES, ""),
    "status": ("active", "closed", "unknown"),
    "status_as_of": "day",
    "source_url": "source",
    "confidence": "confidence",
    "checked": "day",
}
NETWORKS = FactTable(
    "networks.csv",
    {**_texts("id", "name", "kind"), "la_codes": "codes", "phase": "phases"},
    _OF_A_BODY,
    key=("id",),
    names={"la_names": "la_codes"},
)
PARTNERSHIPS = FactTable(
    "partnerships.csv",
    {**_texts("id", "name", "tier"), "la_codes": "codes", "phase": "phases"},
    _OF_A_BODY | _texts("legal_form", "company_number", "charity_number", "aepa_member"),
    key=("id",),
    names={"la_names": "la_codes"},
)

DIOCESES = FactTable(
    "dioceses.csv",
    {"church": CHURCHES, **_texts("diocese", "board", "source")},
    {
        **_texts("source_date", "note", "curator_note"),
        "website": "link",
        "as_of": "day",
        "confidence": CONFIDENCES,
    },
    key=("church", "diocese"),
)

OUTWARD_CODES = FactTable(
    "outward_codes.csv",
    {
        "outward_code": "text",
        "easting": "metres",
        "northing": "metres",
        "source": "source",
        "confidence": "confidence",
    },
    _texts("note"),
    key=("outward_code",),
)

BANK_HOLIDAYS = FactTable(
    "bank_holidays.csv",
    {
        "day": "day",
        "name": "text",
        "source": "source",
        "as_of": "day",
        "confidence": "confidence",
    },
    _texts("note"),
    key=("day",),
)

PLAN_TEMPLATES = FactTable(
    "plan_templates.csv",
    {
        **_texts("id", "name", "about"),
        "kind": ("course", "within-school", "network"),
        "source": "source",
        "as_of": "day",
        "confidence": "confidence",
    },
    {**_texts("hub", "audience", "year_groups", "prerequisites", "note"), "look": "link"},
    key=("id",),
)

TRIALS = FactTable(
    "trials.csv",
    {
        **_texts("programme", "of", "by"),
        "first": "day",
        "last": "day",
        "recruits": ("yes", "no", "unknown"),
        "source": "source",
        "as_of": "day",
        "confidence": "confidence",
    },
    _texts("control", "note"),
    key=("programme", "of"),
)

PLANNING_TABLES = (BANK_HOLIDAYS, PLAN_TEMPLATES, TRIALS)
PLACE_TABLES = (AUTHORITIES, DISTRICTS, FORMER_AREAS)
SHARED_TABLES = (
    *(*PLACE_TABLES, NEIGHBOURS, NETWORKS, PARTNERSHIPS, DIOCESES, OUTWARD_CODES),
    *PLANNING_TABLES,
)
"""Those of a whole folder of facts; a user's own holds programmes only."""
