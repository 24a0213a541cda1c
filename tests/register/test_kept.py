"""What is kept from the register before: positions that a newer file lost, former names of trusts;
and what the links file says of schools that are no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from navigator.core.errors import NotFoundError
from navigator.core.record import OwnRecord
from navigator.directory import Directory, open_directory
from navigator.domain.landscapes import Landscapes
from navigator.domain.questions import Questions
from navigator.register import Register, open_register, update_from
from tests.register import made

DAY = date(2026, 11, 22)
Row = dict[str, str]
IN_TRUST = {"Trusts (code)": "77", "Trusts (name)": "Oak Trust", "TrustSchoolFlag (code)": "3"}
LOST = {"Easting": "", "Northing": ""}


@pytest.fixture(scope="module")
def directory() -> Directory:
    return open_directory()


def load(folder: Path, rows: list[Row], day: str, trust: str = "") -> Register:
    """A register of rows, taken into use in the folder's data; of a trust with this name."""
    given = folder / day
    given.mkdir()
    made.write(given, rows, f"edubasealldata{day}.csv")
    if trust:
        path = made.groups(given, [("77", trust, "06", "Open")])
        path.rename(given / f"allgroupsdata{day}.csv")
    update_from(given, folder / "data")
    return open_register(folder / "data")


# --- positions ---


def test_a_lost_position_is_kept_with_its_day(tmp_path: Path) -> None:
    rows = made.schools(20)
    load(tmp_path, rows, "20260101").close()
    rows[3].update(LOST)
    rows[4].update(LOST, Postcode="B9 9ZZ")  # it moved: nobody knows where to
    first = load(tmp_path, rows, "20260201")
    third, fourth = first.get(100_003), first.get(100_004)
    assert third
    assert fourth
    assert (third.easting, third.northing) == (400_900, 280_000)
    assert third.position_day == date(2026, 1, 1)
    assert (fourth.easting, fourth.position_day) == (None, None)
    assert [s.urn for s, _ in first.near(third, phases=frozenset(), limit=1, day=DAY)] == [100_002]
    second = first.get(100_002)
    assert second
    near = [s.urn for s, _ in first.near(second, phases=frozenset(), limit=3, day=DAY)]
    assert 100_003 in near, "it is near others, too"
    assert first.info.notes == (
        "The file has no position for a school that had one before: Navigator keeps that of the "
        "register of 1 January 2026.",
    )
    first.close()
    again = load(tmp_path, rows, "20260301")
    kept = again.get(100_003)
    assert kept
    assert kept.position_day == date(2026, 1, 1), "the day of the register that gave it"
    again.close()
    rows[3].update(Easting="405000", Northing="281000")
    back = load(tmp_path, rows, "20260401")
    own = back.get(100_003)
    assert own
    assert (own.easting, own.position_day) == (405_000, None)
    back.close()


def test_an_older_file_takes_nothing_from_a_newer_one(tmp_path: Path) -> None:
    rows = made.schools(5)
    rows[1].update(IN_TRUST)
    load(tmp_path, rows, "20260201", "New Name Trust").close()
    rows[3].update(LOST)
    register = load(tmp_path, rows, "20260101", "Old Name Trust")
    lost = register.get(100_003)
    assert lost
    assert lost.easting is None
    assert register.former_names() == {}
    register.close()


# --- trusts ---


@pytest.fixture
def renamed(tmp_path: Path) -> Iterator[Register]:
    """A trust of three schools that was called otherwise twice."""
    rows = made.schools(5)
    for row in rows[:3]:
        row.update(IN_TRUST)
    for day, name in {"20260101": "OAK TRUST", "20260201": "Willow Trust"}.items():
        load(tmp_path, rows, day, name).close()
    load(tmp_path, rows, "20260301", "willow  trust").close()
    register = load(tmp_path, rows, "20260401", "Hawthorn Trust")
    yield register
    register.close()


def test_a_renamed_trust_is_told_by_all_its_names(renamed: Register, directory: Directory) -> None:
    trust = renamed.trust("77")
    assert trust
    assert (trust.name, trust.formerly) == ("Hawthorn Trust", ("willow trust", "Oak Trust"))
    landscape = Landscapes(renamed, directory).landscape(100_000, DAY)
    assert landscape.trust
    assert landscape.trust.trust.formerly == trust.formerly


def test_a_renamed_trust_is_found_by_all_its_names(renamed: Register, directory: Directory) -> None:
    for words in ("hawthorn", "willow trust", "oak"):
        found = renamed.search(words)
        assert [s.urn for s in found] == [100_000, 100_001, 100_002], words
        assert not found.nearest
    index = Questions(renamed, directory).index
    (trust,) = index.find("oak trust", DAY, OwnRecord()).exact
    assert trust.key == "trust:77"
    assert trust.told("oak trust").said == "formerly Oak Trust"
    assert trust.told("hawthorn trust").said == ""


def test_names_of_another_file_are_no_former_names(tmp_path: Path) -> None:
    rows = made.schools(3)
    rows[0].update(IN_TRUST | {"Trusts (name)": "Oak Trust Ltd"})
    load(tmp_path, rows, "20260101").close()
    register = load(tmp_path, rows, "20260201", "Oak Trust")
    assert register.former_names() == {}
    register.close()


