"""Which authorities' rows are England's: the directory's 153, and the ones they came from."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from navigator.core import paths


@dataclass(frozen=True, slots=True)
class England:
    """`regions` maps each authority's three-digit code to its region."""

    regions: dict[str, str]

    def has(self, la_code: str) -> bool:
        return la_code in self.regions

    def region(self, la_code: str, told: str) -> str:
        """The region of an authority, in the directory's spelling; else as the register tells."""
        return self.regions.get(la_code) or told


@lru_cache(maxsize=1)
def england(facts: Path | None = None) -> England:
    """Read from the shipped facts: `authorities.csv` and `former_areas.csv`."""
    folder = facts or paths.facts_dir()
    regions = {row["dfe_code"]: row["region"] for row in _rows(folder / "authorities.csv")}
    for row in _rows(folder / "former_areas.csv"):
        if row["kind"] == "LA":  # older registers carry Cumbria, Dorset, Northamptonshire …
            regions[row["code"]] = regions[row["became_codes"].split(";")[0]]
    return England(regions)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
