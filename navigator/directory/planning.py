"""Facts for the plan of professional learning: bank holidays, templates, trials.

Read when first asked for, from the facts in use; where those are of before a table was there, from
those that came with Navigator.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from navigator.core import paths
from navigator.directory import packs
from navigator.directory.columns import BANK_HOLIDAYS, PLAN_TEMPLATES, TRIALS, FactTable
from navigator.directory.tables import Table, TableRow


def _rows(shape: FactTable) -> Iterator[TableRow]:
    path = packs.in_use().folder / shape.file
    if not path.exists():
        path = paths.facts_dir() / shape.file
    return Table(path, shape).each()


@cache
def bank_holidays() -> Mapping[date, str]:
    """England's bank holidays by day, as far as they are published."""
    days = ((row.day("day"), row["name"]) for row in _rows(BANK_HOLIDAYS))
    return MappingProxyType({day: name for day, name in days if day})


@cache
def template_rows() -> tuple[TableRow, ...]:
    """The common programmes, in the order of a list to choose from."""
    return tuple(_rows(PLAN_TEMPLATES))


@cache
def trial_rows() -> tuple[TableRow, ...]:
    """The trials of them, with the days between which each runs."""
    return tuple(_rows(TRIALS))
