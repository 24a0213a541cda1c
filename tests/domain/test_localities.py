"""Figures about places: over all of England against DfE's file itself, the rest on the sample."""

from __future__ import annotations

import csv
import io
import lzma
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from navigator.core import grid, wording
from navigator.core.errors import NavigatorError, NotFoundError, RefusedError
from navigator.core.governance import FIGURES
from navigator.core.grid import KM_A_MILE
from navigator.core.model import School
from navigator.core.record import OwnNetwork, OwnRecord
from navigator.directory import open_directory
from navigator.domain.around import Scope
from navigator.domain.landscapes import Landscapes
from navigator.domain.profiles import PHASES, Criterion, Profile
from navigator.domain.questions import Questions
from navigator.register import Register
from navigator.service import Service
from navigator.view import figures, overlap_pages, place_pages

DAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]
SCHOOL = 139217


class Row(NamedTuple):
    """A school as DfE's file has it, by no code of ours."""

    la: str
    district: str
    phase: str
    academy: bool
    maintained: bool
    trust: str
    character: str


@pytest.fixture(scope="module")
def rows(gias: Path) -> list[Row]:
    """The open schools of DfE's file."""
    packed = next(gias.glob("edubasealldata2*.csv.xz"), None)
    if packed is None:
        pytest.skip("the establishment file isn't there as .xz")
    found = []
    text = lzma.decompress(packed.read_bytes()).decode("cp1252", errors="replace")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        if not row["EstablishmentStatus (name)"].startswith("Open"):
            continue
        kind, phase = row["TypeOfEstablishment (name)"], row["PhaseOfEducation (name)"]
        group = row["EstablishmentTypeGroup (name)"]
        if "special" in kind.casefold():
            phase = "special"
        elif "alternative provision" in kind.casefold() or kind == "Pupil referral unit":
            phase = "other"
        elif phase in ("Primary", "Middle deemed primary"):
            phase = "primary"
        elif phase in ("Secondary", "Middle deemed secondary", "All-through"):
            phase = "secondary"
        else:
            phase = "other"
        academy = group in ("Academies", "Free Schools")
        found.append(
            Row(
                row["LA (code)"],
                row["DistrictAdministrative (name)"],
                phase,
                academy,
                not academy,
                row["Trusts (code)"] if academy else "",
                row["ReligiousCharacter (name)"],
            )
        )
    return found


@pytest.fixture(scope="module")
def ask(england: Register) -> Questions:
    return Questions(england, open_directory())


@pytest.fixture(scope="module")
def authorities(ask: Questions) -> dict[str, Profile]:
    """The profile of every authority, by code."""
    codes = [a.code for a in open_directory().authorities()]
    return {code: ask.profiles.of(ask.localities.called(code), DAY) for code in codes}


def test_every_authority_is_counted_as_the_file_has_it(
    rows: list[Row], authorities: dict[str, Profile]
) -> None:
    here: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        here[row.la].append(row)
    assert set(here) == set(authorities)
    for code, profile in authorities.items():
        assert profile.schools == len(here[code]), code
        for phase in PHASES:
            of = [row for row in here[code] if phase in ("all", row.phase)]
            told = profile.phases[phase]
            assert told.schools == len(of), (code, phase)
            assert told.academies == sum(row.academy for row in of), (code, phase)
            assert told.governance["maintained"] == sum(row.maintained for row in of)
            assert told.trusts == len({row.trust for row in of if row.trust}), (code, phase)
            assert told.churches == {
                church: sum(church in row.character for row in of)
                for church in ("Church of England", "Catholic")
            }, (code, phase)


def test_three_in_ten_schools_are_of_the_two_churches(ask: Questions) -> None:
    told = {
        f.key: f for f in figures.figures(ask.profiles.of(ask.localities.called("england"), DAY))
    }
    # 24 joint schools count in both
    assert (told["all.church_of_england"].value, told["all.catholic"].value) == (4_641, 1_962)
    assert told["primary.church_of_england"].said("miles") == "4,408"
    assert told["primary.church_of_england"].share == pytest.approx(0.26, abs=0.01)


def test_ways_of_being_run_add_up_and_shares_agree(authorities: dict[str, Profile]) -> None:
    for code, profile in authorities.items():
        for phase, of in profile.phases.items():
            assert tuple(of.governance) == FIGURES
            assert sum(of.governance.values()) == of.schools, (code, phase)
            if of.effective_trusts is not None:
                assert 1 <= of.effective_trusts <= of.trusts + 1e-9
        for figure in figures.figures(profile):
            counted, _, name = figure.key.partition(".")
            if figure.share is not None and name in FIGURES:
                whole = next(p.schools for phase, p in profile.phases.items() if phase == counted)
                assert figure.value == round(figure.share * whole)
        opened = sum(number for _, number in profile.opened_by_year) + profile.opened_unknown
        assert opened == profile.phases["all"].academies


