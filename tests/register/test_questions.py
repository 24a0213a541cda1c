"""What the register answers, on made schools, the sample, and all of England."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from geopy.distance import geodesic

from navigator.core.governance import ACADEMY_GROUPS
from navigator.core.model import PHASES, School
from navigator.register import Register, open_register, update_from
from tests.register import made

DAY = date(2026, 11, 22)
PRIMARY = frozenset({"primary"})


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A dozen schools with something odd about each."""
    folder = tmp_path_factory.mktemp("small")
    rows = [
        {"URN": "1", "EstablishmentName": "Open School"},
        {"URN": "2", "EstablishmentName": "Closed School", "EstablishmentStatus (name)": "Closed",
         "OpenDate": "01-09-2000", "CloseDate": "31-08-2020"},
        {"URN": "3", "EstablishmentName": "Coming School",
         "EstablishmentStatus (name)": "Proposed to open", "OpenDate": "01-09-2027"},
        {"URN": "4", "EstablishmentName": "Going School",
         "EstablishmentStatus (name)": "Open, but proposed to close"},
        {"URN": "5", "EstablishmentName": "Welsh School", "LA (code)": "681",
         "LA (name)": "Cardiff"},
        {"URN": "6", "EstablishmentName": "Old Cumbrian School", "LA (code)": "909",
         "LA (name)": "Cumbria", "GOR (name)": ""},
        {"URN": "7", "EstablishmentName": "Special School",
         "TypeOfEstablishment (name)": "Academy special converter",
         "PhaseOfEducation (name)": "Not applicable", "Trusts (code)": "10",
         "Trusts (name)": "MADE TRUST", "TrustSchoolFlag (code)": "5"},
        {"URN": "8", "EstablishmentName": "Nowhere School", "Easting": "", "Northing": ""},
        {"URN": "9", "EstablishmentName": "Far School", "Easting": "180000", "Northing": "30000",
         "Trusts (code)": "10", "Trusts (name)": "MADE TRUST", "TrustSchoolFlag (code)": "5",
         "TypeOfEstablishment (name)": "Academy converter",
         "EstablishmentTypeGroup (name)": "Academies"},
        {"URN": "10", "EstablishmentName": "Unit",
         "TypeOfEstablishment (name)": "Pupil referral unit"},
        {"URN": "11", "EstablishmentName": "College", "PhaseOfEducation (name)": "16 plus",
         "TypeOfEstablishment (name)": "Further education",
         "EstablishmentTypeGroup (name)": "Colleges"},
        {"URN": "12", "EstablishmentName": "Lost School", "EstablishmentStatus (name)": "Closed"},
    ]  # fmt: skip
    made.links(
        folder,
        [
            (2, 1, "Open School", "Successor - merged", "01-09-2020"),
            (99, 2, "Closed School", "Successor", ""),
            (2, 99, "Oldest School", "Predecessor", "01-09-2000"),
            (7, 98, "Loop A", "Predecessor", ""),
            (98, 97, "Loop B", "Successor", ""),
            (97, 98, "Loop A", "Successor", ""),
            (1, 900, "Newest School", "Successor", "01-09-2026"),
            (12, 4, "Going School", "Result of Amalgamation", "01-09-2014"),
            (1, 11, "College", "Sixth Form Centre Link", ""),
        ],
    )
    made.write(folder, rows)
    update_from(folder, folder / "data")
    register = open_register(folder / "data")
    yield register
    register.close()


def _names(schools: list[School]) -> list[str]:
    return [school.name for school in schools]


def test_every_row_can_be_had(small: Register) -> None:
    assert all(small.get(urn) for urn in range(1, 13))
    assert small.get(13) is None
    assert (small.info.schools, small.info.rows) == (8, 12)
    assert small.open_urns() == [1, 4, 6, 7, 8, 9, 10, 11]


def test_england_is_in_scope_and_wales_is_not(small: Register) -> None:
    assert small.in_scope(1)
    assert small.in_scope(6)
    assert not small.in_scope(5)
    assert not small.in_scope(404)
    assert small.search("welsh") == []
    assert small.search("5") == []
    old = small.get(6)
    assert old
    assert old.region == "North West"


def test_phases_are_told_by_type_first(small: Register) -> None:
    phases = {urn: school.phase for urn in range(1, 12) if (school := small.get(urn))}
    assert phases[1] == "primary"
    assert phases[7] == "special"
    assert phases[10] == "alternative provision"
    assert phases[11] == "16 plus"


def test_open_before_proposed_before_closed(small: Register) -> None:
    found = small.search("school")
    assert [s.status for s in found][-3:] == ["Proposed to open", "Closed", "Closed"]


def test_near_is_of_the_day(small: Register) -> None:
    school = small.get(1)
    assert school

    def urns(day: date) -> set[int]:
        return {s.urn for s, _ in small.near(school, phases=PRIMARY, limit=20, day=day)}

    assert urns(DAY) == {4, 6, 9}
    assert urns(date(2019, 1, 1)) == {2, 4, 6, 9}
    assert urns(date(2028, 1, 1)) == {3, 4, 6, 9}
    assert small.near(small.get(8) or school, phases=PRIMARY, limit=9, day=DAY) == []
    nearest = small.near(school, phases=frozenset(), limit=3, day=DAY)
    assert len(nearest) == 3
    assert all(km == 0 for _, km in nearest)


