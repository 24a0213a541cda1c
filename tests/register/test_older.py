"""A register made by an older Navigator still opens: a head never loses England to a release."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from navigator.cli import run
from navigator.core.model import SchoolLink
from navigator.register import (
    Register,
    columns,
    fetch,
    open_register,
    reading,
    schema,
    undo,
    update_from,
)
from navigator.register.opening import open_before
from tests.register import made, older

DAY = date(2026, 11, 22)

LACKS = tuple(
    column.words
    for column in columns.COLUMNS
    if column.kept
    and column.dfe  # what an update adds itself nobody misses
    and not re.search(rf"\b{column.stored_as}\b", older.LAYOUT)
)
"""The columns that came since."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    older.write(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def register(folder: Path) -> Iterator[Register]:
    register = open_register(folder)
    assert register.problem == ""
    yield register
    register.close()


def urns(schools: object) -> list[int]:
    return [school.urn for school in schools]  # type: ignore[attr-defined]  # whichever shape


def test_it_says_what_it_is(register: Register, folder: Path) -> None:
    info = register.info
    assert (info.name, info.day, info.schools, info.rows) == ("England", date(2025, 7, 17), 5, 7)
    assert not info.sample
    assert info.lacks == LACKS
    assert info.path.startswith(str(folder))


def test_a_school_is_whole(register: Register) -> None:
    school = register.get(139_002)
    assert school is not None
    told = {
        "urn": 139_002,
        "name": "Yew Academy",
        "status": "Open",
        "phase": "secondary",
        "type": "Academy converter",
        "type_group": "Academies",
        "la_code": "892",
        "la_name": "Nottingham",
        "district_code": "E06000018",
        "district_name": "Nottingham",
        "region": "East Midlands",
        "street": "1 Made Street",
        "town": "Nottingham",
        "postcode": "NG7 2AA",
        "easting": 457_000,
        "northing": 341_000,
        "pupils": 200,
        "low_age": 11,
        "high_age": 16,
        "opened": date(2018, 9, 1),
        "closed": None,
        "website": "www.made.example",
        "telephone": "0115 000000",
        "laestab": "892/0002",
        "ukprn": "10139002",
        "trust_uid": "10",
    }
    assert told.items() <= school._asdict().items()
    assert not any(value for field, value in school._asdict().items() if field not in told)
    assert register.get(404) is None
    lost = register.get(139_003)
    assert lost is not None
    assert (lost.easting, lost.latitude) == (None, None)


def test_every_question_about_one_school(register: Register) -> None:
    elm = register.get(100_001)
    assert elm is not None
    assert register.in_scope(100_001)
    assert not register.in_scope(400_001)
    near = register.near(elm, phases=frozenset({"primary"}), limit=9, day=DAY)
    assert urns(school for school, _ in near) == [139_001, 100_003]
    assert [round(km, 2) for _, km in near] == [0.42, 2.24]
    assert register.links(100_002)[0] == (
        SchoolLink(139_001, "Oak Academy", "Successor", date(2012, 9, 1)),
    )
    assert urns(register.links(100_001)[1]) == [99_999]
    assert urns(register.successor(100_002)) == [139_001]
    assert urns(register.successor(99_999)) == [100_001]
    assert register.old_name(99_999) == "Elm Infant School"
    assert register.not_open([100_001, 100_002, 404]) == [404, 100_002]


def test_the_finder_finds(register: Register) -> None:
    assert urns(register.search("oak")) == [139_001, 100_002]
    assert urns(register.search("139002")) == [139_002]
    assert urns(register.search("892/0002")) == [139_002, 100_002]
    assert urns(register.search("10139002")) == [139_002]
    assert set(urns(register.search("NG7 2AA"))) == {urn for urn, *_ in older.SCHOOLS} - {400_001}
    assert urns(register.search("acadamy yew")) == [139_002]
    assert register.search("ysgol") == []
    assert register.open_urns() == [100_001, 100_003, 139_001, 139_002, 139_003]