def test_members_of_trusts_add_up(
    rows: list[Row], authorities: dict[str, Profile], england: Register
) -> None:
    members = Counter(row.trust for row in rows if row.trust)
    sizes = england.census.trust_sizes()
    mats = sum(n for uid, n in members.items() if sizes[uid].kind == "MAT")
    told = sum(
        profile.phases["all"].governance[kind]
        for profile in authorities.values()
        for kind in ("mat_small", "mat_medium", "mat_large")
    )
    assert told == mats
    for uid, number in members.items():
        assert sizes[uid].schools == number
        if sizes[uid].kind == "SAT":
            assert number == 1
    here = Counter({t.uid: 0 for p in authorities.values() for t in p.trusts})
    for profile in authorities.values():
        for trust in profile.trusts:
            here[trust.uid] += trust.here
            assert 0 < trust.share <= 1
    assert here == members


def test_places_of_one_kind_hold_every_school_once(
    rows: list[Row], ask: Questions, authorities: dict[str, Profile]
) -> None:
    directory = open_directory()
    england = ask.profiles.of(ask.localities.called("england"), DAY)
    assert england.schools == len(rows) == sum(p.schools for p in authorities.values())
    regions = dict.fromkeys(a.region for a in directory.authorities())
    assert england.schools == sum(
        ask.profiles.of(ask.localities.called(region), DAY).schools for region in regions
    )
    districts = Counter(row.district for row in rows)
    for district in directory.districts():
        place = ask.localities.called(district.code)
        schools = ask.localities.schools(place, OwnRecord())
        assert len(schools) == districts[district.name], district.name


def test_an_authority_has_its_schools_wherever_they_stand(ask: Questions, rows: list[Row]) -> None:
    la, district = ask.localities.called("Nottingham"), ask.localities.called("E06000018")
    elsewhere = [r for r in rows if r.la == "892" and r.district != "Nottingham"]
    away = [r for r in elsewhere if r.district]  # of the others the register tells no district
    assert away
    assert (la.kind, district.kind) == ("la", "district")
    assert ask.profiles.of(la, DAY).away == len(away)
    stands = {s.urn for s in ask.localities.schools(district, OwnRecord())}
    runs = {s.urn for s in ask.localities.schools(la, OwnRecord())}
    assert len(runs - stands) == len(elsewhere)


def test_a_profile_reads_its_schools_once_and_isnt_counted_twice(england: Register) -> None:
    """However many schools a place has, a few statements read them all."""
    for text in ("england", "Essex"):
        ask = Questions(england, open_directory())
        place = ask.localities.called(text)
        ask.profiles.of(ask.localities.called("Kent"), DAY)  # the lead schools of all hubs
        statements: list[str] = []
        england._database.set_trace_callback(statements.append)
        try:
            profile = ask.profiles.of(place, DAY)
            of_schools = [s for s in statements if "FROM school" in s and " tier = 0" in s]
            assert len(of_schools) == 1, text
            statements.clear()
            assert ask.profiles.of(place, DAY) is profile
            assert not statements
        finally:
            england._database.set_trace_callback(None)


def test_the_sources_page_reads_no_school_one_by_one(england: Register) -> None:
    ask = Questions(england, open_directory())
    statements: list[str] = []
    england._database.set_trace_callback(statements.append)
    try:
        found = ask.summaries(DAY)
        assert len(statements) <= 2
        statements.clear()
        assert ask.summaries(DAY) == found
        assert not statements
    finally:
        england._database.set_trace_callback(None)


def _true_km(a: School, b: School) -> float:
    """Along the ellipsoid, as geopy has it."""
    return float(geodesic((a.latitude, a.longitude), (b.latitude, b.longitude)).km)


def test_distance_to_hubs_is_that_along_the_ground(ask: Questions, england: Register) -> None:
    """The median against the geodesic from each school, worked out one by one."""
    maps = Landscapes(england, open_directory())
    place = ask.localities.called("Nottingham")
    profile = ask.profiles.of(place, DAY)
    maths = next(h for h in profile.hubs if h.programme.id == "maths-hub")
    leads = [
        lead
        for hub, _ in maths.hubs
        for urn in hub.lead_urns
        if (lead := maps.claims.leads.school(urn))
    ]
    apart = [
        min(_true_km(school, lead) for lead in leads if lead.has_position)
        for school in england.census.in_la("892")
        if school.has_position
    ]
    assert maths.median_km == pytest.approx(median(apart), rel=1e-5)


