"""Small made register files: nobody's facts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

COLUMNS = [
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName",
    "TypeOfEstablishment (name)", "EstablishmentTypeGroup (name)", "EstablishmentStatus (name)",
    "OpenDate", "CloseDate", "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge",
    "NumberOfPupils", "TrustSchoolFlag (code)", "Trusts (code)", "Trusts (name)", "UKPRN",
    "Street", "Locality", "Address3", "Town", "Postcode", "SchoolWebsite", "TelephoneNum",
    "HeadFirstName", "HeadLastName", "ReligiousCharacter (name)", "Diocese (name)", "GOR (name)",
    "DistrictAdministrative (code)", "DistrictAdministrative (name)", "Easting", "Northing",
]  # fmt: skip

SCHOOL = {
    "LA (code)": "330",
    "LA (name)": "Birmingham",
    "EstablishmentNumber": "2001",
    "EstablishmentName": "Made Primary School",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentTypeGroup (name)": "Local authority maintained schools",
    "EstablishmentStatus (name)": "Open",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": "4",
    "StatutoryHighAge": "11",
    "HeadFirstName": "Firstname",
    "HeadLastName": "Secretname",
    "Town": "Birmingham",
    "Postcode": "B1 1AA",
    "DistrictAdministrative (code)": "E08000025",
    "DistrictAdministrative (name)": "Birmingham",
    "Easting": "407000",
    "Northing": "287000",
}

Change = Mapping[str, str]


def schools(count: int, first: int = 100_000) -> list[dict[str, str]]:
    """Rows of open schools that lie a few hundred metres apart."""
    return [
        {
            "URN": str(first + n),
            "EstablishmentName": f"Made {n} Primary School",
            "EstablishmentNumber": str(2000 + n % 2000),
            "Easting": str(400_000 + n % 40 * 300),
            "Northing": str(280_000 + n // 40 * 300),
        }
        for n in range(count)
    ]


def text(rows: Iterable[Change], columns: list[str] = COLUMNS) -> str:
    """An establishment file of rows; what they don't say is as in `SCHOOL`, else empty."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        told = {**SCHOOL, **row}
        writer.writerow([told.get(column, "") for column in columns])
    return out.getvalue()


def write(folder: Path, rows: Iterable[Change], name: str = "edubasealldata20260101.csv") -> Path:
    path = folder / name
    path.write_bytes(text(rows).encode("cp1252"))
    return path


def links(folder: Path, rows: Iterable[tuple[int, int, str, str, str]]) -> Path:
    path = folder / "links_edubasealldata20260102.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"])
        writer.writerows(rows)
    return path


def groups(
    folder: Path,
    rows: Iterable[tuple[str, str, str, str]],
    ids: Mapping[str, str] | None = None,
    day: str = "20260103",
) -> Path:
    """Rows are (UID, name, type code, status); `ids` are Group IDs by UID, None for no such
    column."""
    path = folder / f"allgroupsdata{day}.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            [
                "Group UID", "Group Name", "Companies House Number", "Group Type (code)",
                "Group Status", "Open date", "Incorporated on (open date)",
                *(() if ids is None else ("Group ID",)),
            ]
        )  # fmt: skip
        for uid, name, code, status in rows:
            told = (uid, name, "01234567", code, status, "01/09/2015", "")
            writer.writerow(told if ids is None else (*told, ids.get(uid, "")))
    return path
