"""What must hold of the shipped facts, over all of England."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from navigator.core import paths
from navigator.core.model import PHASES, School
from navigator.directory import Directory, UnknownProgrammeError, open_directory

TODAY = date(2026, 11, 22)
THEN = date(2022, 5, 25)
SPLIT = {"Birmingham": 2, "Cornwall": 2, "East Suffolk": 2, "North Yorkshire": 3}


@pytest.fixture(scope="module")
def directory() -> Directory:
    return open_directory()


def school(la_code: str, district: str = "", region: str = "", **more: object) -> School:
    facts: dict[str, object] = dict.fromkeys(School._fields, "")
    facts |= {"urn": 1, "status": "Open", "phase": "primary", "easting": None, "northing": None}
    facts |= {"pupils": None, "low_age": 4, "high_age": 11, "opened": None, "closed": None}
    facts |= {"la_code": la_code, "district_name": district, "region": region}
    return School(**(facts | more))  # type: ignore[arg-type]  # a made-up row of mixed types


def names(directory: Directory, programme: str, la: str, district: str = "") -> list[str]:
    covers = directory.covering(programme, school(la, district), TODAY)
    return [c.hub.name for c in covers if c.confidence != "low"]


# --- Teaching School Hubs ------------------------------------------------------------------------


def test_every_district_has_exactly_one_teaching_school_hub_bar_the_splits(
    directory: Directory,
) -> None:
    assert len(directory.districts()) == 296
    for district in directory.districts():
        where = school(district.la_code, district.name)
        covers = directory.covering("teaching-school-hub", where, TODAY)
        assert len(covers) == SPLIT.get(district.name, 1), district.name
        assert all(c.exact is (district.name not in SPLIT) for c in covers), district.name


@pytest.mark.parametrize(
    ("district", "hub"),
    [
        ("Ryedale", "Pathfinder Teaching School Hub"),
        ("Scarborough", "Pathfinder Teaching School Hub"),
        ("Selby", "Selby and Wakefield (Exchange) Teaching School Hub"),
        ("Craven", "Red Kite Teaching School Hub"),
        ("Hambleton", "Red Kite Teaching School Hub"),
        ("Harrogate", "Red Kite Teaching School Hub"),
        ("RICHMONDSHIRE ", "Red Kite Teaching School Hub"),
    ],
)
def test_former_district_names_settle_north_yorkshire(
    directory: Directory, district: str, hub: str
) -> None:
    covers = directory.covering("teaching-school-hub", school("815", district), TODAY)
    assert [(c.hub.name, c.exact) for c in covers] == [(hub, True)]


def test_former_districts_settle_east_suffolk(directory: Directory) -> None:
    assert names(directory, "teaching-school-hub", "935", "Waveney") == [
        "Inspiration Teaching School Hub"
    ]
    assert names(directory, "teaching-school-hub", "935", "Suffolk Coastal") == [
        "Unity Teaching School Hub"
    ]


def test_all_authorities_have_a_teaching_school_hub(directory: Directory) -> None:
    assert len(directory.authorities()) == 153
    for authority in directory.authorities():
        assert names(directory, "teaching-school-hub", authority.code), authority.name


def test_no_district_in_a_divided_authority_is_never_exact(directory: Directory) -> None:
    # Derbyshire's districts belong to two hubs; Oxfordshire's five all to one.
    divided = directory.covering("teaching-school-hub", school("830"), TODAY)
    assert len(divided) == 2
    assert not any(c.exact for c in divided)
    (whole,) = directory.covering("teaching-school-hub", school("931"), TODAY)
    assert whole.exact
    (single,) = directory.covering("teaching-school-hub", school("335"), TODAY)
    assert single.exact


def test_the_district_wins_where_a_school_lies_outside_its_authority(directory: Directory) -> None:
    # Two of Sutton's schools lie in Epsom and Ewell (Surrey).
    (tsh,) = directory.covering("teaching-school-hub", school("319", "Epsom and Ewell"), TODAY)
    assert tsh.hub.name.startswith("Harris City Academy Crystal Palace")
    (maths,) = directory.covering("maths-hub", school("319", "Epsom and Ewell"), TODAY)
    assert maths.hub.name == "London South West"


# --- Maths, English, Music, RISE -----------------------------------------------------------------


def test_maths_hubs_cover_144_authorities(directory: Directory) -> None:
    placed, high, none = 0, 0, []
    for authority in directory.authorities():
        covers = directory.covering("maths-hub", school(authority.code), TODAY)
        placed += any(c.confidence in ("high", "medium") for c in covers)
        high += any(c.confidence == "high" for c in covers)
        none += [] if covers else [authority.name]
    assert (placed, high) == (144, 89)
    assert sorted(none) == ["Torbay", "Walsall", "Warrington", "Wolverhampton"]


@pytest.mark.parametrize(
    ("la", "district", "hubs"),
    [
        ("891", "Ashfield", {"East Midlands West": True}),
        ("891", "Broxtowe", {"East Midlands West": True}),
        ("891", "Gedling", {"East Midlands East": True}),
        ("891", "", {"East Midlands West": False, "East Midlands East": False}),
        ("892", "Broxtowe", {"East Midlands West": True}),
        ("926", "King’s Lynn and West Norfolk", {"Cambridge": True}),
        ("926", "Norwich", {"Norfolk and Suffolk": True}),
        ("935", "West Suffolk", {"Cambridge": True}),
        ("935", "St Edmundsbury", {"Cambridge": True}),
        ("935", "Ipswich", {"Norfolk and Suffolk": True}),
        ("850", "Hart", {"Solent": False, "Surrey Plus": False}),
        ("420", "", {"CODE (Cornwall and Devon)": True}),
        ("928", "Kettering", {"East Midlands South": True}),
        ("928", "a district nobody knows", {"East Midlands South": False, "Enigma": False}),
    ],
)
def test_maths_hubs_in_split_counties(
    directory: Directory, la: str, district: str, hubs: dict[str, bool]
) -> None:
    covers = directory.covering("maths-hub", school(la, district), TODAY)
    assert {c.hub.name: c.exact for c in covers} == hubs


def test_english_hubs_name_84_authorities_and_follow_former_districts(
    directory: Directory,
) -> None:
    named = {
        spot.la_code
        for authority in directory.authorities()
        for spot in directory.places.spots(authority.code, "")
        if directory.covering("english-hub", school(spot.la_code, spot.district), TODAY)
    }
    assert len(named) == 84
    hub = directory.covering("english-hub", school("815", "Selby"), TODAY)
    assert ("Outwood English Hub", True) in [(c.hub.name, c.exact) for c in hub]
    assert "Burley and Woodhead English Hub" not in [c.hub.name for c in hub]
    # West Somerset and Taunton Deane became one district before they became Somerset.
    merged = directory.covering("english-hub", school("933", "Somerset West and Taunton"), TODAY)
    assert {c.exact for c in merged} == {False}
    gone = directory.covering("english-hub", school("933", "Mendip"), TODAY)
    assert not gone


def test_areas_read_from_the_lead_schools_place_say_so(directory: Directory) -> None:
    seat = directory.covering("english-hub", school("333", "Sandwell"), TODAY)
    listed = directory.covering("english-hub", school("332", "Dudley"), TODAY)
    assert [c.inferred for c in seat] == [True]
    assert [c.inferred for c in listed] == [False]


def test_music_hubs_cover_145_authorities_surely(directory: Directory) -> None:
    sure = [a for a in directory.authorities() if names(directory, "music-hub", a.code)]
    assert len(sure) == 145


def test_every_authority_is_in_its_rise_region(directory: Directory) -> None:
    for authority in directory.authorities():
        (cover,) = directory.covering("rise-region", school(authority.code), TODAY)
        assert cover.area.kind == "region"
        assert cover.area.code == authority.region.casefold()
        assert cover.exact


def test_early_years_mix_areas_and_regions(directory: Directory) -> None:
    listed = directory.covering("early-years-hub", school("330"), TODAY)
    assert {c.area.kind for c in listed} == {"LA"}
    regional = directory.covering("early-years-hub", school("892"), TODAY)
    assert {c.area.kind for c in regional} == {"region"}
    assert len(regional) == 2


# --- counts and dates ----------------------------------------------------------------------------


def test_tables_hold_as_many_hubs_as_the_research_found(directory: Directory) -> None:
    held = {p.id: len({h.id for h in directory.hubs(p.id)}) for p in directory.programmes}
    assert held == {
        "maths-hub": 40,
        "english-hub": 33,
        "teaching-school-hub": 90,  # 87 areas, three former hubs
        "research-school": 51,
        "rise-region": 9,
        "attendance-behaviour-hub": 4,
        "music-hub": 44,
        "early-years-hub": 15,
        "computing-hub": 39,  # 34 hubs, five satellites
        "behaviour-hub": 25,
        "language-hub": 15,
        "careers-hub": 22,
        "attendance-hub": 12,
        "science-learning-partnership": 1,
        "education-investment-area": 55,
        "opportunity-area": 12,
        "whole-school-send": 0,  # regional leads, whom no source names
        "advanced-maths-support": 0,
    }
    for programme in directory.programmes:
        hubs = directory.hubs(programme.id)
        assert len({h.name for h in hubs}) == len({h.id for h in hubs}), programme.id
    leads = {h.id for h in directory.hubs("maths-hub") if h.lead_name}
    assert len(leads) == 37
    assert Counter(h.role for h in directory.hubs("computing-hub")) == {"": 34, "satellite": 5}


def test_counts_of_may_2022(directory: Directory) -> None:
    said = {
        p.id: next((c.hubs for c in p.counts if c.day == THEN), None) for p in directory.programmes
    }
    assert [said[f"{p}-hub"] for p in ("maths", "english", "computing", "behaviour")] == [
        40,
        34,
        34,
        22,
    ]
    assert said["teaching-school-hub"] == 87
    research = next(c for c in directory.programme("research-school").counts if c.day == THEN)
    assert (research.hubs, research.also) == (28, "10 associates")
    for programme in directory.programmes:
        assert list(programme.counts) == sorted(programme.counts, key=lambda c: c.day)
        assert all(count.source for count in programme.counts)


def test_hubs_come_and_go(directory: Directory) -> None:
    assert directory.named("computing-hub", THEN) == 34
    assert directory.named("computing-hub", TODAY) == 0
    assert directory.named("teaching-school-hub", TODAY) == 87
    assert directory.named("maths-hub", TODAY) == 40
    haringey = school("309", "Haringey")
    before = directory.covering("teaching-school-hub", haringey, THEN)
    after = directory.covering("teaching-school-hub", haringey, TODAY)
    assert [c.hub.id for c in before] == ["north-east-london-teaching-school-hub-neltsh"]
    assert [c.hub.id for c in after] == ["north-east-london-teaching-school-hub-harris"]


def test_programmes_are_told_whole(directory: Directory) -> None:
    programmes = directory.programmes
    assert directory.checked == TODAY
    assert [p.id for p in programmes[:4]] == [
        "maths-hub",
        "english-hub",
        "teaching-school-hub",
        "research-school",
    ]
    marks = [p.mark for p in programmes if p.mark]
    assert len(marks) == len(set(marks))
    ids = {p.id for p in programmes}
    for p in programmes:
        assert len(p.short) <= 10, p.id
        assert len(p.mark) <= 1, p.id
        assert p.purpose, p.id
        assert p.source, p.id
        assert p.replaced_by in ids | {""}, p.id
        assert p.finder or not p.finder_url, p.id
    assert directory.programme("computing-hub").valid_to == date(2025, 3, 31)
    assert directory.programme("behaviour-hub").replaced_by == "attendance-behaviour-hub"
    assert directory.programme("english-hub").region_pools == {"West Midlands": 2}


def test_needs_stand_in_one_order_a_phase(directory: Directory) -> None:
    everything = {programme.id for programme in directory.programmes}
    for phase in PHASES:
        order = directory.order(phase)
        assert set(order) == everything
        assert len(order) == len(everything)

    def needs(phase: str) -> list[str]:
        found = [directory.programme(id) for id in directory.order(phase)]
        return [p.need for p in found if not p.valid_to and p.serves_ages(phase, None, None)]

    assert needs("primary")[:8] == [
        "Phonics, reading",
        "Maths",
        "New teachers, NPQs",
        "Evidence",
        "Behaviour, absence",
        "Early years",
        "Music",
        "SEND, inclusion",
    ]
    assert needs("secondary")[:2] == ["Maths", "A level maths"]
    assert "Phonics, reading" not in needs("secondary")
    assert "Careers" in needs("16 plus")
    assert needs("nursery")[0] == "Early years"


def test_english_hubs_serve_reception_to_year_2(directory: Directory) -> None:
    english = directory.programme("english-hub")
    assert english.serves_school(school("330", low_age=4, high_age=11))
    assert english.serves_school(school("330", low_age=5, high_age=7))
    assert not english.serves_school(school("330", low_age=7, high_age=11))
    assert not english.serves_school(school("330", phase="secondary", low_age=11, high_age=18))


def test_unknown_programme(directory: Directory) -> None:
    with pytest.raises(UnknownProgrammeError, match=r"no programme “nonsense”.*maths-hub"):
        directory.programme("nonsense")
    with pytest.raises(UnknownProgrammeError):
        directory.hubs("nonsense")


# --- authorities, neighbours, bodies ------------------------------------------------------------


def test_old_authority_codes(directory: Directory) -> None:
    def name(code: str, district: str = "") -> str | None:
        authority = directory.authority(code, district)
        return authority.name if authority else None

    assert name("835") == "Dorset"
    assert name("836") == name("837") == "Bournemouth, Christchurch and Poole"
    assert name("909") is None
    assert name("909", "Allerdale") == "Cumberland"
    assert name("909", "Eden") == "Westmorland and Furness"
    assert name("928", "Corby") == "North Northamptonshire"
    assert name("681") is None
    assert name("420") == "Isles of Scilly"


def test_every_authority_has_ten_neighbours(directory: Directory) -> None:
    for authority in directory.authorities():
        neighbours = directory.neighbours(authority.code)
        assert [n.rank for n in neighbours] == list(range(1, 11))
        assert all(directory.authority(n.code) for n in neighbours)
    assert directory.neighbours("909") == ()


def test_networks_fit_the_phase(directory: Directory) -> None:
    primary = {n.name for n in directory.networks("316", "primary")}
    secondary = {n.name for n in directory.networks("316", "secondary")}
    assert "Newham Association of Nursery and Primary Headteachers (NANPH)" in primary
    assert "Newham Association of Secondary Headteachers (NASH)" in secondary
    assert not primary & secondary
    # An association of associations is no authority's network
    assert all(n.kind != "national" for n in directory.networks("316", ""))
    assert [n.la_codes for n in directory.associations()] == [()]
    assert len(directory.networks("316", "")) >= len(primary | secondary)


def test_eight_authorities_have_neither_network_nor_partnership(directory: Directory) -> None:
    wide = {"national", "regional", "regional network", "diocesan"}
    none = [
        authority.name
        for authority in directory.authorities()
        if not any(n.kind not in wide for n in directory.networks(authority.code, ""))
        and not any(p.tier not in wide for p in directory.partnerships(authority.code))
    ]
    assert len(none) == 8


def test_each_body_is_shown_once(directory: Directory) -> None:
    networks = [n.id for n in directory.all_networks()]
    partnerships = [p.id for p in directory.all_partnerships()]
    assert len(networks) == 137
    assert len(partnerships) == 127
    assert len(set(networks + partnerships)) == 264


def test_area_partnerships_come_first(directory: Directory) -> None:
    every = [directory.partnerships(a.code) for a in directory.authorities()]
    local = [[p for p in found if p.tier != "regional network"] for found in every]
    assert sum(bool(found) for found in local) == 113
    assert sum(any(p.tier == "area partnership" for p in found) for found in every) == 44
    for found in every:
        rank = [(p.status == "closed", p.tier != "area partnership") for p in found]
        assert all(before <= after for before, after in pairwise(rank))


@pytest.mark.parametrize(
    ("la_code", "district", "areas"),
    [
        ("892", "Nottingham", {"Nottingham": True}),
        ("884", "Herefordshire, County of", {}),
        ("873", "Fenland", {"Cambridgeshire": True, "Fenland and East Cambridgeshire": True}),
        ("873", "Huntingdonshire", {"Cambridgeshire": True}),
        ("815", "Scarborough", {"North Yorkshire": True, "North Yorkshire Coast": True}),
        ("815", "Selby", {"North Yorkshire": True}),
        # The district of today is larger than the area: which part a school is in isn't told.
        ("815", "North Yorkshire", {"North Yorkshire": True, "North Yorkshire Coast": False}),
    ],
)
def test_areas_that_programmes_chose(
    directory: Directory, la_code: str, district: str, areas: dict[str, bool]
) -> None:
    found = {
        cover.hub.name: cover.exact
        for programme in directory.programmes
        if programme.areas_only
        for cover in directory.covering(programme.id, school(la_code, district), THEN)
    }
    assert found == areas


def test_a_vague_date_stays_as_vague_as_its_source(directory: Directory) -> None:
    """It counts from its first day or to its last, and is told as it stands in the table."""
    behaviour = directory.programme("behaviour-hub")
    assert (behaviour.valid_from, behaviour.from_said) == (date(2021, 4, 1), "2021-04")
    assert (behaviour.valid_to, behaviour.to_said) == (date(2025, 3, 31), "2025-03")
    computing = directory.programme("computing-hub")
    assert (computing.valid_to, computing.to_said) == (date(2025, 3, 31), "")
    hubs = {hub.id: hub for hub in directory.hubs("behaviour-hub")}
    lead = hubs["saint-augustines-catholic-high-school"]
    assert (lead.valid_from, lead.from_said) == (date(2021, 1, 1), "2021")
    first = directory.programme("research-school").counts[0]
    assert (first.day, first.said) == (date(2016, 1, 1), "2016")


def test_hubs_whose_name_was_not_found_are_not_counted_as_named(directory: Directory) -> None:
    nameless = [h for p in directory.programmes for h in directory.hubs(p.id) if h.nameless]
    assert Counter(hub.programme for hub in nameless) == {
        "early-years-hub": 3,
        "research-school": 5,
        "attendance-hub": 1,
    }
    for hub in nameless:
        assert hub.name == hub.lead_name
    assert directory.named("early-years-hub", TODAY) == 12
    for programme in directory.programmes:  # no stopgap in brackets is left
        assert not any(hub.name.startswith("(") for hub in directory.hubs(programme.id))
    # A hub that has no name of its own goes by its lead's, and is counted.
    assert directory.named("language-hub", date(2024, 1, 1)) == 15


def test_no_facts_hold_links_that_are_not_web_addresses(directory: Directory) -> None:
    # Reading refuses them; here, that reading saw every table.
    for programme in directory.programmes:
        for hub in directory.hubs(programme.id):
            assert hub.website == "" or hub.website.startswith(("http://", "https://"))
            assert hub.confidence in ("high", "medium", "low")
            assert hub.source or hub.confidence == "low", (programme.id, hub.id)


def test_the_registry_names_every_table() -> None:
    folder = paths.facts_dir()
    with (folder / "programmes.toml").open("rb") as file:
        ids = {entry["id"] for entry in tomllib.load(file)["programme"]}
    assert ids == {path.stem for path in (folder / "programmes").glob("*.csv")}
