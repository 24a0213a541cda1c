"""Files as people have them: saved anew by a spreadsheet, with a bad byte, of another layout."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from navigator.core import clock
from navigator.core.errors import RefusedError
from navigator.core.model import School
from navigator.register import Register, half, open_register, update_from
from tests.register import made

NAME = "edubasealldata20260101.csv"


def opened(folder: Path, content: bytes, name: str = NAME) -> Register:
    path = folder / name
    path.write_bytes(content)
    update_from(path, folder / "data")
    return open_register(folder / "data")


def school(register: Register, urn: int) -> School:
    found = register.get(urn)
    assert found
    return found


def text(rows: list[dict[str, str]], columns: list[str] = made.COLUMNS) -> bytes:
    return made.text(rows, columns).encode("cp1252")


# --- a letter ---


@pytest.mark.parametrize("column", ["Street", "HeadLastName"])
@pytest.mark.parametrize("bad", [b"\x81", b"\0"])
def test_one_bad_byte_costs_that_letter(column: str, bad: bytes, tmp_path: Path) -> None:
    rows = made.schools(5)
    rows[2][column] = "High €Street"
    register = opened(tmp_path, text(rows).replace("€".encode("cp1252"), bad))
    assert register.info.schools == 5
    assert register.info.notes == ("One letter couldn't be read (line 4): \ufffd stands for it.",)
    assert school(register, 100_002).street == ("High \ufffdStreet" if column == "Street" else "")
    register.close()


@pytest.mark.parametrize("process", ["one", "two"])
def test_bad_letters_are_counted_with_the_line_of_the_first(
    process: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(half, "WORTH_IT", 1 if process == "two" else 10**12)
    rows = made.schools(3_000)
    rows[2_990]["Street"] = rows[2_995]["Street"] = "€ €"
    register = opened(tmp_path, text(rows).replace("€".encode("cp1252"), b"\x81"))
    assert register.info.notes == (
        "4 letters couldn't be read (the first in line 2992): \ufffd stands for each.",
    )
    register.close()


# --- numbers and days ---


def test_numbers_and_codes_of_a_spreadsheet_are_read(tmp_path: Path) -> None:
    rows = made.schools(3)
    rows[1].update({
        "URN": "100001.0", "LA (code)": "330.0", "EstablishmentNumber": "2100.0",
        "NumberOfPupils": "1,249", "StatutoryLowAge": "3.0", "StatutoryHighAge": "11.0",
        "UKPRN": "10070000.0", "Trusts (code)": "77.0", "TrustSchoolFlag (code)": "3.0",
        "Easting": "407,123.0", "Northing": "287456.00",
    })  # fmt: skip
    made.groups(tmp_path, [("77.0", "THE MADE TRUST", "6.0", "Open")])
    # Texts where numbers belong, as a spreadsheet leaves them
    made.links(tmp_path, [("100001.0", "99.0", "Old School", "Predecessor", "2015-09-01")])  # type: ignore[list-item]
    register = opened(tmp_path, text(rows))
    one = school(register, 100_001)
    assert (one.pupils, one.low_age, one.high_age) == (1249, 3, 11)
    assert (one.laestab, one.ukprn, one.la_code) == ("330/2100", "10070000", "330")
    assert (one.easting, one.northing) == (407_123, 287_456)
    trust = register.trust("77")
    assert trust
    assert (trust.name, trust.kind, trust.companies_house) == ("The Made Trust", "MAT", "01234567")
    assert [link.urn for link in register.links(100_001)[1]] == [99]
    assert register.links(100_001)[1][0].date == date(2015, 9, 1)
    assert register.info.notes == ()
    register.close()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2014-09-01", date(2014, 9, 1)),
        ("1/9/2014", date(2014, 9, 1)),
        ("01-Sep-14", date(2014, 9, 1)),
        ("1 September 2014", date(2014, 9, 1)),
        ("01/09/2014 00:00:00", date(2014, 9, 1)),
        ("2014-09-01T00:00:00", date(2014, 9, 1)),
        ("01-Sep-64", date(1964, 9, 1)),
        ("01/09/31", date(2031, 9, 1)),
    ],
)
def test_days_as_spreadsheets_write_them(written: str, read: date, tmp_path: Path) -> None:
    rows = made.schools(2)
    rows[1]["OpenDate"] = written
    register = opened(tmp_path, text(rows))
    assert school(register, 100_001).opened == read
    assert register.info.notes == ()
    register.close()


@pytest.mark.parametrize("process", ["one", "two"])
def test_what_cant_be_read_is_counted_by_column(
    process: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(half, "WORTH_IT", 1 if process == "two" else 10**12)
    rows = made.schools(3_000)
    for row in rows[10:12] + rows[-3:]:
        row["OpenDate"] = "9/13/2014"
    rows[20]["NumberOfPupils"] = "many"
    rows[30].update(Easting="0", Northing="")  # no position: told so, not unreadable
    register = opened(tmp_path, text(rows))
    assert sorted(register.info.notes) == [
        "NumberOfPupils couldn't be read in 1 row (“many”): it is empty there.",
        "OpenDate couldn't be read in 5 rows (the first is “9/13/2014”): it is empty there.",
    ]
    register.close()


def test_what_cant_be_read_beside_is_counted_too(tmp_path: Path) -> None:
    path = made.links(tmp_path, [(100_001, 99, "Old School", "Predecessor", "someday")])
    register = opened(tmp_path, text(made.schools(2)))
    assert register.info.notes == (
        f"LinkEstablishedDate of {path.name} couldn't be read in 1 row (“someday”): "
        "it is empty there.",
    )
    register.close()


# --- rows, layout ---


@pytest.mark.parametrize("empty", [b"," * (len(made.COLUMNS) - 1), b",,,", b'" ",""', b" "])
def test_rows_of_nothing_are_skipped(empty: bytes, tmp_path: Path) -> None:
    head, *rows = text(made.schools(5)).splitlines(keepends=True)
    lines = [head, *rows[:2], empty + b"\r\n", *rows[2:], *[empty + b"\r\n"] * 3]
    register = opened(tmp_path, b"".join(lines))
    assert register.info.schools == register.info.rows == 5
    register.close()


def test_a_column_with_another_name_is_named(tmp_path: Path) -> None:
    columns = [{"Postcode": "Post code"}.get(c, c) for c in made.COLUMNS]
    path = tmp_path / NAME
    path.write_bytes(text(made.schools(2), columns))
    with pytest.raises(RefusedError) as refused:
        update_from(path, tmp_path / "data")
    assert str(refused.value) == (
        f"{NAME} can't be used, its layout has changed: it has no column “Postcode” (perhaps "
        "“Post code” is it). Look for a newer Navigator, or give the column its name back."
    )


def test_a_column_that_can_be_done_without_is_told(tmp_path: Path) -> None:
    columns = [{"NumberOfPupils": "Number of pupils"}.get(c, c) for c in made.COLUMNS]
    register = opened(tmp_path, text(made.schools(2), columns))
    assert register.info.notes == (
        "The file's layout has changed: it has no column “NumberOfPupils” (perhaps “Number of "
        "pupils” is it), so the pupils of every school is empty.",
    )
    register.close()


# --- which file, of which day ---


def book(member: str) -> bytes:
    """A workbook by what it holds, for "" one of the old kind."""
    if not member:
        return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(member, "<xml/>")
    return out.getvalue()


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(
    ("name", "member", "kind"),
    [
        ("edubasealldata20260901.xlsx", "xl/workbook.xml", "an Excel workbook"),
        ("edubasealldata20260901.csv", "xl/workbook.xml", "an Excel workbook"),
        ("edubasealldata.xls", "", "an Excel workbook"),
        ("register.ods", "content.xml", "a workbook"),
    ],
)
def test_a_workbook_is_told_how_to_save(
    name: str, member: str, kind: str, whole: bool, tmp_path: Path
) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / name).write_bytes(book(member))
    with pytest.raises(RefusedError, match=f"{name} is {kind}: save it as CSV"):
        update_from(given if whole else given / name, tmp_path / "data")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("GIAS_20260901.csv", date(2026, 9, 1)),
        ("register 2026-09-01 (2).csv", date(2026, 9, 1)),
        ("edubasealldata20260901 (1).csv", date(2026, 9, 1)),
    ],
)
def test_a_file_of_ones_own_name_carries_its_day(name: str, day: date, tmp_path: Path) -> None:
    register = opened(tmp_path, text(made.schools(2)), name)
    assert (register.info.day, register.info.name) == (day, "England")
    register.close()


@pytest.mark.parametrize("name", ["20260901 to 20261001.csv", "x20261301.csv", "12026090100.csv"])
def test_what_names_no_one_day_is_dated_by_its_time(name: str, tmp_path: Path) -> None:
    register = opened(tmp_path, text(made.schools(2)), name)
    assert register.info.name == "England (dated by its file's time)"
    register.close()


@pytest.mark.parametrize("which", ["{:edubasealldata%Y%m%d}.csv", "{:GIAS_%Y%m%d}.csv"])
def test_a_day_after_tomorrow_is_refused(which: str, tmp_path: Path) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    opened(tmp_path, text(made.schools(2)), which.format(tomorrow)).close()
    later = which.format(tomorrow + timedelta(days=1))
    with pytest.raises(RefusedError, match="a day to come: mend the name"):
        opened(tmp_path, text(made.schools(2)), later)


# --- the cases of shared ---

Loaded = Callable[[str], Register]


@pytest.fixture
def case(cases: Path, tmp_path: Path) -> Loaded:
    def load(name: str) -> Register:
        update_from(cases / name, tmp_path / "data")
        return open_register(tmp_path / "data")

    return load


def test_case_f19_loads_but_for_a_letter(case: Loaded) -> None:
    register = case("F19-one-bad-byte")
    assert register.info.notes == ("One letter couldn't be read (line 3): \ufffd stands for it.",)
    register.close()


def test_case_f20_is_read(case: Loaded) -> None:
    register = case("F20-point-zero")
    one = school(register, 900_100)
    assert (one.pupils, one.low_age, one.high_age) == (210, 3, 11)
    assert (one.laestab, one.ukprn) == ("892/2100", "10070000")
    assert register.trust_name(one.trust_uid) == "Old Oak Academy Trust"
    assert [s.urn for s in register.search("892/2100")] == [900_100]
    assert [s.urn for s in register.search("10070000")] == [900_100]
    assert register.info.notes == ()
    register.close()


def test_case_f22_is_told_how_to_save(cases: Path, tmp_path: Path) -> None:
    folder = cases / "F22-workbook"
    for given in (folder, folder / "edubasealldata20260901.xlsx"):
        with pytest.raises(RefusedError, match="an Excel workbook: save it as CSV"):
            update_from(given, tmp_path / "data")


def test_case_f23_loads(case: Loaded) -> None:
    register = case("F23-empty-rows")
    assert register.info.schools == 20
    register.close()