def test_a_newer_groups_file_tells_what_the_older_one_called_a_trust(tmp_path: Path) -> None:
    rows = made.schools(3)
    rows[0].update(IN_TRUST | {"Trusts (name)": "OAK TRUST"})
    made.write(tmp_path, rows)  # of 1 January
    made.groups(tmp_path, [("77", "Willow Trust", "06", "Open")])  # of 3 January
    update_from(tmp_path, tmp_path / "data")
    register = open_register(tmp_path / "data")
    assert register.former_names() == {"77": ("Oak Trust",)}
    assert [s.urn for s in register.search("willow")] == [100_000]
    register.close()


# --- links ---

CLOSED = {"EstablishmentStatus (name)": "Closed", "CloseDate": "31-08-2020"}
PROPOSED = {"EstablishmentStatus (name)": "Proposed to open", "OpenDate": "01-09-2027"}


@pytest.fixture(scope="module")
def landscapes(
    tmp_path_factory: pytest.TempPathFactory, directory: Directory
) -> Iterator[Landscapes]:
    folder = tmp_path_factory.mktemp("links")
    rows = made.schools(20)
    for urn in (1, 2, 6, 7, 8):
        rows[urn].update(CLOSED)
    rows[3].update(PROPOSED)
    expanded = "Merged - expansion in school capacity and changer in age range"
    links = [
        (90_001, 100_010, "Made 10 Primary School", expanded, "01-04-2015"),
        (100_010, 90_001, "Old Junior School", expanded, "01-04-2015"),
        (100_011, 90_002, "Old Centre", "Expansion", ""),
        (90_002, 100_011, "Made 11 Primary School", "Other", ""),
        (90_003, 100_012, "Made 12 Primary School", "Other", ""),
        (100_001, 100_003, "Coming School", "Successor", "01-09-2027"),
        (90_004, 100_003, "Coming School", "Successor", "01-09-2027"),
        (100_002, 100_006, "Made 6 Primary School", "Successor", ""),
        (100_007, 100_008, "Made 8 Primary School", "Other", ""),
        (100_008, 100_013, "Made 13 Primary School", "Successor", ""),
        (90_005, 90_006, "Gone School", "Successor", ""),
        (100_014, 90_007, "Shared Sixth Form", "Sixth Form Centre Link", ""),
        (100_014, 100_015, "Made 15 Primary School", expanded, ""),
    ]
    path = made.write(folder, rows)
    made.links(folder, links)
    update_from(path, folder / "data")
    register = open_register(folder / "data")
    yield Landscapes(register, directory)
    register.close()


@pytest.mark.parametrize(
    ("urn", "opens", "says"),
    [
        (90_001, 100_010, "URN 90001 (Old Junior School) has closed. This is its successor"),
        (90_002, 100_011, "URN 90002 (Old Centre) has closed. This is its successor, URN 100011"),
        (90_003, 100_012, "links lead from it to this school, URN 100012 (“Other”)"),
        (100_001, 100_001, "Its successor, Made 3 Primary School, URN 100003"),
        (90_004, 100_003, "is proposed to open on 1 September 2027"),
        (100_002, 100_002, "Its successor: Made 6 Primary School, URN 100006 (closed 31 Aug 2020)"),
        (100_007, 100_013, "lead from it to this school, URN 100013"),
        (100_006, 100_006, "no successor is on the register"),
        (100_014, 100_014, ""),
    ],
)
def test_a_link_leads_as_far_as_it_can(
    urn: int, opens: int, says: str, landscapes: Landscapes
) -> None:
    school, notices = landscapes.resolve(urn, DAY)
    assert school.urn == opens
    assert says in " ".join(notices)


@pytest.mark.parametrize(
    ("urn", "says"),
    [
        (90_005, "Its successor: Gone School, URN 90006 (not on this register)"),
        (90_007, "They tie it to: Made 14 Primary School, URN 100014 (open)"),
    ],
)
def test_what_only_the_links_name_is_told(urn: int, says: str, landscapes: Landscapes) -> None:
    with pytest.raises(NotFoundError) as raised:
        landscapes.resolve(urn, DAY)
    assert says in str(raised.value)
    assert "No school with" not in str(raised.value)


def test_both_schools_of_a_merger_that_are_open_follow_neither(landscapes: Landscapes) -> None:
    assert landscapes.register.links(100_014) == ((), ())
    assert landscapes.register.links(100_015) == ((), ())


def test_a_tie_without_a_word_of_how_makes_no_successor(landscapes: Landscapes) -> None:
    """What only leads a look on: no lead of a hub, no bookmark follows it."""
    register = landscapes.register
    assert register.successor(90_003) == []
    assert [s.urn for s in register.successor(90_003, loosely=True)] == [100_012]
    assert register.stand_in(90_003) is None
    assert register.links(100_012) == ((), ())
    assert [link.kind for link in register.ties(100_012)] == ["Other"]


@pytest.mark.parametrize(
    ("urn", "now"),
    [
        (102_200, 102_215),
        (107_105, 107_025),
        (108_429, 138_212),
        (116_236, 116_237),
        (131_441, 133_660),
        (135_500, 106_666),
    ],
)
def test_mergers_and_expansions_of_england_lead_on(urn: int, now: int, england: Register) -> None:
    assert [s.urn for s in england.successor(urn)] == [now]


def test_no_school_with_a_link_is_unknown(england: Register, directory: Directory) -> None:
    landscapes = Landscapes(england, directory)
    linked = {urn for row in england._rows("SELECT urn, other FROM link") for urn in row}
    assert len(linked) > 30_000
    unknown = []
    for urn in sorted(linked)[::10]:  # each tenth: all of them take 2 s
        try:
            landscapes.resolve(urn, DAY)
        except NotFoundError as error:
            if "No school with URN" in str(error):
                unknown.append(urn)
    assert unknown == []