def test_links_from_both_sides_and_through_chains(small: Register) -> None:
    successors, predecessors = small.links(2)
    assert [(k.urn, k.kind, k.date) for k in successors] == [
        (1, "Successor - merged", date(2020, 9, 1))
    ]
    assert [(k.urn, k.name) for k in predecessors] == [(99, "Oldest School")]
    assert [(k.urn, k.kind) for k in small.links(1)[1]] == [(2, "Predecessor - merged")]
    assert _names(small.successor(99)) == ["Open School"]
    assert _names(small.successor(12)) == ["Going School"]
    assert _names(small.successor(97)) == ["Special School"]
    assert small.successor(1) == []
    assert small.successor(404) == []
    assert small.old_name(99) == "Oldest School"
    assert small.old_name(404) == ""


def test_the_school_that_a_urn_is_here(small: Register) -> None:
    def name(urn: int) -> str:
        found = small.stand_in(urn)
        return found.name if found else ""

    assert name(1) == "Open School"
    assert name(2) == name(99) == "Open School"  # closed, and before the register
    assert name(900) == "Open School"  # this register is older than the URN
    assert name(404) == ""


def test_trusts_without_a_groups_file(small: Register) -> None:
    trust = small.trust("10")
    assert trust
    assert (trust.name, trust.kind, trust.size) == ("Made Trust", "SAT", 2)
    assert trust.spread_km == pytest.approx(343.5, abs=2)
    assert _names(small.census.members("10")) == ["Far School", "Special School"]
    assert small.trust_schools_in_la("10", "330") == 2
    assert small.trust_schools_in_la("10", "331") == 0
    assert small.trust("") is None
    assert small.trust("404") is None


def test_authorities_are_counted_by_state_funded_schools(small: Register) -> None:
    assert small.schools_in_la("330") == (6, 5)
    assert small.schools_in_la("404") == (0, 0)


def test_threads_may_ask_at_once(england: Register) -> None:
    wrong: list[str] = []

    def ask() -> None:
        for urn in england.open_urns()[::900]:
            school = england.get(urn)
            if not school or school.urn != urn or not england.search(school.name, 5):
                wrong.append(str(urn))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_near_agrees_with_measuring_every_pair(england: Register) -> None:
    urns = england.open_urns()
    primaries = [s for u in urns if (s := england.get(u)) and s.phase == "primary"]
    for school in primaries[::2400]:
        found = england.near(school, phases=PRIMARY, limit=12, day=england.info.day)
        if school.has_position:
            here = school.latitude, school.longitude
            close = [
                s
                for s in primaries
                if s.urn != school.urn
                and s.latitude is not None
                and s.longitude is not None
                and abs(s.latitude - (school.latitude or 0)) < 0.3
                and abs(s.longitude - (school.longitude or 0)) < 0.5
            ]
            measured = sorted(geodesic(here, (s.latitude, s.longitude)).km for s in close)
            assert measured[11] < 30, "nearer than any that is left out, in all of England"
            assert [km for _, km in found] == pytest.approx(measured[:12], rel=1e-5)
            assert [km for _, km in found] == sorted(km for _, km in found)


def test_positions_agree_with_pyproj(england: Register, gias: Path, tmp_path: Path) -> None:
    pyproj = pytest.importorskip("pyproj")
    transform = pyproj.Transformer.from_crs(27700, 4326, always_xy=True).transform
    rows = england._rows("SELECT urn FROM school WHERE urn % 40 = 0 AND easting IS NOT NULL")
    assert len(rows) > 400
    for (urn,) in rows:
        school = england.get(urn)
        assert school is not None
        lon, lat = transform(school.easting, school.northing)
        assert geodesic((lat, lon), (school.latitude, school.longitude)).km < 0.002


def test_england_as_the_file_has_it(england: Register) -> None:
    assert england.info.schools == 22_010
    codes = set()
    maintained = 0
    for urn in england.open_urns():
        school = england.get(urn)
        assert school
        codes.add(school.la_code)
        assert school.region
    assert len(codes) == 153
    counts = [england.schools_in_la(code) for code in codes]
    assert sum(count for count, _ in counts) == 22_010
    maintained = sum(count for _, count in counts)
    assert maintained == 9_885 + 443 + 78


def test_trust_sizes_are_their_open_schools(england: Register) -> None:
    sizes: dict[str, int] = {}
    for urn in england.open_urns():
        school = england.get(urn)
        assert school
        if school.trust_uid:
            sizes[school.trust_uid] = sizes.get(school.trust_uid, 0) + 1
    for uid, size in sizes.items():
        trust = england.trust(uid)
        assert trust, uid
        assert trust.size == size
        assert len(england.census.members(uid)) == size
        assert trust.name


