"""What changed of schools and trusts between two registers, kind by kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator.core.keys import Key
from navigator.core.record import NO_RECORD, Bookmark, OwnRecord
from navigator.directory import Directory, open_directory
from navigator.domain.changes import Changes, Difference, for_head, in_england
from navigator.export.changes import change_text
from navigator.register import Register, open_register, update_from
from navigator.register.opening import open_before
from tests.register import made

DAY = date(2026, 11, 22)
HOME = 100_000
Row = dict[str, str]
STATUS, CLOSE, OPEN = "EstablishmentStatus (name)", "CloseDate", "OpenDate"
TO_CLOSE = {STATUS: "Open, but proposed to close", CLOSE: "31-08-2027"}
TO_OPEN = {STATUS: "Proposed to open", OPEN: "01-09-2027"}
CUMBRIA = {"LA (code)": "909", "LA (name)": "Cumbria"}
CUMBERLAND = {"LA (code)": "942", "LA (name)": "Cumberland"}
WESTMORLAND = {"LA (code)": "943", "LA (name)": "Westmorland and Furness"}
OF_TRUST = {"Trusts (code)": "77", "Trusts (name)": "Oak Trust", "TrustSchoolFlag (code)": "3"}


@pytest.fixture(scope="module")
def directory() -> Directory:
    return open_directory()


class Pair:
    """Two registers, one taken into use after the other."""

    def __init__(self, folder: Path, directory: Directory) -> None:
        self.old, self.new = made.schools(40), made.schools(40)
        self._folder, self._directory = folder, directory
        self.opened: tuple[Register, ...] = ()

    def change(self, urn: int, before: Row | None = None, after: Row | None = None) -> None:
        self.old[urn - HOME].update(before or {})
        self.new[urn - HOME].update(after or {})

    def load(self, days: tuple[str, str] = ("20260301", "20260901"), closed: str = "") -> None:
        """`closed` is the day on which the newer groups file has trust 77 as closed."""
        for day, rows in zip(days, (self.old, self.new), strict=True):
            given = self._folder / day
            given.mkdir()
            made.write(given, rows, f"edubasealldata{day}.csv")
            if closed:
                ended = f'"{closed}","Closed"' if day == days[1] else '"","Open"'
                (given / f"allgroupsdata{day}.csv").write_text(
                    "Group UID,Group ID,Group Name,Companies House Number,Group Type (code),"
                    "Closed Date,Group Status,Open date,Incorporated on (open date)\n"
                    f'"77","TR1","Oak Trust","","06",{ended},"",""\n'
                )
            update_from(given, self._folder / "data")
        self.opened = (open_before(self._folder / "data"), open_register(self._folder / "data"))

    def told(self, changes: Changes) -> list[Difference]:
        return [d for d in changes.differences if d.key.kind != "hub"]

    def england(self) -> list[Difference]:
        before, after = self.opened
        return self.told(in_england(before, after, self._directory))

    def head(self, record: OwnRecord = NO_RECORD, school: int | None = HOME) -> list[Difference]:
        before, after = self.opened
        found = for_head(before, after, self._directory, record=record, school=school, today=DAY)
        return self.told(found)


@pytest.fixture
def pair(tmp_path: Path, directory: Directory) -> Iterator[Pair]:
    made_ones = Pair(tmp_path, directory)
    yield made_ones
    for register in made_ones.opened:
        register.close()


def test_each_kind_is_told_with_before_and_now(pair: Pair) -> None:
    pair.change(100_001, after=TO_CLOSE)
    pair.change(100_002, before=TO_CLOSE)
    pair.change(100_003, after={"PhaseOfEducation (name)": "Secondary"})
    pair.change(100_004, after={"StatutoryLowAge": "2"})
    pair.change(100_005, after={"StatutoryLowAge": ""})
    pair.change(
        100_006, {"Diocese (name)": "Diocese of Made"}, {"Diocese (name)": "Not applicable"}
    )
    pair.change(100_007, after={"Easting": "", "Northing": ""})
    pair.change(100_008, after={"Easting": "", "Northing": "", "Postcode": "B2 2BB"})
    pair.change(100_009, after={"Easting": "406700"})
    pair.change(100_010, after={"Easting": "403300"})  # 300 m: mended
    pair.new.append({"URN": "100040", "EstablishmentName": "Coming School", **TO_OPEN})
    pair.old.append({"URN": "100041", "EstablishmentName": "Dropped School", **TO_OPEN})
    pair.load()
    assert [(d.kind, d.urn, d.words) for d in pair.england()] == [
        ("to-open", 100_040, "now proposed to open"),
        ("to-open", None, "no longer proposed to open"),
        ("to-close", 100_001, "now proposed to close"),
        ("to-close", 100_002, "no longer proposed to close"),
        ("phase", 100_003, "phase now secondary, before primary"),
        ("ages", 100_004, "ages now 2–11, before 4–11"),
        ("ages", 100_005, "ages now not told, before 4–11"),
        ("diocese", 100_006, "diocese now not told, before Diocese of Made"),
        (
            "position",
            100_007,
            "no position any more: distances are from the one in the register of 1 March 2026",
        ),
        ("position", 100_008, "no position any more: distances are unknown"),
        ("position", 100_009, "stands 2.5 mi from where it was"),
    ]
    days = {d.urn: d.day for d in pair.england()}
    assert (days[100_001], days[100_040]) == (date(2027, 8, 31), date(2027, 9, 1))


def test_an_area_that_was_reorganised_is_a_line(pair: Pair) -> None:
    for urn in range(HOME, HOME + 20):
        pair.change(urn, CUMBRIA, CUMBERLAND if urn % 4 else WESTMORLAND)
    pair.change(100_030, CUMBRIA, {})  # to Birmingham
    pair.load(("20230301", "20230501"))
    assert [change_text(d) for d in pair.england()] == [
        "authority: Cumbria became Cumberland (15 schools), 1 Apr 2023",
        "Made 30 Primary School, URN 100030: authority now Birmingham, before Cumbria",
        "authority: Cumbria became Westmorland and Furness (5 schools), 1 Apr 2023",
    ]
    one = OwnRecord(bookmarks=(Bookmark("b-1", Key.school(100_001), "Made", None, "", ()),))
    (told,) = pair.head(one, school=None)
    assert told.key == "la:942"
    assert told.words == "Cumbria became Cumberland (15 schools)", "of all, not of those followed"


def test_schools_that_went_from_an_authority_that_stays(pair: Pair) -> None:
    for urn in (100_001, 100_002):
        pair.change(urn, after=CUMBERLAND)
    pair.change(100_003, CUMBERLAND, {})
    for urn in (100_010, 100_011):
        pair.change(urn, {"LA (code)": "835", "LA (name)": "Dorset"},
                    {"LA (code)": "838", "LA (name)": "Dorset"})  # fmt: skip
    for urn in (100_020, 100_021):
        pair.change(urn, WESTMORLAND, {**WESTMORLAND, "LA (name)": "Westmorland"})
    pair.load()
    assert [change_text(d) for d in pair.england()] == [
        "authority: 2 schools went from Birmingham to Cumberland",
        "authority: Dorset has the code 838, before 835 (2 schools)",
        "Made 3 Primary School, URN 100003: authority now Birmingham, before Cumberland",
        "authority: Westmorland and Furness became Westmorland (2 schools)",
    ]


def test_a_trust_that_closed_is_told_while_schools_name_it(pair: Pair) -> None:
    pair.change(100_001, OF_TRUST, OF_TRUST)
    pair.load(closed="31/07/2026")
    (told,) = pair.england()
    assert (told.kind, told.key, told.day) == ("closed", "trust:77", date(2026, 7, 31))
    assert (
        told.words == "trust closed, by DfE's groups file; the register names it for 1 open school"
    )
    assert told in pair.head()


def test_a_bookmarked_body_is_followed_for_how_to_reach_it(pair: Pair) -> None:
    web, call = "SchoolWebsite", "TelephoneNum"
    pair.change(
        100_001, {web: "www.old.example", call: "1"}, {web: "http://new.example", call: "1"}
    )
    pair.change(100_002, {web: "www.same.example"}, {web: "https://same.example/"})
    pair.change(100_003, {call: "2"}, {})
    pair.change(100_004, {web: "www.old.example"}, {web: "www.new.example"})  # not bookmarked
    pair.load()
    marks = (
        Bookmark(f"b-{urn}", Key.school(urn), "Made", None, "", ())
        for urn in range(100_001, 100_004)
    )
    found = pair.head(OwnRecord(bookmarks=tuple(marks)))
    assert [(d.kind, d.urn, d.words) for d in found] == [
        ("reach", 100_001, "website now new.example, before old.example"),
        ("reach", 100_003, "telephone now not told, before 2"),
    ]
    assert pair.england() == []


def test_a_bookmarked_hub_is_followed_through_its_lead(pair: Pair, tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / "programmes.toml").write_text(
        '[[programme]]\nid = "made"\nname = "Made Hub"\nshort = "Made"\nmark = "X"\n'
        'purpose = "Nothing"\nrule = "area"\nsource = "made"\ntable = "made.csv"\n'
    )
    (facts / "made.csv").write_text(
        "id,hub,lead_school,lead_urns,valid_from,valid_to,areas,area_kind,region,source,as_of,"
        "confidence\nled,Led Hub,Made 9,100009,,,Birmingham,LA,West Midlands,made,2026-01-01,high\n"
    )
    pair.change(100_009, {"SchoolWebsite": "old.example"}, {"SchoolWebsite": "new.example"})
    pair.load()
    record = OwnRecord(bookmarks=(Bookmark("b", Key.hub("made", "led"), "Led", None, "", ()),))
    ours = open_directory(None, facts)
    before, after = pair.opened
    found = for_head(before, after, ours, record=record, school=None, today=DAY)
    assert [(d.kind, d.key, d.words) for d in found.differences] == [
        ("reach", "hub:made/led", "website now new.example, before old.example")
    ]


def test_a_head_is_told_what_is_proposed_near(pair: Pair) -> None:
    near = {"Easting": "400300", "Northing": "280300"}
    pair.new += [
        {"URN": "100040", "EstablishmentName": "Near School", **TO_OPEN, **near},
        {"URN": "100041", "EstablishmentName": "Far School", **TO_OPEN, "Easting": "500000"},
        {"URN": "100042", "EstablishmentName": "Other School", **TO_OPEN, **near,
         "PhaseOfEducation (name)": "Secondary"},
    ]  # fmt: skip
    pair.load()
    assert [d.urn for d in pair.head()] == [100_040]