@pytest.mark.parametrize("name", ["Nottingham", "Essex", "east midlands"])
def test_hubs_are_those_of_each_school_asked_by_itself(
    ask: Questions, england: Register, name: str
) -> None:
    """How many schools each hub has, and the middle distance, to the last digit."""
    claims = Landscapes(england, open_directory()).claims
    place = ask.localities.called(name)
    schools = ask.localities.schools(place, OwnRecord())
    told = {there.programme.id: there for there in ask.profiles.of(place, DAY).hubs}
    for programme in ask.directory.programmes:
        if programme.id not in told or programme.rule == "region":
            continue
        there = told[programme.id]
        hubs = {h.id: h for h in ask.directory.hubs(programme.id) if h.in_force(DAY)}
        counts: Counter[str] = Counter()
        apart = []
        served = [s for s in schools if programme.serves_ages(s.phase, s.low_age, s.high_age)]
        for school in served:
            if programme.rule == "nearest":
                near = grid.nearest(school, claims.leads.placed(programme, DAY))
                counts.update([near[0].id] if near else [])
            else:
                ids = claims.hub_ids(programme, school, DAY) or frozenset()
                counts.update(ids)
                near = grid.nearest(
                    school, ((hubs[i], s) for i in ids for s in claims.leads.of(hubs[i]))
                )
            apart += [near[1]] if near else []
        assert there.served == len(served)
        assert {hub.id: number for hub, number in there.hubs} == counts
        assert there.median_km == (median(apart) if apart else None)


def test_a_radius_holds_what_the_geodesic_says(ask: Questions, england: Register) -> None:
    home = england.get(SCHOOL)
    assert home is not None
    found = {s.urn for s in ask.localities.schools(ask.localities.around(SCHOOL, 3), OwnRecord())}
    for urn in england.open_urns():
        other = england.get(urn)
        if other is None or other.region != "East Midlands":
            continue
        if not other.has_position:
            continue
        km = _true_km(home, other)
        if abs(km - 3 * KM_A_MILE) > 0.001:
            assert (urn in found) == (km < 3 * KM_A_MILE), other.name


def test_the_overlap_says_what_the_landscape_says(ask: Questions, england: Register) -> None:
    """Of the nearest twenty, each shares what the landscape's own table has it share."""
    maps = Landscapes(england, open_directory())
    for urn in (SCHOOL, 116725, 136455):
        if (school := england.get(urn)) is None or not school.is_open:
            continue
        home = maps.landscape(urn, DAY)
        overlap = ask.overlaps.of(home, Scope("number", number=20))
        assert [r.school.urn for r in overlap.rows] == [n.school.urn for n in home.nearby]
        columns = {
            body.ref.key.split("/")[0].removeprefix("hub:").split(":")[0]: n
            for n, body in enumerate(overlap.bodies)
        }
        for row, near in zip(overlap.rows, home.nearby, strict=True):
            assert row.km == pytest.approx(near.distance_km)
            for name in ("maths-hub", "teaching-school-hub", "english-hub", "trust", "la"):
                if name in columns:
                    assert (row.shares[columns[name]] is True) == (name in near.shares), name


def test_what_two_schools_share_is_the_same_from_both_sides(
    ask: Questions, england: Register
) -> None:
    maps = Landscapes(england, open_directory())
    one, other = maps.landscape(SCHOOL, DAY), maps.landscape(122480, DAY)
    there = {(r.kind, r.one, r.other): r.same for r in ask.overlaps.pair(one, other)}
    back = {(r.kind, r.other, r.one): r.same for r in ask.overlaps.pair(other, one)}
    assert there == back
    assert {r.kind for r in ask.overlaps.pair(one, other) if r.same} >= {
        "Local authority",
        "Maths Hub",
    }


# --- on the sample ---