def test_the_sample(sample: Register) -> None:
    info = sample.info
    assert (info.name, info.day, info.sample) == ("sample: 3 areas", date(2025, 7, 17), True)
    assert info.schools == 434
    assert sample.problem == ""
    assert len(sample.open_urns()) == 434
    assert sample.schools_in_la("891")[0] > 300  # all of Nottinghamshire, not the sample's part
    codes = {s.la_code for u in sample.open_urns() if (s := sample.get(u))}
    assert codes == {"892", "891", "866", "884"}
    for urn in sample.open_urns():
        school = sample.get(urn)
        assert school
        assert school.telephone == ""
        if school.has_position and school.phase == "primary":
            assert sample.near(school, phases=frozenset({school.phase}), limit=1, day=info.day)
        if school.trust_uid:
            trust = sample.trust(school.trust_uid)
            assert trust
            assert trust.size >= len(sample.census.members(trust.uid))


def test_lead_schools_are_known_but_out_of_scope(sample: Register) -> None:
    lead = sample.get(136776)
    assert lead
    assert lead.has_position
    assert not sample.in_scope(lead.urn)
    found = sample.search("Saffron Walden County High")
    assert found.nearest
    assert lead.urn not in {school.urn for school in found}
    assert lead.urn not in sample.open_urns()


def test_the_sample_s_old_urns_open_their_successor(sample: Register) -> None:
    assert _names(sample.successor(122567)) == ["The Florence Nightingale Academy"]


def test_the_sample_is_as_england_has_it(sample: Register, england: Register) -> None:
    for urn in sample.open_urns()[::9]:
        ours, theirs = sample.get(urn), england.get(urn)
        assert ours
        assert theirs
        assert (ours.name, ours.phase, ours.trust_uid, ours.postcode) == (
            theirs.name,
            theirs.phase,
            theirs.trust_uid,
            theirs.postcode,
        )
        trust, whole = sample.trust(ours.trust_uid), england.trust(ours.trust_uid)
        assert trust is None or (whole and trust.size == whole.size)


def test_places_and_their_kinds_add_up_to_the_schools(england: Register) -> None:
    places = england.census.places()
    counted = sum(kind.schools for place in places for kind in england.census.counts_of(place))
    assert counted == england.info.schools == len(england.census.schools_of(places))
    assert len({(p.la_code, p.district_name, p.la_name, p.region) for p in places}) == len(places)


def test_the_schools_of_a_place_are_its_kinds(england: Register) -> None:
    place = next(p for p in england.census.places() if p.district_name == "Ashfield")
    schools = england.census.schools_of([place])
    told = Counter((s.phase, s.low_age, s.high_age) for s in schools)
    assert told == {tuple(kind[:3]): kind.schools for kind in england.census.counts_of(place)}
    assert {s.district_name for s in schools} == {"Ashfield"}
    assert england.census.schools_of([]) == []


@pytest.mark.parametrize("day", [DAY, date(2019, 9, 1)])
def test_schools_alike_are_counted_as_they_are_one_by_one(england: Register, day: date) -> None:
    """Of each district, phase and ages, on a day."""
    schools = england.census.schools_of(england.census.places())
    one_by_one = Counter(
        (s.la_code, s.district_name, s.region, s.phase, s.low_age, s.high_age)
        for s in schools
        if s.is_open_on(day)
    )
    counted: Counter[tuple[object, ...]] = Counter()
    for place, kind in england.census.alike_on(day):
        counted[place.la_code, place.district_name, place.region, *kind[:3]] += kind.schools
    assert counted == one_by_one


def test_counted_and_placed_schools_say_what_whole_ones_do(england: Register) -> None:
    """Three nouns of the same schools: what figures count, what maps show, and what pages tell."""
    some = england.census.places()[::5]  # of all it takes two seconds
    whole = {s.urn: s for s in england.census.schools_of(some) if s.is_state_funded}
    every, counted = england.census.counted_in(), england.census.counted_in(some)
    on_maps = england.census.placed()
    assert [s.urn for s in every] == [s.urn for s in on_maps] == sorted({s.urn for s in every})
    assert [s for s in every if s.urn in whole] == counted
    assert england.census.counted_of([139217, 1]) == [s for s in every if s.urn == 139217]
    assert [s.urn for s in counted] == sorted(whole)
    for one, placed in zip(counted, (s for s in on_maps if s.urn in whole), strict=True):
        school, kind = whole[one.urn], england.census.kinds[one.kind]
        spot = school.la_code, school.district_name, school.region
        assert england.census.place_names[one.place] == spot
        assert england.census.authority_of(placed.place) == (school.la_code, school.la_name)
        assert kind == (school.is_maintained, school.type_group in ACADEMY_GROUPS, school.churches)
        told = (PHASES[one.phase], one.low_age, one.high_age, one.trust_uid)
        assert told == (school.phase, school.low_age, school.high_age, school.trust_uid)
        assert (one.easting, one.northing) == (school.easting, school.northing)
        opened = school.opened and int(f"{school.opened:%Y%m%d}")
        assert one.opened == opened
        named = placed.name, placed.trust_uid, PHASES[placed.phase]
        assert named == (school.name, school.trust_uid, school.phase)
        assert (placed.easting, placed.northing) == (school.easting, school.northing)