def test_every_question_about_many_schools(register: Register) -> None:
    nottingham, rushcliffe = register.census.places()
    assert (nottingham.la_name, nottingham.numbers) == ("Nottingham", (1, 100_001))
    assert urns(register.census.schools_of([nottingham])) == [100_001, 139_003, 139_001, 139_002]
    assert urns(register.census.in_la("891")) == [100_003]
    assert sum(kind.schools for kind in register.census.counts_of(nottingham)) == 4
    assert urns(register.census.brief_in([rushcliffe])) == [100_003]
    assert urns(register.census.brief_in()) == register.open_urns()
    assert urns(register.census.brief_of([139_002, 100_002, 400_001])) == [139_002]
    elm = register.get(100_001)
    assert elm is not None
    assert urns(register.census.brief_within(elm, 1)) == [100_001, 139_001]
    (standing,) = register.census.standings([139_002]).values()
    assert (standing.name, standing.trust_uid, standing.ages) == ("Yew Academy", "10", "11–16")
    assert len(register.census.standings()) == 5
    assert register.adjoining("892") == ["891"]
    assert register.schools_in_la("892") == (4, 1)


def test_every_question_about_trusts(register: Register) -> None:
    trust = register.trust("10")
    assert trust is not None
    assert (trust.name, trust.kind, trust.size) == ("Made Trust", "MAT", 3)
    assert trust.opened == date(2012, 9, 1)
    assert trust.spread_km == pytest.approx(1.48, abs=0.01)
    assert register.trust_name("10") == "Made Trust"
    assert urns(register.census.members("10")) == [139_003, 139_001, 139_002]
    assert register.census.trust_sizes()["10"].schools == 3
    assert register.census.listed_trusts() == {"10": ("Made Trust", "Open", 3, None)}
    assert register.trust_schools_in_la("10", "892") == 3


def test_a_new_one_takes_its_place_and_keeps_it_for_undo(tmp_path: Path, folder: Path) -> None:
    rows = [
        {"URN": str(urn), "EstablishmentName": name, "LA (code)": "892", "Easting": "458000",
         "Northing": "340000", "Trusts (code)": "10"}
        for urn, name, *_ in older.SCHOOLS
    ]  # fmt: skip
    info = update_from(made.write(tmp_path, rows), folder)
    assert info.links_day == date(2025, 7, 17), "what no file came for is carried over"
    new = open_register(folder)
    assert urns(new.links(100_002)[0]) == [139_001]
    new.close()
    before = open_before(folder)
    assert before.get(139_002) is not None
    before.close()
    assert undo(folder).day == date(2025, 7, 17)


FUTURE = columns.RegisterColumn("weather", "Weather (name)", kept="kind")
"""A column that a later Navigator may come to know."""


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on it is the later Navigator."""
    monkeypatch.setattr(reading, "COLUMNS", (*columns.COLUMNS, FUTURE))
    monkeypatch.setitem(schema.LOOKUPS, "kind", [*schema.LOOKUPS["kind"], "weather"])


@pytest.mark.usefixtures("later")
def test_a_column_that_it_lacks_is_empty_and_is_told(register: Register) -> None:
    assert register.info.lacks == (*LACKS, "weather")
    lookups = reading.Lookups(register._database)
    reader = reading.SchoolReader(tuple, ("urn", "weather", "name"), lookups)
    rows = register._rows(reader.select + "urn = 139002")
    assert reader.nouns(rows) == [(139_002, "", "Yew Academy")]


@pytest.mark.usefixtures("later")
def test_status_says_that_an_update_brings_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NAVIGATOR_DATA_DIR", str(folder))
    monkeypatch.setenv("NAVIGATOR_CONFIG_DIR", str(folder / "config"))
    assert run(["status"]) == 0
    lacks = ", ".join((*LACKS, "weather"))
    said = f"made by an older Navigator, without {lacks}. For it, run: navigator update"
    assert said in capsys.readouterr().out


@pytest.mark.usefixtures("later")
def test_an_update_of_the_same_day_is_worth_taking(register: Register) -> None:
    assert fetch.Newest(register.info.day, 0, register.info).newer
    assert not fetch.Newest(register.info.day, 0, register.info._replace(lacks=())).newer


def test_a_layout_from_the_future_is_refused_in_one_sentence(folder: Path) -> None:
    path = next(folder.glob("register-*"))
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")
    shutil.copy(path, folder / "kept")
    register = open_register(folder)
    assert register.info.sample
    assert register.problem == (
        "The register can't be used (it was made by another version of Navigator, newer than this "
        "one can read): run `navigator update` to load it again."
    )
    register.close()
    assert path.read_bytes() == (folder / "kept").read_bytes()
