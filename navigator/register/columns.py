"""The columns of the register in one table: how DfE calls each, what it holds, where we keep it.

What is read of DfE's file (`gias`), the tables of the register's file (`schema`), their rows
(`shape`) and the nouns that are read back (`store`, `census`) all follow from it. To read one more
column takes a line here and a field of the same name in `model.School`.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from navigator.core.model import PHASES
from navigator.register.conversions import (
    OFF_THE_GRID,
    Memo,
    day_number,
    day_of_number,
    metres,
    whole_number,
)


class ColumnValues(NamedTuple):
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


TEXT = ColumnValues()
NUMBER = ColumnValues(whole_number, empty="NULL")
METRES = ColumnValues(metres, f"iif(abs({{0}}) < {OFF_THE_GRID}, {{0}}, NULL)", "NULL")
DAY = ColumnValues(lru_cache(maxsize=8192)(day_number), empty="NULL", made=Memo(day_of_number))
"""A number, 20250717: such compare as the days do, and cost less than texts."""
DIGITS = ColumnValues(whole_number, "iif({0}, CAST({0} AS TEXT), '')")
"""A number of which nobody makes sums."""
CODE = ColumnValues(lambda text: text or None, "coalesce({0}, '')")
"""A text that most rows lack."""
DIOCESE = ColumnValues(
    lambda text: None if text in ("", "Not applicable") else text, "coalesce({0}, '')"
)
"""The register writes out that most schools have none."""
LAESTAB = ColumnValues(told="iif({0}, printf('%03d/%04d', {0} / 10000, {0} % 10000), '')")
PHASE = ColumnValues(made=PHASES)


class RegisterColumn(NamedTuple):
    """One column of DfE's establishment file.

    `name` is ours, as the field of `model.School`; `dfe` the one in the header of DfE's file, ""
    for what an update adds itself. `kept` is the table of the register's file that holds it, with
    its name there where that is another; "" for a text that only the finder's index or the trusts
    are made of. Without a
    `required` one a file isn't the full register; any other may be missing, and is empty.
    """

    name: str
    dfe: str
    values: ColumnValues = TEXT
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
    RegisterColumn("urn", "URN", NUMBER, required=True),
    RegisterColumn("status", "EstablishmentStatus (name)", kept="kind", required=True),
    RegisterColumn("type", "TypeOfEstablishment (name)", kept="kind", required=True),
    RegisterColumn("type_group", "EstablishmentTypeGroup (name)", kept="kind"),
    RegisterColumn("phase", "PhaseOfEducation (name)", PHASE, required=True),
    RegisterColumn("la_code", "LA (code)", kept="place", required=True),
    RegisterColumn("la_name", "LA (name)", kept="place"),
    RegisterColumn("district_code", "DistrictAdministrative (code)", kept="place"),
    RegisterColumn("district_name", "DistrictAdministrative (name)", kept="place", required=True),
    RegisterColumn("region", "GOR (name)", kept="place"),
    RegisterColumn("name", "EstablishmentName", required=True),
    RegisterColumn("street", "Street"),
    RegisterColumn("locality", "Locality", kept=""),
    RegisterColumn("address3", "Address3", kept=""),
    RegisterColumn("town", "Town"),
    RegisterColumn("postcode", "Postcode", required=True),
    RegisterColumn("easting", "Easting", METRES, required=True),
    RegisterColumn("northing", "Northing", METRES, required=True),
    RegisterColumn("pupils", "NumberOfPupils", NUMBER),
    RegisterColumn("low_age", "StatutoryLowAge", NUMBER),
    RegisterColumn("high_age", "StatutoryHighAge", NUMBER),
    RegisterColumn("opened", "OpenDate", DAY),
    RegisterColumn("closed", "CloseDate", DAY),
    RegisterColumn("website", "SchoolWebsite"),
    RegisterColumn("telephone", "TelephoneNum"),
    RegisterColumn("laestab", "EstablishmentNumber", LAESTAB),
    RegisterColumn("ukprn", "UKPRN", DIGITS),
    RegisterColumn("trust_uid", "Trusts (code)", CODE, kept="school.trust", required=True),
    RegisterColumn("religious_character", "ReligiousCharacter (name)", kept="kind"),
    RegisterColumn("diocese", "Diocese (name)", DIOCESE),
    RegisterColumn("position_day", "", DAY),
    RegisterColumn("trust_name", "Trusts (name)", kept=""),
    RegisterColumn("trust_flag", "TrustSchoolFlag (code)", kept=""),
)

MADE = ("kind", "place", "tier", "cell")
"""Further columns of `school`, which `shape` makes."""


def kept_in(table: str) -> list[RegisterColumn]:
    """The columns that a table of the register's file holds."""
    return [column for column in COLUMNS if column.table == table]
