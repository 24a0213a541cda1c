"""The columns of the register in one table: how DfE calls each, what it holds, where we keep it.

What is read of DfE's file (`gias`), the tables of the register's file (`schema`), their rows
(`shape`) and the nouns that are read back (`store`, `census`) all follow from it. To read one more
column takes a line here and a field of the same name in `model.School`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from navigator.register.conversions import (
    OFF_THE_GRID,
    Memo,
    day_number,
    day_of_number,
    metres,
    whole_number,
)

PHASES = (
    "",
    "nursery",
    "primary",
    "secondary",
    "all-through",
    "16 plus",
    "special",
    "alternative provision",
)
"""`school.phase` is the place in this list."""


class Values(NamedTuple):
    """What a column holds.

    `stored` makes of a text what is kept, None where that is the text itself or where `shape` makes
    it of more than one text. `told` is SQL that tells it from the column `{0}`, `empty` SQL that
    tells it where a register's file lacks the column. `made` has by what SQL tells what it stands
    for, None where that is the same.
    """

    stored: Callable[[str], Any] | None = None
    told: str = "{0}"
    empty: str = "''"
    made: Memo[Any, Any] | Sequence[str] | None = None


TEXT = Values()
NUMBER = Values(whole_number, empty="NULL")
METRES = Values(metres, f"iif(abs({{0}}) < {OFF_THE_GRID}, {{0}}, NULL)", "NULL")
DAY = Values(lru_cache(maxsize=8192)(day_number), empty="NULL", made=Memo(day_of_number))
"""A number, 20250717: such compare as the days do, and cost less than texts."""
DIGITS = Values(whole_number, "iif({0}, CAST({0} AS TEXT), '')")
"""A number of which nobody makes sums."""
CODE = Values(lambda text: text or None, "coalesce({0}, '')")
"""A text that most rows lack."""
LAESTAB = Values(told="iif({0}, printf('%03d/%04d', {0} / 10000, {0} % 10000), '')")
PHASE = Values(made=PHASES)


class Column(NamedTuple):
    """One column of DfE's establishment file.

    `name` is ours, as the field of `model.School`; `dfe` the one in the header of DfE's file.
    `kept` is the table of the register's file that holds it, with its name there where that is
    another; "" for a text that only the finder's index or the trusts are made of. Without a
    `required` one a file isn't the full register; any other may be missing, and is empty.
    """

    name: str
    dfe: str
    values: Values = TEXT
    kept: str = "school"
    required: bool = False

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return self.name.replace("_", " ")

    @property
    def table(self) -> str:
        return self.kept.partition(".")[0]

    @property
    def told(self) -> str:
        """SQL that tells it."""
        return self.values.told.format(self.stored_as)

    @property
    def stored_as(self) -> str:
        """Its name in that table."""
        return self.kept.partition(".")[2] or self.name


COLUMNS = (
    Column("urn", "URN", NUMBER, required=True),
    Column("status", "EstablishmentStatus (name)", kept="kind", required=True),
    Column("type", "TypeOfEstablishment (name)", kept="kind", required=True),
    Column("type_group", "EstablishmentTypeGroup (name)", kept="kind"),
    Column("phase", "PhaseOfEducation (name)", PHASE, required=True),
    Column("la_code", "LA (code)", kept="place", required=True),
    Column("la_name", "LA (name)", kept="place"),
    Column("district_code", "DistrictAdministrative (code)", kept="place"),
    Column("district_name", "DistrictAdministrative (name)", kept="place", required=True),
    Column("region", "GOR (name)", kept="place"),
    Column("name", "EstablishmentName", required=True),
    Column("street", "Street"),
    Column("locality", "Locality", kept=""),
    Column("address3", "Address3", kept=""),
    Column("town", "Town"),
    Column("postcode", "Postcode", required=True),
    Column("easting", "Easting", METRES, required=True),
    Column("northing", "Northing", METRES, required=True),
    Column("pupils", "NumberOfPupils", NUMBER),
    Column("low_age", "StatutoryLowAge", NUMBER),
    Column("high_age", "StatutoryHighAge", NUMBER),
    Column("opened", "OpenDate", DAY),
    Column("closed", "CloseDate", DAY),
    Column("website", "SchoolWebsite"),
    Column("telephone", "TelephoneNum"),
    Column("laestab", "EstablishmentNumber", LAESTAB),
    Column("ukprn", "UKPRN", DIGITS),
    Column("trust_uid", "Trusts (code)", CODE, kept="school.trust", required=True),
    Column("trust_name", "Trusts (name)", kept=""),
    Column("trust_flag", "TrustSchoolFlag (code)", kept=""),
)

MADE = ("kind", "place", "tier", "cell")
"""Further columns of `school`, which `shape` makes."""


def kept_in(table: str) -> list[Column]:
    """The columns that a table of the register's file holds."""
    return [column for column in COLUMNS if column.table == table]