@pytest.fixture
def service(folders: Path) -> Service:
    return Service()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("892", "la:892"),
        ("nottingham", "la:892"),
        ("  Nottingham ", "la:892"),
        ("broxtowe", "district:E07000172"),
        ("E07000172", "district:E07000172"),
        ("East Midlands", "region:east midlands"),
        ("England", "england:"),
        ("Herefordshire", "la:884"),
        ("St Helens", "la:342"),
        ("Telford & Wrekin", "la:894"),
        ("Stoke on Trent", "la:861"),
        ("City of Bristol", "la:801"),
        ("Leeds City Council", "la:383"),
        ("wirral mbc", "la:344"),
        ("Durham County Council", "la:840"),
        ("Royal Borough of Windsor & Maidenhead", "la:868"),
        ("City of London", "la:201"),
        ("London", "region:london"),
        ("E10000003", "la:873"),
        ("E06000018", "district:E06000018"),
        ("Hull", "la:810"),
        ("Hull City Council", "la:810"),
        ("Kings Lynn & West Norfolk", "district:E07000146"),
        ("Poole", "la:839"),
        ("835", "la:838"),
        ("Suffolk Coastal", "district:E07000244"),
    ],
)
def test_a_place_is_found_by_code_or_name(service: Service, text: str, key: str) -> None:
    place = service.place(text)
    assert place.key == key
    assert service.page(f"place:{key}", None, DAY, "miles").title == place.name


@pytest.mark.parametrize(
    ("text", "miles", "error", "said"),
    [
        ("nowhere", None, NotFoundError, "No authority, district or region is called “nowhere”"),
        ("", None, NotFoundError, "No authority"),
        ("shire", None, NotFoundError, "fits several places"),
        ("Newcastle", None, NotFoundError, "Newcastle upon Tyne, Newcastle-under-Lyme"),
        ("E0", None, NotFoundError, "No authority"),
        ("City of", None, NotFoundError, "fits several places: City of London"),
        (
            "Cumbria County Council",
            None,
            NotFoundError,
            "Cumbria became Cumberland and Westmorland and Furness on 1 April 2023",
        ),
        ("928", None, NotFoundError, "North Northamptonshire and West Northamptonshire"),
        ("139217", None, RefusedError, "--radius MILES"),
        ("139217", 100.0, RefusedError, "at most 60 miles"),
        ("139217", -1.0, RefusedError, "more than 0"),
        ("999999", 3.0, NotFoundError, "No school with URN 999999"),
        ("Nottingham", 3.0, RefusedError, "give its URN"),
    ],
)
def test_what_is_no_place_is_one_sentence(
    service: Service, text: str, miles: float | None, error: type[NavigatorError], said: str
) -> None:
    with pytest.raises(error, match=said.replace("(", r"\(")):
        service.place(text, miles)


@pytest.mark.parametrize(
    "key", ["place:la:000", "place:radius:1@3", "place:radius:x@y", "compare:la:892", "pair:1|x"]
)
def test_a_key_that_names_no_place_is_one_sentence(service: Service, key: str) -> None:
    with pytest.raises(NavigatorError):
        service.page(key, None, DAY, "miles")


def test_a_network_of_ones_own_is_a_place(sample: Register) -> None:
    ask = Questions(sample, open_directory())
    network = OwnNetwork("our-cluster", "Our cluster", (139217, 144462, 999999), None, "")
    record = OwnRecord(networks=(network,))
    profile = ask.profiles.of(ask.localities.own(network), DAY, record)
    assert profile.schools == 2
    assert profile.unknown == (999999,)
    assert profile.locality.key == "own:our-cluster"


def test_the_overlap_in_a_sentence(service: Service) -> None:
    home = service.landscape(SCHOOL, DAY)
    overlap = service.overlap(home, Scope())
    said = overlap_pages.overlap_said(overlap)
    assert said.startswith(f"Of the {overlap.schools} primaries within 3 miles, ")
    assert f"{overlap.counts[1][0]} your trust" in said
    assert said.endswith(".")
    one = service.overlap(home, Scope("number", number=1))
    assert overlap_pages.overlap_said(one).startswith("Of the 1 nearest primary, ")


def test_a_network_of_ones_own_is_yours_once_in_a_sentence(sample: Register) -> None:
    ask = Questions(sample, open_directory())
    network = OwnNetwork("our-cluster", "Our cluster", (SCHOOL, 144462))
    home = ask.landscapes.landscape(SCHOOL, DAY, OwnRecord(networks=(network,)))
    overlap = ask.overlaps.of(home, Scope())
    assert " your network" in overlap_pages.overlap_said(overlap)
    page = overlap_pages.overlap_page(overlap, "miles", by_shared=False)
    told = [entry.text for section in page.sections for entry in section.entries]
    assert any(text.endswith("your network") for text in told)
    assert "your your" not in " ".join([*told, overlap_pages.overlap_said(overlap)])


def test_a_school_without_a_position_says_so(service: Service) -> None:
    home = service.landscape(SCHOOL, DAY)
    lost = home._replace(school=home.school._replace(easting=None, northing=None))
    page = overlap_pages.overlap_page(service.overlap(lost, Scope()), "miles", by_shared=False)
    assert "gives no position" in page.sections[0].empty


def test_most_shared_first_keeps_the_nearest_first_among_equals(service: Service) -> None:
    overlap = service.overlap(service.landscape(SCHOOL, DAY), Scope())
    page = overlap_pages.overlap_page(overlap, "miles", by_shared=True)
    shared = [sum(cell == "●" for cell in entry.cells) for entry in page.sections[-1].entries]
    assert shared == sorted(shared, reverse=True)
    assert shared[0] > shared[-1]


def test_every_line_of_a_profile_has_a_definition(service: Service) -> None:
    page = service.page("place:la:892", None, DAY, "miles")
    for section in page.sections:
        for entry in section.entries:
            if entry.share is not None:
                assert entry.card is not None
                facts = dict(entry.card.facts)
                assert facts["Counted"]
                assert facts["Figure"] == entry.card.copy


def test_the_docs_define_every_figure_in_the_same_words() -> None:
    docs = (ROOT / "docs" / "localities.md").read_text("utf-8")
    for words in (*figures.DEFINITIONS.values(), *figures.TEST_DEFINITIONS.values()):
        assert words in docs, words


def test_trusts_are_ordered_by_name_size_or_schools_here(service: Service) -> None:
    orders: list[list[tuple[str, int, int]]] = []
    for number, said in enumerate(place_pages.TRUST_ORDERS):
        page = service.place_page("la:892", DAY, "miles", number)
        section = next(s for s in page.sections if s.title.startswith("Trusts here"))
        assert section.title.endswith(said)
        orders.append([(e.text, int(e.cells[0]), int(e.cells[1])) for e in section.entries])
    names, sizes, here = orders
    assert names == sorted(names, key=lambda t: t[0].casefold())
    assert [t[2] for t in sizes] == sorted((t[2] for t in sizes), reverse=True)
    assert [t[1] for t in here] == sorted((t[1] for t in here), reverse=True)


# --- tests and percentages ---


@given(
    st.none() | st.floats(0, 1),
    st.none() | st.floats(0, 1),
    st.none() | st.floats(0, 1),
    st.none() | st.floats(0, 1),
)
def test_a_criterion_passes_only_within_its_bounds(
    figure: float | None, low: float | None, high: float | None, above: float | None
) -> None:
    passed = Criterion("academies", "percent", figure, low, high, above).passed
    fails = figure is None or (
        (low is not None and figure < low)
        or (high is not None and figure > high)
        or (above is not None and figure <= above)
    )
    assert passed is not fails


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (Criterion("x", "percent", 0.5, at_least=0.4, at_most=0.6), "from 40% to 60%"),
        (Criterion("x", "percent", 0.5, above=0.4), "over 40%"),
        (Criterion("x", "count", 1, at_most=1), "at most 1"),
        (Criterion("x", "year", 2013, at_most=2015), "2015 or before"),
        (Criterion("x", "miles", 20, at_least=15), "at least 15 mi"),
    ],
)
def test_bounds_are_said_in_words(test: Criterion, said: str) -> None:
    assert figures.criterion_bounds(test, "miles") == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (None, ""),
        (0.0, "0%"),
        (0.001, "<1%"),
        (0.004999, "<1%"),
        (0.5, "50%"),
        (0.999, ">99%"),
        (1.0, "100%"),
    ],
)
def test_percentages_never_round_to_none_or_all(share: float | None, said: str) -> None:
    assert wording.percent(share) == said


def test_every_authority_is_found_as_its_council_is_called(service: Service) -> None:
    """Its own name never leads elsewhere, and no two are mixed up once they are bare."""
    for a in service.directory.authorities():
        council = f"{a.name.replace(' and ', ' & ')} Council"
        for text in (a.code, a.ons_code, a.name, a.name.upper().replace("-", " "), council):
            assert service.body_meant(text, DAY, ("la",)).key == a.key, text


@pytest.mark.parametrize("text", ["St Helens", "Leeds City Council", "Telford & Wrekin", "810"])
def test_the_list_of_all_bodies_knows_an_authority_as_people_write_it(
    service: Service, text: str
) -> None:
    told = [e.text for s in service.index(DAY, text, by_size=False) for e in s.entries]
    assert service.body_meant(text, DAY, ("la",)).name in told
    assert not service.index(DAY, "!!!", by_size=False)
